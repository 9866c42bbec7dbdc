//! What senders sign their calls with: HMAC-SHA256 of the body, with a token as the key.
//!
//! Rules: Grafana, "HMAC signature" of a webhook contact point (with a timestamp, signed before the body and a colon);
//! GitHub, "Validating webhook deliveries"; PagerDuty, "Webhook signatures" (several, while a secret changes).

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::token::{Tokens, same};
use crate::model::Instant;
use crate::text::hex;

const GRAFANA: &str = "x-grafana-alerting-signature";
const GRAFANA_TIME: &str = "x-grafana-alerting-timestamp";
const GITHUB: &str = "x-hub-signature-256";
const PAGERDUTY: &str = "x-pagerduty-signature";

/// How far the time that was signed may be off.
const OFF: TimeDelta = TimeDelta::minutes(5);
/// How many signed calls are remembered; they come with a right signature, so nobody else fills this.
const REMEMBERED: usize = 100_000;

/// A call that is signed with its time: when, and how.
pub(super) type Seal = (i64, String);

/// What a signature says.
#[derive(Debug)]
pub(super) enum Signed {
    /// Nothing: it is none, or wrong, or too old, or was taken before.
    Wrong,
    /// The call is from somebody who knows a token.
    Right,
    /// So it is, and it counts once.
    Once(Seal),
}

/// Signed calls that were taken not long ago: each counts once.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeSet<Seal>);

impl Seen {
    /// Remembers one, and forgets those whose time is over.
    pub fn insert(&mut self, seal: Seal, now: Instant) {
        self.0 = self.0.split_off(&((now - OFF).timestamp(), String::new()));
        if self.0.len() >= REMEMBERED {
            self.0.pop_first();
        }
        self.0.insert(seal);
    }
}

/// Whether a call says that it is signed.
pub(super) fn is_there(headers: &HeaderMap) -> bool {
    [GRAFANA, GITHUB, PAGERDUTY].iter().any(|name| headers.contains_key(*name))
}

/// Whether a call is signed with one of the tokens.
pub(super) fn check(headers: &HeaderMap, body: &[u8], tokens: &Tokens, now: Instant, seen: &Seen) -> Signed {
    let text = |name: &str| headers.get(name).and_then(|given| given.to_str().ok());
    if let Some(given) = text(GRAFANA) {
        return with_time(given, text(GRAFANA_TIME).unwrap_or_default(), body, tokens, now, seen);
    }
    let all = match text(GITHUB) {
        Some(given) => given.strip_prefix("sha256=").into_iter().collect(),
        None => text(PAGERDUTY).map_or(Vec::new(), |given| {
            given.split(',').filter_map(|one| one.trim().strip_prefix("v1=")).collect()
        }),
    };
    if all.into_iter().any(|one| is_signed(&[body], one, tokens)) { Signed::Right } else { Signed::Wrong }
}

fn with_time(given: &str, time: &str, body: &[u8], tokens: &Tokens, now: Instant, seen: &Seen) -> Signed {
    let Ok(seconds) = time.parse::<i64>() else { return Signed::Wrong };
    let is_near = now.timestamp().saturating_sub(seconds).unsigned_abs() <= OFF.num_seconds().unsigned_abs();
    let seal = (seconds, given.to_ascii_lowercase());
    let is_right = is_signed(&[time.as_bytes(), b":", body], given, tokens);
    if is_right && is_near && !seen.0.contains(&seal) { Signed::Once(seal) } else { Signed::Wrong }
}

/// Whether the parts after one another are signed so, in hexadecimal, with one of the tokens.
fn is_signed(parts: &[&[u8]], given: &str, tokens: &Tokens) -> bool {
    let given = given.to_ascii_lowercase();
    tokens.secrets().fold(false, |found, secret| {
        found | signature(secret, parts).is_some_and(|own| same(own.as_bytes(), given.as_bytes()))
    })
}

/// The signature of the parts after one another, in hexadecimal.
fn signature(secret: &[u8], parts: &[&[u8]]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(hex(&mac.finalize().into_bytes()))
}
