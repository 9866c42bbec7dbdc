//! Exports of Slack: who said what, when, in answer to what; what it was marked with, and what is no message.

mod again;
pub mod limits;
mod marked_up;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use warroom::import::Recording;
use warroom::import::chat::{Brought, Choice, Export, Files, Refused, Talk, Why, plan};
use warroom::import::folded;
use warroom::log::Hlc;
use warroom::log::messages::Messages;
use warroom::model::{Entry, Incident, Writer};

use crate::scene::utc;

/// The files of an export in memory.
#[derive(Clone, Default)]
pub struct InMemory {
    files: BTreeMap<String, Vec<u8>>,
    paths: Vec<String>,
}

impl InMemory {
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self.paths = self.files.keys().cloned().collect();
        self
    }
}

impl Files for InMemory {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, Refused> {
        Ok(self.files[path].clone())
    }
}

/// The folder that lies beside the tests.
pub fn fixture() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/slack"))
}

/// Its files, by their paths.
pub fn fixture_files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let names = ["channels.json", "users.json", "random/2024-08-10.json"];
    for name in names.into_iter().chain(["incidents/2024-08-10.json", "incidents/2024-08-11.json"]) {
        files.insert(name.to_owned(), fs::read(fixture().join(name)).unwrap());
    }
    files
}

/// An export of the channel `ops` with these messages, all in the file of one day, and with these users.
pub fn export(messages: &Value, users: &Value) -> Export {
    let files = InMemory::default()
        .with(
            "channels.json",
            json!([{"id": "C1", "name": "ops"}, {"id": "C2", "name": "deploys"}]).to_string(),
        )
        .with("users.json", users.to_string())
        .with("ops/2024-08-10.json", messages.to_string());
    Export::open(Box::new(files)).unwrap()
}

pub fn talk(export: &mut Export, channel: &str, choice: &Choice) -> Talk {
    let channel = export.channels().iter().find(|one| one.is_called(channel)).unwrap().clone();
    export.talk(&channel, choice, &"slack.zip".into()).unwrap()
}

pub fn users() -> Value {
    json!([
        {"id": "U1", "name": "ana.sol", "profile": {"display_name": "ana", "real_name": "Ana Sol"}},
        {"id": "U2", "name": "ben", "real_name": "Ben Okoro", "profile": {"display_name": ""}},
        {"id": "U3", "name": "cyd"},
    ])
}

/// What these messages become in an incident that knows none of them.
pub fn brought(messages: &Value, choice: &Choice) -> Brought {
    plan(&talk(&mut export(messages, &users()), "ops", choice), choice, &Messages::default())
}

/// The incident that they found.
pub fn incident(messages: &Value) -> Incident {
    of_choice(messages, &Choice::default())
}

fn of_choice(messages: &Value, choice: &Choice) -> Incident {
    incident_of(&mut export(messages, &users()), "ops", choice)
}

/// The incident that a channel of an export founds.
pub fn incident_of(export: &mut Export, channel: &str, choice: &Choice) -> Incident {
    let talk = talk(export, channel, choice);
    let brought = plan(&talk, choice, &Messages::default());
    let by = "alice".into();
    let recording = Recording { id: "ops", document: &talk.document, by: &by, now: utc("2024-09-01 00:00") };
    folded(&recording.records(&brought.reading, Hlc::new(Writer::from_bits(7))))
}

fn texts(incident: &Incident) -> Vec<&str> {
    incident.timeline.iter().map(|entry| entry.text.as_typed()).collect()
}

fn only(message: &Value) -> Entry {
    let incident = incident(&json!([message]));
    assert_eq!(incident.timeline.len(), 1);
    incident.timeline.iter().next().unwrap().clone()
}

