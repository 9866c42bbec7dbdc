//! The fold: records in their order -> the incident. Any order of arrival, any repetition and any split of the same
//! records give the same incident, because only the ledger's order counts.

mod action;
mod answered;
pub(crate) mod dated;
mod disputes;
mod entry;
pub(crate) mod facts;
mod hindsight;
mod hypothesis;
pub(crate) mod join;
mod machine;
mod metrics;
pub(crate) mod milestone;
mod restored;
mod sources;
mod zoned;

use std::collections::{HashMap, HashSet};

use self::hindsight::Hindsight;
use super::hlc::OWN_LEAD_MS;
use super::{Change, Inserted, Ledger, Record, Restored, Stamp, reword};
use crate::model::{At, Entry, EntryKind, Incident, Instant, Moment, Source, Writer};
use crate::text::Raw;

/// The incident, and what the fold has to remember beside it.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    incident: Incident,
    /// The last time that each actor typed.
    typed: HashMap<Raw, Instant>,
    /// How many actions were ever added: those taken back keep their number.
    actions: u32,
    /// Records of a newer version, which this one keeps but does not know.
    unknown: usize,
    /// Doubts that were recorded, as against those that follow from the milestones.
    doubts: metrics::Doubts,
    /// Kept for [`Fold::add`]: of two hosts whose clocks lie far apart, one can take back what sorts after its own records.
    hindsight: Hindsight,
    /// The highest stamp so far that a clock can have made, in milliseconds since 1970.
    believed_ms: Option<u64>,
    /// The last entry that was imported, and where it stands: what else its line says has no entry of its own.
    imported: Option<(Stamp, Source)>,
    /// The messages that became entries, by channel and time stamp: two who import one at the same time bring it once.
    messages: HashSet<(Raw, Raw)>,
    /// The changes that were folded with other words than they were said with.
    reworded: HashSet<Stamp>,
    gone: facts::Gone,
    /// A person has named the zone.
    zone_named: bool,
    alerts: machine::Alerts,
    disputes: disputes::Disputes,
}

/// A record's circumstances: who said it, when it happened, when it was logged.
struct Said<'a> {
    id: Stamp,
    by: &'a Raw,
    /// When it happened; when it was stamped where that is all there is.
    when: Moment,
    /// Whether it is known when it happened: of what was imported only where the document says so.
    timed: bool,
    /// Where it was imported from.
    from: Option<&'a Source>,
    /// The imported entry that stands for it.
    entry: Option<Stamp>,
    logged_at: Instant,
    /// The time or the words were changed afterwards.
    edited: bool,
    /// The wall clock stood behind the stamp, or the stamp is no clock's.
    skewed: bool,
}

impl Said<'_> {
    /// When it happened, as far as that is known.
    fn at(&self) -> Option<At> {
        self.timed.then_some(self.when.at)
    }
}

/// What an entry stands for, where it stands for a change.
struct Stands {
    kind: EntryKind,
    hypothesis: Option<Stamp>,
    milestone: Option<crate::model::MilestoneKind>,
}

impl Stands {
    fn of(kind: EntryKind) -> Self {
        Self { kind, hypothesis: None, milestone: None }
    }
}

impl Fold {
    /// Folds all records.
    pub fn of(ledger: &Ledger) -> Self {
        let mut fold = Self { hindsight: Hindsight::of(ledger), ..Self::default() };
        for record in ledger.in_order() {
            fold.apply(record);
        }
        fold.finish(ledger);
        fold
    }

    /// Takes records into the ledger and folds what is new: one after the other where each is the last in order and none looks back
    /// ([`Change::looks_back`]), else all anew, once. Gives the stamps of the new ones, in the order in which they came.
    pub fn take(&mut self, ledger: &mut Ledger, records: impl IntoIterator<Item = Record>) -> Vec<Stamp> {
        let (mut new, mut anew) = (Vec::new(), false);
        for record in records {
            let stamp = record.stamp;
            let looks_back = record.change().is_some_and(|change| change.looks_back(ledger));
            match ledger.insert(record) {
                Inserted::Known | Inserted::Conflict => continue,
                Inserted::Last if !looks_back && !anew => {
                    if let Some(record) = ledger.get(stamp) {
                        self.add(record, ledger);
                    }
                }
                Inserted::Last | Inserted::Among => anew = true,
            }
            new.push(stamp);
        }
        if anew {
            *self = Self::of(ledger);
        }
        new
    }

    /// Folds one more record, which has to be the last in order and must not look back ([`Change::looks_back`]).
    pub fn add(&mut self, record: &Record, ledger: &Ledger) {
        self.apply(record);
        self.finish(ledger);
    }

    /// The incident.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// The entry of the alert that this source tells from others by this key.
    pub fn alert(&self, source: &Raw, key: &Raw) -> Option<&Entry> {
        let place = self.alerts.place(&(source.clone(), key.clone()))?;
        self.incident.timeline.at_place(place)
    }

    /// The incident, where nothing more is to be folded.
    pub fn into_incident(self) -> Incident {
        self.incident
    }

