//! A day of a channel, lines, and an archive: whatever is in them, what comes in is whole, and comes in once.

use std::io::Cursor;

use warroom::import::Recording;
use warroom::import::chat::{Choice, Export, Files, Refused, Zipped, plan};
use warroom::log::messages::Messages;
use warroom::log::{Change, Hlc, LINE_LIMIT, Ledger, Record};
use warroom::model::{Instant, Writer};

/// An export of one file.
struct One(Vec<u8>, [String; 1]);

impl Files for One {
    fn paths(&self) -> &[String] {
        &self.1
    }

    fn read(&mut self, _path: &str) -> Result<Vec<u8>, Refused> {
        Ok(self.0.clone())
    }
}

/// The bytes as a day of a channel, as lines, and as an archive.
pub fn any_chat(bytes: &[u8]) {
    for path in ["ops/2024-08-10.json", "import.jsonl"] {
        comes_in_once(Box::new(One(bytes.to_vec(), [path.to_owned()])));
    }
    if let Ok(zipped) = Zipped::open(Cursor::new(bytes.to_vec())) {
        comes_in_once(Box::new(zipped));
    }
}

fn comes_in_once(files: Box<dyn Files>) {
    let Ok(mut export) = Export::open(files) else { return };
    let choice = Choice::default();
    for channel in export.channels().to_vec() {
        let Ok(talk) = export.talk(&channel, &choice, &"x".into()) else { continue };
        let (by, now) = ("alice".into(), Instant::default());
        let recording = Recording { id: "ops", document: &talk.document, by: &by, now };
        let mut hlc = Hlc::new(Writer::from_bits(1));
        let brought = plan(&talk, &choice, &Messages::default());
        let records = recording.more(&brought.reading, &mut hlc);
        let entries = |record: &&Record| matches!(record.change(), Some(Change::EntryAdded { .. }));
        assert_eq!(records.iter().filter(entries).count(), brought.new, "every message is one entry");
        for record in &records {
            let line = record.line();
            assert!(line.len() <= LINE_LIMIT, "a line of {} bytes", line.len());
            assert_eq!(Record::read(line.as_bytes()).as_ref(), Ok(record));
            let Some(Change::EntryAdded { text, when, .. }) = record.change() else { continue };
            assert!(!text.is_blank() && when.as_ref().is_some_and(|when| when.at.instant().is_some()));
        }
        let mut ledger = Ledger::default();
        ledger.extend(records);
        let again = plan(&talk, &choice, &Messages::of(&ledger, channel.key()));
        assert!(!again.changes() && again.edited == 0 && again.there == brought.new);
    }
}
