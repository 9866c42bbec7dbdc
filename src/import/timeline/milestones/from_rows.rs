//! Milestones that no line states, from what the rows tell.

use std::sync::LazyLock;

use regex::Regex;

use super::{Spans, after, eased};
use crate::import::clock;
use crate::import::pattern;
use crate::import::timeline::context::Context;
use crate::import::timeline::{Row, Told};
use crate::model::at::Day;
use crate::model::{MilestoneKind, doubt};

fn rule(words: &str) -> LazyRule {
    pattern::new(&format!(r"(?i)\b(?:{words})")).ok()
}

type LazyRule = Option<Regex>;

static BEGAN: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"start of (?:the )?(?:incident|outage|issue)|(?:incidents?|outages?|issues?|problems?|troubles?|downtime|impact|disruptions?|errors?|failures?|timeouts?|alerts? storm|slowness|latency|symptoms?|degradation) (?:first )?(?:starts?|started|starting|began|begins?|beginning|occur)",
    )
});
/// A row that says that the whole begins: it counts even where rows that led up to it stand before it.
static BROKE: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"(?:start|begin(?:ning)?|onset) of (?:the )?(?:\w+ )?(?:incident|outage|disruption|downtime|impact|interruption)|(?:incident|outage|downtime|impact|disruption|interruption|customer impact|user impact) (?:starts?|started|begins?|began)\b|(?:site|website|app|application|service|platform|api|system|hub|portal|everything) (?:is|was|goes|went) (?:now |hard |completely |fully |entirely )*(?:down|offline|unavailable|dark)\b|first (?:errors?|failures?|failed|5\d\d|50x|timeouts?)|(?:users?|customers?|clients?|visitors?|people|players|students|members|shoppers|guests|patients|everyone|everybody|no-?(?:body|\x20one)) (?:\w+ ){0,2}(?:affected|sees?|saw|seeing|gets?|got|getting|receiv\w+|experienc\w+|cannot|can't|can not|could not|couldn't|unable|los[et]s?|can (?:log|sign|reach|open|pay|order))\b",
    )
});
/// A row that says that the whole is over, and not only that something was mended.
static ENDED: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"end of (?:the )?(?:\w+ )?(?:incident|outage|disruption|downtime|impact|interruption)|(?:incident|outage|downtime|impact|disruption|issue|problem) (?:(?:is|was|has been|marked(?: as)?|declared|considered|now|fully|officially|finally) )*(?:resolved|over|ends|ended|closed|solved|mitigated and closed)\b|all clear\b|(?:back|return(?:s|ed)?) to normal|normal (?:operations?|service)|(?:services?|site|systems?|everything|platform|traffic|all \w+|functionality) (?:\w+ ){0,3}(?:fully |completely )?(?:restored|recovered|back to normal|operational|healthy)\b|recovery\b.{0,60}\bcomplete|fully (?:restored|recovered|operational|resolved|functional)|(?:self|auto)-?\x20?(?:resolve[sd]|heal(?:s|ed)|recover(?:s|ed))|(?:service|site|server|system|app|everything|api|platform|game|website|\w+) (?:(?:was|were|is|are|came|comes|come|has|have|been|brought|got) )+(?:\w+ )?back (?:up|online|in service|to (?:normal|life))\b|(?:work|report|respond|serv|run|load|function|deliver)(?:s|ing|ed)? (?:fine |normally |well |properly )?again|(?:online|up|available|reachable|accessible|healthy|green|operational|live) again",
    )
});
static NOTICED: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"alert|alarm|detect|notic|report|monitor|paged|complain|pinged|page went|raised by|customer.{0,30}(?:said|call|rang|rings)",
    )
});
/// Nobody noticed it, although it was there.
static UNNOTICED: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"no (?:\w+ )?(?:alerts?|alarms?|pages?|monitor\w*|reports?|complaints?)\b|nobody (?:is |was )?(?:notic|alert|paged|report)|unnoticed|undetected|(?:not|n't|never) (?:yet )?(?:notic|detect|alert|page|report|fire)|without (?:an? |any )?(?:alert|alarm|page)",
    )
});
static OVER: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"(?:fully |completely |officially )?(?:resolved|restored|recover(?:ed|s|y)?\b)|back (?:up|online|to|in|on)|normal|(?:incident|outage|issue).{0,20}(?:ends?|ended|over|closed|fixed)|all clear|stabili[sz]ed|fully operational|operational again|(?:is|was|are|were) (?:now )?(?:working|running|fixed|up\b)|service resumes|confirmed working|sprang back|fixed|solved|deployed|completed",
    )
});
static NOT_OVER: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"not (?:yet |fully )?(?:resolved|restored|back|fixed|working)|partial|attempt|began|failed|unresolved|fails|announc|informed|not yet|still (?:down|failing)|would be|will be|expected to",
    )
});
static FOLLOW_UP: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(r"post-?\s?mortem|post-incident|retrospective|review meeting|follow-?up|debrief|lessons")
});
static FOUND: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"(?:root )?cause (?:\w+ )?(?:was |is |has been )?(?:identified|found|discovered|confirmed|established|known|clear)\b|(?:found|finds|identif(?:ies|ied)|discover(?:s|ed)|determined|figured out) (?:out )?(?:the |what (?:the )?)?(?:real |actual |likely )?(?:root )?(?:cause|reason|culprit)\b|identified (?:as )?(?:the |a )?(?:root|cause|culprit|misconfig|issue|problem)|culprit|(?:identified|pinpointed|traced)\b",
    )
});
/// It is guessed, looked for, or told to somebody later.
static UNSURE: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"(?:not|never|no|n't|yet to be|un)\x20?(?:yet |been |be )*(?:identified|found|known|clear|confirmed|determined|cause)|(?:nobody|no one|none of us|never) (?:\w+ )?(?:finds?|found|identif\w+|determined|figured)|n't (?:yet )?(?:find|found|identif\w+)|probabl[ey]|likely|suspect\w*|possibl[ey]|maybe|perhaps|might|could be|considered|assumed|thought to|believed|without (?:a |any )?(?:cause|culprit)|unknown|unclear|unidentified",
    )
});

