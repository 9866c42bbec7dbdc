//! `warroom check` in the shell: what is printed, the exit code, and the settings.

use std::fs;

use serde_json::Value;
use warroom::config::file;
use warroom::export::check::RULES;
use warroom::settings::Complaint;

use super::GOOD;
use crate::support::{House, texts};

/// A house with one incident of a day long past.
fn house(lines: &[&str]) -> House {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach", "--started", "2024-08-10 12:05"]);
    house.say(&lines.join("\n"));
    house
}

fn house_with_faults() -> House {
    house(&[
        "/title Total outage of the checkout",
        "/detected 2024-08-10 12:00",
        "/resolved 2024-08-10 13:00",
        "/impact A third of all carts was lost",
        "/affected 30% of carts",
        "/summary The outage lasted 20 minutes. It was seen by three people in support, by two in sales and by one of those \
         who were there by chance, and obviously the alert \u{1b}[2J should have fired.",
        "/cause Human error",
        "/note Review: first line\\nsecond line",
        "/fix Restarted",
        "+ Better monitoring",
    ])
}

#[test]
fn findings_are_shown_with_a_mark_and_the_command_that_mends_them() {
    let house = house_with_faults();
    let output = house.run(&["check"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), err.lines().count()), (Some(1), 1), "which incident is meant: {err}");
    insta::assert_snapshot!("human", out);
    let output = house.run(&["check", "--json"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), err.lines().count()), (Some(1), 1), "which incident is meant: {err}");
    insta::assert_snapshot!("json", out);
    let rows: Value = serde_json::from_str(&out).unwrap();
    for row in rows.as_array().unwrap() {
        let keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.len(), 7, "{keys:?}");
        assert!(RULES.iter().any(|rule| rule.id == row["rule"] && rule.severity.word() == row["severity"]));
        if let (Some(text), Some(span)) = (row["text"].as_str(), row["span"].as_object()) {
            let end = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
            assert!(text.get(end("start")..end("end")).is_some(), "{row}");
        }
    }
}

#[test]
fn a_good_record_is_said_to_be_one() {
    let house = house(&["late"]);
    let lines: Vec<String> = GOOD.iter().map(|line| dated(line)).collect();
    house.say(&lines.join("\n"));
    let output = house.run(&["check"]);
    let (out, _) = texts(&output);
    let note: Vec<&str> = out.lines().collect();
    assert_eq!((output.status.code(), note[0], note.len()), (Some(0), "Nothing found.", 2));
    assert!(note[1].starts_with("The brief has ") && note[1].contains("; 400 to 600 are usual"), "{out}");
    let output = house.run(&["check", "--json"]);
    assert_eq!((output.status.code(), texts(&output).0.as_str()), (Some(0), "[]\n"));
    let brief = house.path().join("brief.md");
    fs::write(&brief, "# Too short\n").unwrap();
    let output = house.run(&["check", "--brief", "brief.md"]);
    let (out, _) = texts(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(out.contains("the brief has 2 words") && out.contains("(brief-length)"), "{out}");
    let output = house.run(&["check", "--brief", "none.md"]);
    assert!(texts(&output).1.contains("the brief cannot be read"));
}

#[test]
fn the_hint_of_a_list_can_be_followed_as_it_stands() {
    let blames = |text: &str| format!("/factor {text}: human error of omar");
    let house = house(&["/role commander @omar", &blames("one"), "/factor Two lists", &blames("three")]);
    let out = texts(&house.run(&["check"])).0;
    let hints = || out.lines().filter_map(|line| line.trim_start().strip_prefix("Hint: /strike factor "));
    let numbers: Vec<&str> =
        hints().filter_map(|hint| hint.split_once("  (")).map(|(number, _)| number).collect();
    assert_eq!(numbers, ["3", "1", "3", "1"], "{out}");
    assert!(out.contains("/strike factor takes one out, and those after it move up"), "{out}");
    house.say("/strike factor 3\n/strike factor 1\n");
    let out = texts(&house.run(&["check"])).0;
    assert!(!out.contains("/strike"), "{out}");
    for line in ["/summary …", "/edit task 1: …", "+ …", "/out bank: …", "12:50 …"] {
        let output = house.fed(&["say"], &format!("{line}\n"));
        assert!(
            !output.status.success() && texts(&output).1.contains("stands for what is to be written"),
            "{line}"
        );
    }
    house.say("/summary It went on …\n/cause \\…\n…\n");
}

#[test]
fn while_it_goes_on_what_is_told_at_the_end_is_not_missing() {
    let house = house(&["?bank"]);
    let out = texts(&house.run(&["check"])).0;
    assert!(
        out.contains("missing-impact") && !out.contains("missing-end") && !out.contains("(hypothesis-"),
        "{out}"
    );
    assert!(out.contains("The incident goes on"), "{out}");
    let said = house.done(&["check", "--explain", "missing-end"]);
    assert!(said.contains("not while the incident goes on"), "{said}");
}

/// A line with the date of the outage before its time, and dates to come in years.
fn dated(line: &str) -> String {
    let line = line.replace("due:2024-08", "due:2094-08");
    let (before, rest) =
        line.split_once(' ').filter(|(word, _)| word.starts_with('/')).unwrap_or(("", &line));
    let timed = rest.as_bytes().get(2) == Some(&b':') && rest.starts_with('1');
    if timed { format!("{before} 2024-08-10 {rest}").trim().to_owned() } else { line.clone() }
}

#[test]
fn every_rule_explains_itself() {
    let house = House::new();
    let list = house.done(&["check", "--list"]);
    assert_eq!(list.lines().count(), RULES.len());
    for rule in RULES {
        assert!(list.contains(rule.id));
        let said = house.done(&["check", "--explain", rule.id]);
        for part in [rule.id, rule.looks_for, rule.why, rule.source, rule.wrong, rule.right] {
            assert!(said.contains(part), "{}: {part}", rule.id);
        }
    }
    insta::assert_snapshot!("explained", house.done(&["check", "--explain", "counterfactual"]));
    for (word, near) in
        [("counterfactuals", "counterfactual"), ("acronym", "acronyms"), ("owner", "action-without-owner")]
    {
        let output = house.run(&["check", "--explain", word]);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(2));
        assert!(err.contains(&format!("no rule is called {word}")) && err.contains(near), "{err}");
    }
    let output = house.run(&["check", "--explain", "nope"]);
    let (_, err) = texts(&output);
    assert!(err.contains("Hint: --list has all of them") && !err.contains("perhaps"), "{err}");
    let said = house.done(&["check", "--explain", "brief-length"]);
    assert!(said.contains("what the record makes can only be too long"), "{said}");
    let help = house.done(&["check", "--help"]);
    assert!(help.contains("can only be too long"), "{help}");
    let output = house.run(&["check", "--explain", "\u{1b}[2J"]);
    assert!(texts(&output).1.contains("no rule is called ␛[2J"));
    for call in
        [&["check", "--explain"][..], &["check", "--explain", "acronyms", "--json"], &["check", "--nonsense"]]
    {
        assert_eq!(house.run(call).status.code(), Some(2), "{call:?}");
    }
    assert_eq!(house.run(&["check", "-i", "nowhere"]).status.code(), Some(1));
}

