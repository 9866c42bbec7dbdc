//! What a redaction hid, in words that a person can check: where, by which rule, how long, and no more of it than its first
//! characters.

use super::fields::Step;
use crate::model::{Face, Incident};

/// Of so many characters one is shown.
const SHOWN_OF: usize = 5;
/// More than these are not shown: they name the kind of most keys.
const MOST_SHOWN: usize = 4;

/// Something that was taken out of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The rule that found it, as a person calls it.
    pub rule: &'static str,
    /// Its first characters: at most four, and a fifth of it.
    pub beginning: String,
    /// How many characters it has.
    pub length: usize,
    way: Vec<Step>,
}

impl Hidden {
    pub(super) fn of(rule: &'static str, way: &[Step], secret: &str) -> Self {
        let length = secret.chars().count();
        let beginning = secret.chars().take((length / SHOWN_OF).min(MOST_SHOWN)).collect();
        Self { rule, beginning, length, way: way.to_vec() }
    }

    /// Where it stands: `entry of 2024-08-10 12:45 UTC`, `root cause`, `action 3, link`. It has no text of the incident in it
    /// but the label of its zone.
    pub fn place(&self, incident: &Incident) -> String {
        let mut steps = self.way.iter();
        let mut parts = Vec::new();
        if let [Step::Field("timeline"), Step::Nth(nth), rest @ ..] = &self.way[..]
            && let Some(entry) = incident.timeline.get(*nth)
        {
            parts.push(format!("entry of {}", Face::of(incident).full(&entry.at, entry.precision)));
            steps = rest.iter();
        }
        while let Some(step) = steps.next() {
            match step {
                Step::Field("text") if !parts.is_empty() => {}
                Step::Field(name) => match steps.as_slice().first() {
                    Some(Step::Nth(nth)) => {
                        steps.next();
                        parts.push(format!("{} {}", one_of(name), nth + 1));
                    }
                    _ => parts.push(name.replace('_', " ")),
                },
                Step::Nth(nth) => parts.push((nth + 1).to_string()),
            }
        }
        parts.join(", ")
    }
}

/// The name of a list, for one of it.
fn one_of(list: &str) -> String {
    let one = match list {
        "hypotheses" => "hypothesis",
        "people" => "person",
        "went_well" | "went_wrong" | "lucky" | "affected" | "loss" | "evidence" => list,
        _ => list.strip_suffix('s').unwrap_or(list),
    };
    one.replace('_', " ")
}

/// In the order of the record: as its fields stand in the file, the timeline in the order it happened.
pub(super) fn sort(hidden: &mut [Hidden]) {
    let in_timeline = |one: &Hidden| match one.way[..] {
        [Step::Field("timeline"), Step::Nth(nth), ..] => Some(nth),
        _ => None,
    };
    hidden.sort_by_key(in_timeline);
}
