//! The way to a server: its address, and what lets one in.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use async_nats::rustls::pki_types::CertificateDer;
use async_nats::rustls::pki_types::pem::PemObject as _;
use async_nats::{ConnectOptions, Event, ServerAddr};
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc::UnboundedSender;

use super::{Fault, Name};
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
pub enum BadAddress {
    /// It is a name by itself, and the settings name no server.
    #[error("no server is named")]
    NoServer,
    /// No incident is called so.
    #[error("that is no incident on a server: {0}")]
    NoName(String),
}

impl Address {
    /// Reads one. `server` is that of the settings, for a name by itself.
    ///
    /// # Errors
    /// Where there is no server, or no name.
    pub fn read(text: &str, server: Option<&str>) -> Result<Self, BadAddress> {
        let (told, name) = match text.rsplit_once('/') {
            Some((told, name)) if told.contains("://") && !told.ends_with('/') => (Some(told), name),
            Some(_) => {
                return Err(BadAddress::NoName("it ends in / and the name of the incident".to_owned()));
            }
            None => (None, text),
        };
        let name = name.parse().map_err(|error: super::NoName| BadAddress::NoName(error.to_string()))?;
        let server = told.or(server).ok_or(BadAddress::NoServer)?;
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

/// The servers of an address.
///
/// # Errors
/// Where one of them is no address.
fn servers(address: &str) -> Result<Vec<ServerAddr>, Fault> {
    let one = |server: &str| {
        let no_address = |why: &str| {
            Fault::Address(format!("{} is no address of a server: {why}", Raw::new(shown(server)).for_term()))
        };
        let read = ServerAddr::from_str(server.trim()).map_err(|error| no_address(&error.to_string()))?;
        match (read.scheme(), read.host()) {
            ("nats" | "tls", "") => Err(no_address("it names no host")),
            ("nats" | "tls", _) => Ok(read),
            (scheme, _) => Err(no_address(&format!("{scheme}:// is nothing that it speaks"))),
        }
    };
    address.split(',').map(one).collect()
}

/// Looks whether a file of certificates is one.
fn look_at_authority(file: &Path) -> Result<(), Fault> {
    let named = |why: &dyn fmt::Display| {
        Fault::File(Raw::new(format!("{}: {why}", file.display())).for_term().to_string())
    };
    let text = std::fs::read(file).map_err(|error| named(&error))?;
    let has_one = CertificateDer::pem_slice_iter(&text).any(|one| one.is_ok());
    if has_one { Ok(()) } else { Err(named(&"there is no certificate in it (PEM)")) }
}

/// Connects. `events` hears when the connection is lost and found again.
///
/// # Errors
/// Why there is no connection.
pub(super) async fn connect(
    shared: &Shared,
    name: &Name,
    events: UnboundedSender<Event>,
) -> Result<async_nats::Client, Fault> {
    let servers = servers(&shared.server)?;
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
        look_at_authority(ca)?;
        options = options.add_root_certificates(ca.clone()).require_tls(true);
    }
    if let Some(file) = &shared.credentials {
        let read = options.credentials_file(file).await;
        options = read.map_err(|error| {
            // The client names the file where it cannot be read, and does not where it is none.
            let (name, told) = (file.display().to_string(), error.to_string());
            let told = if told.contains(&name) { told } else { format!("{name}: {told}") };
            Fault::File(Raw::new(told).for_term().to_string())
        })?;
    }
    options.connect(servers).await.map_err(|error| Fault::of(&error))
}
