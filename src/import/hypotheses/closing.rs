//! Words of a row that close an outage, or that settle a suspicion, as against those that only sound so.

use std::sync::LazyLock;

use regex::Regex;

/// The rows at the end of an outage in which "all clear" speaks of the outage.
const LAST: usize = 2;

/// Whether a row near the end only says that the outage is over: "All clear, incident closed". It acquits nobody.
pub(super) fn closes(text: &str, row: usize, rows: usize) -> bool {
    static OVER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:all[ -]clear|all (?:good|green|fine|ok|okay|normal|healthy|services?|systems?)|resolved|recovered|restored|back to normal|no (?:further|more|new) (?:\w+ )?(?:errors?|issues?|problems?|alerts?|reports?|complaints?)|stable|(?:incident|outage|ticket|bridge|call|case) (?:is |was )?(?:closed|over|ended)|stood down|stand(?:ing)? down|closed)\b").ok()
    });
    static ENDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:incident|outage|ticket|bridge|case|emergency) (?:\w+ )?(?:closed|over|ended|resolved)\b|\ball[ -]clear (?:was |is )?(?:given|declared|sounded|announced|sent|posted)\b|\b(?:gave|give|declared|announced|sent|posted|sounded) (?:the |an )?all[ -]clear\b|\b(?:close|closing|closed) the (?:incident|outage|ticket|bridge|case|call)\b").ok()
    });
    let says = |rule: &LazyLock<Option<Regex>>| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    says(&ENDED) || (row + LAST >= rows && says(&OVER))
}

/// Whether a sentence says outright that something is confirmed: "Confirmed: the proxy", "Proxy confirmed by a capture".
pub(super) fn confirms(sentence: &str) -> bool {
    static YES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:\w+ )?(?:confirmed|verdict: confirmed)(?:[:,!.]| ?[-–—=]+| it (?:is|was)\b| as (?:the )?(?:root )?cause)|\b(?:confirmed|proven|proved)(?: as (?:the )?(?:root )?(?:cause|culprit)| to be (?:the )?(?:root )?(?:cause|culprit))?(?: (?:by|at|in|on|via|through|with|after|from|using)\b.*)?\W*$").ok()
    });
    static NO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:not|never|n't|cannot|to be|yet|could|can|once|until|if|whether|when|fix|recovery|no|nothing|fine|normal|healthy|ok|okay|working|innocent|ruled out)\b|unconfirmed|n't\b|\?\W*$").ok()
    });
    let says =
        |rule: &LazyLock<Option<Regex>>, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    let lower = sentence.replace("to be the", "as the");
    says(&YES, &lower) && !says(&NO, &lower)
}

/// Whether a text confirms without naming what: "Confirmed", "That was it.", "Hypothesis confirmed".
pub(super) fn confirms_last(text: &str) -> bool {
    static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:(?:it|this|that|which|now|hypothesis|theory|suspicion|guess|cause|(?:the |this |that |our )(?:hypothesis|theory|suspicion|guess)|is|was|has been|[a-z]+:) )*(?:confirmed|that (?:is|was) it|that's it|bingo)(?: (?:by|at|in|on|via|through|with|after|from|using)\b[^.;]*)?\W*$").ok()
    });
    BARE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// What a row tells right beside words that only say that the cause was found: "bingo. the pool is exhausted", "the id changed with
