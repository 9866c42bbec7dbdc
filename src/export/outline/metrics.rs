//! The metrics of the report: each a length of time with the two milestones it lies between, or why it is not known.

use std::collections::HashSet;

use super::{Block, Section, Span, fact};
use crate::model::metrics::WRONG_PATHS;
use crate::model::{
    Definition, Face, HypothesisStatus, Incident, Measured, Milestone, MilestoneKind, Moment, short_length,
};

/// A metric as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// How long, and between which milestones; or why that is not known.
    pub value: String,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Who defines it so.
    pub source: &'static str,
}

/// Tells them; nothing of an incident without any milestone and without a wrong path.
pub(super) fn section(incident: &Incident) -> Option<Section> {
    let metrics = of(incident);
    let items = metrics.iter().map(|metric| fact(metric.name, vec![Span::ours(metric.value.as_str())]));
    (!metrics.is_empty())
        .then(|| Section { heading: "Metrics", blocks: vec![Block::Bullets(items.collect())] })
}

/// All metrics of an incident, known or not; none where nothing is recorded that one could be taken from.
pub fn of(incident: &Incident) -> Vec<Metric> {
    let met = MilestoneKind::ALL.iter().any(|kind| incident.milestones.get(*kind).is_some());
    let wrong = wrong_paths(incident);
    if !met && wrong.is_none() {
        return Vec::new();
    }
    let mut metrics: Vec<Metric> = Definition::ALL
        .iter()
        .map(|definition| Metric {
            name: definition.name,
            value: value(definition, incident),
            meaning: definition.meaning,
            source: definition.source,
        })
        .collect();
    let value = wrong.unwrap_or_else(|| "none recorded".into());
    let (name, meaning) = WRONG_PATHS;
    metrics.push(Metric { name, value, meaning, source: Definition::DIAGNOSIS.source });
    metrics
}

fn value(definition: &Definition, incident: &Incident) -> String {
    let Definition { from, to, .. } = *definition;
    let when = |kind| when(incident, kind);
    match definition.measured(&incident.milestones) {
        Measured::Between(begin, end) => {
            let rough = [from, to].iter().any(|kind| is_approximate(incident, *kind));
            let about = if rough { "about " } else { "" };
            let share = match (*definition == Definition::DIAGNOSIS, incident.metrics.diagnosis_percent) {
                (true, Some(percent)) => of_the_duration(percent),
                _ => String::new(),
            };
            let long = short_length((end - begin).num_minutes());
            format!("{about}{long}{share} ({} → {})", when(from), when(to))
        }
        Measured::Lacks(kinds) => {
            let names: Vec<String> = kinds.iter().map(ToString::to_string).collect();
            let are = if names.len() == 1 { "is" } else { "are" };
            format!("unknown ({} {are} not set)", names.join(" and "))
        }
        Measured::Vague(kind) => format!("unknown (all that is known of it: {})", when(kind)),
        Measured::Contradictory => {
            format!("unknown ({} lies before {}: one of the two is wrong)", when(to), when(from))
        }
    }
}

fn of_the_duration(percent: u8) -> String {
    format!(", {percent}% of the duration")
}

fn is_approximate(incident: &Incident, kind: MilestoneKind) -> bool {
    incident.milestones.get(kind).is_some_and(|milestone| milestone.approximate)
}

/// The milestone with its time, and its date unless all of them were met on one day.
fn when(incident: &Incident, kind: MilestoneKind) -> String {
    let Some(milestone) = incident.milestones.get(kind) else { return format!("no {kind}") };
    let face = Face::of(incident);
    let met = MilestoneKind::ALL.iter().filter_map(|kind| incident.milestones.get(*kind));
    let days: HashSet<_> = met.map(|milestone| face.date(&milestone.at)).collect();
    let Milestone { at, precision, .. } = milestone;
    let one_day = days.len() == 1 && !days.contains(&None);
    let time = if one_day {
        face.labelled(&Moment {
            at: *at,
            until: None,
            precision: *precision,
            approximate: false,
            as_written: None,
        })
    } else {
        face.full(at, *precision)
    };
    format!("{kind} {time}")
}

/// How long wrong paths were followed; `None` where nothing was ruled out.
fn wrong_paths(incident: &Incident) -> Option<String> {
    let ruled_out = || incident.hypotheses.iter().filter(|h| h.status == HypothesisStatus::RuledOut);
    let count = ruled_out().count();
    let known = ruled_out().filter(|h| h.followed().is_some()).count();
    if count == 0 {
        return None;
    }
    let paths = if count == 1 { "1 hypothesis".into() } else { format!("{count} hypotheses") };
    let Some(minutes) = incident.metrics.wrong_paths_minutes else {
        return Some(format!(
            "unknown ({paths} ruled out, at times that are not recorded or contradict each other)"
        ));
    };
    let share = incident.metrics.wrong_paths_percent.map_or(String::new(), of_the_duration);
    let some = if known < count { format!(", {known} with known times") } else { String::new() };
    Some(format!("{}{share} ({paths} ruled out{some})", short_length(minutes)))
}
