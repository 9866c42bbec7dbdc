//! The shell: bad input gets one clear sentence with what to do and the documented exit code, and nothing is lost.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::support::{House, texts};

/// Runs it; the exit code is as documented, and standard error says these.
fn refused(house: &House, args: &[&str], code: i32, says: &[&str]) {
    let output = house.run(args);
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {err}");
    for part in says {
        assert!(err.contains(part), "{args:?}: {part:?} is missing in {err}");
    }
    assert!(!err.contains("panicked") && !err.contains("backtrace"), "{err}");
}

#[test]
fn a_wrong_call_says_what_to_do() {
    let house = House::new();
    refused(&house, &["new", "", "--detach"], 2, &["the title is empty", "Hint:"]);
    refused(&house, &["new", " \u{200b} ", "--detach"], 2, &["the title is empty"]);
    refused(
        &house,
        &["new", "x", "--tz", "Mars", "--detach"],
        2,
        &["--tz", "no zone is called Mars", "Hint:"],
    );
    refused(&house, &["new", "x", "--tz", "IST", "--detach"], 2, &["Asia/Kolkata", "Europe/Dublin"]);
    refused(
        &house,
        &["new", "x", "--started", "25:61", "--detach"],
        2,
        &["--started", "25:61 is not a time of day"],
    );
    refused(&house, &["new", "x", "--started", "soon", "--detach"], 2, &["this is not a time"]);
    refused(&house, &["new", "x", "--sev", "9", "--detach"], 2, &["--sev"]);
    refused(&house, &["nonsense"], 2, &["nonsense"]);
    assert!(!house.path().join("data/incidents").exists(), "nothing was created");
}

#[test]
fn a_verdict_on_what_nobody_suspected_is_said_to_be_one() {
    let house = House::new();
    house.done(&["new", "One thing", "--detach"]);
    let said = |line: &str| texts(&house.run(&["say", line])).1;
    assert_eq!(said("?database: pool exhausted"), "");
    let slip = said("/out databse: idle");
    assert!(slip.contains("NEW 'databse'") && slip.contains("'database' was; /undo takes it back"), "{slip}");
    assert!(said("/out dns: resolves").contains("NEW 'dns': it was not suspected before"));
    assert_eq!(said("/out database: pool is idle"), "");
}

#[test]
fn what_only_reads_an_incident_takes_its_name_with_and_without_the_option() {
    let house = House::new();
    house.done(&["new", "One thing", "--detach", "--started", "2024-08-10 10:00"]);
    house.done(&["new", "Other thing", "--detach", "--started", "2024-08-11 10:00"]);
    for command in ["show", "export"] {
        let (named, by_option) =
            (house.done(&[command, "2024-08-10"]), house.done(&[command, "-i", "2024-08-10"]));
        assert!(named == by_option && named.contains("One thing"), "{command}: {named}");
    }
    let (named, by_option) = (house.run(&["check", "2024-08-10"]), house.run(&["check", "-i", "2024-08-10"]));
    assert_eq!(texts(&named), texts(&by_option));
    refused(&house, &["export", "2024-08-10", "-i", "2024-08-11"], 2, &["cannot be used with"]);
    refused(&house, &["check", "2024-08-10", "--list"], 2, &["cannot be used with"]);
}

#[test]
fn an_unknown_or_ambiguous_incident_is_said() {
    let house = House::new();
    refused(&house, &["show"], 1, &["no incident yet", "warroom new"]);
    refused(&house, &["show", "-i", "2024"], 1, &["there is no incident 2024", "warroom list"]);
    house.done(&["new", "One thing", "--detach", "--started", "2024-08-10 10:00"]);
    house.done(&["new", "Other thing", "--detach", "--started", "2024-08-11 10:00"]);
    refused(
        &house,
        &["show", "-i", "2024-08"],
        1,
        &["several incidents", "2024-08-10-one-thing, 2024-08-11-other-thing"],
    );
    house.done(&["show", "-i", "2024-08-11"]);
    let beginning = "an id is meant by its beginning: 2024-08-10-one-thing, 2024-08-11-other-thing";
    refused(&house, &["show", "thing"], 1, &["there is no incident thing", beginning]);
    refused(&house, &["show", "thong"], 1, &["warroom list"]);
    refused(&house, &["show", "-i", "\u{1b}[2J"], 1, &["there is no incident ␛[2J"]);
}

