//! Who has the incident open on other hosts, in words; and what of this room they are told.

use ratatui::text::Span;

use super::look::Look;
use super::room::Room;
use super::state::{Pane, Said, Tone};
use crate::share::{Connection, Doing, Person, Standing};
use crate::text::Raw;

/// The most columns of a name.
const NAME: usize = 24;
/// The most who are named; the others are counted.
const NAMED: usize = 3;

/// Those on other hosts, as they were known last.
#[derive(Debug, Default)]
pub(super) struct Company {
    people: Vec<Person>,
    /// The connection to them is lost.
    is_cut_off: bool,
}

/// Those who are here, each in a colour of their own, and what they do: `bob writes, maria in report and 2 more`; nothing where
/// nobody is. All of it takes at most so many columns.
pub(super) fn spans(people: &[Person], look: Look, columns: usize) -> Vec<Span<'static>> {
    if people.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![("── ⇅ ".to_owned(), look.good())];
    for (nth, person) in people.iter().take(NAMED).enumerate() {
        let gap = if nth > 0 { ", " } else { "" };
        parts.push((gap.to_owned(), look.quiet()));
        parts.push((shown(person), look.somebody(&person.by)));
        let does = match (&person.doing.pane, person.doing.typing) {
            (_, true) => " writes".to_owned(),
            (Some(pane), false) => format!(" in {}", pane.for_term().cut(NAME)),
            (None, false) => String::new(),
        };
        parts.push((does, look.quiet()));
    }
    let more = people.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more ") } else { " ".to_owned() };
    parts.push((more, look.quiet()));
    let mut left = columns;
    let cut = parts.into_iter().map(|(text, style)| {
        let text = Raw::new(text).for_term().cut(left);
        left -= text.width();
        Span::styled(text.to_string(), style)
    });
    cut.filter(|span| !span.content.is_empty()).collect()
}

fn shown(person: &Person) -> String {
    person.by.for_term().cut(NAME).to_string()
}

/// Who came and who went; nothing where nobody did.
fn told(before: &[Person], now: &[Person]) -> Option<String> {
    let missing = |some: &[Person], others: &[Person]| -> Vec<String> {
        let is_new = |one: &&Person| others.iter().all(|other| other.writer != one.writer);
        some.iter().filter(is_new).map(shown).collect()
    };
    let words = |names: Vec<String>, one: &str, several: &str| match names.len() {
        0 => None,
        1 => Some(format!("{} {one}", names[0])),
        count if count > NAMED => Some(format!("{count} people {several}")),
        _ => Some(format!("{} {several}", names.join(", "))),
    };
    let came = words(missing(now, before), "has joined", "have joined");
    let went = words(missing(before, now), "has left", "have left");
    let words: Vec<String> = came.into_iter().chain(went).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// Whose clocks are off that were not known to be: times are shown as they were told. Where all others agree, it is this one's.
fn skewed(before: &[Person], now: &[Person]) -> Vec<String> {
    let knew =
        |person: &Person| before.iter().any(|one| one.writer == person.writer && one.ahead_s.is_some());
    let off = now.iter().filter_map(|person| Some((person, person.ahead_s?)));
    let off: Vec<(&Person, i64)> = off.collect();
    let new = off.iter().filter(|(person, _)| !knew(person));
    let words = |ahead: i64, before: &str, behind: &str| {
        let length = crate::model::took(chrono::TimeDelta::seconds(ahead.abs()));
        format!("{length} {}", if ahead > 0 { before } else { behind })
    };
    let is_own = now.len() > 1
        && off.len() == now.len()
        && off.iter().all(|(_, ahead)| ahead.signum() == off[0].1.signum());
    if is_own {
        let least = off.iter().map(|(_, ahead)| *ahead).min_by_key(|ahead| ahead.abs()).unwrap_or_default();
        let own = words(-least, "ahead of", "behind");
        let told = format!("the clock of this host is {own} those of all others: times from here are off");
        return new.take(1).map(|_| told.clone()).collect();
    }
    new.map(|(person, ahead)| {
        let theirs = words(*ahead, "ahead of", "behind");
        let rest = if now.len() > 1 { "times from there are off" } else { "one of the two is wrong" };
        format!("the clock of {}'s host is {theirs} this one: {rest}", shown(person))
    })
    .collect()
}

impl Room {
    /// Says who came and who went on other hosts, and tells them what is done here.
    pub(super) fn keep_company(&mut self) {
        let doing =
            Doing { pane: self.pane_in_a_word().map(Raw::new), typing: !self.state.prompt.is_empty() };
        self.session.show_doing(doing);
        self.state.notices.extend(self.session.take_told());
        if matches!(self.session.sharing(), Some(Standing { connection: Connection::Lost(_), .. })) {
            // Nobody can be seen, and nobody has left. Those who are still there say so once there is a connection.
            self.company.is_cut_off = true;
            return;
        }
        let people = self.session.people();
        if self.company.is_cut_off && people.is_empty() {
            return;
        }
        self.company.is_cut_off = false;
        if people == self.company.people {
            return;
        }
        let now = people.to_vec();
        let (words, skewed) = (told(&self.company.people, &now), skewed(&self.company.people, &now));
        self.company.people = now;
        self.state.notices.extend(skewed);
        // What is said of the line that is being written counts more.
        let is_free = self.state.said.as_ref().is_none_or(|said| said.tone == Tone::Peers);
        if let Some(words) = words.filter(|_| is_free) {
            let line = self.state.prompt.text();
            self.state.said = Some(Said::new(Tone::Peers, words).about(&line));
        }
    }

    fn pane_in_a_word(&self) -> Option<&'static str> {
        if let Some(overlay) = &self.state.overlay {
            return Some(overlay.word());
        }
        self.state.focus.map(|pane| match pane {
            Pane::Timeline => "timeline",
            Pane::Hypotheses => "hypotheses",
            Pane::Actions => "actions",
        })
    }
}
