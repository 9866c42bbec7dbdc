//! `warroom export`: the postmortem.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;

use super::failure::Failure;
use super::{find, out};
use crate::config::Config;
use crate::export::redact::{self, Redacted};
use crate::export::written::Written;
use crate::export::{Outline, csv, file, html, json, markdown};
use crate::model::Incident;
use crate::session;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom export > postmortem.md\n  warroom export -i 2024-08-10 -o postmortem.html\n  \
    warroom export --format csv > timeline.csv"
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long)]
    incident: Option<String>,
    /// The form of the report [default: as the name of FILE ends, else md]
    #[arg(long)]
    format: Option<Format>,
    /// Write to this file instead of standard output, which is `-`; a report there that nobody has changed is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that somebody has changed, or that is none of warroom's
    #[arg(long, requires = "output")]
    force: bool,
    /// Leave passwords, keys and tokens in the report; without this they are taken out, and it is said how many
    #[arg(long)]
    keep_secrets: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Markdown (`CommonMark`, GitHub's flavour)
    #[value(aliases = ["markdown", "txt"])]
    Md,
    /// One page for a browser or for print, which needs no other file and no network
    #[value(alias = "htm")]
    Html,
    /// The timeline, a row an entry, for a spreadsheet
    Csv,
    /// The incident as `show --json` prints it
    Json,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let format = format(args)?;
    let folder = find::folder(args.incident.as_deref(), config)?;
    let peeked = session::peek(&folder, None)?;
    for notice in &peeked.notices {
        out::aside(notice);
    }
    let Redacted { incident, found } = if args.keep_secrets {
        Redacted { incident: peeked.incident, found: Vec::new() }
    } else {
        redact::redacted(&peeked.incident)
    };
    let report = report(&incident, format).map_err(|error| {
        Failure::new(
            format!("the report could not be made: {error}"),
            "nothing was written; try another --format",
        )
    })?;
    match &args.output {
        Some(path) if path.as_os_str() != "-" => write(path, &report, args.force, config)?,
        _ => out::result(&report)?,
    }
    if !found.is_empty() {
        let summary = redact::summary(&found);
        out::aside(&format!("{summary}; --keep-secrets leaves them in. The record itself still has them."));
    }
    Ok(0)
}

/// The form that was asked for, else the one that the file's name promises.
fn format(args: &Args) -> Result<Format, Failure> {
    let ending = args.output.as_ref().and_then(|path| path.extension());
    match (args.format, ending) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Md),
        (None, Some(ending)) => {
            let ending = ending.to_string_lossy();
            Format::from_str(&ending, true).map_err(|_| {
                Failure::usage(
                    format!("no form of a report is known by the ending .{ending}"),
                    "nothing was written; say which form it has with --format",
                )
            })
        }
    }
}

fn report(incident: &Incident, format: Format) -> io::Result<String> {
    let markdown = || markdown::render(&Outline::of(incident));
    Ok(match format {
        Format::Md => markdown(),
        Format::Html => html::page(&incident.title, &markdown(), None),
        Format::Csv => csv::render(incident)?,
        Format::Json => json::render(incident)?,
    })
}

fn write(path: &Path, report: &str, force: bool, config: &Config) -> Result<(), Failure> {
    let mut written = Written::read(&config.exports);
    may_write(path, report, force, &written)?;
    file::save(path, report).map_err(|error| unwritten(path, &error))?;
    if let Err(error) = written.remember(path, report) {
        let shown = config.exports.display();
        out::aside(&format!(
            "{shown} could not be written: {error}. The report is complete; to write it anew will take --force."
        ));
    }
    Ok(())
}

/// Whether nothing of anybody's would be lost: there is no such file, or it holds the same, or it is an earlier report as
/// it was written.
fn may_write(path: &Path, report: &str, force: bool, written: &Written) -> Result<(), Failure> {
    let shown = path.display();
    if let Some(found) = file::obstacle(path) {
        let hint = match found {
            "a folder" => "nothing was written; name a file in it",
            _ => "nothing was written; name a plain file, or print with `-o -` and send that on",
        };
        return Err(Failure::new(format!("{shown} is {found}, not a plain file"), hint));
    }
    match fs::read(path) {
        _ if force => Ok(()),
        Ok(held) if held == report.as_bytes() || written.is_untouched(path, &held) => Ok(()),
        Ok(_) => Err(Failure::new(
            format!("{shown} exists and holds something else: it was changed, or warroom did not write it"),
            "nothing was written; name another, or replace it with --force",
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::new(
            format!("{shown} cannot be read, so nobody knows what would be lost: {error}"),
            "nothing was written; name another, or replace it with --force",
        )),
    }
}

/// Why there is no report.
fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    match folder {
        Some(folder) => Failure::new(
            format!("there is no folder {} for {}", folder.display(), path.display()),
            "nothing was written; make the folder first, or name another",
        ),
        None => Failure::new(
            format!("{} could not be written: {error}", path.display()),
            "what stood there before is untouched; mend that, or name another file",
        ),
    }
}
