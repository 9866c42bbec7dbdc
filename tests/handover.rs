//! Who has which role, who had it before, and what was decided: on the record and in the report.

use crossterm::event::KeyCode;
use warroom::export::{Outline, markdown};
use warroom::grammar::{self, Line};
use warroom::session::{Opening, Session};

use crate::scene::Scene;
use crate::stage::Stage;
use crate::support::House;

fn report(scene: &Scene) -> String {
    markdown::render(&Outline::of(&scene.incident()))
}

#[test]
fn handing_over_command_keeps_both_names_and_the_time() {
    let scene = Scene::new("UTC").after(&[
        "/role 12:20 commander @alice",
        "/role 12:25 Commander @alice",
        "/role 12:40 commander @bob",
        "/role 12:44 scribe @carol",
    ]);
    let incident = scene.incident();
    let texts: Vec<&str> = incident.timeline.iter().map(|entry| entry.text.as_typed()).collect();
    assert_eq!(
        texts,
        [
            "alice is commander",
            "alice is Commander",
            "bob takes over as commander from alice",
            "carol is scribe"
        ]
    );
    let [former] = &incident.former_roles[..] else { panic!("{:?}", incident.former_roles) };
    assert_eq!((former.name.as_typed(), former.role.as_typed()), ("alice", "Commander"));
    let report = report(&scene);
    assert!(
        report.contains("- Commander: alice from 2024-08-10 12:20 UTC until 2024-08-10 12:40 UTC\n"),
        "{report}"
    );
    assert!(report.contains("  - commander: bob\n  - scribe: carol\n"), "{report}");
}

#[test]
fn a_role_that_nobody_took_over_is_handed_over_all_the_same() {
    let scene = Scene::new("UTC").after(&["/role 12:20 commander @alice", "/role 12:40 commander -"]);
    let incident = scene.incident();
    assert!(incident.roles.is_empty());
    assert_eq!(incident.former_roles.len(), 1);
    assert_eq!(incident.timeline[1].text.as_typed(), "Nobody is commander");
}

#[test]
fn a_handover_that_is_taken_back_never_was() {
    let scene = Scene::new("UTC").after(&["/role commander @alice", "/role commander @bob", "/undo"]);
    let incident = scene.incident();
    assert_eq!(incident.roles[0].name.as_typed(), "alice");
    assert!(incident.former_roles.is_empty());
}

#[test]
fn a_decision_is_told_once_with_who_and_when() {
    let scene = Scene::new("UTC").after(&["/decide 12:40 Roll back without the vendor @alice"]);
    let report = report(&scene);
    let told = "**2024-08-10 12:40 UTC** — Roll back without the vendor (decided by alice)";
    assert!(report.contains(told), "{report}");
    assert_eq!(report.matches("Roll back without the vendor").count(), 1);
}

#[test]
fn names_of_those_who_handed_over_are_taken_out_too() {
    let scene = Scene::new("UTC").after(&["/role commander @natasha", "/role commander @bertram"]);
    let anonymised = warroom::export::anonymise::anonymised(&scene.incident()).incident;
    let text = serde_json::to_string(&anonymised).unwrap();
    assert!(!text.contains("natasha") && !text.contains("bertram"), "{text}");
}

#[test]
fn show_tells_what_was_decided_sent_attached_and_handed_over() {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach"]);
    std::fs::write(house.path().join("proxy.log"), "504\n").unwrap();
    house.say("/role commander @alice\n/role commander @bob\n/decide 2024-08-10 12:40 Fail over @bob\n/update public: we know\n/attach proxy.log");
    let shown = house.done(&["show"]);
    for told in [
        "Roles before: commander @alice until ",
        "\nDecisions\n  2024-08-10 12:40 UTC  Fail over  (decided by bob)\n",
        "\nUpdates\n",
        "public: we know\n",
        "\nAttachments\n",
        "proxy.log, in attachments/",
    ] {
        assert!(shown.contains(told), "{told:?} in {shown}");
    }
}

/// It stands in no pane of the room: that it was taken is said.
#[test]
fn a_decision_in_the_room_is_said_to_be_kept() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/decide fail over @bob").shows("decision kept · F4 shows it in the report");
    stage.types("n").hides("decision kept");
}

/// Confirmed, and open again: whoever takes over would roll back once more.
const AGAIN: [&str; 3] = [
    "/suspect 12:20 deploy: new build",
    "/confirm 12:31 deploy: v412 removed the timeout",
    "/reopen 12:40 deploy: rollback changed nothing",
];

