//! `warroom insights`: what many incidents say together.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::ValueEnum as _;

use super::failure::Failure;
use super::filtered::Filtered;
use super::{export, find, out};
use crate::archive::{Digest, Filter, figures, merged_away};
use crate::config::Config;
use crate::export::{insights, redact, svg};
use crate::model::insight::Insight;
use crate::session::clock::{Clock as _, Wall};
use crate::text::{self, Raw};
use crate::tui::terms::Terms;

/// The widest page, and that of a pipe.
const WIDE: usize = 80;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom insights\n  warroom insights --since 2024 --service checkout\n  \
    warroom insights --json | jq '.suspects[] | select(.confirmed == 0)'\n  \
    warroom insights --since 1y -o past-year.html"
)]
pub(super) struct Args {
    #[command(flatten)]
    filtered: Filtered,
    /// As JSON
    #[arg(long, conflicts_with_all = ["format", "output"])]
    json: bool,
    /// The form [default: as the name of FILE ends, else a page of text]
    #[arg(long)]
    format: Option<Format>,
    /// Write to this file instead of standard output, which is `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that somebody has changed, or that is none of warroom's
    #[arg(long, requires = "output")]
    force: bool,
    /// Leave passwords, keys and tokens in Markdown, HTML and SVG; without this they are taken out
    #[arg(long)]
    no_redact: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A page of text, with the lengths of time drawn as dots
    #[value(alias = "txt")]
    Text,
    /// Sections of Markdown, to stand in a report
    #[value(alias = "markdown")]
    Md,
    /// One page for a browser or for print, with the picture
    #[value(alias = "htm")]
    Html,
    /// The picture
    Svg,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let format = format(args)?;
    let filter = args.filtered.filter(config)?;
    let mut archive = find::archive(config)?;
    let mut digests: Vec<Digest> = archive.digests().into_iter().map(|(_, digest)| digest).collect();
    // Before they are chosen: of two that are one, a filter may take only the one that is part of the other.
    let gone: HashSet<Raw> = merged_away(&digests).into_iter().cloned().collect();
    digests.retain(|digest| !gone.contains(&digest.id) && filter.takes(digest));
    let today = config.zone.at(Wall.now()).date_naive();
    let mut insight = figures::of(&digests, today, &config.subjects, chosen(&filter));
    if args.json {
        let json = serde_json::to_string_pretty(&insight).unwrap_or_default();
        out::result(&format!("{}\n", text::json::printable(&json)))?;
        return Ok(0);
    }
    let leaves = format != Format::Text && !args.no_redact;
    let left_out = if leaves { insights::redact(&mut insight) } else { Vec::new() };
    let report = match format {
        Format::Text => page(&insight),
        Format::Md => insights::in_markdown(&insight, false),
        Format::Html => insights::in_html(&insight),
        Format::Svg => svg::insights(&insight),
    };
    match &args.output {
        Some(path) if path.as_os_str() != "-" => export::write(path, &report, args.force, config)?,
        _ => out::result(&report)?,
    }
    if !left_out.is_empty() {
        out::aside(&format!("{}; --no-redact leaves them in", redact::summary(&left_out)));
    }
    Ok(0)
}

/// The form that was asked for, else the one that the file's name promises.
fn format(args: &Args) -> Result<Format, Failure> {
    let ending = args.output.as_ref().and_then(|path| path.extension());
    match (args.format, ending) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Text),
        (None, Some(ending)) => Format::from_str(&ending.to_string_lossy(), true).map_err(|_| {
            let ending = Raw::new(ending.to_string_lossy()).for_term();
            let hint = "nothing was written; name it .txt, .md, .html or .svg, or say --format";
            Failure::usage(format!("no form of this is known by the ending .{ending}"), hint)
        }),
    }
}

fn page(insight: &Insight) -> String {
    let terms = Terms::of("auto", |name| std::env::var(name).ok());
    let width = terms.size.map_or(WIDE, |(columns, _)| usize::from(columns).min(WIDE));
    // Where no locale is named, most terminals of today show all of it.
    let ascii = terms.locale.is_some() && !terms.is_utf8();
    let rows = insights::page(insight, width, ascii);
    let rows: Vec<&str> = rows.iter().map(|row| row.text.as_str().trim_end()).collect();
    rows.join("\n") + "\n"
}

/// What was asked for, in words; none for all.
fn chosen(filter: &Filter) -> Option<Raw> {
    let several =
        |name: &str, all: Vec<String>| (!all.is_empty()).then(|| format!("{name} {}", all.join(" or ")));
    let typed = |texts: &[Raw]| texts.iter().map(|text| text.as_typed().to_owned()).collect();
    let parts = [
        filter.since.map(|day| format!("since {day}")),
        filter.until.map(|day| format!("until {day}")),
        several("service", typed(&filter.services)),
        several("severity", filter.severities.iter().map(ToString::to_string).collect()),
        several("cause", filter.cause.iter().map(|cause| cause.as_typed().to_owned()).collect()),
        several("tag", typed(&filter.tags)),
        several("status", filter.statuses.iter().map(ToString::to_string).collect()),
        filter.open.then(|| "not resolved".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Raw::new(parts.join(", ")))
}
