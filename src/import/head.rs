//! What a document is called, and how bad it says the incident was.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::clock;
use super::document::{Claims, Document, Kind, is_section_name, label, normal, plain};
use super::parts;
use crate::import::pattern;

/// What stands at the head of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub title: String,
    /// The line of the title; none where it is the name of the file.
    pub line: Option<u32>,
    pub severity: Option<(u8, u32)>,
}

static PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^[^A-Za-z0-9]*(?:(?:incident|outage)[\s_-]+)?(?:blameless[\s_-]+)?post[\s_-]?mortem(?:[\s_-]+(?:report|analysis|review))?\s*(?:[:–—|]|-\s|\bof\b(?:\s+the)?|\bon\b|\bfor\b)\s*").ok()
});
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:post[\s_-]?mortem|incident report|outage report|outage)\b").ok()
});
static SEVERITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\bsev(?:erity)?(?:\s*level)?[\s:*_`#=-]{0,6}(?P<n>[0-5])\b|^\W*(?:priority|severity|urgency)[\s:*_`|-]{1,8}P?(?P<p>[0-5])\b|[(\[\s]P(?P<q>[0-4])(?:[)\]\s.,:]|\s?incident|$)").ok()
});
static WORDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(
        r"(?i)^\W*severity[\s:*_`|-]{1,8}(?P<w>critical|blocker|major|high|medium|moderate|minor|low)\b",
    )
    .ok()
});

/// Reads the head of a document; `name` is that of its file.
pub(super) fn read(document: &Document, name: &str, claims: &mut Claims) -> Head {
    let mut head = Head { severity: severity(document, claims), ..Head::default() };
    let blocks = &document.blocks;
    let meta = |at: &usize| {
        matches!(&blocks[*at].kind, Kind::Meta { key } if key == "title") && !blocks[*at].text.is_empty()
    };
    let labelled = |at: &usize| {
        label(&blocks[*at].text).is_some_and(|(name, rest)| {
            !rest.is_empty()
                && matches!(
                    normal(&name).as_str(),
                    "title"
                        | "incident title"
                        | "incident name"
                        | "incident"
                        | "subject"
                        | "betreff"
                        | "objet"
                        | "asunto"
                        | "assunto"
                        | "re"
                        | "headline"
                        | "name"
                        | "postmortem title"
                        | "outage"
                )
        })
    };
    let called = |at: &usize| {
        let text = &blocks[*at].text;
        matches!(blocks[*at].kind, Kind::Line)
            && text.len() < 160
            && !text.ends_with('.')
            && CALLED.as_ref().is_some_and(|called| called.is_match(text))
            && !text.contains("://")
    };
    let heading =
        |at: &usize| matches!(blocks[*at].kind, Kind::Heading(_)) && says_something(&blocks[*at].text);
    let range = || 0..blocks.len().min(40);
    let first_heading = range().find(heading);
    // A line that calls itself a postmortem before any heading is the title of it.
    let first_called =
        (0..blocks.len().min(6)).find(called).filter(|at| first_heading.is_none_or(|heading| *at < heading));
    let found = range()
        .find(meta)
        .or(first_called)
        .or(first_heading)
        .or_else(|| range().find(labelled))
        .or_else(|| range().find(called))
        .or_else(|| is_headline(document).then_some(0));
    if let Some(at) = found {
        let block = &blocks[at];
        let text = match label(&block.text)
            .filter(|_| !matches!(block.kind, Kind::Meta { .. } | Kind::Heading(_)) && labelled(&at))
        {
            Some((_, rest)) => plain(rest),
            None => plain(&block.text),
        };
        head.title = without_prefix(&text);
        head.line = Some(block.line);
        claims.claim(at);
    }
    if head.title.is_empty() {
        head.title = from_name(name);
        head.line = None;
    }
    head
}

/// Whether the first line stands above the rest as a title does: short, no sentence, no time, and no state of a page.
fn is_headline(document: &Document) -> bool {
    let Some(block) = document.blocks.first().filter(|block| matches!(block.kind, Kind::Line)) else {
        return false;
    };
    let text = plain(&block.text);
    let words = text.split_whitespace().count();
    let apart = document.blocks.get(1).is_none_or(|next| !next.continues || next.text.len() < 60);
    (2..=12).contains(&words)
        && text.len() < 90
        && text.starts_with(|char: char| char.is_alphanumeric())
        && !text.ends_with(['.', ':', ',', ';', '-', '–', '—', '?'])
        && says_something(&text)
        && apart
        && clock::inside(&text).iter().all(|found| found.from.hour.is_none())
        && label(&text).is_none()
}

fn without_prefix(text: &str) -> String {
    let bare =
        PREFIX.as_ref().map_or(text, |prefix| prefix.find(text).map_or(text, |hit| &text[hit.end()..]));
    let bare = bare.trim().trim_end_matches(':').trim();
    let kept = if bare.chars().filter(|char| char.is_alphabetic()).count() >= 3 { bare } else { text.trim() };
    let mut title: String = kept.chars().take(200).collect();
    if let Some(first) = title.chars().next().filter(|first| first.is_lowercase()) {
        title.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    title
}

/// Whether a heading is more than the name of a part.
fn says_something(text: &str) -> bool {
    let normal = normal(text);
    !is_section_name(text)
        && !matches!(
            normal.as_str(),
            "" | "postmortem report" | "incident postmortem" | "incident report" | "table of contents"
        )
}

fn from_name(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    let words = stem.replace(['_', '-'], " ");
    let words = words.trim();
    if words.is_empty() || words == "0" { "Imported incident".into() } else { words.to_owned() }
}

/// How bad it was; what is to be done afterwards has an urgency of its own, and says nothing of that.
fn severity(document: &Document, claims: &Claims) -> Option<(u8, u32)> {
    let to_do: BTreeSet<usize> = parts::of(document, claims)
        .into_iter()
        .filter(|part| part.topics.iter().any(|topic| topic.is_to_do()))
        .flat_map(|part| part.blocks)
        .collect();
    let head = document.blocks.iter().enumerate();
    let head = head.filter(|(_, block)| !matches!(block.kind, Kind::Code | Kind::Comment)).take(60);
    head.filter(|(at, block)| block.text.len() < 300 && !to_do.contains(at)).find_map(|(_, block)| {
        let text = match &block.kind {
            Kind::Meta { key } => format!("{key}: {}", block.text),
            _ => plain(&block.text),
        };
        if let Some(hit) = SEVERITY.as_ref()?.captures(&text) {
            let number =
                ["n", "p", "q"].into_iter().find_map(|name| hit.name(name))?.as_str().parse::<u8>().ok()?;
            return Some((number.max(1), block.line));
        }
        let word = WORDED.as_ref()?.captures(&text)?.name("w")?.as_str().to_lowercase();
        let number = match word.as_str() {
            "critical" | "blocker" => 1,
            "major" | "high" => 2,
            "medium" | "moderate" => 3,
            _ => 4,
        };
        Some((number, block.line))
    })
}