    /// The time that this actor typed last.
    pub fn typed_last(&self, by: &Raw) -> Option<Instant> {
        self.typed.get(by).copied()
    }

    /// The records whose values a change takes the place of that this person is about to make, as
    /// [`super::record::Stamped::over`] tells them.
    pub fn over(&self, change: &Change, by: &Raw, writer: Writer) -> Option<Vec<Stamp>> {
        self.disputes.over(change, by, writer)
    }

    /// How many records a newer version wrote.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// The doubts that people or an import recorded.
    pub fn doubts(&self) -> &[Raw] {
        &self.doubts.open
    }

    /// The number that the next action gets.
    pub fn next_number(&self) -> u32 {
        let purged = u32::try_from(self.hindsight.purged_actions.len()).unwrap_or(u32::MAX);
        self.actions.saturating_add(purged).saturating_add(1)
    }

    /// Takes note that there was an action of this number, which a record with this stamp brought.
    fn counts(&mut self, number: u32, stamp: Stamp) {
        let purged = self.hindsight.purged_actions_before(stamp);
        self.actions = self.actions.max(number.saturating_sub(purged));
    }

    fn finish(&mut self, ledger: &Ledger) {
        self.incident.journal.records = ledger.count();
        self.incident.journal.last = ledger.records().last().map(|r| r.stamp);
        let mut disputed = self.disputes.disputed(&self.incident);
        disputed.retain(|one| !self.doubts.is_settled(&one.doubt(&self.incident)));
        self.incident.disputed = disputed;
        metrics::measure(&mut self.incident, &self.doubts);
    }

    fn apply(&mut self, record: &Record) {
        let skewed = record.wall.is_some() | !self.believes(record.stamp);
        let Some(change) = record.change() else {
            self.unknown += 1;
            return;
        };
        if self.hindsight.undone.contains(&record.stamp) {
            self.disputes.take_back(record, change, &self.hindsight.purged);
            self.actions += u32::from(matches!(change, Change::ActionAdded { .. }));
            if let Change::Joined { what: Restored::Action(action), .. } = change {
                self.counts(action.number, record.stamp);
            }
            return;
        }
        let reworded = self.hindsight.texts.get(&record.stamp);
        let reworded = reworded.and_then(|text| reword::reworded(change, text));
        let change = match &reworded {
            Some(reworded) => {
                self.reworded.insert(record.stamp);
                reworded
            }
            None => change,
        };
        let from = record.from.as_ref();
        let entry = self.imported.as_ref().filter(|(_, line)| Some(line) == from && line.is_a_place());
        let entry = entry.map(|(entry, _)| *entry).filter(|_| !matches!(change, Change::EntryAdded { .. }));
        let amended = self.hindsight.times.get(&record.stamp);
        // What a line says happened when its entry did, also where that was corrected.
        let amended = amended.or_else(|| change.when().and_then(|_| self.hindsight.times.get(&entry?)));
        let amended = amended.cloned();
        if from.is_none()
            && change.is_a_persons()
            && let Some(typed) = change.when().and_then(|m| m.until.unwrap_or(m.at).instant())
        {
            self.typed.insert(record.by.clone(), typed);
        }
        let stamped = || Moment::stamped(record.stamp.instant());
        let said = Said {
            id: record.stamp,
            by: &record.by,
            edited: amended.is_some() || reworded.is_some(),
            timed: from.is_none() || amended.is_some() || change.when().is_some(),
            from,
            entry,
            when: amended.or_else(|| change.when().cloned()).unwrap_or_else(stamped),
            logged_at: record.stamp.instant(),
            skewed,
        };
        let message = from.and_then(|from| from.message.as_deref());
        if let (Change::EntryAdded { .. }, Some(message)) = (change, message)
            && !self.messages.insert((message.channel.clone(), message.ts.clone()))
        {
            return;
        }
        sources::apply(self, change, from);
        let purged = &self.hindsight.purged;
        let (meant, sets) = self.disputes.meant(record, change, &self.incident, purged);
        self.apply_known(meant.as_ref().unwrap_or(change), &said);
        if let Change::Restored(Restored::Facts(facts)) = change {
            self.disputes.restore(record, &facts.disputed);
        }
        // A milestone is a time.
        if said.timed || !matches!(change, Change::MilestoneSet { .. }) {
            self.disputes.note(record, sets, &self.incident, &self.hindsight.purged);
        }
        if let (Change::EntryAdded { .. }, Some(from), true) = (change, from, said.timed) {
            self.imported = Some((record.stamp, from.clone()));
        }
    }

    /// Whether a clock can have made this stamp: none follows one that is a hundred years ahead, so beyond such a leap
    /// no time is right.
    fn believes(&mut self, stamp: Stamp) -> bool {
        let believed = self.believed_ms.is_none_or(|ms| stamp.ms <= ms.saturating_add(OWN_LEAD_MS));
        if believed {
            self.believed_ms = Some(stamp.ms);
        }
        believed
    }

