//! Whether a document tells an incident at all: a template, an assignment, a guide and a schedule have the parts and the
//! times of one, and tell none.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::document::{Document, Kind, normal};
use super::sections::Topic;
use super::timeline::Timeline;
use crate::import::pattern;
use crate::log::Change;
use crate::model::MilestoneKind;

type Rule = LazyLock<Option<Regex>>;

/// What breaks, and what is said where it did.
static TROUBLE: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:outage|incident|post-?\s?mortem|rca|root cause|down(?:time)?\b|unavailab|crash|fail|error|broke|stopp|degrad|slow|unreachab|inaccessib|time-?\s?outs?|timed out|disrupt|restor|recover|resolv|alert|alarm|reject|stuck|hangs?\b|hung|los[ts]|wrong|missing|bugs?\b|problem|issue|fault|dead|leak|overload|expired|denied|corrupt|breach|deviation|cannot|can't|could(?: not|n't)|trouble|affected|delay|rolled back|roll-?back|revert|mitigat|halt|blank|offline|refus|complain|5\d\d\b|panic|exhaust|saturat|full\b|st(?:ö|oe)rung|ausf(?:a|ä)ll|ausgefallen|fehler|gest(?:ö|oe)rt|nicht (?:verf|erreich)|incidente|ca(?:í|i)da|fall(?:o|a|ó)\b|indispon|hors service|erreur|panne|coupure|gangguan|insiden|gagal|kegagalan|kesinti|ar(?:ı|i)za|awaria|storing|avbrott|guasto|장애|오류|障害|故障)").ok()
});

/// What happened, as one tells it afterwards.
static TOLD: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:was|were|had|did(?:n't| not)|could(?: not|n't)|went|became|failed|crashed|stopped|broke|began|started|caused|restarted|fixed|restored|resolved|rolled|reverted|noticed|reported|lost|ran out|timed out)\b").ok()
});

/// What people write down while they do not know yet.
static SUSPECT: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:maybe|perhaps|could be|might be|may be|probably|possibly|likely|suspect\w*|guess\w*|theory|hunch|bet)\b|^\W*(?:it(?:'s| is) )?not (?:the|a|an|our)\b|\b(?:is|are|was) (?:fine|ok|okay|innocent|clean|not it)\b|\bruled out\b|\w\?\W*$").ok()
});
static TODO: Rule =
    LazyLock::new(|| pattern::new(r"(?i)\b(?:todo|to-do|action item|follow-?up|next step)\b").ok());

/// Room that is left to fill in.
static BLANK: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)y{4}[-/.]m{2}|d{2}[-/.]m{2}[-/.]y|\bhh:mm|\bxx[:h]xx|\{\{|\[(?:insert|your|date|time|name|describe|list|add|enter|who|what|when|title|start|end|owner|link|duration|service|\.\.\.|…)[^\]]*\](?:[^(]|$)|<(?:insert|your|date|time|name|describe|list|add|enter|title|owner|link|duration|service|who|what|when)\b[^>]*>|\btbd\b|lorem ipsum|_{4,}|^\W*(?:describe|explain|summari[sz]e|provide|briefly|fill in|state|outline)\b[^.:]{0,200}\.?\s*$|^\W*(?:what|how|why|when|who|which|was|were|did)\b[^.]{0,200}\?\s*$").ok()
});

/// What is asked of those who are to write one.
static ASKED: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:your (?:own )?(?:post-?\s?mortem|report|team|answer|repo\w*|blog)|must (?:contain|include|be|have)|should (?:contain|include|have|be (?:between|at (?:least|most)|short|clear))|(?:write|create|publish|submit) (?:a|an|your|the) |mandatory|requirements?:?$|\d{2,4}\s?(?:to|-|–)\s?\d{3,4} words|submission|grading|peer review|manual (?:qa )?review|learning objectives?|deliverables?|you (?:should|can|will|need|must|may|have to|want)|make sure|for example,?|e\.g\.|best practices?|in this (?:article|post|guide|tutorial|document we)|(?:a|good|great|blameless|effective|every) post-?\s?mortems? (?:is|are|should|can|help|has|must|need))\b").ok()
});

/// What a text about postmortems says, and one that is a postmortem does not.
static ABOUT: Rule = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:a|an|every|each|any|your|good|bad|great|blameless|first|most|writ(?:e|es|ing|ten)|reading|read|run|hold) (?:\w+ )?post-?\s?mortems?\b|\bpost-?\s?mortems? (?:is|are|should|must|need|can|help|has to|have to|that|which|where)\b|^\W*(?:how|why|when|what)\b.*\bpost-?\s?mortems?\b").ok()
});

/// Headings of a page about a program.
const MANUAL: &[&str] = &[
    "installation",
    "install",
    "installing",
    "usage",
    "getting started",
    "license",
    "licence",
    "contributing",
    "prerequisites",
    "quick start",
    "quickstart",
    "features",
    "configuration",
    "development",
    "setup",
    "build",
    "building",
    "requirements",
    "running tests",
    "environment variables",
    "table of contents",
    "api",
    "documentation",
    "faq",
    "changelog",
    "releases",
    "roadmap",
    "support",
    "examples",
    "how to use",
    "files",
    "directory structure",
    "tech stack",
    "technologies",
    "deployment",
];

/// What speaks for an incident and against one.
#[derive(Default)]
struct Weight {
    blocks: usize,
    trouble: usize,
    told: usize,
    blank: usize,
    asked: usize,
    manual: usize,
    /// Lines that speak of postmortems in general.
    about: usize,
    /// The title does.
    essay: bool,
    /// Lines that say what it might be, or is not.
    suspects: usize,
    todos: usize,
    items: usize,
    /// The title says that something broke.
    titled: bool,
    /// It says what, and does not only call itself a paper on such a thing: "Why postmortems matter".
    broken: bool,
    /// The title is that of a form.
    form: bool,
    /// A heading is the name of a part of a postmortem.
    named: bool,
    parts: BTreeSet<Topic>,
}

