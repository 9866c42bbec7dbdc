//! Changes in words: the one table of them, for what a line will become, for what an undo took back, and for histories.

use super::{Attached, Change, Fact, Ledger, List, Record, Restored, Stamp};
use crate::model::attachment::size;
use crate::model::{Clock, Face, Incident, Instant, Side};
use crate::text::{Raw, TermText};

/// How much of an entry is shown where it only names it, in columns.
const NAME: usize = 40;

/// What a change is told from.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// The incident as it stands.
    pub incident: &'a Incident,
    /// Its records: what was taken back is not in the incident any more.
    pub ledger: &'a Ledger,
    /// What the wall clock shows.
    pub now: Instant,
}

/// A change in words, safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is a change of; empty where the rest says that.
    pub of: String,
    /// What was done to it.
    pub did: String,
    /// In whose words, why, to what: all of it.
    pub detail: Option<TermText>,
}

impl Words {
    fn new(of: impl Into<String>, did: impl Into<String>) -> Self {
        Self { of: of.into(), did: did.into(), detail: None }
    }

    fn with(mut self, text: &Raw) -> Self {
        self.detail = Some(text.for_term()).filter(|text| text.width() > 0);
        self
    }

    fn with_some(self, text: Option<&Raw>) -> Self {
        text.map_or(self.clone(), |text| self.with(text))
    }

    /// Without its detail: `hypothesis "database" ruled out`.
    pub fn brief(&self) -> String {
        format!("{} {}", self.of, self.did).trim().to_owned()
    }

    /// With as much of its detail as fits into `columns`: `hypothesis "database" ruled out: the pool is idle`.
    pub fn told(&self, columns: usize) -> String {
        match &self.detail {
            Some(detail) => format!("{}: {}", self.brief(), detail.cut(columns)),
            None => self.brief(),
        }
    }
}

impl Teller<'_> {
    /// A change in words.
    pub fn words(&self, change: &Change) -> Words {
        match change {
            Change::EntryAdded { text, .. } => Words::new("entry", "logged").with(text),
            Change::AlertReported(reported) => {
                let did = if reported.ended.is_some() { "ended" } else { "fired" };
                Words::new(format!("alert of {}", reported.source.for_term()), did).with(&reported.text)
            }
            Change::CommandStarted { text, .. } => Words::new("command", "run").with(text),
            Change::CommandEnded { command, .. } => Words::new(self.entry(*command), "ended"),
            Change::EntryTextChanged { entry, text, .. } => {
                Words::new(self.entry_before(*entry, text), "text changed").with(text)
            }
            Change::EntryTimeChanged { entry, when } => {
                let when = Raw::new(Face::of(self.incident).near(when, self.now));
                Words::new(self.entry(*entry), "time changed").with(&when)
            }
            Change::EntryStruck { entry } => Words::new(self.entry(*entry), "struck out"),
            Change::EntryUnstruck { entry } => Words::new(self.entry(*entry), "no longer struck out"),
            Change::EntryStarred { entry } => Words::new(self.entry(*entry), "starred ★"),
            Change::EntryUnstarred { entry } => Words::new(self.entry(*entry), "no longer starred ★"),
            Change::ActionAdded { kind, text, .. } => {
                Words::new(kind.word(), "added").with(&with_attributes(text, change))
            }
            Change::ActionChanged { action, text, .. } => {
                Words::new(self.action(*action), "changed").with(&with_attributes(text, change))
            }
            Change::ActionDone { action, .. } => Words::new(self.action(*action), "done"),
            Change::ActionDropped { action, reason, .. } => {
                Words::new(self.action(*action), "dropped").with_some(reason.as_ref())
            }
            Change::ActionReopened { action } => Words::new(self.action(*action), "open again"),
            Change::Undone { change } => self.about_another("taken back", *change),
            Change::Redone { change } => self.about_another("counts again", *change),
            Change::Purged { records, .. } => {
                let of =
                    if records.len() == 1 { "a record".into() } else { format!("{} records", records.len()) };
                Words::new(of, "purged for good")
            }
            Change::Imported(document) => Words::new("a document", "imported").with(&document.file),
            Change::Restored(restored) => {
                let of = restored_name(restored);
                Words::new(of, "brought back from incident.json; what happened to it before is gone")
            }
            Change::Joined { from, what } => {
                Words::new(restored_name(what), format!("came with {}", from.for_term()))
            }
            other => of_hypothesis(other).unwrap_or_else(|| of_incident(other)),
        }
    }

    fn about_another(&self, did: &str, change: Stamp) -> Words {
        let told = match self.ledger.get(change).map(Record::change) {
            // No further: two could be about each other.
            Some(Some(Change::Undone { .. })) => "an undo, which only a redo does".into(),
            Some(Some(Change::Redone { .. })) => "a redo, which only an undo does".into(),
            Some(Some(change)) => self.words(change).told(usize::MAX),
            Some(None) => "what a newer version wrote".into(),
            None if self.ledger.is_purged(change) => "a change that was purged".into(),
            None => "a change that is not in this journal".into(),
        };
        Words::new("", did).with(&Raw::new(told))
    }

    /// What an entry is called by.
    fn entry(&self, entry: Stamp) -> String {
        let known = self.incident.entry(entry).map(|entry| &entry.text);
        known
            .or_else(|| self.first_text(entry))
            .map_or_else(|| "an entry".into(), |text| named("entry", text))
    }

    /// What an entry was called by before it got this text.
    fn entry_before(&self, entry: Stamp, text: &Raw) -> String {
        match self.first_text(entry).filter(|first| *first != text) {
            Some(first) if self.incident.entry(entry).is_none_or(|e| e.text == *text) => {
                named("entry", first)
            }
            _ => self.entry(entry),
        }
    }

    /// What was logged, before any change.
    fn first_text(&self, made: Stamp) -> Option<&Raw> {
        match self.ledger.get(made)?.change()? {
            Change::EntryAdded { text, .. }
            | Change::CommandStarted { text, .. }
            | Change::ActionAdded { text, .. } => Some(text),
            Change::AlertReported(reported) => Some(&reported.text),
            _ => None,
        }
    }

    /// What an action is called by: its number, or its text where it was taken back.
    fn action(&self, action: Stamp) -> String {
        let known = self.incident.actions.iter().find(|a| a.id == action);
        let number = known.map(|a| format!("action {}", a.number));
        number.or_else(|| self.first_text(action).map(|t| named("action", t))).unwrap_or("an action".into())
    }
}

