//! `warroom show`: an incident on the terminal, or as JSON.

use std::fmt::Write as _;
use std::path::Path;

use super::failure::Failure;
use super::{find, late, out};
use crate::config::Config;
use crate::export;
use crate::export::check;
use crate::export::outline::metrics::{self, Metric};
use crate::export::outline::why_tests_and_evidence;
use crate::grammar::Desk;
use crate::grammar::handle;
use crate::model::{
    At, Attachment, Decision, Face, FormerRole, Hypothesis, Incident, Link, Note, Precision, Role, Update,
};
use crate::session;
use crate::session::archive::relatives;
use crate::session::clock::{Clock as _, Wall};
use crate::store::attachments::{self, ATTACHMENTS};
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom show\n  warroom show 2024-08-10-checkout\n  warroom show --json | jq .hypotheses\n  \
    warroom show --metrics\n  \
    warroom show --as-of \"10:42\""
)]
pub(super) struct Args {
    #[command(flatten)]
    of: find::Named,
    /// As JSON, in the form of incident.json
    #[arg(long)]
    json: bool,
    /// Only its metrics: how long what took, what each means, and who defines it so
    #[arg(long, conflicts_with = "json")]
    metrics: bool,
    /// As it was known at this time; what was imported counts from when its document says that it happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    as_of: Option<String>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let folder = args.of.folder(config)?;
    let mut peeked = session::peek(&folder, None)?;
    if let Some(as_of) = &args.as_of {
        let incident = &peeked.incident;
        let desk = Desk { incident, now: Wall.now(), typed_last: None, undo: None, redo: None };
        let moment = desk.times().read_whole(as_of).map_err(|e| Failure::argument("--as-of", &e))?;
        let face = Face::of(incident);
        let full = |at: &At| face.full(at, Precision::Minute);
        let (name, asked) = (incident.title.for_term().to_string(), full(&moment.at));
        let first = peeked.begins.map(|begins| full(&begins.into())).unwrap_or_default();
        peeked = session::peek(&folder, moment.last())?;
        if peeked.incident.journal.records == 0 {
            let nothing = format!(
                "{name}: nothing was recorded yet at {asked}. The first of it is known since {first}"
            );
            if !args.json {
                out::result(&format!("{nothing}\n"))?;
                return Ok(0);
            }
            out::aside(&nothing);
        }
    }
    for notice in &peeked.notices {
        out::aside(notice);
    }
    if args.json {
        let json = export::json::render(&peeked.incident).map_err(|error| {
            Failure::new(
                format!("there is no JSON of it: {error}"),
                "show it without --json; please report this",
            )
        })?;
        out::result(&json)?;
    } else if args.metrics {
        out::result(&explained(&peeked.incident))?;
    } else {
        peeked.incident.related = relatives(&folder, &peeked.incident);
        out::result(&plain(&peeked.incident, &folder))?;
    }
    Ok(0)
}

/// Each metric with what it says and where that definition comes from.
fn explained(incident: &Incident) -> String {
    let metrics = metrics::of(incident);
    if metrics.is_empty() {
        return "No milestone is recorded yet: /started 10:00 sets the first\n".into();
    }
    let told = metrics.iter().map(|metric| {
        let Metric { name, value, meaning, source } = metric;
        format!("{name}: {value}\n    {meaning}\n    Defined by: {source}\n")
    });
    told.collect()
}

/// The other incidents that belong to it, a line each kind.
fn others(incident: &Incident) -> String {
    let into: Vec<Raw> = incident.merged_into.iter().cloned().collect();
    let kinds = [
        ("Merged into", "", &into),
        ("Merged in", ":", &incident.merged),
        ("Related", ":", &incident.related),
    ];
    let told = kinds.into_iter().filter(|(.., ids)| !ids.is_empty()).map(|(what, colon, ids)| {
        let ids: Vec<String> = ids.iter().map(|id| id.for_term().to_string()).collect();
        format!("{what}{colon} {}\n", ids.join(", "))
    });
    told.collect()
}

