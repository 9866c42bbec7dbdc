//! The details of one item: all of it as it stands, and its whole history from the journal.

use ratatui::style::{Modifier, Style};

use super::keymap::{Place, Prefill, prefills};
use super::overlay::{Overlay, Rows};
use super::room::Room;
use super::state::{Pane, Said, Tone};
use super::times;
use crate::grammar::handle;
use crate::log::history::{self, Before, Item, Step};
use crate::log::words::Teller;
use crate::log::{Change, Stamp};
use crate::model::{
    Action, At, Entry, EntryKind, Face, Hypothesis, HypothesisStatus, Id, Instant, Moment, Precision, Side,
};
use crate::text::Raw;

/// Columns before what a step says.
const STEP: usize = 4;

/// The item whose details are shown, and what they were made from: while that is the same, they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    item: Item,
    seen: Seen,
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
            Some(item) => self.show_details(item, 0),
            None => self.state.said = Some(Said::new(Tone::Plain, "nothing is selected here")),
        }
    }

    /// Makes the details anew where something has changed since: they stay open while others write.
    pub(super) fn renew_details(&mut self) {
        let (Some(details), Some(overlay)) = (&self.state.details, &self.state.overlay) else { return };
        if details.seen != Seen::of(&self.session.teller()) {
            let (item, scroll) = (details.item.clone(), overlay.scroll);
            self.show_details(item, scroll);
        }
    }

    fn show_details(&mut self, item: Item, scroll: usize) {
        let teller = self.session.teller();
        let (title, rows) = rows(&item, &teller);
        let seen = Seen::of(&teller);
        let mut overlay = Overlay::new(title, rows);
        overlay.scroll = scroll;
        (self.state.overlay, self.state.details) = (Some(overlay), Some(Details { item, seen }));
    }

    /// What is selected in a pane, if it is still there.
    fn item(&self, pane: Pane) -> Option<Item> {
        let (id, incident) = (self.selected(pane)?, self.session.incident());
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

/// The title, and the rows: the state first, then the history.
fn rows(item: &Item, teller: &Teller<'_>) -> (&'static str, Rows) {
    let mut rows = Rows::default();
    let incident = teller.incident;
    let (title, there, made) = match item {
        Item::Entry(id) => {
            let entry = incident.entry(*id);
            if let Some(entry) = entry {
                of_entry(&mut rows, entry, teller);
            }
            (entry.map_or("Entry", |entry| title(entry.kind)), entry.is_some(), Some(*id))
        }
        Item::Hypothesis(subject) => {
            let hypothesis = incident.hypothesis(subject);
            if let Some(hypothesis) = hypothesis {
                of_hypothesis(&mut rows, hypothesis, teller);
            }
            ("Hypothesis", hypothesis.is_some(), None)
        }
        Item::Action(id) => {
            let action = incident.actions.iter().find(|action| action.id == *id);
            if let Some(action) = action {
                of_action(&mut rows, action, teller);
            }
            ("Action", action.is_some(), Some(*id))
        }
    };
    if !there {
        rows.heading("Taken back");
        rows.plain("It is not in the incident any more; what it was stands below.");
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

fn title(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Note => "Entry",
        EntryKind::Hypothesis => "Entry: change of a hypothesis",
        EntryKind::Milestone => "Entry: milestone",
        EntryKind::Status => "Entry: status",
        EntryKind::Severity => "Entry: severity",
        EntryKind::Role => "Entry: role",
        EntryKind::Alert => "Entry: alert",
        EntryKind::Command => "Entry: command",
    }
}

/// A field, with a row for each line of its text.
fn text(rows: &mut Rows, name: &str, text: &Raw) {
    for (nth, line) in text.for_term_lines().iter().enumerate() {
        rows.two(if nth == 0 { name } else { "" }, line.as_str());
    }
}

fn some_text(rows: &mut Rows, name: &str, said: Option<&Raw>) {
    if let Some(said) = said.filter(|said| !said.is_blank()) {
        text(rows, name, said);
    }
}

/// Date, time and zone of all that is known of a moment, and how it was written.
fn in_full(when: &Moment, teller: &Teller<'_>) -> String {
    let face = Face::of(teller.incident);
    let known = |at: &At| match face.full(at, when.precision) {
        nothing if nothing.is_empty() => "not known".into(),
        full => full,
    };
    let about = if when.approximate { "about " } else { "" };
    let until = when.until.as_ref().map(|until| format!(" until {}", known(until)));
    let written = when.as_written.as_ref().map(|written| format!(" (written {})", written.for_term()));
    format!("{about}{}{}{}", known(&when.at), until.unwrap_or_default(), written.unwrap_or_default())
}

fn at_in_full(at: &At, teller: &Teller<'_>) -> String {
    Face::of(teller.incident).full(at, Precision::Minute)
}

fn of_entry(rows: &mut Rows, entry: &Entry, teller: &Teller<'_>) {
    text(rows, "what", &entry.text);
    rows.two("happened", &in_full(&entry.moment(), teller));
    let late = entry.at.instant().map(|at| entry.logged_at - at).filter(|late| late.num_minutes() > 0);
    let late = late.map(|late| format!(", {} late", times::span(late))).unwrap_or_default();
    let behind = if entry.skewed { ", while the clock was behind" } else { "" };
    let logged = Face::of(teller.incident).instant(entry.logged_at);
    rows.two("logged", &format!("{logged} by {}{late}{behind}", entry.by.for_term()));
    let list = |rows: &mut Rows, name: &str, sign: char, all: &[Raw]| {
        let all: Vec<String> = all.iter().map(|one| format!("{sign}{}", one.for_term())).collect();
        if !all.is_empty() {
            rows.two(name, &all.join(" "));
        }
    };
    list(rows, "tags", '#', &entry.tags);
    list(rows, "people", '@', &entry.people);
    let hypothesis = entry.hypothesis.and_then(|id| teller.incident.hypotheses.iter().find(|h| h.id == id));
    if let Some(hypothesis) = hypothesis {
        let (subject, status) = (hypothesis.subject.raw().for_term(), hypothesis.status);
        rows.two("hypothesis", &format!("{subject}, {status} now"));
    }
    if let Some(milestone) = entry.milestone {
        let met = teller.incident.milestones.get(milestone);
        let now = met.map_or("not set now".into(), |met| format!("{} now", at_in_full(&met.at, teller)));
        rows.two("milestone", &format!("{milestone}, {now}"));
    }
    let marks = [
        (entry.key, "★ part of the short story"),
        (entry.struck, "✗ struck out: no part of the report"),
        (entry.edited, "edited: the text or the time was changed"),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    if !marks.is_empty() {
        rows.two("marks", &marks.join(" · "));
    }
    let keys = prefills(Place::Timeline);
    let keys = keys.filter(|(key, _)| entry.kind.has_own_words() || *key != Prefill::EditText);
    let keys: Vec<String> = keys.map(|(_, words)| words).collect();
    let handle = handle::shortest(teller.incident, entry.id);
    rows.two("handle", &format!("{handle} · in the pane: {}", keys.join(" · ")));
}

fn of_hypothesis(rows: &mut Rows, hypothesis: &Hypothesis, teller: &Teller<'_>) {
    text(rows, "subject", hypothesis.subject.raw());
    rows.two("state", hypothesis.status.words());
    some_text(rows, "owner", hypothesis.owner.as_ref());
    let age = |at: Instant| format!(", {} ago", times::span(teller.now - at));
    let told = |at: &At| format!("{}{}", at_in_full(at, teller), at.instant().map(age).unwrap_or_default());
    rows.two("raised", &hypothesis.raised_at.as_ref().map_or_else(|| "not known when".into(), told));
    if let Some(closed) = &hypothesis.closed_at {
        rows.two("closed", &told(closed));
    }
    if hypothesis.status.is_closed() {
        let minutes = hypothesis.minutes().map_or_else(|| "not known".into(), crate::model::length);
        rows.two("time spent", &minutes);
    }
    some_text(rows, "reason", hypothesis.reason.as_ref());
    some_text(rows, "why", hypothesis.why.as_ref());
    let limit = hypothesis.timebox_minutes.filter(|_| hypothesis.status == HypothesisStatus::Testing);
    if let Some(minutes) = limit {
        rows.two("time-box", &format!("{minutes} min for the running test"));
    }
    for test in &hypothesis.tests {
        let owner = test.owner.as_ref().map(|owner| format!(" by {}", owner.for_term()));
        rows.two(
            "test",
            &format!("since {}{}", at_in_full(&test.started_at, teller), owner.unwrap_or_default()),
        );
        some_text(rows, "", Some(&test.text));
        some_text(rows, "  result", test.result.as_ref());
    }
    for (side, name) in [(Side::For, "for"), (Side::Against, "against"), (Side::Harm, "made worse")] {
        for evidence in hypothesis.evidence_of(side) {
            let at = at_in_full(&evidence.at, teller);
            rows.two(name, &format!("{at} by {}", evidence.by.for_term()));
            some_text(rows, "", Some(&evidence.text));
        }
    }
}

fn of_action(rows: &mut Rows, action: &Action, teller: &Teller<'_>) {
    rows.two("number", &action.number.to_string());
    rows.two("kind", action.kind.word());
    text(rows, "what", &action.text);
    rows.two("state", action.status.word());
    if let Some(closed) = &action.closed_at {
        rows.two("closed", &at_in_full(closed, teller));
    }
    some_text(rows, "why", action.reason.as_ref());
    some_text(rows, "owner", action.owner.as_ref());
    if let Some(due) = action.due {
        rows.two("due", &due.to_string());
    }
    if let Some(priority) = action.priority {
        rows.two("priority", &format!("P{priority}"));
    }
    some_text(rows, "class", action.class.as_ref());
    some_text(rows, "link", action.link.as_ref());
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
        said.push_str(" · the clock was behind");
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
