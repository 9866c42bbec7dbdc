//! Attaching files: the copy and the record, in which order, what is refused, and what becomes of both afterwards.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crossterm::event::KeyCode;
use serde_json::Value;
use warroom::model::attachment::media_type;

use crate::stage::Stage;
use crate::support::{House, texts};

/// A picture of one dot.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

/// The files that a browser draws, by what they begin with.
#[test]
fn a_picture_is_told_by_its_first_bytes() {
    for (bytes, kind) in [
        (PNG, Some("image/png")),
        (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
        (b"GIF89a\x01", Some("image/gif")),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"\x89PNG in a text", None),
    ] {
        assert_eq!(media_type(bytes), kind, "{bytes:?}");
    }
}

fn house() -> House {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach"]);
    house.say("?database: pool exhausted");
    house
}

fn kept(house: &House) -> Vec<PathBuf> {
    let folder = house.only_incident().join("attachments");
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn refused(house: &House, line: &str) -> String {
    let output = house.run(&["say", line]);
    assert_eq!(output.status.code(), Some(1), "{line}");
    texts(&output).1
}

#[test]
fn a_log_excerpt_is_copied_hashed_linked_and_told() {
    let house = house();
    let rows: Vec<String> =
        (1..=40).map(|n| format!("12:{n:02} ERROR pool timeout ```x``` <b>\u{1b}[2J\n")).collect();
    let log = rows.concat();
    fs::write(house.path().join("Err Or.LOG"), &log).unwrap();
    house.done(&["say", "/attach \"Err Or.LOG\" DataBase"]);
    let incident = house.json();
    let file = &incident["attachments"][0];
    let name = file["file"].as_str().unwrap();
    assert!(
        name.ends_with("-err-or.log") && file["sha256"].as_str().unwrap().starts_with(&name[..8]),
        "{name}"
    );
    assert_eq!(
        (&file["name"], &file["kind"], &file["by"]),
        (&"Err Or.LOG".into(), &"text".into(), &"alice".into())
    );
    assert_eq!(file["bytes"], log.len());
    let entry = incident["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(entry["id"], file["id"]);
    assert_eq!(entry["text"], "Attached Err Or.LOG for database");
    assert_eq!(entry["hypothesis"], incident["hypotheses"][0]["id"]);
    let [copy] = &kept(&house)[..] else { panic!("one file") };
    assert_eq!(fs::read_to_string(copy).unwrap(), log);
    assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(copy.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    let report = house.done(&["export"]);
    let section = report.split("## Attachments").nth(1).unwrap();
    assert!(section.contains(&format!("attachments/{name}")), "{section}");
    assert!(
        section.contains("\n````text\n12:01 ERROR pool timeout ```x``` <b>")
            && section.contains("\n…\n````\n"),
        "{section}"
    );
    assert!(!report.contains('\u{1b}') && !section.contains("12:13 ERROR"), "twelve lines, and none acts");
    let page = house.done(&["export", "--format", "html"]);
    assert!(page.contains("pool timeout ```x``` &lt;b&gt;"));
}

/// As on a host that the record came to, and the file did not.
#[test]
fn a_file_that_lies_on_another_host_is_said_to() {
    let house = house();
    for name in ["graph.png", "second.png"] {
        fs::write(house.path().join(name), [PNG, name.as_bytes()].concat()).unwrap();
        house.done(&["say", &format!("/attach {name}")]);
    }
    let show = house.done(&["show"]);
    assert!(!show.contains("not on this host"), "{show}");
    let [first, second] = &kept(&house)[..] else { panic!("two files") };
    fs::remove_file(second).unwrap();
    let (_, said) = texts(&house.run(&["export"]));
    assert!(
        said.contains("second.png, attached by alice, is not on this host: copy it from where"),
        "{said}"
    );
    assert!(said.contains("attachments copied beside it"), "the other one is: {said}");
    fs::remove_file(first).unwrap();
    let (_, said) = texts(&house.run(&["export"]));
    assert!(said.contains("graph.png and 1 more file are not on this host: copy them"), "{said}");
    assert!(!said.contains("copied beside it"), "{said}");
    let (_, said) = texts(&house.run(&["export", "--template", "handoff"]));
    assert_eq!(said, "", "it names no file");
    let show = house.done(&["show"]);
    assert!(show.contains("graph.png, not on this host") && !show.contains("in attachments/"), "{show}");
}

#[test]
fn a_picture_stands_in_the_report() {
    let house = house();
    fs::write(house.path().join("latency](x).png"), PNG).unwrap();
    house.done(&["say", "/attach latency](x).png"]);
    let file = house.json()["attachments"][0]["file"].as_str().unwrap().to_owned();
    let report = house.done(&["export"]);
    assert!(
        report.contains(&format!("](attachments/{file})")) && report.contains(r"![latency\]"),
        "{report}"
    );
    let (_, said) = texts(&house.run(&["export", "-o", "report.md"]));
    assert!(said.contains("attachments copied beside it"), "{said}");
    assert_eq!(texts(&house.run(&["export", "--template", "handoff"])).1, "", "it has no picture");
    // A page brings it along, but for one that hides who somebody is.
    let page = house.done(&["export", "--format", "html"]);
    assert!(
        page.contains("<img class=\"shown\" alt=\"latency](x).png\" src=\"data:image/png;base64,iVBORw0KGgo"),
        "{page}"
    );
    let page = house.done(&["export", "--format", "html", "--anonymise"]);
    assert!(page.contains("latency](x).png") && !page.contains("<img"), "{page}");
    fs::write(house.only_incident().join("attachments").join(&file), "<script>").unwrap();
    assert!(!house.done(&["export", "--format", "html"]).contains("<img"), "it is no picture any more");
}

#[test]
fn the_same_file_is_kept_once_and_another_one_beside_it() {
    let house = house();
    fs::write(house.path().join("a.txt"), "one").unwrap();
    house.say("/attach a.txt\n/attach ./a.txt");
    assert_eq!(kept(&house).len(), 1);
    fs::write(house.path().join("a.txt"), "two").unwrap();
    house.say("/attach ~/a.txt");
    assert_eq!(kept(&house).len(), 2);
    assert_eq!(house.json()["attachments"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_no_plain_file_is_refused_with_the_reason() {
    let house = house();
    fs::create_dir(house.path().join("folder")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", house.path().join("zero")).unwrap();
    let status = std::process::Command::new("mkfifo").arg(house.path().join("pipe")).status().unwrap();
    assert!(status.success());
    fs::File::create(house.path().join("huge")).unwrap().set_len((32 << 20) + 1).unwrap();
    for (file, why) in [
        ("folder", "it is a folder"),
        ("zero", "it is a device"),
        ("pipe", "it is a pipe"),
        ("huge", "at most 32.0 MiB are kept"),
        ("nothing", "there is no such file"),
    ] {
        let told = refused(&house, &format!("/attach {file}"));
        assert!(told.contains(why), "{told}");
    }
    assert!(refused(&house, "/attach huge disk").contains("there is no hypothesis about disk"));
    assert!(house.json().get("attachments").is_none() && kept(&house).is_empty());
    assert_eq!(house.json()["timeline"].as_array().unwrap().len(), 1);
}

#[test]
fn undo_takes_the_link_and_purge_the_file() {
    let house = house();
    fs::write(house.path().join("secret.txt"), "token: abcdefgh12345678").unwrap();
    house.say("/attach secret.txt\n/undo");
    assert!(house.json().get("attachments").is_none());
    assert_eq!(kept(&house).len(), 1, "redo needs it");
    house.say("/redo");
    let id = house.json()["attachments"][0]["id"].as_str().unwrap().to_owned();
    house.done(&["purge", &id, "--yes", "--yes"]);
    assert!(kept(&house).is_empty(), "{:?}", kept(&house));
    assert!(house.json().get("attachments").is_none());
    let journal = fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    assert!(!journal.contains("secret.txt") && !journal.contains("abcdefgh12345678"));
}

#[test]
fn a_file_that_other_records_name_outlives_a_purge() {
    let house = house();
    fs::write(house.path().join("a.txt"), "one").unwrap();
    house.say("/attach a.txt\n/attach a.txt");
    let id = house.json()["attachments"][0]["id"].as_str().unwrap().to_owned();
    house.done(&["purge", &id, "--yes", "--yes"]);
    assert_eq!(kept(&house).len(), 1);
}

#[test]
fn doctor_says_what_is_missing_or_changed() {
    let house = house();
    fs::write(house.path().join("a.txt"), "one").unwrap();
    fs::write(house.path().join("b.txt"), "two").unwrap();
    house.say("/attach a.txt\n/attach b.txt");
    let doctor = || {
        let id = house.json()["id"].as_str().unwrap().to_owned();
        let output = house.run(&["doctor", &id]);
        format!("{}{}", texts(&output).0, texts(&output).1)
    };
    assert!(!doctor().contains("attachments"), "{}", doctor());
    let all = kept(&house);
    let (a, b): (Vec<_>, Vec<_>) = all.iter().partition(|path| path.to_string_lossy().ends_with("-a.txt"));
    fs::remove_file(a[0]).unwrap();
    fs::write(b[0], "twO").unwrap();
    let told = doctor();
    assert!(told.contains("is not there: only its record is") && told.contains("another SHA-256"), "{told}");
}

#[test]
fn in_the_room_the_name_is_completed_and_the_file_kept() {
    let mut stage = Stage::new(80, 24);
    fs::create_dir(stage.house.path().join("logs")).unwrap();
    fs::write(stage.house.path().join("logs/pool errors.log"), "timeout\n").unwrap();
    stage.types("/attach lo");
    assert!(stage.draw().contains("logs/"), "{}", stage.text());
    stage.key(KeyCode::Tab).types("err");
    stage.draw();
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt().trim(), "/attach \"logs/pool errors.log\"");
    stage.key(KeyCode::Enter);
    stage.until("is kept with the incident");
    stage.shows("Attached pool errors.log");
    stage.until("● saved 1");
    stage.logs("/attach nothing.log").shows("there is no such file");
    assert_eq!(stage.prompt_text(), "/attach nothing.log", "the line stays, as any that is not understood");
}

/// A room in which a file can be opened, and not be copied.
fn without_a_place() -> Stage {
    let stage = Stage::new(80, 24);
    fs::write(stage.house.path().join("pool.log"), "timeout\n").unwrap();
    fs::write(stage.folder.join("attachments"), "no folder").unwrap();
    stage
}

/// That it failed is known later: it never comes in between what is being typed, or is about to be.
#[test]
fn a_copy_that_fails_is_said_and_its_line_is_one_up_away() {
    for typed in ["redis", ""] {
        let mut stage = without_a_place();
        stage.logs("/attach pool.log").types(typed).until("pool.log is not attached");
        stage.types(" is slow").shows("pool.log is not attached");
        stage.shows("Up brings");
        assert_eq!(stage.prompt_text(), format!("{typed} is slow").trim_end());
        stage.key(KeyCode::Up);
        assert_eq!(stage.prompt_text(), "/attach pool.log");
        stage.key(KeyCode::Down).key(KeyCode::Enter).hides("not attached");
    }
}

/// Whoever leaves before it is known that a file cannot be copied loses neither its line nor the one that was being written.
#[test]
fn a_line_that_fails_on_the_way_out_is_kept() {
    for (typed, kept) in [("redis is slow", "redis is slow\n/attach pool.log"), ("", "/attach pool.log")] {
        let mut stage = without_a_place();
        stage.logs("/attach pool.log").types(typed).key(KeyCode::Tab);
        let Stage { room, folder, house: _house, .. } = stage;
        room.leave().unwrap();
        assert_eq!(fs::read_to_string(folder.join("draft")).unwrap(), kept);
    }
}

#[test]
fn a_folder_that_is_imported_brings_its_files_along() {
    let (house, other) = (house(), House::new());
    fs::write(house.path().join("a.txt"), "one").unwrap();
    house.say("/attach a.txt database");
    other.done(&["import", house.only_incident().to_str().unwrap()]);
    let [copy] = &kept(&other)[..] else { panic!("one file") };
    assert_eq!(fs::read_to_string(copy).unwrap(), "one");
    assert_eq!(other.json()["attachments"][0]["file"], copy.file_name().unwrap().to_str().unwrap());
}

#[test]
fn a_merge_brings_the_files_along() {
    let house = House::new();
    let new = |title: &str| house.done(&["new", title, "--detach"]).trim().to_owned();
    let (one, other) = (new("Checkout"), new("Payments"));
    fs::write(house.path().join("a.txt"), "one").unwrap();
    house.done(&["say", "-i", &other, "/attach a.txt"]);
    let output = house.run(&["merge", &one, &other]);
    assert!(output.status.success(), "{}", texts(&output).1);
    let shown: Value = serde_json::from_str(&house.done(&["show", "-i", &one, "--json"])).unwrap();
    let file = shown["attachments"][0]["file"].as_str().unwrap();
    assert!(house.path().join("data/incidents").join(&one).join("attachments").join(file).is_file());
}
