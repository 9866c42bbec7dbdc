//! Gathers the rows of a document: which blocks begin one, which go on with it, and whether they are a timeline at all.

use super::draft::{Draft, labelled};
use super::place::{Place, places};
use super::{prose, table};
use crate::import::clock::{self, Date, Lead, ZoneWord};
use crate::import::document::{Block, Claims, Document, Kind, label, normal, plain};
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
            !spans.peek().is_some_and(|(first, _)| first <= block)
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
            if drafts.len() >= 2 && !drafts.iter().all(|draft| draft.expression.until.is_some()) {
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
    zone: Option<ZoneWord>,
    /// The label that the next rows stand under, for those that have no words of their own.
    label: Option<String>,
}

impl<'a> Gatherer<'a> {
    fn new(document: &'a Document, places: &'a [Place], named: bool) -> Self {
        let out = Gathered::default();
        Self { blocks: &document.blocks, places, named, out, open: false, day: None, zone: None, label: None }
    }

    fn gather(mut self, within: impl Fn(usize) -> bool) -> Gathered {
        let mut at = 0;
        while at < self.blocks.len() {
            if !within(at) {
                self.open = false;
                self.day = None;
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
                Kind::Code if self.named && self.places[at] == Place::Timeline && self.fenced() => {
                    self.words(at)
                }
                Kind::Code | Kind::Comment | Kind::Meta { .. } => at + 1,
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
            let day = self.day;
            self.out.drafts.extend(rows.into_iter().map(|mut row| {
                row.day = row.day.or(day);
                row
            }));
        }
        end
    }

    fn heading(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        self.open = false;
        self.label = None;
        if let Some(zone) = table::header_zone(&block.text) {
            self.zone = Some(zone);
        }
        match clock::leading(&block.text) {
            Some(lead) if lead.expression.is_timed() && !lead.expression.is_doubtful() => {
                self.begin(at, lead)
            }
            found => {
                let date = found
                    .and_then(|lead| lead.expression.from.date)
                    .or_else(|| clock::inside(&block.text).into_iter().find_map(|found| found.from.date));
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
        let lead = clock::leading(&block.text);
        if let Some(lead) = lead {
            let timed = lead.expression.is_timed();
            let sure = !lead.expression.is_doubtful() || (lead.parted && self.has_rows());
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
        self.label =
            label(&block.text).filter(|(_, rest)| rest.is_empty()).map(|(name, _)| name).or_else(|| {
                (block.text.split_whitespace().count() <= 8)
                    .then(|| plain(&block.text).trim_end_matches(':').to_owned())
            });
        at + 1
    }

    /// Whether all rows so far stand in a fence.
    fn fenced(&self) -> bool {
        self.out.drafts.iter().all(|draft| self.blocks[draft.block].kind == Kind::Code)
    }

    fn has_rows(&self) -> bool {
        !self.out.drafts.is_empty()
    }

    /// Whether a time at the beginning of a block begins a row: not in the middle of a paragraph, nor where only a span is told.
    fn begins_row(&self, at: usize, lead: &Lead) -> bool {
        let block = &self.blocks[at];
        let plain_line = block.kind == Kind::Line;
        // A wrapped line of an item may begin with a time by chance.
        let item = self
            .out
            .drafts
            .last()
            .is_some_and(|last| matches!(self.blocks[last.block].kind, Kind::Item { .. }));
        let wrapped = plain_line
            && block.continues
            && !lead.parted
            && self.open
            && item
            && lead.rest < block.text.len();
        let story = lead.led && !lead.parted;
        let rest = block.text[lead.rest.min(block.text.len())..].trim();
        let second = clock::leading(rest).is_some_and(|next| next.expression.is_timed());
        if !self.named {
            // Elsewhere only what has the shape of a row is one, and only where a label does not say it is something else.
            let shaped =
                lead.parted || matches!(block.kind, Kind::Item { .. }) || lead.expression.from.date.is_some();
            let led_to = at.checked_sub(1).and_then(|before| self.blocks.get(before)).is_some_and(|before| {
                !block.gap
                    && before.text.len() < 60
                    && matches!(before.kind, Kind::Heading(8) | Kind::Line | Kind::Item { .. })
                    && label(&before.text).is_some_and(|(name, rest)| {
                        rest.is_empty() && Topic::of(&name) == Some(Topic::Duration) || is_span_label(&name)
                    })
            });
            return shaped && !story && !rest.is_empty() && !led_to && !second && !is_end_of_span(rest);
        }
        !wrapped && !second
    }

    fn begin(&mut self, at: usize, lead: Lead) {
        let block = &self.blocks[at];
        let text = plain(&block.text[lead.rest.min(block.text.len())..]);
        let mut draft = Draft::of(at, block, lead.expression, text);
        draft.day = self.day;
        draft.zone.clone_from(&self.zone);
        let label = at.checked_sub(1).filter(|before| {
            let before = &self.blocks[*before];
            draft.text.is_empty()
                && before.depth < block.depth
                && before.text.trim_end_matches(['*', '_', ' ']).ends_with(':')
        });
        if let Some(label) = label {
            // `Detection:`, and under it the time beside what else is told of it.
            draft.text = plain(&self.blocks[label].text).trim_end_matches(':').trim().to_owned();
            draft.depth = self.blocks[label].depth;
            draft.block = label;
            draft.line = self.blocks[label].line;
            self.out.told.push(label);
        }
        if draft.expression.from.date.is_some() {
            self.day = None;
        }
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
    }

    /// A line that is a date dates what follows; a date with words is a row to the day.
    fn dates(&mut self, at: usize, lead: &Lead) -> bool {
        let block = &self.blocks[at];
        let rest = plain(&block.text[lead.rest.min(block.text.len())..]);
        let labelled = rest.trim_end_matches([':', ')', '-']).split_whitespace().count() <= 3
            && !rest.ends_with('.')
            && (rest.is_empty() || rest.ends_with(':') || normal(&rest).starts_with("day"));
        if lead.expression.until.is_none() && labelled {
            self.day = lead.expression.from.date;
            self.open = false;
            if rest.chars().all(|char| !char.is_alphanumeric()) {
                self.out.told.push(at);
            }
            return true;
        }
        let item = matches!(block.kind, Kind::Item { .. }) || lead.parted;
        if self.named && item && !lead.led && self.places[at] == Place::Timeline && !rest.is_empty() {
            self.begin(at, lead.clone());
            return true;
        }
        false
    }

    /// Whether a block without a time of its own belongs to the row before it.
    fn goes_on(&self, at: usize) -> bool {
        let Some(last) = self.out.drafts.last().filter(|_| self.open) else { return false };
        let block = &self.blocks[at];
        let begun = &self.blocks[last.block];
        let from_heading = matches!(begun.kind, Kind::Heading(_));
        if block.text.starts_with("![") && block.gap {
            return false;
        }
        if from_heading {
            return true;
        }
        if block.depth > last.depth && matches!(block.kind, Kind::Item { .. }) {
            return true;
        }
        if block.kind == Kind::Line {
            return block.continues || last.text.is_empty() || block.depth > last.depth;
        }
        // The time stands on a line, what happened in the list after it.
        last.text.is_empty() && begun.kind == Kind::Line
    }

    /// A row whose time does not stand first: `Detection: 10:30 AM – …`, `Alert fired (10:30)`, or within a sentence.
    fn within(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        let Some(found) = labelled(&block.text) else { return self.sentence(at) };
        if is_span_label(&found.label) || Topic::of(&found.label) == Some(Topic::Duration) {
            return false;
        }
        let bare = found.rest.is_empty();
        let text = if bare { found.label } else { format!("{}: {}", found.label, found.rest) };
        let mut draft = Draft::of(at, block, found.expression, text);
        draft.day = self.day;
        draft.zone.clone_from(&self.zone);
        draft.bare = bare;
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
        true
    }

    /// An item that has its time within its sentence.
    fn sentence(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        if !matches!(block.kind, Kind::Item { .. })
            || self.places[at] != Place::Timeline
            || block.text.len() > 2000
        {
            return false;
        }
        let Some(found) =
            clock::inside(&block.text).into_iter().find(|found| found.is_timed() && !found.is_doubtful())
        else {
            return false;
        };
        let name = label(&block.text).map(|(name, _)| name);
        if name.is_some_and(|name| is_span_label(&name) || Topic::of(&name) == Some(Topic::Duration)) {
            return false;
        }
        let mut draft = Draft::of(at, block, found, plain(&block.text));
        draft.day = self.day;
        draft.zone.clone_from(&self.zone);
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
        true
    }

    /// A paragraph of the timeline that tells it as a story.
    fn story(&mut self, at: usize, end: usize) -> bool {
        let (mut drafts, told) = prose::rows(self.blocks, at, end);
        if drafts.is_empty() {
            return false;
        }
        for draft in &mut drafts {
            draft.day = self.day;
            draft.zone.clone_from(&self.zone);
        }
        self.out.drafts.append(&mut drafts);
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
                    draft.text = plain(&before.text).trim_end_matches(':').trim().to_owned();
                }
                draft.bare = true;
            }
        }
        self.out.drafts.retain(|draft| !draft.text.is_empty());
    }
}

/// Labels of when the whole began and was over, and how long it took.
fn is_span_label(label: &str) -> bool {
    let normal = normal(label);
    let words: Vec<&str> = normal.split(' ').collect();
    [
        "start time",
        "end time",
        "start date",
        "end date",
        "time zone",
        "timezone",
        "start",
        "end",
        "date",
        "duration",
    ]
    .iter()
    .any(|name| normal == *name || normal.starts_with(&format!("{name} ")) && words.len() <= 4)
}

/// `2:17 PM End-time: …`: the time before it is that of a label.
fn is_end_of_span(rest: &str) -> bool {
    let normal = normal(&rest.chars().take(40).collect::<String>());
    ["end time", "to ", "until ", "end "].iter().any(|name| normal.starts_with(name))
}
