//! `warroom run`, and the hooks of shells: commands as they would run by themselves, and what is told of them.

mod apart;
mod plain;
mod shells;
mod terminals;

use serde_json::Value;

use crate::support::House;

/// A house with one incident that is going on.
fn house() -> House {
    let house = House::new();
    house.done(&["new", "Shop is down", "--detach"]);
    house
}

/// What is told of the commands: the line of each, and how it ended.
fn commands(house: &House) -> Vec<(String, Value)> {
    let incident = house.json();
    let entries = incident["timeline"].as_array().unwrap();
    let commands = entries.iter().filter(|entry| entry["kind"] == "command");
    let told = commands.map(|entry| {
        let ended = entry["machine"]["command"]["ended"].clone();
        (entry["text"].as_str().unwrap().to_owned(), ended)
    });
    told.collect()
}

/// How the only command ended.
fn only(house: &House) -> Value {
    let all = commands(house);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].1.clone()
}
