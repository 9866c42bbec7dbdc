//! The cause where no part of a document is about it: the sentence that says it.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::document::{Claims, Document, Kind, plain};
use crate::import::hypotheses::verdict::sentences;
use crate::import::parts::Part;
use crate::import::pattern;
use crate::import::sections::Topic;

/// A sentence longer than this, in bytes, is none that a person wrote.
const LONGEST: usize = 1_000;

/// How plainly a sentence says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    /// "The root cause was …", "was caused by …".
    Plain,
    /// "Identified that …", "which caused …": where nothing says it plainly.
    Linked,
    /// "due to …", "turned out to be …": only where the story is told in short.
    Soft,
}

/// The line and the sentence: of the summary first, then of any other part, then of the rows of the timeline.
pub(in crate::import) fn sentence(
    document: &Document,
    parts: &[Part],
    claims: &Claims,
) -> Option<(u32, String)> {
    let first = parts.first().map(|part| part.group);
    let short = |part: &&Part| {
        part.topics.contains(&Topic::Summary) || (part.topics.is_empty() && Some(part.group) == first)
    };
    let of = |part: &Part, tone: Tone| says(&plain(&part.text), tone).map(|sentence| (part.line, sentence));
    let in_short = |tone| parts.iter().filter(short).find_map(|part| of(part, tone));
    let near = |part: &&Part| {
        let far = [Topic::WentWell, Topic::Lucky, Topic::Links, Topic::Roles, Topic::Lessons];
        !part.topics.iter().any(|topic| topic.is_to_do() || far.contains(topic))
    };
    let elsewhere = |tone| parts.iter().filter(near).find_map(|part| of(part, tone));
    let told = |tone| {
        let rows = document.blocks.iter().enumerate().filter(|(at, block)| {
            claims.has(*at)
                && matches!(block.kind, Kind::Line | Kind::Item { .. } | Kind::Row { .. } | Kind::Code)
        });
        rows.filter_map(|(_, block)| Some((block.line, says(timeless(&plain(&block.text)), tone)?)))
            .next_back()
    };
    in_short(Tone::Plain)
        .or_else(|| in_short(Tone::Soft))
        .or_else(|| elsewhere(Tone::Plain))
        .or_else(|| told(Tone::Plain))
        .or_else(|| elsewhere(Tone::Linked))
        .or_else(|| told(Tone::Soft))
}

/// The words of a row without the time before them.
fn timeless(text: &str) -> &str {
    static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(
            r"(?i)^[\s~(\[]*(?:\d[\d:.h/-]*\s*(?:[ap]\.?m\b\.?|UTC|GMT|Z\b|[A-Z]{3,4}T\b)?[\s)\]:,–—-]*)+",
        )
        .ok()
    });
    let end = TIME.as_ref().and_then(|rule| rule.find(text)).map_or(0, |hit| hit.end());
    &text[end..]
}

