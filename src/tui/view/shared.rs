//! The sign beside that of the disk: what of the incident other hosts can have.

use ratatui::style::Style;

use crate::share::{Connection, Standing};
use crate::text::Raw;
use crate::tui::Look;

/// The sign, and how it is drawn; `reason` columns are left for why there is no connection.
pub(super) fn sign(standing: &Standing, look: Look, reason: usize) -> (String, Style) {
    let Standing { connection, to_go, refused, .. } = standing;
    let mark = if look.is_in_words() { "" } else { "⇅ " };
    let left = match to_go {
        0 => String::new(),
        count => format!(", {count} to go"),
    };
    let refused = match refused {
        0 => String::new(),
        count => format!(", {count} refused"),
    };
    match connection {
        Connection::Begun => (format!("{mark}connecting{left}"), look.quiet()),
        Connection::Elsewhere => (format!("{mark}shared by another room"), look.quiet()),
        Connection::Live if *to_go == 0 && refused.is_empty() => (format!("{mark}shared"), look.good()),
        Connection::Live => (format!("{mark}shared{left}{refused}"), look.warn()),
        Connection::Lost(why) => {
            let words = format!("{mark}not connected{left}");
            let why =
                Raw::new(format!(": {why}")).for_term().cut(reason.saturating_sub(words.chars().count()));
            (format!("{words}{why}"), look.warn())
        }
    }
}
