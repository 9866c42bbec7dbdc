//! What one sentence says of which suspect: suspected, ruled out, found.

use super::about::{deed, subjects};
use super::cues::{CUES, Cue, HARM, LOOKED, MISLED, Side};
use super::{denied, noun};

use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;

/// What is said of a suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is suspected.
    Open,
    /// It was not the cause.
    RuledOut,
    /// It was.
    Confirmed,
}

/// What a sentence says of one suspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What of it.
    pub verdict: Verdict,
    /// The suspect; empty where the sentence speaks of what was suspected before it.
    pub subject: String,
    /// How much its words tell, 1 to 3.
    pub weight: u8,
    /// The sentence.
    pub text: String,
}

/// What a line of text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Of which suspects.
    pub sayings: Vec<Saying>,
    /// Following a suspicion made it worse.
    pub harm: bool,
}

/// Reads a text of one or more sentences. Where a label says that it tells of a wrong way, what it suspects was not it.
pub fn read(text: &str, misled: bool) -> Said {
    let text = text.replace('\u{2019}', "'");
    let misled = misled || MISLED.as_ref().is_some_and(|rule| rule.is_match(&text.to_ascii_lowercase()));
    let mut said = Said {
        harm: HARM.as_ref().is_some_and(|rule| rule.is_match(&text.to_ascii_lowercase())),
        ..Said::default()
    };
    let mut before: Option<&str> = None;
    // "bingo", "guilty as charged": one of the things that were spoken of right before
    let mut convicted: Vec<String> = Vec::new();
    for sentence in sentences(&text).into_iter().map(str::trim_start) {
        let mut found = one(sentence);
        // "First guess: the cache. It wasn't."; "Restarted the proxy. No effect."
        for saying in &mut found {
            if !saying.subject.is_empty() {
                continue;
            }
            if saying.verdict == Verdict::Confirmed {
                saying.weight = 0;
                convicted
                    .extend(noun::all(sentence).into_iter().chain(before.map(noun::all).unwrap_or_default()));
                continue;
            }
            let mut open = said.sayings.iter_mut().rev().filter(|s| s.verdict == Verdict::Open);
            if let Some(last) = open.next() {
                last.verdict = Verdict::RuledOut;
                saying.weight = 0;
                if is_of_all(sentence) {
                    open.for_each(|s| s.verdict = Verdict::RuledOut);
                }
            } else if let Some(subject) = before
                .and_then(|before| deed(before, false).into_iter().next())
                .or_else(|| spent_on(sentence))
            {
                saying.subject = subject;
                text.trim().clone_into(&mut saying.text);
            }
        }
        before = Some(sentence);
        found.retain(|saying| saying.weight > 0);
        said.sayings.extend(found);
        for subject in convicted.drain(..) {
            if !said.sayings.iter().any(|s| super::alike(&s.subject, &subject)) {
                let text = text.trim().to_owned();
                said.sayings.push(Saying { verdict: Verdict::Confirmed, subject, weight: 1, text });
            }
        }
    }
    bear_witness(&mut said);
    if denied::insists(&text) {
        let soft = |s: &&mut Saying| s.verdict == Verdict::RuledOut && s.weight < 3 && !s.subject.is_empty();
        said.sayings.iter_mut().filter(soft).for_each(|s| s.verdict = Verdict::Open);
        said.sayings.retain(|s| s.verdict != Verdict::RuledOut || !s.subject.is_empty());
    }
    if misled {
        label_decides(&mut said, &text);
    }
    said
}

/// What is well beside a suspicion of the same matter is how that was answered: "suspected the array, SMART data was fine".
pub(super) fn bear_witness(said: &mut Said) {
    let suspects = said.sayings.iter().filter(|s| s.verdict == Verdict::Open && s.weight > 1);
    let suspects: Vec<String> = suspects.map(|s| s.subject.clone()).collect();
    for suspect in suspects {
        let speaks = |s: &Saying| {
            s.verdict == Verdict::RuledOut
                && s.weight < 3
                && !s.subject.is_empty()
                && denied::speaks_for(&s.subject, &suspect)
        };
        if !said.sayings.iter().any(speaks) {
            continue;
        }
        said.sayings.retain(|s| !speaks(s));
        for saying in said.sayings.iter_mut().filter(|s| s.subject == suspect) {
            saying.verdict = Verdict::RuledOut;
        }
    }
}

