//! What is checked: the texts of an incident, each with what it is, where it stands and the command that changes it.

use std::cell::OnceCell;
use std::ops::Range;

use chrono::{TimeDelta, Timelike};

use super::Brief;
use super::words::Words;
use crate::grammar::{Desk, handle, time_again};
use crate::model::{Action, Hypothesis, HypothesisStatus, Incident, Instant, Moment, Precision};
use crate::settings::CheckSettings;
use crate::text::Raw;

/// Something that a rule found.
pub(super) struct Hit {
    pub(super) about: String,
    /// The text, and the part of it.
    pub(super) part: Option<(Raw, Option<Range<usize>>)>,
    pub(super) message: String,
    pub(super) fix: String,
}

impl Hit {
    /// About the incident as a whole.
    pub(super) fn new(about: impl Into<String>, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { about: about.into(), part: None, message: message.into(), fix: fix.into() }
    }

    /// About all of a text.
    pub(super) fn within(mut self, text: &Raw) -> Self {
        self.part = Some((text.clone(), None));
        self
    }
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// What it meant for people.
    Impact,
    /// Why it happened: the cause, the trigger, the factors, the reasons of the verdicts.
    Cause,
    /// What else is told afterwards.
    Told,
    /// Where luck helped: what would have been is its point.
    Luck,
    /// What is to be done.
    Action,
    /// What was typed while it happened: evidence.
    Live,
}

/// A text of the incident.
pub(super) struct Passage<'a> {
    pub(super) raw: &'a Raw,
    pub(super) kind: Kind,
    pub(super) about: String,
    pub(super) fix: String,
    /// An entry of the short story.
    pub(super) key: bool,
    words: OnceCell<Words<'a>>,
}

impl<'a> Passage<'a> {
    /// Its words.
    pub(super) fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| Words::of(self.raw.as_typed()))
    }

    /// A part of it, in bytes, with what is wrong there.
    pub(super) fn hit(&self, span: Range<usize>, message: impl Into<String>) -> Hit {
        Hit {
            about: self.about.clone(),
            part: Some((self.raw.clone(), Some(span))),
            message: message.into(),
            fix: self.fix.clone(),
        }
    }

    /// A part of it as it can be shown.
    pub(super) fn shown(&self, span: &Range<usize>) -> String {
        Raw::new(self.raw.as_typed().get(span.clone()).unwrap_or_default()).for_term().cut(SHOWN).to_string()
    }
}

/// How much of a text a message quotes, in columns.
pub(super) const SHOWN: usize = 40;

/// An incident that is checked.
pub(super) struct Case<'a> {
    pub(super) incident: &'a Incident,
    pub(super) settings: &'a CheckSettings,
    /// The short report, where there is one.
    pub(super) brief: Option<Brief<'a>>,
    passages: OnceCell<Vec<Passage<'a>>>,
    handles: OnceCell<Vec<String>>,
    foreign: OnceCell<bool>,
}

impl<'a> Case<'a> {
    pub(super) fn new(incident: &'a Incident, settings: &'a CheckSettings, brief: Option<Brief<'a>>) -> Self {
        Self {
            incident,
            settings,
            brief,
            passages: OnceCell::new(),
            handles: OnceCell::new(),
            foreign: OnceCell::new(),
        }
    }

    /// All texts, in the order of the report.
    pub(super) fn passages(&self) -> &[Passage<'a>] {
        self.passages.get_or_init(|| gathered(self.incident, self.handles()))
    }

    /// Those of some kinds that are English.
    pub(super) fn english(&self, kinds: &'static [Kind]) -> impl Iterator<Item = &Passage<'a>> {
        let of_kind = self.passages().iter().filter(|passage| kinds.contains(&passage.kind));
        of_kind.filter(|passage| self.is_english(passage))
    }

    /// Whether a text is English; where it does not tell, it is in the language of the others.
    pub(super) fn is_english(&self, passage: &Passage<'_>) -> bool {
        !passage.words().are_foreign(self.is_foreign())
    }

    /// The short name of each entry, in the order of the timeline.
    pub(super) fn handles(&self) -> &[String] {
        self.handles.get_or_init(|| handle::all(self.incident))
    }

    /// Whether the incident as a whole is told in another language than English.
    fn is_foreign(&self) -> bool {
        *self.foreign.get_or_init(|| {
            let votes = self.passages().iter().map(|passage| passage.words().votes());
            let (english, foreign) = votes.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
            foreign > english
        })
    }
}

/// A subject as a command takes it.
pub(super) fn subject(h: &Hypothesis) -> String {
    h.subject.raw().for_term().to_string()
}

/// An action by its text: the report counts those that it lists anew, so its number is that of the commands alone.
pub(super) fn action(action: &Action) -> String {
    format!("action \"{}\" (number {})", action.text.for_term().cut(SHOWN), action.number)
}

/// A time as a person types it, with its day: the line may be sent on any other one.
pub(super) fn command_time(at: Instant, incident: &Incident) -> String {
    let now = at.checked_add_signed(TimeDelta::days(2)).unwrap_or(at);
    let desk = Desk { incident, now, typed_last: None, undo: None, redo: None };
    let precision = if at.second() == 0 { Precision::Minute } else { Precision::Second };
    let when = Moment { precision, ..Moment::stamped(at) };
    time_again(&when, &desk).unwrap_or_default()
}

/// Gathers the texts.
struct Gatherer<'a>(Vec<Passage<'a>>);

