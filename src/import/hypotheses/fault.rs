//! The thing at fault, as a person would write it on the board: a short noun phrase, cut from a sentence that blames it.

use std::sync::LazyLock;

use regex::Regex;

use super::{noun, whole, words};
use crate::import::pattern;

type Rule = LazyLock<Option<Regex>>;

/// What a sentence blames in so many words: "cut off by the proxy", "due to a full disk". Not people, numbers or deeds.
pub(super) fn blamed(sentence: &str) -> Option<String> {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:(?:cut off|caused|triggered|provoked|introduced|brought about|brought on|set off|killed|dropped|rejected|refused|blocked|closed|terminated|interrupted|overwhelmed|brought down|taken down|knocked out|slowed down|held up|starved|explained|created) by|due to|because of|owing to|on account of|(?:as )?(?:a|the) (?:direct )?(?:result|consequence) of|result(?:ed|s|ing) from|st[ei]m(?:med|s|ming)? from|ar(?:ose|ises?|ising) (?:from|out of)|originat(?:ed|es|ing) (?:from|in|with)|attribut(?:ed|able) to|traced (?:back )?to|c[ao]mes? (?:down to|from)|(?:affected|hit|impacted) by|boil(?:ed|s) down to|blamed? on|linked to|rooted in|thanks to|courtesy of)(?: (?:the )?fact that)?[ :]+").ok()
    });
    let hits = RULE.as_ref()?.find_iter(sentence).take(4);
    let found = hits.filter_map(|hit| thing(sentence.get(hit.end()..)?)).find(|subject| is_one(subject));
    found.or_else(|| because(sentence))
}

/// What a sentence says did it: "the new flag caused the outage".
pub(super) fn did(sentence: &str) -> Option<String> {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:caused|led to|resulted in|triggered|broke|brought (?:\w+ ){0,3}down|took (?:\w+ ){0,3}down|overwhelmed|blocked)\b").ok()
    });
    let hit = RULE.as_ref()?.find(sentence).filter(|_| !is_unknown(sentence))?;
    thing(&sentence[..hit.start()])
}

/// "The shop was down because the disk was full": the reason, where what stands before it is only what was seen.
fn because(sentence: &str) -> Option<String> {
    static RULE: Rule =
        LazyLock::new(|| pattern::new(r"(?i)\b(?:because|since|, as) (?:the fact that )?").ok());
    let hit = RULE.as_ref()?.find(sentence)?;
    (hit.start() < 4 || is_symptom(&sentence[..hit.start()])).then(|| thing(&sentence[hit.end()..]))?
}

/// What a sentence of a part on the cause is about: what it blames, or else what did it.
pub(super) fn told(sentence: &str) -> Option<String> {
    if is_unknown(sentence) || is_foreign(sentence) || is_of_names(sentence) {
        return None;
    }
    thing(sentence).filter(|_| !is_symptom(sentence))
}

/// The clause that a sentence of a part on the cause begins with, where it names nothing by itself.
pub(super) fn clause(sentence: &str) -> Option<String> {
    let text = without_end(opened(sentence.trim()));
    if text.trim_end().ends_with('?')
        || is_unknown(text)
        || is_foreign(text)
        || is_of_names(text)
        || is_symptom(text)
    {
        return None;
    }
    whole::clause(text).filter(|phrase| !is_unknown(phrase) && !is_pointer(phrase))
}

/// What a sentence blames, or says did it.
pub(super) fn accuses(sentence: &str) -> Option<String> {
    if is_unknown(sentence) || is_foreign(sentence) {
        return None;
    }
    blamed(sentence).or_else(|| did(sentence))
}

/// What a change is said to have done, where a subject is only its number: "PR 12: the style changes the key".
pub(super) fn referred(subject: &str, sentence: &str) -> Option<String> {
    static NUMBER: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:pr|mr|pull request|merge request|commit|change|ticket|issue|cl|jira|release|build|version|deploy(?:ment)?) \W?[\w.-]*\d[\w.-]*$").ok()
    });
    NUMBER.as_ref().filter(|rule| rule.is_match(subject))?;
    let number = subject.rsplit(' ').next()?;
    let (_, after) = sentence.split_once(number)?;
    thing(after.strip_prefix([':', ',', ' ', ')'])?.trim_start_matches([' ', '-', '–', '—']))
        .filter(|_| after.starts_with(':'))
}

/// Whether a text is a list of people: "Ada Byron, Alan M. Kay".
fn is_of_names(text: &str) -> bool {
    let name = |word: &str| {
        let mut letters = word.trim_matches(|c: char| !c.is_alphanumeric()).chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_lowercase() || c == '-' || c == '\'')
    };
    text.contains(',')
        && text.split(',').all(|part| {
            (2..=3).contains(&part.split_whitespace().count()) && part.split_whitespace().all(name)
        })
}

