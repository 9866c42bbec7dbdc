//! `warroom templates`: the outlines that reports can have, and how to write an own one.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::failure::Failure;
use super::out;
use crate::config::Config;
use crate::export::templates::{self, BUILT_IN, FILTERS, FUNCTIONS, PIECES, TESTS, Template, Tool};
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom templates list\n  \
    warroom templates show google-sre > ~/.config/warroom/templates/ours.md\n  \
    warroom export --template ours")]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
#[command(disable_help_subcommand = true)]
enum What {
    /// List all templates, one a line, and where own ones lie
    List,
    /// Print a template: a start for an own one
    Show {
        /// Its name, or a file
        name: String,
    },
    /// Explain how a template is written: every variable and every filter
    Help,
}

/// Columns of the names.
const NAME: usize = 26;

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    match &args.what {
        None | Some(What::List) => out::result(&list(config))?,
        Some(What::Show { name }) => {
            let template = named(name, config)?;
            let lines = Raw::new(template.source.trim_end_matches('\n')).for_term_lines();
            let source = if out::is_watched() {
                lines.iter().fold(String::new(), |all, line| format!("{all}{line}\n"))
            } else {
                template.source
            };
            out::result(&source)?;
        }
        Some(What::Help) => out::result(&help())?,
    }
    Ok(0)
}

/// The template of this name, or at this path.
pub(super) fn named(name: &str, config: &Config) -> Result<Template, Failure> {
    templates::find(name, folder(config).as_deref()).map_err(|error| {
        Failure::new(error.to_string(), "nothing was written; `warroom templates list` shows all there are")
    })
}

/// Where own templates lie: beside the settings file.
fn folder(config: &Config) -> Option<PathBuf> {
    let (file, _) = config.file.as_ref()?;
    Some(file.parent()?.join("templates"))
}

/// The names of all templates, own ones first, each with what it is for.
pub(super) fn names(config: &Config) -> Vec<(String, &'static str)> {
    let own = folder(config).as_deref().map(templates::list).unwrap_or_default();
    let own = own.into_iter().map(|(name, _)| (name, "your own"));
    own.chain(BUILT_IN.iter().map(|built_in| (built_in.name.to_owned(), built_in.about))).collect()
}

fn list(config: &Config) -> String {
    let mut text = String::new();
    let folder = folder(config);
    let own = folder.as_deref().map(templates::list).unwrap_or_default();
    // Writing to a String cannot fail, here and below.
    for built_in in BUILT_IN {
        if !own.iter().any(|(name, _)| name == built_in.name) {
            let _ = writeln!(text, "{:NAME$}{}", built_in.name, built_in.about);
        }
    }
    for (name, path) in &own {
        let instead = BUILT_IN.iter().any(|built_in| built_in.name == name);
        let instead = if instead { ", instead of the one of this program" } else { "" };
        let (name, path) =
            (Raw::new(name).for_term().to_string(), Raw::new(path.to_string_lossy()).for_term());
        let _ = writeln!(text, "{name:NAME$}your own: {path}{instead}");
    }
    if let Some(folder) = folder {
        let folder = Raw::new(folder.to_string_lossy()).for_term();
        let _ = writeln!(text, "\nYour own lie in {folder}, each a file NAME.md; one of the same name wins.");
    }
    text
}

const INTRODUCTION: &str = "\
A template is a file of Markdown. {{ NAME }} prints a value; {% for … %}, {% if … %} and {# a remark #} work as in Jinja.
What was typed is made safe by itself and means in the report what it meant in the record; text of the incident is one
line wherever it stands. What is not known prints \"not recorded\" and counts as false. A name that is not there is an
error that says where. Nothing can be included from elsewhere. A report that takes too many steps or bytes is stopped.

Start from one that works:  warroom templates show google-sre > ours.md;  warroom export --template ours.md
";

/// How a template is written, from the tables that the engine has.
fn help() -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str(
        "\nincident.…  the record, as `warroom show --json` prints it (`warroom schema` describes it); milestones that\n  \
         were not met are left out there: outline.started … outline.closed are always there\n\noutline.…  the story, piece by piece\n",
    );
    for piece in PIECES {
        let _ = writeln!(text, "  {:NAME$}{}", piece.name, piece.help);
    }
    let mut table = |heading: &str, tools: &[Tool]| {
        let _ = writeln!(text, "\n{heading}");
        for tool in tools {
            let _ = writeln!(text, "  {:NAME$}{}", tool.call, tool.help);
        }
    };
    table("{{ … | FILTER }}", FILTERS);
    table("{{ FUNCTION }}", FUNCTIONS);
    table("{% if … is TEST %}", TESTS);
    text
}
