//! Many incidents: what of each is looked through when past ones are asked.

mod digest;
pub mod figures;
pub mod subject;

pub use digest::{Digest, Guess, Todo};
pub use subject::Subjects;
