//! Snapshots: what they hold, what damage does to them (nothing), and what comes back from them.

use std::fs;
use std::path::Path;

use warroom::log::{About, Body, Change, Fact, Record, Restored, Stamped, undo};
use warroom::model::{Incident, Moment, Subject};
use warroom::store::snapshot::{self, Seen};
use warroom::store::{self, JOURNAL, SNAPSHOT, Snapshot, lost};

use super::{entry, fold, folder_with, journal_of, ledger, record, records, with_snapshot};

fn about(subject: &str) -> About {
    About { subject: Subject::new(subject), text: Some("it was deployed".into()), when: None }
}

fn task(text: &str) -> Change {
    let kind = warroom::model::ActionKind::Task;
    Change::ActionAdded {
        kind,
        text: text.into(),
        owner: None,
        due: None,
        priority: None,
        class: None,
        link: None,
    }
}

/// An incident with something of everything.
fn rich() -> Vec<Record> {
    let mut all = records(3);
    all.push(record(1, 4, Change::HypothesisRaised(about("database"))));
    all.push(record(1, 5, task("audit the config")));
    all.push(record(1, 6, Change::FactSet { fact: Fact::Summary, text: "it \u{9b}broke".into() }));
    all.push(record(1, 7, Change::HypothesisRuledOut(about("database"))));
    all.push(entry(1, 8));
    all
}

fn snapshot_of(records: &[Record]) -> Snapshot {
    let (_root, folder) = folder_with(&journal_of(records));
    with_snapshot(&folder, records);
    let loaded = store::read(&folder).unwrap();
    assert!(loaded.snapshot_fits && loaded.findings.snapshot_ignored.is_none());
    snapshot_in(&folder)
}

fn snapshot_in(folder: &Path) -> Snapshot {
    snapshot::parse(&fs::read(folder.join(SNAPSHOT)).unwrap()).unwrap()
}

/// Bad-inputs 45: an incident is opened without reading its story a second time, unless the journal may lack some of it.
#[test]
fn the_story_of_a_snapshot_is_read_only_where_the_journal_may_lack_some_of_it() {
    let all = rich();
    let (_root, folder) = folder_with(&journal_of(&all));
    with_snapshot(&folder, &all);
    let read = || store::read(&folder).unwrap();
    let told = read().snapshot.unwrap();
    assert_eq!((told.incident, told.seen), (None, snapshot_in(&folder).seen));
    let (whole, saved) = (journal_of(&all), Some(fold(&all)));
    // Grown since: all that the snapshot has seen is there still.
    fs::write(folder.join(JOURNAL), [&whole[..], &journal_of(&[entry(1, 9)])].concat()).unwrap();
    assert_eq!(read().snapshot.unwrap().incident, None);
    // One flipped bit at any place, a line less, another journal: it may be needed.
    for at in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(folder.join(JOURNAL), flipped).unwrap();
        assert_eq!(read().snapshot.unwrap().incident, saved, "byte {at}");
    }
    for less in [&all[1..], &all[..all.len() - 1]] {
        fs::write(folder.join(JOURNAL), journal_of(less)).unwrap();
        assert_eq!(read().snapshot.unwrap().incident, saved);
    }
}

/// What is lost, as the hall would append it.
fn stamped(changes: Vec<Change>) -> Vec<Record> {
    (1..)
        .zip(changes)
        .map(|(n, change)| Stamped { by: "bob".into(), ..Stamped::clone(&record(9, 100 + n, change)) }.into())
        .collect()
}

/// Restores what `has` lacks of the snapshot, and checks that it is restored once.
fn restored(snapshot: &Snapshot, has: &[Record]) -> Incident {
    let changes = lost(snapshot, &ledger(has), &fold(has));
    let all = [has, &stamped(changes)].concat();
    let then = fold(&all);
    assert_eq!(lost(snapshot, &ledger(&all), &then), [], "restored twice");
    then
}

fn without_journal(incident: &Incident) -> Incident {
    Incident { journal: warroom::model::JournalSummary::default(), ..incident.clone() }
}

#[test]
fn the_file_is_the_incident_with_what_it_has_seen_and_its_checksum_last() {
    let all = rich();
    let (_root, folder) = folder_with(&journal_of(&all));
    with_snapshot(&folder, &all);
    let text = fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::from_str::<Incident>(&text).unwrap(), fold(&all));
    assert_eq!(json["journal"]["length"], journal_of(&all).len());
    assert_eq!(json["journal"]["records"], 8);
    assert_eq!(json["journal"]["writers"], serde_json::json!({super::stamp(1, 1).writer.to_string(): 8}));
    let (open, crc) = text.rsplit_once(",\n  \"crc\": \"").unwrap();
    assert_eq!(crc, format!("{:08x}\"\n}}\n", crc32c::crc32c(open.as_bytes())));
    assert!(text.contains("\n    \"length\": "), "not as pretty as the rest:\n{text}");
    assert_eq!(snapshot::parse(text.as_bytes()).unwrap().incident, Some(fold(&all)));
}

