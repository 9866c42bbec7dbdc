//! What can stand in a slot: commands, subjects, people, tags, actions, entries, and the words of some commands.

use std::ops::Range;

use super::{Choice, Past};
use crate::grammar::parts::{Slot, Wants};
use crate::grammar::table::{COMMANDS, Command, Takes, Verb};
use crate::grammar::{Desk, attach, marks, says_no_words};
use crate::log::List;
use crate::model::{ActionStatus, Entry, Hypothesis, HypothesisStatus, Incident, Status};
use crate::text::Raw;
use crate::tui::keymap::Prefill;
use crate::tui::prefill;
use crate::tui::view::ranked;

/// Roles that most teams know.
const ROLES: [&str; 5] = ["commander", "scribe", "communications", "operations", "liaison"];
/// The newest entries that are looked at for people and tags, and offered by their handles.
const NEWEST: usize = 2_000;
const OFFERED: usize = 40;

/// One thing that fits, before it is known how well.
pub(super) struct Candidate {
    insert: Raw,
    /// What follows it in the line: ": " after a subject, where there is none yet.
    then: &'static str,
    pub(super) label: Raw,
    pub(super) help: Raw,
    /// Words of the help count, too.
    pub(super) by_help: bool,
    whole: bool,
    example: Option<&'static str>,
}

impl Candidate {
    fn new(label: Raw, then: &'static str, help: impl Into<Raw>) -> Self {
        Self {
            insert: label.clone(),
            then,
            label,
            help: help.into(),
            by_help: false,
            whole: false,
            example: None,
        }
    }

    /// Whether it would write more behind the word than a blank.
    pub(super) fn adds(&self) -> bool {
        !self.then.trim().is_empty()
    }

    pub(super) fn choice(self, hits: Vec<u32>) -> Choice {
        let mut insert = self.insert.as_typed().to_owned();
        insert += self.then;
        let (label, help) = (self.label.for_term(), self.help.for_term());
        Choice { insert, label, hits, help, whole: self.whole, example: self.example }
    }
}

/// What fits in a slot, the likeliest first, and what it would replace.
pub(super) fn of(
    slot: &Slot,
    line: &str,
    desk: &Desk<'_>,
    past: &Past<'_>,
) -> (Range<usize>, Vec<Candidate>) {
    let incident = desk.incident;
    let span = slot.span.clone();
    let all = match slot.wants {
        Wants::Command => COMMANDS.iter().map(command).collect(),
        Wants::Subject(verb) => {
            let then = if line[span.end..].starts_with(':') { "" } else { ": " };
            let all = subjects(verb, incident).into_iter();
            all.map(|hypothesis| Candidate { then, ..subject(hypothesis) }).collect()
        }
        Wants::Known => subjects(Verb::For, incident).into_iter().map(subject).collect(),
        Wants::Person => people(incident),
        Wants::Tag => tags(incident),
        Wants::Action => actions(incident),
        Wants::File => files(past.files),
        Wants::Entry => return (0..line.len(), entries(line, desk)),
        Wants::Present => return (0..line.len(), present(line, desk)),
        Wants::Word(Command { takes: Takes::Item(List::Related), .. }) => others(incident, past),
        Wants::Word(command) => words(command, incident),
    };
    (span, all)
}

/// What the command has set already.
fn present(line: &str, desk: &Desk<'_>) -> Vec<Candidate> {
    let there = crate::grammar::present(line, desk).into_iter();
    let there = there.chain(crate::grammar::items(line, desk));
    there.map(|line| Candidate::new(Raw::new(line), "", Raw::default())).collect()
}

/// The causes of similar incidents, each with where it comes from, where a hypothesis is about to be raised.
pub(super) fn suggested(slot: &Slot, line: &str, past: &Past<'_>) -> Vec<Candidate> {
    if slot.wants != Wants::Subject(Verb::Suspect) {
        return Vec::new();
    }
    let then = if line[slot.span.end..].starts_with(':') { "" } else { ": " };
    let all = past.suggested.iter();
    all.map(|suggestion| Candidate::new(suggestion.subject.clone(), then, suggestion.told())).collect()
}

/// The incidents that are not related to this one yet.
fn others(incident: &Incident, past: &Past<'_>) -> Vec<Candidate> {
    let others = past.known.iter().filter(|(id, _)| *id != incident.id && !incident.related.contains(id));
    let candidate = |(id, title): &(Raw, Raw)| Candidate {
        by_help: true,
        whole: true,
        ..Candidate::new(id.clone(), "", title.clone())
    };
    others.map(candidate).collect()
}

/// The subject of a known hypothesis, and how it stands.
pub(super) fn subject(hypothesis: &Hypothesis) -> Candidate {
    let mut help = hypothesis.status.words().to_owned();
    if let Some(owner) = &hypothesis.owner {
        help.push_str(&format!(" @{}", owner.for_term()));
    }
    if let Some(reason) = &hypothesis.reason {
        help.push_str(&format!(": {}", reason.for_term()));
    }
    Candidate::new(hypothesis.subject.raw().clone(), "", help)
}

fn command(command: &Command) -> Candidate {
    let whole = command.arguments.is_empty();
    let then = if whole { "" } else { " " };
    let arguments = if whole { String::new() } else { format!(" · {}", command.arguments) };
    let label = Raw::new(format!("/{}", command.name));
    let help = format!("{}{arguments}", command.help);
    Candidate { by_help: true, whole, example: Some(command.example), ..Candidate::new(label, then, help) }
}

