//! What a line will become, in words, before it is sent.

use super::times;
use crate::grammar::Desk;
use crate::grammar::parts::alike;
use crate::log::{About, Change, Fact, List};
use crate::model::{Face, Moment, Side, Status};
use crate::text::Raw;

/// What a change will do. Safe for a terminal.
pub fn preview(change: &Change, desk: &Desk<'_>) -> String {
    let (words, when) = match change {
        Change::EntryAdded { when, text, .. } => {
            return match (when, &behind_a_time(text)) {
                (Some(_), Some(hint)) => format!("entry · {} · {hint}", at(when.as_ref(), desk)),
                _ => format!("entry · {}", at(when.as_ref(), desk)),
            };
        }
        Change::SeveritySet { severity, when } => {
            let level = severity.map_or_else(|| "cleared".into(), |severity| severity.to_string());
            (format!("severity {level}"), when.as_ref())
        }
        Change::StatusSet { status, when } => (of_status(*status, desk), when.as_ref()),
        Change::MilestoneSet { milestone, when, .. } => {
            let again = if desk.incident.milestones.get(*milestone).is_some() { ", anew" } else { "" };
            (format!("milestone {milestone}{again}"), when.as_ref())
        }
        Change::RoleTaken { role, name, when } => {
            (format!("{} is {}", name.for_term(), role.for_term()), when.as_ref())
        }
        Change::RoleCleared { role, when } => (format!("nobody is {}", role.for_term()), when.as_ref()),
        Change::UpdateSent { audience, when, .. } => {
            (format!("update ({})", audience.for_term()), when.as_ref())
        }
        Change::DecisionMade { when, .. } => ("decision".into(), when.as_ref()),
        Change::ActionDone { action, when } => (format!("{} done", number(*action, desk)), when.as_ref()),
        Change::ActionDropped { action, when, .. } => {
            (format!("{} dropped", number(*action, desk)), when.as_ref())
        }
        Change::EntryTimeChanged { when, .. } => ("time of the entry changed to".into(), Some(when)),
        other => match of_hypothesis(other, desk) {
            Some((words, about)) => (words, about.when.as_ref()),
            None => return untimed(other, desk),
        },
    };
    format!("{words} · {}", at(when, desk))
}

/// What to type instead where a sigil stands behind a time, and is text there.
fn behind_a_time(text: &Raw) -> Option<&'static str> {
    let mut chars = text.as_typed().chars();
    match (chars.next()?, chars.next()?) {
        ('?', next) if next.is_alphanumeric() => Some("as text; a hypothesis is /suspect TIME SUBJECT: WHY"),
        ('/', next) if next.is_alphabetic() => Some("as text; a command comes first: /out TIME SUBJECT: WHY"),
        _ => None,
    }
}

fn at(when: Option<&Moment>, desk: &Desk<'_>) -> String {
    match when {
        Some(when) => Face::of(desk.incident).near(when, desk.now),
        None => format!("now, {}", times::zoned(desk.incident, desk.now)),
    }
}

fn of_status(status: Status, desk: &Desk<'_>) -> String {
    let reopens = desk.incident.status.is_over() && !status.is_over();
    format!("status {status}{}", if reopens { ", no longer resolved" } else { "" })
}

/// What a change is called by: the entry or the action that it made.
fn changed(change: crate::log::Stamp, desk: &Desk<'_>) -> String {
    let entry = desk.incident.entry(change).map(|e| &e.text);
    let action = || desk.incident.actions.iter().find(|a| a.id == change).map(|a| &a.text);
    let text = entry.or_else(action).map(|text| text.for_term().cut(40));
    text.map_or_else(|| "your last change".into(), |text| format!("“{text}”"))
}

fn number(action: crate::log::Stamp, desk: &Desk<'_>) -> String {
    let found = desk.incident.actions.iter().find(|a| a.id == action);
    found.map_or_else(|| "action".into(), |a| format!("action {}", a.number))
}

