//! Own templates: where they lie, which one wins, what is said of one that is wrong, and the help.

use std::fs;

use warroom::export::templates::{self, BUILT_IN, FILTERS, FUNCTIONS, PIECES, TESTS};

use super::outages;
use crate::support::{House, texts};

fn started() -> House {
    let house = House::new();
    house.done(&["new", "Maps do not load", "--sev", "2", "--detach"]);
    house.say("/impact Maps stayed grey\n");
    house
}

fn own(house: &House, name: &str, source: &str) {
    let folder = house.path().join(".config/warroom/templates");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), source).unwrap();
}

#[test]
fn every_template_can_be_listed_shown_and_used() {
    let house = started();
    let list = house.done(&["templates", "list"]);
    assert_eq!(list, house.done(&["templates"]));
    for built_in in BUILT_IN {
        assert!(list.contains(&format!("{} ", built_in.name)) && list.contains(built_in.about), "{list}");
        assert_eq!(house.done(&["templates", "show", built_in.name]), built_in.source);
        let report = house.done(&["export", "--template", built_in.name]);
        assert!(report.contains("Maps do not load") && report.contains("Maps stayed grey"), "{report}");
    }
    assert!(list.contains("warroom/templates, each a file NAME.md"), "{list}");
    assert_eq!(house.done(&["export"]), house.done(&["export", "--template", "default"]));
}

#[test]
fn an_own_template_is_found_by_name_and_by_path_and_wins() {
    let house = started();
    own(&house, "ours.md", "# Ours: {{ outline.title }}\n");
    own(&house, "default.md", "# Instead: {{ outline.title }}\n");
    own(&house, "notes.txt", "no template");
    assert_eq!(house.done(&["export", "--template", "ours"]), "# Ours: Maps do not load\n");
    assert_eq!(house.done(&["export"]), "# Instead: Maps do not load\n");
    let list = house.done(&["templates", "list"]);
    let row =
        |name: &str| list.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap().to_owned();
    assert!(row("default").contains("your own") && row("default").contains("instead of"), "{list}");
    assert!(row("ours").contains("your own") && !row("ours").contains("instead of"), "{list}");
    assert!(!list.contains("notes"), "{list}");

    fs::write(house.path().join("here.md"), "# Here: {{ outline.title }}\n").unwrap();
    assert_eq!(house.done(&["export", "--template", "./here.md"]), "# Here: Maps do not load\n");
}

#[test]
fn what_is_wrong_with_a_template_is_said_and_nothing_is_written() {
    let house = started();
    own(&house, "bad.md", "# x\n\n{{ outline.sumary }}\n");
    let target = house.path().join("out.md");
    let output = house.run(&["export", "--template", "bad", "-o", "out.md"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""));
    assert!(err.contains("bad.md: line 3: there is no `outline.sumary`"), "{err}");
    assert!(err.contains("nothing was written") && err.contains("templates help"), "{err}");
    assert!(!target.exists());

    for (name, words) in
        [("nothing", "there is no template"), ("../bad", "there is no template"), (".", "plain file")]
    {
        let output = house.run(&["export", "--template", name]);
        assert_eq!(output.status.code(), Some(1));
        assert!(texts(&output).1.contains(words), "{}", texts(&output).1);
    }
    fs::write(house.path().join("latin.md"), [b'#', b' ', 0xe9]).unwrap();
    let output = house.run(&["templates", "show", "latin.md"]);
    assert!(texts(&output).1.contains("cannot be read"), "{}", texts(&output).1);
}

#[test]
fn secrets_are_taken_out_before_a_template_sees_them() {
    let house = started();
    house.say("token is ghp_0123456789abcdefghijABCDEFGHIJ456789\n");
    for built_in in BUILT_IN {
        let output = house.run(&["export", "--template", built_in.name]);
        assert!(!texts(&output).0.contains("ghp_"), "{}", built_in.name);
    }
}

#[test]
fn the_help_has_every_name_and_every_name_works() {
    let house = House::new();
    let help = house.done(&["templates", "help"]);
    for piece in PIECES {
        assert!(help.contains(&format!("  {} ", piece.name)) && help.contains(piece.help), "{}", piece.name);
        // printed, or a list
        let source = format!(
            "{{% if outline.{0} is none %}}-{{% else %}}{{{{ outline.{0} | d }}}}{{% endif %}}",
            piece.name
        );
        let listed = format!("{{{{ outline.{} | length }}}}", piece.name);
        let works = |source: &str| templates::render(source, &outages::over()).is_ok();
        assert!(works(&source) || works(&listed), "{}", piece.name);
    }
    for tool in FILTERS.iter().chain(FUNCTIONS).chain(TESTS) {
        assert!(help.contains(tool.call) && help.contains(tool.help), "{}", tool.call);
    }
    let given = |source: &str| templates::render(source, &outages::over()).unwrap().trim_end().to_owned();
    for (source, expected) in [
        ("{{ incident.milestones.started.at | when }}", "2024-08-10 23:30 UTC"),
        ("{{ incident.metrics.duration_minutes | in_words }}", "1 h 25 min (85 minutes)"),
        (
            "{{ incident.summary | first_sentence }}",
            "The night job took nearly all connections of the database.",
        ),
        ("{{ incident.links[0].url | link(\"graph\") }}", "[graph](https://graphs.example/checkout)"),
        ("{{ \"javascript:x\" | link(\"graph\") }}", "graph: javascript:x"),
        ("{{ incident.services | join(\", \") }}", "checkout, payments"),
        ("{{ incident.roles | join(\" and \", attribute=\"name\") }}", "alice and mei"),
        ("{{ [] | join(\", \") }}", "not recorded"),
        ("{{ incident.services | first }} {{ incident.services | last }}", "checkout payments"),
        ("{{ [] | first }}", "not recorded"),
        ("{{ incident.services | length }} {{ incident.services | count }}", "2 2"),
        ("{{ incident.nothing | default(\"x\") }} {{ incident.nothing | d(\"y\") }}", "x y"),
        ("{{ \"ab\" | upper }} {{ \"AB\" | lower }} {{ \"ab\" | capitalize }}", "AB ab Ab"),
        ("{{ note(\"backlog CHECK\") }}", "SHOP-17 asked for a limit in May; nobody took it."),
        ("{{ note(\"nothing\") }}", "not recorded"),
        ("{{ incident.nothing is defined }} {{ incident.nothing is undefined }}", "no yes"),
        ("{{ none is none }}", "yes"),
        ("{{ \"a\\nb\" | paragraph }}", "a\\\nb"),
    ] {
        assert_eq!(given(source), expected, "{source}");
    }
    // Each filter, function and test of the table is among those that were tried.
    let unknown = |source: &str| templates::render(source, &outages::over()).unwrap_err().message;
    assert!(unknown("{{ 1 | sort }}").contains("unknown"), "{}", unknown("{{ 1 | sort }}"));
}
