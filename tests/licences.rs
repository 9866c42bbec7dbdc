//! What the program is built from: under which licences, and that it is listed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

/// The list that goes with the program.
const LIST: &str = "assets/licences.txt";

const HEAD: &str = "What warroom is built from on Linux, x86-64: name, version, licence. `WARROOM_LICENCES=write cargo test licences` writes it anew.\n\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All crates of the lock file that the program is built from, each with its licence. Those that only tests need are left out.
fn crates() -> BTreeSet<(String, String, String)> {
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let own = text(&metadata["resolve"]["root"]);
    let (mut found, mut left) = (BTreeSet::new(), vec![own.clone()]);
    while let Some(id) = left.pop() {
        if !found.insert(id.clone()) {
            continue;
        }
        let node = nodes.iter().find(|node| text(&node["id"]) == id).unwrap();
        let is_built =
            |dep: &&Value| dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
        left.extend(node["deps"].as_array().unwrap().iter().filter(is_built).map(|dep| text(&dep["pkg"])));
    }
    let built = packages
        .iter()
        .filter(|package| found.contains(&text(&package["id"])) && text(&package["id"]) != own);
    built
        .map(|package| (text(&package["name"]), text(&package["version"]), text(&package["license"])))
        .collect()
}

/// The licences that `.deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let deny: toml::Table = fs::read_to_string(root().join(".deny.toml")).unwrap().parse().unwrap();
    let allow = deny["licenses"]["allow"].as_array().unwrap();
    allow.iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
}

/// Whether a licence expression can be met with these.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Crates of before SPDX have `/` for `OR`.
    let expression = Expression::parse_mode(expression, ParseMode::LAX);
    expression.is_ok_and(|it| it.evaluate(|needed| allowed.contains(&needed.to_string())))
}

#[test]
fn all_that_is_built_in_may_be_passed_on() {
    let allowed = allowed();
    assert!(is_met("(MIT OR GPL-3.0-only) AND Unicode-3.0", &allowed));
    for refused in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH Some-exception", ""] {
        assert!(!is_met(refused, &allowed), "{refused:?}");
    }
    let refused: Vec<_> = crates().into_iter().filter(|(_, _, licence)| !is_met(licence, &allowed)).collect();
    assert_eq!(refused, [], ".deny.toml allows these no licence");
}

#[test]
fn all_that_is_built_in_is_listed() {
    let rows = crates().into_iter().map(|(name, version, licence)| format!("{name} {version}: {licence}\n"));
    let list = HEAD.to_owned() + &rows.collect::<String>();
    let path = root().join(LIST);
    if std::env::var_os("WARROOM_LICENCES").is_some_and(|value| value == "write") {
        fs::write(&path, &list).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == list,
        "{LIST} is not true any more: WARROOM_LICENCES=write cargo test licences writes it anew"
    );
}
