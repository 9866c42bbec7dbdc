//! The report: rows that a tired person reads at 80 columns, or the same findings as JSON.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::rows::{Mark, Row, count, few};
use crate::text::{self, Raw};

/// Columns of a report.
const WIDTH: usize = 80;
/// Where the label begins, and where the text does.
const LABEL: usize = 6;
const TEXT: usize = 21;

/// How many findings of one kind are told; beyond that they are only counted. `--json` has all.
const TOLD: usize = 10;

/// A report in the making.
pub(super) struct Page {
    repair: bool,
    incident: Option<String>,
    text: String,
    findings: Vec<Value>,
    notes: usize,
    wrong: usize,
    mendable: usize,
    repaired: usize,
    /// What to do, as far as it was said: it is said once.
    advised: HashSet<String>,
}

impl Page {
    pub(super) fn new(repair: bool) -> Self {
        Self {
            repair,
            incident: None,
            text: String::new(),
            findings: Vec::new(),
            notes: 0,
            wrong: 0,
            mendable: 0,
            repaired: 0,
            advised: HashSet::new(),
        }
    }

    /// How much is wrong and was not repaired.
    pub(super) fn wrong(&self) -> usize {
        self.wrong
    }

    /// Which incident the rows are of from now on.
    pub(super) fn of_incident(&mut self, id: Option<&str>) {
        self.incident = id.map(str::to_owned);
    }

    /// Begins a part.
    pub(super) fn section(&mut self, title: &str) {
        let gap = if self.text.is_empty() { "" } else { "\n" };
        self.text.push_str(&format!("{gap}{title}\n"));
    }

    /// A line of its own, without a mark.
    pub(super) fn say(&mut self, words: &str) {
        self.wrapped("  ", words);
    }

    /// A row that is no finding by itself.
    fn row(&mut self, mark: Mark, label: &str, words: &str) {
        let head = format!("  {:3} {label}", mark.sign());
        self.wrapped(&format!("{head:TEXT$}"), words);
    }

    /// A row of a list: what it is about in as many columns, or alone where the words do not fit beside it.
    pub(super) fn item(&mut self, mark: Mark, label: &str, columns: usize, words: &str) {
        let head = format!("  {:3} {label:columns$}  ", mark.sign());
        let width = |text: &str| Raw::new(text).for_term().width();
        if width(&head) + width(words) <= WIDTH {
            return self.wrapped(&head, words);
        }
        self.text.push_str(&format!("{}\n", head.trim_end()));
        self.wrapped(&" ".repeat(LABEL), words);
    }

    /// A finding, or that there is none.
    pub(super) fn add(&mut self, row: &Row) {
        self.row(row.mark, row.label, &row.text);
        for more in &row.more {
            self.wrapped(&" ".repeat(TEXT), more);
        }
        if let Some(advice) = row.advice.as_ref().filter(|_| !row.repaired) {
            let is_new = self.advised.insert(advice.clone());
            let advice = if is_new { advice } else { "as above" };
            self.wrapped(&format!("{}→ ", " ".repeat(TEXT)), advice);
        }
        self.count(row);
    }

    /// Several of them.
    pub(super) fn add_all(&mut self, rows: &[Row]) {
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            let nth = told.entry(row.name).or_default();
            *nth += 1;
            if *nth <= TOLD { self.add(row) } else { self.count(row) }
        }
        for (name, n) in told.into_iter().filter(|(_, n)| *n > TOLD) {
            self.say(&format!("besides, {} like these; --json has all", few(name, n - TOLD)));
        }
    }

    /// A finding that was told in another row.
    pub(super) fn count(&mut self, row: &Row) {
        let weight = match row.mark {
            _ if row.repaired => {
                self.repaired += 1;
                row.was.word()
            }
            Mark::Ok => return,
            Mark::Note => {
                self.notes += 1;
                Mark::Note.word()
            }
            Mark::Wrong => {
                self.wrong += 1;
                self.mendable += usize::from(row.mendable);
                Mark::Wrong.word()
            }
        };
        let said: Vec<&str> = std::iter::once(&row.text).chain(&row.more).map(String::as_str).collect();
        self.findings.push(json!({
            "incident": self.incident, "finding": row.name, "weight": weight, "repaired": row.repaired,
            "can_be_repaired": row.mendable, "text": said.join(" "), "advice": row.advice,
            "details": row.details,
        }));
    }

    fn wrapped(&mut self, head: &str, words: &str) {
        let columns = Raw::new(head).for_term().width();
        for (nth, row) in Raw::new(words).for_term().wrap(WIDTH - columns).iter().enumerate() {
            let head = if nth == 0 { head.to_owned() } else { " ".repeat(columns) };
            self.text.push_str(format!("{head}{row}").trim_end());
            self.text.push('\n');
        }
    }

    /// The findings as JSON.
    pub(super) fn json(&self) -> String {
        let json = serde_json::to_string_pretty(&self.findings).unwrap_or_default();
        format!("{}\n", text::json::printable(&json))
    }

    /// The report with its last words.
    pub(super) fn text(&self) -> String {
        let are = |n: usize| count(n as u64, "thing is", "things are");
        let known = match self.notes {
            0 => String::new(),
            n => format!("; {} to know (!)", count(n as u64, "thing", "things")),
        };
        let repaired = match self.repaired {
            0 => String::new(),
            n => format!("{} repaired. ", count(n as u64, "thing was", "things were")),
        };
        let last = match (self.wrong, self.mendable) {
            (0, _) => format!("Nothing wrong{}{known}.", if self.repaired > 0 { " any more" } else { "" }),
            (n, _) if self.repair => format!("{} left (✗){known}.", are(n)),
            (n, 0) => format!("{} wrong (✗){known}.", are(n)),
            (n, m) if self.repair => {
                format!("{} wrong (✗), and could not all be repaired: {m}{known}.", are(n))
            }
            (n, m) => format!("{} wrong (✗); --repair can mend {m} of them{known}.", are(n)),
        };
        format!("{}\n{repaired}{last}\n", self.text)
    }
}
