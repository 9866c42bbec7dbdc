//! Fields that two people set without having seen each other's change: the later one shows, the other one is kept here until
//! somebody settles it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Face, Id, Incident, Instant, MilestoneKind, Precision, Subject, at::instant};
use crate::text::Raw;

/// A field that holds one value, of the incident or of one of its things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of that name in `incident.json`, or what a command sets")]
pub enum DisputedField {
    Title,
    Severity,
    Status,
    Zone,
    Clock,
    UpdateEvery,
    Impact,
    Summary,
    RootCause,
    Trigger,
    Detection,
    Workaround,
    Fix,
    Holder,
    Time,
    How,
    Text,
    Struck,
    Starred,
    Owner,
    Due,
    Priority,
    Class,
    Link,
    Why,
    TimeBox,
    Reason,
}

impl DisputedField {
    /// Whether its values are names of people.
    pub fn is_a_person(self) -> bool {
        matches!(self, Self::Holder | Self::Owner)
    }

    /// Its name among people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Severity => "severity",
            Self::Status => "status",
            Self::Zone => "zone",
            Self::Clock => "clock",
            Self::UpdateEvery => "time between updates",
            Self::Impact => "impact",
            Self::Summary => "summary",
            Self::RootCause => "root cause",
            Self::Trigger => "trigger",
            Self::Detection => "detection",
            Self::Workaround => "workaround",
            Self::Fix => "fix",
            Self::Holder => "holder",
            Self::Time => "time",
            Self::How => "how",
            Self::Text => "text",
            Self::Struck => "strike",
            Self::Starred => "star",
            Self::Owner => "owner",
            Self::Due => "due date",
            Self::Priority => "priority",
            Self::Class => "class",
            Self::Link => "link",
            Self::Why => "why",
            Self::TimeBox => "time-box",
            Self::Reason => "reason",
        }
    }
}

/// The thing whose field it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputedItem {
    /// A milestone.
    Milestone(MilestoneKind),
    /// A role, in small letters.
    Role(Raw),
    /// An entry.
    Entry(Id),
    /// A hypothesis, by its subject in small letters.
    Hypothesis(Raw),
    /// An action.
    Action(Id),
}

impl DisputedItem {
    /// A hypothesis, by its subject.
    pub fn hypothesis(subject: &Subject) -> Self {
        Self::Hypothesis(subject.key().into())
    }

    /// A role, whatever its letter case.
    pub fn role(role: &Raw) -> Self {
        Self::Role(role.as_typed().to_lowercase().into())
    }
}

/// A value that does not show: another person set the same field later, and neither had seen the other's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disputed {
    /// The field.
    pub field: DisputedField,
    /// Whose it is; none: the incident's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<DisputedItem>,
    /// The value that does not show; null where the field was cleared.
    pub value: Option<Raw>,
    /// The value that shows.
    pub shown: Option<Raw>,
    /// Who set it to the one that does not show.
    pub by: Raw,
    /// When that was logged.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub at: Instant,
    /// The record that set it so: what `/undo` takes back.
    pub change: Id,
}

/// What a doubt about it says.
pub const IS_DISPUTED: &str = "is disputed";

/// How much of a text is told where it only names an entry, in columns.
const NAME: usize = 40;

impl Disputed {
    /// What is disputed, as a person names it: `the owner of action 3`.
    pub fn what(&self, incident: &Incident) -> String {
        let field = self.field.words();
        match &self.item {
            None => format!("the {field}"),
            Some(DisputedItem::Milestone(kind)) if self.field == DisputedField::How => {
                format!("how it was {kind}")
            }
            Some(DisputedItem::Milestone(kind)) => format!("when it was {kind}"),
            Some(DisputedItem::Role(role)) => format!("who is {}", role.as_typed()),
            Some(DisputedItem::Entry(id)) => {
                let text = incident.entry(*id).map(|entry| entry.text.for_term().cut(NAME).to_string());
                format!("the {field} of the entry \"{}\"", text.unwrap_or_default())
            }
            Some(item @ DisputedItem::Hypothesis(key)) => {
                let known =
                    incident.hypotheses.iter().find(|h| DisputedItem::hypothesis(&h.subject) == *item);
                let name = known.map_or(key.as_typed(), |known| known.subject.raw().as_typed());
                format!("the {field} of {name}")
            }
            Some(DisputedItem::Action(id)) => {
                let number = incident.actions.iter().find(|action| action.id == *id).map(|a| a.number);
                format!("the {field} of action {}", number.unwrap_or_default())
            }
        }
    }

    /// The value that does not show and who says so: `bob says "cert expired"`.
    pub fn otherwise(&self, incident: &Incident) -> String {
        let value = self.value.as_ref().map(|value| self.quoted(value, incident));
        format!("{} says {}", self.by.as_typed(), value.unwrap_or_else(|| "there is none".to_owned()))
    }

    /// Both values: `"pool" shows, bob says "cert expired"`.
    pub fn both(&self, incident: &Incident) -> String {
        let shown = self.shown.as_ref().map(|shown| self.quoted(shown, incident));
        let shown = shown.unwrap_or_else(|| "none".to_owned());
        format!("{shown} shows, {}", self.otherwise(incident))
    }

    /// It as a doubt, in one sentence.
    pub fn doubt(&self, incident: &Incident) -> Raw {
        Raw::new(format!("{} {IS_DISPUTED}: {}", self.what(incident), self.both(incident)))
    }

    /// A value between quotation marks: times in the incident's zone.
    fn quoted(&self, value: &Raw, incident: &Incident) -> String {
        format!("\"{}\"", self.told(value, incident))
    }

    fn told(&self, value: &Raw, incident: &Incident) -> String {
        let face = Face::of(incident);
        let time = |at: &str| {
            let at: At = at.parse().ok()?;
            Some(face.full(&at, Precision::Minute))
        };
        if self.field != DisputedField::Time {
            return value.as_typed().to_owned();
        }
        let points: Option<Vec<String>> = value.as_typed().split("..").map(time).collect();
        points.map_or_else(|| value.as_typed().to_owned(), |points| points.join(" to "))
    }
}

impl Incident {
    /// What of this thing is disputed; of none, what of the incident itself is.
    pub fn disputed_of(&self, item: Option<&DisputedItem>) -> impl Iterator<Item = &Disputed> {
        self.disputed.iter().filter(move |disputed| disputed.item.as_ref() == item)
    }
}
