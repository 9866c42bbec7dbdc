//! Whether words are an order ("Add alerts on disk space") or a promise ("we will add alerts"): told by their verb.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;

/// What people do afterwards.
const VERBS: &str = "accept acquire adapt add address adjust adopt agree alert align allocate allow always amend analyse analyze annotate \
    announce apologise apologize apply approve archive arrange ask assess assign attach audit automate avoid await back \
    backport backup ban batch block book bring broaden build bump buy cache calculate calibrate cancel cap capture catch \
    change charge check choose circulate clarify classify clean clear close collect combine commit communicate compare \
    complete compress conduct configure confirm connect consider consolidate contact contain continue convert cool \
    coordinate copy correct cover create cut cycle decide declare decommission decouple decrease deduplicate default \
    define delay delete deliver demand deploy deprecate describe design detect determine develop diagnose differentiate \
    disable discontinue discuss display distribute divide document double downgrade draft drain drill drop duplicate \
    educate eliminate embed enable encourage encrypt enforce enhance enlarge ensure erase escalate establish estimate \
    evaluate examine exclude execute exercise expand expire explain explore export expose extend extract fail feed file \
    fill filter finalise finalize find finish fix flag flush follow forbid force formalise formalize freeze gate gather \
    generate get give grant group grow guarantee guard halt handle harden hide hire hold hook host identify implement \
    import improve include incorporate increase index inform insert insist inspect install instrument integrate introduce \
    invalidate invest investigate invite isolate issue join keep label land launch learn let leverage lift limit link list \
    load load-test localise localize lock log look lower maintain make manage map mark measure merge migrate minimise \
    minimize mirror mock modify monitor mount move mute name never normalise normalize notify obtain offer offload onboard \
    open operate optimise optimize order organise organize overhaul own package page parse partition patch pause pay \
    perform pick pin place plan play plug point poll populate post postpone practice practise prefer prepare present \
    preserve prevent prewarm print prioritise prioritize probe produce profile program prohibit promote propagate propose \
    protect prove provide provision prune publish pull purchase purge push put quarantine query queue raise randomise \
    randomize rate re-enable re-evaluate re-run reach read rebalance reboot rebuild recheck recommend reconcile \
    reconfigure reconsider record recover recreate recruit redesign redirect redo reduce reevaluate refactor refine \
    refresh refuse regenerate register reindex reinforce reinstate reject release relocate remind remove rename renew \
    reorder reorganise reorganize repair repeat replace replay replicate report reproduce request require rerun research \
    reserve reset reshard resize resolve respond restart restore restrict restructure retain retest rethink retire retrain \
    retry return reuse revert review revise revisit revoke reword rework rewrite roll rotate route run sanitise sanitize \
    save scale scan schedule scope scrub seal search secure segment segregate select send separate serve set setup shard \
    share ship shorten show shrink shut sign silence simplify simulate size skip slow snapshot solve speak specify speed \
    split spread stage stagger standardise standardize start stop store streamline strengthen stress strip study submit \
    subscribe suggest supply support surface suspend swap switch sync synchronise synchronize tag take talk teach tell \
    template terminate test thank think throttle tidy tighten time toggle trace track train transfer transition translate treat \
    trial trigger trim triple try tune turn unify uninstall unpin update upgrade upload use validate vary vendor verify \
    version vet visit weed weigh throw sell rent rely respect sort sweep tie undo unblock untangle lend visualise visualize wait walk warm warn watch whitelist widen wipe wire withdraw work wrap write";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.split_ascii_whitespace().collect());

/// Whether a word is one of the verbs: `add`, `re-add`, `adding`.
fn is_verb(word: &str) -> bool {
    let word = word.to_lowercase();
    let bare = word.strip_prefix("re-").unwrap_or(&word);
    let bare = bare.split('-').next().unwrap_or(bare);
    if KNOWN.contains(word.as_str()) || KNOWN.contains(bare) {
        return true;
    }
    let Some(stem) = bare.strip_suffix("ing").filter(|stem| stem.len() >= 2) else { return false };
    let doubled = stem
        .char_indices()
        .next_back()
        .map_or("", |(at, last)| if stem[..at].ends_with(last) { &stem[..at] } else { "" });
    KNOWN.contains(stem) || KNOWN.contains(format!("{stem}e").as_str()) || KNOWN.contains(doubled)
}

/// A text without what may stand before an order: "(Ana) ", "OPS-12: ", "Week 2: ".
pub(super) fn without_lead(text: &str) -> &str {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^(?:\([^()]{1,40}\)[:,]?\s+|\[[^\[\]]{1,40}\][:,]?\s+|[A-Z][A-Z0-9]{1,9}-\d{1,6}\s*[-–:]?\s+|[^:.;!?]{1,40}:\s+)").ok()
    });
    LEAD.as_ref().and_then(|rule| rule.find(text)).map_or(text, |hit| &text[hit.end()..])
}

