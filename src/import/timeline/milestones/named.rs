//! Milestones that rows are called by: a column of kinds in a table ("detection", "resolved"), a label that a row begins with.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::document::normal;
use crate::import::pattern;
use crate::import::timeline::context::Context;
use crate::import::timeline::{Named, Row, Told};
use crate::model::MilestoneKind;

/// What rows are called, and what of it counts only where no row is called the milestone itself: that something was confirmed
/// may be the cause or the alert, and what recovers may not be all there is.
const NAMES: &[(MilestoneKind, &str, &str)] = &[
    (
        MilestoneKind::Started,
        "start|started|begin|began|beginning|onset|incident start|incident started|incident began|outage start|outage started|\
         outage began|impact start|impact started|impact began",
        "",
    ),
    (
        MilestoneKind::Detected,
        "detection|detected|detect|incident detected|issue detected|first detection",
        "discovery|alert",
    ),
    (MilestoneKind::Acknowledged, "acknowledged|acknowledgement|acknowledgment|acknowledge|ack", ""),
    (MilestoneKind::Declared, "declared|declaration|incident declared", ""),
    (
        MilestoneKind::Identified,
        "identified|identification|identify|diagnosis|diagnosed|cause found|cause identified|cause confirmed|root cause found|\
         root cause identified|root cause confirmed|issue identified",
        "confirmed|root cause|cause",
    ),
    (
        MilestoneKind::Mitigated,
        "mitigated|mitigation|mitigate|mitigation complete|mitigation in place|impact mitigated|impact end|impact ended|\
         contained|containment",
        "workaround|stopgap",
    ),
    (
        MilestoneKind::Resolved,
        "resolved|resolution|resolve|incident resolved|issue resolved|incident end|incident ended|outage end|outage ended|\
         end|ended|all clear",
        "recovery|recovered|restored|restoration|service restored",
    ),
    (MilestoneKind::Closed, "closed|incident closed", ""),
];

/// The milestone that a cell or a label is the name of.
pub(in crate::import::timeline) fn of_words(words: &str) -> Option<Named> {
    let words = normal(words);
    let among = |list: &str| list.split('|').any(|name| name == words && !name.is_empty());
    NAMES.iter().find_map(|(milestone, own, weak)| {
        let sure = among(own);
        (sure || among(weak)).then_some(Named { milestone: *milestone, sure })
    })
}

/// "Detected: …", `[Resolved] …`, "Mitigation - …", "Identified".
fn lead(text: &str) -> Option<Named> {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\A[^a-z0-9]{0,4}(?P<name>[a-z][a-z ]{2,24}[a-z])(?:\W{0,3}$|\W{0,3}: |\W{0,2} [-\u{2013}\u{2014}] |\] ?)").ok()
    });
    let first = text.lines().next().unwrap_or_default();
    let named = of_words(LEAD.as_ref()?.captures(first)?.name("name")?.as_str())?;
    // Anything can start, end and be confirmed: of a whole row only its column says that it is the outage.
    let whole = !matches!(named.milestone, MilestoneKind::Started | MilestoneKind::Closed);
    (whole && named.sure).then_some(named)
}

/// Adds the milestones that rows are called by, where nothing else says when they were; where two rows are called one, that is
/// a doubt.
pub(super) fn fill(rows: &[Row], told: &mut Vec<Told>, context: &mut Context) {
    let mut timed: Vec<(usize, Named)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.moment.at.time.is_some())
        .filter_map(|(at, row)| Some((at, row.named.or_else(|| lead(&row.text))?)))
        .collect();
    timed.sort_by_key(|(at, _)| rows[*at].moment.at.sort_key());
    for milestone in MilestoneKind::ALL {
        if told.iter().any(|told| told.milestone == milestone) {
            continue;
        }
        let of = |sure: bool| {
            let is = move |named: &Named| named.milestone == milestone && named.sure == sure;
            timed.iter().filter(|(_, named)| is(named)).map(|(at, _)| *at).collect::<Vec<_>>()
        };
        let sure = of(true);
        let called = if sure.is_empty() { of(false) } else { sure };
        // It is over when the last says so; it was found when the first does.
        let last =
            matches!(milestone, MilestoneKind::Mitigated | MilestoneKind::Resolved | MilestoneKind::Closed);
        let Some(at) = (if last { called.last() } else { called.first() }).copied() else { continue };
        if called.len() > 1 {
            context.doubts.push((
                Some(rows[at].line),
                format!(
                    "{} rows are called by a name of \"{}\": the {} of them is taken",
                    called.len(),
                    milestone.word(),
                    if last { "last" } else { "first" }
                ),
            ));
        }
        let how = (milestone != MilestoneKind::Started).then(|| rows[at].text.clone());
        told.push(Told {
            milestone,
            moment: rows[at].moment.clone(),
            line: rows[at].line,
            row: Some(at),
            how,
        });
    }
}
