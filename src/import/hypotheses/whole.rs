//! A subject as it stands in its sentence: with the phrase that tells which one it is, or as a short clause of its own, and never cut
//! in the middle.

use super::words::{ends_phrase, is_adverb, is_determiner, is_stop};

/// The most words of a subject, articles aside.
const MOST: usize = 8;

/// The most, where only a part of the clause is taken.
const PART: usize = 7;

fn among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Words that begin another thought.
const BEYOND: &str = "and or but nor yet so because which whom whose where when while after before until till as since whereas \
    though although if unless then therefore thus hence thereby causing caused leading led resulting resulted triggering triggered \
    making made brought broke meaning due until once during despite instead however than it this they we he she i you";

/// Words that say that a thing was the cause, or was found: no part of what it is.
const VERDICTS: &str = "cause causes caused culprit reason source root blame blamed fault responsible guilty suspected identified found \
    confirmed discovered detected located pinpointed traced isolated spotted determined to indeed likely probably issue problem trigger \
    outage incident downtime fixed resolved restored reverted corrected problematic";

/// The subject with what its sentence says of it right behind, where that is short.
pub(super) fn whole(subject: &str, sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().take(120).collect();
    let Some((from, to)) = place(subject, &words) else { return subject.to_owned() };
    if ends(words[to - 1]) {
        return subject.to_owned();
    }
    let mut rest: Vec<&str> = Vec::new();
    // What goes on in quotes cannot be taken.
    let mut quoted = false;
    for word in words.iter().skip(to).take(2 * MOST) {
        quoted = word.starts_with(['"', '“', '”', ':']);
        let begins = word.starts_with(|c: char| c.is_alphanumeric() || c == '`' || c == '\'');
        if !begins || among(&bare(word), BEYOND) {
            break;
        }
        rest.push(word);
        if ends(word) {
            break;
        }
    }
    let own = count(&words[from..to]);
    let short = own + count(&rest) <= MOST && !quoted;
    let kept = if short { rest.len() } else { part(&rest, own) };
    rest.truncate(kept);
    while rest.last().is_some_and(|word| dangles(&bare(word))) {
        rest.pop();
    }
    let verdict = rest.iter().any(|word| among(&bare(word), VERDICTS));
    // "the job that ran twice": all of it or nothing
    let clipped = !short && rest.first().is_some_and(|word| among(&bare(word), "that who"));
    // "was kept", "began": of what was cut off nothing is told
    let hollow = !short && rest.iter().all(|word| is_stop(&bare(word)) || ends_phrase(&bare(word)));
    if rest.is_empty() || verdict || clipped || hollow {
        return subject.to_owned();
    }
    let tail: Vec<&str> =
        rest.iter().map(|word| word.trim_matches(['`', ',', ';', ':', '.', '!', '?'])).collect();
    format!("{subject} {}", tail.join(" "))
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

fn count(words: &[&str]) -> usize {
    words.iter().filter(|word| !is_determiner(&bare(word)) && word.chars().any(char::is_alphanumeric)).count()
}

/// How much of a long rest can be taken without a cut: up to the last preposition that leaves it short enough, once something
/// stands before that.
fn part(rest: &[&str], own: usize) -> usize {
    let tie = |word: &str| {
        among(
            &bare(word),
            "in on at of for with from by into onto between within across over under via through without",
        )
    };
    let mut kept = 0;
    for (at, word) in rest.iter().enumerate() {
        if own + count(&rest[..at]) > PART {
            break;
        }
        if at > 0 && tie(word) {
            kept = at;
        }
    }
    kept
}

/// Whether a word cannot end a subject.
fn dangles(word: &str) -> bool {
    is_determiner(word)
        || among(
            word,
            "in on at of for with from to by into onto between within was were is are be been had has have not also only never being",
        )
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
                "cookie of the queue is delivered with a lifetime",
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
        ];
        for (subject, sentence, want) in table {
            assert_eq!(whole(subject, sentence), want, "{sentence}");
        }
    }
}
