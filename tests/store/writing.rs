//! The writer: what is reported as saved is on disk, once and in order, whatever happens to the file.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

use warroom::log::{Change, LINE_LIMIT};
use warroom::store::{self, JOURNAL, LOCK, Report, SNAPSHOT, Writer};

use super::{
    LONG, entry, fold, folder_with, journal_of, open, record, records, says, setup, texts, until,
    until_not_saved, until_saved,
};

#[test]
fn what_is_appended_is_saved_once_in_order_and_counted() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    let new: Vec<_> = (3..1003).map(|n| entry(1, n)).collect();
    for (i, one) in new.iter().enumerate() {
        writer.append(vec![one.clone()]);
        if i == 0 {
            until_saved(&told, 1);
            assert_eq!(store::read(&folder).unwrap().records.len(), 3);
        }
    }
    until_saved(&told, 1000);
    assert_eq!(writer.waiting(), 0);
    assert_eq!(fs::read(folder.join(JOURNAL)).unwrap(), journal_of(&[records(2), new].concat()));
    assert_eq!(writer.finish(LONG), []);
}

#[test]
fn finish_saves_what_waits_and_writes_the_last_snapshot() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, _told) = open(&folder);
    writer.append(records(600)[2..].to_vec());
    writer.write_snapshot(Arc::new(fold(&records(600))));
    assert_eq!(writer.finish(LONG), []);
    let loaded = store::read(&folder).unwrap();
    assert_eq!((loaded.records.len(), loaded.snapshot_fits), (600, true));
    let snapshot = store::snapshot::parse(&fs::read(folder.join(SNAPSHOT)).unwrap()).unwrap();
    assert_eq!(snapshot.incident, Some(fold(&records(600))));
}

#[test]
fn writers_on_one_folder_save_all_and_see_each_other() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    // All are open before one writes: what is there on opening is loaded, not reported.
    let opened: Vec<_> = (2..5).map(|me| (me, open(&folder))).collect();
    let ends: Vec<_> = opened
        .into_iter()
        .map(|(me, (writer, told))| {
            std::thread::spawn(move || {
                let (mut saved, mut others) = (0, Vec::new());
                for n in 1..=40 {
                    writer.append(vec![entry(me, n)]);
                }
                while saved < 40 || others.len() < 80 {
                    match told.recv().unwrap() {
                        Report::Saved { through } => saved = through,
                        Report::Others(more) => others.extend(more),
                        other => panic!("{other:?}"),
                    }
                }
                assert_eq!(writer.finish(LONG), []);
                assert!(others.iter().all(|r| r.stamp.writer != entry(me, 1).stamp.writer));
            })
        })
        .collect();
    for end in ends {
        end.join().unwrap();
    }
    let loaded = store::read(&folder).unwrap();
    assert_eq!((loaded.records.len(), loaded.findings.damaged, loaded.findings.repeated), (121, 0, 0));
    for me in 2..5 {
        let mine: Vec<_> =
            loaded.records.iter().filter(|r| r.stamp.writer == entry(me, 1).stamp.writer).cloned().collect();
        assert_eq!(texts(&mine), (1..=40).map(|n| format!("entry {n} of {me}")).collect::<Vec<_>>());
    }
}

#[test]
fn what_others_append_is_seen_without_writing() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (_writer, told) = open(&folder);
    let mut file = OpenOptions::new().append(true).open(folder.join(JOURNAL)).unwrap();
    let line = entry(7, 3).line();
    // A line in the making counts only when it is whole.
    file.write_all(&line.as_bytes()[..20]).unwrap();
    file.write_all(&line.as_bytes()[20..]).unwrap();
    file.write_all(b"\n").unwrap();
    let seen = until(&told, |r| if let Report::Others(seen) = r { Some(seen.clone()) } else { None });
    assert_eq!(seen, [entry(7, 3)]);
}

#[test]
fn a_journal_that_is_taken_away_is_written_again() {
    let all = records(4);
    let takes: [fn(&std::path::Path); 5] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::rename(path, path.with_extension("old")).unwrap(),
        |path| OpenOptions::new().write(true).truncate(true).open(path).map(drop).unwrap(),
        |path| {
            fs::copy(path, path.with_extension("x")).unwrap();
            fs::rename(path.with_extension("x"), path).unwrap();
        },
        // Emptied, and filled beyond its old size by somebody else.
        |path| fs::write(path, journal_of(&(10..30).map(|n| entry(8, n)).collect::<Vec<_>>())).unwrap(),
    ];
    for (kind, take) in takes.into_iter().enumerate() {
        let (_root, folder) = folder_with(&journal_of(&all[..2]));
        let (writer, told) = open(&folder);
        writer.append(vec![all[2].clone()]);
        until_saved(&told, 1);
        take(&folder.join(JOURNAL));
        writer.append(vec![all[3].clone()]);
        until_saved(&told, 2);
        let there = store::read(&folder).unwrap();
        let mine: Vec<_> =
            there.records.into_iter().filter(|r| r.stamp.writer == all[0].stamp.writer).collect();
        assert_eq!(mine, all, "kind {kind}");
        assert_eq!(there.findings.damaged, 0, "kind {kind}");
        assert_eq!(writer.finish(LONG), []);
    }
}

