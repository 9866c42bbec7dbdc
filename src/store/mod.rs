//! The disk: an incident's folder with its journal, its snapshot, its lock and its draft.
//!
//! What is promised: a record that was reported as saved survives a kill, a crash and a power cut; one that is not saved
//! is said to be so within two seconds and kept; damage to some lines never hides or destroys others; either file alone
//! brings the incident back; any number of processes on one host may write at once. Not promised: network file systems
//! with two writers, disks that lie about a flush, people who delete the folder.

mod add;
mod append;
mod around;
pub mod aside;
mod atomic;
pub mod attachments;
mod bell;
mod catch_up;
mod dir;
pub mod draft;
mod error;
pub mod examine;
mod files;
pub mod folder;
pub mod follow;
pub mod journal;
pub mod lock;
#[cfg(not(feature = "planted-faults"))]
mod planted;
#[cfg(feature = "planted-faults")]
pub mod planted;
pub mod presence;
pub mod purge;
mod queue;
mod rescue;
pub mod restore;
pub mod scan;
pub mod sharing;
pub mod snapshot;
pub mod standing;
mod worker;
pub mod writer;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use add::{add, read_end};
pub use error::StoreError;
pub use folder::{create, create_at};
pub use journal::{Findings, Loaded, glimpse, read};
pub use purge::PurgeError;
pub use rescue::{Origin, Rescued, remove_rescue, rescue, rescue_files, rescued};
pub use restore::lost;
pub use snapshot::Snapshot;
pub use standing::Standing;
pub use writer::{Report, Setup, Writer};

/// The name of the writer's thread.
pub const WRITER: &str = "journal";
/// The file of records, one a line: the truth.
pub const JOURNAL: &str = "journal.jsonl";
/// The current state as one document: for people, and the way back should the journal be lost.
pub const SNAPSHOT: &str = "incident.json";
/// The file that writers lock. It is never removed: two processes would then hold locks on two different files.
pub const LOCK: &str = ".lock";
/// The line that was typed but not sent; [`aside`] where the folder does not take it.
pub const DRAFT: &str = "draft";

/// Whether a folder has the files of an incident, or does not let anybody see whether it has. Whether they are sound shows
/// when it is read.
pub fn is_incident(folder: &std::path::Path) -> bool {
    [JOURNAL, SNAPSHOT].iter().any(|name| match folder.join(name).symlink_metadata() {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::PermissionDenied,
    })
}

/// Keeps the signal for a file that grows past its limit from ending the process: the write then fails, as on a full
/// disk, and is reported and tried again. To be called once by `main`. Programs started later have the default again.
///
/// # Errors
/// Where the system takes no handler.
pub fn ignore_file_size_signal() -> std::io::Result<()> {
    let nobody_looks = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, nobody_looks).map(|_| ())
}
