//! First guesses: what past incidents tell of what is suspected, in words and in the room.

use crossterm::event::KeyCode;
use warroom::archive::guesses::{Outcome, recall};
use warroom::archive::{Digest, Memory, Recalled, Subjects, Symptoms};
use warroom::model::Status;
use warroom::text::Raw;

use crate::scene::Scene;
use crate::stage::Stage;

/// A past incident that began on a day in 2024, with these lines.
fn past(day: &str, title: &str, lines: &[&str]) -> Digest {
    let mut scene = Scene::new("UTC").at("2024-12-30 12:00");
    scene.say(&format!("/title {title}"));
    scene.say(&format!("/started 2024-{day} 08:00"));
    for line in lines {
        scene.say(line);
    }
    let slug = Raw::new(title).for_file_name();
    let id = Raw::new(format!("2024-{day}-{}", slug.as_str()));
    Digest { id, status: Status::Resolved, ..Digest::of(&scene.incident()) }
}

fn wrong(day: &str, subject: &str, cause: &str) -> Digest {
    let out = format!("/out {subject}: idle all along");
    let confirm = format!("/confirm {cause}");
    past(day, &format!("Shop fails {day}"), &[&format!("?{subject}"), &out, &format!("?{cause}"), &confirm])
}

fn line(subject: &str, digests: &[Digest]) -> Option<String> {
    recall(subject, digests, &"own".into(), &Subjects::default()).map(|recalled| recalled.line())
}

fn all_of(subject: &str, digests: &[Digest]) -> Recalled {
    recall(subject, digests, &"own".into(), &Subjects::default()).unwrap()
}

#[test]
fn three_times_wrong_and_always_the_same_instead() {
    let digests = [
        wrong("01-10", "database", "load balancer"),
        wrong("02-23", "DB pool", "LB"),
        wrong("02-01", "database", "LB config"),
    ];
    assert_eq!(
        line("the db", &digests).unwrap(),
        "database: suspected in 3 past incidents, never the cause; 3 of 3 were the load balancer \
         (2024-02-23, 2024-02-01, 2024-01-10)"
    );
    assert_eq!(all_of("db", &digests).brief(), "database: the cause in 0 of 3; 3 times the load balancer");
    assert_eq!(line("redis", &digests), None);
    assert_eq!(line("", &digests), None);
    let own = recall("database", &digests[..1], &digests[0].id, &Subjects::default());
    assert_eq!(own, None, "an incident does not remember itself");
}

#[test]
fn an_incident_whose_cause_nobody_knows_yet_counts_in_no_share() {
    const POOL: &str = "database connection pool exhausted";
    let going_on = past("03-01", "Orders wait", &[&format!("?{POOL}"), &format!("/out {POOL}: idle")]);
    let digests = [
        wrong("01-10", POOL, "load balancer health check"),
        wrong("02-23", POOL, "load balancer health check"),
        going_on.clone(),
    ];
    let recalled = all_of(POOL, &digests);
    assert_eq!(recalled.counts(), (0, 3, 0));
    assert_eq!(
        recalled.brief(),
        format!("{POOL}: the cause in 0 of 2; 2 times the load balancer health check")
    );
    let line = recalled.line();
    assert!(line.contains("never the cause, the cause of 1 not known; 2 of 2 were the load"), "{line}");
    for columns in [80, 70, 60] {
        let shown = recalled.within(columns);
        assert!(shown.ends_with("0 of 2; 2 times the load balancer health check"), "{columns}: {shown}");
        assert!(shown.chars().count() <= columns, "{columns}: {shown}");
    }
    let alone = all_of(POOL, &[going_on]);
    assert_eq!(alone.brief(), format!("{POOL}: ruled out once before, the cause not known"));
}

