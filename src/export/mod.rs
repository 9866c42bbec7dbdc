//! The report. The story is told once, in [`outline`]; a format only says how a heading, a row, a link looks.

pub mod anonymise;
pub mod file;
pub mod markdown;
pub mod outline;
pub mod redact;

pub use outline::phases::Phases;
pub use outline::{Gap, Outline};
