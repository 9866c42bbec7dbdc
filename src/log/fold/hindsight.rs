//! What has to be known before the first record is folded.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::log::{Change, Ledger, Stamp, undo};
use crate::model::Moment;
use crate::text::Raw;

/// What later records say about earlier ones: which are taken back, which happened at another time or have other words, and
/// where one is missing that counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Hindsight {
    pub(super) undone: HashSet<Stamp>,
    pub(super) times: HashMap<Stamp, Moment>,
    /// The words of entries that were edited.
    pub(super) texts: HashMap<Stamp, Raw>,
    /// The actions that were purged: they keep their numbers, as those that were taken back do.
    pub(super) purged_actions: BTreeSet<Stamp>,
    /// All that was purged.
    pub(super) purged: HashSet<Stamp>,
}

impl Hindsight {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let undone = undo::undone(ledger);
        let (mut times, mut texts, mut purged_actions) = (HashMap::new(), HashMap::new(), BTreeSet::new());
        for record in ledger.in_order() {
            if let Some(Change::Purged { actions, .. }) = record.change() {
                purged_actions.extend(actions);
            }
            if let Some(Change::EntryTimeChanged { entry, when }) = record.change()
                && !undone.contains(&record.stamp)
            {
                times.insert(*entry, (**when).clone());
            }
            if let Some(Change::EntryTextChanged { entry, text, .. }) = record.change()
                && !undone.contains(&record.stamp)
            {
                texts.insert(*entry, text.clone());
            }
        }
        Self { undone, times, texts, purged_actions, purged: ledger.purged().clone() }
    }

    /// How many actions were purged that were added before this record.
    pub(super) fn purged_actions_before(&self, stamp: Stamp) -> u32 {
        u32::try_from(self.purged_actions.range(..stamp).count()).unwrap_or(u32::MAX)
    }
}
