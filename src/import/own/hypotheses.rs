//! What was suspected, in our own report: the rows of the timeline tell when, the sections what became of it.

use super::page::{Item, Kind, Section};
use super::times::Times;
use super::{Sheet, known};
use crate::log::{About, Change, Fact, List};
use crate::model::{Hypothesis, HypothesisStatus, Incident, Moment, Side, Subject};
use crate::text::Raw;

/// A hypothesis as its section tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    subject: Subject,
    status: HypothesisStatus,
    owner: Option<Raw>,
    reason: Option<Raw>,
    raised: Option<Moment>,
    closed: Option<Moment>,
    why: Option<Raw>,
    /// What was done, and by whom.
    tests: Vec<(Option<Raw>, Option<Raw>)>,
    /// That it was opened again, and the line that says so.
    reopened: Option<(u32, String)>,
    evidence: Vec<(Side, Raw)>,
    line: u32,
}

/// What stands before evidence.
const SIDES: [(Side, &str); 3] = [(Side::Harm, "Harm: "), (Side::For, "For: "), (Side::Against, "Against: ")];

/// How the rows of the timeline begin.
const ROWS: [&str; 15] = [
    "Suspected ",
    "Testing ",
    "Speaks for ",
    "Speaks against ",
    "Made worse by following ",
    "Ruled out ",
    "Confirmed ",
    "Parked ",
    "Reopened ",
    "Reason for ruling out ",
    "Still ruled out ",
    "Reason for confirming ",
    "Still confirmed ",
    "Reason for parking ",
    "Still parked ",
];

/// The last of them that says when what it tells happened: those behind it tell why it did.
const SETTLED: usize = 8;

impl Sheet {
    /// The misleading paths, the confirmed cause, what was never settled; and what else stands in these sections.
    pub(super) fn suspected(&mut self, section: &Section) {
        let heading = section.heading.as_str();
        let mut factors = false;
        for block in &section.blocks {
            match &block.kind {
                Kind::Items(items) if factors => {
                    factors = false;
                    for item in self.items("Contributing factors", items) {
                        let text = Raw::new(item.words.text());
                        self.say(item.line, Change::ItemAdded { list: List::Factors, text });
                        self.keep_below("Contributing factors", item);
                    }
                }
                Kind::Items(items) => {
                    for item in self.items(heading, items) {
                        self.suspect(heading, item);
                    }
                }
                Kind::Paragraph(words) if words.text() == "Contributing factors:" => factors = true,
                // It follows from the rows above it.
                Kind::Paragraph(words) if words.text().starts_with("Time spent on misleading paths: ") => {}
                _ => self.keep_block(heading, block),
            }
        }
    }

    fn suspect(&mut self, heading: &str, item: &Item) {
        if let Some(mut told) = told(item, &self.times) {
            for (line, words) in &item.below {
                let text = words.text();
                if !self.below(&mut told, *line, &text) {
                    self.keep(heading, *line, &text);
                }
            }
            self.hypotheses.push(told);
            return;
        }
        if let Some((label, value)) = item.words.labelled() {
            match label {
                "Resolution" => {
                    for (line, words) in &item.below {
                        let text = words.text();
                        if let Some(text) = text.strip_prefix("Temporary: ") {
                            self.say(*line, Change::FactSet { fact: Fact::Workaround, text: text.into() });
                        } else if let Some(text) = text.strip_prefix("Permanent: ") {
                            self.say(*line, Change::FactSet { fact: Fact::Fix, text: text.into() });
                        } else {
                            self.keep("Resolution", *line, &text);
                        }
                    }
                    if let Some(text) = known(&value) {
                        self.say(item.line, Change::FactSet { fact: Fact::Fix, text });
                    }
                    return;
                }
                "Root Cause" | "Trigger" if self.said_before(label, known(&value).as_ref()) => {
                    self.keep_below(heading, item);
                    return;
                }
                _ => {}
            }
        }
        self.keep(heading, item.line, &item.words.text());
        self.keep_below(heading, item);
    }

    /// Whether the summary says the same.
    fn said_before(&self, label: &str, value: Option<&Raw>) -> bool {
        let fact = if label == "Trigger" { Fact::Trigger } else { Fact::RootCause };
        let said = |change: &Change| matches!(change, Change::FactSet { fact: f, text } if *f == fact && Some(text) == value);
        value.is_none() || self.reading.found.iter().any(|found| said(&found.change))
    }

