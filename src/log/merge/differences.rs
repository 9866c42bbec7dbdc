//! What two records of one outage say differently.

use serde::Serialize;
use serde_json::Value;

use crate::log::Fact;
use crate::log::fold::facts;
use crate::model::{Action, ActionStatus, Entry, Face, Hypothesis, Incident, MilestoneKind, Source};
use crate::text::Raw;

/// What two incidents say of one thing, and differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is of: `severity`, `database, why`, `action 3, due`.
    pub what: Raw,
    /// What this one says, which holds.
    pub own: Raw,
    /// What the other one says, which is kept as a note.
    pub other: Raw,
}

/// What both say, and differently. The entries and actions are those that stand in both, this one's first.
pub(super) fn differences(
    own: &Incident,
    other: &Incident,
    entries: &[(&Entry, &Entry)],
    actions: &[(&Action, &Action)],
) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut differs = |what: &str, own: Option<String>, other: Option<String>| {
        if let (Some(own), Some(other)) = (own, other)
            && own != other
        {
            found.push(Difference { what: what.into(), own: own.into(), other: other.into() });
        }
    };
    let raw = |text: Option<&Raw>| text.map(|text| text.as_typed().to_owned());
    differs("title", raw(Some(&own.title)), raw(Some(&other.title)));
    differs("severity", own.severity.map(|s| s.to_string()), other.severity.map(|s| s.to_string()));
    differs("status", Some(own.status.to_string()), Some(other.status.to_string()));
    differs("zone", Some(own.zone.to_string()), Some(other.zone.to_string()));
    let facts = [
        (Fact::Impact, "impact"),
        (Fact::Summary, "summary"),
        (Fact::RootCause, "root cause"),
        (Fact::Trigger, "trigger"),
        (Fact::Detection, "detection"),
        (Fact::Workaround, "workaround"),
        (Fact::Fix, "fix"),
    ];
    for (fact, what) in facts {
        differs(what, raw(facts::text(own, fact)), raw(facts::text(other, fact)));
    }
    let every =
        |incident: &Incident| incident.update_every_minutes.map(|minutes| format!("every {minutes} minutes"));
    differs("updates", every(own), every(other));
    for kind in MilestoneKind::ALL {
        let told = |incident: &Incident| {
            let met = incident.milestones.get(kind)?;
            let at = Face::of(other).full(&met.at, met.precision);
            let written = raw(met.as_written.as_ref()).map(|written| format!(" (written {written})"));
            let how = raw(met.how.as_ref()).map(|how| format!(": {how}"));
            Some([Some(at), written, how].into_iter().flatten().collect())
        };
        differs(kind.word(), told(own), told(other));
    }
    for role in &other.roles {
        let key = role.role.as_typed().to_lowercase();
        let known = own.roles.iter().find(|known| known.role.as_typed().to_lowercase() == key);
        differs(&key, raw(known.map(|known| &known.name)), raw(Some(&role.name)));
    }
    for hypothesis in &other.hypotheses {
        if let Some(known) = own.hypothesis(&hypothesis.subject) {
            of_hypothesis(known, hypothesis, &mut differs);
        }
    }
    for (known, action) in actions {
        of_action(known, action, &mut differs);
    }
    // Their words stand in the entries: purged there, they are to be nowhere else.
    let told = entries.iter().filter(|(known, entry)| {
        !are_read_alike(known, entry) && teller(known, entry) != teller(entry, known)
    });
    let (here, there): (Vec<String>, Vec<String>) = told
        .map(|(known, entry)| {
            let when = Face::of(own).full(&known.at, known.precision);
            (format!("{when} {}", teller(known, entry)), format!("{when} {}", teller(entry, known)))
        })
        .unzip();
    let listed = |all: Vec<String>| Some(all.join("; ")).filter(|all| !all.is_empty());
    differs("entries that stand in both, by whom", listed(here), listed(there));
    // Two copies of a document differ in all their lines: that is one thing, not one for each.
    let read = entries.iter().filter(|(known, entry)| are_read_alike(known, entry));
    let read = read.map(|(known, entry)| (known.source.as_deref(), entry.source.as_deref()));
    let read = read.chain(actions.iter().map(|(known, one)| (known.source.as_ref(), one.source.as_ref())));
    let pairs: Vec<(&Source, &Source)> = read.filter_map(|(own, other)| own.zip(other)).collect();
    let (here, there): (Vec<&Source>, Vec<&Source>) =
        pairs.into_iter().filter(|(own, other)| own != other).unzip();
    differs("where what stands in both was read", lines_of(&here), lines_of(&there));
    found
}

/// Whether two entries differ at most in the lines that they were read from.
fn are_read_alike(one: &Entry, other: &Entry) -> bool {
    one.source.is_some()
        && other.source.is_some()
        && one.as_written == other.as_written
        && one.key == other.key
}

