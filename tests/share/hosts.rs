//! One incident on several hosts, each with a room in a terminal of its own.

use std::collections::BTreeSet;
use std::process::Command;

use portable_pty::CommandBuilder;

use super::server::Server;
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

const SIZE: (u16, u16) = (100, 30);

/// How a host comes to the server.
#[derive(Clone, Default)]
pub struct Way {
    /// What runs the program there, as `ip netns exec` does.
    pub within: Vec<String>,
    /// The address of the server, as it is from there.
    pub server: String,
    /// What `share` and `join` are told besides.
    pub more: Vec<String>,
}

impl Way {
    pub fn to(server: &Server) -> Self {
        Self { server: server.url(), ..Self::default() }
    }
}

/// A host, and the room that is open on it.
pub struct Host {
    house: House,
    way: Way,
    pub room: Terminal,
}

impl Host {
    fn opened(house: House, way: &Way) -> Self {
        let room = open(&house, way);
        Self { house, way: way.clone(), room }
    }

    pub fn house(&self) -> &House {
        &self.house
    }

    /// One more room on the same host.
    pub fn another_room(&self) -> Terminal {
        open(&self.house, &self.way)
    }

    /// Joins what is shared under this name, and opens it.
    pub fn joined(way: &Way, name: &str) -> Self {
        Self::opened(join(way, name), way)
    }
}

/// The hosts that share an incident.
pub struct Hosts {
    pub all: Vec<Host>,
    /// What it is called on the server.
    pub name: String,
    /// All that was said.
    said: Vec<String>,
}

impl Hosts {
    /// There is one, and it shares.
    pub fn sharing(way: &Way) -> Self {
        let house = House::new();
        house.done(&["new", "Checkout is down", "--detach"]);
        let line = done(&house, way, &["share", "--nats", &way.server]);
        let name = line.trim().rsplit_once('/').unwrap().1.to_owned();
        Self { all: vec![Host::opened(house, way)], name, said: Vec::new() }
    }

    /// The first one shares, the others join.
    pub fn by(ways: &[Way]) -> Self {
        let mut hosts = Self::sharing(&ways[0]);
        for way in &ways[1..] {
            hosts.join(way);
        }
        hosts
    }

    /// So many, at one server.
    pub fn of(server: &Server, many: usize) -> Self {
        Self::by(&vec![Way::to(server); many])
    }

    pub fn join(&mut self, way: &Way) {
        self.all.push(Host::joined(way, &self.name));
    }

    pub fn stream(&self) -> String {
        format!("warroom-{}", self.name)
    }

    /// Something is said on each host, and is on its disk.
    pub fn say(&mut self, what: &str) {
        for host in 0..self.all.len() {
            self.say_on(host, what);
        }
    }

    pub fn say_on(&mut self, host: usize, what: &str) {
        let text = format!("{what} on {host}");
        let room = &mut self.all[host].room;
        room.types(&format!("{text}\r"));
        room.shows(&text);
        self.said.push(text);
    }

    /// Waits until each host shows what was said on all.
    pub fn all_show(&mut self, what: &str) {
        let count = self.all.len();
        for host in &mut self.all {
            for other in 0..count {
                host.room.shows(&format!("{what} on {other}"));
            }
        }
    }

    /// Waits until each host says this of its link.
    pub fn all_say(&mut self, sign: &str) {
        for host in &mut self.all {
            host.room.shows(sign);
        }
    }

    /// By which time, in milliseconds since 1970 UTC, what was said stands in the journal of a host.
    pub fn stamp_of(&self, host: usize, text: &str) -> u64 {
        let journal = journal(&self.all[host].house);
        let line = journal.iter().find(|line| line.contains(&format!("\"{text}\""))).unwrap();
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["stamp"].as_str().unwrap().split('-').next().unwrap().parse().unwrap()
    }

    /// The process on this host is gone without a word; its room is opened again.
    pub fn kill(&mut self, host: usize) {
        let host = &mut self.all[host];
        host.room.kill();
        host.room = open(&host.house, &host.way);
    }

    /// The rooms are left: all journals have the same records, with all that was said; so has a host that joins now as the last
    /// one did.
    pub fn end_alike(mut self) {
        for host in &mut self.all {
            host.room.types(QUIT);
            assert_eq!(host.room.ends().exit_code(), 0);
        }
        let first = journal(&self.all[0].house);
        for text in &self.said {
            let count = first.iter().filter(|line| line.contains(&format!("\"{text}\""))).count();
            assert_eq!(count, 1, "{text}: {first:#?}");
        }
        for (nth, host) in self.all.iter().enumerate() {
            let missing: Vec<String> = first.difference(&journal(&host.house)).cloned().collect();
            assert!(missing.is_empty(), "host {nth} lacks {missing:?}: {}", host.room.text());
            assert_eq!(journal(&host.house), first, "host {nth}");
        }
        let late = join(&self.all[self.all.len() - 1].way, &self.name);
        assert_eq!(journal(&late), first);
    }
}

fn join(way: &Way, name: &str) -> House {
    let house = House::new();
    done(&house, way, &["join", &format!("{}/{name}", way.server), "--detach"]);
    house
}

fn open(house: &House, way: &Way) -> Terminal {
    let program = house.command(&["open"]);
    let mut command = match way.within.split_first() {
        Some((first, rest)) => {
            let mut command = CommandBuilder::new(first);
            command.args(rest);
            command.arg(program.get_program());
            command
        }
        None => CommandBuilder::new(program.get_program()),
    };
    command.args(program.get_args());
    let mut room = Terminal::run(house, command, SIZE, &[]);
    room.shows("⇅");
    room
}

/// Runs the program on a host, and expects that it did what it was asked.
fn done(house: &House, way: &Way, args: &[&str]) -> String {
    let more = way.more.iter().map(String::as_str);
    let program = house.command(&args.iter().copied().chain(more).collect::<Vec<_>>());
    let mut command = match way.within.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(program.get_program()).args(program.get_args()).env_clear();
            command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
            command.current_dir(house.path());
            command
        }
        None => program,
    };
    let output = command.output().unwrap();
    let (out, err) = texts(&output);
    assert!(output.status.success(), "{args:?}: {err}");
    out
}

/// The records on a host, each once.
fn journal(house: &House) -> BTreeSet<String> {
    let text = std::fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
