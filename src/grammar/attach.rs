//! Reads what `/attach` is told: a file, whose name may stand in quotes, and the hypothesis it belongs to.

use super::args::Args;
use super::table::Command;
use super::{Desk, GrammarError, RoomCommand};
use crate::model::Subject;
use crate::text::Raw;

/// Reads `FILE [SUBJECT]`.
///
/// # Errors
/// Where no file is named, a quote has no end, or nobody raised such a hypothesis.
pub(super) fn read(command: &Command, args: &Args<'_>, desk: &Desk<'_>) -> Result<RoomCommand, GrammarError> {
    let missing = || args.error("the file is missing", format!("for example: {}", command.example));
    let (file, end) = name(args.text()).ok_or_else(|| {
        args.error("the quote around the file's name has no end", "close it: \"my file.log\"")
    })?;
    if file.is_blank() {
        return Err(missing());
    }
    let rest = args.after(end);
    let subject = match rest.text() {
        "" => None,
        typed => {
            let known = desk.incident.hypothesis(&Subject::new(typed));
            Some(known.map(|h| h.subject.clone()).ok_or_else(|| {
                rest.error(
                    format!("there is no hypothesis about {}", Raw::new(typed).for_term()),
                    "raise it first with ?SUBJECT; a file with blanks in its name goes in quotes",
                )
            })?)
        }
    };
    Ok(RoomCommand::Attach { file, subject })
}

/// The name of the file that a text begins with, and where it ends, in bytes: up to a blank, unless that stands in quotes or
/// behind a `\`, as terminals write what is dropped on them. None where a quote has no end.
pub fn name(text: &str) -> Option<(Raw, usize)> {
    let (mut name, mut quote, mut escaped) = (String::new(), None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => {
                // Elsewhere it is a sign like any other.
                if !matches!(c, ' ' | '"' | '\'' | '\\') {
                    name.push('\\');
                }
                name.push(c);
                escaped = false;
            }
            (None | Some('"'), '\\') => escaped = true,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None, _) if c.is_whitespace() => return Some((Raw::new(name), at)),
            _ => name.push(c),
        }
    }
    if escaped {
        name.push('\\');
    }
    quote.is_none().then(|| (Raw::new(name), text.len()))
}

/// A file's name as it is typed.
pub fn typed(name: &str) -> String {
    if name.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\')) {
        return format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    }
    name.to_owned()
}
