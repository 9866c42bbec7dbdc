//! `warroom doctor`: every finding is provoked and named, what can be repaired is, and what is repaired loses no byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;
use serde_json::Value;
use warroom::log::{Change, Record, Restored, Stamp, Stamped};
use warroom::model::{Clock, EntryKind, Writer, Zone};
use warroom::store::examine::{self, Examined, Finding, Why, gaps, gone, lines};
use warroom::store::{DRAFT, JOURNAL, LOCK, SNAPSHOT, Standing};

use crate::support::{House, texts};

const ID: &str = "2023-11-14-checkout";

fn stamp(writer: u64, n: u64) -> Stamp {
    Stamp { ms: 1_700_000_000_000 + n * 60_000 + writer, counter: 0, writer: Writer::from_bits(writer), n }
}

fn record(writer: u64, n: u64, change: Change) -> Record {
    Stamped {
        stamp: stamp(writer, n),
        by: "alice".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    }
    .into()
}

fn says(text: &str) -> Change {
    Change::EntryAdded { text: text.into(), tags: vec![], people: vec![], kind: EntryKind::Note, when: None }
}

/// The record that founds an incident, and `count - 1` entries.
fn records(count: u64) -> Vec<Record> {
    let zone = Zone::read("UTC", None).unwrap();
    let (id, title) = (ID.into(), "Checkout is down".into());
    let founding = Change::IncidentCreated { id, title, zone, severity: Some(2), clock: Clock::H24 };
    let entries = (2..=count).map(|n| record(1, n, says(&format!("entry {n}"))));
    std::iter::once(record(1, 1, founding)).chain(entries).collect()
}

fn line(record: &Record) -> Vec<u8> {
    (record.line() + "\n").into_bytes()
}

fn journal_of(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(line).collect()
}

/// A house with one incident that has this journal and nothing else, and its folder.
fn house_with(journal: &[u8]) -> (House, PathBuf) {
    let house = House::new();
    let folder = house.path().join("data/incidents").join(ID);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(JOURNAL), journal).unwrap();
    for below in ["data", "data/incidents"] {
        rights(&house.path().join(below), 0o700);
    }
    rights(&folder, 0o700);
    rights(&folder.join(JOURNAL), 0o600);
    (house, folder)
}

/// The same, with the `incident.json` of it.
fn sound_house(journal: &[u8]) -> (House, PathBuf) {
    let (house, folder) = house_with(journal);
    assert_eq!(doctor(&house, &[ID, "--repair"]).0, 0);
    assert_eq!(findings(&house), [""; 0], "a sound one has nothing wrong");
    (house, folder)
}

fn rights(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// The exit code, and what is printed.
fn doctor(house: &House, args: &[&str]) -> (i32, String) {
    let output = house.run(&[&["doctor"], args].concat());
    let (out, err) = texts(&output);
    assert_eq!(err, "", "{args:?}");
    (output.status.code().unwrap(), out)
}

fn json(house: &House, args: &[&str]) -> Vec<Value> {
    let (_, out) = doctor(house, &[args, &["--json"]].concat());
    serde_json::from_str(&out).unwrap()
}

/// The names of what is found, with their weights.
fn findings(house: &House) -> Vec<String> {
    let word = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    json(house, &[ID]).iter().map(|row| format!("{} {}", word(row, "weight"), word(row, "finding"))).collect()
}

/// Repairs; the journal is only ever appended to. What is printed.
fn repaired(house: &House, folder: &Path, code: i32) -> String {
    let before = fs::read(folder.join(JOURNAL)).unwrap_or_default();
    let (found, out) = doctor(house, &[ID, "--repair"]);
    let after = fs::read(folder.join(JOURNAL)).unwrap();
    assert!(after.starts_with(&before), "the journal was rewritten");
    assert_eq!(found, code, "{out}");
    out
}

fn entries(house: &House) -> Vec<String> {
    let incident: Value = serde_json::from_str(&house.done(&["show", "-i", ID, "--json"])).unwrap();
    let texts = incident["timeline"].as_array().unwrap().iter();
    texts.map(|entry| entry["text"].as_str().unwrap().to_owned()).collect()
}

fn look(folder: &Path) -> Examined {
    examine::examine(folder, Utc.timestamp_millis_opt(1_700_100_000_000).unwrap(), &[])
}

/// The report without what differs from run to run.
fn plain(out: &str) -> String {
    let stands = |line: &str| line.find("for you alone (0700, files 0600)").map(|at| at + 32);
    let out: Vec<&str> = out.lines().map(|line| stands(line).map_or(line, |end| &line[..end])).collect();
    let out = out.join("\n");
    let mut rest = out.as_str();
    let mut plain = String::new();
    while let Some(at) = rest.find("damaged-2") {
        plain.push_str(&rest[..at]);
        plain.push_str("damaged-TIME");
        rest = &rest[at + "damaged-20240810T123000Z".len()..];
    }
    plain + rest
}

#[test]
fn a_sound_incident_has_nothing_wrong() {
    let (house, folder) = sound_house(&journal_of(&records(4)));
    let before = fs::read(folder.join(SNAPSHOT)).unwrap();
    let (code, out) = doctor(&house, &["2023"]);
    assert_eq!((code, out.lines().last().unwrap()), (0, "Nothing wrong."), "{out}");
    let (code, out) = doctor(&house, &[ID, "--repair"]);
    assert_eq!((code, out.contains("Repaired")), (0, false), "{out}");
    assert_eq!(fs::read(folder.join(SNAPSHOT)).unwrap(), before, "nothing to repair, nothing written");
    assert_eq!(fs::read(folder.join(JOURNAL)).unwrap(), journal_of(&records(4)));
}

#[test]
fn looking_writes_nothing() {
    let (house, folder) = house_with(&[journal_of(&records(3)), b"garbage\n".to_vec()].concat());
    doctor(&house, &[]);
    doctor(&house, &[ID]);
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [JOURNAL]);
}

