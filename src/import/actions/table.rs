//! Actions in a table: which column is what, by the words of its head.

use super::super::document::{Claims, links, plain};
use super::super::parts::{Part, Shape};
use super::{Draft, marks};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Action,
    Owner,
    Due,
    Priority,
    Status,
    Ticket,
    Class,
    /// A number of the row.
    Number,
    /// Anything else: its words go behind those of the action.
    Other,
}

/// Words in the head of the column that says what is to be done.
const ACTION: &[&str] = &[
    "action",
    "actions",
    "task",
    "tasks",
    "item",
    "items",
    "description",
    "what",
    "measure",
    "improvement",
    "remediation",
    "recommendation",
    "todo",
    "step",
    "title",
    "summary",
    "follow",
    "followup",
    "measures",
    "improvements",
    "recommendations",
    "change",
    "changes",
    "fix",
    "activity",
    "mitigation",
    "work",
    "deliverable",
    "deliverables",
    "initiative",
    "todos",
    "steps",
];

fn column(head: &str) -> Column {
    let head = plain(head).to_lowercase();
    let has = |words: &[&str]| head.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
    let what = head.starts_with("what ") && !has(&["who", "when", "by"]);
    if what {
        Column::Action
    } else if head.is_empty() || matches!(head.as_str(), "#" | "no" | "no." | "nr" | "id" | "s/n") {
        Column::Number
    } else if has(&[
        "owner",
        "owners",
        "assignee",
        "assigned",
        "who",
        "responsible",
        "dri",
        "lead",
        "team",
        "whom",
        "responsibility",
        "accountable",
        "contact",
        "poc",
        "squad",
        "crew",
        "pic",
        "driver",
        "person",
    ]) {
        Column::Owner
    } else if has(&[
        "due",
        "date",
        "deadline",
        "eta",
        "when",
        "by",
        "until",
        "timeline",
        "target",
        "timeframe",
    ]) {
        Column::Due
    } else if has(&["priority", "prio", "severity", "urgency"]) {
        Column::Priority
    } else if has(&["status", "state", "done", "progress", "completed"]) {
        Column::Status
    } else if has(&[
        "ticket",
        "tickets",
        "jira",
        "link",
        "url",
        "tracking",
        "bug",
        "pr",
        "reference",
        "issue",
    ]) && !has(&["description"])
    {
        Column::Ticket
    } else if has(&["type", "category", "kind", "class"]) {
        Column::Class
    } else if has(ACTION) {
        Column::Action
    } else {
        Column::Other
    }
}

/// Whether the head of a table has a column for what is to be done, and one for by whom or until when, and none for a time that
/// has gone by.
pub(super) fn is_of_actions(parts: &[Part]) -> bool {
    parts.iter().any(|part| match &part.shape {
        Shape::Row { cells, header: true } => {
            let heads: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
            let named = |words: &[&str]| {
                cells.iter().any(|cell| {
                    let lower = plain(cell).to_lowercase();
                    lower.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
                })
            };
            let to_do = named(&[
                "action",
                "actions",
                "task",
                "tasks",
                "todo",
                "improvement",
                "remediation",
                "measure",
                "recommendation",
                "fix",
                "followup",
                "deliverable",
                "deliverables",
                "initiative",
                "aktion",
                "maßnahme",
                "acción",
                "tindakan",
                "ação",
                "mesure",
            ]);
            let told = named(&[
                "time",
                "when",
                "result",
                "outcome",
                "timestamp",
                "utc",
                "heure",
                "hora",
                "zeit",
                "effect",
            ]);
            to_do && !told && (heads.contains(&Column::Owner) || heads.contains(&Column::Due))
        }
        _ => false,
    })
}

/// Whether the head of a table has two columns for what stands beside something to be done.
pub(super) fn is_tracked(parts: &[&Part]) -> bool {
    let beside = [Column::Owner, Column::Due, Column::Priority, Column::Status, Column::Ticket];
    parts.iter().any(|part| match &part.shape {
        Shape::Row { cells, header: true } => {
            let heads: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
            beside.iter().filter(|kind| heads.contains(kind)).count() >= 2
        }
        _ => false,
    })
}

