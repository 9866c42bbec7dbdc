//! What was suspected: a bar each, as long as it was followed, with its verdict as a word, a mark and a texture.

use super::canvas::{NAME, QUIET, escaped};
use super::{EDGE, LEFT, RIGHT, Sheet};
use crate::export::fit;
use crate::export::outline::phases::{Stretch, Suspicion};
use crate::model::{Hypothesis, HypothesisStatus, Side, span};

/// The most that are drawn.
pub(super) const MOST: usize = 30;
/// The height of one, and of its bar.
const LANE: i32 = 40;
const BAR: i32 = 14;
/// The least room in which a reason says something.
const REASON: i32 = 110;

impl Sheet<'_> {
    /// Draws them in the order of the incident.
    pub(super) fn suspected(&mut self) {
        let incident = self.incident;
        let suspicions = self.phases.hypotheses.clone();
        for (hypothesis, suspicion) in incident.hypotheses.iter().zip(&suspicions).take(MOST) {
            self.front.path("wr-grid", &format!("M{EDGE} {}H{RIGHT}", self.y));
            self.named(hypothesis, suspicion);
            self.followed(hypothesis, suspicion);
            self.y += LANE;
        }
        let left = incident.hypotheses.len().saturating_sub(MOST);
        if left > 0 {
            self.y += 14;
            self.front.text((EDGE, self.y), QUIET, "", &format!("and {left} more suspected"));
            self.y += 8;
        }
    }

    /// Its subject and its verdict, left of the bar.
    fn named(&mut self, hypothesis: &Hypothesis, suspicion: &Suspicion) {
        let room = LEFT - EDGE - 12;
        let subject = NAME.cut(&fit::row(hypothesis.subject.raw()), room);
        let status = hypothesis.status;
        let long = suspicion.stretch.length().map(span).unwrap_or_default();
        let verdict = match suspicion.stretch {
            Stretch::Over { .. } => format!("{status}, {long}"),
            Stretch::Running { .. } if self.phases.running => format!("{status}, {long} so far"),
            Stretch::Contradictory => format!("{status}, raised later"),
            _ => status.to_string(),
        };
        let verdict = QUIET.cut(&verdict, room - 18);
        self.front.0.push_str("<g clip-path=\"url(#wr-gutter)\">\n");
        self.front.text((EDGE, self.y + 17), NAME, "", &subject);
        self.front.text((EDGE + 18, self.y + 33), QUIET, "", &verdict);
        self.front.0.push_str("</g>\n");
        self.mark(status, (EDGE + 6, self.y + 29));
    }

    /// The mark of a verdict around a point: a cross, a tick, two bars, a ring, a full ring.
    fn mark(&mut self, status: HypothesisStatus, (x, y): (i32, i32)) {
        let d = match status {
            HypothesisStatus::RuledOut => format!("M{} {}l8 8m0-8l-8 8", x - 4, y - 4),
            HypothesisStatus::Confirmed => format!("M{} {y}l3 4l6-8", x - 5),
            HypothesisStatus::Parked => format!("M{} {}v8m5-8v8", x - 3, y - 4),
            HypothesisStatus::Open => format!("M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0", x - 4),
            HypothesisStatus::Testing => {
                format!("M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0m3 0h2", x - 4)
            }
        };
        self.front.path("wr-mark", &d);
    }

    /// A point at which following it made things worse; the tip of its triangle is at `at`.
    pub(super) fn harm(&mut self, (x, y): (i32, i32)) {
        self.front.path("wr-ink wr-halo", &format!("M{x} {y}l6 11h-12Z"));
    }

    /// From raising it to its verdict, what it made worse on the way, and the reason where there is room.
    fn followed(&mut self, hypothesis: &Hypothesis, suspicion: &Suspicion) {
        let class = match hypothesis.status {
            HypothesisStatus::RuledOut => "out",
            HypothesisStatus::Confirmed => "found",
            HypothesisStatus::Open | HypothesisStatus::Testing | HypothesisStatus::Parked => "unsettled",
        };
        let top = self.y + (LANE - BAR) / 2;
        let ends = suspicion.stretch.ends().map(|(from, to)| (self.column(from), self.column(to)));
        let (x, mut end) = match (ends, suspicion.closed) {
            (Some((from, to)), _) => (from, to.max(from + 4)),
            // Only the verdict is known: the mark alone stands for it.
            (None, Some(closed)) => (self.column(closed), self.column(closed)),
            (None, None) => {
                self.front.text((LEFT, top + 11), QUIET, "wr-halo", "its times are not known");
                return;
            }
        };
        let reason =
            hypothesis.reason.as_ref().or(hypothesis.why.as_ref().filter(|_| !hypothesis.status.is_closed()));
        let reason = reason.map(fit::row).unwrap_or_default();
        let told = format!("{}: {}. {reason}", fit::row(hypothesis.subject.raw()), hypothesis.status);
        self.front.0.push_str(&format!("<g><title>{}</title>\n", escaped(&told)));
        if ends.is_some() {
            let settled = hypothesis.status.is_closed();
            self.front.bar((x, top), (end - x, BAR), class, !settled);
        }
        for harm in hypothesis.evidence_of(Side::Harm).filter_map(|e| e.at?.instant()) {
            self.harm((self.column(harm), top - 12));
        }
        let runs = matches!(suspicion.stretch, Stretch::Running { .. }) && self.phases.running;
        if runs {
            self.front.goes_on((end, top), BAR, class);
        } else {
            self.mark(hypothesis.status, (end + 12, top + BAR / 2));
        }
        self.front.0.push_str("</g>\n");
        end += 26;
        let (after, before) = (RIGHT - end, x - LEFT - 10);
        if after >= REASON && after >= before.min(REASON * 3) {
            self.front.text((end, top + 11), QUIET, "wr-halo", &QUIET.cut(&reason, after));
        } else if before >= REASON {
            self.front.text((x - 10, top + 11), QUIET, "wr-halo wr-end", &QUIET.cut(&reason, before));
        }
    }
}
