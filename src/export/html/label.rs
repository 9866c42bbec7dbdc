//! The labels of list items: the bold words at an item's start, by which a page sets apart times and facts.

use pulldown_cmark::{Event, Tag, TagEnd};

/// What parts a label from what it labels.
pub(super) const DASH: &str = " — ";
/// What a key entry is told by.
pub(super) const STAR: &str = "★ ";

/// What the label of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A time: `**10:15 GMT** — words`.
    Time {
        /// The words begin with a star.
        key: bool,
    },
    /// A fact: `**Label:** words`.
    Fact,
}

impl Label {
    /// The label of the item that begins with these events.
    pub fn of(events: &[Event<'_>]) -> Option<Self> {
        let mut events = match events {
            [Event::Start(Tag::Item), Event::Start(Tag::Paragraph), Event::Start(Tag::Strong), rest @ ..]
            | [Event::Start(Tag::Item), Event::Start(Tag::Strong), rest @ ..] => rest.iter(),
            _ => return None,
        };
        let mut label = String::new();
        loop {
            match events.next()? {
                Event::Text(words) => label.push_str(words),
                Event::End(TagEnd::Strong) => break,
                _ => return None,
            }
        }
        match events.next() {
            Some(Event::Text(words)) if words.starts_with(DASH) => {
                is_time(&label).then(|| Self::Time { key: words[DASH.len()..].starts_with(STAR) })
            }
            _ => label.ends_with(':').then_some(Self::Fact),
        }
    }

    /// The class of the item.
    pub fn class(self) -> &'static str {
        match self {
            Self::Time { key: false } => "at",
            Self::Time { key: true } => "at key",
            Self::Fact => "fact",
        }
    }

    /// The class of a list that begins with it.
    pub fn class_of_list(self) -> &'static str {
        match self {
            Self::Time { .. } => "times",
            Self::Fact => "facts",
        }
    }
}

/// Whether a label is a time of day, with or without its date, or says that there is none.
fn is_time(label: &str) -> bool {
    let time = label.strip_prefix('~').unwrap_or(label);
    let clock = digits(time, 1).and_then(|rest| rest.strip_prefix(':')).and_then(|rest| digits(rest, 2));
    let date = digits(time, 4).and_then(|rest| rest.strip_prefix('-')).and_then(|rest| digits(rest, 2));
    clock.is_some() || date.is_some() || label == "no time"
}

/// What follows the digits at the start of a text, if there are enough of them.
fn digits(text: &str, least: usize) -> Option<&str> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (len >= least).then(|| &text[len..])
}

/// Parts the words after a label of a time: the dash, which a page does not need to show, the star, the rest.
pub(super) fn parted(words: &str) -> (&str, &str, &str) {
    let (dash, rest) = words.split_at(if words.starts_with(DASH) { DASH.len() } else { 0 });
    let (star, rest) = rest.split_at(if rest.starts_with(STAR) { STAR.len() } else { 0 });
    (dash, star, rest)
}