/// The first sentence of a text that says what the cause was, and does not merely ask for it.
fn says(text: &str, tone: Tone) -> Option<String> {
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:\w+ )?(?:cause|reason|culprit|trigger) ?(?:[:=–—]|-) |\b(?:(?:was|were|is|been|being|are|got) (?:\w+ ){0,2}?(?:caused|triggered|provoked|brought about|brought on|created|introduced|set off) by|(?:root|underlying|actual|real|main|primary|true)[- ](?:cause|reason|problem|issue|culprit)s?\b[^.?!]{0,80}?\b(?:is|was|were|turned|proved|lay|lies|found|identified|:)|(?:cause|culprit|reason|explanation)s?\b[^.,?!]{0,60}?\b(?:is|was|were|turned out|proved|lay|lies)\b|(?:was|were|is|turned out to be|proved to be) (?:\w+ ){0,2}?(?:the )?(?:\w+ )?(?:culprit|root of|cause of|cause\b|reason for|reason why|to blame|at fault|guilty)|root cause: )").ok()
    });
    static LINKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:(?:which|that|this|and) (?:in turn |then |\w+ly )?(?:caused|led to|resulted in)|(?:identified|found|discovered|realised|realized) that (?:the|there|our|a|an)|(?:turns|turned) out (?:to be|that|the)|(?:now know|learned|learnt|established|concluded|worked out|figured out) (?:that|it was|how|why)|(?:took|takes|brought|brings|knocked|knocks|pulled|dragged) (?:\w+ ){1,4}?(?:down|offline|over|to a (?:halt|standstill|stop)|to (?:its|their) knees)|(?:it|this|that|thing|mess|story|outage|incident|problem|issue|all) (?:was|is|were) (?:\w+ )?down to (?:an?|the|our|one)|in the end,? (?:it|this|that) (?:was|is) (?:an?|the|our|one))\b").ok()
    });
    static SOFT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:due to|because(?: of)?|owing to|thanks to a|resulted from|results? of|resulting from|consequence of|(?:stem|stemm|aris|aros|originat|result)(?:s|ed|e|ing|en)? (?:from|in)|traced (?:\w+ )?(?:back )?to|track(?:ed)? (?:it |this )?down to|turned out (?:to be|that|the)|attributed to|attributable to|boil(?:s|ed) down to|c[ao]me down to|led to|after an? (?:\w+ ){0,3}?(?:change|deploy\w*|upgrade|update|release|migration|restart|mistake|error|bug|misconfiguration)|(?:found|discovered|realised|realized|noticed|identified) that|caused|(?:affected|hit|impacted|brought down) by an? (?:\w+ ){0,2}?(?:outage|failure|incident|problem|fire|flood|attack|bug|flaw|cut)|went unnoticed)\b").ok()
    });
    static NOT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:unknown|unclear|not (?:yet )?(?:known|clear|sure|certain|found|identified|the (?:cause|culprit|reason|problem))|isn't|wasn't|weren't|investigat\w+ (?:the|into|what|whether)|looking (?:for|into)|search\w* for|suspect\w*|thought|assum\w+|believ\w+|guess\w*|whether|may have|might|could have|maybe|perhaps|possibl[ey]|initially|first (?:theory|guess|suspect)|theory|hypothes[ei]s|convinced|looks like|trying to|to find|to determine|determine the|apologi[sz]e|sorry for|(?:i|we|they) (?:still |now )?think|do(?:es)?(?: not|n't) (?:yet )?know|never (?:found|knew|know)|(?:we|i|they|he|she|team|engineers?) (?:\w+ )?(?:took|takes|brought) (?:\w+ ){1,4}?(?:down|offline)|will be|should be|no (?:data|impact|loss))\b|\?\s*$").ok()
    });
    let rule = match tone {
        Tone::Plain => PLAIN.as_ref()?,
        Tone::Linked => LINKED.as_ref()?,
        Tone::Soft => SOFT.as_ref()?,
    };
    let not = NOT.as_ref()?;
    let sentences = sentences(text);
    let fits = |sentence: &&str| {
        sentence.len() <= LONGEST
            && rule.is_match(sentence.trim_start())
            && !not.is_match(sentence)
            && !tells_when(sentence)
    };
    let answer = |at: &usize| {
        let answered = |after: &&str| after.len() <= LONGEST && !not.is_match(after);
        asks_why(sentences[*at]) && sentences.get(at + 1).is_some_and(answered)
    };
    let Some(at) = sentences.iter().position(fits) else {
        // "Why did it break? The record was gone."
        let asked = (0..sentences.len()).find(answer).filter(|_| tone == Tone::Linked)?;
        return Some(sentences[asked + 1].trim().to_owned());
    };
    let one = sentences[at].trim().trim_end_matches(';');
    // "This caused the outage": what "this" is stands before it.
    let before = at.checked_sub(1).and_then(|at| sentences.get(at)).filter(|_| points_back(one));
    Some(before.map_or_else(|| one.to_owned(), |before| format!("{} {one}", before.trim())))
}

/// Whether a sentence asks what the cause was.
fn asks_why(sentence: &str) -> bool {
    static WHY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:(?:so|and|but|now|then),? )?(?:why\b|how come\b|what (?:had )?(?:happened|went wrong|gone wrong|broke|caused|was (?:it|wrong|to blame|the (?:\w+ )?(?:cause|problem|reason|culprit))))[^?]{0,60}\?\s*$").ok()
    });
    WHY.as_ref().is_some_and(|rule| rule.is_match(sentence))
}

/// Whether a sentence only says when the cause was found: "The root cause was identified at 10:20".
fn tells_when(sentence: &str) -> bool {
    static WHEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:cause|culprit|reason)s?\b[^.:]{0,12}\b(?:identified|found|confirmed|determined|located|established|discovered)\b\W*(?:(?:at|on|by|around|about|approximately)\W*)?\d").ok()
    });
    let what = [" as ", " to be ", " that ", " is ", " - ", " \u{2013} ", " \u{2014} "];
    WHEN.as_ref()
        .and_then(|rule| rule.find(sentence))
        .is_some_and(|hit| !what.iter().any(|word| sentence[hit.end()..].contains(word)))
}

/// Whether a sentence says what came of the one before it.
pub(in crate::import) fn points_back(sentence: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:this|that|it|which|these|they|the (?:change|mistake|error|bug|update|deletion))\b[^.]{0,60}\b(?:caused|causing|led to|resulted in|meant|triggered|brought|broke|made|prevented|is (?:what|why)|was (?:what|why))\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(sentence))
}
