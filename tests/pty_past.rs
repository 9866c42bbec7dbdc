//! First guesses in a real terminal: three past incidents, imported, and what their memory is worth while one types.

use crate::support::House;
use crate::terminal::{QUIT, Terminal};

const KILL: &str = "\u{15}";
const LINE: &str = "suspected in 3 past incidents";

/// A house with three past incidents that were imported: each time somebody suspected this, and it was the load balancer.
fn house(suspected: &str) -> House {
    let house = House::new();
    for (day, what) in [("2024-01-10", "Orders"), ("2024-02-01", "Mails"), ("2024-02-23", "Logins")] {
        let report = format!(
            "# {what} fail\n\n## Timeline\n\n- {day} 10:00 UTC: {what} fail\n- {day} 10:30 UTC: resolved, all is well\n\n\
            ## Hypotheses\n\n| Hypothesis | Result |\n|---|---|\n| {suspected} | ruled out: idle all along |\n\
            | load balancer | confirmed: it sent everything to one node |\n\n\
            ## Root cause\n\nThe load balancer sent everything to one node.\n"
        );
        std::fs::write(house.path().join(format!("{what}.md")), report).unwrap();
    }
    house.done(&["import", "Orders.md", "Mails.md", "Logins.md"]);
    house.done(&["new", "Orders fail again", "--detach"]);
    house
}

fn open(house: &House, config: &str) -> Terminal {
    let file = house.path().join("settings.toml");
    std::fs::write(&file, config).unwrap();
    let file = file.to_string_lossy().into_owned();
    let mut room = Terminal::with(house, &["open"], (160, 40), &[("WARROOM_CONFIG", &file)]);
    room.shows("● saved 0");
    room
}

#[test]
fn three_wrong_guesses_are_told_before_enter() {
    let house = house("database");
    let mut room = open(&house, "");
    room.types("?database");
    room.shows(LINE);
    room.shows("3 of 3 were the load balancer");
    room.types(KILL);
    room.types("?");
    room.shows("Tab a cause of a similar incident");
    room.types("\t");
    room.shows("load balancer");
    room.types("\t");
    room.shows("› ?load balancer");
    assert!(room.text().contains("● saved 0"), "nothing is raised by itself");
    room.types(KILL);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(house.json()["hypotheses"].as_array().map(Vec::len), Some(0));
}

#[test]
fn synonyms_of_the_settings_count() {
    let house = house("pg-main");
    let mut room = open(&house, "[synonyms]\ndatabase = [\"pg-main\"]\n");
    room.types("?db");
    room.shows(LINE);
    room.types(KILL);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn where_it_is_switched_off_nothing_is_told() {
    let house = house("database");
    let mut room = open(&house, "first_guesses = false\n");
    room.types("?database");
    room.shows("› ?database");
    room.logs("", 1);
    room.types("?");
    room.settles();
    assert!(!room.text().contains("past incidents") && !room.text().contains("load balancer"));
    room.types(KILL);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}
