//! A channel that is imported again: only what is new comes in, whatever became of the rest.

use proptest::prelude::*;
use serde_json::{Value, json};
use warroom::import::Recording;
use warroom::import::chat::{Brought, Choice, plan};
use warroom::log::messages::Messages;
use warroom::log::{Change, Fold, Hlc, Ledger, Stamped};
use warroom::model::{Incident, Writer};

use super::{export, talk, users};
use crate::scene::utc;

/// An incident into which exports come one after the other.
struct Room {
    ledger: Ledger,
    hlc: Hlc,
}

impl Room {
    fn new() -> Self {
        Self::of(3)
    }

    /// In the hands of another writer.
    fn of(writer: u64) -> Self {
        Self { ledger: Ledger::default(), hlc: Hlc::new(Writer::from_bits(writer)) }
    }

    fn import(&mut self, messages: &[Value]) -> Brought {
        let choice = Choice::default();
        let talk = talk(&mut export(&json!(messages), &users()), "ops", &choice);
        let brought = plan(&talk, &choice, &Messages::of(&self.ledger, &"C1".into()));
        let by = "alice".into();
        let now = utc("2024-09-01 00:00");
        let recording = Recording { id: "ops", document: &talk.document, by: &by, now };
        self.ledger.extend(recording.more(&brought.reading, &mut self.hlc));
        brought
    }

    fn commit(&mut self, change: Change) {
        let stamp = self.hlc.stamp(utc("2024-09-02 00:00"));
        self.ledger.insert(Stamped {
            stamp,
            by: "bob".into(),
            from: None,
            wall: None,
            over: None,
            after: None,
            body: change.into(),
        });
    }

    fn incident(&self) -> Incident {
        Fold::of(&self.ledger).into_incident()
    }

    /// All that is told of the entries, but for the stamps.
    fn told(&self) -> Vec<Value> {
        let entries = self.incident();
        let entries = entries.timeline.iter().map(|entry| {
            let mut told = serde_json::to_value(entry).unwrap();
            for stamp in ["id", "logged_at"] {
                told.as_object_mut().unwrap().remove(stamp);
            }
            told
        });
        entries.collect()
    }
}

fn message(second: u32, text: &str) -> Value {
    json!({"user": "U1", "text": text, "ts": format!("{}.000100", 1_723_278_600 + second)})
}

#[test]
fn what_became_of_a_message_here_is_no_reason_to_bring_it_again() {
    let mut room = Room::new();
    let all: Vec<Value> = (1..=5).map(|second| message(second, "down")).collect();
    room.import(&all);
    let ids: Vec<_> = room.incident().timeline.iter().map(|entry| entry.id).collect();
    room.commit(Change::EntryStruck { entry: ids[0] });
    room.commit(Change::EntryTextChanged { entry: ids[1], text: "up".into(), tags: vec![], people: vec![] });
    room.commit(Change::Undone { change: ids[2] });
    let gone = warroom::log::purge::goes_with(&room.ledger, ids[3]);
    for tombstone in warroom::log::purge::tombstones(ids[3], &gone) {
        room.commit(tombstone);
    }
    let before = room.told();
    let again = room.import(&all);
    assert_eq!((again.new, again.there, again.changes()), (0, 5, false));
    assert_eq!(room.told(), before);
    assert_eq!(before.len(), 3);
}

#[test]
fn an_import_that_is_taken_back_as_a_whole_can_come_again_and_nothing_doubles() {
    let mut room = Room::new();
    let all: Vec<Value> = (1..=4).map(|second| message(second, "down")).collect();
    room.import(&all[..1]);
    let mut marked = all.clone();
    marked[2]["pinned_to"] = json!(["C1"]);
    room.import(&marked);
    let ids: Vec<_> = room.incident().timeline.iter().map(|entry| entry.id).collect();
    room.commit(Change::Undone { change: ids[1] });
    let with_all = room.told();
    let imports = room.ledger.records().iter().filter(|r| matches!(r.change(), Some(Change::Imported(_))));
    let second = imports.map(|record| record.stamp).next_back().unwrap();
    room.commit(Change::Undone { change: second });
    assert_eq!(room.told(), with_all[..1], "what the first one brought stays");
    room.commit(Change::Redone { change: second });
    assert_eq!(room.told(), with_all);
    room.commit(Change::Undone { change: second });
    let again = room.import(&marked);
    assert_eq!((again.new, again.back, again.there), (0, 2, 2), "what a person took back by itself stays so");
    assert_eq!(room.told(), with_all);
    room.commit(Change::Redone { change: second });
    assert_eq!(room.told(), with_all);
}

#[test]
fn a_tombstone_tells_the_message_and_no_word_of_it() {
    let mut room = Room::new();
    room.import(&[message(1, "hunter2")]);
    let id = room.incident().timeline.iter().next().unwrap().id;
    let gone = warroom::log::purge::goes_with(&room.ledger, id);
    let [tombstone] = &warroom::log::purge::tombstones(id, &gone)[..] else { panic!("one") };
    let written = serde_json::to_string(tombstone).unwrap();
    assert!(written.contains("1723278601.000100") && !written.contains("hunter2"), "{written}");
}

#[test]
fn the_first_words_of_what_was_purged_come_with_no_later_reply() {
    let mut room = Room::new();
    let mut reply = message(2, "oh");
    reply["thread_ts"] = json!("1723278601.000100");
    room.import(&[message(1, "hunter2")]);
    let id = room.incident().timeline.iter().next().unwrap().id;
    for tombstone in warroom::log::purge::tombstones(id, &warroom::log::purge::goes_with(&room.ledger, id)) {
        room.commit(tombstone);
    }
    room.import(&[message(1, "hunter2"), reply]);
    let texts: Vec<Value> = room.told().iter().map(|entry| entry["text"].clone()).collect();
    assert_eq!(texts, ["↳ 08:30 UTC: oh"]);
}

