//! The folder: what is no file, what leads elsewhere, who may write, and what happens to it while it is open.

use std::fs;
use std::os::unix::fs::{PermissionsExt, lchown, symlink};
use std::path::Path;

use rustix::fs::{CWD, FileType, makedev, mknodat};
use rustix::process::geteuid;
use warroom::log::Change;
use warroom::store::{self, DRAFT, JOURNAL, LOCK, Origin, SNAPSHOT};

use super::{FROM_ROOM, FROM_SHELL, Found, ID, Row, and, entries, entries_of, give_away, tree, unprivileged};
use crate::store::{journal_of, record, records};
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

fn of(count: u64) -> Vec<u8> {
    journal_of(&records(count))
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

/// Nothing opens this incident, for this reason, and nothing changes.
fn is_refused(found: &Found, why: &str) {
    let before = tree(found.house.path());
    let folder = found.folder.to_str().unwrap();
    for args in [
        &["show", "-i", folder][..],
        &["show", "--json", "-i", ID],
        &["say", "-i", ID, FROM_SHELL],
        &["export", "-i", folder],
    ] {
        let output = found.house.run(args);
        let (out, err) = texts(&output);
        assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{args:?}: {err}");
        assert!(err.contains(&format!(" is {why}: it was not opened")), "{args:?}: {err}");
    }
    let (out, _) = texts(&found.house.run(&["list"]));
    assert!(out.contains(&format!(" is {why}: it was not opened")), "{out}");
    let mut terminal = Terminal::start(&found.house, &["open", ID], (120, 30));
    assert_eq!(terminal.ends().exit_code(), 1);
    assert_eq!(tree(found.house.path()), before);
}

/// Recovery table: the journal is a symbolic link, a device, a pipe, a folder. Bad input 46.
#[test]
fn a_journal_that_is_no_file_is_refused() {
    let found = Found::empty();
    let journal = found.journal();
    fs::create_dir(&journal).unwrap();
    is_refused(&found, "a folder");
    fs::remove_dir(&journal).unwrap();
    mknodat(CWD, &journal, FileType::Fifo, 0o600.into(), 0).unwrap();
    is_refused(&found, "a pipe");
    fs::remove_file(&journal).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(&journal).unwrap();
    is_refused(&found, "a socket");
    fs::remove_file(&journal).unwrap();
    drop(socket);
    // What would open well, were it not reached through a link.
    let elsewhere = found.house.path().join("elsewhere");
    fs::write(&elsewhere, of(4)).unwrap();
    for target in
        [elsewhere.as_path(), Path::new("/etc/passwd"), Path::new("/dev/zero"), Path::new("nowhere")]
    {
        symlink(target, &journal).unwrap();
        is_refused(&found, "a symbolic link");
        fs::remove_file(&journal).unwrap();
    }
    assert_eq!(fs::read(&elsewhere).unwrap(), of(4));
    // Only root makes devices, and not everywhere.
    if mknodat(CWD, &journal, FileType::CharacterDevice, 0o600.into(), makedev(1, 3)).is_ok() {
        is_refused(&found, "a device");
    }
}

/// The incident's folder is a link to one.
#[test]
fn a_folder_that_is_a_link_is_refused() {
    let found = Found::new(&of(4));
    let away = found.house.path().join("away");
    fs::rename(&found.folder, &away).unwrap();
    symlink(&away, &found.folder).unwrap();
    is_refused(&found, "a symbolic link, not a folder");
}

/// Bad input 46, 63: whatever the program writes, it never writes through a link that somebody put there.
#[test]
fn nothing_is_written_or_read_through_a_link() {
    let victims = tempfile::tempdir().unwrap();
    let victim = |name: &str| {
        let path = victims.path().join(name);
        fs::write(&path, "precious\n").unwrap();
        path
    };
    // The lock: refused, since another file would be another lock.
    let found = Found::new(&of(4));
    symlink(victim("lock"), found.folder.join(LOCK)).unwrap();
    let (_, err) = texts(&found.house.run(&["say", "-i", ID, FROM_SHELL]));
    assert!(err.contains(".lock is a symbolic link: it was not opened"), "{err}");
    found.shows(&entries(4), &[]);

    // The rest are replaced or passed by. This process writes snapshot and draft, so their temporary names are known.
    let found = Found::new(&of(4));
    let pid = std::process::id();
    let names = [SNAPSHOT.to_owned(), DRAFT.to_owned()];
    let temporary = [SNAPSHOT, DRAFT].map(|name| format!("{name}.{pid}.tmp"));
    for name in names.iter().chain(&temporary) {
        symlink(victim(name), found.folder.join(name)).unwrap();
    }
    let dead = found.folder.join(format!("{SNAPSHOT}.{}.tmp", i32::MAX));
    fs::write(&dead, "half").unwrap();
    let mut stage = found.room();
    assert_eq!(stage.prompt_text(), "", "a line was read through a link");
    stage.hides("brings back");
    stage.logs(FROM_ROOM).until("● saved 1");
    stage.types("half a line");
    stage.room.leave().unwrap();
    assert_eq!(fs::read_to_string(found.folder.join("draft-2")).unwrap(), "half a line");
    found.shows(&and(&entries(4), FROM_ROOM), &[]);
    assert!(fs::symlink_metadata(found.folder.join(SNAPSHOT)).unwrap().is_file());
    assert!(!dead.exists(), "what a dead writer left is still there");
    // A rescue file, and an incident in the place of a link that leads nowhere.
    let rescue = found.house.path().join("rescue");
    fs::create_dir(&rescue).unwrap();
    symlink(victim("rescue"), rescue.join(format!("{ID}-{pid}.jsonl"))).unwrap();
    let written = store::rescue(&rescue, &Origin::of(ID, &found.folder), (&records(4), &[]), None).unwrap();
    assert_eq!(fs::read(written).unwrap(), [of(4), b"\n".to_vec()].concat());
    for entry in fs::read_dir(victims.path()).unwrap() {
        assert_eq!(fs::read_to_string(entry.unwrap().path()).unwrap(), "precious\n");
    }
}

/// Bad input 64: the folder of all incidents is a link, which people use to keep their data on another disk.
#[test]
fn a_root_that_is_a_link_is_followed() {
    let house = House::new();
    let disk = house.path().join("disk");
    fs::create_dir(&disk).unwrap();
    symlink(&disk, house.path().join("data")).unwrap();
    house.done(&["new", "--detach", "Checkout is down"]);
    house.say("first\n");
    assert_eq!(entries_of(&house.json()), ["first"]);
    assert!(disk.join("incidents").is_dir());
}

/// Bad input 64: folders that anybody may write to are told, and refused where they are somebody else's.
#[test]
fn a_folder_that_anybody_may_write_to_is_told() {
    let told = |folder: &Path| {
        format!("anybody on this machine may change what is in {}: `chmod o-w` it", folder.display())
    };
    for above in [false, true] {
        let found = Found::new(&of(4));
        let folder = if above { found.folder.parent().unwrap() } else { &found.folder };
        set_mode(folder, 0o777);
        found.shows(&entries(4), &[told(folder)]);
        assert_eq!(found.say(FROM_SHELL), [told(folder)]);
        let mut stage = found.room();
        stage.shows("! anybody on this machine may change what is in ");
        stage.room.leave().unwrap();
        // In a sticky folder nobody renames what is not theirs.
        set_mode(folder, 0o1777);
        let said = if above { Vec::new() } else { vec![told(folder)] };
        found.shows(&and(&entries(4), FROM_SHELL), &said);
        set_mode(folder, 0o755);
        found.shows(&and(&entries(4), FROM_SHELL), &[]);
    }
    // Only root can give a folder away.
    if geteuid().is_root() {
        let found = Found::new(&of(4));
        set_mode(&found.folder, 0o777);
        lchown(&found.folder, Some(65534), None).unwrap();
        found.shows(&entries(4), &[told(&found.folder)]);
        let output = found.house.run(&["say", "-i", ID, FROM_SHELL]);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            err.contains(" is somebody else's folder that others may write to: it was not opened"),
            "{err}"
        );
        found.shows(&entries(4), &[told(&found.folder)]);
    }
}

