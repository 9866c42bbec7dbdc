//! Redaction: takes secrets out of what leaves by an export or a copy. The record itself keeps them.
//!
//! It works on the texts as they were typed, before they are made safe for a format: an escape such as `\_` would hide a
//! secret from its rule. A mark takes the place of each, `(redacted: AWS access key)`, and `REDACTED` within an address;
//! the rest of the sentence stays. Not found are secrets that look like words, are split over texts, or are encoded.

mod by_line;
pub(super) mod fields;
mod find;
pub mod hidden;
mod rules;
mod value;

use std::collections::{BTreeMap, HashSet};

use crate::model::Incident;
use crate::text::{Raw, marks};
use fields::{Step, Texts as _};
pub use hidden::Hidden;

/// How many secrets of which name.
pub type Found = (&'static str, usize);

/// An incident without its secrets.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// The incident; times and numbers are as they were, and ids but for a secret that stood in the title.
    pub incident: Incident,
    /// What was taken out. One secret that stands in several places counts once.
    pub found: Vec<Found>,
    /// Each place where something was taken out.
    pub hidden: Vec<Hidden>,
}

/// Takes the secrets out of every text of an incident.
pub fn redacted(incident: &Incident) -> Redacted {
    let mut incident = incident.clone();
    let mut seen: BTreeMap<usize, HashSet<String>> = BTreeMap::new();
    let mut hidden = Vec::new();
    let mut see = |way: &[Step], rule: usize, secret: &str| {
        seen.entry(rule).or_default().insert(secret.to_owned());
        hidden.push(Hidden::of(find::name(rule), way, secret));
    };
    let text_of = |nth| [Step::Field("timeline"), Step::Nth(nth), Step::Field("text")];
    let mut lines = Vec::new();
    by_line::mark_keys(&mut incident.timeline, &mut |nth, line| {
        lines.push(Hidden::of(rules::PRIVATE_KEY, &text_of(nth), line));
    });
    for (nth, entry) in incident.timeline.iter_mut().enumerate() {
        let mut see = |rule, secret: &str| see(&text_of(nth), rule, secret);
        if let Some(text) = find::without_secrets(&entry.text, &mut see) {
            // A `#` or `@` in a secret made a tag or a name of a part of it.
            let (were, are) = (marks::named(entry.text.as_typed()), marks::named(text.as_typed()));
            entry.tags.retain(|tag| !were.0.contains(tag) || are.0.contains(tag));
            entry.people.retain(|name| !were.1.contains(name) || are.1.contains(name));
            entry.text = text;
        }
    }
    incident.each(&mut Vec::new(), &mut |way, text| {
        if let Some(without) = find::without_secrets(text, &mut |rule, secret| see(way, rule, secret)) {
            *text = without;
        }
    });
    hidden.append(&mut lines);
    for secret in seen.values().flatten() {
        incident.id = without_slug(&incident.id, secret);
    }
    let mut found: Vec<Found> = Vec::new();
    for (rule, secrets) in seen {
        let name = find::name(rule);
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += secrets.len(),
            None => found.push((name, secrets.len())),
        }
    }
    hidden::sort(&mut hidden);
    Redacted { incident, found, hidden }
}

/// The shortest part of a secret in an id that is taken for one, in bytes: an id is cut where it gets long.
const SLUG: usize = 8;

/// An id without what a secret in a title made of it.
fn without_slug(id: &Raw, secret: &str) -> Raw {
    let slug = Raw::new(secret).for_file_name();
    let (id, slug) = (id.as_typed(), slug.as_str());
    if slug.len() < SLUG {
        return id.into();
    }
    let cut = || (SLUG..slug.len()).rev().find_map(|length| id.strip_suffix(&slug[..length]));
    match (id.contains(slug), cut()) {
        (true, _) => Raw::new(id.replace(slug, "redacted")),
        (false, Some(before)) => Raw::new([before, "redacted"].concat()),
        (false, None) => id.into(),
    }
}

/// The name of the first secret in a text.
pub fn first(text: &str) -> Option<&'static str> {
    let first = |text: &str| find::secrets(text).first().map(|found| find::name(found.rule));
    first(text).or_else(|| Raw::new(text).laid_bare().as_deref().and_then(first))
}

/// The secrets in a text themselves.
pub fn secrets(text: &Raw) -> Vec<String> {
    let mut secrets = Vec::new();
    find::without_secrets(text, &mut |_, secret| secrets.push(secret.to_owned()));
    secrets
}

/// What was found, in words: "2 secrets were left out: AWS access key, password in a URL". Empty where there was nothing.
pub fn summary(found: &[Found]) -> String {
    let names: Vec<String> = found
        .iter()
        .map(|(name, count)| if *count == 1 { (*name).to_owned() } else { format!("{name} ({count})") })
        .collect();
    match found.iter().map(|(_, count)| count).sum() {
        0 => String::new(),
        1 => format!("1 secret was left out: {}", names.join(", ")),
        count => format!("{count} secrets were left out: {}", names.join(", ")),
    }
}
