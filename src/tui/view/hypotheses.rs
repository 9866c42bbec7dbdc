//! The hypotheses: what is suspected, and how far it was looked into.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::list::Item;
use super::{Scene, ranked};
use crate::model::{Hypothesis, HypothesisStatus, Incident, Side};
use crate::text::Raw;
use crate::tui::look::Look;
use crate::tui::state::Pane;
use crate::tui::times;

pub(super) const TEACHING: &[&str] =
    &["What could it be?", "", "?database: why you think so", "/out database: why it is not"];
/// Rows that the reason of one takes.
const WHY_ROWS: usize = 2;

/// Their rows, in the order in which they are shown.
pub(super) fn items(scene: &Scene<'_>, width: u16) -> Vec<Item> {
    let all = ranked::hypotheses(scene.incident).into_iter();
    all.map(|hypothesis| (hypothesis.id, rows(hypothesis, width.into(), scene))).collect()
}

/// Their title: how many there are of what, in marks where there is no room for words.
pub(super) fn title(incident: &Incident, width: usize, look: Look) -> String {
    let counts = ranked::ORDER
        .map(|status| (status, incident.hypotheses.iter().filter(|h| h.status == status).count()));
    let counts: Vec<_> = counts.iter().filter(|(_, n)| *n > 0).collect();
    let told: Vec<_> = counts.iter().map(|(status, n)| format!(" · {n} {status}")).collect();
    let told = told.concat();
    let name = Pane::Hypotheses.name();
    if name.len() + told.chars().count() <= width {
        return format!("{name}{told}");
    }
    let marks: Vec<_> =
        counts.iter().map(|(status, n)| format!(" {}{n}", look.hypothesis(*status).0)).collect();
    format!("{name}{}", marks.concat())
}

fn rows(hypothesis: &Hypothesis, width: usize, scene: &Scene<'_>) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let (mark, style) = look.hypothesis(hypothesis.status);
    let subject = hypothesis.subject.raw().for_term();
    if hypothesis.status == HypothesisStatus::RuledOut {
        return vec![ruled_out(hypothesis, width, style, look)];
    }
    let confirmed = hypothesis.status == HypothesisStatus::Confirmed;
    let state = if confirmed { " CONFIRMED " } else { hypothesis.status.words() };
    let told = facts(hypothesis, scene);
    let room = width.saturating_sub(subject.width() + 3);
    let fits = Raw::new(format!("{state}{told}")).for_term().width() <= room;
    // What does not fit beside the subject goes into a row of its own.
    let (beside, own) = if fits { (told, String::new()) } else { (String::new(), told) };
    // The badge brings a blank of its own.
    let beside = if confirmed { beside.trim_start().to_owned() } else { beside };
    let beside = Raw::new(beside).for_term();
    let state_width = state.chars().count();
    let subject = subject.cut(width.saturating_sub(state_width + beside.width() + 3));
    let gap = width.saturating_sub(2 + subject.width() + state_width + beside.width());
    let mut rows = vec![Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(subject.to_string(), style.add_modifier(Modifier::BOLD)),
        Span::raw(" ".repeat(gap)),
        Span::styled(state, style),
        Span::raw(beside.to_string()),
    ])];
    if !own.is_empty() {
        let own = Raw::new(format!(" {own}")).for_term().cut(width);
        rows.push(Line::from(Span::raw(own.to_string())));
    }
    if let Some(why) = latest(hypothesis) {
        let why = why.for_term().wrap(width.saturating_sub(2));
        let more = why.len() > WHY_ROWS;
        for (nth, row) in why.into_iter().take(WHY_ROWS).enumerate() {
            let end = if more && nth + 1 == WHY_ROWS { "…" } else { "" };
            let row = Raw::new(format!("  {row}{end}")).for_term().cut(width);
            rows.push(Line::from(Span::styled(row.to_string(), look.quiet())));
        }
    }
    rows
}

/// One that is out of the way: its name and why, on one row. The words give way to the reason where it is narrow.
fn ruled_out(hypothesis: &Hypothesis, width: usize, style: Style, look: Look) -> Line<'static> {
    let (mark, _) = look.hypothesis(hypothesis.status);
    let subject = hypothesis.subject.raw().for_term();
    let reason = hypothesis.reason.as_ref().map(Raw::for_term);
    let said = reason.map_or_else(|| ", no reason given".to_owned(), |reason| format!(": {reason}"));
    let long = Raw::new(format!("{mark} {subject} ruled out{said}")).for_term();
    let line =
        if long.width() <= width { long } else { Raw::new(format!("{mark} {subject}{said}")).for_term() };
    Line::from(Span::styled(line.cut(width).to_string(), style))
}

/// What a person wants to read about it now: the verdict's reason, the running test, or why it was suspected.
fn latest(hypothesis: &Hypothesis) -> Option<&Raw> {
    let test = hypothesis.tests.last().map(|test| &test.text).filter(|text| !text.is_blank());
    let test = test.filter(|_| hypothesis.status == HypothesisStatus::Testing);
    hypothesis.reason.as_ref().or(test).or(hypothesis.why.as_ref())
}

/// How long it has been tested, who has it, what speaks for and against it, and how old it is.
fn facts(hypothesis: &Hypothesis, scene: &Scene<'_>) -> String {
    let mut facts = String::new();
    if hypothesis.status == HypothesisStatus::Testing
        && let Some(begun) = hypothesis.tests.last().and_then(|test| test.started_at?.instant())
    {
        facts.push_str(&format!(" {}", times::span(scene.now - begun)));
        if let Some(minutes) = hypothesis.timebox_minutes {
            facts.push_str(&format!(" of {minutes}m"));
        }
    }
    if let Some(owner) = &hypothesis.owner {
        facts.push_str(&format!(" @{}", owner.for_term().cut(16)));
    }
    let (for_it, against) =
        (hypothesis.evidence_of(Side::For).count(), hypothesis.evidence_of(Side::Against).count());
    if for_it + against > 0 {
        facts.push_str(&format!(" +{for_it} −{against}"));
    }
    if let Some(raised) = hypothesis.raised_at.and_then(|at| at.instant()) {
        let closed = hypothesis.closed_at.and_then(|at| at.instant());
        let (until, word) = closed.map_or((scene.now, "old"), |closed| (closed, "long"));
        facts.push_str(&format!(" · {} {word}", times::span(until - raised)));
    }
    facts
}
