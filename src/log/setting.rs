//! What a change sets: the fields of which the last one shows, each with its value. All else that changes say is added to
//! what is there, and two who add something are of one mind.

use chrono::{DurationRound as _, TimeDelta};

use super::fold::milestone::status_of;
use super::{Change, Fact, Stamp};
use crate::model::{
    ActionStatus, At, Clock, DisputedField, DisputedItem, HypothesisStatus, MilestoneKind, Moment, Status,
};
use crate::text::Raw;

pub(super) const STRUCK: &str = "struck out";
pub(super) const NOT_STRUCK: &str = "not struck out";
pub(super) const STARRED: &str = "starred";
pub(super) const NOT_STARRED: &str = "not starred";

/// A field, and whose it is; of none it is the incident's.
pub type Place = (DisputedField, Option<DisputedItem>);

/// What a change does to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// It gives it a value.
    Anew,
    /// It moves it on, unless it is further already: two who do so are of one mind, and so is whoever sets it as far.
    Onward,
    /// It takes what it has seen there away, as a by-product of what else it says.
    Aside,
    /// It says what it saw there, among other things that it means: nothing is set.
    Nothing,
}

/// A field that a change sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub place: Place,
    /// What to; none where it is cleared.
    pub value: Option<Raw>,
    /// How.
    pub sets: Sets,
    /// How far it is moved, where it moves on: a higher one holds.
    pub rank: u8,
}

impl Setting {
    fn anew(place: Place, value: Option<Raw>) -> Self {
        Self { place, value, sets: Sets::Anew, rank: 0 }
    }

    fn aside(place: Place) -> Self {
        Self { sets: Sets::Aside, ..Self::anew(place, None) }
    }

    fn status(status: Status, sets: Sets) -> Self {
        let place = (DisputedField::Status, None);
        Self { place, value: Some(status.word().into()), sets, rank: status as u8 }
    }

    fn verdict(item: &DisputedItem, status: HypothesisStatus, sets: Sets) -> Self {
        let place = (DisputedField::Status, Some(item.clone()));
        Self { place, value: Some(status.words().into()), sets, rank: u8::from(sets == Sets::Anew) }
    }
}

/// The field of the incident that holds this text.
pub fn of_fact(fact: Fact) -> DisputedField {
    match fact {
        Fact::Impact => DisputedField::Impact,
        Fact::Summary => DisputedField::Summary,
        Fact::RootCause => DisputedField::RootCause,
        Fact::Trigger => DisputedField::Trigger,
        Fact::Detection => DisputedField::Detection,
        Fact::Workaround => DisputedField::Workaround,
        Fact::Fix => DisputedField::Fix,
    }
}

/// What a change sets, which this person made and which is stamped so.
pub fn settings(change: &Change, by: &Raw, stamp: Stamp) -> Vec<Setting> {
    use DisputedField as Of;
    let own = |field: Of, value: Option<Raw>| vec![Setting::anew((field, None), value)];
    let entry = |field: Of, entry: &Stamp, value: Raw| {
        vec![Setting::anew((field, Some(DisputedItem::Entry(*entry))), Some(value))]
    };
    match change {
        Change::TitleSet { title } => own(Of::Title, Some(title.clone())),
        Change::SeveritySet { severity, .. } => own(Of::Severity, severity.map(|s| Raw::new(s.to_string()))),
        Change::ZoneSet { zone } => own(Of::Zone, Some(zone.name().into())),
        Change::ClockSet { clock } => {
            own(Of::Clock, Some(if *clock == Clock::H12 { "12h" } else { "24h" }.into()))
        }
        Change::CadenceSet { minutes } => own(Of::UpdateEvery, minutes.map(|m| Raw::new(m.to_string()))),
        Change::FactSet { fact, text } => own(of_fact(*fact), Some(text.clone())),
        Change::FactCleared { fact } => own(of_fact(*fact), None),
        Change::StatusSet { status, .. } => of_status(*status),
        Change::MilestoneSet { milestone, how, when } => {
            of_milestone(*milestone, how.as_ref(), when.as_deref(), stamp)
        }
        Change::MilestoneCleared { milestone } => {
            vec![Setting::anew(met(*milestone), None)]
        }
        Change::RoleTaken { role, name, .. } => {
            vec![Setting::anew((Of::Holder, Some(DisputedItem::role(role))), Some(name.clone()))]
        }
        Change::RoleCleared { role, .. } => {
            vec![Setting::anew((Of::Holder, Some(DisputedItem::role(role))), None)]
        }
        Change::EntryTextChanged { entry: of, text, .. } => entry(Of::Text, of, text.clone()),
        Change::EntryTimeChanged { entry: of, when } => entry(Of::Time, of, time(when)),
        Change::EntryStruck { entry: of } => entry(Of::Struck, of, STRUCK.into()),
        Change::EntryUnstruck { entry: of } => entry(Of::Struck, of, NOT_STRUCK.into()),
        Change::EntryStarred { entry: of } => entry(Of::Starred, of, STARRED.into()),
        Change::EntryUnstarred { entry: of } => entry(Of::Starred, of, NOT_STARRED.into()),
        Change::ActionChanged { .. }
        | Change::ActionDone { .. }
        | Change::ActionDropped { .. }
        | Change::ActionReopened { .. } => of_action(change),
        other => of_hypothesis(other, by),
    }
}

