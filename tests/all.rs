//! All integration tests, in one binary.

mod cli;
mod export;
// mod grammar;
mod house;
mod journeys;
// mod laws;
mod pty;
// mod scene;
mod store;
mod support;
mod text;
