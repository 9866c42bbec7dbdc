//! warroom, the flight recorder for outages.

pub mod text;

pub mod model;

pub mod log;

pub mod grammar;

pub mod store;
