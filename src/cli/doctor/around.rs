//! What the incidents stand on: the data folder, the settings, the terminal, the clipboard, the rescue folder.

use std::path::Path;

use serde_json::json;

use super::page::Page;
use super::rows::{Mark, Row, count, size};
use super::{Patient, shown};
use crate::cli::config::words;
use crate::config::Config;
use crate::store::examine::{self, Root};
use crate::store::{Rescued, StoreError};
use crate::text::Raw;
use crate::tui::Depth;
use crate::tui::clipboard::{self, Way};
use crate::tui::terms::{Between, Terms};

/// Less room than this is wrong, and less than that has to be known.
const TOO_LITTLE: u64 = 10 << 20;
const LITTLE: u64 = 200 << 20;

/// Looks at all but the incidents and the rescue folder.
pub(super) fn look(page: &mut Page, config: &Config) {
    page.section("Surroundings");
    for row in data_folder(&config.incidents).into_iter().chain(settings(config)) {
        page.add(&row);
    }
    for name in ["name", "zone"] {
        if let Some(held) = config.held.iter().find(|held| held.name == name) {
            page.add(&Row::sound(name, format!("{} ({})", held.value.for_term(), words(held.origin))));
        }
    }
    let colours = config.held.iter().find(|held| held.name == "colours");
    let colours = colours.map_or("auto", |held| held.value.as_typed());
    let terms = Terms::of(colours, |name| std::env::var(name).ok());
    page.add(&terminal(&terms));
    page.add(&copying(clipboard::way(), &terms));
}

fn data_folder(path: &Path) -> Vec<Row> {
    let row = |mark, name, text: String| {
        let details = json!({ "path": path });
        Row::found(mark, "data folder", name, text).with(details)
    };
    let root = match examine::root(path) {
        Ok(Some(root)) => root,
        Ok(None) => {
            let text = format!("{} is not there yet: the first incident makes it", shown(path));
            return vec![Row::sound("data folder", text)];
        }
        Err(error) => {
            let text = format!("{} cannot be read: {error}", shown(path));
            return vec![
                row(Mark::Wrong, "data_folder_unreadable", text)
                    .advised("make it readable, or name another with --data-dir"),
            ];
        }
    };
    let free = root.free.map_or(String::new(), |free| format!(", {} free", size(free)));
    let standing = root.standing.as_ref().map_or(String::new(), |s| format!(", {}", s.name()));
    let whose = if root.mine { "yours".to_owned() } else { format!("of user id {}", root.uid) };
    let mut rows = doubts(path, &root, row);
    let text = format!("{} ({whose}, {:04o}{standing}{free})", shown(path), root.mode);
    rows.insert(0, Row::sound("data folder", text));
    rows
}

