//! The pieces of the story, each to be had by itself: what a template puts under the headings of its standard. A piece has
//! no heading of its own level; it is empty where nothing is known.

use super::after::{self, listed};
use super::{Block, Item, Section, Span, flow, metrics, missing, paths, summary, timeline};
use crate::model::Incident;
use crate::text::Raw;

/// The summary of the default report: how long, how bad, why.
pub fn summary(incident: &Incident) -> Vec<Block> {
    summary::section(incident).blocks
}

/// How long it took, with both ends.
pub fn duration(incident: &Incident) -> Vec<Block> {
    vec![Block::Paragraph(summary::duration(incident))]
}

/// What it meant for people: in words, how many were affected, what was lost.
pub fn impact(incident: &Incident) -> Vec<Block> {
    let mut items: Vec<Item> = incident.impact.text.iter().map(typed).collect();
    items.extend(summary::impact(incident).below.into_iter().map(Item::from));
    listed(items)
}

/// All of the timeline, parted by day where there is more than one.
pub fn timeline(incident: &Incident) -> Vec<Block> {
    timeline::section(incident).blocks
}

/// The short story.
pub fn key_timeline(incident: &Incident) -> Vec<Block> {
    let key = timeline::key(incident);
    if key.is_empty() { Vec::new() } else { timeline::days(incident, &key) }
}

/// What was suspected and ruled out, with the minutes it took and the harm it did.
pub fn misleading_paths(incident: &Incident) -> Vec<Block> {
    paths::misleading(incident).map_or_else(Vec::new, blocks_of)
}

/// What was suspected and confirmed.
pub fn confirmed(incident: &Incident) -> Vec<Block> {
    listed(paths::confirmed(incident))
}

/// What was suspected and never settled.
pub fn open_hypotheses(incident: &Incident) -> Vec<Block> {
    paths::open(incident).map_or_else(Vec::new, blocks_of)
}

/// The root cause in words.
pub fn cause(incident: &Incident) -> Vec<Block> {
    paragraph(incident.root_cause.as_ref())
}

/// What set it off.
pub fn trigger(incident: &Incident) -> Vec<Block> {
    paragraph(incident.trigger.as_ref())
}

/// What helped it along.
pub fn factors(incident: &Incident) -> Vec<Block> {
    after::texts(&incident.factors)
}

/// How it was noticed.
pub fn detection(incident: &Incident) -> Vec<Block> {
    paragraph(noticed(incident))
}

/// How it was noticed, as typed.
pub fn noticed(incident: &Incident) -> Option<&Raw> {
    summary::noticed(incident)
}

/// How it was ended.
pub fn resolution(incident: &Incident) -> Vec<Block> {
    listed(paths::resolution(incident).into_iter().map(Item::from).collect())
}

/// Each milestone that was met, with the time since the start.
pub fn milestones(incident: &Incident) -> Vec<Block> {
    listed(summary::milestones(incident).into_iter().map(Item::from).collect())
}

/// The flow of the incident as a picture.
pub fn diagram(incident: &Incident) -> Vec<Block> {
    flow::section(incident).map_or_else(Vec::new, |section| section.blocks)
}

/// The times that are told of outages, each with the milestones between which it lies.
pub fn metrics(incident: &Incident) -> Vec<Block> {
    metrics::section(incident).map_or_else(Vec::new, |section| section.blocks)
}

/// Who has which role.
pub fn roles(incident: &Incident) -> Vec<Block> {
    let roles = incident.roles.iter();
    listed(roles.map(|r| vec![Span::typed(&r.role), Span::ours(": "), Span::typed(&r.name)].into()).collect())
}

/// What is to be done, broad.
pub fn improvements(incident: &Incident) -> Vec<Block> {
    after::improvements(incident)
}

/// What is to be done, specific.
pub fn tasks(incident: &Incident) -> Vec<Block> {
    after::tasks(incident)
}

/// All that is to be done, improvements first.
pub fn actions(incident: &Incident) -> Vec<Block> {
    listed(after::actions(incident))
}

/// What went well.
pub fn went_well(incident: &Incident) -> Vec<Block> {
    after::texts(&incident.lessons.went_well)
}

/// What went wrong.
pub fn went_wrong(incident: &Incident) -> Vec<Block> {
    after::texts(&incident.lessons.went_wrong)
}

/// Where luck helped.
pub fn lucky(incident: &Incident) -> Vec<Block> {
    after::texts(&incident.lessons.lucky)
}

/// What was learned, under three headings of the third level.
pub fn lessons(incident: &Incident) -> Vec<Block> {
    after::lessons(incident)
}

/// What stakeholders were told.
pub fn updates(incident: &Incident) -> Vec<Block> {
    after::updates(incident)
}

/// What was decided, and by whom.
pub fn decisions(incident: &Incident) -> Vec<Block> {
    after::decisions(incident)
}

/// The files that are kept with the incident.
pub fn attachments(incident: &Incident) -> Vec<Block> {
    after::attachments(incident)
}

/// Pointers to something outside.
pub fn links(incident: &Incident) -> Vec<Block> {
    after::links(incident)
}

/// Notes, each under a heading of the third level.
pub fn notes(incident: &Incident) -> Vec<Block> {
    after::notes(incident)
}

/// What contradicts itself, and what was read but not understood.
pub fn doubts(incident: &Incident) -> Vec<Block> {
    after::texts(&incident.warnings)
}

/// What the report still lacks.
pub fn missing(incident: &Incident) -> Vec<Block> {
    let gap = |gap: missing::Gap| Item::from(vec![Span::ours(gap.what)]);
    listed(missing::gaps(incident).into_iter().map(gap).collect())
}

fn blocks_of(section: Section) -> Vec<Block> {
    section.blocks
}

fn typed(text: &Raw) -> Item {
    vec![Span::typed(text)].into()
}

fn paragraph(text: Option<&Raw>) -> Vec<Block> {
    text.map(|text| Block::Paragraph(vec![Span::typed(text)])).into_iter().collect()
}