#[test]
fn an_entry_stands_at_the_second_and_tells_where_it_comes_from() {
    let entry = only(&json!({"type": "message", "user": "U1", "text": "down", "ts": "1723278661.120300"}));
    assert_eq!(entry.at.to_string(), "2024-08-10T08:31:01.120Z");
    let source = entry.source.unwrap();
    assert_eq!(source.file.as_typed(), "ops/2024-08-10.json");
    let message = source.message.unwrap();
    assert_eq!((message.channel.as_typed(), message.ts.as_typed()), ("C1", "1723278661.120300"));
    // Told by people who were there.
    let talk = talk(&mut export(&json!([]), &users()), "ops", &Choice::default());
    assert!(talk.is_empty());
}

#[test]
fn authors_are_called_as_they_call_themselves() {
    let said = |who: &Value| {
        let mut message = json!({"type": "message", "text": "x", "ts": "1723278661.000100"});
        message.as_object_mut().unwrap().extend(who.as_object().unwrap().clone());
        only(&message).by.as_typed().to_owned()
    };
    assert_eq!(said(&json!({"user": "U1"})), "ana", "the name that is shown");
    assert_eq!(said(&json!({"user": "U2"})), "Ben Okoro", "the whole name");
    assert_eq!(said(&json!({"user": "U3"})), "cyd", "the handle");
    assert_eq!(said(&json!({"user": "U9"})), "U9", "nobody knows it");
    let partner = json!({"user": "U9", "user_profile": {"display_name": "", "real_name": "Dee Partner"}});
    assert_eq!(said(&partner), "Dee Partner", "of another workspace");
    assert_eq!(said(&json!({"subtype": "bot_message", "bot_id": "B1", "username": "alerts"})), "alerts");
    assert_eq!(said(&json!({"bot_id": "B1", "bot_profile": {"name": "deployer"}})), "deployer");
    assert_eq!(said(&json!({"bot_id": "B1"})), "B1");
    assert_eq!(said(&json!({})), "Slack");
}

#[test]
fn replies_tell_what_they_answer_wherever_that_stands() {
    let incident = incident(&json!([
        {"user": "U1", "text": "yes: pool is full", "ts": "1723278663.000100", "thread_ts": "1723278661.000100"},
        {"user": "U2", "text": "Checkout fails for every third cart, it began at noon\nmore", "ts": "1723278661.000100",
         "thread_ts": "1723278661.000100", "reply_count": 2},
        {"user": "U2", "text": "lost", "ts": "1723278664.000100", "thread_ts": "1723270000.000100"},
        {"subtype": "thread_broadcast", "user": "U3", "text": "see", "ts": "1723278665.000100",
         "thread_ts": "1723270001.000100", "root": {"text": "short one", "ts": "1723270001.000100"}},
        {"subtype": "thread_broadcast", "user": "U3", "text": "see", "ts": "1723278665.000100",
         "thread_ts": "1723270001.000100", "root": {"text": "short one", "ts": "1723270001.000100"}},
    ]));
    assert_eq!(
        texts(&incident),
        [
            "Checkout fails for every third cart, it began at noon\nmore",
            "↳ Checkout fails for every third…: yes: pool is full",
            "↳ 06:06 UTC: lost",
            "↳ short one: see",
        ]
    );
    let reply = incident.timeline.iter().nth(1).unwrap();
    let message = reply.source.as_ref().unwrap().message.as_ref().unwrap();
    assert_eq!(message.thread.as_ref().unwrap().as_typed(), "1723278661.000100");
    assert_eq!(reply.by.as_typed(), "ana");
}

#[test]
fn a_copy_of_a_message_comes_once_and_is_counted() {
    let twice = json!({"user": "U1", "text": "down", "ts": "1723278661.000100"});
    let brought = brought(&json!([twice, twice]), &Choice::default());
    assert_eq!((brought.new, brought.skipped.of(Why::Copy)), (1, 1));
}

