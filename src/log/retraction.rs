//! What an undo or a redo did, in words: which change, and how what it was about stands since.

use super::fold::facts;
use super::words::Teller;
use super::{Change, Record, Stamp, undo};
use crate::model::{Entry, Face};
use crate::text::Raw;

/// How much of what a change says is shown, in columns.
const SHOWN: usize = 60;

/// An undo or a redo that is about to be made: what has to be known from before it.
#[derive(Clone, Debug)]
pub struct Retraction {
    change: Stamp,
    redo: bool,
    /// It has been so already.
    idle: bool,
    /// The change in words.
    told: String,
    /// How what it is about stands before.
    before: Option<Standing>,
}

impl Retraction {
    /// Takes note of what a change is about to take back or to let count again; none where it does neither.
    pub fn ahead_of(change: &Change, teller: &Teller<'_>) -> Option<Self> {
        let (target, redo) = match change {
            Change::Undone { change } => (*change, false),
            Change::Redone { change } => (*change, true),
            _ => return None,
        };
        let known = teller.ledger.get(target).and_then(Record::change);
        let purged = teller.ledger.is_purged(target);
        let unknown =
            || if purged { "a change that was purged" } else { "a change that is not in this journal" };
        let told = known.map_or_else(|| unknown().to_owned(), |known| teller.words(known).told(SHOWN));
        let idle = undo::undone(teller.ledger).contains(&target) != redo;
        let before = known.and_then(|known| standing(known, target, teller));
        Some(Self { change: target, redo, idle, told, before })
    }

    /// What it did; `teller` tells of the incident after it, `by` is who made it. Safe for a terminal.
    pub fn done(&self, teller: &Teller<'_>, by: &Raw) -> String {
        let told = &self.told;
        let known = teller.ledger.get(self.change).and_then(Record::change);
        if matches!(known, Some(Change::Undone { .. } | Change::Redone { .. })) {
            return "nothing has changed: /redo lets count again what an undo took back".into();
        }
        if matches!(known, Some(Change::Purged { .. })) || teller.ledger.is_purged(self.change) {
            return "nothing has changed: what was purged is gone for good".into();
        }
        let (did, way_back) = match (self.redo, self.idle) {
            (false, false) => ("taken back", "/redo brings it back"),
            (true, false) => ("counts again", "/undo takes it back"),
            (false, true) => return format!("it was taken back already: {told}"),
            (true, true) => return format!("it counted already: {told}"),
        };
        let now = known.and_then(|known| standing(known, self.change, teller));
        let stands = now.map(|now| format!(" — {}", now.since(self.before.as_ref()))).unwrap_or_default();
        let next = if self.redo {
            undo::last_counting(teller.ledger, by)
        } else {
            undo::last_undone(teller.ledger, by)
        };
        let way_back = if next == Some(self.change) { format!(" · {way_back}") } else { String::new() };
        format!("{did}: {told}{stands}{way_back}")
    }
}

/// How what an entry stands for is still, whatever becomes of its row: `redis is still ruled out`. None of an entry that
/// stands for itself.
pub fn stays(entry: Stamp, teller: &Teller<'_>) -> Option<String> {
    let change = teller.ledger.get(entry)?.change()?;
    if matches!(change, Change::EntryAdded { .. } | Change::AlertReported(_) | Change::CommandStarted { .. })
    {
        return None;
    }
    let standing = standing(change, entry, teller)?;
    let name = match change {
        Change::MilestoneSet { milestone, .. } | Change::MilestoneCleared { milestone } => {
            Some(milestone.to_string())
        }
        other => other.about().map(|about| about.subject.raw().for_term().to_string()),
    };
    let is = name.map_or(standing.is.clone(), |name| format!("{name} is"));
    let named = Standing { is, ..standing };
    Some(named.since(Some(&named)))
}

/// How a thing stands: `it is` `ruled out`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    is: String,
    what: String,
    /// Something is there, so that it can be there again.
    there: bool,
    /// The whole text of which a part is shown: texts may differ behind that.
    whole: Option<Raw>,
}

impl Standing {
    fn there(is: impl Into<String>, what: impl Into<String>) -> Self {
        Self { is: is.into(), what: what.into(), there: true, whole: None }
    }

    fn missing(is: impl Into<String>, what: impl Into<String>) -> Self {
        Self { is: is.into(), what: what.into(), there: false, whole: None }
    }

    /// A text, as much of it as is shown.
    fn text(is: &str, text: &Raw) -> Self {
        let shown = format!("\"{}\"", text.for_term().cut(SHOWN / 2));
        Self { whole: Some(text.clone()), ..Self::there(is, shown) }
    }

