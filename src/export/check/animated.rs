//! Words with heat in them: they tell how somebody felt about it, and what others will feel who read it.

use super::case::{Case, Hit, Kind};
use super::hindsight::{is_person, person_before};
use super::words::Words;

const TOLD: &[Kind] = &[Kind::Title, Kind::Summary, Kind::Impact, Kind::Cause, Kind::Told, Kind::Luck];

/// What is said about people and nothing else: not even in an entry it should stand.
const INSULTS: &[&str] = &[
    "careless",
    "carelessly",
    "carelessness",
    "stupid",
    "stupidly",
    "stupidity",
    "idiot",
    "idiots",
    "idiotic",
    "moron",
    "morons",
    "moronic",
    "incompetent",
    "incompetence",
    "negligent",
    "negligence",
    "sloppy",
    "sloppiness",
    "reckless",
    "recklessly",
    "foolish",
    "foolishly",
    "clueless",
    "boneheaded",
    "braindead",
];

/// Heat, and what makes the reader feel slow.
const HEAT: &[&str] = &[
    "horrible",
    "horribly",
    "horrific",
    "terrible",
    "terribly",
    "awful",
    "awfully",
    "ridiculous",
    "ridiculously",
    "ludicrous",
    "embarrassing",
    "embarrassingly",
    "shameful",
    "shamefully",
    "disgraceful",
    "appalling",
    "unforgivable",
    "inexcusable",
    "nightmare",
    "insane",
    "insanely",
    "obviously",
    "blatantly",
    "blatant",
    "unbelievably",
    "shocking",
    "shockingly",
    "laughable",
    "pathetic",
];

pub(super) fn find(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for passage in case.english(TOLD) {
        let words = passage.words();
        let belittles = matches!(passage.kind, Kind::Cause | Kind::Summary);
        for at in 0..words.len() {
            let word = words.at(at);
            let hot = INSULTS.contains(&word) || HEAT.contains(&word);
            // The kernel panics too; and a release just before midnight is one.
            let panic = matches!(word, "panicked" | "panicking") && person_before(words, at, 2);
            if hot || panic || belittles && belittled(words, at) {
                let span = words.span(at);
                let message = format!(
                    "\"{}\" judges; say what was seen, in numbers where there are any",
                    passage.shown(&span)
                );
                hits.push(passage.hit(span, message));
            }
        }
    }
    for passage in case.english(&[Kind::Live]) {
        let words = passage.words();
        for at in (0..words.len()).filter(|at| INSULTS.contains(&words.at(*at))) {
            let span = words.span(at);
            let message = format!(
                "\"{}\" was said in the heat of it: whoever logged it may say it in other words",
                passage.shown(&span)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// Whether the word makes somebody's work look small: "we just restarted it", "it was simply a typo".
fn belittled(words: &Words<'_>, at: usize) -> bool {
    if !matches!(words.at(at), "just" | "simply") {
        return false;
    }
    let (before, next) = (words.before(at), words.next(at));
    let verdict =
        matches!(before, "was" | "is" | "were") && matches!(next, "a" | "an" | "the" | "not" | "wrong");
    let deed = is_person(before)
        && !matches!(next, "before" | "after" | "as" | "when" | "now" | "in" | "over" | "under" | "")
        && !next.starts_with(|c: char| c.is_ascii_digit());
    verdict || deed || matches!(next, "forgot" | "didn't")
}
