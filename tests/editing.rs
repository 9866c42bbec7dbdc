//! Editing what is there already: fields, items of lists, actions; what the line is about; gaps of the report; the handoff.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use warroom::log::field::Field;
use warroom::log::history::{self, Item};
use warroom::log::{Change, Fact, Fold, Hlc, List, Record, Stamped};
use warroom::model::{Incident, MilestoneKind, Writer};
use warroom::text::Raw;
use warroom::tui::{Effect, Msg};

use super::scene::{Scene, utc};
use super::stage::Stage;

const F4: KeyCode = KeyCode::F(4);

fn alt_enter(stage: &mut Stage) {
    stage.press(KeyCode::Enter, KeyModifiers::ALT);
}

#[test]
fn tab_behind_a_command_writes_what_is_there() {
    let mut stage = Stage::new(80, 24);
    stage.types("/cause The limit was dropped");
    alt_enter(&mut stage);
    stage.logs("in the change of last night");
    stage.types("/cause ");
    stage.shows("Tab edits what is there · Ctrl-G in your editor · Ctrl-O history");
    stage.key(KeyCode::Tab).types(", unseen").key(KeyCode::Enter);
    stage.until("● saved 2");
    let shown = stage.types("/cause ").key(KeyCode::Tab).draw();
    assert!(
        shown.contains("› /cause The limit was dropped\n  in the change of last night, unseen"),
        "{shown}"
    );
}

/// The name of a command, whole: one Tab, not a second one for what it has set.
#[test]
fn one_tab_behind_the_name_writes_what_is_there() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/impact Customers could not pay").types("/impact");
    stage.shows("Tab edits what is there · Ctrl-G in your editor · Ctrl-O history");
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/impact Customers could not pay");
    stage.ctrl('u').types("/impa").key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/impact", "whoever types less may want to write it anew");
    stage.ctrl('u').types("/summary").key(KeyCode::Tab).types("One");
    assert_eq!(stage.prompt(), "/summary One", "nothing is there");
}

/// A room in which the line of a gap stands in the prompt, written while this was typed.
fn at_a_gap(typed: &str) -> Stage {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.types(typed).key(F4).draw();
    stage.key(KeyCode::Down).key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "/impact");
    stage
}

#[test]
fn a_gap_is_filled_by_its_own_line_only() {
    let noted = "still missing: ";
    at_a_gap("").logs("nobody could upload").shows(noted);
    at_a_gap("").ctrl('u').logs("/every -").hides(noted);
    at_a_gap("").ctrl('c').logs("/impact all").hides(noted);
    at_a_gap("").types("half").key(KeyCode::Up).key(KeyCode::Enter).hides(noted);
    // A search stands between, and what is sent in its place.
    at_a_gap("").types("x").key(KeyCode::F(3)).types("alert").key(KeyCode::Enter).logs("y").shows(noted);
    at_a_gap("").types("x").key(KeyCode::F(3)).ctrl('u').logs("/every -").hides(noted);
    // A key of a pane writes another line.
    at_a_gap("").key(KeyCode::Tab).types("-").key(KeyCode::Enter).hides(noted);
}

#[test]
fn the_line_that_made_way_for_a_gap_comes_back() {
    let mut stage = at_a_gap("the cache is");
    stage.logs("nobody could upload").shows("still missing: ");
    assert_eq!(stage.prompt(), "the cache is");
    let mut stage = at_a_gap("the cache is");
    stage.ctrl('c');
    assert_eq!(stage.prompt(), "the cache is");
    // A search between: first the one comes back, then the other.
    let mut stage = at_a_gap("the cache is");
    stage.types("nobody").key(KeyCode::F(3)).types("alert").key(KeyCode::Esc);
    assert_eq!(stage.prompt(), "/impact nobody");
    stage.key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "the cache is");
    // Another gap takes the place of one that nothing was typed for.
    let mut stage = at_a_gap("the cache is");
    stage.key(F4).key(KeyCode::Down).key(KeyCode::Enter);
    assert_ne!(stage.prompt(), "/impact");
    stage.ctrl('c');
    assert_eq!(stage.prompt(), "the cache is");
}

