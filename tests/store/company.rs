//! Several who have one incident open: they see each other, and keep their unsent lines apart.

use std::fs;
use std::path::Path;
use std::sync::mpsc::Receiver;

use warroom::store::aside;
use warroom::store::draft::{self, Left};
use warroom::store::presence::{Peer, peers};
use warroom::store::{DRAFT, Report, Setup, Writer};

use super::{LONG, folder_with, journal_of, open_as, records, setup, until};

fn stays(folder: &Path, by: &str) -> (Writer, Receiver<Report>) {
    open_as(folder, Setup { by: by.into(), stays: true, ..setup(folder) })
}

fn until_present(told: &Receiver<Report>, count: usize) -> Vec<Peer> {
    until(told, |report| match report {
        Report::Present(peers) if peers.len() == count => Some(peers.clone()),
        _ => None,
    })
}

/// The draft is kept when this returns.
fn keeps(writer: &Writer, line: &str) -> std::path::PathBuf {
    writer.keep_draft_now(line.into(), LONG).unwrap()
}

fn left(folder: &Path) -> Vec<(String, String)> {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let names = |Left { path, line }: Left| (name(&path), line.as_typed().to_owned());
    draft::left(folder).unwrap().into_iter().map(names).collect()
}

#[test]
fn who_comes_and_who_leaves_is_told() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    let (alice, alice_told) = stays(&folder, "alice");
    let (bob, bob_told) = stays(&folder, "bob");
    let seen = until_present(&alice_told, 1);
    assert_eq!((seen[0].by.clone(), seen[0].pid), ("bob".into(), std::process::id()));
    assert_eq!(until_present(&bob_told, 1)[0].by, "alice".into());
    assert_eq!(peers(&folder).unwrap().len(), 2);
    assert_eq!(bob.finish(LONG), []);
    assert_eq!(until_present(&alice_told, 0), []);
    assert_eq!(alice.finish(LONG), []);
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with(".open-")), "{names:?}");
}

#[test]
fn one_who_was_killed_is_not_taken_for_present() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    // As it stays behind a kill: the file is there, and nobody holds its lock.
    fs::write(folder.join(".open-1"), r#"{"by":"ghost","pid":1}"#).unwrap();
    assert_eq!(peers(&folder).unwrap(), []);
    let (alice, _told) = stays(&folder, "alice");
    let (_bob, told) = stays(&folder, "bob");
    assert_eq!(until_present(&told, 1)[0].by, "alice".into());
    assert_eq!(alice.finish(LONG), []);
}

#[test]
fn what_stands_in_such_a_file_is_not_believed() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    let held = fs::File::create(folder.join(".open-9")).unwrap();
    held.lock().unwrap();
    for text in ["", "garbage", r#"{"by":"x","pid":-1}"#, "[]", &"[".repeat(5000)] {
        fs::write(folder.join(".open-9"), text).unwrap();
        assert_eq!(peers(&folder).unwrap(), [], "{text:.9}");
    }
    fs::write(folder.join(".open-9"), r#"{"by":"x","pid":7,"draft":"../../etc/passwd"}"#).unwrap();
    assert_eq!(peers(&folder).unwrap()[0].draft, None);
}

#[test]
fn two_keep_their_lines_apart_and_each_is_offered_when_its_writer_is_gone() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    let (alice, _told) = stays(&folder, "alice");
    let (bob, _told) = stays(&folder, "bob");
    assert_eq!(keeps(&alice, "rolled ba"), folder.join(DRAFT));
    assert_eq!(keeps(&bob, "paged the"), folder.join("draft-2"));
    assert_eq!(left(&folder), [], "they are being written");
    keeps(&bob, "paged the vendor");
    assert_eq!(bob.finish(LONG), []);
    assert_eq!(left(&folder), [("draft-2".to_owned(), "paged the vendor".to_owned())]);
    // Sent: the line is gone, and its file with it.
    alice.keep_draft("".into(), None);
    assert_eq!(alice.finish(LONG), []);
    assert_eq!(left(&folder).len(), 1);
    assert!(!folder.join(DRAFT).exists());
}

