//! Changes: facts that were added to the record, in the past tense. One line of the prompt makes exactly one change.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{About, Attached, Ledger, List, ListItem, Reported, Stamp, reword};
use crate::model::{
    Action, ActionKind, Affected, Clock, Document, Entry, EntryKind, Exit, Hypothesis, Incident, Message,
    MilestoneKind, Moment, Side, Status, Zone,
};
use crate::text::Raw;

/// A field of the incident that holds one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The impact in words.
    Impact,
    /// The short story.
    Summary,
    /// Why it happened.
    RootCause,
    /// What set it off.
    Trigger,
    /// How it was noticed.
    Detection,
    /// What ended the harm for the time being.
    Workaround,
    /// What ended it for good.
    Fix,
}

/// What came back from `incident.json` because the journal had lost it. Ids, times and authors are the original ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restored {
    /// All fields that are not lists of things with ids of their own.
    Facts(Box<Incident>),
    /// An entry.
    Entry(Box<Entry>),
    /// A hypothesis.
    Hypothesis(Box<Hypothesis>),
    /// An action.
    Action(Box<Action>),
}

impl Restored {
    /// The id of the thing; none of the fields.
    pub fn id(&self) -> Option<Stamp> {
        match self {
            Self::Facts(_) => None,
            Self::Entry(entry) => Some(entry.id),
            Self::Hypothesis(hypothesis) => Some(hypothesis.id),
            Self::Action(action) => Some(action.id),
        }
    }
}

/// Records of a merge that was interrupted: so many of one writer, up to the one with this stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The last of them.
    pub last: Stamp,
    /// How many.
    pub records: u32,
}

