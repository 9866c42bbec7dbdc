//! The order of the list: which incidents what is typed could be short for, and which of them comes first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::archive::{Part, Query, Snippet, Subjects};
use crate::hands::in_parts;
use crate::session::archive::{Archive, Kept};
use crate::text::{Raw, TermText};

/// What a letter scores at least where what was typed is to be found: the matcher gives 16 for a letter and takes away for
/// gaps, and one that is strewn over a whole text is there by chance.
const SCATTERED: u32 = 14;

/// How many words are looked up that are spelt almost so.
const WORDS: usize = 4;

/// An incident of the list.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) folder: PathBuf,
    /// Which of those in the archive it is.
    pub(super) at: usize,
    /// What people call it; of one that cannot be read, the name of its folder.
    pub(super) title: TermText,
    group: Group,
}

/// What an incident is called by: worked out once somebody types, for the list is seen sooner without.
struct Called {
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

/// An incident that is shown, and why.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    card: usize,
    /// The graphemes of its title that were typed.
    pub(super) typed: Vec<u32>,
    within: Within,
}

/// Whether what was typed stands in an incident somewhere.
#[derive(Clone, Debug)]
enum Within {
    /// It is called so, or nothing more is to be said.
    Called,
    /// Where is still to be looked up.
    Somewhere,
    /// There.
    There(Snippet),
}

impl Hit {
    /// Where what was typed stands in it, if it is shown for that.
    pub(super) fn snippet(&self) -> Option<&Snippet> {
        match &self.within {
            Within::There(snippet) => Some(snippet),
            Within::Called | Within::Somewhere => None,
        }
    }
}

/// All incidents, and those of them that are shown.
pub(super) struct Order {
    cards: Vec<Card>,
    /// What each of them is called by; none where nobody has typed since they were taken in.
    called: Vec<Called>,
    hits: Vec<Hit>,
    /// The text that they were looked for with; none: that is still to be done.
    sought: Option<String>,
    query: Query,
    matcher: Matcher,
    /// Where nothing is found: words that stand somewhere, and are spelt almost like those that were typed.
    alike: Vec<String>,
}

impl Card {
    fn of(at: usize, kept: &Kept) -> Self {
        let folder = kept.folder.clone();
        let Ok(card) = &kept.card else {
            let title = Raw::new(kept.name()).for_term();
            return Self { folder, at, title, group: Group::Unreadable };
        };
        let group = if card.status.is_over() { Group::Over } else { Group::Unresolved };
        Self { folder, at, title: card.title.for_term(), group }
    }

    /// Whether the outage is going on.
    pub(super) fn is_unresolved(&self) -> bool {
        self.group == Group::Unresolved
    }
}

impl Called {
    fn of(card: &Card, kept: &[Kept]) -> Self {
        let mut text = card.title.to_string();
        if let Some((kept, read)) = kept.get(card.at).and_then(|kept| Some((kept, kept.card.as_ref().ok()?)))
        {
            text.push_str(&format!(" {}", Raw::new(kept.name()).for_term()));
            for service in &read.services {
                text.push_str(&format!(" {}", service.for_term()));
            }
        }
        let key = if card.group == Group::Unreadable { String::new() } else { key(card.title.as_str()) };
        Self { text, key }
    }
}

impl Order {
    pub(super) fn of(kept: &[Kept]) -> Self {
        let (cards, called, hits, query) = (Vec::new(), Vec::new(), Vec::new(), Query::default());
        let (matcher, alike) = (Matcher::new(Config::DEFAULT), Vec::new());
        let mut order = Self { cards, called, hits, sought: None, query, matcher, alike };
        order.take(kept);
        order
    }

    /// Takes in what is in the archive: the unresolved first, then the newest.
    pub(super) fn take(&mut self, kept: &[Kept]) {
        let mut places: Vec<usize> = (0..kept.len()).filter(|&at| !kept[at].is_merged_away()).collect();
        places.sort_by_cached_key(|&at| kept[at].place());
        self.cards = in_parts(&places, |&at| Card::of(at, &kept[at]));
        self.called.clear();
        self.sought = None;
    }

