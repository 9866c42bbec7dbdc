//! What the words of a doubt tell of what would mend it.

use crate::grammar::print;
use crate::grammar::table::{Takes, name_of};
use crate::log::fold::dated;
use crate::log::merge::SAME_OUTAGE;
use crate::model::{Incident, MilestoneKind, Moment, Precision, Zone, doubt};
use crate::text::Raw;

/// What would mend a doubt, as far as its words tell.
pub(super) struct ByWords {
    /// Lines, or beginnings of lines, the likeliest first.
    pub lines: Vec<String>,
    /// What stands on its line may be what is wrong, too.
    pub and_its_line: bool,
}

/// What an import says of how a document was read: nothing in the record would mend that.
const OF_READING: [&str; 6] = [
    "the timeline stands newest first",
    "it is a report in the form of",
    "NUL characters",
    "UTF-8 that was once read as",
    "read as UTF-16",
    "half characters in UTF-16",
];

/// What its words tell of what would mend it.
pub(super) fn by_words(text: &str, incident: &Incident) -> ByWords {
    let only = |lines| ByWords { lines, and_its_line: false };
    // It says when both begin: that is not what is doubted.
    if let Some(twin) = twin(text) {
        return only(vec![format!("/related {twin}")]);
    }
    if OF_READING.iter().any(|begins| text.contains(begins)) {
        return only(Vec::new());
    }
    let said = |part: &str| text.contains(part);
    if said(doubt::NO_CAUSE) {
        let read = incident.root_cause.as_ref().map(Raw::as_typed).unwrap_or_default();
        return only(vec![format!("/cause {}", read.trim())]);
    }
    if said(doubt::NO_DATE) || said(doubt::NO_YEAR) {
        return only(vec!["/started ".to_owned()]);
    }
    // These tell what one time was taken to be.
    if said("of the line above") || said("on from the line above") || said("of the first date below") {
        return ByWords { lines: Vec::new(), and_its_line: true };
    }
    let mut lines = Vec::new();
    if said("several dates") {
        lines.extend(began(incident));
    }
    if has(text, &["zone", "zones", "timezone"]) || said("where is not said") {
        lines.extend(zones(text, incident).into_iter().map(|zone| format!("/tz {zone}")));
    }
    let met = MilestoneKind::ALL.into_iter().filter(|kind| has(text, &[kind.word()]));
    lines.extend(met.filter_map(|kind| with_its_time(kind, incident)));
    if has(text, &["ended", "end", "ends", "over"]) {
        lines.extend(with_its_time(MilestoneKind::Resolved, incident));
    }
    if has(text, &["began", "start", "starts", "begin"]) {
        lines.extend(began(incident));
    }
    ByWords { lines, and_its_line: true }
}

fn has(text: &str, wanted: &[&str]) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word))
}

/// The incident that is likely the same outage, where that is the doubt.
pub(super) fn twin(text: &str) -> Option<&str> {
    text.strip_prefix(SAME_OUTAGE)?.split(':').next()
}

/// The zones that a doubt names, else the one of the record; an empty one, to be typed, where neither says any.
fn zones(text: &str, incident: &Incident) -> Vec<String> {
    let begins = ["several zones: ", "several ways: "];
    let named = begins.into_iter().find_map(|begins| text.split_once(begins));
    let known = |name: &&str| Zone::read(name, None).is_ok();
    let named: Vec<String> = named
        .and_then(|(_, names)| names.split(';').next())
        .map(|names| names.split(", ").map(str::trim).filter(known).map(str::to_owned).collect())
        .unwrap_or_default();
    let own = Some(&incident.zone).filter(|zone| **zone != Zone::default());
    if named.is_empty() { vec![own.map_or_else(String::new, |zone| zone.name().to_owned())] } else { named }
}

/// The line that says anew when a milestone was met, with the time that it has.
fn with_its_time(kind: MilestoneKind, incident: &Incident) -> Option<String> {
    let met = incident.milestones.get(kind);
    let met = met.map(|met| Moment { precision: met.precision, ..Moment::to_the_minute(met.at) });
    Some(milestone_line(kind)? + &met.and_then(|met| typed(&met)).unwrap_or_default())
}

/// The line that says anew when it began: at the first entry, as far as it is known when that was.
fn began(incident: &Incident) -> Option<String> {
    let undated = dated::first(incident).is_some();
    let first = incident.timeline.iter().find_map(|entry| typed(&Moment { until: None, ..entry.moment() }));
    Some(milestone_line(MilestoneKind::Started)? + &first.filter(|_| !undated).unwrap_or_default())
}

/// A time as a line takes it; of one without a zone, what would be read as it.
fn typed(when: &Moment) -> Option<String> {
    let local = when.at.offset.is_none().then(|| when.at.zoned(&Zone::default())).flatten();
    let Some(at) = local else { return print::time(when) };
    let zoned = print::time(&Moment { at, precision: Precision::Minute, ..when.clone() })?;
    Some(zoned.trim_end_matches('Z').trim_end().to_owned())
}

pub(super) fn milestone_line(kind: MilestoneKind) -> Option<String> {
    let name = name_of(Takes::Milestone(kind));
    (!name.is_empty()).then(|| format!("/{name} "))
}
