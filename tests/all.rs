//! All integration tests, in one binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed, and says where")]

mod bad_inputs;
mod check;
mod cli;
mod clockwork;
mod completion;
mod csv;
mod details;
mod doctor;
mod export;
mod frozen;
mod fuzz;
mod grammar;
mod history;
mod house;
mod html;
mod incidents;
mod journeys;
mod json;
mod laws;
mod log;
mod outage;
mod pictures;
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
mod templates;
mod terminal;
mod text;
mod themes;
mod written;
