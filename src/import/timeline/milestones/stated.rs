//! Lines and sentences that say when it began and was over.

use std::sync::LazyLock;

use regex::Regex;

use super::length::length;
use super::{Spans, Stated, told};
use crate::import::clock::{self, Date, Expression};
use crate::import::document::{Block, Claims, Document, Kind, label, plain};
use crate::import::pattern;
use crate::import::sections::Topic;
use crate::import::timeline::context::Context;
use crate::import::timeline::draft::Draft;
use crate::import::timeline::prose;
use crate::model::MilestoneKind;

/// The words that say which milestone the time after them is; of several the last counts.
static CUES: LazyLock<Vec<(MilestoneKind, Regex)>> = LazyLock::new(|| {
    let rules = [
        (
            MilestoneKind::Started,
            r"(?i)\b(?:start(?:ed|ing|s)?|began|begin(?:s|ning)?|begun|onset|commenc(?:ed|ing)|occurr(?:ed|ing)|from|since|T[\x20-]?(?:0|zero))\b",
        ),
        (
            MilestoneKind::Resolved,
            r"(?i)\b(?:end(?:ed|ing|s)?|until|till|to|resolv\w+|resolution|recover\w*|restor\w+|finish\w*|fixed)\b",
        ),
        (
            MilestoneKind::Identified,
            r"(?i)(?:\b(?:cause|culprit|reason) (?:was |is |has been )?(?:finally )?(?:identified|found|confirmed|established|determined|located|known)|\b(?:identified|found|confirmed|established|determined|located) (?:the |its )?(?:\w+ )?(?:root )?cause)\b|\A\W*(?:time )?(?:identified|identification|diagnosed|diagnosis)\b",
        ),
        (MilestoneKind::Detected, r"(?i)\b(?:detect\w*|noticed|discovered|alerted|reported|identified)\b"),
        (MilestoneKind::Declared, r"(?i)\bdeclared\b"),
        (MilestoneKind::Acknowledged, r"(?i)\backnowledged\b"),
        (MilestoneKind::Mitigated, r"(?i)\b(?:mitigat\w+|repaired|contained)\b"),
    ];
    rules.into_iter().filter_map(|(kind, rule)| Some((kind, pattern::new(rule).ok()?))).collect()
});

/// Words of an outage as a whole: a span in such a sentence is its span.
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:outages?|incident|down(?:time)?|unavailab\w+|lasted|lasting|interrupt\w+|disrupt\w+|degrad\w+|duration|inaccessible|affected|impact\w*|occurred|experienced|failed|issue)\b").ok()
});

/// The beginning of something that is no outage.
static STARTS_OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:start|begin(?:ning)?) of (?:the |our |a )?(?:sale|shift|campaign|maintenance|deploy\w*|rollout|roll-out|release|migration|game|match|show|event|day|week|work|business|school|term|semester|season|stream|test|backup|import|batch|investigation|analysis|meeting|call|recovery|repair)").ok()
});

/// "At 06:00 an outage occurred": the words after a time say that the whole began.
static BROKE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^[^.;]{0,40}\b(?:outage|incident|issue|servers?|site|website|service|application|system|platform|database)\b[^.;]{0,30}\b(?:occurred|began|started|happened|went\x20(?:down|offline)|crashed|stopped|became\x20un\w+)").ok()
});

/// "At 11:17 the team has corrected …": the words after a time say that the whole was over.
static MENDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^[^.;]{0,60}\b(?:resolved|restored|recovered|corrected|fixed)\b").ok()
});

