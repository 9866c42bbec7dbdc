//! Folding: what machines told stands in one row between what people said, until a person opens it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::sheet::Order;
use super::times;
use crate::model::{Entry, EntryKind, Exit, Id, Incident, Machine, Timeline};
use crate::text::TermText;

/// The entries that are folded, by the first of each run: as more come behind it, that one stays.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds(HashMap<Id, Rc<[usize]>>);

/// Which runs a person has opened: those with one of these entries in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Opened {
    entries: HashSet<Id>,
    changes: u64,
}

impl Opened {
    /// How often it has changed.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn open(&mut self, entry: Id) {
        self.changes += 1;
        self.entries.insert(entry);
    }

    fn close(&mut self, entries: impl Iterator<Item = Id>) {
        self.changes += 1;
        for entry in entries {
            self.entries.remove(&entry);
        }
    }

    fn is_of(&self, run: &[usize], timeline: &Timeline) -> bool {
        !self.entries.is_empty() && run.iter().any(|nth| self.entries.contains(&timeline[*nth].id))
    }
}

/// Whether an entry may be folded: a machine told it, and nobody has marked it as a part of the short story.
fn may_fold(entry: &Entry) -> bool {
    entry.kind.is_machine() && !entry.key
}

impl Folds {
    /// Of entries in this order, given by their places in the timeline, those that are to be shown, and what they stand for.
    pub(super) fn of(
        timeline: &Timeline,
        order: impl Iterator<Item = usize>,
        opened: &Opened,
    ) -> (Vec<usize>, Self) {
        let (mut shown, mut folds, mut run) = (Vec::new(), HashMap::new(), Vec::new());
        let mut end = |run: &mut Vec<usize>, shown: &mut Vec<usize>| {
            match run.first() {
                Some(first) if run.len() > 1 && !opened.is_of(run, timeline) => {
                    shown.push(*first);
                    folds.insert(timeline[*first].id, run.as_slice().into());
                }
                _ => shown.extend(run.iter()),
            }
            run.clear();
        };
        for nth in order {
            if may_fold(&timeline[nth]) {
                run.push(nth);
            } else {
                end(&mut run, &mut shown);
                shown.push(nth);
            }
        }
        end(&mut run, &mut shown);
        (shown, Self(folds))
    }

    /// The places in the timeline of what a row stands for; none where it stands for its entry alone.
    pub(super) fn run(&self, first: Id) -> Option<&Rc<[usize]>> {
        self.0.get(&first)
    }

    /// The entry whose row stands for this one.
    pub(super) fn stands_for(&self, entry: Id, timeline: &Timeline) -> Option<Id> {
        let in_run = |run: &&Rc<[usize]>| run.iter().any(|nth| timeline[*nth].id == entry);
        self.0.values().find(in_run).map(|run| timeline[run[0]].id)
    }
}

/// Closes the opened run that this entry is in; the entry that stands for it then. None where there is none.
pub(super) fn close(incident: &Incident, order: Order, opened: &mut Opened, entry: Id) -> Option<Id> {
    let timeline = &incident.timeline;
    let in_order = in_order(timeline, order);
    let at = in_order.iter().position(|nth| timeline[*nth].id == entry)?;
    let may = |place: &usize| may_fold(&timeline[in_order[*place]]);
    if !may(&at) {
        return None;
    }
    let first = (0..=at).rev().take_while(may).last()?;
    let last = (at..in_order.len()).take_while(may).last()?;
    opened.close(in_order[first..=last].iter().map(|nth| timeline[*nth].id));
    (last > first).then(|| timeline[in_order[first]].id)
}

/// The places of all entries, in this order.
pub(super) fn in_order(timeline: &Timeline, order: Order) -> Vec<usize> {
    let mut all: Vec<usize> = (0..timeline.len()).collect();
    if order == Order::Known {
        all.sort_by_key(|nth| (timeline[*nth].known_at(), timeline[*nth].id));
    }
    all
}

/// What a run holds, in words: `12 alerts (2 firing), 3 commands (1 failed) until 10:47, last: disk full`.
pub(super) fn words(incident: &Incident, run: &[usize]) -> String {
    let entries: Vec<&Entry> = run.iter().map(|nth| &incident.timeline[*nth]).collect();
    let alerts = entries.iter().filter(|entry| entry.kind == EntryKind::Alert && is_alarm(entry));
    let others = entries.iter().filter(|entry| entry.kind == EntryKind::Alert && !is_alarm(entry)).count();
    let commands = entries.iter().filter(|entry| entry.kind == EntryKind::Command);
    let told = [
        counted("alert", alerts.clone().count(), "firing", alerts.filter(|entry| is_firing(entry)).count()),
        counted(
            "command",
            commands.clone().count(),
            "failed",
            commands.filter(|entry| has_failed(entry)).count(),
        ),
        counted("event", others, "", 0),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let Some(last) = entries.last() else { return told.join(", ") };
    let until = times::of_day(incident, &last.at);
    let until = if times::of_day(incident, &entries[0].at) == until {
        String::new()
    } else {
        format!(" until {until}")
    };
    let text = last.text.for_term_lines().first().map(TermText::to_string).unwrap_or_default();
    format!("{}{until} · last: {text}", told.join(", "))
}

fn counted(what: &str, count: usize, which: &str, of_those: usize) -> Option<String> {
    let plural = if count == 1 { "" } else { "s" };
    let of_those = if of_those == 0 { String::new() } else { format!(" ({of_those} {which})") };
    (count > 0).then(|| format!("{count} {what}{plural}{of_those}"))
}

/// Whether it is an alert that goes on.
pub(super) fn is_firing(entry: &Entry) -> bool {
    matches!(entry.machine.as_deref(), Some(Machine::Alert(alert)) if alert.is_firing())
}

/// Whether it tells that something is wrong.
fn is_alarm(entry: &Entry) -> bool {
    !matches!(entry.machine.as_deref(), Some(Machine::Alert(alert)) if !alert.is_alarm())
}

/// Whether it is a command that did not do what it should.
pub(super) fn has_failed(entry: &Entry) -> bool {
    let ended = match entry.machine.as_deref() {
        Some(Machine::Command(command)) => command.ended.as_ref(),
        _ => None,
    };
    ended.is_some_and(Exit::is_failure)
}
