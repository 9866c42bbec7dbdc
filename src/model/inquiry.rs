//! How the search for the cause stands: what is being tested and for how long yet, what waits, and what nobody has asked.

use chrono::TimeDelta;

use super::{Hypothesis, HypothesisStatus, Id, Incident, Instant, MilestoneKind, Side, Status, Test};
use crate::text::Raw;

/// The question for whoever follows one theory past its time-box, with nothing that speaks against any.
pub const OTHERWISE: &str = "What would we see if we were wrong?";

/// Words that begin what would be seen if a hypothesis were true.
const EXPECTS: [&str; 2] = ["expect", "expects"];

impl Hypothesis {
    /// The test that is running.
    pub fn running(&self) -> Option<&Test> {
        self.tests.last().filter(|_| self.status == HypothesisStatus::Testing)
    }

    /// How much is left of the time-box of the running test, and less than nothing where it is over. `since` tells how long
    /// ago an instant was; `otherwise` is the time-box, in minutes, of a test for which none was named.
    pub fn left(&self, since: impl Fn(Instant) -> TimeDelta, otherwise: Option<u32>) -> Option<TimeDelta> {
        let begun = self.running()?.started_at?.instant()?;
        let minutes = self.timebox_minutes.or(otherwise)?;
        Some(TimeDelta::minutes(i64::from(minutes)) - since(begun))
    }

    /// Whether it was ruled out, and nobody said why.
    pub fn owes_a_reason(&self) -> bool {
        self.status == HypothesisStatus::RuledOut && self.reason.as_ref().is_none_or(Raw::is_blank)
    }

    /// What would be seen if it were true: what follows the word "expect" in the why and in the words of the tests.
    pub fn predictions(&self) -> Vec<Raw> {
        let texts = self.why.iter().chain(self.tests.iter().map(|test| &test.text));
        let clauses = texts.flat_map(|text| {
            let lines = text.as_typed().lines();
            lines.flat_map(|line| line.split("; ").flat_map(|part| part.split(". ")))
        });
        clauses.filter_map(expected).map(Raw::new).collect()
    }
}

/// What stands behind the word "expect" in a clause.
fn expected(clause: &str) -> Option<&str> {
    let mut end = 0;
    for piece in clause.split_inclusive(|c: char| !c.is_alphanumeric()) {
        end += piece.len();
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if EXPECTS.iter().any(|expects| word.eq_ignore_ascii_case(expects)) {
            let said =
                clause[end..].trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '.'));
            return Some(said).filter(|said| !said.is_empty());
        }
    }
    None
}

/// How the search for the cause of one incident stands at an instant.
#[derive(Clone, Debug)]
pub struct Inquiry<'a> {
    /// What is being tested, in the order of the first mention.
    pub testing: Vec<&'a Hypothesis>,
    /// How many are open, and nobody is on them.
    pub open: usize,
    /// The oldest of those that nobody has tested.
    pub oldest_untested: Option<&'a Hypothesis>,
    /// None is being tested, though the cause is not known, the incident goes on and something was suspected.
    pub stands_still: bool,
    /// The only one being tested, where its time-box is over and nothing speaks against it or against any other.
    pub unquestioned: Option<Id>,
}

impl<'a> Inquiry<'a> {
    /// Looks at an incident. `since` tells how long ago an instant was; `timebox` is the time-box, in minutes, of a test for
    /// which none was named.
    pub fn of(incident: &'a Incident, since: impl Fn(Instant) -> TimeDelta, timebox: Option<u32>) -> Self {
        let all = &incident.hypotheses;
        let in_state = |status| all.iter().filter(move |hypothesis| hypothesis.status == status);
        let testing: Vec<_> = in_state(HypothesisStatus::Testing).collect();
        let untested = in_state(HypothesisStatus::Open).filter(|hypothesis| hypothesis.tests.is_empty());
        let raised = |hypothesis: &&Hypothesis| {
            hypothesis.raised_at.and_then(|at| at.instant()).unwrap_or(hypothesis.logged_at)
        };
        let searching = !is_over(incident) && !is_known(incident);
        let unquestioned = match &testing[..] {
            [only] if searching && !is_anything_against(incident) => {
                let left = only.left(since, timebox);
                left.filter(|left| *left <= TimeDelta::zero()).map(|_| only.id)
            }
            _ => None,
        };
        Self {
            open: in_state(HypothesisStatus::Open).count(),
            oldest_untested: untested.min_by_key(raised),
            stands_still: searching && testing.is_empty() && !all.is_empty(),
            unquestioned,
            testing,
        }
    }
}

/// Whether the cause is known, as far as anybody said so.
fn is_known(incident: &Incident) -> bool {
    incident.root_cause.is_some()
        || incident.status == Status::Identified
        || incident.milestones.get(MilestoneKind::Identified).is_some()
        || incident.hypotheses.iter().any(|hypothesis| hypothesis.status == HypothesisStatus::Confirmed)
}

fn is_over(incident: &Incident) -> bool {
    incident.status.is_over() || incident.milestones.get(MilestoneKind::Resolved).is_some()
}

/// Whether anything was seen that speaks against any of them. The reason for which one was ruled out does.
fn is_anything_against(incident: &Incident) -> bool {
    let ruled_out = |hypothesis: &Hypothesis| {
        hypothesis.status == HypothesisStatus::RuledOut && !hypothesis.owes_a_reason()
    };
    let mut all = incident.hypotheses.iter();
    all.any(|hypothesis| ruled_out(hypothesis) || hypothesis.evidence_of(Side::Against).next().is_some())
}

impl Incident {
    /// When stakeholders are to be told something next: counted from the last update, from when it was settled how often
    /// where there was none. None where it is not settled, and once it is over.
    pub fn update_due(&self) -> Option<Instant> {
        let every = TimeDelta::try_minutes(i64::from(self.update_every_minutes?))?;
        let last = self.updates.iter().filter_map(|update| update.at.instant()).max();
        let from = last.or_else(|| self.update_every_since?.instant())?;
        from.checked_add_signed(every).filter(|_| !is_over(self))
    }
}
