//! What came from other hosts is hostile until it was looked at: rows 108 to 112 of the table of bad inputs.

use crate::log::{Change, Damage, Record, Stamp, hlc};
use crate::model::{Instant, Writer};

use super::Name;

/// Why a message is no record that is taken in. It is counted, and never asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no line of a journal.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// It says that this very process wrote it, which did not.
    #[error("it claims to be written here")]
    Forged,
    /// It was sent as a record of another incident, or of none; or it founds an incident, and another one.
    #[error("it belongs to another incident")]
    Foreign,
    /// Its stamp is no clock's: more than a hundred years ahead.
    #[error("its stamp is no clock's")]
    NoTime,
}

/// The header that says of which incident a record is. A line of a journal does not, and a server can be told to pass on what
/// comes under one subject under another, too.
pub(super) const INCIDENT: &str = "Warroom-Incident";

/// Reads what came, where it may be taken in. `of` is the incident that it was sent as a record of, `own` whose records are
/// written here.
///
/// # Errors
/// Why it may not.
pub fn read(
    payload: &[u8],
    of: Option<&str>,
    name: &Name,
    own: Option<Writer>,
    now: Instant,
) -> Result<Record, Refused> {
    let record = Record::read(payload)?;
    if own == Some(record.stamp.writer) {
        return Err(Refused::Forged);
    }
    if matches!(record.change(), Some(Change::IncidentCreated { .. })) && !is_founder(name, record.stamp) {
        return Err(Refused::Foreign);
    }
    if of.and_then(|of| of.parse().ok()).as_ref() != Some(name) {
        return Err(Refused::Foreign);
    }
    if hlc::is_beyond(record.stamp, now) {
        return Err(Refused::NoTime);
    }
    Ok(record)
}

/// Whether a founding record is that of this incident. One whose founding record was lost is named by another's.
fn is_founder(name: &Name, stamp: Stamp) -> bool {
    name.founder() == Some(stamp.writer)
}
