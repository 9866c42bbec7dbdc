//! warroom, the flight recorder for outages.

pub mod text;