#[test]
fn each_kind_of_damage_is_told_with_its_place() {
    let all = records(5);
    let flipped =
        journal_of(&all[2..3]).iter().map(|b| if *b == b'3' { b'7' } else { *b }).collect::<Vec<_>>();
    // What names the stamp of a record elsewhere is no loss: here none does.
    let flipped = String::from_utf8(flipped).unwrap().replace("\"stamp\"", "\"stomp\"").into_bytes();
    let long = [b"{\"v\":1".to_vec(), vec![b' '; 300_000], b"}\n".to_vec()].concat();
    let form = {
        let open = "{\"v\":1,\"so\":\"what\"";
        format!("{open},\"crc\":\"{:08x}\"}}\n", crc32c::crc32c(open.as_bytes())).into_bytes()
    };
    let parts: [(Vec<u8>, Why); 6] = [
        (flipped, Why::Checksum),
        (long, Why::TooLong),
        (form, Why::Form),
        (vec![0; 64].into_iter().chain(*b"\n").collect(), Why::Zeros),
        (b"\xff\xfe caf\xe9\n".to_vec(), Why::NotUtf8),
        (b"dear diary\n".to_vec(), Why::NotJson),
    ];
    let mut journal = journal_of(&all[..2]);
    let mut expected = Vec::new();
    for (nth, (part, why)) in parts.iter().enumerate() {
        expected.push((3 + nth, journal.len(), part.len() - 1, *why));
        journal.extend(part);
    }
    journal.extend(journal_of(&all[2..]));
    let found = lines(&journal);
    let told: Vec<_> = found.damaged.iter().map(|d| (d.number, d.offset, d.length, d.why)).collect();
    assert_eq!(told, expected);
    assert_eq!(found.records, all);
    assert!(found.damaged.iter().all(|line| !line.is_harmless()));
    assert_eq!(lines(&[b"\n\n \n".to_vec(), journal].concat()).damaged[0].number, 6, "blank lines count");
}

