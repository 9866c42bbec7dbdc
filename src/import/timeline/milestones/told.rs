//! What the words around a time in a sentence say of it: that the whole began there, or was over.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;
use crate::model::MilestoneKind;

type Rule = LazyLock<Option<Regex>>;

/// What breaks, and what those who use it meet.
static TROUBLE: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:down|offline|un(?:available|reachable|responsive|usable|able)|inaccessible|fail\w*|errors?|crash\w*|disappear\w*|vanish\w*|stop(?:s|ped)|broke\w*|break\w*|could(?:n't| not)|can(?:not|'t)|freez\w*|froze\w*|hang(?:s|ing)?|hung|slow\w*|degrad\w*|tim(?:ed|ing|e)[ -]?outs?|los(?:t|ing|e|es)|dropp\w+|reject\w*|refus\w*|bugs?|outages?|incident|disrupt\w*|interrupt\w*|blank|5\d\d|50x|5xx|404s?|stuck|dark|dead|died|wrong|problems?|issues?|trouble|suspended|exhaust\w*|overload\w*|unplanned|downtime|corrupt\w*|deleted|blocked|instead of|f[ea]ll(?:s|en)? (?:over|apart|down)|gone|(?:beg[au]n|start(?:ed|s)?) (?:to )?(?:report|see|experienc|gett?|receiv|return|throw|complain)\w*)\b").ok()
});
/// What is well again.
static WELL: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:restor\w+|resolv\w+|recover\w*|fixed|solved|correct(?:ed)?|repaired|remed(?:y|ied)\w*|return\w* to (?:normal|service|operation)|(?:back|up|online|normal|available|(?:work|runn|respond|serv|load|function|deliver|report)(?:s|ed|ing|e|es)?|run|ran|operational|reachable|healthy|stable|live|good|fine|well|okay|ok|green|happy) (?:\w+ )?again|last (?:errors?|failures?|failed|bad|5\d\d)|(?:came|come|comes|coming|was|were|is|are|been|brought|got|went|everything|site|service) (?:\w+ )?back\b|back (?:up|online|to normal|in service|in business)|(?:outage|incident|downtime|disruption|impact|it|issue|problem|all) (?:\w+ )?(?:ended|was over|over|closed|stopped|ceased)|all clear|ended|mitigated|stabili[sz]ed|normali[sz]ed|put right|sorted)\b").ok()
});
/// What is well again only in part, or is still to be.
static NOT_WELL: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:partial\w*|temporar\w+|attempt\w*|tried|not|n't|un(?:resolved|fixed)|could|would|should|will|until|before|after that|without)\b").ok()
});
/// Those who see it: then the time is that at which it was noticed.
static SEEN: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:detect\w*|notic\w+|report\w*|alert\w*|alarm\w*|paged|identif\w+|found|finds?|discover\w*|investigat\w*|declar\w+|complain\w*|observ\w+|realis\w+|realiz\w+|informed|notified|called|rang|rings|told|monitoring|acknowledg\w+|confirmed|escalat\w+|deploy\w*|merged|pushed|released|shipped|started (?:to|the|a|work\w*|investigat\w*))\b").ok()
});
/// A clause that begins with the time: what happened stands after it.
static OPENS: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)(?:^|[,;:–—(]|\b(?:and|then|but|so|finally|while|when)\b)[\s,]*(?:(?:and|then|but|so|finally|later|only)\b[\s,]*)*(?:(?:at|on|by|around|about|approximately|roughly|just after|shortly after|exactly|the \w+ of)\b\s*|[~≈*_`,]\s*)*$").ok()
});
/// What stands before a length of time, which may look like a clock: "for 1h25".
static LENGTH: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:during|for|within|lasted|lasting|took|in|of|total|duration|another)\b[\s:]*(?:(?:a total of|about|around|approximately|roughly|almost|nearly|over|some|only|just)\b\s*|[~≈*_`]\s*)*$").ok()
});

/// Whether a text says that something broke.
pub(super) fn is_trouble(text: &str) -> bool {
    let end = text.char_indices().nth(400).map_or(text.len(), |(at, _)| at);
    says(&TROUBLE, &text[..end])
}

