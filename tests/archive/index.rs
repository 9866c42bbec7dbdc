//! The index is a cache: whatever becomes of it, the same is found, and what is purged is not in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};

use warroom::archive::index::{Index, Prepared};
use warroom::archive::{Digest, Query, passages};
use warroom::model::Incident;
use warroom::session::archive::{Archive, index_of};
use warroom::text::Raw;

use super::{generated, in_index, index_file, with_a_past};
use crate::scene::Scene;
use crate::support::{House, texts};

const SEARCH: [&str; 3] = ["search", "pool", "idle"];

#[test]
fn deleting_it_loses_nothing() {
    let house = with_a_past();
    let (list, json, found) = (
        house.done(&["list"]),
        house.done(&["list", "--json"]),
        house.done(&["search", "certificate", "--json"]),
    );
    assert!(index_file(&house).exists());
    fs::remove_file(index_file(&house)).unwrap();
    assert_eq!(house.done(&["list"]), list);
    assert_eq!(house.done(&["list", "--json"]), json);
    fs::remove_file(index_file(&house)).unwrap();
    assert_eq!(house.done(&["search", "certificate", "--json"]), found);
    assert!(found.contains("Mail queue"), "{found}");
}

#[test]
fn whatever_stands_there_instead_the_same_is_found() {
    let house = with_a_past();
    let found = house.done(&SEARCH);
    let file = index_file(&house);
    let sound = fs::read(&file).unwrap();
    let mut torn = sound.clone();
    torn.truncate(sound.len() / 2);
    let mut scribbled = sound.clone();
    scribbled[4_096..].fill(b'x');
    for wrong in [&torn[..], &scribbled, b""] {
        fs::write(&file, wrong).unwrap();
        assert_eq!(house.done(&SEARCH), found);
        assert_eq!(house.done(&SEARCH), found, "and with what was made in its place");
        assert!(in_index(&house, "balancer"), "it was made anew");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert_eq!(house.done(&SEARCH), found, "a folder");
    fs::remove_dir(&file).unwrap();
    let other = house.path().join("precious");
    fs::write(&other, "somebody's").unwrap();
    symlink(&other, &file).unwrap();
    assert_eq!(house.done(&SEARCH), found, "a link");
    assert_eq!(fs::read_to_string(&other).unwrap(), "somebody's");
    assert!(fs::symlink_metadata(&file).unwrap().is_symlink());
}

#[test]
fn no_other_programs_file_is_touched() {
    let house = with_a_past();
    let found = house.done(&SEARCH);
    let file = index_file(&house);
    let check = |what: &str| {
        let before = fs::read(&file).unwrap();
        assert_eq!(house.done(&SEARCH), found, "{what}");
        house.say("said by mistake");
        house.done(&["purge", "last", "--yes", "--yes"]);
        house.run(&["doctor", "--repair"]);
        assert_eq!(fs::read(&file).unwrap(), before, "{what}");
        assert!(texts(&house.run(&["doctor"])).0.contains("is no index of warroom's"), "{what}");
    };
    fs::write(&file, "notes of somebody's, which are no database").unwrap();
    check("a text");
    fs::remove_file(&file).unwrap();
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE incident(note TEXT); INSERT INTO incident VALUES ('mine')").unwrap();
    check("a database");
}

#[test]
fn the_doctor_says_how_it_is_and_repairs_it() {
    let house = with_a_past();
    let line = |args: &[&str]| {
        let (out, _) = texts(&house.run(args));
        out.lines().filter(|line| line.contains("index")).map(str::to_owned).collect::<String>()
    };
    assert!(line(&["doctor"]).contains("not there: the next `warroom list` makes it"));
    house.done(&["list"]);
    assert!(line(&["doctor"]).contains("(3 incidents, "), "{}", line(&["doctor"]));
    let sound = fs::read(index_file(&house)).unwrap();
    fs::write(index_file(&house), &sound[..sound.len() / 3]).unwrap();
    assert!(line(&["doctor"]).contains("is not used"), "{}", line(&["doctor"]));
    house.run(&["doctor", "--repair"]);
    assert!(!index_file(&house).exists());
    house.done(&["list"]);
    assert!(line(&["doctor"]).contains("(3 incidents, "));
}

#[test]
fn another_versions_is_made_anew() {
    let house = with_a_past();
    let found = house.done(&SEARCH);
    let other = || rusqlite::Connection::open(index_file(&house)).unwrap();
    for change in ["PRAGMA user_version = 7", "UPDATE program SET version = '0.0.1'", "DROP TABLE told"] {
        other().execute_batch(change).unwrap();
        assert_eq!(house.done(&SEARCH), found, "{change}");
    }
    other().execute_batch("UPDATE digest SET digest = '{}'").unwrap();
    assert_eq!(house.done(&["list", "--sev", "3"]).lines().count(), 1, "nonsense is read again");
}

#[test]
fn it_is_nobody_elses() {
    let house = with_a_past();
    house.done(&["list"]);
    let mode = || fs::metadata(index_file(&house)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    fs::set_permissions(index_file(&house), Permissions::from_mode(0o644)).unwrap();
    house.say("one more entry");
    house.done(&["list"]);
    assert_eq!(mode(), 0o600);
}

#[test]
fn what_changes_is_found_and_what_is_gone_is_not() {
    let house = with_a_past();
    house.done(&["list"]);
    house.say("a zeppelin over the datacentre");
    assert!(house.done(&["search", "zeppelin"]).contains("Search finds nothing"));
    let folder = house.path().join("data/incidents/2024-06-10-mail-queue-grows");
    assert!(house.done(&["search", "letters"]).contains("Mail queue"));
    fs::rename(&folder, house.path().join("elsewhere")).unwrap();
    let output = house.run(&["search", "letters"]);
    assert_eq!(output.status.code(), Some(1), "{:?}", texts(&output));
    assert!(!in_index(&house, "Mail queue grows"), "its row is overwritten");
}

#[test]
fn another_process_may_empty_it_at_any_time() {
    let house = with_a_past();
    let root = house.path().join("data/incidents");
    let mut archive = Archive::open(&root, &|_| {}).unwrap();
    let query = Query::read(&Raw::from("certificate"));
    assert_eq!(archive.search(&query).len(), 1);
    Index::wipe(&index_of(&root).unwrap()).unwrap();
    assert_eq!(archive.search(&query).len(), 1, "emptied");
    Index::remove(&index_of(&root).unwrap()).unwrap();
    assert_eq!(archive.digests().len(), 3, "removed");
    assert_eq!(archive.trouble(), None);
}

#[test]
fn looking_alone_writes_nothing() {
    let house = with_a_past();
    drop(fs::remove_file(index_file(&house)));
    house.done(&["show"]);
    house.done(&["export"]);
    house.say("one more");
    assert!(!index_file(&house).exists());
    house.run(&["list", "--data-dir", "nowhere"]);
    assert!(!house.path().join("nowhere").exists());
}

#[test]
fn nothing_that_is_purged_is_left_in_it() {
    let house = with_a_past();
    house.say("password is Hunter2xyzzyplugh");
    assert!(house.done(&["search", "hunter2xyzzyplugh"]).contains("Search finds nothing"));
    assert!(in_index(&house, "hunter2xyzzyplugh"), "it was there");
    house.done(&["purge", "last", "--yes", "--yes"]);
    assert!(!in_index(&house, "hunter2xyzzyplugh"));
    assert!(!in_index(&house, "xyzzy"));
    let output = house.run(&["search", "hunter2xyzzyplugh"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!in_index(&house, "xyzzy"));
    assert!(house.done(&["search", "certificate"]).contains("Mail queue"), "the others are found again");
}

#[test]
fn where_nothing_can_be_written_all_is_read() {
    let house = with_a_past();
    let found = house.done(&SEARCH);
    let list = house.done(&["list"]);
    // Root may write anywhere: a folder in its place keeps the file from being made for anybody.
    fs::remove_file(index_file(&house)).unwrap();
    fs::create_dir(index_file(&house)).unwrap();
    assert_eq!(house.done(&["list"]), list);
    assert_eq!(house.done(&SEARCH), found);
    assert!(house.done(&["actions"]).contains("Audit the health checks"));
}

#[test]
fn it_holds_what_was_read() {
    let scene = Scene::new("Asia/Tokyo").after(&[
        "/sev 2",
        "?cache: stale",
        "first call #vip",
        "+ Warm it @bob due:fri",
    ]);
    let incident = scene.incident();
    let mut index = Index::in_memory().unwrap();
    index.put(&[Prepared::of("one", "mark", Some(5), &incident).unwrap()]).unwrap();
    index.put(&[Prepared::of("one", "other mark", Some(6), &incident).unwrap()]).unwrap();
    assert_eq!(index.digests().unwrap(), [("one".to_owned(), Digest::of(&incident))]);
    assert_eq!(index.passages("one").unwrap(), passages(&incident));
    let cards = index.cards().unwrap();
    assert_eq!(cards.len(), 1, "in the place of what was there");
    let card = &cards[0].card;
    assert_eq!((cards[0].mark.as_str(), cards[0].written), ("other mark", Some(6)));
    assert_eq!((card.open_actions, card.entries, card.severity), (1, incident.timeline.len(), Some(2)));
    index.forget(&["one".to_owned()]).unwrap();
    assert_eq!(index.count().unwrap(), 0);
    assert!(index.search(&Query::read(&Raw::from("call"))).unwrap().is_empty());
}

#[test]
fn of_more_than_anybody_reads_those_come_first_where_the_words_say_most() {
    let mut index = Index::in_memory().unwrap();
    let of =
        |title: &str, line: &str| Scene::new("Etc/UTC").after(&[&format!("/title {title}"), line]).incident();
    let plain = of("Mail waits", "the queue grows and the disk is full");
    let all: Vec<Prepared> =
        (0..1_100).map(|nth| Prepared::of(&format!("b-{nth:04}"), "mark", None, &plain).unwrap()).collect();
    index.put(&all).unwrap();
    let mut put = |name: &str, incident: Incident| {
        index.put(&[Prepared::of(name, "mark", None, &incident).unwrap()]).unwrap();
    };
    put("a-titled", of("Disk full, and a queue", "nothing else"));
    put("a-caused", of("Mail waits", "/cause the disk of the queue was full"));
    put("a-parted", of("The queue", "the disk is full"));
    put("a-other", of("The disk", "is full"));
    let found = |words: &str| -> Vec<String> {
        let found = index.search(&Query::read(&Raw::from(words))).unwrap();
        found.into_iter().map(|one| one.folder).collect()
    };
    let queues = found("queue full disk");
    assert_eq!(queues.len(), 1_103);
    assert_eq!(queues[..4], ["a-titled", "a-caused", "b-1099", "b-1098"]);
    assert_eq!(queues[1_102], "a-parted", "of equals the newest comes first");
    assert_eq!(found("full -queue"), ["a-other"]);
    assert_eq!(found("disk -waits"), ["a-other", "a-titled", "a-parted"], "few are weighed word by word");
}

#[test]
fn many_are_all_there() {
    let house = tempfile::tempdir().unwrap();
    let root = house.path().join("incidents");
    let ids = generated::write(&root, 60).unwrap();
    for _ in 0..2 {
        let mut archive = Archive::open(&root, &|_| {}).unwrap();
        assert_eq!(archive.kept().len(), 60);
        let digests = archive.digests();
        assert_eq!(digests.len(), 60);
        assert!(digests.iter().all(|(folder, digest)| folder.ends_with(digest.id.as_typed())));
        assert!(ids.iter().all(|id| root.join(id).exists()));
        assert!(!archive.search(&Query::read(&Raw::from("replicas"))).is_empty());
        assert!(!archive.refresh().unwrap(), "nothing has changed");
    }
}

#[test]
fn a_room_reads_what_changed_and_never_its_own_incident() {
    let house = super::with_a_past();
    let root = house.path().join("data/incidents");
    let folders = warroom::session::folders(&root).unwrap();
    let own = folders.iter().find(|folder| folder.to_string_lossy().contains("mail-queue")).unwrap();
    let other = folders.iter().find(|folder| folder.to_string_lossy().contains("checkout")).unwrap();
    let say = |folder: &std::path::Path| {
        house.done(&["say", "-i", &folder.to_string_lossy(), "one more thing"]);
    };
    let mut past = warroom::session::Past::below(&root, own);
    let told = past.changed().unwrap();
    assert_eq!(told.len(), folders.len() - 1);
    assert!(told.iter().all(|digest| !digest.id.as_typed().contains("mail-queue")));
    assert!(past.changed().is_none(), "nothing has changed");
    say(own);
    assert!(past.changed().is_none(), "its own incident is none of the past");
    say(other);
    assert_eq!(past.changed().unwrap().len(), folders.len() - 1);
    // What the index holds of it stays for the list and for others.
    let all = warroom::session::archive::Archive::glance(&root, &|_| {}).unwrap();
    assert_eq!(all.kept().len(), folders.len());
}

#[test]
fn a_room_without_a_past_opens_no_index_until_there_is_one() {
    let house = House::new();
    let root = house.path().join("data/incidents");
    let mut nowhere = warroom::session::Past::below(&root, house.path());
    assert!(nowhere.changed().is_none());
    house.done(&["new", "Mail queue grows", "--detach"]);
    let own = warroom::session::folders(&root).unwrap().remove(0);
    let index = index_file(&house);
    // Whatever made the incident may have made one.
    drop(fs::remove_file(&index));
    let mut past = warroom::session::Past::below(&root, &own);
    assert!(past.changed().is_none());
    assert!(!index.exists());
    // One with the same name elsewhere is another one, and this a past one for it.
    let elsewhere = house.path().join(own.file_name().unwrap());
    fs::create_dir(&elsewhere).unwrap();
    assert_eq!(warroom::session::Past::below(&root, &elsewhere).changed().unwrap().len(), 1);
    house.done(&["new", "Search finds nothing", "--detach"]);
    assert_eq!(past.changed().unwrap().len(), 1);
}

#[test]
fn what_a_killed_process_leaves_is_whole_or_not_there() {
    const PUT: usize = 1_030;
    let house = tempfile::tempdir().unwrap();
    let file = house.path().join("index.db");
    let incident = Scene::new("UTC").after(&["the first call", "/cause a clock that ran ahead"]).incident();
    let mut index = Index::open(&file).unwrap();
    let mut filling = index.filling().unwrap();
    for nth in 0..PUT {
        filling.put(&Prepared::of(&format!("one-{nth}"), "mark", None, &incident).unwrap()).unwrap();
    }
    // As it is on disk, where the process that writes it is gone that moment.
    let left = tempfile::tempdir().unwrap();
    for name in ["index.db", "index.db-journal"] {
        let (from, to) = (house.path().join(name), left.path().join(name));
        assert!(fs::copy(from, to).is_ok() || name != "index.db");
    }
    let query = Query::read(&Raw::from("clock"));
    let of_killed = Index::open(&left.path().join("index.db")).unwrap();
    let there = of_killed.count().unwrap();
    assert!(there < PUT && there > 0, "{there} were there for good, the others on their way");
    assert_eq!(of_killed.search(&query).unwrap().len(), there);
    assert_eq!((of_killed.cards().unwrap().len(), of_killed.digests().unwrap().len()), (there, there));
    filling.done().unwrap();
    assert_eq!(index.search(&query).unwrap().len(), PUT);
    let mut failing = index.filling().unwrap();
    failing.put(&Prepared::of("one more", "mark", None, &incident).unwrap()).unwrap();
    drop(failing);
    assert_eq!(index.count().unwrap(), PUT, "what was not done is not there");
}

#[test]
fn an_index_that_is_open_sees_what_others_do_to_it() {
    let house = tempfile::tempdir().unwrap();
    let root = house.path().join("incidents");
    let ids = generated::write(&root, 20).unwrap();
    let replicas = Query::read(&Raw::from("replicas"));
    let mut archive = Archive::open(&root, &|_| {}).unwrap();
    let found = archive.search(&replicas);
    // Another process reads one of them anew, so that its row is another one.
    let path = index_of(&root).unwrap();
    let mut other = Index::open(&path).unwrap();
    let incident = warroom::session::peek(&root.join(&ids[3]), None).unwrap().incident;
    other.put(&[Prepared::of(&ids[3], "other mark", None, &incident).unwrap()]).unwrap();
    assert_eq!(archive.search(&replicas).len(), found.len());
    // One whose row is gone is read again: it is there, whatever the index says.
    other.forget(&ids[..2]).unwrap();
    assert_eq!(archive.search(&replicas).len(), found.len());
    assert_eq!(archive.trouble(), None);
}
