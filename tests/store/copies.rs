//! What cannot be saved stands elsewhere while it still cannot, and comes back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use warroom::session::clock::Wall;
use warroom::session::{Opening, Session};
use warroom::store::{self, JOURNAL, Origin, Report, Setup, Standing};

use super::{
    LONG, entry, folder_with, journal_of, open, open_as, record, records, says, setup, texts, until,
};

fn until_copied(told: &Receiver<Report>) -> PathBuf {
    until(told, |report| match report {
        Report::Copied(copied) => Some(copied.clone().unwrap()),
        _ => None,
    })
}

fn session(folder: &Path) -> Session {
    let rescue = folder.with_file_name("rescue");
    let opening = Opening { by: "alice".into(), clock: Arc::new(Wall), rescue, stays: false };
    Session::open(folder, opening, || {}).unwrap()
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.with_file_name("rescue")) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn shown(session: &Session) -> Vec<String> {
    session.incident().timeline.iter().map(|entry| entry.text.as_typed().to_owned()).collect()
}

#[test]
fn a_folder_that_is_gone_is_said_and_all_stands_elsewhere_until_it_is_back() {
    let (root, folder) = folder_with(&journal_of(&records(2)));
    let (writer, told) = open(&folder);
    let away = root.path().join("away");
    fs::rename(&folder, &away).unwrap();
    writer.append(vec![entry(1, 3)]);
    let copy = until_copied(&told);
    let beside = root.path().join("beside");
    fs::create_dir(&beside).unwrap();
    fs::copy(&copy, beside.join(JOURNAL)).unwrap();
    assert_eq!(store::read(&beside).unwrap().records, records(3), "the copy is a journal with all of it");
    fs::rename(&away, &folder).unwrap();
    until(&told, |report| (*report == Report::CopyGone).then_some(()));
    assert_eq!(store::read(&folder).unwrap().records, records(3));
    assert!(!copy.exists(), "what it held is saved");
    assert_eq!(writer.finish(LONG), []);
}

#[test]
fn what_a_process_could_not_save_comes_back_with_the_next_one() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let rescue = folder.with_file_name("rescue");
    let unsaved = [record(1, 3, says("could not be saved")), record(1, 4, says("nor could this"))];
    store::rescue(&rescue, &Origin::of("2024-08-10-checkout", &folder), (&records(2), &unsaved), None)
        .unwrap();
    let mut session = session(&folder);
    assert!(
        session.notices().iter().any(|n| n.starts_with("2 changes that could not be saved")),
        "{:?}",
        session.notices()
    );
    assert_eq!(shown(&session)[1..], ["could not be saved", "nor could this"]);
    session.flush(|_| {}).unwrap();
    assert_eq!(session.saving().saved, 0, "nobody typed them here");
    session.finish().unwrap();
    assert_eq!(copies(&folder), [] as [PathBuf; 0]);
    let loaded = store::read(&folder).unwrap();
    assert_eq!(loaded.records[2..], unsaved);
    assert_eq!(loaded.findings.repeated, 0);
}

#[test]
fn what_a_failed_sync_left_in_the_journal_is_written_again() {
    // The journal shows the third record, but its sync failed: after a power cut it may not be there.
    let (_root, folder) = folder_with(&journal_of(&records(3)));
    let rescue = folder.with_file_name("rescue");
    store::rescue(
        &rescue,
        &Origin::of("2024-08-10-checkout", &folder),
        (&records(2), &records(3)[2..]),
        None,
    )
    .unwrap();
    let session = session(&folder);
    assert_eq!(session.notices(), [] as [String; 0], "nothing is new to a person");
    session.finish().unwrap();
    let loaded = store::read(&folder).unwrap();
    assert_eq!((loaded.records, loaded.findings.repeated), (records(3), 1));
    assert_eq!(copies(&folder), [] as [PathBuf; 0]);
}

