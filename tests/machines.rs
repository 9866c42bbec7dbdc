//! What machines told, in the room and in the report: it stands in one dimmed row between what people said, until somebody
//! opens it, and the report takes only what is starred of it.

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::KeyCode;
use warroom::export::markdown;
use warroom::export::outline::{Outline, with_machines};
use warroom::log::{Change, Reported};
use warroom::model::{Ending, EntryKind, Exit, Incident, MilestoneKind, Moment};
use warroom::session::{self, Session};

use crate::stage::{self, Stage};

/// The instant at which the clock of a stage begins, and so many minutes later.
fn at(minutes: i64) -> DateTime<Utc> {
    let begin = DateTime::parse_from_rfc3339("2025-03-04T09:30:00Z").unwrap().to_utc();
    begin + TimeDelta::minutes(minutes)
}

fn reported(key: &str, minute: i64, ended: Option<i64>) -> Reported {
    Reported {
        source: "alertmanager".into(),
        key: key.into(),
        text: format!("{key} is above its limit").into(),
        tags: vec!["alert".into()],
        url: None,
        details: None,
        when: Moment::stamped(at(minute)),
        ended: ended.map(|minute| Ending { at: at(minute), how: None }),
    }
}

/// A command that ran for two seconds.
fn command(text: &str, minute: i64, status: u8) -> Change {
    let ended = Exit {
        at: at(minute) + TimeDelta::seconds(2),
        status: Some(status),
        why: None,
        output: Some("first line\nlast line".into()),
    };
    Change::CommandStarted {
        text: text.into(),
        tags: vec![],
        place: "db-1:/srv".into(),
        when: Some(Moment::stamped(at(minute)).into()),
        ended: Some(ended.into()),
    }
}

/// Another process on this host, which listens to alert senders.
fn listener(stage: &Stage) -> Session {
    stage::session(stage.house.path(), Some(&stage.folder), &stage.clock)
}

/// The incident as it is on disk.
fn incident(stage: &Stage) -> Incident {
    session::peek(&stage.folder, None).unwrap().incident
}

fn flush(session: &mut Session) {
    session.flush(|_| {}).unwrap();
}

/// A room in which people and machines have told something.
fn a_night(columns: u16, rows: u16) -> (Stage, Session) {
    let mut stage = Stage::new(columns, rows);
    stage.clock.go_on(20 * 60);
    stage.logs("09:31 customers cannot log in").logs("09:45 rolled back");
    stage.until("saved 2");
    let mut other = listener(&stage);
    let reports = vec![
        reported("cpu", 2, Some(6)),
        reported("disk", 3, None),
        reported("latency", 4, Some(9)),
        reported("pool", 17, None),
    ];
    assert_eq!(other.report(reports).unwrap(), 4);
    other.commit(command("systemctl restart db", 5, 1)).unwrap();
    flush(&mut other);
    stage.until("pool is above");
    (stage, other)
}

#[test]
fn what_machines_told_stands_in_one_row_between_what_people_said() {
    let (mut stage, _other) = a_night(120, 40);
    let shown = stage.draw();
    assert!(shown.contains("▸ 3 alerts (1 firing), 1 command (1 failed) until 09:35 · last"), "{shown}");
    assert!(shown.contains("▲ pool is above its limit  firing"), "one alone is no fold: {shown}");
    assert!(!shown.contains("▲ cpu is above"), "{shown}");
    insta::assert_snapshot!("machines 120x40", stage.styled());
}

#[test]
fn the_same_at_80x24_and_50x20() {
    for (columns, rows) in [(80, 24), (50, 20)] {
        let (mut stage, _other) = a_night(columns, rows);
        insta::assert_snapshot!(format!("machines {columns}x{rows}"), stage.draw());
    }
}

#[test]
fn enter_opens_a_row_and_z_folds_it_again() {
    let (mut stage, _other) = a_night(120, 40);
    stage.key(KeyCode::Tab).key(KeyCode::Char('g')).key(KeyCode::Down).key(KeyCode::Enter);
    let opened = stage.draw();
    assert!(
        !opened.contains("▸ 3 alerts") && opened.contains("cpu is above its limit  resolved 09:36"),
        "{opened}"
    );
    assert!(opened.contains("systemctl restart db  exit 1 after 2.0 s"), "{opened}");
    // The row that was chosen is the first of those it stood for, and Enter shows that now.
    stage.key(KeyCode::Down).key(KeyCode::Down).key(KeyCode::Down).key(KeyCode::Enter);
    let details = stage.draw();
    assert!(details.contains("db-1:/srv") && details.contains("last line"), "{details}");
    stage.key(KeyCode::Esc).key(KeyCode::Char('z'));
    let folded = stage.draw();
    assert!(folded.contains("▸ 3 alerts") && !folded.contains("cpu is above"), "{folded}");
    stage.key(KeyCode::Char('z'));
    assert!(stage.draw().contains("cpu is above"));
}

