//! The stream of one incident on a server: read from its beginning, and then as it grows; what it lacks is published.

use std::collections::HashMap;
use std::time::Duration;

use async_nats::Event;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::context::PublishError;
use async_nats::jetstream::publish::PublishAck;
use async_nats::jetstream::stream::Stream;
use async_nats::jetstream::{self, AckKind, Message};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, ReadyChunks};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::connect::{ANSWER, connect};
use super::hearing::rest;
use super::link::{Connection, News, Pace, Told};
use super::people::{self, Doing, People};
use super::plan::Plan;
use super::stream::{self, Place, message_id};
use super::teller::Teller;
use super::{Fault, Name, arrival};
use crate::log::{Record, Stamp};
use crate::model::{Shared, Writer};
use crate::text::Raw;

/// How many messages are asked for at once.
const BATCH: usize = 500;
/// How long a server may send nothing while it is read.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long it is asked for more at a time.
const EXPIRY: Duration = Duration::from_secs(30);
/// How long what the server says it has may take until it is seen.
const DOUBT: Duration = Duration::from_secs(3);
/// How often it is told at most where the link stands.
pub(super) const TELLING: Duration = Duration::from_millis(50);
/// How long what is left is sent when the link ends.
const PARTING: Duration = Duration::from_millis(500);

/// What a link knows of itself.
pub(super) struct Side {
    pub(super) shared: Shared,
    pub(super) name: Name,
    /// Whose records are written here, and what they are called.
    pub(super) own: Option<(Writer, Raw)>,
    pub(super) now: Box<dyn Fn() -> crate::model::Instant + Send>,
    pub(super) pace: Pace,
    pub(super) tell: Box<dyn Fn(News) + Send>,
}

/// Why the reading of a stream has ended.
enum End {
    /// The link is to end.
    Asked,
    /// It is to be looked at anew, at once.
    Anew,
    /// Something failed.
    Failed(Fault),
}

/// Keeps the link as long as the room does.
pub(super) async fn live(
    side: &Side,
    plan: &mut Plan,
    mut doing: Doing,
    heard: &mut UnboundedReceiver<Told>,
) {
    let (to, mut events) = unbounded_channel();
    let mut teller = Teller::new(side);
    let client = loop {
        match connect(&side.shared, &side.name, to.clone()).await {
            Ok(client) => break client,
            Err(why) => {
                teller.standing.connection = Connection::Lost(why);
                teller.tell(plan);
                if rest((&mut *plan, &mut doing), &mut teller, heard).await {
                    return;
                }
            }
        }
    };
    let mut js = jetstream::new(client);
    js.set_timeout(ANSWER);
    let (mut place, mut people) = (Place::default(), People::default());
    loop {
        while events.try_recv().is_ok() {}
        let mut reading = Reading {
            side,
            js: &js,
            plan: &mut *plan,
            teller: &mut teller,
            place: &mut place,
            unsaved: HashMap::new(),
            flying: FuturesUnordered::new(),
            messages: 0,
            people: &mut people,
            doing: &mut doing,
            is_mute: false,
        };
        let end = reading.follow(heard, &mut events).await;
        drop(reading);
        match end {
            End::Asked => {
                // What was said last is on its way.
                let _ = timeout(PARTING, js.client().flush()).await;
                return;
            }
            End::Anew => plan.lost(),
            End::Failed(why) => {
                plan.lost();
                teller.lose(why, plan, &mut people);
                if rest((&mut *plan, &mut doing), &mut teller, heard).await {
                    return;
                }
            }
        }
    }
}

pub(super) type Flying<'a> = FuturesUnordered<BoxFuture<'a, (Stamp, Result<PublishAck, PublishError>)>>;

