//! What is still to be done after many incidents, the most pressing first.

use chrono::NaiveDate;

use super::{Digest, Todo, words};
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
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// The incident.
    pub digest: &'a Digest,
    /// The action.
    pub todo: &'a Todo,
    /// Whether it should have been done by now.
    pub overdue: bool,
    /// Days since the incident began; none where that is not known.
    pub age: Option<i64>,
}

/// The actions that are meant: those that are overdue first, then by the day they are due, then by priority; of equals
/// those of the older incident.
pub fn actions<'a>(
    digests: impl IntoIterator<Item = &'a Digest>,
    asked: &Asked,
    today: NaiveDate,
) -> Vec<Due<'a>> {
    let mut found: Vec<Due<'a>> = Vec::new();
    for digest in digests {
        let age = digest.day().map(|day| (today - day).num_days());
        for todo in &digest.todos {
            let open = todo.status == ActionStatus::Open;
            let overdue = open && todo.due.is_some_and(|due| due < today);
            let theirs = asked
                .owner
                .as_ref()
                .is_none_or(|owner| todo.owner.as_ref().is_some_and(|other| words::is_same(owner, other)));
            if theirs && (open || asked.all) && (overdue || !asked.overdue) {
                found.push(Due { digest, todo, overdue, age });
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
    found
}
