//! Actions that get done: a verb, an owner, a time, and an end that somebody can see.

use super::case::{Case, Hit, Kind, Passage};
use super::words::Words;
use crate::model::{Action, ActionKind, ActionStatus};

/// What is still to be done, with its text.
fn open<'c, 'a>(case: &'c Case<'a>) -> impl Iterator<Item = (&'a Action, &'c Passage<'a>)> {
    let texts = case.passages().iter().filter(|passage| passage.kind == Kind::Action);
    let all = case.incident.actions.iter().zip(texts);
    all.filter(|(action, _)| action.status == ActionStatus::Open)
}

fn about_all(passage: &Passage<'_>, message: &str) -> Hit {
    Hit::new(&passage.about, message, &passage.fix).within(passage.raw)
}

pub(super) fn without_owner(case: &Case<'_>) -> Vec<Hit> {
    let tasks = open(case).filter(|(action, _)| action.kind == ActionKind::Task && action.owner.is_none());
    tasks.map(|(_, passage)| about_all(passage, "nobody owns it: write @name at its end")).collect()
}

pub(super) fn without_time(case: &Case<'_>) -> Vec<Hit> {
    let tasks = open(case).filter(|(action, _)| action.kind == ActionKind::Task);
    let timeless = tasks.filter(|(action, _)| action.due.is_none() && action.priority.is_none());
    let message = "it has neither a date nor a priority: write due:DAY or p1 at its end";
    timeless.map(|(_, passage)| about_all(passage, message)).collect()
}

/// First words that are no verbs.
const NO_VERBS: &[&str] = &[
    "the",
    "a",
    "an",
    "more",
    "better",
    "no",
    "our",
    "we",
    "all",
    "some",
    "many",
    "new",
    "additional",
    "missing",
    "lack",
    "there",
    "not",
    "faster",
    "stronger",
    "stricter",
    "proper",
    "automatic",
    "automated",
    "regular",
    "alerts",
    "tests",
    "docs",
    "runbook",
    "runbooks",
    "dashboards",
    "metrics",
    "it",
    "this",
    "that",
];

/// Verbs that end like nouns.
const VERBS: &[&str] = &[
    "mention",
    "document",
    "implement",
    "supplement",
    "experiment",
    "cement",
    "position",
    "provision",
    "partition",
    "condition",
    "question",
    "transition",
    "function",
    "commission",
    "decommission",
    "caution",
    "increment",
    "decrement",
    "instrument",
    "augment",
    "comment",
    "complement",
    "segment",
    "fragment",
    "audition",
    "section",
    "balance",
    "rebalance",
    "enhance",
    "finance",
    "reference",
    "sequence",
    "silence",
    "influence",
    "advance",
    "bring",
    "ring",
    "ping",
    "string",
    "sling",
    "swing",
    "fling",
    "spring",
    "sentence",
    "witness",
    "harness",
    "version",
    "station",
    "quantity",
    "distance",
    "instance",
    "action",
    "mission",
    "ration",
    "evidence",
    "sting",
    "reposition",
    "repartition",
    "reprovision",
];

pub(super) fn without_verb(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (_, passage) in open(case) {
        let words = passage.words();
        if !case.is_english(passage) {
            continue;
        }
        let first = words.at(0);
        let noun =
            ["tion", "ment", "ness", "ity", "ance", "ence", "ing"].iter().any(|end| first.ends_with(end));
        if NO_VERBS.contains(&first) || noun && !VERBS.contains(&first) {
            let span = words.span(0);
            let message =
                format!("\"{}\" is no verb: begin it with what is to be done", passage.shown(&span));
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// Verbs that are never done.
const VAGUE: &[&str] = &[
    "improve",
    "investigate",
    "explore",
    "consider",
    "discuss",
    "evaluate",
    "review",
    "revisit",
    "monitor",
    "examine",
    "look",
    "think",
    "try",
    "enhance",
    "strengthen",
    "optimise",
    "optimize",
    "understand",
    "study",
    "assess",
];

/// What gives an action an end: a condition, a limit, a place where the outcome is.
const ENDS: &[&str] = &[
    "so",
    "until",
    "when",
    "whenever",
    "if",
    "before",
    "after",
    "each",
    "every",
    "must",
    "fails",
    "within",
    "below",
    "above",
    "least",
    "most",
    "per",
    "write",
    "document",
    "publish",
    "decide",
    "report",
    "whether",
    "which",
    "why",
    "that",
    "than",
    "weekly",
    "monthly",
    "daily",
    "quarterly",
    "once",
];

/// What asks people to be other people.
const RESOLVES: &[&[&str]] = &[
    &["be", "more"],
    &["be", "careful"],
    &["be", "aware"],
    &["be", "better"],
    &["be", "vigilant"],
    &["pay", "attention"],
    &["pay", "more"],
    &["pay", "closer"],
    &["try", "harder"],
    &["remember", "to"],
    &["take", "care"],
    &["take", "more"],
    &["don't", "forget"],
];

pub(super) fn vague(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (action, passage) in open(case) {
        let words = passage.words();
        if !case.is_english(passage) {
            continue;
        }
        if let Some(resolve) = RESOLVES.iter().find(|these| starts_with(words, these)) {
            let span = words.spans(0, resolve.len() - 1);
            let message = format!(
                "\"{}\" asks people to be others: what would have helped them that day?",
                passage.shown(&span)
            );
            hits.push(passage.hit(span, message));
        } else if VAGUE.contains(&words.at(0)) && !has_end(words) && action.link.is_none() {
            let span = words.span(0);
            let message = format!(
                "\"{}\" is never done: what will be there, or be measured, once it is?",
                passage.shown(&span)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

fn starts_with(words: &Words<'_>, these: &[&str]) -> bool {
    words.at(0) == these[0] && words.follow(0, &these[1..]).is_some()
}

fn has_end(words: &Words<'_>) -> bool {
    words.text.chars().any(char::is_numeric) || (0..words.len()).any(|at| ENDS.contains(&words.at(at)))
}
