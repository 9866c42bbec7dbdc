//! What alert senders post becomes reports: pure, bytes in and reports out; one file a sender. Who sent it is told by its
//! shape, so that all of them can post to one address.

mod alertmanager;
mod document;
mod field;
mod github;
mod pagerduty;
mod plain;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::log::Reported;
use crate::model::Instant;

/// The most alerts that are taken from one call.
pub const ALERTS: usize = 1_000;

/// One call of a sender.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// What was posted.
    pub body: &'a [u8],
    /// What GitHub says in a header that it is about (`X-GitHub-Event`).
    pub github_event: Option<&'a str>,
    /// When it came.
    pub now: Instant,
    /// What no other call has: the identity of what the sender gives none.
    pub serial: &'a str,
}

/// A report, with what an incident can be opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is recorded.
    pub reported: Reported,
    /// The labels of the alert; of senders without labels, what they name: `urgency`, `priority`, `service`.
    pub labels: BTreeMap<String, String>,
}

/// What a call said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The reports, in the order of the call.
    pub told: Vec<Told>,
    /// How many things of it mean nothing here, as an event of a kind that is not known.
    pub ignored: usize,
    /// How many alerts are missing, for there were more than [`ALERTS`], or the sender left them out.
    pub truncated: u64,
    /// How many keys of its JSON stood twice; the last counts.
    pub repeated: usize,
    /// How many texts and tables were too long, and end in a mark.
    pub cut: usize,
}

/// Why a call was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUnderstood {
    /// It is no JSON, or nested too deeply, or has a number in it that no computer has.
    NoJson,
    /// It has too many values for what it tells.
    TooMany,
    /// It is JSON, and of no sender that is known.
    NoSender,
    /// A script says something that there is nothing to see of.
    NoText,
    /// A script says when, and not as a time is written.
    NoTime,
}

impl NotUnderstood {
    /// What is wrong, for the sender: nothing that came is in it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoJson => "this is no JSON that can be read",
            Self::TooMany => "this JSON has too many values",
            Self::NoSender => "no sender that is known writes like this",
            Self::NoText => "there is nothing to see in the text",
            Self::NoTime => "the time in \"at\" cannot be read, or is far ahead",
        }
    }

    /// What can be done about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::NoJson => "send JSON, as {\"text\": \"what happened\"}",
            Self::TooMany => "send fewer alerts in one call",
            Self::NoText => "say what happened: {\"text\": \"failover done\"}",
            Self::NoTime => {
                "write it with its zone, as 2024-08-10T12:30:00Z; without it the entry stands at now"
            }
            Self::NoSender => {
                "known are Alertmanager (version 4), Grafana, PagerDuty (v3), GitHub, and {\"text\": \"what happened\"}"
            }
        }
    }
}

/// Reads one call.
///
/// # Errors
/// Where it is nothing that a sender writes. What is merely not known of a sender that is, is ignored and counted.
pub fn read(delivery: &Delivery<'_>) -> Result<Taken, NotUnderstood> {
    let document::Document { value, repeated, cut } = document::read(delivery.body)?;
    let Value::Object(call) = &value else { return Err(NotUnderstood::NoSender) };
    let taken = if call.get("alerts").is_some_and(Value::is_array) {
        alertmanager::read(&value, delivery)
    } else if value.pointer("/event/event_type").is_some() {
        pagerduty::read(&value, delivery)
    } else if delivery.github_event.is_some() || github::is_one(&value) {
        github::read(&value, delivery)
    } else if call.get("text").is_some_and(Value::is_string) {
        plain::read(&value, delivery)?
    } else {
        return Err(NotUnderstood::NoSender);
    };
    Ok(Taken { repeated, cut, ..taken })
}