#[test]
fn a_line_that_was_left_is_kept_until_it_is_taken_up() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    fs::write(folder.join(DRAFT), "from last time").unwrap();
    let (alice, _told) = stays(&folder, "alice");
    assert_eq!(keeps(&alice, "something else"), folder.join("draft-2"));
    assert_eq!(left(&folder), [(DRAFT.to_owned(), "from last time".to_owned())]);
    alice.keep_draft("".into(), None);
    alice.keep_draft("from last time".into(), Some(folder.join(DRAFT)));
    assert_eq!(alice.finish(LONG), []);
    assert_eq!(left(&folder), [(DRAFT.to_owned(), "from last time".to_owned())]);
    let (alice, _told) = stays(&folder, "alice");
    alice.keep_draft("from last time".into(), Some(folder.join(DRAFT)));
    assert_eq!(keeps(&alice, "from last time, sent now"), folder.join(DRAFT), "it is this one's own now");
    alice.keep_draft("".into(), None);
    assert_eq!(alice.finish(LONG), []);
    assert_eq!(left(&folder), []);
}

/// As on a full disk: the folder takes no draft.
#[test]
fn a_line_that_the_folder_does_not_take_is_kept_aside_until_it_does() {
    let (root, folder) = folder_with(&journal_of(&records(1)));
    let setup = super::setup(&folder);
    let aside = aside::folder_of(&setup.rescue, &setup.origin);
    let fill = || {
        for turn in 1..=1000 {
            let name = if turn == 1 { DRAFT.to_owned() } else { format!("{DRAFT}-{turn}") };
            fs::create_dir(folder.join(name)).unwrap();
        }
    };
    let make_room =
        || (2..=1000).for_each(|turn| fs::remove_dir(folder.join(format!("{DRAFT}-{turn}"))).unwrap());
    fill();
    let (alice, _told) = stays(&folder, "alice");
    let file = keeps(&alice, "the disk is fu");
    assert_eq!(file, aside.join(DRAFT));
    assert_eq!(left(&aside), [], "it is being written");
    // Two at once, and one of them sends what it has typed.
    let (bob, _told) = stays(&folder, "bob");
    assert_eq!(keeps(&bob, "so it is"), aside.join("draft-2"));
    bob.keep_draft("".into(), None);
    assert_eq!(bob.finish(LONG), []);
    assert_eq!(alice.finish(LONG), []);
    assert_eq!(left(&aside), [(DRAFT.to_owned(), "the disk is fu".to_owned())]);
    // Taken up, and still no room; then there is.
    let (alice, _told) = stays(&folder, "alice");
    alice.keep_draft("the disk is fu".into(), Some(file.clone()));
    assert_eq!(keeps(&alice, "the disk is full, still"), file);
    make_room();
    assert_eq!(keeps(&alice, "the disk has room"), folder.join("draft-2"));
    assert!(!aside.join(DRAFT).exists(), "it stands in one place");
    alice.keep_draft("".into(), None);
    assert_eq!(alice.finish(LONG), []);
    assert!(!aside.exists() && root.path().exists(), "nothing is left there");
}

#[test]
fn a_draft_never_follows_a_link_nor_takes_another_files_place() {
    let (root, folder) = folder_with(&journal_of(&records(1)));
    let victim = root.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    std::os::unix::fs::symlink(&victim, folder.join(DRAFT)).unwrap();
    assert_eq!(left(&folder), []);
    let (alice, _told) = stays(&folder, "alice");
    assert_eq!(keeps(&alice, "typed"), folder.join("draft-2"));
    assert_eq!(alice.finish(LONG), []);
    assert_eq!(fs::read_to_string(victim).unwrap(), "precious");
}

#[test]
fn one_that_only_writes_for_a_moment_is_no_company() {
    let (_root, folder) = folder_with(&journal_of(&records(1)));
    let (say, _told) = super::open(&folder);
    say.append(vec![super::entry(1, 2)]);
    assert_eq!(say.finish(LONG), []);
    assert_eq!(peers(&folder).unwrap(), []);
    assert!(!folder.join(".open-1").exists());
}
