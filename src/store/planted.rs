//! Faults planted in this store on purpose, so that a test can show that the tests would notice them (`tests/planted.rs`).
//!
//! Only the feature `planted-faults` can wake one, and then only the one that the environment names; without the feature
//! none of it is left in the program.

#[cfg(all(feature = "planted-faults", not(debug_assertions)))]
compile_error!("planted-faults is for the tests: it may not be in a release");

use crate::log::{Damage, Record};

/// Names the fault to wake, as `no-sync`.
#[cfg(feature = "planted-faults")]
pub const FAULT: &str = "WARROOM_FAULT";

/// A mistake that would lose, hide or invent something, or make somebody wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "planted-faults", derive(clap::ValueEnum))]
pub enum Fault {
    /// Records are said to be saved without a sync.
    NoSync,
    /// The journal is synced before the records are written to it, not behind them.
    SyncBeforeWrite,
    /// Names in a folder are not made durable.
    NoFolderSync,
    /// After a sync that failed, a second one is believed.
    SyncRetried,
    /// Records are appended without the lock.
    NoLock,
    /// Opening the journal empties it.
    Truncated,
    /// A snapshot counts whatever its checksums say, and whichever journal it has seen.
    SnapshotBelieved,
    /// A line counts whatever its checksum says.
    NoChecksum,
    /// The lock is waited for without a limit.
    BlockingLock,
    /// Reading ends at the first damaged line.
    StopAtBadLine,
    /// A sync that failed is taken for one that did not.
    FailedSyncIgnored,
    /// The lock is let go before the records are written.
    LockLetGo,
    /// A lock file that was removed goes on being used.
    LockGoneUnseen,
    /// The journal is written to wherever the open file stands, not at its end.
    NoAppend,
    /// What a write that failed has left behind stays.
    PieceLeft,
    /// Nothing keeps a new record apart from an unfinished or unsynced one.
    NoLineFeed,
    /// New files get their names before their content is durable.
    UnsyncedFile,
    /// A new name replaces what has it already.
    NameTaken,
    /// The umask has a say in who may read a file.
    ModeOfUmask,
    /// Symbolic links in the folder are followed.
    LinkFollowed,
    /// A journal that was overwritten is taken for the one that was read.
    OverwrittenUnseen,
    /// What a journal that was replaced lacks is not written again.
    NothingOwed,
    /// The line that was not sent is not kept.
    DraftDropped,
}

/// Whether this fault is awake.
#[cfg(feature = "planted-faults")]
pub(super) fn planted(fault: Fault) -> bool {
    use clap::ValueEnum as _;
    std::env::var(FAULT).is_ok_and(|named| Fault::from_str(&named, false) == Ok(fault))
}

/// Never: this is the program as people get it.
#[cfg(not(feature = "planted-faults"))]
pub(super) const fn planted(_: Fault) -> bool {
    false
}

/// Reads a line as if its checksum were the right one.
pub(super) fn read_unchecked(line: &[u8]) -> Result<Record, Damage> {
    const SEALED: usize = ",\"crc\":\"01234567\"}".len();
    let open = &line[..line.len().saturating_sub(SEALED)];
    let seal = format!(",\"crc\":\"{:08x}\"}}", crc32c::crc32c(open));
    Record::read(&[open, seal.as_bytes()].concat())
}