/// The incident as plain lines.
fn plain(incident: &Incident, folder: &Path) -> String {
    let mut out = String::new();
    let severity = incident.severity.map_or(String::new(), |s| format!("SEV{s} "));
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "{severity}{} · {}\n{}",
        incident.status,
        incident.title.for_term(),
        incident.id.for_term()
    );
    out.push_str(&facts(incident));
    out.push_str(&others(incident));
    let metrics = metrics::of(incident);
    if !metrics.is_empty() {
        let _ = writeln!(out, "\nMetrics");
    }
    for metric in metrics {
        let _ = writeln!(out, "  {:19}  {}", metric.name, metric.value);
    }
    let _ = writeln!(out, "\nTimeline");
    let face = Face::of(incident);
    let mut day = None;
    for (entry, handle) in incident.timeline.iter().zip(handle::all(incident)) {
        let date = face.date(&entry.at);
        if date != day {
            day = date;
            let _ = writeln!(out, "  {}", day.map_or_else(|| "day not known".into(), |d| d.to_string()));
        }
        let mark = match (entry.struck, entry.key) {
            (true, _) => "struck: ",
            (false, true) => "★ ",
            _ => "",
        };
        let when = face.labelled(&entry.moment());
        let by = entry.told_by().for_term();
        let line = entry.source.as_ref().and_then(|source| source.line);
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        let late = late::logged(entry, incident).map_or_else(String::new, |late| format!(", {late}"));
        let _ = writeln!(
            out,
            "  {when}  {mark}{}  ({by}{line}{late}, {handle})",
            entry.with_state(&face).for_term()
        );
    }
    if !incident.hypotheses.is_empty() {
        let _ = writeln!(out, "\nHypotheses");
    }
    incident.hypotheses.iter().for_each(|h| out.push_str(&of_hypothesis(h, incident)));
    if !incident.actions.is_empty() {
        let _ = writeln!(out, "\nActions");
    }
    for a in &incident.actions {
        let state = a.status.word();
        let owner = a.owner.as_ref().map(Raw::for_term).map_or(String::new(), |o| format!(" @{o}"));
        let due = a.due.map_or(String::new(), |d| format!(" due {d}"));
        let _ = writeln!(out, "  {:>2} {state:7}  {}{owner}{due}", a.number, a.text.for_term());
    }
    out.push_str(&afterwards(incident, folder));
    out.push_str(&doubts(incident));
    out
}

/// A hypothesis: how it stands and the reason for that, then that it was opened again, why it is suspected, its tests and the evidence, as the report
/// words them.
fn of_hypothesis(h: &Hypothesis, incident: &Incident) -> String {
    let reason = match &h.reason {
        _ if h.owes_a_reason() => format!(" — ! no reason given: {}WHY", check::reason_for(h)),
        Some(reason) => format!(" — reason: {}", reason.for_term()),
        None => String::new(),
    };
    let owner = h.owner.as_ref().filter(|_| !h.status.is_closed()).map(Raw::for_term);
    let owner = owner.map_or(String::new(), |owner| format!(" @{owner}"));
    let mut out = format!("  {:9}  {}{owner}{reason}\n", h.status.words(), h.subject.raw().for_term());
    for row in why_tests_and_evidence(h, incident) {
        let row: String = row.iter().map(|span| span.text.as_typed()).collect();
        let _ = writeln!(out, "             {}", Raw::new(row).for_term());
    }
    out
}

