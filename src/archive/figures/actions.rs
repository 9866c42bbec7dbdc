//! What was to be done, over all incidents.

use chrono::NaiveDate;

use super::day;
use super::spread::median;
use crate::archive::Digest;
use crate::model::ActionStatus;
use crate::model::insight::Actions;

/// Counts them; an action is overdue from the day after it was due.
pub(super) fn all(all: &[&Digest], today: NaiveDate) -> Actions {
    let mut actions = Actions::default();
    let mut ages = Vec::new();
    for digest in all {
        let over = digest.resolved.or(digest.began).map(|at| day(digest, at));
        for todo in &digest.todos {
            match todo.status {
                ActionStatus::Done => actions.done += 1,
                ActionStatus::Dropped => actions.dropped += 1,
                ActionStatus::Open => {
                    actions.open += 1;
                    actions.overdue += usize::from(todo.due.is_some_and(|due| due < today));
                    actions.without_due += usize::from(todo.due.is_none());
                    actions.without_owner += usize::from(todo.owner.is_none());
                    ages.extend(over.map(|over| (today - over).num_days()).filter(|days| *days >= 0));
                }
            }
        }
    }
    ages.sort_unstable();
    (actions.median_age_days, actions.age_known) = (median(&ages), ages.len());
    actions
}
