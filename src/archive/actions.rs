//! What is still to be done after many incidents, the most pressing first.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::subject::plain;
use super::{Digest, Todo, duplicates, words};
use crate::model::ActionStatus;
use crate::text::Raw;

/// Which actions are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Who does them.
    pub owner: Option<Raw>,
    /// Only those that should have been done by now.
    pub overdue: bool,
    /// Those that are done or dropped, too.
    pub all: bool,
}

/// An action, and the incident that asks for it.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// The incident.
    pub digest: &'a Digest,
    /// The action.
    pub todo: &'a Todo,
    /// Whether it should have been done by now.
    pub overdue: bool,
    /// Days since the incident began; none where that is not known.
    pub age: Option<i64>,
    /// The same, in incidents that are likely copies of that one: each with its number there.
    pub also: Vec<(&'a Raw, u32)>,
}

/// The actions that are meant: those that are overdue first, then by the day they are due, then by priority; of equals
/// those of the older incident. What two likely copies of one incident ask for in the same words is one action.
pub fn actions<'a>(
    digests: impl IntoIterator<Item = &'a Digest>,
    asked: &Asked,
    today: NaiveDate,
) -> Vec<Due<'a>> {
    let mut found: Vec<Due<'a>> = Vec::new();
    let digests: Vec<&Digest> = digests.into_iter().collect();
    for digest in &digests {
        let age = digest.day().map(|day| (today - day).num_days());
        for todo in &digest.todos {
            let open = todo.status == ActionStatus::Open;
            let overdue = open && todo.due.is_some_and(|due| due < today);
            let theirs = asked
                .owner
                .as_ref()
                .is_none_or(|owner| todo.owner.as_ref().is_some_and(|other| words::is_same(owner, other)));
            if theirs && (open || asked.all) && (overdue || !asked.overdue) {
                found.push(Due { digest, todo, overdue, age, also: Vec::new() });
            }
        }
    }
    // What has no day comes after what has one, and so does what has no priority.
    found.sort_by_key(|one| {
        let closed = one.todo.status != ActionStatus::Open;
        let (due, priority) = (one.todo.due, one.todo.priority);
        let order = (due.is_none(), due, priority.is_none(), priority);
        (closed, !one.overdue, order, one.digest.day(), one.todo.number)
    });
    once(found, &digests)
}

/// Those of likely copies only once: the most pressing one stands for the others.
fn once<'a>(found: Vec<Due<'a>>, digests: &[&'a Digest]) -> Vec<Due<'a>> {
    let twins = duplicates::among(digests.iter().copied());
    if twins.is_empty() {
        return found;
    }
    let twin = |id: &Raw| twins.get(id).map(|likely| &likely.id);
    let is_one = |a: &Raw, b: &Raw| twin(a) == Some(b) || twin(b) == Some(a) || twin(a) == twin(b);
    let mut kept: Vec<Due<'a>> = Vec::with_capacity(found.len());
    // By the first word: what says the same begins alike.
    let mut begun: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
    for one in found {
        if !twins.contains_key(&one.digest.id) {
            kept.push(one);
            continue;
        }
        let words = plain(one.todo.text.as_typed());
        let places = begun.entry(words.first().cloned().unwrap_or_default()).or_default();
        let is_same = |(at, others): &&(usize, Vec<String>)| {
            says_the_same(&words, others)
                && kept.get(*at).is_some_and(|known| {
                    known.digest.id != one.digest.id
                        && known.todo.status == one.todo.status
                        && is_one(&known.digest.id, &one.digest.id)
                })
        };
        match places.iter().find(is_same).and_then(|(at, _)| kept.get_mut(*at)) {
            Some(known) => known.also.push((&one.digest.id, one.todo.number)),
            None => {
                places.push((kept.len(), words));
                kept.push(one);
            }
        }
    }
    kept
}

/// Whether one of two texts has the words of the other, and few besides, as who does it.
fn says_the_same(one: &[String], other: &[String]) -> bool {
    let (less, more) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    less.len() * 3 > more.len() * 2 && less.iter().all(|word| more.contains(word))
}
