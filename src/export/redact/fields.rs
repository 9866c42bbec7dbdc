//! Every text of an incident, each once. A field that is added to one of the nouns does not compile here before somebody
//! has said whether it is text.

use crate::model::{
    Action, Affected, Decision, Entry, Evidence, Hypothesis, Impact, Incident, Lessons, Link, Milestone,
    MilestoneKind, Milestones, Note, Resolution, Role, Subject, Test, Update,
};
use crate::text::Raw;

/// Something with texts in it.
pub(super) trait Texts {
    /// Shows each to `see`, which may change it.
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw));
}

impl Texts for Raw {
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
        see(self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
        if let Some(one) = self {
            one.each(see);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
        for one in self {
            one.each(see);
        }
    }
}

impl Texts for Subject {
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
        let mut words = self.raw().clone();
        see(&mut words);
        if words != *self.raw() {
            *self = Self::new(words.as_typed());
        }
    }
}

impl Texts for Milestones {
    fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
        for kind in MilestoneKind::ALL {
            if let Some(mut milestone) = self.get(kind).cloned() {
                milestone.each(see);
                self.set(kind, Some(milestone));
            }
        }
    }
}

/// The fields with text, and those without: all of them.
macro_rules! texts {
    ($($noun:ident { $($text:ident),* ; $($other:ident),* })*) => {$(
        impl Texts for $noun {
            fn each(&mut self, see: &mut dyn FnMut(&mut Raw)) {
                let Self { $($text,)* $($other: _,)* } = self;
                $($text.each(see);)*
            }
        }
    )*};
}

texts! {
    // The id is the name of a folder, and what other incidents and commands call it by.
    Incident {
        title, services, milestones, roles, summary, impact, root_cause, trigger, factors, detection, resolution,
        timeline, hypotheses, actions, updates, decisions, lessons, links, notes, warnings;
        schema, id, severity, status, zone, clock, update_every_minutes, metrics, journal
    }
    Entry {
        as_written, by, text, tags, people;
        id, at, until, precision, approximate, logged_at, key, kind, hypothesis, milestone, struck, edited, skewed
    }
    Hypothesis {
        subject, why, owner, reason, tests, evidence;
        id, status, raised_at, closed_at, timebox_minutes, logged_at
    }
    Evidence { by, text; at, side, entry }
    Test { text, owner, result; started_at }
    Action { text, owner, class, link, reason; id, number, kind, due, priority, status, closed_at }
    Milestone { as_written, how; at, precision, approximate }
    Role { role, name; }
    Affected { of, text; percent, count, approximate }
    Impact { text, affected, loss; }
    Resolution { temporary, permanent; }
    Update { by, audience, text; id, at }
    Decision { by, who, text; id, at }
    Lessons { went_well, went_wrong, lucky; }
    Link { label, url; }
    Note { heading, text; }
}
