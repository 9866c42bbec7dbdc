//! `warroom export`: the postmortem.

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{find, out};
use crate::config::Config;
use crate::export::redact::{self, Redacted};
use crate::export::{file, mermaid, svg, templates};
use crate::model::Incident;
use crate::session;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom export > postmortem.md\n  warroom export -i 2024-08-10 -o postmortem.md\n  \
        warroom export --template google-sre -o postmortem.md"
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long)]
    incident: Option<String>,
    /// The form of the report
    #[arg(long, default_value = "md")]
    format: Format,
    /// The outline of the report: a name that `warroom templates list` shows, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "default")]
    template: String,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that holds something else
    #[arg(long, requires = "output")]
    force: bool,
    /// Leave passwords, keys and tokens in the report; without this they are taken out, and it is said how many
    #[arg(long)]
    keep_secrets: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Markdown (`CommonMark`, GitHub's flavour)
    Md,
    /// The timeline as a picture
    Svg,
    /// A flowchart as mermaid reads it
    Mermaid,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
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
    let report = match args.format {
        Format::Md => in_form(&args.template, &incident, config)?,
        Format::Svg => svg::timeline(&incident),
        Format::Mermaid => mermaid::flow(&incident),
    };
    match &args.output {
        Some(path) => write(path, &report, args.force)?,
        None => out::result(&report)?,
    }
    if !found.is_empty() {
        let summary = redact::summary(&found);
        out::aside(&format!("{summary}; --keep-secrets leaves them in. The record itself still has them."));
    }
    Ok(0)
}

/// The report as Markdown, in the form of a template.
fn in_form(name: &str, incident: &Incident, config: &Config) -> Result<String, Failure> {
    let template = super::templates::named(name, config)?;
    templates::render(&template.source, incident).map_err(|error| {
        let place = match &template.origin {
            templates::Origin::BuiltIn => template.name.clone(),
            templates::Origin::File(path) => path.display().to_string(),
        };
        Failure::new(format!("the template {place}: {error}"), format!("nothing was written; {}", error.hint))
    })
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