/// `notes.md, lines 7, 9, 12`, a document after the other; none where there is nothing.
fn lines_of(sources: &[&Source]) -> Option<String> {
    let mut files: Vec<(&Raw, Vec<u32>)> = Vec::new();
    for source in sources {
        match files.iter_mut().find(|(file, _)| *file == &source.file) {
            Some((_, lines)) => lines.extend(source.line),
            None => files.push((&source.file, source.line.into_iter().collect())),
        }
    }
    let told = files.into_iter().map(|(file, mut lines)| {
        lines.sort_unstable();
        lines.dedup();
        let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
        let word = if numbers.len() == 1 { "line" } else { "lines" };
        if numbers.is_empty() {
            file.as_typed().to_owned()
        } else {
            format!("{}, {word} {}", file.as_typed(), numbers.join(", "))
        }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Who or what says an entry, and what of it its twin says otherwise.
fn teller(entry: &Entry, twin: &Entry) -> String {
    let line = entry.source.as_deref().and_then(line);
    let by = format!("{}{}", entry.told_by().as_typed(), line.unwrap_or_default());
    let written = entry.as_written.as_ref().filter(|_| entry.as_written != twin.as_written);
    let written = written.map(|written| format!(" (written {})", written.as_typed()));
    let key = if entry.key && !twin.key { ", as a key entry" } else { "" };
    format!("{by}{}{key}", written.unwrap_or_default())
}

/// Where in a document something stands: `, line 7`.
fn line(source: &Source) -> Option<String> {
    source.line.map(|line| format!(", line {line}"))
}

fn of_action(own: &Action, other: &Action, differs: &mut impl FnMut(&str, Option<String>, Option<String>)) {
    let raw = |text: Option<&Raw>| text.map(|text| text.as_typed().to_owned());
    let number = own.number;
    let mut field = |what: &str, own: Option<String>, other: Option<String>| {
        differs(&format!("action {number}, {what}"), own, other);
    };
    field("how it is written", raw(Some(&own.text)), raw(Some(&other.text)));
    field("kind", Some(own.kind.word().to_owned()), Some(other.kind.word().to_owned()));
    field("owner", raw(own.owner.as_ref()), raw(other.owner.as_ref()));
    let due = |action: &Action| action.due.map(|due| due.to_string());
    field("due", due(own), due(other));
    let priority = |action: &Action| action.priority.map(|level| format!("p{level}"));
    field("priority", priority(own), priority(other));
    field("class", raw(own.class.as_ref()), raw(other.class.as_ref()));
    field("link", raw(own.link.as_ref()), raw(other.link.as_ref()));
    let stands = |action: &Action| {
        let reason = raw(action.reason.as_ref()).map(|reason| format!(": {reason}"));
        format!("{}{}", action.status.word(), reason.unwrap_or_default())
    };
    // An open one gives way to what became of the other.
    if own.status != ActionStatus::Open {
        field("where it stands", Some(stands(own)), Some(stands(other)));
    }
}

fn of_hypothesis(
    own: &Hypothesis,
    other: &Hypothesis,
    differs: &mut impl FnMut(&str, Option<String>, Option<String>),
) {
    let raw = |text: Option<&Raw>| text.map(|text| text.as_typed().to_owned());
    let name = other.subject.raw().as_typed();
    differs(
        &format!("{name}, how it is written"),
        raw(Some(own.subject.raw())),
        raw(Some(other.subject.raw())),
    );
    differs(&format!("{name}, why"), raw(own.why.as_ref()), raw(other.why.as_ref()));
    differs(&format!("{name}, who is on it"), raw(own.owner.as_ref()), raw(other.owner.as_ref()));
    let verdict = |hypothesis: &Hypothesis| {
        let reason = raw(hypothesis.reason.as_ref()).map(|reason| format!(": {reason}"));
        format!("{}{}", hypothesis.status, reason.unwrap_or_default())
    };
    // An open one gives way to what the other one found.
    if own.status.is_closed() || other.reason.is_some() && own.reason.is_some() {
        differs(&format!("{name}, what came of it"), Some(verdict(own)), Some(verdict(other)));
    }
}

/// What one state of an incident has beyond another one, field by field.
pub(super) fn gained(before: &Incident, after: &Incident) -> Vec<(Raw, Raw)> {
    let bare = super::without_things;
    let mut found = Vec::new();
    more("", &value(&bare(before)), &value(&bare(after)), &mut found);
    let actions = before.actions.iter().zip(&after.actions);
    for (one, other) in actions {
        more(&format!("action {}, ", one.number), &value(one), &value(other), &mut found);
    }
    for (one, other) in before.hypotheses.iter().zip(&after.hypotheses) {
        let name = one.subject.raw().as_typed();
        more(&format!("{name}, "), &value(one), &value(other), &mut found);
    }
    found
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn more(path: &str, before: &Value, after: &Value, found: &mut Vec<(Raw, Raw)>) {
    // Where it is told and by what machine is no field that anybody looks for.
    const SILENT: [&str; 5] = ["sources", "documents", "source", "logged_at", "journal"];
    let Value::Object(fields) = after else { return };
    for (name, value) in fields.iter().filter(|(name, _)| !SILENT.contains(&name.as_str())) {
        let known = before.get(name).unwrap_or(&Value::Null);
        let named = format!("{path}{}", name.replace('_', " "));
        match value {
            _ if value == known => {}
            Value::Array(items) => {
                let there = known.as_array().map_or(&[][..], Vec::as_slice);
                let new = items.iter().filter(|item| !there.contains(item));
                found.extend(new.map(|item| (named.as_str().into(), words(item))));
            }
            // The parts of the impact, of the resolution; a milestone is one thing.
            Value::Object(_) if known.is_object() => more(&format!("{named}, "), known, value, found),
            value => found.push((named.as_str().into(), words(value))),
        }
    }
}

/// A value as a person reads it: of a thing with many fields what is said of it.
fn words(value: &Value) -> Raw {
    match value {
        Value::String(text) => Raw::new(text),
        Value::Object(fields) => {
            let parts =
                ["role", "label", "heading", "name", "url", "text", "at", "how"].map(|name| fields.get(name));
            let parts: Vec<&str> = parts.into_iter().flatten().filter_map(Value::as_str).collect();
            Raw::new(parts.join(" "))
        }
        value => Raw::new(value.to_string()),
    }
}
