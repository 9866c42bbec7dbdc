//! `warroom list`: all incidents, or those that are meant.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::Failure;
use super::filtered::Filtered;
use super::{find, out};
use crate::archive::{Card, Digest, Facts};
use crate::config::Config;
use crate::model::{Face, HypothesisStatus, Instant};
use crate::session::archive::{Archive, Kept};
use crate::session::clock::{Clock as _, Wall};
use crate::session::peek;
use crate::text::{self, Raw, TermText};
use crate::tui::terms::Terms;

/// The narrowest screen that has room for when it began, and for the services.
const WIDE: u16 = 120;
/// The most columns that the ids have.
const WIDEST: usize = 40;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom list\n  warroom list --since 90d --service checkout\n  \
    warroom list --until 2023 --cause 'load balancer'\n  warroom list --json | jq -r '.[].id'\n\n\
    Those that are going on come first, then the newest. What is read is kept in an index beside the incidents, \
    index.db: a cache, which may be deleted at any time.")]
pub(super) struct Args {
    #[command(flatten)]
    filtered: Filtered,
    /// Those as well that were merged into another one
    #[arg(long)]
    all: bool,
    /// As a JSON array
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let filter = args.filtered.filter(config)?;
    let mut archive = find::archive(config)?;
    let mut shown: Vec<Kept> = in_order(&archive, args.all);
    if !filter.is_empty() {
        let digests: HashMap<PathBuf, Digest> = archive.digests().into_iter().collect();
        shown.retain(|kept| digests.get(&kept.folder).is_some_and(|digest| filter.takes(digest)));
    }
    if args.json {
        let all = as_json(&mut archive, &shown);
        let json = serde_json::to_string_pretty(&all).unwrap_or_default();
        out::result(&format!("{}\n", text::json::printable(&json)))?;
    } else if shown.is_empty() && !archive.kept().is_empty() {
        out::aside(&format!(
            "No incident fits these filters; without them: {}.",
            count(archive.kept().len(), "incident")
        ));
    } else {
        let twins = archive.twins(&shown);
        print(&shown, &twins)?;
    }
    Ok(0)
}

/// `warroom` alone where nobody looks, and not exactly one incident is unresolved.
pub(super) fn bare(archive: &Archive) -> Result<u8, Failure> {
    print(&in_order(archive, false), &HashMap::new())?;
    out::aside(
        "`warroom new TITLE` starts an incident, `warroom open ID` opens one, `warroom --help` shows the rest.",
    );
    Ok(0)
}

/// Those that are going on first, then those that cannot be read, for one of them may be, then the newest.
fn in_order(archive: &Archive, all: bool) -> Vec<Kept> {
    let stays = |kept: &&Kept| all || !kept.is_merged_away();
    let mut all: Vec<Kept> = archive.kept().iter().filter(stays).cloned().collect();
    all.sort_by(|a, b| a.place().cmp(&b.place()));
    all
}

fn print(shown: &[Kept], twins: &HashMap<Raw, Raw>) -> Result<(), Failure> {
    if shown.is_empty() {
        out::aside("No incident yet. Start one with `warroom new TITLE`.");
        return Ok(());
    }
    let terms = Terms::of("auto", |name| std::env::var(name).ok());
    let wide = out::is_watched() && terms.size.is_some_and(|(columns, _)| columns >= WIDE);
    let most = widest();
    let columns = shown.iter().map(|kept| id(kept).width()).max().unwrap_or_default().min(most);
    let now = Wall.now();
    let rows = shown.iter().map(|kept| row(kept, columns, wide, now) + &likely(kept, twins) + "\n");
    out::result(&rows.collect::<String>())
}

/// The most columns that ids have: all they need where a script reads them, for they are names of folders.
pub(super) fn widest() -> usize {
    if out::is_watched() { WIDEST } else { usize::MAX }
}