/// What is wrong with the data folder.
fn doubts(path: &Path, root: &Root, row: impl Fn(Mark, &'static str, String) -> Row) -> Vec<Row> {
    let mut rows = Vec::new();
    // The sticky bit keeps others from renaming what is not theirs.
    if root.mode & 0o022 != 0 && root.mode & 0o1000 == 0 {
        let text =
            format!("others may write to it (mode {:04o}), and so put other folders in its place", root.mode);
        rows.push(
            row(Mark::Wrong, "data_folder_open_to_others", text)
                .advised(format!("chmod 700 {}", shown(path))),
        );
    }
    if !root.writable {
        rows.push(
            row(Mark::Wrong, "data_folder_read_only", "you may not write to it".into())
                .advised("make it writable, or name another with --data-dir"),
        );
    }
    if let Some(standing) = root.standing.as_ref().filter(|standing| standing.one_writer_only()) {
        let text = format!("on {}, a network file system: one writer only", standing.name());
        rows.push(
            row(Mark::Note, "network_file_system", text)
                .advised("keep incidents on a disk of this machine, or open each on one machine at a time"),
        );
    }
    if let Some(free) = root.free.filter(|free| *free < LITTLE) {
        let mark = if free < TOO_LITTLE { Mark::Wrong } else { Mark::Note };
        rows.push(
            row(mark, "little_room", format!("only {} free", size(free)))
                .advised("make room: what cannot be saved is kept, but only as long as the room is open"),
        );
    }
    if !root.strays.is_empty() {
        let names: Vec<_> =
            root.strays.iter().map(|name| Raw::new(name.as_str()).for_term().to_string()).collect();
        let text = format!("no incident in {}", names.join(", "));
        rows.push(
            row(Mark::Note, "stray_folder", text)
                .advised("what begins with .new- was never finished being made; delete what nobody misses")
                .with(json!({ "path": path, "names": root.strays })),
        );
    }
    rows
}

fn settings(config: &Config) -> Vec<Row> {
    let wrong: Vec<&String> = config.wrong.iter().chain(&config.wrong_keys).collect();
    if wrong.is_empty() {
        let text = match &config.file {
            Some((path, _)) if path.exists() => format!("{}, all followed", shown(path)),
            _ => "as they come".to_owned(),
        };
        return vec![Row::sound("settings", text)];
    }
    let row = |words: &String| {
        Row::found(Mark::Wrong, "settings", "settings", words.as_str())
            .advised("put it right in the settings file: `warroom config --path` says where")
    };
    wrong.into_iter().map(row).collect()
}

fn terminal(terms: &Terms) -> Row {
    let mut parts = vec![if terms.term.is_empty() { "TERM is not set".into() } else { safe(&terms.term) }];
    parts.push(
        match terms.depth {
            Depth::None => "no colours",
            Depth::Sixteen => "16 colours",
            Depth::Indexed => "256 colours",
            Depth::True => "all colours",
        }
        .into(),
    );
    parts.push(
        terms
            .size
            .map_or("standard output is no terminal".into(), |(columns, rows)| format!("{columns}x{rows}")),
    );
    parts.extend(terms.locale.as_ref().map(|(name, locale)| format!("{name}={}", safe(locale))));
    match terms.between {
        Between::Nothing => {}
        Between::Tmux => parts.push("inside tmux".into()),
        Between::Screen => parts.push("inside GNU screen".into()),
    }
    if clipboard::is_remote() {
        parts.push("over SSH".into());
    }
    let pastes = if terms.tells_pastes() { "told apart" } else { "not told apart" };
    parts.push(format!("typed and pasted text {pastes}"));
    let text = parts.join(", ");
    let found =
        |name| Row::found(Mark::Note, "terminal", name, text.as_str()).with(json!({ "term": terms.term }));
    if !terms.is_utf8() {
        return found("locale")
            .advised("the locale is none of UTF-8: marks may look wrong; try LANG=C.UTF-8");
    }
    if !terms.tells_pastes() {
        let advice = "a simple terminal: a pasted text of several lines may send each of them as it comes";
        return found("simple_terminal").advised(advice);
    }
    Row::sound("terminal", text)
}

fn copying(way: Way, terms: &Terms) -> Row {
    let why = match way {
        Way::Desktop => return Row::sound("clipboard", "the desktop's own, which answers"),
        Way::TerminalOverSsh => "over SSH",
        Way::TerminalForLack => "no desktop answers",
    };
    let text = format!("the terminal's (OSC 52): {why}");
    let found = |text: String| Row::found(Mark::Note, "clipboard", "clipboard", text);
    if terms.refuses_clipboard() {
        return found(format!("{text}; this terminal does not take it"))
            .advised("/export writes the report to a file");
    }
    match terms.between {
        Between::Tmux => found(text).advised("tmux hands it on after `set -g set-clipboard on`"),
        Between::Screen => found(text).advised("GNU screen does not hand it on; /export writes to a file"),
        Between::Nothing => {
            Row::sound("clipboard", format!("{text}. Whether it takes a text cannot be known from here"))
        }
    }
}

/// What lies in the rescue folder.
pub(super) fn rescue(
    page: &mut Page,
    config: &Config,
    files: Result<&[Rescued], &StoreError>,
    patients: &[Patient],
) {
    let row = |mark, name, text: String| {
        Row::found(mark, "rescue folder", name, text).with(json!({ "path": config.rescue }))
    };
    let files = match files {
        Ok(files) => files,
        Err(why) => {
            let row = row(Mark::Wrong, "rescue_folder_unreadable", why.to_string());
            return page.add(&row.advised("make it readable: what could not be saved may lie in it"));
        }
    };
    if files.is_empty() {
        page.add(&Row::sound("rescue folder", "empty: nothing waits there"));
    }
    for file in files {
        let of = patients.iter().find(|patient| patient.rescued.contains(&file.path));
        let text = format!("{} ({})", shown(&file.path), count(file.records.len(), "record", "records"));
        let details = json!({ "path": file.path, "records": file.records.len(), "damaged": file.damaged });
        page.add(&match of {
            // Whether something is missing there is told with the incident.
            Some(patient) => Row::sound("rescue folder", format!("{text}, of {}", patient.id())),
            None => row(Mark::Note, "rescue_file_of_none", format!("{text} belongs to no incident here"))
                .advised("it is a journal: in a folder of its own, as journal.jsonl, it opens")
                .with(details),
        });
    }
}

fn safe(text: &str) -> String {
    Raw::new(text).for_term().to_string()
}
