//! What comes in one piece with the end of a paste: more of it. Terminals should take the mark of the end out of what is
//! pasted, and not all do: a text that holds it would otherwise go on as keys, and press Enter.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A paste, and what was there to be read together with its end, as it is to be taken. One key is what a person, or a script,
/// presses after a paste. Several with a key among them that acts are text: nobody types so fast.
pub(super) fn joined(paste: String, behind: Vec<Event>) -> Vec<Event> {
    let acts = |event: &Event| !matches!(event, Event::Key(key) if matches!(character(key), Some(c) if !c.is_control()));
    if behind.len() < 2 || !behind.iter().any(acts) {
        return std::iter::once(Event::Paste(paste)).chain(behind).collect();
    }
    let (mut text, mut others) = (paste, Vec::new());
    for event in behind {
        match &event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) => match character(key) {
                Some(c) => text.push(c),
                None => others.push(event),
            },
            Event::Paste(more) => text.push_str(more),
            _ => others.push(event),
        }
    }
    std::iter::once(Event::Paste(text)).chain(others).collect()
}

/// The character that a key stands for in a text.
fn character(key: &KeyEvent) -> Option<char> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        // Ctrl and a letter are the control characters from 1 on.
        KeyCode::Char(c @ 'a'..='z') if control => char::from_u32(u32::from(c) - u32::from('a') + 1),
        KeyCode::Char(_) if control => None,
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}