#[test]
fn opening_and_leaving_change_no_byte_of_a_journal() {
    let sound = journal_of(&records(3));
    let kinds = [
        sound.clone(),
        sound[..sound.len() - 9].to_vec(),
        [b"dear diary\n".to_vec(), sound].concat(),
        vec![],
    ];
    for journal in kinds {
        let (_root, folder) = folder_with(&journal);
        let (writer, _told) = open(&folder);
        assert_eq!(writer.finish(LONG), []);
        assert_eq!(fs::read(folder.join(JOURNAL)).unwrap(), journal);
    }
}

#[test]
fn a_journal_that_is_taken_away_gets_back_what_others_wrote_too() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    let mut file = OpenOptions::new().append(true).open(folder.join(JOURNAL)).unwrap();
    file.write_all(&journal_of(&[entry(7, 3)])).unwrap();
    until(&told, |r| matches!(r, Report::Others(_)).then_some(()));
    fs::remove_file(folder.join(JOURNAL)).unwrap();
    writer.append(vec![entry(1, 4)]);
    until_saved(&told, 1);
    let expected = [records(2), vec![entry(7, 3), entry(1, 4)]].concat();
    assert_eq!(store::read(&folder).unwrap().records, expected);
}

#[test]
fn a_lock_file_that_is_removed_is_made_again_and_taken() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    writer.append(vec![entry(1, 3)]);
    until_saved(&told, 1);
    // Whoever opens the folder now locks another file than the one that is open here.
    fs::remove_file(folder.join(LOCK)).unwrap();
    let lock = OpenOptions::new().create_new(true).write(true).open(folder.join(LOCK)).unwrap();
    lock.lock().unwrap();
    writer.append(vec![entry(1, 4)]);
    let (waiting, reason) = until_not_saved(&told);
    assert!(waiting == 1 && reason.contains("another process holds the journal"), "{waiting} {reason}");
    lock.unlock().unwrap();
    until_saved(&told, 2);
}

#[test]
fn a_lock_that_somebody_holds_is_said_and_waited_for() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    writer.append(vec![entry(1, 3)]);
    until_saved(&told, 1);
    let lock = OpenOptions::new().read(true).write(true).open(folder.join(LOCK)).unwrap();
    lock.lock().unwrap();
    writer.append(vec![entry(1, 4), entry(1, 5)]);
    let (waiting, reason) = until_not_saved(&told);
    assert_eq!(
        (waiting, reason),
        (2, format!("another process holds the journal (pid {})", std::process::id()))
    );
    lock.unlock().unwrap();
    until_saved(&told, 3);
    assert_eq!(store::read(&folder).unwrap().records, records(5));
}

#[test]
fn a_snapshot_that_lacks_what_others_wrote_is_left_out() {
    // Newer than all that is known, and between them.
    for n in [3, 1] {
        let (_root, folder) = folder_with(&journal_of(&records(2)));
        let (writer, _told) = open(&folder);
        let mut file = OpenOptions::new().append(true).open(folder.join(JOURNAL)).unwrap();
        file.write_all(&journal_of(&[entry(7, n)])).unwrap();
        writer.write_snapshot(Arc::new(fold(&records(2))));
        assert_eq!(writer.finish(LONG), []);
        assert!(!folder.join(SNAPSHOT).exists());
    }
}

#[test]
fn a_record_no_line_can_hold_is_given_back_and_stops_no_other() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    let long = record(1, 3, says(&"x".repeat(LINE_LIMIT)));
    writer.append(vec![long.clone(), entry(1, 4)]);
    let (waiting, reason) = until_not_saved(&told);
    assert!(waiting == 2 && reason.contains("256 KiB"), "{waiting} {reason}");
    until_saved(&told, 1);
    assert_eq!(writer.finish(LONG), [long]);
    assert_eq!(store::read(&folder).unwrap().findings.damaged, 0);
}

#[test]
fn a_panic_in_the_thread_is_said_and_the_work_taken_up_again() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let loaded = store::read(&folder).unwrap();
    let (tell, told) = channel();
    let first = AtomicBool::new(true);
    let report = move |report| {
        let saved = matches!(report, Report::Saved { .. });
        tell.send(report).unwrap();
        assert!(!(saved && first.swap(false, Ordering::Relaxed)), "on purpose");
    };
    let writer = Writer::start(&folder, loaded, setup(&folder), report).unwrap();
    writer.append(vec![entry(1, 3)]);
    until_saved(&told, 1);
    writer.append(vec![entry(1, 4)]);
    assert!(until_not_saved(&told).1.contains("started again"));
    until_saved(&told, 2);
    assert_eq!(store::read(&folder).unwrap().records, records(4));
    assert_eq!(writer.finish(LONG), []);
}

#[test]
fn a_second_panic_keeps_what_is_not_saved() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let loaded = store::read(&folder).unwrap();
    let (tell, told) = channel();
    let report = move |report| {
        let saved = matches!(report, Report::Saved { .. });
        tell.send(report).unwrap();
        assert!(!saved, "on purpose");
    };
    let writer = Writer::start(&folder, loaded, setup(&folder), report).unwrap();
    writer.append(vec![entry(1, 3)]);
    until(&told, |r| matches!(r, Report::ReadOnly { .. }).then_some(()));
    let struck = record(1, 4, Change::EntryStruck { entry: entry(1, 3).stamp });
    writer.append(vec![struck.clone()]);
    assert_eq!(writer.finish(LONG), [struck]);
}
