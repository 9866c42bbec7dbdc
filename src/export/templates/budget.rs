//! How much a template may write. The engine counts steps; this counts bytes, those of what is printed and of every text
//! that a filter makes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::{Error, ErrorKind};

/// The bytes that are left, shared by all who spend them.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    /// So many bytes.
    pub fn of(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }

    /// Takes some; where too few are left, none are left from then on.
    fn take(&self, bytes: usize) -> bool {
        let left = self.0.load(Ordering::Relaxed).checked_sub(bytes);
        self.0.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some()
    }

    /// Whether somebody wanted more than there was.
    pub fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// Takes some for a text of the template.
    pub fn spend(&self, bytes: usize) -> Result<(), Error> {
        if self.take(bytes) { Ok(()) } else { Err(Error::new(ErrorKind::InvalidOperation, "too much text")) }
    }
}

/// What a template writes to.
pub(super) struct Page {
    budget: Budget,
    text: Vec<u8>,
}

impl Page {
    /// An empty one.
    pub fn within(budget: Budget) -> Self {
        Self { budget, text: Vec::new() }
    }

    /// What was written.
    pub fn text(self) -> String {
        String::from_utf8(self.text).unwrap_or_default()
    }
}

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.budget.take(bytes.len()) {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too much text"));
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
