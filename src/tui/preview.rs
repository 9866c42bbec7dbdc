//! What a line will become, in words, before it is sent.

use super::times;
use crate::grammar::Desk;
use crate::log::words::{Teller, Words, attributes};
use crate::log::{Change, Ledger};
use crate::model::{Face, Moment, Status, Subject};

/// How alike a known subject has to be to be offered.
const ALIKE: usize = 2;
/// How much of what a change says is shown, where the line does not say it itself, in columns.
const SHOWN: usize = 60;

/// What a change will do. Safe for a terminal.
pub fn preview(change: &Change, desk: &Desk<'_>, ledger: &Ledger) -> String {
    let words = Teller { incident: desk.incident, ledger, now: desk.now }.words(change);
    let told = match change {
        Change::EntryAdded { .. } | Change::UpdateSent { .. } | Change::DecisionMade { .. } => words.of,
        Change::StatusSet { status, .. } => of_status(*status, desk),
        Change::MilestoneSet { milestone, .. } => {
            let again = if desk.incident.milestones.get(*milestone).is_some() { ", anew" } else { "" };
            format!("milestone {milestone}{again}")
        }
        Change::ActionAdded { .. } => {
            let marks = attributes(change);
            return marks.iter().fold(words.of, |told, mark| format!("{told} · {mark}"));
        }
        Change::EntryTimeChanged { .. }
        | Change::ItemStruck { .. }
        | Change::Undone { .. }
        | Change::Redone { .. } => words.told(SHOWN),
        other => of_hypothesis(other, &words, desk).unwrap_or_else(|| words.brief()),
    };
    if is_timed(change) { format!("{told} · {}", at(change.when(), desk)) } else { told }
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

fn of_status(status: Status, desk: &Desk<'_>) -> String {
    let reopens = desk.incident.status.is_over() && !status.is_over();
    format!("status {status}{}", if reopens { ", no longer resolved" } else { "" })
}

fn of_hypothesis(change: &Change, words: &Words, desk: &Desk<'_>) -> Option<String> {
    let about = change.about()?;
    let subject = about.subject.raw().for_term();
    Some(match (change, desk.incident.hypothesis(&about.subject)) {
        (Change::HypothesisRaised(_), Some(known)) if known.status.is_closed() => {
            format!("hypothesis \"{subject}\" opened again")
        }
        (Change::HypothesisRaised(_), _) | (_, Some(_)) => words.brief(),
        (_, None) => format!("NEW '{subject}' {}{}", words.did, meant(&about.subject, desk)),
    })
}

/// The known subject that was perhaps meant.
fn meant(subject: &Subject, desk: &Desk<'_>) -> String {
    let key = subject.key();
    let distance = |known: &Subject| strsim::damerau_levenshtein(&known.key(), &key);
    let near = desk.incident.hypotheses.iter().map(|h| (distance(&h.subject), &h.subject));
    match near.min_by_key(|(distance, _)| *distance) {
        Some((distance, known)) if distance <= ALIKE => {
            format!(" (not \"{}\"?)", known.raw().for_term())
        }
        _ => String::new(),
    }
}