#[test]
fn what_is_pinned_or_has_the_reaction_is_a_key_entry() {
    let reacted = |name: &str| json!([{"name": name, "users": ["U1"], "count": 1}]);
    let messages = json!([
        {"user": "U1", "text": "plain", "ts": "1723278661.000100", "reactions": reacted("eyes")},
        {"user": "U1", "text": "pinned", "ts": "1723278662.000100", "pinned_to": ["C1"]},
        {"user": "U1", "text": "clocked", "ts": "1723278663.000100", "reactions": reacted("stopwatch")},
        {"user": "U1", "text": "thumbed", "ts": "1723278664.000100", "reactions": reacted("thumbsup::skin-tone-4")},
    ]);
    let keys = |reactions: &[&str]| {
        let reactions = reactions.iter().map(|name| (*name).to_owned()).collect();
        let incident = of_choice(&messages, &Choice { reactions, ..Choice::default() });
        let keys = incident.timeline.iter().filter(|entry| entry.key);
        keys.map(|entry| entry.text.as_typed().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&[]), ["pinned", "clocked"]);
    assert_eq!(keys(&["eyes"]), ["plain", "pinned"]);
    assert_eq!(keys(&[":+1:"]), ["pinned", "thumbed"], "another name, another skin");
    assert_eq!(keys(&["👍", "⏱️"]), ["pinned", "clocked", "thumbed"]);
    assert_eq!(keys(&["\u{23f1}"]), ["pinned", "clocked"], "without what makes it a picture");
}

#[test]
fn pins_of_the_channel_count_as_those_of_the_message() {
    let mut files = InMemory::default();
    for (path, bytes) in fixture_files() {
        files = files.with(&path, bytes);
    }
    let mut export = Export::open(Box::new(files)).unwrap();
    let talk = talk(&mut export, "#Incidents", &Choice::default());
    let brought = plan(&talk, &Choice::default(), &Messages::default());
    assert_eq!((brought.new, brought.key), (8, 2));
    assert_eq!((brought.skipped.of(Why::Joined), brought.skipped.of(Why::NoTime)), (1, 1));
}

#[test]
fn what_is_no_message_is_counted_and_the_rest_comes_in() {
    let messages = json!([
        {"user": "U1", "text": "one", "ts": "1723278661.000100"},
        {"user": "U1", "text": "a number", "ts": 1_723_278_661.000_1},
        {"user": "U1", "text": "none", "ts": "9e99"},
        {"user": "U1", "text": "before", "ts": "-5.000100"},
        {"user": "U1", "text": "blank", "ts": ""},
        {"user": "U1", "text": "no stamp"},
        {"user": "U1", "text": "far", "ts": "99999999999.000100"},
        {"user": "U1", "text": "fine", "ts": "1723278661.0001000"},
        {"user": "U1", "text": " \u{200b} ", "ts": "1723278662.000100"},
        {"user": "U1", "ts": "1723278663.000100"},
        {"subtype": "channel_leave", "user": "U1", "text": "bye", "ts": "1723278664.000100"},
        {"subtype": "tombstone", "text": "This message was deleted.", "ts": "1723278665.000100"},
        {"type": "event", "text": "x", "ts": "1723278666.000100"},
        null, 7, "text", [],
        {"subtype": "channel_topic", "user": "U1", "text": "set the topic: SEV 1", "ts": "1723278667.000100"},
    ]);
    let brought = brought(&messages, &Choice::default());
    assert_eq!(texts(&incident(&messages)), ["one", "set the topic: SEV 1"]);
    let count = |why| brought.skipped.of(why);
    assert_eq!(count(Why::NoTime), 7);
    assert_eq!(count(Why::NoText), 2);
    assert_eq!((count(Why::Joined), count(Why::Deleted)), (1, 1));
    assert_eq!(count(Why::NotUnderstood), 5);
    assert_eq!(brought.skipped.count(), 16);
}