#[test]
fn settings_switch_rules_off() {
    let house = house_with_faults();
    let settings = house.path().join("settings.toml");
    let check = |text: &str| {
        fs::write(&settings, text).unwrap();
        texts(&house.run(&["--config", settings.to_str().unwrap(), "check"]))
    };
    let (out, err) = check("[check]\noff = [\"human-error\", \"counterfactal\"]\n");
    assert!(!out.contains("(human-error)") && out.contains("(counterfactual)"), "{out}");
    assert!(err.contains(
        "settings.toml:2: no rule of the check is called \"counterfactal\"; did you mean counterfactual?"
    ));
    let list = texts(&house.run(&["--config", settings.to_str().unwrap(), "check", "--list"])).0;
    let off: Vec<&str> = list.lines().filter(|line| line.ends_with("(switched off)")).collect();
    assert!(matches!(off[..], [only] if only.contains("human-error")), "{list}");
}

#[test]
fn settings_that_make_no_sense_are_told() {
    let told = |text: &str| {
        let told = |Complaint { line, words }: Complaint| format!("{line}: {words}");
        file::read(text).complaints.into_iter().map(told).collect::<Vec<_>>()
    };
    for (text, said) in [
        ("check = 7", "1: check is a table, [check], with off, acronyms_known, brief_words"),
        ("[check]\noff = \"acronyms\"", "2: \"off\" has to be a list of texts in quotes"),
        ("[check]\nacronyms_known = [7]", "2: \"acronyms_known\" has to be a list of texts in quotes"),
        (
            "[check]\nbrief_words = [600, 400]",
            "2: \"brief_words\" has to be the least and the most, as [400, 600]",
        ),
        ("[check]\nbrief_words = [-1, 400]", "2: \"brief_words\" has to be the least and the most"),
        ("[check]\nof = []", "2: no setting of the check is called \"of\"; did you mean off?"),
        ("[check]\noff = [\"\\u001b[2J\"]", "2: no rule of the check is called \"␛[2J\""),
    ] {
        let all = told(text);
        assert!(matches!(&all[..], [only] if only.starts_with(said)), "{text}: {all:?}");
    }
    let read = file::read(
        "[check]\noff = [\"acronyms\", \"nothing\"]\nacronyms_known = [\"PQZ\"]\nbrief_words = [1, 2]",
    );
    assert_eq!(read.settings.check.off, ["acronyms"]);
    assert_eq!(read.settings.check.acronyms_known, ["PQZ"]);
    assert_eq!(read.settings.check.brief_words, (1, 2));
}

#[test]
fn a_mark_far_out_in_a_long_text_is_still_seen() {
    let long = "an alert was seen by all of the people who had been told of it, ".repeat(6);
    let house = house(&[&format!("/wrong {long}and then nobody should have gone home")]);
    let (out, _) = texts(&house.run(&["check"]));
    let lines: Vec<&str> = out.lines().collect();
    let marked = lines.iter().position(|line| line.contains("^^^")).unwrap();
    let (row, marks) = (lines[marked - 1], lines[marked]);
    assert!(row.starts_with("  …") && row.contains("should have gone"), "{row}");
    let at = marks.find('^').unwrap();
    let under: String = row.chars().skip(at).take(marks.matches('^').count()).collect();
    assert_eq!(under, "should have gone");
}
