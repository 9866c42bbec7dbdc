//! What is done afterwards, and everything else that is known.

use super::{Block, Inline, Item, Section, Span, bullets};
use crate::model::attachment::{ATTACHMENTS, size};
use crate::model::{Action, ActionKind, ActionStatus, AttachmentKind, Face, Incident, Precision};
use crate::text::Raw;

/// How many digits of a hash are told: enough to tell the file by.
const SHOWN: usize = 16;

/// Improvements and tasks.
pub(super) fn measures(incident: &Incident) -> Section {
    let (improvements, tasks) = (improvements(incident), tasks(incident));
    let none = || vec![Block::Paragraph(vec![Span::ours("None recorded.")])];
    let mut blocks = vec![Block::Heading(vec![Span::ours("Improvements")])];
    blocks.extend(if improvements.is_empty() { none() } else { improvements });
    blocks.push(Block::Heading(vec![Span::ours("Tasks")]));
    blocks.extend(if tasks.is_empty() { none() } else { tasks });
    Section { heading: "Corrective and Preventative Measures", blocks }
}

/// What is broad.
pub(super) fn improvements(incident: &Incident) -> Vec<Block> {
    listed(of_kind(incident, ActionKind::Improvement))
}

/// What is specific.
pub(super) fn tasks(incident: &Incident) -> Vec<Block> {
    let tasks = of_kind(incident, ActionKind::Task);
    if tasks.is_empty() { Vec::new() } else { vec![Block::Numbered(tasks)] }
}

/// All, the broad ones first.
pub(super) fn actions(incident: &Incident) -> Vec<Item> {
    let mut all = of_kind(incident, ActionKind::Improvement);
    all.extend(of_kind(incident, ActionKind::Task));
    all
}

fn of_kind(incident: &Incident, kind: ActionKind) -> Vec<Item> {
    incident.actions.iter().filter(|a| a.kind == kind).map(action).collect()
}

/// A list, where there is something to list.
pub(super) fn listed(items: Vec<Item>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { vec![Block::Bullets(items)] }
}

/// The text first, then what is known of who, until when and how urgent.
fn action(action: &Action) -> Item {
    let mut known: Vec<Inline> = Vec::new();
    if let Some(owner) = &action.owner {
        known.push(vec![Span::ours("owner: "), Span::typed(owner)]);
    }
    if let Some(due) = action.due {
        known.push(vec![Span::ours(format!("due: {due}"))]);
    }
    if let Some(priority) = action.priority {
        known.push(vec![Span::ours(format!("priority: P{priority}"))]);
    }
    if let Some(class) = &action.class {
        known.push(vec![Span::ours("class: "), Span::typed(class)]);
    }
    if let Some(link) = &action.link {
        known.push(vec![Span { text: Raw::new("link"), strong: false, link: Some(link.clone()) }]);
    }
    match (action.status, &action.reason) {
        (ActionStatus::Open, _) => {}
        (ActionStatus::Done, _) => known.push(vec![Span::ours("done")]),
        (ActionStatus::Dropped, None) => known.push(vec![Span::ours("dropped")]),
        (ActionStatus::Dropped, Some(why)) => known.push(vec![Span::ours("dropped: "), Span::typed(why)]),
    }
    let mut words = vec![Span::typed(&action.text)];
    for (at, mut part) in known.into_iter().enumerate() {
        words.push(Span::ours(if at == 0 { " (" } else { "; " }));
        words.append(&mut part);
    }
    if words.len() > 1 {
        words.push(Span::ours(")"));
    }
    words.into()
}

