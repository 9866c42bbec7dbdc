//! Every text of an incident, each once, and where it stands. A field that is added to one of the nouns does not compile
//! here before somebody has said whether it is text.

use crate::model::{
    Action, Affected, Alert, Attachment, Command, Decision, Disputed, DisputedItem, Document, Ending, Entry,
    Evidence, Exit, FieldSource, Firing, FormerRole, Hypothesis, Impact, Incident, Lessons, Link, Machine,
    Message, Milestone, MilestoneKind, Milestones, Note, Reopened, Resolution, Role, Source, Subject, Test,
    Timeline, Update,
};
use crate::text::Raw;

/// A step on the way to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The field of this name.
    Field(&'static str),
    /// The nth of a list, counted from 0.
    Nth(usize),
}

/// What is shown each text with the way to it, and may change it.
pub(in crate::export) type See<'a> = dyn FnMut(&[Step], &mut Raw) + 'a;

/// Something with texts in it.
pub(in crate::export) trait Texts {
    /// Shows each to `see`, with the steps of `way` before its own.
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>);

    /// Whether this is so of one of them.
    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool;
}

impl Texts for Raw {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        see(way, self);
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        is_so(self)
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        if let Some(one) = self {
            one.each(way, see);
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        self.as_ref().is_some_and(|one| one.any(is_so))
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        self.as_mut_slice().each(way, see);
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        self.as_slice().any(is_so)
    }
}

impl<T: Texts + ?Sized> Texts for Box<T> {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        (**self).each(way, see);
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        (**self).any(is_so)
    }
}

impl<T: Texts> Texts for [T] {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        for (nth, one) in self.iter_mut().enumerate() {
            way.push(Step::Nth(nth));
            one.each(way, see);
            way.pop();
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        self.iter().any(|one| one.any(is_so))
    }
}

impl Texts for Timeline {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        self.replace(|nth, entry| {
            let mut changed = entry.clone();
            way.push(Step::Nth(nth));
            changed.each(way, see);
            way.pop();
            (changed != *entry).then_some(changed)
        });
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        self.iter().any(|entry| entry.any(is_so))
    }
}

impl Texts for Subject {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        let mut words = self.raw().clone();
        see(way, &mut words);
        if words != *self.raw() {
            *self = Self::new(words.as_typed());
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        is_so(self.raw())
    }
}

impl Texts for Machine {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        match self {
            Self::Alert(alert) => alert.each(way, see),
            Self::Command(command) => command.each(way, see),
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        match self {
            Self::Alert(alert) => alert.any(is_so),
            Self::Command(command) => command.any(is_so),
        }
    }
}

impl Texts for DisputedItem {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        if let Self::Role(name) | Self::Hypothesis(name) = self {
            name.each(way, see);
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        match self {
            Self::Role(name) | Self::Hypothesis(name) => name.any(is_so),
            Self::Milestone(_) | Self::Entry(_) | Self::Action(_) => false,
        }
    }
}

impl Texts for Milestones {
    fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
        for kind in MilestoneKind::ALL {
            if let Some(mut milestone) = self.get(kind).cloned() {
                way.push(Step::Field(kind.word()));
                milestone.each(way, see);
                way.pop();
                self.set(kind, Some(milestone));
            }
        }
    }

    fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
        MilestoneKind::ALL.into_iter().filter_map(|kind| self.get(kind)).any(|one| one.any(is_so))
    }
}

/// The fields with text, and those without: all of them.
macro_rules! texts {
    ($($noun:ident { $($text:ident),* ; $($other:ident),* })*) => {$(
        impl Texts for $noun {
            fn each(&mut self, way: &mut Vec<Step>, see: &mut See<'_>) {
                let Self { $($text,)* $($other: _,)* } = self;
                $(
                    way.push(Step::Field(stringify!($text)));
                    $text.each(way, see);
                    way.pop();
                )*
            }

            fn any(&self, is_so: &dyn Fn(&Raw) -> bool) -> bool {
                $(self.$text.any(is_so))||*
            }
        }
    )*};
}

texts! {
    // The id is the name of a folder, and what other incidents and commands call it by.
    Incident {
        title, services, milestones, roles, former_roles, summary, impact, root_cause, trigger, factors, detection, resolution,
        timeline, hypotheses, actions, updates, decisions, attachments, lessons, links, notes, related, merged,
        merged_into, warnings, disputed, sources, documents;
        schema, id, severity, status, zone, clock, update_every_minutes, update_every_since, metrics, journal
    }
    Entry {
        as_written, by, text, tags, people, source, machine;
        id, at, until, precision, approximate, logged_at, key, kind, hypothesis, milestone, struck, edited, skewed
    }
    Alert { source, key, url, details, fired; }
    Firing { ended; at }
    Ending { how; at }
    Command { place, ended; began }
    Exit { why, output; at, status }
    Hypothesis {
        subject, why, owner, reason, reopened, tests, evidence, source;
        id, status, raised_at, closed_at, timebox_minutes, logged_at
    }
    Reopened { why; at, was }
    Evidence { by, text; at, side, entry, struck }
    Test { text, owner, result; started_at }
    Action { text, owner, class, link, reason, source; id, number, kind, due, priority, status, closed_at }
    Milestone { as_written, how; at, precision, approximate }
    Role { role, name; since }
    FormerRole { role, name; since, until }
    Affected { of, text; percent, count, approximate }
    Impact { text, affected, loss; }
    Resolution { temporary, permanent; }
    Update { by, audience, text, source; id, at }
    Decision { by, who, text, source; id, at }
    // The name that it is kept by is made of its own.
    Attachment { by, name, file, sha256, excerpt; id, at, bytes, kind, hypothesis }
    Lessons { went_well, went_wrong, lucky; }
    Disputed { item, value, shown, by; field, at, change }
    Link { label, url; }
    Note { heading, text; }
    Source { file, message; line }
    // Time stamps are digits, but whoever writes a file can put anything there.
    Message { channel, ts, thread, edited; }
    FieldSource { source; field, item }
    Document { file, channel; bytes, crc }
}
