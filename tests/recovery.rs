//! The recovery table: whatever is found in an incident's folder, what is whole is shown, what is not is said, looking
//! changes nothing, and the next entry is saved and found. Each test names the row it stands for, and goes the whole way:
//! the shell, the room, and the second opening.

mod clock;
mod disk;
mod folder;
mod journal;
mod snapshot;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt, lchown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ratatui::backend::TestBackend;
use rustix::process::geteuid;
use serde_json::Value;
use warroom::session::clock::{Clock, Wall};
use warroom::session::{Opening, Session};
use warroom::store::{JOURNAL, SNAPSHOT};
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Room, Screen};

use crate::stage::{Fixed, Stage, look};
use crate::store::{journal_of, records, says, texts, with_snapshot};
use crate::support::{self, House};

const ID: &str = "2024-08-10-checkout";
/// What each of the next entries says.
const FROM_ROOM: &str = "typed in the room";
const FROM_SHELL: &str = "said in the shell";

const TORN: &str = "one unfinished entry at the end of the journal was dropped (`warroom doctor` tells more)";
const MISSING: &str = "the journal was missing; the incident comes from incident.json";

fn damaged(count: usize) -> String {
    let lines = if count == 1 { "line" } else { "lines" };
    format!("{count} damaged {lines} in the journal skipped, nothing deleted (`warroom doctor` tells more)")
}

fn conflicts(count: usize) -> String {
    format!("{count} records contradict earlier ones of the same id; the first of each counts")
}

fn came_back(count: usize) -> String {
    format!(
        "{count} {} came back from incident.json, which the journal lacked; how they came about is gone",
        if count == 1 { "thing" } else { "things" }
    )
}

fn newer(count: usize) -> String {
    let are = if count == 1 { "record is" } else { "records are" };
    format!("{count} {are} from a newer version: kept, not shown; a newer warroom shows all")
}

/// The entries of the first `count` records.
fn entries(count: u64) -> Vec<String> {
    texts(&records(count))
}

/// A house whose only incident is found in some state.
struct Found {
    house: House,
    folder: PathBuf,
}

/// What has to come of it.
#[derive(Default)]
struct Row {
    /// The entries that are there, in order.
    entries: Vec<String>,
    /// What is said when it is looked at, or opened.
    said: Vec<String>,
    /// What is said once the next entry is saved.
    then: Vec<String>,
}

impl Row {
    /// These entries, and nothing to be said of them.
    fn quiet(entries: Vec<String>) -> Self {
        Self { entries, ..Self::default() }
    }

    /// These entries, and the same said for as long as the journal is as it is.
    fn saying(entries: Vec<String>, said: impl Into<String>) -> Self {
        let said = vec![said.into()];
        Self { entries, then: said.clone(), said }
    }
}

impl Found {
    /// An incident with this journal.
    fn new(journal: &[u8]) -> Self {
        let found = Self::empty();
        fs::write(found.journal(), journal).unwrap();
        found
    }

    /// An incident with a journal of these records, its snapshot, and then another journal.
    fn with_snapshot(seen: u64, journal: Option<&[u8]>) -> Self {
        let found = Self::new(&journal_of(&records(seen)));
        with_snapshot(&found.folder, &records(seen));
        match journal {
            Some(journal) => fs::write(found.journal(), journal).unwrap(),
            None => fs::remove_file(found.journal()).unwrap(),
        }
        found
    }

    /// A folder with nothing in it.
    fn empty() -> Self {
        let house = House::new();
        let folder = house.path().join("data/incidents").join(ID);
        fs::create_dir_all(&folder).unwrap();
        Self { house, folder }
    }

    fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    fn snapshot(&self) -> PathBuf {
        self.folder.join(SNAPSHOT)
    }

    /// The same found in another house.
    fn copy(&self) -> Self {
        let copy = Self::empty();
        copy_all(&self.folder, &copy.folder);
        copy
    }

