//! What the link tells the room, not more often than it can be seen.

use std::collections::HashSet;

use tokio::time::Instant;

use super::Fault;
use super::link::{Connection, News, Standing};
use super::people::{People, Person};
use super::plan::Plan;
use super::wire::Side;

/// Tells the room where the link stands, not more often than it can be seen.
pub(super) struct Teller<'a> {
    pub(super) side: &'a Side,
    pub(super) standing: Standing,
    told: Option<Standing>,
    /// When it was told last.
    pub(super) at: Instant,
    /// Who was told last.
    people: Vec<Person>,
    /// The birthday of the stream that is read, and the numbers of its messages that were refused.
    created: Option<String>,
    refused: HashSet<u64>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(side: &'a Side) -> Self {
        Self {
            side,
            standing: Standing::default(),
            told: None,
            at: Instant::now(),
            people: Vec::new(),
            created: None,
            refused: HashSet::new(),
        }
    }

    /// Whether something else is to be told than was.
    pub(super) fn is_stale(&self, plan: &Plan) -> bool {
        self.told.as_ref().is_none_or(|told| *told != self.standing || told.to_go != plan.to_go())
    }

    /// Tells where the link stands, where that has changed.
    pub(super) fn tell(&mut self, plan: &Plan) {
        self.at = Instant::now();
        self.standing.to_go = plan.to_go();
        if self.told.as_ref() != Some(&self.standing) {
            self.told = Some(self.standing.clone());
            (self.side.tell)(News::Standing(self.standing.clone()));
        }
    }

    /// The room was told something else meanwhile: where it stands is told again.
    pub(super) fn forget(&mut self) {
        self.told = None;
    }

    /// There is no connection, and why: nobody knows who is here.
    pub(super) fn lose(&mut self, why: Fault, plan: &Plan, people: &mut People) {
        self.standing.connection = Connection::Lost(why);
        self.tell(plan);
        people.forget();
        self.tell_people(people);
    }

    /// Tells who is here, where that has changed.
    pub(super) fn tell_people(&mut self, people: &mut People) {
        let present = people.present(std::time::Instant::now());
        if present != self.people {
            self.people.clone_from(&present);
            (self.side.tell)(News::People(present));
        }
    }

    /// A stream that was made then is read now: numbers of another one say nothing of its messages.
    pub(super) fn reads(&mut self, created: String) {
        if self.created.as_ref() != Some(&created) {
            self.created = Some(created);
            self.refused.clear();
        }
    }

    /// A message was no record that is taken in.
    /// `sequence` is its number in the stream: one that is read again is no other one.
    pub(super) fn refuse(&mut self, sequence: u64, why: String) {
        if self.refused.insert(sequence) {
            self.standing.refused += 1;
            self.standing.why_refused = Some(why);
        }
    }
}
