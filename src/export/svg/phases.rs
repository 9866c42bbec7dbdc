//! The phases: one bar to scale, and below it how long each was.

use super::canvas::{BODY, QUIET};
use super::{LEFT, RIGHT, ROW, Sheet, suspected};
use crate::export::outline::phases::{Part, Phase, Stretch};
use crate::model::{Side, span};

/// The height of the bar.
const BAR: i32 = 30;

impl Sheet<'_> {
    /// Draws them; the short ones last, so that they are seen.
    pub(super) fn phases(&mut self) {
        let (top, middle) = (self.y, self.y + BAR / 2);
        self.lane(middle + 5, "Phases");
        self.front.path("wr-rule wr-dashed", &format!("M{LEFT} {middle}H{RIGHT}"));
        let mut phases = self.phases.phases.clone();
        phases.sort_by_key(|phase| std::cmp::Reverse(phase.stretch.length()));
        for phase in &phases {
            let Some((from, to)) = phase.stretch.ends() else { continue };
            let (x, end) = (self.column(from), self.column(to));
            let width = (end - x).max(2);
            let class = class(&phase.parts);
            self.front.bar((x, top), (width, BAR), class, false);
            let label = names(phase);
            let wide = BODY.width(&label);
            if wide + 24 <= width {
                let (x, y) = (x + (width - wide) / 2 - 6, top + 6);
                let place =
                    format!("x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"3\"", wide + 12, BAR - 12);
                self.front.0.push_str(&format!("<rect {place} class=\"wr-paper\"/>\n"));
                self.front.text((x + wide / 2 + 6, middle + 5), BODY, "wr-mid", &label);
            }
            if self.phases.running && matches!(phase.stretch, Stretch::Running { .. }) {
                self.front.goes_on((end, top), BAR, class);
            }
        }
        self.y = top + BAR + 6;
        self.lengths();
    }

    /// How long each was, in as many rows as it takes.
    fn lengths(&mut self) {
        let phases = self.phases.phases.iter();
        let mut told: Vec<_> =
            phases.map(|phase| (Some(class(&phase.parts)), self.phase_words(phase))).collect();
        let all = self.incident.hypotheses.iter().take(suspected::MOST);
        let harm = all
            .flat_map(|h| h.evidence_of(Side::Harm))
            .any(|harm| harm.at.is_some_and(|at| at.instant().is_some()));
        told.extend(harm.then(|| (None, "made it worse".into())));
        let mut x = LEFT;
        self.y += 14;
        for (class, words) in told {
            let wide = 20 + QUIET.width(&words);
            if x > LEFT && x + wide > RIGHT {
                x = LEFT;
                self.y += ROW;
            }
            match class {
                Some(class) => self.front.bar((x, self.y - 10), (14, 11), class, false),
                None => self.harm((x + 7, self.y - 10)),
            }
            self.front.text((x + 20, self.y), QUIET, "wr-halo", &words);
            x += wide + 20;
        }
        self.y += ROW;
    }

    /// `diagnose 27m`.
    pub(super) fn phase_words(&self, phase: &Phase) -> String {
        let long = phase.stretch.length().map(span).unwrap_or_default();
        let told = match phase.stretch {
            Stretch::Over { .. } => long,
            Stretch::Running { .. } if self.phases.running => format!("{long} so far"),
            Stretch::Running { .. } => "end not recorded".into(),
            Stretch::Contradictory => "ends before it begins".into(),
            Stretch::Unknown => "not known".into(),
            Stretch::Ahead => "not begun".into(),
        };
        format!("{} {told}", names(phase))
    }
}

fn names(phase: &Phase) -> String {
    phase.parts.iter().map(|part| part.word()).collect::<Vec<_>>().join(" + ")
}

fn class(parts: &[Part]) -> &'static str {
    match parts {
        [one] => one.word(),
        _ => "several",
    }
}
