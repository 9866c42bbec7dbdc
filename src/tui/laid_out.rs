//! The rows of one entry: when it happened, its words, and what is said about it; or those of what it stands for.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::disputed;
use super::folded;
use super::sheet::Sheet;
use super::times;
use crate::grammar::parts::Part;
use crate::model::{At, DisputedItem, Entry, Face};
use crate::text::marks::{self, Mark};
use crate::text::{Raw, TermText};

/// After so many days nobody logs an outage any more: it is written up.
const AFTERWARDS: i64 = 7;

impl Sheet<'_> {
    pub(super) fn lay_out(&self, nth: usize) -> Vec<Line<'static>> {
        let entry = self.entry(nth);
        let day = self.day(nth);
        let new_day = nth == 0 || self.day(nth - 1) != day;
        let mut rows = Vec::new();
        if new_day {
            rows.push(Line::from(format!("── {day} ──")).style(self.look.quiet()));
        }
        let (mark, mark_style) = self.look.entry(entry);
        let at = self.time(entry);
        let about = if entry.approximate && at == entry.at { "~" } else { "" };
        let time = format!("{about}{}", times::of_day(self.incident, &at));
        let columns = times::width(self.incident.clock);
        let time = Span::styled(format!("{time:>columns$} "), self.look.time());
        let lead = [time, Span::styled(mark, mark_style), Span::raw(" ")];
        let mut first: Vec<Span<'static>> = lead.into_iter().chain(self.flags(entry)).collect();
        let indent = first.iter().map(Span::width).sum();
        let width = self.width.saturating_sub(indent).max(1);
        let style = self.style(entry);
        if let Some(run) = self.run(entry.id) {
            let words = Raw::new(folded::words(self.incident, run)).for_term().cut(width);
            first[1] = Span::styled(self.look.mark("▸", "folded:"), mark_style);
            first.push(Span::styled(words.to_string(), style));
            rows.push(Line::from(first));
            return rows;
        }
        for text in entry.text.for_term_lines().iter().flat_map(|line| line.wrap(width)) {
            let mut spans = std::mem::take(&mut first);
            if spans.is_empty() {
                spans.push(Span::raw(" ".repeat(indent)));
            }
            spans.extend(self.marked(&text, style));
            rows.push(Line::from(spans));
        }
        self.append_notes(entry, &mut rows, indent);
        rows
    }

    /// A row of text with its marks told apart, and what was searched for.
    fn marked(&self, text: &TermText, style: Style) -> Vec<Span<'static>> {
        let text = text.as_str();
        let hits = self.find.map(|wanted| wanted.hits(text)).unwrap_or_default();
        let mut spans = Vec::new();
        let mut push = |span: Range<usize>, style: Style| {
            let mut at = span.start;
            for hit in &hits {
                let hit = hit.start.max(span.start)..hit.end.min(span.end);
                if !hit.is_empty() {
                    spans.push(Span::styled(text[at..hit.start].to_owned(), style));
                    spans.push(Span::styled(text[hit.clone()].to_owned(), style.patch(self.look.hit())));
                    at = hit.end;
                }
            }
            spans.push(Span::styled(text[at..span.end].to_owned(), style));
        };
        let mut at = 0;
        for (span, mark) in marks::spans(text) {
            let part = if mark == Mark::Tag { Part::Tag } else { Part::Person };
            push(at..span.start, style);
            at = span.end;
            push(span, style.patch(self.look.part(part)));
        }
        push(at..text.len(), style);
        spans
    }

    fn style(&self, entry: &Entry) -> Style {
        if entry.struck {
            self.look.quiet().add_modifier(Modifier::CROSSED_OUT)
        } else if entry.key {
            Style::new().add_modifier(Modifier::BOLD)
        } else if entry.kind.is_machine() {
            self.look.quiet()
        } else {
            Style::new()
        }
    }

    fn flags(&self, entry: &Entry) -> Vec<Span<'static>> {
        let star = entry.key.then(|| Span::styled(self.look.mark("★ ", "key entry: "), self.look.star()));
        let struck =
            entry.struck.then(|| Span::styled(self.look.mark("✗ ", "struck out: "), self.look.quiet()));
        star.into_iter().chain(struck).collect()
    }

    /// When it happened, where it stands at another time.
    fn happened(&self, entry: &Entry, stands: &At) -> String {
        let about = if entry.approximate { "~" } else { "" };
        let time = times::of_day(self.incident, &entry.at);
        let day = times::day(self.incident, &entry.at);
        let day = if day == times::day(self.incident, stands) { String::new() } else { format!("{day} ") };
        format!("happened {day}{about}{time}")
    }

    /// What is said about the entry itself, at the end of its last row or in one of its own.
    fn append_notes(&self, entry: &Entry, rows: &mut Vec<Line<'static>>, indent: usize) {
        let until =
            entry.until.as_ref().map(|until| format!("until {}", times::of_day(self.incident, until)));
        let at = self.time(entry);
        let happened = (times::of_day(self.incident, &at) != times::of_day(self.incident, &entry.at)
            || times::day(self.incident, &at) != times::day(self.incident, &entry.at))
        .then(|| self.happened(entry, &at));
        let late = entry.late().filter(|_| happened.is_none());
        let late = late.map(|late| match late.num_days() {
            // Nobody was late: it was added long after.
            AFTERWARDS.. => format!("added {}", times::day(self.incident, &entry.logged_at.into())),
            _ => format!("late {}", times::span(late)),
        });
        let edited = entry.edited.then(|| "edited".to_owned());
        let skewed = entry.skewed.then(|| "clock wrong".to_owned());
        let state = entry.machine.as_ref().map(|machine| machine.state(&Face::of(self.incident)));
        let state = state.filter(|state| !state.is_blank()).map(|state| state.for_term().to_string());
        let by = (self.several && !entry.kind.is_machine()).then(|| entry.by.for_term().cut(20).to_string());
        let notes = [state, happened, until, late, edited, skewed, by];
        let item = DisputedItem::Entry(entry.id);
        let disputed = disputed::notes(Some(&item), self.incident, self.look);
        let notes: Vec<String> = notes.into_iter().flatten().chain(disputed).collect();
        if notes.is_empty() {
            return;
        }
        let notes = Raw::new(notes.join(" · ")).for_term();
        // A bare name would be read as the last word of the text.
        let between = if self.several { " — " } else { "  " };
        if let Some(last) = rows.last_mut()
            && last.width() + between.chars().count() + notes.width() <= self.width
        {
            last.push_span(Span::styled(format!("{between}{notes}"), self.look.quiet()));
            return;
        }
        let notes = if self.several { Raw::new(format!("— {notes}")).for_term() } else { notes };
        let notes = notes.cut(self.width.saturating_sub(indent));
        rows.push(Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::styled(notes.to_string(), self.look.quiet()),
        ]));
    }
}
