//! The noun phrases of a sentence: what was suspected, cut from the words around it. No grammar of English, but what its
//! small words tell: a phrase begins after an article or a verb, and ends before a preposition, a verb or a comma.

use super::refuse::is_refused;
use super::words::{
    self, COPULAS, HEADS, Word, is_determiner, is_empty_word, is_hedge, is_late_adjective, is_stop, is_tail,
};

/// The longest subject, in words.
const LONGEST: usize = 5;

/// The most subjects that one list names.
const MOST: usize = 4;

/// A phrase, and how it is tied to the one before.
struct Phrase<'a> {
    joined: Option<Join>,
    article: bool,
    words: Vec<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    And,
    Or,
}

/// The subjects that a text begins with: "a possible server overload or network issue, as …" gives "server overload" and
/// "network".
pub(super) fn after(text: &str) -> Vec<String> {
    let words = words::of(text);
    let mut phrases: Vec<Phrase<'_>> = Vec::new();
    let mut at = 0;
    let mut joined = None;
    while phrases.len() < MOST {
        let (phrase, next) = one(&words, at, joined);
        let Some(phrase) = phrase else { break };
        phrases.push(phrase);
        at = next;
        let comma = at > 0 && words[at - 1].comma;
        let Some(word) = words.get(at).filter(|_| comma || at == 0 || !words[at - 1].ends) else { break };
        joined = match word.lower.as_str() {
            "and" | "&" | "nor" => Some(Join::And),
            "or" => Some(Join::Or),
            _ => break,
        };
        at += 1;
        if words.get(at).is_some_and(|w| w.lower == "even" || w.lower == "possibly") {
            at += 1;
        }
    }
    settled(phrases)
}

/// The subjects that a text ends with: "checking the cache and the queue, which were" gives "cache" and "queue".
pub(super) fn before(text: &str) -> Vec<String> {
    let words = words::of(text);
    let mut end = words.len();
    while end > 0 && words::is_trailing(&words[end - 1].lower) {
        end -= 1;
    }
    let mut begin = end;
    let mut listed = false;
    while begin > 0 && end - begin < 3 * LONGEST {
        let word = &words[begin - 1];
        let breaks = word.ends && begin < end && !(word.comma && listed);
        if breaks || (is_stop(&word.lower) && !matches!(word.lower.as_str(), "and" | "or")) {
            break;
        }
        let participle = words::is_participle(&word.lower);
        if participle && begin > 1 && begin < end {
            let prior = &words[begin - 2];
            if !(prior.ends
                || is_determiner(&prior.lower)
                || is_stop(&prior.lower)
                || prior.lower.ends_with("ly"))
            {
                break;
            }
        }
        listed |= matches!(word.lower.as_str(), "and" | "or");
        begin -= 1;
    }
    while begin < end && matches!(words[begin].lower.as_str(), "and" | "or") {
        begin += 1;
    }
    // "a misconfiguration in the load balancer was …": the head stands before the preposition
    if begin >= 2
        && matches!(words[begin - 1].lower.as_str(), "in" | "of" | "with" | "within")
        && !words[begin - 2].ends
    {
        let head = words[begin - 2].lower.as_str();
        if HEADS.contains(&head) {
            begin -= 2;
        }
    }
    if let Some(subjects) = owner(&words, begin) {
        return subjects;
    }
    let part: String = words[begin..end].iter().map(|w| w.whole).collect::<Vec<_>>().join(" ");
    after(&part)
}

