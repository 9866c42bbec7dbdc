//! `warroom export`: the postmortem.

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::withheld::Withheld;
use super::{find, out};
use crate::config::Config;
use crate::export::{Outline, file, markdown};
use crate::session;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom export > postmortem.md\n  warroom export -i 2024-08-10 -o postmortem.md"
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long)]
    incident: Option<String>,
    /// The form of the report
    #[arg(long, default_value = "md")]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that holds something else
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    withheld: Withheld,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Markdown (`CommonMark`, GitHub's flavour)
    Md,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let folder = find::folder(args.incident.as_deref(), config)?;
    let peeked = session::peek(&folder, None)?;
    for notice in &peeked.notices {
        out::aside(notice);
    }
    if let Some(preview) = args.withheld.preview(&peeked.incident) {
        out::result(&preview)?;
        return Ok(0);
    }
    let leaving = args.withheld.take_out(&peeked.incident);
    let incident = &leaving.incident;
    let report = match args.format {
        Format::Md => markdown::render(&Outline::of(incident)),
    };
    match &args.output {
        Some(path) => write(path, &report, args.force)?,
        None => out::result(&report)?,
    }
    leaving.say();
    Ok(0)
}

fn write(path: &Path, report: &str, force: bool) -> Result<(), Failure> {
    let shown = path.display();
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => {
            return Err(Failure::new(
                format!("{shown} is not a plain file"),
                "nothing was written; name another",
            ));
        }
        Ok(_) if !force && fs::read(path).ok().as_deref() != Some(report.as_bytes()) => {
            let hint = "nothing was written; name another, or replace it with --force";
            return Err(Failure::new(format!("{shown} exists and holds something else"), hint));
        }
        _ => {}
    }
    file::save(path, report).map_err(|e| {
        Failure::new(format!("{shown} could not be written: {e}"), "what stood there before is untouched")
    })
}
