//! Commands: each example of the table, and the rules of adding, replacing and clearing.

use std::collections::HashSet;

use serde_json::{Value, json};
use warroom::grammar::table::{COMMANDS, Takes, named};
use warroom::grammar::{Line, RoomCommand};
use warroom::log::Change;
use warroom::model::{MilestoneKind, Status};

use crate::scene::Scene;

fn json_of(scene: &Scene, line: &str) -> Value {
    serde_json::to_value(scene.change(line)).unwrap()
}

/// A time of the 10th, as a change holds it.
fn at(words: &str) -> Value {
    json!({"at": format!("2024-08-10T{words}:00Z"), "precision": "minute", "as_written": words})
}

/// What attaching a file means.
fn attach(file: &str) -> Line {
    Line::Room(RoomCommand::Attach { file: file.into(), subject: None })
}

fn scene() -> Scene {
    let three = ["?database", "?network", "+ one", "+ two", "+ three", "an entry"];
    Scene::new("UTC").at("2024-08-10 13:10").after(&three)
}

/// What the example of a command makes; the ids of entries and actions are put in by whoever compares.
fn meant(name: &str, id: &str, taken_back: &str, actions: [&str; 2]) -> Option<Value> {
    let said = |subject: &str, text: &str| json!({"subject": subject, "text": text});
    Some(match name {
        "suspect" => json!({"hypothesis_raised": said("database", "pool exhausted after deploy")}),
        "test" => json!({"hypothesis_tested": {"subject": "database", "text": "count open connections",
            "owner": "maria", "timebox_minutes": 10}}),
        "for" => {
            json!({"evidence_added": {"side": "for", "subject": "database", "text": "connections at the limit"}})
        }
        "against" => {
            json!({"evidence_added": {"side": "against", "subject": "database", "text": "slow queries are normal"}})
        }
        "worse" => {
            json!({"evidence_added": {"side": "harm", "subject": "database", "text": "the failover doubled the errors"}})
        }
        "out" => {
            json!({"hypothesis_ruled_out": {"subject": "database", "text": "pool is idle", "when": at("08:50")}})
        }
        "confirm" => json!({"hypothesis_confirmed": said("cache", "evictions began with the deploy")}),
        "park" => json!({"hypothesis_parked": said("network", "waiting for the provider")}),
        "reopen" => json!({"hypothesis_reopened": said("database", "the errors are back")}),
        "task" => json!({"action_added": {"kind": "task", "text": "Audit the proxy settings", "owner": "bob",
            "due": "2024-08-16", "priority": 1, "class": "prevent"}}),
        "improve" => {
            json!({"action_added": {"kind": "improvement", "text": "Alert on uneven traffic", "class": "detect"}})
        }
        "done" => json!({"action_done": {"action": actions[0]}}),
        "drop" => json!({"action_dropped": {"action": actions[1], "reason": "replaced by the new gateway"}}),
        "edit" => json!({"entry_text_changed": {"entry": id, "text": "rolled back to 4710"}}),
        "when" => json!({"entry_time_changed": {"entry": id, "when": at("10:40")}}),
        "strike" => json!({"entry_struck": {"entry": id}}),
        "star" => json!({"entry_starred": {"entry": id}}),
        "undo" => json!({"undone": {"change": id}}),
        "redo" => json!({"redone": {"change": taken_back}}),
        _ => return field(name),
    })
}

