//! What was learned, told apart by its words: what went well, where luck helped, and else what is to go better.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;
use crate::log::{Change, List};

/// The list that a lesson belongs to, by its own words or those above it.
pub(super) fn list(text: &str, heading: &str, under: Option<&str>) -> List {
    static LUCK: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern::new(r"(?i)\b(?:luck\w*|fortunate\w*|by chance|coincidence)\b").ok());
    static WELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:(?:went|go|work(?:s|ed)|did|handled|performed|played out|paid off)\b(?: \w+){0,3} (?:well|right|great|smoothly|perfectly|as (?:planned|designed|expected|intended))|helped|saved (?:us|the)|paid off|(?:was|were|is|are) (?:\w+ )?(?:quick|fast|good|great|excellent|clear|helpful|useful|valuable|invaluable|effective|prompt|smooth|calm)|quickly|promptly|good (?:job|teamwork|communication|call)|great (?:job|teamwork|communication))\b").ok()
    });
    static WRONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:not|never|no|n't|didn't|don't|doesn't|wasn't|cannot|can't|too|more|should|must|need(?:s|ed)?|have to|could|would|slow\w*|late|missing|missed|lack\w*|fail\w*|wrong|only|but|without|nobody|hard|until|before|if)\b").ok()
    });
    let has =
        |rule: &LazyLock<Option<Regex>>, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    let above = format!("{heading} {}", under.unwrap_or_default());
    if has(&LUCK, text) || has(&LUCK, &above) {
        List::Lucky
    } else if has(&WELL, text) && !has(&WRONG, text) {
        List::WentWell
    } else {
        List::WentWrong
    }
}

/// Whether a change tells what was learned.
pub(super) fn is_one(change: &Change) -> bool {
    matches!(change, Change::ItemAdded { list: List::WentWell | List::WentWrong | List::Lucky, .. })
}
