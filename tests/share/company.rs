//! Who is on other hosts, what they do and what their clocks show; and those who only look.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use warroom::session::clock::{Clock as _, Wall};

use super::hosts::{Host, Hosts, Way};
use super::run;
use super::server::Server;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

#[test]
#[ignore = "needs nats-server"]
fn each_sees_what_the_others_do() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.all[0].room.shows("has joined");
    hosts.all[1].room.types("half a line");
    hosts.all[0].room.shows(" writes ");
    // F4, over a line that is kept.
    hosts.all[1].room.types("\u{1b}OS");
    hosts.all[1].room.shows("Report");
    hosts.all[0].room.types("\u{1b}OS");
    hosts.all[1].room.shows(" in report ");
    hosts.all[0].room.types(QUIT);
    hosts.all[0].room.ends();
    hosts.all[1].room.shows("has left");
}

/// Row 110 of the table of bad inputs.
#[test]
#[ignore = "needs nats-server and faketime"]
fn a_host_whose_clock_is_a_year_ahead_is_named_and_moves_no_other() {
    let server = Server::start();
    let ahead =
        Way { within: ["/usr/bin/faketime", "-f", "+365d"].map(str::to_owned).to_vec(), ..Way::to(&server) };
    let mut hosts = Hosts::by(&[Way::to(&server), ahead]);
    hosts.all[0].room.shows("ahead of this one");
    hosts.say_on(1, "early");
    hosts.all[0].room.shows("early on 1");
    hosts.all[0].room.shows("the clock of that host is wrong");
    // That this was remembered took nobody's turn away.
    let mut second = hosts.all[0].another_room();
    second.shows("shared by another room");
    second.types(QUIT);
    second.ends();
    hosts.say_on(0, "in time");
    hosts.all[1].room.shows("in time on 0");
    // What is answered to it counts, though it is stamped before.
    hosts.all[1].room.types("/sev 1\r");
    hosts.all[0].room.shows("Severity 1");
    hosts.all[0].room.types("/sev 2\r");
    for host in &mut hosts.all {
        host.room.shows("SEV 2");
    }
    let now = u64::try_from(Wall.now().timestamp_millis()).unwrap();
    let stamped = hosts.stamp_of(0, "in time on 0");
    assert!(stamped < now + 60_000, "its clock did not follow");
    // Nor does it after it was opened again.
    hosts.kill(0);
    hosts.say_on(0, "still in time");
    // What another host has is on the disk of this one.
    hosts.all[1].room.shows("still in time on 0");
    assert!(hosts.stamp_of(0, "still in time on 0") < now + 600_000);
    // Nor does that of one who joins what is there already.
    hosts.join(&Way::to(&server));
    hosts.say_on(2, "later");
    hosts.all[0].room.shows("later on 2");
    assert!(hosts.stamp_of(2, "later on 2") < now + 600_000);
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn what_is_joined_to_be_read_is_seen_and_not_changed() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 1);
    let way = Way { more: vec!["--read-only".to_owned()], ..Way::to(&server) };
    let mut reader = Host::joined(&way, &hosts.name);
    hosts.say("it burns");
    reader.room.shows("it burns on 0");
    reader.room.types("may I\r");
    reader.room.shows("not taken: this incident is read-only (it was joined to be read)");
    for refused in [&["say", "may I"][..], &["share", "--stop"], &["share", "--nats", &server.url()]] {
        assert_eq!(reader.house().run(refused).status.code(), Some(1), "{refused:?}");
    }
    reader.room.types(QUIT);
    reader.room.ends();
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn what_one_host_purges_goes_from_the_disks_of_all() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.all[0].room.types("code is qqsecretqq\r");
    hosts.all[1].room.shows("qqsecretqq");
    let journal =
        |host: &Host| std::fs::read_to_string(host.house().only_incident().join("journal.jsonl")).unwrap();
    // What is said here later is on the disk later.
    hosts.say_on(1, "mine");
    hosts.all[1].room.shows("● saved 1");
    assert!(journal(&hosts.all[1]).contains("qqsecretqq"));
    let shown: serde_json::Value =
        serde_json::from_str(&hosts.all[0].house().done(&["show", "--json"])).unwrap();
    let id = shown["timeline"][0]["id"].as_str().unwrap();
    hosts.all[0].house().done(&["purge", id, "--yes", "--yes"]);
    while journal(&hosts.all[1]).contains("qqsecretqq") {
        std::thread::yield_now();
    }
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn who_watches_has_nothing_of_it() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 1);
    hosts.say("before");
    let house = House::new();
    let address = format!("{}/{}", server.url(), hosts.name);
    let mut watch = house
        .command(&["watch", "--all", "--nats", &address])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    let mut next = |text: &str| lines.by_ref().any(|line| line.unwrap().ends_with(text));
    assert!(next(": before on 0"));
    hosts.say("while it watches");
    assert!(next(": while it watches on 0"));
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(!house.path().join("data/incidents").exists());
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn a_second_room_of_a_host_leaves_the_link_to_the_first() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.all_say("⇅ shared");
    let mut second = hosts.all[0].another_room();
    second.shows("shared by another room");
    hosts.say("it burns");
    second.shows("it burns on 1");
    second.types("from the second\r");
    hosts.all[1].room.shows("from the second");
    // The first is left: the second goes on.
    hosts.all[0].room.types(QUIT);
    hosts.all[0].room.ends();
    hosts.all[1].room.types("now for you\r");
    second.shows("now for you");
    second.types(QUIT);
    second.ends();
}

