//! What lies over the panes and is laid out for the width: the report beside what it lacks, and the phases.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use crossterm::event::KeyCode;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use ratatui::style::Modifier;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;
use warroom::export::outline::phases::{Part, Scale, Stretch};
use warroom::export::{Outline, Phases, markdown as written};
use warroom::model::{Incident, Instant, MilestoneKind, Zone};
use warroom::settings::CheckSettings;
use warroom::text::Raw;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Msg, markdown, phases};

use super::scene::{Scene, utc};
use super::stage::{Stage, look};

/// A night with all milestones, and hypotheses of every end.
const NIGHT: [&str; 14] = [
    "/started 2024-08-09 23:10 the batch began",
    "/detected 2024-08-09 23:40",
    "/suspect 2024-08-09 23:42 network: two sites at once",
    "/out 2024-08-09 23:55 network: both pings are clean",
    "/suspect 2024-08-09 23:56 batch job",
    "/confirm 2024-08-10 00:20 batch job: it holds every lock",
    "/identified 2024-08-10 00:20",
    "/mitigated 2024-08-10 00:25 job killed",
    "/suspect 2024-08-10 00:30 scheduler: who started it twice",
    "/park 2024-08-10 00:35 scheduler: not tonight",
    "/out 2024-08-10 00:05 firewall: no rule changed",
    "/resolved 2024-08-10 01:10",
    "+ Give the batch its own database @bob",
    "/cause The batch ran twice",
];

fn text(line: &Line<'_>) -> String {
    line.spans.iter().map(|span| span.content.as_ref()).collect()
}

fn laid_out(source: &str, width: usize) -> Vec<String> {
    markdown::lines(&Raw::new(source), width, look(Depth::Indexed)).iter().map(text).collect()
}

/// The columns a row takes as it is drawn: grapheme by grapheme, span by span.
fn columns(line: &Line<'_>) -> usize {
    line.spans.iter().flat_map(|span| span.content.graphemes(true)).map(UnicodeWidthStr::width).sum()
}

/// The text of a piece of Markdown, without code blocks.
fn words(source: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut in_code = false;
    let mut out = String::new();
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code => out.push_str(&text),
            Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Start(Tag::List(_)) | Event::End(_) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// How often each character that is seen occurs.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

#[test]
fn the_report_in_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(KeyCode::F(4));
        insta::assert_snapshot!(format!("report_{columns}x{rows}"), stage.draw());
    }
}

#[test]
fn the_phases_in_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(KeyCode::F(2));
        insta::assert_snapshot!(format!("phases_{columns}x{rows}"), stage.draw());
    }
}

#[test]
fn the_phases_of_a_night_are_drawn_to_scale() {
    let scene = Scene::new("Europe/Berlin").after(&NIGHT);
    let (incident, now) = (scene.incident(), scene.now);
    for width in [100, 40] {
        let rows = phases::lines(&Phases::of(&incident, now), &incident, width, look(Depth::Indexed));
        let rows: Vec<String> = rows.iter().map(|row| text(row).trim_end().to_owned()).collect();
        insta::assert_snapshot!(format!("a_night_{width}"), rows.join("\n"));
    }
}

#[test]
fn markdown_is_laid_out() {
    let source = "\
# Title of *it*\n\nFirst paragraph with **bold words** and `code`, long enough to be wrapped at forty.\nSoft \\\nhard.\n\n\
## Second\n\n- one\n  - nested, and so long that it goes on in a second row\n    1. deep\n    2. deeper\n- [x] done\n- [ ] open\n\n\
9. nine\n10. ten\n\n> quoted words that need more than one row here\n>\n> - in a list\n\n### Third\n\n#### Fourth\n\n\
```sh\nls --color=never /var/lib/something/quite/deep\n\n\tindented\n```\n\n---\n\n\
[label](https://a.example/x) and <https://b.example> and ![a graph](g.png \"of load\")\n\n\
<div>raw</div>\n\n~~struck~~ <b>inline</b>\n\n\
| service | errors | note |\n|:--|--:|:-:|\n| api | 12 | 日本語 wide |\n| checkout | 3 | all of it was slow for an hour |\n";
    for width in [40, 20] {
        insta::assert_snapshot!(format!("markdown_{width}"), laid_out(source, width).join("\n"));
    }
}

