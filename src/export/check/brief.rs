//! The length of the short report.

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use unicode_segmentation::UnicodeSegmentation as _;

use super::case::{Case, Hit};
use crate::model::{Incident, MilestoneKind};
use crate::settings::CheckSettings;

/// A short report, as Markdown.
#[derive(Clone, Copy, Debug)]
pub enum Brief<'a> {
    /// One that a person wrote, or is going to publish: neither too short nor too long.
    Given(&'a str),
    /// What the record makes: a small outage has little to tell, so it can only be too long.
    Made(&'a str),
}

pub(super) fn length(case: &Case<'_>) -> Vec<Hit> {
    let (text, may_be_short) = match case.brief {
        Some(Brief::Given(text)) => (text, false),
        Some(Brief::Made(text)) => (text, true),
        None => return Vec::new(),
    };
    let words = count(text);
    let (least, most) = case.settings.brief_words;
    let message = if words < least && !may_be_short {
        format!(
            "the brief has {words} words, and {least} are the least: who was not there has to understand it"
        )
    } else if words > most {
        format!("the brief has {words} words, and {most} are the most that are read to the end")
    } else {
        return Vec::new();
    };
    vec![Hit::new("brief", message, "/summary ")]
}

/// What is said of a brief that the record makes and that is shorter than the settings want, once the incident is over and
/// somebody told what happened and why: no finding, for a small outage has little to tell.
pub fn note(incident: &Incident, settings: &CheckSettings, brief: Option<Brief<'_>>) -> Option<String> {
    let Some(Brief::Made(text)) = brief else { return None };
    let over = incident.milestones.get(MilestoneKind::Resolved).is_some();
    let told = incident.summary.is_some() && incident.root_cause.is_some();
    let (least, most) = settings.brief_words;
    let words = count(text);
    let off = settings.off.iter().any(|off| off == "brief-length");
    (over && told && !off && words < least).then(|| {
        format!(
            "The brief has {words} words; {least} to {most} are usual: tell more with /summary, or check the published one \
             with --brief FILE."
        )
    })
}

/// How many words of a piece of Markdown are seen.
fn count(markdown: &str) -> usize {
    let mut seen = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            // What is strong or leads somewhere is within a word's sentence; all else ends one.
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::SoftBreak | Event::HardBreak | Event::End(_) => seen.push(' '),
            _ => {}
        }
    }
    seen.unicode_words().count()
}
