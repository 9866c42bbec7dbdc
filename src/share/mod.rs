//! One incident on several hosts, over NATS `JetStream` (protocol section 2.12).
//!
//! # How it goes
//!
//! Every host keeps the whole journal. Records form a grow-only set, so that whatever order they come in, and however often,
//! all hosts end with the same. What is said on a host is saved there first; then its [`Link`], a thread of its own, publishes
//! the line of the journal as it is, with the stamp of the record as its `Nats-Msg-Id`. What comes from others is
//! [looked at](read()), handed to the session, written to the journal, and acknowledged only then.
//!
//! The stream is transport, not storage: a server that acknowledges has not always synced, and streams are emptied, deleted and
//! rolled back. So a link reads all of the stream before it sends anything, and then sends what the stream lacks. Whether it
//! is still the same stream, with all that it had, is looked at when the connection comes back and every minute: its birthday,
//! its number of messages, and the message that was read last. The [`Plan`] is that, without the network. A server also remembers
//! the ids of what it has lost since: what it claims to have and is not seen is sent under another id.
//!
//! Who is here, what they look at and what their clocks show goes over a plain subject, is kept by nobody, and says by a digest
//! which records one has: two that differ though nothing is under way read the stream again.
//!
//! # Names
//!
//! | what | name |
//! |---|---|
//! | an incident | `ID-WRITER`: its id where it was shared first, and whose record founded it |
//! | its stream | `warroom-ID-WRITER` |
//! | records | `warroom.ID-WRITER.op` |
//! | people | `warroom.ID-WRITER.here` |
//!
//! # Limits, and how it goes on beyond them
//!
//! One stream an incident, on one server or three, carries some thousand records a second; an incident of 100,000 is some 25 MB.
//! A host's link has one ephemeral consumer, in the server's memory. With 500 people in one incident each record is
//! delivered 500 times: 100 a second of 250 bytes are 12 MB a second from its leader, which one server does; the word that one
//! is here, every 15 s and for every 500, is 17,000 small messages a second, which is the first thing to thin out
//! (say it less often the more are here). 10,000 incidents are 10,000 streams: servers hold that many where most sleep, but each one with three
//! replicas is a Raft group of its own, so that they belong onto several clusters by account, or, where an incident is over, into
//! the archive: every host that took part has all of it, and the stream can be deleted. Placement tags keep streams on servers
//! that sync always.

mod arrival;
mod connect;
mod fault;
mod hearing;
mod link;
mod name;
mod people;
mod plan;
mod sending;
mod stream;
mod teller;
mod wire;

pub use arrival::{Refused, read};
pub use connect::{Address, BadAddress, shown};
pub use fault::Fault;
pub use link::{Connection, Link, LinkError, News, Pace, Setup, Standing};
pub use name::{Name, NoName};
pub use people::{Doing, Person};
pub use plan::{Plan, Sending};
pub use stream::NOTHING;
