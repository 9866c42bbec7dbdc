//! Many incidents: what of each is looked through when past ones are asked.

pub mod actions;
mod card;
mod common;
mod component;
mod digest;
pub mod duplicates;
pub mod figures;
mod filter;
pub mod guesses;
pub mod index;
mod memory;
mod passage;
mod query;
pub mod similar;
mod snippet;
pub mod subject;
pub mod words;

pub use card::{Card, Facts};
pub use digest::{Digest, Guess, Todo, cards_merged_away, merged_away};
pub use filter::Filter;
pub use guesses::{Guesses, Recalled};
pub use memory::Memory;
pub use passage::{Part, Passage, passages};
pub use query::{Query, Term};
pub use similar::{Similar, Suggestion, Symptoms};
pub use snippet::{Snippet, snippets};
pub use subject::{Phrases, Subjects};
