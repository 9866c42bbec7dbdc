//! Which incidents are meant: by date, service, severity, cause, tag and status.

use chrono::NaiveDate;

use super::{Digest, words};
use crate::grammar::days::{Days, past};
use crate::model::{HypothesisStatus, Status};
use crate::text::Raw;

/// Which incidents are meant: those to which all that is set applies. Of several services, severities, tags or statuses
/// any will do. Empty, it means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// They began on this day or later, in the zone of each.
    pub since: Option<NaiveDate>,
    /// They began on this day or before.
    pub until: Option<NaiveDate>,
    /// One of these services was affected.
    pub services: Vec<Raw>,
    /// They were as bad as one of these.
    pub severities: Vec<u8>,
    /// Why they happened has these words.
    pub cause: Option<Raw>,
    /// Or one of these, which are other names of it.
    pub also_cause: Vec<Raw>,
    /// An entry or an action has one of these tags.
    pub tags: Vec<Raw>,
    /// They stand there.
    pub statuses: Vec<Status>,
    /// They are not over.
    pub open: bool,
}

impl Filter {
    /// Whether it means all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an incident is meant. Where its day is not known, no `since` and no `until` mean it.
    pub fn takes(&self, digest: &Digest) -> bool {
        let day = digest.day();
        let named = |wanted: &[Raw], had: &[Raw]| {
            wanted.is_empty() || wanted.iter().any(|one| had.iter().any(|other| words::is_same(one, other)))
        };
        self.since.is_none_or(|since| day.is_some_and(|day| day >= since))
            && self.until.is_none_or(|until| day.is_some_and(|day| day <= until))
            && (self.severities.is_empty()
                || digest.severity.is_some_and(|sev| self.severities.contains(&sev)))
            && (self.statuses.is_empty() || self.statuses.contains(&digest.status))
            && (!self.open || !digest.status.is_over())
            && named(&self.services, &digest.services)
            && named(&self.tags, &digest.tags)
            && self.cause.as_ref().is_none_or(|cause| {
                words::all_in(cause, causes(digest))
                    || self.also_cause.iter().any(|other| words::names(other, causes(digest)))
            })
    }

    /// The day since which `text` asks for; none where it is no day.
    pub fn first_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
        past(text, today).map(|Days { first, .. }| first)
    }

    /// The day until which `text` asks for; none where it is no day.
    pub fn last_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
        past(text, today).map(|Days { last, .. }| last)
    }
}

/// What says why it happened: the cause, what set it off, what helped it along, and the suspicion that was right.
fn causes(digest: &Digest) -> impl Iterator<Item = &Raw> {
    let confirmed = digest.guesses.iter().filter(|guess| guess.status == HypothesisStatus::Confirmed);
    let told = [&digest.root_cause, &digest.trigger].into_iter().flatten();
    told.chain(&digest.factors).chain(confirmed.map(|guess| &guess.subject))
}