static TAKEN_ON: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"acknowledg(?:e[sd]?|ement|ing)\b|ack(?:s|ed|'?d)?\b|(?:takes|took|picks|picked) (?:up |on )?the (?:page|pager|call|alert|incident)\b",
    )
});
static DECLARED: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"(?:incident|outage|sev\w*(?:[ -]?\d)?|p[0-5]|emergency) (?:\w+ ){0,2}(?:declared|called|opened|raised)\b|declar(?:es|ed|ing) (?:an? |the |this |it )?(?:\w+ ){0,2}(?:incident|outage|sev\w*|p[0-5]|emergency)\b",
    )
});
static MITIGATED: LazyLock<LazyRule> = LazyLock::new(|| {
    rule(
        r"mitigated\b|mitigation (?:\w+ )?(?:is |was )?(?:in place|complete|completed|done|deployed|applied|effective|works|worked|took effect)\b|(?:user |customer )?impact (?:is |was )?(?:ends|ended|over|stops|stopped|gone)\b",
    )
});
/// A row that is only a name with what belongs to it: "Mitigation: traffic moved", "Mitigation".
static MITIGATION: LazyLock<LazyRule> =
    LazyLock::new(|| pattern::new(r"(?im)\A\W{0,4}mitigation\W{0,3}(?:$|:| [-\u{2013}\u{2014}] )").ok());

