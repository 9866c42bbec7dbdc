//! Which values of a field nobody has replaced who had seen them: normally one, the last. Where there are several, the one
//! that comes last shows and the others are disputed, until somebody who has seen them sets the field again, or one is
//! taken back. A multi-value register: Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study of Convergent and
//! Commutative Replicated Data Types" (2011), §3.2.2.
//!
//! What a change has seen stands in its record ([`crate::log::record::Stamped::over`]). A record that does not tell has seen
//! the last one of its own writer, where that tells; else it is from before this was told, and has seen all before it.

use std::collections::{HashMap, HashSet};

use crate::log::setting::{Place, Sets, Setting, settings};
use crate::log::{Change, Record, Stamp};
use crate::model::{Action, Disputed, DisputedField, DisputedItem, Incident, Writer};
use crate::text::Raw;

/// The fields that were set, each with the values that stand in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disputes {
    registers: HashMap<Place, Register>,
    /// Those with several values that differ.
    open: HashSet<Place>,
    /// What the records had seen that were taken back: whoever has seen one of them has seen that, too.
    taken_back: HashMap<Stamp, Seen>,
}

/// What was said of one field.
#[derive(Clone, Debug, Default)]
struct Register {
    /// The values that nobody has replaced, in their order: the last one shows.
    heads: Vec<Head>,
    /// The last record of each writer who tells what it has seen.
    telling: HashMap<Writer, Stamp>,
    /// All values so far of a field that is said again with others, the first with the stamp of its thing.
    said: Vec<(Stamp, Option<Raw>)>,
}

/// A value that nobody has replaced.
#[derive(Clone, Debug)]
struct Head {
    stamp: Stamp,
    by: Raw,
    value: Option<Raw>,
    rank: u8,
    moves_on: bool,
}

impl Register {
    fn is_disputed(&self) -> bool {
        let Some((shown, others)) = self.heads.split_last() else { return false };
        others.iter().any(|head| head.value != shown.value)
    }

    /// The values that do not show, each once, as it was said last, with the one that does.
    fn others(&self) -> Vec<(&Head, Option<&Raw>)> {
        let Some((shown, others)) = self.heads.split_last() else { return Vec::new() };
        let mut found: Vec<&Head> = Vec::new();
        for head in others.iter().rev().filter(|head| head.value != shown.value) {
            if found.iter().all(|known| known.value != head.value) {
                found.push(head);
            }
        }
        found.into_iter().map(|head| (head, shown.value.as_ref())).collect()
    }
}

/// What a record had seen when it was made.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// All up to here.
    until: Option<Stamp>,
    /// All that a writer had said up to here.
    writers: Vec<(Writer, Stamp)>,
    /// These.
    only: Vec<Stamp>,
}

impl Seen {
    fn has(&self, stamp: Stamp) -> bool {
        self.until.is_some_and(|until| stamp <= until)
            || self.writers.iter().any(|(writer, last)| *writer == stamp.writer && stamp <= *last)
            || self.only.contains(&stamp)
    }

    fn add(&mut self, other: &Self) {
        self.until = self.until.max(other.until);
        self.writers.extend(&other.writers);
        self.only.extend(&other.only);
    }
}

impl Disputes {
    /// What a change that is about to be made by this writer takes the place of, as its record tells it.
    pub fn over(&self, change: &Change, by: &Raw, writer: Writer) -> Option<Vec<Stamp>> {
        let stamp = Stamp { ms: 0, counter: 0, writer, n: 0 };
        let places: Vec<Place> = settings(change, by, stamp).into_iter().map(|set| set.place).collect();
        let follows = |place: &Place| {
            let register = self.registers.get(place);
            let own = register.and_then(|known| known.telling.get(&writer));
            own.is_some() && register.is_some_and(|known| known.heads.iter().all(|h| Some(&h.stamp) == own))
        };
        if places.iter().all(follows) {
            return None;
        }
        let registers = places.iter().filter_map(|place| self.registers.get(place));
        let mut over: Vec<Stamp> = registers.flat_map(|known| known.heads.iter().map(|h| h.stamp)).collect();
        over.sort_unstable();
        over.dedup();
        Some(over)
    }

