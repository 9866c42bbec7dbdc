//! The hypotheses: what is suspected, how far it was looked into, and how the search for the cause stands.

use chrono::TimeDelta;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::list::Item;
use super::{Scene, answers, ranked};
use crate::model::{DisputedItem, Hypothesis, HypothesisStatus, Incident, Side, inquiry};
use crate::text::Raw;
use crate::tui::disputed;
use crate::tui::look::Look;
use crate::tui::state::Pane;
use crate::tui::times::{self, Ages};

pub(super) const TEACHING: &[&str] =
    &["What could it be?", "", "?database: why you think so", "/out database: why it is not"];
/// What stands before the harm that following one did.
const HARM: &str = "  made worse: ";
/// What stands behind one that was ruled out without a word.
const OWED: &str = " ! no reason given";
/// Rows that a reason takes.
const WHY_ROWS: usize = 2;

/// Their rows, in the order in which they are shown.
pub(super) fn items(scene: &Scene<'_>, width: u16) -> Vec<Item> {
    let unquestioned = scene.ages.inquiry(scene.incident).unquestioned;
    let width = usize::from(width);
    let item = |hypothesis: &Hypothesis| {
        let mut rows = rows(hypothesis, width, scene);
        rows.extend(harm(hypothesis, width, scene.state.look));
        let item = DisputedItem::hypothesis(&hypothesis.subject);
        rows.extend(disputed::notes(Some(&item), scene.incident, scene.state.look).into_iter().map(|note| {
            let note = Raw::new(format!("  {note}")).for_term().cut(width);
            Line::from(Span::styled(note.to_string(), scene.state.look.quiet()))
        }));
        if unquestioned == Some(hypothesis.id) {
            let question = Raw::new(inquiry::OTHERWISE).for_term().wrap(width.saturating_sub(2).max(1));
            let quiet = scene.state.look.quiet().add_modifier(Modifier::ITALIC);
            rows.extend(question.iter().map(|row| Line::from(Span::styled(format!("  {row}"), quiet))));
        }
        (hypothesis.id, rows)
    };
    ranked::hypotheses(scene.incident).into_iter().map(item).collect()
}

/// What of them changes by itself.
pub(super) fn clocks(incident: &Incident, ages: &Ages<'_>) -> String {
    let inquiry = ages.inquiry(incident);
    let asks = inquiry.unquestioned.is_some();
    // Of one that was settled at a known time nothing goes on.
    let goes_on = incident.hypotheses.iter().filter(|hypothesis| hypothesis.closed_at.is_none());
    let facts = goes_on.map(|hypothesis| {
        let Facts { clock, rest, .. } = Facts::of(hypothesis, ages);
        format!("{clock}{rest};")
    });
    format!("{}{:?}{asks}", facts.collect::<String>(), answers::age(&inquiry, ages))
}

/// Their title: how many there are of what, in marks where there is no room for words.
pub(super) fn title(incident: &Incident, width: usize, look: Look) -> String {
    let counts = ranked::ORDER
        .map(|status| (status, incident.hypotheses.iter().filter(|h| h.status == status).count()));
    let counts: Vec<_> = counts.iter().filter(|(_, n)| *n > 0).collect();
    let name = Pane::Hypotheses.name();
    // The words for those that are open and tested stay longest: they are asked for.
    let titled = |in_words: &[HypothesisStatus]| {
        let told = counts.iter().map(|(status, n)| {
            let mark = look.hypothesis(*status).0;
            if in_words.contains(status) { format!(" · {n} {status}") } else { format!(" {mark}{n}") }
        });
        told.fold(name.to_owned(), |title, told| title + &told)
    };
    let searched = [HypothesisStatus::Testing, HypothesisStatus::Open];
    let all = [&ranked::ORDER[..], &searched, &searched[1..], &[]].map(titled);
    let shortest = all.last().cloned().unwrap_or_default();
    all.into_iter().find(|title| title.chars().count() <= width).unwrap_or(shortest)
}

fn rows(hypothesis: &Hypothesis, width: usize, scene: &Scene<'_>) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let (mark, style) = look.hypothesis(hypothesis.status);
    let subject = hypothesis.subject.raw().for_term();
    if hypothesis.status == HypothesisStatus::RuledOut {
        return vec![ruled_out(hypothesis, width, style, look)];
    }
    let confirmed = hypothesis.status == HypothesisStatus::Confirmed;
    let state = if confirmed { " CONFIRMED " } else { hypothesis.status.words() };
    let facts = Facts::of(hypothesis, &scene.ages);
    let room = width.saturating_sub(subject.width() + 3 + state.chars().count());
    let columns = |text: &str| Raw::new(text).for_term().width();
    // What does not fit beside the subject goes into a row of its own, the clock last.
    let (clock, rest) = (facts.clock.as_str(), facts.rest.as_str());
    let (beside, own) = if columns(clock) + columns(rest) <= room {
        ((clock, rest), ("", ""))
    } else if columns(clock) <= room {
        ((clock, ""), ("", rest))
    } else {
        (("", ""), (clock, rest))
    };
    // The badge brings a blank of its own.
    let besides = if confirmed { (beside.0, beside.1.trim_start()) } else { beside };
    let of_clock = if facts.over { look.bad().add_modifier(Modifier::BOLD) } else { style };
    let spans = |(clock, rest): (&str, &str), columns: usize| {
        let clock = Raw::new(clock).for_term().cut(columns);
        let rest = Raw::new(rest).for_term().cut(columns.saturating_sub(clock.width()));
        [Span::styled(clock.to_string(), of_clock), Span::raw(rest.to_string())]
    };
    let besides = spans(besides, width);
    let taken = state.chars().count() + besides.iter().map(Span::width).sum::<usize>();
    let subject = subject.cut(width.saturating_sub(taken + 3));
    let gap = width.saturating_sub(2 + subject.width() + taken);
    let mut first = Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(subject.to_string(), style.add_modifier(Modifier::BOLD)),
        Span::raw(" ".repeat(gap)),
        Span::styled(state, style),
    ]);
    first.extend(besides);
    let mut rows = vec![first];
    if own != ("", "") {
        let mut own = Line::from(spans(own, width.saturating_sub(1)).to_vec());
        own.spans.insert(0, Span::raw(" "));
        rows.push(own);
    }
    for said in [reopened(hypothesis, scene), latest(hypothesis).cloned()].into_iter().flatten() {
        let said = said.for_term().wrap(width.saturating_sub(2));
        let more = said.len() > WHY_ROWS;
        for (nth, row) in said.into_iter().take(WHY_ROWS).enumerate() {
            let end = if more && nth + 1 == WHY_ROWS { "…" } else { "" };
            let row = Raw::new(format!("  {row}{end}")).for_term().cut(width);
            rows.push(Line::from(Span::styled(row.to_string(), look.quiet())));
        }
    }
    rows
}

