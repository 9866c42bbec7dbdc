//! Whether what follows a suspicion speaks against it: by words that deny and words that find, and by how near they stand, not
//! by phrases.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{verdict, words};
use crate::import::pattern;

type Rule = LazyLock<Option<Regex>>;

/// How a text stands to a suspicion that was raised before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// It speaks of the same thing, or of what such a thing is checked with.
    pub same: bool,
    /// How many texts after the suspicion it stands; 0 in the same text.
    pub apart: usize,
    /// The cause is only found later.
    pub goes_on: bool,
}

/// As many texts after a suspicion may answer it.
pub(super) const NEAR: usize = 3;

/// The longest text that is weighed, in bytes.
const LONGEST: usize = 600;

/// Whether a text answers a suspicion: that it was not so.
pub(super) fn answers(text: &str, link: Link) -> bool {
    if text.len() > LONGEST || link.apart > NEAR {
        return false;
    }
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let denial = denial(&lower);
    if denial == 0 {
        // Who looks at the very thing next and has nothing to tell found nothing; so did who goes on to search.
        let next = link.apart == 1 && (link.same || link.goes_on);
        return next && !is_void(&lower) && (!has(&HANDED_ON, &lower) || has(&NEVER, &lower));
    }
    let points = usize::from(link.same) * 2
        + usize::from(link.goes_on && link.apart <= 2)
        + usize::from(link.apart <= 1)
        + usize::from(link.apart == 0)
        + usize::from(link.apart <= 2 && has(&LOOKS, &lower))
        + usize::from(has(&POINTS, &lower));
    points >= if denial == 2 { 1 } else { 2 }
}

/// Whether a text that suspects something in this sentence goes on to say that it was not so; of a paragraph only the next
/// sentences that speak of the same.
pub(super) fn within(text: &str, sentence: &str, subject: &str, row: bool, goes_on: bool) -> bool {
    let text = text.replace('\u{2019}', "'");
    let Some(from) = text.find(sentence) else { return false };
    let named = sentence.find(subject).map_or(sentence.len(), |at| at + subject.len());
    let rest = &sentence[named..];
    let next = rest
        .find([',', ';', ':', '(', '\u{2013}', '\u{2014}', '\u{2192}', '?', '"'])
        .or_else(|| rest.find(" - "));
    let tail = next.and_then(|at| rest.get(at..)).unwrap_or_default();
    if has(&FINDS, &tail.to_lowercase()) || insists(&text) {
        return false;
    }
    if !has(&REASON, &tail.to_lowercase()) && answers(tail, Link { same: row, ..Link::default() }) {
        return true;
    }
    let about = matter(sentence);
    for (apart, unit) in verdict::sentences(&text[from + sentence.len()..]).into_iter().take(NEAR).enumerate()
    {
        let same = matter(unit).iter().any(|word| about.contains(word));
        if answers(unit, Link { same, apart: if row { 0 } else { apart + 1 }, goes_on: false }) {
            return true;
        }
        if finds(unit) {
            break;
        }
        // "a missing module? php -m lists it"
        if goes_on && apart == 0 && sentence.trim_end().ends_with('?') && !is_void(&unit.to_lowercase()) {
            return true;
        }
    }
    false
}

/// What begins the ground of a suspicion.
static REASON: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:because|since|as|which|who|due|given|after|when|while|where|for|in|with|causing|that|until|so|and)\b").ok()
});

/// 2 where a text gives up what was suspected, 1 where it tells that something was well or that nothing came of it, 0 where it
/// does neither, finds something, or leaves it open.
fn denial(lower: &str) -> u8 {
    let Some(gives_up) = GIVES_UP.as_ref() else { return 0 };
    let Some(opening) = OPENING.as_ref() else { return 0 };
    let plain = opening.replace_all(lower, " ");
    let lower = plain.as_ref();
    let rest = gives_up.replace_all(lower, " ");
    let given_up = rest.len() != lower.len();
    if has(&UNDECIDED, lower) || has(&FINDS, &rest) && !given_up {
        return 0;
    }
    if given_up {
        return 2;
    }
    let well = has(&WELL, lower) && !has(&UNWELL, lower) || is_low(lower);
    u8::from(well || has(&IN_VAIN, lower) && !has(&HANDED_ON, lower))
}

