//! Which of the listed incidents are likely one outage twice: looked for beside the screen, and marked once that is known.

use std::collections::HashMap;
use std::sync::mpsc::Receiver;

use super::List;
use super::order::Card;
use crate::text::Raw;

/// What is likely there twice.
#[derive(Debug, Default)]
pub(super) struct Twins {
    /// By its id, each with the other one.
    known: HashMap<Raw, Raw>,
    /// From where they come, as long as they are being looked for.
    coming: Option<Receiver<HashMap<Raw, Raw>>>,
    /// How many incidents were listed then.
    listed: usize,
}

impl Twins {
    /// Takes in what was found.
    pub(super) fn pump(&mut self) {
        if let Some(found) = self.coming.as_ref().and_then(|coming| coming.try_recv().ok()) {
            (self.known, self.coming) = (found, None);
        }
    }
}

impl List {
    /// Looks, beside the screen, which incidents are likely there twice: again where there are more of them or fewer.
    pub(super) fn look_for_twins(&mut self) {
        let listed = self.order.counts().0;
        let twins = &mut self.state.twins;
        if twins.listed == listed {
            return;
        }
        twins.listed = listed;
        let archive = &mut self.doors.archive;
        let near = archive.listed_near();
        match &self.doors.hindsight {
            Some(hindsight) if !near.is_empty() => twins.coming = Some(hindsight.twins(near)),
            _ => (twins.known, twins.coming) = (archive.twins_of(&near), None),
        }
    }

    /// The incident that this one likely stands there for a second time.
    pub(super) fn twin(&self, card: &Card) -> Option<&Raw> {
        let kept = self.doors.archive.kept().get(card.at)?.card.as_ref().ok()?;
        self.state.twins.known.get(&kept.id)
    }
}
