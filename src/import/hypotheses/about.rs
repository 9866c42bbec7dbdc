//! What the words of a verdict speak of: on which side of them it stands, what was looked at, and what was done.

use std::sync::LazyLock;

use regex::Regex;

use super::cues::{Cue, LOOKED, Side};
use super::verdict::Verdict;
use super::{cause, fault, noun};
use crate::import::pattern;

/// What a cue speaks of.
pub(super) fn subjects(
    cue: &Cue,
    sentence: &str,
    hit: std::ops::Range<usize>,
    within: Option<std::ops::Range<usize>>,
) -> Vec<String> {
    let (before, after) = (&sentence[..hit.start], &sentence[hit.end..]);
    // "found the reason (full disk)": what a find has in brackets is what it found
    let after = if cue.verdict == Verdict::Confirmed { after } else { without_aside(after) };
    let active = sentence[hit.clone()].to_ascii_lowercase().starts_with("ruling");
    if cue.verdict == Verdict::Confirmed {
        // "verified in a test: this is the bug" names what stands before "verified"
        let points = [": this", ": that", ": it", "- this", "- that"].iter().any(|this| {
            sentence
                .get(hit.start.saturating_sub(1)..hit.end)
                .unwrap_or_default()
                .to_ascii_lowercase()
                .trim_start()
                .starts_with(this)
        });
        if cue.side == Side::Before && points {
            return Vec::new();
        }
        return fault_of(cue.side, before, after, within.and_then(|x| sentence.get(x)));
    }
    match cue.side {
        // "traceroute clean, hypothesis discarded" names nobody
        Side::Before
            if is_notion(&sentence[hit.clone()])
                && before.trim_end().ends_with([',', ';', '.', '-', '–', '—']) =>
        {
            Vec::new()
        }
        // "after a look at the heap, this was ruled out" speaks of what was suspected before
        Side::Before if ends_with_pronoun(before) => Vec::new(),
        Side::Before | Side::Witness => noun::before(before),
        Side::Either if !active && is_passive(before, after) && ends_with_pronoun(before) => Vec::new(),
        Side::Either if !active && is_passive(before, after) => noun::before(before),
        Side::After | Side::Clause | Side::Either => {
            noun::clause(after.trim_start_matches([' ', '"', '“', '\'', ':']))
        }
        Side::Within => within.and_then(|x| sentence.get(x)).map(noun::after).unwrap_or_default(),
        Side::Deed => deed(before, true),
        Side::Vain if is_of_notion(&sentence[hit]) => Vec::new(),
        Side::Vain => deed(before, false),
    }
}

