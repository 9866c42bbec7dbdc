//! Bulk exports of Mattermost: who said what, when, in answer to what, in lines of JSON.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use warroom::import::chat::{Brought, Channel, Choice, Export, Files as _, Refused, Why, is_lines, plan};
use warroom::log::messages::Messages;
use warroom::model::{Entry, Incident};
use warroom::text::Raw;

use super::slack::{InMemory, incident_of, talk};

/// The file that lies beside the tests.
pub fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mattermost/import.jsonl")
}

/// An export of these lines, behind the one that tells the version.
fn export(lines: &[Value]) -> Export {
    Export::open(Box::new(InMemory::default().with("import.jsonl", text(lines)))).unwrap()
}

fn text(lines: &[Value]) -> String {
    let version = json!({"type": "version", "version": 1});
    let lines: Vec<String> = std::iter::once(&version).chain(lines).map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

fn post(post: &Value) -> Value {
    let mut whole =
        json!({"team": "shop", "channel": "ops", "user": "ana", "create_at": 1_723_278_661_120_i64});
    whole.as_object_mut().unwrap().extend(post.as_object().unwrap().clone());
    json!({"type": "post", "post": whole})
}

fn user(username: &str, nickname: &str) -> Value {
    json!({"type": "user", "user": {"username": username, "nickname": nickname}})
}

/// The incident that these lines found.
fn incident(lines: &[Value]) -> Incident {
    incident_of(&mut export(lines), "ops", &Choice::default())
}

fn brought(lines: &[Value], choice: &Choice) -> Brought {
    plan(&talk(&mut export(lines), "ops", choice), choice, &Messages::default())
}

fn entries(incident: &Incident) -> Vec<(&str, &str)> {
    incident.timeline.iter().map(|entry| (entry.by.as_typed(), entry.text.as_typed())).collect()
}

fn only(lines: &[Value]) -> Entry {
    let incident = incident(lines);
    assert_eq!(incident.timeline.len(), 1);
    incident.timeline.iter().next().unwrap().clone()
}

fn called(export: &Export) -> Vec<String> {
    export.channels().iter().map(|channel| channel.title().as_typed().to_owned()).collect()
}

#[test]
fn a_channel_tells_who_said_what_and_when() {
    let files = InMemory::default().with("import.jsonl", fs::read(fixture()).unwrap());
    let mut export = Export::open(Box::new(files)).unwrap();
    assert_eq!(
        called(&export),
        ["Ana Sol, Ben", "#incidents", "#town-square"],
        "where nothing was said is none"
    );
    let counts: Vec<usize> =
        export.channels().to_vec().iter().map(|channel| export.count(channel).unwrap()).collect();
    assert_eq!(counts, [2, 6, 1]);
    let choice = Choice::default();
    let talk = talk(&mut export, "incidents", &choice);
    assert_eq!((talk.skipped.count(), talk.skipped.of(Why::Joined)), (1, 1));
    assert_eq!(talk.channel().key().as_typed(), "shop/incidents");
    let incident = incident_of(&mut export, "shop/incidents", &choice);
    assert_eq!(
        entries(&incident),
        [
            (
                "alerts",
                "CheckoutErrors (https://alerts.shop.example/1)\n30% of carts fail\nseverity: critical"
            ),
            (
                "Ana Sol",
                "Checkout fails for 30% of carts, I look at the **database** first. @Ben. can you take the load \
                 balancer? @here #db 🔥"
            ),
            ("Ben", "↳ Checkout fails for 30% of…: on it"),
            (
                "Ana Sol",
                "↳ Checkout fails for 30% of…: pool is fine: `max=:fire: @cyd`\n[file: pool graph.png]"
            ),
            ("cyd", "cyd updated the channel header to: bridge 4711"),
        ]
    );
    let timeline: Vec<&Entry> = incident.timeline.iter().collect();
    assert_eq!(timeline[1].at.to_string(), "2024-08-10T08:31:01.120Z");
    assert_eq!(timeline[1].people.iter().map(Raw::as_typed).collect::<Vec<_>>(), ["Ben"]);
    assert_eq!(timeline[1].tags.iter().map(Raw::as_typed).collect::<Vec<_>>(), ["db"]);
    let keys: Vec<bool> = timeline.iter().map(|entry| entry.key).collect();
    assert_eq!(keys, [false, true, false, true, false], "what is pinned, and what has the reaction");
    let source = timeline[3].source.clone().unwrap();
    assert_eq!(source.file.as_typed(), "import.jsonl");
    let message = source.message.unwrap();
    assert_eq!(
        (message.channel.as_typed(), message.ts.as_typed(), message.thread.unwrap().as_typed()),
        ("shop/incidents", "1723278720000", "1723278661120")
    );
    assert_eq!(message.edited.unwrap().as_typed(), "1723278725000");
}

#[test]
fn people_are_called_as_they_are_known() {
    let lines = [
        user("ana", ""),
        user("ben.o", "Ben O."),
        json!({"type": "user", "user": {"username": "cyd", "first_name": "Cyd", "last_name": ""}}),
        post(&json!({"user": "ben.o", "message": "@cyd, @ana. @ben.o: @nobody mail x@cyd.example @channel"})),
    ];
    let entry = only(&lines);
    assert_eq!(entry.by.as_typed(), "Ben O.");
    assert_eq!(entry.text.as_typed(), "@Cyd, @ana. @Ben O.: @nobody mail x@cyd.example @channel");
    let people: Vec<&str> = entry.people.iter().map(Raw::as_typed).collect();
    assert_eq!(people, ["Cyd", "ana", "Ben O.", "nobody"]);
    assert_eq!(only(&[post(&json!({"user": "gone", "message": "x"}))]).by.as_typed(), "gone");
    assert_eq!(only(&[post(&json!({"user": null, "message": "x"}))]).by.as_typed(), "Mattermost");
}

#[test]
fn what_is_said_again_is_one_and_what_is_said_at_once_is_several() {
    let lines = [
        post(&json!({"message": "one"})),
        post(&json!({"message": "two"})),
        post(&json!({"message": "one"})),
        post(&json!({"message": "one", "user": "ben"})),
    ];
    let choice = Choice::default();
    let brought = brought(&lines, &choice);
    assert_eq!((brought.new, brought.skipped.of(Why::Copy)), (3, 1));
    let incident = incident(&lines);
    let stamps: Vec<&str> = incident
        .timeline
        .iter()
        .map(|entry| entry.source.as_ref().unwrap().message.as_ref().unwrap().ts.as_typed())
        .collect();
    assert_eq!(stamps, ["1723278661120", "1723278661120/2", "1723278661120/3"]);
}

#[test]
fn what_is_no_message_is_counted() {
    let mut export = export(&[
        post(&json!({"message": "x", "create_at": 0})),
        post(&json!({"message": "x", "create_at": "1723278661120"})),
        post(&json!({"message": " \u{200b} ", "create_at": 1})),
        post(&json!({"message": "x", "create_at": 2, "delete_at": 3})),
        post(&json!({"message": "x".repeat((1 << 20) + 1), "create_at": 4})),
        post(&json!({"message": "root", "create_at": 5, "replies": {"no": "list"}})),
        post(&json!({"message": null, "type": "system_leave_channel", "create_at": 6})),
        json!("no object"),
        json!({"type": "of tomorrow", "of tomorrow": {}}),
    ]);
    let talk = talk(&mut export, "ops", &Choice::default());
    let counts = [Why::NoTime, Why::NoText, Why::Deleted, Why::NotUnderstood, Why::Joined]
        .map(|why| talk.skipped.of(why));
    assert_eq!(counts, [1, 1, 1, 4, 1]);
    assert_eq!(talk.skipped.count(), 8, "a line of another kind is none");
}

#[test]
fn a_reply_whose_beginning_is_none_tells_when_that_was() {
    let lines = [post(&json!({
        "message": "", "replies": [{"user": "ben", "message": "which one?", "create_at": 1_723_279_000_000_i64}, 7],
    }))];
    assert_eq!(entries(&incident(&lines)), [("ben", "↳ 08:31 UTC: which one?")]);
    let choice = Choice { from: Some("2024-08-10T08:35:00Z".parse().unwrap()), ..Choice::default() };
    let lines = [post(&json!({
        "message": "slow again", "replies": [{"user": "ben", "message": "yes", "create_at": 1_723_279_000_000_i64}],
    }))];
    let incident = incident_of(&mut export(&lines), "ops", &choice);
    assert_eq!(entries(&incident), [("ben", "↳ slow again: yes")], "though the beginning was not asked for");
}

#[test]
fn the_lines_are_found_where_they_lie() {
    let lines = text(&[post(&json!({"message": "x"}))]);
    for path in ["import.jsonl", "data.jsonl", "export/import.jsonl"] {
        let files = InMemory::default()
            .with(path, lines.clone())
            .with("export/data/20240810/channels.json", "[]")
            .with("export/data/notes.jsonl", "{}\n");
        assert_eq!(called(&Export::open(Box::new(files)).unwrap()), ["#ops"], "{path}");
    }
    for no in ["", "{}\n", "{\"type\":\"version\"}\n", "[1]\n", "{\"type\":\"post\",\"version\":1}\n"] {
        assert!(!is_lines(no.as_bytes()), "{no:?}");
        let files = InMemory::default().with("import.jsonl", no);
        assert!(matches!(Export::open(Box::new(files)), Err(Refused::NoChat)), "{no:?}");
    }
    assert!(is_lines(b"\xef\xbb\xbf{\"type\":\"version\",\"version\":1}"));
    let mut bytes = lines.into_bytes();
    bytes.push(0xff);
    let files = InMemory::default().with("import.jsonl", bytes);
    assert_eq!(files.paths().len(), 1);
    assert!(matches!(Export::open(Box::new(files)), Err(Refused::NotUnderstood { .. })));
}

#[test]
fn a_name_in_two_teams_is_two_channels() {
    let export = export(&[
        post(&json!({"message": "a", "team": "shop"})),
        post(&json!({"message": "b", "team": "lab"})),
    ]);
    let keys: Vec<&str> =
        export.channels().iter().map(|channel: &Channel| channel.key().as_typed()).collect();
    assert_eq!(keys, ["lab/ops", "shop/ops"]);
    assert!(export.channels().iter().all(|channel| channel.is_called("#OPS")));
}
