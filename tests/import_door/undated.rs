//! Imports whose documents tell no day: what is not known of them, and the line that gives all their times a day.

use std::fs;

use serde_json::Value;

use crate::support::{House, texts};

fn document(rows: &[&str]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("- {row}\n")).collect();
    format!(
        "# Ferry tickets stuck\n\n## Timeline\n\n{}\n## Actions\n\n- [ ] Watch the printer\n",
        rows.concat()
    )
}

const NIGHT: &[&str] = &[
    "23:40 Ticket machines print nothing",
    "23:55 Suspected the paper feed",
    "00:20 Paper feed ruled out: it feeds",
    "00:50 Print queue emptied, all machines print",
];

fn house(rows: &[&str]) -> House {
    let house = House::new();
    fs::write(house.path().join("ferry.md"), document(rows)).unwrap();
    house.done(&["import", "ferry.md"]);
    house
}

fn times(house: &House) -> Vec<String> {
    let shown = house.json();
    let timeline = shown["timeline"].as_array().unwrap();
    let of_the_document = timeline.iter().filter(|entry| entry["source"].is_object());
    of_the_document.map(|entry| entry["at"].as_str().unwrap().to_owned()).collect()
}

fn doubts(house: &House) -> String {
    house.json()["warnings"].to_string()
}

#[test]
fn the_day_of_the_import_is_not_that_of_the_outage() {
    let house = house(NIGHT);
    assert_eq!(house.json()["id"], "ferry-tickets-stuck");
    assert!(!house.done(&["list"]).is_empty());
    let (out, err) = texts(&house.run(&["list", "--since", "1y"]));
    assert!(out.is_empty() && err.contains("No incident fits"), "{out}{err}");
    assert!(house.done(&["actions"]).contains("–  Watch the printer"), "{}", house.done(&["actions"]));
    let insights: Value = serde_json::from_str(&house.done(&["insights", "--json"])).unwrap();
    assert_eq!((&insights["first"], &insights["this_week"]), (&Value::Null, &serde_json::json!([])));
}

#[test]
fn an_incident_of_which_no_day_is_known_comes_last() {
    let house = house(NIGHT);
    let dated =
        document(NIGHT).replace("## Timeline", "Date: 2019-03-04\n\n## Timeline").replace("Ferry", "Tram");
    fs::write(house.path().join("tram.md"), dated).unwrap();
    house.done(&["import", "tram.md"]);
    let listed = house.done(&["list"]);
    assert!(listed.find("Tram tickets") < listed.find("Ferry tickets"), "{listed}");
}

#[test]
fn one_milestone_gives_all_times_their_day_over_midnight_too() {
    let night = ["2024-03-04T23:40:00", "2024-03-04T23:55:00", "2024-03-05T00:20:00", "2024-03-05T00:50:00"];
    let utc = night.map(|at| format!("{at}Z"));
    for (line, wanted) in [
        ("/started 2024-03-04", &night.map(str::to_owned)),
        ("/started 2024-03-04 23:40", &night.map(str::to_owned)),
        ("/started 2024-03-04 23:31", &night.map(str::to_owned)),
        // The zone of the one time that is given is that of all where the document has the same time of day.
        ("/started 2024-03-04 23:40 Z", &utc),
        ("/started 2024-03-05 01:40 CEST", &night.map(str::to_owned)),
        // The end lies on the other side of midnight.
        ("/resolved 2024-03-05 00:50", &night.map(str::to_owned)),
        ("/resolved 2024-03-05 00:50 Z", &utc),
        ("/resolved 2024-03-05 00:58", &night.map(str::to_owned)),
    ] {
        let house = house(NIGHT);
        let (_, err) = texts(&house.run(&["say", line]));
        if line.ends_with("CEST") {
            // Whose midnight that is, nobody knows: the first row is of that day or the one before.
            assert!(times(&house).iter().all(|at| at.starts_with("2024-03-0")), "{:?}", times(&house));
            continue;
        }
        assert!(err.contains("4 entries have their days now; /undo takes it back"), "{err}");
        assert_eq!(times(&house), wanted, "{line}");
        assert!(!doubts(&house).contains("no date is given"), "{line}: {}", doubts(&house));
        assert_eq!(doubts(&house).contains("no zone is given"), !line.ends_with('Z'), "{line}");
        assert!(house.done(&["list", "--since", "2024-03-04", "--until", "2024-03-04"]).contains("Ferry"));
        house.done(&["say", "/undo"]);
        assert!(times(&house).iter().all(|at| at.starts_with('T')), "{:?}", times(&house));
        assert!(doubts(&house).contains("no date is given"));
    }
}

