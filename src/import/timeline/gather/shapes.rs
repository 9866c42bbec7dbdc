//! The shapes of a row: where its time may stand, what begins one and what goes on with it.

use super::Gatherer;
use super::trailing::End;
use crate::import::clock::{self, Expression, Lead};
use crate::import::document::{Kind, label, normal, plain, plain_from};
use crate::import::sections::Topic;
use crate::import::timeline::draft::{Draft, labelled};
use crate::import::timeline::place::Place;

impl Gatherer<'_> {
    /// Whether a time at the beginning of a block begins a row: not in the middle of a paragraph, nor where only a span is told.
    pub(super) fn begins_row(&self, at: usize, lead: &Lead) -> bool {
        let block = &self.blocks[at];
        let plain_line = block.kind == Kind::Line;
        // A wrapped line of an item may begin with a time by chance.
        let item = self
            .out
            .drafts
            .last()
            .is_some_and(|last| matches!(self.blocks[last.block].kind, Kind::Item { .. }));
        let wrapped = plain_line
            && block.continues
            && !lead.parted
            && self.open
            && item
            && lead.rest < block.text.len();
        let story = lead.led && !lead.parted;
        let rest = block.text[lead.rest.min(block.text.len())..].trim();
        let second = clock::leading(rest).is_some_and(|next| next.expression.is_timed());
        if !self.named {
            // Elsewhere only what has the shape of a row is one, and only where a label does not say it is something else.
            let shaped = lead.parted
                || matches!(block.kind, Kind::Item { .. })
                || lead.expression.from.date.is_some()
                || self.trusted[at];
            let led_to = at.checked_sub(1).and_then(|before| self.blocks.get(before)).is_some_and(|before| {
                !block.gap
                    && before.text.len() < 60
                    && matches!(before.kind, Kind::Heading(8) | Kind::Line | Kind::Item { .. })
                    && label(&before.text).is_some_and(|(name, rest)| {
                        rest.is_empty() && Topic::of(&name) == Some(Topic::Duration) || is_span_label(&name)
                    })
            });
            // The time on a line of its own, and what happened on the next.
            let over = rest.is_empty()
                && self.blocks.get(at + 1).is_some_and(|next| next.continues && next.kind == Kind::Line);
            return shaped
                && !story
                && (!rest.is_empty() || over)
                && !led_to
                && !second
                && !is_end_of_span(rest);
        }
        !wrapped && !second
    }

    pub(super) fn begin(&mut self, at: usize, lead: Lead) {
        let block = &self.blocks[at];
        let text = plain_from(&block.text, lead.rest);
        let mut draft = Draft::of(at, block, lead.expression, text);
        draft = self.dated(draft);
        let label = at.checked_sub(1).filter(|before| {
            let before = &self.blocks[*before];
            draft.text.is_empty()
                && before.depth < block.depth
                && before.text.trim_end_matches(['*', '_', ' ']).ends_with(':')
        });
        if let Some(label) = label {
            // `Detection:`, and under it the time beside what else is told of it.
            plain(&self.blocks[label].text).trim_end_matches(':').trim().clone_into(&mut draft.text);
            draft.depth = self.blocks[label].depth;
            draft.block = label;
            draft.line = self.blocks[label].line;
            self.out.told.push(label);
        }
        if draft.expression.from.date.is_some() {
            self.day = None;
        }
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
    }

    /// A line that is a date dates what follows; a date with words is a row to the day.
    pub(super) fn dates(&mut self, at: usize, lead: &Lead) -> bool {
        let block = &self.blocks[at];
        let rest = plain_from(&block.text, lead.rest);
        let labelled = rest.trim_end_matches([':', ')', '-']).split_whitespace().count() <= 3
            && !rest.ends_with('.')
            && (rest.is_empty() || rest.ends_with(':') || normal(&rest).starts_with("day"));
        if lead.expression.until.is_none() && labelled {
            self.day = lead.expression.from.date;
            self.open = false;
            if rest.chars().all(|char| !char.is_alphanumeric()) {
                self.out.told.push(at);
            }
            return true;
        }
        let item = matches!(block.kind, Kind::Item { .. }) || lead.parted;
        if self.named && item && !lead.led && self.places[at] == Place::Timeline && !rest.is_empty() {
            self.begin(at, lead.clone());
            return true;
        }
        false
    }

    /// Whether a block without a time of its own belongs to the row before it.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        let Some(last) = self.out.drafts.last().filter(|_| self.open) else { return false };
        let block = &self.blocks[at];
        let begun = &self.blocks[last.block];
        if self.is_next_labelled(at, last) {
            return false;
        }
        let from_heading = matches!(begun.kind, Kind::Heading(_));
        if block.text.starts_with("![") && block.gap {
            return false;
        }
        if from_heading {
            return true;
        }
        if block.depth > last.depth && matches!(block.kind, Kind::Item { .. }) {
            return true;
        }
        if block.kind == Kind::Line {
            return block.continues || last.text.is_empty() || block.depth > last.depth;
        }
        // The time stands on a line, what happened in the list after it.
        last.text.is_empty() && begun.kind == Kind::Line
    }

    /// `Detected (11:10): …` above `Fix (11:15): …`, without an empty line between them.
    fn is_next_labelled(&self, at: usize, last: &Draft) -> bool {
        let (block, begun) = (&self.blocks[at], &self.blocks[last.block]);
        let of = |text: &str| {
            let found = labelled(text).filter(|found| found.label.split(' ').count() <= 4)?;
            let span = &found.expression.span;
            let sign = text[..span.start].trim_end_matches([' ', '*', '_', '`']).chars().next_back()?;
            let closed =
                text[span.end..].trim_start_matches(['*', '_', '`', ' ', ')', ']']).chars().next()?;
            (!sign.is_alphanumeric()).then_some((sign, closed.is_alphanumeric()))
        };
        block.kind == Kind::Line
            && begun.kind == Kind::Line
            && block.depth == begun.depth
            && of(&block.text).is_some_and(|shape| of(&begun.text) == Some(shape))
    }

    /// A row whose time does not stand first: `Detection: 10:30 AM – …`, `Alert fired (10:30)`, or within a sentence.
    pub(super) fn within(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        let Some(found) = labelled(&block.text) else { return self.sentence(at) };
        // In a timeline "Start of the sale: 10:00" is a row.
        let of = self.places[at] == Place::Timeline && normal(&found.label).contains(" of ");
        if (is_span_label(&found.label) && !of) || Topic::of(&found.label) == Some(Topic::Duration) {
            return false;
        }
        let bare = found.rest.is_empty();
        let text = if bare { found.label } else { format!("{}: {}", found.label, found.rest) };
        let mut draft = Draft::of(at, block, found.expression, text);
        draft = self.dated(draft);
        draft.bare = bare;
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
        true
    }

    /// A heading that ends with its time: `Update 2024-05-02 10:00`.
    pub(super) fn headed(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        let sure = |found: &Expression| {
            found.from.hour.is_some()
                && found.until.is_none()
                && (found.from.date.is_some() || self.places[at] == Place::Timeline && self.named)
        };
        let title = block.kind == Kind::Heading(1) || at == 0;
        let ends = |found: &Expression| !block.text[found.span.end..].contains(char::is_alphanumeric);
        let found = clock::inside(&block.text).pop().filter(|found| !title && sure(found) && ends(found));
        let Some(expression) = found else { return false };
        let before = plain(&block.text[..expression.span.start]);
        let name = before.trim_end_matches(|char: char| !char.is_alphanumeric() && char != ')');
        let name = [" at", " on", " um", " vom"]
            .iter()
            .fold(name, |name, word| name.strip_suffix(word).unwrap_or(name));
        let long = name.split_whitespace().count() > 10;
        if long || name.is_empty() || is_span_label(name) || Topic::of(name) == Some(Topic::Duration) {
            return false;
        }
        let draft = Draft::of(at, block, expression, name.to_owned());
        let draft = self.dated(draft);
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
        true
    }

    /// A row whose time stands at its end, or on a line of its own under it; returns where what follows begins.
    pub(super) fn ended(&mut self, at: usize) -> Option<usize> {
        let End { last, timed, time, words } = self.ends.take(at)?;
        let mut draft = Draft::of(at, &self.blocks[at], time, String::new());
        draft.written = plain(&self.blocks[timed].text[draft.expression.span.clone()]);
        let whole = self.blocks[at].text.len();
        draft.text = plain(&self.blocks[at].text[..if timed == at { words } else { whole }]);
        for block in (at + 1..=last).filter(|block| *block != timed) {
            draft.append(block, &self.blocks[block].text, "\n");
        }
        draft.last = last;
        let draft = self.dated(draft);
        self.out.drafts.push(draft);
        self.out.told.extend(at..=last);
        self.open = true;
        Some(last + 1)
    }

    /// An item that has its time within its sentence.
    fn sentence(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        if !matches!(block.kind, Kind::Item { .. })
            || self.places[at] != Place::Timeline
            || block.text.len() > 2000
        {
            return false;
        }
        let Some(found) =
            clock::inside(&block.text).into_iter().find(|found| found.is_timed() && !found.is_doubtful())
        else {
            return false;
        };
        let name = label(&block.text).map(|(name, _)| name);
        if name.is_some_and(|name| is_span_label(&name) || Topic::of(&name) == Some(Topic::Duration)) {
            return false;
        }
        let mut draft = Draft::of(at, block, found, plain(&block.text));
        draft = self.dated(draft);
        self.out.drafts.push(draft);
        self.out.told.push(at);
        self.open = true;
        true
    }
}

/// Labels of when the whole began and was over, and how long it took.
fn is_span_label(label: &str) -> bool {
    let normal = normal(label);
    let words: Vec<&str> = normal.split(' ').collect();
    [
        "start time",
        "end time",
        "start date",
        "end date",
        "time zone",
        "timezone",
        "start",
        "end",
        "date",
        "duration",
    ]
    .iter()
    .any(|name| normal == *name || normal.starts_with(&format!("{name} ")) && words.len() <= 4)
}

/// `2:17 PM End-time: …`: the time before it is that of a label.
fn is_end_of_span(rest: &str) -> bool {
    let normal = normal(&rest.chars().take(40).collect::<String>());
    ["end time", "to ", "until ", "end "].iter().any(|name| normal.starts_with(name))
}