/// Whether a text finds something, leaves it open, or tells that something was amiss.
fn is_void(lower: &str) -> bool {
    has(&UNDECIDED, lower) || has(&FINDS, lower) || has(&UNWELL, lower) || has(&AMISS, lower)
}

/// Whether a text tells that a thing was as it should be.
pub(super) fn is_well(lower: &str) -> bool {
    let void = has(&UNDECIDED, lower) || has(&FINDS, lower) || has(&UNWELL, lower);
    (has(&WELL, lower) || is_low(lower)) && !void
}

/// Whether words go on to say that what they follow is given up: "theory" and "withdrawn".
pub(super) fn is_over(after: &str) -> bool {
    let next: String = after.trim_start().chars().take_while(|c| c.is_alphabetic() || *c == ' ').collect();
    has(&GIVES_UP, &format!("theory {next}")) && !has(&GIVES_UP, &next)
}

/// Whether a subject says so little that to have restarted or enlarged it in vain rules nothing out.
pub(super) fn is_generic(subject: &str) -> bool {
    const GENERIC: &str = "server servers application applications app apps web container containers docker pod pods job jobs \
        service services node nodes instance instances api machine machines system systems process processes host hosts vm vms of \
        the planned restart reboot site website page pages computer box backend frontend";
    subject.to_lowercase().split(' ').all(|word| GENERIC.split_ascii_whitespace().any(|other| other == word))
}

/// Whether a text still holds to a suspicion, whatever it says against it.
pub(super) fn insists(text: &str) -> bool {
    has(&INSISTS, &text.to_lowercase().replace('\u{2019}', "'"))
}

/// What a text that gives something up names before it does: "bank answers in both zones, hypothesis discarded".
pub(super) fn given_up(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let end = GIVES_UP.as_ref()?.find(&lower)?.start();
    let before = text.get(..end)?;
    let own = before.split_once(": ").map_or(before, |(_, own)| own);
    (own.split_whitespace().count() > 1).then_some(own)
}

/// Whether what was well is how a suspicion was looked into: it is of the same matter.
pub(super) fn speaks_for(witness: &str, suspect: &str) -> bool {
    is_instrument(witness) || !matter(witness).is_disjoint(&matter(suspect))
}

/// Whether a subject is only what something was looked at with.
pub(super) fn is_instrument(subject: &str) -> bool {
    let head = subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
    INSTRUMENTS.split_ascii_whitespace().any(|word| word == head)
}

const INSTRUMENTS: &str = "dump dumps log logs graph graphs dashboard dashboards trace traces traceroute report reports output \
    list page status metric metrics team support vendor test tests query check checks counters console capture captures profiler \
    explain plan history data smart statistics stats idrac ilo grafana datadog kibana sentry wireshark tcpdump mtr ping dig curl openssl";

/// Whether a text tells that something was found: what follows is another matter.
pub(super) fn finds(text: &str) -> bool {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    GIVES_UP.as_ref().is_some_and(|rule| has(&FINDS, &rule.replace_all(&lower, " ")))
}

/// Whether a text that stands right beside a suspicion speaks against it.
pub(super) fn denies(text: &str) -> bool {
    denial(&text.to_lowercase().replace('\u{2019}', "'")) > 0
}

/// Whether a text gives up what was suspected in so many words.
pub(super) fn gives_up(lower: &str) -> bool {
    has(&GIVES_UP, lower)
}

/// Whether a text tells how somebody looked at a thing that was well.
pub(super) fn looks_well(lower: &str) -> bool {
    has(&LOOKS, lower) && is_well(lower) && !has(&AMISS, lower)
}

/// Whether a text that follows what named a thing tells that this was well: it speaks of the same.
pub(super) fn bears_out(text: &str, thing: &str) -> bool {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let same = !matter(thing).is_disjoint(&matter(&lower));
    same && !is_void(&lower) && denial(&lower) > 0 && !has(&HANDED_ON, &lower)
}

/// Whether a text tells that what was done changed nothing.
pub(super) fn in_vain(lower: &str) -> bool {
    lower.len() < 160 && has(&IN_VAIN, lower) && !has(&UNDECIDED, lower)
}

