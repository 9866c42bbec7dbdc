//! What machines tell through the one door: reports of alerts, each under the name of its sender.

use super::{CommitError, Session, stamped};
use crate::log::{Change, LINE_LIMIT, Record, Reported};
use crate::model::{Entry, Machine};

impl Session {
    /// The entry of the alert that a report is about.
    pub fn alert(&self, reported: &Reported) -> Option<&Entry> {
        self.fold.alert(&reported.source, &reported.key)
    }

    /// Whether a report says nothing that is not known: the alert fired then, and it is known how that ended if the report
    /// says so. One without a time of its own is about the last time that the alert fired, while that goes on.
    pub fn knows(&self, reported: &Reported) -> bool {
        let Some(Machine::Alert(alert)) = self.alert(reported).and_then(|entry| entry.machine.as_deref())
        else {
            return false;
        };
        let at = reported.when.at.instant().filter(|_| !reported.when.approximate);
        match at {
            Some(at) => alert.knows(at, reported.ended.as_ref()),
            None => alert.is_firing() == reported.ended.is_none(),
        }
    }

    /// Takes in reports of alerts, those that say something new: with one write for all of them. How many those were. They
    /// are on their way to the disk when this returns.
    ///
    /// # Errors
    /// Where one is too long for a line of the journal, or the incident is read-only. Those before it are taken in.
    pub fn report(&mut self, reports: Vec<Reported>) -> Result<usize, CommitError> {
        self.pump();
        if let Some(reason) = self.tally.read_only() {
            return Err(CommitError::ReadOnly(reason.to_owned()));
        }
        let mut new: Vec<Record> = Vec::new();
        let mut failed = Ok(());
        for reported in reports {
            if self.knows(&reported) {
                continue;
            }
            let by = reported.source.clone();
            let reported = self.of_the_last_time(reported);
            let mut hlc = self.hlc.clone();
            let record = stamped(
                &mut hlc,
                self.clock.now(),
                &by,
                (None, self.ledger.last()),
                Change::AlertReported(Box::new(reported)),
            );
            let bytes = record.line().len();
            if bytes > LINE_LIMIT {
                failed = Err(CommitError::TooLong { bytes });
                break;
            }
            self.hlc = hlc;
            self.tally.begin();
            self.take_in(vec![record.clone()]);
            new.push(record);
        }
        let count = new.len();
        if count > 0 {
            self.hand_over(new, false);
        }
        failed.map(|()| count)
    }

    /// A report without a time of its own that an alert has ended is about the last time that it fired.
    fn of_the_last_time(&self, mut reported: Reported) -> Reported {
        let last = match self.alert(&reported).and_then(|entry| entry.machine.as_deref()) {
            Some(Machine::Alert(alert)) => alert.fired.last(),
            _ => None,
        };
        if let Some(last) = last.filter(|_| reported.when.approximate && reported.ended.is_some()) {
            reported.when.at = last.at.into();
        }
        reported
    }
}
