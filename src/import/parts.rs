//! The parts of a document beside its timeline: paragraphs, items and rows, each with what it is about: by the heading above
//! it, or by the label that it stands behind.

mod lead;
mod place;

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Claims, Document, Kind, label, plain};
use super::sections::Topic;
use crate::import::pattern;
use place::{Place, places};

/// A line below this length in characters was broken off on purpose.
const SHORT: usize = 60;

/// A paragraph, an item or a row.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The line it begins on.
    pub line: u32,
    /// The blocks it is made of.
    pub blocks: Vec<usize>,
    /// What it says, as written, without a label that opened a topic; lines of a paragraph are joined.
    pub text: String,
    /// What it is.
    pub shape: Shape,
    /// How many items it stands under.
    pub depth: u8,
    /// What it is about; none where nothing tells.
    pub topics: Vec<Topic>,
    /// The heading or label that says so.
    pub heading: String,
    /// Parts with the same number stand under the same heading or label.
    pub group: usize,
    /// A heading below that of the group, or a label without a text, that names no topic: "Monitoring".
    pub under: Option<String>,
    /// It stands behind the label that opened its topic: "What we will do: …".
    pub labelled: bool,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A paragraph.
    Prose,
    /// An item of a list.
    Item,
    /// A row of a table, and whether it names the columns.
    Row { cells: Vec<String>, header: bool },
}

/// A label that holds for the parts after it.
struct Scope {
    topics: Vec<Topic>,
    heading: String,
    group: usize,
    /// Items below this depth belong to it; a line that began one holds until the next label or heading.
    depth: Option<u8>,
    /// It had a text of its own: a paragraph after an empty line is no longer its.
    full: bool,
}

/// Reads the parts of what nobody has claimed.
pub(super) fn of(document: &Document, claims: &Claims) -> Vec<Part> {
    let places = places(document);
    let mut parts: Vec<Part> = Vec::new();
    let (mut scope, mut label_under): (Option<Scope>, Option<(u8, String)>) = (None, None);
    let mut groups = document.sections.len();
    let mut section = usize::MAX;
    let width = width(document);
    for (at, block) in document.blocks.iter().enumerate() {
        if block.section != section {
            (scope, label_under, section) = (None, None, block.section);
        }
        let shape = match &block.kind {
            Kind::Line if lead::is_counted(&block.text) || lead::is_box(&block.text) => Shape::Item,
            Kind::Line => Shape::Prose,
            Kind::Item { .. } => Shape::Item,
            Kind::Row { cells, header } => Shape::Row { cells: cells.clone(), header: *header },
            Kind::Code if lead::is_listed(document, at) => Shape::Item,
            Kind::Heading(_) | Kind::Code | Kind::Comment | Kind::Meta { .. } | Kind::Rule => continue,
        };
        if claims.has(at) {
            continue;
        }
        let text = &block.text;
        let coded = block.kind == Kind::Code;
        let place = places.get(section).cloned().unwrap_or_default();
        let to_do = place.topics.iter().any(|t| t.is_to_do());
        let here = scope.as_ref().map_or(place.topics.as_slice(), |scope| scope.topics.as_slice());
        if coded && !lead::is_box(text) && !here.iter().any(|t| t.is_to_do()) {
            continue;
        }
        let text = if coded { lead::unlisted(text) } else { text };
        let leads = leads(document, at) || stands_alone(document, at, text);
        // Measures are parted into improvements and tasks, and so is what stands behind a label.
        let parted = scope.is_some() || place.topics.contains(&Topic::Measures);
        let opened = opens(&shape, text, here, parted).or_else(|| opens_bare(&shape, text, here, leads));
        if let Some((topics, heading, rest)) = opened {
            groups += 1;
            let depth = (shape == Shape::Item).then_some(block.depth);
            scope = Some(Scope { topics, heading, group: groups, depth, full: !rest.is_empty() });
            label_under = None;
            push(&mut parts, at, block, (shape, rest), scope.as_ref(), &place);
            if let Some(last) = parts.last_mut() {
                last.labelled = true;
            }
            continue;
        }
        let over = scope.as_ref().is_some_and(|s| {
            ended(s, &shape, block.depth, block.gap, block.continues)
                || (s.depth.is_none() && !to_do && shape == Shape::Prose && is_named(text))
        });
        if over {
            scope = None;
        }
        if block.continues
            && shape == Shape::Prose
            && flows(parts.last(), at, text, to_do, (width, last_line(document, at)))
        {
            if let Some(last) = parts.last_mut() {
                if !last.text.is_empty() {
                    last.text.push(' ');
                }
                last.text.push_str(text);
                last.blocks.push(at);
            }
            continue;
        }
        if label_under.as_ref().is_some_and(|(depth, _)| shape == Shape::Item && block.depth <= *depth) {
            label_under = None;
        }
        push(&mut parts, at, block, (shape, text.to_owned()), scope.as_ref(), &place);
        if let Some(last) = parts.last_mut() {
            if last.under.is_none() {
                last.under = label_under.as_ref().map(|(_, label)| label.clone());
            }
            if last.shape == Shape::Item && label(text).is_some_and(|(_, rest)| rest.is_empty()) {
                label_under = Some((block.depth, plain(text).trim_end_matches([':', ' ']).to_owned()));
            }
        }
    }
    explained(&mut parts);
    parts
}

