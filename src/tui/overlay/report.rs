//! The report as it stands, and beside it what it still lacks, each with the command that fills it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::rows::Rows;
use super::{Beside, Laid};
use crate::export::{Gap, Outline};
use crate::model::Incident;
use crate::text::Raw;
use crate::tui::export::{left_out, report};
use crate::tui::look::Look;
use crate::tui::markdown;

/// From this width on, what is missing stands beside the report: that of a terminal of 100 columns.
const BESIDE: usize = 96;
/// The columns between the report and what stands beside it.
const BETWEEN: usize = 3;

/// Lays it out; where there is no room beside it, what is missing comes first.
pub(super) fn laid_out(incident: &Incident, columns: usize, look: Look) -> Laid {
    // What is missing is named as it stands: a subject with a mark in it would be another.
    let outline = Outline::of(incident);
    let (report, found) = report(incident);
    let report = Raw::new(report);
    let left_out = left_out(&found);
    if columns >= BESIDE {
        let side = (columns / 3).min(44);
        let main = columns - side - BETWEEN;
        let beside = Beside { from: main, rows: in_pairs(&outline.missing, &left_out, side, look) };
        return Laid { rows: markdown::lines(&report, main, look), beside: Some(beside) };
    }
    let mut rows = in_rows(&outline.missing, &left_out, columns);
    rows.push(Line::default());
    rows.extend(markdown::lines(&report, columns, look));
    Laid { rows, beside: None }
}

fn heading(gaps: &[Gap], left_out: &str) -> Rows {
    let mut rows = Rows::default();
    if !left_out.is_empty() {
        rows.push("", left_out, Style::new(), 0);
    }
    if gaps.is_empty() {
        rows.heading("Nothing is missing");
    } else {
        rows.heading(&format!("Still missing: {}", gaps.len()));
    }
    rows
}

/// What is to be typed, with a mark where it goes on.
fn to_type(gap: &Gap) -> String {
    format!("{}…", gap.command)
}

fn in_rows(gaps: &[Gap], left_out: &str, columns: usize) -> Vec<Line<'static>> {
    let mut rows = heading(gaps, left_out);
    for gap in gaps {
        rows.two(&to_type(gap), &gap.what);
    }
    rows.laid_out(columns)
}

/// What is missing, and below each the command.
fn in_pairs(gaps: &[Gap], left_out: &str, columns: usize, look: Look) -> Vec<Line<'static>> {
    let mut rows = heading(gaps, left_out);
    for gap in gaps {
        rows.push("", "", Style::new(), 0);
        rows.push("", &gap.what, Style::new(), 0);
        rows.push("", &to_type(gap), look.accent().add_modifier(Modifier::BOLD), 2);
    }
    rows.laid_out(columns)
}
