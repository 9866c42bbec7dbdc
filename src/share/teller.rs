//! What the link tells the room, not more often than it can be seen.

use tokio::time::Instant;

use super::Fault;
use super::link::{Connection, News, Standing};
use super::people::{People, Person};
use super::plan::Plan;
use super::wire::Side;

/// Tells the room where the link stands, not more often than it can be seen.
pub(super) struct Teller<'a> {
    side: &'a Side,
    pub(super) standing: Standing,
    told: Option<Standing>,
    /// When it was told last.
    pub(super) at: Instant,
    /// Who was told last.
    people: Vec<Person>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(side: &'a Side) -> Self {
        Self { side, standing: Standing::default(), told: None, at: Instant::now(), people: Vec::new() }
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

    /// A message was no record that is taken in.
    pub(super) fn refuse(&mut self, why: String) {
        self.standing.refused += 1;
        self.standing.why_refused = Some(why);
    }
}
