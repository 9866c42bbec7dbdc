//! Folds hypotheses. The subject is the identity: one subject is one hypothesis for its life, and what two replicas
//! raised apart becomes one.

use super::{Said, Stands, entry};
use crate::log::{About, Change};
use crate::model::{EntryKind, Evidence, Hypothesis, HypothesisStatus, Incident, Side, Test};
use crate::text::Raw;

/// Folds a change of a hypothesis, and puts its entry on the timeline.
pub(super) fn apply(incident: &mut Incident, change: &Change, said: &Said<'_>) {
    let (about, words) = match change {
        Change::HypothesisRaised(about) => (about, "Suspected"),
        Change::HypothesisTested { about, .. } => (about, "Testing"),
        Change::EvidenceAdded { side: Side::For, about, .. } => (about, "Speaks for"),
        Change::EvidenceAdded { side: Side::Against, about, .. } => (about, "Speaks against"),
        Change::EvidenceAdded { side: Side::Harm, about, .. } => (about, "Made worse by following"),
        Change::HypothesisRuledOut(about) => (about, "Ruled out"),
        Change::HypothesisConfirmed(about) => (about, "Confirmed"),
        Change::HypothesisParked(about) => (about, "Parked"),
        Change::HypothesisReopened(about) => (about, "Reopened"),
        _ => return,
    };
    let raises = matches!(change, Change::HypothesisRaised(_));
    let struck = said.entry.and_then(|entry| incident.entry(entry)).is_some_and(|entry| entry.struck);
    let hypothesis = found_or_new(incident, about, said, raises);
    match change {
        Change::HypothesisRaised(_) => raise(hypothesis, about, said),
        Change::HypothesisTested { owner, timebox_minutes, .. } => {
            test(hypothesis, about, owner.as_ref(), *timebox_minutes, said);
        }
        Change::EvidenceAdded { side, .. } => {
            let text = about.text.clone().unwrap_or_default();
            let (at, by) = (said.at(), said.by.clone());
            let entry = said.entry.or(said.timed.then_some(said.id));
            hypothesis.evidence.push(Evidence { at, by, side: *side, text, entry, struck });
            // Of which no time is known stays last, in the order in which it was told.
            hypothesis.evidence.sort_by_key(|e| e.at.map_or((i64::MAX, None), |at| (at.sort_key(), e.entry)));
        }
        Change::HypothesisRuledOut(_) => close(hypothesis, HypothesisStatus::RuledOut, about, said),
        Change::HypothesisConfirmed(_) => close(hypothesis, HypothesisStatus::Confirmed, about, said),
        Change::HypothesisParked(_) => {
            move_to(hypothesis, HypothesisStatus::Parked, about.text.as_ref());
            hypothesis.closed_at = None;
        }
        _ => {
            reopen(hypothesis);
            if about.text.is_some() {
                hypothesis.why.clone_from(&about.text);
            }
        }
    }
    let stands = Stands { kind: EntryKind::Hypothesis, hypothesis: Some(hypothesis.id), milestone: None };
    let detail = about.text.as_ref().map_or(String::new(), |t| format!(": {}", t.as_typed()));
    let who = testing(change);
    entry::stand(incident, said, format!("{words} {}{detail}{who}", about.subject.raw().as_typed()), &stands);
    if let Change::EvidenceAdded { tags, .. } = change {
        entry::tag(incident, said.id, tags);
    }
}