/// What would be overwritten is seen before it is.
#[test]
fn what_a_line_replaces_is_told_before_it_does() {
    let mut stage = Stage::new(120, 24);
    let long = format!("/cause {}", "a very long story ".repeat(9));
    for (first, second, told) in [
        ("/impact Customers could not pay", "/impact Nobody could", "replaces: Customers could not pay"),
        ("/every 20m", "/every 30m", "an update every 30 minutes · replaces: every 20 minutes"),
        ("/started 09:20 deploy", "/started 09:25", "09:25 GMT · replaces: 09:20 GMT deploy"),
        (&long, "/cause x", "the root cause set · replaces: a very long story a very long story a very long"),
    ] {
        stage.types(first).hides("replaces");
        stage.key(KeyCode::Enter).types(first).hides("replaces: Cust");
        stage.ctrl('u').types(second).shows(told);
        stage.ctrl('u');
    }
    stage.types("/title New").shows("the title set · replaces: Uploads fail for new accounts");
}

/// A milestone that moves the status says so before it does.
#[test]
fn the_status_to_which_a_milestone_moves_is_told() {
    let mut stage = Stage::new(120, 24);
    for (line, told) in [
        ("/identified", "milestone identified, status identified · now"),
        ("/mitigated", "milestone mitigated, status monitoring · now"),
        ("/resolved", "milestone resolved, status resolved · now"),
        ("/detected", "milestone detected · now"),
    ] {
        stage.types(line).shows(told);
        stage.ctrl('u');
    }
    stage.logs("/resolved").types("/mitigated").shows("milestone mitigated · now");
}

/// What stands in no pane is said, in the words that undo has for it; what is seen is not.
#[test]
fn a_command_says_what_it_did() {
    let mut stage = Stage::new(120, 30);
    for (line, told) in [
        ("/impact Customers could not pay", "✓ the impact set"),
        ("/well rolled back", "✓ added to what went well"),
        ("/edit well 1: rolled back at once", "✓ item \"rolled back\" changed in what went well"),
        ("/update public: we know", "✓ update (public) recorded"),
        ("/every 20m", "✓ an update every 20 minutes"),
        ("/link board https://a.example", "✓ added to the links"),
        ("/impact -", "✓ the impact cleared"),
        ("/title New", "✓ the title set"),
        ("+ Alert on limits", "✓ task added"),
        ("/done 1", "✓ action 1 done"),
    ] {
        stage.logs(line).shows(&format!("{told} · /undo takes it back"));
        stage.types("x").hides(told);
        stage.ctrl('u');
    }
    for seen in [
        "an entry",
        "?database: slow",
        "/out database: idle",
        "/sev 1",
        "/role scribe @bob",
        "/started 09:20",
    ] {
        stage.logs(seen).hides("takes it back");
    }
    for (line, told) in [
        ("/star last", "starred ★"),
        ("/when last 09:10", "time changed"),
        ("/edit last: another", "text changed"),
    ] {
        stage
            .logs("an entry")
            .logs(line)
            .shows(&format!("✓ entry \"an entry\" {told} · /undo takes it back"));
    }
}

/// A time of day that lies ahead is that of yesterday: nobody logs a day too early without having seen it.
#[test]
fn a_day_that_nobody_typed_is_told_first() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::looking(columns, rows, crate::stage::look(warroom::tui::Depth::None));
        for line in ["10:42 rolled back", "/out 10:42 object store: its latency is as always", "~10:42 x"] {
            stage.types(line).shows("! yesterday 2025-03-03");
            stage.ctrl('u');
        }
        let styled = stage.types("10:42 rolled back").styled();
        assert!(styled.contains("BOLD"), "{styled}");
        stage.ctrl('u').logs("an entry").types("/when last 10:42").shows("! yesterday 2025-03-03");
        stage.ctrl('u');
        for line in ["09:20 x", "yesterday 23:50 x", "2025-03-01 10:15 x", "-12h x", "09:40 x"] {
            stage.types(line).hides("! ");
            stage.ctrl('u');
        }
    }
    // In what is over, the days of the outage are the ones that are expected.
    let mut stage = Stage::new(80, 24);
    stage.logs("/started 2025-03-01 10:00").logs("/resolved 2025-03-01 12:00").types("10:42 x").hides("! ");
    stage.shows("entry · 2025-03-01 10:42 GMT");
}

