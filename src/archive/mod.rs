//! Many incidents: what of each is looked through when past ones are asked.

mod digest;
pub mod duplicates;
pub mod guesses;
mod memory;
pub mod similar;
pub mod subject;

pub use digest::{Digest, Guess, Todo, merged_away};
pub use guesses::{Guesses, Recalled};
pub use memory::Memory;
pub use similar::{Similar, Suggestion, Symptoms};
pub use subject::Subjects;
