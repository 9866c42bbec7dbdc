//! The tests from outside, in one binary.

mod grammar;
mod laws;
mod scene;
