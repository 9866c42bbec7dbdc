//! What is known of an incident whose times name no zone, and of its words.

use std::fs;

use serde_json::Value;

use crate::support::House;

fn document(title: &str, date: &str) -> String {
    format!(
        "# {title}\n\nDate: {date}\n\n## Summary\n\nNobody could pay.\n\n## Timeline\n\n- 14:02 Payments fail\n\
         - 14:30 Suspected the queue\n- 15:10 Resolved\n\n## Lessons learned\n\n### What went well\n\n- The pager rang\n"
    )
}

fn house_of(documents: &[(&str, String)]) -> House {
    let house = House::new();
    for (name, text) in documents {
        fs::write(house.path().join(name), text).unwrap();
        house.done(&["import", name]);
    }
    house
}

#[test]
fn times_without_a_zone_have_their_order_and_their_distance() {
    let older = document("Tills stand still", "2023-03-04");
    let newer = document("Lamps go out", "2024-03-04");
    let house = house_of(&[("older.md", older), ("newer.md", newer)]);
    let json: Vec<Value> = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    let ids: Vec<&str> = json.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["2024-03-04-lamps-go-out", "2023-03-04-tills-stand-still"]);
    assert_eq!(json[0]["metrics"]["duration_minutes"], 68);
    // As it was read, and as the index has it.
    for _ in 0..2 {
        let rows = house.done(&["list"]);
        assert!(rows.lines().all(|row| row.contains("1h 08m")), "{rows}");
    }
}

#[test]
fn a_wrong_path_between_two_times_without_a_zone_has_its_minutes() {
    let text = document("Tills stand still", "2023-03-04");
    let house = house_of(&[("one.md", text.replace("- 15:10", "- 14:50 The queue was ruled out\n- 15:10"))]);
    let json: Value = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    assert_eq!(json[0]["metrics"]["wrong_paths_minutes"], 20, "{json}");
    let page = house.done(&["export"]);
    assert!(page.contains("closed 2023-03-04 14:50; took 20 minutes"), "{page}");
}

#[test]
fn a_day_that_the_title_tells_stands_once_in_the_id() {
    let house = house_of(&[("one.md", document("Tills stand still 2023-03-04", "2023-03-04"))]);
    assert!(house.done(&["list"]).starts_with("2023-03-04-tills-stand-still  "));
}

#[test]
fn all_of_it_is_shown_and_who_says_it() {
    let house = house_of(&[("one.md", document("Tills stand still", "2023-03-04"))]);
    house.say(
        "/role scribe @ana\n/service tills\n/factor no alarm\n/link board https://example.org/b\n/note Spare: keys\n",
    );
    let shown = house.done(&["show"]);
    for part in [
        "Summary: Nobody could pay.\n",
        "Services: tills\n",
        "Roles: scribe @ana\n",
        "Factors: no alarm\n",
        "Went well\n  The pager rang\n",
        "Links\n  board https://example.org/b\n",
        "\nNotes\n",
        "\n  Spare: keys\n",
        "Payments fail  (one.md:11, ",
    ] {
        assert!(shown.contains(part), "{part:?} in {shown}");
    }
}

#[test]
fn the_beginning_of_an_id_names_the_related_incident() {
    let house = house_of(&[
        ("one.md", document("Tills stand still", "2023-03-04")),
        ("two.md", document("Lamps go out", "2024-03-04")),
        ("three.md", document("Gates stay shut", "2022-03-04")),
    ]);
    let related = |line: &str| {
        let output = house.run(&["say", "-i", "2023-03", line]);
        let (_, err) = crate::support::texts(&output);
        (err, serde_json::from_str::<Value>(&house.done(&["show", "-i", "2023-03", "--json"])).unwrap())
    };
    let (err, shown) = related("/related 2024-03");
    assert_eq!(shown["related"], serde_json::json!(["2024-03-04-lamps-go-out"]), "{err}");
    assert!(!err.contains("no incident here"), "{err}");
    // Two others begin so: which of them is not guessed.
    let (err, shown) = related("/related 20");
    assert_eq!(shown["related"][1], "20");
    assert!(err.contains("no incident here is called 20"), "{err}");
}

#[test]
fn a_zone_that_a_person_names_settles_the_doubt_about_it() {
    let house = house_of(&[("one.md", document("Tills stand still", "2023-03-04"))]);
    let doubts = || {
        let shown: Value = serde_json::from_str(&house.done(&["show", "--json"])).unwrap();
        serde_json::from_value::<Vec<String>>(shown["warnings"].clone()).unwrap()
    };
    let before = doubts();
    assert!(before.iter().any(|doubt| doubt.contains("no zone is given")), "{before:?}");
    house.done(&["say", "/warning who noticed it"]);
    house.done(&["say", "/tz Europe/Oslo"]);
    let after = doubts();
    assert!(!after.iter().any(|doubt| doubt.contains("no zone is given")), "{after:?}");
    assert_eq!(after.len(), before.len(), "the others stay");
    house.done(&["say", "/undo"]);
    assert_eq!(doubts().len(), before.len() + 1);
}

#[test]
fn a_zone_of_several_meanings_is_quoted_with_all_of_them() {
    let of = |zone: &str| {
        let text = document("Tills stand still", "2023-06-04")
            .replace("## Summary", &format!("All times are {zone}.\n\n## Summary"));
        let house = house_of(&[("one.md", text)]);
        let shown: Value = serde_json::from_str(&house.done(&["show", "--json"])).unwrap();
        let doubts = serde_json::from_value::<Vec<String>>(shown["warnings"].clone()).unwrap();
        doubts.into_iter().find(|doubt| doubt.starts_with("the zone ")).unwrap_or_default()
    };
    assert_eq!(
        of("CST"),
        "the zone \"CST\" can be read several ways: CST=-06:00, America/Chicago, Asia/Shanghai; taken to be CST=-06:00"
    );
    assert_eq!(of("US Eastern"), "the zone \"US Eastern\" is taken to be America/New_York");
    assert_eq!(of("UTC"), "");
}
