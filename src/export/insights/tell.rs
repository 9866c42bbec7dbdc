//! The figures as sections: how many, how long, what was suspected, what comes back, what is left to do.

use super::words::{count, few, half, minutes_in_short};
use crate::export::outline::{Block, Inline, Item, Section, Span};
use crate::model::insight::{Actions, Anniversary, FEW, Insight, Recurring, Repeated, Suspect};
use crate::text::Raw;

/// The section with the lengths of time, which a page of text draws.
pub(super) const TIMES: &str = "How long it took";

/// The most rows of a table, and items of a list; how many there are besides is said.
const MOST: usize = 20;
/// The most incidents that are named at one place.
const NAMED: usize = 4;

/// All of them.
pub(super) fn all(insight: &Insight) -> Vec<Section> {
    if insight.incidents == 0 {
        let words = vec![Span::ours("No incident to tell of.")];
        return vec![section(super::TITLE, vec![Block::Paragraph(words)])];
    }
    let mut sections = vec![section("Incidents", incidents(insight)), section(TIMES, times(insight))];
    let parts = [
        ("First guesses", suspects(&insight.suspects)),
        ("Causes that come back", recurring(&insight.causes)),
        ("What helped them along", recurring(&insight.factors)),
        ("Actions", actions(&insight.actions)),
        ("Again, with something left to do", repeated(&insight.repeated)),
        ("This week in other years", this_week(&insight.this_week)),
    ];
    let told = parts.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    sections.extend(told.map(|(heading, blocks)| section(heading, blocks)));
    sections
}

fn section(heading: &'static str, blocks: Vec<Block>) -> Section {
    Section { heading, blocks }
}

fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph(vec![Span::ours(words)])
}

fn ours(words: impl Into<String>) -> Inline {
    vec![Span::ours(words)]
}

fn incidents(insight: &Insight) -> Vec<Block> {
    let mut words = vec![Span::ours(count(insight.incidents, "incident"))];
    if let Some((first, last)) = insight.first.zip(insight.last) {
        let when = if first == last { format!(" of {first}") } else { format!(" from {first} to {last}") };
        words.push(Span::ours(when));
    }
    if let Some(filter) = &insight.filter {
        words.extend([Span::ours(", chosen by "), Span::typed(filter)]);
    }
    let unresolved = match insight.unresolved {
        0 => String::new(),
        some => format!(", {some} not resolved"),
    };
    let length = together(insight.total_minutes, insight.length_known, insight.incidents);
    let copies = match insight.copies {
        0 => String::new(),
        1 => {
            " Another one is likely a copy of one of them and does not count: warroom list says which.".into()
        }
        copies => {
            format!(
                " {copies} more are likely copies of some of them and do not count: warroom list says which."
            )
        }
    };
    words.push(Span::ours(format!("{unresolved}. Together they took {length}.{copies}")));
    let mut blocks: Vec<Block> = few(insight).map(paragraph).into_iter().collect();
    blocks.push(Block::Paragraph(words));
    let rows = insight.severities.iter().map(|part| {
        let name = part.severity.map_or_else(|| "none".to_owned(), |severity| format!("SEV {severity}"));
        let length = together(part.total_minutes, part.length_known, part.incidents);
        vec![ours(name), ours(part.incidents.to_string()), ours(length)]
    });
    let rows: Vec<Vec<Inline>> = rows.collect();
    if insight.severities.iter().any(|part| part.severity.is_some()) {
        blocks.push(Block::Table { head: vec!["Severity", "Incidents", "Together"], rows });
    }
    blocks
}

/// `3 h 20 min (5 of 7 with a known length)`.
fn together(minutes: i64, known: usize, all: usize) -> String {
    match known {
        0 => "a time that is not known".into(),
        _ if known == all => minutes_in_short(minutes),
        _ => format!("{} ({known} of {all} with a known length)", minutes_in_short(minutes)),
    }
}

