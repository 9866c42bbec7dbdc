//! The plain room: what was drawn with lines and signs loses them. Words stand where a sign alone would tell something; this
//! is for the rest.

use crate::tui::canvas::Canvas;
use crate::tui::look::Look;

/// Takes the signs out of what was drawn, where the look is without them.
pub(in crate::tui) fn apply(canvas: &mut Canvas, look: Look) {
    if !look.is_in_words() {
        return;
    }
    for cell in &mut canvas.buffer_mut().content {
        let mut signs = cell.symbol().chars();
        if let (Some(sign), None) = (signs.next(), signs.next())
            && let Some(plain) = plain(sign)
        {
            cell.set_symbol(plain);
        }
    }
}

/// What stands for a sign of the room. Letters of any script are none.
fn plain(sign: char) -> Option<&'static str> {
    Some(match sign {
        '━' => "=",
        // The four phases, by their first letters but for the second one: detect, diagnose, fix, recover.
        '░' => "d",
        '▒' => "i",
        '▓' => "f",
        '█' => "r",
        '\u{2500}'..='\u{259f}' => " ",
        '·' | '–' | '—' | '−' | '•' | '◦' => "-",
        '›' | '▸' | '▶' | '→' | '»' => ">",
        '“' | '”' => "\"",
        '★' | '◆' => "*",
        '✗' | '▲' => "!",
        '✓' | '✔' => "+",
        '●' | '○' | '◐' => "o",
        '▼' => "v",
        '…' => ".",
        _ => return None,
    })
}
