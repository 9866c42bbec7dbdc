//! The look of a text around a name: words, marks, mail addresses, links, and what joins a name to a longer identifier.

use std::ops::Range;

/// The words of a name, in small letters.
pub(super) type Name = Vec<String>;

/// A name with fewer letters is not looked for within texts: it could be any word. Its mark (`@bo`) is.
const SHORTEST: usize = 3;

/// The words of a name in small letters; all of it, where it has no letter or digit.
pub(super) fn name_of(name: &str) -> Name {
    let words = words(name);
    if words.is_empty() {
        return vec![name.trim().trim_start_matches('@').to_lowercase()];
    }
    words.into_iter().map(|(from, to)| name[from..to].to_lowercase()).collect()
}

/// Where the runs of letters and digits stand.
pub(super) fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 = at + c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    words
}

pub(super) fn is_long(name: &Name) -> bool {
    name.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count() >= SHORTEST
}

/// Whether a word is written as a name is: a capital first, and not only capitals.
pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// What stands between the words of one name.
pub(super) fn parts_a_name(between: &str) -> bool {
    let joins = |c| matches!(c, '.' | '_' | '-' | '\'' | '’');
    between == " " || (!between.is_empty() && between.chars().all(joins))
}

/// What joins a word to its neighbours: the name of a host, a path, a variable.
fn joins(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '/' | '\\' | '~' | '@')
}

/// Whether what stands here is a part of a path or an identifier, and no word of its own. The end of a sentence joins nothing.
pub(super) fn is_joined(text: &str, from: usize, to: usize) -> bool {
    let before = text[..from].trim_end_matches(joins);
    let left = &text[before.len()..from];
    let behind = text[to..].trim_start_matches(joins);
    let right = &text[to..text.len() - behind.len()];
    left.contains(['/', '\\', '~'])
        || !left.is_empty() && before.ends_with(char::is_alphanumeric)
        || right.starts_with(['/', '\\'])
        || !right.is_empty() && behind.starts_with(char::is_alphanumeric)
}

/// Where the mark begins that stands before a name; here, where there is none but at most the `@` of a mail address.
pub(super) fn mark_begin(text: &str, from: usize) -> usize {
    let unseen = |c: char| !(c.is_ascii() || c.is_alphanumeric() || c.is_whitespace());
    let before = text[..from].trim_end_matches(|c| matches!(c, '@' | '.' | '_' | '-') || unseen(c)).len();
    let mark = text[before..from].find('@').map(|at| before + at);
    mark.filter(|at| !text[..*at].ends_with(char::is_alphanumeric)).unwrap_or(from)
}

/// The end of the mail address whose name stands here, else where the name ends.
pub(super) fn mail_end(text: &str, from: usize, to: usize) -> usize {
    let Some(domain) = text[to..].strip_prefix('@') else { return to };
    let before = text[..from].trim_end_matches(['.', '_', '-', '+']);
    if before.len() < from && before.ends_with(char::is_alphanumeric) {
        return to;
    }
    let end = domain.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    if domain.contains('.') { to + 1 + domain.len() } else { to }
}

/// A link in a text.
pub(super) struct Link {
    /// All of it.
    pub(super) whole: Range<usize>,
    /// Where its path begins. Before that a name with an `@` is a login, no mail address.
    pub(super) path: usize,
}

/// The links of a text, in order: from their scheme to the next blank, quote or angle bracket.
pub(super) fn links(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (at, colon) in text.match_indices("://") {
        if links.last().is_some_and(|last| at < last.whole.end) {
            continue;
        }
        let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let from = text[..at].trim_end_matches(scheme).len();
        // A mark that runs into a link is a mark.
        let from = if text[..from].ends_with('@') { at } else { from };
        let host = at + colon.len();
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`');
        let to = text[host..].find(ends).map_or(text.len(), |end| host + end);
        let path = text[host..to].find(['/', '?', '#']).map_or(to, |path| host + path);
        links.push(Link { whole: from..to, path });
    }
    links
}