/// The same for the fields of the incident, which need no id.
fn field(name: &str) -> Option<Value> {
    let fact = |fact: &str, text: &str| json!({"fact_set": {"fact": fact, "text": text}});
    let item = |list: &str, text: &str| json!({"item_added": {"list": list, "text": text}});
    let met = |milestone: &str, at: Value, how: Value| {
        let mut set = json!({"milestone": milestone});
        for (key, value) in [("when", at), ("how", how)] {
            if !value.is_null() {
                set[key] = value;
            }
        }
        json!({"milestone_set": set})
    };
    Some(match name {
        "title" => json!({"title_set": {"title": "Checkout slow in Europe"}}),
        "sev" => json!({"severity_set": {"severity": 1}}),
        "status" => json!({"status_set": {"status": "monitoring"}}),
        "service" => item("services", "checkout"),
        "tz" => json!({"zone_set": {"zone": "Europe/Berlin"}}),
        "clock" => json!({"clock_set": {"clock": "24h"}}),
        "started" => met("started", at("12:25"), json!("deploy 4711 went out")),
        "detected" => met("detected", at("12:30"), json!("Prometheus latency alert")),
        "acked" => met("acknowledged", at("12:32"), Value::Null),
        "declared" => met("declared", at("12:40"), Value::Null),
        "identified" => met("identified", at("12:50"), json!("one node gets all traffic")),
        "mitigated" => met("mitigated", at("12:55"), json!("traffic moved by hand")),
        "resolved" => met("resolved", at("13:00"), Value::Null),
        "closed" => met("closed", Value::Null, Value::Null),
        "impact" => fact("impact", "Customers could not pay"),
        "affected" => json!({"affected_added": {"affected": {"percent": 40, "of": "users", "count": null,
            "approximate": true, "text": "about 40% of users"}}}),
        "loss" => item("losses", "$20,000 in orders"),
        "summary" => fact("summary", "One proxy took all the traffic and gave up"),
        "cause" => fact("root_cause", "Health checks were switched off by the update"),
        "trigger" => fact("trigger", "Update of the proxy at 12:20"),
        "factor" => item("factors", "No alert on uneven traffic"),
        "detection" => fact("detection", "Alert on latency, five minutes late"),
        "workaround" => fact("workaround", "Traffic spread by hand"),
        "fix" => fact("fix", "Health checks on again, tested before each update"),
        "well" => item("went_well", "The rollback took two minutes"),
        "wrong" => item("went_wrong", "Nobody knew who owns the proxy"),
        "lucky" => item("lucky", "It was a quiet morning"),
        "related" => item("related", "2024-02-23-checkout-slow"),
        "warning" => item("warnings", "The log and the pager differ by an hour"),
        "link" => json!({"link_added": {"label": "Dashboard", "url": "https://grafana.example/d/42"}}),
        "note" => json!({"note_added": {"heading": "Vendor", "text": "case 815 is open"}}),
        "role" => json!({"role_taken": {"role": "commander", "name": "alice"}}),
        "update" => {
            json!({"update_sent": {"audience": "public", "text": "We know the cause and are fixing it"}})
        }
        "every" => json!({"cadence_set": {"minutes": 20}}),
        "decide" => {
            json!({"decision_made": {"text": "Roll back without waiting for the vendor", "who": "alice"}})
        }
        _ => return None,
    })
}

#[test]
fn every_example_makes_what_it_says() {
    let mut scene = scene();
    let incident = scene.incident();
    let last = incident.timeline.iter().max_by_key(|e| e.id).unwrap().id.to_string();
    let numbered = |n| incident.action(n).unwrap().id.to_string();
    let taken_back = scene.say("to be taken back");
    scene.say("/undo");
    for command in COMMANDS {
        let actions = [&*numbered(2), &*numbered(3)];
        let read = scene.read(command.example);
        match meant(command.name, &last, &taken_back.to_string(), actions) {
            Some(expected) => assert_eq!(json_of(&scene, command.example), expected, "{}", command.example),
            None => {
                assert!(matches!(command.takes, Takes::Room(_)), "/{} is not tested", command.name);
                assert!(matches!(read, Ok(Line::Room(_))), "{}: {read:?}", command.example);
            }
        }
    }
    let found = scene.read("/find proxy");
    assert!(
        matches!(&found, Ok(Line::Room(RoomCommand::Find(Some(w)))) if w.typed().as_typed() == "proxy"),
        "{found:?}"
    );
    assert_eq!(scene.read("/find"), Ok(Line::Room(RoomCommand::Find(None))));
    assert_eq!(scene.read("/attach error.log"), Ok(attach("error.log")));
    assert_eq!(scene.read("/attach \"my error.log\""), Ok(attach("my error.log")));
    assert_eq!(scene.read(r"/attach '/tmp/a b'\ c.png"), Ok(attach("/tmp/a b c.png")));
    assert_eq!(
        scene.read("/attach \"my error.log").unwrap_err().message,
        "the quote around the file's name has no end"
    );
    let nobody = scene.read("/attach my error.log").unwrap_err();
    assert_eq!(nobody.message, "there is no hypothesis about error.log");
}

