//! Rooms on several hosts, with the real `nats-server`: that of the path, or the one that `NATS_SERVER` names.

mod arrival;
mod cluster;
mod company;
mod faults;
mod hosts;
mod keys;
mod links;
mod network;
mod plan;
mod remedies;
mod secure;
mod server;
mod waiting;

use std::future::Future;

/// Runs what talks with a server.
fn run<T>(talk: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(talk)
}