    /// A record that was taken back sets nothing; what it has seen counts for those that have seen it.
    pub fn take_back(&mut self, record: &Record, change: &Change, purged: &HashSet<Stamp>) {
        let mut all = Seen::default();
        for set in settings(change, &record.by, record.stamp) {
            all.add(&self.seen(record, &set.place, purged));
            self.tell(record, &set);
        }
        self.taken_back.insert(record.stamp, all);
    }

    /// Of a change that says all of an action anew, without what it only says as it saw it while somebody else set that: the
    /// change as it is meant, and what it sets. `incident` is as it stood before.
    pub fn meant(
        &mut self,
        record: &Record,
        change: &Change,
        incident: &Incident,
        purged: &HashSet<Stamp>,
    ) -> (Option<Change>, Vec<Setting>) {
        let mut all = settings(change, &record.by, record.stamp);
        let Change::ActionChanged { action, .. } = change else { return (None, all) };
        let Some(known) = incident.actions.iter().find(|known| known.id == *action) else {
            return (None, all);
        };
        let mut meant = change.clone();
        let mut differs = false;
        for set in &mut all {
            let register = self.registers.entry(set.place.clone()).or_default();
            if register.said.is_empty() {
                register.said.push((*action, of_action(known, set.place.0)));
            }
            let seen = self.seen(record, &set.place, purged);
            let Some(register) = self.registers.get(&set.place) else { continue };
            let unseen = register.heads.iter().any(|head| !seen.has(head.stamp));
            let several = register.heads.iter().filter(|head| seen.has(head.stamp)).count() > 1;
            let before = register.said.iter().rev().find(|(stamp, _)| stamp == action || seen.has(*stamp));
            if !several && before.is_some_and(|(_, value)| *value == set.value) {
                set.sets = Sets::Nothing;
                if unseen {
                    keep(&mut meant, known, set.place.0);
                    differs = true;
                }
            }
        }
        (differs.then_some(meant), all)
    }

    /// Takes note of what a record sets. `incident` is as it stands with that.
    pub fn note(&mut self, record: &Record, all: Vec<Setting>, incident: &Incident, purged: &HashSet<Stamp>) {
        for set in all {
            if is_idle(&set, incident) {
                continue;
            }
            let seen = self.seen(record, &set.place, purged);
            self.tell(record, &set);
            let register = self.registers.entry(set.place.clone()).or_default();
            if !register.said.is_empty() {
                register.said.push((record.stamp, set.value.clone()));
            }
            let (rank, moves_on) = (set.rank, set.sets == Sets::Onward);
            if set.sets != Sets::Nothing {
                register.heads.retain(|head| !(seen.has(head.stamp) || head.moves_on && head.rank <= rank));
            }
            if matches!(set.sets, Sets::Anew | Sets::Onward) {
                let (stamp, by, value) = (record.stamp, record.by.clone(), set.value);
                register.heads.push(Head { stamp, by, value, rank, moves_on });
            }
            self.sort_in(set.place);
        }
    }

    /// What was disputed when `incident.json` was written, which came back with this record and counts instead of all before.
    pub fn restore(&mut self, record: &Record, disputed: &[Disputed]) {
        self.registers.clear();
        self.open.clear();
        for Disputed { field, item, value, shown, by, change, .. } in disputed {
            let place = (*field, item.clone());
            let head = |stamp: Stamp, by: &Raw, value: &Option<Raw>| Head {
                stamp,
                by: by.clone(),
                value: value.clone(),
                rank: 0,
                moves_on: false,
            };
            let register = self.registers.entry(place.clone()).or_default();
            register.heads.retain(|known| known.stamp != record.stamp);
            register.heads.extend([head(*change, by, value), head(record.stamp, &record.by, shown)]);
            self.sort_in(place);
        }
    }

    /// What is disputed of what is still there, in the order in which it was said.
    pub fn disputed(&self, incident: &Incident) -> Vec<Disputed> {
        let there = self.open.iter().filter(|(_, item)| is_there(item.as_ref(), incident));
        let registers = there.filter_map(|place| Some((place, self.registers.get(place)?)));
        let others = registers.flat_map(|((field, item), register)| {
            register.others().into_iter().map(|(head, shown)| Disputed {
                field: *field,
                item: item.clone(),
                value: head.value.clone(),
                shown: shown.cloned(),
                by: head.by.clone(),
                at: head.stamp.instant(),
                change: head.stamp,
            })
        });
        let mut disputed: Vec<Disputed> = others.collect();
        disputed.sort_by(|a, b| (a.change, a.field, &a.item).cmp(&(b.change, b.field, &b.item)));
        disputed
    }

