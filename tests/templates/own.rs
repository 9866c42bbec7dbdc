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

/// What is said of a template: the line, what is wrong, and what to do.
fn said(source: &str) -> String {
    let error = templates::render(source, &outages::over()).unwrap_err();
    format!("{error}; {}", error.hint)
}

#[test]
fn a_tag_that_is_not_closed_is_named_where_it_begins() {
    for (source, begin) in [
        (
            "# t\n\n{{ incident.title }}\n\n{{ incident.summary \n\n**Bold** {{ incident.id }}\n",
            "line 5: `{{` is not closed",
        ),
        ("a\n{{ incident.title\n", "line 2: `{{` is not closed"),
        ("{{ incident.title \n\nit's plain, isn't it {{ incident.id }}", "line 1: `{{` is not closed"),
        ("{% if incident.title\nx\n{% endif %}", "line 1: `{%` is not closed"),
        ("x\n{# said\n{{ incident.title }}", "line 2: `{#` is not closed"),
        ("{{ \"}}\" }}\n{{ 'it\\'s }}' \n\n{{ incident.id }}", "line 2: `{{` is not closed"),
    ] {
        assert!(said(source).starts_with(begin), "{source:?}: {}", said(source));
    }
    // What is closed is not blamed, on however many lines it stands.
    for source in [
        "{{ incident.title\n  | nonsense }}",
        "{# {{ #}\n{{ 2 *\n 3 }}",
        "{% raw %}{{ {% endraw %}{{ a ~ b }}",
    ] {
        assert!(!said(source).contains("closed"), "{source:?}: {}", said(source));
    }
}

#[test]
fn a_block_that_is_never_ended_is_named_where_it_begins() {
    let each = "{% for e in incident.timeline %}";
    for (source, words) in [
        (
            format!("{{% if incident.title %}}\n{each}\nx\n{{% endif %}}\n"),
            "line 2: this `for` is never ended, and `endif` follows on line 4",
        ),
        (format!("x\n{each}\nx\n"), "line 2: this `for` is never ended"),
        (format!("{each}\n{{% if e.key %}}\n{{% endfor %}}\n"), "line 2: this `if` is never ended"),
        ("x\n{% endif %}\n".to_owned(), "line 2: `endif` ends nothing"),
        (format!("{each}\n{{% endif %}}{{% endfor %}}\n"), "line 2: `endif` ends nothing"),
        ("{% raw %}\n{% endif %}".to_owned(), "line 1: this `raw` is never ended"),
    ] {
        assert!(said(&source).starts_with(words), "{source:?}: {}", said(&source));
    }
    let hint = said(&format!("{each}\n"));
    assert!(hint.ends_with("end it with {% endfor %}"), "{hint}");
}

#[test]
fn a_function_that_is_not_there_is_called_one() {
    for source in ["{% for i in range(3) %}{% endfor %}", "{{ range(3) }}"] {
        let said = said(source);
        assert!(said.starts_with("line 1: there is no function range"), "{said}");
        assert!(said.contains("loops go over lists of the incident") && !said.contains("filters"), "{said}");
    }
}

#[test]
fn a_filter_that_is_given_nothing_names_what_is_not_there() {
    for filter in [
        "first_sentence",
        "paragraph",
        "upper",
        "when",
        "in_words",
        "link(\"x\")",
        "join(\", \")",
        "first",
        "length",
    ] {
        for source in
            [format!("{{{{ incident.cause|{filter} }}}}"), format!("{{{{ incident.cause | {filter} }}}}")]
        {
            let said = said(&source);
            assert!(said.starts_with("line 1: there is no `incident.cause`;"), "{source}: {said}");
        }
    }
    assert!(said("{{ incident.services[0].x | upper }}").contains("no `incident.services[0].x`"));
    assert!(said("{{ incident.links[0].x }}").contains("no `incident.links[0].x`"));
    assert!(said("{{ (incident.cause) | upper }}").contains("it names what there is not"));
}