/// "Add alerts on disk space.", "Adding alerts", "Please add", "To add": one that begins with what is to be done.
pub(super) fn is_order(text: &str) -> bool {
    const BEFORE: &[&str] = &[
        "also",
        "please",
        "to",
        "and",
        "we",
        "then",
        "finally",
        "next",
        "first",
        "firstly",
        "second",
        "secondly",
        "third",
        "lastly",
        "additionally",
        "better",
        "more",
        "further",
        "fully",
        "properly",
        "automatically",
        "manually",
        "regularly",
        "immediately",
        "possibly",
        "maybe",
        "perhaps",
        "not",
        "don't",
        "do",
        "let's",
        "todo",
        "always",
    ];
    let mut words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '/' | '.' | ';' | '(' | ')'))
        .filter(|w| w.starts_with(|c: char| c.is_alphanumeric()))
        .take(4)
        .peekable();
    // "We" alone before a verb tells what is done anyhow: "we deploy on Fridays".
    let we = words.peek().is_some_and(|w| w.eq_ignore_ascii_case("we"));
    let mut word = words.next();
    while let Some(found) = word.filter(|w| !we && BEFORE.contains(&w.to_lowercase().as_str())) {
        if matches!(found.to_lowercase().as_str(), "always" | "not" | "don't" | "let's" | "todo") {
            return true;
        }
        word = words.next();
    }
    word.is_some_and(|word| !we && is_verb(word))
}

/// "We will add …", "There should be …", "Ana to write …".
pub(super) fn is_promise(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:(?:will|should|must|shall|won't|need(?:s|ed)? to|have to|has to|needs? (?:a|an|more|some|better)|plan(?:s|ned|ning)? (?:to|on)|going to|want(?:s|ed)? (?:to|a|an|more|better)|(?:offered|agreed|volunteered|promised|undertook) to|looks? into|intend(?:s|ing)? to|ought to|(?:could|can|may|might) (?:be (?:improved|better|avoided|prevented)|have a|also|consider|add|use|make|set|build)|aim(?:s|ing)? to|hope to|committed to|let's|let us|make sure|we(?:'ll| need| could| can| propose| suggest| want)|recommend\w*|it (?:would|might|may) be|would be (?:good|nice|useful|helpful|better|worth\w*|great|wise)|would (?:help|like to|have (?:helped|caught|prevented|avoided))|to[- ]do|in progress|under ?way|planned|scheduled (?:for|to)|looking (?:into|at)|working on|in the process of|from now on|next time)\b|(?:we're|we are|we have|we've|is being|are being|has been|have been) (?:\w+ly |now |also |already |since )?\w+(?:ing|ed|en|ilt)\b)").ok()
    });
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^@?[\w.-]+(?: (?:and |& )?[\w.-]+){0,3} to (?P<verb>[a-z-]+)\b").ok()
    });
    let named = || {
        let hit = NAMED.as_ref().and_then(|rule| rule.captures(sentence));
        hit.is_some_and(|hit| is_verb(&hit["verb"]))
    };
    is_order(sentence.trim()) || WORDS.as_ref().is_some_and(|rule| rule.is_match(sentence)) || named()
}

/// "Next time we will …", "To keep this from happening again we plan to …": a promise, whatever part it stands in.
pub(super) fn is_vow(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:next time|in (?:the )?future|from now on|going forward|moving forward|to (?:prevent|avoid|stop|make sure|ensure|keep)\b|so that (?:this|it)|never again|as a (?:result|consequence|follow[- ]?up)|in the (?:coming|next) (?:days|weeks|months)|(?:this|next) (?:week|month|quarter)|long[- ]term|we (?:plan|intend|are going|are planning) to)\b").ok()
    });
    static WILL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:we|i|team|engineers?|everyone|nobody) (?:\w+ )?(?:will|should|must|shall|need to|plan to|intend to|want to|are going to|are (?:now |also )?(?:adding|building|planning|working|implementing|reviewing|improving|changing|moving))\b").ok()
    });
    let has = |rule: &LazyLock<Option<Regex>>| rule.as_ref().is_some_and(|rule| rule.is_match(sentence));
    has(&WORDS) && has(&WILL)
}

/// "We will raise the limits", "The team needs to test more": what somebody who was there is going to do.
pub(super) fn is_our_vow(sentence: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:(?:next time|in (?:the )?future|from now on|going forward)[ ,]+)?(?:we|i|(?:the |our )?team) (?:\w+ly |also |now )?(?:will|shall|should|must|need(?:s)? to|have to|has to|are going to|plan to|want to|ought to)\b").ok()
    });
    let seen = ["should have", "must have", "have to admit"]
        .iter()
        .any(|past| sentence.to_lowercase().contains(past));
    !seen && WORDS.as_ref().is_some_and(|rule| rule.is_match(sentence))
}
