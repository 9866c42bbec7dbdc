//! The timeline as rows of the screen. Only the rows that are seen are laid out: an incident may have thousands of entries.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::look::Look;
use super::painted::{Row, Window};
use super::state::InTimeline;
use super::times;
use crate::grammar::Wanted;
use crate::grammar::parts::Part;
use crate::model::{At, Entry, Id, Incident};
use crate::text::marks::{self, Mark};
use crate::text::{Raw, TermText};

/// After so many days nobody logs an outage any more: it is written up.
const AFTERWARDS: i64 = 7;

/// Which rows are seen, by the lowest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Anchor {
    /// The newest is at the bottom, and stays there as more come.
    #[default]
    End,
    /// This entry is at the bottom, with so many of its rows below the edge.
    At { entry: Id, below: usize },
}

/// A place in the sheet: the entry at the bottom, and how many of its rows are below the edge.
type Bottom = (usize, usize);

/// In which order the entries stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Order {
    /// As it happened.
    #[default]
    Happened,
    /// As it was known.
    Known,
}

/// Rows that were laid out: they are kept as long as nothing of what they show changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    seen: Option<Seen>,
    rows: HashMap<Id, Rc<[Line<'static>]>>,
    /// Rows of those as they were painted.
    pub(super) painted: HashMap<(Id, usize), Rc<Buffer>>,
    /// The places in the timeline of the entries that are shown, in their order; none: all, as they stand there.
    shown: Option<Rc<[usize]>>,
    /// More than one person has logged something.
    several: bool,
    /// Where an entry was found last; none: nowhere yet. The next one that is looked for is nearly always close by.
    near: Option<usize>,
}

/// What the rows follow from.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    /// How many records there were, and the last.
    records: (u64, Option<Id>),
    width: u16,
    /// What was searched for.
    find: Option<Wanted>,
    order: Order,
}

impl Seen {
    fn is_of(&self, incident: &Incident) -> bool {
        self.records == (incident.journal.records, incident.journal.last)
    }

    fn is_at(&self, incident: &Incident, place: &InTimeline, width: u16) -> bool {
        self.is_of(incident) && self.width == width && self.order == place.order && self.find == place.find
    }
}

impl Laid {
    /// Nothing is laid out yet of an incident. What is shown is looked for once, and not with every key; and where a person goes
    /// on typing what to find, only among what was found before.
    fn of(incident: &Incident, place: &InTimeline, width: u16, before: &Self) -> Self {
        let records = (incident.journal.records, incident.journal.last);
        let seen = Some(Seen { records, width, find: place.find.clone(), order: place.order });
        let all = &incident.timeline;
        let is_plain = place.find.is_none() && place.order == Order::Happened;
        let shown = (!is_plain).then(|| {
            let wanted = place.find.as_ref();
            let finds = |nth: &usize| wanted.is_none_or(|wanted| wanted.finds(&all[*nth], &incident.zone));
            let mut shown: Vec<usize> = match before.still_within(incident, place) {
                Some(found) => found.iter().copied().filter(finds).collect(),
                None => (0..all.len()).filter(finds).collect(),
            };
            if place.order == Order::Known {
                shown.sort_by_key(|nth| (all[*nth].known_at(), all[*nth].id));
            }
            shown.into()
        });
        let several = all.iter().any(|entry| entry.by != all[0].by);
        Self { seen, rows: HashMap::new(), painted: HashMap::new(), shown, several, near: None }
    }

    /// What was shown, where all that is to be shown now is among it.
    fn still_within(&self, incident: &Incident, place: &InTimeline) -> Option<&[usize]> {
        let seen = self.seen.as_ref().filter(|seen| seen.is_of(incident))?;
        let (wider, wanted) = (seen.find.as_ref()?, place.find.as_ref()?);
        self.shown.as_deref().filter(|_| seen.order == place.order && wanted.is_within(wider))
    }
}

/// How many entries' rows are kept: some screens full.
const KEPT: usize = 2_000;

