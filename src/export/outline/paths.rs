//! What was suspected: the misleading paths with what they cost, the cause, and what was never settled.

use super::{Block, Inline, Item, Section, Span, bullets, fact, said};
use crate::model::{At, EntryKind, Face, Hypothesis, HypothesisStatus, Incident, Precision, Side, length};
use crate::text::Raw;

fn of(incident: &Incident, status: HypothesisStatus) -> impl Iterator<Item = &Hypothesis> {
    incident.hypotheses.iter().filter(move |h| h.status == status)
}

/// Each ruled-out hypothesis: when it was raised, how many minutes it took, why it was ruled out, what harm it did.
pub(super) fn misleading(incident: &Incident) -> Option<Section> {
    let mut items = Vec::new();
    let mut each = Vec::new();
    for h in of(incident, HypothesisStatus::RuledOut) {
        each.extend(h.minutes());
        let mut item = named(h, h.reason.as_ref(), "no reason recorded", "Ruled out");
        item.below.push(vec![Span::ours(raised_and_closed(h, incident))]);
        item.below.extend(why_tests_and_evidence(h, incident));
        items.push(item);
    }
    if items.is_empty() {
        return None;
    }
    let count = items.len();
    let mut blocks = vec![Block::Bullets(items)];
    let known = each.len();
    if let Some(minutes) = incident.metrics.wrong_paths_minutes.filter(|_| known > 1) {
        let some = if known < count { format!(" ({known} of {count} known)") } else { String::new() };
        // The difference would be taken for a mistake.
        let once = if each.iter().sum::<i64>() == minutes {
            ""
        } else {
            "; what overlaps counts once, and what lies outside the outage does not"
        };
        let total = format!("Time spent on misleading paths: {}{some}{once}.", length(minutes));
        blocks.push(Block::Paragraph(vec![Span::ours(total)]));
    }
    Some(Section { heading: "Misleading paths", blocks })
}

/// `Subject. Ruled out: reason`.
fn named(h: &Hypothesis, reason: Option<&Raw>, without: &str, verdict: &str) -> Item {
    let mut words = vec![Span::typed(h.subject.raw()).strong(), Span::ours(format!(" — {verdict}: "))];
    words.push(reason.map_or_else(|| Span::ours(without), Span::typed));
    words.into()
}

fn raised_and_closed(h: &Hypothesis, incident: &Incident) -> String {
    let face = Face::of(incident);
    let at = |at: Option<At>| {
        at.map_or_else(|| "at a time not recorded".into(), |at| face.full(&at, Precision::Minute))
    };
    let took = match h.minutes() {
        Some(minutes) => format!("took {}", length(minutes)),
        None => "how long it took is not recorded".into(),
    };
    format!("Raised {}, closed {}; {took}", at(h.raised_at), at(h.closed_at))
}

/// When it was raised, where no row of the timeline is the one that says so.
fn raised(h: &Hypothesis, incident: &Incident) -> Option<Inline> {
    let at = h.raised_at?;
    let mut own = incident.timeline.iter().filter(|entry| entry.kind == EntryKind::Hypothesis);
    let told = own.any(|entry| entry.is_about(h.id) && entry.at == at);
    (!told).then(|| vec![Span::ours(format!("Raised {}", Face::of(incident).full(&at, Precision::Minute)))])
}

/// That it was opened again, why it was suspected, what was done to find out, and what was seen: a row each.
pub fn why_tests_and_evidence(h: &Hypothesis, incident: &Incident) -> Vec<Inline> {
    let mut rows = Vec::new();
    if let Some(reopened) = &h.reopened {
        let face = Face::of(incident);
        let words = reopened.words(|at| face.full(at, Precision::Minute));
        let mut row = vec![Span::ours(words.replacen('o', "O", 1))];
        row.extend(reopened.why.iter().flat_map(|why| [Span::ours(": "), Span::typed(why)]));
        rows.push(row);
    }
    if let Some(why) = h.suspected_because() {
        rows.push(vec![Span::ours("Suspected because: "), Span::typed(why)]);
    }
    for test in &h.tests {
        let mut row = vec![Span::ours("Tested")];
        if let Some(owner) = &test.owner {
            row.extend([Span::ours(" by "), Span::typed(owner)]);
        }
        if !test.text.is_blank() {
            row.extend([Span::ours(": "), Span::typed(&test.text)]);
        }
        rows.push(row);
    }
    for (side, label) in [(Side::Harm, "Harm: "), (Side::For, "For: "), (Side::Against, "Against: ")] {
        rows.extend(h.evidence_of(side).map(|e| vec![Span::ours(label), Span::typed(&e.text)]));
    }
    rows
}

/// Why it happened, and how it was ended.
pub(super) fn cause_and_resolution(incident: &Incident) -> Section {
    let cause = incident.root_cause.as_ref();
    let mut items = vec![
        said("Root Cause", cause).unwrap_or_else(|| fact("Root Cause", vec![Span::ours("not recorded")])),
    ];
    items.extend(confirmed(incident));
    items.extend(said("Trigger", incident.trigger.as_ref()));
    let steps = resolution(incident);
    if steps.is_empty() {
        items.push(fact("Resolution", vec![Span::ours("not recorded")]));
    } else {
        items.push(Item { words: vec![Span::ours("Resolution:").strong()], below: steps });
    }
    let mut blocks = vec![Block::Bullets(items)];
    if !incident.factors.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::ours("Contributing factors:").strong()]));
        blocks.push(bullets(&incident.factors));
    }
    Section { heading: "Root Cause and Resolution", blocks }
}

/// Each confirmed hypothesis, with what speaks for it.
pub(super) fn confirmed(incident: &Incident) -> Vec<Item> {
    let face = Face::of(incident);
    let item = |h: &Hypothesis| {
        let when =
            h.closed_at.map_or(String::new(), |at| format!(" at {}", face.full(&at, Precision::Minute)));
        let mut item = named(h, h.reason.as_ref(), "no reason recorded", &format!("Confirmed{when}"));
        item.below.extend(raised(h, incident));
        item.below.extend(why_tests_and_evidence(h, incident));
        item
    };
    of(incident, HypothesisStatus::Confirmed).map(item).collect()
}

/// How it was ended, for the time being and for good.
pub(super) fn resolution(incident: &Incident) -> Vec<Inline> {
    let resolution = &incident.resolution;
    let steps = [("Temporary: ", &resolution.temporary), ("Permanent: ", &resolution.permanent)];
    let said = |(label, text): (&str, &Option<Raw>)| {
        text.as_ref().map(|text| vec![Span::ours(label), Span::typed(text)])
    };
    steps.into_iter().filter_map(said).collect()
}

/// What was never settled.
pub(super) fn open(incident: &Incident) -> Option<Section> {
    let unsettled = incident.hypotheses.iter().filter(|h| !h.status.is_closed());
    let items: Vec<Item> = unsettled
        .map(|h| {
            let mut words =
                vec![Span::typed(h.subject.raw()).strong(), Span::ours(format!(" — {}", h.status))];
            if let Some(owner) = &h.owner {
                words.extend([Span::ours(", "), Span::typed(owner)]);
            }
            if let Some(reason) = &h.reason {
                words.extend([Span::ours(": "), Span::typed(reason)]);
            }
            let below = raised(h, incident).into_iter().chain(why_tests_and_evidence(h, incident)).collect();
            Item { words, below }
        })
        .collect();
    (!items.is_empty()).then(|| Section { heading: "Open hypotheses", blocks: vec![Block::Bullets(items)] })
}
