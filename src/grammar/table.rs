//! The one table of commands. The parser, the prompt's completion, the `/` list, the help, the manual page and the README
//! are fed by it.

/// What a command takes after its name, for the help and for the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name, without the `/`.
    pub name: &'static str,
    /// Its short form at the beginning of a line (`?`, `+`).
    pub short: Option<&'static str>,
    /// What follows the name.
    pub arguments: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// A line that works.
    pub example: &'static str,
}

/// All commands, in the order of the help.
pub const COMMANDS: &[Command] = &[Command {
    name: "suspect",
    short: Some("?"),
    arguments: "[TIME] SUBJECT[: WHY]",
    help: "raise a hypothesis; raises it again where it was closed",
    example: "?database: pool exhausted after deploy",
}];
