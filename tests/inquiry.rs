//! Hypotheses that lead: what is tested and for how long yet, what waits, what nobody asked, and the ways between them and
//! the timeline.

use crossterm::event::KeyCode;
use warroom::model::{HypothesisStatus, Incident, Inquiry};
use warroom::settings::theme::{THEMES, Theme};
use warroom::tui::{Depth, Look};

use super::scene::Scene;
use super::stage::Stage;

const STILL: &str = "! none is being tested";
const QUESTION: &str = "What would we see if we were wrong?";

/// How the search stands an hour after what was said, with ten minutes for each test.
fn an_hour_later<T>(lines: &[&str], look: impl FnOnce(&Inquiry<'_>) -> T) -> T {
    let scene = Scene::new("UTC").after(lines);
    let (incident, now): (Incident, _) = (scene.incident(), scene.now + chrono::TimeDelta::hours(1));
    look(&Inquiry::of(&incident, |at| now - at, Some(10)))
}

#[test]
fn the_search_stands_still_while_the_cause_is_unknown_and_nothing_is_tested() {
    let cases: [(&[&str], bool); 12] = [
        (&[], false),
        (&["?dns"], true),
        (&["?dns", "/test dns: dig"], false),
        (&["?dns", "/out dns: it answers"], true),
        (&["?dns", "/park dns"], true),
        (&["?dns", "/confirm dns"], false),
        (&["?dns", "/cause a bad zone file"], false),
        (&["?dns", "/identified"], false),
        (&["?dns", "/status monitoring"], true),
        (&["?dns", "/resolved"], false),
        (&["?dns", "/status resolved"], false),
        (&["?dns", "/test dns: dig", "/reopen dns"], true),
    ];
    for (lines, expected) in cases {
        assert_eq!(an_hour_later(lines, |inquiry| inquiry.stands_still), expected, "{lines:?}");
    }
}

#[test]
fn the_oldest_that_nobody_tested_is_named() {
    let lines = ["?cache", "?dns", "/suspect 12:21 database", "/test 12:30 cache: hits", "/reopen cache"];
    let oldest = |lines: &[&str]| {
        an_hour_later(lines, |inquiry| {
            (inquiry.open, inquiry.oldest_untested.map(|h| h.subject.raw().for_term().to_string()))
        })
    };
    assert_eq!(oldest(&lines), (3, Some("database".into())));
    let tested = [&lines[..], &["/test database: count"]].concat();
    assert_eq!(oldest(&tested), (2, Some("dns".into())));
}

#[test]
fn the_question_is_asked_only_of_one_theory_that_nobody_doubts() {
    let cases: [(&[&str], bool); 10] = [
        (&["?dns", "/test dns: dig"], true),
        (&["?dns", "/test dns: dig for:2h"], false),
        (&["?dns", "?cache", "/test dns: dig"], true),
        (&["?dns", "?cache", "/test dns: dig", "/test cache: hits"], false),
        (&["?dns", "/test dns: dig", "/against dns: it answers"], false),
        (&["?dns", "?cache", "/test dns: dig", "/against cache: it hits"], false),
        (&["?dns", "?cache", "/test dns: dig", "/for cache: it misses"], true),
        (&["?dns", "?cache", "/test dns: dig", "/out cache: it hits"], false),
        (&["?dns", "?cache", "/test dns: dig", "/out cache"], true),
        (&["?dns", "/test dns: dig", "/resolved"], false),
    ];
    for (lines, expected) in cases {
        assert_eq!(an_hour_later(lines, |inquiry| inquiry.unquestioned.is_some()), expected, "{lines:?}");
    }
}

#[test]
fn predictions_are_what_stands_behind_expect() {
    let scene = Scene::new("UTC").after(&[
        "?dns: slow since noon; expect NXDOMAIN, and many. It fails as expected",
        "/test dns: dig it, expect: 1.5 s and more",
        "/test dns: Expects nothing of an Expectation",
        "/test dns: one\nI expect\ntwo, expect ümläuts",
    ]);
    let incident = scene.incident();
    let told: Vec<String> =
        incident.hypotheses[0].predictions().iter().map(|raw| raw.for_term().to_string()).collect();
    assert_eq!(told, ["NXDOMAIN, and many", "1.5 s and more", "nothing of an Expectation", "ümläuts"]);
}

/// A room in which one is tested over its time, two wait and one is ruled out without a word.
fn searching(mut stage: Stage) -> Stage {
    for (seconds, line) in [
        (0, "alert: uploads fail #alert"),
        (30, "?object store: slow since the upgrade"),
        (60, "?quota service"),
        (120, "?image resizer: new release"),
        (10, "/test quota service: read its limits, expect zero for new accounts @omar for:15m"),
        (20, "/out object store"),
        (900, "?edge cache"),
    ] {
        stage.clock.go_on(seconds);
        stage.logs(line);
    }
    stage.clock.go_on(60);
    stage.until("● saved 7");
    stage
}

#[test]
fn the_search_in_three_sizes_and_three_themes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        for (theme, text) in THEMES {
            let look = Look::new(&Theme::read(text).unwrap(), Depth::True);
            let mut stage = searching(Stage::looking(columns, rows, look));
            stage.key(KeyCode::Tab).key(KeyCode::Tab);
            insta::assert_snapshot!(format!("{columns}x{rows} {theme}"), stage.styled());
        }
    }
}