#[test]
fn more_than_three_dates_are_cut_and_the_newest_named() {
    let days = ["01-10", "02-23", "02-01", "03-05", "04-06"];
    let digests: Vec<Digest> = days.iter().map(|day| wrong(day, "database", "load balancer")).collect();
    assert_eq!(
        line("database", &digests).unwrap(),
        "database: suspected in 5 past incidents, never the cause; 5 of 5 were the load balancer \
         (2024-04-06, 2024-03-05, 2024-02-23, …)"
    );
}

#[test]
fn what_was_right_now_and_then_is_told_with_its_days() {
    let right = past("05-01", "Orders stuck", &["?database", "/confirm database: a lock"]);
    let digests =
        [wrong("01-10", "database", "dns"), right.clone(), wrong("03-01", "database", "expired certificate")];
    assert_eq!(
        line("database", &digests).unwrap(),
        "database: suspected in 3 past incidents, once the cause (2024-05-01); 1 of 3 was the expired certificate \
         (2024-03-01)"
    );
    assert_eq!(
        line("database", &[right]).unwrap(),
        "database: suspected in 1 past incident, it was the cause (2024-05-01)"
    );
    assert_eq!(
        line("database", &digests[..1]).unwrap(),
        "database: suspected in 1 past incident, not the cause; it was the dns (2024-01-10)"
    );
}

#[test]
fn what_has_no_verdict_is_said_to_have_none() {
    let open = past("05-01", "Orders stuck", &["?database"]);
    let parked = past("06-01", "Orders stuck again", &["?database", "/park database: later"]);
    assert_eq!(
        line("database", &[open.clone(), parked.clone()]).unwrap(),
        "database: suspected in 2 past incidents, no verdict"
    );
    assert_eq!(
        line("database", &[open, parked, wrong("01-10", "database", "dns")]).unwrap(),
        "database: suspected in 3 past incidents, never the cause, 2 without a verdict; 1 of 1 was the dns (2024-01-10)"
    );
}

/// What is going on elsewhere is worth knowing, and is no past incident.
#[test]
fn an_incident_that_is_going_on_is_told_as_one() {
    let now = |digest| Digest { status: Status::Investigating, ..digest };
    let open = now(past("05-01", "Orders stuck", &["?database"]));
    assert_eq!(
        line("database", std::slice::from_ref(&open)).unwrap(),
        "database: suspected in 1 other incident going on, no verdict"
    );
    assert_eq!(
        line("database", &[open.clone(), now(wrong("06-01", "database", "dns"))]).unwrap(),
        "database: suspected in 2 other incidents going on, never the cause, 1 without a verdict; 1 of 1 was the dns \
         (2024-06-01)"
    );
    assert_eq!(
        line("database", &[open, wrong("01-10", "database", "dns")]).unwrap(),
        "database: suspected in 2 other incidents (1 going on), never the cause, 1 without a verdict; 1 of 1 was the dns \
         (2024-01-10)"
    );
    let cause = now(past("05-01", "Orders stuck", &["/cause A typo in the DNS zone"]));
    assert_eq!(
        line("dns", &[cause]).unwrap(),
        "dns: the cause of 1 other incident going on, not suspected before (2024-05-01)"
    );
}

#[test]
fn a_root_cause_stands_in_where_no_hypothesis_was_confirmed() {
    let named = past("01-01", "A", &["?database", "/out database: idle", "/cause A typo in the DNS zone"]);
    let told = past(
        "01-02",
        "B",
        &["?database", "/out database: idle", "/cause Rain came through the roof of the hall"],
    );
    let none = past("01-03", "C", &["?database", "/out database: idle"]);
    let recalled = all_of("database", &[named, told, none]);
    let outcomes: Vec<String> = recalled.past.iter().map(warroom::archive::guesses::Past::told).collect();
    assert_eq!(
        outcomes,
        [
            "not the cause; what was is not recorded · less than a minute to the verdict",
            "not the cause; it was \"Rain came through the roof of the hall\" · less than a minute to the verdict",
            "not the cause; it was the dns · less than a minute to the verdict",
        ]
    );
    assert_eq!(recalled.counts(), (0, 3, 0));
}

