//! The details of an item in the room, and what undo and redo say they did.

use crossterm::event::KeyCode;
use warroom::log::retraction::Retraction;
use warroom::log::words::Teller;
use warroom::log::{Change, Fold};
use warroom::session::Session;
use warroom::tui::Msg;
use warroom::tui::keymap::Keymap;
use warroom::tui::preview::preview;

use super::scene::Scene;
use super::stage::{Stage, session};
use super::support::{House, texts};

/// Says a line and gives what is said about it, if it takes something back or lets it count again.
fn said(scene: &mut Scene, line: &str) -> String {
    let change = scene.change(line);
    let fold = Fold::of(&scene.ledger);
    let teller = Teller { incident: fold.incident(), ledger: &scene.ledger, now: scene.now };
    let retraction = Retraction::ahead_of(&change, &teller).unwrap();
    scene.commit(change);
    let fold = Fold::of(&scene.ledger);
    let teller = Teller { incident: fold.incident(), ledger: &scene.ledger, now: scene.now };
    retraction.done(&teller, &scene.by)
}

/// A line, its change in words, and how what it is about stands after undo and after redo.
const RETRACTED: &[(&str, &str, &str, &str)] = &[
    ("a new entry", "entry logged: a new entry", "it is off the timeline", "it is on the timeline again"),
    (
        "/edit last: anew",
        "entry \"first\" text changed: anew",
        "it is \"first\" again",
        "it is \"anew\" again",
    ),
    (
        "/when last 12:10",
        "entry \"first\" time changed: 12:10 UTC",
        "it is at 12:45 UTC again",
        "it is at 12:10 UTC again",
    ),
    ("/strike last", "entry \"first\" struck out", "it is no longer struck out", "it is struck out again"),
    ("/star last", "entry \"first\" starred ★", "it is no longer starred ★", "it is starred ★ again"),
    (
        "/out database: idle",
        "hypothesis \"database\" ruled out: idle",
        "it is open again",
        "it is ruled out again",
    ),
    (
        "/test database: count @bob for:5m",
        "hypothesis \"database\" under test: count · @bob · for 5 min",
        "it is open again",
        "it is testing again",
    ),
    ("?dns", "hypothesis \"dns\" raised", "it is no longer there", "it is open again"),
    ("/for database: slow", "hypothesis \"database\" evidence for: slow", "", ""),
    ("+ two @bob p1", "task added: two @bob P1", "it is off the list", "it is action 2 again"),
    ("/done 1", "action 1 done", "it is open again", "it is done again"),
    ("/drop 1: too dear", "action 1 dropped: too dear", "it is open again", "it is dropped again"),
    (
        "/title Another",
        "the title set: Another",
        "the title is \"Checkout\" again",
        "the title is \"Another\" again",
    ),
    ("/sev 1", "severity 1", "severity is not set", "severity is 1 again"),
    (
        "/status monitoring",
        "status monitoring",
        "the status is investigating again",
        "the status is monitoring again",
    ),
    (
        "/resolved 12:40 by hand",
        "milestone resolved set: by hand",
        "it is not set",
        "it is set to 2024-08-10 12:40 UTC again",
    ),
    ("/role scribe @bob", "bob is scribe", "nobody is scribe", "bob is scribe again"),
    ("/summary short", "the summary set: short", "it is empty", "it is \"short\" again"),
    ("/tz GMT", "times shown in GMT", "times are shown in UTC again", "times are shown in GMT again"),
    ("/factor no alert", "added to the factors: no alert", "", ""),
    ("/link board https://x.example", "added to the links: board https://x.example", "", ""),
    ("/note Vendor: case 1", "note \"Vendor\" added: case 1", "", ""),
    ("/update we know", "update (internal) recorded: we know", "", ""),
    ("/decide roll back @carol", "decision made by carol: roll back", "", ""),
    ("/every 20m", "an update every 20 minutes", "", ""),
];