#[test]
fn the_one_unresolved_incident_is_meant_else_the_one_written_to_last() {
    let house = House::new();
    house.done(&["new", "First", "--detach"]);
    house.say("something\n");
    house.done(&["new", "Second", "--detach"]);
    let output = house.run(&["say", "to the second"]);
    let (_, err) = texts(&output);
    assert!(output.status.success() && err.contains("second"), "{err}");
    let first = house.command(&["say", "-i"]).arg("2").output().unwrap();
    assert_eq!(first.status.code(), Some(1), "ambiguous");
    let output = house
        .command(&["show", "--json"])
        .env("WARROOM_INCIDENT", house.done(&["list"]).lines().last().unwrap().split(' ').next().unwrap())
        .output()
        .unwrap();
    let incident: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(incident["title"], "First");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_said() {
    let house = House::new();
    fs::write(house.path().join("data"), "a file stands here").unwrap();
    refused(&house, &["new", "x", "--detach"], 1, &["Error:"]);
    assert_eq!(fs::read_to_string(house.path().join("data")).unwrap(), "a file stands here");
}

#[test]
fn a_room_needs_a_terminal() {
    let house = House::new();
    refused(&house, &["new", "x"], 1, &["needs a terminal", "--detach"]);
    house.done(&["new", "x", "--detach"]);
    refused(&house, &["open"], 1, &["needs a terminal"]);
    let id = house.json()["id"].as_str().unwrap().to_owned();
    refused(&house, &["open", "-i", &id], 1, &["needs a terminal"]);
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let house = House::new();
    let folder = house.path().join("elsewhere");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("journal.jsonl"), "dear diary\n").unwrap();
    refused(&house, &["show", "-i", "elsewhere"], 1, &["is no journal"]);
    refused(&house, &["say", "-i", folder.to_str().unwrap(), "hello"], 1, &["is no journal"]);
    assert_eq!(fs::read_to_string(folder.join("journal.jsonl")).unwrap(), "dear diary\n");
    refused(&house, &["show", "-i", "./elsewhere/journal.jsonl"], 1, &["is a file", "name the folder"]);
    refused(&house, &["show", "-i", "."], 1, &["no journal here", "warroom list"]);
    refused(&house, &["new", "x", "--dir", folder.to_str().unwrap(), "--detach"], 1, &["not empty"]);
}

#[test]
fn say_reports_a_bad_line_with_its_number_and_goes_on() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    let output = house.fed(&["say"], "first\n25:61 all dark\n\n/oot database\r\n/quit\nlast");
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{err}");
    for part in [
        "line 2: 25:61 is not a time of day",
        "^^^^^",
        "line 4: /oot is no command",
        "did you mean /out?",
        "line 5: only the room",
    ] {
        assert!(err.contains(part), "{part:?} is missing in {err}");
    }
    let texts: Vec<String> = house.json()["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts, ["first", "last"]);
}

#[test]
fn a_line_that_is_too_long_is_refused_with_its_size() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    let output = house.fed(&["say"], &format!("{}\nshort\n", "a".repeat(300_000)));
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(err.contains("line 1: too long: 300") && err.len() < 1_000, "{err:.300}");
    assert_eq!(house.json()["timeline"][0]["text"], "short");
}

#[test]
fn what_only_the_room_knows_is_answered_with_what_does_it_here() {
    let house = House::new();
    house.done(&["new", "Shop is down", "--started", "2024-08-10 12:30", "--detach"]);
    for (line, instead) in [
        ("/doubts", "use `warroom import --review -i 2024-08-10-shop-is-down`"),
        ("/find redis", "use `warroom search redis`"),
        ("/handoff", "use `warroom export -i 2024-08-10-shop-is-down --template handoff`"),
        ("/insights", "use `warroom insights`"),
        ("/quit", "nothing has to be left here"),
    ] {
        let (_, err) = texts(&house.run(&["say", line]));
        assert!(err.contains("only the room knows this command") && err.contains(instead), "{line}: {err}");
    }
    house.done(&["say", "+ Write the runbook"]);
    refused(
        &house,
        &["actions", "drop", "2024-08-10-shop", "1"],
        2,
        &["why action 1 will not be done is missing", "warroom actions drop 2024-08-10-shop 1: why"],
    );
}

