//! What can be wrong between this host and a server, told apart by what a person does about it.

use std::fmt;

use super::stream::NOTHING;
use crate::text::Raw;

/// Why there is no connection, or why it is of no use. Its words are for a person, and safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// That is no address of a server.
    #[error("{0}")]
    Address(String),
    /// A file of credentials or of certificates is missing, cannot be read, or is none.
    #[error("{0}")]
    File(String),
    /// Nobody listens at that address, or it leads nowhere.
    #[error("nobody can be reached there ({0})")]
    Absent(String),
    /// It is there, and says nothing.
    #[error("the server does not answer")]
    Silent,
    /// TLS was asked for, and the server has none.
    #[error("the server does not speak TLS")]
    NoTls,
    /// Nobody who is known here vouches for it.
    #[error("the certificate of the server is not trusted ({0})")]
    Untrusted(String),
    /// The user, the password or the credentials are not right.
    #[error("the server does not let this host in ({0})")]
    NotLetIn(String),
    /// Whoever this is may not do it.
    #[error("the server does not permit it ({0})")]
    NotPermitted(String),
    /// Nothing can be kept there.
    #[error("the server has no JetStream, or the stream is gone")]
    NoJetStream,
    /// More servers are asked for than there are.
    #[error("there are not as many servers as replicas ({0})")]
    TooFewServers(String),
    /// The incident is not there.
    #[error("{NOTHING}")]
    Nothing,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Fault {
    /// Sorts what the client or the server said. What the client says of the same thing depends on where it noticed it.
    pub(super) fn of(error: &dyn fmt::Display) -> Self {
        let told = Raw::new(error.to_string()).for_term().to_string();
        let small = told.to_lowercase();
        let told_in = |words: &[&str]| words.iter().any(|word| small.contains(word));
        if told_in(&["timed out", "deadline has elapsed", "missed idle heartbeat", "heartbeat"]) {
            Self::Silent
        } else if told_in(&["permissions violation", "permission violation"]) {
            Self::NotPermitted(told)
        } else if told_in(&["authorization violation", "authentication"]) {
            Self::NotLetIn(told)
        } else if told_in(&["no responders", "resource does not exist", "jetstream not enabled"]) {
            Self::NoJetStream
        } else if told_in(&["replicas > 1", "no suitable peers"]) {
            Self::TooFewServers(told)
        } else if told_in(&["peer certificate"]) {
            Self::Untrusted(told)
        } else if told_in(&["corrupt message"]) {
            // What a server says first is no beginning of TLS.
            Self::NoTls
        } else if told_in(&["refused", "dns error", "unreachable", "no route to host"]) {
            Self::Absent(told)
        } else {
            Self::Other(told)
        }
    }
}
