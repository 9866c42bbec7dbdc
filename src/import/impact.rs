//! How many were affected and what was lost, cut out of prose. Not what merely is a number: a target, a load, an hour.

use std::sync::LazyLock;

use regex::Regex;

use crate::grammar::affected;
use crate::import::pattern;
use crate::model::{Affected, Percent};
use crate::text::Raw;

/// The numbers of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Whom or what it hit.
    pub affected: Vec<Affected>,
    /// What was lost.
    pub losses: Vec<String>,
}

/// Whoever can be hit: the people and the things that a count counts.
const WHO: &str = "users?|customers?|clients?|visitors?|shoppers?|members?|subscribers?|accounts?|tenants?|players?|employees|people|students|merchants?|sellers?|stores?|shops?|orders?|requests?|transactions?|payments?|checkouts?|bookings?|messages?|emails?|calls?|sessions?|logins?|devices?|patients?|students?|pupils|passengers?|guests?|tourists|listeners?|viewers?|readers?|drivers?|riders?|couriers?|singers|staff|colleagues|callers?|agents?|teachers?|households|citizens|workers|buyers|sellers|hosts?|owners?|operators?|partners?|vendors?|developers?|teams?|clinics|schools|branches|offices|hotels|restaurants|uploads?|downloads?|deliver(?:y|ies)|shipments?|parcels?|purchases?|sales|trips|rides|views|queries|reads|writes|uploads|notifications?|invoices?|tickets?|documents?|pages?|page loads|connections?|streams?|transfers?|deposits?|withdrawals?|trades?|builds?|jobs?|searches|websites?|organi[sz]ations?|companies";

/// Words that approximate, as the prompt knows them, and those that mean the same.
const ABOUT: &str =
    r"about|approximately|around|nearly|roughly|approx\.?|almost|~|circa|an estimated|estimated";

fn rule(text: &str) -> Option<Regex> {
    pattern::new(text).ok()
}

/// Reads a text without markup. `of_impact` tells that it stands where the impact is told: elsewhere a bare number is none.
pub fn read(text: &str, of_impact: bool) -> Numbers {
    let mut numbers = Numbers { affected: shares(text, of_impact), losses: losses(text) };
    counts(text, &mut numbers);
    if numbers.affected.iter().all(|a| a.percent.is_none()) {
        let more = ratio(text).or_else(|| in_words(text)).or_else(|| complete(text).filter(|_| of_impact));
        numbers.affected.extend(more);
    }
    numbers
}

/// Shares of people, or of what they asked for, in a text that is not on the impact: "40% of our users".
pub fn people(text: &str) -> Vec<Affected> {
    static WHOM: LazyLock<Option<Regex>> = LazyLock::new(|| rule(&format!(r"(?i)\b(?:{WHO}|traffic)\b")));
    let whom =
        |affected: &Affected| WHOM.as_ref().is_some_and(|rule| rule.is_match(affected.text.as_typed()));
    let mut found: Vec<Affected> = shares(text, false).into_iter().filter(whom).collect();
    if found.is_empty() {
        found.extend(ratio(text));
    }
    found
}

/// `9 in 10 customers`, `one out of five orders`, `6 students out of 10`, `112 of 640 passengers`.
fn ratio(text: &str) -> Option<Affected> {
    static RATIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let number = r"\d{1,3}(?:,\d{3})+|\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty";
        rule(&format!(
            r"(?i)(?P<about>\b(?:{ABOUT})\s+|~\s*)?\b(?P<n>{number}) (?:(?P<first>{WHO}) )?(?:out of|in|of|from)(?: every| each| the| our| all)? (?P<m>{number})\b(?: (?P<of>(?:[a-z-]+ )?(?:{WHO}))\b)?"
        ))
    });
    RATIO.as_ref()?.captures_iter(text).find_map(|hit| {
        let of = hit.name("of").or_else(|| hit.name("first"))?;
        let (n, m) = (number(&hit["n"])?, number(&hit["m"])?);
        let percent = (n / m * 1_000.0).round() / 10.0;
        (m >= 2.0 && n <= m).then(|| Affected {
            percent: Some(Percent(percent)),
            of: Some(Raw::new(of.as_str())),
            approximate: hit.name("about").is_some(),
            text: Raw::new(hit.get(0).map_or("", |whole| whole.as_str()).trim()),
            ..Affected::default()
        })
    })
}

