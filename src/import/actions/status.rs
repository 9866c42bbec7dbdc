//! The state of an action as a cell or a field tells it: done, dropped, still open; and the words beside it.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::Marks;
use crate::import::pattern;

/// What a state says of whether the action is done.
enum State {
    Done,
    Dropped,
    Open,
}

/// Sets what a status says; false where it is none, or where words of an open one would be lost.
pub(super) fn set(value: &str, marks: &mut Marks) -> bool {
    if matches!(value.trim(), "✅" | "☑" | "✔" | "✓") {
        marks.done = true;
        return true;
    }
    let (head, rest) = parted(value);
    match (state(&head), rest) {
        (Some(State::Done), rest) => {
            marks.done = true;
            marks.told = rest.map(|_| value.trim().to_owned());
            true
        }
        (Some(State::Dropped), rest) => {
            marks.dropped = true;
            marks.told = rest.map(str::to_owned);
            true
        }
        (Some(State::Open), rest) => rest.is_none(),
        (None, _) => false,
    }
}

fn state(head: &str) -> Option<State> {
    match head {
        "done" | "completed" | "complete" | "closed" | "finished" | "resolved" | "fixed" | "shipped" => {
            Some(State::Done)
        }
        "dropped" | "won't do" | "wont do" | "won't fix" | "wontfix" | "cancelled" | "canceled"
        | "rejected" | "declined" | "abandoned" | "not needed" | "obsolete" => Some(State::Dropped),
        "to do" | "todo" | "open" | "new" | "not started" | "planned" | "pending" => Some(State::Open),
        _ => None,
    }
}

/// The state in lower case, and what is said of it: behind a bracket, a colon, a dash, or as the sentence goes on.
fn parted(value: &str) -> (String, Option<&str>) {
    static GOES_ON: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:(?:done|completed|finished|fixed|resolved|shipped|closed) (?P<how>(?:in|on|with|since|as|via|at|through|during)\b.*)|(?:dropped|cancell?ed|rejected|declined|abandoned|not needed|won['’]?t (?:do|fix)) (?P<why>(?:because|since|as|due to|for lack|by|in favou?r)\b.*))$").ok()
    });
    let value = value.trim();
    let goes_on = GOES_ON.as_ref().and_then(|rule| rule.captures(value));
    let behind =
        goes_on.and_then(|hit| hit.name("how").or_else(|| hit.name("why"))).map(|words| words.start());
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| value.find(dash)).min();
    let sign = value.find(['(', '[', ',', ';', ':']);
    let at = [behind, dash, sign].into_iter().flatten().min().unwrap_or(value.len());
    let (head, rest) = value.split_at(at);
    let head = head.to_lowercase().replace('’', "'");
    let head = head.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    let rest = rest.trim_start_matches([',', ';', ':', '-', '–', '—', ' ']).trim_end();
    let bare = [('(', ')'), ('[', ']')].iter().find_map(|(open, close)| {
        let inner = rest.strip_prefix(*open)?.trim_end_matches('.').strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner.trim())
    });
    let rest = bare.unwrap_or(rest);
    (head, rest.contains(char::is_alphanumeric).then_some(rest))
}
