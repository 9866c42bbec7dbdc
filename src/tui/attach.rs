//! `/attach` in the room: the file is copied beside the drawing, and recorded once it is there.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use super::keymap::{Act, stack};
use super::room::Room;
use super::state::{Said, Tone};
use crate::model::Subject;
use crate::session::attach::{self, Copied, NotAttached, located};
use crate::text::Raw;

/// How long leaving waits for a file that is being copied.
const LEAVING: Duration = Duration::from_secs(1);

/// A file on its way into the incident.
pub(super) struct Attaching {
    done: Receiver<Result<Copied, NotAttached>>,
    subject: Option<Subject>,
    /// The line that asked for it.
    line: String,
    /// What it is called; safe for a terminal.
    name: String,
}

impl Room {
    /// Begins to copy a file; the line stays where it is where that cannot be. What it is, is looked at here: what was typed
    /// wrong is said before anything else is typed.
    pub(super) fn attach(&mut self, file: &Raw, subject: Option<Subject>, line: &str) {
        if let Some(error) = self.session.read_only() {
            return self.fail(error.to_string());
        }
        let path = located(file, self.exporter.folder());
        let source = match attach::open(&path) {
            Ok(source) => source,
            Err(NotAttached { message, hint }) => {
                self.state.said = Some(Said { hint, ..Said::new(Tone::Bad, message).about(line) });
                return;
            }
        };
        let folder = self.session.folder().to_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = Raw::new(name).for_term().to_string();
        let (sender, done) = mpsc::channel();
        let copy = move || {
            // A room that was left meanwhile has kept the line.
            let _ = sender.send(source.copy(&folder));
        };
        if let Err(error) = thread::Builder::new().name("attach".into()).spawn(copy) {
            return self.fail(format!("{name} is not attached: {error}"));
        }
        self.state.prompt.set_aside();
        // What happens now is not seen in the past.
        self.end_replay();
        self.state.said = Some(Said::new(Tone::Plain, format!("copying {name} …")));
        self.attaching.push(Attaching { done, subject, line: line.to_owned(), name });
    }

    /// Records the files that have been copied, in the order in which they were asked for.
    pub(super) fn take_attached(&mut self) {
        while let Some(first) = self.attaching.first() {
            let done = match first.done.try_recv() {
                Err(TryRecvError::Empty) => return,
                other => other.map_err(|_| stopped(&first.name)).and_then(|done| done),
            };
            let Attaching { subject, line, name, .. } = self.attaching.remove(0);
            if let Err(error) = self.attached(done, subject, &name) {
                self.not_attached(error, &line);
            }
        }
    }

    fn attached(
        &mut self,
        done: Result<Copied, NotAttached>,
        subject: Option<Subject>,
        name: &str,
    ) -> Result<(), NotAttached> {
        let made = self
            .session
            .attach(done?, subject)
            .map_err(|error| NotAttached { message: error.to_string(), hint: String::new() })?;
        self.show_made(made);
        self.say(format!("{name} is kept with the incident"), String::new());
        Ok(())
    }

    /// Says why a file is not attached. The line that asked for it is one Up away: it never comes between the keys of
    /// somebody who is typing, and it is said for longer than until the next of them.
    fn not_attached(&mut self, NotAttached { message, hint }: NotAttached, line: &str) {
        self.state.prompt.offer(line);
        let back = self.state.keys.hint(&[Act::Earlier], "brings the line back", stack::PROMPT);
        let hint = Some(hint).filter(|hint| !hint.is_empty());
        let words: Vec<String> = [message].into_iter().chain(hint).chain(back).collect();
        self.state.notices.push(words.join(" · "));
        // Nothing is being copied any more.
        self.state.said.take_if(|said| said.tone == Tone::Plain);
    }

    /// On the way out: waits a moment for files that are being copied; the lines of those that are not attached are given, to
    /// be kept.
    pub(super) fn finish_attaching(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for Attaching { done, subject, line, name } in std::mem::take(&mut self.attaching) {
            let done = done.recv_timeout(LEAVING).unwrap_or_else(|_| Err(stopped(&name)));
            if self.attached(done, subject, &name).is_err() {
                lines.push(line);
            }
        }
        lines
    }

    /// Whether files are on their way.
    pub(super) fn is_attaching(&self) -> bool {
        !self.attaching.is_empty()
    }
}

fn stopped(name: &str) -> NotAttached {
    NotAttached { message: format!("{name} is not attached: it took too long"), hint: String::new() }
}

/// The files, and the folders with a `/` behind them, that a name which is being typed could become: at most so many.
pub(super) fn files(typed: &str, start: &Path) -> Vec<String> {
    /// More than this is read of no folder: it is looked for with every key.
    const LOOKED_AT: usize = 2_000;
    let before = typed.rfind('/').map_or("", |at| &typed[..=at]);
    let hidden = typed[before.len()..].starts_with('.');
    let folder = if before.is_empty() { start.to_owned() } else { located(&Raw::new(before), start) };
    let Ok(found) = std::fs::read_dir(folder) else { return Vec::new() };
    let found = found.take(LOOKED_AT).filter_map(|entry| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        let kind = entry.file_type().ok()?;
        let ending = if kind.is_dir() { "/" } else { "" };
        let offered = kind.is_file() || kind.is_dir() || kind.is_symlink();
        (offered && (hidden || !name.starts_with('.'))).then(|| format!("{before}{name}{ending}"))
    });
    let mut all: Vec<String> = found.collect();
    all.sort();
    all
}
