//! What stands beside the words of an action: done or not, by whom, until when, how urgent, where it is tracked. A mark that
//! is not wholly understood stays in the words.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::super::document::{links, plain};
use super::people::{somebody, who_leads};
use super::status;
use crate::import::pattern;

/// The marks of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Marks {
    pub owner: Option<String>,
    pub due: Option<NaiveDate>,
    pub priority: Option<u8>,
    pub class: Option<String>,
    pub link: Option<String>,
    pub done: bool,
    pub dropped: bool,
    /// What is said beside the state: why it was dropped, in what it was done.
    pub told: Option<String>,
    /// There was nothing but marks.
    pub only: bool,
}

impl Marks {
    /// Whether nothing of `other` would be lost where this takes it over.
    fn has_room_for(&self, other: &Self) -> bool {
        let free = |here: bool, there: bool| !(here && there);
        free(self.owner.is_some(), other.owner.is_some())
            && free(self.due.is_some(), other.due.is_some())
            && free(self.priority.is_some(), other.priority.is_some())
            && free(self.class.is_some(), other.class.is_some())
            && free(self.told.is_some(), other.told.is_some())
            && (other.link.is_none() || self.link.is_none() || self.link == other.link)
    }

    /// One more of those who are to do it.
    fn add_owner(&mut self, name: &str) {
        self.owner = Some(match self.owner.take() {
            Some(before) => format!("{before}, {name}"),
            None => name.to_owned(),
        });
    }

    /// Takes over what `other` knows and this does not.
    pub fn take(&mut self, other: Self) {
        self.owner = self.owner.take().or(other.owner);
        self.due = self.due.or(other.due);
        self.priority = self.priority.or(other.priority);
        self.class = self.class.take().or(other.class);
        self.link = self.link.take().or(other.link);
        self.done |= other.done;
        self.dropped |= other.dropped;
        self.told = self.told.take().or(other.told);
    }
}

/// Takes the marks off the text of an action.
pub(super) fn read(raw: &str) -> (String, Marks) {
    let mut marks = Marks::default();
    let mut rest = raw.trim();
    marks.take(leading(rest));
    if let Some((done, text)) = checkbox(rest) {
        marks.done = done;
        rest = text;
    }
    let struck = |mark: &str| rest.strip_prefix(mark).and_then(|t| t.trim_end().strip_suffix(mark));
    if let Some(inner) = struck("~~").or_else(|| struck("\\~\\~")) {
        marks.dropped = true;
        rest = inner;
    }
    if let Some((_, target, _)) =
        links(rest).into_iter().find(|(_, target, image)| !image && !target.is_empty())
    {
        marks.link = Some(target);
    }
    let mut text = plain(rest);
    while let Some((kept, taken)) = last_group(&text).filter(|(_, taken)| marks.has_room_for(taken)) {
        marks.take(taken);
        text = kept;
    }
    // "@ana adds an alert": the name is a part of the sentence, and stays.
    if let Some((name, task)) = text.strip_prefix('@').and_then(|t| t.split_once([' ', ':'])) {
        let name = name.trim_end_matches(',');
        if marks.owner.is_none() && !name.is_empty() && !task.trim().is_empty() {
            marks.owner = Some(name.to_owned());
        }
    }
    if marks.owner.is_none() {
        let (owner, due) = somebody(&text).unzip();
        marks.due = marks.due.or(due.flatten());
        marks.owner = owner.or_else(|| who_leads(&text));
    }
    marks.only = text.trim().is_empty();
    (text.trim().to_owned(), marks)
}

