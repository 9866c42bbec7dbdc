//! The report as it stands, and beside it what it still lacks and what the check finds in it, each with the command that
//! mends it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::rows::Rows;
use super::{Beside, Gap, Laid};
use crate::export::check::{self, Finding, Theme};
use crate::model::Incident;
use crate::settings::CheckSettings;
use crate::tui::export::{left_out, report};
use crate::tui::look::Look;
use crate::tui::markdown;

/// From this width on, what is missing stands beside the report: that of a terminal of 100 columns.
const BESIDE: usize = 96;
/// The columns between the report and what stands beside it.
const BETWEEN: usize = 3;
/// The columns before what can be chosen, for the mark of the one that is.
const MARK: usize = 2;
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
    let (text, secrets) = report(incident);
    let found = Found { missing, others, left_out: left_out(&secrets) };
    if columns >= BESIDE {
        let side = (columns / 3).min(44);
        let main = columns - side - BETWEEN;
        let (rows, gaps) = found.laid_out(side, |rows, what, finding| {
            rows.push("", "", Style::new(), 0);
            rows.push("", what, Style::new(), MARK);
            rows.push("", &to_type(finding), look.accent().add_modifier(Modifier::BOLD), 2 * MARK);
        });
        let beside = Beside { from: main, rows };
        let rows = markdown::lines(&text, main, look).into();
        return Laid { rows, beside: Some(beside), gaps, text: Some((text, secrets)) };
    }
    let (mut rows, gaps) = found.laid_out(columns, |rows, what, finding| {
        rows.marked(&to_type(finding), what, MARK);
    });
    rows.push(Line::default());
    rows.extend(markdown::lines(&text, columns, look));
    Laid { rows: rows.into(), beside: None, gaps, text: Some((text, secrets)) }
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

    /// All rows, and which of them can be chosen; `tell` writes those of one finding.
    fn laid_out(
        &self,
        columns: usize,
        tell: impl Fn(&mut Rows, &str, &Finding),
    ) -> (Vec<Line<'static>>, Vec<Gap>) {
        let mut rows = self.heading().laid_out(columns);
        let mut gaps = Vec::new();
        let mut add = |rows: &mut Vec<Line<'static>>, what: &str, finding: &Finding| {
            let mut told = Rows::default();
            tell(&mut told, what, finding);
            let told = told.laid_out(columns);
            // An empty row before it is no part of it.
            let empty = told.iter().take_while(|row| row.width() == 0).count();
            let from = rows.len() + empty;
            rows.extend(told);
            gaps.push(Gap { rows: from..rows.len(), line: finding.fix.clone() });
        };
        for finding in &self.missing {
            add(&mut rows, &finding.message, finding);
        }
        let mut heading = Rows::default();
        let shown = self.shown(&mut heading);
        if !shown.is_empty() {
            rows.push(Line::default());
        }
        rows.extend(heading.laid_out(columns));
        for finding in shown {
            add(&mut rows, &what(finding), finding);
        }
        if let Some(more) = self.more() {
            let mut last = Rows::default();
            last.push("", "", Style::new(), 0);
            last.push("", &more, Style::new(), MARK);
            rows.extend(last.laid_out(columns));
        }
        (rows, gaps)
    }
}