    /// What `show` prints as JSON, and what it says beside it. Looking changes nothing on disk, once the list has its index.
    fn shown(&self) -> (Value, Vec<String>) {
        self.house.done(&["list"]);
        let before = tree(self.house.path());
        let output = self.house.run(&["show", "--json", "-i", ID]);
        let (out, err) = support::texts(&output);
        assert!(output.status.success(), "{err}");
        self.house.done(&["list"]);
        self.house.done(&["export", "-i", ID]);
        assert_eq!(tree(self.house.path()), before, "looking changed something");
        (serde_json::from_str(&out).unwrap(), err.lines().map(str::to_owned).collect())
    }

    /// Checks what is shown and what is said.
    fn shows(&self, entries: &[String], said: &[String]) {
        let (incident, beside) = self.shown();
        assert_eq!(entries_of(&incident), entries);
        assert_eq!(beside, said);
    }

    /// Says a line from the shell; what is said beside it.
    fn say(&self, line: &str) -> Vec<String> {
        let output = self.house.run(&["say", "-i", ID, line]);
        let (_, err) = support::texts(&output);
        assert!(output.status.success(), "{err}");
        err.lines().map(str::to_owned).collect()
    }

    /// What is said on opening, and the session.
    fn session<C: Clock + 'static>(&self, clock: &Arc<C>) -> Session {
        let rescue = self.house.path().join("rescue");
        let clock = Arc::clone(clock);
        let opening = Opening { by: "alice".into(), clock, rescue, stays: true };
        Session::open(&self.folder, opening, || {}).unwrap()
    }

    /// The room, on a screen that is wide enough for all that is said.
    fn room(&self) -> Stage {
        self.room_at(&Arc::new(Fixed::default()))
    }

    /// The room by this clock.
    fn room_at(&self, clock: &Arc<Fixed>) -> Stage {
        let clock = Arc::clone(clock);
        let room =
            Room::new(self.session(&clock), self.house.path(), look(Depth::Indexed), Keymap::default());
        let screen = Screen::new(TestBackend::new(200, 60)).unwrap();
        let folder = self.folder.clone();
        let house = tempfile::tempdir().unwrap();
        let mut stage = Stage { room, screen, clock, folder, house, last: Effect::None };
        stage.draw();
        stage
    }

    /// The whole way.
    fn comes_to(&self, row: &Row) {
        self.shows(&row.entries, &row.said);
        self.goes_on_in_the_room(row);
        self.goes_on_in_the_shell(row);
        self.opens_again(row);
    }

    fn goes_on_in_the_room(&self, row: &Row) {
        let copy = self.copy();
        let mut stage = copy.room();
        for said in &row.said {
            stage.shows(&format!("! {said}"));
        }
        stage.shows("● saved 0");
        for entry in &row.entries {
            stage.shows(entry);
        }
        stage.logs(FROM_ROOM);
        stage.until("● saved 1");
        stage.room.leave().unwrap();
        copy.shows(&and(&row.entries, FROM_ROOM), &row.then);
    }

    fn goes_on_in_the_shell(&self, row: &Row) {
        let before = fs::read(self.journal()).unwrap_or_default();
        assert_eq!(self.say(FROM_SHELL), row.said);
        self.shows(&and(&row.entries, FROM_SHELL), &row.then);
        let after = fs::read(self.journal()).unwrap();
        assert!(after.starts_with(&before), "what stood in the journal was changed");
        assert_eq!(count(&after, FROM_SHELL), 1);
    }

    /// Once more, with nothing typed: nothing more is mended, and nothing said that was not said before. Neither of the
    /// two files is needed.
    fn opens_again(&self, row: &Row) {
        let entries = and(&row.entries, FROM_SHELL);
        let before = fs::read(self.journal()).unwrap();
        let session = self.session(&Arc::new(Wall));
        assert_eq!(session.notices(), row.then);
        session.finish().unwrap();
        assert_eq!(fs::read(self.journal()).unwrap(), before, "the second opening mended again");
        self.shows(&entries, &row.then);
        let without_snapshot = self.copy();
        fs::remove_file(without_snapshot.snapshot()).unwrap();
        without_snapshot.shows(&entries, &row.then);
        fs::remove_file(self.journal()).unwrap();
        assert_eq!(entries_of(&self.shown().0), entries, "from the snapshot alone");
    }

    /// Opens it within this process, saves one entry, and opens it again: for sweeps over hundreds of states.
    fn saves_on(&self, row: &Row, what: &str) {
        let mut session = self.session(&Arc::new(Fixed::default()));
        assert_eq!(session.notices(), row.said, "{what}");
        assert_eq!(said_in(&session), row.entries, "{what}");
        session.commit(says(FROM_ROOM)).unwrap();
        session.flush(|_| {}).unwrap();
        session.finish().unwrap();
        let session = self.session(&Arc::new(Fixed::default()));
        assert_eq!(session.notices(), row.then, "{what}, opened again");
        assert_eq!(said_in(&session), and(&row.entries, FROM_ROOM), "{what}, opened again");
        session.finish().unwrap();
    }
}

