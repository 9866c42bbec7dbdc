//! Gathers the rows of a document: which blocks begin one, which go on with it, and whether they are a timeline at all.

mod shapes;
mod trailing;
mod trust;

use super::draft::Draft;
use super::place::{Place, places};
use super::{prose, table};
use crate::import::clock::{self, Date, ZoneWord};
use crate::import::document::{Block, Claims, Document, Kind, label, plain};
use crate::import::sections::Topic;

/// What was found, and which blocks are told in it.
#[derive(Default)]
struct Gathered {
    drafts: Vec<Draft>,
    told: Vec<usize>,
}

/// The rows of a document, in its order; claims their blocks.
pub(super) fn rows(document: &Document, claims: &mut Claims) -> Vec<Draft> {
    let places = places(document);
    let inside = |at: usize| matches!(places[at], Place::Timeline | Place::Within | Place::Beside);
    let mut gathered = Gatherer::new(document, &places, true).gather(inside);
    let full = |gathered: &Gathered| gathered.drafts.iter().filter(|draft| !draft.bare).count();
    if full(&gathered) < 2 {
        // No timeline by name: lists of times anywhere else but where times are no rows.
        let open = |at: usize| places[at] != Place::After && places[at] != Place::Span;
        let mut runs = Gatherer::new(document, &places, false).gather(open);
        only_runs(&mut runs);
        if full(&runs) > full(&gathered) && full(&runs) + 1 >= gathered.drafts.len().min(2) {
            gathered = runs;
        } else if gathered.drafts.is_empty() && !places.contains(&Place::Timeline) {
            gathered = stories(document, &places);
        }
    }
    for block in gathered.told {
        claims.claim(block);
    }
    gathered.drafts
}

/// Keeps rows that stand beside another one.
fn only_runs(gathered: &mut Gathered) {
    let near = |a: &Draft, b: &Draft| b.block.saturating_sub(a.last) <= 6;
    let keep: Vec<bool> = (0..gathered.drafts.len())
        .map(|at| {
            let here = &gathered.drafts[at];
            let before = at.checked_sub(1).is_some_and(|before| near(&gathered.drafts[before], here));
            before || gathered.drafts.get(at + 1).is_some_and(|next| near(here, next))
        })
        .collect();
    let mut kept = keep.iter();
    let dropped: Vec<(usize, usize)> = gathered
        .drafts
        .iter()
        .zip(&keep)
        .filter(|(_, keep)| !**keep)
        .map(|(draft, _)| (draft.block, draft.last))
        .collect();
    gathered.drafts.retain(|_| kept.next().copied().unwrap_or(false));
    if !dropped.is_empty() {
        let mut spans = dropped.into_iter().peekable();
        gathered.told.sort_unstable();
        gathered.told.retain(|block| {
            while spans.peek().is_some_and(|(_, last)| last < block) {
                spans.next();
            }
            spans.peek().is_none_or(|(first, _)| first > block)
        });
    }
}

/// A document without a timeline: the summary may tell one.
fn stories(document: &Document, places: &[Place]) -> Gathered {
    let mut gathered = Gathered::default();
    let blocks = &document.blocks;
    let mut at = 0;
    while at < blocks.len() {
        let end = paragraph_end(blocks, at);
        let tells = matches!(places[at], Place::Open)
            && blocks[at].kind == Kind::Line
            && document.path(blocks[at].section).next().is_none_or(|heading| {
                matches!(Topic::of(heading), None | Some(Topic::Summary | Topic::Investigation))
            });
        if tells {
            let (drafts, _) = prose::rows(blocks, at, end);
            let spans = drafts.iter().all(|draft| draft.expression.until.is_some());
            // A paragraph of one time goes on with the story that one of several began.
            let begun = !gathered.drafts.is_empty();
            if (drafts.len() >= 2 || begun) && !spans {
                // The summary stays the summary: the rows repeat what it says.
                gathered.drafts.extend(drafts);
            }
        }
        at = end;
    }
    gathered
}