/// Where no part is named for the cause, the one that explains what was wrong is about it: "Diagnosis", "The problem", or "What
/// went wrong" where nothing tells what went well.
fn explained(parts: &mut [Part]) {
    if parts.iter().any(|part| part.topics.contains(&Topic::Cause)) {
        return;
    }
    let well = parts.iter().any(|part| part.topics.contains(&Topic::WentWell));
    let explains = |part: &Part| match part.topics.as_slice() {
        [] => {
            let words = Topic::bare(&part.heading);
            let last = words.split(' ').next_back().unwrap_or_default();
            matches!(last, "problem" | "explanation" | "issue" | "bug" | "explained" | "reasoning" | "fault")
                && words.split(' ').count() <= 4
        }
        [Topic::WentWrong] => !well,
        [Topic::Investigation] => part.heading.to_lowercase().contains("diagnos"),
        _ => false,
    };
    let Some(group) = parts.iter().find(|part| explains(part)).map(|part| part.group) else { return };
    for part in parts.iter_mut().filter(|part| part.group == group) {
        part.topics = vec![Topic::Cause];
    }
}

/// The topics that a labelled text opens, the label, and what follows it.
fn opens(shape: &Shape, text: &str, here: &[Topic], parted: bool) -> Option<(Vec<Topic>, String, String)> {
    let (name, rest) = match shape {
        Shape::Row { cells, header } if cells.len() == 2 && (!header || is_fact(&cells[1])) => {
            let name = plain(&cells[0]).trim_end_matches(':').to_owned();
            // "Customers affected | 9,200": a number alone says nothing without its name.
            let bare = !cells[1].chars().any(char::is_alphabetic) && name.contains(' ');
            let rest = if bare && !cells[1].trim().is_empty() {
                format!("{name}: {}", cells[1])
            } else {
                cells[1].clone()
            };
            (name, rest)
        }
        Shape::Row { .. } => return None,
        Shape::Prose | Shape::Item => {
            let named = label(text).map(|(name, rest)| (name, rest.to_owned()));
            named.or_else(|| opening_words(shape, text)).or_else(|| lead::before(shape, text))?
        }
    };
    let topics = if name.ends_with('?') { Topic::all(&name) } else { Topic::label(&name) };
    if topics.is_empty() {
        return None;
    }
    if here.iter().any(|t| t.is_to_do()) {
        let measures = parted || here.contains(&Topic::Measures);
        let narrower = topics.iter().all(|t| matches!(t, Topic::Improvements | Topic::Tasks));
        let bare_or_measures = rest.trim().is_empty() || measures;
        // "lesson: …" on a line of its own, after "todo: …".
        let apart =
            parted && *shape == Shape::Prose && name.split(' ').count() <= 2 && lead::is_apart(&topics);
        if !(apart || narrower && bare_or_measures) {
            return None;
        }
    }
    Some((topics, name, rest.trim().to_owned()))
}