    /// Settles the recorded doubts that are like this.
    fn settle(&mut self, is_settled: impl Fn(&Raw) -> bool) {
        for doubt in self.doubts.open.clone().iter().filter(|doubt| is_settled(doubt)) {
            sources::struck(self, super::List::Warnings, doubt);
            self.doubts.open.retain(|open| open != doubt);
        }
    }

    /// This incident and its twin are one now: that one became a part of this, or this of it.
    fn merge(&mut self, twin: &Raw, into: bool) {
        if into {
            self.incident.merged_into = Some(twin.clone());
        } else if !self.incident.merged.contains(twin) {
            self.incident.merged.push(twin.clone());
        }
        self.settle(|doubt| super::merge::names_twin(doubt, twin));
    }

    /// A person has said when this milestone was met: what had no day gets its own.
    fn date(&mut self, kind: crate::model::MilestoneKind, when: &Moment) {
        if !dated::apply(&mut self.incident, kind, when) {
            return;
        }
        let zone = self.incident.zone.clone();
        if self.zone_named || zone != crate::model::Zone::default() {
            zoned::apply(&mut self.incident, &zone);
        }
        if dated::first(&self.incident).is_none() {
            self.settle(dated::is_about);
        }
        if self.incident.timeline.iter().all(|entry| entry.at.instant().is_some()) {
            self.settle(zoned::is_about);
        }
    }

    fn set_zone(&mut self, zone: &crate::model::Zone, by_person: bool) {
        self.incident.zone = zone.clone();
        // A document named none for its times: now a person has.
        if by_person {
            self.zone_named = true;
            zoned::apply(&mut self.incident, zone);
            self.settle(zoned::is_about);
        }
    }

    /// One arm a change, each a call into the file of its noun.
    fn apply_known(&mut self, change: &Change, said: &Said<'_>) {
        if self.doubts.apply(change) {
            return;
        }
        if said.from.is_none() {
            self.settle(|doubt| answered::is_answered(doubt, change));
        }
        match change {
            Change::ZoneSet { zone } => self.set_zone(zone, said.from.is_none()),
            Change::MilestoneSet { milestone: kind, when: Some(when), .. } if said.from.is_none() => {
                milestone::apply(&mut self.incident, change, said);
                self.date(*kind, when);
            }
            Change::IncidentCreated { .. }
            | Change::TitleSet { .. }
            | Change::ClockSet { .. }
            | Change::FactSet { .. }
            | Change::FactCleared { .. }
            | Change::ItemAdded { .. }
            | Change::AffectedAdded { .. }
            | Change::LinkAdded { .. }
            | Change::NoteAdded { .. }
            | Change::ItemStruck { .. }
            | Change::ItemChanged { .. }
            | Change::ListCleared { .. }
            | Change::Imported(_) => facts::apply(&mut self.incident, &mut self.gone, change),
            Change::CadenceSet { .. }
            | Change::UpdateSent { .. }
            | Change::DecisionMade { .. }
            | Change::Attached(_) => {
                facts::tell(&mut self.incident, change, said);
            }
            Change::SeveritySet { .. }
            | Change::StatusSet { .. }
            | Change::MilestoneSet { .. }
            | Change::MilestoneCleared { .. }
            | Change::RoleTaken { .. }
            | Change::RoleCleared { .. } => milestone::apply(&mut self.incident, change, said),
            // The change that it gives other words was folded with them.
            Change::EntryTextChanged { entry, .. } if self.reworded.contains(entry) => {}
            Change::EntryAdded { .. }
            | Change::EntryTextChanged { .. }
            | Change::EntryStruck { .. }
            | Change::EntryUnstruck { .. }
            | Change::EntryStarred { .. }
            | Change::EntryUnstarred { .. } => {
                entry::apply(&mut self.incident, change, said, |record| self.alerts.entry_of(record));
            }
            Change::AlertReported(_) | Change::CommandStarted { .. } | Change::CommandEnded { .. } => {
                machine::apply(self, change, said);
            }
            Change::HypothesisRaised(_)
            | Change::HypothesisTested { .. }
            | Change::EvidenceAdded { .. }
            | Change::HypothesisRuledOut(_)
            | Change::HypothesisConfirmed(_)
            | Change::HypothesisParked(_)
            | Change::HypothesisReopened(_) => hypothesis::apply(&mut self.incident, change, said),
            Change::ActionAdded { .. }
            | Change::ActionChanged { .. }
            | Change::ActionDone { .. }
            | Change::ActionDropped { .. }
            | Change::ActionReopened { .. } => {
                let purged = self.hindsight.purged_actions_before(said.id);
                action::apply(&mut self.incident, (&mut self.actions, purged), change, said);
            }
            Change::Restored(restored) => restored::apply(self, restored),
            Change::Joined { what, .. } => join::apply(self, what, said.id),
            Change::Merged { incident, .. } | Change::MergedInto { incident } => {
                self.merge(incident, matches!(change, Change::MergedInto { .. }));
            }
            // They look back: `Hindsight`, and for a tombstone the ledger, has done what they say before the first record
            // was folded.
            Change::Undone { .. }
            | Change::Redone { .. }
            | Change::EntryTimeChanged { .. }
            | Change::Purged { .. } => {}
        }
    }
}