/// Plays a part in a process that [`crate::store::faults::in_a_process`] started.
pub fn part(part: &str, folder: &Path) {
    match part {
        "full" => disk::fill_at_every_byte(folder),
        "peer" => disk::hold_the_lock_for_ever(folder),
        "memory" => disk::read_what_is_long(folder),
        part => panic!("no part {part}"),
    }
}

/// A command of somebody who may not do everything, with what that person has to reach: where the tests run as root, as
/// another user, with a copy of the program, since the way to it may be closed.
fn unprivileged(house: &House, args: &[&str]) -> Command {
    let mut command = house.command(args);
    if !geteuid().is_root() {
        return command;
    }
    let program = house.path().join("warroom");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_warroom"), &program).unwrap();
        fs::set_permissions(house.path(), PermissionsExt::from_mode(0o755)).unwrap();
    }
    let mut other = Command::new("setpriv");
    other
        .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
        .arg(program)
        .args(args)
        .env_clear();
    for (name, value) in command.get_envs() {
        other.env(name, value.unwrap());
    }
    other.current_dir(house.path());
    std::mem::swap(&mut command, &mut other);
    command
}

/// Gives all below a folder to the one [`unprivileged`] is.
fn give_away(root: &Path) {
    if geteuid().is_root() {
        for path in tree(root).into_keys() {
            lchown(path, Some(65534), Some(65534)).unwrap();
        }
    }
}

fn and(entries: &[String], more: &str) -> Vec<String> {
    entries.iter().cloned().chain([more.to_owned()]).collect()
}

fn entries_of(incident: &Value) -> Vec<String> {
    let timeline = incident["timeline"].as_array().unwrap();
    timeline.iter().map(|entry| entry["text"].as_str().unwrap().to_owned()).collect()
}

fn said_in(session: &Session) -> Vec<String> {
    session.incident().timeline.iter().map(|entry| entry.text.as_typed().to_owned()).collect()
}

/// A line as another version or another program would write it: with a right checksum.
fn sealed(open: &str) -> String {
    format!("{open},\"crc\":\"{:08x}\"}}", crc32c::crc32c(open.as_bytes()))
}

fn count(bytes: &[u8], text: &str) -> usize {
    String::from_utf8_lossy(bytes).matches(text).count()
}

/// All there is below a folder: kind, mode, time of the last change, and content.
fn tree(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut left = vec![root.to_owned()];
    while let Some(path) = left.pop() {
        let data = fs::symlink_metadata(&path).unwrap();
        let content = if data.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            String::new()
        } else if data.is_symlink() {
            fs::read_link(&path).unwrap().display().to_string()
        } else if !data.is_file() {
            String::new()
        } else {
            format!("{:08x}", crc32c::crc32c(&fs::read(&path).unwrap()))
        };
        let changed = (data.ctime(), data.ctime_nsec());
        found.insert(path, format!("{:o} {changed:?} {} {content}", data.mode(), data.len()));
    }
    found
}

/// Copies files, folders and links.
fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (there, kind) = (to.join(entry.file_name()), entry.file_type().unwrap());
        if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(entry.path()).unwrap(), there).unwrap();
        } else if kind.is_dir() {
            fs::create_dir(&there).unwrap();
            copy_all(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}
