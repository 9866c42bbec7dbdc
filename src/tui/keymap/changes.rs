//! What a person changed of the keys: put over the defaults, and where that makes no sense, said and left.

use super::Keymap;
use super::acts::{Act, Place, stack};
use super::chord::Chord;
use super::table::{BINDINGS, Binding};
use crate::settings::{Complaint, KeyRow, Written, quoted, unknown};

/// Without a key for each of these, a person could not go on, or not leave.
const VITAL: [Act; 4] = [Act::Quit, Act::Commit, Act::ToPrompt, Act::Close];

/// A key that a person gave to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Given {
    /// The place of the row in the table.
    row: usize,
    chord: Chord,
    line: usize,
}

/// What is followed of a person's changes.
struct Changes {
    /// In the order of the file.
    given: Vec<Given>,
    /// For each row of the table, the line that set it; none: it has its defaults, as far as others leave them to it.
    set: Vec<Option<usize>>,
    complaints: Vec<Complaint>,
}

impl Keymap {
    /// The defaults with a person's changes, and what of these is not followed or has to be known.
    pub fn of(rows: &[KeyRow]) -> (Self, Vec<Complaint>) {
        let mut changes =
            Changes { given: Vec::new(), set: vec![None; BINDINGS.len()], complaints: Vec::new() };
        for row in rows {
            changes.take(row);
        }
        changes.settle_clashes();
        let (mut keymap, mut displaced) = changes.built();
        while changes.gives_way(&keymap) {
            (keymap, displaced) = changes.built();
        }
        changes.tell_displaced(&keymap, &displaced);
        changes.complaints.sort_by_key(|complaint| complaint.line);
        (keymap, changes.complaints)
    }

    /// What nobody can do without and cannot be done here, and the places where it cannot.
    fn missing(&self) -> Option<(Act, &'static [Place])> {
        let defaults = Self::default();
        let all = VITAL.into_iter().flat_map(|act| stack::ALL.into_iter().map(move |places| (act, places)));
        let lost = |keymap: &Self, act, places| keymap.chord(act, places).is_none();
        all.into_iter().find(|(act, places)| lost(self, *act, places) && !lost(&defaults, *act, places))
    }
}

impl Changes {
    fn complain(&mut self, line: usize, words: String) {
        let complaint = Complaint { line, words };
        if !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }

    /// Takes in one row of the file: what is no place, name or key is said and left out.
    fn take(&mut self, row: &KeyRow) {
        let Some(place) = Place::ALL.into_iter().find(|place| place.name() == row.place.text) else {
            let known = Place::ALL.into_iter().map(Place::name);
            let words = format!("no place for keys is called {}", unknown(&row.place.text, known));
            return self.complain(row.place.line, words);
        };
        let in_place = || BINDINGS.iter().filter(move |binding| binding.place == place);
        let Some(nth) = position(|binding| binding.place == place && binding.name == row.name.text) else {
            let known = unknown(&row.name.text, in_place().map(|binding| binding.name));
            return self.complain(row.name.line, format!("no key {} is called {known}", place.words()));
        };
        let before = self.given.len();
        for key in &row.keys {
            match read(key, place) {
                Ok(chord) => self.given.push(Given { row: nth, chord, line: key.line }),
                Err(words) => {
                    let words = format!("{}: {words}", BINDINGS[nth].name);
                    self.complain(key.line, words);
                }
            }
        }
        // Where no key of several is one, the defaults are better than none.
        if row.keys.is_empty() || self.given.len() > before {
            self.set[nth] = Some(row.name.line);
        }
    }

    /// Where a person gave one key to two things that act together, one of them keeps it there.
    fn settle_clashes(&mut self) {
        let mut lost: Vec<usize> = Vec::new();
        for (nth, given) in self.given.iter().enumerate() {
            for (at, other) in self.given[..nth].iter().enumerate().filter(|(_, o)| o.chord == given.chord) {
                let (here, there) = (&BINDINGS[given.row], &BINDINGS[other.row]);
                let Some(winner) = winner(there, here, given.chord).filter(|_| !lost.contains(&at)) else {
                    continue;
                };
                let (place, key) = (winner.place.words(), shown(given.chord));
                let words = format!(
                    "{place} {key} is both {} and {}; {} keeps it",
                    there.name, here.name, winner.name
                );
                self.complaints.push(Complaint { line: given.line, words });
                if here.place == there.place {
                    lost.push(nth);
                }
            }
        }
        let lost: Vec<Given> = lost.into_iter().map(|nth| self.given[nth]).collect();
        self.keep_given(|given| !lost.contains(given));
    }

    /// The keymap with these changes, and the defaults that gave way: of which row, and to what.
    fn built(&self) -> (Keymap, Vec<(usize, Given)>) {
        let mut keymap = Keymap::default();
        for (nth, row) in keymap.rows.iter_mut().enumerate().filter(|(nth, _)| self.set[*nth].is_some()) {
            row.chords.clear();
            for given in self.given.iter().filter(|given| given.row == nth) {
                if !row.chords.contains(&given.chord) {
                    row.chords.push(given.chord);
                }
            }
        }
        let mut displaced = Vec::new();
        // A key that a row has anyway is no news.
        for given in self.given.iter().filter(|given| !has(&BINDINGS[given.row], given.chord)) {
            let new = &BINDINGS[given.row];
            for (nth, row) in keymap.rows.iter_mut().enumerate() {
                let old = row.binding;
                let gives_way = self.set[nth].is_none() && old.act != new.act && is_over(old, new);
                if gives_way && row.chords.contains(&given.chord) {
                    row.chords.retain(|chord| *chord != given.chord);
                    displaced.push((nth, *given));
                }
            }
        }
        (keymap, displaced)
    }

