//! The ledger, pure: changes with their stamps, the set they form, and the fold that turns the set into an incident.

mod about;
mod attached;
pub mod change;
pub mod field;
pub mod fold;
pub mod history;
pub mod hlc;
mod item;
pub mod known;
pub mod ledger;
pub mod merge;
pub mod messages;
pub mod purge;
pub mod record;
pub mod replay;
mod reported;
pub mod retraction;
mod reword;
pub mod setting;
pub mod settled;
pub mod undo;
pub mod words;

pub use about::About;
pub use attached::Attached;
pub use change::{Change, Fact, Restored, Tried};
pub use fold::Fold;
pub use hlc::Hlc;
pub use item::{List, ListItem};
pub use ledger::{Inserted, Ledger};
pub use record::{Body, Damage, LINE_LIMIT, Names, Order, Record, Stamped};
pub use replay::Replay;
pub use reported::Reported;

/// The stamp of a record is its id and its place in the order of all records.
pub type Stamp = crate::model::Id;
