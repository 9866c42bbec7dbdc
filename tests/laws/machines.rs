//! What machines told: each alert is one entry, whoever heard of it first, in whichever order, however often.

use chrono::Duration;
use proptest::prelude::*;
use warroom::log::{Change, Fold, Ledger};
use warroom::model::{Alert, Ending, EntryKind, Face, Incident, Instant, Machine};

use super::histories::{reported, started};
use crate::scene::{Scene, utc};

fn alert(incident: &Incident) -> &Alert {
    let mut alerts = incident.timeline.iter().filter(|entry| entry.kind == EntryKind::Alert);
    let entry = alerts.next().unwrap();
    assert!(alerts.next().is_none(), "one entry for one alert");
    match entry.machine.as_deref() {
        Some(Machine::Alert(alert)) => alert,
        other => panic!("{other:?}"),
    }
}

fn at(minute: i64) -> Instant {
    utc("2024-08-10 12:00") + Duration::minutes(minute)
}

fn ending(minute: i64) -> Ending {
    Ending { at: at(minute), how: None }
}

fn state(incident: &Incident) -> String {
    let entry = incident.timeline.iter().find(|entry| entry.machine.is_some()).unwrap();
    entry.machine.as_ref().unwrap().state(&Face::of(incident)).as_typed().to_owned()
}

#[test]
fn an_alert_says_how_often_it_fired_and_how_it_stands() {
    let mut scene = Scene::new("UTC");
    scene.commit(reported("disk", at(0), None));
    assert_eq!(state(&scene.incident()), "firing");
    scene.commit(reported("disk", at(0), Some(ending(5))));
    assert_eq!(state(&scene.incident()), "resolved 12:05");
    scene.commit(reported("disk", at(10), None));
    assert_eq!(state(&scene.incident()), "fired 2 times, last 12:10 · firing");
    scene.commit(reported("disk", at(10), Some(ending(12))));
    assert_eq!(state(&scene.incident()), "fired 2 times, last 12:10 · resolved 12:12");
    assert!(!alert(&scene.incident()).is_firing());
}

#[test]
fn a_star_on_either_of_two_first_reports_is_a_star_on_the_one_entry() {
    let mut scene = Scene::new("UTC");
    let first = scene.commit(reported("disk", at(0), None));
    let second = scene.commit(reported("disk", at(3), None));
    scene.commit(Change::EntryStarred { entry: second });
    let incident = scene.incident();
    let entry = incident.entry(first).unwrap();
    assert!(entry.key && incident.entry(second).is_none());
    assert_eq!(alert(&incident).fired.len(), 2);
}

#[test]
fn an_alert_stands_where_it_fired_first_until_a_person_says_otherwise() {
    let mut scene = Scene::new("UTC");
    let id = scene.commit(reported("disk", at(10), None));
    scene.commit(reported("disk", at(2), Some(ending(3))));
    assert_eq!(scene.incident().entry(id).unwrap().at.instant(), Some(at(2)));
    scene.say(&format!("/when {id} 12:07"));
    scene.commit(reported("disk", at(1), None));
    let incident = scene.incident();
    assert_eq!(incident.entry(id).unwrap().at.instant(), Some(at(7)));
    assert_eq!(
        alert(&incident).fired.iter().map(|firing| firing.at).collect::<Vec<_>>(),
        [at(1), at(2), at(10)]
    );
}

#[test]
fn how_a_command_ended_stands_behind_it() {
    let mut scene = Scene::new("UTC");
    let command = scene.commit(started("systemctl restart db", "db-1:/srv"));
    assert_eq!(state(&scene.incident()), "running");
    let exit = |status| warroom::model::Exit {
        at: scene.now + Duration::milliseconds(3_400),
        status,
        why: None,
        output: None,
    };
    let (failed, odd) = (exit(Some(1)), exit(None));
    scene.commit(Change::CommandEnded { command, ended: Box::new(failed) });
    assert_eq!(state(&scene.incident()), "exit 1 after 3.4 s");
    let killed = warroom::model::Exit { why: Some("SIGKILL".into()), ..odd };
    scene.commit(Change::CommandEnded { command, ended: Box::new(killed) });
    assert_eq!(state(&scene.incident()), "SIGKILL after 3.4 s");
}

#[test]
fn undo_takes_back_what_was_typed_not_what_a_machine_told() {
    let mut scene = Scene::new("UTC");
    let typed = scene.say("rolled back");
    scene.commit(started("systemctl restart db", "db-1:/srv"));
    scene.commit(reported("disk", at(0), None));
    scene.say("/undo");
    let incident = scene.incident();
    assert!(incident.entry(typed).is_none());
    assert_eq!(incident.timeline.len(), 2);
}

proptest! {
    /// The same reports in another order, some of them again: the same times, each ended where any report says so.
    #[test]
    fn the_order_of_reports_and_their_repetition_do_not_matter(
        told in prop::collection::vec((0i64..6, prop::option::of(Just(()))), 1..20),
        order in any::<u64>(),
    ) {
        let reports: Vec<Change> =
            told.iter().map(|(minute, ends)| reported("disk", at(*minute), ends.map(|()| ending(minute + 1)))).collect();
        let of = |reports: &[Change]| {
            let mut scene = Scene::new("UTC");
            for report in reports {
                scene.commit(report.clone());
            }
            let incident = scene.incident();
            (alert(&incident).fired.clone(), incident.timeline[0].at)
        };
        let mut other = reports.clone();
        let (by, len) = (usize::try_from(order % 20).unwrap() % reports.len(), reports.len());
        other.rotate_left(by);
        other.extend_from_slice(&reports[..len.min(3)]);
        other.reverse();
        prop_assert_eq!(of(&reports), of(&other));
    }
}

#[test]
fn two_replicas_that_heard_of_an_alert_apart_have_one_entry_of_it() {
    let (mut here, mut there) = (Scene::written_by(1), Scene::written_by(2));
    here.commit(reported("disk", at(0), None));
    there.commit(reported("disk", at(0), Some(ending(4))));
    let mut both = Ledger::default();
    both.extend(there.ledger.records().to_vec());
    both.extend(here.ledger.records().to_vec());
    let fold = Fold::of(&both);
    assert_eq!(alert(fold.incident()).fired.len(), 1);
    assert!(!alert(fold.incident()).is_firing());
    assert!(fold.alert(&"alertmanager".into(), &"disk".into()).is_some());
}

#[test]
fn of_a_message_there_is_nothing_to_say_but_its_words() {
    let mut scene = Scene::new("UTC");
    scene.commit(reported("done", at(0), Some(Ending { at: at(0), how: Some("".into()) })));
    let incident = scene.incident();
    assert_eq!(state(&incident), "");
    assert_eq!(incident.timeline[0].with_state(&Face::of(&incident)).as_typed(), "done fires");
}
