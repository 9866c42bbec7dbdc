//! What a terminal would act on in what was sent to it (ECMA-48, 5.3 to 5.6 and 8.3.143).

use std::collections::BTreeSet;

/// The sequences, in words: `ESC [ ? 25 h`, `ESC ]`, `BEL`. Those that place the cursor or colour come without parameters.
pub fn sequences(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => {
                    let mut parameters = String::new();
                    while let Some(next) = chars.next_if(|c| matches!(c, ' '..='?')) {
                        parameters.push(next);
                    }
                    let last = chars.next().map_or("nothing".into(), |c| c.escape_debug().to_string());
                    let plain = parameters.chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | ':'));
                    let told = if plain && matches!(last.as_str(), "m" | "H") { "" } else { &parameters };
                    found.insert(format!("ESC [{told}{last}"));
                }
                next => {
                    found.insert(format!(
                        "ESC {}",
                        next.map_or("nothing".into(), |c| c.escape_debug().to_string())
                    ));
                }
            },
            '\u{7}' => _ = found.insert("BEL".into()),
            '\r' => _ = found.insert("CR".into()),
            '\n' => _ = found.insert("LF".into()),
            _ if c.is_control() => _ = found.insert(format!("U+{:04X}", u32::from(c))),
            _ => {}
        }
    }
    found
}

#[test]
fn what_acts_is_found() {
    let found = |text: &str| sequences(text).into_iter().collect::<Vec<_>>().join(" · ");
    assert_eq!(found("a\u{1b}[31mb\u{1b}[4;5H\u{1b}[0;1m"), "ESC [H · ESC [m");
    assert_eq!(found("\u{1b}[?25h\u{1b}[2J\u{1b}[>4;2m"), "ESC [2J · ESC [>4;2m · ESC [?25h");
    assert_eq!(found("\u{1b}]0;x\u{7}\u{1b}P\u{1b}\\\u{1b}c"), "BEL · ESC P · ESC \\\\ · ESC ] · ESC c");
    assert_eq!(found("\u{9b}31m\0\u{8}\u{7f}日\u{301}"), "U+0000 · U+0008 · U+007F · U+009B");
}
