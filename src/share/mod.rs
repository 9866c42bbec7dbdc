//! One incident on several hosts, over NATS JetStream (protocol section 2.12).

mod arrival;
mod connect;
mod link;
mod name;
mod people;
mod plan;
mod wire;

pub use arrival::{Refused, read};
pub use connect::{Address, BadAddress, shown};
pub use link::{Connection, Link, LinkError, News, Pace, Setup, Standing};
pub use name::{Name, NoName};
pub use people::{Doing, Person};
pub use plan::{Plan, Sending};