#[test]
fn copies_of_others_and_damaged_ones_are_left_alone() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let rescue = folder.with_file_name("rescue");
    let stranger = [record(9, 1, says("of another incident that had this id"))];
    let one =
        store::rescue(&rescue, &Origin::of("2024-08-10-checkout", &folder), (&stranger, &[]), None).unwrap();
    let two = store::rescue(
        &rescue,
        &Origin::of("2024-08-10-checkout", &folder),
        (&records(2), &records(3)[2..]),
        None,
    )
    .unwrap();
    let damaged = [fs::read(&two).unwrap(), b"half a li".to_vec()].concat();
    fs::write(&two, &damaged).unwrap();
    let session = session(&folder);
    session.finish().unwrap();
    assert_eq!(texts(&store::read(&folder).unwrap().records), texts(&records(3)), "what is sound comes back");
    assert!(one.exists(), "it is not of this incident");
    assert_eq!(fs::read(&two).unwrap(), damaged, "a person may want to look at it");
}

#[test]
fn a_copy_of_the_same_incident_elsewhere_is_taken_in_only_on_demand() {
    let (root, folder) = folder_with(&journal_of(&records(2)));
    let elsewhere = root.path().join("unpacked");
    fs::create_dir(&elsewhere).unwrap();
    let rescue = folder.with_file_name("rescue");
    let origin = Origin::of("2024-08-10-checkout", &elsewhere);
    let copy = store::rescue(&rescue, &origin, (&records(2), &records(3)[2..]), None).unwrap();
    let opened = session(&folder);
    let told = &opened.notices()[0];
    assert!(told.starts_with("1 unsaved change") && told.contains("warroom doctor"), "{told}");
    opened.finish().unwrap();
    assert_eq!(texts(&store::read(&folder).unwrap().records), texts(&records(2)));
    assert!(copy.exists());
    let opening = Opening { by: "alice".into(), clock: Arc::new(Wall), rescue: rescue.clone(), stays: false };
    let mended = warroom::session::mend(&folder, opening, &store::rescue_files(&rescue).unwrap());
    assert_eq!(mended.troubles, [] as [String; 0]);
    assert_eq!(texts(&store::read(&folder).unwrap().records), texts(&records(3)));
    assert!(!copy.exists());
}

#[test]
fn on_a_network_file_system_the_second_one_only_watches() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let network = || Setup { standing: Standing::Network("NFS".to_owned()), ..setup(&folder) };
    let (first, told) = open_as(&folder, network());
    first.append(vec![entry(1, 3)]);
    super::until_saved(&told, 1);
    let (second, told) = open_as(&folder, network());
    let reason = until(&told, |report| match report {
        Report::ReadOnly { reason } => Some(reason.clone()),
        _ => None,
    });
    let pid = std::process::id();
    assert_eq!(reason, format!("process {pid} writes here, and on NFS only one may"));
    second.append(vec![entry(2, 1)]);
    first.append(vec![entry(1, 4)]);
    until(&told, |report| matches!(report, Report::Others(_)).then_some(()));
    assert_eq!(second.finish(LONG), [entry(2, 1)], "it is given back, not lost");
    assert_eq!(first.finish(LONG), []);
    let (third, told) = open_as(&folder, network());
    third.append(vec![entry(2, 1)]);
    super::until_saved(&told, 1);
    assert_eq!(third.finish(LONG), []);
}

#[test]
fn one_that_is_paused_holds_no_lock_and_goes_on_where_it_was() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let (paused, told) = open(&folder);
    paused.append(vec![entry(1, 3)]);
    assert!(paused.pause(LONG), "what was under way is finished first");
    super::until_saved(&told, 1);
    let (other, other_told) = open(&folder);
    paused.append(vec![entry(1, 4)]);
    super::until_saved(&told, 2);
    other.append(vec![entry(2, 1)]);
    super::until_saved(&other_told, 1);
    paused.go_on();
    until(&told, |report| match report {
        Report::Others(records) if records.contains(&entry(2, 1)) => Some(()),
        _ => None,
    });
    assert_eq!(paused.finish(LONG), []);
    assert_eq!(other.finish(LONG), []);
}