/// Takes what a paragraph on a wrong way suspects for wrong; false where it rules nothing out in so many words.
pub(super) fn mislead(said: &mut Said) -> bool {
    let mut ruled = false;
    for saying in said.sayings.iter_mut().filter(|s| s.verdict == Verdict::RuledOut && !s.subject.is_empty())
    {
        saying.weight = saying.weight.max(2);
        ruled = true;
    }
    if ruled {
        for saying in said.sayings.iter_mut().filter(|s| s.verdict == Verdict::Open && s.weight > 1) {
            saying.verdict = Verdict::RuledOut;
        }
    }
    ruled
}

/// Where the text gives no verdict of its own, its label does; where it names no suspect, what it looked at is one.
fn label_decides(said: &mut Said, text: &str) {
    if mislead(said) {
        return;
    }
    said.sayings.retain(|s| s.verdict == Verdict::Open && !s.subject.is_empty());
    if said.sayings.is_empty() {
        let label = MISLED.as_ref().and_then(|rule| rule.find(&text.to_ascii_lowercase()).map(|m| m.end()));
        let rest = label.and_then(|end| text.get(end..)).unwrap_or(text).trim_start();
        let touched = deed(rest, false);
        let subjects = if touched.is_empty() { noun::clause(rest) } else { touched };
        said.sayings.extend(subjects.into_iter().map(|subject| Saying {
            verdict: Verdict::Open,
            subject,
            weight: 2,
            text: text.trim().to_owned(),
        }));
        if said.sayings.is_empty() {
            said.sayings.push(Saying {
                verdict: Verdict::RuledOut,
                subject: String::new(),
                weight: 2,
                text: text.trim().to_owned(),
            });
        }
    }
    for saying in &mut said.sayings {
        saying.verdict = Verdict::RuledOut;
    }
}

/// "Both were …", "neither was it": about all that was spoken of.
fn is_of_all(sentence: &str) -> bool {
    let first = sentence.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["both", "all", "none", "neither", "these", "they", "those", "each"].contains(&first.as_str())
}

/// The sentences of a text. A dot within a number or a name ends none.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '.' | '!' | '?' => {
                next.is_none_or(|n| n.is_whitespace() || matches!(n, '"' | '\u{201d}' | ')' | '*'))
            }
            ';' | '\n' => true,
            _ => false,
        };
        if ends {
            found.push(&text[from..end]);
            from = end;
        }
    }
    found.push(&text[from..]);
    found.retain(|s| s.chars().any(char::is_alphanumeric));
    found
}

/// What one sentence says. Longer ones than people write are left alone.
fn one(sentence: &str) -> Vec<Saying> {
    let lower = sentence.to_ascii_lowercase();
    if lower.len() > 1_500 {
        return Vec::new();
    }
    let hits = hits(sentence, &lower);
    let open: Vec<(usize, usize)> = hits
        .iter()
        .filter(|hit| hit.cue.verdict == Verdict::Open && hit.cue.weight > 1 && !hit.subjects.is_empty())
        .map(|hit| (hit.at.start, hit.at.end))
        .collect();
    let mut sayings: Vec<Saying> = Vec::new();
    for Hit { cue, at, mut subjects } in hits {
        // "we thought of bots and blocked two networks, to no avail" is about the bots
        if cue.side == Side::Vain && open.iter().any(|(from, _)| *from < at.start) {
            subjects.clear();
        }
        if cue.side == Side::Witness
            && sayings.iter().any(|s| s.verdict == Verdict::RuledOut && !s.subject.is_empty())
        {
            continue;
        }
        // "convinced that the driver was to blame" convicts nobody
        let believed = |(_, end): &(usize, usize)| {
            *end <= at.start && !lower[*end..at.start].contains([',', ';', ':', '('])
        };
        if cue.verdict == Verdict::Confirmed && cue.side == Side::Before && open.iter().any(believed) {
            continue;
        }
        // "it was assumed that the fault was due to the switch"
        let assumed = |(from, end): &(usize, usize)| (*from..*end).contains(&at.start);
        if cue.verdict == Verdict::Confirmed && open.iter().any(assumed) {
            continue;
        }
        let weight = if doubted_find(cue, &lower, at.end) { 1 } else { cue.weight };
        add(&mut sayings, cue, weight, subjects, sentence.trim());
    }
    turned(&mut sayings, &lower);
    acquitted_by_but(&mut sayings, sentence, &lower);
    sayings
}

