//! Many incidents: what of each is looked through when past ones are asked.

mod digest;

pub use digest::{Digest, Guess, Todo};