/// What stands before the words and stays there: `[DONE] …`, "P1: …", "(P2) …".
fn leading(text: &str) -> Marks {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^[*_]{0,3}(?:[\[(]?P(?P<level>[0-5])[\])]?[*_:]{0,4}[\s:]|[\[(](?P<status>[a-z' ]{3,16})[\])])").ok()
    });
    let dated = |day: &&str| text[day.len()..].trim_start().starts_with([':', '-', '–', '|']);
    let due = text.get(..10).filter(dated).and_then(date);
    let mut marks = Marks { due, ..Marks::default() };
    let Some(hit) = LEAD.as_ref().and_then(|rule| rule.captures(text)) else { return marks };
    marks.priority = hit.name("level").and_then(|level| level.as_str().parse().ok());
    if let Some(status) = hit.name("status") {
        set("status", status.as_str(), &mut marks);
        // It stays in the words, with all that it says.
        marks.told = None;
    }
    marks
}

/// Whether a text is a field of an action, "Owner: Ana", and the marks that it sets.
pub(super) fn field(raw: &str) -> Option<Marks> {
    let text = plain(raw);
    let (name, value) = text.split_once(':')?;
    let mut marks = Marks { only: true, ..Marks::default() };
    let name = name.trim().to_lowercase();
    (FIELDS.contains(&name.as_str()) && set(&name, value.trim(), &mut marks)).then_some(marks)
}

/// Whether a text is a field of an action, understood or not.
pub(super) fn is_field(raw: &str) -> bool {
    plain(raw).split_once(':').is_some_and(|(name, _)| FIELDS.contains(&name.trim().to_lowercase().as_str()))
}

const FIELDS: &[&str] = &[
    "owner",
    "assignee",
    "assigned to",
    "who",
    "responsible",
    "dri",
    "due",
    "due date",
    "deadline",
    "eta",
    "priority",
    "prio",
    "status",
    "ticket",
    "jira",
    "issue",
    "type",
    "by",
    "until",
];

/// `[x] text`, `✅ text`.
pub(super) fn checkbox(text: &str) -> Option<(bool, &str)> {
    for (mark, done) in [
        ("[x]", true),
        ("[X]", true),
        ("[ ]", false),
        ("[]", false),
        ("✅", true),
        ("☑", true),
        ("✔", true),
        ("☐", false),
        ("\\[x\\]", true),
        ("\\[ \\]", false),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            return Some((done, rest.trim_start_matches('\u{fe0f}').trim_start()));
        }
    }
    None
}

/// Whether a heading or a note at an end says that it was done.
pub(super) fn says_done(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let not = words.iter().any(|w| matches!(*w, "not" | "be" | "to" | "partially" | "partly"));
    !not && words.iter().any(|w| matches!(*w, "completed" | "complete" | "done" | "finished"))
}

/// The text without the group of marks that it ends with: `(@bob, by 2024-08-20)`, `[OPS-12]`, ` - Owner: Bob`.
fn last_group(text: &str) -> Option<(String, Marks)> {
    let text = text.trim_end();
    let bare = text.trim_end_matches('.');
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = bare.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            let marks = all(&inner[at + 1..])?;
            return Some((inner[..at].trim_end().to_owned(), marks));
        }
    }
    let seps = [" - ", " – ", " — ", " | ", "; ", ", ", " -> ", " → ", " => "];
    let mut cuts: Vec<(usize, usize)> =
        seps.iter().filter_map(|sep| text.rfind(sep).map(|at| (at, sep.len()))).collect();
    cuts.sort_unstable();
    // The last one; before it a dash, as "by Feb 14, 2025" has a comma of its own.
    for (at, length) in cuts.into_iter().rev() {
        if let Some(marks) = all(&text[at + length..]) {
            return Some((text[..at].trim_end().to_owned(), marks));
        }
    }
    if let Some(found) = named_day(text) {
        return Some(found);
    }
    let (at, last) = (text.rfind(' ')?, text.rsplit(' ').next()?);
    let lone =
        last.strip_prefix('@').is_some_and(|name| name.len() > 1) || is_ticket(last.trim_end_matches('.'));
    let marks = all(last).filter(|_| lone)?;
    Some((text[..at].trim_end().to_owned(), marks))
}

/// "… @ewa 2024-09-20": by whom and until when, with nothing between.
fn named_day(text: &str) -> Option<(String, Marks)> {
    let (before, day) = text.trim_end_matches('.').rsplit_once(' ')?;
    let (kept, name) = before.trim_end().rsplit_once(' ')?;
    let name = name.strip_prefix('@')?.trim_end_matches([',', ':']);
    let due = date(day).filter(|_| !name.is_empty())?;
    let marks = Marks { owner: Some(name.to_owned()), due: Some(due), ..Marks::default() };
    Some((kept.trim_end().to_owned(), marks))
}

/// The marks of a group, where it holds nothing else.
pub(super) fn all(group: &str) -> Option<Marks> {
    let mut marks = Marks::default();
    if one(group.trim(), &mut marks).is_some() {
        return Some(marks);
    }
    marks = Marks::default();
    let mut any = false;
    for piece in group.split([',', ';', '|']) {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        one(piece, &mut marks)?;
        any = true;
    }
    any.then_some(marks)
}

pub(super) fn one(piece: &str, marks: &mut Marks) -> Option<()> {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^(?P<name>owner|assignee|assigned to|who|responsible|dri|due(?: date)?|by|deadline|eta|until|priority|prio|status|ticket|jira|issue|type|class)(?:\s*:\s*|\s+)(?P<value>.+)$").ok()
    });
    if let Some(name) = piece.strip_prefix('@').filter(|name| !name.is_empty() && !name.contains(' ')) {
        marks.add_owner(name.trim_end_matches('.'));
        return Some(());
    }
    if is_ticket(piece) || piece.starts_with("http://") || piece.starts_with("https://") {
        return marks.link.replace(piece.to_owned()).is_none().then_some(());
    }
    if let Some(level) = priority(piece).filter(|_| piece.len() <= 3) {
        marks.priority = Some(level);
        return Some(());
    }
    match piece.to_lowercase().as_str() {
        "done" | "completed" | "complete" | "✅" | "finished" => {
            marks.done = true;
            return Some(());
        }
        "open" | "todo" | "to do" => return Some(()),
        _ => {}
    }
    // "done 2024-02-27": the day on which it was done is none that it is due.
    if let Some((word, day)) = piece.split_once(' ')
        && matches!(word.to_lowercase().as_str(), "done" | "completed" | "finished" | "fixed" | "shipped")
        && date(day.trim_start_matches("on ").trim()).is_some()
    {
        marks.done = true;
        return Some(());
    }
    if let Some(date) = date(piece) {
        return marks.due.replace(date).is_none().then_some(());
    }
    let hit = NAMED.as_ref()?.captures(piece)?;
    set(&hit["name"].to_lowercase(), hit["value"].trim(), marks).then_some(())
}

