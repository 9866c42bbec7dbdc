//! What machines told: alerts that fired and ended, commands that were run. Each is one entry, however often it was told of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at::instant;
use super::{At, Face, Instant, Moment, took};
use crate::text::Raw;

/// What stands behind an entry that a machine told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Machine {
    /// An alert, or something else that begins and ends elsewhere: a deployment, a page.
    Alert(Alert),
    /// A command that was run.
    Command(Command),
}

impl Machine {
    /// What became of it, behind the words of its entry: `fired 132 times, last 10:42 · resolved 10:55`,
    /// `exit 1 after 3 s`. Times of day have no zone. The words of how it ended are as they came.
    pub fn state(&self, face: &Face<'_>) -> Raw {
        match self {
            Self::Alert(alert) => alert.state(face),
            Self::Command(command) => Raw::new(command.state()),
        }
    }
}

/// An alert with every time that it fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alert {
    /// Who tells of it: `alertmanager`, `grafana`, `pagerduty`, `github`.
    pub source: Raw,
    /// What tells it from all others of this source.
    pub key: Raw,
    /// Where more of it is to be seen, as the source gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Raw>,
    /// What else it says of itself: labels, a description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Raw>,
    /// Each time that it fired, in their order.
    pub fired: Vec<Firing>,
}

/// One time that an alert fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Firing {
    /// When it began, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub at: Instant,
    /// How it ended, where it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
}

/// How something ended elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ending {
    /// When, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub at: Instant,
    /// In the word of the source, where that is not "resolved": `success`, `failure`. Blank where there is nothing to say of
    /// it: it was a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<Raw>,
}

impl Alert {
    /// Whether it is firing: its last time has not ended.
    pub fn is_firing(&self) -> bool {
        self.fired.last().is_some_and(|last| last.ended.is_none())
    }

    /// Whether it is only something that was said: it did not go on, and there is nothing to say of how it ended.
    pub fn is_message(&self) -> bool {
        let ended = self.fired.last().and_then(|last| last.ended.as_ref());
        ended.is_some_and(|ended| ended.how.as_ref().is_some_and(Raw::is_blank))
    }

    /// Whether it tells that something is wrong: a deployment, a run of a workflow and a message do not.
    pub fn is_alarm(&self) -> bool {
        self.source.as_typed() != "github" && !self.is_message()
    }

    /// Takes in that it fired, and how that ended where it is known. What ended stays so, whatever is told late.
    pub fn fire(&mut self, at: Instant, ended: Option<&Ending>) {
        let place = self.fired.partition_point(|known| known.at < at);
        match self.fired.get_mut(place).filter(|known| known.at == at) {
            Some(known) => known.ended = ended.cloned().or(known.ended.take()),
            None => self.fired.insert(place, Firing { at, ended: ended.cloned() }),
        }
    }

    /// Whether it would say anything new that it fired at this time, and ended so.
    pub fn knows(&self, at: Instant, ended: Option<&Ending>) -> bool {
        let known = self.fired.binary_search_by_key(&at, |known| known.at);
        known.is_ok_and(|place| ended.is_none() || self.fired[place].ended.is_some())
    }

    fn state(&self, face: &Face<'_>) -> Raw {
        let clock = |at: Instant| face.bare(&Moment::to_the_minute(at.into()));
        let mut told = Vec::new();
        let Some(last) = self.fired.last() else { return Raw::default() };
        if self.fired.len() > 1 {
            told.push(format!("fired {} times, last {}", self.fired.len(), clock(last.at)));
        }
        if self.is_message() {
            return Raw::new(told.join(" · "));
        }
        told.push(match &last.ended {
            None => "firing".to_owned(),
            Some(ended) => {
                let how = ended.how.as_ref().map_or("resolved", Raw::as_typed);
                if ended.at == last.at { how.to_owned() } else { format!("{how} {}", clock(ended.at)) }
            }
        });
        Raw::new(told.join(" · "))
    }
}

/// A command that was run in a shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Command {
    /// On which host and in which folder: `db-2:/srv/app`.
    pub place: Raw,
    /// When it began, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub began: Instant,
    /// How it ended, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Exit>,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exit {
    /// When, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub at: Instant,
    /// Its exit status; none where a signal ended it, or where it could not be started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u8>,
    /// What ended it instead: `SIGKILL`, `not found`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Raw>,
    /// The last lines that it printed, where they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Raw>,
}

impl Exit {
    /// Whether the command did not do what it should. One that a person interrupted, or whose reader had enough, did not fail.
    pub fn is_failure(&self) -> bool {
        const INTERRUPTED: [u8; 2] = [128 + 2, 128 + 13];
        let ended = self.why.as_ref().is_some_and(|why| matches!(why.as_typed(), "SIGINT" | "SIGPIPE"));
        !ended && self.status.is_none_or(|status| status != 0 && !INTERRUPTED.contains(&status))
    }
}

impl Command {
    fn state(&self) -> String {
        let Some(ended) = &self.ended else { return "running".to_owned() };
        let how = match (ended.status, &ended.why) {
            (Some(status), _) => format!("exit {status}"),
            (None, Some(why)) => why.as_typed().to_owned(),
            (None, None) => "ended".to_owned(),
        };
        format!("{how} after {}", took(ended.at - self.began))
    }
}
