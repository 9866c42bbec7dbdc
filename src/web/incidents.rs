//! Which incident an alert belongs to, and the incidents that are held open for that.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant as Moment, SystemTime};

use super::Goal;
use super::scribe::{Stored, Unstored};
use crate::ingest::Told;
use crate::log::Reported;
use crate::model::{Clock as ClockStyle, Zone};
use crate::session::archive::Archive;
use crate::session::{self, Mark, New, Opening, Session};
use crate::text::Raw;

/// How many incidents are held open: that of the alerts, and those before it, whose alerts may end yet.
const HELD: usize = 4;
/// How long what was seen in the folder of the incidents counts.
const COUNTS: Duration = Duration::from_secs(1);
/// The longest title of an incident that is started, in characters.
const TITLE: usize = 100;

const NONE_OPEN: Unstored = Unstored {
    error: "no incident is open that this could belong to",
    hint: "start one (`warroom new TITLE`), or let alerts start one: warroom listen --open-on severity=critical",
};
const NOT_OPENED: Unstored = Unstored {
    error: "the incident cannot be written to",
    hint: "the listener says why; send it again when that is mended",
};
const NOT_SAVED: Unstored = Unstored {
    error: "not saved yet: the disk does not take it",
    hint: "send it again: what was taken already is not stored twice",
};

/// What incidents begin with that are started here.
pub(super) struct Beginning {
    /// The folder that holds all incidents.
    pub root: PathBuf,
    pub zone: Zone,
    pub style: ClockStyle,
}

/// What was seen of the incidents.
struct Seen {
    at: Moment,
    /// When their folder was changed last.
    changed: Option<SystemTime>,
    /// The files of the current one, as this process left them. Others are heard of a moment after they wrote; this shows
    /// at once that they did.
    left: Option<Mark>,
}

/// The incidents that are held open.
pub(super) struct Incidents {
    goal: Goal,
    beginning: Beginning,
    opening: Opening,
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    /// The one that was used last is the last.
    held: Vec<Session>,
    /// The one that alerts belong to, as far as was seen.
    current: Option<PathBuf>,
    /// When that was seen, and how it stood then.
    seen: Option<Seen>,
    /// The trouble that was told of last.
    trouble: Option<String>,
}

impl Incidents {
    pub fn new(
        goal: Goal,
        beginning: Beginning,
        opening: Opening,
        tell: Arc<dyn Fn(&str) + Send + Sync>,
    ) -> Self {
        let (held, current, seen, trouble) = (Vec::new(), None, None, None);
        Self { goal, beginning, opening, tell, held, current, seen, trouble }
    }

    /// Says where alerts go, and opens that incident. Where none is open the last one is: its alerts may end yet.
    pub fn begin(&mut self) {
        let first = match self.goal.clone() {
            Goal::Fixed(folder) => {
                self.say_current(&folder);
                Some(folder)
            }
            Goal::Unresolved(open_on) => {
                self.look();
                if self.current.is_none() {
                    let then = if open_on.is_empty() {
                        "callers are told to try again"
                    } else {
                        "an alert may start one"
                    };
                    (self.tell)(&format!("no incident is open: {then}"));
                }
                self.current.clone().or_else(|| {
                    Some(self.archive()?.kept().iter().max_by_key(|one| one.written)?.folder.clone())
                })
            }
        };
        if let Some(folder) = first {
            // Where it cannot be opened, that was told, and is tried again with the next alert.
            let _ = self.hold(&folder);
        }
    }

    /// Looks which incident alerts belong to now, where that may have changed: it was resolved, or others were started.
    pub fn look(&mut self) {
        if matches!(self.goal, Goal::Fixed(_)) {
            return;
        }
        self.take_in();
        let changed = fs::metadata(&self.beginning.root).and_then(|root| root.modified()).ok();
        if let (Some(seen), Some(current)) = (&self.seen, self.held_current())
            && seen.at.elapsed() < COUNTS
            && (seen.changed, seen.left) == (changed, current.mark())
            && !current.incident().status.is_over()
        {
            return;
        }
        let Some(archive) = self.archive() else { return };
        let open = archive.kept().iter().filter(|kept| kept.is_unresolved());
        let last = open.max_by_key(|kept| kept.written).map(|kept| kept.folder.clone());
        self.seen = Some(Seen { at: Moment::now(), changed, left: None });
        match &last {
            Some(folder) if last != self.current => self.say_current(folder),
            None if self.current.is_some() => (self.tell)("no incident is open any more"),
            _ => {}
        }
        self.current = last;
    }

    /// Takes reports in, those that say something new. They are on their way to the disk.
    pub fn take(&mut self, told: Vec<Told>) -> Result<Stored, Unstored> {
        let mut sorted: Vec<(PathBuf, Vec<Reported>)> = Vec::new();
        let mut left_out = None;
        for one in told {
            match self.place(&one) {
                Ok(folder) => match sorted.iter_mut().find(|(known, _)| *known == folder) {
                    Some((_, reports)) => reports.push(one.reported),
                    None => sorted.push((folder, vec![one.reported])),
                },
                // What has a place is taken in all the same.
                Err(unstored) => left_out = Some(unstored),
            }
        }
        let mut all = Stored::default();
        for (folder, reports) in sorted {
            let count = reports.len();
            match self.hold(&folder)?.report(reports) {
                Ok(stored) => {
                    all.stored += stored;
                    all.known += count - stored;
                }
                Err(error) => {
                    self.tell_trouble(Some(error.to_string()));
                    return Err(NOT_OPENED);
                }
            }
        }
        left_out.map_or(Ok(all), Err)
    }

