//! `warroom man`: the manual page, with the whole grammar of the prompt from the table of commands.

use super::failure::Failure;
use super::{described, out};
use crate::grammar::table::COMMANDS;

pub(super) fn run() -> Result<u8, Failure> {
    let mut page = head(&described());
    let mut command = described();
    // Only a command that was built knows how its arguments look.
    command.build();
    page.push_str(".SH COMMANDS\n");
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help" && !sub.is_hide_set()) {
        page.push_str(&section(sub));
    }
    page.push_str(GRAMMAR);
    for command in COMMANDS {
        let short = command.short.map_or(String::new(), |s| format!(" ({s})"));
        let head = format!("/{}{short} {}", command.name, command.arguments);
        let (head, help, example) = (roff(head.trim()), roff(command.help), roff(command.example));
        page.push_str(&format!(".TP\n{head}\n{help}; for example\n.B {example}\n"));
    }
    page.push_str(FILES);
    out::result(&page)?;
    Ok(0)
}

/// Title, name, synopsis and the options that go with every command.
fn head(command: &clap::Command) -> String {
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = man
        .render_title(&mut page)
        .and_then(|()| man.render_name_section(&mut page))
        .and_then(|()| man.render_synopsis_section(&mut page))
        .and_then(|()| man.render_description_section(&mut page))
        .and_then(|()| man.render_options_section(&mut page));
    String::from_utf8_lossy(&page).into_owned()
}

/// A subcommand: what it does, how it is called, its own options.
fn section(sub: &clap::Command) -> String {
    let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = sub.clone().bin_name(format!("warroom {}", sub.get_name())).render_usage().to_string();
    let mut out = format!(".SS {}\n{}.\n.PP\n{}\n", roff(sub.get_name()), roff(&about), roff(&usage));
    for arg in sub.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help") {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        out.push_str(&format!(".TP\n{}\n{}\n", roff(&arg.to_string()), roff(&help)));
    }
    out
}

/// A text as roff prints it: no character of it begins a request or an escape.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " ");
    if text.starts_with(['.', '\'', '/']) { format!("\\&{text}") } else { text }
}

const GRAMMAR: &str = ".SH THE PROMPT\n\
    A line is an entry, at the time that stands before it or now. A time is 10:42, 3:15pm PDT, \\-5m, yesterday 23:50, \
    2024\\-08\\-18 10:15, ~10:40 (about) or 10:40..10:55 (from, to). #tags and @people may stand anywhere in it.\n\
    .PP\n? directly before a letter or digit raises a hypothesis, + and a blank add a task, / begins a command, \
    and \\e before anything makes it text.\n\
    .PP\n/NAME \\- clears what /NAME sets.\n.SH COMMANDS OF THE PROMPT\n";

const FILES: &str = ".SH FILES\n.TP\n<data folder>/incidents/<id>/journal.jsonl\n\
    Every change, a line each, synced before it is called saved: the truth.\n\
    .TP\n<data folder>/incidents/<id>/incident.json\nThe state as one JSON document, for people, jq and scripts.\n\
    .SH EXIT STATUS\n0 done and on disk, 1 failed or not understood, 2 wrong call, 70 after a fault in the program, \
    129, 130 and 143 by signal.\n";
