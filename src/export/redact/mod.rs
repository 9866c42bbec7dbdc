//! Redaction: takes secrets out of what leaves by an export or a copy. The record itself keeps them.
//!
//! It works on the texts as they were typed, before they are made safe for a format: an escape such as `\_` would hide a
//! secret from its rule. A mark takes the place of each, `(redacted: AWS access key)`, and `REDACTED` within an address;
//! the rest of the sentence stays. Not found are secrets that look like words, are split over texts, or are encoded.

mod by_line;
pub mod command_line;
mod elsewhere;
pub(super) mod fields;
mod find;
pub mod hidden;
mod needed;
mod printed;
mod rules;
mod value;

use std::collections::{BTreeMap, HashSet};

use crate::hands::in_parts;
use crate::model::{Entry, Incident, Timeline};
use crate::text::{Raw, marks};
use elsewhere::Elsewhere;
use fields::{Step, Texts as _};
pub use hidden::Hidden;
use printed::Printed;

/// So many entries are read in one go.
const PART: usize = 256;

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
    secrets: Secrets,
}

impl Redacted {
    /// What of that stands in a report of the incident as it was, whichever form it has.
    pub fn found_in(&self, report: &str) -> Vec<Found> {
        if self.secrets.is_empty() {
            return Vec::new();
        }
        let report = Printed::of(report);
        counted(&self.secrets, |secret| report.has(secret))
    }
}

/// The secrets of each rule.
type Secrets = BTreeMap<usize, HashSet<String>>;

/// What was seen so far.
#[derive(Default)]
struct Seen {
    secrets: Secrets,
    hidden: Vec<Hidden>,
}

impl Seen {
    fn note(&mut self, way: &[Step], rule: usize, secret: &str) {
        self.secrets.entry(rule).or_default().insert(secret.to_owned());
        self.hidden.push(Hidden::of(find::name(rule), way, secret));
    }
}

/// Takes the secrets out of every text of an incident.
pub fn redacted(incident: &Incident) -> Redacted {
    let mut incident = incident.clone();
    let mut seen = Seen::default();
    let mut lines = Vec::new();
    let mut in_question = in_question(&incident.timeline, &find::may_hold);
    let mut marked = Vec::new();
    by_line::mark_keys(&mut incident.timeline, &in_question, &mut |nth, line| {
        marked.push(nth);
        lines.push(Hidden::of(rules::PRIVATE_KEY, &text_of(nth), line));
    });
    for nth in marked {
        in_question[nth] = true;
    }
    each_text(&mut incident, &in_question, &mut |way, text| {
        find::without_secrets(text, &mut |rule, secret| seen.note(way, rule, secret))
    });
    let known: HashSet<String> =
        incident.hypotheses.iter().map(|h| h.subject.key()).chain(services(&incident)).collect();
    let all = seen.secrets.iter().flat_map(|(rule, secrets)| secrets.iter().map(|secret| (*rule, secret)));
    let elsewhere = Elsewhere::of(all, |secret| known.contains(&secret.to_lowercase()));
    if !elsewhere.is_empty() {
        let in_question = self::in_question(&incident.timeline, &|text| elsewhere.is_in(text));
        each_text(&mut incident, &in_question, &mut |way, text| {
            elsewhere.without(text, &mut |rule, secret| seen.note(way, rule, secret))
        });
    }
    let Seen { secrets, mut hidden } = seen;
    hidden.append(&mut lines);
    for secret in secrets.values().flatten() {
        incident.id = without_slug(&incident.id, secret);
    }
    hidden::sort(&mut hidden);
    Redacted { incident, found: counted(&secrets, |_| true), hidden, secrets }
}

/// Takes the secrets out of texts that leave together, as [`redacted`] does out of those of an incident; what was taken out.
pub fn out_of(mut texts: Vec<&mut Raw>) -> Vec<Found> {
    let mut secrets = Secrets::new();
    let mut note = |rule: usize, secret: &str| {
        secrets.entry(rule).or_default().insert(secret.to_owned());
    };
    for text in &mut texts {
        if let Some(new) = find::without_secrets(text, &mut note) {
            **text = new;
        }
    }
    let all = secrets.iter().flat_map(|(rule, secrets)| secrets.iter().map(|secret| (*rule, secret)));
    let elsewhere = Elsewhere::of(all, |_| false);
    for text in texts {
        if let Some(new) = elsewhere.without(text, &mut |_, _| {}) {
            *text = new;
        }
    }
    counted(&secrets, |_| true)
}

fn text_of(nth: usize) -> [Step; 3] {
    [Step::Field("timeline"), Step::Nth(nth), Step::Field("text")]
}

fn services(incident: &Incident) -> impl Iterator<Item = String> {
    incident.services.iter().map(|service| service.as_typed().trim().to_lowercase())
}

/// Of each entry, whether one of its texts may hold what is looked for.
fn in_question(timeline: &Timeline, may_hold: &(dyn Fn(&Raw) -> bool + Sync)) -> Vec<bool> {
    let entries: Vec<&Entry> = timeline.iter().collect();
    let parts: Vec<&[&Entry]> = entries.chunks(PART).collect();
    in_parts(&parts, |part| part.iter().map(|entry| entry.any(may_hold)).collect::<Vec<_>>()).concat()
}

/// Puts what `without` makes of each text in its place; it makes nothing of those of an entry that is not `in_question`.
fn each_text(
    incident: &mut Incident,
    in_question: &[bool],
    without: &mut dyn FnMut(&[Step], &Raw) -> Option<Raw>,
) {
    let mut timeline = std::mem::take(&mut incident.timeline);
    incident.each(&mut Vec::new(), &mut |way, text| {
        if let Some(new) = without(way, text) {
            *text = new;
        }
    });
    timeline.replace(|nth, entry| if in_question[nth] { entry_without(nth, entry, without) } else { None });
    incident.timeline = timeline;
}

/// An entry with what `without` makes of each of its texts; `None` where that is nothing.
fn entry_without(
    nth: usize,
    entry: &Entry,
    without: &mut dyn FnMut(&[Step], &Raw) -> Option<Raw>,
) -> Option<Entry> {
    let mut changed = entry.clone();
    let way = text_of(nth);
    let text = without(&way, &entry.text);
    let is_clean = text.is_none();
    if let Some(text) = text {
        // A `#` or `@` in a secret made a tag or a name of a part of it.
        let (were, are) = (marks::named(entry.text.as_typed()), marks::named(text.as_typed()));
        let kept = |listed: &[Raw], were: &[Raw], are: &[Raw]| {
            let stays = |name: &&Raw| !were.contains(name) || are.contains(name);
            listed.iter().filter(stays).cloned().collect()
        };
        changed.tags = kept(&changed.tags, &were.0, &are.0);
        changed.people = kept(&changed.people, &were.1, &are.1);
        changed.text = text;
    }
    changed.each(&mut way[..2].to_vec(), &mut |of, text| {
        if is_clean && of == way {
            return;
        }
        if let Some(new) = without(of, text) {
            *text = new;
        }
    });
    (changed != *entry).then_some(changed)
}

/// How many secrets of which name count. One that several rules find has the name of the first.
fn counted(secrets: &Secrets, counts: impl Fn(&str) -> bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut seen: HashSet<&String> = HashSet::new();
    for (rule, secrets) in secrets {
        let (name, more) = (
            find::name(*rule),
            secrets.iter().filter(|secret| seen.insert(secret) && counts(secret)).count(),
        );
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += more,
            None => found.push((name, more)),
        }
    }
    found.retain(|(_, count)| *count > 0);
    found
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