pub(super) struct Reading<'a, 'b> {
    pub(super) side: &'a Side,
    pub(super) js: &'a jetstream::Context,
    pub(super) plan: &'a mut Plan,
    pub(super) teller: &'a mut Teller<'b>,
    place: &'a mut Place,
    /// What came and is not on disk yet, to be acknowledged then.
    pub(super) unsaved: HashMap<Stamp, Vec<Message>>,
    pub(super) flying: Flying<'a>,
    /// How many messages the stream had when reading began.
    messages: u64,
    pub(super) people: &'a mut People,
    pub(super) doing: &'a mut Doing,
    /// Whether the server does not permit to say who is here.
    pub(super) is_mute: bool,
}

impl Reading<'_, '_> {
    async fn follow(
        &mut self,
        heard: &mut UnboundedReceiver<Told>,
        events: &mut UnboundedReceiver<Event>,
    ) -> End {
        let (stream, mut messages) = match self.begin_listening(heard).await {
            Ok(begun) => begun,
            Err(why) => return End::Failed(forbidden(events).unwrap_or(why)),
        };
        let mut check = interval(self.side.pace.check);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        check.reset();
        let mut doubt = interval(DOUBT);
        doubt.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut parting: Option<Instant> = None;
        let mut others = match self.js.client().subscribe(self.side.name.people()).await {
            Ok(others) => others,
            Err(error) => return End::Failed(Fault::of(&error)),
        };
        let mut heartbeat = interval(people::HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if let Err(why) = self.send().await {
                return End::Failed(why);
            }
            if parting.is_some_and(|until| self.plan.to_go() == 0 || Instant::now() >= until) {
                return End::Asked;
            }
            if !self.plan.is_doubtful() {
                doubt.reset();
            }
            let is_stale = self.teller.is_stale(self.plan);
            let tell_at = self.teller.at + TELLING;
            let until = parting.map_or(tell_at, |until| until.min(tell_at));
            tokio::select! {
                some = messages.next() => {
                    let Some(some) = some else { return End::Failed(Fault::Other("the server has closed the stream".to_owned())) };
                    if let Err(why) = self.take(some).await {
                        return End::Failed(why);
                    }
                }
                Some((stamp, ack)) = self.flying.next(), if !self.flying.is_empty() => {
                    if let Err(why) = self.acknowledged(stamp, ack) {
                        return End::Failed(why);
                    }
                }
                told = heard.recv(), if parting.is_none() => match told {
                    Some(told) => self.heard(told).await,
                    None => {
                        self.say_here(true).await;
                        parting = Some(Instant::now() + PARTING);
                    }
                },
                Some(event) = events.recv() => match event {
                    Event::Connected => return End::Anew,
                    Event::Disconnected => {
                        let why = Fault::Other("no connection to the server".to_owned());
                        self.teller.lose(why, self.plan, self.people);
                    }
                    Event::ServerError(error) if people::is_refused(&self.side.name, &error) => self.is_mute = true,
                    Event::ServerError(error) => return End::Failed(Fault::of(&error)),
                    _ => {}
                },
                _ = check.tick() => match self.is_whole(&stream).await {
                    Ok(true) => {}
                    Ok(false) => return End::Anew,
                    Err(why) => return End::Failed(why),
                },
                Some(message) = others.next() => {
                    if self.hear_other(&message.payload).await {
                        // What either lacks is found by reading all that the stream has.
                        *self.place = Place::default();
                        return End::Anew;
                    }
                }
                _ = heartbeat.tick() => {
                    self.say_here(false).await;
                    self.teller.tell_people(self.people);
                }
                _ = doubt.tick(), if self.plan.is_doubtful() => self.plan.doubt(),
                () = sleep_until(until), if is_stale || parting.is_some() => self.teller.tell(self.plan),
            }
        }
    }

