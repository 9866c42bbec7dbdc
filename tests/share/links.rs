//! A link by itself: what it does about its stream, as often as it is told to look.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use async_nats::jetstream;
use warroom::log::{Change, Record, Stamp, Stamped};
use warroom::model::{EntryKind, Shared, Writer};
use warroom::share::{Connection, Link, Name, News, Pace, Setup, Standing};

use super::run;
use super::server::Server;
use crate::scene::utc;

/// Two of them, in milliseconds.
const CENTURIES: u64 = 200 * 366 * 24 * 60 * 60 * 1000;

fn entry(n: u64) -> Record {
    entry_at(1_723_000_000_000 + n, n)
}

fn entry_at(ms: u64, n: u64) -> Record {
    let text = format!("entry {n}").into();
    let change =
        Change::EntryAdded { text, tags: Vec::new(), people: Vec::new(), kind: EntryKind::Note, when: None };
    let stamp = Stamp { ms, counter: 0, writer: Writer::from_bits(7), n };
    Stamped { stamp, by: "ana".into(), from: None, wall: None, over: None, after: None, body: change.into() }
        .into()
}

/// A link that looks often, and what it tells.
struct Linked {
    link: Link,
    news: Receiver<News>,
    name: Name,
}

impl Linked {
    fn to(server: &Server, records: Vec<Record>) -> Self {
        let name = Name::of("2024-08-10-checkout", &records).unwrap();
        let shared = Shared { server: server.url(), name: name.to_string(), ..Shared::default() };
        let often = Duration::from_millis(20);
        let (tell, news) = channel();
        let setup = Setup {
            shared,
            records,
            own: None,
            turn: None,
            now: Box::new(|| utc("2024-08-10 10:00")),
            pace: Pace { check: often, retry: often },
        };
        let link = Link::start(setup, move |told| drop(tell.send(told))).unwrap();
        Self { link, news, name }
    }

    /// Waits until it stands so.
    fn stands(&self, so: impl Fn(&Standing) -> bool) -> Standing {
        loop {
            if let News::Standing(standing) = self.news.recv().unwrap()
                && so(&standing)
            {
                return standing;
            }
        }
    }

    fn has_sent_all(&self) {
        self.stands(|standing| standing.connection == Connection::Live && standing.to_go == 0);
    }

    /// The stream, as somebody who may do everything sees it.
    async fn stream(&self, server: &Server) -> (jetstream::Context, jetstream::stream::Stream) {
        let js = jetstream::new(async_nats::connect(server.url()).await.unwrap());
        let stream = js.get_stream(self.name.stream()).await.unwrap();
        (js, stream)
    }

    async fn has(&self, server: &Server, messages: u64) {
        let (_, mut stream) = self.stream(server).await;
        while stream.info().await.unwrap().state.messages < messages {}
    }
}

#[test]
#[ignore = "needs nats-server"]
fn a_stream_that_was_emptied_is_filled_again() {
    let server = Server::start();
    let linked = Linked::to(&server, vec![entry(1), entry(2)]);
    linked.has_sent_all();
    run(async {
        let (_, stream) = linked.stream(&server).await;
        stream.purge().await.unwrap();
        linked.has(&server, 2).await;
    });
    linked.link.saved(vec![entry(3)]);
    run(linked.has(&server, 3));
    linked.link.stop(Duration::from_secs(1));
}

#[test]
#[ignore = "needs nats-server"]
fn what_is_refused_counts_once_however_often_it_is_read() {
    let server = Server::start();
    let linked = Linked::to(&server, vec![entry(1)]);
    linked.has_sent_all();
    let send = |text: String| {
        run(async {
            let (js, _) = linked.stream(&server).await;
            let headers = async_nats::HeaderMap::from_iter([(
                "Warroom-Incident".parse().unwrap(),
                linked.name.to_string().into(),
            )]);
            let subject = linked.name.records();
            js.publish_with_headers(subject, headers, text.into()).await.unwrap().await.unwrap();
        });
    };
    send("no record".to_owned());
    linked.stands(|standing| standing.refused == 1);
    // It takes the stream for one that has lost something, and reads all of it again.
    run(async {
        let (_, stream) = linked.stream(&server).await;
        stream.delete_message(1).await.unwrap();
        linked.has(&server, 2).await;
    });
    send(entry_at(1_723_000_000_000 + CENTURIES, 2).line());
    let is_last =
        |standing: &Standing| standing.why_refused.as_ref().is_some_and(|why| why.contains("clock"));
    assert_eq!(linked.stands(is_last).refused, 2);
    linked.link.stop(Duration::from_secs(1));
}
