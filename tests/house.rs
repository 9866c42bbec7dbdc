//! The house rules: floors, walls, and who may name what. The sources themselves are read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the bottom. Modules of one floor do not know each other, but for the two that are one foundation.
const FLOORS: &[&[&str]] = &[
    &["text", "model", "hands"],
    &["settings", "log"],
    &["grammar"],
    &["store", "export", "import", "ingest", "archive", "share"],
    &["session"],
    &["web", "tui"],
    &["config"],
    &["cli"],
];

/// The longest a file may be, in lines of code.
const LONGEST: usize = 400;

fn sources() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path, text);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The module of `src/` that a file belongs to; none for `lib.rs` and `main.rs`, which see the whole house.
fn module(path: &Path) -> Option<String> {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let mut parts = below.components();
    let first = parts.next().unwrap().as_os_str().to_string_lossy().into_owned();
    parts.next().is_some().then_some(first)
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

/// Code without comments; good enough for the house, which has no `//` in its strings but for addresses.
fn code(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.split("// ").next().unwrap_or_default());
    lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).collect()
}

/// The modules of the house that a file names: `crate::a::…` and `crate::{a::…, b}`.
fn named(text: &str) -> Vec<String> {
    let joined = code(text).join("\n");
    let mut names = Vec::new();
    for (at, _) in joined.match_indices("crate::") {
        let rest = &joined[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            let mut fresh = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    _ => {}
                }
                if fresh && depth == 0 && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if !word.is_empty() {
                    names.push(std::mem::take(&mut word));
                    fresh = false;
                }
            }
            names.extend((!word.is_empty()).then_some(word));
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

/// What is wrong with a file's place in the house.
fn trespasses(module: &str, text: &str) -> Vec<String> {
    let here = floor(module).unwrap_or_else(|| panic!("{module} has no floor"));
    let foundation = |name: &str| here == 0 && floor(name) == Some(0);
    named(text)
        .into_iter()
        .filter(|name| name != module && !foundation(name))
        .filter(|name| floor(name).is_none_or(|there| there >= here))
        .map(|name| format!("{module} (floor {here}) uses {name}"))
        .collect()
}

#[test]
fn a_file_uses_only_lower_floors() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if let Some(module) = module(&path) {
            wrong.extend(trespasses(&module, &text).into_iter().map(|w| format!("{}: {w}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_floor_test_sees_a_trespass() {
    assert_eq!(trespasses("log", "use crate::session::Session;").len(), 1);
    assert_eq!(trespasses("store", "use crate::export::Outline;").len(), 1, "sideways");
    assert_eq!(
        trespasses("export", "use crate::{\n    model::{Incident, Id},\n    store::read,\n};").len(),
        1
    );
    assert_eq!(trespasses("log", "fn f() { crate::tui::run() }").len(), 1);
    assert!(trespasses("log", "use crate::model::Id; use crate::text::Raw; // crate::tui").is_empty());
}

#[test]
fn only_the_room_knows_the_terminal() {
    for (path, text) in sources() {
        let in_room = module(&path).as_deref() == Some("tui");
        for name in ["ratatui", "crossterm", "arboard"] {
            let found = code(&text).iter().any(|line| line.contains(name));
            assert!(in_room || !found, "{} names {name}", path.display());
        }
    }
}

#[test]
fn only_the_clock_reads_the_wall() {
    for (path, text) in sources() {
        let found = code(&text).iter().any(|line| {
            ["Utc::now", "Local::now", "SystemTime::now", "OffsetDateTime::now"]
                .iter()
                .any(|now| line.contains(now))
        });
        assert_eq!(found, path.ends_with("session/clock.rs"), "{}", path.display());
    }
}

#[test]
fn only_one_file_prints() {
    for (path, text) in sources() {
        let found = code(&text).iter().any(|line| {
            ["println!", "eprintln!", "print!(", "eprint!(", "io::stdout()", "io::stderr()"]
                .iter()
                .any(|print| line.contains(print))
        });
        let may = path.ends_with("cli/out.rs") || module(&path).as_deref() == Some("tui");
        assert!(!found || may, "{} prints", path.display());
    }
}

#[test]
fn no_file_is_longer_than_a_room() {
    for (path, text) in sources() {
        let lines = code(&text).len();
        assert!(lines <= LONGEST, "{} has {lines} lines of code and wants a wall", path.display());
    }
}

#[test]
fn what_was_typed_leaves_the_reports_only_when_safe() {
    // `as_typed` is for comparing and parsing: a front or a report that uses it may be about to print it.
    for (path, text) in sources() {
        let printing = code(&text).into_iter().filter(|line| {
            let prints = ["format!", "write!", "writeln!", "push_str", "Span::raw", "Line::from"];
            line.contains("as_typed()") && prints.iter().any(|p| line.contains(p))
        });
        let found: Vec<&str> = printing.collect();
        let module = module(&path).unwrap_or_default();
        let front = ["cli", "tui", "export", "session", "store"].contains(&module.as_str());
        assert!(!front || found.is_empty(), "{}: {found:#?}", path.display());
    }
}