#[test]
fn whole_records_within_damaged_lines_are_appended_again() {
    let all = records(9);
    let l = |n: usize| all[n - 1].line().into_bytes();
    let feed = b"\n".to_vec();
    let journal = [
        b"\xef\xbb\xbf".to_vec(),
        l(1),
        feed.clone(), // a byte order mark
        l(2),
        l(3),
        feed.clone(), // joined
        vec![0; 512],
        l(4),
        feed.clone(), // zeros in front
        l(5),
        b" garbage behind".to_vec(),
        feed.clone(),
        b"garbage before ".to_vec(),
        l(6),
        feed.clone(),
        l(7),
        b"\r\r".to_vec(),
        feed.clone(),
        b"{\"v\":1,\"stamp\":\"17".to_vec(),
        l(8),
        feed.clone(), // behind one that was cut off
        l(9),
        feed.clone(),
    ]
    .concat();
    let found = lines(&journal);
    assert_eq!(found.lacking().cloned().collect::<Vec<_>>(), all[..8]);
    let (house, folder) = house_with(&journal);
    assert!(entries(&house).len() < 8);
    let out = repaired(&house, &folder, 0);
    assert!(out.contains("8 whole records from damaged lines appended again"), "{out}");
    let expected: Vec<String> = (2..=9).map(|n| format!("entry {n}")).collect();
    assert_eq!(entries(&house), expected);
    // As they were, and once.
    let after = fs::read(folder.join(JOURNAL)).unwrap();
    let again = lines(&after);
    assert_eq!((again.records.len(), again.repeated), (9, 0));
    assert!(all.iter().all(|record| again.records.contains(record)));
    assert!(again.damaged.iter().all(examine::DamagedLine::is_harmless));
    assert_eq!(findings(&house), ["note damaged_line"; 7]);
    repaired(&house, &folder, 0);
    assert_eq!(fs::read(folder.join(JOURNAL)).unwrap(), after, "once is enough");
}

#[test]
fn a_journal_of_nothing_but_a_damaged_line_is_opened_again() {
    let (house, folder) = house_with(&[b"\xef\xbb\xbf".to_vec(), journal_of(&records(1))].concat());
    assert_eq!(house.run(&["show", "-i", ID]).status.code(), Some(1), "it cannot be opened");
    repaired(&house, &folder, 0);
    house.done(&["show", "-i", ID]);
}

#[test]
fn what_cannot_be_repaired_is_said_with_what_to_do() {
    let all = records(6);
    let changed = record(1, 2, says("somebody \u{1b}[2Jedited this"));
    let journal = [
        journal_of(&all[..3]),
        b"dear \x1b]0;diary\n".to_vec(),
        journal_of(&all[5..]),
        line(&changed),
        line(&all[1]),
    ]
    .concat();
    let (house, folder) = house_with(&journal);
    repaired(&house, &folder, 1);
    let found = findings(&house);
    assert_eq!(found, ["wrong damaged_line", "wrong conflict", "note repeated", "wrong gap"]);
    let (code, out) = doctor(&house, &[ID]);
    assert_eq!(code, 1);
    assert!(!out.contains('\u{1b}'), "what is shown acts on no terminal");
    insta::assert_snapshot!("left", plain(&out));
    let rows = json(&house, &[ID]);
    assert_eq!(rows[0]["details"]["why"], "not_json");
    assert_eq!((&rows[3]["details"]["first"], &rows[3]["details"]["last"]), (&4.into(), &5.into()));
    assert_eq!(rows[1]["details"]["lines"], serde_json::json!([2, 6]));
}

#[test]
fn a_torn_line_is_no_loss_and_stays_so_when_others_follow() {
    let all = records(5);
    let torn = &line(&all[3])[..40];
    let (house, folder) = sound_house(&journal_of(&all[..3]));
    fs::write(folder.join(JOURNAL), [journal_of(&all[..3]), torn.to_vec()].concat()).unwrap();
    assert_eq!(findings(&house), ["note torn_line"]);
    house.done(&["say", "-i", ID, "it goes on"]);
    assert_eq!(findings(&house), ["note damaged_line"]);
    assert!(json(&house, &[ID])[0]["text"].as_str().unwrap().contains("never shown as saved"));
    // Of a writer that went on behind it, it is a loss.
    let cut = line(&all[3])[..60].to_vec();
    let loss = lines(&[journal_of(&all[..3]), cut, b"\n".to_vec(), line(&all[4])].concat());
    assert_eq!((loss.damaged[0].why, loss.damaged[0].is_harmless()), (Why::CutOff, false));
}