fn weigh(document: &Document) -> Weight {
    let mut weight = Weight::default();
    let says = |rule: &Rule, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    for block in document.blocks.iter().take(2000) {
        let text = block
            .text
            .get(..block.text.char_indices().nth(1500).map_or(block.text.len(), |(at, _)| at))
            .unwrap_or("");
        match block.kind {
            Kind::Heading(level) => {
                weight.titled |= level == 1 && says(&TROUBLE, text);
                weight.broken |= level == 1 && says_what(text);
                let template = level == 1 && text.to_lowercase().contains("template");
                weight.form |= template || (level == 1 && says(&BLANK, text));
                weight.trouble += usize::from(says(&TROUBLE, text));
                weight.about += usize::from(says(&ABOUT, text));
                weight.essay |= level == 1 && says(&ABOUT, text);
                weight.named |= Topic::of(text).is_some();
                weight.manual += usize::from(MANUAL.contains(&normal(text).as_str()));
            }
            Kind::Code | Kind::Rule | Kind::Comment => {}
            _ if text.is_empty() => {}
            _ => {
                let (blank, told) = (says(&BLANK, text), says(&TOLD, text));
                weight.blocks += 1;
                weight.items += usize::from(matches!(block.kind, Kind::Item { .. }));
                weight.suspects += usize::from(text.len() < 160 && says(&SUSPECT, text));
                weight.todos += usize::from(says(&TODO, text));
                weight.blank += usize::from(blank);
                weight.asked += usize::from(says(&ASKED, text));
                weight.about += usize::from(says(&ABOUT, text));
                weight.told += usize::from(told && !blank);
                weight.trouble += usize::from(says(&TROUBLE, text));
                if told && !blank {
                    weight.parts.extend(document.path(block.section).find_map(Topic::of));
                }
            }
        }
    }
    weight
}

/// Why there is no incident in a document, where there is none.
pub(super) fn nothing(document: &Document, timeline: &Timeline, guesses: &[Found]) -> Option<String> {
    if document.blocks.is_empty() {
        return Some("no incident in it: it is empty".into());
    }
    let weight = weigh(document);
    let timed = timeline.rows.iter().filter(|row| row.moment.at.time.is_some()).count();
    let started = timeline.milestones.iter().any(|told| told.milestone == MilestoneKind::Started);
    // A form with an example row or two is one still; one with a timeline has to be mostly empty.
    let share = if timed < 2 { 3 } else { 2 };
    let titled = weight.form && timed < 5 && weight.blank > 0 && weight.told * 2 <= weight.blocks;
    let mostly =
        weight.blank * share >= weight.blocks && weight.blank >= 3 && weight.told * 2 < weight.blocks;
    let reason = if titled || mostly {
        "it is a form that is not filled in"
    } else if timed < 3 && weight.asked >= 3 && weight.asked * 2 > weight.told
        || timeline.rows.is_empty() && !started && weight.about >= if weight.essay { 2 } else { 3 }
    {
        "it says how one is written, and tells none"
    } else if timed < 3 && weight.manual >= 2 && !weight.parts.contains(&Topic::Timeline) {
        "it is about a program, and tells no outage"
    } else if (weight.trouble == 0 || (weight.trouble + weight.told < 2 && !weight.titled)) && !weight.named {
        "nothing in it went wrong"
    } else if timeline.untold > 1
        || !timeline.rows.is_empty()
        || started
        || guesses.iter().any(|guess| weight.broken || is_suspicion(guess))
        || is_told(&weight)
        || is_jotted(&weight)
    {
        return None;
    } else {
        "no time at which something happened stands in it, and nothing that was suspected"
    };
    Some(format!("no incident in it: {reason}"))
}

/// Whether a title says what broke, besides what kind of paper it is, and does not teach.
fn says_what(title: &str) -> bool {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let teaches =
        words.clone().next().is_some_and(|word| matches!(word, "why" | "how" | "what" | "when" | "on"));
    let paper = |word: &str| {
        ["postmortem", "mortem", "incident", "rca", "error", "issue", "problem"]
            .iter()
            .any(|name| word.trim_end_matches('s') == *name)
    };
    !teaches
        && words.any(|word| !paper(word) && TROUBLE.as_ref().is_some_and(|trouble| trouble.is_match(word)))
}

/// Whether it says that something was suspected: an essay has causes, too, and only an incident has suspects.
fn is_suspicion(guess: &Found) -> bool {
    matches!(
        guess.change,
        Change::HypothesisRaised(_) | Change::HypothesisRuledOut(_) | Change::HypothesisTested { .. }
    )
}

/// Whether the parts of a postmortem tell what happened, without a time.
fn is_told(weight: &Weight) -> bool {
    let parts = [
        Topic::Cause,
        Topic::Impact,
        Topic::Resolution,
        Topic::Timeline,
        Topic::Detection,
        Topic::Trigger,
        Topic::Factors,
        Topic::Summary,
        Topic::Workaround,
    ];
    let filled = parts.iter().filter(|part| weight.parts.contains(part)).count();
    filled >= 2 && weight.trouble >= 2 && weight.told >= 2 && weight.asked < weight.told
}

/// A short list of what somebody saw, suspected and means to do, under a title that says what broke.
fn is_jotted(weight: &Weight) -> bool {
    weight.titled
        && weight.items >= 3
        && weight.blocks <= 40
        && weight.asked + weight.manual + weight.blank == 0
        && (weight.suspects >= 2 || (weight.suspects >= 1 && weight.todos >= 1))
}