#[test]
fn undo_and_redo_name_every_kind_of_change_and_how_it_stands_since() {
    for (line, change, undone, redone) in RETRACTED {
        let mut scene = Scene::new("UTC").after(&["?database", "+ one", "first"]);
        scene.say(line);
        let stands = |words: &str| if words.is_empty() { String::new() } else { format!(" — {words}") };
        let named = scene.at_desk(|desk| {
            let undo = Change::Undone { change: desk.undo.unwrap() };
            preview(&undo, desk, &scene.ledger, &Keymap::default())
        });
        assert_eq!(named, format!("taken back: {change}"), "before Enter");
        let undo = said(&mut scene, "/undo");
        assert_eq!(undo, format!("taken back: {change}{} · /redo brings it back", stands(undone)));
        let redo = said(&mut scene, "/redo");
        let told = redo.strip_prefix("counts again: ").unwrap();
        assert!(told.ends_with(&format!("{} · /undo takes it back", stands(redone))), "{redo}");
        assert!(told.starts_with(change), "{redo}");
    }
}

#[test]
fn what_changes_nothing_is_not_called_a_change() {
    let mut scene = Scene::new("UTC").after(&["?database", "/out database: idle"]);
    let again = scene.say("/out database: really idle");
    let undo = said(&mut scene, "/undo");
    assert!(undo.contains("— it is still ruled out ·"), "{undo}");
    let twice = said(&mut scene, &format!("/undo {again}"));
    assert_eq!(twice, "it was taken back already: hypothesis \"database\" ruled out: really idle");
    scene.say("/redo");
    let twice = said(&mut scene, &format!("/redo {again}"));
    assert!(twice.starts_with("it counted already: "), "{twice}");
    let undo = scene.say("/undo");
    let of_undo = said(&mut scene, &format!("/undo {undo}"));
    assert!(of_undo.starts_with("nothing has changed"), "{of_undo}");
    let unknown = said(&mut scene, "/undo 1-0-aaaaaaaa-1");
    assert!(unknown.starts_with("taken back: a change that is not in this journal"), "{unknown}");
}

#[test]
fn the_way_back_is_named_only_where_it_leads_back() {
    let mut scene = Scene::new("UTC");
    let hers = scene.says("alice", "hers");
    scene.says("bob", "his");
    let undo = said(&mut scene, &format!("/undo {hers}"));
    assert!(undo.ends_with(" · /redo brings it back"), "{undo}");
    let redo = said(&mut scene, &format!("/redo {hers}"));
    assert!(redo.ends_with("on the timeline again"), "his /undo would take back his own: {redo}");
}

#[test]
fn the_room_says_what_undo_and_redo_did() {
    let mut stage = Stage::new(120, 30).with_an_outage();
    stage.logs("/confirm object store: it was this after all");
    stage.types("/undo");
    stage.shows("→ taken back: hypothesis \"object store\" confirmed: it was this after all");
    stage.key(KeyCode::Enter);
    stage.shows("✓ taken back: hypothesis \"object store\" confirmed: it was this after all");
    stage.shows("it is ruled out again · /redo brings it back");
    stage.logs("/redo");
    stage.shows("✓ counts again: hypothesis \"object store\" confirmed");
    stage.shows("it is confirmed again · /undo takes it back");
    stage.types("x");
    stage.hides("✓ counts again");
}

#[test]
fn with_nothing_to_take_back_the_room_says_so() {
    let mut stage = Stage::new(80, 24);
    stage.types("/undo");
    stage.shows("nothing of yours to take back");
    stage.key(KeyCode::Enter);
    stage.shows("✗ there is nothing of yours to take back");
    assert_eq!(stage.prompt(), "/undo");
}

#[test]
fn the_shell_says_on_standard_error_what_undo_did() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.say("?database\n/out database: idle");
    let output = house.run(&["say", "/undo"]);
    let (out, err) = texts(&output);
    assert_eq!(out, "");
    assert_eq!(
        err.lines().last().unwrap(),
        "taken back: hypothesis \"database\" ruled out: idle — it is open again · /redo brings it back"
    );
}