/// What stands before the preposition that ties a phrase to it: "packet loss between the racks" is about the loss. A head that
/// says nothing ("a problem with the disk") is none.
fn owner(words: &[Word<'_>], begin: usize) -> Option<Vec<String>> {
    let mut tie = begin.checked_sub(1)?;
    while tie > 0 && is_determiner(&words.get(tie)?.lower) {
        tie -= 1;
    }
    let ties = ["in", "on", "of", "between", "from", "for", "to", "at", "within", "inside", "across"];
    if !ties.contains(&words.get(tie)?.lower.as_str()) {
        return None;
    }
    let head = words.get(tie.checked_sub(1)?)?;
    let says = !(head.ends
        || is_stop(&head.lower)
        || is_tail(&head.lower)
        || is_empty_word(&head.lower)
        || is_hedge(&head.lower)
        || is_determiner(&head.lower)
        || HEADS.contains(&head.lower.as_str())
        || words::is_people(&head.lower)
        || ["support", "staff", "desk", "colleagues"].contains(&head.lower.as_str())
        || words::is_adverb(&head.lower)
        || words::ends_phrase(&head.lower)
        || head.lower.ends_with("ing"));
    if !says {
        return None;
    }
    let whole: String = words[..tie].iter().map(|w| w.whole).collect::<Vec<_>>().join(" ");
    Some(before(&whole)).filter(|subjects| !subjects.is_empty())
}

/// The subject of a clause: "the new node had only half of the memory" gives "new node". Where its subject says nothing
/// ("the issue was …"), what it is said to be; where something ran out, that.
pub(super) fn clause(text: &str) -> Vec<String> {
    if let Some(rest) = words::ran_out_of(text) {
        let found = after(rest);
        if !found.is_empty() {
            return found;
        }
    }
    let words = words::of(text);
    let mut at = 0;
    // "there were problems with the storage"
    if words.first().is_some_and(|w| w.lower == "there") {
        at = 1;
        while words.get(at).is_some_and(|w| words::is_there_verb(&w.lower)) {
            at += 1;
        }
        return after(&words[at..].iter().map(|w| w.whole).collect::<Vec<_>>().join(" "));
    }
    while words.get(at).is_some_and(|w| is_determiner(&w.lower) || is_hedge(&w.lower)) {
        at += 1;
    }
    // "report page" is no report
    let last = (at..words.len()).find(|i| !is_empty_word(&words[*i].lower)).unwrap_or(words.len());
    let heads = |w: &Word<'_>| {
        is_stop(&w.lower)
            || words::ties(&w.lower)
            || words::is_participle(&w.lower)
            || words::is_adverb(&w.lower)
    };
    let alone = words.get(last).is_none_or(heads) || words[..last].last().is_some_and(|w| w.ends);
    let generic =
        words.get(at).is_some_and(|w| is_empty_word(&w.lower) && alone || words::is_pronoun(&w.lower));
    if generic {
        let copula = (at + 1..words.len().min(at + 6)).find(|i| COPULAS.contains(&words[*i].lower.as_str()));
        if let Some(copula) = copula {
            let mut next = copula + 1;
            while words.get(next).is_some_and(|w| words::is_link(&w.lower)) {
                next += 1;
            }
            return after(&words[next..].iter().map(|w| w.whole).collect::<Vec<_>>().join(" "));
        }
    }
    let found = after(text);
    // "users forgot their passwords" is about the passwords
    if found.first().is_none_or(|subject| words::is_people(&subject.to_lowercase())) {
        let people = words.iter().take(4).any(|w| words::is_people(&w.lower) || words::is_pronoun(&w.lower));
        if people && words.iter().take(6).any(|w| words::is_person_verb(&w.lower)) {
            return all(text).into_iter().filter(|s| !words::is_people(&s.to_lowercase())).take(1).collect();
        }
    }
    found
}

/// All phrases of a sentence, each once: what it may be about.
pub(super) fn all(text: &str) -> Vec<String> {
    let words = words::of(text);
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < 3 * MOST {
        let (phrase, next) = one(&words, at, None);
        if let Some(subject) = phrase.and_then(|phrase| cut(phrase.words)).filter(|s| !found.contains(s)) {
            found.push(subject);
        }
        at = next.max(at + 1);
    }
    found
}

/// One phrase from a word on, and where it ends.
fn one<'a>(words: &[Word<'a>], from: usize, joined: Option<Join>) -> (Option<Phrase<'a>>, usize) {
    let mut at = from;
    let mut article = false;
    while let Some(word) = words.get(at) {
        let verb_before_article = (word.lower.ends_with("ing") || word.lower.ends_with("ed"))
            && words.get(at + 1).is_some_and(|next| is_determiner(&next.lower))
            && joined.is_none();
        if words::is_amount(&word.lower)
            && words.get(at + 1).is_some_and(|next| next.lower == "of")
            && !word.ends
        {
            at += 2;
            continue;
        }
        let skipped = is_determiner(&word.lower) || is_hedge(&word.lower) || verb_before_article;
        if !skipped || (word.ends && !is_hedge(&word.lower)) {
            break;
        }
        article |= is_determiner(&word.lower);
        at += 1;
    }
    let (mut taken, mut next) = run(words, at);
    // "an issue with the cache", "a misconfiguration in the proxy"
    let tied = words.get(next).is_some_and(|w| words::ties(&w.lower)) && next > at && !words[next - 1].ends;
    let generic = !taken.is_empty()
        && taken.iter().all(|w| is_tail(&w.to_lowercase()) || words::is_soft(&w.to_lowercase()));
    if tied {
        let head = taken.last().map(|w| w.to_lowercase()).unwrap_or_default();
        let mut inner = next;
        while words.get(inner).is_some_and(|w| words::ties(&w.lower) || is_determiner(&w.lower)) {
            inner += 1;
        }
        let (rest, end) = run(words, inner);
        let close = matches!(words[next].lower.as_str(), "in" | "of" | "on" | "with" | "within" | "to");
        if !rest.is_empty() && generic {
            (taken, next) = (rest, end);
        } else if !rest.is_empty() && close && HEADS.contains(&head.as_str()) {
            let mut whole = rest;
            whole.truncate(LONGEST - 1);
            whole.extend(taken.last());
            (taken, next) = (whole, end);
        } else if !rest.is_empty() && words[next].lower == "of" && taken.len() + rest.len() < LONGEST {
            taken.push("of");
            taken.extend(rest);
            next = end;
        }
    }
    // "assumed a leak and added nodes": what was done next
    let deed = joined == Some(Join::And)
        && !article
        && taken.first().is_some_and(|w| words::is_participle(&w.to_lowercase()));
    if taken.is_empty() || deed {
        return (None, at);
    }
    (Some(Phrase { joined, article, words: taken }), next)
}

