//! Rows of a timeline in every shape: one document of our own words for each.

use warroom::import::{self, Reading};
use warroom::log::{Change, List};

/// What a document is read as.
pub(super) fn read(document: &str) -> Reading {
    import::read(document.as_bytes(), "notes.md").unwrap()
}

/// The rows: when, in which words, and what.
pub(super) fn rows(document: &str) -> Vec<String> {
    let reading = read(document);
    let row = |found: &import::Found| match &found.change {
        Change::EntryAdded { text, when: Some(when), .. } => {
            let until = when.until.map_or(String::new(), |until| format!(" .. {until}"));
            let about = if when.approximate { "~" } else { "" };
            Some(format!("{about}{}{until} | {}", when.at, text.as_typed().replace('\n', " / ")))
        }
        _ => None,
    };
    reading.found.iter().filter_map(row).collect()
}

/// The doubts.
pub(super) fn doubts(document: &str) -> Vec<String> {
    let doubt = |found: &import::Found| match &found.change {
        Change::ItemAdded { list: List::Warnings, text } => Some(text.as_typed().to_owned()),
        _ => None,
    };
    read(document).found.iter().filter_map(doubt).collect()
}

const CALLED: &str = "# Mail queue stuck on 2023-05-04\n\n## Timeline\n\n";
const TWO: [&str; 2] =
    ["2023-05-04T09:10:00Z | Queue length alarm", "2023-05-04T09:40:00Z | Relay restarted, mail flows"];

