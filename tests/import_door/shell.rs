//! `warroom import` from a shell.

use std::fs;

use serde_json::Value;

use crate::support::{House, texts};

/// A report of ours, written in another house.
fn report() -> String {
    let house = House::new();
    house.done(&["new", "Feeds stand still", "--started", "2021-05-06 10:00", "--detach"]);
    house.say(
        "2021-05-06 10:05 first complaint\n?cache: it was full\n/out cache: empty\n/resolved 2021-05-06 11:00\n\
         + Delete the rule @bob\n/cause an old rule\n",
    );
    house.done(&["export"])
}

fn house_with(name: &str, text: &str) -> House {
    let house = House::new();
    fs::write(house.path().join(name), text).unwrap();
    house
}

fn ids(house: &House) -> Vec<String> {
    let all: Value = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_report_becomes_an_incident_with_its_lines() {
    let house = house_with("feeds.md", &report());
    let said = house.done(&["import", "feeds.md"]);
    assert!(said.starts_with("2021-05-06-feeds-stand-still  Feeds stand still  "), "{said}");
    assert!(said.contains("1 hypothesis (1 ruled out), 1 action, "), "{said}");
    let incident: Value = serde_json::from_str(&house.done(&["show", "-i", "2021", "--json"])).unwrap();
    assert_eq!(incident["documents"][0]["file"], "feeds.md");
    assert_eq!(incident["timeline"][0]["source"]["file"], "feeds.md");
    assert!(incident["hypotheses"][0]["source"]["line"].is_u64());
    assert_eq!(incident["status"], "resolved");
    let journal = fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    assert!(journal.lines().all(|line| line.contains("\"by\":\"alice\",\"from\":{\"file\":\"feeds.md\"")));
    // Nobody typed it: there is nothing to take back.
    let undone = house.run(&["say", "-i", "2021", "/undo"]);
    assert!(!undone.status.success());
}

#[test]
fn the_lines_survive_the_loss_of_the_journal() {
    let house = house_with("feeds.md", &report());
    house.done(&["import", "feeds.md"]);
    house.done(&["say", "-i", "2021", "a word more"]);
    let before: Value = serde_json::from_str(&house.done(&["show", "-i", "2021", "--json"])).unwrap();
    fs::remove_file(house.only_incident().join("journal.jsonl")).unwrap();
    house.done(&["say", "-i", "2021", "and one more"]);
    let after: Value = serde_json::from_str(&house.done(&["show", "-i", "2021", "--json"])).unwrap();
    for field in ["sources", "documents", "hypotheses", "actions"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(after["timeline"][0], before["timeline"][0]);
    house.done(&["doctor"]);
}

#[test]
fn a_dry_run_stores_nothing() {
    let house = house_with("feeds.md", &report());
    let shown: Value =
        serde_json::from_str(&house.done(&["import", "--dry-run", "--json", "feeds.md"])).unwrap();
    assert_eq!(shown["title"], "Feeds stand still");
    let several = house.done(&["import", "--dry-run", "--json", "feeds.md", "feeds.md"]);
    assert_eq!(serde_json::from_str::<Value>(&several).unwrap().as_array().unwrap().len(), 2);
    assert!(!house.path().join("data/incidents").exists());
}

#[test]
fn a_file_without_an_incident_is_stored_as_nothing() {
    let house = house_with("readme.md", "# How to build\n\nRun make.\n");
    let output = house.run(&["import", "--dry-run", "--json", "readme.md"]);
    let (out, err) = texts(&output);
    let shown: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((output.status.code(), shown["timeline"].as_array().unwrap().len()), (Some(1), 0));
    assert!(!shown["warnings"].as_array().unwrap().is_empty());
    assert!(err.contains("readme.md: nothing imported: "), "{err}");
    assert_eq!(house.run(&["import", "readme.md"]).status.code(), Some(1));
    assert!(ids(&house).is_empty());
}

#[test]
fn the_same_document_is_stored_once() {
    let house = house_with("feeds.md", &report());
    house.done(&["import", "feeds.md"]);
    fs::copy(house.path().join("feeds.md"), house.path().join("copy.md")).unwrap();
    let output = house.run(&["import", "copy.md"]);
    assert!(output.status.success());
    assert!(texts(&output).1.contains("already imported as 2021-05-06-feeds-stand-still"));
    assert_eq!(ids(&house).len(), 1);
    let output = house.run(&["import", "--again", "feeds.md"]);
    assert!(texts(&output).1.contains("it may be the same outage as 2021-05-06-feeds-stand-still"));
    assert_eq!(ids(&house).len(), 2);
}

#[test]
fn a_changed_report_is_said_to_be_the_same_outage() {
    let house = house_with("feeds.md", &report());
    house.done(&["import", "feeds.md"]);
    fs::write(house.path().join("changed.md"), report().replace("Delete the rule", "Delete both rules"))
        .unwrap();
    let seen = texts(&house.run(&["import", "--dry-run", "--again", "feeds.md"])).1;
    assert!(
        seen.contains("same outage as 2021-05-06-feeds-stand-still:") && seen.contains("`warroom merge`"),
        "{seen}"
    );
    let seen = texts(&house.run(&["import", "changed.md"])).1;
    let merge = "warroom merge 2021-05-06-feeds-stand-still 2021-05-06-feeds-stand-still-2";
    assert!(seen.contains(merge), "{seen}");
    let words: Vec<&str> = merge.split(' ').skip(1).collect();
    house.done(&words);
}

#[test]
fn incidents_of_warroom_come_in_as_they_are() {
    let other = House::new();
    other.done(&["new", "Feeds stand still", "--started", "2021-05-06 10:00", "--detach"]);
    other.say("2021-05-06 10:05:07 first complaint #web\n?cache: it was full\n/every 30m\n");
    let shown = other.done(&["show", "--json"]);
    let folder = other.only_incident();
    let journal = folder.join("journal.jsonl");
    for path in [&folder, &journal, &folder.parent().unwrap().to_owned()] {
        let house = House::new();
        house.done(&["import", path.to_str().unwrap()]);
        let back: Value = serde_json::from_str(&house.done(&["show", "--json"])).unwrap();
        let was: Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(back["timeline"][1]["at"], was["timeline"][1]["at"]);
        for field in ["title", "status", "zone", "milestones", "update_every_minutes", "warnings"] {
            assert_eq!(back[field], was[field], "{field}");
        }
        // What came in can be worked on as everything else.
        let id = back["timeline"][1]["id"].as_str().unwrap();
        house.done(&["say", &format!("/when {id} 2021-05-06 10:06")]);
        let mended: Value = serde_json::from_str(&house.done(&["show", "--json"])).unwrap();
        assert_eq!(mended["timeline"][1]["at"], "2021-05-06T10:06:00Z", "{mended}");
        // Nor is it brought in again.
        house.done(&["import", house.path().join("data/incidents").to_str().unwrap()]);
        assert_eq!(ids(&house).len(), 1);
    }
    let house = house_with("one.json", &shown);
    house.done(&["import", "one.json"]);
    assert_eq!(ids(&house), ["2021-05-06-feeds-stand-still"]);
    for (text, why) in [("{\"a\": 1}", "not an incident"), (&*format!("[{shown}]"), "a list of incidents")] {
        fs::write(house.path().join("other.json"), text).unwrap();
        let output = house.run(&["import", "other.json"]);
        assert!(!output.status.success() && texts(&output).1.contains(why), "{}", texts(&output).1);
    }
}

#[test]
fn what_is_no_incident_is_none_among_several() {
    let house = house_with("feeds.md", &report());
    fs::write(house.path().join("readme.md"), "# Tools\n\nHow to install the tools.\n").unwrap();
    let output = house.run(&["import", "--dry-run", "--json", "feeds.md", "readme.md"]);
    let all: Value = serde_json::from_str(&texts(&output).0).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 1);
    assert_eq!(all[0]["title"], "Feeds stand still");
    let output = house.run(&["import", "--dry-run", "--json", "readme.md"]);
    let one: Value = serde_json::from_str(&texts(&output).0).unwrap();
    assert_eq!(one["timeline"], serde_json::json!([]));
}

#[test]
fn folders_are_walked_in_order_and_links_are_not() {
    let house = house_with("one.md", &report());
    let root = house.path().join("old");
    fs::create_dir_all(root.join("deep/er")).unwrap();
    fs::write(root.join("deep/er/b.markdown"), report().replace("Feeds", "Mails")).unwrap();
    fs::write(root.join("a.txt"), report()).unwrap();
    fs::write(root.join("notes.md"), "nothing here\n").unwrap();
    fs::write(root.join("picture.png"), report()).unwrap();
    std::os::unix::fs::symlink(&root, root.join("circle")).unwrap();
    std::os::unix::fs::symlink(house.path().join("one.md"), root.join("link.md")).unwrap();
    let output = house.run(&["import", "old"]);
    let (out, err) = texts(&output);
    let titles: Vec<&str> = out.lines().map(|line| line.split("  ").nth(1).unwrap()).collect();
    assert_eq!(titles, ["Feeds stand still", "Mails stand still"], "{err}");
    assert!(output.status.success() && err.contains("notes.md: nothing imported"), "{err}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_comes_in() {
    let house = house_with("feeds.md", &report());
    let output = house.run(&["import", "missing.md", "feeds.md"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(texts(&output).1.contains("missing.md: not imported: "));
    assert_eq!(ids(&house).len(), 1);
    assert_eq!(house.run(&["import"]).status.code(), Some(2));
}

#[test]
fn standard_input_is_a_document_too() {
    let house = House::new();
    let output = house.fed(&["import", "-"], &report());
    assert!(output.status.success(), "{}", texts(&output).1);
    let incident = house.only_incident();
    assert!(fs::read_to_string(incident.join("journal.jsonl")).unwrap().contains("\"from\":{\"file\":\"-\""));
}

#[test]
fn without_a_terminal_the_doubts_are_a_list_with_what_mends_them() {
    let house = house_with("feeds.md", &(report() + "\n## Doubts\n\n- the zone is not sure\n"));
    let output = house.run(&["import", "--review", "feeds.md"]);
    let (out, err) = texts(&output);
    assert!(output.status.success(), "{err}");
    assert!(out.contains("the zone is not sure\n     feeds.md, line "), "{out}");
    assert!(out.contains("\n     /tz …  (a zone such as Europe/Berlin)\n     /strike warning 1  ("), "{out}");
    assert_eq!(house.done(&["import", "--review", "-i", "2021"]), out[out.find('\n').unwrap() + 1..]);
}

/// Sent in the order in which they are printed, the lines settle all doubts.
#[test]
fn the_list_of_doubts_can_be_worked_off_from_its_top() {
    let house = House::new();
    house.done(&["new", "Feeds stand still", "--detach"]);
    house.say("/warning who noticed it\n/warning when it began\n/warning what it cost\n");
    let list = house.done(&["import", "--review", "-i", "2"]);
    assert!(list.contains(": 3 doubts, the last first"), "{list}");
    let settle = list.lines().filter_map(|line| line.trim().strip_prefix("/strike warning "));
    let numbers: Vec<&str> = settle.filter_map(|rest| rest.split(' ').next()).collect();
    assert_eq!(numbers, ["3", "2", "1"]);
    for (number, left) in numbers.iter().zip([2, 1, 0]) {
        house.say(&format!("/strike warning {number}\n"));
        assert_eq!(house.json()["warnings"].as_array().unwrap().len(), left);
    }
}

/// Times without a zone get the one that a person names, and a time typed then is on the document's day.
#[test]
fn a_zone_that_is_named_later_is_that_of_all_times() {
    let text = "# Queue stuck\n\nDate: 2024-05-02\n\n## Timeline\n\n- 08:17 latency alarm\n- 10:10 all is well, resolved\n";
    let house = house_with("queue.md", text);
    house.done(&["import", "queue.md"]);
    let id = ids(&house).remove(0);
    let seen = |house: &House| -> Vec<String> {
        let json: serde_json::Value =
            serde_json::from_str(&house.done(&["show", "-i", &id, "--json"])).unwrap();
        let told = json["timeline"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "note");
        told.map(|entry| entry["at"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(seen(&house), ["2024-05-02T08:17:00", "2024-05-02T10:10:00"]);
    house.done(&["say", "-i", &id, "/started 8:15"]);
    house.done(&["say", "-i", &id, "/tz Europe/Stockholm"]);
    assert_eq!(seen(&house), ["2024-05-02T08:17:00+02:00", "2024-05-02T10:10:00+02:00"]);
    let json: serde_json::Value = serde_json::from_str(&house.done(&["show", "-i", &id, "--json"])).unwrap();
    let started = json["milestones"]["started"]["at"].as_str().unwrap();
    assert!(started.starts_with("2024-05-02T08:15:00"), "{started}");
    house.done(&["say", "-i", &id, "/undo"]);
    assert_eq!(seen(&house), ["2024-05-02T08:17:00", "2024-05-02T10:10:00"]);
}

#[test]
fn show_lists_the_doubts_by_their_numbers() {
    let house = House::new();
    house.done(&["new", "Feeds stand still", "--detach"]);
    assert!(!house.done(&["show"]).contains("Doubts"));
    house.say("/warning who noticed it\n/warning when it began\n");
    let shown = house.done(&["show"]);
    let doubts = shown.split("Doubts (`warroom import --review -i ").nth(1).unwrap();
    assert!(doubts.contains(" 1  who noticed it\n   2  when it began\n"), "{shown}");
}

#[test]
fn an_unchanged_report_of_ours_is_that_incident_in_every_form() {
    let house = house_with("feeds.md", &report());
    house.done(&["import", "feeds.md"]);
    let id = "2021-05-06-feeds-stand-still";
    for name in ["out.md", "out.json", "out.html"] {
        house.done(&["export", "-i", id, "-o", name]);
        for dry in [&[][..], &["--dry-run"]] {
            let output = house.run(&[&["import", name], dry].concat());
            let (_, err) = texts(&output);
            assert!(output.status.success(), "{name}: {err}");
            assert!(err.contains(&format!("already imported as {id}; nothing changed")), "{name}: {err}");
            assert!(!err.contains("same outage"), "{name}: {err}");
        }
        assert_eq!(ids(&house), [id], "{name}");
    }
    let changed =
        fs::read_to_string(house.path().join("out.md")).unwrap().replace("an old rule", "a new one");
    fs::write(house.path().join("out.md"), changed).unwrap();
    assert!(texts(&house.run(&["import", "out.md"])).1.contains("same outage"));
    assert_eq!(ids(&house).len(), 2);
}

#[test]
fn a_folder_reads_pages_and_says_what_it_left_out() {
    let house = House::new();
    let folder = house.path().join("old");
    fs::create_dir(&folder).unwrap();
    let page = "<h1>Feeds stand still</h1><h2>Timeline</h2><ul><li>2021-05-06 10:00 UTC feeds down</li><li>11:00 UTC resolved</li></ul>";
    for (name, text) in [
        ("feeds.html", page),
        ("menu.htm", "<p>Soup of the day</p>"),
        ("a.pdf", ""),
        ("b.docx", ""),
        ("notes", ""),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let output = house.run(&["import", "old"]);
    let (_, err) = texts(&output);
    assert!(output.status.success(), "{err}");
    assert_eq!(ids(&house), ["2021-05-06-feeds-stand-still"]);
    assert!(err.contains("menu.htm: nothing imported"), "{err}");
    assert!(err.contains("left out 3 files of other kinds: 1 .docx, 1 .pdf, 1 no ending"), "{err}");
}