#[test]
fn a_time_box_counts_down_and_then_says_how_far_it_is_over() {
    let mut stage = Stage::new(120, 30);
    stage.logs("?database").logs("/test database: count for:10m").shows("testing 10m left");
    stage.clock.go_on(60);
    stage.shows("testing 9m left");
    stage.clock.go_on(8 * 60 + 30);
    stage.shows("testing 1m left");
    stage.clock.go_on(30);
    stage.shows("testing ! 0m over");
    stage.clock.go_on(6 * 60);
    stage.shows("testing ! 6m over");
    stage.logs("/against database: twelve").logs("/out database: idle").hides("over");
}

#[test]
fn a_test_without_a_time_box_has_the_one_of_the_settings() {
    let mut stage = Stage::new(120, 30);
    stage.room = stage.room.with_timebox(Some(20));
    stage.logs("?database").logs("/test database: count").shows("testing 20m left");
    stage.logs("?dns").logs("/test dns: dig for:5m").shows("testing 5m left");
    stage.room = stage.room.with_timebox(None);
    stage.clock.go_on(180);
    stage.shows("testing 3m @alice");
}

#[test]
fn that_nothing_is_tested_is_said_in_the_pane_and_on_its_tab() {
    let mut stage = Stage::new(80, 24);
    stage.hides(STILL);
    stage.logs("?database").shows(STILL);
    stage.logs("/test database: count").hides(STILL);
    stage.logs("/out database: idle").shows(STILL);
    stage.logs("/confirm dns: it was that").hides(STILL);

    let mut narrow = Stage::new(50, 20);
    narrow.logs("?database").shows("Hypotheses 1, 0 tested");
    narrow.key(KeyCode::Tab).key(KeyCode::Tab).shows("! none tested · 1 open · oldest: database 0m");
    narrow.key(KeyCode::Esc).logs("/test database: count for:5m").hides("0 tested");
    narrow.clock.go_on(301);
    narrow.shows("Hypotheses 1, 1 over");
}

#[test]
fn who_waits_longest_is_said() {
    let mut stage = Stage::new(120, 30);
    stage.hides("oldest");
    stage.logs("?database").shows("oldest untested: database 0m");
    stage.clock.go_on(300);
    stage.logs("?dns").shows("oldest untested: database 5m");
    stage.logs("?cache").logs("/test database: count").shows("oldest untested: dns 0m");
    stage.logs("/out dns: fine").logs("/out cache: fine").hides("oldest");
}