#[test]
fn gaps_are_told_writer_by_writer() {
    let stamps =
        |of: &[(u64, u64)]| -> Vec<Record> { of.iter().map(|(w, n)| record(*w, *n, says("x"))).collect() };
    let told = |records: &[Record],
                gone: &BTreeSet<Stamp>,
                seen: &BTreeMap<Writer, u64>|
     -> Vec<(Writer, u64, u64)> {
        gaps(records, gone, seen).iter().map(|g| (g.writer, *g.missing.start(), *g.missing.end())).collect()
    };
    let (one, two) = (Writer::from_bits(1), Writer::from_bits(2));
    let (none, nothing) = (BTreeSet::new(), BTreeMap::new());
    let all = stamps(&[(1, 1), (1, 2), (1, 5), (2, 3), (1, 9)]);
    assert_eq!(told(&all, &none, &nothing), [(one, 3, 4), (one, 6, 8), (two, 1, 2)]);
    // What is known to be gone is no gap, even where it splits one.
    let known: BTreeSet<Stamp> = [stamp(1, 7), stamp(2, 1), stamp(2, 2)].into();
    assert_eq!(told(&all, &known, &nothing), [(one, 3, 4), (one, 6, 6), (one, 8, 8)]);
    // What was seen once is missed at the end too.
    let seen: BTreeMap<Writer, u64> = [(one, 10), (two, 3), (Writer::from_bits(3), 2)].into();
    let three = Writer::from_bits(3);
    let at_end = told(&all, &none, &seen);
    assert!(at_end.contains(&(one, 10, 10)) && at_end.contains(&(three, 1, 2)), "{at_end:?}");
    assert_eq!(gaps(&all, &none, &seen).iter().map(examine::Gap::count).collect::<Vec<_>>(), [2, 3, 1, 2, 2]);
    assert_eq!(told(&stamps(&[(1, 3), (1, 2), (1, 1)]), &none, &nothing), [], "in any order");
    // Nobody counts that far, but a line may say so.
    let last: Record =
        Stamped { stamp: Stamp { n: u64::MAX, ..stamp(1, 1) }, ..Stamped::clone(&record(1, 1, says("x"))) }
            .into();
    assert_eq!(told(&[last], &none, &nothing), [(one, 1, u64::MAX - 1)]);
}

#[test]
fn what_came_back_under_its_own_id_is_no_gap() {
    let all = records(4);
    let (house, folder) = sound_house(&journal_of(&all));
    fs::write(folder.join(JOURNAL), journal_of(&[&all[..2], &all[3..]].concat())).unwrap();
    let found = findings(&house);
    assert!(
        found.contains(&"wrong only_in_snapshot".into()) && found.contains(&"wrong gap".into()),
        "{found:?}"
    );
    repaired(&house, &folder, 0);
    assert_eq!(entries(&house), ["entry 2", "entry 3", "entry 4"]);
    assert_eq!(findings(&house), [""; 0]);
    let back = look(&folder)
        .ledger
        .records()
        .iter()
        .any(|r| matches!(r.change(), Some(Change::Restored(Restored::Entry(_)))));
    assert!(back && gone(look(&folder).ledger.records()).contains(&stamp(1, 3)));
}

#[test]
fn an_incident_json_of_any_kind_is_written_anew_and_the_old_one_kept() {
    let all = records(3);
    let spoil: [Spoil; 5] = [
        ("wrong snapshot_damaged", |path| fs::write(path, "{}").unwrap()),
        ("wrong snapshot_damaged", |path| fs::write(path, "").unwrap()),
        ("wrong not_a_file", |path| {
            fs::remove_file(path).unwrap();
            symlink("/etc/passwd", path).unwrap();
        }),
        ("wrong not_a_file", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
            fs::write(path.join("mine"), "kept").unwrap();
        }),
        ("note snapshot_missing", |path| fs::remove_file(path).unwrap()),
    ];
    for (name, spoil) in spoil {
        let (house, folder) = sound_house(&journal_of(&all));
        let path = folder.join(SNAPSHOT);
        spoil(&path);
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            rights(&path, 0o600);
        }
        let before = fs::read(&path).ok();
        assert!(findings(&house).contains(&name.to_owned()), "{name}: {:?}", findings(&house));
        repaired(&house, &folder, 0);
        assert!(path.symlink_metadata().unwrap().is_file());
        assert_eq!(findings(&house), [""; 0], "{name}");
        let aside = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let aside = aside.filter(|path| path.to_string_lossy().contains("incident.json.damaged-")).last();
        assert_eq!(aside.is_some(), name.starts_with("wrong"), "{name}");
        assert_eq!(aside.as_ref().and_then(|path| fs::read(path).ok()), before.filter(|_| aside.is_some()));
        if let Some(folder) = aside.filter(|path| path.symlink_metadata().unwrap().is_dir()) {
            assert_eq!(fs::read_to_string(folder.join("mine")).unwrap(), "kept");
        }
    }
}

