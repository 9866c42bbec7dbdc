//! Says which incidents belong to one, seen from both sides.

use std::collections::HashSet;
use std::path::Path;

use super::kept::name;
use super::place::Place;
use super::{Archive, Kept};
use crate::archive::index::Index;
use crate::model::Incident;
use crate::session::peek;
use crate::text::Raw;

/// The incident in this folder as its report tells it: with its [`relatives`].
pub fn with_relatives(folder: &Path, incident: &Incident) -> Incident {
    Incident { related: relatives(folder, incident), ..incident.clone() }
}

/// The incidents beside this folder that belong to the one in it, also those that only name it; what it says itself where
/// the others cannot be read.
pub fn relatives(folder: &Path, incident: &Incident) -> Vec<Raw> {
    // A name alone has an empty parent, which is the folder one is in.
    let root = folder.parent().map(|root| if root.as_os_str().is_empty() { Path::new(".") } else { root });
    // What it says itself is known: a long one takes its time to be read.
    let own = folder.file_name().map(|_| name(folder)).filter(|own| !own.starts_with('.'));
    let archive = root.and_then(|root| Archive::read(root, &|_| {}, false, own).ok());
    archive.map_or_else(|| incident.related.clone(), |archive| archive.relatives(incident))
}

impl Archive {
    /// The incidents that belong to this one, each once: those that it names, by their ids where it has only their beginnings,
    /// and those that name it. Nothing is written.
    fn relatives(&self, incident: &Incident) -> Vec<Raw> {
        let names: Vec<&str> = self.kept.iter().map(Kept::name).chain(self.apart.as_deref()).collect();
        let whole = |text: &Raw| {
            let mut begun = names.iter().filter(|name| name.starts_with(text.as_typed()));
            let exact = names.contains(&text.as_typed());
            match (exact, begun.next(), begun.next()) {
                (false, Some(only), None) => Raw::new(*only),
                _ => text.clone(),
            }
        };
        let mut all: Vec<Raw> = incident.related.iter().map(whole).collect();
        // Names and beginnings of names of this one, as others typed them.
        let mut by = self.naming();
        by.sort();
        let id = &incident.id;
        let whole = |text: &Raw| {
            let begun = names.iter().filter(|name| name.starts_with(text.as_typed()));
            text == id || id.as_typed().starts_with(text.as_typed()) && begun.count() == 1
        };
        all.extend(by.into_iter().filter(|(named, _)| !named.is_blank() && whole(named)).map(|(_, by)| by));
        let mut seen = HashSet::new();
        all.retain(|other| other != id && seen.insert(other.clone()));
        all
    }
    /// What is named as related, each with the incident that names it: the index tells of what it knows, the rest is read.
    fn naming(&self) -> Vec<(Raw, Raw)> {
        let known = match &self.place {
            Place::File { path, .. } => Index::look_into(path).and_then(|index| index.relating()),
            _ => Ok(Vec::new()),
        };
        let known = known.unwrap_or_default().into_iter();
        let known = known
            .filter(|(name, _)| self.position(name).is_some_and(|at| self.kept[at].indexed))
            .map(|(_, digest)| (digest.id, digest.related));
        let new = self.kept.iter().filter(|kept| !kept.indexed && kept.card.is_ok());
        let read = new.filter_map(|kept| peek(&kept.folder, None).ok());
        let read = read.map(|peeked| (peeked.incident.id, peeked.incident.related));
        let pairs = |(id, named): (Raw, Vec<Raw>)| named.into_iter().map(move |other| (other, id.clone()));
        known.chain(read).flat_map(pairs).collect()
    }
}