/// The actions of all rows among the parts.
pub(super) fn rows(parts: &[Part], claims: &mut Claims) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut heads: Vec<(Column, String)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let Shape::Row { cells, header } = &part.shape else {
            heads.clear();
            continue;
        };
        if *header {
            heads = cells.iter().map(|cell| (column(cell), plain(cell))).collect();
            if !heads.iter().any(|(column, _)| *column == Column::Action)
                && let Some(at) = heads
                    .iter()
                    .position(|(column, _)| *column == Column::Other)
                    .or_else(|| wordiest(&parts[number + 1..], heads.len()))
            {
                heads[at] = (Column::Action, String::new());
            }
            part.blocks.iter().for_each(|block| claims.claim(*block));
            continue;
        }
        if let Some(draft) = row(part, cells, &heads) {
            drafts.push(draft);
            part.blocks.iter().for_each(|block| claims.claim(*block));
        }
    }
    drafts
}

/// The column whose cells are sentences, where its head calls it something else.
fn wordiest(parts: &[Part], columns: usize) -> Option<usize> {
    let rows: Vec<&Vec<String>> = parts
        .iter()
        .take(20)
        .map_while(|part| match &part.shape {
            Shape::Row { cells, header: false } if cells.len() == columns => Some(cells),
            _ => None,
        })
        .collect();
    let words =
        |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| plain(cell).split_whitespace().count());
    let sentences = |at: &usize| !rows.is_empty() && rows.iter().all(|row| words(row, *at) >= 3);
    (0..columns).filter(sentences).max_by_key(|at| rows.iter().map(|row| words(row, *at)).sum::<usize>())
}

fn row(part: &Part, cells: &[String], heads: &[(Column, String)]) -> Option<Draft> {
    let mut draft = Draft { line: part.line, ..Draft::default() };
    let longest = cells.iter().enumerate().max_by_key(|(_, cell)| plain(cell).len()).map(|(at, _)| at)?;
    let mut behind: Vec<String> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let value = plain(cell);
        let (column, head) = match heads.get(at) {
            Some((column, head)) => (*column, head.as_str()),
            None if at == longest => (Column::Action, ""),
            None => (Column::Other, ""),
        };
        if value.is_empty() || value.chars().all(|c| matches!(c, '-' | '–' | '—' | '?')) {
            continue;
        }
        let marks = &mut draft.marks;
        let known = match column {
            Column::Action => {
                let (text, own) = marks::read(cell);
                marks.take(own);
                let gap = if draft.text.is_empty() { "" } else { ": " };
                draft.text = format!("{}{gap}{text}", draft.text);
                true
            }
            Column::Owner => marks::set("owner", &value, marks),
            Column::Due => marks::set("due", &value, marks),
            Column::Priority => marks::set("priority", &value, marks),
            Column::Status => marks::set("status", &value, marks),
            Column::Class => marks::set("class", &value, marks),
            Column::Ticket => {
                let target = links(cell).into_iter().map(|(_, target, _)| target).find(|t| !t.is_empty());
                match target {
                    Some(target) => {
                        let named = !target.ends_with(&value) && !value.contains("://");
                        marks.link = Some(target);
                        !named
                    }
                    None => marks::set("ticket", &value, marks),
                }
            }
            Column::Number => value.chars().all(|c| c.is_ascii_digit() || c == '.'),
            Column::Other => false,
        };
        if !known {
            behind.push(if head.is_empty() { value } else { format!("{head}: {value}") });
        }
    }
    if draft.text.is_empty() {
        draft.text = behind.join("; ");
    } else if !behind.is_empty() {
        draft.text = format!("{} ({})", draft.text, behind.join("; "));
    }
    (!draft.text.is_empty()).then_some(draft)
}
