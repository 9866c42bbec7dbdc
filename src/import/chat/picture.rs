//! The pictures that chats write by their names.

use emojis::{Emoji, SkinTone};

/// Draws `:tada:` where it is a picture that everybody has; one that a chat's people made for themselves stays as it is written.
pub(super) fn drawn(text: &str) -> String {
    let (mut out, mut rest, mut before) = (String::with_capacity(text.len()), text, ' ');
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        before = rest[..at].chars().next_back().unwrap_or(before);
        let begins = !before.is_alphanumeric() && before != ':';
        match picture(&rest[at..]).filter(|_| begins) {
            Some((emoji, end)) => {
                out.push_str(emoji.as_str());
                rest = &rest[at + end..];
                before = ' ';
            }
            None => {
                out.push(':');
                rest = &rest[at + 1..];
                before = ':';
            }
        }
    }
    out.push_str(rest);
    out
}

/// The picture that a text begins with, and where its name ends.
fn picture(text: &str) -> Option<(&'static Emoji, usize)> {
    let name = text[1..].split(':').next().filter(|name| !name.is_empty())?;
    let end = 1 + name.len() + 1;
    let emoji = emojis::get_by_shortcode(name).filter(|_| text.len() >= end)?;
    let (emoji, end) = match tone(&text[end..]) {
        Some((tone, length)) => (emoji.with_skin_tone(tone).unwrap_or(emoji), end + length),
        None => (emoji, end),
    };
    let after = text[end..].chars().next();
    (!after.is_some_and(char::is_alphanumeric)).then_some((emoji, end))
}

/// `:skin-tone-4:`
fn tone(text: &str) -> Option<(SkinTone, usize)> {
    const NAME: &str = ":skin-tone-";
    let digit = text.strip_prefix(NAME)?;
    let tone = match digit.get(..2)? {
        "2:" => SkinTone::Light,
        "3:" => SkinTone::MediumLight,
        "4:" => SkinTone::Medium,
        "5:" => SkinTone::MediumDark,
        "6:" => SkinTone::Dark,
        _ => return None,
    };
    Some((tone, NAME.len() + 2))
}