pub(super) fn read(
    document: &Document,
    drafts: &[Draft],
    context: &mut Context,
    claims: &mut Claims,
) -> Spans {
    let mut spans = Spans::default();
    let mut row_of = vec![false; document.blocks.len()];
    for draft in drafts {
        for block in row_of.get_mut(draft.block..=draft.last).into_iter().flatten() {
            *block = true;
        }
    }
    let title = document.sections.get(1).filter(|first| first.level == 1).map(|first| first.heading.as_str());
    let ends = |block: &Block| meta_key(block, false) == Some(MilestoneKind::Resolved);
    let page = document.blocks.iter().any(ends);
    let mut reader = Reader { date: None, label: None, section: usize::MAX, page, header: Vec::new() };
    for (at, block) in document.blocks.iter().enumerate() {
        if row_of[at] || matches!(block.kind, Kind::Code | Kind::Comment | Kind::Rule) {
            continue;
        }
        // The title of the document is no part of it: "RCA: mail was down".
        let headings = document.path(block.section).filter(|heading| Some(*heading) != title);
        let topic = headings.into_iter().find_map(Topic::of);
        reader.enter(block);
        let spoken = matches!(
            topic,
            None | Some(
                Topic::Summary
                    | Topic::Duration
                    | Topic::Impact
                    | Topic::Timeline
                    | Topic::Detection
                    | Topic::Resolution
            )
        );
        if spoken && block.text.len() < 4000 {
            let whole = reader.block(block, topic, &mut spans);
            if whole {
                claims.claim(at);
            }
        }
    }
    if spans.of(MilestoneKind::Started).is_some_and(|stated| stated.point.date.is_none()) {
        give_start_a_date(&mut spans, &reader, context);
    }
    spans
}

/// "starting at 08:30 and ending at 10:15 on August 19": the date of the end is that of the start.
fn give_start_a_date(spans: &mut Spans, reader: &Reader, context: &Context) {
    let end = spans.of(MilestoneKind::Resolved).and_then(|stated| stated.point.date);
    let date = end.or(reader.date).or(context.base);
    if let Some(start) = spans.stated.iter_mut().find(|stated| stated.milestone == MilestoneKind::Started) {
        start.point.date = date;
    }
}

struct Reader {
    /// The date seen last.
    date: Option<Date>,
    /// The label that the block stands under or begins with.
    label: Option<String>,
    section: usize,
    /// It is a page of a site for states of services: its front matter says when it was resolved.
    page: bool,
    /// The names of the columns of the table it stands in.
    header: Vec<String>,
}

impl Reader {
    fn enter(&mut self, block: &Block) {
        match &block.kind {
            Kind::Row { cells, header: true } => self.header.clone_from(cells),
            Kind::Row { .. } => {}
            _ => self.header.clear(),
        }
        if block.section != self.section {
            self.section = block.section;
            self.label = None;
        }
        match label(&block.text).filter(|_| !matches!(block.kind, Kind::Heading(_))) {
            Some((name, _)) => self.label = Some(name),
            None if block.gap && block.depth == 0 => self.label = None,
            None => {}
        }
    }

    /// Reads one block; true where all its words are in what was found.
    fn block(&mut self, block: &Block, topic: Option<Topic>, spans: &mut Spans) -> bool {
        let text = block.text.as_str();
        let named = self.label.as_deref().map(|label| (Topic::of(label), label.to_lowercase()));
        let span = topic == Some(Topic::Duration)
            || named.as_ref().is_some_and(|(topic, name)| {
                *topic == Some(Topic::Duration)
                    || ["time", "when", "window", "period", "timeframe", "date/time", "date and time"]
                        .iter()
                        .any(|word| name.ends_with(word))
            });
        let found = clock::inside(text);
        let whole_words = WHOLE.as_ref().is_some_and(|whole| whole.is_match(text));
        if (span || whole_words) && spans.minutes.is_none() && topic != Some(Topic::Timeline) {
            spans.minutes = length(text, span).map(|minutes| (minutes, block.line));
        }
        spans.lengths.extend(
            told::lengths(text)
                .into_iter()
                .filter_map(|(milestone, rest)| Some((milestone, length(rest, true)?, block.line))),
        );
        let mut end = 0;
        let meta = meta_key(block, self.page);
        let early = matches!(topic, Some(Topic::Summary | Topic::Impact | Topic::Duration))
            || (topic.is_none() && block.section <= 2);
        let sentences = if early { prose::sentences(text) } else { Vec::new() };
        for (at, expression) in found.iter().enumerate() {
            self.date = expression.from.date.or(self.date);
            let column =
                || told::of_key(&plain(self.header.get(cell_of(block, at, &found)?)?).to_lowercase());
            if let Some(milestone) = meta.or_else(column) {
                self.add(milestone, expression, block, text, spans);
                continue;
            }
            if expression.from.hour.is_none() && expression.from.date.is_some() {
                day_of(expression, block, text, spans);
            }
            if !expression.is_timed() || expression.is_doubtful() || expression.from.since_start.is_some() {
                continue;
            }
            let from =
                text[..expression.span.start].char_indices().rev().nth(60).map_or(0, |(at, _)| at).max(end);
            // What another sentence says is not said of this time.
            let from = text[from..expression.span.start]
                .rmatch_indices(". ")
                .find(|(dot, _)| is_end(&text[from..from + dot]))
                .map(|(dot, _)| dot)
                .map_or(from, |dot| from + dot + 2);
            let before = plain(&text[from..expression.span.start]);
            if expression.until.is_some() {
                if span || whole_words || topic == Some(Topic::Summary) {
                    self.add_range(expression, block, text, spans);
                }
            } else if let Some(milestone) = cue(&before, span, text, expression, end > 0, spans)
                .filter(|_| span || before.trim_end().ends_with(':') || whole_words || text.len() < 80)
            {
                self.add(milestone, expression, block, text, spans);
            } else if let Some(milestone) = in_sentence(&sentences, &found, at) {
                self.add(milestone, expression, block, text, spans);
            }
            end = expression.span.end;
        }
        false
    }

