//! The bar that says that the past is shown: which moment, how it goes on, and how it ends.

use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{Scene, draw_rows};
use crate::model::Face;
use crate::text::Raw;
use crate::tui::keymap::{Act, Keymap, Move, stack};
use crate::tui::replaying::Replaying;
use crate::tui::times;

/// What the keys of the replay are for, those that count most first.
const KEYS: [(&[Act], &str); 5] = [
    (&[Act::Replay(Move::Back), Act::Replay(Move::Forward)], "a change"),
    (&[Act::Replay(Move::MinuteBack), Act::Replay(Move::MinuteForward)], "a minute"),
    (&[Act::Replay(Move::Play)], "play"),
    (&[Act::Replay(Move::Slower), Act::Replay(Move::Faster)], "speed"),
    (&[Act::Replay(Move::TenBack), Act::Replay(Move::TenForward)], "ten minutes"),
];

/// Draws it over the whole row.
pub(super) fn draw(canvas: &mut Canvas, area: Rect, past: &Replaying, scene: &Scene<'_>) {
    let width = usize::from(area.width);
    let clock = times::zoned(scene.incident, past.at());
    let ends = scene.state.keys.hint(&[Act::ToPrompt], "ends", stack::REPLAY);
    let day =
        Face::of(scene.incident).date(&past.at().into()).map(|day| day.format("%a %Y-%m-%d").to_string());
    let [how, which] = past.told();
    let all = [Some(format!(" ▶ REPLAY {clock}")), ends, Some(how), Some(which), day];
    let told = all.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let told = Raw::new(told).for_term().cut(width);
    let rest = " ".repeat(width.saturating_sub(told.width()));
    let style = scene.state.look.warn().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    draw_rows(canvas, area, &[Line::from(Span::styled(format!("{told}{rest}"), style))]);
}

/// The keys that go through time; safe for a terminal.
pub(super) fn keys(keys: &Keymap) -> String {
    let told = KEYS.iter().filter_map(|(acts, words)| keys.hint(acts, words, stack::REPLAY));
    format!("{} · what you type is logged now", told.collect::<Vec<_>>().join(" · "))
}