#[test]
fn nothing_is_offered_where_nothing_is_there() {
    let mut stage = Stage::new(80, 24);
    stage.types("/cause ");
    stage.shows("the text is missing · for example: /cause");
    stage.hides("edits what is there");
}

#[test]
fn what_is_there_comes_back_as_the_line_that_sets_it() {
    let scene = Scene::new("Europe/Berlin").after(&[
        "/summary \\10:42 is when it broke",
        "/started ~12:25 deploy 4711",
        "/every 90m",
        "/well rolled back\nin two minutes",
        "/affected about 40% of users",
        "/link the board https://a.example/x",
        "/note Vendor: case 815\nis open",
        "12:30 \\:colon first",
        "+ Alert on limits @omar due:2024-09-01 p1 #detect link:https://t.example/1",
        "/improve Fewer limits",
    ]);
    let present = |line: &str| scene.at_desk(|desk| warroom::grammar::present(line, desk));
    assert_eq!(present("/summary").unwrap(), "/summary \\10:42 is when it broke");
    assert_eq!(present("/every ").unwrap(), "/every 90m");
    for line in ["/started", "/title", "/edit well 1:", "/edit affected 1", "/edit link 1", "/edit note 1:"] {
        let again = present(line).unwrap();
        let before = told(&scene.incident());
        let mut same = Scene { ledger: scene.ledger.clone(), ..Scene::written_by(9) };
        same.say(&again);
        assert_eq!(told(&same.incident()), before, "{line} gives {again}");
    }
    assert_eq!(
        present("/edit task 1: ").unwrap(),
        "/edit task 1: Alert on limits @omar due:2024-09-01 p1 #detect link:https://t.example/1"
    );
    assert_eq!(present("/edit improve 2").unwrap(), "/edit improve 2: Fewer limits");
    assert_eq!(present("/edit last:").unwrap(), "/edit last: \\:colon first");
    for nothing in [
        "/cause",
        "/edit well 1: in other words",
        "/edit well 2:",
        "/edit task 9",
        "/edit nobody",
        "cause",
        "/cause x",
        "?x",
    ] {
        assert_eq!(present(nothing), None, "{nothing}");
    }
}

/// What an incident tells, without what its journal counts.
fn told(incident: &Incident) -> String {
    let facts = (&incident.title, &incident.summary, &incident.impact, &incident.lessons, &incident.links);
    let started = incident.milestones.get(MilestoneKind::Started);
    let started = started.map(|met| (met.at, &met.how, met.approximate));
    format!("{facts:?} {:?} {started:?}", incident.notes)
}

#[test]
fn the_words_of_a_milestone_are_edited_and_it_stays_one() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/detected 09:20 alert on logins").until("● saved 1");
    stage.key(KeyCode::Tab).key(KeyCode::Char('e'));
    let line = stage.prompt_text();
    assert!(line.starts_with("/edit ") && line.ends_with(": alert on logins"), "{line}");
    stage.types(" and payments").key(KeyCode::Enter).until("● saved 2");
    stage.shows("Detected: alert on logins and payments");
    stage.shows("09:20");
    let incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
    assert_eq!(incident.timeline.len(), 1);
    let how = incident.milestones.get(MilestoneKind::Detected).unwrap().how.clone();
    assert_eq!(how.unwrap().as_typed(), "alert on logins and payments");
}