/// The words of a cue in a sentence.
struct Hit {
    cue: &'static Cue,
    at: std::ops::Range<usize>,
    subjects: Vec<String>,
}

/// The cues of a sentence, in the order of the table. A question decides nothing.
fn hits(sentence: &str, lower: &str) -> Vec<Hit> {
    let asks = lower.trim_end_matches(['"', '\u{201d}', ')', ' ', '*']).ends_with('?');
    let mut found = Vec::new();
    for cue in CUES.iter() {
        let Some(hit) = cue.rule.captures(lower) else { continue };
        let Some(whole) = hit.get(0) else { continue };
        let before = &lower[..whole.start()];
        let void = match cue.verdict {
            Verdict::RuledOut => {
                doubted(before)
                    || over(&lower[whole.end()..])
                    || cue.side == Side::Deed && explains(&lower[whole.end()..])
                    || whole.as_str().ends_with(" not ") && done(&lower[whole.end()..])
                    || whole.as_str().contains("nothing to do with") && is_aside(before)
            }
            Verdict::Confirmed => asks || doubted(before) || supposed(before),
            Verdict::Open => denied::is_over(&lower[whole.end()..]),
        };
        if void {
            continue;
        }
        let within = hit.name("x").map(|x| x.range());
        let subjects = subjects(cue, sentence, whole.range(), within);
        found.push(Hit { cue, at: whole.range(), subjects });
    }
    found
}

/// What the time of a sentence was spent on: "an hour on the tunnel before we saw that it had nothing to do with it".
fn spent_on(sentence: &str) -> Option<String> {
    sentence.to_ascii_lowercase().contains("spent ").then(|| deed(sentence, false).into_iter().next())?
}

/// "we killed a job that had nothing to do with it": whom the search has hurt was no suspect.
fn is_aside(before: &str) -> bool {
    static HURT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"\b(?:killed|stopped|restarted|deleted|dropped|broke|interrupted|cancell?ed|paged|woke|aborted|disturbed|terminated) (?:\w+ ){1,6}(?:that|which) ?$").ok()
    });
    HURT.as_ref().is_some_and(|rule| rule.is_match(before))
}

/// "it was not deployed to this region": what follows is no thing.
fn done(after: &str) -> bool {
    after.split_whitespace().next().is_some_and(super::words::is_participle)
}

/// "the login did not work, because …" tells what was seen.
fn explains(after: &str) -> bool {
    [" because", " due to", " since "].iter().any(|word| after.contains(word))
}

/// "looks normal again", "healthy now": the outage is over.
fn over(after: &str) -> bool {
    let next = after.split_whitespace().next().unwrap_or_default();
    ["again", "now"].contains(&next.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// "the likely culprit", "a possible root cause", "might have been caused by".
fn supposed(before: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"\b(?:likely|possibl[ey]|probabl[ey]|plausible|potential|potentially|suspected|presumed|presumably|alleged|supposed|obvious|prime|might|may|could|whether|if|perhaps|maybe|apparently|wrong)(?: (?:root|and|obvious|main|initial|be|have|been|the|a|was|is|were))* ?$").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(before))
}

/// Adds what a cue says; one suspect of a sentence has one verdict, and the gravest counts.
fn add(sayings: &mut Vec<Saying>, cue: &Cue, weight: u8, subjects: Vec<String>, text: &str) {
    let verdict = cue.verdict;
    let text = || text.to_owned();
    if subjects.is_empty() {
        let nameless =
            verdict == Verdict::RuledOut || cue.verdict == Verdict::Confirmed && cue.side == Side::Before;
        if nameless && weight > 1 && sayings.iter().all(|s| s.weight < 2) {
            sayings.push(Saying { verdict, subject: String::new(), weight, text: text() });
        }
        return;
    }
    for subject in subjects {
        let twin = sayings.iter_mut().find(|s| !s.subject.is_empty() && super::alike(&s.subject, &subject));
        match twin {
            Some(twin) if twin.verdict == verdict => twin.weight = twin.weight.max(weight),
            // What is ruled out is not what was found; what was found in so many words is no suspicion.
            Some(twin)
                if twin.verdict == Verdict::RuledOut && (twin.weight > 1 || verdict == Verdict::Open) =>
            {
                twin.weight = twin.weight.max(2);
            }
            Some(twin) if verdict == Verdict::Confirmed && weight < 3 && twin.verdict == Verdict::Open => {}
            Some(twin) => {
                twin.verdict = verdict;
                twin.weight = weight;
            }
            None => sayings.push(Saying { verdict, subject, weight, text: text() }),
        }
    }
}

