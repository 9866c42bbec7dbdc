//! Many incidents: what of each is looked through when past ones are asked.

pub mod actions;
mod card;
mod digest;
mod filter;
pub mod hands;
pub mod index;
mod passage;
mod query;
mod snippet;
pub mod words;

pub use card::{Card, Facts};
pub use digest::{Digest, Guess, Todo};
pub use filter::Filter;
pub use passage::{Part, Passage, passages};
pub use query::{Query, Term};
pub use snippet::{Snippet, snippets};
