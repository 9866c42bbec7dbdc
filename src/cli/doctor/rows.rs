//! What was found in an incident, in words: one row a finding, with what to do.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::{journal, shown};
use crate::config::Config;
use crate::store::examine::{Examined, Finding, Weight};
use crate::store::presence::Peer;
use crate::store::{JOURNAL, SNAPSHOT, Standing};
use crate::text::Raw;

/// How much of a draft is shown, in columns.
const DRAFT: usize = 200;

/// How a row is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Ok,
    Note,
    Wrong,
}

impl Mark {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "!",
            Self::Wrong => "✗",
        }
    }

    /// For programs.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Wrong => "wrong",
        }
    }
}

/// A row of the report.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub mark: Mark,
    /// How it was marked before it was repaired.
    pub was: Mark,
    /// What it is about.
    pub label: &'static str,
    /// What was found.
    pub text: String,
    /// What belongs to it, a line each.
    pub more: Vec<String>,
    /// What to do.
    pub advice: Option<String>,
    /// What it is called for programs.
    pub name: &'static str,
    pub mendable: bool,
    pub repaired: bool,
    pub details: Value,
}

impl Row {
    /// That something is as it should be.
    pub(super) fn sound(label: &'static str, text: impl Into<String>) -> Self {
        Self {
            mark: Mark::Ok,
            was: Mark::Ok,
            label,
            text: text.into(),
            more: Vec::new(),
            advice: None,
            name: "ok",
            mendable: false,
            repaired: false,
            details: Value::Null,
        }
    }

    /// That something is not.
    pub(super) fn found(
        mark: Mark,
        label: &'static str,
        name: &'static str,
        text: impl Into<String>,
    ) -> Self {
        Self { mark, was: mark, name, ..Self::sound(label, text) }
    }

