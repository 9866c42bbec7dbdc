//! The order of the list: which incidents what is typed could be short for, and which of them comes first.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::model::Instant;
use crate::session::Found;
use crate::text::{Raw, TermText};

/// What a letter scores at least where what was typed is to be found: the matcher gives 16 for a letter and takes away for
/// gaps, and one that is strewn over a whole text is there by chance.
const SCATTERED: u32 = 14;

/// An incident of the list.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) folder: PathBuf,
    /// Which of those on the shelf it is.
    pub(super) at: usize,
    /// What people call it; of one that cannot be read, the name of its folder.
    pub(super) title: TermText,
    group: Group,
    newest: Option<Instant>,
    /// What is searched: as it is shown, so that what is seen is found.
    text: String,
    key: String,
}

/// What comes first. One that cannot be read may be the one that is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Unresolved,
    Unreadable,
    Over,
}

/// An incident that is shown, and the graphemes of its title that were typed.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    card: usize,
    pub(super) typed: Vec<u32>,
}

/// All incidents, and those of them that are shown.
pub(super) struct Order {
    cards: Vec<Card>,
    hits: Vec<Hit>,
    /// The text that they were looked for with; none: that is still to be done.
    sought: Option<String>,
    matcher: Matcher,
}

impl Card {
    fn of(at: usize, found: &Found) -> Self {
        let id = Raw::new(found.folder.file_name().unwrap_or_default().to_string_lossy()).for_term();
        let written = found.written.map(Instant::from);
        let folder = found.folder.clone();
        let Ok(incident) = &found.incident else {
            let (text, key) = (id.to_string(), String::new());
            return Self { folder, at, title: id, group: Group::Unreadable, newest: written, text, key };
        };
        let title = incident.title.for_term();
        let mut text = format!("{title} {id}");
        for service in &incident.services {
            text.push_str(&format!(" {}", service.for_term()));
        }
        let group = if incident.status.is_over() { Group::Over } else { Group::Unresolved };
        let newest = incident.began().map(|(began, _)| began).or(written);
        Self { folder, at, key: key(title.as_str()), title, group, newest, text }
    }

    /// Whether the outage is going on.
    pub(super) fn is_unresolved(&self) -> bool {
        self.group == Group::Unresolved
    }
}

impl Order {
    pub(super) fn of(found: &[Found]) -> Self {
        let (cards, hits) = (Vec::new(), Vec::new());
        let mut order = Self { cards, hits, sought: None, matcher: Matcher::new(Config::DEFAULT) };
        order.take(found);
        order
    }

    /// Takes in what is on the shelf: the unresolved first, then the newest.
    pub(super) fn take(&mut self, found: &[Found]) {
        self.cards = found.iter().enumerate().map(|(at, found)| Card::of(at, found)).collect();
        self.cards.sort_by_key(|card| (card.group, Reverse(card.newest)));
        self.sought = None;
    }

    /// Finds what a text could be short for, the likeliest first; all of them for an empty one.
    pub(super) fn seek(&mut self, typed: &str) {
        if self.sought.as_deref() == Some(typed) {
            return;
        }
        self.sought = Some(typed.to_owned());
        let wanted = Raw::new(typed).for_term();
        // The matcher's signs are text here.
        let pattern =
            Pattern::new(wanted.as_str(), CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let key = key(wanted.as_str());
        let letters = wanted.as_str().chars().filter(|c| !c.is_whitespace()).count();
        let least = u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(SCATTERED);
        let mut buffer = Vec::new();
        let mut found = Vec::new();
        for (nth, card) in self.cards.iter().enumerate() {
            let text = Utf32Str::new(&card.text, &mut buffer);
            let score = pattern.score(text, &mut self.matcher).filter(|score| *score >= least);
            // Called just so but for punctuation, it is found whatever the matcher says.
            let same = !key.is_empty() && card.key == key;
            if score.is_none() && !same {
                continue;
            }
            let mut typed = Vec::new();
            let title = Utf32Str::new(card.title.as_str(), &mut buffer);
            if pattern.indices(title, &mut self.matcher, &mut typed).is_none() {
                typed.clear();
            }
            found.push((same, score, Hit { card: nth, typed }));
        }
        found.sort_by_key(|(same, score, _)| Reverse((*same, *score)));
        self.hits = found.into_iter().map(|(.., hit)| hit).collect();
    }

    /// How many are shown.
    pub(super) fn len(&self) -> usize {
        self.hits.len()
    }

    /// The `nth` that is shown.
    pub(super) fn card(&self, nth: usize) -> Option<&Card> {
        self.cards.get(self.hits.get(nth)?.card)
    }

    /// Those that are shown, from the `nth` on.
    pub(super) fn from(&self, nth: usize) -> impl Iterator<Item = (&Card, &Hit)> {
        self.hits.iter().skip(nth).filter_map(|hit| Some((self.cards.get(hit.card)?, hit)))
    }

    /// Where an incident is shown.
    pub(super) fn position(&self, folder: &Path) -> Option<usize> {
        self.from(0).position(|(card, _)| card.folder == folder)
    }

    /// The unresolved incident that is called just so, but for case, blanks and punctuation.
    pub(super) fn going_on(&self, title: &str) -> Option<&Card> {
        let key = key(title);
        self.cards.iter().find(|card| card.is_unresolved() && !key.is_empty() && card.key == key)
    }

    /// How many there are, how many are unresolved, and how many cannot be read.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let of = |group| self.cards.iter().filter(|card| card.group == group).count();
        (self.cards.len(), of(Group::Unresolved), of(Group::Unreadable))
    }
}

/// What two titles of one outage have in common, however they are typed.
fn key(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
