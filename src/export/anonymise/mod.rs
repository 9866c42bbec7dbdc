//! Anonymising: in what leaves by an export, the people an incident knows are called by their roles. The record itself keeps
//! their names.
//!
//! Known are those who logged something, own something, have a role, or are marked with `@`. They go from their fields, their
//! marks and their mail addresses always; from the middle of a text where the name is a word of its own and no other word is
//! spelled so. Links, paths and the names of hosts stay what they are. Names that only stand in texts cannot be told from
//! other words, but for a surname behind a known first name.

mod common;
mod letters;
mod people;
mod places;
mod surnames;

use std::collections::BTreeSet;

use crate::export::redact::fields::{Step, Texts as _};
use crate::model::{EntryKind, Incident};
use crate::text::Raw;
use people::People;
use places::Shape;

/// Who has a role, where the role is all that is told of them: "commander: (a person)".
const PERSON: &str = "(a person)";

/// An incident without names.
#[derive(Clone, Debug)]
pub struct Anonymised {
    /// The incident; times, numbers and ids of records are as they were.
    pub incident: Incident,
    /// How many people were replaced.
    pub people: usize,
    /// Names, in small letters and in order, that still stand in a text since they are also words ("will") or too short
    /// to tell from one ("jo").
    pub also_words: Vec<String>,
}

/// Calls all people by their roles: "commander", else "responder 1", "responder 2" in the order in which they appear.
pub fn anonymised(incident: &Incident) -> Anonymised {
    let people = People::of(incident);
    let mut incident = incident.clone();
    for entry in incident.timeline.iter_mut().filter(|entry| entry.kind == EntryKind::Role) {
        if let Some(text) = role_taken(&people, &entry.text) {
            entry.text = text;
        }
    }
    for role in &mut incident.roles {
        if people.word(&role.name).is_some_and(|word| is_same(&word, &role.role)) {
            role.name = PERSON.into();
        }
    }
    let also_words = people.also_words();
    let mut left: BTreeSet<&String> = BTreeSet::new();
    incident.each(&mut Vec::new(), &mut |way, text| {
        let (new, in_text) = match way {
            [.., Step::Field("by" | "owner" | "who")]
            | [.., Step::Field("people"), Step::Nth(_)]
            | [Step::Field("roles" | "former_roles"), Step::Nth(_), Step::Field("name")] => {
                (people.word(text), false)
            }
            [Step::Field("roles" | "former_roles"), ..] => (people.without_names(text, Shape::Words), false),
            // What a channel is called, a group of people by their names, and the folder of its files.
            [.., Step::Field("channel")] | [.., Step::Field("source"), Step::Field("file")] => {
                (people.without_names(text, Shape::Slug), true)
            }
            [Step::Field("title")] if text.as_typed().starts_with('#') => {
                (people.without_names(text, Shape::Slug), true)
            }
            [.., Step::Field("tags"), Step::Nth(_)] => (people.without_names(text, Shape::OneWord), true),
            _ => (people.without_names(text, Shape::Words), true),
        };
        if let Some(new) = new {
            *text = new;
        }
        if in_text {
            left.extend(people::words_in(text.as_typed(), &also_words));
        }
    });
    // It has the words of the title.
    if let Some(id) = people.without_names(&incident.id, Shape::Slug) {
        incident.id = id;
    }
    let also_words = left.into_iter().cloned().collect();
    Anonymised { incident, people: people.count(), also_words }
}

/// What the record says of a role that was taken, "alice is scribe", without the name. The word for the role stays.
fn role_taken(people: &People, text: &Raw) -> Option<Raw> {
    const IS: &str = " is ";
    let text = text.as_typed();
    if let Some(told) = taken_over(people, text) {
        return Some(told);
    }
    let (word, role) = text.match_indices(IS).find_map(|(at, _)| {
        let word = people.word(&text[..at].into())?;
        Some((word, Raw::new(&text[at + IS.len()..])))
    })?;
    let role = people.without_names(&role, Shape::Words).unwrap_or(role);
    Some(Raw::new(if is_same(&word, &role) {
        [role.as_typed(), ": ", PERSON].concat()
    } else {
        [word.as_typed(), IS, role.as_typed()].concat()
    }))
}

/// The same of "bob takes over as scribe from alice".
fn taken_over(people: &People, text: &str) -> Option<Raw> {
    const AS: &str = " takes over as ";
    const FROM: &str = " from ";
    text.match_indices(AS).find_map(|(at, _)| {
        let word = people.word(&text[..at].into())?;
        let rest = &text[at + AS.len()..];
        let (role, before) = rest.match_indices(FROM).find_map(|(at, _)| {
            Some((Raw::new(&rest[..at]), people.word(&rest[at + FROM.len()..].into())?))
        })?;
        let role = people.without_names(&role, Shape::Words).unwrap_or(role);
        let who = if is_same(&word, &role) { PERSON } else { word.as_typed() };
        let before = if is_same(&before, &role) { PERSON } else { before.as_typed() };
        Some(Raw::new([who, AS, role.as_typed(), FROM, before].concat()))
    })
}

fn is_same(word: &Raw, role: &Raw) -> bool {
    letters::name_of(word.as_typed()) == letters::name_of(role.as_typed())
}

/// What to say about it.
pub fn summary(people: usize) -> String {
    let who = match people {
        0 => "Nobody was replaced".to_owned(),
        1 => "1 person was replaced by a role".to_owned(),
        _ => format!("{people} people were replaced by their roles"),
    };
    format!(
        "{who}; names that only stand in a text cannot be known, and those in links, paths and names of hosts stay: \
        read it before it goes out"
    )
}

/// What to say about names that are also words; `None` where there are none.
pub fn left_in(also_words: &[String]) -> Option<String> {
    let names = also_words.join(", ");
    (!also_words.is_empty()).then(|| {
        format!("{names}: also a word, or too short to tell from one; only @marks, mail addresses and fields were replaced")
    })
}

/// The people that a text marks. What looks like a mark within a link is a part of it, and stays there.
fn marked(text: &Raw) -> Vec<Raw> {
    let (text, mut rest, mut done) = (text.as_typed(), String::new(), 0);
    for link in letters::links(text) {
        rest.push_str(&text[done..link.whole.start]);
        rest.push(' ');
        done = link.whole.end;
    }
    rest.push_str(&text[done..]);
    crate::text::marks::named(&rest).1
}
