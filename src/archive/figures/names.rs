//! How subjects of one key are called: as the team calls them, or as they were written.

use std::collections::HashMap;

use crate::archive::{Digest, Subjects};
use crate::text::Raw;

/// The ways in which keys were written, as they are gathered.
#[derive(Default)]
pub(super) struct Forms(HashMap<String, Vec<Raw>>);

/// The names of keys.
#[derive(Default)]
pub(super) struct Names(HashMap<String, Raw>);

impl Forms {
    /// Counts one way to write it.
    pub(super) fn add(&mut self, key: &str, typed: &Raw) {
        match self.0.get_mut(key) {
            Some(forms) => forms.push(typed.clone()),
            None => {
                self.0.insert(key.to_owned(), vec![typed.clone()]);
            }
        }
    }

    /// How each key is called. Once for all: one key may have thousands of forms.
    pub(super) fn names(self, subjects: &Subjects) -> Names {
        let names = self.0.into_iter().filter_map(|(key, forms)| {
            let most = subjects.name(&key, forms.iter())?;
            Some((key, most))
        });
        Names(names.collect())
    }
}

impl Names {
    /// How it is called.
    pub(super) fn of(&self, key: &str) -> Raw {
        self.0.get(key).cloned().unwrap_or_else(|| Raw::new(key))
    }
}

/// The keys of the components of all guesses, in the order of the incidents and of their guesses. One way to write it is read once.
pub(super) fn keys(all: &[&Digest], subjects: &Subjects) -> Vec<Vec<String>> {
    let mut read: HashMap<&str, String> = HashMap::new();
    let mut out = Vec::with_capacity(all.len());
    for digest in all {
        let keys = digest.guesses.iter().map(|guess| {
            let typed = guess.subject.as_typed();
            read.entry(typed).or_insert_with(|| subjects.component(typed)).clone()
        });
        out.push(keys.collect());
    }
    out
}
