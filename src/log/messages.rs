//! The messages of chats that an incident has, or had: when their channel is imported again, only the others are new.
//!
//! What was edited, struck out, taken back or purged here since is no reason to bring it in again: a message that ever came
//! in is known for good.

use std::collections::HashMap;

use super::{Change, Ledger, Record, Restored, Stamp, undo};
use crate::model::Message;
use crate::text::Raw;

/// What is known of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The entry that it became; none where that was purged.
    pub entry: Option<Stamp>,
    /// What that said when it came in.
    pub text: Raw,
    /// When it had last been edited in the chat by then.
    pub edited: Option<Raw>,
    /// Whether it was ever made a key entry, or said not to be one.
    pub starred: bool,
    /// Whether it went with an import that was taken back as a whole: then importing it again lets it count again.
    pub recalled: bool,
}

/// The messages of one channel that an incident knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages(HashMap<String, Known>);

impl Messages {
    /// Those that a ledger has of a channel.
    pub fn of(ledger: &Ledger, channel: &Raw) -> Self {
        let (mut known, mut by_entry) = (Self::default(), HashMap::new());
        let (undone, named) = (undo::undone(ledger), undo::named(ledger));
        for record in ledger.records() {
            if let Some(message) = of(record).filter(|message| message.channel == *channel) {
                let (entry, text, starred) = match record.change() {
                    Some(Change::EntryAdded { text, .. }) => (record.stamp, text.clone(), false),
                    Some(
                        Change::Restored(Restored::Entry(entry))
                        | Change::Joined { what: Restored::Entry(entry), .. },
                    ) => (entry.id, entry.text.clone(), entry.key),
                    _ => continue,
                };
                by_entry.insert(entry, message.ts.as_typed());
                let recalled = undone.contains(&record.stamp) && !named.contains(&record.stamp);
                let edited = message.edited.clone();
                let first = Known { entry: Some(entry), text, edited, starred, recalled };
                known.0.entry(message.ts.as_typed().to_owned()).or_insert(first);
            }
            match record.change() {
                Some(Change::EntryStarred { entry } | Change::EntryUnstarred { entry }) => {
                    if let Some(known) = by_entry.get(entry).and_then(|ts| known.0.get_mut(*ts)) {
                        known.starred = true;
                    }
                }
                Some(Change::Purged { messages, .. }) => {
                    for message in messages.iter().filter(|message| message.channel == *channel) {
                        known.0.entry(message.ts.as_typed().to_owned()).or_default();
                    }
                }
                _ => {}
            }
        }
        known
    }

    /// What is known of the message with this time stamp, where it ever came in.
    pub fn get(&self, ts: &str) -> Option<&Known> {
        self.0.get(ts)
    }
}

/// The message that a record brought in, where it did.
pub fn of(record: &Record) -> Option<&Message> {
    match record.change()? {
        Change::EntryAdded { .. } => record.from.as_ref()?.message.as_deref(),
        Change::Restored(Restored::Entry(entry)) | Change::Joined { what: Restored::Entry(entry), .. } => {
            entry.source.as_ref()?.message.as_deref()
        }
        _ => None,
    }
}
