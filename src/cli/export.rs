//! `warroom export`: the postmortem.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;

use super::failure::Failure;
use super::withheld::Withheld;
use super::{completing, find, out};
use crate::config::Config;
use crate::export::html::Shown;
use crate::export::outline::with_machines;
use crate::export::written::Written;
use crate::export::{csv, file, html, json, mermaid, svg, templates};
use crate::model::{AttachmentKind, Entry, Incident};
use crate::session;
use crate::session::archive::relatives;
use crate::store::attachments::{self, ATTACHMENTS};

/// The template that holds where none is named.
const DEFAULT: &str = "default";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom export > postmortem.md\n  warroom export -i 2024-08-10 -o postmortem.html\n  \
    warroom export --template google-sre -o postmortem.md\n  \
    warroom export --format csv > timeline.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    of: find::Named,
    /// The form of the report [default: as the name of FILE ends, else md]
    #[arg(long)]
    format: Option<Format>,
    /// The outline of a report in Markdown or HTML: a name that `warroom templates list` shows, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = DEFAULT, add = completing::templates())]
    template: String,
    /// Write to this file instead of standard output, which is `-`; a report there that nobody has changed is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that somebody has changed, or that is none of warroom's
    #[arg(long, requires = "output")]
    force: bool,
    /// Tell what alert senders reported and which commands were run, too; otherwise only what is starred of it
    #[arg(long)]
    machines: bool,
    #[command(flatten)]
    withheld: Withheld,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Markdown (`CommonMark`, GitHub's flavour)
    #[value(aliases = ["markdown", "txt"])]
    Md,
    /// One page for a browser or for print, which needs no other file and no network
    #[value(alias = "htm")]
    Html,
    /// The timeline as a picture
    Svg,
    /// The course of events as a flowchart that Mermaid draws
    #[value(alias = "mmd")]
    Mermaid,
    /// The timeline, a row an entry, for a spreadsheet
    Csv,
    /// The incident as `show --json` prints it
    Json,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let format = format(args)?;
    let folder = args.of.folder(config)?;
    let mut peeked = session::peek(&folder, None)?;
    for notice in &peeked.notices {
        out::aside(notice);
    }
    // What scripts read is the record as it is.
    if matches!(format, Format::Md | Format::Html) {
        peeked.incident.related = relatives(&folder, &peeked.incident);
    }
    // Nobody can tell who is to be seen on a picture.
    let shown = match format {
        Format::Html if !args.withheld.hides_people() => shown(&folder, &peeked.incident),
        _ => Shown::default(),
    };
    // What is read by other programs has all of it anyway.
    let machines = args.machines && !matches!(format, Format::Csv | Format::Json);
    let made = |incident: &Incident| {
        let told = machines.then(|| with_machines(incident));
        report(told.as_ref().unwrap_or(incident), format, &args.template, &shown, config)
    };
    if let Some(preview) = args.withheld.preview(&peeked.incident, made) {
        out::result(&preview)?;
        return Ok(0);
    }
    let leaving = args.withheld.take_out(&peeked.incident);
    let report = made(&leaving.incident)?;
    match &args.output {
        Some(path) if path.as_os_str() != "-" => write(path, &report, args.force, config)?,
        _ => out::result(&report)?,
    }
    let missing = attachments::missing(&folder, &peeked.incident);
    if matches!(format, Format::Md) && file::links_pictures(&report, &leaving.incident, &missing) {
        let pictures = folder.join(ATTACHMENTS);
        out::aside(&format!(
            "its pictures are seen with {} copied beside it; export -o FILE.html has them in it",
            pictures.display()
        ));
    }
    if matches!(format, Format::Md | Format::Html)
        && report.contains(ATTACHMENTS)
        && let Some(said) = file::told_missing(&missing, &folder)
    {
        out::aside(&said);
    }
    leaving.say(made);
    if !args.machines && matches!(format, Format::Md | Format::Html) {
        say_what_machines_told(&leaving.incident);
    }
    Ok(0)
}

/// Says how much of what machines told is no part of the report.
fn say_what_machines_told(incident: &Incident) {
    let is_left_out = |entry: &&Entry| entry.kind.is_machine() && !entry.key && !entry.struck;
    let count = incident.timeline.iter().filter(is_left_out).count();
    if count > 0 {
        let (entries, are) = if count == 1 { ("entry", "is") } else { ("entries", "are") };
        out::aside(&format!(
            "{count} {entries} that alert senders, scripts or commands told {are} left out; --machines tells all, /star one of them"
        ));
    }
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
                    "nothing was written; name it .md, .html (a browser prints that as PDF), .svg, .csv or .json, or say --format",
                )
            })
        }
    }
}

/// The attached pictures, for a page. One that is not there, or too long, is told in words alone.
fn shown(folder: &Path, incident: &Incident) -> Shown {
    let mut shown = Shown::default();
    for picture in incident.attachments.iter().filter(|file| file.kind == AttachmentKind::Image) {
        if let Some(name) = picture.kept_as()
            && let Ok(Some(bytes)) = attachments::content(folder, name)
        {
            shown.add(format!("{ATTACHMENTS}/{name}"), &bytes);
        }
    }
    shown
}

fn report(
    incident: &Incident,
    format: Format,
    template: &str,
    shown: &Shown,
    config: &Config,
) -> Result<String, Failure> {
    let told = || in_form(template, incident, config);
    let made = match format {
        Format::Md => return told(),
        Format::Html => {
            let picture = svg::figure(incident);
            return Ok(html::page_with(&incident.title, &told()?, Some(&picture), shown));
        }
        _ if template != DEFAULT => {
            let message = "a template is for reports in Markdown or HTML";
            return Err(Failure::usage(
                message.to_owned(),
                "leave out --template, or say --format md or html",
            ));
        }
        Format::Svg => Ok(svg::timeline(incident)),
        Format::Mermaid => Ok(mermaid::flow(incident)),
        Format::Csv => csv::render(incident),
        Format::Json => json::render(incident).map_err(io::Error::from),
    };
    made.map_err(|error| {
        let hint = "nothing was written; try another --format";
        Failure::new(format!("the report could not be made: {error}"), hint)
    })
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

/// Writes a report to a file, if nothing of anybody's is lost by that.
pub(super) fn write(path: &Path, report: &str, force: bool, config: &Config) -> Result<(), Failure> {
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
