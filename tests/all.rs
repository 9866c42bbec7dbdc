//! All integration tests, in one binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed, and says where")]

mod cli;
mod details;
mod export;
mod grammar;
mod history;
mod house;
mod journeys;
mod laws;
mod pty;
mod room;
mod scene;
mod stage;
mod store;
mod support;
mod text;
