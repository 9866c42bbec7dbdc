//! The report as it stands, and beside it what it still lacks and what the check finds in it, each with the command that
//! mends it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::rows::Rows;
use super::{Beside, Laid};
use crate::export::check::{self, Finding, Theme};
use crate::model::Incident;
use crate::settings::CheckSettings;
use crate::text::Raw;
use crate::tui::export::{left_out, report};
use crate::tui::look::Look;
use crate::tui::markdown;

/// From this width on, what is missing stands beside the report: that of a terminal of 100 columns.
const BESIDE: usize = 96;
/// The columns between the report and what stands beside it.
const BETWEEN: usize = 3;
/// How many findings are shown besides what is missing; `warroom check` has all of them.
const MOST: usize = 5;

/// What is found in a report.
struct Found {
    /// What it lacks.
    missing: Vec<Finding>,
    /// What else is wrong, the gravest first.
    others: Vec<Finding>,
    /// What was taken out of it; empty where nothing was.
    left_out: String,
}

/// Lays it out; where there is no room beside it, what is missing comes first.
pub(super) fn laid_out(incident: &Incident, check: &CheckSettings, columns: usize, look: Look) -> Laid {
    // What is missing is named as it stands: a subject with a mark in it would be another.
    let missing = check::still_missing(incident, check);
    let mut others = check::findings(incident, check, None);
    others.retain(|finding| finding.rule.theme != Theme::Missing);
    let (report, secrets) = report(incident);
    let report = Raw::new(report);
    let found = Found { missing, others, left_out: left_out(&secrets) };
    if columns >= BESIDE {
        let side = (columns / 3).min(44);
        let main = columns - side - BETWEEN;
        let beside = Beside { from: main, rows: found.in_pairs(side, look) };
        return Laid { rows: markdown::lines(&report, main, look), beside: Some(beside) };
    }
    let mut rows = found.in_rows(columns);
    rows.push(Line::default());
    rows.extend(markdown::lines(&report, columns, look));
    Laid { rows, beside: None }
}

/// What is to be typed, with a mark where it goes on.
fn to_type(finding: &Finding) -> String {
    let goes_on = if finding.fix.ends_with(' ') { "…" } else { "" };
    format!("{}{goes_on}", finding.fix)
}

/// What it is about, and what is wrong there.
fn what(finding: &Finding) -> String {
    format!("{}: {}", finding.about, finding.message)
}

impl Found {
    fn heading(&self) -> Rows {
        let mut rows = Rows::default();
        if !self.left_out.is_empty() {
            rows.push("", &self.left_out, Style::new(), 0);
        }
        match self.missing.len() {
            0 => rows.heading("Nothing is missing"),
            count => rows.heading(&format!("Still missing: {count}")),
        }
        rows
    }

    /// The heading of what else is wrong, and what of it is shown.
    fn shown(&self, rows: &mut Rows) -> &[Finding] {
        if !self.others.is_empty() {
            rows.heading(&format!("To look at: {}", self.others.len()));
        }
        &self.others[..self.others.len().min(MOST)]
    }

    /// What is not shown.
    fn more(&self) -> Option<String> {
        let more = self.others.len().saturating_sub(MOST);
        (more > 0).then(|| format!("{more} more: `warroom check` says all"))
    }

    fn in_rows(&self, columns: usize) -> Vec<Line<'static>> {
        let mut rows = self.heading();
        for finding in &self.missing {
            rows.two(&to_type(finding), &finding.message);
        }
        for finding in self.shown(&mut rows) {
            rows.two(&to_type(finding), &what(finding));
        }
        if let Some(more) = self.more() {
            rows.plain(more);
        }
        rows.laid_out(columns)
    }

    /// What is found, and below each the command.
    fn in_pairs(&self, columns: usize, look: Look) -> Vec<Line<'static>> {
        let mut rows = self.heading();
        let pair = |rows: &mut Rows, what: &str, finding: &Finding| {
            rows.push("", "", Style::new(), 0);
            rows.push("", what, Style::new(), 0);
            rows.push("", &to_type(finding), look.accent().add_modifier(Modifier::BOLD), 2);
        };
        for finding in &self.missing {
            pair(&mut rows, &finding.message, finding);
        }
        for finding in self.shown(&mut rows) {
            pair(&mut rows, &what(finding), finding);
        }
        if let Some(more) = self.more() {
            rows.push("", "", Style::new(), 0);
            rows.push("", &more, Style::new(), 0);
        }
        rows.laid_out(columns)
    }
}
