//! The report. The story is told once, in [`outline`]; a format only says how a heading, a row, a link looks.

pub mod csv;
pub mod file;
pub mod html;
pub mod json;
pub mod markdown;
pub mod outline;
pub mod redact;
pub mod written;

pub use outline::phases::Phases;
pub use outline::{Gap, Outline};