/// What is told of the whole, a line each.
fn facts(incident: &Incident) -> String {
    let list = |all: Vec<String>| Some(all.join(", ")).filter(|all| !all.is_empty());
    let joined = |all: &[Raw]| list(all.iter().map(|one| one.for_term().to_string()).collect());
    let text = |text: &Option<Raw>| text.as_ref().map(|text| text.for_term().to_string());
    let affected: Vec<Raw> = incident.impact.affected.iter().map(|one| one.text.clone()).collect();
    let role = |one: &Role| format!("{} @{}", one.role.for_term(), one.name.for_term());
    let former = |one: &FormerRole| {
        let until = one.until.map(|at| format!(" until {}", Face::of(incident).full(&at, Precision::Minute)));
        format!("{} @{}{}", one.role.for_term(), one.name.for_term(), until.unwrap_or_default())
    };
    let all = [
        ("Summary", text(&incident.summary)),
        ("Services", joined(&incident.services)),
        ("Roles", list(incident.roles.iter().map(role).collect())),
        ("Roles before", list(incident.former_roles.iter().map(former).collect())),
        ("Impact", text(&incident.impact.text)),
        ("Affected", joined(&affected)),
        ("Lost", joined(&incident.impact.loss)),
        ("Detection", text(&incident.detection)),
        ("Trigger", text(&incident.trigger)),
        ("Root cause", text(&incident.root_cause)),
        ("Factors", joined(&incident.factors)),
        ("Workaround", text(&incident.resolution.temporary)),
        ("Fix", text(&incident.resolution.permanent)),
    ];
    let told = all.into_iter().filter_map(|(what, value)| Some(format!("{what}: {}\n", value?)));
    told.collect()
}

/// What was sent, decided, attached and learned, and what belongs to it besides: a list each, where there is something.
fn afterwards(incident: &Incident, folder: &Path) -> String {
    let missing = attachments::missing(folder, incident);
    let lessons = &incident.lessons;
    let item = |one: &Raw| one.for_term().to_string();
    let items = |all: &[Raw]| all.iter().map(item).collect::<Vec<_>>();
    let link = |one: &Link| format!("{} {}", one.label.for_term(), one.url.for_term());
    let note = |one: &Note| format!("{}: {}", one.heading.for_term(), one.text.for_term());
    let face = Face::of(incident);
    let full = |at: &At| face.full(at, Precision::Minute);
    let update =
        |one: &Update| format!("{}  {}: {}", full(&one.at), one.audience.for_term(), one.text.for_term());
    let decision = |one: &Decision| {
        let who = one.who.as_ref().map(|who| format!("  (decided by {})", who.for_term()));
        format!("{}  {}{}", full(&one.at), one.text.for_term(), who.unwrap_or_default())
    };
    let file = |one: &Attachment| {
        let is_here = missing.iter().all(|gone| gone.id != one.id);
        let place = one.kept_as().filter(|_| is_here).map(|name| format!(", in {ATTACHMENTS}/{name}"));
        let place = place.unwrap_or_else(|| ", not on this host".into());
        format!("{}  {}{place}", full(&one.at), one.name.for_term())
    };
    let lists = [
        ("Updates", incident.updates.iter().map(update).collect()),
        ("Decisions", incident.decisions.iter().map(decision).collect()),
        ("Attachments", incident.attachments.iter().map(file).collect()),
        ("Went well", items(&lessons.went_well)),
        ("Went wrong", items(&lessons.went_wrong)),
        ("Lucky", items(&lessons.lucky)),
        ("Links", incident.links.iter().map(link).collect()),
        ("Notes", incident.notes.iter().map(note).collect()),
    ];
    let mut out = String::new();
    for (name, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        let _ = writeln!(out, "\n{name}");
        for item in items {
            let _ = writeln!(out, "  {item}");
        }
    }
    out
}

/// What is not sure, by the numbers that `/strike warning N` takes.
fn doubts(incident: &Incident) -> String {
    if incident.warnings.is_empty() {
        return String::new();
    }
    let id = incident.id.for_term();
    let mut out = format!("\nDoubts (`warroom import --review -i {id}` walks through them)\n");
    for (doubt, number) in incident.warnings.iter().zip(1..) {
        let _ = writeln!(out, "  {number:>2}  {}", doubt.for_term());
    }
    out
}
