//! The phases of an outage, and what was suspected during them, as stretches of time on one scale: computed once for
//! every way to draw them.

use chrono::{DateTime, TimeDelta};

use crate::model::{HypothesisStatus, Incident, Instant, MilestoneKind, Zone};
use crate::text::Raw;

/// The milestones that part the phases, in order.
const BOUNDS: [MilestoneKind; 5] = [
    MilestoneKind::Started,
    MilestoneKind::Detected,
    MilestoneKind::Identified,
    MilestoneKind::Mitigated,
    MilestoneKind::Resolved,
];

/// The minutes that may lie between two ticks of a scale; beyond the last, that one doubled, and so on.
const STEPS: [i64; 15] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 40_320];

/// One phase, in the order an outage meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// From the start until somebody noticed.
    Detect,
    /// Until the cause was found.
    Diagnose,
    /// Until the harm ended.
    Fix,
    /// Until all was as it had been.
    Recover,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Detect, Self::Diagnose, Self::Fix, Self::Recover];

    /// What a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Diagnose => "diagnose",
            Self::Fix => "fix",
            Self::Recover => "recover",
        }
    }
}

/// A stretch of time, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// It is over.
    Over {
        /// Its beginning.
        from: Instant,
        /// Its end.
        to: Instant,
    },
    /// It goes on.
    Running {
        /// Its beginning.
        from: Instant,
        /// Now, or the last that is known of an incident that is over.
        until: Instant,
    },
    /// Its end is before its beginning.
    Contradictory,
    /// An end of it is not known.
    Unknown,
    /// It has not begun.
    Ahead,
}

impl Stretch {
    /// Both ends, where they are known.
    pub fn ends(&self) -> Option<(Instant, Instant)> {
        match *self {
            Self::Over { from, to } => Some((from, to)),
            Self::Running { from, until } => Some((from, until)),
            Self::Contradictory | Self::Unknown | Self::Ahead => None,
        }
    }

    /// How long it is, where that is known.
    pub fn length(&self) -> Option<TimeDelta> {
        self.ends().map(|(from, to)| to - from)
    }

    fn between(from: Instant, to: Instant) -> Self {
        if to < from { Self::Contradictory } else { Self::Over { from, to } }
    }

    fn since(from: Instant, until: Instant) -> Self {
        Self::Running { from, until: until.max(from) }
    }
}

/// One phase, or several that no milestone parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Which, in order; never empty.
    pub parts: Vec<Part>,
    /// When.
    pub stretch: Stretch,
    /// The milestones that would say more, each with a time at which it could have been.
    pub lacks: Vec<(MilestoneKind, Instant)>,
}

/// A hypothesis and how long it was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// What was suspected.
    pub subject: Raw,
    /// What became of it.
    pub status: HypothesisStatus,
    /// From raising it to the verdict.
    pub stretch: Stretch,
    /// When the verdict was given.
    pub closed: Option<Instant>,
}

/// The scale on which all of it can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Where it begins.
    pub from: Instant,
    /// Where it ends, never before it begins.
    pub to: Instant,
}

/// The phases of an outage, and what was suspected during them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phases {
    /// The scale.
    pub scale: Scale,
    /// When it was looked at.
    pub now: Instant,
    /// Whether the outage goes on.
    pub running: bool,
    /// All four phases, in order.
    pub phases: Vec<Phase>,
    /// The milestones on the scale, in the order an incident meets them; the end of the work afterwards is not.
    pub milestones: Vec<(MilestoneKind, Instant)>,
    /// The hypotheses, in the order of the incident.
    pub hypotheses: Vec<Suspicion>,
}

impl Phases {
    /// Computes them from the record alone, for a report: what goes on goes on until the last that is told of it.
    pub fn as_recorded(incident: &Incident) -> Self {
        let milestones = MilestoneKind::ALL.into_iter().filter(|kind| *kind != MilestoneKind::Closed);
        let milestones = milestones.filter_map(|kind| incident.milestones.instant(kind));
        let entries = incident.timeline.iter().filter(|entry| !entry.struck);
        let entries = entries.flat_map(|entry| [Some(entry.at), entry.until.as_deref().copied()]);
        let verdicts = incident.hypotheses.iter().flat_map(|h| [h.raised_at, h.closed_at]);
        let instants = entries.chain(verdicts).filter_map(|at| at?.instant());
        let last = instants.chain(milestones).max();
        Self::of(incident, last.unwrap_or(DateTime::UNIX_EPOCH))
    }

