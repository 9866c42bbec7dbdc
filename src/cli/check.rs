//! `warroom check`: what the report still lacks, what contradicts itself, and words that blame.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;

use super::failure::Failure;
use super::{find, marked, out};
use crate::config::Config;
use crate::export::check::{self, Brief, Finding, RULES, Rule, Severity};
use crate::export::templates;
use crate::model::Incident;
use crate::session;
use crate::text::{self, Raw};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 where nothing was found, 1 where anything was.\nExamples:\n  warroom check\n  \
    warroom check --json | jq -r '.[].rule'\n  warroom check --explain counterfactual"
)]
pub(super) struct Args {
    #[command(flatten)]
    of: find::Named,
    /// As JSON: an array with an object for each finding; its span is in bytes
    #[arg(long)]
    json: bool,
    /// Count the words of this short report (Markdown): neither too few nor too many. Without it those of `export --template
    /// brief` are counted, and what the record makes can only be too long
    #[arg(long, value_name = "FILE")]
    brief: Option<PathBuf>,
    /// Say what a rule looks for, why, and how it could be said instead
    #[arg(long, value_name = "ID", conflicts_with_all = ["json", "list", "named", "incident", "brief"])]
    explain: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with_all = ["json", "named", "incident", "brief"])]
    list: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    if let Some(id) = &args.explain {
        let rule = check::rule(id).ok_or_else(|| unknown(id))?;
        out::result(&explained(rule))?;
        return Ok(0);
    }
    if args.list {
        out::result(&listed(&config.check.off))?;
        return Ok(0);
    }
    let folder = args.of.folder(config)?;
    let given = args.brief.as_deref().map(std::fs::read_to_string).transpose();
    let given = given.map_err(|e| {
        Failure::new(format!("the brief cannot be read: {e}"), "name a file of Markdown in UTF-8")
    })?;
    let peeked = session::peek(&folder, None)?;
    for notice in &peeked.notices {
        out::aside(notice);
    }
    let made = made(&peeked.incident, config);
    let brief = given.as_deref().map(Brief::Given).or(made.as_deref().map(Brief::Made));
    let findings = check::findings(&peeked.incident, &config.check, brief);
    if args.json {
        let rows: Vec<Row<'_>> = findings.iter().map(Row::from).collect();
        let json = serde_json::to_string_pretty(&rows).unwrap_or_default();
        out::result(&format!("{}\n", text::json::printable(&json)))?;
    } else {
        let mut notes: Vec<String> =
            check::note(&peeked.incident, &config.check, brief).into_iter().collect();
        notes.extend(check::still_open(&peeked.incident, &config.check));
        notes.extend(numbers_move(&findings));
        out::result(&plain(&findings, &notes))?;
    }
    Ok(u8::from(!findings.is_empty()))
}

/// The brief that `export --template brief` prints.
fn made(incident: &Incident, config: &Config) -> Option<String> {
    let brief = super::templates::named("brief", config).ok()?;
    match templates::render(&brief.source, incident) {
        Ok(brief) => Some(brief),
        Err(error) => {
            out::aside(&format!("the length of the brief is not checked: its template: {error}"));
            None
        }
    }
}

fn unknown(id: &str) -> Failure {
    let shown = Raw::new(id).for_term().cut(40);
    let near = check::nearest(id);
    let hint = match &near[..] {
        [] => "--list has all of them".to_owned(),
        near => format!("perhaps {}; --list has all of them", near.join(", ")),
    };
    Failure::usage(format!("no rule is called {shown}"), hint)
}

/// A finding as JSON has it.
#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    severity: &'a str,
    about: &'a str,
    text: Option<&'a Raw>,
    span: Option<&'a Range<usize>>,
    message: String,
    fix: &'a str,
}

impl<'a> From<&'a Finding> for Row<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.id,
            severity: finding.rule.severity.word(),
            about: &finding.about,
            text: finding.text.as_ref(),
            span: finding.span.as_ref(),
            message: finding.told(),
            fix: &finding.fix,
        }
    }
}

/// Says that the numbers of a list move, where the commands cannot be followed one after the other as they stand.
fn numbers_move(findings: &[Finding]) -> Option<String> {
    let mut lowest: HashMap<&str, u32> = HashMap::new();
    for finding in findings {
        let Some((list, number)) = finding.fix.strip_prefix("/strike ").and_then(|fix| fix.split_once(' '))
        else {
            continue;
        };
        let Ok(number) = number.parse() else { continue };
        if lowest.insert(list, number).is_some_and(|before| before <= number) {
            return Some(format!(
                "/strike {list} takes one out, and those after it move up: check again before the next."
            ));
        }
    }
    None
}

/// The findings for people, by severity, and what is said beside them.
fn plain(findings: &[Finding], notes: &[String]) -> String {
    let mut out = listing(findings);
    for note in notes {
        out.push_str(&format!("{note}\n"));
    }
    out
}

fn listing(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing found.\n".into();
    }
    let mut out = String::new();
    let mut counts = Vec::new();
    for severity in Severity::ALL {
        let of: Vec<&Finding> = findings.iter().filter(|f| f.rule.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        counts.push(format!("{} {}", of.len(), severity.word()));
        let heading = match severity {
            Severity::Must => "Must be mended",
            Severity::Should => "Should be better",
        };
        out.push_str(&format!("{heading}\n"));
        for finding in of {
            out.push_str(&shown(finding));
        }
        out.push('\n');
    }
    out.push_str(&format!(
        "{} found: {}. `warroom check --explain ID` says why.\n",
        findings.len(),
        counts.join(", ")
    ));
    out
}

fn shown(finding: &Finding) -> String {
    let mut out = format!("\n{}: {}", finding.about, finding.told());
    if let Some(text) = &finding.text {
        out.push_str(&marked::rows(text, finding.span.as_ref()));
    }
    // Only where something is to be typed on; the grammar does not take the mark for it.
    let on = if finding.fix.ends_with(' ') { "…" } else { "" };
    out.push_str(&format!("\n  Hint: {}{on}  ({})\n", finding.fix, finding.rule.id));
    out
}

fn explained(rule: &Rule) -> String {
    let looks_for = if rule.waits_for_the_end() {
        format!("{}; not while the incident goes on", rule.looks_for)
    } else {
        rule.looks_for.to_owned()
    };
    format!(
        "{} ({})\n\nLooks for  {looks_for}\nWhy        {}\nSource     {}\n\nWrong      {}\nRight      {}\n\n\
        To switch it off, in the settings file:\n  [check]\n  off = [\"{}\"]\n",
        rule.id,
        rule.severity.word(),
        rule.why,
        rule.source,
        rule.wrong,
        rule.right,
        rule.id
    )
}

fn listed(off: &[String]) -> String {
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut out = String::new();
    for severity in Severity::ALL {
        for rule in RULES.iter().filter(|rule| rule.severity == severity) {
            let off = if off.iter().any(|off| off == rule.id) { " (switched off)" } else { "" };
            out.push_str(&format!("{:6}  {:widest$}  {}{off}\n", severity.word(), rule.id, rule.looks_for));
        }
    }
    out
}