#[test]
fn what_follows_from_the_times_follows_from_the_days() {
    let house = house(NIGHT);
    house.done(&["say", "/tz Europe/Oslo"]);
    house.done(&["say", "/started 2024-03-04"]);
    let shown = house.json();
    assert_eq!(shown["timeline"][0]["at"], "2024-03-04T23:40:00+01:00");
    assert_eq!(shown["metrics"]["duration_minutes"], 70);
    let feed = &shown["hypotheses"][0];
    assert_eq!(
        (&feed["raised_at"], &feed["closed_at"]),
        (&Value::from("2024-03-04T23:55:00+01:00"), &Value::from("2024-03-05T00:20:00+01:00"),)
    );
    assert!(doubts(&house).contains("it was over"), "{}", doubts(&house));
    assert!(!doubts(&house).contains("when it began"), "a person has said that: {}", doubts(&house));
}

#[test]
fn a_document_with_its_end_on_top_is_dated_from_its_end() {
    let mut rows = NIGHT.to_vec();
    rows.reverse();
    let house = house(&rows);
    house.done(&["say", "/started 2024-03-04 23:40"]);
    let wanted = ["2024-03-04T23:40:00", "2024-03-04T23:55:00", "2024-03-05T00:20:00", "2024-03-05T00:50:00"];
    assert_eq!(times(&house), wanted);
}

#[test]
fn a_time_of_day_alone_is_not_taken_for_today() {
    let house = house(NIGHT);
    let (_, err) = texts(&house.run(&["say", "/started 23:40"]));
    assert!(err.contains("the times of this record have no day yet"), "{err}");
    assert!(err.contains("/started 2024-08-18 23:40"), "{err}");
    // Of a milestone that the document does not tell, the day alone says too little.
    let (_, err) = texts(&house.run(&["say", "/declared 2024-03-04"]));
    assert!(err.contains("a date needs a time of day after it"), "{err}");
    assert!(times(&house).iter().all(|at| at.starts_with('T')), "{:?}", times(&house));
}

#[test]
fn a_year_is_given_in_the_same_way() {
    let house = house(&["Dec 31, 23:40 UTC Ticket machines print nothing", "Jan 1, 00:20 UTC All print"]);
    assert!(doubts(&house).contains("no year is given"), "{}", doubts(&house));
    house.done(&["say", "/started 2023-12-31 23:40 Z"]);
    assert_eq!(times(&house), ["2023-12-31T23:40:00Z", "2024-01-01T00:20:00Z"]);
    assert!(!doubts(&house).contains("no year is given"), "{}", doubts(&house));
}

#[test]
fn an_incident_is_shown_by_the_beginning_of_its_name_with_the_lines_of_its_document() {
    let house = house(NIGHT);
    house.done(&["new", "Ticket gate", "--service", "gates", "--service", "tills", "--detach"]);
    let shown = house.done(&["show", "ferry"]);
    assert!(shown.contains("Ticket machines print nothing  (ferry.md:5, "), "{shown}");
    assert!(house.done(&["list", "--service", "gates"]).contains("Ticket gate"));
    assert!(house.done(&["list", "--service", "tills"]).contains("Ticket gate"));
}

#[test]
fn an_incident_with_days_is_not_dated_anew() {
    let house = House::new();
    let dated = document(NIGHT).replace("## Timeline", "Date: 2019-03-04\n\n## Timeline");
    fs::write(house.path().join("ferry.md"), dated).unwrap();
    house.done(&["import", "ferry.md"]);
    let before = times(&house);
    house.done(&["say", "/started 2024-03-04 23:40 Z"]);
    assert_eq!(times(&house), before);
}
