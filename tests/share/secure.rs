//! What the documented configuration of a server lets in, and what it keeps out.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, pull, push};
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::stream::{Config, Source};
use async_nats::{Client, ConnectOptions, Event, jetstream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::hosts::{Host, Hosts, Way};
use super::run;
use super::server::{Server, Setup};
use crate::terminal::QUIT;

/// The incident that the configuration speaks of, and another one.
const ONE: &str = "2024-08-10-checkout-n81gaj5g";
const OTHER: &str = "2024-08-11-breach-k2m4p6q8";

/// Where answers come for those who read it.
const INBOX: &str = "_INBOX.warroom-2024-08-10-checkout-n81gaj5g";

/// The passwords of all who are in the configuration, as its environment has them.
pub const PASSWORDS: &[(&str, &str)] = &[
    ("LEAD", "\"of lead\""),
    ("SCRIBE", "\"of scribe\""),
    ("OBSERVER", "\"of observer\""),
    ("COUNSEL", "\"of counsel\""),
];

fn secured() -> Server {
    Server::with(&Setup { config: Some("server.conf"), environment: PASSWORDS, ..Setup::default() })
}

pub fn options(server: &Server, user: &str) -> ConnectOptions {
    ConnectOptions::new()
        .user_and_password(user.to_owned(), format!("of {user}"))
        .add_root_certificates(server.authority())
        .require_tls(true)
}

/// Someone at a server, and what it told them.
struct Someone {
    client: Client,
    js: jetstream::Context,
    events: UnboundedReceiver<Event>,
}

impl Someone {
    async fn at(server: &Server, user: &str) -> Self {
        let (to, events) = unbounded_channel();
        let options = options(server, user).custom_inbox_prefix(INBOX).event_callback(move |event| {
            let _ = to.send(event);
            std::future::ready(())
        });
        let client = options.connect(server.url()).await.unwrap();
        Self { js: jetstream::new(client.clone()), client, events }
    }

    /// Publishes what the server does not let them, and hears that it did not.
    async fn may_not_publish(&mut self, subject: &str) {
        self.client.publish_with_reply(subject.to_owned(), format!("{INBOX}.x"), "{}".into()).await.unwrap();
        self.is_refused("publish", subject).await;
    }

    async fn is_refused(&mut self, what: &str, subject: &str) {
        let words = format!("permissions violation for {what} to \"{subject}\"").to_lowercase();
        loop {
            match self.events.recv().await.unwrap() {
                Event::ServerError(error) => {
                    let said = error.to_string().to_lowercase();
                    assert!(said.contains(&words), "{said}, not {words}");
                    return;
                }
                Event::Connected => {}
                other => panic!("{other}"),
            }
        }
    }

    /// Reads as a link does, to the end of the stream.
    async fn reads(&self, incident: &str) -> Vec<String> {
        let stream = self.js.get_stream(format!("warroom-{incident}")).await.unwrap();
        let config = pull::Config {
            ack_policy: AckPolicy::Explicit,
            filter_subject: format!("warroom.{incident}.op"),
            ..pull::Config::default()
        };
        let consumer = stream.create_consumer(config).await.unwrap();
        let mut messages = consumer.messages().await.unwrap();
        let mut texts = Vec::new();
        loop {
            let message = messages.try_next().await.unwrap().unwrap();
            message.double_ack().await.unwrap();
            let info = message.info().unwrap();
            let again = stream.get_raw_message(info.stream_sequence).await.unwrap();
            assert_eq!(again.payload, message.payload);
            texts.push(String::from_utf8(message.payload.to_vec()).unwrap());
            if info.pending == 0 {
                return texts;
            }
        }
    }

    async fn writes(&self, incident: &str, text: &'static str) {
        self.js.publish(format!("warroom.{incident}.op"), text.into()).await.unwrap().await.unwrap();
    }
}

fn stream(incident: &str) -> Config {
    Config {
        name: format!("warroom-{incident}"),
        subjects: vec![format!("warroom.{incident}.op")],
        ..Config::default()
    }
}

#[test]
#[ignore = "needs nats-server"]
fn nobody_comes_in_without_a_password_and_a_trusted_certificate() {
    let server = secured();
    run(async {
        let refused = async |options: ConnectOptions| {
            let error = options.max_reconnects(1).connect(server.url()).await.unwrap_err();
            error.to_string()
        };
        let nobody = ConnectOptions::new().add_root_certificates(server.authority()).require_tls(true);
        assert!(refused(nobody).await.contains("authorization"));
        let wrong = options(&server, "lead").user_and_password("lead".to_owned(), "of scribe".to_owned());
        assert!(refused(wrong).await.contains("authorization"));
        let untrusted = ConnectOptions::with_user_and_password("lead".to_owned(), "of lead".to_owned());
        assert!(refused(untrusted).await.contains("certificate"), "it is one that nobody knows");
        options(&server, "lead").connect(server.url()).await.unwrap();
    });
}

#[test]
#[ignore = "needs nats-server"]
fn a_reader_reads_a_writer_writes_and_neither_does_more() {
    let server = secured();
    run(async {
        let lead = Someone::at(&server, "lead").await;
        for incident in [ONE, OTHER] {
            lead.js.create_stream(stream(incident)).await.unwrap();
            lead.writes(incident, "founded").await;
        }
        let mut scribe = Someone::at(&server, "scribe").await;
        let mut observer = Someone::at(&server, "observer").await;
        let here = format!("warroom.{ONE}.here");
        let mut seen = observer.client.subscribe(here.clone()).await.unwrap();
        observer.client.flush().await.unwrap();
        scribe.writes(ONE, "noted").await;
        scribe.client.publish(here.clone(), "scribe".into()).await.unwrap();
        assert_eq!(seen.next().await.unwrap().payload, "scribe");
        for one in [&lead, &scribe, &observer] {
            assert_eq!(one.reads(ONE).await, ["founded", "noted"]);
        }

        observer.may_not_publish(&here).await;
        observer.may_not_publish(&format!("warroom.{ONE}.op")).await;
        for one in [&mut scribe, &mut observer] {
            for call in ["CREATE", "UPDATE", "DELETE", "PURGE", "MSG.DELETE"] {
                one.may_not_publish(&format!("$JS.API.STREAM.{call}.warroom-{ONE}")).await;
            }
            for call in ["STREAM.INFO", "STREAM.MSG.GET", "CONSUMER.CREATE", "STREAM.CREATE", "STREAM.DELETE"]
            {
                one.may_not_publish(&format!("$JS.API.{call}.warroom-{OTHER}")).await;
            }
            one.may_not_publish(&format!("$JS.API.CONSUMER.MSG.NEXT.warroom-{OTHER}.x")).await;
            for last in ["op", "here"] {
                one.may_not_publish(&format!("warroom.{OTHER}.{last}")).await;
            }
            let here = format!("warroom.{OTHER}.here");
            for subject in ["_INBOX.>".to_owned(), format!("_INBOX.warroom-{OTHER}.>"), here] {
                let _refused = one.client.subscribe(subject.clone()).await.unwrap();
                one.is_refused("subscription", &subject).await;
            }
        }
        assert_eq!(lead.reads(ONE).await, ["founded", "noted"]);
        assert_eq!(lead.reads(OTHER).await, ["founded"]);
    });
}

#[test]
#[ignore = "needs nats-server"]
fn a_forbidden_record_is_never_acknowledged() {
    let server = secured();
    run(async {
        let lead = Someone::at(&server, "lead").await;
        lead.js.create_stream(stream(ONE)).await.unwrap();
        let mut observer = Someone::at(&server, "observer").await;
        observer.js.set_timeout(Duration::from_millis(100));
        let subject = format!("warroom.{ONE}.op");
        let sent = observer.js.publish(subject.clone(), "mine".into()).await.unwrap();
        observer.is_refused("publish", &subject).await;
        assert_eq!(sent.await.unwrap_err().kind(), PublishErrorKind::TimedOut);
    });
}

#[test]
#[ignore = "needs nats-server"]
fn no_detour_leads_from_one_account_to_another() {
    let server = secured();
    run(async {
        let counsel = Someone::at(&server, "counsel").await;
        counsel.js.create_stream(stream(OTHER)).await.unwrap();
        counsel.writes(OTHER, "founded").await;
        let lead = Someone::at(&server, "lead").await;
        lead.js.create_stream(stream(ONE)).await.unwrap();
        let mut overheard = lead.client.subscribe("_INBOX.>").await.unwrap();

        // What the server delivers, and what it answers, would come under the subject of the other incident.
        let subject = format!("warroom.{OTHER}.op");
        let mut there = lead.client.subscribe(subject.clone()).await.unwrap();
        let one = lead.js.get_stream(format!("warroom-{ONE}")).await.unwrap();
        let delivered = push::Config { deliver_subject: subject.clone(), ..push::Config::default() };
        one.create_consumer(delivered).await.unwrap();
        lead.writes(ONE, "forged").await;
        assert_eq!(there.next().await.unwrap().payload, "forged");
        let question = format!("$JS.API.STREAM.INFO.warroom-{ONE}");
        lead.client.publish_with_reply(question.clone(), subject, "".into()).await.unwrap();
        there.next().await.unwrap();
        // A stream that would copy the other one.
        let source = Source { name: format!("warroom-{OTHER}"), ..Source::default() };
        let copy = Config { name: "copy".to_owned(), sources: Some(vec![source]), ..Config::default() };
        let mut copy = lead.js.create_stream(copy).await.unwrap();

        assert_eq!(counsel.reads(OTHER).await, ["founded"]);
        assert_eq!(copy.info().await.unwrap().state.messages, 0);
        lead.client.publish_with_reply(question, "_INBOX.end", "".into()).await.unwrap();
        loop {
            let message = overheard.next().await.unwrap();
            let said = String::from_utf8_lossy(&message.payload);
            // As it is delivered, and as a single message is answered.
            assert!(!said.contains("founded") && !said.contains("Zm91bmRlZA"), "{said}");
            if message.subject.as_str() == "_INBOX.end" {
                break;
            }
        }
    });
}

#[test]
#[ignore = "needs nats-server"]
fn rooms_do_what_they_may() {
    let server = secured();
    let ca = server.authority().to_str().unwrap().to_owned();
    let way = |user: &str, more: &[&str]| Way {
        server: format!("tls://{user}:of%20{user}@{}", server.address),
        more: [&["--ca", ca.as_str()], more].concat().into_iter().map(str::to_owned).collect(),
        ..Way::default()
    };
    let mut hosts = Hosts::sharing(&way("lead", &[]));
    server.reconfigure(ONE, &hosts.name);
    hosts.join(&way("scribe", &[]));
    hosts.say("of those who may");
    hosts.all_show("of those who may");
    // What let one in does so again.
    hosts.all[0].house().done(&["share"]);
    let mut observer = Host::joined(&way("observer", &["--read-only"]), &hosts.name);
    observer.room.shows("of those who may on 1");
    hosts.say("once more");
    observer.room.shows("once more on 0");
    observer.room.shows("once more on 1");
    observer.room.shows("⇅ shared");
    observer.room.types("me too\r");
    observer.room.shows("it was joined to be read");
    observer.room.types(QUIT);
    hosts.all_show("once more");
    hosts.end_alike();
}
