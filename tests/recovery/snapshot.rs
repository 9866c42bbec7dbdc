//! The snapshot: older or newer than the journal, of no use, or all there is; and folders with neither.

use std::fs;
use std::os::unix::fs::symlink;

use warroom::store::snapshot::{self, Seen};
use warroom::store::{self, JOURNAL, SNAPSHOT};

use super::{
    FROM_ROOM, FROM_SHELL, Found, MISSING, Row, TORN, and, came_back, damaged, entries, entries_of, tree,
};
use crate::stage::Fixed;
use crate::store::{fold, journal_of, records};
use crate::support::texts;

fn of(count: u64) -> Vec<u8> {
    journal_of(&records(count))
}

/// What came back, told once.
fn back(things: usize) -> Row {
    Row { entries: entries(4), said: vec![came_back(things)], then: Vec::new() }
}

/// Recovery table: snapshot older than the journal.
#[test]
fn what_the_snapshot_has_not_seen_comes_from_the_journal() {
    for seen in 1..=4 {
        Found::with_snapshot(seen, Some(&of(4))).comes_to(&Row::quiet(entries(4)));
    }
}

/// Recovery table: snapshot newer than the journal, which was cut or put back from a backup. Bad input 49.
#[test]
fn what_only_the_snapshot_has_comes_back_with_its_ids() {
    for has in [1, 2, 3] {
        let missing = usize::try_from(4 - has).unwrap();
        let found = Found::with_snapshot(4, Some(&of(has)));
        found.comes_to(&back(missing));
        let whole = Found::new(&of(4)).shown().0;
        let (restored, _) = Found::with_snapshot(4, Some(&of(has))).shown();
        assert_eq!(restored["timeline"], whole["timeline"], "ids, times or authors changed");
    }
    // Cut within a line, and emptied.
    let whole = of(4);
    let row = Row { said: vec![TORN.into(), came_back(2)], then: vec![damaged(1)], ..back(2) };
    Found::with_snapshot(4, Some(&whole[..of(2).len() + 30])).comes_to(&row);
    Found::with_snapshot(4, Some(b"")).comes_to(&back(4));
    // Put back, and written to before this program saw it.
    let other = crate::store::entry(2, 9);
    let journal = [of(2), journal_of(&[other])].concat();
    let found = Found::with_snapshot(4, Some(&journal));
    let row = Row { entries: and(&entries(4), "entry 9 of 2"), ..back(2) };
    found.comes_to(&row);
}

/// Recovery table: a line deleted by hand or damaged, which the snapshot has.
#[test]
fn a_line_deleted_by_hand_comes_back_from_the_snapshot() {
    let without = [of(2), of(4)[of(3).len()..].to_vec()].concat();
    Found::with_snapshot(4, Some(&without)).comes_to(&back(1));
    let mut flipped = of(4);
    flipped[of(2).len() + 50] ^= 1;
    let row = Row { said: vec![damaged(1), came_back(1)], then: vec![damaged(1)], ..back(1) };
    Found::with_snapshot(4, Some(&flipped)).comes_to(&row);
    // The one that founds the incident, with its title and its zone.
    Found::with_snapshot(4, Some(&of(4)[of(1).len()..])).comes_to(&back(1));
}

/// Opening is enough to bring back what was lost; nobody has to type.
#[test]
fn what_comes_back_is_in_the_journal_after_the_first_opening() {
    for journal in [Some(of(2)), None] {
        let found = Found::with_snapshot(4, journal.as_deref());
        let session = found.session(&std::sync::Arc::new(Fixed::default()));
        assert!(session.notices().iter().any(|said| said.contains("came back")));
        session.finish().unwrap();
        fs::remove_file(found.snapshot()).unwrap();
        found.shows(&entries(4), &[]);
    }
}

/// Recovery table: snapshot missing, empty or damaged. Bad input 48.
#[test]
fn a_snapshot_of_no_use_is_ignored_and_written_anew() {
    let sound = fs::read(Found::with_snapshot(4, Some(&of(4))).snapshot()).unwrap();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    let seen = Seen { length: u64::MAX, ..Seen::default() };
    let beyond = snapshot::text(&fold(&records(4)), &seen).unwrap().into_bytes();
    let seal = |open: &str| format!("{open},\n  \"crc\": \"{:08x}\"\n}}\n", crc32c::crc32c(open.as_bytes()));
    let deep = format!("{{\n  \"a\": {}{}", "[".repeat(5_000), "]".repeat(5_000));
    let kinds: [Option<Vec<u8>>; 14] = [
        None,
        Some(Vec::new()),
        Some(b"null".into()),
        Some(b"[]".into()),
        Some(b"{}".into()),
        Some(b"\0\xff junk".into()),
        Some(b"[".repeat(200_000)),
        Some(br#"{"timeline":{"a":1},"journal":{"length":-5}}"#.into()),
        Some(sound[..sound.len() / 2].into()),
        Some(sound[..sound.len() - 1].into()),
        Some(flipped),
        Some(beyond),
        Some(seal(&deep).into()),
        Some(seal("{\n  \"journal\": {}").into()),
    ];
    for kind in kinds {
        let found = Found::new(&of(4));
        if let Some(kind) = kind {
            fs::write(found.snapshot(), kind).unwrap();
        }
        found.comes_to(&Row::quiet(entries(4)));
    }
}

/// Bad input 48: a bit flipped at every byte of the snapshot.
#[test]
fn a_bit_flipped_at_every_byte_of_the_snapshot() {
    let found = Found::with_snapshot(4, Some(&of(4)));
    let sound = fs::read(found.snapshot()).unwrap();
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(found.snapshot(), &bytes).unwrap();
        let loaded = store::read(&found.folder).unwrap();
        assert_eq!((loaded.records.len(), loaded.snapshot), (4, None), "byte {at}");
        assert!(loaded.findings.snapshot_ignored.is_some(), "byte {at}");
    }
}

