//! What many incidents say together, as plain data: computed by the archive, told by the reports, the room and the shell.
//!
//! As JSON (`warroom insights --json`) it is an object of these fields, by their names here. Minutes are whole but for the
//! median, which may lie between two; what is not known is null or not counted, never 0. Fields may be added, none changes
//! its meaning or goes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Raw;

/// Below so many, figures are stories: one more incident would change each of them.
pub const FEW: usize = 5;

/// The smallest number of values that has a p90. Below ten it is the longest of them: see [`Spread::p90`].
pub const LEAST_FOR_P90: usize = 3;

/// What some incidents say together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    /// 1; another number once a field changes its meaning.
    pub schema: u32,
    /// The day for which it was computed.
    pub today: NaiveDate,
    /// What was asked for, in the words of the filters; none for all.
    pub filter: Option<Raw>,
    /// How many incidents there are.
    pub incidents: usize,
    /// How many besides are likely copies of some of them: they count in no figure.
    #[serde(default)]
    pub copies: usize,
    /// How many of them are not resolved.
    pub unresolved: usize,
    /// The first day on which one began, and the last, each in its incident's zone.
    pub first: Option<NaiveDate>,
    /// See [`first`](Self::first).
    pub last: Option<NaiveDate>,
    /// The minutes from started to resolved of those of which both are known, added up.
    pub total_minutes: i64,
    /// Of how many that is.
    pub length_known: usize,
    /// The same by severity, the worst first, those without one last.
    pub severities: Vec<Severity>,
    /// How long it took to detect, identify, mitigate and resolve, in this order.
    pub times: Vec<Spread>,
    /// What was suspected: most often first, then what was ruled out most often, then by name.
    pub suspects: Vec<Suspect>,
    /// What was the cause of two incidents or more: most often first, then by name.
    pub causes: Vec<Recurring>,
    /// What helped two incidents or more along.
    pub factors: Vec<Recurring>,
    /// What was to be done.
    pub actions: Actions,
    /// Incidents before which an action was left from an earlier one with the same cause, the newest first.
    pub repeated: Vec<Repeated>,
    /// Incidents of other years that began within three days of this day of the year, the nearest day first.
    pub this_week: Vec<Anniversary>,
}

impl Insight {
    /// Every text from outside in it.
    pub fn texts(&mut self) -> Vec<&mut Raw> {
        let mut texts: Vec<&mut Raw> = self.filter.iter_mut().collect();
        for spread in &mut self.times {
            texts.extend(spread.dots.iter_mut().map(|dot| &mut dot.incident));
        }
        for suspect in &mut self.suspects {
            texts.push(&mut suspect.subject);
            for turned_out in &mut suspect.turned_out {
                texts.push(&mut turned_out.cause);
                texts.extend(&mut turned_out.incidents);
            }
        }
        for recurring in self.causes.iter_mut().chain(&mut self.factors) {
            texts.push(&mut recurring.what);
            texts.extend(&mut recurring.incidents);
        }
        for repeated in &mut self.repeated {
            texts.extend([&mut repeated.incident, &mut repeated.cause, &mut repeated.earlier]);
            texts.extend(repeated.actions.iter_mut().map(|action| &mut action.text));
        }
        for one in &mut self.this_week {
            texts.extend([&mut one.incident, &mut one.title]);
        }
        texts
    }
}

/// The incidents of one severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// How many.
    pub incidents: usize,
    /// See [`Insight::total_minutes`].
    pub total_minutes: i64,
    /// Of how many that is.
    pub length_known: usize,
}

/// From the start of an incident to one of its milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// Somebody or something noticed.
    Detected,
    /// The cause was found.
    Identified,
    /// The harm ended.
    Mitigated,
    /// All was as it had been.
    Resolved,
}

impl Until {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Detected, Self::Identified, Self::Mitigated, Self::Resolved];

    /// What a person reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Detected => "Time to detect",
            Self::Identified => "Time to identify",
            Self::Mitigated => "Time to mitigate",
            Self::Resolved => "Time to resolve",
        }
    }
}