/// A number in digits or as a word.
fn number(text: &str) -> Option<f64> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let lower = text.to_lowercase();
    if lower == "twenty" {
        return Some(20.0);
    }
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let word = || WORDS.iter().zip(1_u32..).find(|(word, _)| **word == lower).map(|(_, n)| f64::from(n));
    digits.parse::<u32>().ok().map(f64::from).or_else(word)
}

/// "Complete outage of the shop for everybody", "nobody could log in".
fn complete(text: &str) -> Option<Affected> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(
            r"(?i)\b(?:(?:for|to|by|hit|affected|affecting) (?:everyone|everybody)|(?:nobody|no[- ]one|not one (?:customer|user|visitor)|none of (?:the|our) (?:users|customers|visitors|clients)) (?:could|was able|can)|no (?:users?|customers?|visitors?|clients?) (?:could|was able|were able|can))\b",
        )
    });
    let hit = WORDS.as_ref()?.find(text)?;
    Some(Affected {
        percent: Some(Percent(100.0)),
        of: Some(Raw::new("users")),
        text: Raw::new(hit.as_str()),
        ..Affected::default()
    })
}

/// A share in brackets behind whom it is of: "6 students out of 10 (60%)", "112 of 640 passengers (17.5 %)".
fn named_before(before: &str, after: &str) -> bool {
    static WHOM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(&format!(
            r"(?i)\b(?:{WHO}|\d+ (?:out of|in|of) (?:\d[\d,]*|the|all)|errors?|error rates?|failures?|failure rate|time-?outs|5xx|50\dx?)\b"
        ))
    });
    static MOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(
            r"(?i)(?:\b(?:up to|at most|at peak|peaking at|peak|max(?:imum)?|over|more than|some|an estimated)\s*|[~≈>:\s]+)+$",
        )
    });
    let end = MOST.as_ref().and_then(|most| most.find(before)).map_or(before.len(), |hit| hit.start());
    let Some(inside) = before[..end].strip_suffix('(') else {
        return false;
    };
    let clause = inside.rsplit([';', '.', '(']).next().unwrap_or(inside);
    let closed = after.trim_start().starts_with([')', ',', ' ']) || after.contains(')');
    closed && WHOM.as_ref().is_some_and(|rule| rule.is_match(clip_end(clause, 60)))
}

/// `70% of our shoppers`, `a 25% degradation in …`.
fn shares(text: &str, of_impact: bool) -> Vec<Affected> {
    static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(&format!(r"(?i)(?:\b(?:{ABOUT})\s*|~\s*)?\b\d[\d.,]*\s?(?:%|percent\b|per cent\b)"))
    });
    static NONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(
            r"(?i)\b(?:cpu|memory|ram|packets?|disk|swap|heap|utili[sz]ation|usage|capacity|uptime|availability|available|sla|slo|sli|target|threshold|full|confidence|quota|idle|budget|objective|percentile|code coverage|coverage)\b",
        )
    });
    static HARM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(&format!(
            r"(?i)\b(?:degradation|decrease|drop|reduction|loss|lost|disruption|outage|downtime|fail\w*|errors?|error rate|slower|slow\w*|timeouts?|increase|unavailab\w*|affected|impacted|{WHO}|traffic)\b"
        ))
    });
    let (Some(share), Some(none), Some(harm)) = (SHARE.as_ref(), NONE.as_ref(), HARM.as_ref()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for hit in share.find_iter(text) {
        let (before, after) = (&text[..hit.start()], &text[hit.end()..]);
        let phrase = phrase(after);
        let near = clip_end(before, 24);
        // "other 52%", "99.9% uptime", "CPU at 100%", "from 3% to 40%"
        let behind = named_before(before, after);
        let no =
            none.is_match(phrase) || none.is_match(last_words(near, 3)) || other(near) || later_bound(near);
        let of = after.trim_start().starts_with("of ");
        let told = of || behind || harm.is_match(phrase) || (of_impact && harm.is_match(last_words(near, 4)));
        if no || !told {
            continue;
        }
        let words = format!("{}{}", hit.as_str(), phrase);
        let mut affected = affected::read(&words.replace("per cent", "percent"));
        let about = hit.as_str().chars().next().is_some_and(|c| !c.is_ascii_digit());
        affected.approximate |= about;
        if affected.percent.is_none() {
            let number = hit.as_str().trim_start_matches(|c: char| !c.is_ascii_digit());
            affected = Affected { approximate: about, ..affected::read(&format!("{number}{phrase}")) };
        }
        affected.text = Raw::new(words.trim());
        affected.of = affected.of.filter(|of| !of.is_blank());
        if affected.percent.is_some() {
            found.push(affected);
        }
    }
    found
}