/// The thing that a clause or a phrase begins with. Of what people did, what they did it to.
pub(super) fn thing(text: &str) -> Option<String> {
    let text = opened(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
    if is_unknown(text) {
        return None;
    }
    let text = without_end(text);
    let found = grown(text)
        .or_else(|| turned(text))
        .or_else(|| handled(text))
        .or_else(|| noun::clause(text).into_iter().next());
    found.filter(|subject| !is_unknown(subject) && !is_pointer(subject))
}

/// The thing that a text before a verdict is about: "the leak in the cache" of "… was the cause", and not the cache.
pub(super) fn accused(before: &str) -> Option<String> {
    let near = before
        .trim_end()
        .rsplit([':', ';', ',', '–', '—', '.', '!', '('])
        .find(|part| part.split_whitespace().count() > 1);
    let whole = near.map(opened).filter(|part| part.split_whitespace().count() <= 14);
    let subject = whole.and_then(|part| {
        let subject = turned(part).or_else(|| noun::after(part).into_iter().next())?;
        let rest = part.find(subject.as_str()).and_then(|at| part.get(at + subject.len()..));
        let next = rest.unwrap_or_default().split_whitespace().next().unwrap_or_default().to_lowercase();
        let goes_on =
            "of in on for at from to with within by between is was are were has had being".split(' ');
        (rest.is_none() || goes_on.into_iter().any(|word| word == next)).then_some(subject)
    });
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let named = !matches!(last.as_str(), "one" | "ones" | "that" | "which" | "those");
    subject
        .filter(|subject| is_one(subject))
        .or_else(|| noun::before(before).into_iter().next().filter(|_| named))
}

/// The text without what came of it: "…, so the cache grew until there was no memory".
fn without_end(text: &str) -> &str {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)(?:, (?:so|which|causing|leading|resulting|thus|therefore|hence|making|and (?:then|so|this|that|therefore))| (?:causing|leading to|resulting in|which (?:caused|led|made|in turn)|until|so that|thus|thereby|and (?:therefore|thus|as a result)))\b").ok()
    });
    let end = RULE.as_ref().and_then(|rule| rule.find(text)).map_or(text.len(), |hit| hit.start());
    text.get(..end).filter(|kept| kept.split_whitespace().count() > 1).unwrap_or(text)
}

/// The text without the words that only lead to what it tells: "It was found that", "After the update,".
fn opened(text: &str) -> &str {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(concat!(
            r"(?i)^\W*(?:",
            r"(?:it )?(?:turns out|turned out|in short|in essence|in the end|in fact|apparently|simply put|basically|essentially|ultimately|finally|eventually|unfortunately|sadly|specifically|however|so|well|yes|and|but|that|also)(?: that)?[ ,:]+",
            r"|(?:(?:it|this) (?:was|is|has been|had been)|we|the (?:\w+ )?team|engineers?|they|i) (?:\w+ly )?(?:then )?(?:found|discovered|realised|realized|determined|established|identified|noticed|revealed|learned|learnt|concluded|observed|seen)(?: out)? that ",
            r"|(?:it was )?(?:a|the|this) (?:cascading failure|chain reaction|chain of events|combination of [^:,]{1,30}|(?:series|sequence) of [^:,]{1,30}|perfect storm|domino effect): ",
            r"|what (?:really |actually )?(?:happened|went wrong|broke)(?: (?:is|was)(?: that)?|:)\s*",
            r"|(?:(?:human|operator|user|configuration|root|main|primary|direct|immediate|underlying|technical) )?(?:error|cause|reason|problem|answer|tl;?dr|mistake|fault)\s*(?:[:–—=]|\s-)\s*",
            r"|(?:up)?on (?:(?:closer|further|careful|the) )?(?:inspection|investigation|review|examination|analysis)[^,]{0,40}, ",
            r"|(?:after|following|during|when|while|once|as part of|in the course of|with|as|since|before|at|on|in|over|between|prior to|upon|shortly|right|immediately|earlier|some|early|late) [^,:]{1,90}?, (?:and )?",
            r"|(?:after|following|during|in|with) (?:the|a|an|our|this|that|today's|last|yesterday's)(?: [\w.-]+){1,4}?,? (?P<x>(?:the|a|an|our|all|some|one|its|their|both|every) )",
            r")"
        )).ok()
    });
    let mut rest = text;
    for _ in 0..3 {
        let Some(hit) = RULE.as_ref().and_then(|rule| rule.captures(rest)) else { break };
        let end = hit.name("x").map_or_else(|| hit.get(0).map_or(0, |all| all.end()), |x| x.start());
        match rest.get(end..).filter(|left| !left.trim().is_empty()) {
            Some(left) if end > 0 => rest = left,
            _ => break,
        }
    }
    rest
}