/// What was said about a hypothesis is put right where it stands: in the timeline, in the hypothesis, in its history.
#[test]
fn what_was_said_of_a_hypothesis_is_edited_in_its_entry() {
    let mut stage = Stage::new(120, 40);
    stage.logs("?database: slow since noon").logs("/test database: count (all) @maria for:5m");
    stage.logs("/for database: 12 wait").logs("/out database: pool is idel").until("● saved 4");
    for (nth, (said, more)) in [
        ("pool is idel", " (idle)"),
        ("12 wait", " or 13"),
        ("count (all)", " connections"),
        ("slow since noon", ", or earlier"),
    ]
    .into_iter()
    .enumerate()
    {
        stage.key(KeyCode::Tab).key(KeyCode::End);
        for _ in 0..nth {
            stage.key(KeyCode::Up);
        }
        stage.key(KeyCode::Char('e'));
        let line = stage.prompt_text();
        assert!(line.starts_with("/edit ") && line.ends_with(&format!(": {said}")), "{line}");
        stage.types(more).key(KeyCode::Enter).until(&format!("● saved {}", 5 + nth));
    }
    let told = |stage: &Stage| {
        let mut incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
        let hypothesis = incident.hypotheses.remove(0);
        let typed = |text: Option<Raw>| text.unwrap().as_typed().to_owned();
        let rows: Vec<String> = incident.timeline.iter().map(|e| e.text.as_typed().to_owned()).collect();
        (typed(hypothesis.why), typed(hypothesis.reason), hypothesis.evidence[0].text.clone(), rows)
    };
    let (why, reason, evidence, rows) = told(&stage);
    assert_eq!((why.as_str(), reason.as_str()), ("slow since noon, or earlier", "pool is idel (idle)"));
    assert_eq!(evidence.as_typed(), "12 wait or 13");
    assert_eq!(rows[1], "Testing database: count (all) connections (@maria, for 5 min)");
    assert_eq!(rows[3], "Ruled out database: pool is idel (idle)");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("text changed: pool is idel (idle)");
    stage.shows("it was: pool is idel");
    stage.key(KeyCode::Esc).key(KeyCode::Esc).logs("/undo");
    // What differs lies behind what is shown of it.
    stage.shows("\"Suspected database: slow sinc…\" again");
    stage.until("● saved 9");
    assert_eq!(told(&stage).0, "slow since noon");
}

#[test]
fn a_key_on_an_entry_without_words_says_what_changes_it() {
    for (line, command) in [
        ("/role commander @ines", "/role ROLE @who says it anew"),
        ("/sev 1", "/sev 1 says it anew"),
        ("/status monitoring", "/status WORD says it anew"),
    ] {
        let mut stage = Stage::new(120, 24);
        stage.logs(line).until("● saved 1");
        stage.key(KeyCode::Tab).key(KeyCode::Char('e')).shows("this entry has no words of its own");
        stage.shows(command);
        assert_eq!(stage.prompt_text(), "");
        stage.key(KeyCode::Esc).logs("/edit last: x").shows(command);
    }
}

/// An edit that sorts before what it edits, as clocks that lie apart make it.
#[test]
fn an_edit_that_comes_before_its_change_counts() {
    let mut scene = Scene::new("UTC");
    let far = Hlc::new(Writer::from_bits(9)).stamp(utc("2024-08-10 13:45"));
    let change = scene.change("/out database: iddle");
    let ahead: Record = Stamped {
        stamp: far,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    }
    .into();
    let edit = Change::EntryTextChanged { entry: far, text: "idle".into(), tags: vec![], people: vec![] };
    let mut fold = Fold::of(&scene.ledger);
    let looks_back = edit.looks_back(&scene.ledger);
    scene.commit(edit);
    if looks_back {
        fold = Fold::of(&scene.ledger);
    }
    scene.ledger.insert(ahead.clone());
    fold.add(&ahead, &scene.ledger);
    assert_eq!(fold.incident(), &scene.incident());
    assert_eq!(fold.incident().hypotheses[0].reason.as_ref().unwrap().as_typed(), "idle");
}

#[test]
fn an_item_is_changed_in_its_place() {
    let mut scene = Scene::new("UTC").after(&[
        "/factor no alert",
        "/factor no owner",
        "/edit factor 1: no alert on uneven traffic",
        "/note Vendor: called",
        "/edit note 1: Vendor: called twice",
        "/affected 40% of users",
        "/edit affected 1 : 45% of users",
    ]);
    let incident = scene.incident();
    let factors: Vec<&str> = incident.factors.iter().map(warroom::text::Raw::as_typed).collect();
    assert_eq!(factors, ["no alert on uneven traffic", "no owner"]);
    assert_eq!(incident.notes[0].text.as_typed(), "called twice");
    assert_eq!(incident.impact.affected.len(), 1);
    assert_eq!(incident.impact.affected[0].text.as_typed(), "45% of users");
    for (line, message) in [
        ("/edit factor 3: x", "the list factor has no item 3"),
        ("/edit factor 2:", "the text is missing"),
        ("/edit factor 2: -", "nothing is to stand there"),
        ("/edit factor", "the number of the item is missing"),
        ("/edit warning 1: x", "a doubt is not edited"),
        ("/edit task 1: x", "there is no action 1"),
    ] {
        assert_eq!(scene.error(line).message, message, "{line}");
    }
    scene.say("/undo");
    assert_eq!(scene.incident().impact.affected[0].text.as_typed(), "40% of users");
}