#[test]
fn an_incident_json_that_is_behind_or_of_another_journal_is_said() {
    let all = records(5);
    let (house, folder) = sound_house(&journal_of(&all[..3]));
    fs::write(folder.join(JOURNAL), journal_of(&all)).unwrap();
    assert_eq!(findings(&house), ["note snapshot_older"]);
    assert_eq!(json(&house, &[ID])[0]["details"]["records"], 2);
    repaired(&house, &folder, 0);
    assert_eq!(findings(&house), [""; 0]);
    let turned: Vec<Record> = all.iter().rev().cloned().collect();
    fs::write(folder.join(JOURNAL), journal_of(&turned)).unwrap();
    assert_eq!(findings(&house), ["note snapshot_of_another_journal"]);
    repaired(&house, &folder, 0);
    assert_eq!(findings(&house), [""; 0]);
}

#[test]
fn a_missing_journal_comes_back_from_incident_json() {
    let (house, folder) = sound_house(&journal_of(&records(3)));
    fs::remove_file(folder.join(JOURNAL)).unwrap();
    let found = findings(&house);
    assert!(found.contains(&"wrong journal_missing".into()), "{found:?}");
    doctor(&house, &[ID, "--repair"]);
    assert_eq!(entries(&house), ["entry 2", "entry 3"]);
    assert!(!findings(&house).contains(&"wrong journal_missing".into()));
    // With neither there is nothing to begin with, and nothing is made.
    let empty = house.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let (code, out) = doctor(&house, &["./empty", "--repair"]);
    assert!(code == 1 && out.contains("no incident.json that could stand in"), "{out}");
    assert_eq!(fs::read_dir(&empty).unwrap().count(), 0);
}

#[test]
fn rights_are_told_and_taken_from_others() {
    let (house, folder) = sound_house(&journal_of(&records(2)));
    fs::write(folder.join("note.txt"), "mine").unwrap();
    for (name, mode) in [(JOURNAL, 0o644), (SNAPSHOT, 0o666), (LOCK, 0o400), ("note.txt", 0o754)] {
        rights(&folder.join(name), mode);
    }
    rights(&folder, 0o755);
    assert_eq!(findings(&house), ["wrong mode"; 5]);
    let (_, out) = doctor(&house, &[ID]);
    for part in
        ["the folder has mode 0755 (others may read it)", "incident.json has mode 0666 (others may write"]
    {
        assert!(out.contains(part), "{out}");
    }
    repaired(&house, &folder, 0);
    let modes = [JOURNAL, SNAPSHOT, LOCK, "note.txt"].map(|name| mode(&folder.join(name)));
    assert_eq!((modes, mode(&folder)), ([0o600, 0o600, 0o600, 0o700], 0o700));
    // What a link leads to is not touched.
    let elsewhere = house.path().join("elsewhere");
    fs::write(&elsewhere, "").unwrap();
    rights(&elsewhere, 0o644);
    symlink(&elsewhere, folder.join(DRAFT)).unwrap();
    assert_eq!(findings(&house), ["wrong not_a_file"]);
    doctor(&house, &[ID, "--repair"]);
    assert_eq!(mode(&elsewhere), 0o644);
}

#[test]
fn a_journal_that_is_no_file_is_named_and_left_alone() {
    let (house, folder) = sound_house(&journal_of(&records(2)));
    let (path, elsewhere) = (folder.join(JOURNAL), house.path().join("elsewhere"));
    fs::rename(&path, &elsewhere).unwrap();
    symlink(&elsewhere, &path).unwrap();
    assert!(findings(&house).contains(&"wrong not_a_file".into()));
    assert!(doctor(&house, &[ID]).1.contains("journal.jsonl is a symbolic link"));
    assert_eq!(doctor(&house, &[ID, "--repair"]).0, 1);
    assert!(path.symlink_metadata().unwrap().is_symlink());
    fs::remove_file(&path).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    assert!(doctor(&house, &[ID]).1.contains("journal.jsonl is a pipe"));
}

#[test]
fn leftovers_drafts_and_the_lock_are_told() {
    let (house, folder) = sound_house(&journal_of(&records(2)));
    // No process has this number: it is larger than any may be.
    let dead = folder.join(format!("{SNAPSHOT}.2000000000.tmp"));
    let alive = folder.join(format!("{SNAPSHOT}.{}.tmp", std::process::id()));
    let of_draft = folder.join("draft.2000000000.tmp");
    for path in [&dead, &alive, &of_draft, &folder.join(DRAFT)] {
        fs::write(path, "half a li\u{1b}ne").unwrap();
        rights(path, 0o600);
    }
    let lock = File::options().read(true).write(true).open(folder.join(LOCK)).unwrap();
    lock.lock().unwrap();
    assert_eq!(findings(&house), ["note leftover", "note leftover", "note draft", "note lock_held"]);
    let (code, out) = doctor(&house, &[ID]);
    assert!(code == 0 && out.contains("not sent: half a li␛ne"), "{out}");
    assert!(out.contains("Nothing wrong; 4 things to know (!)."), "{out}");
    lock.unlock().unwrap();
    repaired(&house, &folder, 0);
    assert!(!dead.exists() && alive.exists() && of_draft.exists() && folder.join(DRAFT).exists());
}

