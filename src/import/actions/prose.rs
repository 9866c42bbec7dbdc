//! Actions in paragraphs: one each, one a sentence that promises something, or one for each "first", "second", "third".

use std::sync::LazyLock;

use regex::Regex;

use super::verbs::{is_order, is_promise, without_lead};
use super::{Draft, claim, draft, marks, people, shape};
use crate::import::document::{Claims, label, plain};
use crate::import::hypotheses::verdict::sentences;
use crate::import::parts::{Part, is_pictured, outline};
use crate::import::pattern;

/// From this many paragraphs on each is taken for one thing.
const MANY: usize = 3;

/// A paragraph: labelled it is an action; beside a list it leads to that or sums up; of many it is one; else each promise in it
/// is one.
pub(super) fn read(
    part: &Part,
    paragraphs: usize,
    listed: bool,
    drafts: &mut Vec<Draft>,
    claims: &mut Claims,
) {
    let text = plain(&part.text[outline(&part.text)..]);
    if text.is_empty() {
        claim(part, claims);
        return;
    }
    if shape::is_nothing(&part.text) {
        return;
    }
    if beside(part, drafts) {
        claim(part, claims);
        return;
    }
    let parted = parted(part, &text);
    if !listed && !parted.is_empty() {
        drafts.extend(parted.iter().map(|one| draft(part, one)));
        claim(part, claims);
        return;
    }
    if is_kept(part) {
        return;
    }
    let labelled = label(&part.text).is_some_and(|(name, rest)| !rest.trim().is_empty() && !is_aside(&name));
    if labelled
        && !is_introduction(&text)
        && (!listed || drafts.last().is_some_and(|d| label(&d.text).is_some()))
    {
        match shown(&part.text) {
            several if several.len() > 1 => drafts.extend(several.into_iter().map(|one| draft(part, one))),
            _ => drafts.push(draft(part, &part.text)),
        }
        claim(part, claims);
        return;
    }
    if listed && (!is_order(&text) || shape::is_about(&text)) {
        return;
    }
    if is_introduction(&text) || is_closing(&text) {
        return;
    }
    let all = sentences(&text);
    let mut several = shown(&part.text);
    if several.len() < 2 {
        several = series(&all, is_label_text(part));
    }
    if !listed && several.len() > 1 {
        drafts.extend(several.into_iter().map(|one| draft(part, one)));
        claim(part, claims);
        return;
    }
    let told: Vec<&str> = all.iter().map(|s| s.trim()).filter(|s| !is_closing(s)).collect();
    let owned = told.iter().filter(|s| people::names(s)).count();
    if !listed && told.len() > 1 && (2 * owned >= told.len() || (is_label_text(part) && all_told(&told))) {
        drafts.extend(told.into_iter().map(|one| draft(part, one)));
        claim(part, claims);
        return;
    }
    // A short line under "Tasks" is one, whatever its words; so is what stands below a heading of its own.
    let short = all.len() == 1 && (2..=30).contains(&text.split_whitespace().count());
    let one_of_many = paragraphs >= MANY
        && (is_headed(&part.text)
            || is_order(&text)
            || !drafts.is_empty()
            || all.iter().any(|s| is_promise(s)));
    let named = part.under.as_deref().is_some_and(|under| !super::is_plain_name(under));
    if !listed && named && drafts.last().is_some_and(|last| last.under == part.under) {
        if let Some(last) = drafts.last_mut() {
            last.text.push('\n');
            last.text.push_str(&text);
        }
        claim(part, claims);
        return;
    }
    let pictured = is_pictured(&text) && !listed;
    let own = |s: &&&str| is_order(s.trim()) || (is_promise(s) && all_told(&["", s.trim()]));
    let ordered = is_order(&text) && all.iter().filter(own).count() < 2;
    if ordered || pictured || (!listed && (short || one_of_many || named)) {
        drafts.push(draft(part, &part.text));
        claim(part, claims);
        return;
    }
    promises(part, &all, drafts, claims);
}

/// The things to be done that a paragraph counts, or that stand behind words set off.
fn parted(part: &Part, text: &str) -> Vec<String> {
    let numbered = numbered(text);
    if numbered.len() > 1 {
        return numbered.into_iter().map(str::to_owned).collect();
    }
    orders_under(&part.text)
}

/// A field of the action that the heading above names: "Owner: Ana".
fn beside(part: &Part, drafts: &mut Vec<Draft>) -> bool {
    let Some(under) = part.under.as_deref().filter(|_| marks::is_field(&part.text)) else { return false };
    if drafts.last().is_none_or(|last| last.under.as_deref() != Some(under)) {
        if super::is_plain_name(under) {
            return false;
        }
        let text = plain(under);
        drafts.push(Draft { line: part.line, text, under: part.under.clone(), ..Draft::default() });
    }
    if let Some(last) = drafts.last_mut() {
        match marks::field(&part.text) {
            Some(marks) => last.marks.take(marks),
            None => {
                last.text.push('\n');
                last.text.push_str(&plain(&part.text));
            }
        }
    }
    true
}

