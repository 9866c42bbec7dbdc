//! What a person wants other keys for, in the words of their settings file. Which words there are, the room knows.

use serde::Serialize;

/// A word of the settings file, and its line there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The word, as it came.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// One row of `[keys]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// The place that the keys act in.
    pub place: Written,
    /// What they do there.
    pub name: Written,
    /// The keys; none: it is to have none.
    pub keys: Vec<Written>,
}