/// Sets the mark of a name; false where the value is none of its kind.
pub(super) fn set(name: &str, value: &str, marks: &mut Marks) -> bool {
    let words = value.split_whitespace().count();
    match name {
        "owner" | "assignee" | "assigned to" | "who" | "responsible" | "dri" => {
            let value = value.trim_start_matches('@');
            if is_nobody(value) {
                return false;
            }
            let named = (1..=5).contains(&words) && !value.is_empty();
            if named {
                marks.add_owner(value);
            }
            named
        }
        "due" | "due date" | "by" | "deadline" | "eta" | "until" => {
            let due = date(value);
            marks.due = due.or(marks.due);
            due.is_some()
        }
        "priority" | "prio" => {
            let level = priority(value);
            marks.priority = level.or(marks.priority);
            level.is_some()
        }
        "ticket" | "jira" | "issue" => {
            let tracked = words == 1 && (is_ticket(value) || value.contains("://") || value.starts_with('#'));
            if tracked {
                marks.link = Some(value.to_owned());
            }
            tracked
        }
        "type" | "class" => {
            if words == 1 {
                marks.class = Some(value.to_lowercase());
            }
            words == 1
        }
        "status" => status::set(value, marks),
        _ => false,
    }
}

/// `OPS-123`
fn is_ticket(word: &str) -> bool {
    static TICKET: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(r"^[A-Z][A-Z0-9]{1,9}-\d{1,6}$").ok());
    TICKET.as_ref().is_some_and(|rule| rule.is_match(word))
        && !matches!(word.split('-').next(), Some("UTF" | "SHA" | "ISO" | "RFC" | "CVE"))
}

/// "OPS-123 Raise the limit", "OPS-123: …".
pub(super) fn leads_with_ticket(text: &str) -> bool {
    text.split([' ', ':']).next().is_some_and(|word| is_ticket(word.trim_matches(['*', '[', ']'])))
}

/// "TBD", "nobody yet": the owner is still to be found.
fn is_nobody(value: &str) -> bool {
    let first = value.split([',', ';', '(', '/']).next().unwrap_or_default().trim().to_lowercase();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        first,
        "" | "tbd"
            | "tba"
            | "tbc"
            | "tbc."
            | "none"
            | "n/a"
            | "na"
            | "n"
            | "nobody"
            | "no one"
            | "nobody yet"
            | "unassigned"
            | "open"
            | "unknown"
            | "to be decided"
            | "to be determined"
            | "to be assigned"
            | "to be defined"
            | "not assigned"
            | "todo"
            | "to be confirmed"
            | "somebody"
            | "someone"
            | "volunteer needed"
    )
}

/// `P1`, `high`. 0 is the most urgent.
pub(super) fn priority(word: &str) -> Option<u8> {
    let lower = word.trim().to_lowercase();
    match lower.as_str() {
        "critical" | "urgent" | "highest" | "blocker" => Some(0),
        "high" => Some(1),
        "medium" | "normal" | "med" => Some(2),
        "low" => Some(3),
        "lowest" => Some(4),
        other => other.strip_prefix('p')?.parse().ok().filter(|level| *level <= 9),
    }
}

/// A whole date: `2024-08-20`, `Aug 20, 2024`, `20 August 2024`. `08/09/2024` could be two days, and is none.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('.');
    if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 24 {
        return None;
    }
    let text = text.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let ordinal = text.replace("st ", " ").replace("nd ", " ").replace("rd ", " ").replace("th ", " ");
    ["%Y-%m-%d", "%Y/%m/%d", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"].iter().find_map(
        |form| {
            NaiveDate::parse_from_str(&text, form).or_else(|_| NaiveDate::parse_from_str(&ordinal, form)).ok()
        },
    )
}

/// Whether an item says by whom or until when it is to be done.
pub(super) fn is_owned(raw: &str) -> bool {
    let (text, marks) = read(raw);
    let ticket = marks
        .link
        .as_deref()
        .is_some_and(|link| is_ticket(link) || link.contains("/issues/") || link.contains("/pull/"));
    (marks.owner.is_some() || marks.due.is_some() || ticket) && text.split_whitespace().count() >= 2
}