fn times(insight: &Insight) -> Vec<Block> {
    let rows = insight.times.iter().map(|spread| {
        let known = spread.dots.len();
        let median = spread.median.map_or_else(|| "–".to_owned(), half);
        let p90 = match spread.p90 {
            Some(p90) if spread.p90_is_longest() => format!("{} (the longest)", minutes_in_short(p90)),
            Some(p90) => minutes_in_short(p90),
            None => "–".into(),
        };
        let ends = spread.dots.first().zip(spread.dots.last());
        let range = ends.map_or_else(|| "–".to_owned(), |(first, last)| range(first.minutes, last.minutes));
        let known = format!("{known} of {}", known + spread.unknown);
        vec![ours(spread.until.name()), ours(known), ours(median), ours(p90), ours(range)]
    });
    let head = vec!["From the start", "Known", "Median", "p90", "Range"];
    let mut blocks = vec![Block::Table { head, rows: rows.collect() }];
    let most = insight.times.iter().map(|spread| spread.dots.len()).max().unwrap_or(0);
    let few =
        if most < FEW { "Of fewer than five incidents, the dots say more than the figures. " } else { "" };
    blocks.push(paragraph(format!(
        "{few}The median is the middle one; nine of ten did not take longer than the p90 (nearest rank), which of fewer \
         than ten is the longest and of fewer than three is not told."
    )));
    blocks
}

/// `2 min to 48 h`.
fn range(shortest: i64, longest: i64) -> String {
    let ends = [shortest, longest].map(minutes_in_short);
    if shortest == longest { ends[0].clone() } else { ends.join(" to ") }
}

fn suspects(suspects: &[Suspect]) -> Vec<Block> {
    if suspects.is_empty() {
        return Vec::new();
    }
    let rows = suspects.iter().take(MOST).map(|suspect| {
        let lost = match (suspect.minutes_known, suspect.ruled_out) {
            (_, 0) => "–".into(),
            (0, _) => "not known".into(),
            (known, all) if known < all => {
                format!("{} ({known} of {all})", minutes_in_short(suspect.minutes_lost))
            }
            _ => minutes_in_short(suspect.minutes_lost),
        };
        let counts = [
            suspect.incidents,
            suspect.first,
            suspect.ruled_out,
            suspect.confirmed,
            suspect.parked + suspect.open,
        ];
        let mut row = vec![vec![Span::typed(&suspect.subject)]];
        row.extend(counts.map(|count| ours(count.to_string())));
        row.push(ours(lost));
        row
    });
    let head = vec!["Subject", "Suspected", "First", "Ruled out", "Confirmed", "Unsettled", "Lost"];
    let mut blocks = vec![Block::Table { head, rows: rows.collect() }];
    blocks.extend(more(suspects.len(), "subject"));
    let items: Vec<Item> = suspects.iter().take(MOST).filter_map(turned_out).collect();
    if !items.is_empty() {
        blocks.push(Block::Heading(ours("What it was when it was not that")));
        blocks.push(Block::Bullets(items));
    }
    blocks
}

/// `database, ruled out in 3 incidents: it was load balancer (2: …); the cause of 1 is not told`.
fn turned_out(suspect: &Suspect) -> Option<Item> {
    if suspect.ruled_out == 0 {
        return None;
    }
    let never = if suspect.confirmed == 0 { ", never the cause" } else { "" };
    let mut words = vec![
        Span::typed(&suspect.subject).strong(),
        Span::ours(format!(", ruled out in {}{never}: ", count(suspect.ruled_out, "incident"))),
    ];
    for (nth, cause) in suspect.turned_out.iter().take(NAMED).enumerate() {
        words.push(Span::ours(if nth == 0 { "it was " } else { "; " }));
        words.push(Span::typed(&cause.cause));
        let several = cause.incidents.len();
        words.push(Span::ours(if several == 1 { " (".into() } else { format!(" ({several}: ") }));
        words.extend(named(&cause.incidents));
        words.push(Span::ours(")"));
    }
    let others = suspect.turned_out.len().saturating_sub(NAMED);
    if others > 0 {
        words.push(Span::ours(format!("; and {}", count(others, "other cause"))));
    }
    match (suspect.never_told, suspect.turned_out.is_empty()) {
        (0, _) => {}
        (_, true) => words.push(Span::ours("the cause is not told")),
        (some, false) => words.push(Span::ours(format!("; the cause of {some} is not told"))),
    }
    Some(words.into())
}