/// the upgrade, that's all it is", "the pool has no limit. This is the actual cause".
pub(super) fn finding(text: &str) -> Option<&str> {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)^(?:[\w.@-]{{2,20}}: )?\W*(?:(?:ha+|oh+|oof|whoa|wow|facepalm)[!.…]+|(?:{CRY}|verified|confirmed|proven|found|got you|(?:root )?cause|mystery solved|culprit)(?: (?:found|identified|established|confirmed|it|here))?[!.…:,;–—-]+) +")).ok()
    });
    static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)(?:[.,;:!?)\x22”`]| [-–—(]|\b(?:and|so)) *(?:[^.,;:]{{0,30}}: )?(?:{CRY}|(?:and |so |well |yes )?(?:(?:this|that|there|here|it) ?(?:['’]s| is| was| must be| has to be|, then, (?:is|was))|the|our|my|that) (?:\w+ly )?(?:(?:the|our|your|my|all|in fact|it|actual|real|root|true|very|whole) ?)*(?:cause|culprit|reason|bug|problem|leak|fault|explanation|answer|it|it is|story|one|why|the thing|of all|of it)?|that (?:explains|would explain|must explain) \w+[^.]{{0,30}}|(?:root )?(?:cause|culprit|reason|bug|problem|fault) (?:was |is )?(?:found|established|identified|confirmed|clear|located|known)|(?:mystery|case|riddle|puzzle) (?:is |was )?(?:solved|closed))(?: (?:then|at last|after all|here|right there))?[!. )\x22”]*(?: ?[-–—] ?[\w ,/]{{1,40}})?$")).ok()
    });
    let text = text.trim();
    if text.len() > 600 || text.ends_with('?') {
        return None;
    }
    let told = if let Some(hit) = TAIL.as_ref()?.find(text).filter(|hit| says_cause(hit.as_str())) {
        last_of(&text[..hit.start()])
    } else {
        let hit = LEAD.as_ref()?.find(text)?;
        super::verdict::sentences(&text[hit.end()..]).first().copied()?
    };
    let told = told.trim();
    (told.split_whitespace().count() > 1 && !UNSURE.as_ref()?.is_match(told)).then_some(told)
}

/// What people cry when they have found it.
const CRY: &str = "bingo|eureka|jackpot|gotcha|aha+|a-ha|found it|got it|there it is|there we (?:go|are)|here it is|that['’]?s it|that was it|that is it|smoking gun|guilty(?: as charged)?|d['’]?oh|voil[aà]";

/// Whether the words at the end of a row speak of a cause: "that is" alone does not.
fn says_cause(tail: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)\b(?:{CRY}|cause|culprit|reason|bug|problem|leak|fault|explanation|explains?|answer|that['’]?s all|all it is|why|mystery|case|riddle|puzzle)\b")).ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(tail))
}

/// What only might be, or is over.
static UNSURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:not (?:the|it|yet|sure|clear)|maybe|perhaps|might|could be|probably|possibly|suspect\w*|fixed|resolved|restored|recovered|recovery|works? again|deployed|rolled back|reverted|restarted|rebooted|patched|scaled|increased|closing|closed|green|monitoring)\b").ok()
});

/// The last sentence, with the one before it where it only points back to that.
fn last_of(text: &str) -> &str {
    let sentences = super::verdict::sentences(text);
    let points = |sentence: &str| {
        let lower = format!(" {} ", sentence.to_lowercase());
        [" it ", " this ", " they ", " them "].iter().any(|word| lower.contains(word))
    };
    match sentences.as_slice() {
        [.., before, last] if points(last) => before,
        [.., last] => last,
        [] => text,
    }
}

/// The clauses of what a row has found, without the words that lead to them: "the diff shows that", "PR 12:", a command before
/// what it printed.
pub(super) fn clauses(text: &str) -> Vec<&str> {
    static LED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^.*?(?:→|->|=>|\b(?:says|said|notices?|noticed|remark(?:s|ed)|sees?|saw|discover(?:s|ed)|realis?e[sd]|realize[sd]|tells?|confirm(?:s|ed)|means|meant|proves?|proved)(?: us)?(?:,? that\b|:)|\b(?:shows?|showed|reveals?|revealed|finds?|found|prints?|printed|lists?|listed|reports?)(?: us)?(?:,? that\b|:)?)\s+").ok()
    });
    let start = LED.as_ref().and_then(|rule| rule.find(text)).map_or(0, |hit| hit.end());
    let mut rest = text.get(start..).unwrap_or(text);
    if let Some((lead, told)) = rest.split_once(": ")
        && lead.split_whitespace().count() <= 5
        && told.contains(char::is_alphabetic)
    {
        rest = told;
    }
    rest.split([',', ';', '"', '“', '”', '(', ')', '—', '–'])
        .map(|clause| without_share(clause.trim()))
        .filter(|clause| {
            clause.chars().any(char::is_alphabetic) && !clause.starts_with(|c: char| c.is_ascii_digit())
        })
        .take(8)
        .collect()
}

/// "100 % inodes used": of what.
fn without_share(clause: &str) -> &str {
    match clause.split_once('%') {
        Some((share, rest)) if share.trim().parse::<f32>().is_ok() => rest.trim_start(),
        _ => clause,
    }
}
