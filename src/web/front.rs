//! The HTTP front: which call leads where, and what it is answered.

use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use chrono::SubsecRound as _;
use http_body_util::{BodyExt as _, Limited};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant as Deadline, timeout_at};

use super::Limits;
use super::figures::Figures;
use super::gate::{self, Refused, UNKNOWN};
use super::scribe::{Job, Stored, Unstored};
use super::signature::{self, Seal, Seen, Signed};
use super::token::Tokens;
use crate::ingest::{self, Delivery, Taken};
use crate::session::clock::Clock;

/// How long a sender is asked to wait before it sends again, in seconds.
const AGAIN: &str = "5";

/// What all calls have in common.
pub(super) struct Front {
    tokens: Option<Tokens>,
    hosts: Vec<String>,
    limits: Limits,
    clock: Arc<dyn Clock>,
    figures: Arc<Figures>,
    jobs: SyncSender<Job>,
    seen: Mutex<Seen>,
}

/// What is answered instead of a result.
enum Failed {
    /// The call is not one.
    Refused(Refused),
    /// Nothing is wrong with it, but it is not on disk.
    Unstored(Unstored),
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

const TOO_LONG: Refused = Refused {
    status: StatusCode::PAYLOAD_TOO_LARGE,
    error: "the body is too long: at most 1 MiB",
    hint: "send fewer alerts in one call (max_alerts in Alertmanager)",
};
const TOO_SLOW: Refused = Refused {
    status: StatusCode::REQUEST_TIMEOUT,
    error: "the body did not come in time, or not to its end",
    hint: "send it again",
};
/// Not 429, which would be the word for it: Alertmanager drops a call that is answered so, and retries only on 5xx.
const BUSY: Unstored = Unstored {
    error: "not saved yet: too many calls wait to be written",
    hint: "send it again in some seconds",
};
const LATE: Unstored = Unstored {
    error: "not saved yet: the disk has not answered in time",
    hint: "send it again: what was taken already is not stored twice",
};

impl Front {
    pub fn new(
        tokens: Option<Tokens>,
        hosts: Vec<String>,
        limits: Limits,
        clock: Arc<dyn Clock>,
        figures: Arc<Figures>,
        jobs: SyncSender<Job>,
    ) -> Self {
        Self { tokens, hosts, limits, clock, figures, jobs, seen: Mutex::default() }
    }

    /// Where calls lead.
    pub fn router(self) -> Router {
        let front = Arc::new(self);
        Router::new()
            .route("/", post(take))
            .route("/healthz", get(health))
            .route("/metrics", get(metrics))
            .fallback(nowhere)
            .method_not_allowed_fallback(not_so)
            .layer(middleware::from_fn_with_state(Arc::clone(&front), all))
            .with_state(front)
    }

    async fn take(&self, request: Request) -> Result<(Taken, Stored), Failed> {
        let deadline = Deadline::now() + self.limits.request;
        let (parts, body) = request.into_parts();
        let headers = parts.headers;
        let shows_token = self.tokens.as_ref().is_none_or(|tokens| gate::shows_token(&headers, tokens));
        if !shows_token && !signature::is_there(&headers) {
            return Err(UNKNOWN.into());
        }
        gate::check_content(&headers)?;
        let body = timeout_at(deadline, self.body(&headers, body)).await.map_err(|_| TOO_SLOW)??;
        let seal = if shows_token { None } else { self.check_signature(&headers, &body)? };
        let serial = serial();
        let delivery = Delivery {
            body: &body,
            github_event: headers.get("x-github-event").and_then(|event| event.to_str().ok()),
            // As all times are kept.
            now: self.clock.now().trunc_subsecs(3),
            serial: &serial,
        };
        let mut taken = ingest::read(&delivery).map_err(|error| Refused {
            status: StatusCode::BAD_REQUEST,
            error: error.words(),
            hint: error.hint(),
        })?;
        self.figures.taken(&taken);
        let told = std::mem::take(&mut taken.told);
        let (answer, answered) = oneshot::channel();
        self.jobs.try_send(Job { told, answer }).map_err(|error| match error {
            TrySendError::Full(_) => Failed::Unstored(BUSY),
            TrySendError::Disconnected(_) => Failed::Unstored(LATE),
        })?;
        // It goes on being written where nobody waits for it any more.
        let stored = timeout_at(deadline, answered).await.ok().and_then(Result::ok).unwrap_or(Err(LATE));
        let stored = stored.map_err(Failed::Unstored)?;
        if let Some(seal) = seal {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(seal, self.clock.now());
        }
        Ok((taken, stored))
    }