fn named(what: &str, text: &Raw) -> String {
    format!("{what} \"{}\"", text.for_term().cut(NAME))
}

fn with_attributes(text: &Raw, change: &Change) -> Raw {
    let text = text.for_term().to_string();
    Raw::new(attributes(change).iter().fold(text, |text, one| format!("{text} {one}")))
}

/// What is said of an action besides its text: `@bob`, `due 2024-08-20`, `P1`, `#prevent`, `link …`.
pub fn attributes(change: &Change) -> Vec<String> {
    let (Change::ActionAdded { owner, due, priority, class, link, .. }
    | Change::ActionChanged { owner, due, priority, class, link, .. }) = change
    else {
        return Vec::new();
    };
    let owner = owner.as_ref().map(|owner| format!("@{}", owner.for_term()));
    let due = due.map(|due| format!("due {due}"));
    let priority = priority.map(|priority| format!("P{priority}"));
    let class = class.as_ref().map(|class| format!("#{}", class.for_term()));
    let link = link.as_ref().map(|link| format!("link {}", link.for_term()));
    [owner, due, priority, class, link].into_iter().flatten().collect()
}

fn of_hypothesis(change: &Change) -> Option<Words> {
    let did = match change {
        Change::HypothesisRaised(_) => "raised",
        Change::HypothesisTested { .. } => "under test",
        Change::EvidenceAdded { side: Side::For, .. } => "evidence for",
        Change::EvidenceAdded { side: Side::Against, .. } => "evidence against",
        Change::EvidenceAdded { side: Side::Harm, .. } => "made it worse",
        Change::HypothesisRuledOut(_) => "ruled out",
        Change::HypothesisConfirmed(_) => "confirmed",
        Change::HypothesisParked(_) => "parked",
        Change::HypothesisReopened(_) => "opened again",
        _ => return None,
    };
    let about = change.about()?;
    let words = Words::new(format!("hypothesis \"{}\"", about.subject.raw().for_term()), did);
    let Change::HypothesisTested { owner, timebox_minutes, .. } = change else {
        return Some(words.with_some(about.text.as_ref()));
    };
    let text = about.text.as_ref().map(|text| text.for_term().to_string());
    let owner = owner.as_ref().map(|owner| format!("@{}", owner.for_term()));
    let timebox = timebox_minutes.map(|minutes| format!("for {minutes} min"));
    let said: Vec<String> = [text, owner, timebox].into_iter().flatten().collect();
    Some(words.with(&Raw::new(said.join(" · "))))
}

