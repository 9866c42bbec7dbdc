//! What is to be done in a document that has no part for it: the list at its end, and what is promised in its sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{Claims, plain};
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::super::{Found, hypotheses::verdict::sentences};
use super::verbs::{is_order, is_our_vow, is_promise, is_vow};
use super::{Draft, claim, draft, finished, shape};
use crate::import::pattern;
use crate::model::ActionKind;

/// The last list of a document whose items are mostly orders or promises, and what is vowed beside it, whatever its heading.
pub(in crate::import) fn last(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let told = parts.iter().rposition(|part| part.topics.iter().any(|topic| is_story(*topic)));
    let after = &parts[told.map_or(0, |at| at + 1)..];
    let Some(end) = after.iter().rposition(|part| is_to_do(part) && part.shape == Shape::Item) else {
        return Vec::new();
    };
    let group = after[end].group;
    let same: Vec<&Part> = after.iter().filter(|part| part.group == group && is_open(part)).collect();
    let items: Vec<&Part> = same.iter().filter(|part| part.shape == Shape::Item).copied().collect();
    let least = items.iter().map(|part| part.depth).min().unwrap_or(0);
    let top = items.iter().filter(|part| part.depth == least).count();
    let ordered = items.iter().filter(|part| part.depth == least && is_to_do(part)).count();
    let past = items.iter().filter(|part| shape::is_past(&plain(&part.text))).count();
    if top < 2 || ordered * 3 < top * 2 || past > 0 || is_guide(&after[end].heading) {
        return Vec::new();
    }
    let mut drafts: Vec<(Draft, ActionKind)> = Vec::new();
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
    drafts.into_iter().flat_map(|(draft, kind)| finished(draft, kind)).collect()
}

/// What tells of the outage itself.
fn is_story(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Timeline | Topic::Cause | Topic::Trigger | Topic::Impact | Topic::Detection | Topic::Investigation
    )
}

/// Whether a part may hold what is to be done although its heading does not say so.
fn is_open(part: &Part) -> bool {
    part.topics.iter().all(|topic| *topic == Topic::Lessons)
}

fn is_to_do(part: &Part) -> bool {
    let text = plain(&part.text);
    is_open(part) && (is_order(&text) || is_promise(&text))
}

/// A heading of what anybody is to do at any time: "How to reproduce it".
fn is_guide(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["how to", "reproduc", "runbook", "usage", "install", "command", "link", "reference", "setup", "credit"]
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

/// "In general we should have …": what we are to do, and not what we ought to have done.
fn is_ours(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:we|i|(?:the |our )?team) (?:\w+ly |also |now |really )?(?:will|shall|should|must|need(?:s)? to|have to|has to|are going to|plan to|want to|ought to)\b").ok()
    });
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:should|must|ought to|need to) have (?:\w+ly |also |already )?(?:been|\w+ed|done|known|seen|had|made|kept|found|read|taken|caught|thought|gone|built|put|set)\b|\b(?:have|has) to (?:admit|say|thank)\b").ok()
    });
    let has = |rule: &LazyLock<Option<Regex>>| rule.as_ref().is_some_and(|rule| rule.is_match(sentence));
    has(&WORDS) && !has(&PAST)
}
