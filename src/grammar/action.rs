//! Tasks and improvements.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::args::{self, Args};
use super::table::Command;
use super::{Desk, GrammarError, marks};
use crate::log::{Change, Stamp};
use crate::model::{Action, ActionKind, Moment};
use crate::text::Raw;

#[derive(Default)]
struct Attributes {
    owner: Option<Raw>,
    due: Option<NaiveDate>,
    priority: Option<u8>,
    class: Option<Raw>,
    link: Option<Raw>,
}

impl Attributes {
    /// Takes a word that is an attribute not given yet. `Err` where it is one that makes no sense.
    fn take(&mut self, word: &str, today: NaiveDate) -> Result<bool, &'static str> {
        if let Some(name) = marks::person(word).filter(|_| self.owner.is_none()) {
            self.owner = Some(Raw::new(name));
        } else if let Some(day) = word.strip_prefix("due:").filter(|_| self.due.is_none()) {
            self.due = Some(due(day, today).ok_or("this is no day")?);
        } else if let Some(level) = priority(word).filter(|_| self.priority.is_none()) {
            self.priority = Some(level);
        } else if let Some(tag) = marks::tag(word).filter(|_| self.class.is_none()) {
            self.class = Some(Raw::new(tag));
        } else if let Some(url) = word.strip_prefix("link:").filter(|u| !u.is_empty() && self.link.is_none())
        {
            self.link = Some(Raw::new(url));
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// `+ TEXT`, `/task`, `/improve`.
pub(super) fn add(
    kind: ActionKind,
    command: &Command,
    args: &Args<'_>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    let today = desk.incident.zone.at(desk.now).date_naive();
    let mut found = Attributes::default();
    let text = marks::trailing(args.text(), |word, span| {
        let hint = "write it as due:fri, due:tomorrow, due:3d, due:2w or due:2024-08-20";
        found.take(word, today).map_err(|wrong| GrammarError::new(args.span_of(span), wrong, hint))
    })?;
    let text = Raw::new(args::unescaped(&text));
    if text.is_blank() {
        let hint = format!("for example: {}", command.example);
        return Err(args.error("what is to be done is missing", hint));
    }
    let Attributes { owner, due, priority, class, link } = found;
    Ok(Change::ActionAdded { kind, text, owner, due, priority, class, link })
}

/// Whether a word would be taken for an attribute at the end of a task.
pub(super) fn is_attribute(word: &str) -> bool {
    !matches!(Attributes::default().take(word, NaiveDate::default()), Ok(false))
}

fn priority(word: &str) -> Option<u8> {
    let digit = word.strip_prefix(['p', 'P'])?;
    digit.parse().ok().filter(|level| digit.len() == 1 && *level <= 5)
}

fn due(day: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = |n: i64| today.checked_add_signed(Duration::try_days(n)?);
    let lower = day.to_lowercase();
    match lower.as_str() {
        "today" => return Some(today),
        "tomorrow" => return days(1),
        _ => {}
    }
    if let Ok(weekday) = lower.parse::<Weekday>() {
        // The next one: on a Friday, `fri` is in a week.
        let ahead = weekday.num_days_from_monday() + 7 - today.weekday().num_days_from_monday();
        return days(i64::from((ahead + 6) % 7 + 1));
    }
    for (unit, length) in [('d', 1), ('w', 7)] {
        if let Some(n) = lower.strip_suffix(unit).and_then(|n| n.parse::<u16>().ok()) {
            return days(i64::from(n) * length);
        }
    }
    let shape = day.len() == 10 && day.is_ascii();
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| shape)
}

/// `/done N`, `/done N -`.
pub(super) fn done(
    command: &Command,
    args: &Args<'_>,
    when: Option<Box<Moment>>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    let (word, rest) = args.word();
    let action = numbered(word, command, args, desk)?.id;
    match rest.text() {
        "" => Ok(Change::ActionDone { action, when }),
        "-" if when.is_none() => Ok(Change::ActionReopened { action }),
        "-" => {
            Err(rest
                .error("opening an action again takes no time", format!("write /{} {word} -", command.name)))
        }
        _ => {
            Err(rest
                .error("only the number of the action goes here", "log what was done as a line of its own"))
        }
    }
}

/// `/drop N: WHY`.
pub(super) fn drop(
    command: &Command,
    args: &Args<'_>,
    when: Option<Box<Moment>>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    // The colon may be left out, or stand apart: `/drop 3 replaced by the new gateway`.
    let (word, rest) = args.word();
    let number = word.strip_suffix(':').unwrap_or(word);
    let reason = if number.len() == word.len() { rest.text().strip_prefix(": ") } else { None };
    let reason = Raw::new(reason.unwrap_or(rest.text()).trim());
    let reason = (!reason.is_blank()).then_some(reason);
    if reason.is_none() && number.len() < word.len() {
        return Err(args.error("the reason is missing", format!("for example: {}", command.example)));
    }
    let action = numbered(number, command, args, desk)?.id;
    Ok(Change::ActionDropped { action, reason, when })
}

/// The change that says of a known action what an added one says.
pub(super) fn again(action: Stamp, added: Change) -> Option<Change> {
    let Change::ActionAdded { text, owner, due, priority, class, link, .. } = added else { return None };
    Some(Change::ActionChanged { action, text, owner, due, priority, class, link })
}

pub(super) fn numbered<'a>(
    word: &str,
    command: &Command,
    args: &Args<'_>,
    desk: &Desk<'a>,
) -> Result<&'a Action, GrammarError> {
    let number = word.strip_prefix('#').unwrap_or(word).parse().ok();
    let Some(number) = number else {
        let hint = format!("for example: {}", command.example);
        return Err(args.error("the number of the action is missing", hint));
    };
    desk.incident.action(number).ok_or_else(|| {
        let hint = match &desk.incident.actions[..] {
            [] => "there are none yet; add one with + TEXT".to_owned(),
            [first, .., last] => format!("they are numbered {} to {}", first.number, last.number),
            [only] => format!("there is only number {}", only.number),
        };
        args.error(format!("there is no action {number}"), hint)
    })
}
