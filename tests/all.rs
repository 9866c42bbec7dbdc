//! All integration tests, in one binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed, and says where")]

mod anonymise;
mod bad_inputs;
mod cli;
mod clockwork;
mod completion;
mod details;
mod doctor;
mod export;
mod fidelity;
mod filled;
mod frozen;
mod fuzz;
mod grammar;
mod history;
mod house;
mod incidents;
mod journeys;
mod laws;
mod log;
mod metrics;
mod outage;
#[cfg(feature = "planted-faults")]
mod planted;
mod pty;
mod pty_kept;
mod pty_list;
mod purge;
mod recovery;
mod redact;
mod report;
mod room;
mod scene;
mod settings;
mod stage;
mod store;
mod support;
mod terminal;
mod text;
mod themes;
