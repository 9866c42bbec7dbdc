//! A network of the test's own, with wires that can be cut: a namespace for the server, and one for each host.

use std::io::Write as _;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::hosts::{Hosts, Way};
use super::server::{Server, Setup};

/// Where the program `ip` lies; the environment of what runs within says nothing of it.
fn ip() -> &'static str {
    let places = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"];
    places.into_iter().find(|place| std::path::Path::new(place).exists()).unwrap()
}

fn set_up(args: &str) {
    let output = Command::new(ip()).args(args.split(' ')).output().unwrap();
    assert!(output.status.success(), "ip {args}: {}", String::from_utf8_lossy(&output.stderr));
}

struct Network {
    /// What the names of its namespaces begin with.
    name: String,
    hosts: usize,
}

impl Network {
    /// One with so many hosts; none where this user may not make one.
    fn of(hosts: usize) -> Option<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        if !rustix::process::geteuid().is_root() {
            let _ = writeln!(std::io::stderr(), "skipped: only root may make network namespaces");
            return None;
        }
        let name = format!("warroom-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let one = Self { name, hosts };
        set_up(&format!("netns add {}", one.name));
        set_up(&format!("-n {} link set lo up", one.name));
        for host in 0..hosts {
            let (server, there) = (&one.name, one.host(host));
            set_up(&format!("netns add {there}"));
            set_up(&format!("-n {server} link add wire{host} type veth peer name wire netns {there}"));
            set_up(&format!("-n {server} addr add {}/24 dev wire{host}", address(host)));
            set_up(&format!("-n {there} addr add 10.9.{host}.2/24 dev wire"));
            set_up(&format!("-n {there} link set wire up"));
            one.heal(host);
        }
        Some(one)
    }

    fn host(&self, host: usize) -> String {
        format!("{}-{host}", self.name)
    }

    /// Nothing gets through any more, and nobody is told.
    fn cut(&self, host: usize) {
        set_up(&format!("-n {} link set wire{host} down", self.name));
    }

    fn heal(&self, host: usize) {
        set_up(&format!("-n {} link set wire{host} up", self.name));
    }

    /// What runs a program in a namespace.
    fn within(name: &str) -> Vec<String> {
        [ip(), "netns", "exec", name].map(str::to_owned).to_vec()
    }

    fn server(&self) -> Server {
        let within = Self::within(&self.name);
        Server::with(&Setup {
            within,
            address: "0.0.0.0:4222".parse().ok(),
            is_forgetful: true,
            ..Setup::default()
        })
    }

    fn ways(&self) -> Vec<Way> {
        let way = |host| Way {
            within: Self::within(&self.host(host)),
            server: format!("nats://{}:4222", address(host)),
            ..Way::default()
        };
        (0..self.hosts).map(way).collect()
    }
}

/// The address of the server, as a host sees it.
fn address(host: usize) -> String {
    format!("10.9.{host}.1")
}

impl Drop for Network {
    fn drop(&mut self) {
        let hosts = (0..self.hosts).map(|host| self.host(host));
        for name in hosts.chain([self.name.clone()]) {
            let _ = Command::new(ip()).args(["netns", "del", &name]).status();
        }
    }
}

#[test]
#[ignore = "needs nats-server, ip, and root for network namespaces"]
fn a_host_is_cut_off_while_both_sides_go_on() {
    let Some(network) = Network::of(2) else { return };
    let _server = network.server();
    let mut hosts = Hosts::by(&network.ways());
    hosts.say("before");
    hosts.all_show("before");
    network.cut(1);
    hosts.say("apart");
    hosts.all[1].room.shows("not connected");
    hosts.say("still apart");
    network.heal(1);
    hosts.all_show("still apart");
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server, ip, and root for network namespaces"]
fn all_hosts_are_cut_off_and_the_server_has_lost_its_store() {
    let Some(network) = Network::of(2) else { return };
    let mut server = network.server();
    let mut hosts = Hosts::by(&network.ways());
    hosts.say("before");
    hosts.all_show("before");
    network.cut(0);
    network.cut(1);
    hosts.say("apart");
    hosts.all_say("not connected");
    server.kill();
    server.lose_store();
    server.again();
    network.heal(0);
    network.heal(1);
    hosts.all_show("apart");
    hosts.end_alike();
}