/// Those first that the command makes most sense for.
fn subjects(verb: Verb, incident: &Incident) -> Vec<&Hypothesis> {
    let mut all = ranked::hypotheses(incident);
    all.sort_by_key(|hypothesis| match (verb, hypothesis.status) {
        (Verb::Reopen, status) => !(status.is_closed() || status == HypothesisStatus::Parked),
        (_, status) => status.is_closed(),
    });
    all
}

fn people(incident: &Incident) -> Vec<Candidate> {
    let newest = incident.timeline.iter().rev().take(NEWEST);
    let roles = incident.roles.iter().map(|role| (&role.name, Some(&role.role)));
    let owners = incident.hypotheses.iter().filter_map(|h| h.owner.as_ref());
    let owners = owners.chain(incident.actions.iter().filter_map(|a| a.owner.as_ref()));
    let named = newest.flat_map(|entry| entry.people.iter().chain([&entry.by]));
    let all = roles.chain(owners.chain(named).map(|name| (name, None)));
    // Who made changes may be called anything; a name that no mark can be is left out.
    let all = all.map(|(name, role)| (mark('@', name), role.map_or_else(Raw::default, Clone::clone)));
    distinct(all.filter(|(label, _)| marks::person(label.as_typed()).is_some()))
}

fn tags(incident: &Incident) -> Vec<Candidate> {
    let newest = incident.timeline.iter().rev().take(NEWEST).flat_map(|entry| &entry.tags);
    let classes = incident.actions.iter().filter_map(|action| action.class.as_ref());
    let all = newest.chain(classes).map(|tag| (mark('#', tag), Raw::default()));
    distinct(all.filter(|(label, _)| marks::tag(label.as_typed()).is_some()))
}

fn mark(sigil: char, name: &Raw) -> Raw {
    let mut mark = String::from(sigil);
    mark += name.as_typed();
    Raw::new(mark)
}

fn distinct(all: impl Iterator<Item = (Raw, Raw)>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (label, help) in all {
        if !found.iter().any(|known| known.label == label) {
            found.push(Candidate::new(label, " ", help));
        }
    }
    found
}

fn actions(incident: &Incident) -> Vec<Candidate> {
    let open = incident.actions.iter().filter(|action| action.status == ActionStatus::Open);
    open.map(|action| Candidate::new(Raw::new(action.number.to_string()), " ", action.text.clone())).collect()
}

/// The newest entries, each with the whole line that its key in the timeline writes.
fn entries(line: &str, desk: &Desk<'_>) -> Vec<Candidate> {
    let name = line.split_whitespace().next().unwrap_or_default();
    let command = crate::grammar::table::named(name.trim_start_matches('/'));
    let prefill = match command.map(|command| command.takes) {
        Some(Takes::Edit) => Prefill::EditText,
        Some(Takes::When) => Prefill::EditTime,
        Some(Takes::Star) => Prefill::Star,
        _ => Prefill::Strike,
    };
    let mut newest: Vec<&Entry> = desk.incident.timeline.iter().collect();
    newest.retain(|entry| prefill != Prefill::EditText || says_no_words(entry, desk).is_none());
    newest.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    let handles = crate::grammar::handle::all(desk.incident);
    let handle = |entry: &Entry| {
        let at = desk.incident.timeline.iter().position(|other| other.id == entry.id);
        at.and_then(|at| handles.get(at).cloned()).unwrap_or_default()
    };
    let newest = newest.into_iter().take(OFFERED).map(|entry| {
        let insert = Raw::new(prefill::of_entry(prefill, entry, desk));
        let label = Raw::new(handle(entry));
        Candidate { insert, by_help: true, ..Candidate::new(label, "", entry.text.clone()) }
    });
    newest.collect()
}

fn files(files: &[String]) -> Vec<Candidate> {
    let candidate = |file: &String| {
        let then = if file.ends_with('/') { "" } else { " " };
        let insert = Raw::new(attach::typed(file));
        Candidate { insert, ..Candidate::new(Raw::new(file.as_str()), then, Raw::default()) }
    };
    files.iter().map(candidate).collect()
}

/// The words that a command takes.
fn words(command: &Command, incident: &Incident) -> Vec<Candidate> {
    let plain = |word: &str| Candidate::new(Raw::new(word), "", Raw::default());
    match command.takes {
        Takes::Status => Status::ALL.iter().map(|status| plain(status.word())).collect(),
        Takes::Severity => {
            let help = ["the worst", "", "", "", "the least"];
            let levels = (1..).zip(help);
            levels.map(|(n, help): (u8, _)| Candidate::new(Raw::new(n.to_string()), "", help)).collect()
        }
        Takes::Clock => ["24h", "12h"].map(plain).into(),
        Takes::Zone => {
            let own = [incident.zone.name(), "UTC"];
            let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
            let mut all: Vec<&str> = own.into_iter().chain(known).collect();
            let mut seen = std::collections::HashSet::new();
            all.retain(|name| seen.insert(*name));
            all.into_iter().map(plain).collect()
        }
        _ => {
            let taken = incident.roles.iter().map(|role| &role.role);
            let known = ROLES.into_iter().map(Raw::new);
            let mut all: Vec<Raw> = known.collect();
            all.extend(taken.filter(|role| !ROLES.contains(&role.as_typed())).cloned());
            all.into_iter().map(|role| Candidate::new(role, " @", Raw::default())).collect()
        }
    }
}
