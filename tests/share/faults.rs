//! What happens to servers and hosts, each time with the same end: all hosts have the same records, and nothing is lost.

use async_nats::jetstream;

use super::hosts::Hosts;
use super::run;
use super::server::Server;

/// As somebody who may do everything with a server.
async fn admin(server: &Server) -> jetstream::Context {
    jetstream::new(async_nats::connect(server.url()).await.unwrap())
}

/// Waits until the stream has at least so many messages.
async fn until_filled(server: &Server, stream: &str, messages: u64) {
    let js = admin(server).await;
    loop {
        if let Ok(mut stream) = js.get_stream(stream).await
            && stream.info().await.is_ok_and(|info| info.state.messages >= messages)
        {
            return;
        }
    }
}

async fn messages(server: &Server, stream: &str) -> u64 {
    let js = admin(server).await;
    js.get_stream(stream).await.unwrap().cached_info().state.messages
}

#[test]
#[ignore = "needs nats-server"]
fn two_rooms_on_two_hosts_show_the_same() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.say("it burns");
    hosts.all_show("it burns");
    hosts.say("it does not");
    hosts.all_show("it does not");
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn the_server_is_killed_and_started_again() {
    let mut server = Server::forgetful();
    let mut hosts = Hosts::of(&server, 3);
    hosts.say("before");
    hosts.all_show("before");
    server.kill();
    hosts.say("without a server");
    hosts.all_say("not connected");
    server.again();
    hosts.all_show("without a server");
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn the_server_stands_still_and_goes_on() {
    let server = Server::forgetful();
    let mut hosts = Hosts::of(&server, 2);
    hosts.say("before");
    hosts.all_show("before");
    server.signal("-STOP");
    hosts.say("into the void");
    hosts.all_say("not connected");
    // What is not there is counted while nobody answers, and nobody is said to have left.
    for more in ["one", "two", "three"] {
        hosts.say(more);
    }
    hosts.all_say("4 to go");
    for host in &hosts.all {
        assert!(!host.room.text().contains("has left"), "{}", host.room.text());
    }
    server.signal("-CONT");
    for all in ["into the void", "three"] {
        hosts.all_show(all);
    }
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn the_stream_is_deleted() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.say("before");
    hosts.all_show("before");
    let stream = hosts.stream();
    let had = run(messages(&server, &stream));
    run(async { admin(&server).await.delete_stream(&stream).await.unwrap() });
    hosts.say("after");
    hosts.all_show("after");
    run(until_filled(&server, &stream, had + 2));
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn the_server_comes_back_with_an_older_store() {
    let mut server = Server::start();
    let mut hosts = Hosts::of(&server, 2);
    hosts.say("before");
    hosts.all_show("before");
    let kept = server.backup();
    hosts.say("lost on the server");
    hosts.all_show("lost on the server");
    let stream = hosts.stream();
    let had = run(messages(&server, &stream));
    server.roll_back(&kept);
    hosts.say("after");
    hosts.all_show("after");
    run(until_filled(&server, &stream, had + 2));
    hosts.end_alike();
}

#[test]
#[ignore = "needs nats-server"]
fn a_host_is_killed_in_the_middle() {
    let server = Server::start();
    let mut hosts = Hosts::of(&server, 3);
    hosts.say("before");
    for n in 0..10 {
        hosts.say_on(0, &format!("more {n}"));
        hosts.say_on(1, &format!("more {n}"));
    }
    hosts.kill(1);
    hosts.say("after");
    hosts.all_show("after");
    hosts.end_alike();
}