#[test]
fn two_forms_of_one_subject_in_one_incident_are_one_suspicion() {
    let both = past("01-01", "A", &["?db", "?database", "/confirm database", "/out db: not this one"]);
    let recalled = all_of("database", &[both]);
    assert_eq!(recalled.past.len(), 1);
    assert_eq!(recalled.past[0].outcome, Outcome::Cause);
}

#[test]
fn an_incident_that_is_part_of_another_counts_once() {
    let mut a = wrong("01-10", "database", "dns");
    let mut b = wrong("01-11", "database", "dns");
    b.merged_into = Some(a.id.clone());
    assert_eq!(all_of("database", &[a.clone(), b.clone()]).past.len(), 2, "the other one does not say so");
    a.merged.push(b.id.clone());
    assert_eq!(all_of("database", &[a, b.clone()]).past.len(), 1);
    assert_eq!(all_of("database", &[b]).past.len(), 1, "the other one is gone");
}

#[test]
fn words_are_shown_and_do_not_act() {
    let evil = "data\u{1b}[2Jbase";
    let digests = [past(
        "01-01",
        "A",
        &[&format!("?{evil}"), &format!("/out {evil}: \u{7}no"), "/cause \u{1b}]0;x\u{7}roof fell in"],
    )];
    let line = line(evil, &digests).unwrap();
    assert!(!line.chars().any(char::is_control), "{line:?}");
}

/// Three outages of uploads that were the quota service, and one of something else.
fn archive() -> Vec<Digest> {
    let upload = |day: &str, cause: &str| {
        past(
            day,
            "Uploads fail for some accounts",
            &[
                "alert: upload errors at 9 %",
                "?object store",
                "/out object store: fast",
                &format!("?{cause}"),
                &format!("/confirm {cause}"),
            ],
        )
    };
    vec![
        upload("02-23", "quota service"),
        upload("03-05", "quota service"),
        upload("05-09", "firewall"),
        past("06-01", "Invoices are printed twice", &["alert: two invoices", "?printer", "/confirm printer"]),
        wrong("07-01", "database", "load balancer"),
        wrong("08-01", "DB pool", "load balancer"),
        wrong("09-01", "database", "load balancer"),
    ]
}

#[test]
fn similar_incidents_come_first_and_say_what_they_were() {
    let symptoms = Symptoms::of(&archive(), &Subjects::default());
    let now = past("11-11", "Uploads fail for new accounts", &["alert: upload errors at 12 %", "?firewall"]);
    let similar = symptoms.similar(&now);
    let ids: Vec<&str> = similar.iter().map(|s| s.id.as_typed()).collect();
    assert_eq!(ids.len(), 3, "{similar:?}");
    assert!(ids.iter().all(|id| id.contains("uploads-fail")), "{ids:?}");
    assert!(similar.iter().all(|s| s.score > 0.2 && s.score <= 1.0 + 1e-9), "{similar:?}");
    let suggested = symptoms.suggestions(&now);
    let told: Vec<String> =
        suggested.iter().map(|s| format!("{}: {}", s.subject.for_term(), s.told())).collect();
    assert_eq!(told, ["quota service: the cause of 2024-03-05-uploads-fail-for-some-accounts and 1 more"]);
    let other = past("11-12", "Parking garage gate", &["the gate stays closed"]);
    assert_eq!(symptoms.similar(&other), []);
}

fn room(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let memory = Memory::of(&archive(), &Subjects::default());
    stage.room.remember(memory);
    stage
}

