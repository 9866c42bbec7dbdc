//! How long the outage took, as a text says it, beside what the milestones say: lengths of time, and from when to when.

use chrono::TimeDelta;

use super::case::{Case, Hit, Passage};
use super::numbers::{INCIDENT, clock_after, in_another_zone};
use super::words::Words;
use crate::model::{Face, Instant, MilestoneKind, Precision, length};

/// A length of time in a text.
struct Length {
    minutes: f64,
    /// How far it may be off, in minutes: what is said in hours is meant in half hours.
    slack: f64,
    /// Its first and its last word.
    words: (usize, usize),
}

/// What people count from when they say how long it took.
const BEGINNINGS: [MilestoneKind; 4] =
    [MilestoneKind::Started, MilestoneKind::Detected, MilestoneKind::Acknowledged, MilestoneKind::Declared];

/// And until when.
const ENDS: [MilestoneKind; 2] = [MilestoneKind::Mitigated, MilestoneKind::Resolved];

pub(super) fn durations(case: &Case<'_>, passage: &Passage<'_>) -> Vec<Hit> {
    let at = |kind: &MilestoneKind| case.incident.milestones.instant(*kind);
    let spans: Vec<i64> = BEGINNINGS
        .iter()
        .filter_map(at)
        .flat_map(|from| ENDS.iter().filter_map(at).map(move |to| (to - from).num_minutes()))
        .filter(|minutes| *minutes > 0)
        .collect();
    let Some(longest) = spans.iter().max() else { return Vec::new() };
    let words = passage.words();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(said) = length_at(words, at) else {
            at += 1;
            continue;
        };
        at = said.words.1 + 1;
        if !fits(case, &spans, &said) && of_the_incident(words, said.words) {
            let span = words.spans(said.words.0, said.words.1);
            let message = format!(
                "\"{}\" is not what the milestones say: from the first to the last it took {}",
                passage.shown(&span),
                length(*longest)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// Whether a length is one that the milestones have: about one of those from a beginning to an end, or closely one between
/// any other two.
fn fits(case: &Case<'_>, spans: &[i64], said: &Length) -> bool {
    let all: Vec<Instant> =
        MilestoneKind::ALL.iter().filter_map(|kind| case.incident.milestones.instant(*kind)).collect();
    let between = all.iter().flat_map(|from| all.iter().map(move |to| (*to - *from).num_minutes()));
    let started = case.incident.milestones.instant(MilestoneKind::Started);
    let main: Vec<i64> = ENDS
        .iter()
        .filter_map(|kind| Some((case.incident.milestones.instant(*kind)? - started?).num_minutes()))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "minutes between milestones are few")]
    let near = |span: i64, slack: f64| (span as f64 - said.minutes).abs() <= slack;
    #[expect(clippy::cast_precision_loss, reason = "minutes between milestones are few")]
    let about = |span: i64| near(span, said.slack.max(span as f64 / 10.0));
    main.into_iter().any(about) || spans.iter().copied().chain(between).any(|span| near(span, said.slack))
}

/// What says that the thing was gone.
const GONE: &[&str] = &[
    "failed",
    "fails",
    "failing",
    "down",
    "unavailable",
    "unreachable",
    "offline",
    "outage",
    "downtime",
    "degraded",
    "disrupted",
    "disruption",
    "inaccessible",
    "unusable",
    "broken",
    "cannot",
    "couldn't",
    "unable",
];

/// What shows that a part is spoken of, another time, or what could be.
const NOT_THE_WHOLE: &[&str] = &[
    "each",
    "one",
    "first",
    "second",
    "third",
    "another",
    "some",
    "few",
    "node",
    "nodes",
    "node's",
    "replica",
    "replicas",
    "pod",
    "pods",
    "host",
    "hosts",
    "server",
    "servers",
    "instance",
    "instances",
    "shard",
    "region",
    "zone",
    "rack",
    "rollback",
    "restart",
    "reboot",
    "retry",
    "retries",
    "failover",
    "check",
    "checks",
    "probe",
    "probes",
    "job",
    "jobs",
    "deploy",
    "deployment",
    "rollout",
    "build",
    "backup",
    "query",
    "queries",
    "alert",
    "alerts",
    "pager",
    "test",
    "tests",
    "attempt",
    "would",
    "should",
    "may",
    "might",
    "can",
    "if",
    "never",
    "last",
    "previous",
    "allowed",
    "most",
    "again",
    "standby",
    "secondary",
    "canary",
];

/// What begins another thought: what failed before it is not what lasted.
const ELSE: &[&str] = &[
    "and", "but", "while", "which", "that", "who", "we", "they", "then", "so", "because", "after", "before",
    "until", "waited", "took", "when", "where",
];

/// What follows on a length that is said of many times, or of another time.
const OF_ANOTHER: &[&str] = &[
    "each", "per", "on", "longer", "more", "every", "ago", "at", "after", "before", "whenever", "less",
    "apart",
];

/// Words that say how exact a length is.
const ROUGHLY: &[&str] =
    &["about", "around", "roughly", "nearly", "approximately", "almost", "only", "just", "over", "under"];

/// The place before a length and the words that say how exact it is, or are among these.
fn before_rough(words: &Words<'_>, mut at: usize, others: &[&str]) -> usize {
    while ROUGHLY.contains(&words.before(at)) || others.contains(&words.before(at)) {
        at -= 1;
    }
    at
}

/// Whether a length of time is said of the incident as a whole.
fn of_the_incident(words: &Words<'_>, (from, to): (usize, usize)) -> bool {
    let verb = before_rough(words, from, &["for", "a", "total", "of"]);
    let lasted =
        matches!(words.before(verb), "lasted" | "lasting") && INCIDENT.contains(&words.before(verb - 1));
    // "30-minute incident call", "an hour of downtime per year", "a 10-minute downtime window".
    let of_another =
        |at: usize| matches!(words.next(at), "call" | "review" | "meeting" | "per" | "window" | "a" | "each");
    let noun = noun_after(words, to);
    let of = words.next(to) == "of" && matches!(words.next(to + 1), "downtime" | "outage" | "disruption");
    let noun = noun.is_some_and(|at| !of_another(at));
    let partly = words.before_is(from, 6, |word| NOT_THE_WHOLE.contains(&word));
    lasted
        || gone_for(words, (from, to))
        || (noun || of && !of_another(to + 2) || named(words, from)) && !partly
}

/// The "outage" of a "45-minute outage" or of a "45-minute login outage".
fn noun_after(words: &Words<'_>, to: usize) -> Option<usize> {
    let is_noun = |at: usize| {
        matches!(words.next(at), "outage" | "incident" | "disruption" | "downtime" | "degradation")
    };
    if is_noun(to) {
        return Some(to + 1);
    }
    let hyphened = words.text[words.span(to).start..].starts_with("min") || words.at(to).starts_with("hour");
    let one = matches!(words.at(to), "minute" | "hour" | "min" | "day");
    let plain = !matches!(words.next(to), "" | "of" | "before" | "after" | "into" | "per" | "the" | "a");
    (hyphened && one && plain && is_noun(to + 1)).then_some(to + 2)
}

/// Whether it is the value of a name: "Downtime: 45 minutes", "the downtime was 45 minutes".
fn named(words: &Words<'_>, from: usize) -> bool {
    let is_name = |word: &str| matches!(word, "downtime" | "outage" | "duration" | "unavailability");
    let Some(before) = from.checked_sub(1) else { return false };
    let between = words.text[words.span(before).end..words.span(from).start].trim();
    let value = is_name(words.at(before)) && matches!(between, ":" | "=" | "\u{2013}" | "\u{2014}");
    let was = matches!(words.before(from), "was" | "of" | "is") && is_name(words.before(before));
    value || was
}

/// Whether it is how long all was gone: "could not log in for 45 minutes".
fn gone_for(words: &Words<'_>, (from, to): (usize, usize)) -> bool {
    let at = before_rough(words, from, &["some"]);
    if words.before(at) != "for" || OF_ANOTHER.contains(&words.next(to)) {
        return false;
    }
    let mut verb = at - 1;
    for _ in 0..8 {
        let word = words.before(verb);
        if word.is_empty() || ELSE.contains(&word) {
            return false;
        }
        verb -= 1;
        if is_gone(words, verb) {
            let denied = words.before_is(verb, 2, |word| matches!(word, "not" | "never" | "without" | "no"));
            let partly = |word: &str| word == "could" || NOT_THE_WHOLE.contains(&word);
            return !denied && !words.before_is(verb, 5, partly);
        }
        if NOT_THE_WHOLE.contains(&words.at(verb)) {
            return false;
        }
    }
    false
}

/// Whether a word says that the thing was gone; "could not" does so in two.
fn is_gone(words: &Words<'_>, at: usize) -> bool {
    GONE.contains(&words.at(at)) || words.at(at) == "could" && matches!(words.next(at), "not" | "no")
}

/// The length of time that begins at a word: `45 minutes`, `1h 30m`, `2 hours and 5 minutes`.
fn length_at(words: &Words<'_>, at: usize) -> Option<Length> {
    let (mut minutes, mut slack, mut end) = part_at(words, at)?;
    let next = if words.next(end) == "and" { end + 2 } else { end + 1 };
    if !words.next(next - 1).is_empty()
        && let Some((more, finer, last)) = part_at(words, next)
        && finer < slack
    {
        minutes += more;
        slack = finer;
        end = last;
    }
    let about = |word: &str| {
        matches!(
            word,
            "about"
                | "around"
                | "roughly"
                | "nearly"
                | "approximately"
                | "almost"
                | "over"
                | "under"
                | "some"
        )
    };
    if words.before_is(at, 2, about) || words.text[..words.span(at).start].ends_with(['~', '<', '>']) {
        slack = slack.max(minutes / 5.0);
    }
    Some(Length { minutes, slack, words: (at, end) })
}

/// A number and its unit, in minutes, how far it may be off, and its last word.
fn part_at(words: &Words<'_>, at: usize) -> Option<(f64, f64, usize)> {
    let word = words.at(at);
    let digits = word.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(word.len());
    let number: f64 = word[..digits].replace(',', "").parse().ok()?;
    let (unit, end) = if digits < word.len() { (&word[digits..], at) } else { (words.next(at), at + 1) };
    let (factor, slack) = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => (1.0, 1.5),
        "h" | "hr" | "hrs" | "hour" | "hours" => (60.0, if number.fract() == 0.0 { 30.0 } else { 6.0 }),
        "d" | "day" | "days" => (1440.0, 720.0),
        _ => return None,
    };
    Some((number * factor, slack, end))
}