    /// In words, against how it stood before.
    fn since(&self, before: Option<&Self>) -> String {
        let Self { is, what, there, .. } = self;
        match there {
            true if before == Some(self) => format!("{is} still {what}"),
            true => format!("{is} {what} again"),
            false => format!("{is} {what}"),
        }
    }
}

/// How what a change is about stands; none where there is nothing to say that the change does not say.
fn standing(change: &Change, stamp: Stamp, teller: &Teller<'_>) -> Option<Standing> {
    let incident = teller.incident;
    let gone = || Standing::missing("it is", "no longer there");
    Some(match change {
        Change::EntryAdded { .. } | Change::CommandStarted { .. } => match incident.entry(stamp) {
            Some(_) => Standing::there("it is", "on the timeline"),
            None => Standing::missing("it is", "off the timeline"),
        },
        Change::EntryTextChanged { entry, .. }
        | Change::EntryTimeChanged { entry, .. }
        | Change::EntryStruck { entry }
        | Change::EntryUnstruck { entry }
        | Change::EntryStarred { entry }
        | Change::EntryUnstarred { entry } => match incident.entry(*entry) {
            Some(entry) => of_entry(change, entry, teller),
            None => gone(),
        },
        Change::ActionAdded { .. } => match incident.actions.iter().find(|a| a.id == stamp) {
            Some(action) => Standing::there("it is", format!("action {}", action.number)),
            None => Standing::missing("it is", "off the list"),
        },
        Change::ActionChanged { action, .. } => match incident.actions.iter().find(|a| a.id == *action) {
            Some(action) => Standing::text("it is", &action.text),
            None => gone(),
        },
        Change::ActionDone { action, .. }
        | Change::ActionDropped { action, .. }
        | Change::ActionReopened { action } => match incident.actions.iter().find(|a| a.id == *action) {
            Some(action) => Standing::there("it is", action.status.word()),
            None => gone(),
        },
        Change::TitleSet { .. } => Standing::text("the title is", &incident.title),
        Change::SeveritySet { .. } => match incident.severity {
            Some(severity) => Standing::there("severity is", severity.to_string()),
            None => Standing::missing("severity is", "not set"),
        },
        Change::StatusSet { .. } => Standing::there("the status is", incident.status.word()),
        Change::ZoneSet { .. } => Standing::there("times are", format!("shown in {}", incident.zone)),
        Change::MilestoneSet { milestone, .. } | Change::MilestoneCleared { milestone } => {
            match incident.milestones.get(*milestone) {
                Some(met) => {
                    let at = Face::of(incident).full(&met.at, met.precision);
                    Standing::there("it is", format!("set to {at}"))
                }
                None => Standing::missing("it is", "not set"),
            }
        }
        Change::RoleTaken { role, .. } | Change::RoleCleared { role, .. } => {
            let key = role.as_typed().to_lowercase();
            match incident.roles.iter().find(|r| r.role.as_typed().to_lowercase() == key) {
                Some(has) => {
                    Standing::there(format!("{} is", has.name.for_term()), role.for_term().to_string())
                }
                None => Standing::missing("nobody is", role.for_term().to_string()),
            }
        }
        Change::FactSet { fact, .. } | Change::FactCleared { fact } => match facts::text(incident, *fact) {
            Some(known) => Standing::text("it is", known),
            None => Standing::missing("it is", "empty"),
        },
        Change::EvidenceAdded { .. } => return None,
        other => match incident.hypothesis(&other.about()?.subject) {
            Some(hypothesis) => Standing::there("it is", hypothesis.status.words()),
            None => gone(),
        },
    })
}

fn of_entry(change: &Change, entry: &Entry, teller: &Teller<'_>) -> Standing {
    match change {
        Change::EntryTextChanged { .. } => Standing::text("it is", &entry.text),
        Change::EntryTimeChanged { .. } => Standing::there(
            "it is",
            format!("at {}", Face::of(teller.incident).near(&entry.moment(), teller.now)),
        ),
        Change::EntryStruck { .. } | Change::EntryUnstruck { .. } if entry.struck => {
            Standing::there("it is", "struck out")
        }
        Change::EntryStruck { .. } | Change::EntryUnstruck { .. } => {
            Standing::missing("it is", "no longer struck out")
        }
        _ if entry.key => Standing::there("it is", "starred ★"),
        _ => Standing::missing("it is", "no longer starred ★"),
    }
}