#[test]
fn looks_are_told_by_modifiers() {
    let lines = markdown::lines(
        &Raw::new("**b** *i* ~~s~~ [l](https://a.example) *both **at** once*"),
        80,
        look(Depth::Indexed),
    );
    let modifier = |word: &str| {
        let spans = lines.iter().flat_map(|line| &line.spans);
        spans.filter(|span| span.content.trim() == word).map(|span| span.style.add_modifier).next().unwrap()
    };
    assert_eq!(modifier("b"), Modifier::BOLD);
    assert_eq!(modifier("i"), Modifier::ITALIC);
    assert_eq!(modifier("s"), Modifier::CROSSED_OUT);
    assert_eq!(modifier("l"), Modifier::UNDERLINED);
    assert_eq!(modifier("at"), Modifier::BOLD.union(Modifier::ITALIC));
    assert_eq!(modifier("once"), Modifier::ITALIC);
}

#[test]
fn a_table_that_is_too_narrow_becomes_a_list() {
    let source = "| when | what |\n|--|--|\n| 10:40 | everything stopped |\n| 10:55 | it went on |\n";
    assert_eq!(laid_out(source, 40)[1], "──────┼───────────────────");
    assert_eq!(
        laid_out(source, 16),
        ["• when: 10:40", "  what:", "  everything", "  stopped", "• when: 10:55", "  what: it went", "  on"]
    );
}