#[test]
fn names_and_short_forms_are_unique_and_every_row_is_whole() {
    let (mut names, mut shorts) = (HashSet::new(), HashSet::new());
    for command in COMMANDS {
        assert!(names.insert(command.name), "/{} twice", command.name);
        assert!(command.short.is_none_or(|short| shorts.insert(short)), "/{}", command.name);
        assert!(command.name.bytes().all(|c| c.is_ascii_lowercase()) && !command.help.is_empty());
        let (first, _) = command.example.split_once(' ').unwrap_or((command.example, ""));
        assert_eq!(first, format!("/{}", command.name));
        assert_eq!(named(&command.name.to_uppercase()), Some(command));
    }
}

#[test]
fn attributes_are_the_trailing_words_of_a_task() {
    let scene = scene();
    for (line, expected) in [
        (
            "+ Audit LB config @bob due:fri p1 #prevent",
            json!({"text": "Audit LB config", "owner": "bob",
            "due": "2024-08-16", "priority": 1, "class": "prevent"}),
        ),
        ("+ ask @bob about p1 alerts", json!({"text": "ask @bob about p1 alerts"})),
        (
            "+ Audit #prevent @bob link:https://x.example/1",
            json!({"text": "Audit", "owner": "bob",
            "class": "prevent", "link": "https://x.example/1"}),
        ),
        ("+ two owners @ann @bob", json!({"text": "two owners @ann", "owner": "bob"})),
        ("+ rename it \\p1", json!({"text": "rename it p1"})),
        ("+ fix #123", json!({"text": "fix #123"})),
        ("+ x P0", json!({"text": "x", "priority": 0})),
        ("+ x p9", json!({"text": "x p9"})),
    ] {
        let mut expected = expected;
        expected["kind"] = json!("task");
        assert_eq!(json_of(&scene, line), json!({"action_added": expected}), "{line}");
    }
    // The 10th is a Saturday; on it `sat` is in a week.
    for (due, day) in [
        ("today", "2024-08-10"),
        ("tomorrow", "2024-08-11"),
        ("fri", "2024-08-16"),
        ("Sat", "2024-08-17"),
        ("sunday", "2024-08-11"),
        ("3d", "2024-08-13"),
        ("2w", "2024-08-24"),
        ("2024-12-24", "2024-12-24"),
    ] {
        assert_eq!(json_of(&scene, &format!("+ x due:{due}"))["action_added"]["due"], day, "{due}");
    }
    // It is Sunday already where the incident is.
    let east = Scene::new("Asia/Tokyo").at("2024-08-10 16:00");
    assert_eq!(json_of(&east, "+ x due:today")["action_added"]["due"], "2024-08-11");
    assert_eq!(scene.error("+ x due:never p1").span, 4..13);
}

#[test]
fn numbers_of_actions_stand_for_their_ids() {
    let mut scene = scene();
    let id = scene.incident().action(2).unwrap().id.to_string();
    assert_eq!(json_of(&scene, "/done 2"), json!({"action_done": {"action": id}}));
    assert_eq!(json_of(&scene, "/done #2"), json!({"action_done": {"action": id}}));
    assert_eq!(json_of(&scene, "/done 2 -"), json!({"action_reopened": {"action": id}}));
    assert_eq!(json_of(&scene, "/done 12:50 2")["action_done"]["when"], at("12:50"));
    for line in ["/drop 2: why: x", "/drop 2 why: x", "/drop 2 : why: x"] {
        let dropped = json!({"action_dropped": {"action": id, "reason": "why: x"}});
        assert_eq!(json_of(&scene, line), dropped, "{line}");
    }
    let missing = scene.error("/drop 2:");
    assert_eq!((missing.message.as_str(), missing.span), ("the reason is missing", 6..8));
    assert_eq!(json_of(&scene, "/drop 2"), json!({"action_dropped": {"action": id}}));
    scene.say("/drop 2");
    assert!(scene.change("/done 2").when().is_none(), "a dropped one can still be done");
}