/// Lets what a text only tells to be well count as ruled out.
pub(super) fn promote(said: &mut verdict::Said) {
    // What is told beside a suspicion or a verdict is only its ground.
    if said.sayings.iter().any(|s| s.weight > 1) {
        return;
    }
    for saying in &mut said.sayings {
        let lower = saying.text.to_lowercase();
        let weak =
            saying.verdict == verdict::Verdict::RuledOut && saying.weight == 1 && !saying.subject.is_empty();
        // "no answer", "no space left" say nothing of what was well
        let weak = weak && !lower.contains(&format!("no {}", saying.subject.to_lowercase()));
        if weak && has(&WELL, &lower) && !has(&UNWELL, &lower) && !has(&UNDECIDED, &lower) && !finds(&lower) {
            saying.weight = 2;
        }
    }
}

/// Whether all that a text measures is far from its limit: "38% used", "12 of 400 connections".
fn is_low(lower: &str) -> bool {
    static SHARE: Rule = LazyLock::new(|| {
        pattern::new(r"\b(?:only|just|mere(?:ly)?|barely|at|is|was|with|says?|shows?|under|below|around|about|to) (?P<n>\d{1,3})(?:\.\d+)? ?%|\b(?P<u>\d{1,3})(?:\.\d+)? ?% (?:used|full|busy|load|utili[sz]ation|of)").ok()
    });
    static OF: Rule =
        LazyLock::new(|| pattern::new(r"\b(?P<a>\d{1,6}) (?:of|out of|/) (?:the )?(?P<b>\d{1,6})\b").ok());
    let number =
        |hit: &regex::Captures<'_>, name: &str| hit.name(name).and_then(|n| n.as_str().parse::<u32>().ok());
    let shares = SHARE.as_ref().map(|rule| {
        rule.captures_iter(lower)
            .filter_map(|hit| number(&hit, "n").or_else(|| number(&hit, "u")))
            .collect::<Vec<_>>()
    });
    let low = shares.is_some_and(|shares| !shares.is_empty() && shares.iter().all(|share| *share <= 60));
    let few = OF
        .as_ref()
        .and_then(|rule| rule.captures(lower))
        .is_some_and(|hit| number(&hit, "a").zip(number(&hit, "b")).is_some_and(|(a, b)| a > 0 && a < b / 2));
    low || few
}

fn has(rule: &Rule, lower: &str) -> bool {
    rule.as_ref().is_some_and(|rule| rule.is_match(lower))
}

