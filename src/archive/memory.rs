//! What a room remembers of the past: made from all incidents at once, off the way of what is drawn.

use super::guesses::{Guesses, Recalled};
use super::similar::{Suggestion, Symptoms};
use super::{Digest, Subjects, merged_away};
use crate::text::Raw;

/// Past incidents, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    guesses: Guesses,
    symptoms: Symptoms,
    /// Each incident's id and title, the newest id first; none that was merged into another one.
    known: Vec<(Raw, Raw)>,
    /// The id and the title of each, of those that were merged away, too, in the order of the ids.
    all: Vec<(Raw, Raw)>,
}

impl Memory {
    /// Takes note of these incidents.
    pub fn of(digests: &[Digest], subjects: &Subjects) -> Self {
        let gone = merged_away(digests);
        let mut all: Vec<(Raw, Raw)> =
            digests.iter().map(|digest| (digest.id.clone(), digest.title.clone())).collect();
        all.sort();
        let known = all.iter().rev().filter(|(id, _)| !gone.contains(id)).cloned().collect();
        let (guesses, symptoms) = (Guesses::of(digests, subjects), Symptoms::of(digests, subjects));
        Self { guesses, symptoms, known, all }
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

    /// The ids and the titles of the incidents that were not merged into another one, the newest id first.
    pub fn known(&self) -> &[(Raw, Raw)] {
        &self.known
    }

    /// The ids and the titles of all incidents whose ids begin so.
    pub fn begun(&self, words: &Raw) -> &[(Raw, Raw)] {
        let from = self.all.partition_point(|(id, _)| id.as_typed() < words.as_typed());
        let rest = &self.all[from..];
        let count = rest.iter().take_while(|(id, _)| id.as_typed().starts_with(words.as_typed())).count();
        &rest[..count]
    }
}
