//! The metrics of an incident, and the doubts that follow from milestones which contradict each other, and from
//! what is disputed.

use chrono::TimeDelta;

use crate::log::{Change, List};
use crate::model::{Definition, HypothesisStatus, Incident, Instant, Measured, Metrics, MilestoneKind, Zone};
use crate::text::Raw;

/// A stretch of time.
type Stretch = (Instant, Instant);

/// The doubts that people or an import recorded, and what was settled of those that follow from other things.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    pub open: Vec<Raw>,
    settled: Vec<Raw>,
}

impl Doubts {
    /// Folds a change of the list of warnings; whether it was one.
    pub fn apply(&mut self, change: &Change) -> bool {
        match change {
            Change::ItemAdded { list: List::Warnings, text } => self.open.push(text.clone()),
            Change::ItemStruck { list: List::Warnings, text } => {
                match self.open.iter().position(|doubt| doubt == text) {
                    Some(at) => drop(self.open.remove(at)),
                    None => self.settled.push(text.clone()),
                }
            }
            Change::ListCleared { list: List::Warnings } => self.open.clear(),
            _ => return false,
        }
        true
    }

    /// Whether one that follows from something else was settled as it stands.
    pub fn is_settled(&self, doubt: &Raw) -> bool {
        self.settled.contains(doubt)
    }
}

/// Takes the metrics from the milestones. Unknown where one of the two is, and where the later one lies before the
/// earlier one: that becomes a warning, never a negative number.
pub(super) fn measure(incident: &mut Incident, recorded: &Doubts) {
    let milestones = &incident.milestones;
    let mut warnings = recorded.open.clone();
    for metric in Definition::ALL {
        if metric != Definition::RESOLVE && metric.measured(milestones) == Measured::Contradictory {
            let Definition { from, to, .. } = metric;
            let doubt = Raw::new(format!("{to} lies before {from}: one of the two times is wrong"));
            warnings.extend(Some(doubt).filter(|doubt| !recorded.is_settled(doubt)));
        }
    }
    warnings.extend(incident.disputed.iter().map(|disputed| disputed.doubt(incident)));
    let minutes = |metric: Definition| metric.minutes(milestones);
    let whole = stretch(incident, Definition::DURATION);
    let diagnosis = stretch(incident, Definition::DIAGNOSIS);
    let diagnosis =
        diagnosis.zip(whole).map(|(diagnosis, whole)| within(diagnosis, Some(whole.0), Some(whole.1)));
    let wrong = wrong_paths(incident);
    incident.metrics = Metrics {
        duration_minutes: minutes(Definition::DURATION),
        time_to_detect_minutes: minutes(Definition::DETECT),
        time_to_acknowledge_minutes: minutes(Definition::ACKNOWLEDGE),
        time_to_identify_minutes: minutes(Definition::IDENTIFY),
        time_to_mitigate_minutes: minutes(Definition::MITIGATE),
        time_to_resolve_minutes: minutes(Definition::RESOLVE),
        diagnosis_minutes: minutes(Definition::DIAGNOSIS),
        diagnosis_percent: diagnosis
            .and_then(|inner| percent(inner.map_or(TimeDelta::zero(), length), whole)),
        wrong_paths_minutes: wrong.map(|wrong| wrong.num_minutes()),
        wrong_paths_percent: wrong.and_then(|wrong| percent(wrong, whole)),
    };
    incident.warnings = warnings;
}

fn stretch(incident: &Incident, metric: Definition) -> Option<Stretch> {
    match metric.measured(&incident.milestones) {
        Measured::Between(from, to) if metric.is_placed(&incident.milestones) => Some((from, to)),
        _ => None,
    }
}

fn length(stretch: Stretch) -> TimeDelta {
    stretch.1 - stretch.0
}

/// The part of a stretch that lies between two instants, as far as those are known.
fn within(stretch: Stretch, from: Option<Instant>, to: Option<Instant>) -> Option<Stretch> {
    let inner =
        (from.map_or(stretch.0, |from| from.max(stretch.0)), to.map_or(stretch.1, |to| to.min(stretch.1)));
    (inner.0 <= inner.1).then_some(inner)
}

/// The share of the whole; unknown where the whole is, or takes no time.
fn percent(part: TimeDelta, whole: Option<Stretch>) -> Option<u8> {
    let whole = length(whole?).num_milliseconds();
    let (part, whole) = (i128::from(part.num_milliseconds()), i128::from(whole));
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2)).and_then(|percent| u8::try_from(percent).ok())
}

/// How long at least one hypothesis was followed that was ruled out later. Unknown where nothing was ruled out, or where of
/// nothing that was it is known when it was raised.
fn wrong_paths(incident: &Incident) -> Option<TimeDelta> {
    let ends = |zoned: bool| {
        let [started, resolved] = [MilestoneKind::Started, MilestoneKind::Resolved].map(|kind| {
            let at = incident.milestones.get(kind)?.at;
            if zoned { at.instant() } else { at.about(&Zone::default()).filter(|_| at.offset.is_none()) }
        });
        if resolved < started && resolved.is_some() { (None, None) } else { (started, resolved) }
    };
    let ruled_out = incident.hypotheses.iter().filter(|h| h.status == HypothesisStatus::RuledOut);
    let known = ruled_out.filter_map(|h| Some((h.followed()?, h.is_placed()))).collect::<Vec<_>>();
    if known.is_empty() {
        return None;
    }
    let inner = known.into_iter().filter_map(|(stretch, zoned)| {
        let (started, resolved) = ends(zoned);
        within(stretch, started, resolved)
    });
    let mut inner: Vec<Stretch> = inner.collect();
    inner.sort_unstable();
    let (mut total, mut done) = (TimeDelta::zero(), None);
    for (from, to) in inner {
        let from = done.map_or(from, |done: Instant| done.max(from));
        total += (to - from).max(TimeDelta::zero());
        done = done.max(Some(to));
    }
    Some(total)
}