#[test]
fn only_what_was_said_in_the_time_that_was_asked_for_comes_in() {
    let messages = json!([
        {"user": "U1", "text": "root", "ts": "1723278661.000100", "thread_ts": "1723278661.000100"},
        {"user": "U1", "text": "reply", "ts": "1723278721.000100", "thread_ts": "1723278661.000100"},
        {"user": "U1", "text": "late", "ts": "1723278781.000100"},
    ]);
    let (from, to) = (utc("2024-08-10 08:32"), utc("2024-08-10 08:33"));
    let choice = Choice { from: Some(from), to: Some(to), ..Choice::default() };
    let brought = brought(&messages, &choice);
    assert_eq!((brought.new, brought.outside), (1, 2));
    assert_eq!(texts(&of_choice(&messages, &choice)), ["↳ root: reply"], "its root is known all the same");
}

#[test]
fn a_text_too_long_for_a_line_of_a_journal_is_kept_whole() {
    let long = "checkout ".repeat(30_000);
    let incident = incident(&json!([{"user": "U1", "text": long, "ts": "1723278661.000100"}]));
    assert_eq!(incident.timeline.len(), 1);
    let notes: String = incident.notes.iter().map(|note| note.text.as_typed()).collect();
    assert_eq!(notes.trim(), long.trim());
}

#[test]
fn a_message_longer_than_any_is_not_read() {
    let longest = "x".repeat(1 << 20);
    let messages = json!([
        {"user": "U1", "text": longest, "ts": "1723278661.000100"},
        {"user": "U1", "text": &longest[..1 << 19], "ts": "1723278662.000100"},
    ]);
    let brought = brought(&messages, &Choice::default());
    assert_eq!((brought.new, brought.skipped.of(Why::NotUnderstood)), (1, 1));
}

#[test]
fn an_export_may_lie_in_a_folder_of_its_own() {
    let mut files = InMemory::default().with("__MACOSX/._channels.json", "x");
    for (path, bytes) in fixture_files() {
        files = files.with(&format!("Shop export Aug 2024/{path}"), bytes);
    }
    let mut export = Export::open(Box::new(files)).unwrap();
    let names: Vec<&str> = export.channels().iter().map(|one| one.name.as_typed()).collect();
    assert_eq!(names, ["incidents", "random"]);
    let talk = talk(&mut export, "C0INC0001", &Choice::default());
    assert_eq!(plan(&talk, &Choice::default(), &Messages::default()).new, 8);
    let bare = InMemory::default().with("ops/2024-08-10.json", "[]");
    assert_eq!(
        Export::open(Box::new(bare)).unwrap().channels()[0].key().as_typed(),
        "ops",
        "nothing tells its id"
    );
}

#[test]
fn what_is_no_list_of_messages_is_refused_with_its_name() {
    let refused = |day: &[u8]| {
        let files = InMemory::default().with("ops/2024-08-10.json", day);
        let mut export = Export::open(Box::new(files)).unwrap();
        let channel = export.channels()[0].clone();
        export.talk(&channel, &Choice::default(), &"x".into()).unwrap_err().to_string()
    };
    let deep = "[".repeat(100_000);
    for day in [&b"{}"[..], b"", b"[1,", b"[] []", b"[\"\xff\"]", b"null", deep.as_bytes()] {
        assert!(
            refused(day).starts_with("ops/2024-08-10.json in it is not understood: "),
            "{}",
            refused(day)
        );
    }
    let no_chat = InMemory::default().with("notes.md", "x");
    assert!(matches!(Export::open(Box::new(no_chat)), Err(Refused::NoChat)));
}

#[test]
fn a_message_that_is_nested_too_deep_is_counted() {
    let deep = format!(
        "{{\"ts\":\"1723278661.000100\",\"text\":\"x\",\"blocks\":{}{}}}",
        "[".repeat(400),
        "]".repeat(400)
    );
    let day = format!("[{deep},{{\"ts\":\"1723278662.000100\",\"text\":\"y\"}}]");
    let files = InMemory::default().with("ops/2024-08-10.json", day);
    let talk = talk(&mut Export::open(Box::new(files)).unwrap(), "ops", &Choice::default());
    let brought = plan(&talk, &Choice::default(), &Messages::default());
    assert_eq!((brought.new, brought.skipped.of(Why::NotUnderstood)), (1, 1));
}