/// The entries to be shown, in the width there is.
pub(super) struct Sheet<'a> {
    pub(super) laid: &'a RefCell<Laid>,
    incident: &'a Incident,
    shown: Option<Rc<[usize]>>,
    find: Option<&'a Wanted>,
    order: Order,
    several: bool,
    pub(super) width: usize,
    pub(super) look: Look,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(incident: &'a Incident, place: &'a InTimeline, width: u16, look: Look) -> Self {
        let laid = &place.laid;
        let is_known = laid.borrow().seen.as_ref().is_some_and(|seen| seen.is_at(incident, place, width));
        if !is_known {
            let anew = Laid::of(incident, place, width, &laid.borrow());
            *laid.borrow_mut() = anew;
        }
        let (shown, several) = (laid.borrow().shown.clone(), laid.borrow().several);
        let (find, order) = (place.find.as_ref(), place.order);
        Self { laid, incident, shown, find, order, several, width: width.into(), look }
    }

    /// How many entries are shown.
    pub(super) fn len(&self) -> usize {
        self.shown.as_ref().map_or(self.incident.timeline.len(), |shown| shown.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at this place among those shown.
    pub(super) fn entry(&self, nth: usize) -> &'a Entry {
        &self.incident.timeline[self.shown.as_ref().map_or(nth, |shown| shown[nth])]
    }

    /// The day under which an entry stands.
    pub(super) fn day(&self, nth: usize) -> String {
        times::day(self.incident, &self.time(self.entry(nth)))
    }

    /// The time by which an entry stands where it does.
    fn time(&self, entry: &Entry) -> At {
        match self.order {
            Order::Happened => entry.at,
            Order::Known if entry.source.is_some() => entry.at,
            Order::Known => entry.logged_at.into(),
        }
    }

    /// The rows that fit above the anchor; from the first entry on where they do not fill the height.
    pub(super) fn window(&self, anchor: Anchor, height: usize) -> Window {
        let Some((bottom, below)) = self.bottom(anchor, height) else {
            return Window { rows: Vec::new(), below: 0 };
        };
        let mut rows = Vec::new();
        for nth in (0..=bottom).rev() {
            let own = self.rows(nth);
            let hidden = if nth == bottom { below.min(own.len()) } else { 0 };
            let seen = (0..own.len() - hidden).rev();
            rows.extend(seen.map(|at| (nth, Row { all: Rc::clone(&own), nth: at })));
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows.reverse();
        Window { rows, below: self.len() - 1 - bottom }
    }

    /// Scrolls by rows, up where `by` is negative.
    pub(super) fn scrolled(&self, anchor: Anchor, by: isize, height: usize) -> Anchor {
        let Some((mut nth, mut below)) = self.bottom(anchor, height) else { return Anchor::End };
        let mut left = by.unsigned_abs();
        if by < 0 {
            below += left;
            while below >= self.rows(nth).len() {
                if nth == 0 {
                    below = self.rows(0).len() - 1;
                    break;
                }
                below -= self.rows(nth).len();
                nth -= 1;
            }
        } else {
            while left > 0 {
                if below >= left {
                    below -= left;
                    break;
                }
                left -= below;
                below = 0;
                if nth + 1 == self.len() {
                    break;
                }
                nth += 1;
                below = self.rows(nth).len();
            }
        }
        self.anchor(self.not_above_the_top((nth, below), height))
    }

    /// The anchor closest to this one with which all of an entry is seen, or its beginning where it is higher than the pane.
    pub(super) fn revealing(&self, anchor: Anchor, entry: usize, height: usize) -> Anchor {
        let Some((bottom, below)) = self.bottom(anchor, height) else { return Anchor::End };
        if entry > bottom || (entry == bottom && below > 0) {
            let below = self.rows(entry).len().saturating_sub(height);
            return self.anchor(self.not_above_the_top((entry, below), height));
        }
        let mut rows = 0;
        for nth in (entry..=bottom).rev() {
            rows += self.rows(nth).len();
            if rows > height + below {
                return self.anchor(self.with_on_top(entry, height));
            }
        }
        anchor
    }

    /// The place of an entry among those shown.
    pub(super) fn position(&self, id: Id) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let near = self.laid.borrow().near.map_or(last, |near| near.min(last));
        let both = (0..=last).flat_map(|far| [near.checked_sub(far), near.checked_add(far)]);
        let found = both.flatten().find(|nth| *nth <= last && self.entry(*nth).id == id)?;
        self.laid.borrow_mut().near = Some(found);
        Some(found)
    }

    /// The place an anchor means; none where there is nothing to show. An entry that is not shown any more is replaced by
    /// the newest one.
    fn bottom(&self, anchor: Anchor, height: usize) -> Option<Bottom> {
        let last = self.len().checked_sub(1)?;
        let place = match anchor {
            Anchor::End => (last, 0),
            Anchor::At { entry, below } => match self.position(entry) {
                Some(nth) => (nth, below.min(self.rows(nth).len().saturating_sub(1))),
                None => (last, 0),
            },
        };
        Some(self.not_above_the_top(place, height))
    }

    fn anchor(&self, (nth, below): Bottom) -> Anchor {
        if nth + 1 >= self.len() && below == 0 {
            return Anchor::End;
        }
        Anchor::At { entry: self.entry(nth).id, below }
    }

    /// The same place, or the lower one at which the first row of all is at the top.
    fn not_above_the_top(&self, place: Bottom, height: usize) -> Bottom {
        let (nth, below) = place;
        let mut rows = 0;
        for above in (0..=nth).rev() {
            rows += self.rows(above).len();
            if rows >= height + below {
                return place;
            }
        }
        self.with_on_top(0, height)
    }

    /// The place at which this entry's first row is at the top.
    fn with_on_top(&self, first: usize, height: usize) -> Bottom {
        let mut rows = 0;
        for nth in first..self.len() {
            rows += self.rows(nth).len();
            if rows >= height {
                return (nth, rows - height);
            }
        }
        (self.len().saturating_sub(1), 0)
    }

    /// An entry's rows, with the row of its date before them where the day changes. Never empty.
    fn rows(&self, nth: usize) -> Rc<[Line<'static>]> {
        let id = self.entry(nth).id;
        if let Some(rows) = self.laid.borrow().rows.get(&id) {
            return Rc::clone(rows);
        }
        let rows: Rc<[Line<'static>]> = self.lay_out(nth).into();
        let mut laid = self.laid.borrow_mut();
        if laid.rows.len() >= KEPT {
            laid.rows.clear();
        }
        laid.rows.insert(id, Rc::clone(&rows));
        rows
    }

    fn lay_out(&self, nth: usize) -> Vec<Line<'static>> {
        let entry = self.entry(nth);
        let day = self.day(nth);
        let new_day = nth == 0 || self.day(nth - 1) != day;
        let mut rows = Vec::new();
        if new_day {
            rows.push(Line::from(format!("── {day} ──")).style(self.look.quiet()));
        }
        let (mark, mark_style) = self.look.entry(entry.kind);
        let at = self.time(entry);
        let about = if entry.approximate && at == entry.at { "~" } else { "" };
        let time = format!("{about}{}", times::of_day(self.incident, &at));
        let columns = times::width(self.incident.clock);
        let time = Span::styled(format!("{time:>columns$} "), self.look.time());
        let lead = [time, Span::styled(mark, mark_style), Span::raw(" ")];
        let mut first: Vec<Span<'static>> = lead.into_iter().chain(self.flags(entry)).collect();
        let indent = first.iter().map(Span::width).sum();
        let width = self.width.saturating_sub(indent).max(1);
        let style = self.style(entry);
        for text in entry.text.for_term_lines().iter().flat_map(|line| line.wrap(width)) {
            let mut spans = std::mem::take(&mut first);
            if spans.is_empty() {
                spans.push(Span::raw(" ".repeat(indent)));
            }
            spans.extend(self.marked(&text, style));
            rows.push(Line::from(spans));
        }
        self.append_notes(entry, &mut rows, indent);
        rows
    }

    /// A row of text with its marks told apart, and what was searched for.
    fn marked(&self, text: &TermText, style: Style) -> Vec<Span<'static>> {
        let text = text.as_str();
        let hits = self.find.map(|wanted| wanted.hits(text)).unwrap_or_default();
        let mut spans = Vec::new();
        let mut push = |span: Range<usize>, style: Style| {
            let mut at = span.start;
            for hit in &hits {
                let hit = hit.start.max(span.start)..hit.end.min(span.end);
                if !hit.is_empty() {
                    spans.push(Span::styled(text[at..hit.start].to_owned(), style));
                    spans.push(Span::styled(text[hit.clone()].to_owned(), style.patch(self.look.hit())));
                    at = hit.end;
                }
            }
            spans.push(Span::styled(text[at..span.end].to_owned(), style));
        };
        let mut at = 0;
        for (span, mark) in marks::spans(text) {
            let part = if mark == Mark::Tag { Part::Tag } else { Part::Person };
            push(at..span.start, style);
            at = span.end;
            push(span, style.patch(self.look.part(part)));
        }
        push(at..text.len(), style);
        spans
    }

    fn style(&self, entry: &Entry) -> Style {
        if entry.struck {
            self.look.quiet().add_modifier(Modifier::CROSSED_OUT)
        } else if entry.key {
            Style::new().add_modifier(Modifier::BOLD)
        } else {
            Style::new()
        }
    }

    fn flags(&self, entry: &Entry) -> Vec<Span<'static>> {
        let star = entry.key.then(|| Span::styled(self.look.mark("★ ", "key entry: "), self.look.star()));
        let struck =
            entry.struck.then(|| Span::styled(self.look.mark("✗ ", "struck out: "), self.look.quiet()));
        star.into_iter().chain(struck).collect()
    }

    /// When it happened, where it stands at another time.
    fn happened(&self, entry: &Entry, stands: &At) -> String {
        let about = if entry.approximate { "~" } else { "" };
        let time = times::of_day(self.incident, &entry.at);
        let day = times::day(self.incident, &entry.at);
        let day = if day == times::day(self.incident, stands) { String::new() } else { format!("{day} ") };
        format!("happened {day}{about}{time}")
    }

    /// What is said about the entry itself, at the end of its last row or in one of its own.
    fn append_notes(&self, entry: &Entry, rows: &mut Vec<Line<'static>>, indent: usize) {
        let until =
            entry.until.as_ref().map(|until| format!("until {}", times::of_day(self.incident, until)));
        let at = self.time(entry);
        let happened = (times::of_day(self.incident, &at) != times::of_day(self.incident, &entry.at)
            || times::day(self.incident, &at) != times::day(self.incident, &entry.at))
        .then(|| self.happened(entry, &at));
        let late = entry.late().filter(|_| happened.is_none());
        let late = late.map(|late| match late.num_days() {
            // Nobody was late: it was added long after.
            AFTERWARDS.. => format!("added {}", times::day(self.incident, &entry.logged_at.into())),
            _ => format!("late {}", times::span(late)),
        });
        let edited = entry.edited.then(|| "edited".to_owned());
        let skewed = entry.skewed.then(|| "clock wrong".to_owned());
        let by = self.several.then(|| entry.by.for_term().cut(20).to_string());
        let notes: Vec<String> = [happened, until, late, edited, skewed, by].into_iter().flatten().collect();
        if notes.is_empty() {
            return;
        }
        let notes = Raw::new(notes.join(" · ")).for_term();
        // A bare name would be read as the last word of the text.
        let between = if self.several { " — " } else { "  " };
        if let Some(last) = rows.last_mut()
            && last.width() + between.chars().count() + notes.width() <= self.width
        {
            last.push_span(Span::styled(format!("{between}{notes}"), self.look.quiet()));
            return;
        }
        let notes = if self.several { Raw::new(format!("— {notes}")).for_term() } else { notes };
        let notes = notes.cut(self.width.saturating_sub(indent));
        rows.push(Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::styled(notes.to_string(), self.look.quiet()),
        ]));
    }
}
