//! Says which incidents belong to one, seen from both sides.

use std::collections::HashSet;

use super::{Archive, Kept};
use crate::model::Incident;
use crate::text::Raw;

impl Archive {
    /// The incidents that belong to this one, each once: those that it names, by their ids where it has only their beginnings,
    /// and those that name it.
    pub fn relatives(&mut self, incident: &Incident) -> Vec<Raw> {
        let whole = |text: &Raw| {
            let mut begun = self.kept.iter().filter(|kept| kept.name.starts_with(text.as_typed()));
            let exact = self.kept.iter().any(|kept| kept.name == text.as_typed());
            match (exact, begun.next(), begun.next()) {
                (false, Some(only), None) => Raw::new(only.name.as_str()),
                _ => text.clone(),
            }
        };
        let mut all: Vec<Raw> = incident.related.iter().map(whole).collect();
        // Names and beginnings of names of this one, as others typed them.
        let mut by: Vec<(Raw, Vec<Raw>)> = self.related_by().into_iter().collect();
        by.sort();
        let id = &incident.id;
        let whole = |text: &Raw| {
            let begun = |kept: &&Kept| kept.name.starts_with(text.as_typed());
            text == id
                || id.as_typed().starts_with(text.as_typed()) && self.kept.iter().filter(begun).count() == 1
        };
        for (_, others) in by.into_iter().filter(|(named, _)| !named.is_blank() && whole(named)) {
            all.extend(others);
        }
        let mut seen = HashSet::new();
        all.retain(|other| other != id && seen.insert(other.clone()));
        all
    }
}