/// Lessons, updates, decisions, links, notes and doubts, as far as there are any.
pub(super) fn rest(incident: &Incident) -> Vec<Section> {
    let section = |heading, blocks: Vec<Block>| (!blocks.is_empty()).then_some(Section { heading, blocks });
    [
        section("Lessons Learned", lessons(incident)),
        section("Updates", updates(incident)),
        section("Decisions", decisions(incident)),
        section("Attachments", attachments(incident)),
        section("Links", links(incident)),
        section("Related incidents", texts(&incident.related)),
        section("Notes", notes(incident)),
        section("Doubts", texts(&incident.warnings)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What was learned, each kind under a heading of its own.
pub(super) fn lessons(incident: &Incident) -> Vec<Block> {
    let mut lessons = Vec::new();
    for (heading, texts) in [
        ("What went well", &incident.lessons.went_well),
        ("What went wrong", &incident.lessons.went_wrong),
        ("Where we got lucky", &incident.lessons.lucky),
    ] {
        if !texts.is_empty() {
            lessons.extend([Block::Heading(vec![Span::ours(heading)]), bullets(texts)]);
        }
    }
    lessons
}

/// What stakeholders were told.
pub(super) fn updates(incident: &Incident) -> Vec<Block> {
    let face = Face::of(incident);
    let updates = incident.updates.iter().map(|u| {
        let when = Span::ours(face.full(&u.at, Precision::Minute)).strong();
        vec![when, Span::ours(" — "), Span::typed(&u.audience), Span::ours(": "), Span::typed(&u.text)].into()
    });
    listed(updates.collect())
}

/// What was decided.
pub(super) fn decisions(incident: &Incident) -> Vec<Block> {
    let face = Face::of(incident);
    let decisions = incident.decisions.iter().map(|d| {
        let when = Span::ours(face.full(&d.at, Precision::Minute)).strong();
        let mut words = vec![when, Span::ours(" — "), Span::typed(&d.text)];
        if let Some(who) = &d.who {
            words.extend([Span::ours(" (decided by "), Span::typed(who), Span::ours(")")]);
        }
        words.into()
    });
    listed(decisions.collect())
}

/// The files that are kept with the incident: each with what it is, then itself, as far as that can be shown.
pub(super) fn attachments(incident: &Incident) -> Vec<Block> {
    let face = Face::of(incident);
    let mut blocks = Vec::new();
    for file in &incident.attachments {
        let when = Span::ours(face.full(&file.at, Precision::Minute)).strong();
        let mut words = vec![when, Span::ours(" — "), Span::typed(&file.name)];
        words.push(Span::ours(format!(" ({}, {}, from ", file.kind.words(), size(file.bytes))));
        words.push(Span::typed(&file.by));
        let about = incident.hypotheses.iter().find(|h| Some(h.id) == file.hypothesis);
        if let Some(about) = about {
            words.extend([Span::ours(", for "), Span::typed(about.subject.raw())]);
        }
        words.push(Span::ours(")"));
        let path = file.kept_as().map(|name| format!("{ATTACHMENTS}/{name}"));
        let hash: String =
            file.sha256.as_typed().chars().filter(char::is_ascii_hexdigit).take(SHOWN).collect();
        let place = path.clone().unwrap_or_else(|| "a file whose name is no name".into());
        let place = vec![Span::ours(format!("in {place}, SHA-256 {hash}…"))];
        blocks.push(Block::Bullets(vec![Item { words, below: vec![place] }]));
        match (file.kind, path, &file.excerpt) {
            (AttachmentKind::Image, Some(path), _) => {
                blocks.push(Block::Picture { words: file.name.clone(), path });
            }
            (_, _, Some(excerpt)) => blocks.push(Block::Excerpt(excerpt.clone())),
            _ => {}
        }
    }
    blocks
}

/// Pointers to something outside.
pub(super) fn links(incident: &Incident) -> Vec<Block> {
    let links = incident.links.iter();
    let links =
        links.map(|l| vec![Span { text: l.label.clone(), strong: false, link: Some(l.url.clone()) }].into());
    listed(links.collect())
}

/// What fits nowhere else, each under its heading.
pub(super) fn notes(incident: &Incident) -> Vec<Block> {
    let mut notes = Vec::new();
    for note in &incident.notes {
        notes.push(Block::Heading(vec![Span::typed(&note.heading)]));
        notes.push(Block::Paragraph(vec![Span::typed(&note.text)]));
    }
    notes
}

/// Plain texts, a bullet each.
pub(super) fn texts(texts: &[Raw]) -> Vec<Block> {
    if texts.is_empty() { Vec::new() } else { vec![bullets(texts)] }
}