    /// Computes them. What goes on goes on until `now`.
    pub fn of(incident: &Incident, now: Instant) -> Self {
        let running = !incident.status.is_over();
        let milestones: Vec<_> = MilestoneKind::ALL
            .into_iter()
            .filter(|kind| *kind != MilestoneKind::Closed)
            .filter_map(|kind| incident.milestones.instant(kind).map(|at| (kind, at)))
            .collect();
        let raised_and_closed = incident.hypotheses.iter().flat_map(|h| [h.raised_at, h.closed_at]);
        let known: Vec<Instant> = raised_and_closed
            .filter_map(|at| at?.instant())
            .chain(milestones.iter().map(|(_, at)| *at))
            .chain(incident.began().map(|(at, _)| at))
            .chain(running.then_some(now))
            .collect();
        let from = known.iter().min().copied().unwrap_or(now);
        let to = known.iter().max().copied().unwrap_or(now);
        let until = if running { now } else { to };
        let phases = Reading { incident, running, from, until }.phases();
        let hypotheses = incident.hypotheses.iter().map(|h| {
            let closed = h.closed_at.and_then(|at| at.instant());
            let stretch = match (h.raised_at.and_then(|at| at.instant()), closed) {
                (Some(raised), Some(closed)) => Stretch::between(raised, closed),
                (Some(_), None) if h.status.is_closed() => Stretch::Unknown,
                (Some(raised), None) => Stretch::since(raised, until),
                (None, _) => Stretch::Unknown,
            };
            Suspicion { subject: h.subject.raw().clone(), status: h.status, stretch, closed }
        });
        let hypotheses = hypotheses.collect();
        Self { scale: Scale { from, to }, now, running, phases, milestones, hypotheses }
    }
}

/// What the phases are read from.
struct Reading<'a> {
    incident: &'a Incident,
    running: bool,
    /// The first and the last that is known.
    from: Instant,
    until: Instant,
}

impl Reading<'_> {
    fn phases(&self) -> Vec<Phase> {
        let met = BOUNDS.map(|kind| self.incident.milestones.instant(kind));
        let mut phases = Vec::new();
        let mut at = 0;
        while at < Part::ALL.len() {
            let next = (at + 1..BOUNDS.len()).find(|nth| met[*nth].is_some());
            let (stretch, end) = match (met[at], next) {
                (Some(from), Some(next)) => (met[next].map(|to| Stretch::between(from, to)), next),
                (Some(from), None) if self.running => (Some(Stretch::since(from, self.until)), at + 1),
                (None, None) if self.running && at > 0 => (Some(Stretch::Ahead), at + 1),
                // Where no milestone is known there is nothing that parts the phases.
                (_, next) => (None, next.unwrap_or(Part::ALL.len())),
            };
            let stretch = stretch.unwrap_or(Stretch::Unknown);
            let lacks = (at..=end).filter(|nth| met[*nth].is_none() && stretch != Stretch::Ahead);
            let lacks = lacks.map(|nth| BOUNDS[nth]).filter(|kind| self.may_have_been(*kind, stretch));
            let lacks = lacks.map(|kind| (kind, self.perhaps(kind, stretch))).collect();
            phases.push(Phase { parts: Part::ALL[at..end].to_vec(), stretch, lacks });
            at = end;
        }
        phases
    }

    /// Nobody asks for the end of what goes on, where not even its beginning is known.
    fn may_have_been(&self, kind: MilestoneKind, stretch: Stretch) -> bool {
        !(self.running && stretch == Stretch::Unknown && kind >= MilestoneKind::Mitigated)
    }

    /// A time at which a milestone could have been: for an example, not for the record.
    fn perhaps(&self, kind: MilestoneKind, stretch: Stretch) -> Instant {
        let confirmed = self.incident.hypotheses.iter().filter(|h| h.status == HypothesisStatus::Confirmed);
        let found = confirmed.filter_map(|h| h.closed_at.and_then(|at| at.instant())).min();
        match (kind, found, stretch) {
            (MilestoneKind::Started, ..) => self.from,
            (MilestoneKind::Identified, Some(found), _) => found,
            (.., Stretch::Over { from, to }) => from + (to - from) / 2,
            _ => self.until,
        }
    }
}

impl Scale {
    /// How many of `steps` equal steps lie before an instant; what is not on the scale counts as its nearer end.
    pub fn place(&self, at: Instant, steps: usize) -> usize {
        let ms = |span: TimeDelta| i128::from(span.num_milliseconds().max(0));
        let (whole, before) = (ms(self.to - self.from), ms(at - self.from));
        if whole == 0 {
            return 0;
        }
        let steps_before = before.min(whole) * i128::try_from(steps).unwrap_or(0) / whole;
        usize::try_from(steps_before).unwrap_or(0).min(steps)
    }

    /// Round times on it, as a clock in this zone shows them: at most `most`.
    pub fn ticks(&self, zone: &Zone, most: usize) -> Vec<Instant> {
        let offset = i64::from(zone.offset_at(self.from).local_minus_utc());
        let (from, to) = (self.from.timestamp(), self.to.timestamp());
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        if most < 1 {
            return Vec::new();
        }
        let mut steps = STEPS.into_iter();
        let mut step = 60;
        while (to - from) / step >= most {
            step = steps.next().map_or(step * 2, |minutes| minutes * 60);
        }
        let first = (from + offset + step - 1).div_euclid(step);
        let seconds = (first..).map(|nth| nth * step - offset).take_while(|at| *at <= to);
        seconds.filter_map(|at| DateTime::from_timestamp(at, 0)).collect()
    }
}