fn of_hypothesis<'a>(change: &'a Change, desk: &Desk<'_>) -> Option<(String, &'a About)> {
    let (verb, about) = match change {
        Change::HypothesisRaised(about) => ("raised", about),
        Change::HypothesisTested { about, .. } => ("under test", about),
        Change::EvidenceAdded { side: Side::For, about } => ("evidence for", about),
        Change::EvidenceAdded { side: Side::Against, about } => ("evidence against", about),
        Change::EvidenceAdded { side: Side::Harm, about } => ("made it worse", about),
        Change::HypothesisRuledOut(about) => ("ruled out", about),
        Change::HypothesisConfirmed(about) => ("confirmed", about),
        Change::HypothesisParked(about) => ("parked", about),
        Change::HypothesisReopened(about) => ("opened again", about),
        _ => return None,
    };
    let subject = about.subject.raw().for_term();
    let known = desk.incident.hypothesis(&about.subject);
    let words = match (change, known) {
        (Change::HypothesisRaised(_), Some(known)) if known.status.is_closed() => {
            format!("hypothesis \"{subject}\" opened again")
        }
        (Change::HypothesisRaised(_), _) | (_, Some(_)) => format!("hypothesis \"{subject}\" {verb}"),
        (_, None) => match alike(&about.subject, desk) {
            Some(known) => format!("NEW '{subject}' · Tab: {} · {verb}", known.subject.raw().for_term()),
            None => format!("NEW '{subject}' {verb}"),
        },
    };
    Some((words, about))
}

fn untimed(change: &Change, desk: &Desk<'_>) -> String {
    let cut = |text: &Raw| text.for_term().cut(40).to_string();
    match change {
        Change::TitleSet { .. } => "the title changes".into(),
        Change::ZoneSet { zone } => format!("times are shown in {zone}"),
        Change::ClockSet { .. } => "the clock changes".into(),
        Change::MilestoneCleared { milestone } => format!("milestone {milestone} cleared"),
        Change::FactSet { fact, .. } => format!("{} set", of_fact(*fact)),
        Change::FactCleared { fact } => format!("{} cleared", of_fact(*fact)),
        Change::ItemAdded { list, .. } => format!("added to {}", of_list(*list)),
        Change::AffectedAdded { .. } => format!("added to {}", of_list(List::Affected)),
        Change::LinkAdded { label, .. } => format!("link \"{}\"", cut(label)),
        Change::NoteAdded { heading, .. } => format!("note \"{}\"", cut(heading)),
        Change::ItemStruck { list, text } => format!("\"{}\" taken off {}", cut(text), of_list(*list)),
        Change::ListCleared { list } => format!("{} cleared", of_list(*list)),
        Change::CadenceSet { minutes: Some(minutes) } => format!("an update every {minutes} minutes"),
        Change::CadenceSet { minutes: None } => "no regular updates".into(),
        Change::EntryTextChanged { entry, .. } => format!("text changed of: {}", entry_text(*entry, desk)),
        Change::EntryStruck { entry } => format!("struck out: {}", entry_text(*entry, desk)),
        Change::EntryUnstruck { entry } => format!("no longer struck out: {}", entry_text(*entry, desk)),
        Change::EntryStarred { entry } => format!("★ {}", entry_text(*entry, desk)),
        Change::EntryUnstarred { entry } => format!("no longer ★: {}", entry_text(*entry, desk)),
        Change::ActionAdded { due, owner, .. } => {
            let owner = owner.as_ref().map(|owner| format!(" · @{}", owner.for_term()));
            let due = due.map(|due| format!(" · due {due}"));
            format!("action{}{}", owner.unwrap_or_default(), due.unwrap_or_default())
        }
        Change::ActionReopened { action } => format!("{} open again", number(*action, desk)),
        Change::Undone { change } => format!("{} is taken back", changed(*change, desk)),
        Change::Redone { .. } => "what was taken back last counts again".into(),
        _ => "a change".into(),
    }
}

fn entry_text(entry: crate::log::Stamp, desk: &Desk<'_>) -> String {
    let found = desk.incident.entry(entry);
    found.map_or_else(String::new, |entry| format!("\"{}\"", entry.text.for_term().cut(40)))
}

fn of_fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Impact => "the impact",
        Fact::Summary => "the summary",
        Fact::RootCause => "the root cause",
        Fact::Trigger => "the trigger",
        Fact::Detection => "the detection",
        Fact::Workaround => "the workaround",
        Fact::Fix => "the fix",
    }
}

fn of_list(list: List) -> &'static str {
    match list {
        List::Services => "the services",
        List::Affected => "who was affected",
        List::Losses => "what was lost",
        List::Factors => "the factors",
        List::WentWell => "what went well",
        List::WentWrong => "what went wrong",
        List::Lucky => "where luck helped",
        List::Links => "the links",
        List::Notes => "the notes",
    }
}