/// The blocks of the Markdown that are generated: each has the words that have to be seen.
fn any_block() -> impl Strategy<Value = String> {
    let word = "[a-zA-Z0-9äß語]{1,7}";
    let line = proptest::collection::vec(word, 1..14).prop_map(|words| words.join(" "));
    let cell = proptest::collection::vec(word, 0..5).prop_map(|words| words.join(" "));
    let row = proptest::collection::vec(cell, 1..5).prop_map(|cells| format!("| {} |", cells.join(" | ")));
    prop_oneof![
        line.clone(),
        (1..7usize, line.clone()).prop_map(|(level, line)| format!("{} {line}", "#".repeat(level))),
        (line.clone(), line.clone(), 0..5usize)
            .prop_map(|(a, b, depth)| format!("{0}- {a}\n{0}- **{b}**", "  ".repeat(depth))),
        (line.clone(), 0..10u8)
            .prop_map(|(line, first)| format!("{first}. {line}\n   1. _{line}_\n\n   {line}")),
        (line.clone(), 1..9usize).prop_map(|(line, depth)| format!("{} {line}", ">".repeat(depth))),
        line.clone().prop_map(|line| format!("```\n{line}\n```")),
        line.clone().prop_map(|line| format!("[{line}](https://x.example/y) ~~{line}~~ `{line}`\\\n{line}")),
        line.clone().prop_map(|line| format!("<p>{line}\n{line}")),
        (row.clone(), proptest::collection::vec(row, 0..5)).prop_map(|(head, rows)| {
            let rule = "|--".repeat(head.matches(" | ").count() + 1);
            format!("{head}\n{rule}|\n{}", rows.join("\n"))
        }),
        Just("---".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_wider_than_the_width_and_nothing_acts(
        source in prop_oneof!["\\PC{0,200}", "[-#>*_`|~<>!\\[\\]()0-9. a-c語\\u{0}-\\u{20}\\u{7f}-\\u{9f}\\u{202e}\\u{200b}\\u{301}👩🏽\\u{200d}]{0,200}"],
        width in 1..=300usize,
    ) {
        let lines = markdown::lines(&Raw::new(source.as_str()), width, look(Depth::Indexed));
        for line in &lines {
            prop_assert!(columns(line) <= width, "{:?} at {width}", text(line));
            let safe = text(line).chars().all(|c| !c.is_control() && !matches!(c, '\u{202e}' | '\u{200b}'));
            prop_assert!(safe, "{:?}", text(line));
        }
        if width >= 20 {
            let shown = counted(&lines.iter().map(text).collect::<String>());
            for (c, count) in counted(Raw::new(words(&source)).for_term().as_str()) {
                // Marks above the fourth, and joiners, depend on what they stand beside.
                if c.width_alone() > 0 && c != '⏎' {
                    prop_assert!(shown.get(&c).is_some_and(|shown| *shown >= count), "{c:?} of {source:?}");
                }
            }
        }
    }

    #[test]
    fn no_word_is_lost(blocks in proptest::collection::vec(any_block(), 1..12), width in 20..=300usize) {
        let source = blocks.join("\n\n");
        let rows = markdown::lines(&Raw::new(source.as_str()), width, look(Depth::Indexed));
        prop_assert!(rows.iter().all(|row| columns(row) <= width));
        let shown = rows.iter().map(text).collect::<Vec<_>>().join("\n");
        for word in words(&source).split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
            prop_assert!(shown.contains(word), "{word:?} is lost at {width}:\n{source}\n=>\n{shown}");
        }
    }

    #[test]
    fn phases_fit_every_width_and_any_times(
        minutes in proptest::collection::vec(proptest::option::of(-600..4_000_000i64), 7),
        raised in proptest::collection::vec((0..3000i64, 0..3000i64), 0..4),
        width in 1..=200usize,
        now in 0..5_000_000i64,
    ) {
        let mut scene = Scene::new("America/New_York");
        let begin = scene.now;
        let at = |minutes: i64| (begin + TimeDelta::minutes(minutes)).format("%Y-%m-%d %H:%M Z").to_string();
        scene.now = begin + TimeDelta::minutes(5_000_000);
        let names = ["started", "detected", "acked", "declared", "identified", "mitigated", "resolved"];
        for (name, minutes) in names.iter().zip(&minutes) {
            if let Some(minutes) = minutes {
                scene.say(&format!("/{name} {}", at(*minutes)));
            }
        }
        for (nth, (raised, closed)) in raised.iter().enumerate() {
            scene.say(&format!("/suspect {} cause {nth}", at(*raised)));
            scene.say(&format!("/out {} cause {nth}: no", at(*closed)));
        }
        let incident = scene.incident();
        let found = Phases::of(&incident, begin + TimeDelta::minutes(now));
        let parts: Vec<Part> = found.phases.iter().flat_map(|phase| phase.parts.clone()).collect();
        prop_assert_eq!(parts, Part::ALL, "each phase once, in order");
        prop_assert!(found.scale.from <= found.scale.to);
        let stretches = found.phases.iter().map(|p| p.stretch).chain(found.hypotheses.iter().map(|h| h.stretch));
        for (from, to) in stretches.filter_map(|stretch| stretch.ends()) {
            prop_assert!(found.scale.from <= from && from <= to && to <= found.scale.to);
        }
        let ticks = found.scale.ticks(&incident.zone, 9);
        prop_assert!(ticks.len() <= 9, "{} ticks", ticks.len());
        for line in phases::lines(&found, &incident, width, look(Depth::Indexed)) {
            prop_assert!(columns(&line) <= width, "{:?} at {width}", text(&line));
        }
    }
}

trait WidthAlone {
    fn width_alone(self) -> usize;
}

impl WidthAlone for char {
    fn width_alone(self) -> usize {
        self.to_string().width()
    }
}

#[test]
fn every_sentence_of_the_report_is_in_its_rows() {
    let scene = Scene::new("GMT").after(&NIGHT);
    let incident = scene.incident();
    let source = written::render(&Outline::of(&incident));
    for width in [200, 76, 30] {
        let shown = laid_out(&source, width).join(" ");
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut diagram = false;
        for event in Parser::new(&source) {
            // Of a diagram only is told that it is there.
            match &event {
                Event::Start(Tag::CodeBlock(_)) => diagram = true,
                Event::End(TagEnd::CodeBlock) => diagram = false,
                _ => {}
            }
            if let Event::Text(sentence) = event
                && !diagram
            {
                let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(shown.contains(&sentence), "{sentence:?} is not in {shown}");
            }
        }
    }
}

#[test]
fn what_is_missing_stands_beside_the_report_or_before_it() {
    let mut stage = Stage::new(100, 44).with_an_outage();
    stage.key(KeyCode::F(4)).shows("│ Still missing: 6");
    stage.shows("/resolved …");
    stage.key(KeyCode::End).shows("│ Still missing: 6");
    stage.shows("│ To look at: 2");
    stage.shows("the third ticket\" (number 2):");
    stage.key(KeyCode::Esc).screen.backend_mut().resize(99, 30);
    stage.key(KeyCode::F(4)).key(KeyCode::Home);
    let shown = stage.draw();
    let place = |part: &str| shown.find(part).unwrap();
    assert!(place("Still missing: 6") < place("Issue Summary"));
    stage.key(KeyCode::End).hides("Still missing");
}

#[test]
fn of_what_is_found_only_the_gravest_is_shown_in_the_room() {
    let mut stage = Stage::new(120, 60).with_an_outage();
    for line in
        ["/cause Human error", "/wrong The on-call should have asked", "+ More tests", "+ Better docs"]
    {
        stage.logs(line);
    }
    stage.key(KeyCode::F(4)).shows("│ To look at: 10");
    stage.shows("│   root cause: \"Human error\"");
    stage.shows("│   what went wrong 1: \"should");
    stage.shows("│   5 more: `warroom check`");
    let off = CheckSettings { off: vec!["human-error".into()], ..CheckSettings::default() };
    let session = super::stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
    let room = warroom::tui::Room::new(session, stage.house.path(), look(Depth::Indexed), Keymap::default());
    stage.room = room.with_check(&off);
    stage.key(KeyCode::F(4)).until("│ To look at: 9");
    stage.hides("Human error\" ends the");
}

#[test]
fn more_is_missing_than_fits_beside_the_report() {
    let mut stage = Stage::new(120, 24);
    for nth in 0..20 {
        stage.logs(&format!("?cause {nth:02}"));
    }
    stage.key(KeyCode::F(4)).shows("│ Still missing: 27");
    stage.hides("a verdict on cause 19");
    for _ in 0..26 {
        stage.key(KeyCode::Down);
    }
    stage.shows("/test cause 19: …");
}

#[test]
fn a_report_that_lacks_nothing_says_so() {
    let lines = [
        "/started 09:00",
        "/resolved 09:20",
        "/impact Nobody could upload",
        "/affected all new accounts",
        "/cause A limit of zero",
        "/fix The limit is back",
        "+ Test the default",
    ];
    for size in [(120, 30), (60, 30)] {
        let mut stage = Stage::new(size.0, size.1);
        for line in lines {
            stage.logs(line);
        }
        stage.key(KeyCode::F(4)).shows("Nothing is missing");
        stage.hides("Still missing");
    }
}

#[test]
fn the_report_says_how_far_one_is_and_follows_what_is_logged() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    stage.key(KeyCode::F(4)).shows(" Report · 1–17 of 87 ·");
    stage.key(KeyCode::PageDown).shows(" 17–33 of 87 ·");
    stage.key(KeyCode::End).shows(" 71–87 of 87 ·");
    stage.room.take(Msg::Wheel { up: true, at: (5, 5).into() });
    stage.shows(" 68–84 of 87 ·");
    stage.screen.backend_mut().resize(60, 24);
    stage.shows(" of 102 ·");
    stage.screen.backend_mut().resize(80, 24);
    stage.key(KeyCode::Home).shows(" 1–17 of 87 ·");
    stage.hides("impact was seen");
    stage.types("x").hides("Report ·");
    assert_eq!(stage.prompt(), "x", "typing goes on in the prompt");
    stage.ctrl('c').logs("/impact impact was seen").key(KeyCode::F(4)).shows("Report · 1–17");
    stage.key(KeyCode::PageDown).shows("impact was seen");
    // From the other side: another process writes while the report is open.
    let other = super::stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
    let mut second =
        warroom::tui::Room::new(other, stage.house.path(), look(Depth::Indexed), Keymap::default());
    for c in "/title Seen from elsewhere".chars() {
        second.take(Msg::Key(KeyCode::Char(c).into()));
    }
    second.take(Msg::Key(KeyCode::Enter.into()));
    second.leave().unwrap();
    stage.key(KeyCode::Home).until("Seen from elsewhere");
    stage.until("│ Seen from elsewhere");
}