#[test]
fn what_is_open_again_tells_what_it_was_and_why() {
    let told = |more: &[&str]| {
        let incident = Scene::new("UTC").after(&[&AGAIN[..], more].concat()).incident();
        let reopened = incident.hypotheses[0].reopened.clone();
        reopened.map(|r| (r.was.words(), r.why.map(|why| why.for_term().to_string())))
    };
    let why = |was, why: &str| Some((was, Some(why.to_owned())));
    assert_eq!(told(&[]), why("confirmed", "rollback changed nothing"));
    assert_eq!(told(&["/test deploy: diff the build"]), why("confirmed", "rollback changed nothing"));
    assert_eq!(told(&["/reopen deploy: nor did a restart"]), why("confirmed", "nor did a restart"));
    assert_eq!(told(&["/reopen deploy"]), why("confirmed", "rollback changed nothing"));
    assert_eq!(told(&["/undo"]), None);
    assert_eq!(told(&["/out deploy: it is not in the build"]), None);
    assert_eq!(told(&["/out deploy: not in it", "?deploy: it is"]), why("ruled out", "it is"));
    assert_eq!(told(&["/park deploy", "/test deploy: again"]), Some(("parked", None)));
}

#[test]
fn the_pane_the_details_and_the_handoff_tell_what_is_open_again() {
    let mut stage = Stage::new(120, 40);
    for line in
        ["?deploy", "/confirm deploy: v412 removed the timeout", "/reopen deploy: rollback changed nothing"]
    {
        stage.logs(line);
    }
    stage.until("● saved 3");
    let pane = stage.draw();
    assert!(pane.contains("opened again 09:30, was confirmed: rollback"), "{pane}");
    stage.clock.go_on(86_400);
    stage.shows("opened again Tue 2025-03-04 09:30");
    stage.logs("/handoff").shows(", was confirmed: rollback changed nothing");
    stage.key(KeyCode::Esc).key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    let details = stage.draw();
    assert!(details.contains("before") && details.contains(", was confirmed"), "{details}");
}

#[test]
fn show_the_report_and_json_tell_what_is_open_again_and_the_report_brings_it_back() {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach"]);
    house.say("?deploy\n/confirm deploy: v412 removed the timeout\n/reopen deploy: rollback changed nothing");
    let told = "UTC, was confirmed: rollback changed nothing\n";
    for command in [&["show"][..], &["export"], &["export", "--template", "handoff"]] {
        let shown = house.done(command);
        assert!(shown.contains(told) && shown.to_lowercase().contains("opened again 20"), "{shown}");
    }
    let json = house.done(&["show", "--json"]);
    assert!(json.contains("\"was\": \"confirmed\""), "{json}");
    std::fs::write(house.path().join("own.md"), house.done(&["export"])).unwrap();
    let back = house.done(&["import", "--dry-run", "--json", "--again", "own.md"]);
    assert!(back.contains("\"was\": \"confirmed\"") && !back.contains("Opened again"), "{back}");
}

/// A name at the end of a row is no word of its text.
#[test]
fn who_wrote_a_row_is_set_apart_from_its_text() {
    let mut stage = Stage::new(120, 24);
    stage.logs("cable three is cut").until("● saved 1");
    stage.hides("— alice");
    let opening = Opening {
        by: "jo".into(),
        clock: stage.clock.clone(),
        rescue: stage.house.path().join("rescue"),
        stays: false,
    };
    let mut other = Session::open(&stage.folder, opening, || {}).unwrap();
    let Ok(Line::Change(change)) = grammar::read("cable four, too", &other.desk()) else { panic!() };
    other.commit(*change).unwrap();
    drop(other);
    stage.until("cable four, too — jo");
    stage.shows("cable three is cut — alice");
}

/// What a typical outage hands over stands on one screen of 80 by 24.
#[test]
fn the_handoff_tells_whom_it_hits_what_runs_and_who_was_there_before() {
    let mut stage = Stage::new(80, 24);
    for line in [
        "/started 09:10",
        "/role commander @ines",
        "/role commander @omar",
        "/impact Uploads fail",
        "/affected 40% of users",
        "?dns: slow",
        "/out dns: every zone answers as always",
        "/out cdn: no errors at the edge",
        "/out queue: it is empty",
        "/out disk: a third is free",
        "?cache: stale limits",
        "?deploy: new at nine",
        "?quota: zero for new accounts",
        "/test quota: read its limits for:10m",
        "a long entry that goes on and on until it no longer fits into the columns which there are",
    ] {
        stage.logs(line);
    }
    stage.until("● saved 15");
    stage.logs("/handoff");
    insta::assert_snapshot!("handoff_of_an_outage_80x24", stage.draw());
}