/// Recovery table: the snapshot is a folder or a symbolic link. It is replaced, and never written or read through.
#[test]
fn a_snapshot_that_is_no_file_is_ignored() {
    let found = Found::new(&of(4));
    fs::create_dir(found.snapshot()).unwrap();
    found.comes_to(&Row::quiet(entries(4)));

    // A link to a snapshot with more in it than the journal has, and one that leads nowhere.
    let other = Found::with_snapshot(9, Some(&of(9)));
    for target in [other.snapshot(), other.folder.join("nowhere")] {
        let before = tree(&other.folder);
        let found = Found::new(&of(4));
        symlink(&target, found.snapshot()).unwrap();
        found.comes_to(&Row::quiet(entries(4)));
        assert_eq!(tree(&other.folder), before, "written through the link");
    }

    // A folder with something in it stays: what is somebody's is not removed for a cache.
    let found = Found::new(&of(4));
    fs::create_dir(found.snapshot()).unwrap();
    fs::write(found.snapshot().join("mine"), "precious").unwrap();
    found.shows(&entries(4), &[]);
    found.say(FROM_SHELL);
    found.shows(&and(&entries(4), FROM_SHELL), &[]);
    assert_eq!(fs::read_to_string(found.snapshot().join("mine")).unwrap(), "precious");
    let names: Vec<_> = fs::read_dir(&found.folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{names:?}");

    // So is one of 257 MiB no reason to read on.
    let found = Found::new(&of(4));
    fs::File::create(found.snapshot()).unwrap().set_len(257 << 20).unwrap();
    let loaded = store::read(&found.folder).unwrap();
    assert_eq!(loaded.findings.snapshot_ignored.as_deref(), Some("it is larger than 256 MiB"));
}

/// Recovery table: journal missing, snapshot there.
#[test]
fn without_its_journal_the_incident_comes_from_the_snapshot() {
    let row = Row { said: vec![MISSING.into(), came_back(4)], ..back(4) };
    let found = Found::with_snapshot(4, None);
    found.comes_to(&row);
    let whole = Found::new(&of(4)).shown().0;
    let (restored, _) = Found::with_snapshot(4, None).shown();
    for part in ["id", "title", "severity", "zone", "clock", "timeline"] {
        assert_eq!(restored[part], whole[part], "{part}");
    }
}

/// Recovery table: both missing, and a folder there. It is no incident, and nothing is made of it.
#[test]
fn a_folder_with_neither_is_no_incident() {
    for (name, content) in [(None, ""), (Some("notes.txt"), "mine"), (Some(SNAPSHOT), "{}")] {
        let found = Found::empty();
        if let Some(name) = name {
            fs::write(found.folder.join(name), content).unwrap();
        }
        let before = tree(found.house.path());
        let folder = found.folder.to_str().unwrap();
        for args in [
            &["show", "-i", folder][..],
            &["show", "--json", "-i", folder],
            &["say", "-i", folder, FROM_SHELL],
            &["export", "-i", folder],
        ] {
            let output = found.house.run(args);
            let (out, err) = texts(&output);
            assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{args:?}");
            assert!(err.starts_with("Error: no journal here: "), "{args:?}: {err}");
            assert!(err.contains("Hint: "), "{args:?}: {err}");
        }
        if name.is_some() {
            let output = found.house.run(&["new", "--detach", "--dir", folder, FROM_ROOM]);
            let (_, err) = texts(&output);
            assert_eq!(output.status.code(), Some(1));
            assert!(err.contains("is not empty"), "{err}");
        }
        assert_eq!(tree(found.house.path()), before, "something was created");
    }
    // A journal without a record is left as it is.
    for garbage in [b"dear diary\n".as_slice(), b"torn", &[0; 500]] {
        let found = Found::new(garbage);
        let before = tree(found.house.path());
        let output = found.house.run(&["say", "-i", super::ID, FROM_SHELL]);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(1));
        assert!(err.contains(&format!("{JOURNAL} is no journal: none of its lines is a record")), "{err}");
        assert_eq!(tree(found.house.path()), before);
    }
    let found = Found::new(b"");
    assert_eq!(entries_of(&found.shown().0), Vec::<String>::new());
}

/// What the snapshot has comes back as records, and a record has a limit: facts that are longer together come one by one.
#[test]
fn facts_that_are_too_long_for_one_record_come_back_one_by_one() {
    let house = crate::support::House::new();
    house.done(&["new", "Long facts", "--detach"]);
    let (impact, cause) = ("i".repeat(150_000), "c".repeat(150_000));
    house.say(&format!("/impact {impact}\n/cause {cause}\n/well paged early\n/note Vendor: called\n"));
    let before = house.json();
    let folder = house.only_incident();
    fs::remove_file(folder.join(JOURNAL)).unwrap();
    house.say("said later\n");
    house.say("and later\n");
    fs::remove_file(folder.join(SNAPSHOT)).unwrap();
    let after = house.json();
    for what in ["title", "impact", "root_cause", "lessons", "notes"] {
        assert_eq!(after[what], before[what], "{what}");
    }
    assert_eq!(entries_of(&after).len(), 2);
}
