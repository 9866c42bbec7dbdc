//! What a row of the timeline asks for where none of the known phrases stands in it: which part of the machinery it names, and whether it
//! doubts that, or tells that it was well. By the kinds of its words, not by phrases.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{denied, noun, verdict, words};
use crate::import::pattern;

type Rule = LazyLock<Option<Regex>>;

/// Which rows of a timeline search for the cause.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// The row that finds it.
    pub end: usize,
    /// The last row with words that find something.
    pub worded: usize,
    /// For each row, whether it speaks of the cause.
    tells: Vec<bool>,
}

impl Search {
    /// The row that finds the cause is the one that speaks most of what the section on the cause speaks of; where there is none, the last
    /// one with words that find something.
    pub fn of(rows: &[&str], causes: &[(u32, String)]) -> Self {
        let mut told = HashSet::new();
        for (_, text) in causes.iter().take(6) {
            told.extend(
                denied::matter(text)
                    .into_iter()
                    .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit())),
            );
        }
        let shared: Vec<usize> =
            rows.iter().map(|row| denied::matter(row).intersection(&told).count()).collect();
        let most = shared.iter().copied().max().unwrap_or_default();
        let worded = rows.iter().rposition(|row| denied::finds(row));
        // What brought it about stands at the start and is told in the same words.
        let told = shared.iter().rposition(|count| *count > 1 && 2 * count >= most).filter(|_| most > 1);
        let last = shared.len().saturating_sub(2);
        let end = match told.max(worded) {
            Some(end) if told.is_some() => end.min(last),
            other => other.unwrap_or_default().max(3 * last / 4),
        };
        Self {
            end,
            worded: worded.unwrap_or_default(),
            tells: shared.iter().map(|count| *count > 1 && 2 * count > most).collect(),
        }
    }

    /// Whether the search goes on after a row that does not speak of the cause.
    pub fn goes_on(&self, row: usize) -> bool {
        row < self.end && !self.tells(row)
    }

    /// Whether a row speaks of the cause.
    pub fn tells(&self, row: usize) -> bool {
        self.tells.get(row).copied().unwrap_or_default()
    }
}

/// What a row doubts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    pub subject: String,
    /// The sentence that doubts it.
    pub text: String,
}

/// The longest row that is read, in bytes.
const LONGEST: usize = 260;

/// The longest text that a thing is acquitted by in passing, in bytes.
const BRIEF: usize = 160;

/// What a text doubts, if it names a thing that can be at fault beside a word of doubt.
pub(super) fn doubt(text: &str) -> Option<Doubt> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.replace('\u{2019}', "'");
    // "It's the job!", says Bob
    let said = text.starts_with(['"', '\u{201c}']) && text.len() < 160;
    let units = if said { vec![text.as_str()] } else { verdict::sentences(&text) };
    units.into_iter().find_map(|sentence| {
        let lower = sentence.to_ascii_lowercase();
        if has(&VOID, &lower) {
            return None;
        }
        let things = things(sentence);
        let plain = DOUBTS.as_ref()?.find(&lower).map(|mark| mark.start());
        let modal = BEHIND.as_ref()?.find(&lower).map(|mark| mark.start());
        let from = plain.filter(|at| things.iter().any(|(thing, _)| thing >= at)).unwrap_or_default();
        let (_, subject) = things.into_iter().find(|(at, _)| *at >= from && (plain.or(modal)).is_some())?;
        Some(Doubt { subject, text: sentence.trim().to_owned() })
    })
}

/// Whether a text says that something might explain it, or part of it.
pub(super) fn might_explain(text: &str) -> bool {
    static MIGHT: Rule = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:might|may|could|would) (?:well |also |have )*(?:explain|be (?:the|a|an|one|another) (?:\w+ )?(?:cause|reason|explanation|factor)|caused|contribut|play(?:ed)? a (?:part|role))").ok()
    });
    has(&MIGHT, text)
}

