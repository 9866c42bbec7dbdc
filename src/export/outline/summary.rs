//! The issue summary: how long, how bad, why.

use super::{Block, Inline, Item, Section, Span, fact, said};
use crate::model::{At, Face, FormerRole, Incident, MilestoneKind, Precision, length};
use crate::text::Raw;

/// Tells the summary.
pub(super) fn section(incident: &Incident) -> Section {
    let mut items = vec![fact("Duration", duration(incident))];
    if let Some(severity) = incident.severity {
        items.push(fact("Severity", vec![Span::ours(severity.to_string())]));
    }
    items.push(fact("Status", vec![Span::ours(incident.status.word())]));
    items.extend(zone(incident).map(|zone| fact("Time zone", vec![Span::ours(zone)])));
    if !incident.services.is_empty() {
        items.push(fact("Services", list(&incident.services)));
    }
    items.push(impact(incident));
    items.extend(said("Summary", incident.summary.as_ref()));
    let cause = incident.root_cause.as_ref();
    items.push(
        said("Root Cause", cause).unwrap_or_else(|| fact("Root Cause", vec![Span::ours("not recorded")])),
    );
    items.extend(said("Trigger", incident.trigger.as_ref()));
    items.extend(detection(incident));
    let milestones = milestones(incident);
    if !milestones.is_empty() {
        items.push(Item { words: vec![Span::ours("Milestones:").strong()], below: milestones });
    }
    if !incident.roles.is_empty() {
        let roles = incident.roles.iter();
        let below =
            roles.map(|r| vec![Span::typed(&r.role), Span::ours(": "), Span::typed(&r.name)]).collect();
        items.push(Item { words: vec![Span::ours("Roles:").strong()], below });
    }
    items.extend(handed_over(incident));
    Section { heading: "Issue Summary", blocks: vec![Block::Bullets(items)] }
}

/// Who gave a role up, and from when to when they had it.
fn handed_over(incident: &Incident) -> Option<Item> {
    let face = Face::of(incident);
    let when = |word: &str, at: Option<At>| {
        at.map_or_else(String::new, |at| format!(" {word} {}", face.full(&at, Precision::Minute)))
    };
    let row = |former: &FormerRole| {
        let times = [when("from", former.since), when("until", former.until)].concat();
        vec![Span::typed(&former.role), Span::ours(": "), Span::typed(&former.name), Span::ours(times)]
    };
    let below: Vec<_> = incident.former_roles.iter().map(row).collect();
    let words = vec![Span::ours("Handed over:").strong()];
    (!below.is_empty()).then_some(Item { words, below })
}

/// The zone of the times, where their label does not tell it: `PDT` is that of many places.
fn zone(incident: &Incident) -> Option<&str> {
    let at = incident.began().map(|(at, _)| at).unwrap_or_default();
    Some(incident.zone.name()).filter(|name| *name != incident.zone.label_at(at))
}

/// How long it took, with both ends; what is missing or contradicts itself is said.
pub(super) fn duration(incident: &Incident) -> Inline {
    let face = Face::of(incident);
    let full = |kind| incident.milestones.get(kind).map(|m| face.full(&m.at, m.precision));
    let (start, end) = (full(MilestoneKind::Started), full(MilestoneKind::Resolved));
    let words = match (start, end) {
        (Some(start), Some(end)) => match incident.metrics.duration_minutes {
            Some(minutes) => format!("{}, from {start} to {end}", length(minutes)),
            None => format!("not known: started {start}, resolved {end}"),
        },
        (Some(start), None) if incident.status.is_over() => {
            format!("not known: started {start}, the end is not recorded")
        }
        (Some(start), None) => format!("ongoing since {start}"),
        (None, Some(end)) => from_first_entry(incident, &end),
        (None, None) => "not recorded".into(),
    };
    vec![Span::ours(words)]
}

fn from_first_entry(incident: &Incident, end: &str) -> String {
    let resolved = incident.milestones.instant(MilestoneKind::Resolved);
    match (incident.began(), resolved) {
        (Some((first, true)), Some(resolved)) if resolved > first => {
            let first_entry = Face::of(incident).instant(first);
            let minutes = (resolved - first).num_minutes();
            format!(
                "the start was not set; {} from the first entry ({first_entry}) to {end}",
                length(minutes)
            )
        }
        _ => format!("not known: the start was not set, resolved {end}"),
    }
}

/// What it meant for people.
pub(super) fn impact(incident: &Incident) -> Item {
    let impact = &incident.impact;
    let mut item = said("Impact", impact.text.as_ref()).unwrap_or_else(|| {
        let nothing = impact.affected.is_empty() && impact.loss.is_empty();
        fact("Impact", if nothing { vec![Span::ours("not recorded")] } else { Vec::new() })
    });
    for affected in &impact.affected {
        item.below.push(vec![Span::ours("Affected: "), Span::typed(&affected.text)]);
    }
    for loss in &impact.loss {
        item.below.push(vec![Span::ours("Loss: "), Span::typed(loss)]);
    }
    item
}

fn detection(incident: &Incident) -> Option<Item> {
    said("Detection", noticed(incident))
}

/// How it was noticed: what was said of it, else how the milestone was met.
pub(super) fn noticed(incident: &Incident) -> Option<&Raw> {
    let detected = incident.milestones.get(MilestoneKind::Detected);
    incident.detection.as_ref().or(detected.and_then(|m| m.how.as_ref()))
}

/// Each milestone that was met, with the minutes since the start where both are known.
pub(super) fn milestones(incident: &Incident) -> Vec<Inline> {
    let face = Face::of(incident);
    let started = incident.milestones.instant(MilestoneKind::Started);
    let mut rows = Vec::new();
    for kind in MilestoneKind::ALL {
        let Some(milestone) = incident.milestones.get(kind) else { continue };
        let word = kind.word();
        let about = if milestone.approximate { "about " } else { "" };
        let mut row = format!(
            "{}{}: {about}{}",
            word[..1].to_uppercase(),
            &word[1..],
            face.full(&milestone.at, milestone.precision)
        );
        if let (Some(start), Some(at)) = (started, milestone.at.instant())
            && kind != MilestoneKind::Started
            && at > start
        {
            row.push_str(&format!(", {} after started", length((at - start).num_minutes())));
        }
        let mut words = vec![Span::ours(row)];
        if let Some(how) = &milestone.how {
            words.extend([Span::ours(" — "), Span::typed(how)]);
        }
        rows.push(words);
    }
    rows
}

/// Texts with commas between them.
pub(super) fn list(texts: &[Raw]) -> Inline {
    let mut words = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            words.push(Span::ours(", "));
        }
        words.push(Span::typed(text));
    }
    words
}
