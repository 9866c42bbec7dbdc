//! The report: what it tells, what it leaves out, and that text in it means exactly what was typed.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use warroom::export::{Outline, markdown};
use warroom::grammar::{self, Desk, Line};
use warroom::log::{Change, Fold, Ledger, Stamp, Stamped};
use warroom::model::{Clock, Incident, Writer, Zone};
use warroom::text::Raw;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// An incident made by typing lines, one a minute, the first at `begin`. `name> line` is typed by somebody else.
fn typed(zone: &str, begin: &str, lines: &[&str]) -> Incident {
    let writer = Writer::from_bits(7);
    let mut ledger = Ledger::default();
    let mut now = instant(begin);
    let mut n = 0;
    let mut add = |ledger: &mut Ledger, by: &str, now: DateTime<Utc>, change: Change| {
        n += 1;
        let stamp = Stamp { ms: u64::try_from(now.timestamp_millis()).unwrap(), counter: 0, writer, n };
        ledger.insert(Stamped {
            stamp,
            by: Raw::new(by),
            from: None,
            wall: None,
            over: None,
            after: None,
            body: change.into(),
        });
    };
    let (zone, title) = (Zone::read(zone, None).unwrap(), Raw::new("Maps do not load"));
    let created =
        Change::IncidentCreated { id: "x".into(), title, zone, severity: Some(2), clock: Clock::default() };
    add(&mut ledger, "alice", now, created);
    for line in lines {
        now += Duration::minutes(1);
        let (by, line) = line.split_once("> ").unwrap_or(("alice", line));
        let fold = Fold::of(&ledger);
        let by_raw = Raw::new(by);
        let desk = Desk {
            incident: fold.incident(),
            now,
            typed_last: fold.typed_last(&by_raw),
            undo: warroom::log::undo::last_counting(&ledger, &by_raw),
            redo: None,
        };
        match grammar::read(line, &desk) {
            Ok(Line::Change(change)) => add(&mut ledger, by, now, *change),
            other => panic!("{line}: {other:?}"),
        }
    }
    Fold::of(&ledger).incident().clone()
}

fn report(incident: &Incident) -> String {
    markdown::render(&Outline::of(incident))
}

#[test]
fn a_night_with_two_wrong_paths() {
    let incident = typed(
        "UTC",
        "2025-01-11T01:00:00Z",
        &[
            "/started 23:30 certificate ran out",
            "/detected 23:41 synthetic check #maps",
            "/suspect 23:43 tile server: it was updated yesterday",
            "/test 23:44 tile server: ask one directly @bob for:10m",
            "bob> /against 23:45 tile server: it answers when asked directly",
            "bob> /out 23:46 tile server: it answers",
            "/suspect 23:50 DNS",
            "/worse 23:58 DNS: flushing the cache took the other sites down for a minute",
            "/out 00:05 DNS: names resolve",
            "/confirm 00:10 certificate: it ran out at half past eleven",
            "/star last",
            "/identified 00:10",
            "a line nobody wants",
            "/strike last",
            "/mitigated 00:20 old certificate put back",
            "/resolved 00:40",
            "/resolved 00:45",
            "/impact Maps stayed grey",
            "/affected about 30% of visitors",
            "/affected 1,200 support calls",
            "/cause Nobody renewed the certificate",
            "/factor The reminder goes to somebody who left",
            "/workaround The old certificate was extended",
            "/fix Renewal is automatic",
            "/improve Renew all certificates automatically #prevent",
            "+ Move the reminder @bob due:2025-01-20 p1 #prevent link:https://tickets.example/7",
            "+ Count the certificates",
            "/drop 3: the scanner does it",
            "/well The old certificate was still at hand",
            "/role commander @alice",
            "/update public: We know why and are on it",
            "/decide Put the old one back first @alice",
            "/link Graph https://graphs.example/maps",
            "/link Sketch sketch.png",
            "/note Vendor: case 12 is open",
            "?load balancer",
            "/test load balancer",
        ],
    );
    insta::assert_snapshot!(report(&incident));
}

#[test]
fn a_morning_on_a_twelve_hour_clock_that_goes_on() {
    let incident = typed(
        "America/Los_Angeles",
        "2025-06-03T16:05:00Z",
        &[
            "/clock 12h",
            "/started 9:00 AM",
            "9:10:30 AM first complaint",
            "~9:15 AM traffic halves",
            "9:20..9:25 AM cache restarts",
            "?cache",
        ],
    );
    insta::assert_snapshot!(report(&incident));
}