/// What it is likely to be a second record of.
fn likely(kept: &Kept, twins: &HashMap<Raw, Raw>) -> String {
    let twin = kept.card.as_ref().ok().and_then(|card| twins.get(&card.id));
    twin.map_or_else(String::new, |twin| format!(" · likely the same as {}", twin.for_term()))
}

pub(super) fn id(kept: &Kept) -> TermText {
    Raw::new(kept.name()).for_term()
}

fn row(kept: &Kept, columns: usize, wide: bool, now: Instant) -> String {
    // Its start is enough for all commands.
    let id = id(kept).cut(columns);
    let gap = " ".repeat(columns.saturating_sub(id.width()));
    match &kept.card {
        Ok(card) => {
            let actions =
                if card.open_actions > 0 { format!("{} open", card.open_actions) } else { String::new() };
            let rest = if wide { besides(card) } else { String::new() };
            let (severity, lasted) = (severity(card), card.lasted(now));
            let title = card.title.for_term();
            format!(
                "{id}{gap}  {severity}  {:13}  {lasted:>8}  {actions:>7}  {title}{rest}",
                card.status.word()
            )
        }
        Err(why) => format!("{id}  cannot be read: {}", Raw::new(why).for_term()),
    }
}

/// When it began, and the services.
fn besides(card: &Card) -> String {
    let began = card.began.map(|began| Face::new(&card.zone, card.clock).instant(began));
    let services = card.services.iter().map(|service| service.for_term().to_string());
    let facts = [began.unwrap_or_default(), services.collect::<Vec<_>>().join(", ")];
    facts.into_iter().filter(|fact| !fact.is_empty()).fold(String::new(), |all, fact| all + " · " + &fact)
}

pub(super) fn severity(card: &Card) -> String {
    card.severity.map_or_else(|| "    ".to_owned(), |severity| format!("SEV{severity}"))
}

pub(super) fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

fn as_json(archive: &mut Archive, shown: &[Kept]) -> Vec<Value> {
    let related_by = archive.related_by();
    let folders: Vec<PathBuf> = shown.iter().map(|kept| kept.folder.clone()).collect();
    let mut facts = archive.facts(&folders);
    facts.resize(shown.len(), None);
    shown.iter().zip(facts).map(|(kept, facts)| one_as_json(kept, facts, &related_by)).collect()
}

fn one_as_json(kept: &Kept, facts: Option<(Digest, Facts)>, related_by: &HashMap<Raw, Vec<Raw>>) -> Value {
    let folder = kept.folder.to_string_lossy();
    let refused = |why: &str| json!({ "id": id(kept).as_str(), "folder": folder, "error": why });
    if let Err(why) = &kept.card {
        return refused(why);
    }
    let read = facts.map_or_else(
        || peek(&kept.folder, None).map(|peeked| (Digest::of(&peeked.incident), Facts::of(&peeked.incident))),
        Ok,
    );
    match read {
        Ok((digest, facts)) => json!({
            "id": digest.id, "folder": folder, "title": digest.title, "severity": digest.severity,
            "status": digest.status, "services": digest.services, "milestones": facts.milestones,
            "related": digest.related, "related_by": related_by.get(&digest.id).cloned().unwrap_or_default(),
            "merged": digest.merged, "merged_into": digest.merged_into,
            "metrics": facts.metrics, "hypotheses": hypotheses(&digest), "entries": digest.entries,
            "open_actions": digest.open_todos().count(), "tags": digest.tags, "doubts": digest.doubts,
        }),
        Err(why) => refused(&why.to_string()),
    }
}

fn hypotheses(digest: &Digest) -> Value {
    let count = |status| digest.guesses.iter().filter(|guess| guess.status == status).count();
    json!({
        "open": count(HypothesisStatus::Open), "testing": count(HypothesisStatus::Testing),
        "ruled_out": count(HypothesisStatus::RuledOut), "confirmed": count(HypothesisStatus::Confirmed),
        "parked": count(HypothesisStatus::Parked),
    })
}
