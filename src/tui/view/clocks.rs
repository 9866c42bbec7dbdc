//! The clocks that people ask for: how long since it began and was noticed, what the wall shows, and when stakeholders are
//! to be told something next.

use chrono::TimeDelta;
use ratatui::text::Span;

use super::hypotheses;
use crate::model::{Incident, MilestoneKind};
use crate::text::{Raw, TermText};
use crate::tui::look::Look;
use crate::tui::overlay;
use crate::tui::times::{self, Ages};

/// How long before it is due an update is pressing.
const SOON: TimeDelta = TimeDelta::minutes(2);

/// Everything on the screen that changes by itself: while it is the same, so is the screen.
pub(in crate::tui) fn clocks(incident: &Incident, ages: &Ages<'_>) -> String {
    let header = since(incident, ages).concat();
    let due = due(incident, ages).map(|due| due.words(true)).unwrap_or_default();
    let hypotheses = hypotheses::clocks(incident, ages);
    format!("{header} {} {due} {hypotheses}", times::zoned(incident, ages.now))
}

/// How long it has been going on, or went on: all of it in words, in short, and from its start alone.
fn since(incident: &Incident, ages: &Ages<'_>) -> Vec<String> {
    let went_on = |at| times::span(ages.since(at));
    let is_over = incident.status.is_over() || incident.milestones.get(MilestoneKind::Resolved).is_some();
    let Some((began, is_first_entry)) = incident.began().filter(|_| !is_over) else {
        return vec![overlay::elapsed(incident, ages.now)];
    };
    let (long, short, least) =
        if is_first_entry { ("first entry", "first entry", "first") } else { ("start", "started", "start") };
    let alone = format!("{} since {long}", went_on(began));
    match incident.milestones.instant(MilestoneKind::Detected) {
        Some(detected) => vec![
            format!("{alone} · {} since detected", went_on(detected)),
            format!("{short} {} · detected {} ago", went_on(began), went_on(detected)),
            format!("{short} {} · detected {}", went_on(began), went_on(detected)),
            format!("{least} {} · det. {}", went_on(began), went_on(detected)),
            alone,
        ],
        None => vec![alone],
    }
}

/// The longest of these words that fits into so many columns; the last is cut.
pub(super) fn elapsed(incident: &Incident, ages: &Ages<'_>, columns: usize) -> TermText {
    let all: Vec<TermText> =
        since(incident, ages).iter().map(|words| Raw::new(words.as_str()).for_term()).collect();
    let fits = all.iter().find(|words| words.width() <= columns).or(all.last());
    fits.map_or_else(|| Raw::default().for_term(), |words| words.cut(columns))
}

/// The same with what the wall shows, the longest first.
pub(super) fn all(incident: &Incident, ages: &Ages<'_>) -> Vec<TermText> {
    let wall = times::zoned(incident, ages.now);
    since(incident, ages).iter().map(|since| Raw::new(format!("{since} · {wall}")).for_term()).collect()
}

/// When stakeholders are to be told something next.
pub(super) struct Due(TimeDelta);

/// When that is, where it is settled and the incident goes on.
pub(super) fn due(incident: &Incident, ages: &Ages<'_>) -> Option<Due> {
    incident.update_due().map(|due| Due(-ages.since(due)))
}

impl Due {
    /// In words, and what to do where there is room for it.
    fn words(&self, in_full: bool) -> String {
        let how = if in_full { ": /update" } else { "" };
        match self.0 {
            left if left > TimeDelta::zero() => format!("update in {}", times::running_out(left)),
            late if late.num_minutes() == 0 => format!("! UPDATE DUE{how}"),
            late => format!("! UPDATE DUE {} ago{how}", times::span(-late)),
        }
    }

    /// The same, urgent where it is due.
    pub(super) fn span(&self, in_full: bool, look: Look) -> Span<'static> {
        let style = match self.0 {
            left if left > SOON => look.quiet(),
            left if left > TimeDelta::zero() => look.warn(),
            _ => look.bad(),
        };
        Span::styled(self.words(in_full), style)
    }
}