    /// Finds what a text could be short for, the likeliest first, then those in which its words stand; all for an empty one.
    pub(super) fn seek(&mut self, typed: &str, archive: &mut Archive, subjects: Option<&Subjects>) {
        if self.sought.as_deref() == Some(typed) {
            return;
        }
        self.sought = Some(typed.to_owned());
        let query = Query::read(&Raw::new(typed));
        self.query = match subjects {
            Some(subjects) => query.with_names(subjects),
            None => query,
        };
        self.alike.clear();
        if typed.trim().is_empty() {
            let all = 0..self.cards.len();
            self.hits = all.map(|card| Hit { card, typed: Vec::new(), within: Within::Called }).collect();
            return;
        }
        self.hits = self.called(typed, archive.kept());
        let called: HashSet<usize> = self.hits.iter().map(|hit| hit.card).collect();
        let cards: HashMap<&Path, usize> =
            self.cards.iter().enumerate().map(|(nth, card)| (card.folder.as_path(), nth)).collect();
        let found = if self.query.is_empty() { Vec::new() } else { archive.search(&self.query) };
        let within = found.iter().filter_map(|one| cards.get(one.folder.as_path()).copied());
        let within = within.filter(|card| !called.contains(card));
        self.hits.extend(within.map(|card| Hit { card, typed: Vec::new(), within: Within::Somewhere }));
        if self.hits.is_empty() {
            let words = self.query.terms.iter().flat_map(|term| &term.tokens).take(WORDS);
            let words: Vec<&str> = words.map(String::as_str).collect();
            self.alike = archive.alike(&words).concat();
        }
    }

    /// Where nothing is found: words that are spelt almost like those that were typed.
    pub(super) fn alike(&self) -> &[String] {
        &self.alike
    }

    /// Looks up where what was typed stands in some of those that are shown.
    pub(super) fn quote(&mut self, shown: Range<usize>, archive: &mut Archive) {
        let shown = shown.start.min(self.hits.len())..shown.end.min(self.hits.len());
        for hit in &mut self.hits[shown] {
            if matches!(hit.within, Within::Somewhere)
                && let Some(card) = self.cards.get(hit.card)
            {
                let mut snippets = archive.snippets(&card.folder, &self.query).into_iter();
                // The title is shown anyway.
                let snippet = snippets.find(|snippet| snippet.part != Part::Title);
                hit.within = snippet.map_or(Within::Called, Within::There);
            }
        }
    }

    /// Those that are called so, or could be.
    fn called(&mut self, typed: &str, kept: &[Kept]) -> Vec<Hit> {
        if self.called.is_empty() {
            self.called = in_parts(&self.cards, |card| Called::of(card, kept));
        }
        let wanted = Raw::new(typed).for_term();
        // The matcher's signs are text here.
        let pattern =
            Pattern::new(wanted.as_str(), CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let key = key(wanted.as_str());
        let letters = wanted.as_str().chars().filter(|c| !c.is_whitespace()).count();
        let least = u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(SCATTERED);
        let mut buffer = Vec::new();
        let mut found = Vec::new();
        for (nth, (card, called)) in self.cards.iter().zip(&self.called).enumerate() {
            let text = Utf32Str::new(&called.text, &mut buffer);
            let score = pattern.score(text, &mut self.matcher).filter(|score| *score >= least);
            // Called just so but for punctuation, it is found whatever the matcher says.
            let same = !key.is_empty() && called.key == key;
            if score.is_none() && !same {
                continue;
            }
            let mut typed = Vec::new();
            let title = Utf32Str::new(card.title.as_str(), &mut buffer);
            if pattern.indices(title, &mut self.matcher, &mut typed).is_none() {
                typed.clear();
            }
            found.push((same, score, Hit { card: nth, typed, within: Within::Called }));
        }
        found.sort_by_key(|(same, score, _)| Reverse((*same, *score)));
        found.into_iter().map(|(.., hit)| hit).collect()
    }

    /// Whether only those are shown that are like what is typed.
    pub(super) fn is_narrowed(&self) -> bool {
        self.sought.as_deref().is_some_and(|typed| !typed.trim().is_empty())
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
        let wanted = key(title);
        let mut going_on = self.cards.iter().filter(|card| card.is_unresolved() && !wanted.is_empty());
        going_on.find(|card| key(card.title.as_str()) == wanted)
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