/// What a text names first that can be at fault.
pub(super) fn named(text: &str) -> Option<String> {
    let short = text.len() <= BRIEF && !has(&VOID, &text.to_ascii_lowercase());
    short.then(|| {
        things(text).into_iter().map(|(_, thing)| thing).find(|thing| !denied::is_instrument(thing))
    })?
}

/// What a text that doubts nothing tells to be well, or not to be it.
pub(super) fn acquitted(text: &str) -> Option<String> {
    if text.len() > BRIEF {
        return None;
    }
    let lower = text.to_ascii_lowercase().replace('\u{2019}', "'");
    let sure = denied::gives_up(&lower);
    if has(&VOID, &lower)
        || lower.starts_with("unrelated")
        || !denied::denies(text)
        || !(sure || denied::looks_well(&lower) && has(&SOUND, &lower))
    {
        return None;
    }
    things(text).into_iter().map(|(_, thing)| thing).find(|thing| !denied::is_instrument(thing))
}

/// The phrases of a sentence that name something that can be at fault, with where they stand.
fn things(sentence: &str) -> Vec<(usize, String)> {
    let mut from = 0;
    let mut found = Vec::new();
    for phrase in noun::all(sentence) {
        let phrase = without_verb(&phrase, sentence);
        let phrase = [" maybe", " perhaps"]
            .iter()
            .find_map(|hedge| phrase.strip_suffix(hedge))
            .unwrap_or(&phrase)
            .to_owned();
        let place = sentence.get(from..).and_then(|rest| rest.to_lowercase().find(&phrase.to_lowercase()));
        let at = from + place.unwrap_or_default();
        if is_thing(&phrase, at == 0) && !denied::is_generic(&phrase) && !has(&NONE, &phrase.to_lowercase()) {
            found.push((at, phrase));
        }
        if place.is_some() && sentence.is_char_boundary(at) {
            from = at;
        }
    }
    found
}

/// "Benchmarked renderer" begins with what was done to it.
fn without_verb(phrase: &str, sentence: &str) -> String {
    let verb = phrase.split_once(' ').filter(|(first, _)| words::is_participle(&first.to_lowercase()));
    let Some((_, rest)) = verb else { return phrase.to_owned() };
    let before =
        sentence.find(phrase).and_then(|at| sentence.get(..at)).unwrap_or_default().trim_end().to_lowercase();
    let doubts = has(&DOUBTS, &verb.map(|(first, _)| first.to_lowercase()).unwrap_or_default());
    let opens = doubts
        || before.is_empty()
        || before.ends_with([',', ';', ':'])
        || before.ends_with(" and")
        || before.ends_with("we");
    if opens { rest.to_owned() } else { phrase.to_owned() }
}

/// Whether a phrase names a part of the machinery, or a kind of fault of it, by one of its words or as a name.
fn is_thing(phrase: &str, first: bool) -> bool {
    let mut words = phrase.split_whitespace().enumerate();
    words.any(|(at, word)| {
        let lower = word.to_lowercase();
        let name = word.chars().filter(char::is_ascii_uppercase).count() > 1
            || word.contains('_')
            || word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
            || word.starts_with(char::is_uppercase)
                && !(first && at == 0)
                && !words::is_of_time(&lower)
                && at > 0;
        name || lower.split('-').any(|part| {
            let stem = words::stem(part);
            THINGS.contains(part) || THINGS.contains(stem.as_str())
        })
    })
}

fn has(rule: &Rule, lower: &str) -> bool {
    rule.as_ref().is_some_and(|rule| rule.is_match(lower))
}