    /// Takes back what leaves a person without something vital. False where nothing does.
    fn gives_way(&mut self, keymap: &Keymap) -> bool {
        let Some((act, places)) = keymap.missing() else { return false };
        let does = |binding: &Binding| places.contains(&binding.place) && binding.act == act;
        let Some(nth) = position(does) else { return false };
        let own = (0..BINDINGS.len()).find(|nth| does(&BINDINGS[*nth]) && self.set[*nth].is_some());
        let takes = |given: &Given| {
            let is_its = BINDINGS.iter().any(|binding| does(binding) && has(binding, given.chord));
            is_its && BINDINGS[given.row].act != act
        };
        let line = match own {
            Some(own) => {
                let line = self.set[own].take();
                self.given.retain(|given| given.row != own);
                line
            }
            None => {
                let line = self.given.iter().find(|given| takes(given)).map(|given| given.line);
                self.keep_given(|given| !takes(given));
                line
            }
        };
        let Some(line) = line else { return false };
        let Binding { name, keys, place, .. } = &BINDINGS[nth];
        let words = format!("{name} has to keep a key {}; {keys} stays {name}", place.words());
        self.complain(line, words);
        true
    }

    /// Keeps some of the given keys; a row that loses all of its own has its defaults.
    fn keep_given(&mut self, keeps: impl Fn(&Given) -> bool) {
        let (kept, lost): (Vec<_>, Vec<_>) = self.given.drain(..).partition(keeps);
        for given in lost {
            if !kept.iter().any(|kept| kept.row == given.row) {
                self.set[given.row] = None;
            }
        }
        self.given = kept;
    }

    /// A key that a person gave away is no default any more; what is left without one is said.
    fn tell_displaced(&mut self, keymap: &Keymap, displaced: &[(usize, Given)]) {
        for (nth, given) in displaced {
            let old = &BINDINGS[*nth];
            if keymap.rows[*nth].chords.is_empty() && !acts_otherwise(keymap, old) {
                let (key, new, place) = (shown(given.chord), BINDINGS[given.row].name, old.place.words());
                let words = format!("{key} is {new} now, and leaves {} without a key {place}", old.name);
                self.complain(given.line, words);
            }
        }
    }
}

/// Whether the same can be done with a key of another row, wherever this one acts.
fn acts_otherwise(keymap: &Keymap, binding: &Binding) -> bool {
    let mut stacks = stack::ALL.into_iter().filter(|stack| stack.contains(&binding.place));
    stacks.all(|stack| keymap.chord(binding.act, stack).is_some())
}

fn position(is: impl Fn(&Binding) -> bool) -> Option<usize> {
    BINDINGS.iter().position(is)
}

fn has(binding: &Binding, chord: Chord) -> bool {
    binding.chords.contains(&chord)
}

fn shown(chord: Chord) -> String {
    quoted(&chord.setting())
}

/// Which of two that a person gave one key has it where both act; none where they do not get in each other's way.
fn winner<'a>(first: &'a Binding, second: &'a Binding, chord: Chord) -> Option<&'a Binding> {
    let come_so = has(first, chord) && has(second, chord);
    if first.act == second.act || come_so {
        return None;
    }
    let second_wins = || is_over(second, first).then_some(second);
    is_over(first, second).then_some(first).or_else(second_wins)
}

/// Whether the keys of the first come before those of the second where both act, by one being closer to what the person
/// does, or stand beside them. What is offered for a line lies over the prompt on purpose, and so does the list.
fn is_over(upper: &Binding, lower: &Binding) -> bool {
    if upper.place == lower.place {
        return true;
    }
    let on_purpose = match upper.place {
        Place::Choices | Place::Completion => true,
        Place::List => lower.place == Place::Prompt || !lower.acts_in_list(),
        _ => false,
    };
    let at = |stack: &[Place], binding: &Binding| stack.iter().position(|place| *place == binding.place);
    let over = |stack: &&[Place]| matches!((at(stack, upper), at(stack, lower)), (Some(a), Some(b)) if a < b);
    !on_purpose && stack::ALL.iter().any(over)
}

/// Reads a key for a place; else why not.
fn read(key: &Written, place: Place) -> Result<Chord, String> {
    let chord = Chord::read(&key.text)?;
    let is_typed_in = match place {
        Place::Anywhere | Place::Prompt | Place::Completion | Place::Choices | Place::List => true,
        // Who binds a character over the panes gives up to begin a line with it there.
        Place::Replay
        | Place::Panes
        | Place::Timeline
        | Place::Hypotheses
        | Place::Actions
        | Place::Overlay
        | Place::Report
        | Place::Handoff
        | Place::Review
        | Place::Details
        | Place::Todos => false,
    };
    if is_typed_in && chord.types() {
        let (key, place) = (shown(chord), place.words());
        return Err(format!("{key} cannot be a key {place}: it would swallow what is typed"));
    }
    Ok(chord)
}
