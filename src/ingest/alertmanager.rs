//! Alertmanager (webhook version 4), and Grafana, which writes the same with a few fields more.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::document::CUT;
use super::{ALERTS, Delivery, Taken, Told, field};
use crate::log::Reported;
use crate::model::Ending;
use crate::text::{Raw, hex};

/// The most bytes of what an alert says of itself besides its line: with it, it fits into a line of the journal.
const DETAILS: usize = 8 << 10;
/// How many labels stand for an alert that says nothing of itself.
const LABELS: usize = 5;
/// Labels that tell where it is, the most telling first.
const WHERE: [&str; 5] = ["instance", "pod", "host", "node", "device"];
/// How many bytes of a hash are an identity.
const HASHED: usize = 8;
/// The tag of an alert of which not everything was kept.
const TRUNCATED: &str = "truncated";

/// Reads a call.
pub(super) fn read(call: &Value, delivery: &Delivery<'_>) -> Taken {
    // Grafana calls what it writes version 1, and says of which organisation it is.
    let is_grafana = call.get("orgId").is_some() || field::text(call, "/version") == Some("1");
    let source = if is_grafana { "grafana" } else { "alertmanager" };
    let alerts = call.get("alerts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (alerts, more) = alerts.split_at(alerts.len().min(ALERTS));
    let mut taken = Taken::default();
    for alert in alerts {
        if alert.is_object() {
            taken.told.push(one(alert, call, source, delivery));
        } else {
            taken.ignored += 1;
        }
    }
    let left_out = call.get("truncatedAlerts").and_then(Value::as_u64).unwrap_or_default();
    taken.truncated = left_out.saturating_add(more.len() as u64);
    if taken.truncated > 0 {
        taken.told.push(missing(taken.truncated, call, source, delivery));
    }
    taken
}

fn one(alert: &Value, call: &Value, source: &str, delivery: &Delivery<'_>) -> Told {
    let labels = table(alert, "/labels");
    let began = field::instant(alert, "/startsAt", delivery.now);
    let when = field::when(began, delivery.now);
    let status = field::text(alert, "/status").or_else(|| field::text(call, "/status"));
    let is_over = status.is_some_and(|status| status.eq_ignore_ascii_case("resolved"));
    let ended = is_over.then(|| {
        let at = field::instant(alert, "/endsAt", delivery.now)
            .filter(|at| began.is_none_or(|began| *at >= began));
        Ending { at: at.unwrap_or(delivery.now), how: None }
    });
    let label = |name: &str| labels.get(name).map(String::as_str);
    let place = WHERE.iter().find_map(|name| label(name));
    let key = field::text(alert, "/fingerprint").map_or_else(|| hash(&labels), str::to_owned);
    let mut text = words(alert, &labels);
    // One of several that say the same: which.
    if let Some(place) = place.filter(|place| !text.contains(*place)) {
        text = format!("{text} [{}]", field::line(place));
    }
    let is_cut =
        text.ends_with(CUT) || ["labels", "annotations"].iter().any(|table| alert[table].get(CUT).is_some());
    let marked = is_cut.then_some(TRUNCATED);
    let named = ["alert"].into_iter().chain(label("severity")).chain(label("service")).chain(marked);
    let reported = Reported {
        source: source.into(),
        key: field::key(&key),
        text: text.as_str().into(),
        tags: field::tags(named),
        url: field::link(alert, &["/panelURL", "/dashboardURL", "/generatorURL"]),
        details: details(alert, &labels, &text),
        when,
        ended,
    };
    Told { reported, labels }
}

/// Its name and what it says of itself, in one line.
fn words(alert: &Value, labels: &BTreeMap<String, String>) -> String {
    let told = ["/annotations/summary", "/annotations/message", "/annotations/description"];
    let told = told.iter().find_map(|place| field::text(alert, place));
    let name = labels.get("alertname").map(String::as_str).filter(|name| !Raw::new(*name).is_blank());
    match (name, told) {
        (Some(name), Some(told)) => field::line(&format!("{name}: {}", field::line(told))),
        (None, Some(told)) => field::line(told),
        (name, None) => {
            let others = labels.iter().filter(|(name, _)| !matches!(name.as_str(), "alertname" | "severity"));
            let others: Vec<_> = others.take(LABELS).map(|(name, value)| format!("{name}={value}")).collect();
            let name = name.unwrap_or("an alert without a name");
            let gap = if others.is_empty() { "" } else { ": " };
            field::line(&format!("{name}{gap}{}", others.join(", ")).replace(['\r', '\n'], " "))
        }
    }
}

/// What it says of itself besides its line, a line each: its annotations, then its labels.
fn details(alert: &Value, labels: &BTreeMap<String, String>, line: &str) -> Option<Raw> {
    let annotations = table(alert, "/annotations");
    let all = annotations
        .iter()
        .filter(|(_, told)| !line.contains(told.trim()))
        .chain(labels)
        .map(|(name, value)| format!("{name}: {}", value.trim()));
    let mut all = all.collect::<Vec<_>>().join("\n");
    let end = (0..=DETAILS.min(all.len())).rev().find(|end| all.is_char_boundary(*end)).unwrap_or_default();
    if end < all.len() {
        all.truncate(end);
        all.push_str(CUT);
    }
    Some(Raw::new(all)).filter(|all| !all.is_blank())
}

/// That alerts are missing, once for each group of them.
fn missing(count: u64, call: &Value, source: &str, delivery: &Delivery<'_>) -> Told {
    let when = field::when(None, delivery.now);
    let group = table(call, "/groupLabels");
    let reported = Reported {
        source: source.into(),
        key: format!("truncated/{}", hash(&group)).into(),
        text: format!(
            "{count} more alerts of this group are not in what was sent or taken: {source} has them"
        )
        .into(),
        tags: field::tags(["alert", TRUNCATED]),
        url: field::link(call, &["/externalURL"]),
        details: None,
        ended: Some(field::at_once(&when, delivery.now, "left out")),
        when,
    };
    Told { reported, labels: BTreeMap::new() }
}

/// Names with their texts. What is none of the two is told as JSON writes it.
fn table(value: &Value, place: &str) -> BTreeMap<String, String> {
    let Some(Value::Object(all)) = value.pointer(place) else { return BTreeMap::new() };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    all.iter().filter(|(name, _)| *name != CUT).map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The identity of an alert without a fingerprint: that of its labels.
fn hash(labels: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for part in labels.iter().flat_map(|(name, value)| [name, value]) {
        // Its length before it: no two tables are written alike.
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..HASHED])
}
