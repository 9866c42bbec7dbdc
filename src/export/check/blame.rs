//! People as causes: "human error", and those who took part named in the cause.

use std::collections::{BTreeSet, HashSet};

use super::case::{Case, Hit, Kind};
use super::hindsight::{is_person, person_before};
use super::words::Words;
use crate::model::EntryKind;
use crate::text::Raw;

/// Everything that is told afterwards.
const TOLD: &[Kind] = &[Kind::Title, Kind::Summary, Kind::Impact, Kind::Cause, Kind::Told, Kind::Luck];

/// What shows that the words before it name a thing: "operator error rate".
const OF_THINGS: &[&str] = &[
    "rate", "rates", "log", "logs", "message", "messages", "code", "codes", "budget", "page", "pages",
    "count",
];

/// Who may be meant as well, where a fault is told.
const ANYBODY: &[&str] =
    &["person", "people", "employee", "employees", "staff", "colleague", "colleagues", "operator"];

/// What a person did, told as a fault.
const FAULTS: &[&str] = &[
    "mistakenly",
    "accidentally",
    "wrongly",
    "carelessly",
    "forgot",
    "neglected",
    "ignored",
    "misconfigured",
    "mistyped",
    "fumbled",
    "inadvertently",
    "incorrectly",
];

pub(super) fn human_error(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for passage in case.english(TOLD) {
        let words = passage.words();
        for at in 0..words.len() {
            let Some(end) = error_of_people(words, at, passage.kind == Kind::Cause) else { continue };
            let span = words.spans(at, end);
            let message = format!(
                "\"{}\" ends the search where it begins: what made this easy to do, and hard to notice?",
                passage.shown(&span)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

fn error_of_people(words: &Words<'_>, at: usize, in_cause: bool) -> Option<usize> {
    let error = |next: &str| matches!(next, "error" | "errors" | "mistake" | "mistakes" | "failure");
    let of_things = |at: usize| OF_THINGS.contains(&words.next(at));
    match words.at(at) {
        "human" if error(words.next(at)) && !of_things(at + 1) => Some(at + 1),
        "operator" | "user" | "pilot" | "engineer" | "admin" if in_cause => {
            (matches!(words.next(at), "error" | "mistake") && !of_things(at + 1)).then_some(at + 1)
        }
        "fat" if matches!(words.next(at), "finger" | "fingered" | "fingers" | "fingering") => Some(at + 1),
        word if in_cause && FAULTS.contains(&word) => (words
            .before_is(at, 3, |word| is_person(word) || ANYBODY.contains(&word))
            || person_before(words, at, 2)
            || words.next(at) == "by" && is_person(words.at(at + 2)))
        .then_some(at),
        _ => None,
    }
}

/// Authors that are programs, and words that are names and more.
const NO_NAMES: &[&str] = &[
    "root",
    "admin",
    "ci",
    "cron",
    "system",
    "ops",
    "sre",
    "oncall",
    "deploy",
    "jenkins",
    "prometheus",
    "grafana",
    "alertmanager",
    "github",
    "gitlab",
    "someone",
    "warroom",
    "monitoring",
    "support",
    "network",
    "database",
    "dba",
    "team",
    "user",
    "test",
    "scribe",
    "commander",
    "will",
    "mark",
    "bill",
    "may",
    "grant",
    "rob",
    "art",
    "dash",
    "june",
    "april",
    "august",
    "hope",
    "joy",
    "faith",
    "grace",
    "chase",
    "pat",
    "sue",
    "jack",
    "miles",
    "drew",
    "ray",
    "don",
    "rich",
    "frank",
    "rose",
    "dawn",
    "ivy",
    "lance",
    "clay",
    "page",
    "sky",
    "me",
    "us",
    "all",
    "here",
    "max",
    "penny",
    "ruby",
    "jade",
    "crystal",
    "dot",
    "iris",
    "robin",
    "storm",
    "summer",
    "autumn",
    "chip",
    "gene",
    "apache",
    "nginx",
    "redis",
    "kafka",
    "vault",
    "consul",
    "puppet",
    "salt",
    "chef",
    "ansible",
    "platform",
    "infra",
];

/// What makes the word before it a thing: "the payments service".
const THINGS: &[&str] = &[
    "service",
    "services",
    "team",
    "cluster",
    "database",
    "db",
    "queue",
    "api",
    "server",
    "node",
    "nodes",
    "pod",
    "pods",
    "job",
    "jobs",
    "host",
    "app",
    "page",
    "proxy",
    "cache",
    "deployment",
    "release",
    "branch",
    "topic",
];

pub(super) fn named_person(case: &Case<'_>) -> Vec<Hit> {
    let names = names(case);
    let mut hits = Vec::new();
    for passage in case.passages().iter().filter(|passage| passage.kind == Kind::Cause) {
        let words = passage.words();
        for at in 0..words.len() {
            let word = words.at(at);
            let bare = word.strip_prefix('@').unwrap_or(word);
            let bare = bare.strip_suffix("'s").unwrap_or(bare);
            let named = word.starts_with('@') || names.contains(bare);
            if named && !THINGS.contains(&words.next(at)) {
                let span = words.span(at);
                let message = format!(
                    "{} is a person, and no cause: tell what anybody in that place would have met",
                    passage.shown(&span)
                );
                hits.push(passage.hit(span, message));
            }
        }
    }
    hits
}

/// The names of those who took part, in small letters, as far as they are nothing else as well.
pub(super) fn names(case: &Case<'_>) -> HashSet<String> {
    let incident = case.incident;
    let mut all: BTreeSet<&Raw> = incident.roles.iter().map(|role| &role.name).collect();
    all.extend(incident.actions.iter().filter_map(|action| action.owner.as_ref()));
    for entry in &incident.timeline {
        // What sends alerts is no person.
        if !matches!(entry.kind, EntryKind::Alert | EntryKind::Command) {
            all.insert(&entry.by);
        }
        all.extend(&entry.people);
    }
    for h in &incident.hypotheses {
        all.extend(h.owner.as_ref());
        all.extend(h.tests.iter().filter_map(|test| test.owner.as_ref()));
        all.extend(h.evidence.iter().map(|evidence| &evidence.by));
    }
    all.extend(incident.updates.iter().map(|update| &update.by));
    let mut other: HashSet<String> = HashSet::new();
    for thing in incident.services.iter().chain(incident.hypotheses.iter().map(|h| h.subject.raw())) {
        let words = Words::of(thing.as_typed());
        other.extend((0..words.len()).map(|at| words.at(at).to_owned()));
    }
    let mut names = HashSet::new();
    for name in all {
        let words = Words::of(name.as_typed());
        let parts: Vec<&str> = (0..words.len()).map(|at| words.at(at).trim_start_matches('@')).collect();
        let a_group = parts.iter().any(|part| THINGS.contains(part) || part.contains("bot"));
        let fits =
            |part: &&str| part.chars().count() > 2 && !NO_NAMES.contains(part) && !other.contains(*part);
        // Of two words the first is what people are called by; of more, it is no name.
        if !a_group && (1..=3).contains(&parts.len()) {
            names.extend(parts.iter().filter(|part| fits(part)).map(|part| (*part).to_owned()));
        }
    }
    names
}