    /// Takes in what stands below a hypothesis; whether it is something that our reports have there.
    fn below(&self, told: &mut Told, line: u32, text: &str) -> bool {
        if let Some(why) = text.strip_prefix("Suspected because: ") {
            told.why = Some(why.into());
        } else if let Some((side, label)) = SIDES.into_iter().find(|(_, label)| text.starts_with(label)) {
            told.evidence.push((side, text[label.len()..].into()));
        } else if let Some(rest) = text.strip_prefix("Tested") {
            let (who, what) = match rest.split_once(": ") {
                Some((who, what)) => (who, Some(Raw::new(what))),
                None => (rest, None),
            };
            told.tests.push((what, who.strip_prefix(" by ").map(Raw::new)));
        } else if let Some((raised, closed)) =
            text.strip_prefix("Raised ").and_then(|text| text.split_once(", closed "))
        {
            let closed = closed.split_once("; ").map_or(closed, |(closed, _)| closed);
            (told.raised, told.closed) = (self.times.full(raised), self.times.full(closed));
        } else if let Some(raised) = text.strip_prefix("Raised ").and_then(|text| self.times.full(text)) {
            told.raised = Some(raised);
        } else if text.starts_with("Opened again") {
            told.reopened = Some((line, text.to_owned()));
        } else {
            return false;
        }
        true
    }

    /// The change that a row of the timeline stands for, where it is about something that a section names.
    pub(super) fn of_hypothesis(&self, text: &str, when: &Moment) -> Option<Change> {
        let (nth, start) = ROWS.iter().enumerate().find(|(_, start)| text.starts_with(**start))?;
        let mut rest = &text[start.len()..];
        let (mut owner, mut timebox_minutes) = (None, None);
        if *start == "Testing "
            && let Some((before, who, minutes)) = testing(rest)
        {
            (rest, owner, timebox_minutes) = (before, who, minutes);
        }
        let is_known = |subject: &str| {
            let key = Subject::new(subject).key();
            self.hypotheses.iter().any(|told| told.subject.key() == key)
        };
        let (subject, said) = if is_known(rest) {
            (rest, None)
        } else {
            let mut parts =
                rest.match_indices(": ").map(|(at, colon)| (&rest[..at], &rest[at + colon.len()..]));
            let (subject, said) = parts.find(|(subject, _)| is_known(subject))?;
            (subject, Some(Raw::new(said)))
        };
        // When it was settled another row says.
        let when = (nth <= SETTLED).then(|| Box::new(when.clone()));
        let about = About { subject: Subject::new(subject), text: said, when };
        let evidence = |side, about| Change::EvidenceAdded { side, about, tags: Vec::new() };
        Some(match nth {
            0 => Change::HypothesisRaised(about),
            1 => Change::HypothesisTested { about, owner, timebox_minutes },
            2 => evidence(Side::For, about),
            3 => evidence(Side::Against, about),
            4 => evidence(Side::Harm, about),
            5 | 9 | 10 => Change::HypothesisRuledOut(about),
            6 | 11 | 12 => Change::HypothesisConfirmed(about),
            7 | 13 | 14 => Change::HypothesisParked(about),
            _ => Change::HypothesisReopened(about),
        })
    }

    /// Adds what the sections say and the rows do not, or not any more; and roles likewise.
    pub(super) fn settle(&mut self) {
        let incident = self.folded();
        for (role, name, line) in std::mem::take(&mut self.roles) {
            let has = incident.roles.iter().any(|known| known.role == role && known.name == name);
            if !has {
                self.say(line, Change::RoleTaken { role, name, when: None });
            }
        }
        for told in std::mem::take(&mut self.hypotheses) {
            // The rows of a whole timeline say it; one that is cut down may not.
            let is_reopened = incident.hypothesis(&told.subject).is_some_and(|h| h.reopened.is_some());
            if let Some((line, text)) = told.reopened.as_ref().filter(|_| !is_reopened) {
                self.keep("Open hypotheses", *line, text);
            }
            for change in told.lacking(&incident) {
                self.say(told.line, change);
            }
        }
    }
}

impl Told {
    fn about(&self, text: Option<Raw>, when: Option<Moment>) -> About {
        About { subject: self.subject.clone(), text, when: when.map(Box::new) }
    }

    /// The changes of which the section tells the time.
    pub(super) fn timed(&self) -> Vec<Change> {
        let raised = self
            .raised
            .clone()
            .map(|when| Change::HypothesisRaised(self.about(self.why.clone(), Some(when))));
        let closed = self.closed.clone().and_then(|when| {
            let about = self.about(self.reason.clone(), Some(when));
            match self.status {
                HypothesisStatus::RuledOut => Some(Change::HypothesisRuledOut(about)),
                HypothesisStatus::Confirmed => Some(Change::HypothesisConfirmed(about)),
                _ => None,
            }
        });
        raised.into_iter().chain(closed).collect()
    }