/// The words after a number that say of whom or what it is: up to a verb, a mark or seven words.
fn phrase(after: &str) -> &str {
    static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(
            r"(?i)(?:[,.;:!?()\n—–]|\s-\s|\s(?:were|was|is|are|who|that|which|could|couldn't|cannot|can|had|have|has|experienc\w+|faced|facing|during|on|at|reported|reporting|saw|got|received|attempting|trying|unable|failed|failing|for|from|when|while|with|and|but|due|because|across|throughout|within|affected|impacted|suffered|encountered|as|to|by|over|took|takes|did|would|will|went|ran|broke|timed|returned|became|lost|dropped|logged|never|not|no|since|than|after|before|until|showed)\b)",
        )
    });
    let end = END.as_ref().and_then(|rule| rule.find(after)).map_or(after.len(), |m| m.start());
    let part = &after[..end];
    let most = part.match_indices(' ').map(|(at, _)| at).filter(|at| *at > 0).nth(6).unwrap_or(part.len());
    &part[..most]
}

fn clip_end(text: &str, chars: usize) -> &str {
    let from = text.char_indices().rev().nth(chars).map_or(0, |(at, _)| at);
    &text[from..]
}

fn last_words(text: &str, most: usize) -> &str {
    let clause = text.rsplit([',', ';', '.', '(']).next().unwrap_or(text).trim_end();
    let from = clause.rmatch_indices(' ').nth(most.saturating_sub(1)).map_or(0, |(at, _)| at);
    &clause[from..]
}

fn other(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    ["other", "remaining", "rest", "at least 99", "only"]
        .iter()
        .any(|word| before.ends_with(word) && *word != "only")
}

/// The second number of a change: "from 3% to 40%".
fn later_bound(before: &str) -> bool {
    let before = before.to_lowercase();
    before.contains("from ") && before.trim_end().ends_with(" to")
}

/// `12,000 orders`, `340,000 users`.
fn counts(text: &str, numbers: &mut Numbers) {
    static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(&format!(
            r"(?i)(?P<about>\b(?:{ABOUT}|over|more than)\s+|~\s*)?\b(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)\s?(?P<k>k\b|thousand\b|million\b|m\b)?\s?(?P<what>(?:[a-z-]+ ){{0,2}}?(?:{WHO}))\b(?P<lost>[^.;]{{0,30}}?\b(?:lost|dropped|missed|failed to process)\b)?"
        ))
    });
    let Some(count) = COUNT.as_ref() else { return };
    for hit in count.captures_iter(text) {
        let Some(whole) = hit.get(0) else { continue };
        let part = |name: &str| hit.name(name).map_or("", |m| m.as_str());
        let number = part("n").trim_end_matches(',');
        let digits: String = number.chars().filter(|c| *c != ',').collect();
        let times = match part("k").to_lowercase().as_str() {
            "" => 1.0,
            "k" | "thousand" => 1_000.0,
            _ => 1_000_000.0,
        };
        let Ok(value) = digits.parse::<f64>() else { continue };
        let value = value * times;
        let year = part("k").is_empty()
            && number.len() == 4
            && (1990.0..2040.0).contains(&value)
            && value.rem_euclid(100.0) != 0.0;
        let next_to_mark = text[..whole.start()].trim_end().ends_with(['$', '€', '£', '%', ':', '.']);
        let share = part("what").to_lowercase().starts_with("per");
        if part_of_ratio(&text[..whole.start()], &text[whole.end()..]) {
            continue;
        }
        if year || share || next_to_mark || !(2.0..1e15).contains(&value) || value.fract() != 0.0 {
            continue;
        }
        if !part("lost").is_empty() {
            numbers.losses.push(whole.as_str().trim().to_owned());
            continue;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and between 2 and 10^15"
        )]
        let count = Some(value as u64);
        let about = part("about").trim().to_lowercase();
        let approximate = !about.is_empty() && !about.starts_with("over") && !about.starts_with("more");
        numbers.affected.push(Affected {
            count,
            approximate,
            text: Raw::new(whole.as_str().trim()),
            ..Affected::default()
        });
    }
}

