//! All of an item as it stands, in rows: nothing is cut, and every line of a text is there.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::Looked;
use super::links::{Links, Target};
use crate::export::check;
use crate::grammar::{handle, review};
use crate::log::words::Teller;
use crate::model::{
    Action, At, Disputed, DisputedItem, Entry, EntryKind, Face, Hypothesis, Id, Instant, Machine, Moment,
    Precision, Side, Source, inquiry,
};
use crate::text::Raw;
use crate::tui::keymap::{Place, Prefill};
use crate::tui::overlay::Rows;
use crate::tui::times;

/// Of an alert, this many of the times that it fired are told one by one.
const FIRINGS: usize = 20;

/// What an entry is.
pub(super) fn title(kind: EntryKind) -> &'static str {
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
pub(super) fn text(rows: &mut Rows, name: &str, text: &Raw) {
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
pub(super) fn in_full(when: &Moment, teller: &Teller<'_>) -> String {
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

pub(super) fn at_in_full(at: &At, teller: &Teller<'_>) -> String {
    Face::of(teller.incident).full(at, Precision::Minute)
}

/// All of an entry, and the keys that act on it.
pub(super) fn of_entry(rows: &mut Rows, entry: &Entry, looked: &Looked<'_>, links: &mut Links) {
    let teller = looked.teller;
    text(rows, "what", &entry.text);
    if let Some(machine) = &entry.machine {
        of_machine(rows, machine, teller);
    }
    rows.two("happened", &in_full(&entry.moment(), teller));
    let late = entry.at.instant().map(|at| entry.logged_at - at).filter(|late| late.num_minutes() > 0);
    let late = late.map(|late| format!(", {} late", times::span(late))).unwrap_or_default();
    let wrong = if entry.skewed { ", while a clock was wrong" } else { "" };
    let logged = Face::of(teller.incident).instant(entry.logged_at);
    rows.two("logged", &format!("{logged} by {}{late}{wrong}", entry.by.for_term()));
    let list = |rows: &mut Rows, name: &str, sign: char, all: &[Raw]| {
        let all: Vec<String> = all.iter().map(|one| format!("{sign}{}", one.for_term())).collect();
        if !all.is_empty() {
            rows.two(name, &all.join(" "));
        }
    };
    list(rows, "tags", '#', &entry.tags);
    list(rows, "people", '@', &entry.people);
    let hypothesis = teller.incident.hypotheses.iter().find(|h| entry.is_about(h.id));
    if let Some(hypothesis) = hypothesis {
        let (subject, status) = (hypothesis.subject.raw().for_term(), hypothesis.status);
        let leads_to = Some(Target::Hypothesis(hypothesis.id));
        links.two(rows, "hypothesis", &format!("{subject}, {status} now"), leads_to);
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
    let keys = looked.keys.prefills(Place::Timeline);
    let keys = keys.filter(|(key, _)| entry.kind.has_words() || *key != Prefill::EditText);
    let keys: Vec<String> = keys.map(|(_, words)| words).collect();
    let handle = handle::shortest(teller.incident, entry.id);
    of_disputes(rows, Some(&DisputedItem::Entry(entry.id)), teller);
    of_source(rows, entry.source.as_deref());
    rows.two("handle", &format!("{handle} · in the pane: {}", keys.join(" · ")));
}

/// What of it somebody says otherwise, and the line that settles that.
pub(super) fn of_disputes(rows: &mut Rows, item: Option<&DisputedItem>, teller: &Teller<'_>) {
    for disputed in teller.incident.disputed_of(item) {
        of_dispute(rows, disputed, teller);
    }
}

/// What somebody says otherwise, and the line that settles it.
pub(super) fn of_dispute(rows: &mut Rows, disputed: &Disputed, teller: &Teller<'_>) {
    let (field, otherwise) = (disputed.field.words(), disputed.otherwise(teller.incident));
    text(rows, "disputed", &Raw::new(format!("{field}: {otherwise}")));
    let line = review::settled_as_it_shows(disputed, teller.incident);
    text(rows, "", &Raw::new(format!("{line} settles it as it shows")));
}

/// All that a machine told: every time that an alert fired, how a command ended and the last lines that it printed.
fn of_machine(rows: &mut Rows, machine: &Machine, teller: &Teller<'_>) {
    let face = Face::of(teller.incident);
    some_text(rows, "state", Some(&machine.state(&face)));
    match machine {
        Machine::Alert(alert) => {
            rows.two("told by", alert.source.for_term().as_str());
            some_text(rows, "link", alert.url.as_ref());
            some_text(rows, "says", alert.details.as_ref());
            let hidden = alert.fired.len().saturating_sub(FIRINGS);
            if hidden > 0 {
                rows.two("fired", &format!("{hidden} times before these"));
            }
            for firing in &alert.fired[hidden..] {
                let at = |at: Instant| face.full(&at.into(), Precision::Second);
                let ended = firing.ended.as_ref().map_or_else(
                    || "goes on".into(),
                    |ended| {
                        let how =
                            ended.how.as_ref().map(|how| format!("{} ", how.for_term())).unwrap_or_default();
                        format!("{how}{}", at(ended.at))
                    },
                );
                rows.two("fired", &format!("{} – {ended}", at(firing.at)));
            }
        }
        Machine::Command(command) => {
            rows.two("where", command.place.for_term().as_str());
            let output = command.ended.as_ref().and_then(|ended| ended.output.as_ref());
            some_text(rows, "printed", output);
        }
    }
}

/// Where it stands in a document.
fn of_source(rows: &mut Rows, source: Option<&Source>) {
    if let Some(source) = source {
        let line = source.line.map(|line| format!(", line {line}")).unwrap_or_default();
        rows.two("imported", &format!("from {}{line}", source.file.for_term()));
    }
}

/// All of a hypothesis.
pub(super) fn of_hypothesis(
    rows: &mut Rows,
    hypothesis: &Hypothesis,
    looked: &Looked<'_>,
    links: &mut Links,
) {
    let (teller, ages) = (looked.teller, &looked.ages);
    let own = teller.incident.timeline.iter().filter(|entry| entry.is_about(hypothesis.id));
    let entries: HashSet<Id> = own.map(|entry| entry.id).collect();
    let entry = |id: Option<Id>| id.filter(|id| entries.contains(id)).map(Target::Entry);
    text(rows, "subject", hypothesis.subject.raw());
    rows.two("state", hypothesis.status.words());
    some_text(rows, "owner", hypothesis.owner.as_ref());
    let age = |at: Instant| format!(", {} ago", times::span(ages.since(at)));
    let told = |at: &At| format!("{}{}", at_in_full(at, teller), at.instant().map(age).unwrap_or_default());
    let raised = hypothesis.raised_at.as_ref().map_or_else(|| "not known when".into(), told);
    links.two(rows, "raised", &raised, entry(Some(hypothesis.id)));
    if let Some(closed) = &hypothesis.closed_at {
        rows.two("closed", &told(closed));
    }
    if hypothesis.status.is_closed() {
        let minutes = hypothesis.minutes().map_or_else(|| "not known".into(), crate::model::length);
        rows.two("time spent", &minutes);
    }
    if hypothesis.owes_a_reason() {
        rows.two("reason", &format!("! none given: {}WHY", check::reason_for(hypothesis)));
    }
    some_text(rows, "reason", hypothesis.reason.as_ref());
    if let Some(reopened) = &hypothesis.reopened {
        rows.two("before", &reopened.words(|at| at_in_full(at, teller)));
        some_text(rows, "", reopened.why.as_ref());
    }
    some_text(rows, "why", hypothesis.suspected_because());
    of_predictions(rows, hypothesis);
    if ages.inquiry(teller.incident).unquestioned == Some(hypothesis.id) {
        let subject = hypothesis.subject.raw().for_term();
        rows.two("question", inquiry::OTHERWISE);
        rows.two("", &format!("/test {subject}: WHAT, expect WHAT WOULD BE SEEN · /against {subject}: WHAT SPEAKS AGAINST IT"));
    }
    let limit = hypothesis.timebox_minutes.or(ages.timebox);
    if let Some((minutes, left)) = limit.zip(ages.left(hypothesis)) {
        let over = left <= TimeDelta::zero();
        let left = if over {
            format!("! {} over", times::span(-left))
        } else {
            format!("{} left", times::running_out(left))
        };
        rows.two("time-box", &format!("{minutes} min for the running test, {left}"));
    }
    of_disputes(rows, Some(&DisputedItem::hypothesis(&hypothesis.subject)), teller);
    of_source(rows, hypothesis.source.as_ref());
    for test in &hypothesis.tests {
        let owner = test.owner.as_ref().map(|owner| format!(" by {}", owner.for_term()));
        let since = test.started_at.as_ref().map(|at| format!("since {}", at_in_full(at, teller)));
        let since = since.unwrap_or_else(|| "not known when".into());
        rows.two("test", &format!("{since}{}", owner.unwrap_or_default()));
        some_text(rows, "", Some(&test.text));
        some_text(rows, "  result", test.result.as_ref());
    }
    for (side, name) in [(Side::For, "for"), (Side::Against, "against"), (Side::Harm, "made worse")] {
        for evidence in hypothesis.evidence.iter().filter(|evidence| evidence.side == side) {
            let at =
                evidence.at.as_ref().map_or_else(|| "not known when".into(), |at| at_in_full(at, teller));
            let struck = if evidence.struck { " · ✗ struck out: it does not count" } else { "" };
            let said = format!("{at} by {}{struck}", evidence.by.for_term());
            links.two(rows, name, &said, entry(evidence.entry));
            some_text(rows, "", Some(&evidence.text));
        }
    }
}

/// What would be seen if it were true; where nobody said so and it is still looked into, how to say it.
fn of_predictions(rows: &mut Rows, hypothesis: &Hypothesis) {
    let predictions = hypothesis.predictions();
    for prediction in &predictions {
        text(rows, "predicts", prediction);
    }
    if predictions.is_empty() && !hypothesis.status.is_closed() {
        let subject = hypothesis.subject.raw().for_term();
        rows.two("predicts", &format!("nothing yet: /test {subject}: WHAT, expect WHAT WOULD BE SEEN"));
    }
}

/// All of an action.
pub(super) fn of_action(rows: &mut Rows, action: &Action, teller: &Teller<'_>) {
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
    of_disputes(rows, Some(&DisputedItem::Action(action.id)), teller);
    of_source(rows, action.source.as_ref());
}