/// What is said of suspicions that are given up.
static GIVES_UP: Rule = LazyLock::new(|| {
    const NOTION: &str = r"(?:idea|theor(?:y|ies)|hypothes[ie]s|suspicions?|assumption|lead|track|trail|path|guess|doubts?|thought|hunch|possibility|explanation|accusation|suspect|diagnosis|scenario)";
    const OVER: &str = r"(?:closed|cleared|(?:did not|didn't|does not) survive|evaporated|fizzled(?: out)?|went nowhere|bites? the dust|bit the dust|ended there|discarded|abandoned|dropped|rejected|dismissed|dead|gone|out|over|excluded|eliminated|buried|shelved|disprove[dn]|refuted|debunked|falsified|busted|withdrawn|wrong|false|mistaken|unfounded|incorrect|settled|cold|invalid(?:ated)?|did not hold|didn't hold|falls apart|fell apart|collapse[ds]|refuted)";
    pattern::new(&format!(
        concat!(
            r"\b{n}(?: (?:is|was|were|are|has|had|been|got|therefore|thus|quickly|soon|then|now|so|turned))* {o}\b",
            r"|\b(?:drop(?:s|ped)?|abandon(?:s|ed)?|discard(?:s|ed)?|clos(?:e|es|ed)|bur(?:y|ies|ied)|kill(?:s|ed)?|scrap(?:s|ped)?|scratch(?:es|ed)?|g[ai]ve up|withdrew|refut(?:e|es|ed)|disprov(?:e|es|ed)|end(?:s|ed)|sh[eo]t down|rejects?(?:ed)?|forget|forgot|exclud(?:e|es|ed)|dismiss(?:es|ed)?) (?:on )?(?:that|this|the|our|my|his|her) (?:\w+ )?{n}\b",
            r"|\b(?:leave|left|let) \w[^.,;:]{{1,30}}? (?:in peace|alone|be\W*$|go\W*$)",
            r"|\bso much for\b|\bscratch that\b|\bnever mind\b|\bstrike (?:that|one|two|three)\b|\bthat leaves\b",
            r"|\b(?:do not|don't|does not|doesn't|did not|didn't) (?:really )?(?:think|believe) (?:that'?s?|it'?s?|this|so|it is)\b|\bdoubt (?:it|that|this)\b",
            r"|\bnot (?:the |a |an |our )?(?:it|them|you|him|her|hers|theirs|ours|us|so|guilty|related|involved|responsible|either|culprit|cause|reason|problem|issue|source|one|bottleneck|trigger|blame)(?: (?:either|then|after all|this time|here|at all|though|too|again))*(?:\W*$|[.,;:!)]| -| –| —)",
            r"|\bnot (?:the|a|an|our) [\w -]{{2,24}},? (?:then|either|after all)\b",
            r"|\b(?:so|hence|therefore|thus|means) (?:it'?s? |that'?s? |this |is |was |probably |clearly )*(?:no|not|nope)\b(?: (?:the|it|that|them|a|an|our|us)\b|\W*$|[.,;!])",
            r"|^\W*(?:nope|nah|no|wrong|negative)\b\W|\W(?:nope|nah)\b",
            r"|\b(?:innocent|blameless|exonerat\w+|acquit\w*|absolv\w+|alibi|vindicated|unrelated|irrelevant|red herring|dead[ -]end|blind alley|rabbit hole|goose chase|coincidence|misled|misleading|misdiagnos\w+|off the (?:hook|list|table)|crosse[ds] (?:\w+ ){{0,5}}off|crossed off|struck off|beyond suspicion|above suspicion|out of (?:suspicion|the picture|the question))\b",
            r"|\b(?:wrong|false) (?:track|path|trail|tree|guess|turn|lead|direction|alarm|suspicion|clue|idea|assumption)\b",
            r"|\b(?:nothing to do with|not (?:related|due|caused|linked|connected|what caused)|(?:ruled|ruling|rules) (?:\w+ ){{0,4}}out|(?:is|was|were|are|be|so|been|that|this|it|all) (?:therefore |thus |also |quickly |then )?(?:excluded|disprove[dn]|refuted|debunked|discarded|dismissed|eliminated|falsified|discounted|cleared of)|could be (?:excluded|forgotten|dropped))\b",
            r"|\b(?:clears|cleared|acquits) (?:the|our|my|his|her|them|it|him)\b",
            r"|\b(?:didn't|did not|doesn't|does not|don't|do not|couldn't|could not|can't|cannot) (?:\w+ )?(?:explain|add up|hold|fit|match|be (?:it|that|the (?:cause|reason|culprit)))\b",
            r"|\bsorry,|\bdown the drain\b|\bwast(?:ed|e of)\b|\bbarking up\b",
        ),
        n = NOTION,
        o = OVER
    ))
    .ok()
});

/// That it was found, or that something was indeed out of order.
static FINDS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:culprit|bingo|eureka|jackpot|aha|gotcha|there (?:it|he|she|you|they) (?:is|are)|here it is|this is it|that's it|that was it|this was it|guilty|expired|(?:is|was|are|were|be|got|ran|completely|nearly|almost|disk|storage|volume|partition|table|pool|queue|memory|log|up) full|full(?:\W*$|[,.;:!)])|full (?:disk|table|inode|partition|volume)|exhausted|ran out|run out|out of (?:memory|space|disk|inodes|connections|workers|file)|oom|misconfigur\w+|typo|root cause|actual cause|the cause|turned out|turns out|identified|pinpointed|mystery|smoking gun|maxed|saturated|corrupt\w*|9\d ?%|100 ?%|found (?:the|a|an|it|that|out|\d)|discover(?:ed|s)|reveals? (?:the|a|an|that)|revealed (?:the|a|an|that)|yes|yep|indeed|confirms? (?:that )?(?:the )?(?:\w+ )?(?:theory|suspicion|hypothesis)|(?:theory|suspicion|hypothesis) (?:is |was )?confirmed|missing|spik(?:e|es|ed|ing)|skyrocket\w*|climbing|overload\w*|is gone|guess what|(?:idea|theory|hypothesis|guess|suspect|number|option) (?:\w+ )?(?:wins|won|it is))\b").ok()
});