/// That it was settled before and is open again, and why: who takes over would do the same once more.
fn reopened(hypothesis: &Hypothesis, scene: &Scene<'_>) -> Option<Raw> {
    let reopened = hypothesis.reopened.as_ref()?;
    let words = reopened.words(|at| times::of_day_near(scene.incident, at, scene.ages.now));
    let why = reopened.why.as_ref().map(|why| format!(": {}", why.for_term())).unwrap_or_default();
    Some(Raw::new(words + &why))
}

/// One that is out of the way: its name and why, on one row. The words give way to the reason where it is narrow; that
/// none was given is a debt, and stands out.
fn ruled_out(hypothesis: &Hypothesis, width: usize, style: Style, look: Look) -> Line<'static> {
    let (mark, _) = look.hypothesis(hypothesis.status);
    let subject = hypothesis.subject.raw().for_term();
    if hypothesis.owes_a_reason() {
        let name = Raw::new(format!("{mark} {subject}")).for_term();
        let name = name.cut(width.saturating_sub(OWED.chars().count()));
        return Line::from(vec![Span::styled(name.to_string(), style), Span::styled(OWED, look.warn())]);
    }
    let said =
        hypothesis.reason.as_ref().map(|reason| format!(": {}", reason.for_term())).unwrap_or_default();
    let long = Raw::new(format!("{mark} {subject} ruled out{said}")).for_term();
    let line =
        if long.width() <= width { long } else { Raw::new(format!("{mark} {subject}{said}")).for_term() };
    Line::from(Span::styled(line.cut(width).to_string(), style))
}

/// What following it made worse, on one row.
fn harm(hypothesis: &Hypothesis, width: usize, look: Look) -> Option<Line<'static>> {
    let all: Vec<String> =
        hypothesis.evidence_of(Side::Harm).map(|harm| harm.text.for_term().to_string()).collect();
    let row = Raw::new(format!("{HARM}{}", all.join("; "))).for_term().cut(width);
    (!all.is_empty()).then(|| Line::from(Span::styled(row.to_string(), look.warn())))
}

/// What a person wants to read about it now: the verdict's reason, the running test, or why it was suspected.
fn latest(hypothesis: &Hypothesis) -> Option<&Raw> {
    let test = hypothesis.tests.last().map(|test| &test.text).filter(|text| !text.is_blank());
    let test = test.filter(|_| hypothesis.status == HypothesisStatus::Testing);
    hypothesis.reason.as_ref().or(test).or(hypothesis.suspected_because())
}

/// What is told about it in one row.
struct Facts {
    /// How long it has been tested, or what is left of its time-box.
    clock: String,
    /// The time-box is over.
    over: bool,
    /// Who has it, what speaks for and against it, and how old it is.
    rest: String,
}

impl Facts {
    fn of(hypothesis: &Hypothesis, ages: &Ages<'_>) -> Self {
        let begun = hypothesis.running().and_then(|test| test.started_at?.instant());
        let left = ages.left(hypothesis);
        let over = left.is_some_and(|left| left <= TimeDelta::zero());
        let clock = match (left, begun) {
            (Some(left), _) if !over => format!(" {} left", times::running_out(left)),
            (Some(left), _) => format!(" ! {} over", times::span(-left)),
            (None, Some(begun)) => format!(" {}", times::span(ages.since(begun))),
            (None, None) => String::new(),
        };
        Self { clock, over, rest: rest(hypothesis, ages) }
    }
}

fn rest(hypothesis: &Hypothesis, ages: &Ages<'_>) -> String {
    let mut facts = String::new();
    if let Some(owner) = &hypothesis.owner {
        facts.push_str(&format!(" @{}", owner.for_term().cut(16)));
    }
    let (for_it, against) =
        (hypothesis.evidence_of(Side::For).count(), hypothesis.evidence_of(Side::Against).count());
    if for_it + against > 0 {
        facts.push_str(&format!(" +{for_it} −{against}"));
    }
    if let Some(raised) = hypothesis.raised_at.and_then(|at| at.instant()) {
        let closed = hypothesis.closed_at.and_then(|at| at.instant());
        let (lived, word) =
            closed.map_or_else(|| (ages.since(raised), "old"), |closed| (closed - raised, "long"));
        facts.push_str(&format!(" · {} {word}", times::span(lived)));
    }
    facts
}
