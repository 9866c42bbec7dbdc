//! What the room tells its link, and what those on other hosts tell: heard while the server is waited for, too.

use std::pin::pin;

use async_nats::jetstream::AckKind;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::stream::Stream;
use futures_util::stream::ReadyChunks;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

use super::Fault;
use super::link::{News, Standing, Told};
use super::people::{Doing, Here};
use super::plan::Plan;
use super::teller::Teller;
use super::wire::{Reading, TELLING, acknowledge};

/// Takes note of what the room tells where nothing can be sent.
pub(super) fn hear(told: Told, plan: &mut Plan, doing: &mut Doing) {
    match told {
        Told::Saved(records) => plan.saved(records),
        Told::Purged(stamps) => plan.purge(stamps),
        Told::Doing(now) => *doing = now,
        Told::Refused(..) => {}
    }
}

/// Waits before the next attempt, and tells meanwhile how much there is to go; whether the link is to end.
pub(super) async fn rest(
    (plan, doing): (&mut Plan, &mut Doing),
    teller: &mut Teller<'_>,
    heard: &mut UnboundedReceiver<Told>,
) -> bool {
    let until = Instant::now() + teller.side.pace.retry;
    loop {
        let tell_at = teller.at + TELLING;
        let is_stale = teller.is_stale(plan);
        tokio::select! {
            told = heard.recv() => match told {
                Some(told) => hear(told, plan, doing),
                None => return true,
            },
            () = sleep_until(tell_at), if is_stale => teller.tell(plan),
            () = sleep_until(until) => return false,
        }
    }
}

impl Reading<'_, '_> {
    /// Begins, and tells meanwhile how much more there is to go: a cluster without a leader answers late.
    pub(super) async fn begin_listening(
        &mut self,
        heard: &mut UnboundedReceiver<Told>,
    ) -> Result<(Stream, ReadyChunks<pull::Stream>), Fault> {
        let tell = &self.side.tell;
        let mut standing = Standing { to_go: self.plan.to_go(), ..self.teller.standing.clone() };
        let mut waits = Vec::new();
        let begun = {
            let mut begin = pin!(self.begin());
            loop {
                tokio::select! {
                    begun = &mut begin => break begun,
                    Some(told) = heard.recv() => {
                        if let Told::Saved(records) = &told {
                            standing.to_go += records.len();
                            tell(News::Standing(standing.clone()));
                        }
                        waits.push(told);
                    }
                }
            }
        };
        for told in waits {
            self.teller.forget();
            self.heard(told).await;
        }
        begun
    }

    pub(super) async fn heard(&mut self, told: Told) {
        match told {
            Told::Saved(records) => {
                for record in &records {
                    for message in self.unsaved.remove(&record.stamp).unwrap_or_default() {
                        acknowledge(&message, AckKind::Ack).await;
                    }
                }
                self.plan.saved(records);
            }
            Told::Refused(stamp, why) => {
                for message in self.unsaved.remove(&stamp).unwrap_or_default() {
                    if let Ok(info) = message.info() {
                        self.teller.refuse(info.stream_sequence, why.clone());
                    }
                    acknowledge(&message, AckKind::Term).await;
                }
            }
            Told::Doing(doing) => {
                *self.doing = doing;
                self.say_here(false).await;
            }
            Told::Purged(stamps) => {
                for message in stamps.iter().filter_map(|stamp| self.unsaved.remove(stamp)).flatten() {
                    acknowledge(&message, AckKind::Ack).await;
                }
                self.plan.purge(stamps);
            }
        }
    }

    /// Says that this room is here, or that it is left.
    pub(super) async fn say_here(&self, leaving: bool) {
        let Some((writer, by)) = self.side.own.as_ref().filter(|_| !self.is_mute) else { return };
        let here = Here::now(*writer, by, self.doing, self.plan.digest(), (self.side.now)());
        let here = if leaving { here.leaving() } else { here };
        // Who does not hear it hears the next one.
        let _ = self.js.client().publish(self.side.name.people(), here.to_bytes().into()).await;
    }

    /// Takes note of what somebody says; whether they have other records though nothing is under way.
    pub(super) async fn hear_other(&mut self, payload: &[u8]) -> bool {
        let Some(here) = Here::read(payload) else { return false };
        if self.side.own.as_ref().is_some_and(|(writer, _)| writer.to_string() == here.writer) {
            return false;
        }
        if self.people.hear(&here, (self.side.now)(), std::time::Instant::now()) {
            // Who comes is to know at once who is here.
            self.say_here(false).await;
        }
        self.teller.tell_people(self.people);
        let is_quiet = self.plan.is_read() && self.plan.to_go() == 0 && self.unsaved.is_empty();
        is_quiet && self.people.differs(&here, self.plan.digest())
    }
}
