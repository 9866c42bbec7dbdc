//! Fields of which two people say different things.

use super::case::{Case, Hit};
use crate::grammar::review;
use crate::model::Disputed;
use crate::text::Raw;

pub(super) fn open(case: &Case<'_>) -> Vec<Hit> {
    let incident = case.incident;
    let safe = |text: &str| Raw::new(text).for_term().to_string();
    let hit = |one: &Disputed| {
        let other = review::settled_otherwise(one, incident).map(|line| format!(" ({line})"));
        let message = format!("disputed: {}{}", one.both(incident), other.unwrap_or_default());
        let settles = review::settled_as_it_shows(one, incident);
        Hit::new(safe(&one.what(incident)), safe(&message), safe(&settles))
    };
    incident.disputed.iter().map(hit).collect()
}
