//! Rows that were laid out: copies share them, and nobody waits for them to be put away.

use std::ops::Deref;
use std::sync::Arc;
use std::thread;

use ratatui::text::Line;

/// As many rows are freed before anybody notices.
const MANY: usize = 20_000;

/// Rows for the width there is.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Pages(Arc<[Line<'static>]>);

impl From<Vec<Line<'static>>> for Pages {
    fn from(rows: Vec<Line<'static>>) -> Self {
        Self(rows.into())
    }
}

impl Deref for Pages {
    type Target = [Line<'static>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Pages {
    /// Those of a report of a hundred thousand entries take longer than a key may take.
    fn drop(&mut self) {
        if self.len() > MANY {
            let rows = std::mem::take(&mut self.0);
            // Where there is no thread, they are freed here.
            let _ = thread::Builder::new().name("pages".into()).spawn(move || drop(rows));
        }
    }
}
