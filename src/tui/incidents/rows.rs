//! The rows of an incident in the list: how bad, where it stands, what it is, when it began, and how long it took.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Look;
use super::order::{Card, Hit};
use super::view::Scene;
use crate::archive::{Card as Shown, Part, Snippet};
use crate::model::{Face, Status};
use crate::text::{Raw, TermText};

/// The narrowest screen on which an incident takes one row.
const ONE_ROW: u16 = 72;
/// The narrowest screen that has room for the zone and the number of entries.
const WIDE: u16 = 100;
/// Columns of the mark, the severity and the status.
const MARKS: usize = 2 + BADGE + 1 + STATUS + 1;
const BADGE: usize = " SEV 1 ".len();
const STATUS: usize = "investigating".len();

/// The columns of what leads to the words that were typed.
const LEADING: usize = 12;

/// What is said of one that is likely there twice.
const TWICE: &str = " · likely twice";

/// How much of an incident is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two rows.
    Narrow,
    /// One row.
    #[default]
    Plain,
    /// One row, with what is nice to know.
    Wide,
}

impl Shape {
    pub(super) fn of(width: u16) -> Self {
        match width {
            ..ONE_ROW => Self::Narrow,
            ONE_ROW..WIDE => Self::Plain,
            WIDE.. => Self::Wide,
        }
    }

    /// The rows that an incident takes.
    pub(super) fn rows(self) -> u16 {
        if self == Self::Narrow { 2 } else { 1 }
    }
}

/// The rows of some incidents; `chosen` is the place of the chosen one among them.
pub(super) fn of(
    shown: &[(&Card, &Hit)],
    chosen: Option<usize>,
    shape: Shape,
    scene: &Scene<'_>,
    width: u16,
) -> Vec<Line<'static>> {
    let look = scene.list.look;
    let width = usize::from(width);
    let facts: Vec<TermText> = shown.iter().map(|(card, _)| facts(card, shape, scene)).collect();
    let right = facts.iter().map(TermText::width).max().unwrap_or_default();
    let mut rows = Vec::new();
    for (nth, ((card, hit), facts)) in shown.iter().zip(&facts).enumerate() {
        let is_chosen = chosen == Some(nth);
        let twice = scene.list.twin(card).is_some();
        let mark = Span::styled(if is_chosen { "▸ " } else { "  " }, look.accent());
        let own = match &scene.list.doors.archive.kept()[card.at].card {
            Ok(incident) if shape == Shape::Narrow => {
                narrow(mark, incident, (card, hit), (facts, twice), width, look)
            }
            Ok(incident) => vec![wide(mark, incident, (card, hit), (facts, right, twice), width, look)],
            Err(why) => unreadable(mark, card, why, shape, width, look),
        };
        let style = if is_chosen { look.selected() } else { Style::new() };
        rows.extend(own.into_iter().map(|row| filled(row, width).patch_style(style)));
    }
    rows
}

fn wide(
    mark: Span<'static>,
    incident: &Shown,
    (card, hit): (&Card, &Hit),
    (facts, right, twice): (&TermText, usize, bool),
    width: usize,
    look: Look,
) -> Line<'static> {
    let twice = if twice && hit.snippet().is_none() { TWICE } else { "" };
    let room = width.saturating_sub(MARKS + 2 + right + Raw::new(twice).for_term().width());
    let title = card.title.cut(if hit.snippet().is_some() { room / 2 } else { room });
    let mut line = Line::from(vec![mark, badge(incident, look), Span::raw(" ")]);
    let status = format!("{:STATUS$} ", incident.status.word());
    line.push_span(Span::styled(status, status_style(incident.status, look)));
    line.extend(titled(&title, hit, incident.status, look));
    line.push_span(Span::styled(twice, look.warn()));
    if let Some(snippet) = hit.snippet() {
        line.extend(quoted(snippet, room.saturating_sub(title.width()), look));
    }
    let gap = width.saturating_sub(line.width() + facts.width());
    line.extend([Span::raw(" ".repeat(gap)), Span::styled(facts.to_string(), look.quiet())]);
    line
}

fn narrow(
    mark: Span<'static>,
    incident: &Shown,
    (card, hit): (&Card, &Hit),
    (facts, twice): (&TermText, bool),
    width: usize,
    look: Look,
) -> Vec<Line<'static>> {
    let mut title = Line::from(mark);
    title.extend(titled(&card.title.cut(width.saturating_sub(2)), hit, incident.status, look));
    let mut line = Line::from(vec![Span::raw("  "), badge(incident, look), Span::raw(" ")]);
    line.push_span(Span::styled(incident.status.word(), status_style(incident.status, look)));
    if let Some(snippet) = hit.snippet() {
        line.extend(quoted(snippet, width.saturating_sub(line.width()), look));
        return vec![title, line];
    }
    let twice = if twice { TWICE } else { "" };
    let rest = Raw::new(format!(" · {facts}{twice}")).for_term().cut(width.saturating_sub(line.width()));
    line.push_span(Span::styled(rest.to_string(), look.quiet()));
    vec![title, line]
}