/// The text without what is put in brackets at its start: "First guess (11:25): the cache".
fn without_aside(after: &str) -> &str {
    let Some(inner) = after.trim_start().strip_prefix('(') else { return after };
    let end = inner.find(')').filter(|end| *end < 40);
    let rest = end
        .and_then(|end| inner.get(end + 1..))
        .map(|rest| rest.trim_start_matches([' ', ':', ',', '-', '–', '—']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(after)
}

/// Whether what a verb speaks of is a pronoun right before it.
fn ends_with_pronoun(before: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)(?:^|[.,;:(–—-] ?|\b(?:but|and|so|yet|however|though|as|because|since|that|reali[sz]ing|reali[sz]ed|seeing|saw|finding|found|learning|noticing|noticed|before|until|when) )(?:it|this|that|these|they|both)(?: (?:was|were|is|are|has|have|had|been|be|being|also|all|then|too|quickly|soon|later|could|can|now|finally|eventually|\w+ly))* ?$").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(before))
}

/// "this was ruled out", "it was dismissed": not what was done.
fn is_of_notion(words: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:this|it|that|these|they|idea|theory|hypothesis) .*(?:ruled|dismissed|excluded|rejected|discarded|disprove[dn]|debunked|refuted|exonerated)").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(words))
}

/// Whether words begin with what a suspicion is called.
fn is_notion(words: &str) -> bool {
    let first = first_word(words).to_ascii_lowercase();
    ["hypothesis", "theory", "idea", "suspicion", "assumption", "lead", "path", "track", "guess"]
        .contains(&first.as_str())
}

/// What words that convict speak of.
fn fault_of(side: Side, before: &str, after: &str, within: Option<&str>) -> Vec<String> {
    // "the cause was identified and the fix begun", "… may have been": names nothing
    let next = first_word(after).trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let on = [
        "and", "but", "or", "by", "at", "for", "while", "when", "then", "so", "may", "might", "could",
        "after", "during", "via", "thanks", "not", "still",
    ];
    if !matches!(side, Side::Before | Side::Either) && on.contains(&next.as_str()) {
        return Vec::new();
    }
    let ahead = side == Side::Before || side == Side::Either && is_passive(before, after);
    let found = match (ahead, side) {
        (true, _) => fault::accused(before),
        (false, Side::Within) => within.and_then(fault::thing),
        (false, _) => fault::thing(after.trim_start_matches([' ', '"', '“', '\'', ':'])),
    };
    found.into_iter().collect()
}

/// Whether a verb is in the passive: "the leak was found in …", "Leak identified.".
fn is_passive(before: &str, after: &str) -> bool {
    // "it was found that the disk was full"
    let lower = before.trim_end().to_ascii_lowercase();
    if ["it was", "it is", "it has been", "it had been"].iter().any(|it| lower.ends_with(it)) {
        return false;
    }
    let last: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let aux = last.iter().any(|w| {
        matches!(
            w.to_ascii_lowercase().as_str(),
            "was" | "were" | "been" | "being" | "is" | "are" | "be" | "which"
        )
    });
    let next = after
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_ascii_lowercase();
    let opens = after.trim_start().starts_with(['.', ',', '!', ';', ':', '-', '–', '—', '(', '?']);
    aux || next.is_empty()
        || (opens && !after.trim_start().starts_with(':'))
        || matches!(
            next.as_str(),
            "as" | "in"
                | "by"
                | "through"
                | "via"
                | "during"
                | "on"
                | "at"
                | "which"
                | "after"
                | "within"
                | "to"
                | "and"
                | "from"
                | "for"
                | "when"
                | "hiding"
                | "lurking"
        )
}

/// What was acted on: "restarted the app servers", "increasing the pool size", "the pods were restarted". What it was in vain
/// for says so itself only where it is the subject: "the restart did not help".
pub(super) fn deed(before: &str, itself: bool) -> Vec<String> {
    const ACTS: &str = r"(?:restart|reboot|scal|increas|roll(?:ed|ing)? back|flush|clear|replac|revert|bounc|fail(?:ed|ing)? over|add|upgrad|disabl|recycl|redeploy|re-?deploy|reset|tun|purg|failover|drain|enabl|adjust|expand|resiz|optimi[sz]|rebuil|kill|block|swap|patch|chang|switch|downgrad|reinstall|renew|rotat|doubl|deactivat|uninstall|remov|reload)(?:t|ing|ed|led|ling|ing up|ed up|e)?";
    static ACT: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(&format!(r"\b{ACTS}(?: of)? (?P<rest>.*)$")).ok());
    static ACTED: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(&format!(r"(?:was|were|had been|been|got) (?:\w+ly )?{ACTS}\b")).ok());
    static NEW: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"\badd(?:ed|ing|s)? (?:an?|another|one more|two|three|more|extra)(?: \w+){0,2} (?:replicas?|nodes?|instances?|servers?|workers?|machines?|hosts?|pods?)\b").ok()
    });
    // "makes it clear" clears nothing
    let lower = before.to_ascii_lowercase().replace("it clear", "it plain");
    if let Some(acted) = ACTED.as_ref().and_then(|rule| rule.find(&lower)) {
        return noun::before(&before[..acted.start()]);
    }
    let rest = ACT
        .as_ref()
        .and_then(|rule| rule.captures(&lower))
        .and_then(|hit| hit.name("rest").map(|r| r.start()));
    // "flushed it": what was suspected
    let it = |at: usize| ["it", "them", "this", "that", "these"].contains(&first_word(&lower[at..]));
    if rest.is_some_and(it) {
        return Vec::new();
    }
    // "added a read replica": what was to help was no suspect
    if NEW.as_ref().is_some_and(|rule| rule.is_match(&lower)) {
        return Vec::new();
    }
    let found = rest.map(|at| noun::after(&before[at..])).unwrap_or_default();
    if !found.is_empty() {
        return found;
    }
    let found = looked_at(before).map(noun::after).unwrap_or_default();
    if !found.is_empty() || !itself {
        return found;
    }
    // "the errors did not go away" says nothing of the errors
    let named = noun::before(before);
    let named = if named.is_empty() { noun::clause(before) } else { named };
    named.into_iter().filter(|subject| !cause::is_seen(subject)).collect()
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// What was looked at: behind a verb of looking or focusing.
fn looked_at(text: &str) -> Option<&str> {
    static LOOK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(&format!(r"\b(?:{LOOKED}|checking|investigating|looking (?:at|into)|inspecting|examining|reviewing|testing|debugging|focus(?:s?ed|s?ing)?(?: \w+)? on|time (?:was )?(?:spent|wasted|lost) (?:on|in)|spent (?:\w+ ){{0,3}}(?:on|in)|included|(?:dig|digging|dug|dive|diving|dove|delv\w+|research\w*|inquir\w+) into)\b")).ok()
    });
    let hit = LOOK.as_ref()?.find(text)?;
    let rest = text.get(hit.end()..)?;
    looked_at(rest).or(Some(rest))
}
