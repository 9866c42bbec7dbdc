//! The hypotheses: what is suspected, and how far it was looked into.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::list::{self, Item};
use super::{Scene, ranked};
use crate::model::{Hypothesis, HypothesisStatus, Side};
use crate::text::Raw;
use crate::tui::state::Pane;
use crate::tui::times;

const TEACHING: &[&str] =
    &["What could it be?", "", "?database: why you think so", "/out database: why it is not"];
/// Rows that the reason of one takes.
const WHY_ROWS: usize = 2;

/// Draws them, and gives their title.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) -> String {
    let all = ranked::hypotheses(scene.incident);
    let items: Vec<Item> = all.iter().map(|h| (h.id, rows(h, area.width.into(), scene))).collect();
    let focused = scene.state.focus == Some(Pane::Hypotheses);
    let selected = scene.state.hypothesis.filter(|_| focused);
    list::draw(frame, area, items, selected, scene, TEACHING);
    let live = all.iter().filter(|h| !h.status.is_closed()).count();
    match all.len() {
        0 => Pane::Hypotheses.name().into(),
        all => format!("{} · {live} open of {all}", Pane::Hypotheses.name()),
    }
}

fn rows(hypothesis: &Hypothesis, width: usize, scene: &Scene<'_>) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let (mark, style) = look.hypothesis(hypothesis.status);
    let subject = hypothesis.subject.raw().for_term();
    if hypothesis.status == HypothesisStatus::RuledOut {
        let reason = hypothesis.reason.as_ref().map(|reason| format!(": {}", reason.for_term()));
        let line = Raw::new(format!("{mark} {subject} ruled out{}", reason.unwrap_or_default()));
        return vec![Line::from(Span::styled(line.for_term().cut(width).to_string(), style))];
    }
    let confirmed = hypothesis.status == HypothesisStatus::Confirmed;
    let state = if confirmed { "CONFIRMED" } else { hypothesis.status.words() };
    let told = facts(hypothesis, scene);
    let room = width.saturating_sub(subject.width() + 3);
    let fits = Raw::new(format!("{state}{told}")).for_term().width() <= room;
    // What does not fit beside the subject goes into a row of its own.
    let (beside, own) =
        if fits { (format!("{state}{told}"), String::new()) } else { (state.to_owned(), told) };
    let beside = Raw::new(beside).for_term();
    let subject = subject.cut(width.saturating_sub(beside.width() + 3));
    let bold = style.add_modifier(Modifier::BOLD);
    let gap = width.saturating_sub(2 + subject.width() + beside.width());
    let mut rows = vec![Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(subject.to_string(), bold),
        Span::raw(" ".repeat(gap)),
        Span::styled(beside.to_string(), style),
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

/// What a person wants to read about it now: the verdict's reason, the running test, or why it was suspected.
fn latest(hypothesis: &Hypothesis) -> Option<&Raw> {
    let test = hypothesis.tests.last().map(|test| &test.text).filter(|text| !text.is_blank());
    let test = test.filter(|_| hypothesis.status == HypothesisStatus::Testing);
    hypothesis.reason.as_ref().or(test).or(hypothesis.why.as_ref())
}

fn facts(hypothesis: &Hypothesis, scene: &Scene<'_>) -> String {
    let mut facts = String::new();
    if let Some(owner) = &hypothesis.owner {
        facts.push_str(&format!(" @{}", owner.for_term().cut(16)));
    }
    let (for_it, against) =
        (hypothesis.evidence_of(Side::For).count(), hypothesis.evidence_of(Side::Against).count());
    if for_it + against > 0 {
        facts.push_str(&format!(" +{for_it} −{against}"));
    }
    if let Some(raised) = hypothesis.raised_at.and_then(|at| at.instant()) {
        let until = hypothesis.closed_at.and_then(|at| at.instant()).unwrap_or(scene.now);
        facts.push_str(&format!(" {}", times::span(until - raised)));
    }
    if let Some(minutes) =
        hypothesis.timebox_minutes.filter(|_| hypothesis.status == HypothesisStatus::Testing)
    {
        facts.push_str(&format!(" of {minutes}m"));
    }
    facts
}
