//! A subject as it stands in its sentence: with the phrase that tells which one it is, or as a short clause of its own, and never cut
//! in the middle.

use super::voices::is_defect;
use super::words::{
    ends_phrase, is_adverb, is_determiner, is_empty_word, is_hedge, is_look, is_people, is_pronoun, is_stop,
};

/// The most words of a subject that say something: articles, prepositions and the like aside.
const MOST: usize = 6;

/// The most words of any kind.
const ALL: usize = 13;

fn among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Words that begin another thought.
const BEYOND: &str = "or but nor yet so because while until till as whereas though although if unless then therefore thus hence thereby \
    causing caused leading led resulting resulted triggering triggered making made brought broke meaning due once despite instead \
    however than it this they we he she i you";

/// Words that tie another clause to a thing: taken along where all of it is short.
const TIES: &str = "and which whom whose where who that when after before since during";

/// Words that say that a thing was the cause, or was found: no part of what it is.
const VERDICTS: &str = "cause causes caused culprit reason source root blame blamed fault responsible guilty suspected identified found \
    confirmed discovered detected located pinpointed traced isolated spotted determined indeed likely probably issue problem trigger \
    outage incident downtime fixed resolved restored reverted corrected problematic finds discovers reveals revealed shows showed \
    diagnosed notices noticed realised realized realises realizes confirms saw sees";

/// The subject with what its sentence says of it: all of a short clause, or else what stands right behind it, up to where that
/// can be left off.
pub(super) fn whole(subject: &str, sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().take(120).collect();
    let Some((from, to)) = place(subject, &words) else { return subject.to_owned() };
    let left = ahead(&words[..from]);
    let own = count(&words[from..to]);
    let left = if own + count(left) < MOST { left } else { &[] };
    let head = if left.is_empty() { subject.to_owned() } else { format!("{} {subject}", joined(left)) };
    if ends(words[to - 1]) {
        return head;
    }
    let own = own + count(left);
    let rest = behind(&words[to..]);
    let fits = |rest: &[&str]| {
        own + count(rest) <= MOST
            && left.len() + to - from + rest.len() <= ALL
            && !rest.iter().any(|word| among(&bare(word), VERDICTS))
    };
    let short = fits(rest);
    let rest = if short { rest } else { &rest[..tied(rest)] };
    let short = short || fits(rest);
    let mut rest = if short { rest } else { &rest[..part(rest, own)] };
    while rest.last().is_some_and(|word| dangles(&bare(word))) {
        rest = &rest[..rest.len() - 1];
    }
    let verdict = rest.iter().any(|word| among(&bare(word), VERDICTS));
    // "was kept", "began": of what was cut off nothing is told
    let hollow = !short && rest.iter().all(|word| is_stop(&bare(word)) || ends_phrase(&bare(word)));
    if rest.is_empty() || verdict || hollow {
        return head;
    }
    format!("{head} {}", joined(rest))
}

fn joined(words: &[&str]) -> String {
    let plain = |word: &&str| word.trim_matches(['`', ',', ';', ':', '.', '!', '?']).to_owned();
    words.iter().map(plain).collect::<Vec<_>>().join(" ")
}

/// The short clause that a sentence begins with, where nothing else in it can be named.
pub(super) fn clause(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().take(40).collect();
    let hollow = |word: &&str| {
        let word = bare(word);
        is_determiner(&word) || is_hedge(&word) || is_pronoun(&word) || word.is_empty() || word == "yet"
    };
    let from = words.iter().position(|word| !hollow(word))?;
    let first = *words.get(from)?;
    let end = words[from..].iter().position(|word| ends(word)).map_or(words.len(), |at| from + at + 1);
    let all = &words[from..end];
    if all.len() > 1 && all.len() <= ALL && count(all) <= MOST && !is_people(&bare(first)) {
        return Some(joined(all));
    }
    let name = joined(&[first]);
    Some(if ends(first) { name } else { whole(&name, &words[from..].join(" ")) })
        .filter(|phrase| !is_people(&bare(first)) && phrase.split(' ').count() > 1)
}

/// The words right behind a subject that still speak of it.
fn behind<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let mut end = 0;
    for word in words.iter().take(2 * ALL) {
        let begins = word.starts_with(|c: char| c.is_alphanumeric() || c == '`' || c == '\'');
        // "at 9:30"
        let clock =
            word.starts_with(|c: char| c.is_ascii_digit()) && word.trim_end_matches(':').contains(':');
        if !begins || clock || among(&bare(word), BEYOND) {
            break;
        }
        end += 1;
        if ends(word) {
            break;
        }
    }
    // What goes on in quotes cannot be taken.
    let quoted = words.get(end).is_some_and(|word| word.starts_with(['"', '“', '”', ':']));
    let last = words[..end].last().is_some_and(|word| ends(word));
    if quoted && !last { &words[..tied(&words[..end])] } else { &words[..end] }
}

/// Up to where another clause is tied to it.
fn tied(rest: &[&str]) -> usize {
    rest.iter().position(|word| among(&bare(word), TIES)).unwrap_or(rest.len())
}

