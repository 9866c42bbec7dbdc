//! The stream of an incident on a server: found or made, and whether it is the one that was read, with all that it had.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, PullConsumer, pull};
use async_nats::jetstream::context::GetStreamErrorKind;
use async_nats::jetstream::stream::{Config, DiscardPolicy, Info, Stream};
use async_nats::jetstream::{Context, ErrorCode};

use super::Fault;
use super::wire::Side;
use crate::log::LINE_LIMIT;

/// What is said where a server does not have the incident.
pub const NOTHING: &str = "nothing is shared there under that name";

/// How many messages may wait for their acknowledgement.
const UNACKNOWLEDGED: i64 = 20_000;
/// How long until a message that was not acknowledged comes again: saving takes milliseconds.
const REDELIVERY: Duration = Duration::from_secs(30);
/// After how long a server forgets who read and went.
const FORGETTING: Duration = Duration::from_secs(30);

/// What was read of a stream: where to go on, as long as it is the same one.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    created: Option<String>,
    /// The number of the last message, and its id.
    pub(super) last: u64,
    pub(super) last_id: Option<String>,
    /// How many messages were read.
    pub(super) count: u64,
}

impl Place {
    /// The beginning of a stream.
    pub(super) fn beginning(info: &Info) -> Self {
        Self { created: Some(info.created.to_string()), ..Self::default() }
    }

    /// Whether a stream is the one that was read, with all that it had then.
    pub(super) async fn is_in(&self, stream: &Stream, info: &Info) -> bool {
        if self.created.as_deref() != Some(info.created.to_string().as_str())
            || info.state.last_sequence < self.last
            || info.state.messages < self.count
        {
            return false;
        }
        if self.last == 0 {
            return true;
        }
        // One that was rolled back may have grown again since.
        let last = stream.get_raw_message(self.last).await;
        last.is_ok_and(|last| message_id(Some(&last.headers)) == self.last_id)
    }
}

/// The stream of an incident; it is made where there is none, unless it is only read here.
///
/// # Errors
/// Why there is none.
pub(super) async fn open(js: &Context, side: &Side) -> Result<Stream, Fault> {
    let name = side.name.stream();
    let error = match js.get_stream(&name).await {
        Ok(stream) => return Ok(stream),
        Err(error) => error,
    };
    let is_missing = matches!(error.kind(), GetStreamErrorKind::JetStream(ref error)
        if error.error_code() == ErrorCode::STREAM_NOT_FOUND);
    if !is_missing {
        return Err(Fault::of(&error));
    }
    if side.shared.read_only {
        return Err(Fault::Nothing);
    }
    let made = js.create_stream(Config {
        name,
        subjects: vec![side.name.records()],
        // Nothing is ever thrown away for something new.
        discard: DiscardPolicy::New,
        max_message_size: i32::try_from(LINE_LIMIT + 1024).unwrap_or(i32::MAX),
        num_replicas: side.shared.replicas.unwrap_or(1),
        description: Some(format!("warroom: {}", side.name.id())),
        ..Config::default()
    });
    made.await.map_err(|error| Fault::of(&error))
}

/// Reads a stream from a place on.
///
/// # Errors
/// Why it cannot be read.
pub(super) async fn read(stream: &Stream, side: &Side, place: &Place) -> Result<PullConsumer, Fault> {
    let deliver_policy = match place.last {
        0 => DeliverPolicy::All,
        last => DeliverPolicy::ByStartSequence { start_sequence: last + 1 },
    };
    let config = pull::Config {
        deliver_policy,
        ack_policy: AckPolicy::Explicit,
        ack_wait: REDELIVERY,
        max_ack_pending: UNACKNOWLEDGED,
        inactive_threshold: FORGETTING,
        memory_storage: true,
        filter_subject: side.name.records(),
        ..pull::Config::default()
    };
    stream.create_consumer(config).await.map_err(|error| Fault::of(&error))
}

/// The id that a message was published under.
pub(super) fn message_id(headers: Option<&async_nats::HeaderMap>) -> Option<String> {
    headers?.get(async_nats::header::NATS_MESSAGE_ID).map(|id| id.as_str().to_owned())
}
