//! What stands among things to be done and is none: "none", the words of a template, a picture, a deed that is done.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::document::plain;
use crate::import::pattern;

/// "None", "N/A", "[describe what will be done]", a picture and no words.
pub(super) fn is_nothing(raw: &str) -> bool {
    static NONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:none(?: (?:recorded|yet|so far|needed|required|planned|identified|at this time|for now))?|n/?a|nil|nothing(?: (?:yet|so far|planned|to do|to add))?|no (?:further |open |follow[- ]?up |new |more )*(?:actions?|tasks?|items?|steps?|measures?|follow[- ]?ups?)?(?: items?)?(?: (?:is|are|were|was))?(?: (?:needed|required|necessary|planned|recorded|identified|yet|at this time))*|tb[dac]|to be (?:determined|defined|decided|done|completed|added|filled(?: in)?)|todo|coming soon|see (?:above|below))\W*$").ok()
    });
    static PICTURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^\s*(?:!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\s*)+$|^\s*\[[^\]]+\]:\s*<?\S+>?").ok()
    });
    static TEMPLATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:(?:please )?(?:describe|list|explain|add|write|fill|insert|enter|provide|what|which|how|e\.g|example|your|name|owner|action)\b.*|\.{3}|…)\W*$").ok()
    });
    let has =
        |rule: &LazyLock<Option<Regex>>, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    let bare = raw.trim();
    let bracketed = [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| {
        bare.strip_prefix(*open)
            .and_then(|t| t.strip_suffix(*close))
            .is_some_and(|inner| has(&TEMPLATE, inner) && !inner.contains([*open, *close]))
    });
    bracketed || has(&PICTURE, bare) || has(&NONE, &plain(bare))
}

/// "Scaling the queue is a long story": the verb at its beginning is what it is about, not what is to be done.
pub(super) fn is_about(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let gerund = words.next().is_some_and(|word| word.to_lowercase().ends_with("ing"));
    gerund && words.take(5).any(|word| matches!(word, "is" | "are" | "was" | "were" | "has" | "have" | "had"))
}

/// "Restarted the web server", "We rolled the release back": it tells what was done.
pub(super) fn is_past(text: &str) -> bool {
    static DONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:(?:we|i|they|it|(?:the )?(?:\w+ ){0,2}(?:team|engineers?|admins?|on-?call|devops|sre)) )?(?:(?:then|also|immediately|manually|quickly|successfully|promptly|temporarily|finally) )?(?:(?P<regular>[a-z-]{2,}ed)|rolled|took|made|ran|set|put|brought|rebuilt|built|sent|shut|got|did|gave|went|found|wrote|cut|kept|told|stopped|began|reset)\b").ok()
    });
    let Some(hit) = DONE.as_ref().and_then(|rule| rule.captures(text)) else { return false };
    // "Need", "feed", "embed", "seed" are verbs of their own; "set", "put", "cut" and "reset" could be an order.
    let last = hit.get(0).map_or("", |m| m.as_str()).to_lowercase();
    let word = last.split_whitespace().next_back().unwrap_or_default();
    let told = last.contains(' ');
    !matches!(word, "need" | "feed" | "embed" | "seed" | "speed" | "proceed" | "exceed" | "shed")
        && (told || !matches!(word, "set" | "put" | "cut" | "reset" | "shut"))
}

/// A heading that may as well tell what was done in the outage: "Immediate actions", "Remediation", "Actions taken".
pub(super) fn may_be_past(heading: &str) -> bool {
    // "Actions" alone are still to be done.
    const BARE: &[&str] = &["action", "actions", "steps", "step", "the", "and", "term"];
    const WORDS: &[&str] = &[
        "immediate",
        "long",
        "action",
        "actions",
        "taken",
        "remediation",
        "remediations",
        "steps",
        "step",
        "short",
        "term",
        "initial",
        "recovery",
        "mitigation",
        "and",
        "resolution",
        "the",
        "remedial",
        "performed",
        "done",
    ];
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    words.iter().all(|word| WORDS.contains(word)) && words.iter().any(|word| !BARE.contains(word))
}
