//! The status line: how much is on disk, always; when stakeholders are to be told something; and a few keys where there is
//! room for them.

use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;

use super::{Scene, begin, clocks, shared};
use crate::session::Saving;
use crate::text::Raw;
use crate::tui::keymap::{Act, Prefill, stack};

/// The keys that are shown, as many as fit.
const KEYS: [&[(Act, &str)]; 3] = [
    &[
        (Act::NextPane, "panes"),
        (Act::Help, "help"),
        (Act::Prefill(Prefill::Find), "find"),
        (Act::Report, "report"),
        (Act::Quit, "quit"),
    ],
    &[(Act::Help, "help"), (Act::Report, "report"), (Act::Quit, "quit")],
    &[(Act::Help, "help")],
];

/// What stands between what is on disk and what is due.
const SEPARATOR: &str = " · ";

pub(super) fn draw(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) {
    let look = scene.state.look;
    let saving = scene.saving;
    if !begin(canvas, area, (saving, scene.sharing, scene.clocks), look) {
        return;
    }
    let width = usize::from(area.width);
    let style = match saving {
        Saving { read_only: None, trouble: None, under_way: 0, .. } => look.good(),
        Saving { read_only: None, trouble: None, .. } => look.warn(),
        _ => look.bad(),
    };
    let due = clocks::due(scene.incident, &scene.ages);
    // Where something cannot be saved, that counts more.
    let words = Raw::new(if look.is_in_words() { in_words(saving) } else { words(saving, width) }).for_term();
    let room = width.saturating_sub(words.width() + SEPARATOR.chars().count());
    let shared = scene.sharing.map(|standing| shared::sign(standing, look, room));
    let shared = shared.map(|(words, style)| Span::styled(words, style)).filter(|sign| sign.width() <= room);
    let room =
        shared.as_ref().map_or(room, |sign| room.saturating_sub(sign.width() + SEPARATOR.chars().count()));
    let due = due.and_then(|due| {
        [true, false].map(|in_full| due.span(in_full, look)).into_iter().find(|due| due.width() <= room)
    });
    let mut left = Line::from(Span::styled(words.to_string(), style));
    for sign in [shared, due].into_iter().flatten() {
        left.extend([Span::styled(SEPARATOR, look.quiet()), sign]);
    }
    let room = width.saturating_sub(left.width() + 2);
    let keys = KEYS.map(|keys| scene.state.keys.hints(keys, stack::PROMPT));
    let keys = keys.into_iter().find(|keys| keys.chars().count() <= room).unwrap_or_default();
    let gap = width.saturating_sub(left.width() + keys.chars().count());
    left.extend([Span::raw(" ".repeat(gap)), Span::styled(keys, look.quiet())]);
    left.render(area, canvas.buffer_mut());
}

/// The one text that says what is on disk. Where it does not fit, the reason is cut, never the numbers.
fn words(saving: &Saving, width: usize) -> String {
    let Saving { saved, under_way, trouble, read_only, .. } = saving;
    let with = |before: String, reason: &str| {
        let after = format!(" · saved {saved}");
        let taken = before.chars().count() + after.chars().count();
        let reason = Raw::new(reason).for_term().cut(width.saturating_sub(taken));
        format!("{before}{reason}{after}")
    };
    match (read_only, trouble, under_way) {
        (Some(reason), ..) => with("✗ read-only: ".into(), reason),
        (None, Some(reason), _) => with(format!("✗ NOT SAVED {under_way}: "), reason),
        (None, None, 0) => format!("● saved {saved}"),
        (None, None, _) => format!("○ saving {under_way} · saved {saved}"),
    }
}

/// The same without marks. A reason that does not fit is cut at its end, as all of this row is.
fn in_words(saving: &Saving) -> String {
    let Saving { saved, under_way, trouble, read_only, .. } = saving;
    match (read_only, trouble, under_way) {
        (Some(reason), ..) => format!("saved {saved}, read-only: {reason}"),
        (None, Some(reason), _) => format!("saved {saved}, NOT SAVED {under_way}: {reason}"),
        (None, None, 0) => format!("saved {saved}"),
        (None, None, _) => format!("saved {saved}, saving {under_way}"),
    }
}