    /// The changes that make of what is known what the section says.
    fn lacking(&self, incident: &Incident) -> Vec<Change> {
        let known = incident.hypothesis(&self.subject);
        let mut changes = Vec::new();
        if known.is_none_or(|h| self.why.is_some() && h.why != self.why) {
            let raised = self.raised.clone().filter(|_| known.is_none());
            changes.push(Change::HypothesisRaised(self.about(self.why.clone(), raised)));
        }
        let count = |text: &Option<Raw>, h: &Hypothesis| {
            h.tests.iter().filter(|test| test.text == text.clone().unwrap_or_default()).count()
        };
        for (nth, (text, owner)) in self.tests.iter().enumerate() {
            let so_far = self.tests[..nth].iter().filter(|(other, _)| other == text).count();
            if known.is_none_or(|h| count(text, h) <= so_far) {
                let (about, owner) = (self.about(text.clone(), None), owner.clone());
                changes.push(Change::HypothesisTested { about, owner, timebox_minutes: None });
            }
        }
        for (nth, (side, text)) in self.evidence.iter().enumerate() {
            let so_far = self.evidence[..nth].iter().filter(|other| *other == &(*side, text.clone())).count();
            let there = known.map_or(0, |h| h.evidence_of(*side).filter(|e| e.text == *text).count());
            if there <= so_far {
                let about = self.about(Some(text.clone()), None);
                changes.push(Change::EvidenceAdded { side: *side, about, tags: Vec::new() });
            }
        }
        if known.is_none_or(|h| h.status != self.status || h.reason != self.reason) {
            let closed = self.closed.clone().filter(|_| known.is_none());
            let about = |when| self.about(self.reason.clone(), when);
            changes.extend(match self.status {
                HypothesisStatus::RuledOut => Some(Change::HypothesisRuledOut(about(closed))),
                HypothesisStatus::Confirmed => Some(Change::HypothesisConfirmed(about(closed))),
                HypothesisStatus::Parked => Some(Change::HypothesisParked(about(None))),
                HypothesisStatus::Open if known.is_some() => {
                    Some(Change::HypothesisReopened(self.about(None, None)))
                }
                HypothesisStatus::Testing if self.tests.is_empty() => Some(Change::HypothesisTested {
                    about: self.about(None, None),
                    owner: self.owner.clone(),
                    timebox_minutes: None,
                }),
                _ => None,
            });
        }
        changes
    }
}

/// `**tile server** — Ruled out: it answers`, and the like.
fn told(item: &Item, times: &Times) -> Option<Told> {
    let (subject, rest) = item.words.strong()?;
    let rest = rest.text();
    let verdict = rest.strip_prefix("— ")?;
    let mut told = Told {
        subject: Subject::new(subject),
        status: HypothesisStatus::Open,
        owner: None,
        reason: None,
        raised: None,
        closed: None,
        why: None,
        tests: Vec::new(),
        reopened: None,
        evidence: Vec::new(),
        line: item.line,
    };
    let reason = |text: &str| (text != "no reason recorded").then(|| Raw::new(text));
    if let Some(why) = verdict.strip_prefix("Ruled out: ") {
        (told.status, told.reason) = (HypothesisStatus::RuledOut, reason(why));
        return Some(told);
    }
    if let Some(rest) = verdict.strip_prefix("Confirmed") {
        // The time has colons, but none with a blank after it.
        let (when, why) = rest.split_once(": ")?;
        told.closed = when.strip_prefix(" at ").and_then(|when| times.full(when));
        (told.status, told.reason) = (HypothesisStatus::Confirmed, reason(why));
        return Some(told);
    }
    let open = [HypothesisStatus::Open, HypothesisStatus::Testing, HypothesisStatus::Parked];
    let status = open.into_iter().find(|status| verdict.starts_with(status.words()))?;
    let rest = &verdict[status.words().len()..];
    let (owner, why) = rest.split_once(": ").map_or((rest, None), |(owner, why)| (owner, Some(why)));
    (told.status, told.reason) = (status, why.map(Raw::new));
    told.owner = owner.strip_prefix(", ").map(Raw::new);
    (owner.is_empty() || told.owner.is_some()).then_some(told)
}

/// What stands before ` (@bob, for 10 min)`, and what that says.
fn testing(text: &str) -> Option<(&str, Option<Raw>, Option<u32>)> {
    let (before, said) = text.strip_suffix(')')?.rsplit_once(" (")?;
    let minutes = |said: &str| said.strip_prefix("for ")?.strip_suffix(" min")?.parse().ok();
    if let Some(minutes) = minutes(said) {
        return Some((before, None, Some(minutes)));
    }
    let who = said.strip_prefix('@')?;
    match who.rsplit_once(", ") {
        Some((who, timebox)) if minutes(timebox).is_some() => {
            Some((before, Some(who.into()), minutes(timebox)))
        }
        _ => Some((before, Some(who.into()), None)),
    }
}
