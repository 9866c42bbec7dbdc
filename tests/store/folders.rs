//! Folders: created whole or not at all, for their owner only.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use warroom::store::{self, JOURNAL, Origin, StoreError};

use super::records;

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_folder_is_created_with_its_root_and_never_in_the_place_of_another() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("data/incidents");
    let folder = store::create(&root, "2024-08-10-checkout", &records(2)).unwrap();
    assert_eq!(store::read(&folder).unwrap().records, records(2));
    assert_eq!((mode(&root), mode(&folder), mode(&folder.join(JOURNAL))), (0o700, 0o700, 0o600));
    let error = store::create(&root, "2024-08-10-checkout", &records(3)).unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    symlink("/nonexistent", root.join("dangling")).unwrap();
    let error = store::create(&root, "dangling", &records(3)).unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    for name in ["", ".", "..", "a/b"] {
        assert!(matches!(store::create(&root, name, &records(1)).unwrap_err(), StoreError::Name(_)));
    }
    assert_eq!(store::read(&folder).unwrap().records, records(2));
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 2, "a temporary folder was left");
}

#[test]
fn many_who_want_one_name_leave_one_folder() {
    let root = tempfile::tempdir().unwrap();
    let made = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..8).map(|_| scope.spawn(|| store::create(root.path(), "same", &records(2)))).collect();
        tries.into_iter().flat_map(|t| t.join().unwrap()).count()
    });
    assert_eq!(made, 1);
    assert_eq!(store::read(&root.path().join("same")).unwrap().records, records(2));
}

#[test]
fn a_given_folder_may_be_missing_or_empty() {
    let home = tempfile::tempdir().unwrap();
    let missing = home.path().join("deep/er/My incident");
    assert_eq!(store::create_at(&missing, &records(2)).unwrap(), missing);
    assert_eq!(store::read(&missing).unwrap().records, records(2));
    let empty = home.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    store::create_at(&empty, &records(2)).unwrap();
    assert_eq!((mode(&empty), mode(&empty.join(JOURNAL))), (0o700, 0o600));
    assert_eq!(std::fs::read_dir(&empty).unwrap().count(), 1);
    let error = store::create_at(&empty, &records(2)).unwrap_err();
    assert!(matches!(error, StoreError::NotEmpty(_)), "{error}");
    symlink(&empty, home.path().join("link")).unwrap();
    let error = store::create_at(&home.path().join("link"), &records(2)).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
}

#[test]
fn a_rescue_file_is_a_journal_and_replaces_nothing() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("state/rescue");
    let (three, four) = (records(3), records(4));
    let one =
        store::rescue(&dir, &Origin::of("../../etc/x", &dir), (&three[..2], &three[2..]), None).unwrap();
    let two = store::rescue(&dir, &Origin::of("../../etc/x", &dir), (&four, &[]), None).unwrap();
    assert_eq!(one.parent(), Some(dir.as_path()));
    let beside = home.path().join("beside");
    std::fs::create_dir(&beside).unwrap();
    for (file, expected) in [(&one, &three), (&two, &four)] {
        std::fs::copy(file, beside.join(JOURNAL)).unwrap();
        let loaded = store::read(&beside).unwrap();
        assert_eq!((&loaded.records, loaded.findings.damaged), (expected, 0));
    }
    assert_eq!(
        store::rescue(&dir, &Origin::of("../../etc/x", &dir), (&four, &[]), Some(&one)).unwrap(),
        one,
        "its own is replaced"
    );
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    assert_eq!(mode(&two), 0o600);
}