fn met(kind: MilestoneKind) -> Place {
    (DisputedField::Time, Some(DisputedItem::Milestone(kind)))
}

/// A status from before the end takes the end back.
fn of_status(status: Status) -> Vec<Setting> {
    let resolved = (!status.is_over()).then(|| Setting::aside(met(MilestoneKind::Resolved)));
    let closed = (status != Status::Closed).then(|| Setting::aside(met(MilestoneKind::Closed)));
    [Setting::status(status, Sets::Anew)].into_iter().chain(resolved).chain(closed).collect()
}

fn of_milestone(kind: MilestoneKind, how: Option<&Raw>, when: Option<&Moment>, stamp: Stamp) -> Vec<Setting> {
    let when = when.cloned().unwrap_or_else(|| Moment::stamped(stamp.instant()));
    let told = (DisputedField::How, Some(DisputedItem::Milestone(kind)));
    let told = how.map(|how| Setting::anew(told, Some(how.clone())));
    let moved = status_of(kind).map(|status| Setting::status(status, Sets::Onward));
    [Setting::anew(met(kind), Some(time(&when)))].into_iter().chain(told).chain(moved).collect()
}

/// A time by which two are compared: the minute, wherever it was read.
fn time(when: &Moment) -> Raw {
    let minute = |at: At| {
        let known = at.instant().and_then(|at| at.duration_trunc(TimeDelta::minutes(1)).ok());
        known.map_or(at, At::from).to_string()
    };
    let until = when.until.map(|until| format!("..{}", minute(until)));
    Raw::new(minute(when.at) + &until.unwrap_or_default())
}

fn of_action(change: &Change) -> Vec<Setting> {
    use DisputedField as Of;
    let of = |action: &Stamp, field: Of| (field, Some(DisputedItem::Action(*action)));
    let status = |action: &Stamp, status: ActionStatus| {
        Setting::anew(of(action, Of::Status), Some(status.word().into()))
    };
    match change {
        Change::ActionChanged { action, text, owner, due, priority, class, link } => [
            (Of::Text, Some(text.clone())),
            (Of::Owner, owner.clone()),
            (Of::Due, due.map(|due| Raw::new(due.to_string()))),
            (Of::Priority, priority.map(|priority| Raw::new(priority.to_string()))),
            (Of::Class, class.clone()),
            (Of::Link, link.clone()),
        ]
        .into_iter()
        .map(|(field, value)| Setting::anew(of(action, field), value))
        .collect(),
        Change::ActionDone { action, .. } => {
            vec![status(action, ActionStatus::Done), Setting::aside(of(action, Of::Reason))]
        }
        Change::ActionReopened { action } => {
            vec![status(action, ActionStatus::Open), Setting::aside(of(action, Of::Reason))]
        }
        Change::ActionDropped { action, reason, .. } => {
            let why = of(action, Of::Reason);
            let why = match reason {
                Some(reason) => Setting::anew(why, Some(reason.clone())),
                None => Setting::aside(why),
            };
            vec![status(action, ActionStatus::Dropped), why]
        }
        _ => Vec::new(),
    }
}

fn of_hypothesis(change: &Change, by: &Raw) -> Vec<Setting> {
    use DisputedField as Of;
    let Some(about) = change.about() else { return Vec::new() };
    let item = DisputedItem::hypothesis(&about.subject);
    let of = |field: Of| (field, Some(item.clone()));
    let said = |field: Of| about.text.clone().map(|text| Setting::anew(of(field), Some(text)));
    let status = |status, sets| Setting::verdict(&item, status, sets);
    let open = HypothesisStatus::Open;
    match change {
        Change::HypothesisRaised(_) => {
            [status(open, Sets::Onward)].into_iter().chain(said(Of::Why)).collect()
        }
        Change::HypothesisReopened(_) => vec![status(open, Sets::Anew), Setting::aside(of(Of::Reason))],
        Change::HypothesisTested { owner, timebox_minutes, .. } => {
            let testing = status(HypothesisStatus::Testing, Sets::Anew);
            let owner = Setting::anew(of(Of::Owner), Some(owner.as_ref().unwrap_or(by).clone()));
            let minutes = timebox_minutes.map(|minutes| Raw::new(minutes.to_string()));
            let timebox = minutes.map(|minutes| Setting::anew(of(Of::TimeBox), Some(minutes)));
            [testing, owner, Setting::aside(of(Of::Reason))].into_iter().chain(timebox).collect()
        }
        other => {
            let verdict = other.settles().map(|to| status(to, Sets::Anew));
            let reason = said(Of::Reason).filter(|_| verdict.is_some());
            verdict.into_iter().chain(reason).collect()
        }
    }
}
