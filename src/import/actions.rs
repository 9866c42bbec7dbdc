//! What is to be done afterwards: items, labelled paragraphs, promises in prose, tables; with owner, due date, priority and
//! ticket where they are given.

mod marks;
mod table;

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Claims, label, plain};
use super::hypotheses::verdict::sentences;
use super::parts::{Part, Shape};
use super::sections::Topic;
use super::{Found, just_added};
use crate::log::Change;
use crate::model::ActionKind;
use crate::text::Raw;

/// An action that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    line: u32,
    text: String,
    marks: marks::Marks,
}

/// The actions of the parts under one heading or label; claims what they are made of.
pub(super) fn of(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let Some(first) = parts.first() else { return Vec::new() };
    let kind = if first.topics.contains(&Topic::Tasks) { ActionKind::Task } else { ActionKind::Improvement };
    let mut drafts = table::rows(parts, claims);
    let least = parts.iter().filter(|p| p.shape == Shape::Item).map(|p| p.depth).min();
    let listed = least.is_some() || !drafts.is_empty();
    let mut parents: Vec<(u8, usize)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match part.shape {
            Shape::Row { .. } => {}
            Shape::Item => item(parts, at, &mut drafts, &mut parents, claims),
            Shape::Prose if part.depth > 0 && !parents.is_empty() => {
                if let Some((_, parent)) = parents.iter().rev().find(|(depth, _)| *depth < part.depth) {
                    add_to(&mut drafts[*parent], &part.text, "\n");
                    claim(part, claims);
                }
            }
            Shape::Prose => prose(part, listed, &mut drafts, claims),
        }
    }
    drafts.into_iter().flat_map(|draft| finished(draft, kind)).collect()
}

fn claim(part: &Part, claims: &mut Claims) {
    part.blocks.iter().for_each(|block| claims.claim(*block));
}

/// An item is an action, one below it a part of it; below a label without a text each is an action with that label.
fn item(
    parts: &[Part],
    at: usize,
    drafts: &mut Vec<Draft>,
    parents: &mut Vec<(u8, usize)>,
    claims: &mut Claims,
) {
    let part = &parts[at];
    let text = plain(&part.text);
    parents.retain(|(depth, _)| *depth < part.depth);
    if text.is_empty() {
        // The label that stood before it opened this group: what is below it are the items.
        claim(part, claims);
        return;
    }
    let name = text.trim_end_matches([':', ' ']);
    let leads = parts.get(at + 1).is_some_and(|next| {
        next.under.as_deref() == Some(name) && next.shape == Shape::Item && next.depth > part.depth
    });
    let bare = label(&part.text).is_some_and(|(_, rest)| rest.is_empty());
    claim(part, claims);
    if bare && leads {
        return;
    }
    if let Some((_, parent)) = parents.last() {
        add_to(&mut drafts[*parent], &part.text, "\n- ");
        return;
    }
    parents.push((part.depth, drafts.len()));
    drafts.push(draft(part, &part.text));
}

fn draft(part: &Part, raw: &str) -> Draft {
    let (text, mut marks) = marks::read(raw);
    let done_above = part.under.as_deref().is_some_and(marks::says_done) || marks::says_done(&part.heading);
    marks.done |= done_above;
    let text =
        match part.under.as_deref().map(str::trim).filter(|under| !under.is_empty() && !is_plain_name(under))
        {
            Some(under) => format!("{}: {text}", under.trim_end_matches(':')),
            None => text,
        };
    Draft { line: part.line, text, marks }
}

/// A heading that names nothing but that actions follow.
fn is_plain_name(heading: &str) -> bool {
    Topic::label(heading).iter().any(|topic| topic.is_to_do())
}

fn add_to(draft: &mut Draft, raw: &str, between: &str) {
    let (_, marks) = marks::read(raw);
    if marks.only {
        draft.marks.take(marks);
        return;
    }
    draft.text.push_str(between);
    draft.text.push_str(&plain(raw));
}

/// A paragraph: labelled it is an action; beside a list it leads to that or sums up; else each promise in it is one.
fn prose(part: &Part, listed: bool, drafts: &mut Vec<Draft>, claims: &mut Claims) {
    let text = plain(&part.text);
    if text.is_empty() {
        claim(part, claims);
        return;
    }
    let labelled = label(&part.text).is_some_and(|(name, rest)| !rest.trim().is_empty() && !is_aside(&name));
    if labelled
        && !is_introduction(&text)
        && (!listed || drafts.last().is_some_and(|d| label(&d.text).is_some()))
    {
        drafts.push(draft(part, &part.text));
        claim(part, claims);
        return;
    }
    if listed && !is_order(&text) {
        return;
    }
    if is_introduction(&text) || is_closing(&text) {
        return;
    }
    if is_order(&text) {
        drafts.push(draft(part, &part.text));
        claim(part, claims);
        return;
    }
    let all = sentences(&text);
    // A short line under "Tasks" is one, whatever its words.
    let short = all.len() == 1 && (2..=30).contains(&text.split_whitespace().count());
    if short && !listed && part.topics.iter().any(|topic| matches!(topic, Topic::Tasks | Topic::Improvements))
    {
        drafts.push(draft(part, &part.text));
        claim(part, claims);
        return;
    }
    let promises = all.iter().filter(|s| is_promise(s)).count();
    if promises == 0 {
        return;
    }
    // Sentences that promise nothing belong to the promise before them, or lead to the first one.
    let mut begun = false;
    let mut before = String::new();
    for sentence in all {
        let sentence = sentence.trim();
        if is_promise(sentence) {
            let whole = if begun { sentence.to_owned() } else { format!("{before}{sentence}") };
            let mut new = draft(part, &whole);
            new.text = whole;
            drafts.push(new);
            begun = true;
        } else if let Some(last) = drafts.last_mut().filter(|_| begun) {
            last.text.push(' ');
            last.text.push_str(sentence);
        } else {
            before.push_str(sentence);
            before.push(' ');
        }
    }
    claim(part, claims);
}