    fn sort_in(&mut self, place: Place) {
        if self.registers.get(&place).is_some_and(Register::is_disputed) {
            self.open.insert(place);
        } else {
            self.open.remove(&place);
        }
    }

    /// Keeps what later records of the same writer are measured by.
    fn tell(&mut self, record: &Record, set: &Setting) {
        let register = self.registers.entry(set.place.clone()).or_default();
        let writer = record.stamp.writer;
        if record.over.is_some() || register.telling.contains_key(&writer) {
            register.telling.insert(writer, record.stamp);
        }
    }

    /// What a record had seen of a field.
    fn seen(&self, record: &Record, place: &Place, purged: &HashSet<Stamp>) -> Seen {
        let stamp = record.stamp;
        let own = self.registers.get(place).and_then(|register| register.telling.get(&stamp.writer));
        let named = match (&record.over, own) {
            (Some(over), _) => over.as_slice(),
            (None, Some(own)) => std::slice::from_ref(own),
            (None, None) => return Seen { until: Some(stamp), ..Seen::default() },
        };
        let mut seen = Seen { writers: vec![(stamp.writer, stamp)], ..Seen::default() };
        for named in named {
            seen.only.push(*named);
            if let Some(more) = self.taken_back.get(named) {
                seen.add(more);
            }
            // What that one had seen is gone with it; it was said in its time.
            if purged.contains(named) {
                seen.until = seen.until.max(Some(stamp.min(*named)));
            }
        }
        seen
    }
}

/// Whether what it sets had no effect: told after a verdict that came later, or not as far as it is already.
fn is_idle(set: &Setting, incident: &Incident) -> bool {
    let shown = match &set.place {
        (DisputedField::Status, None) => Some(Raw::new(incident.status.word())),
        (field, Some(item @ DisputedItem::Hypothesis(_))) => {
            let known = incident.hypotheses.iter().find(|h| DisputedItem::hypothesis(&h.subject) == *item);
            match (field, known) {
                (DisputedField::Status, Some(known)) => Some(Raw::new(known.status.words())),
                (DisputedField::Owner, Some(known)) => known.owner.clone(),
                _ => return false,
            }
        }
        _ => return false,
    };
    matches!(set.sets, Sets::Anew | Sets::Onward) && shown != set.value
}

fn is_there(item: Option<&DisputedItem>, incident: &Incident) -> bool {
    match item {
        None | Some(DisputedItem::Milestone(_) | DisputedItem::Role(_)) => true,
        Some(DisputedItem::Entry(id)) => incident.entry(*id).is_some(),
        Some(DisputedItem::Action(id)) => incident.actions.iter().any(|action| action.id == *id),
        Some(item) => incident.hypotheses.iter().any(|h| DisputedItem::hypothesis(&h.subject) == *item),
    }
}

/// A field of an action that [`Change::ActionChanged`] says again.
fn of_action(action: &Action, field: DisputedField) -> Option<Raw> {
    match field {
        DisputedField::Text => Some(action.text.clone()),
        DisputedField::Owner => action.owner.clone(),
        DisputedField::Due => action.due.map(|due| Raw::new(due.to_string())),
        DisputedField::Priority => action.priority.map(|priority| Raw::new(priority.to_string())),
        DisputedField::Class => action.class.clone(),
        DisputedField::Link => action.link.clone(),
        _ => None,
    }
}

/// Lets a change of an action say of this field what stands there.
fn keep(change: &mut Change, known: &Action, field: DisputedField) {
    let Change::ActionChanged { text, owner, due, priority, class, link, .. } = change else { return };
    match field {
        DisputedField::Text => text.clone_from(&known.text),
        DisputedField::Owner => owner.clone_from(&known.owner),
        DisputedField::Due => *due = known.due,
        DisputedField::Priority => *priority = known.priority,
        DisputedField::Class => class.clone_from(&known.class),
        DisputedField::Link => link.clone_from(&known.link),
        _ => {}
    }
}
