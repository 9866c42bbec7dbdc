//! The handoff: the state on one screen, for whoever takes over.

use chrono::TimeDelta;
use ratatui::style::Style;

use super::Overlay;
use super::rows::Rows;
use crate::model::{ActionStatus, Hypothesis, HypothesisStatus, Incident, Instant, MilestoneKind};
use crate::tui::times;

/// The state on one screen, for whoever takes over.
pub(in crate::tui) fn handoff(incident: &Incident, now: Instant) -> Overlay {
    let mut rows = Rows::default();
    rows.heading(incident.title.for_term().as_str());
    let severity = incident.severity.map(|severity| format!("SEV {severity} · ")).unwrap_or_default();
    rows.plain(format!("{severity}{} · {}", incident.status, elapsed(incident, now)));
    rows.heading("Roles");
    for role in &incident.roles {
        rows.two(role.role.for_term().as_str(), role.name.for_term().as_str());
    }
    if incident.roles.is_empty() {
        rows.plain("nobody has one: /role commander @alice");
    }
    let of = |wanted: &[HypothesisStatus]| {
        let all = incident.hypotheses.iter();
        all.filter(|h| wanted.contains(&h.status)).map(hypothesis).collect::<Vec<_>>()
    };
    rows.heading("Being looked into");
    list(&mut rows, of(&[HypothesisStatus::Testing, HypothesisStatus::Open]), "nothing");
    rows.heading("Confirmed");
    list(&mut rows, of(&[HypothesisStatus::Confirmed]), "nothing");
    rows.heading("Ruled out or parked");
    list(&mut rows, of(&[HypothesisStatus::RuledOut, HypothesisStatus::Parked]), "nothing");
    rows.heading("To do");
    let open = incident.actions.iter().filter(|a| a.status == ActionStatus::Open);
    let open = open.map(|action| {
        let owner = action.owner.as_ref().map(|owner| format!(" @{}", owner.for_term()));
        format!("{} {}{}", action.number, action.text.for_term(), owner.unwrap_or_default())
    });
    list(&mut rows, open.collect(), "nothing");
    rows.heading("Last update to stakeholders");
    let last = incident.updates.iter().max_by_key(|update| update.at.sort_key());
    let last = last.map(|update| {
        let ago = update.at.instant().map(|at| format!("{} ago, ", times::span(now - at)));
        let (ago, audience) = (ago.unwrap_or_default(), update.audience.for_term());
        format!("{ago}{audience}: {}", update.text.for_term())
    });
    list(&mut rows, last.into_iter().collect(), "none: /update TEXT");
    Overlay::new("Handoff", rows)
}

fn list(rows: &mut Rows, items: Vec<String>, none: &str) {
    if items.is_empty() {
        rows.plain(none);
    }
    for item in items {
        rows.push("  -", &item, Style::new(), 4);
    }
}

fn hypothesis(hypothesis: &Hypothesis) -> String {
    let owner = hypothesis.owner.as_ref().map(|owner| format!(" @{}", owner.for_term()));
    let why =
        hypothesis.reason.as_ref().or(hypothesis.why.as_ref()).map(|why| format!(": {}", why.for_term()));
    let (owner, why) = (owner.unwrap_or_default(), why.unwrap_or_default());
    format!("{} — {}{owner}{why}", hypothesis.subject.raw().for_term(), hypothesis.status)
}

/// How long it has been going on, or went on.
pub(in crate::tui) fn elapsed(incident: &Incident, now: Instant) -> String {
    let resolved = incident.milestones.instant(MilestoneKind::Resolved);
    match (incident.began(), resolved) {
        // Of times without a zone the distance is known.
        (None, _) => match incident.metrics.duration_minutes {
            Some(minutes) => format!("lasted {}", times::span(TimeDelta::minutes(minutes))),
            None if incident.timeline.is_empty() => "not begun".into(),
            None => "start not known".into(),
        },
        (Some((began, _)), Some(resolved)) if resolved >= began => {
            format!("lasted {}", times::span(resolved - began))
        }
        (_, None) if incident.status.is_over() => "end not known".into(),
        (Some((began, false)), _) => format!("{} since start", times::span(now - began)),
        (Some((began, true)), _) => format!("{} since first entry", times::span(now - began)),
    }
}