/// Bad input 65: whatever the umask, all that is written is for its owner only, and works.
#[test]
fn modes_do_not_depend_on_the_umask() {
    for umask in ["000", "777"] {
        let house = House::new();
        give_away(house.path());
        let under = |args: &[&str]| {
            let plain = unprivileged(&house, args);
            let script = format!("umask {umask} && exec \"$@\"");
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &script, "sh"]).arg(plain.get_program()).args(plain.get_args());
            command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(house.path());
            for (name, value) in plain.get_envs() {
                command.env(name, value.unwrap());
            }
            command
        };
        let new = under(&["new", "--detach", "Checkout is down"]).output().unwrap();
        assert!(new.status.success(), "{}", texts(&new).1);
        let said = under(&["say", "first"]).output().unwrap();
        assert!(said.status.success(), "{}", texts(&said).1);
        // A line that is not sent becomes the draft.
        let open = under(&["open"]);
        let mut builder = portable_pty::CommandBuilder::new(open.get_program());
        builder.args(open.get_args());
        let mut terminal = Terminal::run(&house, builder, (120, 30), &[("PATH", "/usr/bin:/bin")]);
        terminal.shows("● saved 0");
        terminal.logs("second", 1);
        terminal.types("half a line");
        terminal.shows("› half a line");
        terminal.types(QUIT);
        assert_eq!(terminal.ends().exit_code(), 0);
        // What cannot be saved goes into a rescue file.
        let folder = house.only_incident();
        let lock = fs::File::open(folder.join(LOCK)).unwrap();
        lock.lock().unwrap();
        assert_eq!(under(&["say", "third"]).output().unwrap().status.code(), Some(1));
        lock.unlock().unwrap();
        let all = tree(&house.path().join("data"));
        let rescue = house.path().join("data/rescue");
        assert_eq!(all.keys().filter(|path| path.parent() == Some(&rescue)).count(), 1);
        for name in [JOURNAL, SNAPSHOT, LOCK, DRAFT] {
            assert!(all.contains_key(&folder.join(name)), "{name} is missing under {umask}");
        }
        for path in all.keys() {
            let expected = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(path), expected, "{} under {umask}", path.display());
        }
        assert_eq!(entries_of(&house.json()), ["first", "second"]);
    }
}