fn says(rule: &LazyLock<LazyRule>, row: &Row) -> bool {
    let text = row
        .text
        .get(..row.text.char_indices().nth(400).map_or(row.text.len(), |(at, _)| at))
        .unwrap_or_default();
    rule.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Adds what the rows tell of milestones that no line states.
pub(super) fn fill(rows: &[Row], spans: &Spans, told: &mut Vec<Told>, context: &mut Context) {
    let has = |told: &[Told], milestone| told.iter().any(|told| told.milestone == milestone);
    let of_row = |at: usize, milestone| Told {
        milestone,
        moment: rows[at].moment.clone(),
        line: rows[at].line,
        row: Some(at),
        how: Some(rows[at].text.clone()),
    };
    let mut timed: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].moment.at.time.is_some()).collect();
    // Newest first: told from its end.
    let key = |at: usize| rows[at].moment.at.sort_key();
    if timed.len() > 2 && timed.windows(2).all(|pair| key(pair[0]) >= key(pair[1])) {
        timed.reverse();
    }
    days(rows, &timed, spans, told, context);
    if !has(told, MilestoneKind::Started)
        && !long_before(rows, &timed, told)
        && let Some(first) = timed.first()
    {
        let broke = timed.iter().take(timed.len().div_ceil(2)).find(|at| says(&BROKE, &rows[**at])).copied();
        let began = timed.iter().find(|at| says(&BEGAN, &rows[**at])).copied();
        let at = began
            .filter(|at| {
                rows[*at].moment.at.sort_key() <= rows[*first].moment.at.sort_key() || began == Some(*first)
            })
            .or(broke)
            .unwrap_or(*first);
        if began.or(broke).is_none() {
            context
                .doubts
                .push((Some(rows[at].line), format!("{}: taken to be the first entry", doubt::NO_START)));
        }
        told.push(Told { how: None, ..of_row(at, MilestoneKind::Started) });
    }
    if !has(told, MilestoneKind::Detected) {
        let half = timed.len().div_ceil(2).max(1);
        if let Some(at) =
            timed.iter().take(half).find(|at| says(&NOTICED, &rows[**at]) && !says(&UNNOTICED, &rows[**at]))
        {
            told.push(of_row(*at, MilestoneKind::Detected));
        }
    }
    if !has(told, MilestoneKind::Identified)
        && let Some(at) = timed
            .iter()
            .rev()
            .find(|at| says(&FOUND, &rows[**at]) && !says(&UNSURE, &rows[**at]))
            .filter(|_| timed.len() > 2)
    {
        told.push(of_row(*at, MilestoneKind::Identified));
    }
    if !has(told, MilestoneKind::Resolved) {
        resolved(rows, &timed, spans, told, context);
    }
    for (milestone, rules) in [
        (MilestoneKind::Acknowledged, &[&TAKEN_ON][..]),
        (MilestoneKind::Declared, &[&DECLARED]),
        (MilestoneKind::Mitigated, &[&MITIGATED, &MITIGATION]),
    ] {
        if milestone == MilestoneKind::Acknowledged
            && !has(told, milestone)
            && let Some(found) = timed.iter().find_map(|at| taken_on(&rows[*at], context))
        {
            told.push(found);
        }
        let row = timed.iter().find(|at| is_named(milestone, rules, **at, rows, told));
        if let Some(at) = row.filter(|_| !has(told, milestone)) {
            told.push(of_row(*at, milestone));
        }
    }
    if !has(told, MilestoneKind::Mitigated) {
        let text = |at: usize| rows[at].text.as_str();
        let eased = (1..timed.len()).find(|nth| {
            eased::says(text(timed[*nth]), Some(text(timed[nth - 1])))
                && is_free_within(timed[*nth], rows, told)
        });
        told.extend(eased.map(|nth| of_row(timed[nth], MilestoneKind::Mitigated)));
    }
}

/// "Lee acknowledges at 23:07", in what a row tells besides its own time.
fn taken_on(row: &Row, context: &mut Context) -> Option<Told> {
    let end = row.text.char_indices().nth(400).map_or(row.text.len(), |(at, _)| at);
    let text = &row.text[..end];
    let said = TAKEN_ON.as_ref()?.find(text)?;
    let time = clock::inside(text).into_iter().find(|found| found.is_timed() && !found.is_doubtful())?;
    let between = text.get(said.end()..time.span.start)?;
    if !matches!(between.trim(), "" | "at" | "it at" | "the page at" | "the alert at" | "page at" | "(" | ":")
    {
        return None;
    }
    let zone = context.zone_of(time.from.zone.as_ref());
    let written = &text[time.span.clone()];
    let moment = context.moment(row.moment.at.day, time.from.hour, zone.as_ref(), written, row.line);
    let from = text[..said.start()].rfind('\n').map_or(0, |at| at + 1);
    let how = text[from..].lines().next().map(str::to_owned);
    Some(Told { milestone: MilestoneKind::Acknowledged, moment, line: row.line, row: None, how })
}

/// The longest that one outage rests between two of its rows, in hours: what begins after it may be another.
const APART: i64 = 12;

/// Says that the rows may tell of two outages: one was over, and long after it something breaks that is over later, too.
pub(super) fn two(rows: &[Row], context: &mut Context) {
    let timed: Vec<&Row> = rows.iter().filter(|row| row.moment.at.instant().is_some()).collect();
    let over = |row: &Row| (says(&ENDED, row) || says(&OVER, row)) && !says(&NOT_OVER, row);
    let hours = |a: &Row, b: &Row| Some((b.moment.at.instant()? - a.moment.at.instant()?).num_hours());
    for (at, pair) in timed.windows(2).enumerate() {
        let (last, next) = (pair[0], pair[1]);
        let Some(hours) = hours(last, next).filter(|hours| *hours >= APART) else { continue };
        let begins = super::told::is_trouble(&next.text) && !over(next) && !says(&FOLLOW_UP, next);
        if over(last) && begins && timed[at + 2..].iter().any(|row| over(row)) {
            context.doubts.push((
                Some(next.line),
                format!(
                    "a second outage may begin here, {hours} hours after the first was over: to keep two, cut the document before this line and import both parts"
                ),
            ));
            return;
        }
    }
}