fn of_incident(change: &Change) -> Words {
    match change {
        Change::IncidentCreated { title, severity, .. } => {
            let severity = severity.map(|severity| format!(" with severity {severity}"));
            Words::new("incident", format!("created{}", severity.unwrap_or_default())).with(title)
        }
        Change::TitleSet { title } => Words::new("the title", "set").with(title),
        Change::SeveritySet { severity, .. } => {
            Words::new("severity", severity.map_or_else(|| "cleared".into(), |level| level.to_string()))
        }
        Change::StatusSet { status, .. } => Words::new("status", status.word()),
        Change::ZoneSet { zone } => Words::new("times", format!("shown in {zone}")),
        Change::ClockSet { clock } => {
            Words::new("the clock", if *clock == Clock::H12 { "set to 12h" } else { "set to 24h" })
        }
        Change::MilestoneSet { milestone, how, .. } => {
            Words::new(format!("milestone {milestone}"), "set").with_some(how.as_ref())
        }
        Change::MilestoneCleared { milestone } => Words::new(format!("milestone {milestone}"), "cleared"),
        Change::RoleTaken { role, name, .. } => {
            Words::new(name.for_term().to_string(), format!("is {}", role.for_term()))
        }
        Change::RoleCleared { role, .. } => Words::new("nobody", format!("is {}", role.for_term())),
        Change::FactSet { fact, text } => Words::new(of_fact(*fact), "set").with(text),
        Change::FactCleared { fact } => Words::new(of_fact(*fact), "cleared"),
        Change::ItemAdded { list, text } => Words::new("", format!("added to {}", of_list(*list))).with(text),
        Change::AffectedAdded { affected } => {
            Words::new("", format!("added to {}", of_list(List::Affected))).with(&affected.text)
        }
        Change::LinkAdded { label, url } => {
            let link = Raw::new(format!("{} {}", label.for_term(), url.for_term()));
            Words::new("", format!("added to {}", of_list(List::Links))).with(&link)
        }
        Change::NoteAdded { heading, text } => Words::new(named("note", heading), "added").with(text),
        Change::ItemStruck { list, text } => {
            Words::new("", format!("taken off {}", of_list(*list))).with(text)
        }
        Change::ItemChanged { list, was, now } => {
            Words::new(named("item", was), format!("changed in {}", of_list(*list))).with(&now.name())
        }
        Change::ListCleared { list } => Words::new(of_list(*list), "cleared"),
        Change::UpdateSent { audience, text, .. } => {
            Words::new(format!("update ({})", audience.for_term()), "recorded").with(text)
        }
        Change::CadenceSet { minutes: Some(minutes) } => {
            Words::new("an update", format!("every {minutes} minutes"))
        }
        Change::CadenceSet { minutes: None } => Words::new("no regular updates", ""),
        Change::DecisionMade { text, who, .. } => {
            let who = who.as_ref().map(|who| format!(" by {}", who.for_term()));
            Words::new("decision", format!("made{}", who.unwrap_or_default())).with(text)
        }
        Change::Attached(Attached { name, bytes, subject, .. }) => {
            let about = subject.as_ref().map(|s| format!(", for {}", s.raw().for_term())).unwrap_or_default();
            Words::new(named("file", name), format!("attached ({}{about})", size(*bytes)))
        }
        Change::Merged { incident, .. } => {
            Words::new(incident.for_term().to_string(), "merged into this incident")
        }
        Change::MergedInto { incident } => {
            Words::new("this incident", format!("merged into {}", incident.for_term()))
        }
        _ => Words::new("", "a change"),
    }
}

fn restored_name(restored: &Restored) -> String {
    match restored {
        Restored::Facts(_) => "the incident's own fields".into(),
        Restored::Entry(entry) => named("entry", &entry.text),
        Restored::Hypothesis(hypothesis) => named("hypothesis", hypothesis.subject.raw()),
        Restored::Action(action) => named("action", &action.text),
    }
}

/// What a field of one text is called.
pub fn of_fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Impact => "the impact",
        Fact::Summary => "the summary",
        Fact::RootCause => "the root cause",
        Fact::Trigger => "the trigger",
        Fact::Detection => "the detection",
        Fact::Workaround => "the workaround",
        Fact::Fix => "the fix",
    }
}

/// What a field of several is called.
pub fn of_list(list: List) -> &'static str {
    match list {
        List::Services => "the services",
        List::Affected => "who was affected",
        List::Losses => "what was lost",
        List::Factors => "the factors",
        List::WentWell => "what went well",
        List::WentWrong => "what went wrong",
        List::Lucky => "where luck helped",
        List::Links => "the links",
        List::Notes => "the notes",
        List::Related => "the related incidents",
        List::Warnings => "the warnings",
    }
}