/// "Memory exhaustion on the host" is just that.
fn grown(text: &str) -> Option<String> {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:(?:a|an|the|our) )?(?P<own>(?:[\w/-]+ ){1,2})(?P<head>exhaustion|saturation|depletion|leak|overload|shortage|expiry|expiration|overflow|mismatch|deletion|contention|starvation) (?:on|in|at|of|within|for|from|by|between) ").ok()
    });
    let hit = RULE.as_ref()?.captures(text)?;
    let own: Vec<&str> = hit.name("own")?.as_str().split_whitespace().collect();
    let says = |word: &&str| {
        let lower = word.to_lowercase();
        !(words::is_hedge(&lower)
            || words::is_late_adjective(&lower)
            || words::is_determiner(&lower)
            || words::is_stop(&lower))
    };
    own.iter().all(says).then(|| format!("{} {}", own.join(" "), &hit["head"]))
}

/// "A sudden spike in traffic" is a "traffic spike", "a configuration error in the proxy" a "proxy configuration".
fn turned(text: &str) -> Option<String> {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:(?:a|an|the|our|some|this|that|there (?:was|were|had been)) )*(?:(?:\w+ly|sudden|unexpected|unusual|unusually|massive|huge|large|big|small|simple|high|heavy|major|minor|critical|significant|sharp|abnormal|recent|faulty|bad|incorrect|wrong|rapid|new|single|human|improper|unforeseen|unprecedented) )*(?P<head>(?:(?:configuration|config|coding|code|setup|permission|logic|syntax|spelling|capacity|power|hardware|software|network) )?(?:spike|surge|increase|rise|burst|flood|influx|drop|growth|peak|error|mistake|fault|failure|outage|crash|problem|issue|glitch|hiccup|oversight|change|update|upgrade|exhaustion|saturation|depletion|expiry|expiration|weakness|limitation|misconfiguration|misconfig|typo|bug|flaw|defect|regression|leak|loss|shortage|omission)s?) (?:in|with|of|on|within|at|inside|by|from|affecting) (?P<rest>.+)$").ok()
    });
    let hit = RULE.as_ref()?.captures(text)?;
    let (head, rest) = (hit.name("head")?.as_str(), hit.name("rest")?.as_str());
    let what = noun::after(rest).into_iter().next()?;
    let says_nothing = |word: &&str| {
        !matches!(
            word.to_lowercase().as_str(),
            "error"
                | "errors"
                | "mistake"
                | "fault"
                | "problem"
                | "problems"
                | "issue"
                | "issues"
                | "glitch"
                | "hiccup"
                | "oversight"
        )
    };
    let mut words: Vec<&str> = what.split(' ').take(4).collect();
    words.extend(head.split(' ').filter(says_nothing));
    words.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    words.truncate(6);
    Some(words.join(" "))
}

/// What somebody did something to: "we forgot to renew the domain" is about the domain.
fn handled(text: &str) -> Option<String> {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:(?:a|an|the|our|one of (?:the|our|my)|some|two|new|junior|senior|other|on-?call|intern|\w+ team's) ){0,3}(?:(?:\w+ ){0,2}(?:engineer|developer|dev|administrator|admin|sysadmin|operator|colleague|intern|employee|technician|contractor|programmer|team member|team)s?|we|i|he|she|they|you|nobody|no one|somebody|someone|everybody|people)\b(?: (?:had|has|have|was|were|did|not|never|accidentally|mistakenly|wrongly|inadvertently|simply|just|also|\w+ly|forgot|forgotten|failed|neglected|managed|decided|tried|to|been|n't|hadn't|didn't|then|who|that))*(?: (?P<verb>[a-z][a-z-]+))(?: (?:directly|manually|up|down|out|off|away|over|to|into|on|in|by mistake))* (?P<rest>.+)$").ok()
    });
    let hit = RULE.as_ref()?.captures(text)?;
    let rest = hit.name("rest")?.as_str();
    noun::after(rest).into_iter().next().filter(|what| is_one(what))
}

/// Whether a subject is a thing: not people, not a number.
pub(super) fn is_one(subject: &str) -> bool {
    let last = subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
    // "HTTP client", "root user" are no people
    let before = subject.rsplit(' ').nth(1).unwrap_or_default();
    let thing = before.chars().skip(1).any(char::is_uppercase)
        || ["root", "database", "mail", "web", "service", "api", "test", "sync", "backup"]
            .contains(&before.to_lowercase().as_str());
    (thing || !words::is_people(&last)) && !is_number(subject) && !is_unknown(subject)
}