impl<'a> Gatherer<'a> {
    fn one(&mut self, kind: Kind, raw: &'a Raw, about: impl Into<String>, fix: impl Into<String>) {
        let (about, fix) = (about.into(), fix.into());
        self.0.push(Passage { raw, kind, about, fix, key: false, words: OnceCell::new() });
    }

    fn some(&mut self, kind: Kind, raw: Option<&'a Raw>, about: &str, fix: &str) {
        if let Some(raw) = raw {
            self.one(kind, raw, about, fix);
        }
    }

    /// The items of a list, which is filled by the command of this name.
    fn list(&mut self, kind: Kind, items: impl IntoIterator<Item = &'a Raw>, about: &str, command: &str) {
        // The last one first: to strike one out moves those after it.
        let items: Vec<&Raw> = items.into_iter().collect();
        for (at, raw) in items.into_iter().enumerate().rev() {
            let number = at + 1;
            self.one(kind, raw, format!("{about} {number}"), format!("/strike {command} {number}"));
        }
    }
}

fn gathered<'a>(incident: &'a Incident, handles: &[String]) -> Vec<Passage<'a>> {
    let mut all = Gatherer(Vec::new());
    all.one(Kind::Title, &incident.title, "title", "/title ");
    all.some(Kind::Summary, incident.summary.as_ref(), "summary", "/summary ");
    all.some(Kind::Impact, incident.impact.text.as_ref(), "impact", "/impact ");
    all.list(Kind::Impact, incident.impact.affected.iter().map(|a| &a.text), "affected", "affected");
    all.list(Kind::Impact, &incident.impact.loss, "loss", "loss");
    all.some(Kind::Cause, incident.root_cause.as_ref(), "root cause", "/cause ");
    all.some(Kind::Cause, incident.trigger.as_ref(), "trigger", "/trigger ");
    all.list(Kind::Cause, &incident.factors, "factor", "factor");
    for h in &incident.hypotheses {
        let (command, kind) = match h.status {
            HypothesisStatus::Confirmed => ("/confirm", Kind::Cause),
            HypothesisStatus::RuledOut => ("/out", Kind::Told),
            _ => continue,
        };
        if let Some(reason) = &h.reason {
            let subject = subject(h);
            all.one(kind, reason, format!("hypothesis {subject}"), format!("{command} {subject}: "));
        }
    }
    all.some(Kind::Told, incident.detection.as_ref(), "detection", "/detection ");
    all.some(Kind::Told, incident.resolution.temporary.as_ref(), "workaround", "/workaround ");
    all.some(Kind::Told, incident.resolution.permanent.as_ref(), "fix", "/fix ");
    all.list(Kind::Told, &incident.lessons.went_well, "what went well", "well");
    all.list(Kind::Told, &incident.lessons.went_wrong, "what went wrong", "wrong");
    all.list(Kind::Luck, &incident.lessons.lucky, "luck", "lucky");
    all.list(Kind::Told, incident.notes.iter().map(|note| &note.text), "note", "note");
    for action in &incident.actions {
        all.one(Kind::Action, &action.text, self::action(action), format!("/edit task {}: ", action.number));
    }
    for (entry, handle) in incident.timeline.iter().zip(handles) {
        // The words of the others follow from what they stand for, which is a text of its own.
        if entry.kind.has_own_words() && !entry.struck {
            all.one(Kind::Live, &entry.text, format!("entry {handle}"), format!("/edit {handle}: "));
            if let Some(last) = all.0.last_mut() {
                last.key = entry.key;
            }
        }
    }
    all.0
}
