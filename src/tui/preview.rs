//! What a line will become, in words, before it is sent.

use super::keymap::{Act, Keymap, stack};
use super::times;
use crate::grammar::parts::alike;
use crate::grammar::{Desk, behind_a_time, minutes, struck};
use crate::log::fold::{dated, facts, milestone::status_of};
use crate::log::words::{Teller, Words, attributes};
use crate::log::{About, Change, Ledger};
use crate::model::{Face, Hypothesis, HypothesisStatus, Moment, Status};
use crate::text::{Raw, TermText};

/// How much of what a change says is shown, where the line does not say it itself, in columns.
const SHOWN: usize = 60;

/// What a change will do, but for a day that nobody expects, which is told before it. Safe for a terminal.
pub fn preview(change: &Change, desk: &Desk<'_>, ledger: &Ledger, keys: &Keymap) -> String {
    let teller = Teller { incident: desk.incident, ledger, now: desk.now };
    let words = teller.words(change);
    let told = match change {
        Change::EntryStruck { .. } => struck(change, &teller).unwrap_or_else(|| words.brief()),
        Change::EntryAdded { .. } | Change::UpdateSent { .. } | Change::DecisionMade { .. } => words.of,
        Change::StatusSet { status, .. } => of_status(*status, desk),
        Change::MilestoneSet { milestone, .. } => {
            let given = dated::count(desk.incident);
            let dates = given > 0 && change.when().is_some_and(dated::names_its_day);
            let days =
                if dates { format!(", and with it the days of {given} entries") } else { String::new() };
            let moved = status_of(*milestone).filter(|status| *status > desk.incident.status);
            let status = moved.map_or_else(String::new, |status| format!(", status {status}"));
            format!("milestone {milestone}{status}{days}")
        }
        Change::ActionAdded { .. } | Change::ActionChanged { .. } => {
            let marks = attributes(change);
            let of = if matches!(change, Change::ActionAdded { .. }) { words.of } else { words.brief() };
            return marks.iter().fold(of, |told, mark| format!("{told} · {mark}"));
        }
        Change::EntryTimeChanged { .. } if unexpected_day(change, desk).is_some() => words.brief(),
        Change::EntryTimeChanged { .. }
        | Change::ItemStruck { .. }
        | Change::ItemChanged { .. }
        | Change::Undone { .. }
        | Change::Redone { .. } => words.told(SHOWN),
        other => of_hypothesis(other, &words, desk, keys).unwrap_or_else(|| words.brief()),
    };
    let asks = asks_why(change, desk);
    let enter = keys.key(Act::Commit, stack::PROMPT).filter(|_| asks);
    // What to do comes before the time: on a narrow screen the end is cut off.
    let told = match enter {
        Some(enter) => format!("{told}: why? {enter}: without a reason"),
        None if asks => format!("{told}: why?"),
        None => told,
    };
    let is_told = !is_timed(change) || unexpected_day(change, desk).is_some();
    let told = if is_told { told } else { format!("{told} · {}", at(change.when(), desk)) };
    let told = match replaced(change, desk) {
        Some(old) => format!("{told} · replaces: {}", old.cut(SHOWN)),
        None => told,
    };
    behind_a_time(change).map_or(told.clone(), |hint| format!("{told} · {hint}"))
}

/// Whether it rules a hypothesis out, and nobody has said why.
pub(super) fn asks_why(change: &Change, desk: &Desk<'_>) -> bool {
    let Change::HypothesisRuledOut(about) = change else { return false };
    let known = desk.incident.hypothesis(&about.subject);
    let is_known =
        known.is_some_and(|known| known.status == HypothesisStatus::RuledOut && !known.owes_a_reason());
    about.text.as_ref().is_none_or(Raw::is_blank) && !is_known
}

/// Whether a change happens at a time: at that of its stamp where none is said.
fn is_timed(change: &Change) -> bool {
    let about_the_incident = matches!(
        change,
        Change::EntryAdded { .. }
            | Change::SeveritySet { .. }
            | Change::StatusSet { .. }
            | Change::MilestoneSet { .. }
            | Change::RoleTaken { .. }
            | Change::RoleCleared { .. }
            | Change::UpdateSent { .. }
            | Change::DecisionMade { .. }
    );
    let of_an_action = matches!(change, Change::ActionDone { .. } | Change::ActionDropped { .. });
    about_the_incident || of_an_action || change.about().is_some()
}

fn at(when: Option<&Moment>, desk: &Desk<'_>) -> String {
    match when {
        Some(when) => Face::of(desk.incident).near(when, desk.now),
        None => format!("now, {}", times::zoned(desk.incident, desk.now)),
    }
}

