//! The lock that lets several processes write one journal.
//!
//! It is `flock` on a file of its own: it goes with the process that holds it, and the journal itself may be replaced.
//! Waiting has a limit, since the holder may be stopped (Ctrl-Z, a suspended machine) for hours.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::fs::fstat;

use super::dir::{Access, Dir};
use super::planted::{Fault, planted};
use super::{LOCK, StoreError};

/// How long anybody waits for the lock before it is said that it is held.
pub const LIMIT: Duration = Duration::from_secs(2);

/// How often it is tried.
const STEP: Duration = Duration::from_millis(5);

/// Why the lock was not got.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else holds it.
    #[error("another process holds the journal{}", pid.map_or_else(String::new, |pid| format!(" (pid {pid})")))]
    Busy {
        /// Who wrote its process number there last: nearly always the holder.
        pid: Option<u32>,
    },
    /// The system refused.
    #[error("the journal cannot be locked: {0}")]
    Io(#[from] io::Error),
}

/// The open lock file of a folder.
#[derive(Clone, Debug)]
pub(super) struct Lock(Arc<File>);

/// The lock is held as long as this lives.
#[derive(Debug)]
pub(super) struct Held(Arc<File>);

/// Who holds the lock at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Nobody,
    /// Another one; its process number as far as is known.
    Other(Option<u32>),
}

/// Who holds the lock of a folder. Nothing is created or written for that, and nobody is waited for.
pub(super) fn holder(dir: &Dir) -> Result<Holder, StoreError> {
    let Some(file) = dir.open_file(LOCK, Access::Read)? else { return Ok(Holder::Nobody) };
    let lock = Lock(Arc::new(file));
    match lock.0.try_lock_shared() {
        Ok(()) => Ok(Holder::Nobody),
        Err(TryLockError::WouldBlock) => Ok(Holder::Other(lock.signed())),
        Err(TryLockError::Error(error)) => Err(StoreError::io("lock", &dir.path().join(LOCK))(error)),
    }
}

impl Lock {
    /// Opens the lock file, and creates it where it is missing.
    pub(super) fn open(dir: &Dir) -> Result<Self, StoreError> {
        loop {
            if let Some(file) = dir.open_file(LOCK, Access::Write)? {
                return Ok(Self(Arc::new(file)));
            }
            match dir.create_file(LOCK, Access::Write) {
                Ok(file) => return Ok(Self(Arc::new(file))),
                // Another process was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreError::io("create", &dir.path().join(LOCK))(error)),
            }
        }
    }

    /// Whether somebody removed it after all: those who come later would then lock another file.
    pub(super) fn is_removed(&self) -> io::Result<bool> {
        Ok(fstat(&*self.0)?.st_nlink == 0 && !planted(Fault::LockGoneUnseen))
    }

    /// Takes the lock within a limit.
    pub(super) fn acquire(&self, limit: Duration) -> Result<Held, LockError> {
        let begin = Instant::now();
        loop {
            let refused = match self.try_once() {
                Ok(()) => {
                    self.sign();
                    return Ok(Held(Arc::clone(&self.0)));
                }
                Err(TryLockError::WouldBlock) => None,
                // Interrupted, or out of locks for a moment: as with a holder, it may work in a moment.
                Err(TryLockError::Error(error)) => Some(error),
            };
            if begin.elapsed() >= limit {
                return Err(match refused {
                    Some(error) => LockError::Io(error),
                    None => LockError::Busy { pid: self.signed() },
                });
            }
            std::thread::sleep(STEP);
        }
    }

    fn try_once(&self) -> Result<(), TryLockError> {
        if planted(Fault::NoLock) {
            return Ok(());
        }
        if planted(Fault::BlockingLock) {
            return self.0.lock().map_err(TryLockError::Error);
        }
        self.0.try_lock()?;
        if planted(Fault::LockLetGo) {
            self.0.unlock().map_err(TryLockError::Error)?;
        }
        Ok(())
    }

    /// Leaves this process's number for those who wait. It is a hint, so nothing depends on its being written; and it is
    /// written only where another one stands there, so that appending costs no second write.
    fn sign(&self) {
        let me = std::process::id();
        if self.signed() != Some(me) {
            let text = format!("{me}\n");
            let written =
                self.0.write_all_at(text.as_bytes(), 0).and_then(|()| self.0.set_len(text.len() as u64));
            drop(written);
        }
    }

    fn signed(&self) -> Option<u32> {
        let mut text = [0; 16];
        let length = self.0.read_at(&mut text, 0).ok()?;
        std::str::from_utf8(&text[..length]).ok()?.trim().parse().ok()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // It cannot fail for a lock that is held; closing the file would free it all the same.
        drop(self.0.unlock());
    }
}