/// One incident on a scale of minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dot {
    /// Its id.
    pub incident: Raw,
    /// How long it took.
    pub minutes: i64,
}

/// How long something took, over all incidents of which that is known. There is no mean: one long night would move it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Until which milestone, counted from started.
    pub until: Until,
    /// Each incident of which it is known, the shortest first.
    pub dots: Vec<Dot>,
    /// Of how many incidents it is not known.
    pub unknown: usize,
    /// The middle value; of an even number the mean of the two in the middle.
    pub median: Option<f64>,
    /// The nearest-rank 90th percentile: the smallest value that at least nine of ten do not exceed. None of fewer than
    /// [`LEAST_FOR_P90`] values; of fewer than ten it is the longest.
    pub p90: Option<i64>,
}

impl Spread {
    /// Whether the p90 is nothing but the longest value.
    pub fn p90_is_longest(&self) -> bool {
        self.dots.len() < 10
    }
}

/// What was suspected under one subject, however it was written. The first three counts and the next two add up to
/// `incidents`: an incident in which it was raised under two names counts once, by the verdict that says most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// The subject, as it was written most often.
    pub subject: Raw,
    /// In how many incidents it was suspected.
    pub incidents: usize,
    /// In how many of them it was ruled out.
    pub ruled_out: usize,
    /// In how many of them it was confirmed.
    pub confirmed: usize,
    /// In how many of them it was set aside.
    pub parked: usize,
    /// In how many of them there is no verdict.
    pub open: usize,
    /// In how many incidents it was suspected before anything else.
    pub first: usize,
    /// Minutes it was followed where it was ruled out.
    pub minutes_lost: i64,
    /// In how many of those incidents these minutes are known.
    pub minutes_known: usize,
    /// What it was where this was ruled out: most often first.
    pub turned_out: Vec<TurnedOut>,
    /// In how many incidents it was ruled out and the cause is not told.
    pub never_told: usize,
}

/// What it turned out to be when something else was suspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedOut {
    /// The hypothesis that was confirmed, else the first sentence of the root cause.
    pub cause: Raw,
    /// The incidents, by their ids.
    pub incidents: Vec<Raw>,
}

/// What two incidents or more have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// A subject as it was written most often, or words that the texts share.
    pub what: Raw,
    /// Whether these are only words that the texts share: nobody said that it was the same.
    pub by_words: bool,
    /// The incidents, by their ids, the newest first.
    pub incidents: Vec<Raw>,
}

/// What was to be done, over all incidents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actions {
    /// Done.
    pub done: usize,
    /// Not done yet.
    pub open: usize,
    /// Not to be done.
    pub dropped: usize,
    /// Open, and the day until when it was to be done is over.
    pub overdue: usize,
    /// Open, without such a day.
    pub without_due: usize,
    /// Open, without anybody who does it.
    pub without_owner: usize,
    /// Days since the incidents of the open ones were over (resolved, else begun): the middle one, each action counted.
    pub median_age_days: Option<f64>,
    /// Of how many open ones that is known.
    pub age_known: usize,
}

impl Actions {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.done + self.open + self.dropped
    }
}

/// An incident whose cause had been seen before, with something still to be done about it. All that is known is that the
/// action is open now: when others were closed is not told, so this is the least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The later incident.
    pub incident: Raw,
    /// Its cause.
    pub cause: Raw,
    /// The latest earlier one with that cause and an open action.
    pub earlier: Raw,
    /// What is open of it, by number.
    pub actions: Vec<OpenAction>,
}

/// An action that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAction {
    /// What people call it by, within its incident.
    pub number: u32,
    /// What is to be done.
    pub text: Raw,
}

/// An incident of another year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anniversary {
    /// Its id.
    pub incident: Raw,
    /// What people call it.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// The day it began, in its zone.
    pub began: NaiveDate,
    /// Days from this day of that year: 0 is the same day, negative is earlier.
    pub days_off: i64,
}
