//! `warroom import` of a bulk export of Mattermost: the lines by themselves, in a folder, in a zip.

use std::fs;

use serde_json::Value;

use crate::import::mattermost::fixture;
use crate::import::slack::limits::zip;
use crate::support::{House, texts};

/// A house with the lines that lie beside the tests.
fn house() -> House {
    let house = House::new();
    fs::copy(fixture(), house.path().join("import.jsonl")).unwrap();
    house
}

fn shown(house: &House) -> Value {
    serde_json::from_str(&house.done(&["show", "-i", "2024", "--json"])).unwrap()
}

#[test]
fn a_channel_becomes_an_incident_and_is_found_again() {
    let house = house();
    let said = house.run(&["import", "import.jsonl", "--channel", "incidents"]);
    let (out, err) = texts(&said);
    assert_eq!(
        (out.as_str(), err.as_str()),
        (
            "2024-08-10-incidents  #incidents  5 messages became entries, 2 of them key entries\n",
            "  skipped 1: 1 join or leave\n"
        )
    );
    assert_eq!(shown(&house)["documents"][0]["channel"], "shop/incidents");
    // What was said since comes in alone, from the zip of a whole server, too.
    let mut lines = fs::read(fixture()).unwrap();
    lines.extend(
        br#"{"type":"post","post":{"team":"shop","channel":"incidents","user":"ana","message":"over","create_at":1723279000000}}"#,
    );
    let whole = zip([("import.jsonl", lines.as_slice()), ("data/20240810/graph.png", b"png")]);
    fs::write(house.path().join("server.zip"), whole).unwrap();
    let again = house.done(&["import", "server.zip", "--channel", "shop/incidents"]);
    assert!(again.ends_with("  1 message became an entry; 5 were there already\n"), "{again}");
    let folder = house.path().join("unpacked");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("import.jsonl"), &lines).unwrap();
    let again = house.done(&["import", "unpacked", "--channel", "incidents"]);
    assert!(again.ends_with("  0 messages became entries; 6 were there already\n"), "{again}");
    let lines = house.done(&["show", "-i", "2024"]);
    assert!(lines.contains("on it  (Ben, "), "{lines}");
}

#[test]
fn a_channel_has_to_be_named_where_there_are_several() {
    let house = house();
    let (_, err) = texts(&house.run(&["import", "import.jsonl"]));
    assert_eq!(
        err,
        "Error: import.jsonl has several channels\n\
         Hint: name one with --channel: #incidents (6 messages), Ana Sol, Ben (2 messages), #town-square (1 message)\n"
    );
    let mut lines = fs::read_to_string(fixture()).unwrap();
    lines.push_str(r#"{"type":"post","post":{"team":"lab","channel":"incidents","user":"ana","message":"x","create_at":9}}"#);
    fs::write(house.path().join("two.jsonl"), lines).unwrap();
    let twins = house.run(&["import", "two.jsonl", "--channel", "#incidents"]);
    assert_eq!(
        texts(&twins).1,
        "Error: two.jsonl has several channels #incidents\n\
         Hint: name one with --channel: shop/incidents (6 messages), lab/incidents (1 message)\n"
    );
    assert_eq!(twins.status.code(), Some(2));
    let said = house.done(&["import", "two.jsonl", "--channel", "lab/incidents"]);
    assert!(said.ends_with("1 message became an entry\n"), "{said}");
}

#[test]
fn lines_that_are_too_long_are_refused_with_the_way_to_shorten_them() {
    let house = house();
    let path = house.path().join("import.jsonl");
    fs::File::options().write(true).open(&path).unwrap().set_len(65 << 20).unwrap();
    let refused = house.run(&["import", "import.jsonl", "--channel", "incidents"]);
    let (_, err) = texts(&refused);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err.contains("import.jsonl in it is longer than 64 MiB") && err.contains("grep -E"), "{err}");
    assert!(!house.path().join("data/incidents").exists());
    // The way that it tells does it.
    fs::copy(fixture(), &path).unwrap();
    let command = err.split_once("grep -E ").unwrap().1.trim().replace("NAME", "incidents");
    let cut = std::process::Command::new("sh")
        .args(["-c", &format!("grep -E {command}")])
        .current_dir(house.path())
        .status()
        .unwrap();
    assert!(cut.success());
    let said = house.done(&["import", "incidents.jsonl"]);
    assert!(said.contains("5 messages became entries"), "{said}");
}

#[test]
fn anonymised_neither_the_channel_nor_its_messages_name_anybody() {
    let house = house();
    house.done(&["import", "import.jsonl", "--channel", "Ana Sol, Ben"]);
    let id = house.only_incident().file_name().unwrap().to_str().unwrap().to_owned();
    for format in ["json", "md", "csv", "html"] {
        let out = house.done(&["export", "-i", &id, "--anonymise", "--format", format]).to_lowercase();
        assert!(!out.contains("ana ") && !out.contains("ben") && !out.contains("okoro"), "{format}: {out}");
    }
}
