//! One incident on several hosts, each with a room in a terminal of its own.

use std::collections::BTreeSet;

use super::server::Server;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

/// What fits into a row of a room, and shows what was said last in several.
const SIZE: (u16, u16) = (100, 30);

/// The hosts that share an incident.
pub struct Hosts {
    pub houses: Vec<House>,
    pub rooms: Vec<Terminal>,
    /// What it is called on the server.
    pub name: String,
    /// All that was said.
    said: Vec<String>,
}

impl Hosts {
    /// The first one shares it at its address of the server, each other joins it at its own.
    pub fn at(addresses: &[String], more: &[&str]) -> Self {
        let first = House::new();
        first.done(&["new", "Checkout is down", "--detach"]);
        let line = first.done(&[&["share", "--nats", &addresses[0]], more].concat());
        let name = line.trim().rsplit_once('/').unwrap().1.to_owned();
        let mut houses = vec![first];
        for address in &addresses[1..] {
            houses.push(joined(address, &name));
        }
        let rooms = houses.iter().map(room).collect();
        Self { houses, rooms, name, said: Vec::new() }
    }

    /// So many, at one server.
    pub fn of(server: &Server, many: usize) -> Self {
        Self::at(&vec![server.url(); many], &[])
    }

    pub fn stream(&self) -> String {
        format!("warroom-{}", self.name)
    }

    /// Something is said on each host, and is on its disk.
    pub fn say(&mut self, what: &str) {
        for host in 0..self.rooms.len() {
            self.say_on(host, what);
        }
    }

    pub fn say_on(&mut self, host: usize, what: &str) {
        let text = format!("{what} on {host}");
        self.rooms[host].types(&format!("{text}\r"));
        self.rooms[host].shows(&text);
        self.said.push(text);
    }

    /// Waits until each host shows what was said last on all.
    pub fn all_show(&mut self, what: &str) {
        let count = self.rooms.len();
        for room in &mut self.rooms {
            for host in 0..count {
                room.shows(&format!("{what} on {host}"));
            }
        }
    }

    /// Waits until each host says this of its link.
    pub fn all_say(&mut self, sign: &str) {
        for room in &mut self.rooms {
            room.shows(sign);
        }
    }

    /// The process on this host is gone without a word; its room is opened again.
    pub fn kill(&mut self, host: usize) {
        self.rooms[host].kill();
        self.rooms[host] = room(&self.houses[host]);
    }

    /// The rooms are left: all journals have the same records, with all that was said; so has whoever joins now.
    pub fn end_alike(mut self, address: &str) {
        for room in &mut self.rooms {
            room.types(QUIT);
            assert_eq!(room.ends().exit_code(), 0);
        }
        self.houses.push(joined(address, &self.name));
        let first = journal(&self.houses[0]);
        for text in &self.said {
            let count = first.iter().filter(|line| line.contains(&format!("\"{text}\""))).count();
            assert_eq!(count, 1, "{text}: {first:#?}");
        }
        for house in &self.houses[1..] {
            assert_eq!(journal(house), first);
        }
    }
}

fn joined(address: &str, name: &str) -> House {
    let house = House::new();
    house.done(&["join", &format!("{address}/{name}"), "--detach"]);
    house
}

fn room(house: &House) -> Terminal {
    let mut room = Terminal::start(house, &["open"], SIZE);
    room.shows("⇅");
    room
}

/// The records on a host, each once.
fn journal(house: &House) -> BTreeSet<String> {
    let text = std::fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