/// One that cannot be read is shown with the reason.
fn unreadable(
    mark: Span<'static>,
    card: &Card,
    why: &str,
    shape: Shape,
    width: usize,
    look: Look,
) -> Vec<Line<'static>> {
    // Its folder is named already.
    let why = why.replace(&format!("{}/", Raw::new(card.folder.to_string_lossy()).for_term()), "");
    let room = width.saturating_sub(2);
    let text = |text: String| Span::styled(Raw::new(text).for_term().cut(room).to_string(), look.bad());
    if shape == Shape::Narrow {
        let id = text(format!("✗ {}", card.title));
        return vec![
            Line::from(vec![mark, id]),
            Line::from(vec![Span::raw("  "), text(format!("cannot be read: {why}"))]),
        ];
    }
    vec![Line::from(vec![mark, text(format!("✗ {} cannot be read: {why}", card.title))])]
}

fn badge(incident: &Shown, look: Look) -> Span<'static> {
    let words = incident.severity.map_or_else(|| " SEV – ".into(), |severity| format!(" SEV {severity} "));
    Span::styled(words, look.severity(incident.severity))
}

fn status_style(status: Status, look: Look) -> Style {
    if status.is_over() { look.good() } else { look.warn() }
}

/// The title, with what was typed of it marked.
fn titled(title: &TermText, hit: &Hit, status: Status, look: Look) -> Vec<Span<'static>> {
    let plain = if status.is_over() { Style::new() } else { Style::new().add_modifier(Modifier::BOLD) };
    let marked = look.accent().add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD));
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (nth, piece) in title.as_str().graphemes(true).enumerate() {
        let typed = hit.typed.iter().any(|at| usize::try_from(*at) == Ok(nth));
        let style = if typed { marked } else { plain };
        match spans.last_mut() {
            Some(span) if span.style == style => span.content.to_mut().push_str(piece),
            _ => spans.push(Span::styled(piece.to_owned(), style)),
        }
    }
    spans
}

/// Where what was typed stands in it, and the words around it: ` · cause: …the certificate expired`.
fn quoted(snippet: &Snippet, room: usize, look: Look) -> Vec<Span<'static>> {
    let found = snippet.pieces.iter().find(|(_, found)| *found);
    let words = found.map_or(0, |(piece, _)| piece.for_term().width());
    // When it was said matters less than what, and where less than what was typed.
    let place = match snippet.part {
        Part::Entry => " · ".to_owned(),
        _ => format!(" · {}: ", snippet.place.for_term()),
    };
    let place =
        if Raw::new(place.as_str()).for_term().width() + words > room { " · ".to_owned() } else { place };
    let place = Raw::new(place).for_term().cut(room);
    let mut left = room.saturating_sub(place.width());
    let mut spans = vec![Span::styled(place.to_string(), look.quiet())];
    for (nth, (piece, found)) in snippet.pieces.iter().enumerate() {
        let mut piece = piece.for_term();
        // What was typed has to be seen: of what leads to it, a few words are enough.
        let leading = left.saturating_sub(words).min(LEADING);
        if nth == 0 && !found && piece.width() > leading {
            let graphemes: Vec<&str> = piece.as_str().graphemes(true).collect();
            let tail = graphemes[graphemes.len().saturating_sub(leading.saturating_sub(1))..].concat();
            piece = Raw::new(format!("…{tail}")).for_term();
        }
        let cut = piece.cut(left);
        left = left.saturating_sub(cut.width());
        let style = if *found { look.accent().add_modifier(Modifier::UNDERLINED) } else { look.quiet() };
        spans.push(Span::styled(cut.to_string(), style));
        if left == 0 {
            break;
        }
    }
    spans
}

/// When it began, how long it took or has been going on, and how much was logged.
fn facts(card: &Card, shape: Shape, scene: &Scene<'_>) -> TermText {
    let Ok(incident) = &scene.list.doors.archive.kept()[card.at].card else {
        return Raw::default().for_term();
    };
    let face = Face::new(&incident.zone, incident.clock);
    let about = incident.about.map(|(began, _)| began);
    let Some(began) = incident.began.or(about) else {
        if incident.entries > 0 {
            return Raw::new(format!("{} entries, day not known", incident.entries)).for_term();
        }
        return Raw::new("nothing logged yet").for_term();
    };
    let day = face.date(&began.into()).map(|date| date.to_string()).unwrap_or_default();
    let span = format!("{:>8}", incident.lasted(scene.now));
    let facts = match shape {
        Shape::Narrow => format!("{day} · {}", span.trim_start()),
        Shape::Plain => format!("{day} {span}"),
        Shape::Wide => {
            let entries = incident.entries;
            format!(
                "{} {span} {entries:5} {}",
                // Without its zone, the time of day would say more than is known.
                if about.is_some() { format!("{day:20}") } else { face.instant(began) },
                if entries == 1 { "entry  " } else { "entries" }
            )
        }
    };
    Raw::new(facts).for_term()
}

/// A row that reaches to the right end, so that the chosen one is seen as a whole.
fn filled(mut row: Line<'static>, width: usize) -> Line<'static> {
    let gap = width.saturating_sub(row.width());
    row.push_span(Span::raw(" ".repeat(gap)));
    row
}
