//! The lists of the incident, and their items, as one is put into the place of another.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::model::Affected;
use crate::text::Raw;

/// A field of the incident that holds several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The services affected.
    Services,
    /// How many were affected.
    Affected,
    /// What was lost.
    Losses,
    /// What helped it along.
    Factors,
    /// What went well.
    WentWell,
    /// What went wrong.
    WentWrong,
    /// Where luck helped.
    Lucky,
    /// Links.
    Links,
    /// Notes.
    Notes,
    /// Other incidents that belong to this one, by their ids.
    Related,
    /// Doubts: what contradicts itself, what was read but not understood.
    Warnings,
}

/// An item of a list, as it is put into the place of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is what its list holds")]
pub enum ListItem {
    Text(Raw),
    Affected(Affected),
    Link { label: Raw, url: Raw },
    Note { heading: Raw, text: Raw },
}

impl ListItem {
    /// The words it is named by in its list.
    pub fn name(&self) -> Raw {
        match self {
            Self::Text(text) | Self::Affected(Affected { text, .. }) => text.clone(),
            Self::Link { label, url } => Raw::new(format!("{} {}", label.as_typed(), url.as_typed())),
            Self::Note { heading, text } => Raw::new(format!("{}: {}", heading.as_typed(), text.as_typed())),
        }
    }

    /// The change that adds it to a list; none where that list holds something else.
    pub fn added(&self, list: List) -> Option<Change> {
        Some(match (self.clone(), list) {
            (Self::Affected(affected), List::Affected) => Change::AffectedAdded { affected },
            (Self::Link { label, url }, List::Links) => Change::LinkAdded { label, url },
            (Self::Note { heading, text }, List::Notes) => Change::NoteAdded { heading, text },
            (_, List::Affected | List::Links | List::Notes) => return None,
            (Self::Text(text), list) => Change::ItemAdded { list, text },
            _ => return None,
        })
    }

    /// What a change adds to a list.
    pub fn of(change: Change) -> Option<Self> {
        match change {
            Change::ItemAdded { text, .. } => Some(Self::Text(text)),
            Change::AffectedAdded { affected } => Some(Self::Affected(affected)),
            Change::LinkAdded { label, url } => Some(Self::Link { label, url }),
            Change::NoteAdded { heading, text } => Some(Self::Note { heading, text }),
            _ => None,
        }
    }
}
