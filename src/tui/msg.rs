//! What the terminal reports, as far as the room listens.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
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

/// What is held down for others than the program.
const ELSEWHERE: KeyModifiers = KeyModifiers::SUPER.union(KeyModifiers::HYPER).union(KeyModifiers::META);

/// A key as every terminal sends it, where one tells apart what others send as one: Ctrl-I and Tab, Ctrl-M and Enter. Only
/// Enter with Shift stays what it is.
fn as_ever(key: KeyEvent) -> KeyEvent {
    if !key.modifiers.contains(KeyModifiers::CONTROL) {
        return key;
    }
    let without = |code| KeyEvent {
        code,
        modifiers: key.modifiers.difference(KeyModifiers::CONTROL.union(KeyModifiers::SHIFT)),
        ..key
    };
    let with = |char| KeyEvent { code: KeyCode::Char(char), ..key };
    match key.code {
        KeyCode::Char('i' | 'I') => without(KeyCode::Tab),
        KeyCode::Char('m' | 'M') => without(KeyCode::Enter),
        KeyCode::Char('[') => without(KeyCode::Esc),
        KeyCode::Enter | KeyCode::Tab | KeyCode::Esc => without(key.code),
        KeyCode::Backspace => with('h'),
        KeyCode::Char('@' | '2') => with(' '),
        KeyCode::Char('\\') => with('4'),
        KeyCode::Char(']') => with('5'),
        KeyCode::Char('^') => with('6'),
        KeyCode::Char('_' | '/') => with('7'),
        _ => key,
    }
}

impl From<Event> for Msg {
    fn from(event: Event) -> Self {
        match event {
            // A key with what no text is typed with: the terminal's or the desktop's business.
            Event::Key(key) if key.modifiers.intersects(ELSEWHERE) => Self::Nothing,
            Event::Key(key) if key.kind != KeyEventKind::Release => Self::Key(as_ever(key)),
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

/// The two keys that a chord with Alt may have been: terminals send Alt as an Esc before the key, so that an Esc with a
/// character soon after it, as a slow line delivers them, looks the same. What no such chord is bound to was those two.
pub(super) fn apart(key: KeyEvent) -> Option<[KeyEvent; 2]> {
    let by_alt = matches!(key.code, KeyCode::Char(_)) && key.modifiers.contains(KeyModifiers::ALT);
    by_alt.then(|| {
        [
            KeyEvent::from(KeyCode::Esc),
            KeyEvent { modifiers: key.modifiers.difference(KeyModifiers::ALT), ..key },
        ]
    })
}