/// Who tests, and for how long, where that was said.
fn testing(change: &Change) -> String {
    let Change::HypothesisTested { owner, timebox_minutes, .. } = change else { return String::new() };
    let owner = owner.as_ref().map(|owner| format!("@{}", owner.as_typed()));
    let timebox = timebox_minutes.map(|minutes| format!("for {minutes} min"));
    let said: Vec<String> = owner.into_iter().chain(timebox).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

fn found_or_new<'a>(
    incident: &'a mut Incident,
    about: &About,
    said: &Said<'_>,
    raises: bool,
) -> &'a mut Hypothesis {
    let key = about.subject.key();
    let at = incident.hypotheses.iter().position(|h| h.subject.key() == key).unwrap_or_else(|| {
        incident.hypotheses.push(Hypothesis {
            id: said.id,
            subject: about.subject.clone(),
            why: None,
            status: HypothesisStatus::Open,
            owner: None,
            raised_at: said.at().filter(|_| raises),
            closed_at: None,
            reason: None,
            timebox_minutes: None,
            tests: Vec::new(),
            evidence: Vec::new(),
            logged_at: said.logged_at,
            source: said.from.cloned(),
        });
        incident.hypotheses.len() - 1
    });
    &mut incident.hypotheses[at]
}

/// Whether this came before the verdict, though it is told after it. A document tells in any order: without a time it did.
fn is_late(hypothesis: &Hypothesis, said: &Said<'_>) -> bool {
    if !said.timed {
        return hypothesis.status.is_closed() || hypothesis.status == HypothesisStatus::Parked;
    }
    hypothesis.closed_at.is_some_and(|closed| said.when.at.sort_key() < closed.sort_key())
}

fn raise(hypothesis: &mut Hypothesis, about: &About, said: &Said<'_>) {
    if about.text.is_some() {
        hypothesis.why.clone_from(&about.text);
    }
    let late = is_late(hypothesis, said);
    // Two who raised it apart raised it when the first of them did.
    if said.timed && hypothesis.raised_at.is_none_or(|raised| said.when.at.sort_key() < raised.sort_key()) {
        hypothesis.raised_at = said.at();
    }
    // Raised before the verdict, but told after it: that fills in what was not known, and reopens nothing.
    let over = hypothesis.status.is_closed() || hypothesis.status == HypothesisStatus::Parked;
    if over && !late {
        reopen(hypothesis);
    }
}

fn test(
    hypothesis: &mut Hypothesis,
    about: &About,
    owner: Option<&Raw>,
    timebox_minutes: Option<u32>,
    said: &Said<'_>,
) {
    let owner = owner.unwrap_or(said.by);
    // Begun before the verdict, but told after it: the verdict is what came of it, and holds.
    let late = is_late(hypothesis, said);
    if !late {
        // What closed or parked it does not hold any more.
        reopen(hypothesis);
        hypothesis.status = HypothesisStatus::Testing;
        hypothesis.timebox_minutes = timebox_minutes;
    }
    if !late || hypothesis.owner.is_none() {
        hypothesis.owner = Some(owner.clone());
    }
    hypothesis.tests.push(Test {
        text: about.text.clone().unwrap_or_default(),
        owner: Some(owner.clone()),
        started_at: said.at(),
        result: hypothesis.reason.clone(),
    });
}

fn close(hypothesis: &mut Hypothesis, to: HypothesisStatus, about: &About, said: &Said<'_>) {
    // A second verdict of the same kind without a reason does not wipe out the reason given before.
    let reason =
        about.text.as_ref().or(hypothesis.reason.as_ref().filter(|_| hypothesis.status == to)).cloned();
    // Nor does one without a time, out of a document, wipe out when that was.
    let before = hypothesis.closed_at.filter(|_| hypothesis.status == to && !said.timed);
    move_to(hypothesis, to, reason.as_ref());
    hypothesis.closed_at = said.at().or(before);
}

fn move_to(hypothesis: &mut Hypothesis, to: HypothesisStatus, reason: Option<&Raw>) {
    hypothesis.status = to;
    hypothesis.reason = reason.cloned();
    if let Some(running) = hypothesis.tests.last_mut().filter(|t| t.result.is_none()) {
        running.result = reason.cloned();
    }
}

fn reopen(hypothesis: &mut Hypothesis) {
    hypothesis.status = HypothesisStatus::Open;
    hypothesis.closed_at = None;
    hypothesis.reason = None;
}