#[test]
fn a_quiet_line_tells_while_a_subject_is_typed() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut stage = room(columns, rows);
        stage.logs("alert: upload errors at 12 % #alert");
        let before = stage.draw();
        stage.types("?data");
        insta::assert_snapshot!(format!("first_guess_typed_{columns}x{rows}"), stage.draw());
        let panes =
            |screen: &str| screen.lines().take(usize::from(rows) - 4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(panes(&before), panes(&stage.draw()), "nothing has moved");
        stage.types("base").key(KeyCode::Enter);
        stage.shows("database: ");
        stage.types("another thing");
        stage.hides("── database");
    }
}

#[test]
fn a_question_mark_and_tab_offer_the_causes_of_similar_incidents() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut stage = room(columns, rows);
        stage.logs("alert: upload errors at 12 % #alert").types("?");
        stage.shows("2 causes of similar incidents");
        stage.hides("quota service");
        stage.key(KeyCode::Tab);
        insta::assert_snapshot!(format!("first_guess_offered_{columns}x{rows}"), stage.draw());
        stage.key(KeyCode::Tab);
        assert_eq!(stage.prompt_text(), "?quota service:");
        stage.key(KeyCode::Enter);
        stage.types("?");
        stage.shows("a cause of a similar incident");
        stage.key(KeyCode::Tab);
        stage.shows("firewall");
    }
}

#[test]
fn what_is_suspected_here_comes_before_what_the_past_suggests() {
    let mut stage = room(80, 24);
    stage.logs("alert: upload errors at 12 %").logs("?quarantine").types("?qu");
    let shown = stage.draw();
    let (own, past) = (shown.find("quarantine  ").unwrap(), shown.find("quota service  ").unwrap());
    assert!(own < past, "{shown}");
}

#[test]
fn a_bare_question_mark_is_still_a_text() {
    let mut stage = room(80, 24);
    stage.logs("alert: upload errors at 12 %").logs("?").logs("? who knows");
    stage.until("● saved 3");
    stage.shows("? who knows");
}

#[test]
fn the_details_of_a_hypothesis_list_the_past() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut stage = room(columns, rows);
        stage.logs("?DB").key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Down).key(KeyCode::Enter);
        insta::assert_snapshot!(format!("first_guess_details_{columns}x{rows}"), stage.draw());
    }
}

#[test]
fn without_a_past_nothing_is_ever_shown() {
    let empty = Memory::of(&[], &Subjects::default());
    let mut with = Stage::new(80, 24);
    with.room.remember(empty);
    let mut without = Stage::new(80, 24);
    for keys in ["?database", "?", "/suspect data", "/related 2024"] {
        with.types(keys);
        without.types(keys);
        assert_eq!(with.draw(), without.draw(), "{keys}");
        for stage in [&mut with, &mut without] {
            stage.ctrl('c').draw();
        }
    }
}

#[test]
fn a_related_incident_is_completed_and_one_that_is_not_there_is_said() {
    let mut stage = room(120, 40);
    stage.types("/related invoices");
    stage.shows("2024-06-01-invoices-are-printed-twice");
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt_text(), "/related 2024-06-01-invoices-are-printed-twice");
    stage.key(KeyCode::Enter);
    stage.shows("related to 2024-06-01-invoices-are-printed-twice · Invoices are printed twice; /undo");
    stage.types("/related 2024-07").shows("related to 2024-07-01-shop-fails-07-01 · Shop fails 07-01");
    stage.ctrl('c');
    stage.types("/related 2024-0").shows("NEW '2024-0' · the ids of 7 incidents begin so");
    stage.ctrl('c');
    stage.types("/related 2024-01-01-nowhere");
    stage.shows("NEW '2024-01-01-nowhere' · no incident here has this id");
    stage.key(KeyCode::Enter);
    stage.until("● saved 2");
}

#[test]
fn what_was_merged_into_another_one_is_not_offered_as_related() {
    let mut all = archive();
    let into = all[0].id.clone();
    all[3].merged_into = Some(into);
    all[0].merged = vec![all[3].id.clone()];
    let mut stage = Stage::new(120, 40);
    stage.room.remember(Memory::of(&all, &Subjects::default()));
    stage.types("/related printed").shows("/related printed");
    stage.hides("Invoices");
    stage.ctrl('c');
    stage.types("/related 2024-05").shows("Uploads fail for some accounts");
}

