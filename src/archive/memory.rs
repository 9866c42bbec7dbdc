//! What a room remembers of the past: made from all incidents at once, off the way of what is drawn.

use super::guesses::{Guesses, Recalled};
use super::similar::{Suggestion, Symptoms};
use super::{Digest, Subjects};
use crate::text::Raw;

/// Past incidents, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    guesses: Guesses,
    symptoms: Symptoms,
    /// Each incident's id and title, the newest id first.
    known: Vec<(Raw, Raw)>,
}

impl Memory {
    /// Takes note of these incidents.
    pub fn of(digests: &[Digest], subjects: &Subjects) -> Self {
        let mut known: Vec<(Raw, Raw)> =
            digests.iter().map(|digest| (digest.id.clone(), digest.title.clone())).collect();
        known.sort_by(|a, b| b.cmp(a));
        Self { guesses: Guesses::of(digests, subjects), symptoms: Symptoms::of(digests, subjects), known }
    }

    /// See [`Guesses::recall`].
    pub fn recall(&self, subject: &str, own: &Raw) -> Option<Recalled> {
        self.guesses.recall(subject, own)
    }

    /// See [`Guesses::recall_typed`].
    pub fn recall_typed(&self, typed: &str, own: &Raw) -> Option<Recalled> {
        self.guesses.recall_typed(typed, own)
    }

    /// See [`Symptoms::suggestions`].
    pub fn suggestions(&self, incident: &Digest) -> Vec<Suggestion> {
        self.symptoms.suggestions(incident)
    }

    /// The ids and the titles of all incidents, the newest id first.
    pub fn known(&self) -> &[(Raw, Raw)] {
        &self.known
    }

    /// Whether there is an incident with this id.
    pub fn knows(&self, id: &Raw) -> bool {
        self.known.iter().any(|(known, _)| known == id)
    }
}
