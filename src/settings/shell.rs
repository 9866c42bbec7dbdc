//! What the hooks of shells log.

use serde::Serialize;

/// What a person sets for the hooks of shells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShellSettings {
    /// Commands that are not logged: the words that their lines begin with.
    pub ignore: Vec<String>,
}

/// Commands that change nothing and find nothing out, and this program itself.
const IGNORED: [&str; 11] =
    ["ls", "cd", "pwd", "clear", "exit", "logout", "fg", "bg", "jobs", "history", "warroom"];

impl Default for ShellSettings {
    fn default() -> Self {
        Self { ignore: IGNORED.map(str::to_owned).to_vec() }
    }
}
