//! `warroom list`: all incidents.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::failure::Failure;
use super::find;
use super::out;
use crate::archive::{Digest, merged_away};
use crate::config::Config;
use crate::model::{HypothesisStatus, Incident};
use crate::session::{Found, Shelf};
use crate::text::{self, Raw, TermText};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom list\n  warroom list --json | jq -r '.[].id'")]
pub(super) struct Args {
    /// As a JSON array
    #[arg(long)]
    json: bool,
    /// Those that became a part of another one, too
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let shelf = find::all(config)?;
    if args.json {
        let by = related_by(&shelf);
        let all: Vec<Value> = listed(&shelf, args.all).into_iter().map(|found| as_json(found, &by)).collect();
        let json = serde_json::to_string_pretty(&all).unwrap_or_default();
        out::result(&format!("{}\n", text::json::printable(&json)))?;
        return Ok(0);
    }
    print(&shelf, args.all)
}

/// All, but for those that are a part of another one now.
fn listed(shelf: &Shelf, all: bool) -> Vec<&Found> {
    let digests: Vec<Digest> =
        shelf.found().iter().filter_map(|found| found.incident.as_ref().ok()).map(Digest::of).collect();
    let away = if all { HashSet::new() } else { merged_away(&digests) };
    let stays =
        |found: &&Found| found.incident.as_ref().map_or(true, |incident| !away.contains(&incident.id));
    shelf.found().iter().filter(stays).collect()
}

/// `warroom` alone where nobody looks, and not exactly one incident is unresolved.
pub(super) fn bare(shelf: &Shelf) -> Result<u8, Failure> {
    print(shelf, false)?;
    out::aside(
        "`warroom new TITLE` starts an incident, `warroom open ID` opens one, `warroom --help` shows the rest.",
    );
    Ok(0)
}

fn print(shelf: &Shelf, all: bool) -> Result<u8, Failure> {
    if shelf.found().is_empty() {
        out::aside("No incident yet. Start one with `warroom new TITLE`.");
    } else {
        out::result(&listed(shelf, all).into_iter().map(row).collect::<String>())?;
    }
    Ok(0)
}

fn id(found: &Found) -> TermText {
    let name = found.folder.file_name().unwrap_or_default().to_string_lossy();
    crate::text::Raw::new(name).for_term()
}

fn row(found: &Found) -> String {
    let id = id(found);
    match &found.incident {
        Ok(incident) => {
            let severity = incident.severity.map_or_else(|| "    ".to_owned(), |s| format!("SEV{s}"));
            format!("{id}  {severity}  {:13}  {}\n", incident.status.word(), incident.title.for_term())
        }
        Err(why) => format!("{id}  cannot be read: {}\n", crate::text::Raw::new(why).for_term()),
    }
}

/// Which incidents name which others as related, by the id of the other one.
fn related_by(shelf: &Shelf) -> HashMap<Raw, Vec<Raw>> {
    let mut by: HashMap<Raw, Vec<Raw>> = HashMap::new();
    for incident in shelf.found().iter().filter_map(|found| found.incident.as_ref().ok()) {
        for other in &incident.related {
            by.entry(other.clone()).or_default().push(incident.id.clone());
        }
    }
    by
}

fn as_json(found: &Found, related_by: &HashMap<Raw, Vec<Raw>>) -> Value {
    let folder = found.folder.to_string_lossy();
    match &found.incident {
        Ok(incident) => json!({
            "id": incident.id, "folder": folder, "title": incident.title, "severity": incident.severity,
            "status": incident.status, "services": incident.services, "milestones": incident.milestones,
            "related": incident.related, "related_by": related_by.get(&incident.id).cloned().unwrap_or_default(),
            "merged": incident.merged, "merged_into": incident.merged_into,
            "metrics": incident.metrics, "hypotheses": hypotheses(incident), "entries": incident.timeline.len(),
        }),
        Err(why) => json!({ "id": id(found).as_str(), "folder": folder, "error": why }),
    }
}

fn hypotheses(incident: &Incident) -> Value {
    let count = |status| incident.hypotheses.iter().filter(|h| h.status == status).count();
    json!({
        "open": count(HypothesisStatus::Open), "testing": count(HypothesisStatus::Testing),
        "ruled_out": count(HypothesisStatus::RuledOut), "confirmed": count(HypothesisStatus::Confirmed),
        "parked": count(HypothesisStatus::Parked),
    })
}
