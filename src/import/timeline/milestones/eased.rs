//! Rows that say that what somebody did helped: "failed over to the standby, errors drop".

use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;

type Rule = LazyLock<Option<Regex>>;

/// What people do to end the harm.
static DONE: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:roll(?:ed|s|ing)? (?:\w+ ){0,3}back|rollbacks?|revert\w*|(?:fail|mov)(?:ed|s|es|ing)? ?over|failover|drain(?:ed|s|ing)|shift(?:ed|s|ing)|re-?rout(?:ed|es|ing)|mov(?:ed|es|ing)|re-?start\w*|reboot\w*|reload\w*|redeploy\w*|disabl\w+|turn(?:ed|s|ing) off|switch\w*|scal(?:ed|es|ing)|raised|kill(?:ed|s|ing)?|stopp?(?:ed|ing)|deploy(?:ed|s)|appl(?:ied|ies|ying)|remov(?:ed|es|ing)|delet(?:ed|es|ing)|block(?:ed|s|ing)|throttl(?:ed|es|ing)|rate.limit(?:ed|s|ing)?|purg(?:ed|es|ing)|flush\w*|hot-?fix\w*|work-?around|unplugg\w+|pinn(?:ed|ing)|set to|tak(?:en|es|ing) (?:\w+ ){0,3}out|took (?:\w+ ){0,3}out|fix|patch(?:ed)?|mitigation)\b").ok()
});
/// What gets less, or is well again.
static EASES: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:(?:errors?|error rates?|[45](?:xx|\d\d)s?|failures?|time-?outs?|latency|latencies|load|cpu|memory|queues?|backlogs?|lag|packet loss|alerts?|response times?|connections?) (?:\w+ ){0,3}(?:drop(?:s|ped|ping)?|fall(?:s|ing|en)?|fell|declin\w+|decreas\w+|clear(?:s|ed|ing)?|gone|stop(?:s|ped)?|recover\w*|drain(?:s|ed|ing)?|shrink(?:s|ing)?|shrank|subsid\w+|(?:go|com)(?:es|ing)? down|went down|came down|back to|disappear\w*|vanish\w*|cease[ds]?|normal\w*)|(?:traffic|site|services?|customers?|users?|probes?|checkouts?|log-?ins?|orders?|payments?|pages?|requests?) (?:\w+ ){0,3}(?:recover\w*|ok again|okay again|green|back|(?:work|load|succeed|flow)(?:s|ed|ing)? again|succeed(?:s|ed|ing)?))\b").ok()
});
/// What helped in part, or for a moment, or is only hoped for.
static HARDLY: Rule = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:no|not|never|nothing|nobody|still|but|only|briefly|moment\w*|temporar\w*|partial\w*|partly|some|few|tr(?:y|ies|ied)|attempt\w*|should|would|will|could|hop(?:e|es|ed|ing)|expect\w*|if|unless|until|once|plan\w*|fails?|without|slightly|again (?:up|rising)|then (?:rise|climb|return)s?)\b|n't\b|\bfor (?:\w+ ){1,3}(?:minutes?|min|hours?|seconds?)\b").ok()
});

fn finds(rule: &Rule, text: &str) -> Option<(usize, usize)> {
    rule.as_ref()?.find(text).map(|hit| (hit.start(), hit.end()))
}

/// How many bytes apart a deed and what came of it stand in one row.
const NEAR: usize = 90;

/// Whether a row says that something was done, and that it is better for it; or only that, where the row before says what was done.
pub(super) fn says(text: &str, before: Option<&str>) -> bool {
    let head = |text: &str| text.char_indices().nth(300).map_or(text.len(), |(at, _)| at);
    let text = &text[..head(text)];
    if finds(&HARDLY, text).is_some() {
        return false;
    }
    let Some((eases, _)) = finds(&EASES, text) else { return false };
    let done = finds(&DONE, &text[..eases]);
    let near = done.is_some_and(|(_, done)| eases - done <= NEAR);
    near || before.is_some_and(|before| {
        let before = &before[..head(before)];
        eases < 30 && finds(&DONE, before).is_some() && finds(&HARDLY, before).is_none()
    })
}

/// Whether a row tells of a deed and of nothing that was found.
pub(super) fn is_deed(text: &str) -> bool {
    static FOUND: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:cause|found|finds?|identif\w+|confirm\w*|discover\w*|notic\w+|spotted|detect\w*|shows?|showed|reveal\w*|narrowed|because|why|turns? out|there|that's|that is|verif\w+|proven|bug|guilty|culprit|realis\w+|realiz\w+|learn\w*|understood|establish\w*|it is|it was)\b").ok()
    });
    static DID: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:was|were|is|are|been|got|we|i|he|she|they) (?:then |now |also )?(?:stopped|killed|disabled|restarted|rebooted|reverted|rolled back|removed|deleted|blocked|fixed|replaced|restored|switched|turned off)\b").ok()
    });
    finds(&DID, text).is_some() && finds(&FOUND, text).is_none()
}
