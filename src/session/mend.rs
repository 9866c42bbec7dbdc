//! Repairs an incident: what stands whole in damaged lines is appended again as it is, what only `incident.json` or a
//! rescue file has comes back as at every opening, and `incident.json` is written anew. The journal is only appended to.

use std::path::Path;

use super::rescued::Copies;
use super::{Opening, Session};
use crate::store::Rescued;
use crate::store::examine::{self, Examined, Finding};

/// What a repair did, in words that are safe for a terminal.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// What has to be known of it.
    pub done: Vec<String>,
    /// What did not work, and why.
    pub troubles: Vec<String>,
}

/// Repairs what can be. What is left shows when the folder is examined again.
pub fn mend(folder: &Path, opening: Opening, rescued: &[Rescued]) -> Mended {
    let mut mended = Mended::default();
    let now = opening.clock.now();
    let found = examine::examine(folder, now, rescued);
    let wants = |found: &Examined, what: fn(&Finding) -> bool| {
        found.findings.iter().any(|finding| finding.can_be_mended() && what(finding))
    };
    if wants(&found, |f| matches!(f, Finding::Mode { .. }))
        && let Err(error) = examine::mend::put_rights_right(folder)
    {
        mended.troubles.push(error.to_string());
    }
    // What could not be read before may be readable now.
    let found = examine::examine(folder, now, rescued);
    if !found.can_be_opened() || !wants(&found, |f| !matches!(f, Finding::Mode { .. })) {
        return mended;
    }
    let salvage = found.salvage();
    if !salvage.is_empty() {
        if let Err(error) = examine::mend::append_found(folder, &salvage) {
            mended.troubles.push(error.to_string());
            return mended;
        }
        let records = if salvage.len() == 1 { "record" } else { "records" };
        mended.done.push(format!("{} whole {records} from damaged lines appended again", salvage.len()));
    }
    let is_snapshot = |f: &Finding| {
        matches!(f, Finding::SnapshotDamaged { .. })
            || matches!(f, Finding::NotAFile { name, .. } if name == crate::store::SNAPSHOT)
    };
    if wants(&found, is_snapshot) {
        let label = now.format("%Y%m%dT%H%M%SZ").to_string();
        match examine::mend::put_snapshot_aside(folder, &label) {
            Ok(name) => mended.done.push(format!("what stood there is kept as {name}")),
            Err(error) => mended.troubles.push(error.to_string()),
        }
    }
    reopen(folder, opening, &mut mended);
    mended
}

/// Opens it, which brings back what the journal lacks, and leaves it with a new `incident.json`.
fn reopen(folder: &Path, opening: Opening, mended: &mut Mended) {
    let mut session = match Session::open(folder, opening, || {}) {
        Ok(session) => session,
        Err(error) => return mended.troubles.push(error.to_string()),
    };
    session.tally.restored += session.take_in_rescued(Copies::OfOthers);
    session.tally.snapshot_due = true;
    let flushed = session.flush(|_| {});
    match session.finish() {
        Err(unsaved) => mended.troubles.push(unsaved.to_string()),
        Ok(()) => mended.troubles.extend(flushed.err()),
    }
}
