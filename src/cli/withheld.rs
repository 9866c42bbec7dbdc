//! What of an incident does not leave by an export: secrets, and the names of people where that is asked for.

use super::out;
use crate::export::anonymise::{self, Anonymised, anonymised};
use crate::export::redact::{self, Hidden, Redacted};
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
    said: Vec<String>,
}

impl Leaving {
    /// Says what was taken out, after the report is where it belongs.
    pub(super) fn say(&self) {
        self.said.iter().for_each(|said| out::aside(said));
    }
}

impl Withheld {
    /// Takes out what does not leave.
    pub(super) fn take_out(&self, incident: &Incident) -> Leaving {
        let mut said = Vec::new();
        let Redacted { incident: redacted, found, .. } = redact::redacted(incident);
        let mut leaving = redacted;
        if self.no_redact {
            leaving = incident.clone();
            said.push(format!(
                "--no-redact: nothing was hidden{}",
                still_in(found.iter().map(|f| f.1).sum())
            ));
        } else if !found.is_empty() {
            let summary = redact::summary(&found);
            said.push(format!(
                "{summary}; --redact-preview lists where, --no-redact leaves them in. The record itself still has them."
            ));
        }
        if self.anonymise {
            let Anonymised { incident, people, also_words } = anonymised(&leaving);
            leaving = incident;
            said.push(anonymise::summary(people));
            said.extend(anonymise::left_in(&also_words));
        }
        Leaving { incident: leaving, said }
    }

    /// What would be taken out, a line each, where that is what was asked for.
    pub(super) fn preview(&self, incident: &Incident) -> Option<String> {
        self.redact_preview.then(|| {
            let Redacted { incident, found, hidden } = redact::redacted(incident);
            let rows: String = hidden.iter().map(|one| row(one, &incident)).collect();
            match redact::summary(&found) {
                summary if summary.is_empty() => "Nothing would be hidden\n".to_owned(),
                summary => format!("{rows}In a report, {summary}\n"),
            }
        })
    }
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
