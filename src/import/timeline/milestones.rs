//! When it began, was noticed, was over: from lines that say so, from sentences, else from the rows.

mod eased;
mod from_rows;
mod length;
mod named;
mod stated;
mod told;

use chrono::{Duration, Timelike};

use super::context::{Context, at, moved};
use super::draft::Draft;
use super::{Row, Told};
use crate::import::clock::{Date, Hour, Point};
use crate::import::document::{Claims, Document};
use crate::model::at::Day;
use crate::model::{At, MilestoneKind, Moment, Precision};

pub(super) use named::of_words;

/// The row that confirms the cause says when it was identified, where nothing else does and it stands for no other milestone.
/// `confirmed`: where causes were, and when.
pub fn identified_by(confirmed: &[(u32, &Moment)], rows: &[Row], told: &mut Vec<Told>) {
    if told.iter().any(|told| told.milestone == MilestoneKind::Identified) {
        return;
    }
    let confirms = |at: &usize| {
        confirmed.contains(&(rows[*at].line, &rows[*at].moment))
            && rows[*at].moment.at.time.is_some()
            && from_rows::is_free_within(*at, rows, told)
            && !eased::is_deed(&rows[*at].text)
    };
    if let Some(at) = (0..rows.len()).find(confirms) {
        let row = &rows[at];
        told.push(Told {
            milestone: MilestoneKind::Identified,
            moment: row.moment.clone(),
            line: row.line,
            row: Some(at),
            how: Some(row.text.clone()),
        });
        told.sort_by_key(|told| told.milestone as u8);
    }
}

/// A milestone as a line says it, before its day is settled.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub milestone: MilestoneKind,
    pub point: Point,
    pub approximate: bool,
    pub line: u32,
    pub written: String,
}

/// What the lines outside of the timeline say.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    pub stated: Vec<Stated>,
    /// How long it is said to have taken, in minutes, and on which line.
    pub minutes: Option<(i64, u32)>,
    /// How long after the start a milestone is said to have been, in minutes, and on which line: "Time to mitigate: 14 min".
    pub lengths: Vec<(MilestoneKind, i64, u32)>,
    /// The day of the start or the end, where a field tells no more.
    pub days: Vec<Stated>,
}

impl Spans {
    /// The date and the time that the start is said to have been at.
    pub fn start(&self) -> (Option<Date>, Option<Hour>) {
        let of = |milestone| self.of(milestone).map(|stated| &stated.point);
        let (start, noticed) = (of(MilestoneKind::Started), of(MilestoneKind::Detected));
        let date = start.and_then(|point| point.date).or_else(|| noticed?.date);
        (date, start.and_then(|point| point.hour))
    }

    fn of(&self, milestone: MilestoneKind) -> Option<&Stated> {
        self.stated.iter().find(|stated| stated.milestone == milestone)
    }
}

/// What the lines outside of the timeline say of when it began and was over.
pub(super) fn stated(
    document: &Document,
    drafts: &[Draft],
    context: &mut Context,
    claims: &mut Claims,
) -> Spans {
    stated::read(document, drafts, context, claims)
}

/// All milestones: those that lines state, then those that rows tell.
pub(super) fn all(rows: &[Row], spans: &Spans, context: &mut Context) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let base = rows
        .first()
        .map(|row| row.moment.at.day)
        .or_else(|| context.base.and_then(|date| context.day(date, None)));
    for stated in &spans.stated {
        let started = told
            .iter()
            .find(|told: &&Told| told.milestone == MilestoneKind::Started)
            .map(|told| told.moment.clone());
        let moment = settled(stated, started.as_ref(), base, context);
        let row = rows.iter().position(|row| same(&row.moment.at, &moment.at));
        told.push(Told { milestone: stated.milestone, moment, line: stated.line, row, how: None });
    }
    check(&told, rows, context);
    named::fill(rows, &mut told, context);
    from_rows::fill(rows, spans, &mut told, context);
    counted(spans, &mut told);
    from_rows::two(rows, context);
    told.sort_by_key(|told| told.milestone as u8);
    told
}

/// Adds what is only said to have been so long after the start.
fn counted(spans: &Spans, told: &mut Vec<Told>) {
    let started = told.iter().find(|told| told.milestone == MilestoneKind::Started);
    let Some(started) = started.map(|told| told.moment.clone()) else { return };
    for (milestone, minutes, line) in &spans.lengths {
        if told.iter().any(|told| told.milestone == *milestone) {
            continue;
        }
        let told_after = after(&started, *minutes);
        told.extend(told_after.map(|moment| Told {
            milestone: *milestone,
            moment,
            line: *line,
            row: None,
            how: None,
        }));
    }
}

fn settled(stated: &Stated, started: Option<&Moment>, base: Option<Day>, context: &mut Context) -> Moment {
    let own = stated.point.date.and_then(|date| context.day(date, Some(stated.line)));
    let time = stated.point.hour.and_then(|hour| hour.time());
    let day = own.unwrap_or_else(|| {
        let day = started.map(|started| started.at.day).or(base).unwrap_or(Day::Unknown);
        // What ends earlier than it began ends the next day.
        let over =
            started.and_then(|started| started.at.time).zip(time).is_some_and(|(start, end)| end < start);
        if over { moved(day, 1) } else { day }
    });
    let day = if stated.point.hour.is_some_and(|hour| hour.ends_day()) { moved(day, 1) } else { day };
    let zone = context.zone_of(stated.point.zone.as_ref());
    let mut moment = context.moment(day, stated.point.hour, zone.as_ref(), &stated.written, stated.line);
    moment.approximate = stated.approximate;
    moment
}

/// Whether two points in time are one, as far as both are known.
fn same(a: &At, b: &At) -> bool {
    match (a.instant(), b.instant()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// Says what contradicts itself.
fn check(told: &[Told], rows: &[Row], context: &mut Context) {
    let of = |milestone| told.iter().find(|told: &&Told| told.milestone == milestone);
    let start = of(MilestoneKind::Started);
    let end = of(MilestoneKind::Resolved);
    if let (Some(start), Some(end)) = (start, end)
        && let (Some(from), Some(until)) = (start.moment.at.instant(), end.moment.at.instant())
        && until < from
    {
        context.doubts.push((Some(end.line), "it ends before it starts".into()));
    }
    if let (Some(start), Some(row)) = (start, rows.first())
        && let (Day::Full(said), Day::Full(first)) = (start.moment.at.day, row.moment.at.day)
        && (said - first).num_days().abs() > 1
    {
        context.doubts.push((
            Some(row.line),
            format!("the timeline begins on {first}, and the start is said to be on {said}"),
        ));
    }
}

/// A moment so many minutes later: for an end of which only the length is told.
fn after(moment: &Moment, minutes: i64) -> Option<Moment> {
    let time = moment.at.time?;
    let total = i64::from(time.num_seconds_from_midnight()) / 60 + minutes;
    let day = moved(moment.at.day, total.div_euclid(24 * 60));
    let time = time.overflowing_add_signed(Duration::minutes(minutes)).0;
    let mut at = at(day, Some(time), None);
    at.offset = moment.at.offset;
    let precision = if moment.precision == Precision::Second { Precision::Minute } else { moment.precision };
    Some(Moment { at, until: None, precision, approximate: true, as_written: None })
}