fn says(rule: &Rule, text: &str) -> bool {
    rule.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// What the time that stands at `time` within a sentence is; `from` and `to` are where the times beside it end and begin.
pub(super) fn of(sentence: &str, from: usize, time: &Range<usize>, to: usize) -> Option<MilestoneKind> {
    let before = sentence.get(from..time.start)?;
    let after = sentence.get(time.end..to)?;
    if says(&LENGTH, before) {
        return None;
    }
    let opens = says(&OPENS, before);
    let words = if opens { after } else { before };
    judged(words).or_else(|| if opens { None } else { judged(after) })
}

fn judged(words: &str) -> Option<MilestoneKind> {
    let first = |rule: &Rule| rule.as_ref().and_then(|rule| rule.find(words)).map(|hit| hit.start());
    let (trouble, well) = (first(&TROUBLE), first(&WELL));
    match (trouble, well) {
        (_, Some(_)) => (!says(&NOT_WELL, words)).then_some(MilestoneKind::Resolved),
        (Some(trouble), None) => {
            // "An engineer noticed that it was down": seen before it is told.
            let seen = first(&SEEN).is_some_and(|seen| seen < trouble);
            (!seen).then_some(MilestoneKind::Started)
        }
        (None, None) => None,
    }
}

/// The milestone that the name of a field of front matter means: `started_at`, `resolvedWhen`.
pub(super) fn of_key(key: &str) -> Option<MilestoneKind> {
    const ROOTS: &[(&str, MilestoneKind)] = &[
        ("start", MilestoneKind::Started),
        ("began", MilestoneKind::Started),
        ("begin", MilestoneKind::Started),
        ("onset", MilestoneKind::Started),
        ("occurr", MilestoneKind::Started),
        ("inicio", MilestoneKind::Started),
        ("detect", MilestoneKind::Detected),
        ("discover", MilestoneKind::Detected),
        ("notic", MilestoneKind::Detected),
        ("acknowledg", MilestoneKind::Acknowledged),
        ("mitigat", MilestoneKind::Mitigated),
        ("resol", MilestoneKind::Resolved),
        ("recover", MilestoneKind::Resolved),
        ("restor", MilestoneKind::Resolved),
        ("end", MilestoneKind::Resolved),
        ("fixed", MilestoneKind::Resolved),
        ("fin", MilestoneKind::Resolved),
    ];
    let words = || key.split(|char: char| !char.is_alphabetic());
    ROOTS.iter().find(|(root, _)| words().any(|word| word.starts_with(root))).map(|(_, kind)| *kind)
}

/// "Time to mitigate: 14 min", "TTD | 3 min": which milestone is told by how long it took, with what stands behind its name.
pub(super) fn lengths(text: &str) -> Vec<(MilestoneKind, &str)> {
    static NAME: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:time[ -](?:to|until)[ -](?P<what>detect|acknowledg|identif|diagnos|mitigat)\w*|M?TT(?P<short>[DAIM]))\b(?: \(M?TT\w\))?[^\w~]{0,8}").ok()
    });
    let Some(rule) = NAME.as_ref().filter(|_| text.len() < 600) else { return Vec::new() };
    let found: Vec<_> = rule.captures_iter(text).filter_map(|hit| Some((hit.get(0)?, hit))).collect();
    let behind = |at: usize, from: usize| {
        let to = found.get(at + 1).map_or(text.len(), |(next, _)| next.start());
        let rest = text.get(from..to).unwrap_or_default();
        // What stands in the next sentence or cell is not about it.
        let end = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
        rest[..end].split(['|', ';', '\n']).next().unwrap_or_default()
    };
    let named = found.iter().enumerate().filter_map(|(at, (all, hit))| {
        let word = hit.name("what").or_else(|| hit.name("short"))?.as_str().to_lowercase();
        let milestone = match word.as_bytes().first()? {
            _ if word == "diagnos" => MilestoneKind::Identified,
            b'd' => MilestoneKind::Detected,
            b'a' => MilestoneKind::Acknowledged,
            b'i' => MilestoneKind::Identified,
            _ => MilestoneKind::Mitigated,
        };
        Some((milestone, behind(at, all.end())))
    });
    named.collect()
}
