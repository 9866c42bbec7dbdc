//! How subjects of one key are called: as they were written most often.

use std::collections::HashMap;

use crate::archive::{Digest, Subjects, subject};
use crate::text::Raw;

/// The names of keys.
#[derive(Default)]
pub(super) struct Names(HashMap<String, Vec<Raw>>);

impl Names {
    /// Counts one way to write it.
    pub(super) fn add(&mut self, key: &str, typed: &Raw) {
        match self.0.get_mut(key) {
            Some(forms) => forms.push(typed.clone()),
            None => {
                self.0.insert(key.to_owned(), vec![typed.clone()]);
            }
        }
    }

    /// As it was written most often, else as it is compared.
    pub(super) fn of(&self, key: &str) -> Raw {
        let forms = self.0.get(key).into_iter().flatten();
        subject::commonest(forms).cloned().unwrap_or_else(|| Raw::new(key))
    }
}

/// The keys of all guesses, in the order of the incidents and of their guesses. One way to write it is read once.
pub(super) fn keys(all: &[&Digest], subjects: &Subjects) -> Vec<Vec<String>> {
    let mut read: HashMap<&str, String> = HashMap::new();
    let mut out = Vec::with_capacity(all.len());
    for digest in all {
        let keys = digest.guesses.iter().map(|guess| {
            let typed = guess.subject.as_typed();
            read.entry(typed).or_insert_with(|| subjects.key(typed)).clone()
        });
        out.push(keys.collect());
    }
    out
}