    fn add_range(&self, expression: &Expression, block: &Block, text: &str, spans: &mut Spans) {
        let Some(until) = &expression.until else { return };
        if until.hour.is_none() {
            return;
        }
        self.add(MilestoneKind::Started, expression, block, text, spans);
        let end = Expression { from: until.clone(), until: None, ..expression.clone() };
        if spans.of(MilestoneKind::Resolved).is_none() {
            self.push(MilestoneKind::Resolved, &end, block, text, spans);
        }
    }

    fn add(
        &self,
        milestone: MilestoneKind,
        expression: &Expression,
        block: &Block,
        text: &str,
        spans: &mut Spans,
    ) {
        if spans.of(milestone).is_none() {
            self.push(milestone, expression, block, text, spans);
        }
    }

    fn push(
        &self,
        milestone: MilestoneKind,
        expression: &Expression,
        block: &Block,
        text: &str,
        spans: &mut Spans,
    ) {
        let mut point = expression.from.clone();
        // Only the start takes a date from the words before it: the end follows the start.
        if milestone == MilestoneKind::Started {
            point.date = point.date.or(self.date);
        }
        let written = plain(text.get(expression.span.clone()).unwrap_or_default());
        spans.stated.push(Stated {
            milestone,
            point,
            approximate: expression.approximate,
            line: block.line,
            written,
        });
    }
}

/// The milestone of a field of front matter.
fn meta_key(block: &Block, page: bool) -> Option<MilestoneKind> {
    match &block.kind {
        Kind::Meta { key } if page && key == "date" => {
            let timed = clock::inside(&block.text).iter().any(Expression::is_timed);
            timed.then_some(MilestoneKind::Started)
        }
        Kind::Meta { key } => told::of_key(key),
        _ => None,
    }
}

/// "First exposure: 2022-08-29": a field that tells only the day of the start or the end.
fn day_of(expression: &Expression, block: &Block, text: &str, spans: &mut Spans) {
    let before = plain(&text[..expression.span.start]).to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| before.starts_with(word));
    if before.len() > 30 || expression.until.is_some() {
        return;
    }
    let milestone = if begins(&["start", "began", "begin", "onset", "first ", "since", "from"]) {
        MilestoneKind::Started
    } else if begins(&["end", "until", "resol", "restor", "recover"]) {
        MilestoneKind::Resolved
    } else {
        return;
    };
    let written = plain(text.get(expression.span.clone()).unwrap_or_default());
    let (point, approximate, line) = (expression.from.clone(), expression.approximate, block.line);
    spans.days.push(Stated { milestone, point, approximate, line, written });
}

