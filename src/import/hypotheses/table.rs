//! The tables of suspects that some documents hold: "Hypothesis | Result | Evidence".

use super::super::document::plain;
use super::verdict::{self, Said, Saying, Verdict};
use super::{denied, noun};

/// Whether a table with these columns lists suspects.
pub(super) fn is_of_suspects(head: &[String]) -> bool {
    suspect(head).is_some_and(|name| outcome(head).is_some_and(|verdict| verdict != name))
}

/// The column that names the suspect.
fn suspect(head: &[String]) -> Option<usize> {
    head.iter().position(|cell| {
        let cell = plain(cell).to_lowercase();
        [
            "hypothes",
            "theor",
            "suspect",
            "suspicion",
            "assumption",
            "possible cause",
            "candidate",
            "guess",
            "what we thought",
            "idea",
        ]
        .iter()
        .any(|word| cell.contains(word))
    })
}

/// The column that tells the verdict.
fn outcome(head: &[String]) -> Option<usize> {
    head.iter().position(|cell| {
        let cell = plain(cell).to_lowercase();
        [
            "verdict",
            "result",
            "outcome",
            "status",
            "conclusion",
            "finding",
            "decision",
            "confirmed",
            "ruled out",
            "true?",
            "answer",
            "disposition",
            "assessment",
            "evaluation",
            "judgement",
            "judgment",
            "was it",
            "is it",
            "the cause?",
            "correct?",
            "valid",
            "ruled",
            "what we found",
            "reality",
            "truth",
            "stand",
            "so far",
        ]
        .iter()
        .any(|word| cell.contains(word))
    })
}

/// What a row says. Without a verdict that can be told, a suspect is open.
pub(super) fn read(head: &[String], cells: &[String]) -> Said {
    let mut said = Said::default();
    let Some(name) = suspect(head).and_then(|at| cells.get(at)).map(|cell| plain(cell)) else { return said };
    let Some(subject) = named(&name) else { return said };
    let verdict = outcome(head).and_then(|at| cells.get(at)).and_then(|cell| decided(&plain(cell)));
    let verdict = verdict.unwrap_or(Verdict::Open);
    let text =
        cells.iter().map(|cell| plain(cell)).filter(|cell| !cell.trim().is_empty()).collect::<Vec<_>>();
    said.sayings.push(Saying { verdict, subject, weight: 3, text: text.join(" \u{2013} ") });
    said
}

/// The suspect of a cell that names nothing else.
fn named(cell: &str) -> Option<String> {
    let said = verdict::read(cell, false);
    let first = said.sayings.into_iter().find(|s| !s.subject.is_empty() && s.weight > 1).map(|s| s.subject);
    first.or_else(|| noun::clause(cell).into_iter().next())
}

/// The first words of a cell that acquit.
const AGAINST: &[&str] = &[
    "ruled out",
    "rule out",
    "no",
    "not",
    "rejected",
    "false",
    "dismissed",
    "discarded",
    "excluded",
    "wrong",
    "refuted",
    "disproved",
    "disproven",
    "eliminated",
    "cleared",
    "innocent",
    "unrelated",
    "dead end",
    "red herring",
    "incorrect",
    "negative",
    "invalid",
    "abandoned",
    "ok",
    "okay",
    "fine",
    "healthy",
    "clean",
    "normal",
    "clear",
    "all clear",
    "green",
    "good",
    "nothing",
    "none",
    "nope",
    "dropped",
    "debunked",
    "unlikely",
    "exonerated",
    "did not",
    "didn't",
    "working",
    "unaffected",
    "as expected",
    "\u{274c}",
    "\u{2717}",
    "\u{2718}",
];

/// The verdict of a cell: its first words decide.
fn decided(cell: &str) -> Option<Verdict> {
    let lower = cell.to_lowercase();
    let for_it = [
        "confirmed",
        "yes",
        "true",
        "correct",
        "root cause",
        "cause",
        "culprit",
        "guilty",
        "proven",
        "proved",
        "accepted",
        "validated",
        "the cause",
        "right",
        "likely the cause",
        "\u{2705}",
        "\u{2713}",
        "\u{2714}",
    ];
    let begins = |list: &[&str]| {
        list.iter().any(|word| {
            lower.trim_start().strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    let open =
        ["not yet", "not tested", "not checked", "not clear", "no verdict", "not confirmed", "not known"];
    if begins(&open) {
        return Some(Verdict::Open);
    }
    if begins(AGAINST) || lower.contains("ruled out") || lower.contains("not the cause") {
        return Some(Verdict::RuledOut);
    }
    if begins(&for_it) {
        return Some(Verdict::Confirmed);
    }
    denied::denies(cell).then_some(Verdict::RuledOut)
}