    /// Finds or makes the stream, and begins to read where it was left off, or from its beginning.
    pub(super) async fn begin(&mut self) -> Result<(Stream, ReadyChunks<pull::Stream>), Fault> {
        let stream = stream::open(self.js, self.side).await?;
        let info = stream.cached_info().clone();
        self.teller.reads(info.created.to_string());
        if !self.place.is_in(&stream, &info).await {
            *self.place = Place::beginning(&info);
            self.plan.read_anew();
        }
        self.messages = info.state.messages;
        let consumer = stream::read(&stream, self.side, self.place).await?;
        if consumer.cached_info().num_pending == 0 {
            self.end_of_stream();
        }
        let messages =
            consumer.stream().max_messages_per_batch(BATCH).heartbeat(HEARTBEAT).expires(EXPIRY).messages();
        let messages = messages.await.map_err(|error| Fault::of(&error))?;
        Ok((stream, messages.ready_chunks(BATCH)))
    }

    /// Whether the stream has all that it ever had.
    async fn is_whole(&self, stream: &Stream) -> Result<bool, Fault> {
        let info = stream.get_info().await.map_err(|error| Fault::of(&error))?;
        Ok(self.place.is_in(stream, &info).await)
    }

    /// Nothing more is there. A server of a cluster that has just come back may have less than the stream has: then more comes.
    fn end_of_stream(&mut self) {
        if self.plan.is_read() || self.place.count < self.messages {
            return;
        }
        self.plan.all_read();
        self.teller.standing.connection = Connection::Live;
        self.teller.tell(self.plan);
    }

    /// Takes in what came together.
    async fn take(&mut self, some: Vec<Result<Message, pull::MessagesError>>) -> Result<(), Fault> {
        let mut new = Vec::new();
        let mut last = None;
        for message in some {
            let message = message.map_err(|error| Fault::of(&error))?;
            let Ok(info) = message.info() else { continue };
            last = Some(info.pending);
            if info.stream_sequence > self.place.last {
                self.place.last = info.stream_sequence;
                self.place.count += 1;
                self.place.last_id = message_id(message.headers.as_ref());
            }
            self.arrived(message, &mut new).await;
        }
        if !new.is_empty() {
            (self.side.tell)(News::Arrived(new));
        }
        if last == Some(0) {
            self.end_of_stream();
        }
        Ok(())
    }

    async fn arrived(&mut self, message: Message, new: &mut Vec<Record>) {
        let now = (self.side.now)();
        let own = match Record::read(&message.payload) {
            Ok(record) if self.plan.has(&record) || self.plan.is_purged(record.stamp) => {
                self.plan.seen(record.stamp);
                acknowledge(&message, AckKind::Ack).await;
                return;
            }
            _ => self.side.own.as_ref().map(|(writer, _)| *writer),
        };
        let of = message.headers.as_ref().and_then(|headers| headers.get(arrival::INCIDENT));
        let of = of.map(async_nats::HeaderValue::as_str);
        match arrival::read(&message.payload, of, &self.side.name, own, now) {
            Ok(record) => {
                self.plan.seen(record.stamp);
                let waiting = self.unsaved.entry(record.stamp).or_default();
                // It comes again where saving takes long.
                if waiting.is_empty() {
                    new.push(record);
                }
                waiting.push(message);
            }
            Err(refused) => {
                if let Ok(info) = message.info() {
                    self.teller.refuse(info.stream_sequence, refused.to_string());
                }
                acknowledge(&message, AckKind::Term).await;
            }
        }
    }
}

/// What the server said that it does not permit: it says so beside, and does not answer what it does not let through.
fn forbidden(events: &mut UnboundedReceiver<Event>) -> Option<Fault> {
    let said = std::iter::from_fn(|| events.try_recv().ok());
    let mut faults = said.filter_map(|event| match event {
        Event::ServerError(error) => Some(Fault::of(&error)),
        _ => None,
    });
    faults.find(|fault| matches!(fault, Fault::NotPermitted(_)))
}

/// Without the acknowledgement it comes again, which harms nobody.
pub(super) async fn acknowledge(message: &Message, kind: AckKind) {
    let _ = message.ack_with(kind).await;
}
