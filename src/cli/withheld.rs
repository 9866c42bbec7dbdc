//! What of an incident does not leave by an export: secrets, and the names of people where that is asked for.

use super::failure::Failure;
use super::out;
use crate::export::anonymise::{self, Anonymised, anonymised};
use crate::export::redact::{self, Found, Hidden, Redacted};
use crate::model::Incident;
use crate::text::Raw;

#[derive(Debug, clap::Args)]
pub(super) struct Withheld {
    /// Leave passwords, keys and tokens in the report; without this they are taken out, and it is said how many
    #[arg(long, alias = "keep-secrets")]
    no_redact: bool,
    /// Instead of the report, list what would be taken out of it: where, what kind, how long
    #[arg(long, conflicts_with_all = ["output", "no_redact"])]
    redact_preview: bool,
    /// Call people by their roles instead of their names
    #[arg(long)]
    anonymise: bool,
}

/// An incident as it leaves, and what there is to say about that.
pub(super) struct Leaving {
    /// The incident.
    pub(super) incident: Incident,
    /// The same with its secrets.
    whole: Incident,
    redacted: Redacted,
    no_redact: bool,
    said: Vec<String>,
}

impl Leaving {
    /// Says what was taken out of a report, after it is where it belongs. Only what this form would have had counts:
    /// `report` makes it.
    pub(super) fn say(&self, report: impl Fn(&Incident) -> Result<String, Failure>) {
        let found = found_in(&self.redacted, &self.whole, report);
        if self.no_redact {
            let count = found.iter().map(|one| one.1).sum();
            out::aside(&format!("--no-redact: nothing was hidden{}", still_in(count)));
        } else if !found.is_empty() {
            let summary = redact::summary(&found);
            out::aside(&format!(
                "{summary}; --redact-preview lists where, --no-redact leaves them in. The record itself still has them."
            ));
        }
        self.said.iter().for_each(|said| out::aside(said));
    }
}

impl Withheld {
    /// Whether people are called by their roles.
    pub(super) fn hides_people(&self) -> bool {
        self.anonymise
    }

    /// Takes out what does not leave.
    pub(super) fn take_out(&self, incident: &Incident) -> Leaving {
        let redacted = redact::redacted(incident);
        let (mut leaving, mut whole) = (redacted.incident.clone(), incident.clone());
        let mut said = Vec::new();
        if self.no_redact {
            leaving.clone_from(incident);
        }
        if self.anonymise {
            let Anonymised { incident, people, also_words } = anonymised(&leaving);
            leaving = incident;
            whole = anonymised(&whole).incident;
            said.push(anonymise::summary(people));
            said.extend(anonymise::left_in(&also_words));
        }
        Leaving { incident: leaving, whole, redacted, no_redact: self.no_redact, said }
    }

    /// What would be taken out, a line each, where that is what was asked for. `report` makes the form that was asked for.
    pub(super) fn preview(
        &self,
        incident: &Incident,
        report: impl Fn(&Incident) -> Result<String, Failure>,
    ) -> Option<String> {
        self.redact_preview.then(|| {
            let redacted = redact::redacted(incident);
            let Redacted { incident: after, found, hidden, .. } = &redacted;
            let rows: String = hidden.iter().map(|one| row(one, after)).collect();
            let here = found_in(&redacted, incident, report);
            if found.is_empty() {
                "Nothing would be hidden\n".to_owned()
            } else if *found == here {
                format!("{rows}In a report, {}\n", redact::summary(found))
            } else {
                let here = match redact::summary(&here) {
                    none if none.is_empty() => "this report would have none of them".to_owned(),
                    some => format!("of this report, {some}"),
                };
                format!("{rows}All that is in the record; {here}\n")
            }
        })
    }
}

/// What a report of the whole incident would have; all, where there is no such report.
fn found_in(
    redacted: &Redacted,
    whole: &Incident,
    report: impl Fn(&Incident) -> Result<String, Failure>,
) -> Vec<Found> {
    if redacted.found.is_empty() {
        return Vec::new();
    }
    report(whole).map_or_else(|_| redacted.found.clone(), |report| redacted.found_in(&report))
}

fn still_in(count: usize) -> String {
    match count {
        0 => ", and nothing that looks like a secret is in it".into(),
        1 => "; 1 secret is in it".into(),
        _ => format!("; {count} secrets are in it"),
    }
}

/// `entry of 2024-08-10 12:45 UTC: AWS access key, AKIA…, 20 characters`
fn row(one: &Hidden, incident: &Incident) -> String {
    let (place, beginning) = (Raw::new(one.place(incident)), Raw::new(one.beginning.as_str()));
    format!("{}: {}, {}…, {} characters\n", place.for_term(), one.rule, beginning.for_term(), one.length)
}
