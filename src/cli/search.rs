//! `warroom search`: words in everything that was ever recorded, with where they stand.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::Failure;
use super::filtered::Filtered;
use super::list::{count, severity};
use super::{find, out};
use crate::archive::{Query, Snippet, Term};
use crate::config::Config;
use crate::session::archive::{Archive, Hit};
use crate::text::{self, Raw};

/// How many incidents are shown where nothing else is said.
const SHOWN: usize = 10;
/// The columns of a place, where it is not longer.
const PLACE: usize = 24;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom search pool exhausted\n  warroom search '\"load balancer\"' cert\n  \
    warroom search certificate --since 2y --service checkout\n  warroom search dns --json | jq -r '.[].id'\n\n\
    All words have to stand in the incident, wherever; case and accents do not matter, and the last word may be the \
    beginning of one. Other names count, too (db, database; your own under [synonyms] in the settings). What stands in \
    double quotes is searched for as it is; -WORD leaves out what has that word ('dns -cron' in quotes, or dns -- \
    -cron: the shell's options begin with -, too). Titles count most, then causes and \
    hypotheses, actions, entries, and all else. Exit code 1 where nothing is found."
)]
pub(super) struct Args {
    /// What to look for
    #[arg(required = true)]
    words: Vec<OsString>,
    /// At most so many incidents
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    limit: usize,
    /// As a JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filtered: Filtered,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let filter = args.filtered.filter(config)?;
    let words: Vec<_> = args.words.iter().map(|word| word.to_string_lossy()).collect();
    let query = Query::read(&Raw::new(words.join(" "))).with_names(&config.subjects);
    if query.is_empty() {
        let hint = "search for letters or digits; -WORD only leaves out";
        return Err(Failure::usage("there is no word to look for in that", hint));
    }
    if query.left_out > 0 {
        out::aside(&format!(
            "The last {} were left out: that is more than is searched for.",
            count(query.left_out, "word")
        ));
    }
    let mut archive = find::archive(config)?;
    archive.trouble().into_iter().for_each(out::aside);
    let mut hits = archive.search(&query);
    let everywhere = hits.len();
    if !filter.is_empty() {
        let meant: HashSet<PathBuf> = archive
            .digests()
            .into_iter()
            .filter(|(_, digest)| filter.takes(digest))
            .map(|(folder, _)| folder)
            .collect();
        hits.retain(|hit| meant.contains(&hit.folder));
    }
    let all = hits.len();
    hits.truncate(args.limit);
    let shown: Vec<(Hit, Vec<Snippet>)> = hits
        .into_iter()
        .map(|hit| {
            let snippets = archive.snippets(&hit.folder, &query);
            (hit, snippets)
        })
        .collect();
    if args.json {
        let found: Vec<Value> =
            shown.iter().filter_map(|(hit, snippets)| as_json(&archive, hit, snippets)).collect();
        let json = serde_json::to_string_pretty(&found).unwrap_or_default();
        out::result(&format!("{}\n", text::json::printable(&json)))?;
    } else {
        let found: String =
            shown.iter().filter_map(|(hit, snippets)| told(&archive, hit, snippets)).collect();
        out::result(&found)?;
    }
    if all == 0 {
        nothing(&mut archive, &query, everywhere);
        if let Some(field) = words.iter().find_map(|word| field(word)) {
            let field = Raw::new(field).for_term();
            out::aside(&format!(
                "Hint: everything is searched, and no field by its name: leave out “{field}:”"
            ));
        }
    } else if all > shown.len() && !args.json {
        out::aside(&format!("{} more: --limit {all} shows all.", all - shown.len()));
    }
    Ok(u8::from(all == 0))
}

/// What stands before a colon, as where a field is asked for: `title:login`.
fn field(word: &str) -> Option<&str> {
    let (field, rest) = word.split_once(':')?;
    let is_name = !field.is_empty() && field.chars().all(char::is_alphabetic);
    (is_name && rest.starts_with(char::is_alphanumeric)).then_some(field)
}

fn told(archive: &Archive, hit: &Hit, snippets: &[Snippet]) -> Option<String> {
    let kept = archive.kept_in(&hit.folder)?;
    let card = kept.card.as_ref().ok()?;
    let id = super::list::id(kept);
    let mut told = format!("{id}  {}  {}\n", severity(card), card.title.for_term());
    for snippet in snippets {
        let place = snippet.place.for_term();
        let gap = " ".repeat(PLACE.saturating_sub(place.width()));
        let pieces = snippet.pieces.iter().map(|(piece, found)| {
            let piece = piece.for_term();
            if *found { out::bold(piece.as_str()) } else { piece.to_string() }
        });
        told.push_str(&format!("    {place}{gap}  {}\n", pieces.collect::<String>()));
    }
    Some(told)
}

fn as_json(archive: &Archive, hit: &Hit, snippets: &[Snippet]) -> Option<Value> {
    let card = archive.kept_in(&hit.folder)?.card.as_ref().ok()?;
    let snippets = snippets.iter().map(|snippet| {
        let text: String = snippet.pieces.iter().map(|(piece, _)| piece.for_term().to_string()).collect();
        let found: Vec<&Raw> = snippet.pieces.iter().filter(|(_, found)| *found).map(|(piece, _)| piece).collect();
        json!({ "part": snippet.part, "where": snippet.place, "id": snippet.id, "text": text, "found": found })
    });
    Some(json!({
        "id": card.id, "folder": hit.folder.to_string_lossy(), "title": card.title, "severity": card.severity,
        "status": card.status, "score": hit.score, "snippets": snippets.collect::<Vec<_>>(),
    }))
}

/// Says that nothing is found, and what might be.
fn nothing(archive: &mut Archive, query: &Query, everywhere: usize) {
    if everywhere > 0 {
        let are = if everywhere == 1 { "incident has" } else { "incidents have" };
        out::aside(&format!(
            "Nothing found: {everywhere} {are} that, and the options leave all of them out."
        ));
        return;
    }
    let mut hints = Vec::new();
    let alone = |term: &&Term| Query { terms: vec![(*term).clone()], ..Query::default() };
    let missing: Vec<&Term> = query.terms.iter().filter(|term| !archive.has(&alone(term))).collect();
    let words: Vec<&str> = missing.iter().flat_map(|term| &term.tokens).map(String::as_str).collect();
    let mut proposed = archive.alike(&words).into_iter();
    for term in &missing {
        let word = Raw::new(term.tokens.join(" ")).for_term();
        let alike = proposed.by_ref().take(term.tokens.len()).collect::<Vec<_>>().concat();
        let alike = Raw::new(alike.join(", ")).for_term();
        hints.push(if alike.as_str().is_empty() {
            format!("“{word}” stands nowhere")
        } else {
            format!("“{word}” stands nowhere; spelt almost like it: {alike}")
        });
    }
    let all = count(archive.kept().len(), "incident");
    out::aside(&format!("Nothing found in {all}."));
    if missing.is_empty() && query.terms.len() > 1 {
        hints.push(
            "each of the words stands somewhere, but not all in one incident: leave one out".to_owned(),
        );
    }
    for hint in hints {
        out::aside(&format!("Hint: {hint}"));
    }
}
