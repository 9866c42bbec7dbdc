//! How subjects of one key are called: as they were written most often.

use std::collections::{BTreeMap, HashMap};

use crate::archive::{Digest, Subjects};
use crate::text::Raw;

/// The names of keys.
#[derive(Default)]
pub(super) struct Names(HashMap<String, BTreeMap<Raw, usize>>);

impl Names {
    /// Counts one way to write it.
    pub(super) fn add(&mut self, key: &str, typed: &Raw) {
        let forms = match self.0.get_mut(key) {
            Some(forms) => forms,
            None => self.0.entry(key.to_owned()).or_default(),
        };
        *forms.entry(typed.clone()).or_default() += 1;
    }

    /// As it was written most often; of several the first in the order of the alphabet.
    pub(super) fn of(&self, key: &str) -> Raw {
        let forms = self.0.get(key).into_iter().flatten();
        let most = forms.max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)));
        most.map_or_else(|| Raw::new(key), |(typed, _)| typed.clone())
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
