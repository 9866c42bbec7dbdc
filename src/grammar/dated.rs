//! When a milestone was met, where the times of the incident have no day or no year: an import whose document names none.

use chrono::NaiveDate;

use super::args::Args;
use super::table::Command;
use super::{Desk, GrammarError, scan};
use crate::log::Change;
use crate::log::fold::dated;
use crate::model::at::Day;
use crate::model::{At, MilestoneKind, Moment, Precision, Zone};
use crate::text::Raw;

/// Reads what follows the name of a milestone.
pub(super) fn milestone(
    kind: MilestoneKind,
    command: &Command,
    args: &Args<'_>,
    when: Option<Box<Moment>>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    let undated = dated::first(desk.incident);
    let (Some(mut when), Some(undated)) = (when.clone(), undated) else {
        return Ok(Change::MilestoneSet { milestone: kind, how: args.optional(), when });
    };
    let written = when.as_written.as_ref().map(Raw::as_typed).unwrap_or_default();
    if !dated::names_its_day(&when) && !written.starts_with('-') {
        let hint = format!("with its day, all times get theirs: /{} 2024-08-18 {written}", command.name);
        return Err(GrammarError::new(0..args.begin(), "the times of this record have no day yet", hint));
    }
    if undated.offset.is_none() && desk.incident.zone == Zone::default() && !names_a_zone(&when, desk) {
        // It is read as the other times are, and gets its zone with them.
        when.at.offset = None;
        when.precision = Precision::ZoneUnknown;
        when.until.iter_mut().for_each(|until| until.offset = None);
    }
    Ok(Change::MilestoneSet { milestone: kind, how: args.optional(), when: Some(when) })
}

/// A milestone with a day and no time of day, which a document tells; none where the line is another one.
pub(super) fn by_day(kind: MilestoneKind, args: &Args<'_>, desk: &Desk<'_>) -> Option<Change> {
    let undated = dated::first(desk.incident)?;
    let (word, rest) = args.word();
    let date = Some(word).filter(|word| word.len() == 10);
    let date = date.and_then(|date| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok())?;
    if rest.text().starts_with(|c: char| c.is_ascii_digit()) {
        // That is the time of day, or meant to be.
        return None;
    }
    let own = desk.incident.milestones.get(kind).map(|met| met.at);
    let own = own.filter(|at| !matches!(at.day, Day::Full(_)) && at.time.is_some());
    let read = own.or(Some(undated).filter(|_| kind == MilestoneKind::Started))?;
    let precision = if read.offset.is_some() { Precision::Minute } else { Precision::ZoneUnknown };
    let at = At { day: Day::Full(date), time: Some(read.time?), offset: read.offset };
    let when = Moment { precision, as_written: Some(Raw::new(word)), ..Moment::to_the_minute(at) };
    Some(Change::MilestoneSet { milestone: kind, how: rest.optional(), when: Some(when.into()) })
}

fn names_a_zone(when: &Moment, desk: &Desk<'_>) -> bool {
    let written = when.as_written.as_ref().map(Raw::as_typed).unwrap_or_default().trim_start_matches('~');
    let own = Some((&desk.incident.zone, desk.now));
    scan::point(written, 0, own).ok().flatten().is_some_and(|scanned| scanned.point.zone.is_some())
}