/// Whether a row that stands for no other milestone names this one, between the start and the end. That somebody declares it over
/// or attempts to mitigate it is another thing.
fn is_named(
    milestone: MilestoneKind,
    rules: &[&LazyLock<LazyRule>],
    at: usize,
    rows: &[Row],
    told: &[Told],
) -> bool {
    let row = &rows[at];
    let over = milestone == MilestoneKind::Declared && says(&ENDED, row);
    !over
        && rules.iter().any(|rule| says(rule, row))
        && !says(&NOT_OVER, row)
        && !says(&FOLLOW_UP, row)
        && is_free_within(at, rows, told)
}

/// Whether a row stands for no milestone yet, between the start and the end.
pub(super) fn is_free_within(at: usize, rows: &[Row], told: &[Told]) -> bool {
    let key = rows[at].moment.at.sort_key();
    let beside = |kind: MilestoneKind| told.iter().find(|told| told.milestone == kind);
    !told.iter().any(|told| told.row == Some(at))
        && beside(MilestoneKind::Started).is_none_or(|start| start.moment.at.sort_key() <= key)
        && beside(MilestoneKind::Resolved).is_none_or(|end| key <= end.moment.at.sort_key())
}

/// The rows may begin with what led up to it: where a line says when it was noticed and none when it began, a first row that
/// stands hours before that is not the start.
fn long_before(rows: &[Row], timed: &[usize], told: &[Told]) -> bool {
    let noticed = told.iter().find(|told| told.milestone == MilestoneKind::Detected && told.how.is_none());
    let first = timed.first().and_then(|at| rows[*at].moment.at.instant());
    let begun = timed.iter().any(|at| says(&BEGAN, &rows[*at]) || says(&BROKE, &rows[*at]));
    noticed
        .and_then(|noticed| noticed.moment.at.instant())
        .zip(first)
        .is_some_and(|(noticed, first)| !begun && (noticed - first).num_hours() >= 2)
}

/// A start or an end of which only the day is told counts where the rows do not reach to it.
fn days(rows: &[Row], timed: &[usize], spans: &Spans, told: &mut Vec<Told>, context: &mut Context) {
    for stated in &spans.days {
        let start = stated.milestone == MilestoneKind::Started;
        let Some(date) = stated.point.date.filter(|_| start || stated.milestone == MilestoneKind::Resolved)
        else {
            continue;
        };
        let row = if start { timed.first() } else { timed.last() };
        let (Some(day), Some(row)) = (context.day(date, Some(stated.line)), row) else { continue };
        let (Day::Full(said), Day::Full(there)) = (day, rows[*row].moment.at.day) else { continue };
        let beyond = if start { said < there } else { said > there };
        if beyond && !told.iter().any(|told| told.milestone == stated.milestone) {
            let moment = context.moment(day, None, None, &stated.written, stated.line);
            let (milestone, line) = (stated.milestone, stated.line);
            told.push(Told { milestone, moment, line, row: None, how: None });
        }
    }
}

fn resolved(rows: &[Row], timed: &[usize], spans: &Spans, told: &mut Vec<Told>, context: &mut Context) {
    let started =
        told.iter().find(|told| told.milestone == MilestoneKind::Started).map(|told| told.moment.clone());
    let last_third = timed.len() - (timed.len() / 3).max(1).min(timed.len());
    let over = |rule: &LazyLock<LazyRule>, from: usize| {
        let mut rows = timed[from..].iter().rev().map(|at| (*at, &rows[*at]));
        rows.find(|(_, row)| says(rule, row) && !says(&NOT_OVER, row) && !says(&FOLLOW_UP, row))
            .map(|(at, _)| at)
    };
    if let Some(at) = over(&ENDED, timed.len() / 3).or_else(|| over(&OVER, last_third)) {
        told.push(Told {
            milestone: MilestoneKind::Resolved,
            moment: rows[at].moment.clone(),
            line: rows[at].line,
            row: Some(at),
            how: Some(rows[at].text.clone()),
        });
        return;
    }
    if let Some((minutes, line)) = spans.minutes
        && let Some(moment) = started.as_ref().and_then(|started| after(started, minutes))
    {
        context
            .doubts
            .push((Some(line), format!("{}: counted from the start and how long it took", doubt::NO_END)));
        told.push(Told { milestone: MilestoneKind::Resolved, moment, line, row: None, how: None });
        return;
    }
    if let Some(at) = timed.last().copied().filter(|_| timed.len() > 1) {
        context.doubts.push((Some(rows[at].line), format!("{}: taken to be the last entry", doubt::NO_END)));
        told.push(Told {
            milestone: MilestoneKind::Resolved,
            moment: rows[at].moment.clone(),
            line: rows[at].line,
            row: Some(at),
            how: None,
        });
    }
}
