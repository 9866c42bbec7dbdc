//! The details of one item: all of it as it stands, and its whole history from the journal.

mod field;
mod files;
mod links;
mod state;

use ratatui::style::{Modifier, Style};

use super::keymap::Keymap;
use super::overlay::{Overlay, Rows};
use super::room::Room;
use super::state::{Pane, Said, Tone};
use super::times::Ages;
use crate::archive::Recalled;
use crate::grammar;
use crate::log::history::{self, Before, Item, Step};
use crate::log::words::Teller;
use crate::log::{Change, Stamp};
use crate::model::{Face, Id, Instant, Moment};
use links::Links;

/// Columns before what a step says.
const STEP: usize = 4;

/// The item whose details are shown, and what they were made from: while that is the same, they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    item: Item,
    seen: Seen,
    links: Links,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    /// How many records there were, and the last.
    records: (u64, Option<Id>),
    minute: i64,
}

impl Seen {
    fn of(teller: &Teller<'_>) -> Self {
        let journal = &teller.incident.journal;
        Self { records: (journal.records, journal.last), minute: teller.now.timestamp().div_euclid(60) }
    }
}

impl Room {
    /// Shows all of the item that is selected in the pane with the focus, and its history; says so where none is.
    pub fn open_details(&mut self) {
        match self.state.focus.and_then(|pane| self.item(pane)) {
            Some(item) => self.show_details(item, 0, None),
            None => self.state.said = Some(Said::new(Tone::Plain, "nothing is selected here")),
        }
    }

    /// Shows all of what the line is about, and its history; says so where it is about nothing on record.
    pub(super) fn open_details_of_line(&mut self) {
        let line = self.state.prompt.text();
        match grammar::about(&line, &self.session.desk()) {
            Some(item) => self.show_details(item, 0, None),
            None => {
                let words = "this line is about nothing on record; /cause, /role commander, /done 2 are";
                self.state.said = Some(Said::new(Tone::Plain, words).about(&line));
            }
        }
    }

    /// Makes the details anew where something has changed since: they stay open while others write.
    pub(super) fn renew_details(&mut self) {
        let (Some(details), Some(overlay)) = (&self.state.details, &self.state.overlay) else { return };
        if details.seen != Seen::of(&self.teller()) {
            let (item, scroll, chosen) = (details.item.clone(), overlay.scroll, details.links.chosen());
            self.show_details(item, scroll, chosen);
        }
    }

    /// The details are to be made anew: something beside the incident has changed.
    pub(super) fn details_are_old(&mut self) {
        if let (Some(details), Some(overlay)) = (&self.state.details, &self.state.overlay) {
            let (item, scroll, chosen) = (details.item.clone(), overlay.scroll, details.links.chosen());
            self.show_details(item, scroll, chosen);
        }
    }

    fn show_details(&mut self, item: Item, scroll: usize, chosen: Option<usize>) {
        let teller = self.teller();
        let past = match &item {
            Item::Hypothesis(subject) => {
                self.memory().and_then(|memory| memory.recall(subject.raw().as_typed(), &teller.incident.id))
            }
            _ => None,
        };
        let mut links = Links::new(chosen);
        let looked = Looked { teller: &teller, ages: self.ages(), keys: &self.state.keys };
        let (title, rows) = rows(&item, &looked, past.as_ref(), &mut links);
        let seen = Seen::of(&teller);
        let place = self.state.seen.overlay;
        let scroll = links.in_view(&rows, scroll, (place.width.into(), place.height.into()));
        let mut overlay = Overlay::details(title, rows, !links.is_empty());
        overlay.scroll = scroll;
        (self.state.overlay, self.state.details) = (Some(overlay), Some(Details { item, seen, links }));
    }

    /// What is selected in a pane, if it is still there.
    fn item(&self, pane: Pane) -> Option<Item> {
        let (id, incident) = (self.selected(pane)?, self.incident());
        match pane {
            Pane::Timeline => incident.entry(id).map(|entry| Item::Entry(entry.id)),
            Pane::Hypotheses => {
                let found = incident.hypotheses.iter().find(|h| h.id == id);
                found.map(|hypothesis| Item::Hypothesis(hypothesis.subject.clone()))
            }
            Pane::Actions => incident.actions.iter().find(|a| a.id == id).map(|a| Item::Action(a.id)),
        }
    }
}

/// What an item is looked at with.
struct Looked<'a> {
    teller: &'a Teller<'a>,
    ages: Ages<'a>,
    keys: &'a Keymap,
}