#[test]
fn an_action_gets_another_owner_and_day_and_keeps_its_number() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.key(KeyCode::BackTab).key(KeyCode::Char('e'));
    let line = stage.prompt_text();
    assert!(line.starts_with("/edit task ") && line.contains("Alert on upload errors"), "{line}");
    stage.ctrl('u').logs("/edit task 1: Alert on upload errors @ines due:2025-04-01");
    stage.until("● saved 17");
    stage.logs("/undo");
    stage.shows("taken back: action 1 changed");
    stage.key(KeyCode::BackTab).key(KeyCode::Enter);
    stage.shows("@ines");
    stage.shows("TAKEN BACK");
}

#[test]
fn every_field_has_its_history() {
    let mut scene = Scene::new("UTC").after(&["/cause one", "/well rollback", "/role commander @ines"]);
    scene.says("bob", "/cause two");
    scene.says("bob", "/edit well 1: fast rollback");
    scene.says("bob", "/undo");
    let steps = |field| history::of(&scene.ledger, &Item::Field(field)).len();
    assert_eq!(steps(Field::Fact(Fact::RootCause)), 2);
    assert_eq!(steps(Field::Fact(Fact::Impact)), 0);
    assert_eq!(steps(Field::List(List::WentWell)), 3, "with the undo");
    assert_eq!(steps(Field::role(&"Commander".into())), 1);
    let about = |line: &str| scene.at_desk(|desk| warroom::grammar::about(line, desk));
    assert_eq!(about("/cause"), Some(Item::Field(Field::Fact(Fact::RootCause))));
    assert_eq!(about("/edit well 1: x"), Some(Item::Field(Field::List(List::WentWell))));
    assert_eq!(about("/role commander @bob"), Some(Item::Field(Field::Role("commander".into()))));
    assert_eq!(
        about("/detected 12:30"),
        Some(Item::Field(Field::milestone(warroom::model::MilestoneKind::Detected)))
    );
    for nothing in ["", "text", "?new", "/role", "/done 3", "/find x"] {
        assert_eq!(about(nothing), None, "{nothing}");
    }
}

#[test]
fn one_key_shows_what_the_line_is_about() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/impact Nobody can pay").logs("/impact Half of them cannot pay");
    stage.types("/impact").ctrl('o');
    let shown = stage.draw();
    assert!(shown.contains("it was: Nobody can"), "{shown}");
    stage.key(KeyCode::Esc);
    assert_eq!(stage.prompt_text(), "/impact", "the line stays");
    stage.ctrl('c').types("what is this").ctrl('o');
    stage.shows("this line is about nothing on record");
}

#[test]
fn a_gap_of_the_report_is_chosen_and_writes_its_line() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(F4).key(KeyCode::Down).key(KeyCode::Down);
        stage.shows("▸ ");
        let chosen = stage.text().lines().find(|row| row.contains("▸ ")).unwrap().to_owned();
        stage.key(KeyCode::Enter);
        let line = stage.prompt_text();
        assert!(line.starts_with('/'), "{line} of {chosen}");
        stage.types(" it is known now").key(KeyCode::Enter);
        stage.shows("still missing: ");
        stage.key(F4);
        let again = stage.draw();
        assert!(again.contains("▸ "), "the cursor is there again:\n{again}");
        stage.key(KeyCode::Home).key(KeyCode::PageDown);
        stage.hides("▸ /started");
    }
}