/// That nobody knows yet, or that it is over.
static UNDECIDED: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:not yet|(?:cannot|can't|could not|couldn't) (?:yet )?be (?:\w+ )?(?:excluded|ruled out|dismissed)|not (?:be )?(?:fully |completely )?(?:excluded|ruled out)|(?:we|i|they) still (?:think|believe|suspect)|not convinced|unconvinced|unclear|unconfirmed|unverified|undecided|plausible|still (?:waiting|investigating|looking|checking|working on|unclear|unknown|unsure|open|pending|searching|debugging|suspect\w*|possible|a theory)|to this day|could not find out|no (?:metrics|proof|data|logs) to|no proof|remains? (?:open|unclear|unknown|possible)|never found out|waiting for|no (?:answer|reply|response|idea|one|progress)|(?:have|has|had|did)(?: not|n't) (?:yet )?(?:answer\w*|repl\w+|respond\w*|come back|heard)|yet\W*$|nobody (?:answers|knows|replies)|recovered|resolved|mitigated|back (?:up|online|to normal)|works? again|working again|again now|stable again|all (?:good|well|green) again|(?:healthy|normal|ok|okay|fine|up|online|there|reachable|fast) again)\b").ok()
});

/// That a thing was as it should be.
static WELL: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:fine|health(?:y|ily)|in good (?:health|shape|order)|ok|okay|green|normal(?:ly)?|nominal|clean|clear|flat|identical|equal|valid|correct(?:ly)?|properly|proper|works?|worked|working|as (?:expected|usual|always|before|it should|they should|designed|configured)|like (?:it|they) should|usual|in order|good|great|perfect(?:ly)?|steady|stable|intact|untouched|unaffected|(?:nearly|almost|all) empty|idle|quiet|cool|calm|plenty|enough|spare|paid|up to date|reachable|responsive|harmless|in sync|within (?:\w+ )?(?:limits?|range|bounds|thresholds?|norms?|spec\w*)|(?:well|far|way) (?:below|under|within)|(?:are|is|was|were|all|both|still) up|(?:up and|all|both|still|was|were) running|passed|passes|responds?|responded|answers?|answering|answered|replies|arrives?|connects?|(?:all|same|returns?|gives?|answer\w*|says?|shows?) 2\d\d|unchanged|matche?s?|no (?:\w+ ){0,4}?(?:found|seen|errors?|issues?|problems?|anomal\w+|loss|incidents?|outages?|alarms?|changes?|deploy\w*|spikes?|increase|faults?|warnings?|failures?|signs?|evidence|difference|traces?|irregularit\w+|hits?|matches|findings?|listing|drops?|contention|locks?|refusals?|complaints?|restarts?)|none|nothing|nobody|neither|never|zero|0(?:\.0+)? ?(?:%|ms|on|for|in|at|of)|not a single|without (?:\w+ ){0,3}?(?:lost|findings?|errors?|issues?|problems?|loss|anomal\w+|faults?)|not (?:\w+ )?(?:used|changed|touched|affected|saturated|loaded|overloaded|exhausted|deployed|running|blocked|listed|changed|slow|higher|there|enabled|broken|down)|(?:did|do|does|was|were|had|has|is|are|have)(?:n't| not)(?: \w+){0,2} (?:see|show|find|change|changed|touch|touched|happen|happened|reach|affect|affected|receive|refuse|refused|report|increase|increased|use|used|log|differ|deploy|deployed)|available|alive|consuming|(?:go|goes|went|going) through|(?:had|has|have) (?:already |long )?(?:finished|ended|completed|stopped)|(?:as|what|how) (?:we|i|they) left|(?:as|what|like|how) (?:it|they|he|she) (?:should|always)|only (?:our|my|the usual|known|legitimate|internal)|our own|until|another \d+|moved to|postponed|cancelled|months? ago|weeks? ago|days old|belongs? to|legit\w*|real (?:users|customers|fans|visitors)|ordinary|regular|simply|merely|no (?:worse|slower|higher|more))\b|°").ok()
});

/// That it was not as it should be.
static UNWELL: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:not (?:ok|fine|healthy|normal|valid|correct|clear|enough|well|good|reachable|empty|stable|in sync|working|passed|responding|answering|running)|no longer|(?:stopped|stops|isn't|wasn't|aren't|weren't|is not|was not|never|not) (?:working|responding|answering|running)|nothing (?:works|worked|loads|is working|came|comes)|too (?:many|much|high|low|small|large|big|slow|old|few)|back to (?:normal|green)|should|must|abnormal\w*|unusually|instead of|vs|versus|above|than (?:usual|normal|expected))\b").ok()
});

