//! What pages hold besides their words: comments, front matter, what is struck out, contents; lessons under any heading; two outages
//! in one document.

use warroom::import::{self, Found, Reading};
use warroom::log::{Change, List};
use warroom::model::MilestoneKind;

const TIMES: &str =
    "## Timeline\n- 2024-05-01 10:00 UTC ovens cold\n- 2024-05-01 11:00 UTC resolved, ovens hot\n\n";

fn read(text: &str) -> Reading {
    import::read(text.as_bytes(), "outage.md").unwrap()
}

/// The items of a list, without what was struck off it.
fn items(reading: &Reading, which: List) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for Found { change, .. } in &reading.found {
        match change {
            Change::ItemAdded { list, text } if *list == which => items.push(text.as_typed().to_owned()),
            Change::NoteAdded { heading, text } if which == List::Notes => {
                items.push(format!("{}: {}", heading.as_typed(), text.as_typed()));
            }
            Change::ItemStruck { list, text } if *list == which => {
                items.retain(|item| item != text.as_typed());
            }
            Change::LinkAdded { url, .. } if which == List::Links => items.push(url.as_typed().to_owned()),
            _ => {}
        }
    }
    items
}

fn rows(reading: &Reading) -> Vec<&str> {
    let row = |found: &'_ Found| match &found.change {
        Change::EntryAdded { text, .. } => Some(text.as_typed().to_owned().leak() as &str),
        _ => None,
    };
    reading.found.iter().filter_map(row).collect()
}

fn at(reading: &Reading, which: MilestoneKind) -> Option<String> {
    reading.found.iter().find_map(|found| match &found.change {
        Change::MilestoneSet { milestone, when: Some(moment), .. } if *milestone == which => {
            moment.at.time.map(|time| time.format("%H:%M").to_string())
        }
        _ => None,
    })
}

#[test]
fn a_hidden_comment_is_kept_and_not_published() {
    let reading =
        read(&format!("# Cold ovens\n\n<!-- Emil forgot it, do not say so -->\n\n<!-- --- -->\n\n{TIMES}"));
    let kept = reading.found.iter().any(|found| {
        matches!(&found.change, Change::NoteAdded { text, .. } if text.as_typed().contains("Emil forgot"))
    });
    assert!(kept, "{reading:?}");
    assert_eq!(items(&reading, List::Notes), Vec::<String>::new());
    let doubts = items(&reading, List::Warnings);
    assert!(doubts.iter().any(|doubt| doubt.starts_with("line 3: a comment")), "{doubts:?}");
    assert!(!doubts.iter().any(|doubt| doubt.contains("Emil")));
}

#[test]
fn what_is_struck_out_says_so_and_blanks_are_none() {
    let reading = read(
        "<h1>Cold ovens</h1>\n<style>\np { color: red }\n</style>\n<script>var burnt = 1;</script>\n<h2>Timeline</h2>\n<ul><li>2024-05-01 10:00 UTC ovens \
         <s>dead</s> cold</li><li>11:00 UTC resolved</li></ul>\n<h2>Remarks</h2>\n<p>&nbsp;</p>\n<p>Bring&nbsp;gas</p>\n",
    );
    assert_eq!(rows(&reading), ["ovens ~~dead~~ cold", "resolved"]);
    assert_eq!(items(&reading, List::Notes), ["Remarks: Bring gas"]);
}

#[test]
fn contents_are_no_links() {
    let reading = read(&format!(
        "# Cold ovens\n\n- [Timeline](#timeline)\n- [Gas](#gas)\n- [The dealer](https://gas.example/dealer)\n\n{TIMES}## Gas\n\nIt was out.\n"
    ));
    assert_eq!(items(&reading, List::Links), ["https://gas.example/dealer"]);
    assert!(!items(&reading, List::Notes).iter().any(|note| note.contains("#gas")));
}

#[test]
fn front_matter_names_services_and_author() {
    let reading = read(&format!(
        "---\ntitle: Cold ovens\nservices: [ovens, \"shop\"]\ncomponents:\n  - gas\nauthor: Rosa B.\nseverity: SEV-2\nmood: cold\n---\n\n{TIMES}"
    ));
    assert_eq!(items(&reading, List::Services), ["ovens", "shop", "gas"]);
    assert_eq!(items(&reading, List::Notes), ["From the document: mood: cold"]);
    assert_eq!(reading.severity, Some(2));
    let author = |found: &Found| matches!(&found.change, Change::RoleTaken { role, name, .. } if role.as_typed() == "author" && name.as_typed() == "Rosa B.");
    assert!(reading.found.iter().any(author));
}

#[test]
fn lessons_under_any_heading() {
    for heading in [
        "Lessons",
        "Lessons learnt",
        "What we learned",
        "Takeaways",
        "Key takeaways",
        "Learnings",
        "Moral of the story",
    ] {
        let reading = read(&format!(
            "# Cold ovens\n\n{TIMES}## {heading}\n\n- The dealer was quick.\n- The scale was broken.\n- Luckily it was a Sunday.\n\n## Action items\n\n- Weigh the bottle\n"
        ));
        assert_eq!(items(&reading, List::WentWell), ["The dealer was quick."], "{heading}");
        assert_eq!(items(&reading, List::WentWrong), ["The scale was broken."], "{heading}");
        assert_eq!(items(&reading, List::Lucky), ["Luckily it was a Sunday."], "{heading}");
    }
}

#[test]
fn a_due_day_beside_a_name() {
    let reading =
        read(&format!("# Cold ovens\n\n{TIMES}## Action items\n\n- Weigh the bottle (Rosa, 3 Jun 2024)\n"));
    let due = reading.found.iter().find_map(|found| match &found.change {
        Change::ActionAdded { owner, due, .. } => {
            Some((owner.clone()?.as_typed().to_owned(), (*due)?.to_string()))
        }
        _ => None,
    });
    assert_eq!(due, Some(("Rosa".into(), "2024-06-03".into())));
}

#[test]
fn two_outages_in_one_document_are_doubted() {
    let doubt = |text: &str| {
        items(&read(text), List::Warnings).into_iter().find(|doubt| doubt.contains("second outage"))
    };
    let two = "# Ovens in May\n\n## 2024-05-01 Ovens cold\n- 10:00 UTC ovens down\n- 11:00 UTC resolved\n\n\
        ## 2024-05-09 Ovens cold again\n- 09:00 UTC ovens down again\n- 09:40 UTC resolved\n";
    assert!(
        doubt(two)
            .is_some_and(|doubt| doubt.starts_with("line 8: a second outage may begin here, 190 hours"))
    );
    let long = "# Ovens\n\n- 2024-05-01 10:00 UTC ovens down\n- 2024-05-02 23:00 UTC still down\n- 2024-05-03 01:00 UTC resolved\n\
        - 2024-05-06 09:00 UTC postmortem meeting\n";
    assert_eq!(doubt(long), None);
}

#[test]
fn what_a_row_tells_besides_its_time() {
    let reading = read(
        "# Ovens\n\n2024-05-01, UTC\n\n### 02:40 Ovens cool down\n\nNo alarm rang.\n\n```\ngas 0.0 bar\n```\n\n### 03:05 Alarm wakes Rosa\n\n\
         Rosa acknowledges at 03:07.\n\n### 03:40 Resolved\n\nHot.\n",
    );
    assert!(rows(&reading)[0].ends_with("gas 0.0 bar"), "{:?}", rows(&reading));
    assert_eq!(at(&reading, MilestoneKind::Detected).as_deref(), Some("03:05"));
    assert_eq!(at(&reading, MilestoneKind::Acknowledged).as_deref(), Some("03:07"));
}
