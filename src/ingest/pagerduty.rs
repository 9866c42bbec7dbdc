//! PagerDuty (webhooks v3). An incident there is one entry; what is done about it is an entry each.
//!
//! Rules: <https://developer.pagerduty.com/docs/webhooks-overview>. Calls come at least once, those of one incident in order.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Delivery, Taken, Told, field};
use crate::log::Reported;
use crate::model::{Ending, Moment};
use crate::text::Raw;

/// Reads a call. An event of a kind that is not known is ignored: more may be added at any time.
pub(super) fn read(call: &Value, delivery: &Delivery<'_>) -> Taken {
    let event = &call["event"];
    let told =
        field::text(event, "/event_type").and_then(|kind| kind.strip_prefix("incident.")).and_then(|kind| {
            match kind {
                "triggered" | "reopened" | "resolved" => life(event, kind, delivery),
                _ => done(event, kind, delivery),
            }
        });
    let ignored = usize::from(told.is_none());
    Taken { told: told.into_iter().collect(), ignored, ..Taken::default() }
}

/// An incident begins, begins again, or ends.
fn life(event: &Value, kind: &str, delivery: &Delivery<'_>) -> Option<Told> {
    let (now, incident) = (delivery.now, &event["data"]);
    let occurred = field::instant(event, "/occurred_at", now);
    let created = field::instant(incident, "/created_at", now);
    let (when, ended) = match kind {
        "triggered" => (field::when(created.or(occurred), now), None),
        "reopened" => (field::when(occurred, now), None),
        // It ends what began last, and that may be after it was created.
        _ => (
            Moment { approximate: true, ..field::when(created.or(occurred), now) },
            Some(Ending { at: occurred.unwrap_or(now), how: None }),
        ),
    };
    let key = field::id(incident, "/id")?;
    let text = field::line(field::text(incident, "/title").unwrap_or("an incident without a title"));
    Some(told(incident, &key, text, when, ended))
}

/// Something is done about an incident, or said of it.
fn done(event: &Value, kind: &str, delivery: &Delivery<'_>) -> Option<Told> {
    let data = &event["data"];
    // A note, an update and a responder name the incident that they are about.
    let incident = data.get("incident").unwrap_or(data);
    let who = field::text(event, "/agent/summary");
    let title = field::text(incident, "/title").or_else(|| field::text(incident, "/summary"));
    let title = title.unwrap_or("an incident without a title");
    let by = |text: &str| who.map_or_else(|| text.to_owned(), |who| format!("{who}: {text}"));
    let text = match kind {
        "acknowledged" | "unacknowledged" => by(title),
        "priority_updated" => match field::text(data, "/priority/summary") {
            Some(priority) => by(&format!("{title} is {priority}")),
            None => by(&format!("{title} has no priority")),
        },
        "escalated" | "delegated" | "reassigned" => {
            let names: Vec<_> = names(&data["assignees"]);
            by(&if names.is_empty() { title.to_owned() } else { format!("{title}, to {}", names.join(", ")) })
        }
        "annotated" => by(field::text(data, "/content")?),
        "status_update_published" => by(field::text(data, "/message")?),
        "responder.added" | "responder.replied" => {
            let user = field::text(data, "/user/summary").unwrap_or("somebody");
            format!("{user}: {title}")
        }
        _ => return None,
    };
    let when = field::when(field::instant(event, "/occurred_at", delivery.now), delivery.now);
    let how = kind.replace(['.', '_'], " ");
    let ended = Some(field::at_once(&when, delivery.now, &how));
    let key = format!("{}/{kind}/{}", field::id(incident, "/id")?, field::id(event, "/id")?);
    Some(told(incident, &key, field::line(&text), when, ended))
}

fn told(incident: &Value, key: &str, text: String, when: Moment, ended: Option<Ending>) -> Told {
    let named = [("priority", "/priority/summary"), ("urgency", "/urgency"), ("service", "/service/summary")];
    let labels: BTreeMap<String, String> = named
        .iter()
        .filter_map(|(name, place)| Some(((*name).to_owned(), field::text(incident, place)?.to_owned())))
        .collect();
    // The priority says more than the urgency.
    let graveness = labels.get("priority").or(labels.get("urgency"));
    let tags = graveness.into_iter().chain(labels.get("service")).map(String::as_str);
    let reported = Reported {
        source: "pagerduty".into(),
        key: field::key(key),
        text: Raw::new(text),
        tags: field::tags(["alert"].into_iter().chain(tags)),
        url: field::link(incident, &["/html_url"]),
        details: None,
        when,
        ended,
    };
    Told { reported, labels }
}

fn names(references: &Value) -> Vec<&str> {
    let all = references.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(|one| field::text(one, "/summary")).collect()
}