#[test]
fn no_key_changes_what_is_folded_out_of_sight() {
    let (mut stage, _other) = a_night(120, 40);
    stage.key(KeyCode::Tab).key(KeyCode::Char('g')).key(KeyCode::Down);
    assert!(stage.draw().contains("keys: Enter show what is folded here · Esc prompt"), "{}", stage.draw());
    stage.key(KeyCode::Char('-'));
    let shown = stage.draw();
    assert!(shown.contains("4 entries are folded here: Enter shows them"), "{shown}");
    assert!(!shown.contains("/strike"), "{shown}");
}

#[test]
fn as_more_comes_a_row_stays_the_one_that_was_chosen() {
    let (mut stage, mut other) = a_night(120, 40);
    stage.key(KeyCode::Tab).key(KeyCode::Char('G'));
    assert!(stage.draw().contains("pool is above"));
    other.report(vec![reported("queue", 18, None), reported("cpu", 19, None)]).unwrap();
    flush(&mut other);
    let shown = stage.until("▸ 2 alerts (2 firing)");
    assert!(shown.contains("▸ 3 alerts (2 firing)") && !shown.contains("pool is above"), "{shown}");
    stage.key(KeyCode::Enter);
    let opened = stage.draw();
    assert!(opened.contains("pool is above") && opened.contains("queue is above"), "{opened}");
}

#[test]
fn what_is_searched_for_is_shown_unfolded() {
    let (mut stage, _other) = a_night(120, 40);
    stage.types("/find is above");
    let shown = stage.draw();
    assert!(shown.contains("cpu is above") && shown.contains("disk is above"), "{shown}");
}

#[test]
fn a_starred_alert_is_a_row_of_its_own_and_the_only_one_in_the_report() {
    let (mut stage, _other) = a_night(120, 40);
    let known = incident(&stage);
    let disk = known.timeline.iter().find(|entry| entry.text.as_typed().starts_with("disk")).unwrap().id;
    stage.logs(&format!("/star {disk}"));
    let shown = stage.until("saved 3");
    assert!(shown.contains("★ disk is above its limit"), "{shown}");
    let report = markdown::render(&Outline::of(&incident(&stage)));
    assert!(report.contains("disk is above its limit (firing)"), "{report}");
    for left_out in ["cpu is above", "systemctl", "pool is above"] {
        assert!(!report.contains(left_out), "{left_out}: {report}");
    }
    let report = markdown::render(&Outline::of(&with_machines(&incident(&stage))));
    for told in ["cpu is above its limit (resolved 09:36)", "systemctl restart db (exit 1 after 2.0 s)"] {
        assert!(report.contains(told), "{told}: {report}");
    }
}

#[test]
fn a_storm_of_one_alert_stays_one_row() {
    let mut stage = Stage::new(120, 40);
    let mut other = listener(&stage);
    for minute in 0..132 {
        other.report(vec![reported("disk", minute, Some(minute)), reported("disk", minute, None)]).unwrap();
    }
    flush(&mut other);
    let shown = stage.until("fired 132 times, last 11:41 · resolved");
    assert_eq!(shown.matches("disk is above").count(), 2, "in the row, and in the question: {shown}");
    assert_eq!(incident(&stage).timeline.len(), 1);
}

#[test]
fn it_is_asked_whether_the_first_alert_is_how_it_was_detected() {
    let (mut stage, _other) = a_night(120, 40);
    let shown = stage.draw();
    assert!(
        shown.contains("the first alert fired at 09:32: cpu is above its limit · detected by it?"),
        "{shown}"
    );
    let detected = |stage: &Stage| incident(stage).milestones.get(MilestoneKind::Detected).is_some();
    assert!(!detected(&stage), "it is asked, not assumed");
    stage.types("/detected").key(KeyCode::Tab);
    let offered = stage.draw();
    assert!(offered.contains("09:32 Z cpu is above its limit"), "{offered}");
    stage.key(KeyCode::Enter);
    stage.until("saved 3");
    assert!(detected(&stage));
}

#[test]
fn a_deployment_and_a_message_are_events_and_detect_nothing() {
    let mut stage = Stage::new(120, 40);
    let mut other = listener(&stage);
    let deployment = Reported { source: "github".into(), ..reported("deploy", 1, None) };
    let mut message = Reported { source: "webhook".into(), ..reported("failover", 2, Some(2)) };
    message.ended.as_mut().unwrap().how = Some("".into());
    other.report(vec![deployment, message]).unwrap();
    flush(&mut other);
    let shown = stage.until("▸ 2 events until 09:32 · last: failover is above its limit");
    assert!(!shown.contains("detected by it?"), "{shown}");
}

#[test]
fn a_report_that_says_nothing_new_is_not_stored_again() {
    let stage = Stage::new(80, 24);
    let mut other = listener(&stage);
    assert_eq!(other.report(vec![reported("disk", 1, None), reported("disk", 1, None)]).unwrap(), 1);
    assert_eq!(other.report(vec![reported("disk", 1, Some(3))]).unwrap(), 1);
    // It comes again, and late: the alert has ended.
    assert_eq!(other.report(vec![reported("disk", 1, None), reported("disk", 1, Some(3))]).unwrap(), 0);
    let entry = &other.incident().timeline[0];
    assert_eq!(entry.kind, EntryKind::Alert);
    assert_eq!(entry.by.as_typed(), "alertmanager");
}