    pub(super) fn advised(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    pub(super) fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

/// All findings of an incident.
pub(super) fn all(found: &Examined, config: &Config) -> Vec<Row> {
    found.findings.iter().map(|finding| of(finding, found, config)).collect()
}

/// Of the rows from before a repair those that are no more.
pub(super) fn repaired(before: Vec<Row>, now: &[Row]) -> Vec<Row> {
    let is_left = |row: &Row| now.iter().any(|left| left.name == row.name && left.text == row.text);
    let gone = before.into_iter().filter(|row| row.mendable && !is_left(row));
    gone.map(|row| Row { mark: Mark::Ok, repaired: true, ..row }).collect()
}

/// A repair that did not work.
pub(super) fn trouble(words: &str) -> Row {
    Row::found(Mark::Wrong, "repair", "repair_failed", words).advised("mend that, and run this again")
}

/// What each part of an incident is where nothing was found in it.
pub(super) fn sound(found: &Examined) -> Vec<Row> {
    let is_there = |labels: &[&str]| found.findings.iter().any(|finding| labels.contains(&label(finding)));
    let standing = found.standing.as_ref().map_or(String::new(), |s| format!(", on {}", s.name()));
    let mut rows = Vec::new();
    if !is_there(&["folder", "files"]) {
        rows.push(Row::sound("folder", format!("for you alone (0700, files 0600){standing}")));
    }
    if !is_there(&["lock"]) {
        rows.push(Row::sound("lock", "nobody holds it"));
    }
    if found.bytes.is_some() && !is_there(&["journal", "gap"]) {
        rows.push(Row::sound("journal", "every line is a record, and none is missing"));
    }
    if found.has_snapshot && !is_there(&[SNAPSHOT]) {
        rows.push(Row::sound(SNAPSHOT, "sound, and has seen all of the journal"));
    }
    rows
}

/// What a finding is about.
fn label(finding: &Finding) -> &'static str {
    match finding {
        Finding::Unreadable { name: None, .. } | Finding::Network { .. } => "folder",
        Finding::Mode { name, .. } | Finding::Owner { name, .. } if name.is_none() => "folder",
        Finding::Mode { .. } | Finding::Owner { .. } | Finding::Leftover { .. } => "files",
        Finding::NotAFile { name, .. } if name == SNAPSHOT => SNAPSHOT,
        Finding::NotAFile { name, .. } if name != JOURNAL => "files",
        Finding::LockHeld { .. } => "lock",
        Finding::Open(_) => "open",
        Finding::Gap(_) => "gap",
        Finding::Clock(_) => "clock",
        Finding::OnlyInSnapshot { .. }
        | Finding::SnapshotMissing
        | Finding::SnapshotDamaged { .. }
        | Finding::SnapshotOlder { .. }
        | Finding::SnapshotOfAnother => SNAPSHOT,
        Finding::AttachmentMissing { .. } | Finding::AttachmentChanged { .. } => "attachments",
        Finding::Draft { .. } => "draft",
        Finding::Rescued { .. } => "rescue file",
        _ => "journal",
    }
}

fn of(finding: &Finding, found: &Examined, config: &Config) -> Row {
    let row = journal::of(finding, found, config)
        .or_else(|| of_files(finding, found))
        .unwrap_or_else(|| of_rest(finding));
    let mark = match finding.weight() {
        Weight::Note => Mark::Note,
        Weight::Wrong => Mark::Wrong,
    };
    let (label, name, mendable) = (label(finding), finding.name(), finding.can_be_mended());
    Row { mark, was: mark, label, name, mendable, ..row }
}

/// A row whose mark, label and name come with the finding.
pub(super) fn told(text: impl Into<String>) -> Row {
    Row::sound("", text)
}

fn of_files(finding: &Finding, found: &Examined) -> Option<Row> {
    let the = |name: &Option<String>| {
        name.as_ref().map_or("the folder".to_owned(), |name| Raw::new(name.as_str()).for_term().to_string())
    };
    Some(match finding {
        Finding::Unreadable { name, why } => {
            told(why.as_str()).advised("mend that, and run this again").with(json!({ "name": name }))
        }
        Finding::Network { name } => told(format!("on {name}, a network file system: one writer only"))
            .advised("open it on one machine at a time: two may damage the journal")
            .with(json!({ "file_system": name })),
        Finding::NotAFile { name, what } => {
            let row = told(format!("{name} is {what}, and is not opened"))
                .with(json!({ "name": name, "is": what }));
            let advice = if finding.can_be_mended() {
                "--repair moves it aside and writes a new one"
            } else {
                "look at it, move it away and put the right file back, from a backup where need be"
            };
            row.advised(advice)
        }
        Finding::Mode { name, mode, wanted, mine } => {
            let who = match (mode & 0o022 != 0, mode & 0o077 != 0) {
                (true, _) => "others may write to it",
                (false, true) => "others may read it",
                (false, false) => "its owner may not do all that is needed, or more",
            };
            let row = told(format!("{} has mode {mode:04o} ({who}); {wanted:04o} is right", the(name)));
            let advice = if *mine {
                "--repair sets it".to_owned()
            } else {
                format!("whose it is: chmod {wanted:o} it")
            };
            let (mode, wanted) = (format!("{mode:04o}"), format!("{wanted:04o}"));
            row.advised(advice).with(json!({ "name": name, "mode": mode, "wanted": wanted, "mine": mine }))
        }
        Finding::Owner { name, uid } => told(format!("{} belongs to another user (id {uid})", the(name)))
            .advised("nothing, where that is meant; else `chown` it")
            .with(json!({ "name": name, "uid": uid })),
        Finding::Open(Peer { by, pid, .. }) => {
            let by = by.for_term();
            told(format!("{by} has it open now (pid {pid})")).with(json!({ "by": by.as_str(), "pid": pid }))
        }
        Finding::LockHeld { pid } => {
            let who = pid.map_or("a process".to_owned(), |pid| format!("process {pid}"));
            let advice = if found.standing.as_ref().is_some_and(Standing::one_writer_only) {
                "here it is held as long as the incident is open there: one writer only"
            } else {
                "that takes a moment; where it was stopped (Ctrl-Z), `fg` makes it go on"
            };
            told(format!("{who} holds it now")).advised(advice).with(json!({ "pid": pid }))
        }
        Finding::Leftover { name, is_copy } => {
            let row =
                told(format!("{} was left by a process that is gone", Raw::new(name.as_str()).for_term()));
            let advice = if *is_copy {
                "--repair removes it: it is only a copy"
            } else {
                "look at it: it may hold a line that was typed; then remove it"
            };
            row.advised(advice).with(json!({ "name": name }))
        }
        _ => return None,
    })
}

fn of_rest(finding: &Finding) -> Row {
    match finding {
        Finding::OnlyInSnapshot { things } => {
            let have = count(*things, "thing stands", "things stand");
            told(format!("{have} here and not in the journal"))
                .advised("--repair writes them back, as opening does; how they came about is gone")
                .with(json!({ "things": things }))
        }
        Finding::SnapshotMissing => told("missing; the journal is enough").advised("--repair writes it"),
        Finding::SnapshotDamaged { why } => told(format!("of no use: {why}"))
            .advised("--repair writes it anew, and keeps this one beside it")
            .with(json!({ "why": why })),
        Finding::SnapshotOlder { records } => {
            let records_ = count(*records, "record", "records");
            told(format!("has not seen the last {records_}, which the journal has"))
                .advised("it is written when the incident is left, or by --repair")
                .with(json!({ "records": records }))
        }
        Finding::SnapshotOfAnother => {
            told("made from a journal that began otherwise: one of them came from a backup, or was changed")
                .advised("--repair writes it anew from this journal")
        }
        Finding::AttachmentMissing { name } => told(format!("{name} is not there: only its record is"))
            .advised("copy it from where the incident was written, or from a backup")
            .with(json!({ "name": name })),
        Finding::AttachmentChanged { name, why } => told(format!("{name}: {why}"))
            .advised("put the right one back from a backup; the record has its SHA-256")
            .with(json!({ "name": name, "why": why })),
        Finding::Draft { name, line } => told(format!("not sent: {}", line.for_term().cut(DRAFT)))
            .advised("Up in the prompt of its room brings it back")
            .with(json!({ "name": name, "line": line })),
        Finding::Rescued { path, records, waiting, damaged } => {
            let details = json!({ "path": path, "records": records, "waiting": waiting, "damaged": damaged });
            rescue(path, *waiting, *damaged).with(details)
        }
        // All others were told before.
        _ => told(""),
    }
}

fn rescue(path: &Path, waiting: usize, damaged: usize) -> Row {
    let path = shown(path);
    let damage = match damaged {
        0 => String::new(),
        n => format!("; {} damaged", count(n, "line of it is", "lines of it are")),
    };
    match waiting {
        0 => {
            let row = told(format!("{path} has nothing that the journal lacks{damage}"));
            row.advised(if damaged == 0 {
                "opening the incident removes it, as --repair does"
            } else {
                "look at it, and then delete it"
            })
        }
        n => {
            let records = count(n, "record that was not saved", "records that were not saved");
            told(format!("{path} has {records}{damage}"))
                .advised("opening the incident takes them over, as --repair does")
        }
    }
}

/// What was found, in a few words: `2 damaged lines, 1 gap`.
pub(super) fn brief(rows: &[Row]) -> String {
    let mut counted: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for row in rows {
        let first = rows.iter().position(|other| other.name == row.name).unwrap_or_default();
        *counted.entry((first, row.name)).or_default() += 1;
    }
    let each = counted.into_iter().map(|((_, name), n)| few(name, n));
    each.collect::<Vec<_>>().join(", ")
}

/// So many findings of one name in a few words.
pub(super) fn few(name: &str, n: usize) -> String {
    // Where the second is empty, there is only ever one to tell.
    let (one, many) = match name {
        "unreadable" => ("cannot be read", ""),
        "network_file_system" => ("on a network file system", ""),
        "not_a_file" => ("name that is no file", "names that are no files"),
        "mode" => ("wrong mode", "wrong modes"),
        "owner" => ("file of another user", "files of another user"),
        "lock_held" => ("in use now", ""),
        "open" => ("room open now", "rooms open now"),
        "leftover" => ("leftover file", "leftover files"),
        "journal_missing" => ("no journal", ""),
        "damaged_line" => ("damaged line", "damaged lines"),
        "more_damaged_lines" => ("many more damaged lines", ""),
        "torn_line" => ("unfinished last line", ""),
        "conflict" => ("conflict", "conflicts"),
        "repeated" => ("repeated records", ""),
        "gap" => ("gap", "gaps"),
        "newer_version" => ("records of a newer version", ""),
        "clock_ahead" | "clock_not_set" | "clock_behind" => ("wrong clock", "wrong clocks"),
        "only_in_snapshot" => ("things only in incident.json", ""),
        "snapshot_missing" => ("no incident.json", ""),
        "snapshot_damaged" => ("damaged incident.json", ""),
        "snapshot_older" => ("older incident.json", ""),
        "snapshot_of_another_journal" => ("incident.json of another journal", ""),
        "attachment_missing" => ("missing attachment", "missing attachments"),
        "attachment_changed" => ("changed attachment", "changed attachments"),
        "draft" => ("unsent line", "unsent lines"),
        "rescue_file" => ("rescue file", "rescue files"),
        _ => ("failed repair", "failed repairs"),
    };
    if many.is_empty() { one.to_owned() } else { count(n, one, many) }
}

/// A number with its noun.
pub(super) fn count(n: impl TryInto<u64>, one: &str, many: &str) -> String {
    match n.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// So many bytes: `310 KiB`.
pub(super) fn size(bytes: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = units.iter().find(|(unit, _)| bytes >= *unit);
    unit.map_or_else(|| count(bytes, "byte", "bytes"), |(unit, name)| format!("{} {name}", bytes / unit))
}
