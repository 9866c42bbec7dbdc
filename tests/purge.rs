//! `warroom purge`: what was said by mistake is in no file any more, nothing else is lost, and nothing brings it back.

mod asking;
mod crashes;
mod rooms;

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::{House, texts};

/// What was pasted by mistake.
const SECRET: &str = "pa\"ss\\wörd-tango";

/// An incident with some entries, without the secret.
fn house() -> House {
    let house = House::new();
    house.done(&["new", "Payments fail", "--detach"]);
    house.say("payments time out\n?gateway: certificate\n");
    house
}

fn folder(house: &House) -> PathBuf {
    house
        .path()
        .join("data/incidents")
        .join(fs::read_dir(house.path().join("data/incidents")).unwrap().next().unwrap().unwrap().file_name())
}

fn journal(house: &House) -> String {
    fs::read_to_string(folder(house).join("journal.jsonl")).unwrap()
}

fn rescue(house: &House, name: &str) -> PathBuf {
    let dir = house.path().join("data/rescue");
    fs::create_dir_all(&dir).unwrap();
    let id = folder(house).file_name().unwrap().to_string_lossy().into_owned();
    dir.join(format!("{id}-{name}.jsonl"))
}

/// The stamp of the last record whose line holds this.
fn stamp_of(house: &House, part: &str) -> String {
    let journal = journal(house);
    let line =
        journal.lines().rfind(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {journal}"));
    let stamp = line.split("\"stamp\":\"").nth(1).unwrap();
    stamp[..stamp.find('"').unwrap()].to_owned()
}

fn entries(house: &House) -> Vec<String> {
    let incident = house.json();
    incident["timeline"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap().to_owned()).collect()
}

/// Purges without being asked.
fn purged(house: &House, what: &str) -> String {
    let output = house.run(&["purge", what, "--yes", "--yes"]);
    let (out, err) = texts(&output);
    assert!(output.status.success(), "{out}{err}");
    assert!(!out.contains("tango"), "{out}");
    out
}

fn refused(output: &Output, code: i32) -> String {
    let (out, err) = texts(output);
    assert_eq!((output.status.code(), out.as_str()), (Some(code), ""), "{err}");
    err
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// The files below a folder in which the secret stands, in part at least.
fn holding(folder: &Path) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| fs::read(path).unwrap().windows(5).any(|part| part == b"tango");
    files(folder).into_iter().filter(holds).collect()
}

#[track_caller]
fn nowhere(house: &House) {
    assert_eq!(holding(house.path()), [] as [PathBuf; 0]);
}

#[test]
fn an_entry_goes_from_every_file_and_nothing_else_does() {
    let house = house();
    house.say(&format!("{SECRET}\nall fine\n/edit last: all is fine\n"));
    let id = stamp_of(&house, "tango");
    house.say(&format!("/edit {id}: the key is {SECRET}\n/undo\n/star {id}\nafterwards\n"));
    fs::write(rescue(&house, "17"), journal(&house)).unwrap();
    let before = journal(&house);
    assert!(before.matches("tango").count() == 2 && holding(house.path()).len() == 3);
    let said = purged(&house, &id);
    nowhere(&house);
    assert!(said.contains("Purged: 2 lines of the journal"), "{said}");
    assert!(
        said.contains("rescue file") && said.contains("warroom say") && !said.contains("still stand"),
        "{said}"
    );
    let kept: Vec<&str> = before.lines().filter(|line| !line.contains("tango")).collect();
    let after = journal(&house);
    let (last, rest) = {
        let mut lines: Vec<&str> = after.lines().collect();
        (lines.pop().unwrap(), lines)
    };
    assert_eq!(rest, kept, "all other lines byte for byte");
    assert!(last.contains("\"purged\"") && last.contains(&id), "{last}");
    assert_eq!(fs::read_to_string(rescue(&house, "17")).unwrap(), after, "a rescue file becomes a journal");
    assert_eq!(
        entries(&house),
        ["payments time out", "Suspected gateway: certificate", "all is fine", "afterwards"]
    );
    for path in files(&folder(&house)) {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
    // Nobody misses what went.
    let examined = warroom::store::examine::lines(after.as_bytes());
    let gone = warroom::store::examine::gone(&examined.records);
    assert_eq!(
        warroom::store::examine::gaps(&examined.records, &gone, &std::collections::BTreeMap::new()),
        []
    );
    // The saying after it lets nothing come back.
    house.say("and on\n");
    nowhere(&house);
    let err = refused(&house.run(&["purge", &id, "--yes", "--yes"]), 1);
    assert!(err.contains("purged already"), "{err}");
}

#[test]
fn whatever_was_said_can_be_purged() {
    for (line, left) in [
        (format!("/for gateway: {SECRET}"), 0),
        (format!("/out gateway: {SECRET}"), 0),
        (format!("?{SECRET}"), 0),
        (format!("?dns: {SECRET}"), 0),
        (format!("/detected {SECRET}"), 0),
        (format!("/role {SECRET} @bob"), 0),
        (format!("/cause {SECRET}"), 1),
        (format!("/note vendor: {SECRET}"), 1),
        (format!("/link {SECRET} https://x.example"), 1),
        (format!("+ {SECRET}"), 1),
        (format!("/update {SECRET}"), 1),
        (format!("/title {SECRET}"), 1),
    ] {
        let house = house();
        house.say(&format!("{line}\nand on\n"));
        let entries = entries(&house).len();
        let id = stamp_of(&house, "tango");
        // The ending of the id will do, for an entry and for what is none.
        let said = purged(&house, &id[id.len() - 10..]);
        nowhere(&house);
        assert_eq!(self::entries(&house).len(), entries - 1 + left, "{line}");
        let again = said.lines().last().unwrap();
        let command = line.split(' ').next().unwrap().replace('+', "/task").replace('?', "/suspect");
        let command = command.split(SECRET).next().unwrap().replace("/suspectdns:", "/suspect dns:");
        assert!(again.starts_with("Log it again without it: warroom say ") && again.ends_with('…'), "{said}");
        assert!(again.contains(&command), "{again} of {line}");
    }
}

#[test]
fn what_was_taken_back_goes_too() {
    let house = house();
    house.say(&format!("{SECRET}\n/undo\n"));
    assert_eq!(entries(&house).len(), 2);
    purged(&house, &stamp_of(&house, "tango"));
    nowhere(&house);
    let redone = house.fed(&["say"], "/redo\n");
    assert!(texts(&redone).1.contains("nothing to let count again"), "{redone:?}");
    assert_eq!(entries(&house).len(), 2);
    // And the last entry is `last`.
    house.say(&format!("{SECRET}\n"));
    purged(&house, "last");
    nowhere(&house);
}

#[test]
fn what_came_back_from_the_snapshot_goes_too() {
    for restored_first in [true, false] {
        let house = house();
        house.say(&format!("{SECRET}\n/suspect dns: {SECRET}\n+ {SECRET}\n"));
        let incident = house.json();
        let id = |what: &str, nth: usize| incident[what][nth]["id"].as_str().unwrap().to_owned();
        let ids = [id("timeline", 2), id("hypotheses", 1), id("actions", 0)];
        let before = (entries(&house).len(), journal(&house));
        fs::remove_file(folder(&house).join("journal.jsonl")).unwrap();
        if restored_first {
            house.say("/sev 2\n");
            assert!(journal(&house).matches("tango").count() >= 3);
        }
        for id in ids {
            purged(&house, &id);
        }
        nowhere(&house);
        assert_eq!(entries(&house).len(), before.0 - 2 + usize::from(restored_first));
        assert_eq!(house.json()["hypotheses"].as_array().unwrap().len(), 1);
        assert_eq!(house.json()["actions"].as_array().unwrap().len(), 0);
        // The journal that was lost is found again, and put at the end of the other.
        let path = folder(&house).join("journal.jsonl");
        let both = journal(&house) + &before.1;
        fs::write(path, both).unwrap();
        assert_eq!(entries(&house).len(), before.0 - 2 + usize::from(restored_first));
        house.say("and on\n");
        nowhere(&house);
    }
}

#[test]
fn a_replica_obeys_in_either_order() {
    for order in [0, 1] {
        for with_snapshot in [true, false] {
            let house = house();
            house.say(&format!("{SECRET}\nall fine\n/cause {SECRET}\n"));
            let path = folder(&house);
            let (replica, old) = (journal(&house), fs::read(path.join("incident.json")).unwrap());
            purged(&house, &stamp_of(&house, "entry_added\":{\"text\":\"pa"));
            let said = purged(&house, &stamp_of(&house, "fact_set"));
            assert!(!said.contains("still stand"), "{said}");
            let id = stamp_of(&house, "purged");
            house.say("and on\n");
            let mut parts = [journal(&house), replica];
            parts.rotate_left(order);
            fs::write(path.join("journal.jsonl"), parts.concat()).unwrap();
            if with_snapshot {
                fs::write(path.join("incident.json"), old).unwrap();
            } else {
                fs::remove_file(path.join("incident.json")).unwrap();
            }
            let shown = house.done(&["show"]) + &house.done(&["show", "--json"]) + &house.done(&["export"]);
            assert!(!shown.contains("tango"), "{shown}");
            assert!(!holding(house.path()).is_empty(), "the copy has brought it along");
            // The next who opens it for changes cleans up.
            house.say("and on and on\n");
            nowhere(&house);
            assert!(journal(&house).contains(&id));
            assert!(shown.contains("payments time out") && shown.contains("and on"), "{shown}");
        }
    }
}

/// A line with a letter of its checksum changed.
fn damaged(line: &str) -> String {
    let mut line = line.to_owned();
    let last = line.len() - 3;
    let other = if line.as_bytes()[last] == b'0' { "1" } else { "0" };
    line.replace_range(last..=last, other);
    line
}

#[test]
fn damaged_lines_go_where_they_hold_it_and_stay_where_they_do_not() {
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let id = stamp_of(&house, "tango");
    let text = journal(&house);
    let (line, other) = (text.lines().last().unwrap(), damaged(text.lines().nth(1).unwrap()));
    let torn = &line[..line.len() - 28];
    let raw = format!("not JSON at all: {SECRET}");
    // Another record that lost its line feed.
    let (joined, text) = (text.lines().nth(2).unwrap(), &text);
    let text = &text.replace(&format!("{joined}\n"), "");
    // A piece of another's line, and bytes that are no text, with no line feed at the end.
    let mut bytes =
        format!("{text}{}\n{other}\n\n{raw}\n{joined}{line}\n{torn}\n", damaged(line)).into_bytes();
    bytes.extend([0xff, 0, b'\n', b'{', b'"']);
    fs::write(folder(&house).join("journal.jsonl"), &bytes).unwrap();
    let said = purged(&house, &id);
    assert!(said.contains("Purged: 5 lines of the journal, 4 of them damaged"), "{said}");
    nowhere(&house);
    let after = fs::read(folder(&house).join("journal.jsonl")).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("tango")).collect();
    let mut expected = format!("{}\n{other}\n\n{joined}\n", kept.join("\n")).into_bytes();
    expected.extend([0xff, 0, b'\n', b'{', b'"', b'\n']);
    assert!(after.starts_with(&expected), "{}", String::from_utf8_lossy(&after));
    // Behind them what came back from the snapshot, where the joined record seemed lost, and the tombstone.
    let behind = String::from_utf8(after[expected.len()..].to_vec()).unwrap();
    let lines: Vec<&str> = behind.lines().collect();
    assert!(lines.last().unwrap().contains("\"purged\""), "{behind}");
    assert!(lines[..lines.len() - 1].iter().all(|line| line.contains("\"restored\"")), "{behind}");
}

#[test]
fn a_snapshot_from_before_brings_nothing_back() {
    let house = house();
    house.say(&format!("{SECRET}\n/against gateway: {SECRET}\n/out gateway: {SECRET}\n"));
    let ids = [stamp_of(&house, "ruled_out"), stamp_of(&house, "against"), stamp_of(&house, "entry_added")];
    let path = folder(&house).join("incident.json");
    let old = fs::read(&path).unwrap();
    for id in ids {
        purged(&house, &id);
        // As a crash leaves it.
        fs::write(&path, &old).unwrap();
        assert_eq!(journal(&house).matches("restored").count(), 0);
    }
    // And what raised the hypothesis is lost: it comes back, without the rest.
    let left: Vec<String> =
        journal(&house).lines().filter(|l| !l.contains("raised")).map(|l| format!("{l}\n")).collect();
    fs::write(folder(&house).join("journal.jsonl"), left.concat()).unwrap();
    let incident = house.json();
    assert_eq!(incident["hypotheses"][0]["subject"], "gateway");
    house.say("and on\n");
    nowhere(&house);
    assert_eq!(house.json()["hypotheses"][0]["why"], "certificate");
    assert_eq!(house.json()["hypotheses"][0]["evidence"].as_array().unwrap().len(), 0);
}

#[test]
fn where_the_words_still_stand_is_said_and_nothing_there_is_touched() {
    let house = house();
    house.say(&format!("{SECRET}\n/cause it was {SECRET}\n/note {SECRET}: seen\nnothing\n"));
    let path = folder(&house);
    fs::write(path.join("draft"), format!("was it {SECRET}?")).unwrap();
    fs::write(path.join("draft~"), "nothing").unwrap();
    fs::write(path.join("incident.json.1.tmp"), format!("half a snapshot {SECRET}")).unwrap();
    let other = house.path().join("data/rescue/2001-01-01-other-3.jsonl");
    fs::create_dir_all(other.parent().unwrap()).unwrap();
    fs::write(&other, "another's").unwrap();
    let said = purged(&house, &stamp_of(&house, "entry_added\":{\"text\":\"pa"));
    assert!(said.contains("The same words still stand in these changes"), "{said}");
    assert!(said.contains("(the root cause set,") && said.contains("(a note,"), "{said}");
    assert!(said.contains("/draft\n") && !said.contains("draft~") && !said.contains("1.tmp"), "{said}");
    assert_eq!(fs::read_to_string(path.join("draft")).unwrap(), format!("was it {SECRET}?"));
    assert!(!path.join("incident.json.1.tmp").exists());
    assert_eq!(fs::read_to_string(&other).unwrap(), "another's");
    // The lines it prints do what they say.
    let ids = said.lines().filter_map(|line| line.strip_prefix("  warroom purge ")?.split("   ").next());
    let ids: Vec<&str> = ids.collect();
    assert_eq!(ids.len(), 2, "{said}");
    for id in ids {
        purged(&house, id);
    }
    fs::remove_file(path.join("draft")).unwrap();
    nowhere(&house);
}

#[test]
fn a_secret_within_a_text_is_looked_for_by_itself() {
    let house = house();
    let key = "AKIAQ3EGRTANGO7MWN2P";
    house.say(&format!("the key is {key}, I think\n/cause {key} was revoked\n"));
    let said = purged(&house, "last");
    assert!(said.contains("the root cause set") && !said.contains(key), "{said}");
}

#[test]
fn the_founding_record_and_tombstones_are_refused_with_what_to_do() {
    let house = House::new();
    house.done(&["new", "The pass is tango", "--detach"]);
    house.say("The pass is tango\n");
    let err = refused(&house.run(&["purge", &stamp_of(&house, "incident_created"), "--yes", "--yes"]), 1);
    assert!(err.contains("founded the incident") && err.contains("/title"), "{err}");
    let output = house.run(&["purge", "last", "--yes", "--yes"]);
    let (out, _) = texts(&output);
    assert!(out.contains("the title the incident was created with") && out.contains("/title"), "{out}");
    let before = journal(&house);
    let err = refused(&house.run(&["purge", &stamp_of(&house, "purged"), "--yes", "--yes"]), 1);
    assert!(err.contains("nothing of that is in it"), "{err}");
    for nothing in ["zzzz", "ab", "1723295700000-0-k3x9w2aa-7", "last"] {
        let err = refused(&house.run(&["purge", nothing, "--yes", "--yes"]), 1);
        assert!(err.contains("Hint: "), "{err}");
    }
    assert_eq!(journal(&house), before);
}

#[test]
fn the_old_files_are_overwritten_but_not_one_that_has_another_name() {
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let path = folder(&house);
    let mut open = ["journal.jsonl", "incident.json"].map(|name| File::open(path.join(name)).unwrap());
    purged(&house, "last");
    for file in &mut open {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(bytes.len() > 100 && bytes.iter().all(|byte| *byte == 0));
    }
    house.say(&format!("{SECRET}\n"));
    fs::hard_link(path.join("journal.jsonl"), house.path().join("copy")).unwrap();
    let output = house.run(&["purge", "last", "--yes", "--yes"]);
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(err.contains("hard link"), "{err}");
    assert_eq!(holding(house.path()), [house.path().join("copy")]);
}

#[test]
fn a_held_lock_is_said_and_nothing_is_changed() {
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let before = journal(&house);
    let mut lock = File::options().write(true).open(folder(&house).join(".lock")).unwrap();
    lock.lock().unwrap();
    lock.write_all(b"17\n").unwrap();
    lock.set_len(3).unwrap();
    let err = refused(&house.run(&["purge", "last", "--yes", "--yes"]), 1);
    assert!(
        err.contains("another process holds the journal (pid 17)") && err.contains("nothing was changed"),
        "{err}"
    );
    assert_eq!(journal(&house), before);
    lock.unlock().unwrap();
    purged(&house, "last");
    nowhere(&house);
}
