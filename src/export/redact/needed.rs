//! What a text needs to hold a secret: nearly none has it, and one pass over known words tells so before any rule is asked.
//!
//! The words come from the shapes themselves: of each rule some, of which whatever it finds has one.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Match};
use regex::{RegexSet, RegexSetBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::rules::RULES;

/// A shorter word is in so many texts that the rules which need it are asked by themselves.
const TELLING: usize = 2;

/// A word that is in all that has some shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Word {
    /// In small letters, if its case is no matter.
    bytes: Vec<u8>,
    /// Whether its case is no matter.
    any_case: bool,
}

/// Words, and what finds them.
struct Words {
    words: Vec<Word>,
    /// All of them, in any case.
    shape: AhoCorasick,
}

/// What a text with a secret has one of.
struct Needed {
    telling: Words,
    common: Words,
    /// The rules that need no more than a common word.
    of_common: RegexSet,
}

/// None where a shape cannot be read or needs no word, which a test rules out.
static NEEDED: LazyLock<Option<Needed>> = LazyLock::new(|| {
    let (mut telling, mut common, mut of_common) = (Vec::new(), Vec::new(), Vec::new());
    for rule in RULES {
        let words = words_of(&parsed(rule.shape)?)?;
        if shortest(&words) < TELLING {
            common.extend(words);
            of_common.push(rule.shape);
        } else {
            telling.extend(words);
        }
    }
    let of_common = RegexSetBuilder::new(of_common).unicode(false).build().ok()?;
    Some(Needed { telling: Words::of(telling)?, common: Words::of(common)?, of_common })
});

/// Whether a text could hold a secret. Where this is not so, no rule finds one in it.
pub(super) fn may_hold(text: &str) -> bool {
    NEEDED.as_ref().is_none_or(|needed| {
        needed.telling.are_in(text) || needed.common.are_in(text) && needed.of_common.is_match(text)
    })
}

impl Words {
    fn of(words: Vec<Word>) -> Option<Self> {
        let mut once: Vec<Word> = Vec::new();
        for word in words {
            if !once.contains(&word) {
                once.push(word);
            }
        }
        let bytes = once.iter().map(|word| &word.bytes);
        let shape = AhoCorasick::builder().ascii_case_insensitive(true).build(bytes).ok()?;
        Some(Self { words: once, shape })
    }

    /// Whether one of them is in a text.
    fn are_in(&self, text: &str) -> bool {
        let is_so = |found: Match| {
            let word = &self.words[found.pattern().as_usize()];
            word.any_case || text.as_bytes()[found.range()] == word.bytes
        };
        // Nearly no text has one in any case, which is found out sooner.
        self.shape.is_match(text) && self.shape.find_overlapping_iter(text).any(is_so)
    }
}

/// What a shape is made of, read as [`compiled`](super::find::compiled) reads it.
fn parsed(shape: &str) -> Option<Hir> {
    ParserBuilder::new().unicode(false).build().parse(shape).ok()
}

/// Some words, of which every text of the shape has one; none where there are no such words.
fn words_of(shape: &Hir) -> Option<Vec<Word>> {
    match shape.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(_) | HirKind::Class(_) => word(shape).map(|word| vec![word]),
        HirKind::Repetition(repetition) => words_of(&repetition.sub).filter(|_| repetition.min > 0),
        HirKind::Capture(group) => words_of(&group.sub),
        HirKind::Alternation(ways) => {
            ways.iter().map(words_of).collect::<Option<Vec<_>>>().map(|words| words.concat())
        }
        HirKind::Concat(parts) => longest(parts),
    }
}

/// The part of a row that says the most.
fn longest(parts: &[Hir]) -> Option<Vec<Word>> {
    let mut best: Option<Vec<Word>> = None;
    let mut take = |words: Vec<Word>| {
        if best.as_ref().is_none_or(|best| shortest(best) < shortest(&words)) {
            best = Some(words);
        }
    };
    let mut run = Word::default();
    for part in parts {
        match word(part) {
            Some(next) => run = joined(run, next),
            // What takes no room parts no word.
            None if matches!(part.kind(), HirKind::Empty | HirKind::Look(_)) => {}
            None => {
                take(vec![std::mem::take(&mut run)]);
                words_of(part).into_iter().for_each(&mut take);
            }
        }
    }
    take(vec![run]);
    best.filter(|words| shortest(words) > 0)
}

fn shortest(words: &[Word]) -> usize {
    words.iter().map(|word| word.bytes.len()).min().unwrap_or(0)
}

