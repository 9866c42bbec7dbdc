//! The pictures in the report: the flow that mermaid draws, and the timeline that we draw ourselves.

mod outages;

use outages::{invoices, logins, payments};
use warroom::export::{mermaid, svg};
use warroom::model::Incident;

/// The three outages by name.
fn outages() -> [(&'static str, Incident); 3] {
    [("logins", logins()), ("invoices", invoices()), ("payments", payments())]
}

#[test]
fn the_flow_of_three_outages() {
    for (name, incident) in outages() {
        insta::assert_snapshot!(format!("{name}.mmd"), mermaid::flow(&incident));
    }
}

#[test]
fn the_timeline_of_three_outages() {
    for (name, incident) in outages() {
        insta::assert_snapshot!(format!("{name}.svg"), svg::timeline(&incident));
    }
}