/// Words by which people tell that they take something for the cause, or that it might be.
static DOUBTS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:suspect\w*|suspici\w+|guess\w*|hunch\w*|bets?|betting|wager\w*|blam\w+|accus\w+|fingers?|theor(?:y|ies)|hypothes\w+|ideas?|assum\w+|conjectur\w+|candidates?|suppos\w+|presum\w+|believ\w+|belief|convinced|thoughts?|thinks?|thinking|reckon\w*|figured|wonder\w*|worr(?:y|ies|ied)|fear\w*|afraid|opinion|imagined|lean(?:s|ed|ing|t)? (?:on|to|towards?)|responsible|prob(?:ably|able|ly)|possib\w+|conceivabl\w+|plausib\w+|smell\w*|look(?:s|ed)? (?:\w+ ){0,3}(?:like|as)|as if|claim\w*|swears?|swore|felt|(?:on|in) (?:\w+ ){0,2}(?:mind|minds|head|radar|sights|crosshairs|dock|frame)|(?:an? |one |my |our |all )?eyes? (?:\w+ )?on|attention|focus\w*|next in line|into play|for granted|(?:puts?|putting) (?:it|this|that) (?:down to|on)|reflex\w*|favou?rites?|feelings?|fishy|(?:dirty|funny|strange) looks?|(?:asks?|asked) (?:ourselves|himself|herself|myself|themselves|whether|if)|(?:told|tell) (?:ourselves|\w+ that)|(?:is|was|be|are|were) the reason|(?:strikes?|struck) again|(?:had|has|have) kicked in|(?:brings?|brought) up|(?:go|goes|went) for|first (?:thought|stop|step|idea|of all)|second thought|jok(?:es|ed|ing)|whisper\w*|usually|usual (?:suspects?|culprits?|reason|one)|tempting|instinct|gut|nervous about|wary|distrust\w*|mistrust\w*|doubt\w*|under fire|diagnos\w+|interpret\w+|readings?|attribut\w+|explanations?|scapegoat|(?:sounds|feels) like|typical|point(?:s|ed|ing)? (?:\w+ )?(?:at|to|towards?)|mumbl\w+|mutter\w*|hint\w*|(?:comes?|came) up with|(?:brings?|brought) (?:\w+ ){1,7}up|scenario|culprit|villain|certain|(?:pretty|quite|very|so|fairly) sure|angle|avenue|leads?(?: (?:is|was|\d)|:)|(?:says?|said|shouts?|screams?|yells?|cries|goes):? [\x22“])|[!.?,][\x22”],? (?:says?|said|shouts?|cries)\b|\?").ok()
});

/// Words of doubt behind the thing that they doubt.
static BEHIND: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:might|may (?:\w+ )?(?:be|have|contribute|play|explain|cause)|could|must (?:be|have)|seem\w* (?:to be|like)|maybe|perhaps|(?:mentions?|mentioned|suggest\w*|argu(?:es|ed)|insist\w*) that)\b").ok()
});

/// That a thing was as it should be, in words that say nothing else.
static SOUND: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:fine|healthy|in good health|ok|okay|green|normal|nominal|clean|flat|identical|in order|idle|boring|intact|unchanged|in sync|within (?:\w+ )?(?:limits?|range|bounds)|no (?:\w+ )?(?:errors?|issues?|problems?|anomal\w+|loss|alarms?|locks?|faults?|warnings?|complaints?|evictions?|restarts?|drops?)|zero \w+|(?:only|just|at|is|was) \d{1,2} ?%|0 (?:errors?|locks?|drops?|lost|packets?|reallocated|threats))\b").ok()
});

/// What somebody did to a thing to see whether that helps.
static ACTS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:re-?start|reboot|roll(?:ed|s|ing)? .*back|rollback|revert|deploy|redeploy|switch|turn(?:ed|s|ing)? (?:\w+ ){0,4}?(?:off|on|to|down|up)\b|rebuil|loosen|disabl|deactivat|bypass|exclud|rais(?:e|ed|ing)|doubl|increas|remov|t(?:ake|akes|aken|ook) (?:\w+ ){0,5}out|swap|replac|empt(?:y|ied)|clear(?:ed|s|ing)|flush|purg|reinstall|drain|kill|block|bann|scal|add(?:ed|s|ing)|mov(?:e|ed|es)|migrat|isolat|unplug|disconnect|stop|paus|reset|renew|upgrad|downgrad|patch|fail(?:ed|s)? over|bounc|forbade|forbid|tried|try|put the)").ok()
});

/// What somebody did to a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Treatment {
    pub subject: String,
    /// The same text tells that it was in vain.
    pub in_vain: bool,
}