/// Which cell of a row holds the time with that number: the first cell that holds the same words.
fn cell_of(block: &Block, at: usize, found: &[Expression]) -> Option<usize> {
    let Kind::Row { cells, header: false } = &block.kind else { return None };
    let written = block.text.get(found[at].span.clone())?;
    cells.iter().position(|cell| cell.contains(written))
}

/// Whether a dot after these words ends a sentence: not that of `approx.` or `a.m.`
fn is_end(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    !matches!(word.as_str(), "a.m" | "p.m" | "approx" | "ca" | "no" | "etc" | "i.e" | "e.g")
}

/// What the sentence that a time stands in says of it.
fn in_sentence(sentences: &[(usize, &str)], found: &[Expression], at: usize) -> Option<MilestoneKind> {
    let time = &found[at].span;
    let (begin, sentence) = sentences.iter().rev().find(|(begin, _)| *begin <= time.start)?;
    let begin = *begin;
    let within = |place: usize| place.saturating_sub(begin).min(sentence.len());
    let from = at.checked_sub(1).map_or(0, |before| within(found[before].span.end));
    let to = found.get(at + 1).map_or(sentence.len(), |next| within(next.span.start).max(within(time.end)));
    told::of(sentence, from, &(within(time.start)..within(time.end)), to)
}

/// Which milestone the words before a time say.
fn cue(
    before: &str,
    span: bool,
    text: &str,
    expression: &Expression,
    later: bool,
    spans: &Spans,
) -> Option<MilestoneKind> {
    let mut best: Option<(usize, MilestoneKind)> = None;
    for (kind, rule) in CUES.iter() {
        if let Some(hit) = rule.find_iter(before).last()
            && best.is_none_or(|(end, _)| hit.end() > end)
        {
            best = Some((hit.end(), *kind));
        }
    }
    // "Start of the sale: 10:00" is not when the outage began.
    let other = STARTS_OTHER.as_ref().is_some_and(|rule| rule.is_match(before));
    let best = best.filter(|(_, kind)| *kind != MilestoneKind::Started || !other || span);
    match best {
        // "start and end times: 10:00, 11:00"
        Some((_, MilestoneKind::Resolved)) if !later && before.to_lowercase().contains("start") => {
            Some(MilestoneKind::Started)
        }
        Some((end, kind)) if before.len() - end < 30 => Some(kind),
        None if span && !later && spans.of(MilestoneKind::Started).is_none() => Some(MilestoneKind::Started),
        None if later && (span || names_both(text)) => Some(MilestoneKind::Resolved),
        None if label_of(before).is_some() => label_of(before),
        None if follows(&BROKE, text, expression) => Some(MilestoneKind::Started),
        None if follows(&MENDED, text, expression) => Some(MilestoneKind::Resolved),
        _ => None,
    }
}

/// "Start / end: …": the first words name both.
fn names_both(text: &str) -> bool {
    let head: String = text.chars().take(40).collect::<String>().to_lowercase();
    head.contains("start") && head.contains("end")
}

/// `Opened:`, `Closed:`, `Over |`: words that say it only as the name of a field.
fn label_of(before: &str) -> Option<MilestoneKind> {
    let before = before.trim_end();
    let name = before.strip_suffix([':', '|', '-', '–', '=']).or_else(|| before.strip_suffix("at:"))?;
    match name.trim_matches(|char: char| !char.is_alphabetic()).to_lowercase().as_str() {
        "opened" | "open" | "down" | "first seen" | "first impact" | "broke" | "down since" => {
            Some(MilestoneKind::Started)
        }
        "closed" | "close" | "over" | "stopped" | "up again" | "back" | "all clear" | "up" | "last seen" => {
            Some(MilestoneKind::Resolved)
        }
        _ => None,
    }
}

/// Whether the words right after a time say something.
fn follows(rule: &LazyLock<Option<Regex>>, text: &str, expression: &Expression) -> bool {
    let after = text.get(expression.span.end..).unwrap_or_default();
    let end = after.char_indices().nth(90).map_or(after.len(), |(at, _)| at);
    rule.as_ref().is_some_and(|rule| rule.is_match(&after[..end]))
}