/// What a command adds to a list or sets as a text can be cleared, and in a list struck out and said anew, by its name.
#[test]
fn what_a_command_sets_goes_by_its_name() {
    for command in COMMANDS {
        let mut scene = scene();
        let Ok(Line::Change(change)) = scene.read(command.example) else { continue };
        let is_in_list = matches!(
            *change,
            Change::ItemAdded { .. }
                | Change::AffectedAdded { .. }
                | Change::LinkAdded { .. }
                | Change::NoteAdded { .. }
        );
        if !is_in_list && !matches!(*change, Change::FactSet { .. }) {
            continue;
        }
        scene.say(command.example);
        let name = command.name;
        scene.change(&format!("/{name} -"));
        if is_in_list {
            let (_, rest) = command.example.split_once(' ').unwrap();
            scene.change(&format!("/strike {name} 1"));
            // A doubt is settled, and not edited.
            if name != "warning" {
                scene.change(&format!("/edit {name} 1: {rest}"));
            }
        }
    }
}

#[test]
fn some_add_and_the_others_replace() {
    let mut scene = scene();
    for name in ["service", "affected", "loss", "factor", "well", "wrong", "lucky", "related", "warning"] {
        scene.say(&format!("/{name} one"));
        scene.say(&format!("/{name} two"));
    }
    for line in ["/link a x", "/link b y", "/note a: x", "/note b: y"] {
        scene.say(line);
    }
    let count = |scene: &Scene| {
        let i = scene.incident();
        let lessons = [i.lessons.went_well.len(), i.lessons.went_wrong.len(), i.lessons.lucky.len()];
        let rest = [i.services.len(), i.impact.affected.len(), i.impact.loss.len(), i.factors.len()];
        (lessons, rest, [i.links.len(), i.notes.len()])
    };
    assert_eq!(count(&scene), ([2; 3], [2; 4], [2; 2]));
    assert!(scene.error("/strike factor 3").hint.contains("1 to 2"));
    scene.error("/strike factor 0");
    for name in [
        "service", "affected", "loss", "factor", "well", "wrong", "lucky", "related", "warning", "link",
        "note",
    ] {
        scene.say(&format!("/strike {name} 2"));
    }
    assert_eq!(count(&scene), ([1; 3], [1; 4], [1; 2]));
    assert_eq!(scene.incident().factors[0].as_typed(), "one");
    for name in [
        "service", "affected", "loss", "factor", "well", "wrong", "lucky", "related", "warning", "link",
        "note",
    ] {
        scene.say(&format!("/{name} -"));
    }
    assert_eq!(count(&scene), ([0; 3], [0; 4], [0; 2]));
    for name in ["impact", "summary", "cause", "trigger", "detection", "workaround", "fix"] {
        let text = |scene: &Scene| {
            let all = serde_json::to_string(&scene.incident()).unwrap();
            (all.matches("zwei").count(), all.matches("eins").count())
        };
        scene.say(&format!("/{name} eins"));
        scene.say(&format!("/{name} zwei"));
        assert_eq!(text(&scene), (1, 0), "/{name} replaces");
        scene.say(&format!("/{name} -"));
        assert_eq!(text(&scene), (0, 0), "/{name} clears");
    }
    scene = scene.after(&["/sev 2", "/every 20m", "/role scribe @bob", "/detected 12:30"]);
    scene = scene.after(&["/sev -", "/every -", "/role Scribe -", "/detected -"]);
    let i = scene.incident();
    assert_eq!((i.severity, i.update_every_minutes, i.roles.len()), (None, None, 0));
    assert!(i.milestones.get(MilestoneKind::Detected).is_none());
}

