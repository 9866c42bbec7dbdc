//! The timeline: the entries of an incident, in the order in which they happened.

use std::borrow::Cow;
use std::ops::{Index, Range};
use std::slice;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer};

use super::{Entry, Id, Moment};

/// The entries in their [places](Entry::place). Copies share those that are the same in both: an incident is copied for each
/// snapshot, and one entry of a hundred thousand changes at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Arc<Entry>>")]
pub struct Timeline {
    entries: Vec<Arc<Entry>>,
    /// How many of them machines told.
    machines: usize,
}

impl Timeline {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many of them machines told.
    pub fn machines(&self) -> usize {
        self.machines
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All, in order.
    pub fn iter(&self) -> Iter<'_> {
        self.within(0..self.entries.len())
    }

    /// Those at these places, as far as they go.
    pub fn within(&self, places: Range<usize>) -> Iter<'_> {
        let end = places.end.min(self.entries.len());
        Iter(self.entries[places.start.min(end)..end].iter())
    }

    /// All, to be changed: who changes when one happened has to [sort](Self::sort) them.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Entry> {
        self.entries.iter_mut().map(Arc::make_mut)
    }

    /// Puts in the place of an entry what `change` makes of it and its place; where that is nothing, it stays, and shared.
    pub fn replace(&mut self, mut change: impl FnMut(usize, &Entry) -> Option<Entry>) {
        for (place, entry) in self.entries.iter_mut().enumerate() {
            if let Some(changed) = change(place, entry) {
                *entry = Arc::new(changed);
            }
        }
    }

    /// The one at this place.
    pub fn get(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place).map(Arc::as_ref)
    }

    /// The one that happened first.
    pub fn first(&self) -> Option<&Entry> {
        self.entries.first().map(Arc::as_ref)
    }

    /// The one that happened last.
    pub fn last(&self) -> Option<&Entry> {
        self.entries.last().map(Arc::as_ref)
    }

    /// How many there are before the first of which this is not so. It has to be so of all before that one.
    pub fn partition_point(&self, is_so: impl Fn(&Entry) -> bool) -> usize {
        self.entries.partition_point(|entry| is_so(entry))
    }

    /// Changes the entry with this id, where there is one. Its place must stay what it is.
    pub fn edit(&mut self, id: Id, edit: impl FnOnce(&mut Entry)) {
        // From the end: what is edited was nearly always written lately. The others stay shared.
        if let Some(entry) = self.entries.iter_mut().rfind(|entry| entry.id == id) {
            edit(Arc::make_mut(entry));
        }
    }

    /// The entry that stands at this [place](Entry::place).
    pub fn at_place(&self, place: (i64, Id)) -> Option<&Entry> {
        self.get(self.partition_point(|entry| entry.place() < place)).filter(|entry| entry.place() == place)
    }

    /// Changes the entry that stands at this place, where there is one. Its place must stay what it is.
    pub fn edit_at(&mut self, place: (i64, Id), edit: impl FnOnce(&mut Entry)) {
        let at = self.partition_point(|entry| entry.place() < place);
        if let Some(entry) = self.entries.get_mut(at).filter(|entry| entry.place() == place) {
            edit(Arc::make_mut(entry));
        }
    }

    /// Gives the entry that stands at this place another time, as a correction or not; where it stands then.
    pub fn place_anew(&mut self, place: (i64, Id), when: &Moment, corrected: bool) -> (i64, Id) {
        let at = self.partition_point(|entry| entry.place() < place);
        if self.get(at).is_none_or(|entry| entry.place() != place) {
            return place;
        }
        let mut entry = Arc::unwrap_or_clone(self.entries.remove(at));
        self.machines -= usize::from(entry.kind.is_machine());
        entry.set_moment(when);
        entry.edited |= corrected;
        let place = entry.place();
        self.insert(entry);
        place
    }

    /// Puts an entry in its place.
    pub fn insert(&mut self, entry: Entry) {
        let place = entry.place();
        let at = match self.entries.last() {
            // Nearly every entry is the latest: thousands of them are not each looked up.
            Some(last) if last.place() >= place => self.partition_point(|e| e.place() < place),
            _ => self.entries.len(),
        };
        self.machines += usize::from(entry.kind.is_machine());
        self.entries.insert(at, Arc::new(entry));
    }

    /// Puts all in their places.
    pub fn sort(&mut self) {
        self.entries.sort_by_key(|entry| entry.place());
    }
}

fn machines(entries: &[Arc<Entry>]) -> usize {
    entries.iter().filter(|entry| entry.kind.is_machine()).count()
}

impl From<Vec<Arc<Entry>>> for Timeline {
    /// In the order in which they come.
    fn from(entries: Vec<Arc<Entry>>) -> Self {
        Self { machines: machines(&entries), entries }
    }
}

impl Serialize for Timeline {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.entries.serialize(to)
    }
}

impl JsonSchema for Timeline {
    fn inline_schema() -> bool {
        Vec::<Entry>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<Entry>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Entry>::json_schema(generator)
    }
}

impl FromIterator<Entry> for Timeline {
    /// In the order in which they come.
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        entries.into_iter().map(Arc::new).collect::<Vec<_>>().into()
    }
}

impl Index<usize> for Timeline {
    type Output = Entry;

    fn index(&self, place: usize) -> &Entry {
        &self.entries[place]
    }
}

impl<'a> IntoIterator for &'a Timeline {
    type Item = &'a Entry;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The entries, one after the other.
#[derive(Clone, Debug)]
pub struct Iter<'a>(slice::Iter<'a, Arc<Entry>>);

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        self.0.next().map(Arc::as_ref)
    }

    fn nth(&mut self, n: usize) -> Option<&'a Entry> {
        self.0.nth(n).map(Arc::as_ref)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(Arc::as_ref)
    }
}

impl ExactSizeIterator for Iter<'_> {}
