//! What the terminal reports, as far as the room listens.

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Position;

/// Something the person did at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted. Only the terminal's own paste is one: it never commits.
    Paste(String),
    /// The wheel was turned up (or down) at a place.
    Wheel {
        /// Up.
        up: bool,
        /// Where.
        at: Position,
    },
    /// A place was clicked.
    Click(Position),
    /// Nothing to act on; the screen may have changed.
    Nothing,
}

impl From<Event> for Msg {
    fn from(event: Event) -> Self {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => Self::Key(key),
            Event::Paste(text) => Self::Paste(text),
            Event::Mouse(mouse) => {
                let at = Position::new(mouse.column, mouse.row);
                match mouse.kind {
                    MouseEventKind::ScrollUp => Self::Wheel { up: true, at },
                    MouseEventKind::ScrollDown => Self::Wheel { up: false, at },
                    MouseEventKind::Down(MouseButton::Left) => Self::Click(at),
                    _ => Self::Nothing,
                }
            }
            Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => Self::Nothing,
        }
    }
}
