//! What is long is written and laid out by a thread of its own: no key and no drawing waits for the report of a hundred
//! thousand entries.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use ratatui::text::Line;
use tokio::sync::Notify;

use super::{Laid, Seen, handoff, report};
use crate::model::Incident;
use crate::settings::CheckSettings;
use crate::text::Raw;
use crate::tui::look::Look;

/// So many bytes of entries are written before anybody notices; what is longer is not waited for. The length decides, and no
/// clock: what a person sees does not hang on how busy the machine is.
const AT_ONCE: usize = 200_000;
/// What an entry with few words takes as many bytes as.
const ENTRY: usize = 100;

/// What is written about an incident: it takes its time where that is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Work {
    /// The report, and what it is checked for.
    Report(CheckSettings),
    /// The handoff.
    Handoff,
}

impl Work {
    fn name(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Handoff => "handoff",
        }
    }

    /// What is said until there is something to show.
    pub(in crate::tui) fn under_way(&self) -> String {
        format!("writing the {} …", self.name())
    }

    /// Does it.
    pub(super) fn laid_out(&self, incident: &Incident, columns: usize, look: Look) -> Laid {
        match self {
            Self::Report(check) => report::laid_out(incident, check, columns, look),
            Self::Handoff => handoff::laid_out(incident, columns, look),
        }
    }

    fn failed(&self, why: &str) -> Laid {
        let words = format!("the {} cannot be written now: {why}", self.name());
        vec![Line::from(Raw::new(words).for_term().to_string())].into()
    }
}

/// Who writes: one thing at a time, and whatever has changed meanwhile is written after it, once.
#[derive(Debug, Default)]
pub(in crate::tui) struct Scribe {
    /// Notified once something is written.
    wake: Arc<Notify>,
    at: Option<Sheet>,
}

/// What is being written, and for what it is.
#[derive(Debug)]
struct Sheet {
    work: Work,
    seen: Seen,
    coming: Receiver<Laid>,
}

impl Scribe {
    /// One who tells so when something is written.
    pub(in crate::tui) fn waking(wake: &Arc<Notify>) -> Self {
        Self { wake: Arc::clone(wake), at: None }
    }

    /// Whether this is being written: for just that, where something is named, else whatever has changed since.
    pub(super) fn is_at(&self, work: &Work, seen: Option<&Seen>) -> bool {
        self.sheet(work, seen).is_some()
    }

    fn sheet(&self, work: &Work, seen: Option<&Seen>) -> Option<&Sheet> {
        let sheet = self.at.as_ref().filter(|sheet| sheet.work == *work);
        sheet.filter(|sheet| seen.is_none_or(|seen| sheet.seen == *seen))
    }

    /// Begins to write, in the place of what was being written.
    pub(super) fn begin(&mut self, work: Work, seen: Seen, incident: Incident, look: Look) {
        let (sender, coming) = channel();
        let (to, wake) = (sender.clone(), Arc::clone(&self.wake));
        let (asked, columns) = (work.clone(), seen.columns);
        let begun = thread::Builder::new().name("scribe".into()).spawn(move || {
            // Nobody waits for it any more where something else was asked for, or the room was left.
            let _ = to.send(asked.laid_out(&incident, columns, look));
            wake.notify_one();
        });
        if let Err(error) = begun {
            // The receiver is in our own hands.
            let _ = sender.send(work.failed(&error.to_string()));
            self.wake.notify_one();
        }
        self.at = Some(Sheet { work, seen, coming });
    }

    /// What was written, and for what it is; as [`is_at`](Self::is_at).
    pub(super) fn written(&mut self, work: &Work, seen: Option<&Seen>) -> Option<(Seen, Laid)> {
        let laid = match self.sheet(work, seen)?.coming.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => work.failed("it ended before its time"),
            Ok(laid) => laid,
        };
        self.at.take().map(|sheet| (sheet.seen, laid))
    }

    /// Puts away what was written for nobody.
    pub(in crate::tui) fn put_away(&mut self) {
        self.at.take_if(|sheet| !matches!(sheet.coming.try_recv(), Err(TryRecvError::Empty)));
    }

    /// Forgets what is being written: something in it is to be forgotten.
    pub(in crate::tui) fn forget(&mut self) {
        self.at = None;
    }
}

/// Whether writing about it takes longer than a person waits without noticing.
pub(super) fn is_long(incident: &Incident) -> bool {
    let mut left = AT_ONCE;
    !incident.timeline.iter().all(|entry| {
        let bytes = entry.text.as_typed().len() + ENTRY;
        let fits = bytes <= left;
        left = left.saturating_sub(bytes);
        fits
    })
}