/// "What we will change. The mailbox gets …": a paragraph may begin with what is to be done as its heading, with a full stop.
fn opening_words(shape: &Shape, text: &str) -> Option<(String, String)> {
    let (name, rest) = text.split_once(['.', '?']).filter(|_| *shape == Shape::Prose)?;
    let name = name.trim_matches(['*', '_', ' ']);
    let rest = rest.trim_start_matches(['*', '_']);
    let short = (1..=7).contains(&name.split(' ').count()) && rest.starts_with(' ');
    let topics = Topic::label(name);
    let to_do = !topics.is_empty() && topics.iter().all(|topic| topic.is_to_do());
    (short && to_do).then(|| (name.to_owned(), rest.trim().to_owned()))
}

/// Whether a cell in the head of a table tells something, so that the head is only the first of its rows.
fn is_fact(cell: &str) -> bool {
    cell.split_whitespace().count() >= 4 || cell.bytes().any(|b| b.is_ascii_digit())
}

/// What stands right below a block: items of a list, deeper than it where it is one.
fn leads(document: &Document, at: usize) -> bool {
    let (Some(block), Some(next)) = (document.blocks.get(at), document.blocks.get(at + 1)) else {
        return false;
    };
    let below = matches!(next.kind, Kind::Item { .. }) && next.section == block.section;
    below && (next.depth > block.depth || matches!(block.kind, Kind::Line))
}

/// Whether a line is a short one between two empty ones, with something below it: the name of what is to be done may stand so.
fn stands_alone(document: &Document, at: usize, text: &str) -> bool {
    let (Some(block), Some(next)) = (document.blocks.get(at), document.blocks.get(at + 1)) else {
        return false;
    };
    let lone = block.kind == Kind::Line && block.depth == 0 && !block.continues && !next.continues;
    let below = next.section == block.section && !matches!(next.kind, Kind::Heading(_) | Kind::Rule);
    let name = text.trim_end_matches(['*', '_', ' ']);
    lone && below
        && !name.ends_with(['.', ',', ';'])
        && Topic::label(&plain(text)).iter().all(|t| t.is_to_do())
}

/// The topics of a line that is nothing but the name of a part, without a colon, and leads to a list.
fn opens_bare(
    shape: &Shape,
    text: &str,
    here: &[Topic],
    leads: bool,
) -> Option<(Vec<Topic>, String, String)> {
    let told = [Topic::Timeline, Topic::Investigation, Topic::Misleading];
    if !leads || matches!(shape, Shape::Row { .. }) {
        return None;
    }
    let name = plain(text);
    let topics = if name.split_whitespace().count() <= 8 { Topic::label(&name) } else { Vec::new() };
    if here.iter().any(|t| told.contains(t)) && !topics.iter().all(|t| t.is_to_do()) {
        return None;
    }
    let to_do = here.iter().any(|t| t.is_to_do());
    let fits = !topics.is_empty() && (!to_do || topics.iter().all(|t| t.is_to_do()));
    fits.then(|| (topics, name, String::new()))
}

/// Whether a label no longer holds.
fn ended(scope: &Scope, shape: &Shape, depth: u8, gap: bool, continues: bool) -> bool {
    match (scope.depth, shape) {
        (_, _) if continues => false,
        (Some(own), Shape::Item | Shape::Prose) => depth <= own && (*shape == Shape::Item || gap),
        (Some(_), Shape::Row { .. }) => true,
        (None, Shape::Prose) => scope.full && gap,
        (None, _) => false,
    }
}

