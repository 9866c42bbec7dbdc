//! The way to a server: its address, and what lets one in.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use async_nats::{ConnectOptions, Event, ServerAddr};
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc::UnboundedSender;

use super::Name;
use crate::model::Shared;
use crate::text::Raw;

/// How long a server may take to answer.
pub(super) const ANSWER: Duration = Duration::from_secs(5);

/// How often it is asked whether it is there.
const PING: Duration = Duration::from_secs(5);

/// The longest that is waited between two attempts.
const REST: Duration = Duration::from_secs(5);

/// A server and an incident there, as one joins it: `nats://nats.example:4222/2024-08-10-checkout-n81gaj5g`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address of the server.
    pub server: String,
    /// The incident.
    pub name: Name,
}

/// It is no address of an incident.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no incident on a server: {0}")]
pub struct BadAddress(String);

impl Address {
    /// Reads one. `server` is that of the settings, for a name by itself.
    ///
    /// # Errors
    /// Where there is no server, or no name.
    pub fn read(text: &str, server: Option<&str>) -> Result<Self, BadAddress> {
        let (told, name) = match text.rsplit_once('/') {
            Some((told, name)) if told.contains("://") && !told.ends_with('/') => (Some(told), name),
            Some(_) => return Err(BadAddress("it ends in / and the name of the incident".to_owned())),
            None => (None, text),
        };
        let name = name.parse().map_err(|error: super::NoName| BadAddress(error.to_string()))?;
        let server = told.or(server).ok_or_else(|| BadAddress("no server is named".to_owned()))?;
        Ok(Self { server: server.to_owned(), name })
    }
}

impl fmt::Display for Address {
    /// Without what lets one in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", shown(&self.server), self.name)
    }
}

/// Addresses of servers without names of users and passwords.
pub fn shown(servers: &str) -> String {
    let one = |server: &str| {
        let server = server.trim();
        let (scheme, rest) = server.split_once("://").unwrap_or(("nats", server));
        let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
        format!("{scheme}://{host}")
    };
    servers.split(',').map(one).collect::<Vec<_>>().join(",")
}

/// Why something failed, in words for a person; safe for a terminal. What the client says of the same thing depends on where it
/// noticed it.
pub(super) fn reason(error: &dyn fmt::Display) -> String {
    let told = Raw::new(error.to_string()).for_term().to_string();
    let told_in = |words: &[&str]| words.iter().any(|word| told.to_lowercase().contains(word));
    if told_in(&["timed out", "deadline has elapsed", "missed idle heartbeat", "heartbeat"]) {
        return "the server does not answer".to_owned();
    }
    if told_in(&["permissions violation", "permission violation"]) {
        return format!("the server does not permit it ({told})");
    }
    if told_in(&["authorization violation", "authentication"]) {
        return format!("the server does not let this host in ({told})");
    }
    if told_in(&["no responders"]) {
        return "the server has no JetStream, or the stream is gone".to_owned();
    }
    told
}

/// Connects. `events` hears when the connection is lost and found again.
///
/// # Errors
/// Why there is no connection, in words for a person.
pub(super) async fn connect(
    shared: &Shared,
    name: &Name,
    events: UnboundedSender<Event>,
) -> Result<async_nats::Client, String> {
    let servers = shared.server.split(',').map(|server| ServerAddr::from_str(server.trim()));
    let servers: Vec<ServerAddr> = servers.collect::<Result<_, _>>().map_err(|error| reason(&error))?;
    let mut options = ConnectOptions::new()
        .name("warroom")
        // Answers come under a subject of the incident: a server can keep them from those who may not read it.
        .custom_inbox_prefix(format!("_INBOX.{}", name.stream()))
        .connection_timeout(ANSWER)
        .request_timeout(Some(ANSWER))
        .ping_interval(PING)
        .reconnect_delay_callback(|attempts| {
            let doubled = 100_u64.saturating_mul(1 << attempts.min(6));
            Duration::from_millis(doubled).min(REST)
        })
        .event_callback(move |event| {
            // Nobody hears it any more: the link has ended.
            let _ = events.send(event);
            std::future::ready(())
        });
    // The client takes neither out of an address by itself; there, what is no letter or digit stands as %20.
    if let Some((user, password)) =
        servers.iter().find_map(|server| Some((server.username()?, server.password()?)))
    {
        let plain = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        options = options.user_and_password(plain(user), plain(password));
    }
    if let Some(ca) = &shared.ca {
        options = options.add_root_certificates(ca.clone()).require_tls(true);
    }
    if let Some(file) = &shared.credentials {
        let read = options.credentials_file(file).await;
        options = read.map_err(|error| format!("{}: {error}", file.display()))?;
    }
    options.connect(servers).await.map_err(|error| reason(&error))
}
