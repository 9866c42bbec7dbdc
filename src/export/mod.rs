//! The report. The story is told once, in [`outline`]; a format only says how a heading, a row, a link looks.

pub mod file;
pub mod markdown;
pub mod outline;
pub mod redact;
pub mod templates;

pub use outline::phases::Phases;
pub use outline::{Gap, Outline};
