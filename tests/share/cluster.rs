//! Three servers, of which one may fail.

use std::net::SocketAddr;

use async_nats::jetstream::{self, stream};

use super::hosts::{Hosts, Way};
use super::run;
use super::secure::{PASSWORDS, options};
use super::server::{Authority, Server, Setup};
use crate::support::free;

const NAMES: [&str; 3] = ["one", "two", "three"];

/// Three of the documented configuration, one beside the other.
struct Cluster {
    servers: Vec<Server>,
}

impl Cluster {
    fn start() -> Self {
        let ends: Vec<SocketAddr> = NAMES.iter().map(|_| free()).collect();
        let routes: Vec<String> = ends.iter().map(|end| format!("nats-route://{end}")).collect();
        let routes = routes.join(",");
        let authority = Authority::new();
        let server = |(name, end): (&&str, &SocketAddr)| {
            let listen = format!("nats://{end}");
            let environment: Vec<_> = PASSWORDS.iter().copied().chain([("NODE", *name)]).collect();
            Server::with(&Setup {
                config: Some("three.conf"),
                authority: Some(&authority),
                args: &["--cluster_listen", &listen, "--routes", &routes],
                environment: &environment,
                ..Setup::default()
            })
        };
        let one = Self { servers: NAMES.iter().zip(&ends).map(server).collect() };
        one.is_whole();
        one
    }

    async fn js(&self) -> jetstream::Context {
        let urls: Vec<String> = self.servers.iter().map(Server::url).collect();
        jetstream::new(options(&self.servers[0], "lead").connect(urls).await.unwrap())
    }

    /// Waits until a stream can lie on all three.
    fn is_whole(&self) {
        run(async {
            let js = self.js().await;
            let trial =
                stream::Config { name: "trial".to_owned(), num_replicas: 3, ..stream::Config::default() };
            while js.create_stream(trial.clone()).await.is_err() {}
            js.delete_stream("trial").await.unwrap();
        });
    }

    /// Which of the servers leads a stream.
    fn leader(&self, name: &str) -> usize {
        run(async {
            let stream = self.js().await.get_stream(name).await.unwrap();
            let leader = stream.cached_info().cluster.as_ref().unwrap().leader.clone().unwrap();
            NAMES.iter().position(|name| *name == leader).unwrap()
        })
    }

    /// The way to all of them.
    fn way(&self) -> Way {
        let urls: Vec<String> =
            self.servers.iter().map(|server| format!("tls://lead:of%20lead@{}", server.address)).collect();
        let ca = self.servers[0].authority().to_str().unwrap().to_owned();
        Way { server: urls.join(","), more: vec!["--ca".to_owned(), ca], ..Way::default() }
    }
}

#[test]
#[ignore = "needs nats-server"]
fn the_leader_of_three_servers_fails() {
    let mut cluster = Cluster::start();
    let way = cluster.way();
    let first = Way {
        more: [way.more.clone(), vec!["--replicas".to_owned(), "3".to_owned()]].concat(),
        ..way.clone()
    };
    let mut hosts = Hosts::sharing(&first);
    hosts.join(&way);
    hosts.join(&way);
    hosts.say("before");
    hosts.all_show("before");
    let leader = cluster.leader(&hosts.stream());
    cluster.servers[leader].kill();
    hosts.say("without a leader");
    hosts.all_show("without a leader");
    assert_ne!(cluster.leader(&hosts.stream()), leader);
    cluster.servers[leader].again();
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}
