//! Settings of the listener that alert senders post to.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::Serialize;

/// Where and for whom it listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListenSettings {
    /// The address.
    pub bind: SocketAddr,
    /// The file with the tokens that callers have to know.
    pub token_file: Option<String>,
    /// Whether every room listens, for its incident.
    pub room: bool,
}

impl Default for ListenSettings {
    /// For this machine only, beside Prometheus (9090) and Alertmanager (9093, 9094).
    fn default() -> Self {
        Self { bind: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9095), token_file: None, room: false }
    }
}