    async fn body(&self, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refused> {
        let length =
            headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > self.limits.body_bytes) {
            return Err(TOO_LONG);
        }
        match Limited::new(body, self.limits.body_bytes).collect().await {
            Ok(whole) => Ok(whole.to_bytes().into()),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(TOO_LONG),
            Err(_) => Err(TOO_SLOW),
        }
    }

    fn check_signature(&self, headers: &HeaderMap, body: &[u8]) -> Result<Option<Seal>, Refused> {
        let Some(tokens) = &self.tokens else { return Ok(None) };
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match signature::check(headers, body, tokens, self.clock.now(), &seen) {
            Signed::Wrong => Err(UNKNOWN),
            Signed::Right => Ok(None),
            Signed::Once(seal) => Ok(Some(seal)),
        }
    }
}

/// Goes before every call, and counts what it was answered.
async fn all(State(front): State<Arc<Front>>, request: Request, next: Next) -> Response {
    let answer = match gate::check_host(&request, &front.hosts) {
        Ok(()) => next.run(request).await,
        Err(refused) => told(&Failed::Refused(refused)),
    };
    front.figures.answered(answer.status().as_u16());
    answer
}

async fn take(State(front): State<Arc<Front>>, request: Request) -> Response {
    match front.take(request).await {
        Ok((taken, Stored { stored, known })) => {
            let Taken { ignored, truncated, .. } = taken;
            let told =
                json!({ "stored": stored, "known": known, "ignored": ignored, "truncated": truncated });
            in_json(StatusCode::OK, &told)
        }
        Err(failed) => told(&failed),
    }
}

/// Whether what was written last is on disk.
async fn health(State(front): State<Arc<Front>>) -> Response {
    if front.figures.is_failing() {
        return (StatusCode::SERVICE_UNAVAILABLE, "not saved\n").into_response();
    }
    "ok\n".into_response()
}

async fn metrics(State(front): State<Arc<Front>>, headers: HeaderMap) -> Response {
    if front.tokens.as_ref().is_some_and(|tokens| !gate::shows_token(&headers, tokens)) {
        return told(&Failed::Refused(UNKNOWN));
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], front.figures.in_text()).into_response()
}

async fn nowhere() -> Response {
    told(&Failed::Refused(Refused {
        status: StatusCode::NOT_FOUND,
        error: "there is nothing here",
        hint: "post alerts to /",
    }))
}

async fn not_so() -> Response {
    told(&Failed::Refused(Refused {
        status: StatusCode::METHOD_NOT_ALLOWED,
        error: "this is not how it is asked",
        hint: "POST alerts to /, GET /healthz and /metrics",
    }))
}

fn told(failed: &Failed) -> Response {
    let (status, error, hint) = match failed {
        Failed::Refused(Refused { status, error, hint }) => (*status, *error, *hint),
        Failed::Unstored(Unstored { error, hint }) => (StatusCode::SERVICE_UNAVAILABLE, *error, *hint),
    };
    let mut answer = in_json(status, &json!({ "error": error, "hint": hint }));
    let (name, value) = match status {
        StatusCode::SERVICE_UNAVAILABLE => (RETRY_AFTER, AGAIN),
        StatusCode::UNAUTHORIZED => (WWW_AUTHENTICATE, "Bearer"),
        _ => return answer,
    };
    answer.headers_mut().insert(name, HeaderValue::from_static(value));
    answer
}

fn in_json(status: StatusCode, value: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], format!("{value}\n")).into_response()
}

/// What no other call has.
fn serial() -> String {
    let bits = || getrandom::u64().unwrap_or_default();
    format!("{:016x}{:016x}", bits(), bits())
}
