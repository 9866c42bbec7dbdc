//! What is to be sent goes to the stream, and what becomes of it.

use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::publish::PublishAck;
use futures_util::FutureExt as _;
use tokio::time::timeout;

use super::connect::ANSWER;
use super::name::Name;
use super::plan::Sending;
use super::wire::Reading;
use super::{Fault, arrival};
use crate::log::Stamp;

/// How many messages that were sent may wait for their acknowledgement.
const UNDER_WAY: usize = 256;

impl Reading<'_, '_> {
    /// Sends what is to be sent, as long as not too much is under way.
    ///
    /// # Errors
    /// Why that cannot be done.
    pub(super) async fn send(&mut self) -> Result<(), Fault> {
        if self.side.shared.read_only {
            return Ok(());
        }
        while self.flying.len() < UNDER_WAY
            && let Some(sending) = self.plan.take_next()
        {
            let stamp = sending.record.stamp;
            let message = published(&sending, &self.side.name);
            // With a limit: a client that has lost its server takes only so many.
            let sent = timeout(ANSWER, self.js.send_publish(self.side.name.records(), message)).await;
            match sent {
                Ok(Ok(ack)) => self.flying.push(async move { (stamp, ack.await) }.boxed()),
                Ok(Err(error)) => return Err(Fault::of(&error)),
                Err(_) => return Err(Fault::Silent),
            }
        }
        Ok(())
    }

    /// Takes note of what the server says of a record that was sent.
    ///
    /// # Errors
    /// Why it was not taken.
    pub(super) fn acknowledged(
        &mut self,
        stamp: Stamp,
        ack: Result<PublishAck, PublishError>,
    ) -> Result<(), Fault> {
        match ack {
            Ok(ack) => {
                self.plan.acknowledged(stamp, ack.duplicate);
                Ok(())
            }
            Err(error) => {
                self.plan.failed(stamp);
                Err(match error.kind() {
                    PublishErrorKind::TimedOut => Fault::Silent,
                    _ => Fault::of(&error),
                })
            }
        }
    }
}

fn published(sending: &Sending, name: &Name) -> PublishMessage {
    PublishMessage::build()
        .payload(sending.record.line().into())
        .message_id(sending.message_id())
        .header(arrival::INCIDENT, name.to_string())
}