/// What broke in a thing is found by its own name, and so is a cause that nobody suspected.
#[test]
fn a_part_of_what_was_the_cause_is_recalled() {
    let owned = past(
        "03-04",
        "Shop fails",
        &["?payment gateway certificate", "/confirm payment gateway certificate"],
    );
    let told = past("05-06", "Mail fails", &["/cause The disk of the relay was full"]);
    let guesses = Memory::of(&[owned, told], &Subjects::default());
    let line = |typed: &str| guesses.recall_typed(typed, &"own".into()).map(|recalled| recalled.line());
    let certificate =
        "payment gateway certificate: suspected in 1 past incident, it was the cause (2024-03-04)".to_owned();
    for typed in ["cert", "certi", "certificate", "payment gateway"] {
        assert_eq!(line(typed).as_ref(), Some(&certificate), "{typed}");
    }
    let disk = "disk: the cause of 1 past incident, not suspected before (2024-05-06)";
    assert_eq!(line("disk space").as_deref(), Some(disk));
    assert_eq!(line("printer"), None);
}

#[test]
fn finer_words_and_a_sentence_are_the_component_that_they_name() {
    let told = past(
        "04-01",
        "Shop fails again",
        &[
            "?database",
            "/out database: idle",
            "/cause The database was fine: a new version of the load balancer kept sending to a dead host",
        ],
    );
    let digests = [
        wrong("01-10", "database", "load balancer config lb-2024.08"),
        wrong("02-23", "DB pool", "load balancer certificate"),
        wrong("03-01", "slow database", "haproxy memory leak"),
        told,
    ];
    let own = [("load balancer".to_owned(), vec!["haproxy".to_owned()])];
    let subjects = Subjects::new(&own);
    let line = |subject: &str| recall(subject, &digests, &"own".into(), &subjects).unwrap().line();
    assert_eq!(
        line("database"),
        "database: suspected in 4 past incidents, never the cause; 4 of 4 were the load balancer \
         (2024-04-01, 2024-03-01, 2024-02-23, …)"
    );
    assert_eq!(
        line("lb"),
        "load balancer: suspected in 3 past incidents, each time the cause (2024-03-01, 2024-02-23, 2024-01-10)"
    );
    let today = chrono::NaiveDate::from_ymd_opt(2025, 5, 4).unwrap();
    let insight = warroom::archive::figures::of(&digests, today, &subjects, None);
    let [back] = insight.causes.as_slice() else { panic!("{:?}", insight.causes) };
    assert_eq!((back.what.as_typed(), back.incidents.len()), ("load balancer", 4));
    let database = insight.suspects.iter().find(|one| one.subject.as_typed() == "database").unwrap();
    let instead: Vec<(&str, usize)> =
        database.turned_out.iter().map(|one| (one.cause.as_typed(), one.incidents.len())).collect();
    assert_eq!(instead, [("load balancer", 4)]);
}

#[test]
fn a_likely_copy_counts_once_and_is_said() {
    let a = Digest { title: "Checkout pages time out".into(), ..wrong("01-10", "database", "dns") };
    let copy = |id: &str| Digest { id: id.into(), ..a.clone() };
    let all = [copy("2024-01-10-shop-fails-3"), a.clone(), copy("2024-01-10-shop-fails-2")];
    assert_eq!(
        line("database", &all).unwrap(),
        "database: suspected in 1 past incident (and 2 likely copies), not the cause; it was the dns (2024-01-10)"
    );
    let today = chrono::NaiveDate::from_ymd_opt(2025, 5, 4).unwrap();
    let insight = warroom::archive::figures::of(&all, today, &Subjects::default(), None);
    assert_eq!((insight.incidents, insight.copies), (1, 2));
}
