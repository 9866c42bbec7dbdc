//! The report as JSON: the incident, whole.

use proptest::prelude::*;
use warroom::export::json;
use warroom::model::Incident;

use crate::html::everywhere;
use crate::support::House;

#[test]
fn it_is_what_show_prints() {
    let house = House::new();
    house.done(&["new", "Gates stay shut \u{202e}", "--detach"]);
    house.say("one\n?relay: \u{1b}[2J\n/affected 40.5% of visitors\n");
    assert_eq!(house.done(&["export", "--format", "json"]), house.done(&["show", "--json"]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is read again is the same incident, and nothing of it acts on a terminal.
    #[test]
    fn it_brings_the_same_incident_back(text in everywhere::any()) {
        let incident = everywhere::with(&text);
        let report = json::render(&incident).unwrap();
        prop_assert!(!report.contains(|c: char| c.is_control() && c != '\n'));
        prop_assert_eq!(serde_json::from_str::<Incident>(&report).unwrap(), incident);
    }
}