/// That what was done changed nothing.
static IN_VAIN: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:same|still|carry on|carried on|carries on|kept (?:\w+ing|on|up)|keeps? (?:\w+ing|on|up)|goes on|went on|looks? (?:just )?as (?:bad|broken)|persist(?:s|ed|ing)?|continu(?:e|es|ed|ing)|remain(?:s|ed)?|unchanged|stays?|stayed|follow(?:s|ed)? them|no (?:\w+ )?(?:change|effect|improvement|difference|luck|success|relief|help|avail|result|impact|joy)|in vain|useless|pointless|futile|fruitless|without (?:success|effect|luck|result|change|improvement)|(?:did|does|do|had|has|made|was|were|is)(?:n't| not| nothing)(?: \w+){0,2} ?(?:help|helped|helping|fix|fixed|work|worked|solve|solved|better|gone|resolve|resolved|matter|improve|improved|effect|difference)|reverted|undone|rolled back|put back|removed again|no better|worse|unsuccessful\w*|(?:helped|changed|solved|brought|did) (?:little|nothing)|as before|just as (?:\w+)|nothing (?:gets|got|is|was|becomes|became) (?:better|faster|different)|did (?:not|n't) (?:move|budge|notice|care|stop|go away)|could not care less|no different|regardless|go(?:es)? on|(?:both|all) fail)\b").ok()
});

/// Words that only open a sentence.
static OPENING: Rule = LazyLock::new(|| {
    pattern::new(r"(?:^|[.!?:\n\x22]) ?(?:ok|okay|well|right|good|great|cool|fine|so|now),").ok()
});

/// That the suspicion stands.
static INSISTS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:(?:we|i|they) still (?:think|believe|suspect)|not convinced|unconvinced|(?:cannot|can't|could not|couldn't) (?:yet )?be (?:\w+ )?(?:excluded|ruled out)|still (?:plausible|possible|our best guess)|have no proof|(?:cannot|can't|could not|couldn't) (?:yet )?(?:say|tell) (?:whether|if)|never (?:\w+ )?closed|never (?:been )?(?:tested|proven|verified|excluded))\b").ok()
});

/// That others took over.
static HANDED_ON: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:escalat\w+|unresolved|shifted|re-?routed|clarif\w+|update[sd]?|informed|handed (?:over|on)|war ?room|bridge|paged|joined|joins|asked (?:them|him|her|the|our|\w+ to)|opened (?:a|an) \w+|ticket|going to|will|should|need(?:s|ed)?|plan(?:s|ned)?|request\w*|please|restored|deactivated|disabled|fixed|corrected|repaired|started|begins?|began|deciding|decided|prepar\w+)\b|\?\W*$").ok()
});

/// That it was not done.
static NEVER: Rule = LazyLock::new(|| pattern::new(r"\b(?:not|never|no)\b|n't\b").ok());

/// That something was out of order.
static AMISS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:fail\w*|errors?|crash\w*|refused|timed? ?outs?|denied|broken|down|stuck|slow|high|higher|rising|rose|grow\w*|grew|huge|drop(?:s|ped)|lost|empty|wrong|invalid|unknown|leak\w*|throttl\w+|killed|dead|expired|rejected|blocked|limit|odd|strange|weird|suspicious|interesting|curious\w*|anomal\w+|unusual|abnormal|many|thousands|hundreds|millions|found|noticed|because|caus\w+)\b|[89]\d ?%").ok()
});

