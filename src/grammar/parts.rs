//! The parts of a line while it is written: what is taken as a command, a time, a subject or a mark, and what would fit at
//! the cursor. It reads as [`read`](super::read) does, but never fails: a line on its way is rarely right.

use std::ops::Range;

use super::args::{self, Args};
use super::marks::last_word;
use super::table::{self, COMMANDS, Command, RoomVerb, Takes, Verb};
use super::{Desk, attach, line};
use crate::log::List;
use crate::model::{Hypothesis, Subject};
use crate::text::marks::{self, Mark};

/// What a part of a line is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of a command, or its sigil.
    Command,
    /// A time.
    Time,
    /// The subject of a hypothesis.
    Subject,
    /// `#tag`
    Tag,
    /// `@person`
    Person,
}

/// What would fit at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The name of a command, with its `/`.
    Command,
    /// The subject of a known hypothesis, for a command about it.
    Subject(Verb),
    /// The subject of a known hypothesis, and nothing behind it.
    Known,
    /// `@person`
    Person,
    /// `#tag`
    Tag,
    /// The number of an action that is not over.
    Action,
    /// The handle of an entry.
    Entry,
    /// A file.
    File,
    /// The word that this command takes: a status, a zone, a role …
    Word(&'static Command),
    /// What the command has set already.
    Present,
}

/// A place in a line that something fits in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What would be replaced, in bytes; what is typed of it so far ends at the cursor.
    pub span: Range<usize>,
    /// What fits.
    pub wants: Wants,
}

/// How far a word may be from a known subject to be taken for it.
const ALIKE: usize = 2;

/// A line taken apart.
struct Anatomy<'a> {
    name: Option<(&'static Command, Range<usize>)>,
    when: Option<Range<usize>>,
    rest: Args<'a>,
}

impl<'a> Anatomy<'a> {
    /// None for a line that is text from end to end.
    fn of(line: &'a str, desk: &Desk<'_>) -> Option<Self> {
        let all = Args::new(line, 0);
        let begin = all.begin();
        let (name, args) = match line::sigil(line, begin) {
            Some('\\') => return None,
            Some('/') => {
                let end = begin + all.word().0.len();
                (Some((table::named(&line[begin + 1..end])?, begin..end)), Args::new(line, end))
            }
            Some(sigil) => {
                let is_short = |c: &&Command| c.short.is_some_and(|short| short.starts_with(sigil));
                (Some((COMMANDS.iter().find(is_short)?, begin..begin + 1)), Args::new(line, begin + 1))
            }
            None => (None, all),
        };
        let timed = name.as_ref().is_none_or(|(command, _)| command.timed);
        let read = if timed { desk.times().read_leading(line, args.begin()) } else { Ok(None) };
        Some(match read {
            Ok(Some((_, end))) => Self { name, when: Some(args.begin()..end), rest: Args::new(line, end) },
            _ => Self { name, when: None, rest: args },
        })
    }

    /// The subject of a command about a hypothesis, and where it stands.
    fn subject(&self) -> Option<(Verb, Range<usize>)> {
        let (command, _) = self.name.as_ref()?;
        let Takes::Hypothesis(verb) = command.takes else { return None };
        let text = self.rest.text();
        let subject = match args::colon(text) {
            Some(colon) => text[..colon].trim_end(),
            None if verb == Verb::Test => without_attributes(text),
            None => text,
        };
        Some((verb, self.rest.span_of(0..subject.len())))
    }
}

/// A text without the `@who` and `for:10m` at its end.
fn without_attributes(text: &str) -> &str {
    let mut rest = text;
    while let Some((word, span)) = last_word(rest)
        && (word.starts_with('@') || word.starts_with("for:"))
    {
        rest = rest[..span.start].trim_end();
    }
    rest
}

/// What the parts of a line are taken as, in order.
pub fn parts(line: &str, desk: &Desk<'_>) -> Vec<(Range<usize>, Part)> {
    let Some(anatomy) = Anatomy::of(line, desk) else { return Vec::new() };
    let mut parts = Vec::new();
    parts.extend(anatomy.name.iter().map(|(_, span)| (span.clone(), Part::Command)));
    parts.extend(anatomy.when.iter().map(|span| (span.clone(), Part::Time)));
    let mut from = anatomy.rest.begin();
    if let Some((_, span)) = anatomy.subject() {
        from = span.end;
        parts.push((span, Part::Subject));
    }
    let marks = marks::spans(&line[from..]).into_iter();
    parts.extend(marks.map(|(span, mark)| {
        let part = if mark == Mark::Tag { Part::Tag } else { Part::Person };
        (from + span.start..from + span.end, part)
    }));
    parts
}