/// Where the paragraph that begins at a block ends.
fn paragraph_end(blocks: &[Block], at: usize) -> usize {
    let mut end = at + 1;
    if blocks[at].kind == Kind::Line {
        while blocks.get(end).is_some_and(|next| next.kind == Kind::Line && next.continues) {
            end += 1;
        }
    }
    end
}

struct Gatherer<'a> {
    blocks: &'a [Block],
    places: &'a [Place],
    /// Whether the blocks stand in what calls itself a timeline.
    named: bool,
    out: Gathered,
    /// Whether the last row may go on.
    open: bool,
    day: Option<Date>,
    nth: Option<i64>,
    zone: Option<ZoneWord>,
    /// Whether a row stands outside of a fence.
    unfenced: bool,
    /// Which blocks begin with a time that is one by the company it stands in: see [`trust::trusted`].
    trusted: Vec<bool>,
    /// The times that stand at the end of what they are of.
    ends: trailing::Ends,
    /// The label that the next rows stand under, for those that have no words of their own.
    label: Option<String>,
}

impl<'a> Gatherer<'a> {
    fn new(document: &'a Document, places: &'a [Place], named: bool) -> Self {
        let out = Gathered::default();
        let blocks = &document.blocks;
        Self {
            blocks,
            places,
            named,
            out,
            open: false,
            day: None,
            nth: None,
            zone: None,
            unfenced: false,
            trusted: trust::trusted(blocks),
            ends: trailing::ends(blocks),
            label: None,
        }
    }

    fn gather(mut self, within: impl Fn(usize) -> bool) -> Gathered {
        let mut at = 0;
        while at < self.blocks.len() {
            if !within(at) {
                self.open = false;
                self.day = None;
                self.nth = None;
                self.zone = None;
                at += 1;
                continue;
            }
            at = match self.blocks[at].kind {
                Kind::Row { .. } => self.table(at),
                Kind::Heading(_) => self.heading(at),
                Kind::Line | Kind::Item { .. } => self.words(at),
                Kind::Rule => {
                    self.open = false;
                    at + 1
                }
                // A timeline in a fence, where there is no other.
                Kind::Code if self.named && self.places[at] == Place::Timeline && !self.unfenced => {
                    self.words(at)
                }
                Kind::Code => self.shown(at),
                Kind::Comment | Kind::Meta { .. } => at + 1,
            };
        }
        self.label_bare_rows();
        self.out
    }

