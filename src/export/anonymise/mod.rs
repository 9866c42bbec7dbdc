//! Anonymising: in what leaves by an export, the people an incident knows are called by their roles. The record itself keeps
//! their names.
//!
//! Known are those who logged something, own something, have a role, or are marked with `@`. They go wherever they stand, also
//! in the middle of a text; names that only stand in texts cannot be told from other words.

mod people;

use crate::export::redact::fields::{Step, Texts as _};
use crate::model::Incident;
use crate::text::Raw;
use people::{People, Shape};

/// An incident without names.
#[derive(Clone, Debug)]
pub struct Anonymised {
    /// The incident; times, numbers and ids of records are as they were.
    pub incident: Incident,
    /// How many people were replaced.
    pub people: usize,
}

/// Calls all people by their roles: "commander", else "responder 1", "responder 2" in the order in which they appear.
pub fn anonymised(incident: &Incident) -> Anonymised {
    let people = People::of(incident);
    let mut incident = incident.clone();
    incident.each(&mut Vec::new(), &mut |way, text| {
        let new = match way {
            [.., Step::Field("by" | "owner" | "who")]
            | [.., Step::Field("people"), Step::Nth(_)]
            | [Step::Field("roles"), Step::Nth(_), Step::Field("name")] => people.word(text),
            [.., Step::Field("tags"), Step::Nth(_)] => people.without_names(text, Shape::OneWord),
            _ => people.without_names(text, Shape::Words),
        };
        if let Some(new) = new {
            *text = new;
        }
    });
    // It has the words of the title.
    if let Some(id) = people.without_names(&incident.id, Shape::OneWord) {
        incident.id = id;
    }
    Anonymised { incident, people: people.count() }
}

/// What to say about it.
pub fn summary(people: usize) -> String {
    let who = match people {
        0 => "Nobody was replaced".to_owned(),
        1 => "1 person was replaced by a role".to_owned(),
        _ => format!("{people} people were replaced by their roles"),
    };
    format!("{who}; names that only stand in a text cannot be known: read it before it goes out")
}

/// The people that a text marks.
fn marked(text: &Raw) -> Vec<Raw> {
    crate::text::marks::named(text.as_typed()).1
}