/// The words of the same clause before a subject, where they are of a thing that did something to it: "an index was dropped by a
/// migration". Nobody who looked or acted, and no words that only lead to what was found.
fn ahead<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let starts = |word: &&str| {
        ends(word)
            || among(&bare(word), BEYOND)
            || among(&bare(word), TIES)
            || !word.contains(char::is_alphanumeric)
    };
    let from = words.iter().rposition(starts).map_or(0, |at| at + 1);
    let mut left = &words[from..];
    while left.first().is_some_and(|word| {
        let word = bare(word);
        is_determiner(&word) || is_adverb(&word) || is_hedge(&word)
    }) {
        left = &left[1..];
    }
    let first = left.first().map(|word| bare(word)).unwrap_or_default();
    let thing = !is_stop(&first) && !ends_phrase(&first) && !first.ends_with("ing");
    let other = |word: &&str| {
        let word = bare(word);
        among(&word, VERDICTS)
            || is_people(&word)
            || is_pronoun(&word)
            || is_empty_word(&word)
            || is_look(&word)
    };
    let acts = left.iter().any(|word| is_stop(&bare(word)) || ends_phrase(&bare(word)));
    if thing && acts && left.len() <= 7 && is_defect(&left.join(" ")) && !left.iter().any(other) {
        left
    } else {
        &[]
    }
}

/// Where the words of a subject stand one after the other, articles and adverbs aside.
fn place(subject: &str, words: &[&str]) -> Option<(usize, usize)> {
    let wanted: Vec<String> = subject.split_whitespace().map(bare).collect();
    let first = wanted.first()?;
    (0..words.len()).filter(|at| bare(words[*at]) == *first).find_map(|from| {
        let mut at = from;
        for want in &wanted {
            while words.get(at).map(|word| bare(word)).is_some_and(|word| {
                word != *want && at > from && (is_determiner(&word) || is_adverb(&word) || word == "the")
            }) {
                at += 1;
            }
            if words.get(at).map(|word| bare(word)).as_ref() != Some(want) {
                return None;
            }
            at += 1;
        }
        Some((from, at))
    })
}

/// A word without the marks around it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a mark after a word ends its clause.
fn ends(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', '!', '?', ')', ']', '"', '\u{201d}', '\u{2014}', '\u{2013}'])
}

/// How many words say something.
fn count(words: &[&str]) -> usize {
    let says = |word: &&&str| {
        let bare = bare(word);
        !is_determiner(&bare) && !is_stop(&bare) && word.chars().any(char::is_alphanumeric)
    };
    words.iter().filter(says).count()
}

/// How much of a long rest can be taken without a cut: up to the last preposition that leaves it short enough, once something
/// stands before that.
fn part(rest: &[&str], own: usize) -> usize {
    let tie = |word: &str| {
        among(
            &bare(word),
            "in on at of for with from to by into onto between within across over under via through without per",
        )
    };
    let mut kept = 0;
    for (at, word) in rest.iter().enumerate() {
        if own + count(&rest[..at]) > MOST {
            break;
        }
        if at > 0 && (tie(word) || ends_phrase(&bare(word)) && !is_stop(&bare(rest[at - 1]))) {
            kept = at;
        }
    }
    kept
}

/// Whether a word cannot end a subject.
fn dangles(word: &str) -> bool {
    const LOOSE: &str = "in on at of for with from to by into onto between within was were is are be been had has have not also only \
        never being per outside without";
    is_determiner(word) || among(word, LOOSE) || among(word, TIES) || among(word, BEYOND)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_subject_is_never_cut() {
        let table = [
            (
                "index",
                "The index is gone since the migration of last Tuesday evening in Paris",
                "index is gone",
            ),
            ("hostid", "hostid changed with the upgrade, that's all", "hostid changed with the upgrade"),
            ("proxy", "The proxy was the cause of it all", "proxy"),
            (
                "cookie",
                "The cookie of the queue is delivered with a lifetime of zero seconds, always",
                "cookie of the queue is delivered with a lifetime of zero seconds",
            ),
            ("missing index", "a missing index on the orders table", "missing index on the orders table"),
            ("cron job", "a cron job that ran twice", "cron job that ran twice"),
            ("disk", "The disk, and nothing else", "disk"),
            (
                "carrier",
                "that the carrier had retired version 2 of its API at 9:30 that morning",
                "carrier had retired version 2 of its API",
            ),
            ("something else", "The disk was full", "something else"),
            ("migration", "an index was dropped by a migration.", "index was dropped by a migration"),
            ("proxy", "Exports were slowed by the proxy.", "proxy"),
            ("switch", "Engineers removed the switch.", "switch"),
            (
                "job",
                "The job was started without a lock and ran for two days on the second host.",
                "job was started without a lock",
            ),
            (
                "job writes",
                "The job writes the new key to the mail server but has no right to change the zone",
                "job writes the new key to the mail server",
            ),
        ];
        for (subject, sentence, want) in table {
            assert_eq!(whole(subject, sentence), want, "{sentence}");
        }
    }
}
