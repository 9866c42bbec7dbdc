//! The desk: every sentence about what people type, what is refused and why, and the way back from a change to its line.

mod commands;
pub mod generated;
mod hypotheses;
mod lines;
mod parts;
mod round_trip;
mod times;
mod zones;
