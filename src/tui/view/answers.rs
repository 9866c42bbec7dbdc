//! How the search for the cause stands, in a row or two: how many are open, what is being tested or that nothing is, and what
//! waits longest.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Scene;
use crate::model::{Incident, Inquiry};
use crate::text::{Raw, TermText};
use crate::tui::times::{self, Ages};

/// What is said where the search stands still; the second where there is little room.
const STILL: [&str; 2] = ["! none is being tested", "! none tested"];
/// What stands before the one that waits longest; the second where there is little room.
const OLDEST: [&str; 2] = ["oldest untested: ", "oldest: "];
/// What stands between two answers.
const BETWEEN: &str = " · ";

/// A part of a row.
#[derive(Clone)]
struct Piece {
    text: TermText,
    style: Style,
    /// It is a name, of which the beginning says enough.
    may_be_cut: bool,
}

/// Whether there is anything to answer.
pub(super) fn are_due(incident: &Incident, ages: &Ages<'_>) -> bool {
    let inquiry = ages.inquiry(incident);
    inquiry.stands_still || inquiry.open > 0 || !inquiry.testing.is_empty()
}

/// The answers, on one row where they fit, else on as many as there may be, two at most.
pub(super) fn rows(scene: &Scene<'_>, width: u16, most: usize) -> Vec<Line<'static>> {
    if !are_due(scene.incident, &scene.ages) {
        return Vec::new();
    }
    let (inquiry, width) = (scene.ages.inquiry(scene.incident), usize::from(width));
    let (quiet, warns) = (scene.state.look.quiet(), scene.state.look.warn());
    let piece = |text: &str, style, may_be_cut| Piece { text: Raw::new(text).for_term(), style, may_be_cut };
    let state = |still: &str| {
        let open = format!("{} open", inquiry.open);
        if inquiry.stands_still {
            return vec![piece(still, warns, false), piece(&format!("{BETWEEN}{open}"), quiet, false)];
        }
        let mut pieces = vec![piece(&open, quiet, false)];
        if let [first, others @ ..] = &inquiry.testing[..] {
            let more = if others.is_empty() { String::new() } else { format!(" +{}", others.len()) };
            pieces.push(piece(&format!("{BETWEEN}testing "), quiet, false));
            pieces.push(Piece { text: first.subject.raw().for_term(), style: quiet, may_be_cut: true });
            pieces.push(piece(&more, quiet, false));
        }
        pieces
    };
    let waits = |label: &str| {
        let oldest = inquiry.oldest_untested?;
        let name = Piece { text: oldest.subject.raw().for_term(), style: quiet, may_be_cut: true };
        let age = age(&inquiry, &scene.ages).map_or_else(String::new, |age| format!(" {age}"));
        Some(vec![piece(label, quiet, false), name, piece(&age, quiet, false)])
    };
    let both = |still: &str, label: &str| {
        let more = waits(label).map(|waits| [vec![piece(BETWEEN, quiet, false)], waits].concat());
        [state(still), more.unwrap_or_default()].concat()
    };
    let long = both(STILL[0], OLDEST[0]);
    let Some(second) = waits(OLDEST[0]).filter(|_| most > 1 && columns(&long) > width) else {
        return vec![fitted([long, both(STILL[0], OLDEST[1]), both(STILL[1], OLDEST[1])], width)];
    };
    let shorter = waits(OLDEST[1]).unwrap_or_default();
    vec![fitted(STILL.map(state), width), fitted([second, shorter], width)]
}

/// How long the one that waits longest waits.
pub(super) fn age(inquiry: &Inquiry<'_>, ages: &Ages<'_>) -> Option<String> {
    let raised = inquiry.oldest_untested?.raised_at?.instant()?;
    Some(times::span(ages.since(raised)))
}

/// The first of these that fits; else the last one, its names cut.
fn fitted<const N: usize>(candidates: [Vec<Piece>; N], width: usize) -> Line<'static> {
    let mut last = Vec::new();
    for candidate in candidates {
        if columns(&candidate) <= width {
            return line(&candidate);
        }
        last = candidate;
    }
    let mut too_long = columns(&last).saturating_sub(width);
    // The longest gives way first, a column at a time.
    while too_long > 0 {
        let names = last.iter_mut().filter(|piece| piece.may_be_cut && piece.text.width() > 1);
        let Some(longest) = names.max_by_key(|piece| piece.text.width()) else { break };
        let before = longest.text.width();
        longest.text = longest.text.cut(before - 1);
        too_long = too_long.saturating_sub(before - longest.text.width());
    }
    line(&last)
}

fn columns(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.width()).sum()
}

fn line(pieces: &[Piece]) -> Line<'static> {
    pieces.iter().map(|piece| Span::styled(piece.text.to_string(), piece.style)).collect()
}