#[test]
fn say_joins_its_words_and_takes_a_leading_minus() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.done(&["say", "-5m", "rolled", "back"]);
    house.done(&["say", "/suspect", "database:", "slow"]);
    let incident = house.json();
    assert_eq!(incident["timeline"][0]["text"], "rolled back");
    assert_eq!(incident["timeline"][0]["as_written"], "-5m");
    assert_eq!(incident["hypotheses"][0]["why"], "slow");
}

#[test]
fn the_id_is_the_date_and_a_slug_and_never_taken_twice() {
    let house = House::new();
    let new = |title: &str| {
        house
            .done(&[
                "new",
                "--tz",
                "Pacific/Auckland",
                "--started",
                "2024-08-10 01:00",
                "--detach",
                "--",
                title,
            ])
            .trim()
            .to_owned()
    };
    assert_eq!(new("Checkout Page Outage!"), "2024-08-10-checkout-page-outage");
    assert_eq!(new("checkout page outage"), "2024-08-10-checkout-page-outage-2");
    assert_eq!(new("../../etc/cron.d/x"), "2024-08-10-etc-cron-d-x");
    assert_eq!(new("-rf"), "2024-08-10-rf");
    assert_eq!(new("🔥🔥"), "2024-08-10-incident");
    assert_eq!(new("🔥"), "2024-08-10-incident-2");
}

#[test]
fn folders_and_files_are_for_their_owner_only() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.say("hello\n");
    let folder = house.only_incident();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in ["journal.jsonl", "incident.json"] {
        assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
    }
}

#[test]
fn either_file_alone_brings_the_incident_back() {
    let house = House::new();
    house.done(&["new", "x", "--sev", "2", "--detach", "--started", "2024-08-10 10:00"]);
    house.say("10:05 hello #db\n?database: slow\n/out database: fine\n+ Look after it @bob\n/impact nobody could pay\n");
    let whole = house.json();
    let folder = house.only_incident();
    let without = |incident: &Value| {
        let mut incident = incident.clone();
        incident.as_object_mut().unwrap().remove("journal");
        incident
    };
    let snapshot = fs::read(folder.join("incident.json")).unwrap();
    fs::remove_file(folder.join("incident.json")).unwrap();
    assert_eq!(house.json(), whole);
    fs::write(folder.join("incident.json"), &snapshot).unwrap();
    fs::remove_file(folder.join("journal.jsonl")).unwrap();
    let output = house.run(&["show", "--json"]);
    let (out, err) = texts(&output);
    assert!(err.contains("the journal was missing"), "{err}");
    assert_eq!(without(&serde_json::from_str(&out).unwrap()), without(&whole));
    assert!(!folder.join("journal.jsonl").exists(), "show writes nothing");
    // The next change writes it all back.
    house.say("and on it goes\n");
    fs::remove_file(folder.join("incident.json")).unwrap();
    let mut back = house.json();
    let last = back["timeline"].as_array_mut().unwrap().pop().unwrap();
    assert_eq!(last["text"], "and on it goes");
    assert_eq!(without(&back), without(&whole));
}

#[test]
fn a_torn_last_line_is_dropped_and_said() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.say("one\ntwo\n");
    let folder = house.only_incident();
    fs::remove_file(folder.join("incident.json")).unwrap();
    let journal = fs::read(folder.join("journal.jsonl")).unwrap();
    fs::write(folder.join("journal.jsonl"), &journal[..journal.len() - 9]).unwrap();
    let output = house.run(&["say", "three"]);
    let (_, err) = texts(&output);
    assert!(output.status.success() && err.contains("unfinished entry"), "{err}");
    let said: Vec<String> = house.json()["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(said, ["one", "three"]);
}