#[test]
fn clocks_that_were_wrong_are_told_writer_by_writer() {
    let mut all = records(3);
    all.push(
        Stamped { wall: Some(stamp(1, 4).ms - 7_200_000), ..Stamped::clone(&record(1, 4, says("slow"))) }
            .into(),
    );
    let at = |ms, w, n| {
        Record::from(Stamped {
            stamp: Stamp { ms, ..stamp(w, n) },
            ..Stamped::clone(&record(w, n, says("x")))
        })
    };
    all.push(at(40_000, 2, 1));
    let far = 1_700_100_000_000 + 3 * 86_400_000;
    all.extend([at(far, 3, 1), at(far - 1, 3, 2)]);
    // Ten minutes are what two hosts may differ by.
    all.push(at(1_700_100_000_000 + 600_000, 4, 1));
    let (_house, folder) = house_with(&journal_of(&all));
    let clocks: Vec<_> = look(&folder)
        .findings
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Clock(clock) => {
                Some((finding_name(&clock), clock.of().writer, clock.of().records, clock.of().most_ms))
            }
            _ => None,
        })
        .collect();
    let w = Writer::from_bits;
    assert_eq!(
        clocks,
        [
            ("ahead", w(3), 2, 3 * 86_400_000),
            ("not set", w(2), 1, 1_700_100_000_000 - 40_000),
            ("behind", w(1), 1, 7_200_000),
        ]
    );
}

fn finding_name(clock: &examine::Clockwork) -> &'static str {
    match clock {
        examine::Clockwork::Ahead(_) => "ahead",
        examine::Clockwork::NotSet(_) => "not set",
        examine::Clockwork::Behind(_) => "behind",
    }
}

#[test]
fn records_of_a_newer_version_are_said_and_no_harm() {
    let mut all = records(2);
    let third = record(1, 3, says("")).line().replace("\"v\":1", "\"v\":99");
    let open = third.split(",\"crc\"").next().unwrap();
    let line = format!("{open},\"crc\":\"{:08x}\"}}", crc32c::crc32c(open.as_bytes()));
    all.push(Record::read(line.as_bytes()).unwrap());
    let (house, _) = sound_house_but(&all, &["note newer_version"]);
    assert!(doctor(&house, &[ID]).1.contains("1 record is of a newer version: kept, not shown"));
}

fn sound_house_but(records: &[Record], found: &[&str]) -> (House, PathBuf) {
    let (house, folder) = house_with(&journal_of(records));
    doctor(&house, &[ID, "--repair"]);
    assert_eq!(findings(&house), found);
    (house, folder)
}

