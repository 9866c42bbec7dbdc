//! Phrases in quotes, wherever people type what is looked for.

/// The pieces of a text: where each begins, and whether it is a phrase, that is, stands between two quotes. A last quote
/// without a second opens none.
pub fn apart(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let quotes = text.matches(is_quote).count();
    let paired = quotes - quotes % 2;
    let pieces = text.split(is_quote).enumerate();
    pieces.map(move |(nth, piece)| {
        (piece.as_ptr() as usize - text.as_ptr() as usize, piece, nth % 2 == 1 && nth < paired)
    })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