#[test]
fn what_was_marked_since_becomes_a_key_entry_once() {
    let mut room = Room::new();
    room.import(&[message(1, "down"), message(2, "up")]);
    let mut marked = [message(1, "down"), message(2, "up")];
    marked[0]["pinned_to"] = json!(["C1"]);
    let later = room.import(&marked);
    assert_eq!((later.new, later.there, later.marked), (0, 2, 1));
    let first = room.incident().timeline.iter().next().unwrap().clone();
    assert!(first.key);
    room.commit(Change::EntryUnstarred { entry: first.id });
    assert_eq!(room.import(&marked).marked, 0, "a person has said that it is none");
    assert!(!room.incident().timeline.iter().next().unwrap().key);
}

#[test]
fn what_was_edited_in_the_chat_since_stays_and_is_counted() {
    let mut room = Room::new();
    let mut one = message(1, "down");
    one["edited"] = json!({"user": "U1", "ts": "1723278700.000000"});
    room.import(&[one.clone(), message(2, "up")]);
    assert_eq!(room.import(&[one.clone(), message(2, "up")]).edited, 0);
    let mut without = one.clone();
    without.as_object_mut().unwrap().remove("edited");
    assert_eq!(room.import(&[without]).edited, 0, "this export does not tell");
    one["edited"]["ts"] = json!("1723278800.000000");
    one["text"] = json!("never mind");
    let later = room.import(&[one, message(2, "up")]);
    assert_eq!((later.edited, later.new), (1, 0));
    assert_eq!(room.told()[0]["text"], "down");
}

#[test]
fn what_two_import_at_the_same_time_stands_once_and_goes_as_a_whole() {
    let (mut one, mut other) = (Room::of(3), Room::of(4));
    let all = [message(1, "down"), message(2, "up")];
    one.import(&all[..1]);
    other.import(&all);
    let records: Vec<_> = [&one, &other].iter().flat_map(|room| room.ledger.records().to_vec()).collect();
    let mut both = Room::of(5);
    both.ledger.extend(records.iter().rev().cloned());
    assert_eq!(both.told(), other.told());
    let mut fold = Fold::default();
    fold.take(&mut Ledger::default(), records);
    assert_eq!(fold.incident().timeline.len(), 2, "in whatever order they are heard of");
    let id = both.incident().timeline.iter().next().unwrap().id;
    let gone = warroom::log::purge::goes_with(&both.ledger, id);
    assert_eq!(gone.len(), 2, "its words stand in two records");
    for tombstone in warroom::log::purge::tombstones(id, &gone) {
        both.commit(tombstone);
    }
    assert_eq!(both.told(), other.told()[1..]);
}

#[test]
fn the_same_time_stamp_in_another_channel_is_another_message() {
    let mut room = Room::new();
    room.import(&[message(1, "down")]);
    assert_eq!(Messages::of(&room.ledger, &"C2".into()), Messages::default());
    assert!(Messages::of(&room.ledger, &"C1".into()).get("1723278601.000100").is_some());
}

/// A day: messages in the order of time, some of them replies to earlier ones, some marked.
fn day() -> impl Strategy<Value = Vec<Value>> {
    let one = ("[a-z]{1,9}( [a-z#@<>&:]{1,9}){0,9}", any::<Option<prop::sample::Index>>(), any::<bool>());
    prop::collection::vec(one, 1..24).prop_map(|said| {
        let mut day: Vec<Value> = Vec::new();
        for (second, (text, answers, is_pinned)) in (1..).zip(said) {
            let mut one = message(second, &text);
            if let Some(root) = answers.filter(|_| !day.is_empty()).map(|at| at.get(&day).clone()) {
                one["thread_ts"] = root.get("thread_ts").unwrap_or(&root["ts"]).clone();
            }
            if is_pinned {
                one["pinned_to"] = json!(["C1"]);
            }
            day.push(one);
        }
        day
    })
}

/// Without what a reply says of its root, which may be unknown yet where it comes in first.
fn without_roots(mut told: Vec<Value>) -> Vec<Value> {
    for one in &mut told {
        let thread = !one["source"]["message"]["thread"].is_null();
        let text = one["text"].as_str().unwrap();
        one["text"] = json!(if thread { text.rsplit(": ").next().unwrap() } else { text });
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_in_two_exports_is_the_day_in_one(
        day in day(), cut in any::<prop::sample::Index>(), back in 0_usize..4, shares in prop::collection::vec(0_u8..3, 24),
    ) {
        let mut whole = Room::new();
        whole.import(&day);

        // Cut at a time, the second reaching back over the cut.
        let (mut cut_at, at) = (Room::new(), cut.index(day.len() + 1));
        cut_at.import(&day[..at]);
        cut_at.import(&day[at.saturating_sub(back)..]);
        prop_assert_eq!(cut_at.told(), whole.told());

        // Dealt out to both in any way, also twice, and in the other order.
        let dealt = |to: u8| -> Vec<Value> {
            day.iter().zip(&shares).filter(|(_, share)| **share == 2 || **share == to).map(|(one, _)| one.clone()).collect()
        };
        for order in [[0, 1], [1, 0]] {
            let mut parts = Room::new();
            for to in order {
                drop(parts.import(&dealt(to)));
            }
            prop_assert_eq!(without_roots(parts.told()), without_roots(whole.told()));
        }
    }
}
