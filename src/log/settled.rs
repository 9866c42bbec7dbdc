//! The changes that settle what is disputed: they set the field again, to one of its values.

use chrono::NaiveDate;

use super::fold::facts::FACTS;
use super::setting::{NOT_STARRED, NOT_STRUCK, STARRED, STRUCK, of_fact};
use super::{About, Change, Stamp};
use crate::model::{
    Action, ActionStatus, At, Clock, Disputed, DisputedField, DisputedItem, HypothesisStatus, Incident,
    MilestoneKind, Moment, Status, Zone,
};
use crate::text::{Raw, marks};

/// The change that sets a disputed field to this value; none where only taking one back settles it: who tests a hypothesis is
/// not said without a test.
pub fn settling(disputed: &Disputed, value: Option<&Raw>, incident: &Incident) -> Option<Change> {
    match &disputed.item {
        None => of_incident(disputed.field, value),
        Some(DisputedItem::Milestone(kind)) => of_milestone(*kind, disputed.field, value, incident),
        Some(DisputedItem::Role(role)) => Some(match value {
            Some(name) => Change::RoleTaken { role: role.clone(), name: name.clone(), when: None },
            None => Change::RoleCleared { role: role.clone(), when: None },
        }),
        Some(DisputedItem::Entry(entry)) => of_entry(*entry, disputed.field, value?),
        Some(DisputedItem::Action(_)) => of_action(disputed, value, incident),
        Some(DisputedItem::Hypothesis(_)) => of_hypothesis(disputed, value, incident),
    }
}

fn of_incident(field: DisputedField, value: Option<&Raw>) -> Option<Change> {
    let number = value.and_then(|value| value.as_typed().parse().ok());
    Some(match field {
        DisputedField::Title => Change::TitleSet { title: value?.clone() },
        DisputedField::Severity => {
            let severity = number.and_then(|number: u32| u8::try_from(number).ok());
            Change::SeveritySet { severity, when: None }
        }
        DisputedField::Status => {
            let status = Status::ALL.into_iter().find(|status| Some(status.word()) == typed(value))?;
            Change::StatusSet { status, when: None }
        }
        DisputedField::Zone => Change::ZoneSet { zone: Zone::read(typed(value)?, None).ok()? },
        DisputedField::Clock => {
            Change::ClockSet { clock: if typed(value)? == "12h" { Clock::H12 } else { Clock::H24 } }
        }
        DisputedField::UpdateEvery => Change::CadenceSet { minutes: number },
        field => {
            let fact = FACTS.into_iter().find(|fact| of_fact(*fact) == field)?;
            match value {
                Some(text) => Change::FactSet { fact, text: text.clone() },
                None => Change::FactCleared { fact },
            }
        }
    })
}

fn typed(value: Option<&Raw>) -> Option<&str> {
    value.map(Raw::as_typed)
}

/// A time as a setting holds it: a point, or two with dots between them.
fn moment(value: &Raw) -> Option<Moment> {
    let mut points = value.as_typed().split("..");
    let at: At = points.next()?.parse().ok()?;
    let until = points.next().and_then(|until| until.parse().ok());
    Some(Moment { until, ..Moment::to_the_minute(at) })
}

fn of_milestone(
    milestone: MilestoneKind,
    field: DisputedField,
    value: Option<&Raw>,
    incident: &Incident,
) -> Option<Change> {
    let met = incident.milestones.get(milestone);
    let Some(value) = value else { return Some(Change::MilestoneCleared { milestone }) };
    // What is said of it besides is said again with it.
    let (how, when) = if field == DisputedField::How {
        let met = met?;
        (Some(value.clone()), Moment { precision: met.precision, ..Moment::to_the_minute(met.at) })
    } else {
        (met.and_then(|met| met.how.clone()), moment(value)?)
    };
    Some(Change::MilestoneSet { milestone, how, when: Some(Box::new(when)) })
}

fn of_entry(entry: Stamp, field: DisputedField, value: &Raw) -> Option<Change> {
    Some(match (field, value.as_typed()) {
        (DisputedField::Text, text) => {
            let (tags, people) = marks::named(text);
            Change::EntryTextChanged { entry, text: value.clone(), tags, people }
        }
        (DisputedField::Time, _) => Change::EntryTimeChanged { entry, when: Box::new(moment(value)?) },
        (_, STRUCK) => Change::EntryStruck { entry },
        (_, NOT_STRUCK) => Change::EntryUnstruck { entry },
        (_, STARRED) => Change::EntryStarred { entry },
        (_, NOT_STARRED) => Change::EntryUnstarred { entry },
        _ => return None,
    })
}

