//! Hostile exports, rows 99 to 102 of the table of bad inputs: refused at a limit or for what they are, never unpacked onto
//! the disk, and never more of them in memory than the limits say.

use std::cell::Cell;
use std::io::{self, Cursor, Read, Write as _};
use std::rc::Rc;

use proptest::prelude::*;
use serde_json::json;
use warroom::import::chat::{
    Choice, Export, Files as _, LONGEST_FILE, MOST_BYTES, MOST_FILES, Meter, Refused, Zipped,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{InMemory, fixture_files, plan, talk};

/// A zip with these files, deflated.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    packed(files, CompressionMethod::Deflated)
}

fn packed<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, how: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path, SimpleFileOptions::default().compression_method(how)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The export that lies beside the tests, in a zip.
pub fn fixture_zip() -> Vec<u8> {
    let files = fixture_files();
    zip(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

/// Puts bytes in the place of others, wherever they stand.
fn replaced(zip: &[u8], was: &[u8], now: &[u8]) -> Vec<u8> {
    assert_eq!(was.len(), now.len());
    let mut zip = zip.to_vec();
    let places: Vec<usize> = (0..zip.len()).filter(|at| zip[*at..].starts_with(was)).collect();
    assert!(!places.is_empty(), "nothing to replace");
    for at in places {
        zip[at..at + now.len()].copy_from_slice(now);
    }
    zip
}

/// Where the header of each file in the directory begins.
fn headers(zip: &[u8]) -> Vec<usize> {
    (0..zip.len()).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect()
}

fn refusal(zip: Vec<u8>) -> Refused {
    match Zipped::open(Cursor::new(zip)) {
        Err(refused) => refused,
        Ok(zipped) => panic!("it was taken: {:?}", zipped.paths()),
    }
}

/// Reads a channel of a zip from end to end.
fn read(zip: Vec<u8>) -> Result<usize, Refused> {
    let mut export = Export::open(Box::new(Zipped::open(Cursor::new(zip))?))?;
    let channel = export.channels()[0].clone();
    let talk = export.talk(&channel, &Choice::default(), &"slack.zip".into())?;
    Ok(plan(&talk, &Choice::default(), &warroom::log::messages::Messages::default()).new)
}

/// Nothing but zeros, for ever; how many were read is counted.
struct Zeros(Rc<Cell<u64>>);

impl Read for Zeros {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        into.fill(0);
        self.0.set(self.0.get() + into.len() as u64);
        Ok(into.len())
    }
}

#[test]
fn a_zip_and_its_files_say_the_same() {
    let mut files = InMemory::default();
    for (path, bytes) in fixture_files() {
        files = files.with(&path, bytes);
    }
    let choice = Choice::default();
    let unpacked = talk(&mut Export::open(Box::new(files)).unwrap(), "incidents", &choice);
    let zipped = Zipped::open(Cursor::new(fixture_zip())).unwrap();
    let zipped = talk(&mut Export::open(Box::new(zipped)).unwrap(), "incidents", &choice);
    let none = warroom::log::messages::Messages::default();
    assert_eq!(plan(&zipped, &choice, &none).reading, plan(&unpacked, &choice, &none).reading);
    assert_eq!(zipped.document, unpacked.document);
}

#[test]
fn row_99_what_never_ends_is_read_no_further_than_the_limits() {
    let read = Rc::new(Cell::new(0));
    let slack = 1 << 20;
    let long = Meter::default().read("a.json", Zeros(Rc::clone(&read)), u64::MAX);
    assert!(matches!(long, Err(Refused::TooLong(_))));
    assert!(read.get() <= LONGEST_FILE + slack, "{}", read.get());
    read.set(0);
    let bomb = Meter::default().read("a.json", Zeros(Rc::clone(&read)), 100);
    assert!(matches!(bomb, Err(Refused::Bomb(_))));
    assert!(read.get() <= 2 * slack, "{}", read.get());
    read.set(0);
    let (mut meter, mut files) = (Meter::default(), 0);
    let much = loop {
        let file = Zeros(Rc::clone(&read)).take(60 << 20);
        match meter.read("a.json", file, u64::MAX) {
            Ok(bytes) => files += bytes.len(),
            Err(refused) => break refused,
        }
    };
    assert!(matches!(much, Refused::TooMuch), "{much}");
    assert!(files as u64 <= MOST_BYTES && read.get() <= MOST_BYTES + slack);
}

#[test]
fn row_99_a_bomb_is_told_by_what_it_says_of_itself() {
    let zeros = vec![b' '; 2 << 20];
    let bomb = refusal(zip([("ops/2024-08-10.json", &zeros[..])]));
    assert_eq!(bomb.to_string(), "ops/2024-08-10.json in it unpacks to more than 200 times its size");
    let long = vec![b' '; usize::try_from(LONGEST_FILE).unwrap() + 1];
    assert!(matches!(refusal(zip([("ops/2024-08-10.json", &long[..])])), Refused::TooLong(_)));
}

#[test]
fn row_99_a_bomb_that_lies_is_stopped_while_it_unpacks() {
    let zeros = vec![b' '; 8 << 20];
    let honest = zip([("ops/2024-08-10.json", &zeros[..])]);
    let size = (8_u32 << 20).to_le_bytes();
    let lying = replaced(&honest, &size, &1_000_u32.to_le_bytes());
    let stopped = read(lying).unwrap_err();
    assert!(matches!(stopped, Refused::Bomb(_) | Refused::Damaged(_) | Refused::Unread { .. }), "{stopped}");
}

#[test]
fn row_99_archives_in_it_overlaps_and_too_many_files_are_refused() {
    let inner = zip([("a.json", &b"[]"[..])]);
    assert!(matches!(refusal(zip([("lib 0.zip", &inner[..])])), Refused::Nested(_)));
    assert!(matches!(refusal(zip([("ops/x.ZIP", &inner[..])])), Refused::Nested(_)));

    let two = packed([("ops/a.json", &b"[1]"[..]), ("ops/b.json", &b"[2]"[..])], CompressionMethod::Stored);
    let second = headers(&two)[1];
    let mut over = two.clone();
    // Where its own header begins: that of the first file.
    over[second + 42..second + 46].fill(0);
    assert!(matches!(refusal(over), Refused::Overlap), "both files share all their bytes");

    let names: Vec<String> = (0..=MOST_FILES).map(|nth| nth.to_string()).collect();
    let many = packed(names.iter().map(|name| (name.as_str(), &b""[..])), CompressionMethod::Stored);
    assert!(matches!(refusal(many), Refused::TooMany));
}

#[test]
fn row_100_names_that_lead_elsewhere_links_and_twins_are_refused() {
    for name in ["../../.bashrc", "/etc/x", "C:/x", "C:\\x", "ops\\2024.json", "ops/../../x", "./x", "ops//x"]
    {
        let plain = "n".repeat(name.len());
        let named = replaced(&zip([(plain.as_str(), &b"x"[..])]), plain.as_bytes(), name.as_bytes());
        let refused = refusal(named);
        assert!(matches!(&refused, Refused::Astray(path) if path.as_typed() == name), "{name}: {refused}");
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("users.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let link = writer.finish().unwrap().into_inner();
    assert_eq!(refusal(link).to_string(), "users.json in it is a link");
    let twins = zip([("ops/a.json", &b"[1]"[..]), ("ops/b.json", &b"[2]"[..])]);
    let twins = replaced(&twins, b"ops/b.json", b"ops/a.json");
    assert!(matches!(refusal(twins), Refused::Twice(_)));
}

#[test]
fn row_101_wrong_sizes_cuts_and_encryption_are_told() {
    let day = json!([{"user": "U1", "text": "down", "ts": "1723278661.000100"}]).to_string();
    let whole = zip([("ops/2024-08-10.json", day.as_bytes())]);
    assert_eq!(read(whole.clone()).unwrap(), 1);
    let size = u32::try_from(day.len()).unwrap();
    for wrong in [size - 1, size + 1, 0] {
        let lying = replaced(&whole, &size.to_le_bytes(), &wrong.to_le_bytes());
        assert!(read(lying).is_err(), "{wrong} for {size}");
    }
    for end in 0..whole.len() {
        assert!(read(whole[..end].to_vec()).is_err(), "cut at {end}");
    }
    let mut flagged = whole.clone();
    let header = headers(&whole)[0];
    flagged[header + 8] |= 1;
    flagged[6] |= 1;
    assert_eq!(refusal(flagged).to_string(), "ops/2024-08-10.json in it is encrypted");
    let mut wrong = whole.clone();
    let data = (0..whole.len()).find(|at| whole[*at..].starts_with(b".json")).unwrap() + 5;
    wrong[data + 3] ^= 0x55;
    assert!(read(wrong).is_err(), "the checksum tells");
}

#[test]
fn row_102_names_with_escapes_stay_as_they_are_until_they_are_made_safe() {
    let users = json!([{"id": "U1", "name": "\u{1b}]0;pwned\u{7}eve\u{202e}"}]).to_string();
    let day = json!([{"user": "U1", "text": "<@U1>", "ts": "1723278661.000100"}, {"user": "U1", "text": "x", "ts": "9e99"}]);
    let day = day.to_string();
    let files = zip([("users.json", users.as_bytes()), ("ops/2024-08-10.json", day.as_bytes())]);
    let mut export = Export::open(Box::new(Zipped::open(Cursor::new(files)).unwrap())).unwrap();
    let brought = plan(
        &talk(&mut export, "ops", &Choice::default()),
        &Choice::default(),
        &warroom::log::messages::Messages::default(),
    );
    assert_eq!((brought.new, brought.skipped.words().as_str()), (1, "1 without a right time"));
    let by = &brought.reading.by[&0];
    assert_eq!(by.for_term().to_string(), "␛]0;pwned␇eve<202E>");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_its_bytes_brings_it_down(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = fixture_zip();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(read(bytes.clone()));
        bytes.truncate(end.index(bytes.len()));
        drop(read(bytes));
    }
}