/// Shapes of a list: what it is called, and the list.
const SHAPES: &[(&str, &str)] = &[
    ("bold", "- **09:10 UTC** - Queue length alarm\n- **09:40 UTC** - Relay restarted, mail flows\n"),
    (
        "bold with colon",
        "- **09:10 UTC:** Queue length alarm\n- **09:40 UTC:** Relay restarted, mail flows\n",
    ),
    ("italic", "* *09:10 UTC* – Queue length alarm\n* *09:40 UTC* – Relay restarted, mail flows\n"),
    ("code", "- `09:10 UTC` Queue length alarm\n- `09:40 UTC` Relay restarted, mail flows\n"),
    ("brackets", "- [09:10 UTC] Queue length alarm\n- [09:40 UTC] Relay restarted, mail flows\n"),
    ("parentheses", "- (09:10 UTC) Queue length alarm\n- (09:40 UTC) Relay restarted, mail flows\n"),
    ("plain bullets", "+ 09:10 UTC: Queue length alarm\n+ 09:40 UTC: Relay restarted, mail flows\n"),
    ("no mark", "09:10 UTC - Queue length alarm\n09:40 UTC - Relay restarted, mail flows\n"),
    ("paragraphs", "09:10 UTC: Queue length alarm\n\n09:40 UTC: Relay restarted, mail flows\n"),
    ("bold paragraphs", "**09:10 UTC** Queue length alarm\n\n**09:40 UTC** Relay restarted, mail flows\n"),
    ("numbered", "1. 09:10 UTC - Queue length alarm\n2. 09:40 UTC - Relay restarted, mail flows\n"),
    ("numbered, stuck", "9.09:10 UTC: Queue length alarm\n10.09:40 UTC: Relay restarted, mail flows\n"),
    ("bullet sign", "• 09:10 UTC – Queue length alarm\n• 09:40 UTC – Relay restarted, mail flows\n"),
    ("dash stuck", "-09:10 UTC: Queue length alarm\n-09:40 UTC: Relay restarted, mail flows\n"),
    ("indented as code", "    09:10 UTC  Queue length alarm\n    09:40 UTC  Relay restarted, mail flows\n"),
    ("tabs", "\t- 09:10 UTC\tQueue length alarm\n\t- 09:40 UTC\tRelay restarted, mail flows\n"),
    (
        "html list",
        "<ul><li><b>09:10 UTC</b>: Queue length alarm</li>\n<li><b>09:40 UTC</b>: Relay restarted, mail flows</li></ul>\n",
    ),
    ("html lines", "<p>09:10 UTC: Queue length alarm<br>09:40 UTC: Relay restarted, mail flows</p>\n"),
    (
        "html table",
        "<table><tr><th>Time (UTC)</th><th>Event</th></tr>\n<tr><td>09:10</td><td>Queue length alarm</td></tr>\n<tr><td>09:40</td><td>Relay restarted, mail flows</td></tr></table>\n",
    ),
    (
        "table",
        "| Time (UTC) | Event |\n|---|---|\n| 09:10 | Queue length alarm |\n| 09:40 | Relay restarted, mail flows |\n",
    ),
    (
        "table without outer pipes",
        "Time (UTC) | Event\n---|---\n09:10 | Queue length alarm\n09:40 | Relay restarted, mail flows\n",
    ),
    (
        "table with date column",
        "| Date | Time | Event |\n|---|---|---|\n| 2023-05-04 | 09:10 UTC | Queue length alarm |\n| | 09:40 UTC | Relay restarted, mail flows |\n",
    ),
    (
        "table, time last",
        "| What happened | When |\n|---|---|\n| Queue length alarm | 09:10 UTC |\n| Relay restarted, mail flows | 09:40 UTC |\n",
    ),
    ("headings", "### 09:10 UTC\n\nQueue length alarm\n\n### 09:40 UTC\n\nRelay restarted, mail flows\n"),
    (
        "headings with text",
        "### 09:10 UTC - Queue length alarm\n\n### 09:40 UTC - Relay restarted, mail flows\n",
    ),
    ("time on its own line", "09:10 UTC:\n\nQueue length alarm\n09:40 UTC:\n\nRelay restarted, mail flows\n"),
    (
        "bold time on its own line",
        "**09:10 UTC**\nQueue length alarm\n\n**09:40 UTC**\nRelay restarted, mail flows\n",
    ),
    ("nested", "- 09:10 UTC\n  - Queue length alarm\n- 09:40 UTC\n  - Relay restarted, mail flows\n"),
    ("quoted", "> 09:10 UTC - Queue length alarm\n> 09:40 UTC - Relay restarted, mail flows\n"),
    ("checked", "- ✅ 09:10 UTC - Queue length alarm\n- ✅ 09:40 UTC - Relay restarted, mail flows\n"),
    ("led by a word", "- At 09:10 UTC, Queue length alarm\n- By 09:40 UTC, Relay restarted, mail flows\n"),
    ("time at the end", "- Queue length alarm (09:10 UTC)\n- Relay restarted, mail flows (09:40 UTC)\n"),
    (
        "time at the end with a word",
        "- Queue length alarm at 09:10 UTC\n- Relay restarted, mail flows at 09:40 UTC\n",
    ),
    (
        "full dates",
        "- 2023-05-04 09:10 UTC: Queue length alarm\n- 2023-05-04 09:40 UTC: Relay restarted, mail flows\n",
    ),
    (
        "rfc 3339",
        "- 2023-05-04T09:10:00Z Queue length alarm\n- 2023-05-04T09:40:00Z Relay restarted, mail flows\n",
    ),
    (
        "words for dates",
        "- **May 4, 2023, 9:10 AM UTC** – Queue length alarm\n- **May 4, 2023, 9:40 AM UTC** – Relay restarted, mail flows\n",
    ),
    (
        "date behind",
        "- 9:10 AM UTC, May 4th 2023: Queue length alarm\n- 9:40 AM UTC, 4 May 2023: Relay restarted, mail flows\n",
    ),
    (
        "day heading",
        "**May 4, 2023**\n- 09:10 UTC: Queue length alarm\n- 09:40 UTC: Relay restarted, mail flows\n",
    ),
    (
        "weekday",
        "- Thursday, 4 May 2023 09:10 UTC: Queue length alarm\n- Thursday, 4 May 2023 09:40 UTC: Relay restarted, mail flows\n",
    ),
    (
        "zone said once",
        "All times are in UTC.\n\n- 09:10 Queue length alarm\n- 09:40 Relay restarted, mail flows\n",
    ),
    ("with h", "- 09h10 UTC: Queue length alarm\n- 09h40 UTC: Relay restarted, mail flows\n"),
    ("with a dot", "- 09.10 UTC: Queue length alarm\n- 09.40 UTC: Relay restarted, mail flows\n"),
    ("military", "- 0910 UTC: Queue length alarm\n- 0940 UTC: Relay restarted, mail flows\n"),
    ("hrs", "- 0910hrs UTC: Queue length alarm\n- 0940hrs UTC: Relay restarted, mail flows\n"),
    ("story", "At 09:10 UTC Queue length alarm. By 09:40 UTC Relay restarted, mail flows\n"),
    ("seconds", "- 09:10:00 UTC Queue length alarm\n- 09:40:00 UTC Relay restarted, mail flows\n"),
    ("arrow", "09:10 UTC -> Queue length alarm\n09:40 UTC -> Relay restarted, mail flows\n"),
    ("pipe", "09:10 UTC | Queue length alarm\n09:40 UTC | Relay restarted, mail flows\n"),
    (
        "newest first is read as it stands",
        "- 09:10 UTC: Queue length alarm\n- 09:40 UTC: Relay restarted, mail flows\n",
    ),
];

/// Every shape of a list of two rows tells the same two.
#[test]
fn one_document_for_each_shape() {
    let mut wrong = Vec::new();
    for (shape, list) in SHAPES {
        let document = format!("{CALLED}{list}");
        let found: Vec<String> =
            rows(&document).iter().map(|row| row.trim_end_matches('.').to_owned()).collect();
        if found != TWO {
            wrong.push(format!("{shape}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
