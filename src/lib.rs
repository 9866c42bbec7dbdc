//! warroom, the flight recorder for outages.
//!
//! The house, floor by floor. A file uses only lower floors, never upper ones, never sideways between workshops or fronts;
//! a test reads the sources and holds this.
//!
//! | floor | module | |
//! |---|---|---|
//! | F7 | [`cli`] | the shell, one file a subcommand |
//! | F6 | [`config`] | loads the settings |
//! | F5 | [`web`] [`tui`] | fronts: alerts come in; the room, the only place that knows the terminal |
//! | F4 | [`session`] | the hall: the one door through which an incident changes |
//! | F3 | [`store`] [`export`] [`import`] [`ingest`] [`archive`] [`share`] | workshops: the disk; the report; documents from elsewhere; what alert senders post; many incidents; other hosts |
//! | F2 | [`grammar`] | the desk, pure: what people type becomes changes |
//! | F1 | [`log`] [`settings`] | the ledger, pure: changes, their order, the fold |
//! | F0 | [`text`] [`model`] [`hands`] | text from outside; the nouns; several threads at the same work |
//!
//! The walk is one-way: keys or a shell line -> [`grammar::read`] -> [`log::Change`] -> [`session::Session::commit`] (stamp,
//! fold, journal) -> [`model::Incident`] -> the room's view, or [`export`]. Undo is one more change through the same door. Alerts
//! come from [`web`] by way of [`ingest`] to [`session::Session::report`]. [`guide`] tells how a key becomes a line on disk, and how
//! a command, a template, a sender of alerts and a shape of documents are added.

#[cfg(not(unix))]
compile_error!("warroom keeps its promises about data by what Unix systems offer; on Windows it runs in WSL");

pub mod text;

pub mod model;

pub mod hands;

pub mod log;

pub mod settings;

pub mod grammar;

pub mod store;

pub mod export;

pub mod import;

pub mod ingest;

pub mod archive;

pub mod share;

pub mod session;

pub mod web;

pub mod tui;

pub mod config;

pub mod cli;

pub mod guide;