/// The time of a change, with its day, where that is not the day on which a person expects a time without one: today's,
/// or in an incident that is over or a day old that of the time they typed last. Safe for a terminal.
pub(super) fn unexpected_day(change: &Change, desk: &Desk<'_>) -> Option<String> {
    let when = change.when()?;
    let typed = when.as_written.as_ref()?.as_typed().trim_start_matches('~');
    if dated::names_its_day(when) || typed.starts_with('-') {
        return None;
    }
    let face = Face::of(desk.incident);
    let expected = match desk.times().past {
        Some((began, _)) => desk.typed_last.unwrap_or(began),
        None => desk.now,
    };
    let day = face.date(&when.at).filter(|day| Some(*day) != face.date(&expected.into()))?;
    let today = face.date(&desk.now.into())?;
    let word = match (day - today).num_days() {
        -1 => "yesterday ",
        1 => "tomorrow ",
        _ => "",
    };
    Some(format!("{word}{}", face.near(when, desk.now)))
}

/// What is there now, where a change sets something else in its place.
fn replaced(change: &Change, desk: &Desk<'_>) -> Option<TermText> {
    let incident = desk.incident;
    let old = match change {
        Change::TitleSet { title } => Some(&incident.title).filter(|old| *old != title)?.clone(),
        Change::FactSet { fact, text } => facts::text(incident, *fact).filter(|old| *old != text)?.clone(),
        Change::CadenceSet { minutes: Some(minutes) } => {
            let old = incident.update_every_minutes.filter(|old| old != minutes)?;
            Raw::new(format!("every {old} minutes"))
        }
        Change::MilestoneSet { milestone, .. } => {
            let old = incident.milestones.get(*milestone)?;
            let how = old.how.as_ref().map(|how| format!(" {}", how.for_term()));
            Raw::new(Face::of(incident).near(&old.moment(), desk.now) + &how.unwrap_or_default())
        }
        _ => return None,
    };
    Some(old.for_term())
}

fn of_status(status: Status, desk: &Desk<'_>) -> String {
    let reopens = desk.incident.status.is_over() && !status.is_over();
    format!("status {status}{}", if reopens { ", no longer resolved" } else { "" })
}

fn of_hypothesis(change: &Change, words: &Words, desk: &Desk<'_>, keys: &Keymap) -> Option<String> {
    let about = change.about()?;
    let subject = about.subject.raw().for_term();
    Some(match (change, desk.incident.hypothesis(&about.subject)) {
        (Change::HypothesisRaised(_), Some(known)) => raised_again(about, known, desk),
        (_, Some(known)) if change.settles() == Some(known.status) => {
            let time =
                about.when.as_ref().filter(|_| known.status.is_closed()).map(|_| "its time is put right");
            let reason = replaces("the reason", known.reason.as_ref(), about.text.as_ref());
            let more = time.map(str::to_owned).into_iter().chain(reason);
            more.fold(format!("{subject} is {} already", known.status), |told, one| format!("{told} · {one}"))
        }
        (Change::HypothesisTested { .. }, Some(_)) => {
            format!("{}{}", words.brief(), who_and_how_long(change))
        }
        (Change::HypothesisRaised(_), None) | (_, Some(_)) => words.brief(),
        (_, None) => match alike(&about.subject, desk) {
            Some(known) => {
                let (tab, known) = (keys.completes(), known.subject.raw().for_term());
                format!("NEW '{subject}' · {tab}{known} · {}", words.did)
            }
            None => format!("NEW '{subject}' {}", words.did),
        },
    })
}

/// What raising one does that was raised before: it opens it again, or puts right why it is suspected.
fn raised_again(about: &About, known: &Hypothesis, desk: &Desk<'_>) -> String {
    let subject = about.subject.raw().for_term();
    let at = about.when.as_ref().map_or_else(|| desk.now.into(), |when| when.at);
    if known.status.is_set_aside() && !known.is_closed_after(&at) {
        return format!("hypothesis \"{subject}\" opened again");
    }
    let why = replaces("why it is suspected", known.why.as_ref(), about.text.as_ref());
    let why = why.map_or_else(String::new, |why| format!(" · {why}"));
    format!("{subject} is suspected already{why}")
}

/// That something is said for the first time, or instead of what was said before.
fn replaces(what: &str, before: Option<&Raw>, now: Option<&Raw>) -> Option<String> {
    let now = now?;
    Some(match before {
        Some(before) if before == now => format!("{what} stays"),
        Some(before) => format!("replaces {what}: \"{}\"", before.for_term().cut(SHOWN)),
        None => format!("adds {what}"),
    })
}

/// Who tests, and for how long: where the line says so at its end. What it says elsewhere is text, and that is told.
fn who_and_how_long(change: &Change) -> String {
    let Change::HypothesisTested { about, owner, timebox_minutes } = change else { return String::new() };
    let who = owner.as_ref().map(|owner| format!(" by @{}", owner.for_term()));
    let long = timebox_minutes.map(|minutes| format!(" for {minutes} min"));
    let mut words = about.text.iter().flat_map(|text| text.as_typed().split_whitespace());
    let box_as_text =
        words.find(|word| word.strip_prefix("for:").is_some_and(|time| minutes(time).is_some()));
    let as_text = box_as_text.filter(|_| timebox_minutes.is_none()).map(|word| {
        let word = Raw::new(word);
        format!(" · {} counts only at the end of the line", word.for_term())
    });
    [who, long, as_text].into_iter().flatten().collect()
}
