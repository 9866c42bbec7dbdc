//! Who else speaks of a thing: the rows that find, the section on the cause, the fix, the title. What was the cause is spoken of
//! by more than one of them; what merely stands beside it is not.

use std::collections::{HashMap, HashSet};

use super::super::document::plain;
use super::super::parts::Part;
use super::super::sections::Topic;
use super::{Event, denied, verdict, words};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A row that finds something.
    Finder,
    /// Any other row.
    Row,
    /// A sentence on the cause.
    Cause,
    /// What mended it.
    Fix,
    /// The short story.
    Summary,
    /// The title.
    Title,
}

impl Kind {
    const ALL: [Self; 6] = [Self::Finder, Self::Row, Self::Cause, Self::Fix, Self::Summary, Self::Title];

    /// How much it tells that one of them speaks of a thing.
    fn weight(self) -> f64 {
        match self {
            Self::Finder => 0.7,
            Self::Cause => 0.4,
            Self::Fix => 0.5,
            Self::Summary | Self::Title => 0.3,
            Self::Row => 0.2,
        }
    }
}

/// The most sentences of one kind that are heard.
const MOST: usize = 24;

/// What mends, in a row of the timeline.
const MENDS: &str = "rolled reverted restored removed added renewed replaced fixed increased raised disabled enabled deleted purged \
    upgraded downgraded patched unplugged granted recreated rebuilt corrected changed mended repaired revert restore rollback \
    fix hotfix redeployed lowered reset moved installed set turned switched";

/// All who speak, and which words each uses.
#[derive(Debug, Default)]
pub(super) struct Voices {
    said: Vec<(Kind, String)>,
    of: HashMap<String, Vec<usize>>,
}

impl Voices {
    /// Those of a document.
    pub fn of(rows: &[Event<'_>], parts: &[Part], causes: &[(u32, String)], title: &str) -> Self {
        let mut voices = Self::default();
        voices.hear(Kind::Title, title);
        for row in rows {
            let kind = if denied::finds(row.text) {
                Kind::Finder
            } else if mends(row.text) {
                Kind::Fix
            } else {
                Kind::Row
            };
            verdict::sentences(row.text).into_iter().take(4).for_each(|said| voices.hear(kind, said));
        }
        for (_, text) in causes.iter().take(6) {
            verdict::sentences(text).into_iter().take(4).for_each(|said| voices.hear(Kind::Cause, said));
        }
        for part in parts {
            let has = |topics: &[Topic]| part.topics.iter().any(|topic| topics.contains(topic));
            let kind = if has(&[Topic::Resolution, Topic::Workaround]) {
                Kind::Fix
            } else if has(&[Topic::Summary]) {
                Kind::Summary
            } else {
                continue;
            };
            verdict::sentences(&plain(&part.text))
                .into_iter()
                .take(4)
                .for_each(|said| voices.hear(kind, said));
        }
        voices
    }

    fn hear(&mut self, kind: Kind, said: &str) {
        let said = said.trim();
        if said.len() > 600 || self.said.iter().filter(|(other, _)| *other == kind).count() >= MOST {
            return;
        }
        let number = self.said.len();
        self.said.push((kind, said.to_owned()));
        for stem in words::key(said).into_iter().collect::<HashSet<_>>() {
            self.of.entry(stem).or_default().push(number);
        }
    }

    /// How much others than the sentence itself speak of what a phrase says: 0 where nobody does.
    pub fn support(&self, phrase: &str, own: &str) -> f64 {
        let key = words::key(phrase);
        let of_word = |stem: &String| -> f64 {
            let speakers = self.of.get(stem).map_or(&[][..], Vec::as_slice);
            let kinds = Kind::ALL.into_iter().filter(|kind| {
                speakers
                    .iter()
                    .filter_map(|at| self.said.get(*at))
                    .any(|(other, said)| other == kind && !said.contains(own) && !own.contains(said.as_str()))
            });
            kinds.map(Kind::weight).sum::<f64>().min(1.0)
        };
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let size = key.len().max(1) as f64;
        key.iter().map(of_word).sum::<f64>() / size.sqrt()
    }
}

/// Whether a row tells that something was mended: its first words, or those after a comma.
pub(super) fn mends(row: &str) -> bool {
    let opens = |part: &str| {
        part.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(5)
            .any(|word| MENDS.split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(word)))
    };
    row.split([',', ';', ':', '.']).any(opens)
}

fn any(text: &str, list: &str) -> bool {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| list.split_ascii_whitespace().any(|other| other == word))
}

/// Whether a phrase says what was amiss with a thing.
pub(super) fn is_defect(phrase: &str) -> bool {
    any(
        phrase,
        "missing expired wrong full exhausted deadlock misconfigured misconfiguration typo leak leaked leaks overwritten overwrote \
         dropped lost without invalid corrupt corrupted stale unset disabled deleted removed duplicate mismatch limit never not no bug \
         race loop infinite unbounded blocked blocks revoked exceeded depleted saturated overload overloaded faulty broken failed \
         failure unplugged outdated vulnerable vulnerability flood spike surge renamed moved lacked lacks lack forgot forgotten \
         unindexed incompatible conflict stuck empty emptied severed damaged rejected short small low incorrect incorrectly bad exhaustion too \
         rotated regression crashed killed ignores ignored truncated unused wrongly backtracking stopped incomplete twice",
    )
}

/// Whether a phrase names something that nothing else is called: a file, a setting, a version, a product.
pub(super) fn is_specific(phrase: &str) -> bool {
    phrase.split_whitespace().skip(1).any(|word| word.chars().any(char::is_uppercase))
        || phrase.split_whitespace().any(|word| {
            word.contains(['_', '/', '`', '@'])
                || word.chars().skip(1).any(char::is_uppercase)
                || word.trim_matches('.').contains('.')
                || word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
        })
}

/// Whether a phrase is of what mended it, of what was well, or of no thing at all.
pub(super) fn is_beside(phrase: &str) -> bool {
    const HEADS: &str = "remediation mitigation recovery revert rollback restoration workaround resolution idea notion concept fix \
        hotfix remedy solution validators";
    const WELL: &str =
        "normal normally pending healthy fine expected nominal ok recovered again underway begins begun";
    let lower = phrase.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.first().is_some_and(|word| any(word, HEADS)) || words.last().is_some_and(|word| any(word, WELL))
}

#[cfg(test)]
mod tests {
    use super::{Voices, is_beside, is_defect, is_specific};

    #[test]
    fn what_others_speak_of_is_supported() {
        let causes = [(1, "The night job drops the index. Every query reads the table.".to_owned())];
        let voices = Voices::of(&[], &[], &causes, "The index that went missing");
        let own = "The night job drops the index.";
        assert!(voices.support("night job drops the index", own) > 0.0);
        assert!(voices.support("night job", own).abs() < f64::EPSILON, "nobody else speaks of it");
        assert!(voices.support("index", "Another sentence") > voices.support("query", "Another sentence"));
    }

    #[test]
    fn what_a_phrase_says() {
        for phrase in ["lock never released", "expired key", "filesystem full"] {
            assert!(is_defect(phrase), "{phrase}");
        }
        assert!(!is_defect("web server"));
        for phrase in ["max_connections", "the libFoo update", "switch firmware v9"] {
            assert!(is_specific(phrase), "{phrase}");
        }
        assert!(!is_specific("Server memory"));
        for phrase in ["remediation of the queue", "load normal", "rollback", "idea of a queue"] {
            assert!(is_beside(phrase), "{phrase}");
        }
        assert!(!is_beside("queue full"));
    }
}