/// Whether a subject is a number of something seen: "40 minutes", "5% of requests"; "4000 hoppers" is a thing.
fn is_number(subject: &str) -> bool {
    const OF: &str = "users customers requests people students visitors errors minutes minute hours hour seconds days percent of";
    let (first, rest) = subject.split_once(' ').unwrap_or((subject, ""));
    let next = rest.split(' ').next().unwrap_or_default().to_lowercase();
    // "30-day expiry" is one, too
    let counts = first.chars().all(|c| c.is_ascii_digit())
        || first.contains('-') && first.contains(char::is_alphabetic);
    first.starts_with(|c: char| c.is_ascii_digit())
        && (!counts || next.is_empty() || OF.split(' ').any(|word| word == next))
}

/// A subject that only points to something: "main reason", "following".
fn is_pointer(subject: &str) -> bool {
    let hollow = |word: &str| {
        let lower = word.to_lowercase();
        words::is_empty_word(&lower)
            || words::is_soft(&lower)
            || words::is_hedge(&lower)
            || matches!(
                lower.as_str(),
                "and"
                    | "of"
                    | "behind"
                    | "following"
                    | "primary"
                    | "secondary"
                    | "human"
                    | "combination"
                    | "factor"
                    | "factors"
                    | "several"
            )
    };
    subject.split(' ').all(hollow)
}

/// Whether a text says that nobody knows: "Unknown", "none", "TBD", "not known yet".
pub(super) fn is_unknown(text: &str) -> bool {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:(?:the |root |exact |actual |cause |causes |reason |is |was |are |still |currently |as yet |yet )*(?:(?:unknown|unclear|unidentified|undetermined)(?: (?:cause|reason|origin|at|as|so|yet|until|and|to|for)\b|\W*$|\W*[.,;(])|tb[dca]|to be (?:determined|confirmed|announced|done)|n/?a|none|nothing|nil|null|pending|(?:under|ongoing) investigation|being investigated|investigating|in progress|see (?:above|below)|same as above|not (?:yet )?(?:been )?(?:known|found|clear|identified|determined|established|applicable|available|sure|certain))(?:\b|\W|$)|(?:we|i) (?:still |really |honestly )?(?:do not|don't|don\u{2019}t|never|could not|couldn't|cannot|have not|haven't|have no)\b.{0,30}(?:know|found|find|sure|idea|determine|identif|understand|explain))").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a sentence is in a language whose phrases these rules cannot cut.
pub(super) fn is_foreign(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let foreign = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        matches!(
            *word,
            "el" | "la"
                | "los"
                | "las"
                | "del"
                | "que"
                | "una"
                | "por"
                | "con"
                | "und"
                | "der"
                | "die"
                | "das"
                | "ist"
                | "nicht"
                | "ein"
                | "eine"
                | "auf"
                | "le"
                | "les"
                | "des"
                | "une"
                | "dans"
                | "est"
                | "pas"
                | "yang"
                | "pada"
                | "dan"
                | "tidak"
                | "dengan"
                | "het"
                | "een"
                | "van"
                | "para"
                | "foi"
                | "uma"
        )
    });
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let far = sentence.chars().filter(|c| c.is_alphabetic() && u32::from(*c) > 0x24f).count();
    foreign.take(2).count() == 2 || far * 4 > letters
}

/// Whether a sentence only tells what was seen, or what was down for how long: it says nothing of why.
pub(super) fn is_symptom(sentence: &str) -> bool {
    static RULE: Rule = LazyLock::new(|| {
        pattern::new(concat!(
            r"(?i)\b(?:down|unavailable|unreachable|inaccessible|offline|degraded|interrupted|affected|failing|slow)\b[^.;]{0,20} for (?:about |around |roughly |nearly |almost |some |over |more than )?(?:\d|an? |one|two|three|half|several)",
            r"|\b(?:users?|customers?|clients?|visitors?|people|requests?)\b[^.;]{0,30} (?:could not|couldn't|cannot|can't|were unable|was unable|saw|received|experienced|reported|got|faced|encountered)\b",
            r"|\b(?:site|website|web ?site|app|application|page|pages|shop|service|services|platform|api|portal|(?:web ?)?servers?|systems?|login|checkout|dashboard)\b[^.;,]{0,25} (?:(?:was|were|went|is|are|became) (?:\w+ly )?(?:down|unavailable|unreachable|inaccessible|offline|slow|unable|failing|not (?:able|responding|working|available|reachable|loading))|(?:could not|couldn't|can't|cannot|failed to|stopped|did not|didn't) |return(?:ed|s|ing) |respond(?:ed|s|ing) with |went dark)",
            r"|^\W*(?:we|users|customers|some users) (?:\w+ ){0,3}experienc(?:ed|ing)\b",
            r"|^\W*(?:it|this|everything) (?:all )?(?:happened|occurred|broke|failed|stopped|was down)\b"
        )).ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(sentence))
}