/// Whether a paragraph begins with some words of its own in bold: "**Limits are raised.** They stood at …".
fn is_headed(raw: &str) -> bool {
    headed(raw).is_some_and(|(_, rest)| !rest.is_empty())
}

/// The words set off at the beginning of a paragraph, and what follows them.
fn headed(raw: &str) -> Option<(&str, &str)> {
    let raw = raw.trim();
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| raw.starts_with(mark))?;
    let (name, rest) = raw[mark.len()..].split_once(mark)?;
    (!name.is_empty()).then(|| (name, rest.trim()))
}

/// "**This week.** Add an alert. Raise the limit.": the orders behind words that are set off, each with them.
fn orders_under(raw: &str) -> Vec<String> {
    let Some((name, rest)) = headed(raw).filter(|(name, _)| name.ends_with(['.', ':', '!'])) else {
        return Vec::new();
    };
    let rest = plain(rest);
    let all = sentences(&rest);
    let told: Vec<&str> = all.iter().map(|one| one.trim().trim_end_matches(';')).collect();
    if told.len() < 2 || !told.iter().all(|one| is_order(one)) {
        return Vec::new();
    }
    let name = plain(name);
    let name = name.trim_end_matches(['.', ':', '!']);
    told.iter().map(|one| format!("{name}: {one}")).collect()
}

/// Whether a paragraph is what stands behind a label: "What we will do: …".
fn is_label_text(part: &Part) -> bool {
    part.labelled
}

/// Whether each sentence tells something of its own: none goes on the one before it.
fn all_told(told: &[&str]) -> bool {
    const ON: &[&str] =
        &["this", "that", "it", "these", "those", "so", "because", "which", "but", "they", "thus", "then"];
    told.iter().skip(1).all(|sentence| {
        let first = sentence.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
        !ON.contains(&first.to_lowercase().as_str()) && sentence.split_whitespace().count() >= 2
    })
}

/// "Add alerts, write a runbook, and train people.": the things to be done that one sentence names one after the other, or several
/// such sentences.
fn series<'a>(all: &[&'a str], labelled: bool) -> Vec<&'a str> {
    let [sentence] = all else { return Vec::new() };
    let text = sentence.trim().trim_end_matches('.');
    let lead = text.rfind(": ").map_or(0, |at| at + 2);
    let pieces: Vec<&str> = text[lead..]
        .split(", ")
        .flat_map(|piece| match piece.split_once(" and ") {
            Some((one, other)) if is_order(other) && is_order(one) => vec![one, other],
            _ => vec![piece],
        })
        .map(|piece| piece.trim().strip_prefix("and ").unwrap_or(piece.trim()).trim())
        .collect();
    // "…, enabling us to …, improving …" says what for.
    let gerund = |piece: &str| piece.split(' ').next().is_some_and(|word| word.ends_with("ing"));
    let gerunds = lead == 0 && gerund(&text.to_lowercase());
    let each =
        |piece: &str| (gerunds || !gerund(piece)) && is_order(piece) && piece.split_whitespace().count() >= 2;
    let first = pieces
        .first()
        .is_some_and(|piece| (is_order(piece) && (gerunds || !gerund(piece))) || is_promise(piece));
    // Behind "Tasks:" a rare verb among others is an order, too.
    let ordered = pieces.iter().filter(|piece| each(piece)).count();
    let apart = |piece: &str| {
        let word = piece.split(' ').next().unwrap_or_default();
        piece.split(' ').count() >= 2
            && !matches!(
                word,
                "or" | "but" | "which" | "that" | "so" | "for" | "with" | "in" | "on" | "as" | "to"
            )
    };
    if labelled
        && pieces.len() >= MANY
        && first
        && ordered * 3 >= pieces.len() * 2
        && pieces.iter().all(|piece| apart(piece))
    {
        return pieces;
    }
    if pieces.len() >= MANY && first && pieces.iter().skip(1).all(|piece| each(piece)) {
        pieces
    } else {
        Vec::new()
    }
}

/// Each sentence that promises something. Those that promise nothing belong to the promise before them, or lead to the first.
fn promises(part: &Part, all: &[&str], drafts: &mut Vec<Draft>, claims: &mut Claims) {
    let is_one = |sentence: &str| !is_closing(sentence) && is_promise(sentence);
    if !all.iter().any(|sentence| is_one(sentence)) {
        return;
    }
    let mut begun = false;
    let mut before = String::new();
    for sentence in all {
        let sentence = sentence.trim();
        if is_one(sentence) {
            let whole = if begun { sentence.to_owned() } else { format!("{before}{sentence}") };
            let mut new = draft(part, &whole);
            new.text = whole;
            drafts.push(new);
            begun = true;
        } else if let Some(last) = drafts.last_mut().filter(|_| begun) {
            last.text.push(' ');
            last.text.push_str(sentence);
        } else {
            before.push_str(sentence);
            before.push(' ');
        }
    }
    claim(part, claims);
}

