//! Folds hypotheses. The subject is the identity: one subject is one hypothesis for its life, and what two replicas
//! raised apart becomes one.

use super::{Said, Stands, entry};
use crate::log::{About, Change};
use crate::model::{EntryKind, Evidence, Hypothesis, HypothesisStatus, Incident, Reopened, Side, Test};
use crate::text::Raw;

/// Folds a change of a hypothesis, and puts its entry on the timeline.
pub(super) fn apply(incident: &mut Incident, change: &Change, said: &Said<'_>) {
    let Some(about) = change.about() else { return };
    let raises = matches!(change, Change::HypothesisRaised(_));
    let struck = said.entry.and_then(|entry| incident.entry(entry)).is_some_and(|entry| entry.struck);
    let hypothesis = found_or_new(incident, about, said, raises);
    let words = happened(change, hypothesis, said);
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
        Change::HypothesisReopened(_) => {
            reopen(hypothesis, about.text.as_ref(), said);
            // Why it was suspected is not why it was taken up again.
            if hypothesis.why.is_none() {
                hypothesis.why.clone_from(&about.text);
            }
        }
        _ => settle(hypothesis, change, about, said),
    }
    let stands = Stands { kind: EntryKind::Hypothesis, hypothesis: Some(hypothesis.id), milestone: None };
    let detail = about.text.as_ref().map_or(String::new(), |t| format!(": {}", t.as_typed()));
    let who = testing(change);
    entry::stand(incident, said, format!("{words} {}{detail}{who}", about.subject.raw().as_typed()), &stands);
    if let Change::EvidenceAdded { tags, .. } = change {
        entry::tag(incident, said.id, tags);
    }
}

/// The words of the row before the subject. What was settled so before is not settled so a second time: its reason is given.
fn happened(change: &Change, hypothesis: &Hypothesis, said: &Said<'_>) -> &'static str {
    let again = is_settled_so(hypothesis, change, said);
    let gives_reason = change.about().is_some_and(|about| about.text.is_some());
    let of_verdict = |words: [&'static str; 3]| match (again, gives_reason) {
        (false, _) => words[0],
        (true, true) => words[1],
        (true, false) => words[2],
    };
    match change {
        Change::HypothesisRaised(_) => "Suspected",
        Change::HypothesisTested { .. } => "Testing",
        Change::EvidenceAdded { side: Side::For, .. } => "Speaks for",
        Change::EvidenceAdded { side: Side::Against, .. } => "Speaks against",
        Change::EvidenceAdded { side: Side::Harm, .. } => "Made worse by following",
        Change::HypothesisRuledOut(_) => {
            of_verdict(["Ruled out", "Reason for ruling out", "Still ruled out"])
        }
        Change::HypothesisConfirmed(_) => {
            of_verdict(["Confirmed", "Reason for confirming", "Still confirmed"])
        }
        Change::HypothesisParked(_) => of_verdict(["Parked", "Reason for parking", "Still parked"]),
        _ => "Reopened",
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
            reopened: None,
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
        return hypothesis.status.is_set_aside();
    }
    hypothesis.is_closed_after(&said.when.at)
}

fn raise(hypothesis: &mut Hypothesis, about: &About, said: &Said<'_>) {
    // Raised before the verdict, but told after it: that fills in what was not known, and reopens nothing.
    let reopens = hypothesis.status.is_set_aside() && !is_late(hypothesis, said);
    if about.text.is_some() && !(reopens && hypothesis.why.is_some()) {
        hypothesis.why.clone_from(&about.text);
    }
    // Two who raised it apart raised it when the first of them did.
    if said.timed && hypothesis.raised_at.is_none_or(|raised| said.when.at.sort_key() < raised.sort_key()) {
        hypothesis.raised_at = said.at();
    }
    if reopens {
        reopen(hypothesis, about.text.as_ref(), said);
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
        // A further test of one that is being tested has the time-box that runs, where it brings none.
        let present = hypothesis.timebox_minutes.filter(|_| hypothesis.status == HypothesisStatus::Testing);
        // What closed or parked it does not hold any more.
        reopen(hypothesis, None, said);
        hypothesis.status = HypothesisStatus::Testing;
        hypothesis.timebox_minutes = timebox_minutes.or(present);
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

/// Whether it was settled in this way before, and no other time is said for that.
fn is_settled_so(hypothesis: &Hypothesis, change: &Change, said: &Said<'_>) -> bool {
    let says_when = if said.from.is_some() { said.timed } else { change.when().is_some() };
    change.settles() == Some(hypothesis.status) && !says_when
}

/// Rules out, confirms or parks. Where it was so before, when it became so stays; and the reason stays till another is given.
fn settle(hypothesis: &mut Hypothesis, change: &Change, about: &About, said: &Said<'_>) {
    let Some(to) = change.settles() else { return };
    if !is_settled_so(hypothesis, change, said) {
        hypothesis.closed_at = said.at().filter(|_| to.is_closed());
    }
    let before = hypothesis.reason.take().filter(|_| hypothesis.status == to);
    let reason = about.text.clone().or(before.clone());
    if let Some(ended) = hypothesis.tests.last_mut().filter(|t| t.result.is_none() || t.result == before) {
        ended.result.clone_from(&reason);
    }
    (hypothesis.status, hypothesis.reason) = (to, reason);
    hypothesis.reopened = None;
}

/// Opens it. Where it was settled, that it was so stays known; where it was opened again before, a reason given later is why.
fn reopen(hypothesis: &mut Hypothesis, why: Option<&Raw>, said: &Said<'_>) {
    if hypothesis.status.is_set_aside() {
        let (at, was) = (said.at(), hypothesis.status);
        hypothesis.reopened = Some(Reopened { at, was, why: why.cloned() });
    } else if let (Some(reopened), Some(why)) = (&mut hypothesis.reopened, why) {
        reopened.why = Some(why.clone());
    }
    hypothesis.status = HypothesisStatus::Open;
    hypothesis.closed_at = None;
    hypothesis.reason = None;
}