#[test]
fn a_snapshot_stands_only_for_the_beginning_of_the_journal_it_has_seen() {
    let all = records(5);
    let snapshot = snapshot_of(&all);
    let journal = journal_of(&all);
    assert!(snapshot.fits(&journal));
    assert!(snapshot.fits(&[&journal[..], &journal_of(&[entry(1, 6)])].concat()));
    let mut flipped = journal.clone();
    flipped[journal.len() - 40] ^= 1;
    let other = journal_of(&[&all[..4], &[entry(2, 5)]].concat());
    for (why, journal) in
        [("shorter", &journal[..journal.len() - 1]), ("flipped", &flipped), ("other", &other)]
    {
        assert!(!snapshot.fits(journal), "{why}");
    }
    let beyond = Seen { length: u64::MAX, ..snapshot.seen.clone() };
    assert!(!Snapshot { seen: beyond, ..snapshot }.fits(&journal));
}

#[test]
fn a_snapshot_of_another_incident_invents_nothing_hides_nothing_and_is_kept() {
    let mine = rich();
    let mut theirs: Vec<_> = (1..9).map(|n| entry(5, n)).collect();
    let (id, title) = ("2024-09-01-payments".into(), "Payments are slow".into());
    let (zone, clock) = (warroom::model::Zone::default(), warroom::model::Clock::H24);
    let founded = Change::IncidentCreated { id, title, zone, severity: None, clock };
    theirs.insert(0, record(5, 0, founded));
    let other = snapshot_of(&theirs);
    for has in [&mine[..], &mine[..1]] {
        assert_eq!(lost(&other, &ledger(has), &fold(has)), []);
    }
    let (_root, folder) = folder_with(&journal_of(&mine));
    let text = snapshot::text(other.incident.as_ref().unwrap(), &other.seen).unwrap();
    fs::write(folder.join(SNAPSHOT), &text).unwrap();
    let loaded = store::read(&folder).unwrap();
    assert_eq!((loaded.records, loaded.snapshot_fits), (mine.clone(), false));
    let shown = warroom::session::peek(&folder, None).unwrap();
    assert_eq!(shown.incident, fold(&mine));
    assert!(
        shown.notices.len() == 1 && shown.notices[0].contains("another incident's"),
        "{:?}",
        shown.notices
    );
    for turn in ["", "-2"] {
        fs::write(folder.join(SNAPSHOT), &text).unwrap();
        with_snapshot(&folder, &mine);
        let aside = folder.join(format!("{SNAPSHOT}.other{turn}"));
        assert_eq!(fs::read_to_string(aside).unwrap(), text);
        assert_eq!(snapshot_in(&folder).incident, Some(fold(&mine)));
    }
}

#[test]
fn a_sound_checksum_around_something_else_is_ignored() {
    let seal = |open: &str| format!("{open},\n  \"crc\": \"{:08x}\"\n}}\n", crc32c::crc32c(open.as_bytes()));
    let deep = format!("{{\n  \"a\": {}{}", "[".repeat(5000), "]".repeat(5000));
    for open in ["{\n  \"schema\": 1", "{\n  \"journal\": {}", "", deep.as_str()] {
        assert!(snapshot::parse(seal(open).as_bytes()).is_err());
    }
    let text = snapshot::text(&fold(&records(2)), &Seen::default()).unwrap();
    assert!(snapshot::parse(text.as_bytes()).is_ok());
}

/// It is written in pieces: none of them may end within a character, nor within what has to be written in another way.
#[test]
fn a_long_one_is_the_same_as_if_it_were_written_at_once() {
    let mut all = records(2);
    for n in 0..400 {
        let text = format!("{}{}", "x".repeat(n % 7), "\u{200b}é\u{1f525}\u{9b}".repeat(400));
        all.push(record(1, 3 + n as u64, Change::FactSet { fact: Fact::Impact, text: "none".into() }));
        all.push(record(2, 3 + n as u64, Change::NoteAdded { heading: "log".into(), text: text.into() }));
    }
    let incident = fold(&all);
    let seen = Seen { length: 7, last: incident.journal.last, ..Seen::default() };
    let text = snapshot::text(&incident, &seen).unwrap();
    assert!(text.len() > 4 * 256 * 1024);
    let at_once = warroom::text::json::printable(serde_json::to_string_pretty(&incident).unwrap());
    let (head, _) = at_once.rsplit_once("\n  }\n}").unwrap();
    assert!(text.starts_with(head));
    let read = snapshot::parse(text.as_bytes()).unwrap();
    assert!(read == Snapshot { incident: Some(incident), seen }, "it is read as it was written");
}