#[test]
#[ignore = "needs nats-server"]
fn a_room_that_is_open_takes_up_that_it_is_shared_and_that_it_is_not() {
    let server = Server::start();
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (100, 30));
    room.shows("● saved 0");
    house.done(&["share", "--nats", &server.url()]);
    room.shows("⇅ shared");
    house.done(&["share", "--stop"]);
    room.types("alone\r");
    room.shows("● saved 1    ");
    room.types(QUIT);
    room.ends();
}

/// A line that was said in another incident.
fn elsewhere(house: &House) -> String {
    house.done(&["say", "said elsewhere"]);
    let journal = std::fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    journal.lines().last().unwrap().to_owned()
}

/// Rows 108 and 112 of the table of bad inputs.
#[test]
#[ignore = "needs nats-server"]
fn hostile_messages_are_counted_and_not_stored() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.say("before");
    hosts.all_show("before");
    let other = House::new();
    other.done(&["new", "Another one", "--detach"]);
    let founding = std::fs::read_to_string(other.only_incident().join("journal.jsonl")).unwrap();
    let own = std::fs::read_to_string(hosts.all[0].house().only_incident().join("journal.jsonl")).unwrap();
    let right = own.lines().last().unwrap().to_owned();
    let forged = right.replace("before on", "never said on");
    let hostile = [
        ("not JSON".to_owned(), None),
        (founding.trim().to_owned(), Some(hosts.name.clone())),
        (founding.trim().replace("alice", "eve"), Some(hosts.name.clone())),
        (forged, Some(hosts.name.clone())),
        // What another incident's subject says is passed on to this one's.
        (elsewhere(&other), Some("2024-08-10-another-70000000".to_owned())),
        (elsewhere(&other), None),
    ];
    run(async {
        let js = async_nats::jetstream::new(async_nats::connect(server.url()).await.unwrap());
        for (payload, of) in hostile {
            let mut headers = async_nats::HeaderMap::new();
            if let Some(of) = of {
                headers.insert("Warroom-Incident", of);
            }
            let subject = format!("warroom.{}.op", hosts.name);
            js.publish_with_headers(subject, headers, payload.into()).await.unwrap().await.unwrap();
        }
    });
    hosts.all_say("6 refused");
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}

#[test]
fn a_file_that_cannot_be_read_keeps_nobody_from_the_incident() {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    let file = house.only_incident().join("shared.json");
    std::os::unix::fs::symlink("/dev/null", &file).unwrap();
    house.say("through a link\n");
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "{\"server\": 7").unwrap();
    house.say("through nonsense\n");
    let shown = house.done(&["show"]);
    assert!(shown.contains("through a link") && shown.contains("through nonsense"), "{shown}");
}