/// From when to when the outage is said to have been: "down from 10:00 to 11:15".
pub(super) fn ranges(case: &Case<'_>, passage: &Passage<'_>) -> Vec<Hit> {
    let words = passage.words();
    let mut hits = Vec::new();
    for at in 0..words.len() {
        if !matches!(words.at(at), "from" | "between") || !in_a_sentence_of_the_whole(words, at) {
            continue;
        }
        let Some((first, begun)) = clock_after(words.text, words.span(at).end) else { continue };
        let Some(to) = till(&words.text[begun.end..]).map(|bytes| begun.end + bytes) else { continue };
        let Some((then, ended)) = clock_after(words.text, to) else { continue };
        let milestones = MilestoneKind::ALL.iter().filter_map(|kind| case.incident.milestones.get(*kind));
        let known: Vec<Instant> = milestones.filter_map(|milestone| milestone.at.instant()).collect();
        let (Some(started), Some(end)) = (
            case.incident.milestones.instant(MilestoneKind::Started),
            ENDS.iter().rev().find_map(|kind| case.incident.milestones.instant(*kind)),
        ) else {
            return hits;
        };
        let face = Face::of(case.incident);
        let label = face.full(&started.into(), Precision::Minute);
        let elsewhere = [&words.text[begun.end..], &words.text[ended.end..]];
        if elsewhere.iter().any(|after| in_another_zone(after, &label)) {
            continue;
        }
        // As precise as it is said, at least a tenth of it; half a day apart is the other half of a clock.
        let minutes = then.signed_duration_since(first).num_minutes().rem_euclid(12 * 60);
        let slack = (minutes / 10).max(1);
        let near = |instant: &Instant, said: chrono::NaiveTime| {
            let apart = (case.incident.zone.at(*instant).time() - said).num_minutes().rem_euclid(12 * 60);
            apart.min(12 * 60 - apart) <= slack
        };
        let fits = known.iter().any(|a| near(a, first) && known.iter().any(|b| b > a && near(b, then)));
        if !fits && end - started < TimeDelta::days(1) {
            let span = words.span(at).start..ended.end;
            let message = format!(
                "\"{}\" is not what the milestones say: it began at {label}, and ended at {}",
                passage.shown(&span),
                face.instant(end)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// The bytes up to what follows on "to", behind the first of two times.
fn till(after: &str) -> Option<usize> {
    let mut rest = after;
    loop {
        rest = rest.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        match word {
            "to" | "until" | "till" | "and" | "-" | "\u{2013}" => {
                return Some(after.len() - rest.len() + end);
            }
            // "am", "UTC"
            _ if (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic()) => {
                rest = &rest[end..];
            }
            _ => return None,
        }
    }
}

/// Whether the sentence around a word speaks of the outage as a whole, and before that word of nothing else.
fn in_a_sentence_of_the_whole(words: &Words<'_>, at: usize) -> bool {
    let from = words.span(at).start;
    let begin = words.text[..from].rfind(['.', '!', '?', ';', '\n']).map_or(0, |dot| dot + 1);
    let before: Vec<usize> = (0..at).rev().take_while(|at| words.span(*at).start >= begin).collect();
    let nearest = before.iter().take(16).find(|at| is_gone(words, **at) || words.at(**at) == "lasted");
    let Some(&gone) = nearest else { return false };
    let partly = |at: &usize| NOT_THE_WHOLE.contains(&words.at(*at));
    let other = |at: &usize| *at > gone && ELSE.contains(&words.at(*at));
    !before.iter().take(16).any(|at| partly(at) || other(at) || words.at(*at) == "not" && *at < gone)
}
