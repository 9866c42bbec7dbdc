//! What is said in a shell where nobody of this host sends it.

use super::hosts::{Hosts, Way};
use super::server::Server;
use crate::support::{House, texts};
use crate::terminal::QUIT;

const WAITS: &str = "others get it when a room of it is open on this host";

/// What is told beside when this is said, in one call and over several lines.
fn told(house: &House) -> [String; 2] {
    let said = house.run(&["say", "it burns"]);
    let logged = house.fed(&["log"], "it smokes\nit glows\n");
    assert!(said.status.success() && logged.status.success());
    [said, logged].map(|output| texts(&output).1)
}

#[test]
fn nothing_is_told_where_nothing_is_shared() {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    assert_eq!(told(&house), ["", ""]);
}

#[test]
#[ignore = "needs nats-server"]
fn what_nobody_sends_is_told_to_wait_until_a_room_is_open() {
    let server = Server::start();
    let mut hosts = Hosts::sharing(&Way::to(&server));
    let host = &mut hosts.all[0];
    host.room.shows("⇅ shared");
    assert_eq!(told(host.house()), ["", ""], "the room sends it");
    host.room.types(QUIT);
    host.room.ends();
    for said in told(host.house()) {
        assert_eq!(said.matches(WAITS).count(), 1, "{said}");
    }
    let house = host.house();
    let folder = house.only_incident();
    house.done(&["share", folder.to_str().unwrap(), "--stop"]);
    assert_eq!(told(house), ["", ""]);
}