#[test]
fn rescue_files_are_told_where_they_belong() {
    let all = records(4);
    let (house, folder) = sound_house(&journal_of(&all[..3]));
    let rescue = house.path().join("data/rescue");
    fs::create_dir(&rescue).unwrap();
    fs::write(rescue.join(format!("{ID}-17.jsonl")), [journal_of(&all), b"torn".to_vec()].concat()).unwrap();
    let other = record(7, 1, says("of another"));
    fs::write(rescue.join("other-1.jsonl"), line(&other)).unwrap();
    assert_eq!(findings(&house), ["wrong rescue_file"]);
    let row = &json(&house, &[ID])[0];
    assert_eq!((&row["details"]["waiting"], &row["details"]["damaged"]), (&1.into(), &1.into()));
    let (code, out) = doctor(&house, &[]);
    assert_eq!(code, 1);
    assert!(out.contains("~/data/rescue/other-1.jsonl (1 record) belongs to no"), "{out}");
    assert!(out.contains("✗   2023-11-14-checkout  1 rescue file"), "{out}");
    let (code, out) = doctor(&house, &["--repair"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(entries(&house), ["entry 2", "entry 3", "entry 4"]);
    // One with damage in it stays: a person may want to look at it.
    assert_eq!(findings(&house), ["note rescue_file"]);
    // What was not saved may be found in the journal and yet not be on the disk.
    let unsaved = [journal_of(&all[..3]), b"\n".to_vec(), line(&all[3])].concat();
    fs::write(rescue.join(format!("{ID}-17.jsonl")), unsaved).unwrap();
    assert_eq!(findings(&house), ["wrong rescue_file"]);
    repaired(&house, &folder, 0);
    assert!(!rescue.join(format!("{ID}-17.jsonl")).exists(), "what it had is in the journal");
    assert_eq!(findings(&house), ["note repeated"]);
}

#[test]
fn the_surroundings_are_told() {
    let (house, folder) = sound_house(&journal_of(&records(2)));
    let (code, out) = doctor(&house, &[]);
    assert_eq!(code, 0, "{out}");
    for part in [
        "~/data/incidents (yours, 0700",
        "alice (environment, WARROOM_NAME)",
        "UTC (environment, TZ)",
        "xterm-256color, 256 colours, standard output is no",
        "the terminal's (OSC 52): no desktop answers",
        "the locale is none of UTF-8",
        "empty: nothing waits there",
        "ok  2023-11-14-checkout  2 records",
    ] {
        assert!(out.contains(part), "{part:?} is missing in {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    rights(folder.parent().unwrap(), 0o777);
    fs::create_dir(folder.parent().unwrap().join(".new-7-0")).unwrap();
    fs::create_dir_all(house.path().join(".config/warroom")).unwrap();
    fs::write(house.path().join(".config/warroom/config.toml"), "colour = 7\n").unwrap();
    let mut command = house.command(&["doctor", "--json"]);
    command.env("SSH_TTY", "/dev/pts/1").env("TMUX", "/tmp/tmux").env("LANG", "C.UTF-8").env("TERM", "dumb");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["finding"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["data_folder_open_to_others", "stray_folder", "settings", "simple_terminal", "clipboard"]
    );
    assert!(rows[3]["text"].as_str().unwrap().contains("inside tmux, over SSH"), "{rows:#?}");
    assert!(
        rows[4]["text"].as_str().unwrap().contains("over SSH; this terminal does not take it"),
        "{rows:#?}"
    );
    let none = House::new();
    let (code, out) = doctor(&none, &[]);
    assert!(code == 0 && out.contains("none yet") && out.contains("is not there yet"), "{out}");
    assert!(!none.path().join("data").exists(), "looking makes nothing");
}

#[test]
fn the_reports_of_a_damaged_incident() {
    let all = records(6);
    let journal = [
        b"\xef\xbb\xbf".to_vec(),
        journal_of(&all[..2]),
        vec![0; 100],
        line(&all[2]),
        journal_of(&all[4..]),
        b"{\"v\":1,\"st".to_vec(),
    ]
    .concat();
    let (house, folder) = house_with(&journal);
    fs::write(folder.join(SNAPSHOT), "{}").unwrap();
    rights(&folder, 0o750);
    rights(&folder.join(SNAPSHOT), 0o644);
    fs::write(folder.join(DRAFT), "DB team says").unwrap();
    rights(&folder.join(DRAFT), 0o600);
    let (code, out) = doctor(&house, &[ID]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("found", plain(&out));
    let (_, out) = doctor(&house, &[]);
    let incidents = out.split_once("Incidents\n").unwrap().1;
    insta::assert_snapshot!("in a row", plain(incidents));
    insta::assert_snapshot!("repaired", plain(&repaired(&house, &folder, 1)));
}

#[test]
fn all_incidents_are_repaired_at_once() {
    let all = records(3);
    let (house, folder) = house_with(&[b"x".to_vec(), journal_of(&all)].concat());
    let other = house.path().join("data/incidents/2023-11-15-other");
    fs::create_dir(&other).unwrap();
    rights(&other, 0o700);
    fs::write(other.join(JOURNAL), journal_of(&all)).unwrap();
    let (code, out) = doctor(&house, &["--repair"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("repaired: 1 damaged line, no incident.json; 1 damaged line"), "{out}");
    assert!(out.contains("ok  2023-11-15-other     repaired: 1 wrong mode, no incident.json"), "{out}");
    assert_eq!(mode(&other.join(JOURNAL)), 0o600);
    assert_eq!(look(&folder).ledger.records(), all);
}

#[test]
fn ids_that_were_taken_leave_no_gap() {
    let house = House::new();
    for _ in 0..3 {
        house.done(&["new", "Same", "--detach", "--started", "2024-08-10 10:00"]);
    }
    let (code, out) = doctor(&house, &[]);
    assert!(code == 0 && out.contains("2024-08-10-same-3") && !out.contains("gap"), "{out}");
}

#[test]
fn much_damage_makes_no_long_report() {
    let journal = [journal_of(&records(2)), b"what\n".repeat(1500)].concat();
    let (house, _) = house_with(&journal);
    let (_, out) = doctor(&house, &[ID]);
    assert!(
        out.lines().count() < 60 && out.contains("besides, 990 damaged lines like these; --json has all"),
        "{out}"
    );
    assert!(out.contains("500 more lines are damaged") && out.contains("→ as above"), "{out}");
    assert_eq!(json(&house, &[ID]).len(), 1002);
}

#[test]
fn file_systems_are_told_by_their_numbers() {
    for (magic, name) in [(0x6969, "NFS"), (0xff53_4d42, "CIFS"), (0xfe53_4d42, "SMB"), (0x6573_5546, "FUSE")]
    {
        assert_eq!(Standing::of_magic(magic), Standing::Network(name.into()));
        assert!(Standing::of_magic(magic).one_writer_only());
    }
    assert_eq!(Standing::of_magic(0xef53), Standing::Local("ext4".into()));
    assert_eq!(Standing::of_magic(0xabcd_0001).name(), "a file system of kind 0xabcd0001");
    assert!(!Standing::of_magic(0xabcd_0001).one_writer_only());
    // One that everybody has.
    assert!(!Standing::of(Path::new("/proc")).unwrap().one_writer_only());
    assert!(Standing::of(Path::new("/nowhere/at/all")).is_err());
}

/// What is done to an `incident.json`, and how that is found.
type Spoil = (&'static str, fn(&Path));

/// What may happen to a journal.
fn mishap() -> impl Strategy<Value = (u8, prop::sample::Index, Vec<u8>)> {
    (0..7_u8, any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 1..40))
}

fn spoil(journal: &mut Vec<u8>, (kind, at, bytes): &(u8, prop::sample::Index, Vec<u8>)) {
    if journal.is_empty() {
        return;
    }
    let at = at.index(journal.len());
    let feed = journal[at..].iter().position(|b| *b == b'\n').map_or(journal.len(), |f| at + f);
    match kind {
        0 => journal[at] ^= 1 << (bytes[0] % 8),
        1 => drop(journal.splice(at..at, bytes.iter().copied())),
        2 if feed < journal.len() => drop(journal.remove(feed)),
        3 => journal.truncate(at),
        4 => drop(journal.splice(feed..feed, vec![0; bytes.len()])),
        5 => drop(journal.splice(at..(at + bytes.len()).min(journal.len()), None)),
        _ => {
            let again = journal[at..].to_vec();
            journal.extend(again);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_repair_loses_no_record_and_no_byte(mishaps in proptest::collection::vec(mishap(), 0..6)) {
        let all = records(7);
        let mut journal = journal_of(&all);
        for mishap in &mishaps {
            spoil(&mut journal, mishap);
        }
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("incident");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(JOURNAL), &journal).unwrap();
        let before = look(&folder);
        let salvage = before.salvage();
        let opening = || warroom::session::Opening {
            by: "bob".into(),
            clock: std::sync::Arc::new(warroom::session::clock::Wall),
            rescue: root.path().join("rescue"),
            stays: false,
        };
        let mended = warroom::session::mend(&folder, opening(), &[]);
        prop_assert!(mended.troubles.is_empty(), "{:?}", mended);
        let after = fs::read(folder.join(JOURNAL)).unwrap();
        prop_assert!(after.starts_with(&journal));
        let now = look(&folder);
        for record in before.ledger.records().iter().chain(&salvage) {
            prop_assert_eq!(now.ledger.get(record.stamp), Some(record));
        }
        prop_assert_eq!(now.ledger.records().len(), before.ledger.records().len() + salvage.len());
        prop_assert!(now.salvage().is_empty());
        let mendable: Vec<_> = now.findings.iter().filter(|f| f.can_be_mended()).collect();
        prop_assert!(mendable.is_empty() || !before.can_be_opened(), "{:?}", mendable);
        prop_assert!(!before.can_be_opened() || warroom::store::read(&folder).is_ok());
    }

    #[test]
    fn no_bytes_make_examining_fail(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let found = lines(&bytes);
        prop_assert!(found.records.is_empty() && found.lacking().next().is_none());
    }
}
