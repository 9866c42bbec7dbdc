//! What goes wrong at the edge: what happened, what to do, and the exit code.

use crate::config::ConfigError;
use crate::grammar::GrammarError;
use crate::session::{Parting, Unsaved};
use crate::store::StoreError;

/// The exit code of something that failed.
const FAILED: u8 = 1;

/// The exit code of a call that makes no sense.
const USAGE: u8 = 2;

/// Why the program ends without having done what it was asked.
#[derive(Debug)]
pub(super) struct Failure {
    pub message: String,
    pub hint: Option<String>,
    pub code: u8,
}

impl Failure {
    /// Something failed.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()), code: FAILED }
    }

    /// The call makes no sense.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: USAGE, ..Self::new(message, hint) }
    }

    /// An argument that the grammar does not understand.
    pub fn argument(name: &str, error: &GrammarError) -> Self {
        Self::usage(format!("{name}: {}", error.message), error.hint.clone())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let hint = match &error {
            StoreError::NoJournal { .. } | StoreError::NotAJournal { .. } | StoreError::NoFolder(_) => {
                Some("`warroom list` shows the incidents; `warroom new TITLE` starts one")
            }
            StoreError::Io { .. } => {
                Some("nothing was changed; mend that, or name another folder with --data-dir")
            }
            // The text of the others says what to do.
            _ => None,
        };
        Self { message: error.to_string(), hint: hint.map(str::to_owned), code: FAILED }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

impl From<Parting> for Failure {
    fn from(parting: Parting) -> Self {
        let hint = match &parting.unsaved {
            Some(Unsaved::Rescued { .. }) => "make room or mend the disk, then say or open anything there",
            _ => "make room or mend the disk",
        };
        Self::new(parting.to_string(), hint)
    }
}
