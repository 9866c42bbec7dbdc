//! How what a person waits for grows with the incident: opening, and the report. All figures are ratios: to what parsing the
//! same lines as plain JSON takes in the same run, and to the time an entry takes in a small incident.
//!
//! `cargo bench --bench growth`, or with sizes: `cargo bench --bench growth -- 1000 100000`. With `--write FOLDER` the journals
//! are only written there, as `journal-1000.jsonl`: for what measures the program from outside.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and without its files there is none"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use warroom::export::{html, svg, templates};
use warroom::log::{Fold, Ledger};
use warroom::model::Incident;
use warroom::store;

#[path = "../tests/archive/chance.rs"]
mod chance;
#[path = "../tests/archive/long.rs"]
mod long;

/// How often each is measured; the fastest counts, since everything else on the machine only adds.
const ROUNDS: usize = 5;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000] } else { sizes };
    if let Some(folder) = std::env::args().skip_while(|argument| argument != "--write").nth(1) {
        for entries in sizes {
            let path = std::path::Path::new(&folder).join(format!("journal-{entries}.jsonl"));
            std::fs::write(path, long::journal(entries)).expect("room for the journals");
        }
        return;
    }
    println!(
        "{:>9} {:>28} {:>28} {:>28}",
        "entries", "opening: x parsing JSON", "Markdown: x opening", "HTML: x opening"
    );
    let mut first: Option<[f64; 3]> = None;
    for entries in sizes {
        let folder = Folder::of(entries);
        let plain = fastest(|| parsed(&folder.journal));
        let opening = fastest(|| opened(folder.path()).journal.records);
        let incident = opened(folder.path());
        let report = fastest(|| report(&incident).len());
        let page = fastest(|| {
            html::page(&incident.title, &self::report(&incident), Some(&svg::figure(&incident))).len()
        });
        #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let each = |whole: Duration| whole.as_secs_f64() / entries as f64;
        let [first_opening, first_report, first_page] =
            *first.get_or_insert([each(opening), each(report), each(page)]);
        println!(
            "{entries:>9} {:>13.2} {:>5.2} an entry {:>13.2} {:>5.2} an entry {:>13.2} {:>5.2} an entry",
            opening.as_secs_f64() / plain.as_secs_f64(),
            each(opening) / first_opening,
            report.as_secs_f64() / opening.as_secs_f64(),
            each(report) / first_report,
            page.as_secs_f64() / opening.as_secs_f64(),
            each(page) / first_page,
        );
    }
}

/// The report as `export` prints it, but for the search for secrets.
fn report(incident: &Incident) -> String {
    let template = templates::find("default", None).expect("it is built in");
    templates::render(&template.source, incident).expect("within its limits")
}

fn fastest<T>(mut what: impl FnMut() -> T) -> Duration {
    let mut round = || {
        let begin = Instant::now();
        black_box(what());
        begin.elapsed()
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}

fn parsed(journal: &str) -> usize {
    journal.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count()
}

/// What a room does before it draws, but for the writer's thread.
fn opened(folder: &std::path::Path) -> Incident {
    let loaded = store::read(folder).expect("the folder was written here");
    let mut ledger = Ledger::default();
    ledger.extend(loaded.records);
    Fold::of(&ledger).into_incident()
}

/// An incident on disk.
struct Folder {
    root: tempfile::TempDir,
    journal: String,
}

impl Folder {
    fn of(entries: usize) -> Self {
        let root = tempfile::tempdir().expect("a folder for temporary files");
        let journal = long::journal(entries);
        std::fs::write(root.path().join(store::JOURNAL), &journal).expect("room for the journal");
        Self { root, journal }
    }

    fn path(&self) -> &std::path::Path {
        self.root.path()
    }
}
