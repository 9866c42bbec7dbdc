//! Counterfactuals: what people did not do, told by somebody who knows how it ended.

use std::collections::HashSet;

use super::blame;
use super::case::{Case, Hit, Kind};
use super::words::Words;

/// What is told about what was. Actions speak of what shall be, luck of what could have been, entries of what was seen.
const KINDS: &[Kind] = &[Kind::Title, Kind::Summary, Kind::Impact, Kind::Cause, Kind::Told];

/// Participles without -ed.
const PARTICIPLES: &[&str] = &[
    "been",
    "known",
    "seen",
    "done",
    "gone",
    "caught",
    "taken",
    "made",
    "found",
    "kept",
    "run",
    "set",
    "told",
    "written",
    "read",
    "given",
    "got",
    "gotten",
    "thought",
    "begun",
    "come",
    "held",
    "led",
    "left",
    "sent",
    "spoken",
    "understood",
    "broken",
    "chosen",
    "felt",
    "fallen",
    "put",
    "cut",
    "shut",
    "brought",
    "built",
    "sought",
    "drawn",
    "had",
    "spotted",
    "rung",
    "gotten",
    "stood",
    "won",
    "lost",
    "paid",
    "rolled",
];

/// What could have been otherwise. "Could have seen" may be a guess about what was.
const PREVENTED: &[&str] = &[
    "prevented",
    "avoided",
    "caught",
    "stopped",
    "noticed",
    "detected",
    "known",
    "anticipated",
    "foreseen",
    "checked",
    "tested",
    "averted",
    "mitigated",
    "reduced",
    "shortened",
    "saved",
    "reacted",
    "responded",
    "acted",
    "escalated",
    "faster",
    "quicker",
    "sooner",
    "earlier",
    "better",
];

/// Those whose failing is meant: a disk fails to mount, people fail to log in, and nobody blames them.
pub(super) const PEOPLE: &[&str] = &[
    "we",
    "he",
    "she",
    "team",
    "teams",
    "engineer",
    "engineers",
    "developer",
    "developers",
    "admin",
    "admins",
    "administrator",
    "administrators",
    "oncall",
    "somebody",
    "someone",
    "nobody",
    "responder",
    "responders",
    "dba",
    "dbas",
    "intern",
    "contractor",
    "technician",
    "reviewer",
    "reviewers",
    "author",
];

pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.contains(&word) || word.starts_with('@')
}

/// Whether one of them stands among the `most` words before a word: "the on-call failed to", and not "the call failed to".
pub(super) fn person_before(words: &Words<'_>, at: usize, most: usize) -> bool {
    let on_call = |at: usize| words.before(at) == "call" && at > 0 && words.before(at - 1) == "on";
    words.before_is(at, most, is_person) || on_call(at) || at > 0 && most > 1 && on_call(at - 1)
}

pub(super) fn find(case: &Case<'_>) -> Vec<Hit> {
    let names = blame::names(case);
    let mut hits = Vec::new();
    for passage in case.english(KINDS) {
        let words = passage.words();
        let mut at = 0;
        while at < words.len() {
            let Some(end) = counterfactual(words, at, &names) else {
                at += 1;
                continue;
            };
            let span = words.spans(at, end);
            let message = format!(
                "\"{}\" tells what did not happen; tell what people saw and did, and why that made sense to them",
                passage.shown(&span)
            );
            hits.push(passage.hit(span, message));
            at = end + 1;
        }
    }
    hits
}

