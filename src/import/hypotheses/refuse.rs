//! What is no subject of a hypothesis, whatever sentence it stands in: times, addresses, people, teams, an adjective or a verb by itself, and
//! nouns that could be anything.

use super::words;

fn among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a subject names nothing that could be at fault.
pub(super) fn is_refused(subject: &str) -> bool {
    let lower = subject.to_lowercase().replace('\u{2019}', "'");
    let parts: Vec<&str> = lower.split_whitespace().collect();
    let all = |test: fn(&str) -> bool| parts.iter().all(|word| test(word));
    lower.contains("://")
        || all(is_of_time)
        || all(is_anything) && !matches!(parts.as_slice(), ["app" | "application"])
        || all(is_of_people) && parts.iter().any(|word| among(word, TEAMS) || is_rank(word))
        || all(|word| among(word, LISTS))
        || matches!(parts.as_slice(), [number, "wins" | "won" | "falls"] if number.len() < 3)
        || matches!(parts.as_slice(), [only] if is_no_noun(only) || among(only, SEEN))
}

/// Times, dates and zones: "11:25 cat", "12 june 2024", "the next hour".
fn is_of_time(word: &str) -> bool {
    let number =
        word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '/' | '+' | 'h' | '~'));
    number
        || words::is_of_time(word)
        || among(
            word,
            "cat ist jst kst bst wib sgt hkt aest acst awst nzst brt art sast msk eet eest wet west mdt mst cdt pkt z gmt+1 utc+1 \
             utc+2 utc+3 jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun hour hours minute \
             minutes min mins second seconds sec secs day days week weeks midday local time",
        )
}

/// Nouns that could be anything: "web servers", "application", "the job".
fn is_anything(word: &str) -> bool {
    among(
        word,
        "server servers service services application applications app apps web job jobs system systems machine machines host hosts \
         instance instances process processes site sites website websites platform product environment component components tool tools \
         program software behaviour behavior enemy thing things stuff one ones case option explanation candidate suspect most best \
         entire whole main real same other company and of",
    )
}

/// Those who look into it, with what they look after: "network team", "l2 support".
fn is_of_people(word: &str) -> bool {
    const FIELDS: &str = "network security backend frontend infrastructure infra platform engineering support social marketing sales \
        commercial database mail web data storage application app core product tier";
    among(word, TEAMS) || among(word, FIELDS) || is_rank(word)
}

/// Those who look into it.
const TEAMS: &str = "team teams ops devops sre sres noc soc qa it helpdesk desk dba dbas engineers on-call oncall vendor management \
    colleague colleagues boss manager guy guys folks";

/// What suspects are crossed off: "off the list", "off the hook".
const LISTS: &str =
    "list hook table hypotheses hypothesis theories board radar agenda punishment homework checklist";

/// "l1", "p1", "sev2".
fn is_rank(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len() && among(letters, "l p sev tier s")
}

/// What an outage shows itself in, and what follows from it: by itself it is nobody's suspect.
const SEEN: &str = "request requests response responses packet packets search searches result results order orders login logins page pages \
    checkout payments call calls message messages mail mails email emails alert alerts error errors timeout timeouts symptom symptoms \
    consequence consequences effect effects side-effect coincidence outage port number value";

/// One word by itself that is no noun: "dead", "own", "technical", "hammering", "we've".
fn is_no_noun(word: &str) -> bool {
    let short = word.contains('\'') && !word.ends_with("s'") && !word.ends_with("'s");
    short || among(word, NO_NOUNS) || is_adjective(word)
}

/// Words that are no nouns, of those that end a sentence on a suspect.
const NO_NOUNS: &str = "dead own useless alone alive ready true false right wrong broken slow fast full empty bad good better best worse \
    worst new old big small high low hot cold busy idle clean dirty quiet loud happy sad sick weird odd strange sure unsure certain clear \
    unclear plausible likely unlikely possible impossible obvious easy hard late early long short open free safe same different similar \
    well away else maybe perhaps please thanks thank sorry hello hi oops ouch ok okay yes no nope bingo hammering missing hanging \
    failing running working waiting hitting flooding eating killing breaking blocking crashing doing happening going coming reply replies \
    answer answers ask think guess try look looks see seen say says know tell let help here there everywhere nowhere somewhere \
    innocent guilty harmless blameless fine healthy normal stale unrelated related irrelevant correct incorrect valid invalid bound stuck \
    bored tired confirmed closed discarded excluded two three four five six seven eight nine ten many few several lot lots half joke call";

/// Whether a word has the ending of an adjective, and is none of the nouns with it.
fn is_adjective(word: &str) -> bool {
    const NOUNS: &str = "vertical credential differential wireless serverless cable table timetable executable variable handful rubbish \
        publish radical partial initial";
    let ending = ["ical", "onal", "cial", "tial", "ious", "eous", "less", "ful", "able", "ible", "ish"];
    word.len() > 5
        && !word.contains(|c: char| !c.is_ascii_alphabetic())
        && !among(word, NOUNS)
        && ending.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::is_refused;

    #[test]
    fn what_names_nothing_is_refused() {
        let refused = [
            "11:25 CAT",
            "12:10 CAT",
            "Friday 13:05",
            "12 June 2024",
            "2 hours",
            "web servers",
            "application servers",
            "Servers",
            "job",
            "network team",
            "L3",
            "L2 support",
            "technical",
            "dead",
            "own",
            "useless",
            "hammering",
            "Please",
            "We’ve",
            "list",
            "organisational",
            "hour",
            "commercial",
            "commercial team",
            "plausible",
            "reply",
            "enemy",
            "most explanation",
            "punishment",
            "well",
            "4 wins",
            "joke",
            "Requests",
            "searches",
            "consequence",
            "port",
        ];
        let kept = [
            "CoreDNS",
            "disk",
            "gunicorn",
            "web server configuration",
            "network",
            "network switch",
            "HSM login",
            "job queue",
            "credential",
            "executable",
            "application code",
            "hostid",
            "DHCP scope",
            "port 443",
            "time zone",
            "signal handler",
            "portal",
            "cable",
            "server 3",
            "server memory",
            "L4 balancer",
            "scraping",
            "cookies",
            "Kernel 5.15",
            "renewal",
        ];
        let wrong: Vec<&str> = refused
            .into_iter()
            .filter(|s| !is_refused(s))
            .chain(kept.into_iter().filter(|s| is_refused(s)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
