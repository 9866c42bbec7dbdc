//! A small incident in memory, for tests of the desk and of the ledger: who says what when, without a disk.

use warroom::grammar::{self, Desk, GrammarError, Line};
use warroom::log::{Change, Fold, Hlc, Ledger, Stamp, Stamped, undo};
use warroom::model::{Clock, Incident, Instant, Writer, Zone};
use warroom::text::Raw;

/// An instant in UTC: `2024-08-10 12:45` or `2024-08-10 12:45:30`.
pub fn utc(text: &str) -> Instant {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("{}{seconds}Z", text.replace(' ', "T")).parse().unwrap()
}

/// An incident, a wall clock, and whoever types.
pub struct Scene {
    /// All records.
    pub ledger: Ledger,
    /// What the wall clock shows.
    pub now: Instant,
    /// Who types.
    pub by: Raw,
    pub clock: Hlc,
}

impl Scene {
    /// An incident created at 2024-08-10 12:20 UTC; by now it is 12:45, and alice types.
    pub fn new(zone: &str) -> Self {
        let mut scene = Self {
            ledger: Ledger::default(),
            now: utc("2024-08-10 12:20"),
            by: "alice".into(),
            clock: Hlc::new(Writer::from_bits(7)),
        };
        scene.commit(Change::IncidentCreated {
            id: "2024-08-10-checkout".into(),
            title: "Checkout".into(),
            zone: Zone::read(zone, None).unwrap(),
            severity: None,
            clock: Clock::H24,
        });
        scene.now = utc("2024-08-10 12:45");
        scene
    }

    /// The same by another writer.
    pub fn written_by(bits: u64) -> Self {
        Self { clock: Hlc::new(Writer::from_bits(bits)), ..Self::new("UTC") }
    }

    /// The same scene at another time.
    pub fn at(mut self, now: &str) -> Self {
        self.now = utc(now);
        self
    }

    /// The same scene after some lines.
    pub fn after(mut self, lines: &[&str]) -> Self {
        for line in lines {
            self.say(line);
        }
        self
    }

    /// Puts a change on record.
    pub fn commit(&mut self, change: Change) -> Stamp {
        let over = Fold::of(&self.ledger).over(&change, &self.by, self.clock.writer());
        let stamp = self.clock.stamp(self.now);
        self.ledger.insert(Stamped {
            stamp,
            by: self.by.clone(),
            from: None,
            wall: None,
            over,
            after: self.ledger.last().filter(|last| *last > stamp).map(Box::new),
            body: change.into(),
        });
        stamp
    }

    /// Types a line, and puts on record what it becomes.
    pub fn say(&mut self, line: &str) -> Stamp {
        let change = self.change(line);
        self.commit(change)
    }

    /// Somebody else types a line.
    pub fn says(&mut self, by: &str, line: &str) -> Stamp {
        self.by = by.into();
        self.say(line)
    }

    /// The incident as it stands.
    pub fn incident(&self) -> Incident {
        Fold::of(&self.ledger).incident().clone()
    }

    /// Does something at the desk.
    pub fn at_desk<T>(&self, visit: impl FnOnce(&Desk<'_>) -> T) -> T {
        let fold = Fold::of(&self.ledger);
        visit(&Desk {
            incident: fold.incident(),
            now: self.now,
            typed_last: fold.typed_last(&self.by),
            undo: undo::last_counting(&self.ledger, &self.by),
            redo: undo::last_undone(&self.ledger, &self.by),
        })
    }

    /// What a line means.
    pub fn read(&self, line: &str) -> Result<Line, GrammarError> {
        self.at_desk(|desk| grammar::read(line, desk))
    }

    /// The change that a line makes.
    #[track_caller]
    pub fn change(&self, line: &str) -> Change {
        let read = self.read(line);
        let change = if let Ok(Line::Change(change)) = &read { Some((**change).clone()) } else { None };
        assert!(change.is_some(), "{line:?} is {read:?}");
        change.unwrap()
    }

    /// Why a line means nothing.
    #[track_caller]
    pub fn error(&self, line: &str) -> GrammarError {
        let read = self.read(line);
        assert!(read.is_err(), "{line:?} is {read:?}");
        read.unwrap_err()
    }
}