#[test]
fn an_earlier_status_takes_the_end_back() {
    let scene = scene().after(&["/resolved 13:00", "/closed 13:05", "/status investigating"]);
    let i = scene.incident();
    assert_eq!(i.status, Status::Investigating);
    assert!(i.milestones.get(MilestoneKind::Resolved).is_none());
    assert!(i.milestones.get(MilestoneKind::Closed).is_none());
}

#[test]
fn numbers_of_the_affected() {
    let scene = scene();
    let read =
        |line: &str| json_of(&scene, &format!("/affected {line}"))["affected_added"]["affected"].clone();
    for (text, percent, of, count, approximate) in [
        ("40% of users", json!(40), json!("users"), json!(null), false),
        ("about 2.5% of users", json!(2.5), json!("users"), json!(null), true),
        ("approximately 40% of users", json!(40), json!("users"), json!(null), true),
        ("around 40% of users", json!(40), json!("users"), json!(null), true),
        ("Nearly 40 % of users", json!(40), json!("users"), json!(null), true),
        ("~40% of users", json!(40), json!("users"), json!(null), true),
        ("25% degradation in user experience", json!(25), json!(null), json!(null), false),
        ("12,000 orders", json!(null), json!(null), json!(12_000), false),
        ("about 12000 orders", json!(null), json!(null), json!(12_000), true),
        ("1.2.3% of users", json!(null), json!(null), json!(null), false),
        ("everybody", json!(null), json!(null), json!(null), false),
    ] {
        let expected =
            json!({"percent": percent, "of": of, "count": count, "approximate": approximate, "text": text});
        assert_eq!(read(text), expected);
    }
}

#[test]
fn the_rest_of_a_command_in_its_own_way() {
    let scene = scene();
    for (line, expected) in [
        (
            "/link the big board https://x.example/d?x=1",
            json!({"link_added": {"label": "the big board", "url": "https://x.example/d?x=1"}}),
        ),
        ("/link picture diagram.png", json!({"link_added": {"label": "picture", "url": "diagram.png"}})),
        ("/note to do: ask: again", json!({"note_added": {"heading": "to do", "text": "ask: again"}})),
        (
            "/role incident commander @alice",
            json!({"role_taken": {"role": "incident commander", "name": "alice"}}),
        ),
        ("/role scribe bob", json!({"role_taken": {"role": "scribe", "name": "bob"}})),
        ("/role scribe\t@bob", json!({"role_taken": {"role": "scribe", "name": "bob"}})),
        ("/update we are on it", json!({"update_sent": {"audience": "internal", "text": "we are on it"}})),
        ("/update Public: we know", json!({"update_sent": {"audience": "public", "text": "we know"}})),
        ("/update all: clear", json!({"update_sent": {"audience": "internal", "text": "all: clear"}})),
        ("/decide ask @bob first", json!({"decision_made": {"text": "ask @bob first"}})),
        ("/every 1h30m", json!({"cadence_set": {"minutes": 90}})),
        ("/sev SEV-2", json!({"severity_set": {"severity": 2}})),
        ("/clock 12h", json!({"clock_set": {"clock": "12h"}})),
        (
            "/detected Prometheus at 12:30",
            json!({"milestone_set": {"milestone": "detected", "how": "Prometheus at 12:30"}}),
        ),
    ] {
        assert_eq!(json_of(&scene, line), expected, "{line}");
    }
}

/// What the program can do stands in the README, and nothing that it cannot.
#[test]
fn the_readme_names_every_command_and_no_other() {
    let readme = include_str!("../../README.md");
    let mut told: Vec<&str> = readme.split("`/").skip(1).map(word).collect();
    told.extend(readme.split(" /").skip(1).map(word));
    for command in COMMANDS {
        assert!(told.contains(&command.name), "/{} is not in the README", command.name);
    }
    // `/o` is what one types of it.
    let in_full = readme.split("`/").skip(1).map(word).filter(|name| name.len() > 1 && *name != "NAME");
    for name in in_full {
        assert!(named(name).is_some(), "the README tells of /{name}, which is no command");
    }
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default()
}