    fn table(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        while self.blocks.get(end).is_some_and(|next| matches!(next.kind, Kind::Row { .. }) && !next.gap) {
            end += 1;
        }
        self.open = false;
        let rows = table::rows(self.blocks, at, end, self.named && self.places[at] == Place::Timeline);
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            // The names of the columns are kept, if not as a row.
            self.out.told.extend(first.block..=last.last);
            for row in rows {
                let row = self.dated(row);
                self.out.drafts.push(row);
            }
        }
        end
    }

    fn heading(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        self.open = false;
        self.label = None;
        if let Some(end) = self.ended(at) {
            return end;
        }
        if let Some(zone) = table::header_zone(&block.text) {
            self.zone = Some(zone);
        }
        match clock::leading(&block.text) {
            // "10.20" may number a section; in the timeline, with its text set apart, it is a time.
            Some(lead)
                if lead.expression.is_timed()
                    && (!lead.expression.is_doubtful()
                        || (lead.parted && self.places[at] == Place::Timeline)) =>
            {
                self.begin(at, lead);
            }
            _ if self.headed(at) => {}
            found => {
                let date = found
                    .and_then(|lead| lead.expression.from.date)
                    .or_else(|| clock::inside(&block.text).into_iter().find_map(|found| found.from.date));
                self.nth = clock::nth_day(&block.text).or(self.nth);
                if date.is_some() {
                    self.day = date;
                    if clock::whole(&block.text).is_some() {
                        self.out.told.push(at);
                    }
                }
            }
        }
        at + 1
    }

    /// A line or an item.
    fn words(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        if let Some(end) = self.ended(at) {
            return end;
        }
        let lead = clock::leading(&block.text);
        if let Some(lead) = lead {
            let timed = lead.expression.is_timed();
            let sure = !lead.expression.is_doubtful() || (lead.parted && self.has_rows()) || self.trusted[at];
            if timed && sure && self.begins_row(at, &lead) {
                let end = paragraph_end(self.blocks, at);
                if lead.led && !lead.parted && self.story(at, end) {
                    return end;
                }
                self.begin(at, lead);
                return at + 1;
            }
            if !timed && lead.expression.from.date.is_some() && self.dates(at, &lead) {
                return at + 1;
            }
        }
        if self.goes_on(at) {
            if let Some(last) = self.out.drafts.last_mut() {
                last.append(at, &block.text, "\n");
                self.out.told.push(at);
            }
            return at + 1;
        }
        if self.named && self.places[at] != Place::Beside && self.within(at) {
            return at + 1;
        }
        let end = paragraph_end(self.blocks, at);
        if self.named && self.places[at] == Place::Timeline && block.kind == Kind::Line && self.story(at, end)
        {
            return end;
        }
        self.open = false;
        if block.text.split_whitespace().count() <= 4
            && let Some(nth) = clock::nth_day(&block.text)
        {
            self.nth = Some(nth);
            self.day = None;
        }
        self.label =
            label(&block.text).filter(|(_, rest)| rest.is_empty()).map(|(name, _)| name).or_else(|| {
                (block.text.split_whitespace().count() <= 8)
                    .then(|| plain(&block.text).trim_end_matches(':').to_owned())
            });
        at + 1
    }

    /// What somebody saw, in a block of code right below a row, belongs to that row.
    fn shown(&mut self, at: usize) -> usize {
        let (blocks, open) = (self.blocks, self.open);
        let last =
            self.out.drafts.last_mut().filter(|last| open && last.last + 1 == at && !last.text.is_empty());
        if let Some(last) = last {
            let headed = matches!(blocks[last.block].kind, Kind::Heading(_));
            let fenced = blocks[last.last].kind == Kind::Code;
            if blocks[last.block].kind != Kind::Code && (headed || fenced || !blocks[at].gap) {
                last.show(at, &blocks[at].text);
                self.out.told.push(at);
            }
        }
        at + 1
    }

    /// Gives a row what it stands under.
    fn dated(&mut self, mut draft: Draft) -> Draft {
        self.unfenced |= self.blocks[draft.block].kind != Kind::Code;
        draft.day = draft.day.or(self.day);
        draft.nth = self.nth;
        draft.zone = draft.zone.or_else(|| self.zone.clone());
        draft
    }

    fn has_rows(&self) -> bool {
        !self.out.drafts.is_empty()
    }

    /// A paragraph of the timeline that tells it as a story.
    fn story(&mut self, at: usize, end: usize) -> bool {
        let (drafts, told) = prose::rows(self.blocks, at, end);
        if drafts.is_empty() {
            return false;
        }
        for draft in drafts {
            let draft = self.dated(draft);
            self.out.drafts.push(draft);
        }
        self.out.told.extend(told..end);
        self.open = false;
        true
    }

    /// A row without words takes those of the label above it.
    fn label_bare_rows(&mut self) {
        let blocks = self.blocks;
        for draft in &mut self.out.drafts {
            if draft.text.is_empty() {
                let before = draft.block.checked_sub(1).and_then(|at| blocks.get(at));
                if let Some(before) =
                    before.filter(|before| before.text.trim_end().ends_with(':') && before.text.len() < 90)
                {
                    plain(&before.text).trim_end_matches(':').trim().clone_into(&mut draft.text);
                }
                draft.bare = true;
            }
        }
        // A time without any words is no row: it stays where it stands.
        let empty: Vec<_> =
            self.out.drafts.iter().filter(|draft| draft.text.is_empty()).map(|draft| draft.block).collect();
        if !empty.is_empty() {
            self.out.drafts.retain(|draft| !draft.text.is_empty());
            self.out.told.retain(|block| empty.binary_search(block).is_err());
        }
    }
}
