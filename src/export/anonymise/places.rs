//! Where the names of known people stand in a text, and the text with other words in their place.

use super::letters::{
    Link, Name, is_capital, is_joined, is_long, links, mail_end, mark_begin, parts_a_name, words,
};
use super::people::People;
use crate::text::Raw;

/// How a word has to look where it goes, and what may stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `responder 1`
    Words,
    /// `responder-1`, as in a tag.
    OneWord,
    /// `responder-1` between other words that a `-` joins, as in an id.
    Slug,
}

/// A name in a text, in bytes.
struct Found {
    from: usize,
    to: usize,
    person: usize,
}

impl People {
    /// A text with the words in the place of the names; `None` where it names nobody.
    pub(super) fn without_names(&self, text: &Raw, shape: Shape) -> Option<Raw> {
        // What is hidden within a name would hide the name. It is given up only where there is one.
        let bare = text.laid_bare().and_then(|bare| self.replaced(&bare, shape));
        bare.or_else(|| self.replaced(text.as_typed(), shape)).map(Raw::new)
    }

    /// Whether a text names somebody.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        !self.found(text, Shape::Words).is_empty()
    }

    fn replaced(&self, text: &str, shape: Shape) -> Option<String> {
        let found = self.found(text, shape);
        if found.is_empty() {
            return None;
        }
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for Found { from, to, person } in found {
            out.push_str(&text[done..from]);
            let so_far = out.rsplit(char::is_whitespace).next().unwrap_or_default();
            let one_word = shape != Shape::Words || so_far.contains("://") || so_far.ends_with(['#', '/']);
            let word = self.words.get(person).map_or("", String::as_str);
            out.push_str(&if one_word { word.replace(' ', "-") } else { word.to_owned() });
            done = to;
        }
        out.push_str(&text[done..]);
        Some(out)
    }

    /// Where names stand in a text, with what belongs to them: the `@` before, the domain of a mail address behind.
    fn found(&self, text: &str, shape: Shape) -> Vec<Found> {
        let (words, links) = (words(text), links(text));
        let mut links = links.iter().peekable();
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let from = words[at].0;
            while links.next_if(|link| link.whole.end <= from).is_some() {}
            let link = links.peek().filter(|link| link.whole.contains(&from)).copied();
            let Some((count, person)) = self.named_at(text, &words[at..], shape, link) else {
                at += 1;
                continue;
            };
            let to = mail_end(text, from, words[at + count - 1].1);
            let from = if link.is_some() { from } else { mark_begin(text, from) };
            found.push(Found { from, to, person });
            at += count;
            while words.get(at).is_some_and(|word| word.0 < to) {
                at += 1;
            }
        }
        found
    }

    /// The longest name that the first of these words begin: how many words it has, and whose it is.
    fn named_at(
        &self,
        text: &str,
        words: &[(usize, usize)],
        shape: Shape,
        link: Option<&Link>,
    ) -> Option<(usize, usize)> {
        let (from, to) = *words.first()?;
        let small = text[from..to].to_lowercase();
        let capital = is_capital(&text[from..to]);
        let whole = self.begin.get(&small).into_iter().flatten().find(|(name, _)| {
            let same = name.len() <= words.len()
                && name.iter().zip(words).all(|(word, (from, to))| *word == text[*from..*to].to_lowercase());
            let parted =
                words.windows(2).take(name.len() - 1).all(|two| parts_a_name(&text[two[0].1..two[1].0]));
            same && parted && self.is_meant(name, text, (from, words[name.len() - 1].1), shape, link)
        });
        let part = || {
            let person = self.parts.get(&small).filter(|_| capital && link.is_none())?;
            Some((1, *person))
        };
        whole.map(|(name, person)| (name.len(), *person)).or_else(part)
    }

    /// Whether what reads as a name is one: it is marked, a mail address, or a word of its own that is nothing else.
    fn is_meant(
        &self,
        name: &Name,
        text: &str,
        (from, to): (usize, usize),
        shape: Shape,
        link: Option<&Link>,
    ) -> bool {
        let mailed = mail_end(text, from, to) > to;
        if let Some(link) = link {
            // Without the name it would lead nowhere.
            return mailed && from >= link.path;
        }
        if mailed || mark_begin(text, from) < from {
            return true;
        }
        let capital = is_capital(&text[from..to]);
        is_long(name)
            && !self.is_word(name)
            && (capital || shape == Shape::Slug || !is_joined(text, from, to))
    }
}
