//! What is to be done in a document that has no part for it: the list at its end, and what is promised in its sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{Claims, plain};
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::super::{Found, hypotheses::verdict::sentences};
use super::verbs::{is_order, is_our_vow, is_promise, is_vow, without_lead};
use super::{Draft, claim, draft, finished, people, shape, table};
use crate::import::pattern;
use crate::model::ActionKind;

/// The last lists, tables and paragraphs of a document that hold orders or promises, whatever their headings.
pub(in crate::import) fn last(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let told = parts.iter().rposition(|part| part.topics.iter().any(|topic| is_story(*topic)));
    let mut after = &parts[told.map_or(0, |at| at + 1)..];
    let mut found = Vec::new();
    while let Some(first) = after.first() {
        let length = after.iter().take_while(|part| part.group == first.group).count();
        let (group, rest) = after.split_at(length);
        after = rest;
        let open: Vec<&Part> = group.iter().filter(|part| is_open(part)).collect();
        if open.is_empty() || is_guide(&first.heading) {
            continue;
        }
        let drafts = if table::is_tracked(&open) {
            table::rows(group, claims).into_iter().map(|draft| (draft, ActionKind::Task)).collect()
        } else if open.iter().any(|part| part.shape == Shape::Item) {
            listed(&open, told.is_some() && after.is_empty() && first.topics.is_empty(), claims)
        } else if told.is_some() && after.is_empty() {
            spoken(&open, claims)
        } else {
            Vec::new()
        };
        found.extend(drafts.into_iter().flat_map(|(draft, kind)| finished(draft, kind)));
    }
    found
}

/// The items of a list that are mostly orders or promises, and what is vowed beside it. What stands at the very `end` of a document
/// need not be told to be done, where it tells nothing of what was.
fn listed(same: &[&Part], end: bool, claims: &mut Claims) -> Vec<(Draft, ActionKind)> {
    let items: Vec<&Part> = same.iter().filter(|part| part.shape == Shape::Item).copied().collect();
    let least = items.iter().map(|part| part.depth).min().unwrap_or(0);
    let top = items.iter().filter(|part| part.depth == least).count();
    let ordered = items.iter().filter(|part| part.depth == least && is_to_do(part)).count();
    let past = items.iter().filter(|part| shape::is_past(&plain(&part.text))).count();
    let mut drafts: Vec<(Draft, ActionKind)> = Vec::new();
    let wanted = end && items.iter().all(|part| is_wanted(without_lead(&plain(&part.text))));
    if top < 2 || (ordered * 3 < top * 2 && !wanted) || past > 0 {
        return drafts;
    }
    for part in same {
        let text = plain(&part.text);
        match part.shape {
            Shape::Item if part.depth > least => match drafts.last_mut() {
                Some((above, _)) => {
                    above.text.push_str("\n- ");
                    above.text.push_str(&text);
                }
                None => continue,
            },
            Shape::Item => drafts.push((draft(part, &part.text), ActionKind::Task)),
            Shape::Prose if sentences(&text).iter().all(|one| is_our_vow(one)) => {
                drafts.push((draft(part, &part.text), ActionKind::Improvement));
            }
            _ => continue,
        }
        claim(part, claims);
    }
    drafts
}

/// "a second queue", "alerts that look at age": a thing or a state, with no word of what was.
fn is_wanted(text: &str) -> bool {
    static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:was|were|had|did(?:n't)?|went|took|came|made|saw|found|got|began|could|has|have|been|why|\w{3,}ed)\b|[?:]|://").ok()
    });
    text.split_whitespace().count() >= 3 && TOLD.as_ref().is_some_and(|rule| !rule.is_match(text))
}

/// The promises in the paragraphs of the last part of a document, where they are most of what it says.
fn spoken(same: &[&Part], claims: &mut Claims) -> Vec<(Draft, ActionKind)> {
    let texts: Vec<(&Part, String)> = same.iter().map(|part| (*part, plain(&part.text))).collect();
    let all: Vec<&str> = texts.iter().flat_map(|(_, text)| sentences(text)).collect();
    let promised = all.iter().filter(|one| is_ahead(one)).count();
    let mut drafts: Vec<(Draft, ActionKind)> = Vec::new();
    if promised * 2 <= all.len() {
        return drafts;
    }
    for (part, text) in &texts {
        for sentence in sentences(text) {
            if is_ahead(sentence) {
                drafts.push((draft(part, sentence), ActionKind::Improvement));
            } else if let Some((last, _)) = drafts.last_mut() {
                last.text.push(' ');
                last.text.push_str(sentence.trim());
            } else {
                drafts.push((draft(part, sentence), ActionKind::Improvement));
            }
        }
        claim(part, claims);
    }
    drafts
}

/// Whether a sentence promises something, and does not tell what was, or what others may expect.
fn is_ahead(sentence: &str) -> bool {
    is_promise(sentence) && !is_regret(sentence) && !shape::is_past(sentence)
}