/// How many are open, what is tested, and what waits longest: on screens of all sizes, whatever pane is shown.
#[test]
fn the_three_answers_are_always_on_the_screen() {
    let sizes = [
        (
            120,
            40,
            [
                "! none is being tested · 2 open",
                "2 open · testing cache",
                "oldest untested: object store of Paris 12m",
            ],
        ),
        (
            80,
            24,
            ["! none is being tested · 2 open", "2 open · testing cache", "oldest: object store of Pa… 12m"],
        ),
        (
            50,
            20,
            [
                "! none tested · 2 open · oldest: object store… 12m\n",
                "2 open · testing cache · oldest: object store… 12m\n",
                "2 open",
            ],
        ),
        (
            220,
            50,
            [
                "! none is being tested · 2 open · oldest untested: object store of Paris 12m",
                "2 open · testing cache · oldest untested: object store of Paris 12m",
                "",
            ],
        ),
    ];
    for (columns, rows, [still, testing, oldest]) in sizes {
        let mut stage = Stage::new(columns, rows);
        stage.logs("?object store of Paris");
        stage.clock.go_on(12 * 60);
        stage.logs("?load balancer");
        stage.shows(still);
        stage.shows(oldest);
        stage.logs("?cache").logs("/test cache: count");
        for _ in 0..4 {
            stage.shows(testing);
            stage.shows(oldest);
            stage.key(KeyCode::Tab);
        }
        // Several that are tested are counted; with the cause known, the warning goes and the others stay.
        stage.key(KeyCode::Esc).logs("/test load balancer: look").shows("1 open · testing load ba");
        stage.shows(" +1");
        stage.logs("/out cache: fine").logs("/park load balancer").shows("! none");
        stage.logs("/cause it was the disk").hides("! none");
        stage.shows("1 open");
        stage.shows("object s");
        stage.logs("/out object store of Paris: fine").hides(" open · ");
    }
}

#[test]
fn what_following_one_made_worse_is_seen_whatever_became_of_it() {
    for (columns, rows) in [(120, 40), (80, 24), (50, 20)] {
        let mut stage = Stage::new(columns, rows);
        stage.logs("?redis: slow").logs("/worse redis: it lost all sessions");
        for line in
            ["/test redis: count", "/out redis: it was idle", "/confirm redis: full", "/park redis: later"]
        {
            stage.logs(line).key(KeyCode::Tab).key(KeyCode::Tab);
            stage.shows("  made worse: it lost");
            stage.key(KeyCode::Esc);
        }
    }
}

#[test]
fn the_quiet_question_goes_when_something_speaks_against() {
    for (columns, rows) in [(120, 30), (80, 24)] {
        let mut stage = Stage::new(columns, rows);
        let question = |stage: &mut Stage| {
            let shown = stage.draw();
            shown.contains(QUESTION) || shown.contains("What would we see if we")
        };
        stage.logs("?database").logs("/test database: count for:10m");
        assert!(!question(&mut stage));
        stage.clock.go_on(601);
        assert!(question(&mut stage));
        stage.logs("/against database: twelve connections");
        assert!(!question(&mut stage));
        stage.logs("/undo");
        assert!(question(&mut stage));
    }
}

#[test]
fn what_a_test_is_given_is_told_before_it_is_sent() {
    let mut stage = Stage::new(80, 24);
    stage.logs("?database");
    stage.types("/test database: count @omar for:5m");
    stage.shows("hypothesis \"database\" under test by @omar for 5 min");
    stage.types(" expect: over 300").shows("for:5m counts only at the end of the line");
}

#[test]
fn ruling_out_asks_why_and_none_is_a_debt_until_it_is_said() {
    let mut stage = Stage::new(120, 40);
    stage.logs("?database").key(KeyCode::Tab).key(KeyCode::Tab).types("x");
    assert_eq!(stage.prompt(), "/out database:");
    stage.shows("ruled out: why? Enter: without a reason");
    stage.types("i").hides("why?");
    stage.key(KeyCode::Backspace).shows("why?");
    stage.key(KeyCode::Enter);
    stage.until("● saved 2");
    stage.shows("✗ database ! no reason given");
    let incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
    let owed = warroom::export::check::missing(&incident);
    assert!(owed.iter().any(|finding| finding.rule.id == "ruled-out-without-reason"));
    // A minute later: what is said now leaves when it was ruled out as it is.
    stage.clock.go_on(60);
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("! none given: /out database: WHY");
    stage.key(KeyCode::Esc).types("x").types("its pool is idle").key(KeyCode::Enter).until("● saved 3");
    stage.shows("✗ database ruled out: its pool is idle");
    let incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
    let hypothesis = &incident.hypotheses[0];
    assert_eq!(hypothesis.status, HypothesisStatus::RuledOut);
    assert_eq!(hypothesis.closed_at.unwrap().instant(), Some(super::scene::utc("2025-03-04 09:30")));
}