/// Which phases there are, with their minutes, and the milestones that are asked for.
fn told(incident: &Incident, now: Instant) -> Vec<(String, Option<i64>, Vec<MilestoneKind>)> {
    let found = Phases::of(incident, now);
    let told = found.phases.iter().map(|phase| {
        let names = phase.parts.iter().map(|part| part.word()).collect::<Vec<_>>().join("+");
        let running = if matches!(phase.stretch, Stretch::Running { .. }) { "…" } else { "" };
        let minutes = phase.stretch.length().map(|length| length.num_minutes());
        (names + running, minutes, phase.lacks.iter().map(|(kind, _)| *kind).collect())
    });
    told.collect()
}

#[test]
fn phases_lie_between_the_milestones_that_are_known() {
    use MilestoneKind as M;
    let scene = Scene::new("UTC").at("2024-08-10 13:00");
    let say = |scene: &mut Scene, line: &str| {
        scene.say(line);
        told(&scene.incident(), scene.now)
    };
    let mut scene = scene;
    let none = told(&scene.incident(), scene.now);
    let all = "detect+diagnose+fix+recover".to_owned();
    assert_eq!(none, [(all, None, vec![M::Started, M::Detected, M::Identified])], "nothing is known");
    let ahead = |name: &str| (name.to_owned(), None, vec![]);
    assert_eq!(
        say(&mut scene, "/started 12:00"),
        [("detect…".into(), Some(60), vec![M::Detected]), ahead("diagnose"), ahead("fix"), ahead("recover")]
    );
    assert_eq!(
        say(&mut scene, "/identified 12:40"),
        [
            ("detect+diagnose".into(), Some(40), vec![M::Detected]),
            ("fix…".into(), Some(20), vec![M::Mitigated]),
            ahead("recover")
        ]
    );
    assert_eq!(say(&mut scene, "/detected 12:40")[1], ("diagnose".into(), Some(0), vec![]), "no time at all");
    assert_eq!(
        say(&mut scene, "/resolved 12:50")[2..],
        [("fix+recover".into(), Some(10), vec![M::Mitigated])],
        "what is missing in between parts nothing"
    );
    let wrong = say(&mut scene, "/detected 11:50");
    assert_eq!(wrong[0], ("detect".into(), None, vec![]), "the end is before the beginning");
    assert_eq!(wrong[1].1, Some(50));
    let no_start = say(&mut scene, "/started -");
    assert_eq!(no_start[0], ("detect".into(), None, vec![M::Started]));
}