/// The rows of what lies over the panes, without its frame.
fn over_the_panes(stage: &mut Stage) -> String {
    let shown = stage.draw();
    // The name of the writer is random.
    let incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
    let shown = warroom::grammar::handle::all(&incident)
        .iter()
        .fold(shown, |shown, handle| shown.replace(&format!(" {handle} "), &format!(" x{} ", &handle[1..])));
    let rows = shown.lines().filter_map(|row| row.strip_prefix('│')?.strip_suffix('│'));
    rows.map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn details_of_each_kind_in_three_widths() {
    for columns in [120, 80, 50] {
        let mut stage = Stage::new(columns, 60).with_an_outage();
        for (tabs, moves, name) in [(1, 2, "entry"), (2, 0, "hypothesis"), (3, 0, "action")] {
            for _ in 0..tabs {
                stage.key(KeyCode::Tab);
            }
            for _ in 0..moves {
                stage.key(KeyCode::Up);
            }
            stage.key(KeyCode::Enter);
            insta::assert_snapshot!(format!("{name}_{columns}"), over_the_panes(&mut stage));
            stage.key(KeyCode::Esc).key(KeyCode::Esc);
        }
    }
}

#[test]
fn details_show_each_step_and_what_was_taken_back() {
    let mut stage = Stage::new(120, 40);
    stage.logs("one").logs("/edit last: two").logs("/undo").logs("/when last 09:10").logs("/star last");
    stage.key(KeyCode::Tab).key(KeyCode::Enter);
    for row in [
        "what              one",
        "happened          2025-03-04 09:10 GMT (written 09:10)",
        "logged            2025-03-04 09:30 GMT by alice, 20m late",
        "marks             ★ part of the short story · edited",
        "in the pane: e edit · T time · s star · - strike",
        "  · 09:30 GMT · alice · logged: one",
        "  ✗ 09:30 GMT · alice · text changed: two · it was: one · TAKEN BACK 09:30 GMT by alice",
        "  · 09:30 GMT · alice · taken back: entry \"one\" text changed: two",
        "  · 09:30 GMT · alice · time changed: 09:10 GMT · it was 09:30 GMT",
        "  · 09:30 GMT · alice · starred ★",
    ] {
        stage.shows(row);
    }
    stage.key(KeyCode::Esc).key(KeyCode::Char('s'));
    assert!(stage.prompt().starts_with("/star "), "the pane has its keys back");
}

#[test]
fn the_date_is_said_where_it_is_not_todays() {
    let mut stage = Stage::new(120, 40);
    stage.logs("before midnight");
    stage.clock.go_on(24 * 60 * 60);
    stage.logs("/star last").key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("  · 2025-03-04 09:30 GMT · alice · logged: before midnight");
    stage.shows("  · 09:30 GMT · alice · starred ★");
}

#[test]
fn closing_the_details_gives_back_the_pane_as_it_was() {
    let mut stage = Stage::new(100, 24).with_an_outage();
    for tabs in 1..=3 {
        for _ in 0..tabs {
            stage.key(KeyCode::Tab);
        }
        stage.key(KeyCode::Up).key(KeyCode::Down).key(KeyCode::Up);
        let before = (stage.draw(), stage.screen.backend().buffer().clone());
        for closing in [KeyCode::Esc, KeyCode::Enter] {
            stage.key(KeyCode::Enter);
            stage.shows("History");
            stage.key(KeyCode::PageDown).key(KeyCode::Up).key(closing);
            assert_eq!(stage.draw(), before.0);
            assert_eq!(stage.screen.backend().buffer(), &before.1, "the selected row is marked");
        }
        stage.key(KeyCode::Esc);
    }
}

#[test]
fn typing_while_the_details_are_open_goes_on_in_the_prompt() {
    let mut stage = Stage::new(100, 24).with_an_outage();
    stage.types("half ").key(KeyCode::Tab).key(KeyCode::Enter);
    stage.hides("keys: Enter");
    stage.types("a line");
    stage.hides("History");
    assert_eq!(stage.prompt(), "half a line");
}

#[test]
fn where_nothing_is_selected_that_is_said() {
    let mut stage = Stage::new(100, 24);
    for _ in 0..3 {
        stage.key(KeyCode::Tab).key(KeyCode::Enter);
        stage.shows("nothing is selected here");
        stage.hides("History");
    }
}

/// Another process that writes to the same incident.
struct Other(Session);

impl Other {
    fn of(stage: &Stage) -> Self {
        Self(session(stage.house.path(), Some(&stage.folder), &stage.clock))
    }

    /// Makes changes, and waits until the room has them: its header shows the severity that comes last.
    fn writes(&mut self, stage: &mut Stage, changes: Vec<Change>, severity: u8) {
        let last = Change::SeveritySet { severity: Some(severity), when: None };
        for change in changes.into_iter().chain([last]) {
            self.0.commit(change).unwrap();
        }
        self.0.flush(|_| {}).unwrap();
        stage.until(&format!("SEV {severity}"));
    }
}

#[test]
fn the_details_follow_what_others_write() {
    let mut stage = Stage::new(100, 30);
    stage.logs("?database").until("● saved 1");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("state             open");
    let mut other = Other::of(&stage);
    let out = Scene::new("UTC").after(&["?database"]).change("/out database: seen by another");
    other.writes(&mut stage, vec![out], 1);
    stage.shows("state             ruled out");
    stage.shows("ruled out: seen by another");
}

#[test]
fn the_help_that_is_opened_over_the_details_stays_the_help() {
    let mut stage = Stage::new(100, 30);
    stage.logs("?database").until("● saved 1");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter).key(KeyCode::F(1));
    Other::of(&stage).writes(&mut stage, Vec::new(), 1);
    stage.shows(" Help ");
    stage.hides("History");
}