#[test]
fn details_lead_to_the_entries_and_back() {
    let mut stage = Stage::new(100, 40);
    stage.logs("?database: pool; expect slow writes").logs("/for database: at the limit");
    for nth in 0..50 {
        stage.clock.go_on(10);
        stage.logs(&format!("something else {nth}"));
    }
    stage.logs("/against database: twelve connections");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("predicts          slow writes");
    stage.shows("by alice →");
    stage.hides("▸ raised");
    stage.key(KeyCode::Right).shows("▸ raised");
    stage.key(KeyCode::Right).shows("▸ for");
    stage.key(KeyCode::Right).shows("▸ against");
    stage.key(KeyCode::Right).shows("▸ raised");
    stage.key(KeyCode::Left).key(KeyCode::Left).shows("▸ for");
    stage.key(KeyCode::Enter);
    stage.shows("▸ Timeline");
    stage.shows("Speaks for database: at the limit");
    stage.hides("something else 49");
    // From the entry back to its hypothesis.
    stage.key(KeyCode::Enter).shows("Entry: change of a hypothesis");
    stage.key(KeyCode::Right).shows("▸ hypothesis");
    stage.key(KeyCode::Enter).shows("predicts          slow writes");
    stage.key(KeyCode::Esc).shows("▸ Hypotheses");
}

#[test]
fn enter_with_nothing_chosen_closes_the_details_and_a_letter_is_typed() {
    let mut stage = Stage::new(100, 30);
    stage.logs("?database").key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("nothing yet: /test database: WHAT, expect");
    stage.key(KeyCode::Enter).hides("nothing yet");
    stage.key(KeyCode::Enter).key(KeyCode::Right).types("q");
    assert_eq!(stage.prompt(), "q");
    // What has no entry leads nowhere.
    stage.ctrl('c').logs("+ a task").key(KeyCode::Esc);
    for _ in 0..3 {
        stage.key(KeyCode::Tab);
    }
    stage.key(KeyCode::Enter).key(KeyCode::Right).hides("▸ ");
}

#[test]
fn what_was_typed_about_a_hypothesis_acts_on_no_terminal() {
    let mut stage = Stage::new(80, 24);
    let hostile = "\u{1b}[31mred\u{202e}\u{7}";
    stage.room.take(warroom::tui::Msg::Paste(format!("?{hostile}")));
    stage.key(KeyCode::Enter);
    stage.room.take(warroom::tui::Msg::Paste(format!("?b {hostile}: why; expect {hostile}")));
    stage.key(KeyCode::Enter).key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    let shown = stage.draw();
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown:?}");
}

#[test]
fn how_the_search_stands_is_seen_wherever_the_list_is() {
    let mut stage = Stage::new(80, 24);
    for nth in 0..60 {
        stage.logs(&format!("?suspect {nth}"));
    }
    stage.shows("! none tested · 60 open");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).types("G").shows("○ suspect 59");
    stage.shows("! none tested · 60 open");
}

#[test]
fn a_further_test_keeps_the_time_box_that_runs() {
    let timebox = |lines: &[&str]| Scene::new("UTC").after(lines).incident().hypotheses[0].timebox_minutes;
    let first = ["?dns", "/test dns: dig for:1m"];
    let then = |more: &[&str]| timebox(&[&first[..], more].concat());
    assert_eq!(then(&["/test dns: ask the others"]), Some(1));
    assert_eq!(then(&["/test dns: ask the others for:5m"]), Some(5));
    assert_eq!(then(&["/out dns: it answers", "/test dns: once more"]), None);
    assert_eq!(then(&["/reopen dns", "/test dns: once more"]), None);
}

#[test]
fn the_details_ask_the_question_too_and_say_how_to_answer() {
    let mut stage = Stage::new(120, 40);
    stage.logs("?dns").logs("/test dns: dig for:1m").until("● saved 2");
    let details = |stage: &mut Stage| {
        stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
        let shown = stage.draw();
        stage.key(KeyCode::Esc).key(KeyCode::Esc);
        shown
    };
    assert!(!details(&mut stage).contains("question"));
    stage.clock.go_on(120);
    stage.draw();
    let shown = details(&mut stage);
    assert!(shown.contains(QUESTION) && shown.contains("/against dns: WHAT SPEAKS"), "{shown}");
}