#[test]
fn hypotheses_last_until_their_verdict_or_until_now() {
    let mut scene = Scene::new("UTC").after(&NIGHT).at("2024-08-11 09:00");
    let found = Phases::of(&scene.incident(), scene.now);
    let lengths: Vec<_> = found
        .hypotheses
        .iter()
        .map(|h| (h.subject.for_term().to_string(), h.stretch.length().map(|l| l.num_minutes())))
        .collect();
    let expected =
        [("network", Some(13)), ("batch job", Some(24)), ("scheduler", Some(40)), ("firewall", None)];
    assert_eq!(lengths, expected.map(|(name, minutes)| (name.to_owned(), minutes)));
    assert_eq!(found.scale.to, utc("2024-08-10 01:10"), "what is over does not go on");
    scene.say("/status investigating");
    let found = Phases::of(&scene.incident(), scene.now);
    assert_eq!((found.running, found.scale.to), (true, scene.now));
    assert_eq!(found.hypotheses[2].stretch.length(), Some(scene.now - utc("2024-08-10 00:30")));
}

#[test]
fn a_scale_has_round_ticks_and_knows_its_ends() {
    let scale = Scale { from: utc("2024-08-10 10:07"), to: utc("2024-08-10 11:33") };
    let zone = Zone::read("Asia/Kolkata", None).unwrap();
    let shown = |at: &Instant| zone.at(*at).format("%H:%M").to_string();
    let ticks: Vec<_> = scale.ticks(&zone, 5).iter().map(shown).collect();
    assert_eq!(ticks, ["16:00", "16:30", "17:00"]);
    assert_eq!(scale.place(scale.from, 80), 0);
    assert_eq!(scale.place(scale.to, 80), 80);
    assert_eq!(scale.place(utc("2024-08-10 10:50"), 80), 40);
    assert_eq!(scale.place(utc("2030-01-01 00:00"), 80), 80);
    assert_eq!(scale.place(utc("2000-01-01 00:00"), 80), 0);
    let point = Scale { from: scale.from, to: scale.from };
    assert_eq!((point.place(scale.to, 80), point.ticks(&zone, 0).len()), (0, 0));
    let ages = Scale { from: utc("1970-01-01 00:00"), to: utc("9999-12-31 23:59") };
    assert!((1..=6).contains(&ages.ticks(&zone, 6).len()));
}