/// What would fit at the cursor, which stands at this byte.
pub fn slot(line: &str, cursor: usize, desk: &Desk<'_>) -> Option<Slot> {
    let begin = line.len() - line.trim_start().len();
    let before = line.get(..cursor).filter(|before| before.len() > begin)?;
    let word_end = cursor + line[cursor..].find(char::is_whitespace).unwrap_or(line.len() - cursor);
    if before[begin..].starts_with('/') && !before[begin..].contains(char::is_whitespace) {
        return Some(Slot { span: begin..word_end, wants: Wants::Command });
    }
    if before[begin..].starts_with('\\') {
        return None;
    }
    let anatomy = Anatomy::of(line, desk);
    if let Some(slot) = anatomy.as_ref().and_then(|anatomy| argument(anatomy, cursor)) {
        return Some(slot);
    }
    // A mark is completed at its end only: inside it, the person is changing it.
    let (at, mark) = marks::begun(before).filter(|_| word_end == cursor)?;
    let wants = if mark == Mark::Tag { Wants::Tag } else { Wants::Person };
    Some(Slot { span: at..cursor, wants })
}

/// What fits behind the name of a command.
fn argument(anatomy: &Anatomy<'_>, cursor: usize) -> Option<Slot> {
    let (command, name) = anatomy.name.as_ref()?;
    let begin = anatomy.rest.begin();
    // Behind the name there has to be a blank; `?` needs none, but something of the subject.
    let sigil = name.len() == 1;
    if cursor < begin || cursor < name.end + usize::from(!sigil) || (sigil && cursor == begin) {
        return None;
    }
    if let Some((verb, span)) = anatomy.subject() {
        return (cursor <= span.end.max(begin)).then_some(Slot { span, wants: Wants::Subject(verb) });
    }
    if command.takes == Takes::Room(RoomVerb::Attach) {
        // A name in a quote that has no end yet goes on to the end of the line.
        let end = attach::name(anatomy.rest.text()).map_or(anatomy.rest.text().len(), |(_, end)| end);
        if cursor <= begin + end {
            return Some(Slot { span: begin..begin + end, wants: Wants::File });
        }
        let rest = anatomy.rest.after(end);
        let span = if rest.text().is_empty() { cursor..cursor } else { rest.span() };
        return (span.start <= cursor && cursor <= span.end).then_some(Slot { span, wants: Wants::Known });
    }
    let (word, _) = anatomy.rest.word();
    let word = begin..begin + word.len();
    let one_word = match command.takes {
        Takes::Done | Takes::Drop => Wants::Action,
        Takes::Edit | Takes::When | Takes::Star | Takes::Strike => Wants::Entry,
        Takes::Status
        | Takes::Severity
        | Takes::Clock
        | Takes::Zone
        | Takes::Role
        | Takes::Item(List::Related) => Wants::Word(command),
        // Only behind the name alone: whoever has begun to write wants something else.
        _ if word.is_empty() => Wants::Present,
        _ => return None,
    };
    (cursor <= word.end).then_some(Slot { span: word, wants: one_word })
}

/// The known hypothesis that was perhaps meant by a subject that is not known, and where that subject stands.
pub fn meant<'a>(line: &str, desk: &Desk<'a>) -> Option<(Range<usize>, &'a Hypothesis)> {
    let (_, span) = Anatomy::of(line, desk)?.subject()?;
    let typed = Subject::new(&line[span.clone()]);
    if desk.incident.hypothesis(&typed).is_some() {
        return None;
    }
    Some((span, alike(&typed, desk)?))
}

/// The known hypothesis whose subject is nearest to this one, if any is near.
pub fn alike<'a>(subject: &Subject, desk: &Desk<'a>) -> Option<&'a Hypothesis> {
    let key = subject.key();
    let distance = |known: &Hypothesis| strsim::damerau_levenshtein(&known.subject.key(), &key);
    let near = desk.incident.hypotheses.iter().map(|known| (distance(known), known));
    let (distance, near) = near.min_by_key(|(distance, _)| *distance)?;
    // Of a short word, two letters are most of it.
    (distance <= ALIKE.min(key.chars().count() / 2)).then_some(near)
}