#[test]
fn what_is_shown_never_acts_on_the_terminal() {
    let house = House::new();
    house.done(&["new", "evil \u{1b}[2J", "--detach"]);
    house.say("clip \u{1b}]52;c;ZXZpbA==\u{7} c1 \u{9b}31m rtl \u{202e}x\n");
    for args in [&["show"][..], &["show", "--json"], &["list"], &["list", "--json"], &["export"]] {
        let out = house.done(args);
        let bad =
            out.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(bad, None, "{args:?}");
    }
    assert_eq!(
        house.json()["timeline"][0]["text"],
        "clip \u{1b}]52;c;ZXZpbA==\u{7} c1 \u{9b}31m rtl \u{202e}x"
    );
}

#[test]
fn show_as_of_is_what_was_known_then() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.say("one\n");
    let logged = house.json()["timeline"][0]["logged_at"].as_str().unwrap().to_owned();
    let day_before = "2020-01-01 00:00";
    let nothing: Value =
        serde_json::from_str(&house.done(&["show", "--json", "--as-of", day_before])).unwrap();
    assert_eq!(nothing["timeline"].as_array().unwrap().len(), 0);
    let later = format!("{} 23:59", &logged[..10]);
    let all: Value = serde_json::from_str(&house.done(&["show", "--json", "--as-of", &later])).unwrap();
    assert_eq!(all["timeline"].as_array().unwrap().len(), 1);
    // A minute is meant as a whole: what was logged in it was known in it.
    let minute = format!("{} {}", &logged[..10], &logged[11..16]);
    let then: Value = serde_json::from_str(&house.done(&["show", "--json", "--as-of", &minute])).unwrap();
    assert_eq!(then["timeline"].as_array().unwrap().len(), 1);
}

#[test]
fn export_writes_a_file_once_and_never_over_another() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.done(&["export", "-o", "report.md"]);
    let report = fs::read_to_string(house.path().join("report.md")).unwrap();
    assert!(report.starts_with("# x"));
    house.done(&["export", "-o", "report.md"]);
    fs::write(house.path().join("report.md"), "mine").unwrap();
    refused(&house, &["export", "-o", "report.md"], 1, &["holds something else", "--force"]);
    assert_eq!(fs::read_to_string(house.path().join("report.md")).unwrap(), "mine");
    house.done(&["export", "-o", "report.md", "--force"]);
    assert_eq!(fs::read_to_string(house.path().join("report.md")).unwrap(), report);
    refused(&house, &["export", "-o", "."], 1, &["not a plain file"]);
}

#[test]
fn every_command_shows_an_example() {
    let house = House::new();
    let help = house.done(&["--help"]);
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !matches!(*name, "" | "help")).collect();
    assert!(names.len() > 25, "{names:?}");
    for name in names {
        assert!(house.done(&[name, "--help"]).contains("Example"), "{name}");
    }
}

#[test]
fn the_manual_and_the_schema_are_there() {
    let house = House::new();
    let man = house.done(&["man"]);
    for command in warroom::grammar::table::COMMANDS {
        assert!(man.contains(&format!("/{}", command.name)), "{}", command.name);
    }
    let schema: Value = serde_json::from_str(&house.done(&["schema"])).unwrap();
    house.done(&["new", "x", "--detach"]);
    for key in house.json().as_object().unwrap().keys() {
        assert!(schema["properties"].get(key).is_some(), "{key} is not in the schema");
    }
}

#[test]
fn a_settings_file_sets_the_name_the_zone_and_the_clock() {
    let house = House::new();
    fs::write(house.path().join("c.toml"), "name = \"zoe\"\nzone = \"PDT\"\nclock = \"12h\"\n").unwrap();
    let run = |args: &[&str]| house.command(args).env_remove("WARROOM_NAME").output().unwrap();
    assert!(run(&["new", "x", "--detach", "--config", "c.toml"]).status.success());
    assert!(run(&["say", "--config", "c.toml", "hello"]).status.success());
    let incident = house.json();
    assert_eq!(
        (&incident["zone"], &incident["clock"], &incident["timeline"][0]["by"]),
        (&"PDT".into(), &"12h".into(), &"zoe".into())
    );
}
