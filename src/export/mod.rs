//! The report. The story is told once, in [`outline`]; a format only says how a heading, a row, a link looks.

pub mod anonymise;
pub mod check;
pub mod csv;
pub mod file;
mod fit;
pub mod html;
pub mod insights;
pub mod json;
pub mod markdown;
pub mod mermaid;
pub mod outline;
pub mod redact;
mod same;
pub mod svg;
pub mod templates;
pub mod written;

pub use outline::phases::Phases;
pub use outline::{Gap, Outline};
pub use same::own_report;
