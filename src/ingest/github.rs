//! GitHub: deployments with their status, and runs of workflows. Each is one entry that says how it ended.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Delivery, Taken, Told, field};
use crate::log::Reported;
use crate::model::Ending;
use crate::text::Raw;

/// How many digits of a commit are shown.
const COMMIT: usize = 7;

/// Whether this is from GitHub, as far as it shows without the header.
pub(super) fn is_one(call: &Value) -> bool {
    call.get("repository").is_some()
        && (call.get("deployment").is_some() || call.get("workflow_run").is_some())
}

/// Reads a call. Whatever else the repository tells of is ignored.
pub(super) fn read(call: &Value, delivery: &Delivery<'_>) -> Taken {
    let event = delivery.github_event.unwrap_or_else(|| {
        // The run that made a deployment stands beside it.
        if call.get("deployment_status").is_some() {
            "deployment_status"
        } else if call.get("deployment").is_some() {
            "deployment"
        } else {
            "workflow_run"
        }
    });
    let told = match event {
        "deployment" | "deployment_status" => deployment(call, delivery),
        "workflow_run" => run(call, delivery),
        _ => None,
    };
    let ignored = usize::from(told.is_none());
    Taken { told: told.into_iter().collect(), ignored, ..Taken::default() }
}

fn deployment(call: &Value, delivery: &Delivery<'_>) -> Option<Told> {
    let (deployment, status) = (&call["deployment"], &call["deployment_status"]);
    let key = format!("deployment/{}", field::id(deployment, "/id")?);
    let state = field::text(status, "/state");
    let ended =
        state.filter(|state| matches!(*state, "success" | "failure" | "error" | "inactive")).map(|state| {
            Ending {
                at: field::instant(status, "/created_at", delivery.now).unwrap_or(delivery.now),
                how: Some(Raw::new(state)),
            }
        });
    let environment = field::text(deployment, "/environment").or_else(|| field::text(status, "/environment"));
    let what = field::text(deployment, "/ref").or_else(|| commit(deployment, "/sha"));
    let (of, to) = (what.unwrap_or("something"), environment.unwrap_or("somewhere"));
    let text = format!("Deploy of {of} to {to}{}", place(call));
    let url = field::link(
        call,
        &[
            "/deployment_status/log_url",
            "/deployment_status/target_url",
            "/workflow_run/html_url",
            "/repository/html_url",
        ],
    );
    let began = field::instant(deployment, "/created_at", delivery.now);
    let when = field::when(began, delivery.now);
    Some(told(
        call,
        Reported {
            source: "github".into(),
            key: field::key(&key),
            text: text.into(),
            tags: field::tags(["deploy"]),
            url,
            details: None,
            when,
            ended,
        },
    ))
}

fn run(call: &Value, delivery: &Delivery<'_>) -> Option<Told> {
    let run = &call["workflow_run"];
    let key = format!("workflow_run/{}", field::id(run, "/id")?);
    // Each attempt begins anew.
    let began = field::instant(run, "/run_started_at", delivery.now)
        .or_else(|| field::instant(run, "/created_at", delivery.now));
    let is_over = field::text(run, "/status").or_else(|| field::text(call, "/action")) == Some("completed");
    let ended = is_over.then(|| Ending {
        at: field::instant(run, "/updated_at", delivery.now).unwrap_or(delivery.now),
        how: Some(Raw::new(
            field::line(field::text(run, "/conclusion").unwrap_or("completed")).replace('_', " "),
        )),
    });
    let name =
        field::text(run, "/name").or_else(|| field::text(run, "/display_title")).unwrap_or("a workflow");
    let on = field::text(run, "/head_branch").or_else(|| commit(run, "/head_sha"));
    let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
    let text = format!("Run of {name}{on}{}", place(call));
    let (url, when) = (field::link(run, &["/html_url"]), field::when(began, delivery.now));
    Some(told(
        call,
        Reported {
            source: "github".into(),
            key: field::key(&key),
            text: text.into(),
            tags: field::tags(["workflow"]),
            url,
            details: None,
            when,
            ended,
        },
    ))
}

/// With where it happened, as labels and as a tag.
fn told(call: &Value, mut reported: Reported) -> Told {
    let named = [("repository", "/repository/full_name"), ("environment", "/deployment/environment")];
    let labels: BTreeMap<String, String> = named
        .iter()
        .filter_map(|(name, place)| Some(((*name).to_owned(), field::text(call, place)?.to_owned())))
        .collect();
    reported.text = field::line(reported.text.as_typed()).into();
    reported.tags.extend(labels.get("environment").and_then(|environment| field::tag(environment)));
    Told { reported, labels }
}

/// In which repository.
fn place(call: &Value) -> String {
    field::text(call, "/repository/full_name").map(|name| format!(" ({name})")).unwrap_or_default()
}

/// The first digits of a commit.
fn commit<'a>(value: &'a Value, place: &str) -> Option<&'a str> {
    field::text(value, place)?.get(..COMMIT)
}
