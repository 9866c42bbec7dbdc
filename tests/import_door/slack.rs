//! `warroom import` of an export of Slack: into an incident that is there, or as one of its own.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::{Value, json};

use crate::import::slack::{fixture, limits};
use crate::support::{House, texts};

/// A house with the zip of the export that lies beside the tests.
fn house() -> House {
    let house = House::new();
    fs::write(house.path().join("slack.zip"), limits::fixture_zip()).unwrap();
    house
}

fn shown(house: &House, incident: &str) -> Value {
    serde_json::from_str(&house.done(&["show", "-i", incident, "--json"])).unwrap()
}

fn timeline(incident: &Value) -> Vec<&str> {
    incident["timeline"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect()
}

fn journal(house: &House) -> Vec<u8> {
    fs::read(house.only_incident().join("journal.jsonl")).unwrap()
}

/// An export with these messages of one channel, unpacked.
fn folder(house: &House, messages: &Value) -> String {
    let root = house.path().join("export");
    fs::create_dir_all(root.join("ops")).unwrap();
    fs::write(root.join("channels.json"), json!([{"id": "C1", "name": "ops"}]).to_string()).unwrap();
    fs::write(root.join("ops/2024-08-10.json"), messages.to_string()).unwrap();
    root.to_str().unwrap().to_owned()
}

#[test]
fn a_channel_becomes_an_incident_and_is_found_again() {
    let house = house();
    let said = house.run(&["import", "slack.zip", "--channel", "#incidents"]);
    let (out, err) = texts(&said);
    assert_eq!(
        out, "2024-08-10-incidents  #incidents  8 messages became entries, 2 of them key entries\n",
        "{err}"
    );
    assert_eq!(err, "  skipped 2: 1 join or leave, 1 without a right time\n");
    let incident = shown(&house, "2024-08-10");
    assert_eq!(incident["title"], "#incidents");
    assert_eq!(incident["documents"][0]["channel"], "C0INC0001");
    assert_eq!(
        timeline(&incident)[1..4],
        [
            "Checkout fails for 30% of carts, I look at the database first. @Ben Okoro can you take the load balancer? #db",
            "Rolled back build 4711 (https://ci.shop.example/4711), see #random ✅",
            "↳ Checkout fails for 30% of…: on it",
        ]
    );
    let by: Vec<&str> =
        incident["timeline"].as_array().unwrap().iter().map(|entry| entry["by"].as_str().unwrap()).collect();
    assert_eq!(by, ["alerts", "ana", "Ben Okoro", "Ben Okoro", "ana", "cyd", "cyd", "Dee Partner"]);
    let before = journal(&house);
    let again = house.done(&["import", "slack.zip", "--channel", "incidents"]);
    assert!(again.ends_with("  0 messages became entries; 8 were there already\n"), "{again}");
    assert_eq!(journal(&house), before, "nothing is written where nothing is new");
    // The author, not the file, tells it.
    let lines = house.done(&["show", "-i", "2024"]);
    assert!(lines.contains("on it  (Ben Okoro, "), "{lines}");
}

#[test]
fn a_folder_says_what_its_zip_says() {
    let (zipped, unpacked) = (house(), House::new());
    zipped.done(&["import", "slack.zip", "--channel", "incidents"]);
    unpacked.done(&["import", fixture().to_str().unwrap(), "--channel", "incidents"]);
    let bare = |house: &House| {
        let mut incident = shown(house, "2024");
        for entry in incident["timeline"].as_array_mut().unwrap() {
            (entry["id"], entry["logged_at"]) = (Value::Null, Value::Null);
        }
        (incident["documents"][0]["file"], incident["sources"], incident["journal"]) =
            (Value::Null, Value::Null, Value::Null);
        incident
    };
    assert_eq!(bare(&zipped), bare(&unpacked));
}

#[test]
fn it_comes_into_an_incident_that_is_there_in_the_time_that_is_asked_for() {
    let house = house();
    house.done(&["new", "Checkout", "--started", "2024-08-10 08:25", "--detach"]);
    house.say("2024-08-10 08:32 paged\n");
    let id = house.only_incident().file_name().unwrap().to_str().unwrap().to_owned();
    let args =
        ["import", "slack.zip", "--channel", "incidents", "-i", &id, "--from", "2024-08-10 08:31", "--to"];
    let all = [&args[..], &["2024-08-10 08:34"]].concat();
    let before = journal(&house);
    let dry = house.run(&[&all[..], &["--dry-run", "--json"]].concat());
    let (out, err) = texts(&dry);
    let would: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(timeline(&would).len(), 6, "{out}");
    assert!(
        err.contains("4 messages became entries") && err.contains("a dry run: nothing was stored"),
        "{err}"
    );
    assert_eq!(journal(&house), before);
    let said = house.run(&all);
    assert!(texts(&said).1.contains("  4 said at other times\n"), "{}", texts(&said).1);
    let incident = shown(&house, &id);
    assert_eq!(timeline(&incident), timeline(&would));
    assert_eq!((&incident["status"], &incident["title"]), (&json!("investigating"), &json!("Checkout")));
    assert!(incident["timeline"].as_array().unwrap().iter().all(|entry| entry.get("skewed").is_none()));
    // Nobody typed it: what is taken back is what was typed.
    house.done(&["say", "-i", &id, "/undo"]);
    assert_eq!(timeline(&shown(&house, &id)).len(), 5, "the note is gone, the messages are there");
    // The rest, later; without -i it would be an incident of its own.
    house.done(&["import", "slack.zip", "--channel", "incidents", "-i", &id]);
    assert_eq!(timeline(&shown(&house, &id)).len(), 9);
    let own = house.done(&["import", "slack.zip", "--channel", "incidents"]);
    assert!(own.starts_with("2024-08-10-incidents  #incidents  8 messages became entries"), "{own}");
}

#[test]
fn what_a_person_did_here_stands_when_it_is_imported_again() {
    let house = house();
    house.done(&["import", "slack.zip", "--channel", "incidents"]);
    let first = shown(&house, "2024");
    let id = |nth: usize| first["timeline"][nth]["id"].as_str().unwrap().to_owned();
    house.say(&format!(
        "/strike {}\n/edit {}: was the proxy\n/star {}\n/undo {}\n",
        id(1),
        id(2),
        id(4),
        id(5)
    ));
    house.done(&["purge", &id(6), "--yes", "--yes"]);
    let (before, files) = (shown(&house, "2024"), journal(&house));
    let again = house.done(&["import", "slack.zip", "--channel", "incidents"]);
    assert!(again.contains("0 messages became entries; 8 were there already"), "{again}");
    assert_eq!((shown(&house, "2024"), journal(&house)), (before, files));
}

#[test]
fn a_wrong_import_is_taken_back_as_a_whole() {
    let house = house();
    house.done(&["new", "Checkout", "--detach"]);
    house.say("paged\n");
    let id = house.only_incident().file_name().unwrap().to_str().unwrap().to_owned();
    let import = ["import", "slack.zip", "--channel", "incidents", "-i", &id];
    house.done(&import);
    let with_all = shown(&house, &id);
    let undone = house.done(&["import", "-i", &id, "--undo"]);
    assert_eq!(undone, "taken back: 8 entries that slack.zip brought; /redo brings all of it back\n");
    assert_eq!(timeline(&shown(&house, &id)), ["paged"]);
    let none = house.run(&["import", "-i", &id, "--undo"]);
    assert_eq!(none.status.code(), Some(1), "{}", texts(&none).1);
    house.say("/redo\n");
    assert_eq!(timeline(&shown(&house, &id)), timeline(&with_all));
    house.done(&["import", "-i", &id, "--undo"]);
    let again = house.done(&[&import[..], &["--to", "2024-08-10 08:32"]].concat());
    assert!(
        again.contains("  0 messages became entries; 3 that were taken back are there again\n"),
        "{again}"
    );
    assert_eq!(timeline(&shown(&house, &id)).len(), 4);
    let undone = house.done(&["import", "-i", &id, "--undo"]);
    assert_eq!(undone, "taken back: 3 entries that slack.zip brought; /redo brings all of it back\n");
    assert_eq!(timeline(&shown(&house, &id)), ["paged"]);
    let founded = house.done(&["import", "slack.zip", "--channel", "incidents"]);
    let own = founded.split_whitespace().next().unwrap();
    assert!(!house.run(&["import", "-i", own, "--undo"]).status.success(), "it was founded with it");
}

#[test]
fn the_copy_of_an_incident_knows_its_messages_too() {
    let (house, other) = (house(), house());
    house.done(&["import", "slack.zip", "--channel", "incidents"]);
    fs::write(other.path().join("copy.json"), house.done(&["show", "-i", "2024", "--json"])).unwrap();
    other.done(&["import", "copy.json"]);
    let id = other.only_incident().file_name().unwrap().to_str().unwrap().to_owned();
    let again = other.done(&["import", "slack.zip", "--channel", "incidents", "-i", &id]);
    assert!(again.contains("0 messages became entries; 8 were there already"), "{again}");
    // A merge brings them along, and the channel is looked for where they went.
    house.done(&["new", "Checkout", "--detach"]);
    house.done(&["merge", &all_ids(&house)[0], "2024-08-10-incidents"]);
    let again = house.done(&["import", "slack.zip", "--channel", "incidents"]);
    assert!(again.contains("Checkout  0 messages became entries; 8 were there already"), "{again}");
    let asked = house.run(&["import", "slack.zip", "--channel", "incidents", "-i", "2024-08-10-incidents"]);
    assert!(texts(&asked).1.contains("what is added here is not added there"), "{}", texts(&asked).1);
}

fn all_ids(house: &House) -> Vec<String> {
    let all: Value = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_channel_has_to_be_named_where_there_are_several() {
    let house = house();
    let missing = house.run(&["import", "slack.zip"]);
    let list = "Hint: name one with --channel: #incidents (10 messages), #random (1 message)\n";
    assert_eq!(texts(&missing).1, format!("Error: slack.zip has several channels\n{list}"));
    assert_eq!(missing.status.code(), Some(2));
    let wrong = house.run(&["import", "slack.zip", "--channel", "ops"]);
    assert_eq!(texts(&wrong).1, format!("Error: there is no channel ops in slack.zip\n{list}"));
    let many: Vec<(String, Vec<u8>)> =
        (0..23).map(|nth| (format!("c{nth:02}/2024-08-10.json"), b"[]".to_vec())).collect();
    let many = limits::zip(many.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    fs::write(house.path().join("many.zip"), many).unwrap();
    let (_, err) = texts(&house.run(&["import", "many.zip"]));
    assert!(err.ends_with("#c19 (0 messages), and 3 more\n"), "{err}");
    let empty = house.run(&["import", "many.zip", "--channel", "c07"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(texts(&empty).1.starts_with("many.zip: nothing imported: "), "{}", texts(&empty).1);
    assert!(!house.path().join("data/incidents").exists() || all_ids(&house).is_empty());
}

#[test]
fn its_options_go_with_an_export_only() {
    let house = house();
    fs::write(house.path().join("old.md"), "# Outage\n").unwrap();
    for args in [
        &["import", "old.md", "--channel", "x"][..],
        &["import", "old.md", "-i", "x"],
        &["import", "slack.zip", "old.md"],
        &["import", "slack.zip", "--channel", "incidents", "--from", "soon"],
    ] {
        let refused = house.run(args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}: {}", texts(&refused).1);
    }
    fs::write(house.path().join("notes.zip"), limits::zip([("old.md", &b"x"[..])])).unwrap();
    let refused = house.run(&["import", "notes.zip"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(texts(&refused).1.starts_with("Error: notes.zip: not imported: it is no export of a chat"));
}

#[test]
fn of_what_is_refused_nothing_is_stored() {
    let house = house();
    let messages = json!([{"user": "U1", "text": "down", "ts": "1723278661.000100"}]);
    let root = folder(&house, &messages);
    let refused = |why: &str| {
        let refused = house.run(&["import", &root]);
        let (out, err) = texts(&refused);
        assert!(refused.status.code() == Some(1) && out.is_empty() && err.contains(why), "{err}");
        assert!(!house.path().join("data/incidents").exists());
    };
    let link = Path::new(&root).join("ops/2024-08-11.json");
    symlink("/etc/passwd", &link).unwrap();
    refused("ops/2024-08-11.json in it is a link; ".trim_end_matches("; "));
    fs::remove_file(&link).unwrap();
    fs::write(&link, "[{").unwrap();
    refused("ops/2024-08-11.json in it is not understood: ");
    fs::write(&link, b"").unwrap();
    fs::File::options().write(true).open(&link).unwrap().set_len(65 << 20).unwrap();
    refused("ops/2024-08-11.json in it is longer than 64 MiB");
    fs::remove_file(&link).unwrap();
    fs::write(Path::new(&root).join("more.zip"), limits::fixture_zip()).unwrap();
    refused("more.zip in it is an archive itself");
    fs::remove_file(Path::new(&root).join("more.zip")).unwrap();
    assert!(house.done(&["import", &root]).contains("1 message became an entry"));
}

#[test]
fn names_with_escapes_reach_no_terminal() {
    let house = house();
    let users = json!([{"id": "U1", "profile": {"display_name": "\u{1b}]0;pwned\u{7}eve\nx"}}]);
    let root = folder(&house, &json!([{"user": "U1", "text": "<@U1> down", "ts": "1723278661.000100"}]));
    fs::write(Path::new(&root).join("users.json"), users.to_string()).unwrap();
    house.done(&["import", &root]);
    for args in [&["show", "-i", "2024"][..], &["export", "-i", "2024"], &["show", "-i", "2024", "--json"]] {
        let out = house.done(args);
        assert!(
            !out.contains('\u{1b}') && !out.contains('\u{7}') && out.contains("pwned"),
            "{args:?}: {out}"
        );
    }
}

#[test]
fn anonymised_neither_the_channel_nor_its_messages_name_anybody() {
    let house = house();
    let root = house.path().join("dm");
    let name = "mpdm-maria--ben-1";
    fs::create_dir_all(root.join(name)).unwrap();
    let day = json!([
        {"user": "U1", "text": "down", "ts": "1723278661.000100"},
        {"user": "U2", "text": "<@U1> up", "ts": "1723278662.000100"},
    ]);
    fs::write(root.join(name).join("2024-08-10.json"), day.to_string()).unwrap();
    let users = json!([{"id": "U1", "name": "maria"}, {"id": "U2", "name": "ben"}]);
    fs::write(root.join("users.json"), users.to_string()).unwrap();
    house.done(&["import", root.to_str().unwrap(), "--channel", name]);
    let id = house.only_incident().file_name().unwrap().to_str().unwrap().to_owned();
    for format in ["json", "md", "csv", "html"] {
        let out = house.done(&["export", "-i", &id, "--anonymise", "--format", format]).to_lowercase();
        assert!(!out.contains("maria") && !out.contains("ben"), "{format}: {out}");
    }
    let kept: Value =
        serde_json::from_str(&house.done(&["export", "-i", &id, "--anonymise", "--format", "json"])).unwrap();
    assert_eq!(kept["timeline"][0]["source"]["message"]["ts"], "1723278661.000100");
}

#[test]
fn a_replay_sees_messages_when_they_were_said() {
    let house = house();
    house.done(&["import", "slack.zip", "--channel", "incidents"]);
    let then = house.done(&["show", "-i", "2024", "--as-of", "2024-08-10 08:32"]);
    assert!(then.contains("★ Rolled back") && !then.contains("on it"), "{then}");
}