/// Whether one begins at a word; then its last word.
fn counterfactual(words: &Words<'_>, at: usize, names: &HashSet<String>) -> Option<usize> {
    match words.at(at) {
        "should" | "shouldn't" | "could" | "couldn't" | "would" | "ought" | "should've" | "could've"
        | "would've" => {
            let have = if words.at(at).ends_with("'ve") {
                at
            } else {
                let past = words.past_adverbs(at);
                let past = if words.next(past) == "to" { past + 1 } else { past };
                (words.next(past) == "have").then_some(past + 1)?
            };
            let verb = words.past_adverbs(have) + 1;
            let should = words.at(at).starts_with("should") || words.at(at) == "ought";
            let fits = if should {
                is_participle(words, verb)
            } else if words.at(at).starts_with("would") {
                could_be_otherwise(words, verb, &["prevented", "avoided", "caught", "averted"])
            } else {
                could_be_otherwise(words, verb, PREVENTED)
            };
            (fits && words.next(verb - 1) == words.at(verb)).then_some(verb)
        }
        "failed" if words.next(at) == "to" && failed_person(words, at, names) => Some(at + 1),
        "didn't" | "never" if words.next(at).starts_with("bother") => Some(at + 1),
        "did" => {
            words.follow(at, &["not", "bother"]).or_else(|| words.follow(at, &["not", "even", "bother"]))
        }
        "neglected" | "forgot" | "omitted" if words.next(at) == "to" => Some(at + 1),
        "if" => {
            let only = words.follow(at, &["only"])?;
            let wish = ["we", "i", "he", "she", "they", "someone", "somebody", "there", "anyone"];
            wish.contains(&words.next(only)).then_some(only)
        }
        "had" | "have" => {
            let have = words.follow(at, &["to", "have"])?;
            (is_participle(words, have + 1) && !words.next(have).is_empty()).then_some(have + 1)
        }
        _ => None,
    }
}

/// Those who may be programs as well: they are blamed only for what programs do not do.
const PERHAPS_PEOPLE: &[&str] = &["they", "operator", "operators", "support", "staff", "management"];

/// What people do, and programs do not.
const OF_PEOPLE: &[&str] = &[
    "read",
    "notice",
    "check",
    "see",
    "spot",
    "realise",
    "realize",
    "follow",
    "ask",
    "tell",
    "escalate",
    "communicate",
    "look",
    "call",
    "verify",
    "review",
    "consider",
    "understand",
    "document",
    "inform",
    "recognise",
    "recognize",
    "react",
    "act",
    "consult",
    "mention",
    "think",
    "remember",
    "declare",
    "assess",
    "anticipate",
    "foresee",
    "warn",
    "test",
    "page",
    "find",
    "take",
    "use",
    "write",
    "know",
    "learn",
];

/// What those cannot do who suffer from the outage, and nobody blames them for it.
const SHUT_OUT: &[&str] = &[
    "log",
    "login",
    "sign",
    "connect",
    "reach",
    "access",
    "authenticate",
    "load",
    "open",
    "get",
    "pay",
    "order",
    "deploy",
];

/// Whether somebody failed, and not a thing: the word directly before, but for what only colours it. The operator's pod and
/// the on-call pager are things.
fn failed_person(words: &Words<'_>, at: usize, names: &HashSet<String>) -> bool {
    let mut failed = at;
    while let before = words.before(failed)
        && (matches!(before, "had" | "has" | "have" | "also" | "then" | "both" | "all" | "still")
            || before.len() > 4 && before.ends_with("ly"))
    {
        failed -= 1;
    }
    let (who, verb) = (words.before(failed), words.next(at + 1));
    let person = person_before(words, failed, 1) || who == "i" || names.contains(who);
    person && !SHUT_OUT.contains(&verb) || PERHAPS_PEOPLE.contains(&who) && OF_PEOPLE.contains(&verb)
}

fn is_participle(words: &Words<'_>, at: usize) -> bool {
    let word = words.at(at);
    // "Should have failed over" is, "should have automated tests" is a wish for things: a noun follows.
    let ends = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    PARTICIPLES.contains(&word) || ends
}

fn could_be_otherwise(words: &Words<'_>, verb: usize, these: &[&str]) -> bool {
    let verb = if words.at(verb) == "been" { words.past_adverbs(verb) + 1 } else { verb };
    these.contains(&words.at(verb))
}
