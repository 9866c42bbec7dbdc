//! Chats: the messages of a channel, as an export has them, become entries with their own times and authors.
//!
//! A message is known again by its channel and its time stamp ([`crate::model::Message`]): an export that is imported after another one
//! brings only what is new.

mod attachment;
mod export;
mod fields;
mod files;
mod mattermost;
mod picture;
mod plan;
mod said;
mod skipped;
mod slack;
mod zipped;

pub use export::{Channel, Export, Talk, is_export};
pub use files::{Files, LONGEST_FILE, MOST_BYTES, MOST_FILES, Meter, Refused, may_be_called};
pub use mattermost::{FIRST_LINE, is_lines, may_be_lines};
pub use plan::{Brought, Choice, plan};
pub use skipped::{Skipped, Why};
pub use zipped::{Zipped, is_zip};