/// "First, we will …. Second, …. Third, …", "(1) …; (2) …": each of them, with what follows it. Words before the first lead to
/// it, and are no part of it where they end in a colon.
fn numbered(text: &str) -> Vec<&str> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)(?:^|[.;:!?]\s+)(?P<at>(?:first|second|third|fourth|fifth|sixth|last|final)(?:ly)?(?:, |: | we | i )|(?:then|next|also|finally|lastly|additionally|in addition|furthermore|besides), )").ok()
    });
    static SIGNS: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(r"(?:^|[\s:;,.])(?P<at>\(?(?P<n>[1-9a-h])\)) ").ok());
    let starts = |rule: &LazyLock<Option<Regex>>| -> Vec<(usize, usize, String)> {
        let hits = rule.iter().flat_map(|rule| rule.captures_iter(text));
        let place = |hit: regex::Captures<'_>| {
            hit.name("at").map(|m| (m.start(), m.end(), m.as_str().to_lowercase()))
        };
        hits.filter_map(place).collect()
    };
    let words = starts(&WORDS);
    let (cuts, signs) = if words.first().is_some_and(|(_, _, word)| word.starts_with("first")) {
        (words, false)
    } else {
        let signs = starts(&SIGNS);
        let counted = signs.first().is_some_and(|(_, _, sign)| sign.contains(['1', 'a']));
        (if counted { signs } else { Vec::new() }, true)
    };
    let mut found = Vec::new();
    for (at, (start, end, _)) in cuts.iter().enumerate() {
        let until = cuts.get(at + 1).map_or(text.len(), |next| next.0);
        let lead = text[..*start].trim();
        let from = match (signs, at) {
            (true, _) => *end,
            (false, 0) if !lead.is_empty() && !lead.ends_with(':') => 0,
            (false, _) => *start,
        };
        let one = text[from..until].trim().trim_end_matches([';', ',']);
        let one = one.strip_suffix(" and").unwrap_or(one).trim().trim_end_matches([';', ',']);
        if !one.is_empty() {
            found.push(one);
        }
    }
    found
}

/// "👉 add an alert 👉 raise the limit": what stands behind each picture; the order behind a label, parted by semicolons.
fn shown(text: &str) -> Vec<&str> {
    if is_pictured(text) {
        let mut starts: Vec<usize> = text
            .char_indices()
            .filter(|(at, _)| (*at == 0 || text[..*at].ends_with(' ')) && is_pictured(&text[*at..]))
            .map(|(at, _)| at)
            .collect();
        starts.push(text.len());
        return starts.windows(2).map(|span| text[span[0]..span[1]].trim()).collect();
    }
    let pieces: Vec<&str> = text.split("; ").map(str::trim).collect();
    let fits = |piece: &&str| is_order(without_lead(piece)) && piece.split_whitespace().count() >= 2;
    if pieces.len() > 1 && pieces.iter().all(fits) { pieces } else { Vec::new() }
}

/// What is to stay as it is, in a list of what to keep, to stop and to start.
fn is_kept(part: &Part) -> bool {
    let kept = |name: &str| matches!(name.trim().to_lowercase().as_str(), "keep" | "continue" | "keep doing");
    part.under.as_deref().is_some_and(|under| kept(under.trim_end_matches(':')))
        || label(&part.text).is_some_and(|(name, _)| kept(&name))
}

/// "Note: …" is no action.
fn is_aside(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "note",
        "notes",
        "bonus",
        "nb",
        "p.s",
        "ps",
        "disclaimer",
        "conclusion",
        "remember",
        "example",
        "in conclusion",
    ]
    .contains(&name.trim())
}

/// "The following tasks are planned:"
fn is_introduction(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:the following|as follows|listed (?:below|here)|(?:below|here) (?:are|is)|these are|this is a list|list of|the actions? below|for example,)").ok()
    });
    text.ends_with(':') || WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// "By doing all this, we aim to …"
fn is_closing(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:by (?:\w+ ){0,3}?(?:implement|address|tak|do|follow|complet|keep|mak|learn|apply|adopt|put)\w*|th(?:is|ese|ose) (?:\w+ ){0,3}?(?:postmortem|post-mortem|incident|report|outage|event|document|measures|steps|actions|changes|improvements|tasks|will|aim|should|are|is)\b|in (?:conclusion|summary|closing)|overall|with (?:these|this|those)|thank|we (?:apologi[sz]e|hope|thank|learned\b[^.]*$)|together|once (?:these|this)|feel free|and so|all in all|until|remember)").ok()
    });
    WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}