/// What is one word, whatever its case.
fn word(shape: &Hir) -> Option<Word> {
    match shape.kind() {
        HirKind::Literal(literal) => Some(Word { bytes: literal.0.to_vec(), any_case: false }),
        HirKind::Class(Class::Bytes(class)) => {
            let mut bytes = class.iter().flat_map(|range| range.start()..=range.end());
            let (capital, small) = (bytes.next()?, bytes.next()?);
            let one_letter =
                bytes.next().is_none() && small.is_ascii_lowercase() && capital == small.to_ascii_uppercase();
            one_letter.then(|| Word { bytes: vec![small], any_case: true })
        }
        _ => None,
    }
}

fn joined(one: Word, next: Word) -> Word {
    let any_case = one.any_case || next.any_case;
    let mut bytes = [one.bytes, next.bytes].concat();
    if any_case {
        bytes.make_ascii_lowercase();
    }
    Word { bytes, any_case }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::redact::find::{compiled, found_by_rules, secrets};
    use crate::export::redact::rules::KEY_BEGINS;

    /// A text of a shape, as the numbers decide.
    fn text_of(shape: &Hir, dice: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
        match shape.kind() {
            HirKind::Empty | HirKind::Look(_) => Vec::new(),
            HirKind::Literal(literal) => literal.0.to_vec(),
            HirKind::Class(Class::Bytes(class)) => {
                let range = class.ranges()[dice(class.ranges().len())];
                vec![range.start() + u8::try_from(dice(range.len())).unwrap()]
            }
            HirKind::Class(Class::Unicode(class)) => {
                let range = class.ranges()[dice(class.ranges().len())];
                char::from_u32(u32::from(range.start()) + u32::try_from(dice(range.len())).unwrap())
                    .unwrap_or('x')
                    .to_string()
                    .into_bytes()
            }
            HirKind::Repetition(repetition) => {
                let room = repetition.max.map_or(3, |most| (most - repetition.min).min(3));
                let times = repetition.min as usize + dice(room as usize + 1);
                (0..times).flat_map(|_| text_of(&repetition.sub, dice)).collect()
            }
            HirKind::Capture(group) => text_of(&group.sub, dice),
            HirKind::Concat(parts) => parts.iter().flat_map(|part| text_of(part, dice)).collect(),
            HirKind::Alternation(ways) => text_of(&ways[dice(ways.len())], dice),
        }
    }

    /// A text of this shape.
    fn made_by(shape: &str, mut seed: u64) -> String {
        let mut dice = |sides: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % sides
        };
        String::from_utf8(text_of(&parsed(shape).unwrap(), &mut dice)).unwrap()
    }

    #[test]
    fn every_shape_needs_a_word_and_nearly_every_one_a_telling_one() {
        let needed = NEEDED.as_ref().unwrap();
        assert!(needed.of_common.len() <= 1, "{:?}", needed.of_common.patterns());
        for calm in ["database is slow", "", "restarted 14 of 20 hosts at 12:40, errors fall"] {
            assert!(!may_hold(calm), "{calm}");
        }
    }

    #[test]
    fn what_is_made_of_a_shape_is_found() {
        for rule in RULES {
            let shape = compiled(rule.shape).unwrap();
            let texts: Vec<String> = (0..64).map(|seed| made_by(rule.shape, seed)).collect();
            assert!(texts.iter().any(|text| shape.is_match(text)), "{}", rule.name);
            for text in texts {
                assert!(!shape.is_match(&text) || may_hold(&text), "{}: {text:?}", rule.name);
            }
        }
    }

    #[test]
    fn the_first_line_of_a_key_is_never_passed_over() {
        assert!((0..64).all(|seed| may_hold(&made_by(KEY_BEGINS, seed))));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_that_a_rule_finds_is_passed_over(
            rule in 0..RULES.len(),
            seed: u64,
            before in "\\PC{0,4}[ \"'=:_-]?",
            after in "[ \"',;]?\\PC{0,4}",
            cut in proptest::option::of((any::<prop::sample::Index>(), "\\PC?")),
            capitals: bool,
        ) {
            let mut text = [before, made_by(RULES[rule].shape, seed), after].concat();
            if let Some((place, other)) = cut {
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                if !places.is_empty() {
                    let at = *place.get(&places);
                    let len = text[at..].chars().next().map_or(0, char::len_utf8);
                    text.replace_range(at..at + len, &other);
                }
            }
            if capitals {
                text.make_ascii_uppercase();
            }
            prop_assert_eq!(secrets(&text), found_by_rules(&text), "{:?}", text);
        }
    }
}