/// What tells of the outage itself.
fn is_story(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Timeline
            | Topic::Cause
            | Topic::Trigger
            | Topic::Impact
            | Topic::Detection
            | Topic::Investigation
    )
}

/// Whether a part may hold what is to be done although its heading does not say so.
fn is_open(part: &Part) -> bool {
    part.topics.is_empty()
}

fn is_to_do(part: &Part) -> bool {
    let text = plain(&part.text);
    is_open(part) && (is_order(&text) || is_order(without_lead(&text)) || is_promise(&text))
}

/// A heading of what anybody is to do at any time: "How to reproduce it".
fn is_guide(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    [
        "how to",
        "reproduc",
        "runbook",
        "usage",
        "install",
        "command",
        "link",
        "reference",
        "setup",
        "credit",
        "thank",
        "kudos",
        "praise",
        "shout",
        "hero",
        "acknowledg",
        "contribut",
        "related",
        "glossary",
        "tool",
        "stack",
        "appendix",
        "question",
        "metric",
        "data",
        "log",
        "evidence",
        "environment",
        "contact",
        "people",
        "member",
        "author",
        "about",
        "detail",
        "example",
        "note",
        "context",
        "status",
        "architecture",
        "background",
        "result",
        "screenshot",
        "numbers",
        "faq",
        "tags",
        "conclusion",
        "who",
    ]
    .iter()
    .any(|word| heading.contains(word))
}

/// What is promised in a document without a part for it: "Next time we will …", and in its last paragraph "We should …" and
/// "What I have to do now: …; …". The words stay where they stand.
pub(in crate::import) fn promised(parts: &[Part]) -> Vec<Found> {
    let told = |part: &&Part| {
        let of = [Topic::Summary, Topic::Resolution, Topic::Workaround, Topic::Cause, Topic::WentWrong];
        part.topics.iter().all(|topic| of.contains(topic))
    };
    let end = parts.iter().rposition(|part| part.shape == Shape::Prose);
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if !told(&part) || matches!(part.shape, Shape::Row { .. }) {
            continue;
        }
        let text = plain(&part.text);
        let (closing, mut opened) = (end == Some(at), false);
        for sentence in sentences(&text) {
            let (named, rest) = opening(sentence).map_or((false, sentence), |rest| (true, rest));
            opened = named || (opened && is_order(rest));
            if closing && let Some(pieces) = owned(rest) {
                let task = |text: &str| Draft { line: part.line, ..draft(part, text) };
                found.extend(pieces.into_iter().flat_map(|one| finished(task(one), ActionKind::Task)));
                continue;
            }
            let kind = if opened { ActionKind::Task } else { ActionKind::Improvement };
            if opened || is_vow(sentence) || (closing && is_ours(sentence)) {
                let text = rest.trim().trim_end_matches(';').to_owned();
                found.extend(finished(Draft { line: part.line, text, ..Draft::default() }, kind));
            }
        }
    }
    found
}

/// What follows "What I have to do now:" in a sentence.
fn opening(sentence: &str) -> Option<&str> {
    let (name, rest) = sentence.split_once(": ")?;
    let topics = Topic::label(name);
    (!topics.is_empty() && topics.iter().all(|topic| topic.is_to_do())).then_some(rest)
}

/// "For the next sprint: an alert (Jo), a limit (Petra)": what each of several people is to do.
fn owned(sentence: &str) -> Option<Vec<&str>> {
    let (_, list) = sentence.split_once(": ").unwrap_or(("", sentence));
    let list = list.trim().trim_end_matches('.');
    let pieces: Vec<&str> =
        list.split_inclusive([')']).map(|one| one.trim_start_matches([',', ';', ' '])).collect();
    let pieces: Vec<&str> = pieces.iter().map(|one| one.strip_prefix("and ").unwrap_or(one)).collect();
    let closed = pieces.iter().all(|one| one.ends_with(')') && one.split(" (").count() == 2);
    let named = pieces.iter().filter(|one| people::names(one)).count();
    (pieces.len() > 1 && closed && named * 3 >= pieces.len() * 2).then_some(pieces)
}

/// "In general we should have …": what we are to do, and not what we ought to have done.
fn is_ours(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:we|i|(?:the |our )?team) (?:\w+ly |also |now |really )?(?:will|shall|should|must|need(?:s)? to|have to|has to|are going to|plan to|want to|ought to)\b").ok()
    });
    WORDS.as_ref().is_some_and(|rule| rule.is_match(sentence)) && !is_regret(sentence)
}

/// "We should have known.": what ought to have been done.
fn is_regret(sentence: &str) -> bool {
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:should|must|ought to|need to) have (?:\w+ly |also |already )?(?:been|\w+ed|done|known|seen|had|made|kept|found|read|taken|caught|thought|gone|built|put|set)\b|\b(?:should|must|need to|have to|has to|want to) (?:\w+ )?(?:note|mention|say|stress|admit|point out|remember|thank|apologi[sz]e|be clear)\b").ok()
    });
    PAST.as_ref().is_some_and(|rule| rule.is_match(sentence))
}