/// Bad input 50: the folder is removed or moved while it is open. It is said, nothing is saved into it, and all is saved
/// when it is back.
#[test]
fn a_folder_that_goes_away_is_said_and_nothing_is_saved_into_it() {
    let found = Found::new(&of(4));
    let away = found.house.path().join("away");
    let mut stage = found.room();
    stage.logs("one").until("● saved 1");
    fs::rename(&found.folder, &away).unwrap();
    let moved = fs::read(away.join(JOURNAL)).unwrap();
    stage.logs("two").until("✗ NOT SAVED 1: the incident's folder is gone or was moved · saved 1");
    assert_eq!(fs::read(away.join(JOURNAL)).unwrap(), moved, "saved where nobody looks");
    assert!(!found.folder.exists(), "the folder was made again");
    // A link in its place is not followed, and a file not written over.
    symlink(&away, &found.folder).unwrap();
    stage.logs("three").until("✗ NOT SAVED 2: ");
    stage.until("is a symbolic link, not a folder: it was not opened · saved 1");
    fs::remove_file(&found.folder).unwrap();
    fs::write(&found.folder, "mine").unwrap();
    stage.logs("four").until("is not a folder: it was not opened · saved 1");
    assert_eq!(fs::read_to_string(&found.folder).unwrap(), "mine");
    assert_eq!(fs::read(away.join(JOURNAL)).unwrap(), moved);
    fs::remove_file(&found.folder).unwrap();
    fs::rename(&away, &found.folder).unwrap();
    stage.until("● saved 4");
    let all = ["one", "two", "three", "four"].iter().fold(entries(4), |all, text| and(&all, text));
    // Not looked at for changes: the room is at work there.
    assert_eq!(super::entries_of(&found.house.json()), all);

    // Removed for good: what was not saved is in the rescue file, with all the rest.
    // The writer may be putting its snapshot there in this very moment.
    while found.folder.exists() {
        drop(fs::remove_dir_all(&found.folder));
    }
    stage.logs("five").until("✗ NOT SAVED 1: the incident's folder is gone or was moved · saved 4");
    let left = stage.room.leave().unwrap_err().to_string();
    assert!(left.contains("could not be saved (the incident's folder is gone or was moved)"), "{left}");
    assert!(!found.folder.exists());
    let rescue = fs::read_dir(found.house.path().join("rescue")).unwrap().next().unwrap().unwrap();
    let rescued = Found::new(&fs::read(rescue.path()).unwrap());
    rescued.comes_to(&Row::quiet(and(&all, "five")));
}