/// What is disputed of the same thing by the same change, beside this.
fn beside(disputed: &Disputed, field: DisputedField, incident: &Incident) -> Option<Raw> {
    let all = incident.disputed_of(disputed.item.as_ref());
    let mut beside = all.filter(|one| one.change == disputed.change && one.field == field);
    beside.next().and_then(|one| one.value.clone())
}

fn of_action(disputed: &Disputed, value: Option<&Raw>, incident: &Incident) -> Option<Change> {
    let known = incident.actions.iter().find(|a| Some(DisputedItem::Action(a.id)) == disputed.item)?;
    let action = known.id;
    let is_shown = value == disputed.shown.as_ref();
    match disputed.field {
        DisputedField::Status if typed(value) == Some(ActionStatus::Done.word()) => {
            return Some(Change::ActionDone { action, when: None });
        }
        DisputedField::Status if typed(value) == Some(ActionStatus::Open.word()) => {
            return Some(Change::ActionReopened { action });
        }
        DisputedField::Status => {
            let shown = known.reason.clone().filter(|_| is_shown);
            let reason = shown.or_else(|| beside(disputed, DisputedField::Reason, incident));
            return Some(Change::ActionDropped { action, reason, when: None });
        }
        DisputedField::Reason => {
            return Some(Change::ActionDropped { action, reason: value.cloned(), when: None });
        }
        _ => {}
    }
    let Action { text, owner, due, priority, class, link, .. } = known.clone();
    let mut now = Change::ActionChanged { action, text, owner, due, priority, class, link };
    let Change::ActionChanged { text, owner, due, priority, class, link, .. } = &mut now else { return None };
    match disputed.field {
        DisputedField::Text => text.clone_from(value?),
        DisputedField::Owner => *owner = value.cloned(),
        DisputedField::Due => *due = typed(value).and_then(|due| due.parse::<NaiveDate>().ok()),
        DisputedField::Priority => *priority = typed(value).and_then(|priority| priority.parse().ok()),
        DisputedField::Class => *class = value.cloned(),
        DisputedField::Link => *link = value.cloned(),
        _ => return None,
    }
    Some(now)
}

fn of_hypothesis(disputed: &Disputed, value: Option<&Raw>, incident: &Incident) -> Option<Change> {
    let known = incident
        .hypotheses
        .iter()
        .find(|h| Some(DisputedItem::hypothesis(&h.subject)) == disputed.item.clone())?;
    let is_shown = value == disputed.shown.as_ref();
    let about = |text: Option<Raw>| About { subject: known.subject.clone(), text, when: None };
    let verdict = |status: HypothesisStatus, text: Option<Raw>| {
        Some(match status {
            HypothesisStatus::Open => Change::HypothesisReopened(about(None)),
            HypothesisStatus::Testing => {
                let owner = known.owner.clone();
                Change::HypothesisTested { about: about(None), owner, timebox_minutes: None }
            }
            HypothesisStatus::RuledOut => Change::HypothesisRuledOut(about(text)),
            HypothesisStatus::Confirmed => Change::HypothesisConfirmed(about(text)),
            HypothesisStatus::Parked => Change::HypothesisParked(about(text)),
        })
    };
    match disputed.field {
        DisputedField::Why if !known.status.is_set_aside() => {
            Some(Change::HypothesisRaised(about(value.cloned())))
        }
        DisputedField::Reason if known.status.is_set_aside() => {
            // A reason belongs to the verdict that it was given for.
            let of = if is_shown { None } else { beside(disputed, DisputedField::Status, incident) };
            let is = |status: &HypothesisStatus| Some(status.words()) == typed(of.as_ref());
            verdict(STATUSES.into_iter().find(is).unwrap_or(known.status), value.cloned())
        }
        DisputedField::Status => {
            let reason = known.reason.clone().filter(|_| is_shown);
            let reason = reason.or_else(|| beside(disputed, DisputedField::Reason, incident));
            let is = |status: &HypothesisStatus| Some(status.words()) == typed(value);
            verdict(STATUSES.into_iter().find(is)?, reason)
        }
        DisputedField::Owner if known.status == HypothesisStatus::Testing => {
            let owner = value.cloned();
            Some(Change::HypothesisTested { about: about(None), owner, timebox_minutes: None })
        }
        _ => None,
    }
}

const STATUSES: [HypothesisStatus; 5] = [
    HypothesisStatus::Open,
    HypothesisStatus::Testing,
    HypothesisStatus::RuledOut,
    HypothesisStatus::Confirmed,
    HypothesisStatus::Parked,
];