/// One fact that was added to the record. `when` is missing where it happened when it was stamped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant says what happened, each field is that of the noun in `model`")]
pub enum Change {
    IncidentCreated {
        id: Raw,
        title: Raw,
        zone: Zone,
        #[serde(default)]
        severity: Option<u8>,
        #[serde(default)]
        clock: Clock,
    },
    TitleSet {
        title: Raw,
    },
    SeveritySet {
        severity: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    StatusSet {
        status: Status,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    ZoneSet {
        zone: Zone,
    },
    ClockSet {
        clock: Clock,
    },
    MilestoneSet {
        milestone: MilestoneKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    MilestoneCleared {
        milestone: MilestoneKind,
    },
    FactSet {
        fact: Fact,
        text: Raw,
    },
    FactCleared {
        fact: Fact,
    },
    /// An item of a list of plain texts.
    ItemAdded {
        list: List,
        text: Raw,
    },
    AffectedAdded {
        affected: Affected,
    },
    LinkAdded {
        label: Raw,
        url: Raw,
    },
    NoteAdded {
        heading: Raw,
        text: Raw,
    },
    /// The item with these words was taken off (a link is its label and its target, a note its heading and its text).
    ItemStruck {
        list: List,
        text: Raw,
    },
    /// The item with these words was put into others, in its place.
    ItemChanged {
        list: List,
        was: Raw,
        now: ListItem,
    },
    ListCleared {
        list: List,
    },
    RoleTaken {
        role: Raw,
        name: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    RoleCleared {
        role: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    UpdateSent {
        audience: Raw,
        text: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    CadenceSet {
        minutes: Option<u32>,
    },
    DecisionMade {
        text: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    Attached(Attached),
    EntryAdded {
        text: Raw,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Raw>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<Raw>,
        #[serde(default, skip_serializing_if = "is_note")]
        kind: EntryKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    /// A sender of alerts told of one. All that is told of the same one is one entry.
    AlertReported(Box<Reported>),
    /// A command was started, or was run and has ended.
    CommandStarted {
        /// Its line, without its secrets.
        text: Raw,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Raw>,
        /// On which host and in which folder.
        place: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended: Option<Box<Exit>>,
    },
    CommandEnded {
        command: Stamp,
        #[serde(flatten)]
        ended: Box<Exit>,
    },
    EntryTextChanged {
        entry: Stamp,
        text: Raw,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Raw>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<Raw>,
    },
    EntryTimeChanged {
        entry: Stamp,
        when: Box<Moment>,
    },
    EntryStruck {
        entry: Stamp,
    },
    EntryUnstruck {
        entry: Stamp,
    },
    EntryStarred {
        entry: Stamp,
    },
    EntryUnstarred {
        entry: Stamp,
    },
    HypothesisRaised(About),
    HypothesisTested {
        #[serde(flatten)]
        about: About,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timebox_minutes: Option<u32>,
    },
    EvidenceAdded {
        side: Side,
        #[serde(flatten)]
        about: About,
        /// Tags besides those in its text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Raw>,
    },
    HypothesisRuledOut(About),
    HypothesisConfirmed(About),
    HypothesisParked(About),
    HypothesisReopened(About),
    ActionAdded {
        kind: ActionKind,
        text: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<Raw>,
    },
    /// All that is said of an action was said anew.
    ActionChanged {
        action: Stamp,
        text: Raw,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<Raw>,
    },
    ActionDone {
        action: Stamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    ActionDropped {
        action: Stamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Raw>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Box<Moment>>,
    },
    ActionReopened {
        action: Stamp,
    },
    /// A change was taken back.
    Undone {
        change: Stamp,
    },
    /// A change that was taken back counts again.
    Redone {
        change: Stamp,
    },
    Restored(Restored),
    /// What another incident has and this one lacked, under its own id and with its own times and author. It is joined to
    /// what is there: nothing of this incident gives way.
    Joined {
        /// The other incident's id.
        from: Raw,
        what: Restored,
    },
    /// Another incident became a part of this one: by the [`Change::Joined`] among the records of this record's writer right
    /// before it, so many of them. To take it back takes all of them back.
    Merged {
        incident: Raw,
        records: u32,
        /// What earlier tries brought in that were interrupted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<Tried>,
    },
    /// This incident became a part of another one.
    MergedInto {
        incident: Raw,
    },
    /// What follows was read from a document.
    Imported(Document),
    /// A tombstone: the records with these stamps are gone for good, on every replica, and so is what tells their words
    /// again. It names them, and has nothing of what they said.
    Purged {
        records: Vec<Stamp>,
        /// Those of them that added an action: the numbers of the others stay as they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        actions: Vec<Stamp>,
        /// The messages that they came from: importing their channel again does not bring them back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        messages: Vec<Message>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_note(kind: &EntryKind) -> bool {
    *kind == EntryKind::Note
}

impl Change {
    /// When it happened, where that was said.
    pub fn when(&self) -> Option<&Moment> {
        match self {
            Self::SeveritySet { when, .. }
            | Self::StatusSet { when, .. }
            | Self::MilestoneSet { when, .. }
            | Self::RoleTaken { when, .. }
            | Self::RoleCleared { when, .. }
            | Self::UpdateSent { when, .. }
            | Self::DecisionMade { when, .. }
            | Self::EntryAdded { when, .. }
            | Self::CommandStarted { when, .. }
            | Self::ActionDone { when, .. }
            | Self::ActionDropped { when, .. } => when.as_deref(),
            Self::EntryTimeChanged { when, .. } => Some(when),
            Self::AlertReported(reported) => Some(&reported.when),
            other => other.about()?.when.as_deref(),
        }
    }

    /// Whether it changes what earlier records of this ledger say, so that they have to be folded anew.
    pub fn looks_back(&self, ledger: &Ledger) -> bool {
        match self {
            Self::EntryTextChanged { entry, .. } => reword::rewords(ledger, *entry),
            Self::Undone { .. }
            | Self::Redone { .. }
            | Self::EntryTimeChanged { .. }
            | Self::Purged { .. } => true,
            _ => false,
        }
    }

    /// Whether a person made it: what the program does by itself is no matter for undo. Nor is a command that was run in
    /// another window: `/undo` takes back what was typed last here.
    pub fn is_a_persons(&self) -> bool {
        !matches!(
            self,
            Self::IncidentCreated { .. }
                | Self::AlertReported(_)
                | Self::CommandStarted { .. }
                | Self::CommandEnded { .. }
                | Self::Restored(_)
                | Self::Joined { .. }
                | Self::Imported(_)
                | Self::Undone { .. }
                | Self::Redone { .. }
                | Self::Purged { .. }
        )
    }

    /// Whether a tombstone may take it away: an incident keeps what founded it and its tombstones, whoever names them.
    pub fn may_be_purged(&self) -> bool {
        !matches!(self, Self::IncidentCreated { .. } | Self::Purged { .. })
    }

    /// What it tells the words of again, where it does: an entry or an action that it edits, a thing that it brought back.
    pub fn retells(&self) -> Option<Stamp> {
        match self {
            Self::EntryTextChanged { entry, .. } => Some(*entry),
            Self::CommandEnded { command, .. } => Some(*command),
            Self::ActionChanged { action, .. } => Some(*action),
            Self::Restored(what) | Self::Joined { what, .. } => what.id(),
            _ => None,
        }
    }
}
