//! `warroom say`: the prompt's grammar from any shell.

use std::io::{self, BufRead as _, IsTerminal as _};

use super::failure::Failure;
use super::{find, open, out};
use crate::config::Config;
use crate::grammar::{self, GrammarError, Line};
use crate::log::retraction::Retraction;
use crate::session::Session;
use crate::text::Raw;

/// How much of a line that was not understood is shown, in columns.
const SHOWN: usize = 120;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom say DB team says all clear '#db' @maria\n  warroom say -5m rolled back\n  \
    warroom say '?database: pool exhausted after deploy'\n  warroom say /out database: pool is idle\n  \
    warroom say < lines.txt\n\nEach line is saved before the program ends with exit code 0. \
    `warroom man` has the whole grammar."
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long)]
    incident: Option<String>,
    /// What to say, its words joined; without it, a line each from standard input
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    line: Vec<String>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let folder = find::folder(args.incident.as_deref(), config)?;
    let mut session = Session::open(&folder, open::opening(config), || {})?;
    for notice in session.notices() {
        out::aside(notice);
    }
    let all_understood = if args.line.is_empty() {
        from_standard_input(&mut session)?
    } else {
        say(&mut session, &args.line.join(" "), None)
    };
    let flushed = session.flush();
    session.finish()?;
    if let Err(reason) = flushed {
        // It failed once and was saved on the way out.
        out::aside(&format!("saved late: {reason}"));
    }
    Ok(u8::from(!all_understood))
}

fn from_standard_input(session: &mut Session) -> Result<bool, Failure> {
    if io::stdin().is_terminal() {
        out::aside("A line each, Ctrl-D ends.");
    }
    let (mut input, mut bytes, mut number, mut all) = (io::stdin().lock(), Vec::new(), 0, true);
    loop {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes);
        let read = read.map_err(|e| {
            Failure::new(format!("cannot read standard input: {e}"), "what came before is saved")
        })?;
        if read == 0 {
            return Ok(all);
        }
        number += 1;
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        all &= say(session, &String::from_utf8_lossy(line), Some(number));
    }
}

/// Says one line; whether it was understood and taken in. A blank line between others says nothing.
fn say(session: &mut Session, line: &str, number: Option<usize>) -> bool {
    let error = match grammar::read(line, &session.desk()) {
        Ok(Line::Change(change)) => {
            let retraction = Retraction::ahead_of(&change, &session.teller());
            match session.commit(*change) {
                Ok(_) => {
                    if let Some(retraction) = retraction {
                        out::aside(&retraction.done(&session.teller(), session.by()));
                    }
                    return true;
                }
                Err(error) => report(line, number, &error.to_string(), None, None),
            }
        }
        Ok(Line::Nothing) if number.is_some() && line.trim().is_empty() => return true,
        Ok(Line::Nothing) => {
            report(line, number, "there is nothing to see in it", None, Some("say what happened"))
        }
        Ok(Line::Room(_)) => report(
            line,
            number,
            "only the room knows this command",
            None,
            Some("open it with `warroom open`"),
        ),
        Err(error) => not_understood(line, number, &error),
    };
    out::aside(&error);
    false
}

fn not_understood(line: &str, number: Option<usize>, error: &GrammarError) -> String {
    let span = Some(&error.span).filter(|span| span.end <= line.len() && !line.contains('\n'));
    report(line, number, &error.message, span, Some(&error.hint))
}

/// The error, the line with the part it is about marked, and what to do.
fn report(
    line: &str,
    number: Option<usize>,
    message: &str,
    span: Option<&std::ops::Range<usize>>,
    hint: Option<&str>,
) -> String {
    let place = number.map_or(String::new(), |n| format!("line {n}: "));
    let mut out = format!("Error: {place}{message}");
    if !line.trim().is_empty() {
        out.push_str(&format!("\n  {}", Raw::new(line).for_term().cut(SHOWN)));
    }
    if let Some(span) = span {
        let width = |part: &str| Raw::new(part).for_term().width();
        let (before, marks) = (width(&line[..span.start]), width(&line[span.clone()]).max(1));
        // What is marked beyond the part that is shown needs no mark.
        if before < SHOWN {
            out.push_str(&format!("\n  {}{}", " ".repeat(before), "^".repeat(marks.min(SHOWN - before))));
        }
    }
    if let Some(hint) = hint {
        out.push_str(&format!("\nHint: {hint}"));
    }
    out
}