/// "Note: …" is no action.
fn is_aside(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "note",
        "notes",
        "bonus",
        "nb",
        "p.s",
        "ps",
        "disclaimer",
        "conclusion",
        "remember",
        "example",
        "in conclusion",
    ]
    .contains(&name.trim())
}

/// "The following tasks are planned:"
fn is_introduction(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:the following|as follows|listed (?:below|here)|(?:below|here) (?:are|is)|these are|this is a list|list of|the actions? below|for example,)").ok()
    });
    text.ends_with(':') || WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// "By doing all this, we aim to …"
fn is_closing(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:by (?:\w+ ){0,3}?(?:implement|address|tak|do|follow|complet|keep|mak|learn|apply|adopt|put)\w*|th(?:is|ese|ose) (?:\w+ ){0,3}?(?:postmortem|post-mortem|incident|report|outage|event|document|measures|steps|actions|changes|improvements|tasks|will|aim|should|are|is)\b|in (?:conclusion|summary|closing)|overall|with (?:these|this|those)|thank|we (?:apologi[sz]e|hope|thank|learned)|together|once (?:these|this)|feel free|and so|all in all|until|remember)").ok()
    });
    WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// "Add alerts on disk space.": one that begins with what is to be done.
fn is_order(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:todo:? |- )?(?:add|adjust|adopt|agree|align|allow|analy[sz]e|apply|arrange|ask|assess|assign|audit|automate|avoid|back ?up|block|build|buy|change|check|clarify|clean|communicate|complete|conduct|configure|consider|contact|convert|create|decide|decouple|define|delete|deploy|deprecate|design|develop|disable|discuss|distribute|document|draft|drop|educate|enable|encourage|enforce|enhance|ensure|escalate|establish|evaluate|expand|explore|export|extend|file|find|finish|fix|follow|formali[sz]e|harden|hire|hold|identify|implement|improve|include|increase|inform|install|instrument|integrate|introduce|investigate|isolate|keep|learn|limit|load[- ]test|lock|log|look|lower|maintain|make|merge|migrate|mirror|monitor|move|notify|open|optimi[sz]e|order|organi[sz]e|patch|perform|pin|plan|practice|practise|prepare|prevent|prioriti[sz]e|promote|protect|provide|publish|purge|raise|reconfigure|record|redesign|reduce|refactor|refine|reinforce|remove|rename|renew|replace|report|require|research|resize|restore|restrict|retire|review|revise|rewrite|rework|roll|rotate|run|scale|schedule|secure|separate|set ?up|set|share|simplify|split|standardi[sz]e|start|stop|store|streamline|strengthen|supply|switch|teach|test|throttle|tighten|track|train|trial|tune|turn|update|upgrade|use|validate|verify|warn|wire|work|write)\b").ok()
    });
    WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// "We will add …", "There should be …".
fn is_promise(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(?:will|should|must|shall|need(?:s|ed)? to|have to|has to|plan(?:s|ned|ning)? to|going to|want to|intend to|ought to|could be (?:improved|better)|can be (?:improved|better)|aim to|let's|let us|make sure|we need|recommend\w*|it would be)\b|(?:we're|we are|we have|is being|are being) \w+(?:ing|ed)\b)").ok()
    });
    !is_closing(sentence)
        && (is_order(sentence.trim()) || WORDS.as_ref().is_some_and(|rule| rule.is_match(sentence)))
}

/// The changes of an action.
fn finished(draft: Draft, kind: ActionKind) -> Vec<Found> {
    let text = draft.text.trim().to_owned();
    if text.is_empty() {
        return Vec::new();
    }
    let marks = draft.marks;
    let line = Some(draft.line);
    let raw = |text: String| Raw::new(text);
    let added = Change::ActionAdded {
        kind,
        text: Raw::new(text),
        owner: marks.owner.map(raw),
        due: marks.due,
        priority: marks.priority,
        class: marks.class.map(raw),
        link: marks.link.map(raw),
    };
    let mut found = vec![Found { line, change: added }];
    if marks.done {
        found.push(Found { line, change: Change::ActionDone { action: just_added(), when: None } });
    } else if marks.dropped {
        found.push(Found {
            line,
            change: Change::ActionDropped { action: just_added(), reason: None, when: None },
        });
    }
    found
}