#[test]
fn what_is_not_known_is_said_and_never_made_up() {
    let incident = typed("UTC", "2025-01-10T10:00:00Z", &[]);
    let text = report(&incident);
    for part in [
        "**Duration:** not recorded",
        "**Impact:** not recorded",
        "**Root Cause:** not recorded",
        "No entries yet.",
    ] {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    assert!(!text.contains("Misleading paths"));

    let no_start =
        typed("UTC", "2025-01-10T10:00:00Z", &["09:00 first sign", "/resolved 09:50", "/out 09:20 DNS"]);
    let text = report(&no_start);
    assert!(
        text.contains("the start was not set; 50 minutes from the first entry (2025-01-10 09:00 UTC)"),
        "{text}"
    );
    assert!(
        text.contains("how long it took is not recorded") && text.contains("no reason recorded"),
        "{text}"
    );
    assert_eq!(no_start.metrics.duration_minutes, None);

    let backwards = typed("UTC", "2025-01-10T10:00:00Z", &["/started 09:30", "/resolved 09:00"]);
    let text = report(&backwards);
    assert!(
        text.contains("not known: started 2025-01-10 09:30 UTC, resolved 2025-01-10 09:00 UTC"),
        "{text}"
    );
    assert!(text.contains("## Doubts") && !text.contains("-30"), "{text}");
}

#[test]
fn a_milestone_that_was_set_anew_is_told_once() {
    let incident = typed(
        "UTC",
        "2025-01-10T10:00:00Z",
        &["/started 09:00", "/started 09:10", "/detected 09:20", "/detected -"],
    );
    let text = report(&incident);
    assert!(text.contains("**09:10 UTC** — Started") && !text.contains("**09:00 UTC**"), "{text}");
    assert!(!text.contains("Detected"), "{text}");
}

#[test]
fn what_is_missing_names_the_command_that_fills_it() {
    let incident = typed("UTC", "2025-01-10T10:00:00Z", &["?cache", "/out DNS", "/closed"]);
    let outline = Outline::of(&incident);
    let gaps: Vec<_> = outline.missing.iter().map(|g| (g.what.as_str(), g.command.as_str())).collect();
    assert!(gaps.contains(&("the root cause", "/cause ")));
    assert!(gaps.contains(&("a verdict on cache: /confirm, /out or /park", "/against cache: ")));
    assert!(gaps.contains(&("why DNS was ruled out", "/out DNS: ")), "{gaps:?}");
}

/// Lines with a hostile text in every place where one can stand.
fn lines_with(text: &str) -> Vec<String> {
    [
        "\\{}",
        "/title \\{}",
        "/impact \\{}",
        "/summary \\{}",
        "/cause \\{}",
        "/trigger \\{}",
        "/detection \\{}",
        "/workaround \\{}",
        "/fix \\{}",
        "/service \\{}",
        "/affected x {}",
        "/loss \\{}",
        "/factor \\{}",
        "/well \\{}",
        "/wrong \\{}",
        "/lucky \\{}",
        "/link x {} y",
        "/note x: {}",
        "/role x @{}",
        "/update \\{}",
        "/decide \\{} .",
        "?x{}",
        "/test x{}: {}",
        "/worse x{}: {}",
        "/out x{}: {}",
        "/confirm y: {}",
        "?z: {}",
        "+ x {} y",
        "/improve x {} y",
        "/drop 1: {}",
        "/started {}",
    ]
    .iter()
    .map(|line| line.replace("{}", text))
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Wherever text stands in the report, a CommonMark reader sees no HTML, image, link, table or emphasis of its making.
    #[test]
    fn text_makes_nothing_in_the_report(
        text in "[a-z*_`<>\\[\\]()#+.!|~&$@:/\\\\ -]{1,24}".prop_filter("a subject", |t| !t.trim().is_empty() && !t.contains(": ") && !t.trim_end().ends_with(':'))
    ) {
        let text = text.trim();
        let lines = lines_with(text);
        let writer = Writer::from_bits(1);
        let mut ledger = Ledger::default();
        let now = instant("2025-01-10T10:00:00Z");
        for (n, line) in lines.iter().enumerate() {
            let fold = Fold::of(&ledger);
            let desk = Desk { incident: fold.incident(), now, typed_last: None, undo: None, redo: None };
            // Some places refuse some texts; what they take is what counts.
            if let Ok(Line::Change(change)) = grammar::read(line, &desk) {
                let stamp = Stamp { ms: 1_736_503_200_000, counter: 0, writer, n: n as u64 + 1 };
                ledger.insert(Stamped { stamp, by: Raw::new(text), from: None, wall: None, over: None, after: None, body: (*change).into() });
            }
        }
        let report = report(Fold::of(&ledger).incident());
        let parser = Parser::new_ext(
            &report,
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH,
        );
        let mut depth = 0;
        for event in parser {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(of))) if of.as_ref() == "mermaid" => {}
                Event::Start(Tag::Emphasis | Tag::Strikethrough | Tag::Image { .. } | Tag::Link { .. } | Tag::Table(_)
                    | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_))
                | Event::Html(_) | Event::InlineHtml(_) | Event::Rule | Event::TaskListMarker(_)
                | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    prop_assert!(false, "{event:?} from {text:?} in:\n{report}");
                }
                Event::Start(Tag::List(_)) => depth += 1,
                Event::End(pulldown_cmark::TagEnd::List(_)) => depth -= 1,
                _ => prop_assert!(depth <= 2, "a list within a list within a list from {text:?} in:\n{report}"),
            }
        }
    }
}

#[test]
fn a_title_keeps_its_last_sharp() {
    let incident = typed("UTC", "2025-01-10T10:00:00Z", &["/title Room C #", "/note Chord C ##: x"]);
    let text = report(&incident);
    let parsed: String = Parser::new(&text)
        .filter_map(|e| if let Event::Text(t) = e { Some(t.to_string()) } else { None })
        .collect();
    assert!(parsed.starts_with("Room C #") && parsed.contains("Chord C ##"), "{text}");
}

#[test]
fn only_allowed_targets_become_links() {
    let incident = typed(
        "UTC",
        "2025-01-10T10:00:00Z",
        &[
            "/link ok https://a.example/x",
            "/link bad javascript:alert(1)",
            "/link file diagram.png",
            "/link data data:text/html,x",
        ],
    );
    let text = report(&incident);
    assert!(text.contains("[ok](https://a.example/x)"), "{text}");
    assert!(text.contains("diagram.png"), "{text}");
    assert_eq!(text.matches("](").count(), 1, "{text}");
}