#[test]
fn the_phases_go_on_while_one_looks() {
    let mut stage = Stage::new(100, 24);
    stage.logs("/started 09:10").logs("/detected 09:20").key(KeyCode::F(2)).shows("▒ diagnose: 10m so far");
    stage.shows("/identified 09:30 ends it");
    stage.clock.go_on(25 * 60);
    stage.shows("▒ diagnose: 35m so far");
    stage.key(KeyCode::F(4)).shows(" Report ·");
    stage.key(KeyCode::Esc).hides("diagnose");
}

#[test]
fn no_time_is_made_up_for_a_milestone_that_is_not_known() {
    let mut stage = Stage::new(100, 24);
    stage.logs("/started 09:10").logs("/detected 09:20").logs("/resolved 09:40");
    stage.key(KeyCode::F(2)).shows("/identified TIME, /mitigated TIME would part");
}

#[test]
fn the_smallest_screens_do_no_harm_to_either() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    for overlay in [2, 4] {
        stage.key(KeyCode::F(overlay));
        for (columns, rows) in (0..12).flat_map(|columns| (0..9).map(move |rows| (columns, rows))) {
            stage.screen.backend_mut().resize(columns, rows);
            stage.draw();
            stage.key(KeyCode::End).draw();
        }
    }
}

#[test]
fn deep_nesting_does_no_harm() {
    for mark in ["> ", "- ", "1. ", "*", "[", "> - "] {
        let source = format!("{}deep", mark.repeat(2_000));
        let rows = markdown::lines(&Raw::new(source), 40, look(Depth::Indexed));
        assert!(rows.iter().all(|row| columns(row) <= 40));
        assert!(rows.iter().any(|row| text(row).contains("deep")), "{mark:?}");
    }
}