/// Whether a line goes on the paragraph before it. A line that ends a sentence, before one that begins with a capital, is a
/// paragraph of its own where things to be done stand one below the other.
fn flows(last: Option<&Part>, at: usize, text: &str, to_do: bool, (width, before): (usize, usize)) -> bool {
    let Some(last) = last.filter(|last| last.blocks.last() == Some(&(at - 1))) else { return false };
    if !matches!(last.shape, Shape::Prose | Shape::Item) {
        return false;
    }
    if is_named(text) || lead::is_box(text) || (lead::points(text) && lead::points(&last.text)) {
        return false;
    }
    let whole = last.text.trim_end().ends_with(['.', '!', '?', ':', ';', ')']);
    let begins = text.trim_start_matches(['*', '_', '`']).starts_with(char::is_uppercase)
        || (outline(text) > 0 && (whole || outline(&last.text) > 0))
        || is_pictured(text)
        || text.starts_with(['☐', '☑', '☒', '✅', '✔', '✓', '□', '■', '◻', '◼', '🔲', '🔳', '❌']);
    // A short line was not broken off for want of room.
    let short = last.blocks.len() == 1 && last.text.chars().count() < SHORT;
    let word = text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let room = before + 1 + word < width;
    !(to_do && begins && (whole || short || room))
}

/// Whether a line begins with a picture or an arrow: people who have no bullets use them.
pub(super) fn is_pictured(text: &str) -> bool {
    pictures(text) > 0
}

/// How long the pictures and arrows at the beginning of a line are, with the blanks behind them.
pub(super) fn pictures(text: &str) -> usize {
    let arrow = ["->", "=>", ">>", "-->", "==>"]
        .iter()
        .filter(|sign| text.starts_with(**sign))
        .map(|s| s.len())
        .max();
    let is_picture =
        |c: char| ('\u{2190}'..='\u{2bff}').contains(&c) || c >= '\u{1f000}' && !c.is_alphanumeric();
    let joins = |c: char| matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}');
    let pictured = text.char_indices().take_while(|(_, c)| is_picture(*c) || joins(*c)).last();
    let end = arrow.unwrap_or_else(|| pictured.map_or(0, |(at, c)| at + c.len_utf8()));
    let rest = &text[end..];
    let ticked = text.starts_with(['✅', '☑', '✔', '☐']);
    let blanks = rest.len() - rest.trim_start().len();
    if end == 0 || blanks == 0 || ticked { 0 } else { end + blanks }
}

/// How long the number of a part within a part is, with the blanks behind it: `6.1 `, `2.3.4. `; a number that was kept from being
/// one of a list, too: `1\. `.
pub(super) fn outline(text: &str) -> usize {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}\\[.)]|\d{1,2} ?[-–—:])\s+").ok()
    });
    NUMBER.as_ref().and_then(|rule| rule.find(text)).map_or(0, |hit| hit.end())
}

/// How many characters the longest line of the document takes of text takes: as wide it was written.
fn width(document: &Document) -> usize {
    let lines = document.blocks.iter().filter(|block| block.kind == Kind::Line);
    lines.map(|block| block.text.chars().count()).max().unwrap_or(0)
}

/// How many characters the line before a block takes.
fn last_line(document: &Document, at: usize) -> usize {
    at.checked_sub(1).and_then(|at| document.blocks.get(at)).map_or(0, |block| block.text.chars().count())
}

/// Whether a line begins with a label that is set off: `**Status:** done`.
fn is_named(text: &str) -> bool {
    text.starts_with(['*', '_']) && label(text).is_some()
}

fn push(
    parts: &mut Vec<Part>,
    at: usize,
    block: &super::document::Block,
    (shape, text): (Shape, String),
    scope: Option<&Scope>,
    place: &Place,
) {
    let (topics, heading, group, under) = match scope {
        Some(scope) => (scope.topics.clone(), scope.heading.clone(), scope.group, None),
        None => (place.topics.clone(), place.heading.clone(), block.section, place.under.clone()),
    };
    parts.push(Part {
        line: block.line,
        blocks: vec![at],
        text,
        shape,
        depth: block.depth,
        topics,
        heading,
        group,
        under,
        labelled: false,
    });
}