/// A suspicion beside words that acquit without naming anybody: those are about it.
fn turned(sayings: &mut Vec<Saying>, lower: &str) {
    let nameless = sayings.iter().any(|s| s.verdict == Verdict::RuledOut && s.subject.is_empty());
    let futile =
        nameless && !lower.contains("not rule") && sayings.iter().any(|s| s.verdict == Verdict::Open);
    if futile {
        sayings.retain(|s| !s.subject.is_empty());
        for saying in sayings.iter_mut().filter(|s| s.verdict == Verdict::Open) {
            saying.verdict = Verdict::RuledOut;
        }
    }
}

/// "We suspected X, but …", "checked X, but it was fine".
fn acquitted_by_but(sayings: &mut Vec<Saying>, sentence: &str, lower: &str) {
    static BUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?:,| -| –| —)? (?:but|however|and yet|though|although|yet|only to)\b").ok()
    });
    static STILL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^(?: \w+){0,3}? (?:could not|couldn't|unable|nobody|no one|needed|continued|also|not (?:yet )?(?:sure|confirmed|proven|verified)|had to|waited|without proof|kept|no proof|lacked)\b").ok()
    });
    static WELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"\b(?:no|nothing|none|not|n't|correctly|properly|expected|green|fine|normal|clear|ok|okay|healthy|clean|idle|innocent|unrelated|just|only|neither|all good|as expected)\b|n't\b").ok()
    });
    static CHECKED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern::new(&format!(r"\b{LOOKED}\b")).ok());
    let Some(but) = BUT.as_ref().and_then(|rule| rule.find(lower)) else { return };
    if lower[..but.start()].ends_with(" even") {
        return;
    }
    let after = &lower[but.end()..];
    if STILL.as_ref().is_some_and(|rule| rule.is_match(after)) {
        return;
    }
    let before = &sentence[..but.start()];
    let mut named = false;
    for saying in sayings.iter_mut().filter(|s| s.verdict == Verdict::Open) {
        if before.contains(saying.subject.as_str()) {
            saying.verdict = Verdict::RuledOut;
            named = true;
        }
    }
    let well = WELL.as_ref().is_some_and(|rule| rule.is_match(after));
    let ruled = sayings.iter().any(|s| s.verdict == Verdict::RuledOut && !s.subject.is_empty());
    if named || !well || ruled {
        return;
    }
    let Some(look) = CHECKED.as_ref().and_then(|rule| rule.find(&lower[..but.start()])) else { return };
    let subjects = noun::after(&before[look.end()..]);
    sayings.retain(|s| !s.subject.is_empty());
    sayings.extend(subjects.into_iter().map(|subject| Saying {
        verdict: Verdict::RuledOut,
        subject,
        weight: 2,
        text: sentence.trim().to_owned(),
    }));
}

/// "could not be ruled out", "did not yet rule out".
fn doubted(before: &str) -> bool {
    let start = before.char_indices().rev().nth(28).map_or(0, |(at, _)| at);
    let near = &before[start..];
    let mut near = near.rsplit([',', ';', '.']).next().unwrap_or(near).trim_end();
    let between = ["be", "been", "yet", "fully", "completely"];
    while let Some(less) = between.iter().find_map(|word| near.strip_suffix(word)) {
        near = less.trim_end();
    }
    ["not", "n't", "never", "without"].iter().any(|no| near.ends_with(no))
}

/// "found no …", "discovered that X had not …" finds nothing; "confirmed the fix" neither.
fn doubted_find(cue: &Cue, lower: &str, end: usize) -> bool {
    if cue.verdict != Verdict::Confirmed {
        return false;
    }
    let rest = lower[end..].trim_start();
    ["no ", "nothing", "none", "only ", "that no ", "any "].iter().any(|no| rest.starts_with(no))
}
