//! What a room remembers of past incidents: read by a thread of its own, asked while a person types, and never needed.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use tokio::sync::Notify;

use super::keymap::{Act, stack};
use super::room::Room;
use super::state::{Pane, Said, Tone};
use crate::archive::{Digest, Memory, Recalled, Subjects, Suggestion};
use crate::grammar::parts::Part;
use crate::log::{Change, List};
use crate::model::HypothesisStatus;
use crate::session;
use crate::text::Raw;

/// How often it is looked whether other incidents have changed.
const LOOK: Duration = Duration::from_secs(60);

/// How long the first screen of a room has the machine for itself.
const HEAD_START: Duration = Duration::from_millis(50);

/// Where past incidents are, and who is told once they are read.
#[derive(Clone, Debug)]
pub struct Past {
    /// The folder that holds a folder for each incident.
    pub root: PathBuf,
    /// What is taken for the same suspicion.
    pub subjects: Subjects,
    /// Notified when there is something new.
    pub wake: Arc<Notify>,
}

/// What comes from the thread that reads; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    memories: Receiver<Memory>,
    _stays: Sender<()>,
}

impl Past {
    /// Begins to read. Without a thread nothing is remembered, and nothing else is missing.
    pub(super) fn watch(&self, own: &Path) -> Watch {
        let (sender, memories) = mpsc::channel();
        let (stays, left) = mpsc::channel::<()>();
        let (Self { root, subjects, wake }, own) = (self.clone(), own.to_owned());
        let read = move || {
            if left.recv_timeout(HEAD_START) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let mut past = session::Past::below(&root, &own);
            loop {
                if let Some(digests) = past.changed() {
                    if sender.send(Memory::of(&digests, &subjects)).is_err() {
                        return;
                    }
                    wake.notify_one();
                }
                if left.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        // See above.
        let _ = thread::Builder::new().name("past".into()).spawn(read);
        Watch { memories, _stays: stays }
    }
}

/// What is remembered, and what that suggests for the incident as it stood at some record.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    watch: Option<Watch>,
    memory: Option<Memory>,
    suggested: Option<(u64, Vec<Suggestion>)>,
    /// What was told of a subject last: it is asked for with every drawing.
    recalled: RefCell<Option<(Raw, Option<Recalled>)>>,
}

impl Remembered {
    /// The ids and the titles of all incidents.
    pub(super) fn known(&self) -> &[(Raw, Raw)] {
        self.memory.as_ref().map_or(&[], Memory::known)
    }
}

impl Room {
    /// The same room, which reads what past incidents tell.
    #[must_use]
    pub fn with_past(mut self, past: Option<&Past>) -> Self {
        self.remembered.watch = past.map(|past| past.watch(self.session.folder()));
        self
    }

    /// Takes in what was read; whether there was something.
    pub(super) fn take_memories(&mut self) {
        let newest = self.remembered.watch.as_ref().and_then(|watch| watch.memories.try_iter().last());
        if let Some(memory) = newest {
            self.remember(memory);
        }
    }

    /// Takes in what past incidents tell.
    pub fn remember(&mut self, memory: Memory) {
        (self.remembered.memory, self.remembered.suggested) = (Some(memory), None);
        self.remembered.recalled.take();
        // What was found before was found without it. A choice that a person is about to take stays as it is.
        if self.state.offer.chosen.is_none() {
            self.state.offer.found_for = None;
        }
        self.details_are_old();
    }

    pub(super) fn memory(&self) -> Option<&Memory> {
        self.remembered.memory.as_ref()
    }

    /// What the most similar incidents were caused by, and is not suspected here yet.
    pub(super) fn suggested(&mut self) -> &[Suggestion] {
        let records = self.session.ledger().count();
        let stale = self.remembered.suggested.as_ref().is_none_or(|(of, _)| *of != records);
        if let (Some(memory), true) = (&self.remembered.memory, stale) {
            let suggested = memory.suggestions(&Digest::of(self.session.incident()));
            self.remembered.suggested = Some((records, suggested));
        }
        self.remembered.suggested.as_ref().map_or(&[], |(_, suggested)| suggested)
    }

    /// What past incidents tell of what is being suspected: in the line, else of the hypothesis that is selected, else, while
    /// nothing is typed, of the one that was raised last and is still open.
    pub(super) fn of_the_past(
        &self,
        line: &str,
        parts: &[(std::ops::Range<usize>, Part)],
    ) -> Option<Recalled> {
        let memory = self.memory()?;
        let incident = self.session.incident();
        if let Some((span, _)) = parts.iter().find(|(_, part)| *part == Part::Subject) {
            return memory.recall_typed(line.get(span.clone())?, &incident.id);
        }
        let meant = if self.state.focus == Some(Pane::Hypotheses) {
            incident.hypotheses.iter().find(|h| Some(h.id) == self.state.hypothesis)
        } else if line.is_empty() {
            let open = |status| matches!(status, HypothesisStatus::Open | HypothesisStatus::Testing);
            incident.hypotheses.iter().filter(|h| open(h.status)).max_by_key(|h| h.id)
        } else {
            None
        };
        let subject = meant?.subject.raw();
        let mut recalled = self.remembered.recalled.borrow_mut();
        if recalled.as_ref().is_none_or(|(of, _)| of != subject) {
            *recalled = Some((subject.clone(), memory.recall(subject.as_typed(), &incident.id)));
        }
        recalled.as_ref()?.1.clone()
    }

    /// What is to be said of a line that asks for a key: a bare `?` has the causes of similar incidents behind it.
    pub(super) fn asks_for_suggestions(&self) -> Option<String> {
        let found = self.state.offer.found.as_ref().filter(|found| found.is_folded())?;
        if self.edits_what_is_there().is_some() {
            return None;
        }
        let causes = match found.choices.len() {
            1 => "a cause of a similar incident".to_owned(),
            several => format!("{several} causes of similar incidents"),
        };
        self.state.keys.hint(&[Act::Complete], &causes, stack::COMPLETION)
    }

    /// Which incident a change names by its id or the beginning of it; that none has it is said, too.
    pub(super) fn names(&self, change: &Change) -> Option<String> {
        let Change::ItemAdded { list: List::Related, text } = change else { return None };
        let memory = self.memory()?;
        let (begun, typed) = (memory.begun(text), text.for_term());
        match begun {
            [] if memory.begun(&Raw::default()).is_empty() => None,
            [] => Some(format!("NEW '{typed}' · no incident here has this id")),
            [(id, title), ..] if begun.len() == 1 || id == text => {
                Some(format!("related to {} · {}", id.for_term(), title.for_term()))
            }
            // It would stay as it was typed.
            several => {
                let keys = self.state.keys.completes();
                Some(format!(
                    "NEW '{typed}' · the ids of {} incidents begin so · {keys}one of them",
                    several.len()
                ))
            }
        }
    }

    /// That the incident that was named last is related now.
    pub(super) fn related(&self) -> Option<Said> {
        let id = self.session.incident().related.last()?;
        let title = self.memory().and_then(|memory| memory.begun(id).iter().find(|(known, _)| known == id));
        let title = title.map(|(_, title)| format!(" · {}", title.for_term())).unwrap_or_default();
        Some(Said::new(Tone::Good, format!("related to {}{title}; /undo takes it back", id.for_term())))
    }
}