#[test]
fn nothing_is_lost_where_the_journal_has_all_or_more() {
    let all = rich();
    let snapshot = snapshot_of(&all[..6]);
    for has in [&all[..6], &all] {
        assert_eq!(lost(&snapshot, &ledger(has), &fold(has)), []);
    }
}

#[test]
fn a_journal_cut_anywhere_gets_back_what_the_snapshot_has() {
    let all = rich();
    let snapshot = snapshot_of(&all);
    for cut in 0..all.len() {
        let mut then = restored(&snapshot, &all[..cut]);
        then.hypotheses.sort_by_key(|h| h.id);
        assert_eq!(without_journal(&then), without_journal(&fold(&all)), "cut after {cut}");
    }
}

#[test]
fn any_record_lost_in_the_middle_is_made_up_for() {
    let all = rich();
    let snapshot = snapshot_of(&all);
    for gone in 0..all.len() {
        let has = [&all[..gone], &all[gone + 1..]].concat();
        let mut then = restored(&snapshot, &has);
        // A hypothesis whose first record is lost has another id in the fold, which its entries then name.
        for (entry, before) in then.timeline.iter_mut().zip(&fold(&all).timeline) {
            entry.hypothesis.clone_from(&before.hypothesis);
        }
        assert_eq!(without_journal(&then), without_journal(&fold(&all)), "without {gone}");
    }
}

#[test]
fn what_came_after_the_snapshot_is_not_undone_by_it() {
    let mut all = rich();
    let snapshot = snapshot_of(&all);
    all.push(record(2, 20, Change::FactSet { fact: Fact::Summary, text: "better words".into() }));
    all.push(record(2, 21, Change::HypothesisReopened(about("database"))));
    // The founding record and an entry are lost from a journal that went on.
    let has = [&all[1..2], &all[3..]].concat();
    let then = restored(&snapshot, &has);
    assert_eq!(then.summary, Some("better words".into()));
    assert_eq!((then.id.as_typed(), then.title.as_typed()), ("2024-08-10-checkout", "Checkout is down"));
    assert_eq!(then.hypotheses[0].status, warroom::model::HypothesisStatus::Open);
    assert_eq!(then.timeline.len(), fold(&all).timeline.len());
}

#[test]
fn what_was_taken_back_stays_away() {
    let all = rich();
    let snapshot = snapshot_of(&all);
    let back = |n, of: usize| record(2, n, Change::Undone { change: all[of].stamp });
    // Taken back, and then the record itself was lost too.
    let has = [&all[..2], &all[3..], &[back(20, 2), back(21, 4)]].concat();
    assert_eq!(undo::undone(&ledger(&has)).len(), 2);
    assert_eq!(lost(&snapshot, &ledger(&has), &fold(&has)), []);
}

#[test]
fn a_missing_journal_is_all_restored_with_ids_times_and_authors() {
    let all = rich();
    let (_root, folder) = folder_with(&journal_of(&all));
    with_snapshot(&folder, &all);
    fs::remove_file(folder.join(JOURNAL)).unwrap();
    let loaded = store::read(&folder).unwrap();
    assert!(loaded.findings.journal_missing && loaded.records.is_empty());
    let snapshot = loaded.snapshot.clone().unwrap();
    let changes = lost(&snapshot, &ledger(&[]), &fold(&[]));
    assert!(matches!(changes[0], Change::Restored(Restored::Facts(_))));
    let (tell, told) = std::sync::mpsc::channel();
    let writer =
        store::Writer::start(&folder, loaded, super::setup(&folder), move |r| drop(tell.send(r))).unwrap();
    let records = stamped(changes);
    writer.append(records.clone());
    super::until_saved(&told, records.len());
    assert_eq!(writer.finish(super::LONG), []);
    let again = store::read(&folder).unwrap();
    assert_eq!(without_journal(&fold(&again.records)), without_journal(&fold(&all)));
    assert_eq!(lost(&snapshot, &ledger(&again.records), &fold(&again.records)), []);
}

#[test]
fn warnings_that_follow_from_milestones_are_not_recorded() {
    let at = |text: &str| Some(Box::new(Moment::stamped(text.parse().unwrap())));
    let mut all = records(2);
    let (early, late) = (at("2024-08-10T12:00:00Z"), at("2024-08-10T13:00:00Z"));
    let set = |milestone, when| Change::MilestoneSet { milestone, how: None, when };
    all.push(record(1, 3, set(warroom::model::MilestoneKind::Started, late)));
    all.push(record(1, 4, set(warroom::model::MilestoneKind::Resolved, early)));
    assert_eq!(fold(&all).warnings.len(), 1);
    let snapshot = snapshot_of(&all);
    assert_eq!(restored(&snapshot, &[]).warnings, fold(&all).warnings);
    assert!(matches!(&all[0].body, Body::Known(_)));
}
