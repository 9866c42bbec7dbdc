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
