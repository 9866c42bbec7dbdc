//! Short forms in capitals that nobody spelled out.

use std::collections::HashSet;

use super::case::{Case, Hit, Kind, Passage};
use super::words::Words;

/// What the reader of a report knows: the words of the trade, units, zones, months, states and money.
const KNOWN: &str = "\
    ACK ACL AI AM AMD API APIS ARM ASCII ASAP AWS BST CAD CDN CEO CEST CET CFO CI CD CLI CORS CPU CRM CSRF CSS CSV CTO DB \
    DBA DDOS DHCP DM DNS DOS EDT EEST EET EST ETA EU EUR FAQ FTP FTPS FYI GB GBP GCP GIT GMT GNU GPU GUI HDD HR HTML HTTP \
    HTTPS ID IDE IDS II III IMAP IO IOS IP IPS IRC ISO ISP IST IT IV JPEG JPY JS JSON JVM JWT KB KPI LAN LDAP LTS MAC MB MDT \
    ML MST MTTR NFS NTP NVME OK OOM OS PB PC PDF PDT PHP PID PM PNG POC PR PRS PST QA QPS RAID RAM REST RFC RPC RPM SAAS \
    SDK SEV SFTP SLA SLAS SLI SLO SLOS SMS SMTP SPOF SQL SRE SRES SSD SSH SSL SSO SUV SVG TB TCP TLS TTL TV UDP UI UK URI URL \
    URLS US USA USB USD UTC UTF UUID UX VAT VI VIP VM VMS VP VPC VPN WAF WAN WAT WIFI XML XSS YAML ZIP AD BC CC FPS RTT JAN \
    FEB MAR APR JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN";

/// Words in capitals that are no short forms: commands, levels of logs, and what is said loudly.
const LOUD: &str = "\
    A I ALL AND ANY ARE AS AT BAD BE BUT BY CAN DEBUG DO DONE DOWN EACH ERROR FAIL FALSE FATAL FIX FOR FROM GET GO GOOD HAD \
    HAS HEAD HIGH IF IN INFO INTO IS JOIN KEY KILL LATE LOW MAX MIN MUST NEVER NEW NO NONE NOT NOTE NOW NULL OF OFF ON ONE \
    ONLY OPEN OR OUR OUT OVER PASS PATCH POST PUT READ RED SET SHOW SO SOME STOP TABLE TBD THAT THE THEN THIS TO TODO TRUE \
    TWO UP VERY VIEW WARN WAS WE WHEN WHERE WILL WITH WON YES YOU GREEN AMBER";

const KINDS: &[Kind] =
    &[Kind::Title, Kind::Summary, Kind::Impact, Kind::Cause, Kind::Told, Kind::Luck, Kind::Action];

pub(super) fn never_expanded(case: &Case<'_>) -> Vec<Hit> {
    let known: HashSet<String> =
        case.settings.acronyms_known.iter().map(|word| word.to_uppercase()).collect();
    let listed: HashSet<&str> = KNOWN.split_whitespace().chain(LOUD.split_whitespace()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut hits: Vec<(&str, Hit)> = Vec::new();
    for passage in case.english(KINDS).chain(case.english(&[Kind::Live]).filter(|passage| passage.key)) {
        let words = passage.words();
        if is_shouted(words) {
            continue;
        }
        for at in 0..words.len() {
            let Some(short) = acronym(words, at) else { continue };
            if !listed.contains(short) && !known.contains(short) && seen.insert(short) {
                hits.push((short, hit(passage, words, at, short)));
            }
        }
    }
    if hits.is_empty() {
        return Vec::new();
    }
    let mut expanded = HashSet::new();
    for passage in case.passages() {
        expansions(passage.words(), &mut expanded);
    }
    let left = hits.into_iter().filter(|(short, _)| !expanded.contains(*short));
    left.map(|(_, hit)| hit).collect()
}

fn hit(passage: &Passage<'_>, words: &Words<'_>, at: usize, short: &str) -> Hit {
    // A note spells it out and leaves the text as it is.
    let message = format!("{short} is nowhere spelled out: who reads this in a year, or works elsewhere?");
    let mut hit = passage.hit(words.span(at), message);
    hit.fix = format!("/note Terms: {short}: ");
    hit
}

/// The short form that a word is, without an `s` at its end; none where it is a part of something longer.
fn acronym<'a>(words: &Words<'a>, at: usize) -> Option<&'a str> {
    let typed = words.typed(at);
    let short = typed.strip_suffix("'s").or_else(|| typed.strip_suffix("\u{2019}s")).unwrap_or(typed);
    let short = short.strip_suffix('s').unwrap_or(short);
    if !(2..=5).contains(&short.len()) || !short.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let span = words.span(at);
    let (before, after) = (&words.text[..span.start], &words.text[span.end..]);
    // OPS-1234 is a ticket, N/A and TCP/IP are one word, eu-WEST a name, $HOME a variable.
    let glued = before.ends_with(['-', '/', '.', '$', '&', '+', '_', ':', '@', '#'])
        || after.starts_with(['/', '&', '+', '_', '$', '@']);
    let inside = ["-", ".", ":"].iter().any(|mark| {
        after.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    (!glued && !inside).then_some(short)
}

/// Whether more of it is in capitals than not: a loud line has no short forms.
fn is_shouted(words: &Words<'_>) -> bool {
    let loud = (0..words.len()).filter(|at| {
        let word = words.typed(*at);
        word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '\'')
    });
    words.len() > 2 && loud.count() * 2 > words.len()
}

/// The short forms that a text spells out: `Write-Ahead Log (WAL)`, `WAL (write-ahead log)`, `WAL stands for …`.
fn expansions<'a>(words: &Words<'a>, into: &mut HashSet<&'a str>) {
    for at in 0..words.len() {
        let Some(short) = acronym(words, at) else { continue };
        let span = words.span(at);
        let (before, after) = (words.text[..span.start].trim_end(), words.text[span.end..].trim_start());
        let in_brackets = before.ends_with(['(', '[']) && after.starts_with([')', ']', ',', ';']) && at > 0;
        let initial = |word: &str| word.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(&short[..1]));
        let spelled = after.starts_with(['(', '[']) && initial(words.at(at + 1));
        let told = matches!(words.next(at), "means" | "stands") || before.ends_with("short for");
        let listed = after.starts_with([':', '=', '\u{2013}', '\u{2014}']) && initial(words.at(at + 1));
        if in_brackets || spelled || told || listed {
            into.insert(short);
        }
    }
}