/// What a text treats, if it names a thing that can be at fault behind what was done.
pub(super) fn treatment(text: &str) -> Option<Treatment> {
    if text.len() > BRIEF {
        return None;
    }
    let lower = text.to_ascii_lowercase().replace('\u{2019}', "'");
    let act = ACTS.as_ref()?.find(&lower)?;
    if has(&VOID, &lower) {
        return None;
    }
    let (at, subject) =
        things(text).into_iter().find(|(at, thing)| *at <= act.end() + 30 && !is_copy(thing))?;
    let rest = lower.get(at.max(act.end())..).unwrap_or_default();
    let tail = rest
        .find([';', ',', '.', ':', '–', '—', '('])
        .or_else(|| rest.find(" and "))
        .or_else(|| rest.find(" but "));
    let in_vain = tail.and_then(|tail| rest.get(tail..)).is_some_and(denied::in_vain);
    Some(Treatment { subject, in_vain })
}

/// "the old kernel", "a backup": what is put in its place is none.
fn is_copy(thing: &str) -> bool {
    let first = thing.split(' ').next().unwrap_or_default().to_lowercase();
    ["backup", "backups", "fix", "hotfix"].contains(&first.as_str())
}

/// Names that are of people, papers and places to talk.
static NONE: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:desk|team|support|staff|sop|runbook|slack|channel|ticket|statuspage|pagerduty|pager|alertmanager|grafana|datadog|pingdom|page|alert|alerts|alarm|customers?|users?|engineers?|admins?|ceo|cto|sre|qa|curl|dig|ping|lsof|strace|explain|building)\b").ok()
});

/// What tells of no doubt: that it was found, that it is over, what users saw.
static VOID: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*update\b|\b(?:bingo|eureka|jackpot|aha|there (?:it|he|she) is|turn(?:s|ed) out|root cause|resolved|recovered|restored|confirmed|identified|pinpointed|back to normal|postmortem|post-mortem)\b").ok()
});

/// The parts of a machinery and the kinds of their faults.
static THINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "disk storage filesystem volume ssd raid array controller memory ram heap leak cpu kernel processor dns resolver nameserver domain \
     certificate cert tls ssl network fiber fibre cable switch router uplink isp wifi vpn tunnel proxy firewall iptables ufw selinux \
     apparmor attack attacker bot bots botnet ddos dos intrusion intruder hacker virus malware breach traffic load overload crawler scraper \
     database db databas postgres postgresql mysql mariadb mongo mongodb sqlite oracle sql query queries quer index lock deadlock replica replication lag \
     cache caching redis memcached varnish cdn cloudflare akamai fastly deploy deployment release rollout build migration upgrade \
     update patch commit plugin theme extension driver firmware library dependency dependencies package balancer haproxy nginx apache php \
     gunicorn uwsgi tomcat container docker kubernetes kubelet ingress scheduler autoscaler autoscaling quota limiter throttling provider hoster \
     hosting datacenter datacentre gateway payment stripe paypal bank api webhook queue broker kafka rabbitmq worker cron cronjob backup script \
     config configuration setting permission credential token secret session cookie clock ntp timezone power supply ups breaker \
     battery fan temperature heat hardware cabling antenna microwave weather browser javascript css frontend backend sdk parser renderer template \
     filter rule flag toggle antivirus smtp spam ldap directory sso oauth elasticsearch jenkins terraform ansible puppet vendor \
     carrier latency bandwidth connection pool thread garbage gc timeout socket port ports neighbour neighbor host registry mirror agent \
     daemon systemd orm code bug regex parser printer sensor modem bridge hub rack cloud vm hypervisor aws azure gcp s3 ec2 lambda \
     drive drives module mod line lines campaign newsletter import export sync report feed compression encoding charset \
     mail email telephone internet lan wan dhcp nfs nas san usb active kdc pod pods node nodes replication drive drives \
     blacklist blocklist storm lightning wind rain snow ice waf runner runners plc program sensor sensors health-check \
     locale time-zone dst leap image bundle asset minifier licence license subscription account ad-blocker adblocker blocker policy header headers"
        .split_ascii_whitespace()
        .collect()
});