    /// Waits until what was taken in is on disk, or cannot be saved for now.
    pub fn flush(&mut self) -> Result<(), Unstored> {
        let tell = Arc::clone(&self.tell);
        let waits = |reason: &str| tell(&format!("not saved yet: {reason}; waiting"));
        let failed = self.held.iter_mut().filter_map(|session| session.flush(waits).err()).last();
        let is_saved = failed.is_none();
        let left = self.held_current().and_then(Session::mark);
        if let Some(seen) = &mut self.seen {
            seen.left = left;
        }
        self.tell_trouble(failed);
        is_saved.then_some(()).ok_or(NOT_SAVED)
    }

    /// Takes in what others have written, and what became of what could not be saved.
    pub fn pump(&mut self) {
        self.take_in();
        let trouble = self.held.iter().filter_map(|session| session.saving().trouble).last();
        self.tell_trouble(trouble);
    }

    /// How many reports are not on disk, and whether that is because they cannot be written.
    pub fn unsaved(&self) -> (u64, bool) {
        let saving = self.held.iter().map(Session::saving);
        saving.fold((0, false), |(count, failing), one| {
            (count + one.under_way, failing || (one.under_way > 0 && one.trouble.is_some()))
        })
    }

    /// Leaves all incidents. What could not be saved, safe for a terminal.
    pub fn finish(self) -> Vec<String> {
        self.held.into_iter().filter_map(|session| Some(session.finish().err()?.to_string())).collect()
    }

    /// The one that alerts belong to, where it is held.
    fn held_current(&self) -> Option<&Session> {
        self.held.iter().find(|session| self.current.as_deref() == Some(session.folder()))
    }

    fn take_in(&mut self) {
        for session in &mut self.held {
            session.pump();
        }
    }

    /// The folder of the incident that a report belongs to: one that knows that the alert fired then, else the current one.
    fn place(&mut self, told: &Told) -> Result<PathBuf, Unstored> {
        let open_on = match &self.goal {
            Goal::Fixed(folder) => return Ok(folder.clone()),
            Goal::Unresolved(open_on) => open_on,
        };
        let fired = Reported { ended: None, ..told.reported.clone() };
        if let Some(known) = self.held.iter().find(|session| session.knows(&fired)) {
            return Ok(known.folder().to_owned());
        }
        if let Some(current) = &self.current {
            return Ok(current.clone());
        }
        let names = |one: &super::OpenOn| told.labels.get(&one.label) == Some(&one.value);
        if told.reported.ended.is_some() || !open_on.iter().any(names) {
            return Err(NONE_OPEN);
        }
        self.start(told)
    }

    /// Starts an incident with an alert as its title.
    fn start(&mut self, told: &Told) -> Result<PathBuf, Unstored> {
        let new = New {
            title: Raw::new(told.reported.text.as_typed().chars().take(TITLE).collect::<String>()),
            severity: severity(told),
            zone: self.beginning.zone.clone(),
            clock: self.beginning.style,
            started: None,
            services: told.labels.get("service").map(|name| Raw::new(name.as_str())).into_iter().collect(),
            by: told.reported.source.clone(),
        };
        match session::create(&new, &self.beginning.root, None, self.opening.clock.as_ref()) {
            Ok(created) => {
                (self.tell)(&format!("started {}", created.id));
                self.current = Some(created.folder.clone());
                Ok(created.folder)
            }
            Err(error) => {
                self.tell_trouble(Some(error.to_string()));
                Err(NOT_OPENED)
            }
        }
    }

    /// An incident that is held open, from now on if it was not.
    fn hold(&mut self, folder: &Path) -> Result<&mut Session, Unstored> {
        let session = match self.held.iter().position(|session| session.folder() == folder) {
            Some(at) => self.held.remove(at),
            None => match Session::open(folder, self.opening.clone(), || {}) {
                Ok(session) => {
                    session.notices().iter().for_each(|notice| (self.tell)(notice));
                    session
                }
                Err(error) => {
                    self.tell_trouble(Some(error.to_string()));
                    return Err(NOT_OPENED);
                }
            },
        };
        if self.held.len() == HELD {
            let parting = self.held.remove(0).finish();
            parting.err().into_iter().for_each(|parting| (self.tell)(&parting.to_string()));
        }
        self.held.push(session);
        self.held.last_mut().ok_or(NOT_OPENED)
    }

    fn archive(&self) -> Option<Archive> {
        Archive::glance(&self.beginning.root, &|_| {})
            .inspect_err(|error| (self.tell)(&format!("the incidents cannot be listed: {error}")))
            .ok()
    }

    fn say_current(&self, folder: &Path) {
        let id = folder.file_name().unwrap_or_default().to_string_lossy();
        (self.tell)(&format!("alerts go to {id}"));
    }

    /// Tells of trouble when it begins, changes and ends.
    fn tell_trouble(&mut self, trouble: Option<String>) {
        if trouble == self.trouble {
            return;
        }
        match &trouble {
            Some(reason) => {
                (self.tell)(&format!("NOT SAVED so far: {reason}; callers are told to try again"));
            }
            None => (self.tell)("all is saved again"),
        }
        self.trouble = trouble;
    }
}

/// How grave an alert says it is, as far as that is one of our numbers: `critical` is 1, `error` 2, `warning` 3; of PagerDuty
/// the number of the priority.
fn severity(told: &Told) -> Option<u8> {
    let said = told.labels.get("severity").or(told.labels.get("priority"))?.to_lowercase();
    match said.as_str() {
        "critical" | "page" => Some(1),
        "error" | "major" | "high" => Some(2),
        "warning" | "minor" => Some(3),
        number => number.trim_start_matches(['p', 's']).parse().ok().filter(|number| *number <= 5),
    }
}