#[test]
fn an_item_that_is_taken_back_meanwhile_keeps_its_history_on_the_screen() {
    let mut stage = Stage::new(100, 30);
    stage.logs("a slip of mine").until("● saved 1");
    stage.key(KeyCode::Tab).key(KeyCode::Enter);
    let mut other = Other::of(&stage);
    let change = other.0.incident().timeline[0].id;
    other.writes(&mut stage, vec![Change::Undone { change }], 1);
    stage.shows("It is not in the incident any more");
    stage.shows("✗ 09:30 GMT · alice · logged: a slip of mine · TAKEN BACK 09:30 GMT by alice");
    stage.key(KeyCode::Esc).hides("a slip of mine");
}

#[test]
fn nothing_is_cut_and_nothing_acts_on_the_terminal() {
    let words: Vec<String> = (0..120).map(|n| format!("word{n:03}")).collect();
    let text = format!("{}\nsecond line \u{1b}[2J\u{202e}", words.join(" "));
    for columns in [80, 40] {
        let mut stage = Stage::new(columns, 300);
        for line in [&text, &format!("?subject: {text}"), &format!("+ {text}")] {
            stage.room.take(Msg::Paste(line.clone()));
            stage.key(KeyCode::Enter);
        }
        for tabs in 1..=3 {
            for _ in 0..tabs {
                stage.key(KeyCode::Tab);
            }
            let shown = stage.key(KeyCode::Enter).draw();
            let state = shown.split("History").next().unwrap();
            let history = shown.split("History").nth(1).unwrap();
            for word in &words {
                assert!(state.contains(word) && history.contains(word), "{word} is cut at {columns}");
            }
            let cells = &stage.screen.backend().buffer().content;
            assert!(
                !cells.iter().any(|cell| cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}'))
            );
            stage.key(KeyCode::Esc).key(KeyCode::Esc);
        }
    }
}

#[test]
fn no_size_breaks_the_details() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    for tabs in 1..=3 {
        for _ in 0..tabs {
            stage.key(KeyCode::Tab);
        }
        stage.key(KeyCode::Enter);
        for (columns, rows) in (0..60).map(|n| (n, 60 - n)).chain((0..14).map(|n| (n, n))) {
            stage.screen.backend_mut().resize(columns, rows);
            stage.key(KeyCode::PageDown).draw();
            stage.key(KeyCode::Home).draw();
        }
        stage.screen.backend_mut().resize(80, 24);
        stage.key(KeyCode::Esc).key(KeyCode::Esc).draw();
    }
}
