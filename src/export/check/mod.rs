//! The check: what a report still lacks, what in it contradicts itself, and words that blame. Pure: an incident and the
//! settings in, findings out. What it does not find may still be wrong; what it finds shall be worth a look.

mod acronyms;
mod actions;
mod animated;
mod blame;
mod brief;
mod case;
mod catalogue;
mod causes;
mod disputed;
mod hindsight;
mod impact;
mod lengths;
mod missing;
mod numbers;
mod stems;
mod times;
mod words;

use std::ops::Range;

use crate::model::{Incident, MilestoneKind};
use crate::settings::CheckSettings;
use crate::text::Raw;
use case::{Case, Hit};

pub use brief::{Brief, note};
pub use catalogue::RULES;
pub use missing::reason_for;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The report is wrong or of no use without it.
    Must,
    /// The report is better with it.
    Should,
}

impl Severity {
    /// Both, the graver first.
    pub const ALL: [Self; 2] = [Self::Must, Self::Should];

    /// Its word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
        }
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Something the report lacks: told in the room as what is missing.
    Missing,
    /// Facts that contradict each other, or cannot be.
    Facts,
    /// Words. These rules are for English, and leave other languages alone.
    Language,
    /// What is done afterwards.
    Afterwards,
}

/// One thing that is looked for.
#[derive(Debug)]
pub struct Rule {
    /// What it is called in the settings, in kebab-case; it never changes.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub theme: Theme,
    /// What it looks for.
    pub looks_for: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// Where that is argued: author, work, chapter.
    pub source: &'static str,
    /// An example that is found.
    pub wrong: &'static str,
    /// The same as it could be.
    pub right: &'static str,
    /// Finds it.
    find: fn(&Case<'_>) -> Vec<Hit>,
}

/// The rule about when it was over.
const THE_END: &str = "missing-end";

/// What is told at the end: while the incident goes on it is not missing.
const AT_THE_END: &[&str] =
    &[THE_END, "missing-cause", "missing-resolution", "missing-tasks", "hypothesis-without-verdict"];

impl Rule {
    /// Whether it finds nothing while the incident goes on.
    pub fn waits_for_the_end(&self) -> bool {
        AT_THE_END.contains(&self.id)
    }
}

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// What it is about: `summary`, `action 2`, `entry 7f3`; safe for a terminal.
    pub about: String,
    /// The text it is about, where it is about one.
    pub text: Option<Raw>,
    /// The part of that text, in bytes.
    pub span: Option<Range<usize>>,
    /// What is wrong, in one sentence; safe for a terminal.
    pub message: String,
    /// The beginning of the line of the prompt that mends it; safe for a terminal.
    pub fix: String,
}

impl Finding {
    /// What is wrong, where the rule is not told beside it.
    pub fn told(&self) -> String {
        match self.rule.theme {
            Theme::Missing => format!("missing: {}", self.message),
            _ => self.message.clone(),
        }
    }
}

/// Finds what the settings do not switch off, the gravest first. `brief` is the short report, where there is
/// one: its length is checked too.
pub fn findings(incident: &Incident, settings: &CheckSettings, brief: Option<Brief<'_>>) -> Vec<Finding> {
    let case = Case::new(incident, settings, brief);
    let over = is_over(incident);
    let on = RULES.iter().filter(|rule| is_on(rule, settings) && (over || !rule.waits_for_the_end()));
    let mut findings: Vec<Finding> = on.flat_map(|rule| found(rule, &case)).collect();
    // Within one severity the order of the table, which the sort keeps.
    findings.sort_by_key(|finding| finding.rule.severity);
    findings
}

/// Finds what the report lacks, the most important first, whatever the settings say; of what is told at the end nothing
/// while the incident goes on.
pub fn missing(incident: &Incident) -> Vec<Finding> {
    let settings = CheckSettings::default();
    let over = is_over(incident);
    lacking(incident, &settings).filter(|finding| over || !finding.rule.waits_for_the_end()).collect()
}

/// Finds all that the report will need and does not have yet, what is told at the end with it, even while the incident goes
/// on: for the room, where it is filled in. Until it is over its end comes last.
pub fn still_missing(incident: &Incident, settings: &CheckSettings) -> Vec<Finding> {
    let mut found: Vec<Finding> = lacking(incident, settings).collect();
    if !is_over(incident) {
        found.sort_by_key(|finding| finding.rule.id == THE_END);
    }
    found
}

fn lacking(incident: &Incident, settings: &CheckSettings) -> impl Iterator<Item = Finding> {
    let case = Case::new(incident, settings, None);
    let rules = RULES.iter().filter(|rule| rule.theme == Theme::Missing && is_on(rule, settings));
    rules.flat_map(|rule| found(rule, &case)).collect::<Vec<_>>().into_iter()
}

fn is_on(rule: &Rule, settings: &CheckSettings) -> bool {
    settings.off.iter().all(|off| off != rule.id)
}

/// Whether the incident is over, by its status or by its milestone.
fn is_over(incident: &Incident) -> bool {
    incident.status.is_over() || incident.milestones.get(MilestoneKind::Resolved).is_some()
}

/// Says what is not looked for yet, where the incident goes on and something of it is missing.
pub fn still_open(incident: &Incident, settings: &CheckSettings) -> Option<String> {
    let waits = || lacking(incident, settings).any(|finding| finding.rule.waits_for_the_end());
    (!is_over(incident) && waits()).then(|| {
        "The incident goes on: its end, its cause, what ended it, tasks and verdicts are looked for once it is /resolved."
            .to_owned()
    })
}

fn found(rule: &'static Rule, case: &Case<'_>) -> Vec<Finding> {
    let hits = (rule.find)(case).into_iter();
    hits.map(|Hit { about, part, message, fix }| {
        let (text, span) = part.map_or((None, None), |(text, span)| (Some(text), span));
        Finding { rule, about, text, span, message, fix }
    })
    .collect()
}

/// How alike a word and an id have to be, of one.
const NEAR: f64 = 0.5;

/// The ids that look like a word, at most three, the nearest first; none where none does.
pub fn nearest(word: &str) -> Vec<&'static str> {
    // A part of an id is nearer than its length tells.
    let likeness = |id: &str| {
        let is_part = word.len() > 2 && id.contains(word);
        if is_part { 1.0 } else { strsim::normalized_damerau_levenshtein(id, word) }
    };
    let mut near: Vec<(f64, &str)> = RULES.iter().map(|rule| (likeness(rule.id), rule.id)).collect();
    near.retain(|(likeness, _)| *likeness >= NEAR);
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    near.into_iter().map(|(_, id)| id).collect()
}

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