/// The way back into the report leads to what is missing next, and to what was filled: never to where one scrolled before.
#[test]
fn after_a_gap_the_next_one_is_chosen_and_what_was_filled_is_seen() {
    let fills = |size: (u16, u16), downs: usize, text: &str| {
        let mut stage = Stage::new(size.0, size.1).with_an_outage();
        stage.key(F4).draw();
        for _ in 0..downs {
            stage.key(KeyCode::Down).draw();
        }
        if size.0 > 100 {
            stage.key(KeyCode::PageDown).draw();
            stage.key(KeyCode::PageDown).draw();
        }
        stage.key(KeyCode::Enter).types(text);
        let line = stage.prompt();
        stage.key(KeyCode::Enter).key(F4).draw();
        (stage, line)
    };
    // Beside the report: what was filled stands at its beginning, and further down.
    let (mut stage, line) = fills((120, 24), 1, "Nobody could upload");
    assert_eq!(line, "/impact Nobody could upload");
    stage.shows("Impact: Nobody could upload");
    stage.shows("▸ how many were affected");
    let (mut stage, line) = fills((120, 24), 4, "The default limit is back");
    assert_eq!(line, "/fix The default limit is back");
    stage.shows("Permanent: The default limit is back");
    stage.shows("▸ when it was resolved");
    // Before it: the list from its beginning, as far as the next one is seen.
    for size in [(80, 24), (50, 20)] {
        let (mut stage, _) = fills(size, 3, "A limit of zero");
        stage.shows("Still missing: 5");
        stage.shows("▸ /fix");
        let (mut stage, _) = fills(size, 4, "The default limit is back");
        stage.shows("▸ /resolved");
    }
}

#[test]
fn keys_that_come_before_the_report_is_drawn_choose_all_the_same() {
    let mut stage = Stage::new(80, 24);
    stage.key(F4).key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "/started");
}

#[test]
fn the_last_gap_is_followed_by_the_report_and_the_way_back_leads_to_it() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    stage.key(F4).draw();
    for _ in 0..60 {
        stage.key(KeyCode::Down).draw();
    }
    stage.hides("▸ /");
    stage.hides("writes the line");
    // What is not seen is not written.
    stage.key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "");
    stage.key(F4).draw();
    for _ in 0..60 {
        stage.key(KeyCode::Up).draw();
    }
    stage.shows("Still missing");
    stage.shows("▸ ");
}

#[test]
fn the_handoff_fits_on_one_screen_and_is_what_is_copied() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.logs("/every 20m").logs("/update internal: uploads work again").logs("?cache: stale limits");
        stage.until("● saved 19");
        stage.logs("/handoff");
        insta::assert_snapshot!(format!("handoff_{columns}x{rows}"), stage.draw());
        stage.press(KeyCode::Char('y'), KeyModifiers::CONTROL);
        let Effect::Copy { what, text, .. } = &stage.last else { panic!("{:?}", stage.last) };
        assert_eq!(*what, "the handoff");
        for part in ["commander ines", "object store (its latency", "**1** Alert on upload errors"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

#[test]
fn keys_that_a_terminal_tells_apart_do_what_they_do_elsewhere() {
    let told = |code, modifiers| Msg::from(Event::Key(KeyEvent::new(code, modifiers)));
    let key = |code, modifiers| Msg::Key(KeyEvent::new(code, modifiers));
    let (ctrl, none) = (KeyModifiers::CONTROL, KeyModifiers::NONE);
    assert_eq!(told(KeyCode::Char('i'), ctrl), key(KeyCode::Tab, none));
    assert_eq!(told(KeyCode::Char('m'), ctrl), key(KeyCode::Enter, none));
    assert_eq!(told(KeyCode::Char('['), ctrl), key(KeyCode::Esc, none));
    assert_eq!(told(KeyCode::Backspace, ctrl), key(KeyCode::Char('h'), ctrl));
    assert_eq!(told(KeyCode::Char('j'), ctrl), key(KeyCode::Char('j'), ctrl));
    assert_eq!(told(KeyCode::Char('c'), KeyModifiers::SUPER), Msg::Nothing, "nothing is typed");
}

#[test]
fn shift_enter_is_a_new_line_in_the_prompt_and_enter_elsewhere() {
    let mut stage = Stage::new(80, 24);
    stage.types("one");
    stage.press(KeyCode::Enter, KeyModifiers::SHIFT);
    stage.logs("two");
    stage.until("● saved 1");
    stage.shows("one");
    stage.key(KeyCode::Tab);
    stage.press(KeyCode::Enter, KeyModifiers::SHIFT);
    stage.shows("Entry");
}