/// The title, and the rows: the state first, then the history.
fn rows(
    item: &Item,
    looked: &Looked<'_>,
    past: Option<&Recalled>,
    links: &mut Links,
) -> (&'static str, Rows) {
    let mut rows = Rows::default();
    let teller = looked.teller;
    let incident = teller.incident;
    let (title, there, made) = match item {
        Item::Entry(id) => {
            let entry = incident.entry(*id);
            if let Some(entry) = entry {
                state::of_entry(&mut rows, entry, looked, links);
                files::of_entry(&mut rows, entry.id, teller);
            }
            (entry.map_or("Entry", |entry| state::title(entry.kind)), entry.is_some(), Some(*id))
        }
        Item::Hypothesis(subject) => {
            let hypothesis = incident.hypothesis(subject);
            if let Some(hypothesis) = hypothesis {
                state::of_hypothesis(&mut rows, hypothesis, looked, links);
                files::of_hypothesis(&mut rows, hypothesis.id, teller);
            }
            ("Hypothesis", hypothesis.is_some(), None)
        }
        Item::Action(id) => {
            let action = incident.actions.iter().find(|action| action.id == *id);
            if let Some(action) = action {
                state::of_action(&mut rows, action, teller);
            }
            ("Action", action.is_some(), Some(*id))
        }
        Item::Field(field) => {
            field::of_field(&mut rows, field, teller);
            (field::title(field), true, None)
        }
    };
    if made.is_some_and(|made| teller.ledger.is_purged(made)) {
        rows.heading("Purged");
        rows.plain("It was purged for good, with what it said.");
    } else if !there {
        rows.heading("Taken back");
        rows.plain("It is not in the incident any more; what it was stands below.");
    }
    if let Some(past) = past {
        of_past(&mut rows, past);
    }
    rows.heading("History");
    let steps = history::of(teller.ledger, item);
    if steps.is_empty() {
        rows.plain("The journal has no record of it.");
    }
    for step in &steps {
        of_step(&mut rows, step, made, teller);
    }
    (title, rows)
}

/// The past incidents in which the same was suspected, and what came of it in each.
fn of_past(rows: &mut Rows, recalled: &Recalled) {
    rows.heading("Past incidents");
    rows.plain(recalled.line());
    for past in &recalled.past {
        let date = past.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        rows.two(&date, &format!("{} · {}", past.id.for_term(), past.told()));
    }
}

/// One record: when it was logged, who, what, what was there before, and whether it still counts.
fn of_step(rows: &mut Rows, step: &Step<'_>, made: Option<Stamp>, teller: &Teller<'_>) {
    let face = Face::of(teller.incident);
    let clock = |at: Instant| face.near(&Moment::stamped(at), teller.now);
    let logged = clock(step.record.stamp.instant());
    let mut said = format!("{logged} · {} · ", step.record.by.for_term());
    if let Some(change) = step.record.change() {
        let words = teller.words(change);
        said.push_str(&if names_another(change, made) { words.brief() } else { words.did.clone() });
        let happened = change.when().filter(|_| !matches!(change, Change::EntryTimeChanged { .. }));
        let happened = happened.map(|when| face.near(when, teller.now)).filter(|when| *when != logged);
        if let Some(happened) = happened {
            said.push_str(&format!(", happened {happened}"));
        }
        if let Some(detail) = &words.detail {
            said.push_str(&format!(": {detail}"));
        }
        if made == Some(step.record.stamp) && stands_for_another(change) {
            said.push_str(" · this one");
        }
    }
    match &step.before {
        Some(Before::Text(text)) => said.push_str(&format!(" · it was: {}", text.for_term())),
        Some(Before::Time(when)) => said.push_str(&format!(" · it was {}", face.near(when, teller.now))),
        None => {}
    }
    if step.record.wall.is_some() {
        said.push_str(" · a clock was wrong");
    }
    let (lead, style) = match step.taken_back {
        Some(undo) => {
            let (at, by) = (clock(undo.stamp.instant()), undo.by.for_term());
            said.push_str(&format!(" · TAKEN BACK {at} by {by}"));
            ("  ✗", Style::new().add_modifier(Modifier::DIM))
        }
        None => ("  ·", Style::new()),
    };
    rows.push(lead, &said, style, STEP);
}

/// Whether a step has to name what it is a change of: it is not the item itself.
fn names_another(change: &Change, made: Option<Stamp>) -> bool {
    match change {
        Change::EntryTimeChanged { entry, .. } => made != Some(*entry),
        Change::IncidentCreated { .. } | Change::Restored(_) => true,
        other => stands_for_another(other) && other.about().is_none(),
    }
}

/// Whether the entry of a change stands for something that has a longer history than the entry.
fn stands_for_another(change: &Change) -> bool {
    let about_the_incident = matches!(
        change,
        Change::SeveritySet { .. }
            | Change::StatusSet { .. }
            | Change::MilestoneSet { .. }
            | Change::MilestoneCleared { .. }
            | Change::RoleTaken { .. }
            | Change::RoleCleared { .. }
    );
    about_the_incident || change.about().is_some()
}