/// The words that can stand in one phrase, and where they end.
fn run<'a>(words: &[Word<'a>], from: usize) -> (Vec<&'a str>, usize) {
    let mut taken: Vec<&str> = Vec::new();
    let mut at = from;
    while let Some(word) = words.get(at) {
        let lower = word.lower.as_str();
        let open = taken.iter().all(|w| is_late_adjective(&w.to_lowercase()));
        if is_stop(lower) || is_determiner(lower) || (!open && words::ends_phrase(lower)) {
            break;
        }
        if !(lower.ends_with("ly") && words::is_adverb(lower)) {
            taken.push(word.text);
        }
        at += 1;
        if word.ends || taken.len() > LONGEST {
            break;
        }
    }
    (taken, at)
}

/// The phrases as subjects: "or" separates, "and" only where both sides can stand alone ("memory and CPU usage" is one).
fn settled(phrases: Vec<Phrase<'_>>) -> Vec<String> {
    let mut lists: Vec<Vec<&str>> = Vec::new();
    let mut size = 0;
    for phrase in phrases {
        let own = phrase.words.len();
        let apart = match phrase.joined {
            None | Some(Join::Or) => true,
            Some(Join::And) => phrase.article || (own >= 2 && size >= 2) || (own == 1 && size == 1),
        };
        match lists.last_mut() {
            Some(last) if !apart => {
                last.push("and");
                last.extend(phrase.words);
            }
            _ => lists.push(phrase.words),
        }
        size = own;
    }
    let mut subjects: Vec<String> = Vec::new();
    for words in lists {
        if let Some(subject) = cut(words).filter(|subject| !subjects.contains(subject)) {
            subjects.push(subject);
        }
    }
    subjects
}

/// A phrase without what says nothing: "excessive disk issues" is about the "disk".
fn cut(mut words: Vec<&str>) -> Option<String> {
    while words.first().is_some_and(|w| is_hedge(&w.to_lowercase()) || words::is_soft(&w.to_lowercase())) {
        words.remove(0);
    }
    // "Checked DNS": what was checked
    while words.len() > 1 && words.first().is_some_and(|w| words::is_look(&w.to_lowercase())) {
        words.remove(0);
    }
    words.truncate(LONGEST);
    while words.len() > 1
        && words.last().is_some_and(|w| is_tail(&w.to_lowercase()) || *w == "and" || *w == "of")
    {
        words.pop();
    }
    let says = words.iter().any(|w| {
        let lower = w.to_lowercase();
        lower.chars().any(char::is_alphabetic)
            && !words::is_of_time(&lower)
            && !is_tail(&lower)
            && !is_empty_word(&lower)
            && !is_late_adjective(&lower)
            && !matches!(lower.as_str(), "and" | "of")
    });
    let subject = words.join(" ");
    (says && subject.chars().count() >= 2 && !is_refused(&subject)).then(|| without_owner(&subject))
}

/// Of one letter's case less: a phrase that began a sentence begins with a small letter, unless its word is a name.
fn without_owner(subject: &str) -> String {
    let subject = subject.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    let first = subject.split(' ').next().unwrap_or_default();
    let mut chars = first.chars();
    let title = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    if title && words::is_common(&first.to_lowercase()) {
        return subject[..1].to_lowercase() + &subject[1..];
    }
    subject.to_owned()
}