/// That somebody looked.
static LOOKS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:check\w*|look(?:ed|s|ing)?|test\w*|verif\w+|confirm\w*|inspect\w*|examin\w+|review\w*|measur\w+|compar\w+|analy[sz]\w+|prob(?:e|es|ed|ing)|investigat\w+|ping\w*|trace\w*|dig|curl\w*|telnet|nslookup|grep\w*|top|htop|df|du|free|status|metrics?|graphs?|dashboards?|logs?|monitor\w*|grafana|datadog|prometheus|shows?|showed|says?|said|reports?|reported|prints?|answers?|replied|replies|called|asked|contacted|swapped|replaced|changed|restarted|reseated|rebooted|reverted|disabled|blocked|doubled|increased|moved|tried|usage|utili[sz]ation|according|finds?|found|sees?|saw|knows?|knew|gives?|gave|page|vendor|provider|support|technician|forensics|went over|read|openssl|mtr|netstat|ss|iostat|vmstat|explain)\b|`").ok()
});

/// That it speaks of what came right before it.
static POINTS: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:\w+: )?(?:(?:but|so|and|ok|okay|well|sadly|however) )*(?:it|that|this|they|these|those|he|she|not|no|nope|none|neither|both|which|all|still|same|everything|nothing|in vain|wrong)\b|\b(?:it|that|this|them|either)\W*$|\b(?:that|this) (?:way|direction|theory|idea|one|angle|side|front)\b").ok()
});

/// The words by which a suspicion and a text that answers it are the same matter: what it is about, and what such a thing is
/// checked with.
pub(super) fn matter(text: &str) -> HashSet<String> {
    let stems: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.len() > 1 && !is_hollow(word))
        .map(|word| words::stem(&word))
        .collect();
    let mut found: HashSet<String> = HashSet::new();
    for family in stems.iter().filter_map(|stem| FAMILY_OF.get(stem)).flatten() {
        found.insert(format!("{family}"));
    }
    found.extend(stems.into_iter().filter(|stem| stem.len() > 2 || stem == "db" || stem == "lb"));
    found
}

/// Words that two texts can share without speaking of the same thing.
fn is_hollow(word: &str) -> bool {
    const HOLLOW: &str = "the and for was were is are be been had has have with from that this it its they them we our you she he \
        her his to of in on at by as an or but so not no all any some one two three four out up down into over after before \
        again still then than when which who what also only just more most there here first second next last new old very \
        could would might may should can will did does do done because since about like via per each every other same error \
        errors issue issues problem problems user users site time times minute minutes hour hours day team engineer engineers \
        suspected suspect thought think assumed assume believed theory idea hypothesis guess possible possibly perhaps maybe \
        probably cause root caused outage incident something somebody someone nobody anything nothing checked check found";
    HOLLOW.split_ascii_whitespace().any(|other| other == word) || word.bytes().all(|b| b.is_ascii_digit())
}

/// The families of a stem.
static FAMILY_OF: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, family) in FAMILIES.iter().enumerate() {
        for word in family.split(' ') {
            found.entry(words::stem(word)).or_default().push(at);
        }
    }
    found
});

/// Things, and what they are checked or treated with.
const FAMILIES: &[&str] = &[
    "disk disks storage space inode inodes filesystem volume df du ssd raid iops io smart",
    "memory ram heap oom swap gc free leak",
    "cpu load processor top htop cores overload overloaded",
    "dns resolver resolvers domain dig nslookup lookup lookups record zone nameserver",
    "certificate certificates cert certs tls ssl openssl https expiry",
    "network fiber fibre cable cables link switch router ping mtr traceroute iperf packet packets loss otdr uplink bgp isp wifi vpn tunnel",
    "firewall iptables ufw nftables port ports acl security-group",
    "attack attacker bot bots ddos flood robots scraping scraper crawler hammering addresses agents agent hits referrer abuse",
    "traffic requests request rps req campaign visitors spike surge hits",
    "database db databases postgres postgresql mysql mariadb sql query queries processlist replica replication connections pool mongo",
    "cache caching redis memcached varnish hit ratio ttl eviction",
    "deploy deployment deploys release rolled rollback reverted revert version commit diff build upgrade update",
    "overheated overheat overheating heat hot temperature temp thermal fan",
    "browser browsers phone phones device devices incognito chrome firefox safari app",
    "loadbalancer balancer lb haproxy elb alb backend backends healthcheck",
    "payment provider stripe paypal bank gateway refuse refuses",
    "code bug application app exception stack trace",
    "power ups psu battery outlet breaker",
    "mail smtp sendgrid spam blacklist blacklisted listing mx",
    "licence license subscription contract invoice paid",
    "account accounts login auth token session sessions password credential credentials",
    "permission permissions chmod owner acl role policy",
    "breach hack hacked hacker intrusion attacker security forensics audit auth logins malware compromised ssh",
    "hardware disk board raid idrac ilo dc lights fan technician",
    "worker workers queue jobs job consumer consumers lag backlog",
    "config configuration setting settings conf",
    "cloud aws gcp azure region provider hoster hosting status",
];