/// The ids of some incidents.
fn named(ids: &[Raw]) -> Inline {
    let mut words = Vec::new();
    for (nth, id) in ids.iter().take(NAMED).enumerate() {
        if nth > 0 {
            words.push(Span::ours(", "));
        }
        words.push(Span::typed(id));
    }
    if ids.len() > NAMED {
        words.push(Span::ours(format!(" and {} more", ids.len() - NAMED)));
    }
    words
}

fn recurring(all: &[Recurring]) -> Vec<Block> {
    let items = all.iter().take(MOST).map(|one| {
        let by_words = if one.by_words { " (words that the texts share)" } else { "" };
        let mut words = vec![
            Span::typed(&one.what).strong(),
            Span::ours(format!(": {}{by_words}: ", count(one.incidents.len(), "incident"))),
        ];
        words.extend(named(&one.incidents));
        words.into()
    });
    listed(items.collect(), all.len(), "of these")
}

fn listed(items: Vec<Item>, all: usize, what: &str) -> Vec<Block> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Bullets(items)];
    blocks.extend(more(all, what));
    blocks
}

/// How many there are that are not shown.
fn more(all: usize, what: &str) -> Option<Block> {
    let more = all.saturating_sub(MOST);
    let s = if more == 1 || what.contains(' ') { "" } else { "s" };
    (more > 0).then(|| paragraph(format!("And {more} more {what}{s}.")))
}

fn actions(actions: &Actions) -> Vec<Block> {
    if actions.total() == 0 {
        return Vec::new();
    }
    let row = |name: &str, count: usize| vec![ours(name), ours(count.to_string())];
    let rows = vec![
        row("Done", actions.done),
        row("Open", actions.open),
        row("of these overdue", actions.overdue),
        row("of these without a day", actions.without_due),
        row("of these without an owner", actions.without_owner),
        row("Dropped", actions.dropped),
    ];
    let mut blocks = vec![Block::Table { head: vec!["State", "How many"], rows }];
    if let Some(days) = actions.median_age_days {
        let of = format!("{} of {} open ones", actions.age_known, actions.open);
        blocks.push(paragraph(format!(
            "The incidents of the open ones were over {days} days ago (median, {of})."
        )));
    }
    blocks
}

fn repeated(all: &[Repeated]) -> Vec<Block> {
    let items = all.iter().take(MOST).map(|one| {
        let mut words = vec![Span::typed(&one.incident).strong(), Span::ours(": ")];
        words.push(Span::typed(&one.cause));
        words.push(Span::ours(" again, and open since "));
        words.push(Span::typed(&one.earlier));
        words.push(Span::ours(":"));
        let below = one.actions.iter().take(NAMED);
        let below = below
            .map(|action| vec![Span::ours(format!("action {}: ", action.number)), Span::typed(&action.text)]);
        let mut below: Vec<Inline> = below.collect();
        let others = one.actions.len().saturating_sub(NAMED);
        if others > 0 {
            below.push(ours(format!("and {others} more")));
        }
        Item { words, below }
    });
    let mut blocks = listed(items.collect(), all.len(), "of these");
    if !blocks.is_empty() {
        blocks.push(paragraph(
            "At least these: when actions were closed is not known here, only which are open now.",
        ));
    }
    blocks
}

fn this_week(all: &[Anniversary]) -> Vec<Block> {
    let items = all.iter().take(MOST).map(|one| {
        let severity = one.severity.map_or_else(String::new, |severity| format!(", SEV {severity}"));
        let off = match one.days_off {
            0 => "this day".into(),
            off if off < 0 => format!("{} earlier", count(usize::try_from(-off).unwrap_or(0), "day")),
            off => format!("{} later", count(usize::try_from(off).unwrap_or(0), "day")),
        };
        let words = vec![
            Span::ours(format!("{} ({off}{severity}): ", one.began)),
            Span::typed(&one.title),
            Span::ours(" ("),
            Span::typed(&one.incident),
            Span::ours(")"),
        ];
        words.into()
    });
    listed(items.collect(), all.len(), "of these")
}
