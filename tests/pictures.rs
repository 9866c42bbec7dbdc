//! The pictures in the report: the flow that mermaid draws, and the timeline that we draw ourselves.

pub mod browser;
pub mod hostile;
mod outages;
pub mod reading;

use std::path::{Path, PathBuf};
use std::process::Command;

use outages::{invoices, logins, payments};
use proptest::prelude::*;
use warroom::export::{mermaid, svg};
use warroom::model::Incident;
use warroom::text::Raw;

use crate::scene::Scene;
use crate::support::House;

/// The three outages by name.
fn outages() -> [(&'static str, Incident); 3] {
    [("logins", logins()), ("invoices", invoices()), ("payments", payments())]
}

#[test]
fn the_flow_of_three_outages() {
    for (name, incident) in outages() {
        let flow = mermaid::flow(&incident);
        reading::flow(&flow);
        insta::assert_snapshot!(format!("{name}.mmd"), flow);
    }
}

#[test]
fn the_timeline_of_three_outages() {
    for (name, incident) in outages() {
        let timeline = svg::timeline(&incident);
        reading::timeline(&timeline);
        insta::assert_snapshot!(format!("{name}.svg"), timeline);
    }
}

#[test]
fn the_shell_prints_them() {
    let house = House::new();
    house.done(&["new", "Logins time out", "--tz", "UTC", "--detach"]);
    house.say("/started 2025-03-04 10:20\n?database: key=AKIAQYLPMN5HHHFPZAM2\n");
    let flow = house.done(&["export", "--format", "mermaid"]);
    assert!(reading::flow(&flow).values().any(|label| label.ends_with("suspected\ndatabase")), "{flow}");
    let timeline = house.done(&["export", "--format", "svg", "-o", "a.svg"]);
    assert_eq!(timeline, "");
    let written = std::fs::read_to_string(house.path().join("a.svg")).unwrap();
    assert!(reading::texts(&reading::timeline(&written)).contains(&"Logins time out"));
    assert!(!written.contains("AKIAQYLPMN5HHHFPZAM2"), "{written}");
}

#[test]
fn the_fence_holds() {
    let fence = mermaid::fence(&hostile::outage("``` \n```\n~~~"));
    assert!(fence.starts_with("```mermaid\nflowchart TD\n") && fence.ends_with("\n```\n"), "{fence}");
    assert_eq!(fence.matches("```").count(), 2);
}

#[test]
fn the_figure_for_a_page_has_no_style_of_its_own() {
    let figure = svg::figure(&logins());
    assert!(!figure.contains("<style") && !figure.contains("<?xml"), "{figure}");
    assert!(svg::timeline(&logins()).contains(svg::RULES) && svg::timeline(&logins()).contains(svg::PALETTE));
}

#[test]
fn what_is_not_known_is_said() {
    let nothing = Incident::default();
    let flow = reading::flow(&mermaid::flow(&nothing));
    assert_eq!(flow["nothing"], "nothing is recorded yet");
    let timeline = svg::timeline(&nothing);
    let document = reading::timeline(&timeline);
    let texts = reading::texts(&document);
    assert!(texts.iter().any(|text| text.starts_with("Nothing can be drawn to scale yet")), "{texts:?}");
    assert!(texts.contains(&"investigating · the start is not recorded"), "{texts:?}");

    let backwards =
        Scene::new("UTC").after(&["/started 12:40", "/detected 12:30", "/resolved 12:35"]).incident();
    let timeline = svg::timeline(&backwards);
    let document = reading::timeline(&timeline);
    let texts = reading::texts(&document);
    assert!(texts.contains(&"detect ends before it begins"), "{texts:?}");
    assert!(
        texts.iter().any(|text| text.contains("how long is not known: started 2024-08-10 12:40 UTC")),
        "{texts:?}"
    );
}

#[test]
fn a_minute_is_told_in_seconds() {
    let lines = ["/started 12:40:05", "/detected 12:40:20", "/resolved 12:40:59", "12:40:30 one restart"];
    let timeline = svg::timeline(&Scene::new("UTC").after(&lines).incident());
    let document = reading::timeline(&timeline);
    let texts = reading::texts(&document);
    assert!(texts.contains(&"12:40:05") && texts.contains(&"12:40:59"), "{texts:?}");
}

/// An outage of one day with this many hypotheses and key entries, two of the hypotheses the cause.
fn crowded(hypotheses: usize, entries: usize) -> Incident {
    let mut incident = logins();
    let (hypothesis, entry) = (incident.hypotheses[0].clone(), incident.timeline[3].clone());
    let later = |at: warroom::model::At, seconds: usize| {
        let seconds = i64::try_from(seconds).unwrap();
        warroom::model::At::from(at.instant().unwrap() + chrono::TimeDelta::seconds(seconds))
    };
    incident.hypotheses.extend((0..hypotheses).map(|nth| {
        let mut next = hypothesis.clone();
        next.subject = warroom::model::Subject::new(&format!("suspect {nth}"));
        next.raised_at = next.raised_at.map(|at| later(at, nth * 20));
        next
    }));
    let more = (0..entries).map(|nth| {
        let mut next = entry.clone();
        next.text = Raw::new(format!("entry {nth}"));
        next.kind = warroom::model::EntryKind::Note;
        next.key = true;
        next.at = later(next.at, nth * 3_600 / entries.max(1));
        next
    });
    incident.timeline = incident.timeline.iter().cloned().chain(more).collect();
    incident
}

#[test]
fn many_stay_readable() {
    let incident = crowded(40, 200);
    let flow = reading::flow(&mermaid::flow(&incident));
    assert_eq!(flow["more"], "and 31 more suspected: 31 ruled out");
    assert!(flow.values().any(|label| label.starts_with("✓ confirmed")), "the cause is there: {flow:?}");
    assert!(flow["more_events"].starts_with("and ") && flow.contains_key("also_1"), "{flow:?}");
    let timeline = svg::timeline(&incident);
    let document = reading::timeline(&timeline);
    let texts = reading::texts(&document);
    assert!(texts.contains(&"and 13 more suspected"), "{texts:?}");
    assert!(texts.contains(&"and 178 more, ticked without a number"), "{texts:?}");
    // No two numbers on the scale touch.
    let circles = document.descendants().filter(|node| node.tag_name().name() == "circle");
    let mut rows = std::collections::BTreeMap::<i32, Vec<i32>>::new();
    for circle in circles.filter(|node| node.attribute("class") == Some("wr-ring")) {
        let number = |name| circle.attribute(name).unwrap().parse::<i32>().unwrap();
        rows.entry(number("cy")).or_default().push(number("cx"));
    }
    let numbered = rows.values().find(|row| row.len() > 1).unwrap();
    assert_eq!(numbered.len(), 24);
    assert!(numbered.windows(2).all(|pair| pair[1] - pair[0] >= 20), "{numbered:?}");
    assert!(numbered.iter().all(|x| (200..=910).contains(x)), "{numbered:?}");
}

#[test]
fn ten_thousand_entries_make_no_larger_picture() {
    let (some, many) = (crowded(40, 1_000), crowded(40, 10_000));
    let sizes = |incident: &Incident| (mermaid::flow(incident).len(), svg::timeline(incident).len());
    let ((flow, timeline), (flow_of_many, timeline_of_many)) = (sizes(&some), sizes(&many));
    assert!(flow_of_many < flow + 200 && timeline_of_many < timeline + 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is typed in whatever field, it stays text.
    #[test]
    fn text_makes_nothing_in_a_picture(
        pieces in prop::collection::vec(prop_oneof![prop::sample::select(hostile::PIECES).prop_map(str::to_owned), any::<String>()], 1..8)
    ) {
        let incident = hostile::outage(&pieces.concat());
        let plain = reading::flow(&mermaid::flow(&logins()));
        let flow = reading::flow(&mermaid::flow(&incident));
        // All entries are key here, so there are more of those.
        prop_assert!(plain.keys().filter(|id| !id.starts_with('e')).all(|id| flow.contains_key(id)));
        reading::timeline(&svg::timeline(&incident));
        reading::timeline(&svg::figure(&incident));
    }
}

/// Hostile outages, made up the same way each time.
fn hostile_flows() -> Vec<String> {
    let pieces = hostile::PIECES;
    let alone = pieces.iter().map(|piece| (*piece).to_owned());
    let pairs = (0..pieces.len() * 2).map(|nth| {
        let (one, other) = (pieces[nth % pieces.len()], pieces[(nth * 7 + 3) % pieces.len()]);
        if nth < pieces.len() { format!("{one}{other}") } else { format!("{other} {one} {other}") }
    });
    alone.chain(pairs).map(|text| mermaid::flow(&hostile::outage(&text))).collect()
}

/// A folder for what the tests that need a browser or node draw.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Where `tests/run.sh` installs mermaid.
fn modules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm/node_modules")
}

#[test]
#[ignore = "needs node, and mermaid and jsdom in target/npm"]
fn mermaid_reads_every_flow() {
    let mut flows: Vec<String> = outages().iter().map(|(_, incident)| mermaid::flow(incident)).collect();
    flows.extend(crate::formats::three().iter().map(|(_, incident)| mermaid::flow(incident)));
    flows.push(mermaid::flow(&Incident::default()));
    flows.push(mermaid::flow(&crowded(40, 10_000)));
    flows.extend(hostile_flows());
    let files = flows.iter().enumerate().map(|(nth, flow)| {
        let file = folder().join(format!("{nth}.mmd"));
        std::fs::write(&file, flow).unwrap();
        file
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/check.mjs");
    let output = Command::new("node").arg(script).arg(modules()).args(files).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(&format!("read {0} of {0}", flows.len())), "{told}");
}

/// Without the diagram, which is code: nothing in it is Markdown.
fn without_diagram(report: &str) -> String {
    match report.split_once("```mermaid\n") {
        Some((before, rest)) => before.to_owned() + rest.split_once("\n```\n").unwrap().1,
        None => report.to_owned(),
    }
}

/// A report without what is code in it: the diagram, and the first lines of files.
pub fn without_code(report: &str) -> String {
    let mut fence = None;
    let mut outside = String::new();
    for line in without_diagram(report).lines() {
        let ticks = line.strip_suffix("text").unwrap_or(line);
        match &fence {
            None if ticks.len() >= 3 && ticks.bytes().all(|b| b == b'`') => fence = Some(ticks.to_owned()),
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None => outside.extend([line, "\n"]),
        }
    }
    assert!(fence.is_none(), "{report}");
    outside
}
