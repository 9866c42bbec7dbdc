//! Who took part, and as what.

use super::super::Found;
use super::super::document::{Claims, label, plain};
use super::super::parts::{Part, Shape};
use crate::log::Change;
use crate::text::Raw;

/// The most people that are read.
const MOST: usize = 200;

/// The longest name, in words.
const LONGEST: usize = 6;

/// The roles of a section on who took part: `Commander: Alice`, or names, which have the role that the heading names.
pub(super) fn roles(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let mut shared: Vec<(String, String, u32)> = Vec::new();
    for part in parts.iter().take(MOST) {
        let (role, names) = match &part.shape {
            Shape::Row { cells, header: false } if cells.len() == 2 => (plain(&cells[0]), plain(&cells[1])),
            Shape::Row { .. } => continue,
            Shape::Prose | Shape::Item => match label(&part.text) {
                Some((role, rest)) if !rest.trim().is_empty() => (role, plain(rest)),
                _ => (role_of(&part.heading), plain(&part.text)),
            },
        };
        let names: Vec<&str> =
            names.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
        let short =
            names.iter().all(|name| name.split_whitespace().count() <= LONGEST && !name.ends_with('.'));
        if names.is_empty() || !short || role.split_whitespace().count() > LONGEST {
            continue;
        }
        part.blocks.iter().for_each(|block| claims.claim(*block));
        // One role is one person's at a time: those who share it are named together.
        let (role, names) = (role.trim().to_owned(), names.join(", "));
        match shared.iter_mut().find(|(other, ..)| *other == role) {
            Some((_, held, _)) => {
                held.push_str(", ");
                held.push_str(&names);
            }
            None => shared.push((role, names, part.line)),
        }
    }
    let taken = |(role, name, line): (String, String, u32)| {
        let change = Change::RoleTaken { role: Raw::new(role), name: Raw::new(name), when: None };
        Found { line: Some(line), change }
    };
    shared.into_iter().map(taken).collect()
}

/// Adds a role to what was found; those of another section who share it are named together.
pub(super) fn join(found: &mut Vec<Found>, new: Found) {
    if let Change::RoleTaken { role, name, .. } = &new.change {
        for held in found.iter_mut() {
            if let Change::RoleTaken { role: other, name: names, .. } = &mut held.change
                && other == role
            {
                *names = Raw::new(format!("{}, {}", names.as_typed(), name.as_typed()));
                return;
            }
        }
    }
    found.push(new);
}

/// "Authors" gives "author", "Participants" "participant".
fn role_of(heading: &str) -> String {
    let heading = plain(heading).trim_end_matches(':').to_lowercase();
    let word = heading.split_whitespace().next().unwrap_or_default();
    match word.strip_suffix('s') {
        Some(one) if heading == word && !one.is_empty() => one.to_owned(),
        _ if heading.is_empty() => "participant".to_owned(),
        _ => heading,
    }
}