/// Bad input 50: another folder stands in its place: an empty one, a copy, one that was put back from a backup. All that is
/// known goes where the path leads now.
#[test]
fn a_folder_that_is_replaced_gets_all_that_is_known() {
    for kind in ["empty", "copy", "backup"] {
        let found = Found::with_snapshot(4, Some(&of(4)));
        let mut stage = found.room();
        stage.logs("one").until("● saved 1");
        let away = found.house.path().join("away");
        fs::rename(&found.folder, &away).unwrap();
        let moved = fs::read(away.join(JOURNAL)).unwrap();
        // Whole at once: who writes into a journal that is open spoils it, as nobody can prevent.
        let made = found.house.path().join("made");
        fs::create_dir(&made).unwrap();
        match kind {
            "copy" => drop(fs::copy(away.join(JOURNAL), made.join(JOURNAL)).unwrap()),
            "backup" => fs::write(made.join(JOURNAL), of(2)).unwrap(),
            _ => {}
        }
        fs::rename(&made, &found.folder).unwrap();
        stage.logs("two").until("● saved 2");
        stage.room.leave().unwrap();
        assert_eq!(fs::read(away.join(JOURNAL)).unwrap(), moved, "{kind}: saved where nobody looks");
        let all = and(&and(&entries(4), "one"), "two");
        found.comes_to(&Row::quiet(all));
    }
}

/// Bad input 50: another incident stands in its place. The two are not mixed.
#[test]
fn a_folder_that_is_replaced_by_another_incident_is_said() {
    let change = records(1)[0].change().cloned().unwrap();
    assert!(matches!(change, Change::IncidentCreated { .. }));
    let other = journal_of(&[record(7, 1, change), crate::store::entry(7, 2)]);
    for whole_folder in [true, false] {
        let found = Found::new(&of(4));
        let mut stage = found.room();
        stage.logs("one").until("● saved 1");
        let (away, made) = (found.house.path().join("away"), found.house.path().join("made"));
        if whole_folder {
            fs::create_dir(&made).unwrap();
            fs::write(made.join(JOURNAL), &other).unwrap();
            fs::rename(&found.folder, &away).unwrap();
            fs::rename(&made, &found.folder).unwrap();
        } else {
            fs::write(&made, &other).unwrap();
            fs::hard_link(found.journal(), &away).unwrap();
            fs::rename(&made, found.journal()).unwrap();
        }
        stage.logs("two").until("✗ NOT SAVED 1: another incident stands in its place · saved 1");
        stage.hides("entry 2 of 7");
        assert_eq!(fs::read(found.journal()).unwrap(), other);
        if whole_folder {
            fs::rename(&found.folder, found.house.path().join("other")).unwrap();
            fs::rename(&away, &found.folder).unwrap();
        } else {
            fs::rename(&away, found.journal()).unwrap();
        }
        stage.until("● saved 2");
        stage.room.leave().unwrap();
        found.comes_to(&Row::quiet(and(&and(&entries(4), "one"), "two")));
    }
}
