//! The words of a post: Markdown stays as it was typed, people who are called by their names of users get the names they are
//! known by.

use std::collections::HashMap;

use super::line::Line;
use crate::import::chat::picture::drawn;
use crate::import::chat::said::Words;
use crate::text::Raw;

/// Calls to all who are in a channel: nobody in particular.
const ALL: [&str; 3] = ["all", "channel", "here"];

/// What people are called, by their names of users.
#[derive(Clone, Debug, Default)]
pub(super) struct People(HashMap<String, Raw>);

impl People {
    /// Takes note of a user: the nickname, else the whole name, else the name of the user.
    pub(super) fn add(&mut self, line: &Line<'_>) {
        let Some(user) = line.user() else { return };
        let told =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(username) = told(user.username) else { return };
        let whole = [told(user.first_name), told(user.last_name)].into_iter().flatten().collect::<Vec<_>>();
        let called =
            told(user.nickname).or_else(|| told(Some(whole.join(" ")))).unwrap_or_else(|| username.clone());
        self.0.insert(username.to_lowercase(), called.into());
    }

    /// What a user is called.
    pub(super) fn of(&self, username: &str) -> Raw {
        self.known(username).cloned().unwrap_or_else(|| username.into())
    }

    fn known(&self, username: &str) -> Option<&Raw> {
        self.0.get(&username.to_lowercase())
    }
}

/// Reads a text as it was typed.
pub(super) fn plain(text: &str, people: &People) -> Words {
    let mut words = Words::default();
    for (nth, part) in text.split('`').enumerate() {
        if nth > 0 {
            words.push("`");
        }
        // Between two ticks is code.
        if nth % 2 == 1 { words.push(part) } else { run(&drawn(part), people, &mut words) }
    }
    words
}

/// Text outside of code.
fn run(text: &str, people: &People, words: &mut Words) {
    let (mut rest, mut before) = (text, ' ');
    while let Some(at) = rest.find('@') {
        words.push(&rest[..at]);
        before = rest[..at].chars().next_back().unwrap_or(before);
        let name = called(&rest[at + 1..]);
        // An address has something before its sign.
        let name = if before.is_alphanumeric() { None } else { name_of(name, people) };
        match name {
            Some((name, Some(person))) => {
                words.push_person(person);
                rest = &rest[at + 1 + name.len()..];
            }
            Some((name, None)) => {
                words.push_no_mark(&rest[at..=at + name.len()]);
                rest = &rest[at + 1 + name.len()..];
            }
            None => {
                words.push("@");
                rest = &rest[at + 1..];
            }
        }
        before = '@';
    }
    words.push(rest);
}

/// What may be the name of a user that a text begins with.
fn called(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

/// Who is called so, or nobody where all are: the sentence may end right behind the name.
fn name_of<'n, 'p>(name: &'n str, people: &'p People) -> Option<(&'n str, Option<&'p Raw>)> {
    let mut name = name;
    loop {
        if let Some(person) = people.known(name) {
            return Some((name, Some(person)));
        }
        if ALL.contains(&name.to_lowercase().as_str()) {
            return Some((name, None));
        }
        name = name.strip_suffix(['.', '-', '_'])?;
    }
}