/// Whether a count is one of the two numbers of a ratio: `6 students out of 10`, `112 of 640 passengers`.
fn part_of_ratio(before: &str, after: &str) -> bool {
    let mut words = before.split_whitespace().rev().skip_while(|word| matches!(*word, "the" | "our" | "all"));
    let of = words.next().is_some_and(|word| matches!(word, "of" | "in" | "from"));
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let second = of && words.find(|word| *word != "out").is_some_and(number);
    let first = after
        .trim_start()
        .strip_prefix("out of ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    second || first
}

/// `about half of our users`, `all customers`.
fn in_words(text: &str) -> Option<Affected> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        rule(&format!(
            r"(?i)(?P<about>\b(?:{ABOUT})\s+)?\b(?P<n>half|(?:a|one)[- ]third|(?:a|one)[- ]quarter|(?:a|one)[- ]fifth|(?:a|one)[- ]tenth|two[- ]thirds|three[- ]quarters|all|every|each|100 percent)(?: of)?(?: (?:the|our|their|of|all|its|my|\d[\d,]*))* (?P<of>(?:[a-z-]+ )?(?:users?|customers?|clients?|visitors?|shoppers?|subscribers?|accounts?|tenants?|requests?|traffic|orders?|transactions?|payments?|logins?|players?|students?|members|passengers|people|guests|staff|viewers|readers|merchants|calls|sessions|bookings|checkouts))\b"
        ))
    });
    // "All affected users" says nothing of how many they are.
    let says = |hit: &regex::Captures<'_>| {
        let first = hit["of"].split(' ').next().map(str::to_lowercase);
        !first.is_some_and(|word| {
            matches!(word.as_str(), "affected" | "impacted" | "other" | "remaining" | "new" | "failed")
        })
    };
    let hit = WORDS.as_ref()?.captures_iter(text).find(says)?;
    let percent = match hit.name("n")?.as_str().to_lowercase().replace('-', " ").as_str() {
        "half" => 50.0,
        "a third" | "one third" => 33.0,
        "a quarter" | "one quarter" => 25.0,
        "a fifth" | "one fifth" => 20.0,
        "a tenth" | "one tenth" => 10.0,
        "two thirds" => 67.0,
        "three quarters" => 75.0,
        _ => 100.0,
    };
    let rounded = percent % 5.0 != 0.0;
    Some(Affected {
        percent: Some(Percent(percent)),
        of: hit.name("of").map(|of| Raw::new(of.as_str())),
        approximate: rounded || hit.name("about").is_some(),
        text: Raw::new(hit.get(0)?.as_str().trim()),
        ..Affected::default()
    })
}

/// Sums of money.
fn losses(text: &str) -> Vec<String> {
    static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let sum = r"(?:(?:US|A|C)?[$€£¥₹]\s?\d[\d,.]*(?:\s?(?:k|m|bn|thousand|million|billion)\b)?|\b\d[\d,.]*\s?(?:k|thousand|million|billion)?\s?(?:USD|EUR|GBP|dollars|euros|pounds)\b)";
        rule(&format!(
            r"(?i)(?:\b(?:potential|estimated|approximately|about|around|roughly|nearly|over|more than|up to|a potential|an estimated)\s+)*{sum}(?:\s(?:in|of|worth of)\s(?:[a-z-]+\s){{0,2}}(?:revenue|sales|orders|transactions|income|business|refunds|credits|payments|purchases|profit))?(?:\s(?:lost|potential))?"
        ))
    });
    static PRICE: LazyLock<Option<Regex>> =
        LazyLock::new(|| rule(r"(?i)^\s?(?:/|per |a |each\b|budget|monthly|plan\b)"));
    let (Some(money), Some(price)) = (MONEY.as_ref(), PRICE.as_ref()) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for hit in money.find_iter(text) {
        let words = hit.as_str().trim().trim_end_matches([',', '.']).to_owned();
        if !price.is_match(&text[hit.end()..]) && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}
