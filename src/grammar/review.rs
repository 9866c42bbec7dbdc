//! The doubts of an incident: what each is about, and the lines that would mend it.

mod disputed;
mod told;
mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::handle;
use crate::log::List;
use crate::log::fold::facts;
use crate::model::{Disputed, Face, Field, Id, Incident, MilestoneKind, Source};
use crate::text::Raw;
pub use disputed::{settled_as_it_shows, settled_otherwise};
pub use told::Way;
use words::{by_words, milestone_line};

/// A doubt that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Its number, as `/strike warning N` takes it.
    pub number: usize,
    /// Its words.
    pub text: Raw,
    /// Where in a document it came up.
    pub source: Option<Source>,
    /// What it is about, where that stands on the same line.
    pub about: Option<About>,
    /// The words of that thing.
    pub quote: Option<Raw>,
    /// Lines that would mend it, the likeliest first; none where it can only be settled. One that ends with a blank is only
    /// begun: [`Doubt::wants`] tells what is missing.
    pub mend: Vec<String>,
}

/// What a doubt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// An entry.
    Entry(Id),
    /// A hypothesis.
    Hypothesis(Id),
    /// An action.
    Action(Id),
    /// A field, or this item of it.
    Field(Field, Option<usize>),
}

impl Doubt {
    /// The line that settles it: nothing needs to be mended.
    pub fn settle(&self) -> String {
        format!("/strike warning {}", self.number)
    }

    /// Its words, without the number of the line that is told beside them.
    pub fn words(&self) -> Raw {
        without_line(&self.text, self.source.as_ref())
    }
}

/// The words of a doubt, without the number of the line where that is told beside them.
pub fn without_line(text: &Raw, source: Option<&Source>) -> Raw {
    let words = source.and_then(|source| {
        let rest = text.as_typed().strip_prefix("line ")?;
        rest.strip_prefix(&source.line?.to_string())?.strip_prefix(": ")
    });
    words.map_or_else(|| text.clone(), Raw::new)
}

/// All that are open, in their order.
pub fn doubts(incident: &Incident) -> Vec<Doubt> {
    within(0..incident.warnings.len(), incident)
}

/// The one at this place.
pub fn doubt(at: usize, incident: &Incident) -> Option<Doubt> {
    within(at..at.saturating_add(1), incident).pop()
}

/// Those at these places, as far as they go.
fn within(range: Range<usize>, incident: &Incident) -> Vec<Doubt> {
    let places = Places::of(&range, incident);
    let doubt = |(at, text): (usize, &Raw)| {
        let number = at + 1;
        let source = places.doubts.get(&number).map(|source| (*source).clone());
        let about = source.as_ref().and_then(|source| places.about(source));
        let mut mend = match places.disputed.iter().find(|(doubt, _)| doubt == text) {
            Some((_, disputed)) => disputed::lines(disputed, incident),
            None => {
                let by_words = by_words(text.as_typed(), incident);
                let of_its_line = about.filter(|_| by_words.and_its_line);
                let of_its_line = of_its_line.map(|about| lines(about, incident, &places));
                by_words.lines.into_iter().chain(of_its_line.into_iter().flatten()).collect()
            }
        };
        let mut seen = HashSet::new();
        mend.retain(|line| seen.insert(line.clone()));
        let quote = about.and_then(|about| quote(about, incident));
        Doubt { number, text: text.clone(), source, about, quote, mend }
    };
    let all = incident.warnings.iter().enumerate();
    all.skip(range.start).take(range.len()).map(doubt).collect()
}

/// What stands on the lines of documents on which doubts came up.
struct Places<'a> {
    things: HashMap<(&'a Raw, u32), Option<About>>,
    doubts: HashMap<usize, &'a Source>,
    handles: HashMap<Id, String>,
    /// What is disputed, each with the doubt about it.
    disputed: Vec<(Raw, &'a Disputed)>,
}

impl<'a> Places<'a> {
    /// For the doubts at these places.
    fn of(range: &Range<usize>, incident: &'a Incident) -> Self {
        let of_doubts = incident.sources.iter().filter_map(|of| match (of.field, of.item) {
            (Field::Warnings, Some(number)) if range.contains(&number.checked_sub(1)?) => {
                Some((number, &of.source))
            }
            _ => None,
        });
        let doubts: HashMap<usize, &Source> = of_doubts.collect();
        let lines = doubts.values().filter_map(|source| Some(((&source.file, source.line?), None)));
        let disputed = incident.disputed.iter().map(|one| (one.doubt(incident), one)).collect();
        let mut places = Self { things: lines.collect(), doubts, handles: HashMap::new(), disputed };
        if places.things.is_empty() {
            return places;
        }
        // Entries first: most doubts are about a time.
        for entry in &incident.timeline {
            places.put(entry.source.as_deref(), About::Entry(entry.id));
        }
        for hypothesis in &incident.hypotheses {
            places.put(hypothesis.source.as_ref(), About::Hypothesis(hypothesis.id));
        }
        for action in &incident.actions {
            places.put(action.source.as_ref(), About::Action(action.id));
        }
        for of in incident.sources.iter().filter(|of| of.field != Field::Warnings || of.item.is_none()) {
            places.put(Some(&of.source), About::Field(of.field, of.item));
        }
        let entries = places.things.values().filter_map(|about| match about {
            Some(About::Entry(id)) => Some(*id),
            _ => None,
        });
        places.handles = match entries.collect::<Vec<Id>>()[..] {
            [] => HashMap::new(),
            // For one it is quicker not to compare all with each other.
            [one] => [(one, handle::shortest(incident, one))].into(),
            _ => incident.timeline.iter().map(|entry| entry.id).zip(handle::all(incident)).collect(),
        };
        places
    }

    fn put(&mut self, source: Option<&'a Source>, about: About) {
        if let Some((source, line)) = source.and_then(|source| Some((source, source.line?)))
            && let Some(thing) = self.things.get_mut(&(&source.file, line))
        {
            thing.get_or_insert(about);
        }
    }

    fn about(&self, source: &Source) -> Option<About> {
        *self.things.get(&(&source.file, source.line?))?
    }
}

/// The lines that change a thing.
fn lines(about: About, incident: &Incident, places: &Places<'_>) -> Vec<String> {
    match about {
        About::Entry(id) => {
            let handle = places.handles.get(&id).cloned().unwrap_or_else(|| id.to_string());
            let edit = incident.entry(id).map(|entry| {
                // As they stand, these two would be read as something else than text.
                let guard = if entry.text.as_typed().starts_with(['\\', ':']) { "\\" } else { "" };
                format!("/edit {handle}: {guard}{}", entry.text.as_typed().trim_end())
            });
            [format!("/when {handle} ")].into_iter().chain(edit).collect()
        }
        About::Hypothesis(id) => {
            let hypothesis = incident.hypotheses.iter().find(|h| h.id == id);
            let subject = hypothesis.map(|h| h.subject.raw().as_typed()).unwrap_or_default();
            [format!("/out {subject}: "), format!("/confirm {subject}: ")].into()
        }
        About::Action(id) => {
            let number = incident.actions.iter().find(|a| a.id == id).map(|a| a.number).unwrap_or_default();
            [format!("/done {number}"), format!("/drop {number}: ")].into()
        }
        About::Field(field, item) => {
            let now = is_typed_anew(field).then(|| quote(about, incident)).flatten();
            let now = now.map(|now| now.as_typed().trim().to_owned()).unwrap_or_default();
            of_field(field, item).map(|line| line + &now).into_iter().collect()
        }
    }
}

/// Whether a field is a text that is mended as it stands, rather than told anew.
fn is_typed_anew(field: Field) -> bool {
    matches!(
        field,
        Field::Title
            | Field::Impact
            | Field::Summary
            | Field::RootCause
            | Field::Trigger
            | Field::Detection
            | Field::Workaround
            | Field::Fix
    )
}

fn of_field(field: Field, item: Option<usize>) -> Option<String> {
    let word = match field {
        Field::Title => "/title ",
        Field::Severity => "/sev ",
        Field::Status => "/status ",
        Field::Zone => "/tz ",
        Field::Clock => "/clock ",
        Field::Started => "/started ",
        Field::Detected => "/detected ",
        Field::Acknowledged => "/acked ",
        Field::Declared => "/declared ",
        Field::Identified => "/identified ",
        Field::Mitigated => "/mitigated ",
        Field::Resolved => "/resolved ",
        Field::Closed => "/closed ",
        Field::Impact => "/impact ",
        Field::Summary => "/summary ",
        Field::RootCause => "/cause ",
        Field::Trigger => "/trigger ",
        Field::Detection => "/detection ",
        Field::Workaround => "/workaround ",
        Field::Fix => "/fix ",
        list => {
            let name = name_of_list(list)?;
            return Some(format!("/strike {name} {}", item?));
        }
    };
    Some(word.to_owned())
}

fn name_of_list(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Services => "service",
        Field::Affected => "affected",
        Field::Losses => "loss",
        Field::Factors => "factor",
        Field::WentWell => "well",
        Field::WentWrong => "wrong",
        Field::Lucky => "lucky",
        Field::Links => "link",
        Field::Notes => "note",
        Field::Related => "related",
        _ => return None,
    })
}

/// The words of a thing.
fn quote(about: About, incident: &Incident) -> Option<Raw> {
    let list =
        |list, item: Option<usize>| facts::names(incident, list).into_iter().nth(item?.checked_sub(1)?);
    match about {
        // Most doubts are about the time.
        About::Entry(id) => incident.entry(id).map(|entry| {
            let when = Face::of(incident).full(&entry.at, entry.precision);
            Raw::new(format!("{when} · {}", entry.text.as_typed()))
        }),
        About::Hypothesis(id) => {
            incident.hypotheses.iter().find(|h| h.id == id).map(|h| h.subject.raw().clone())
        }
        About::Action(id) => incident.actions.iter().find(|a| a.id == id).map(|a| a.text.clone()),
        About::Field(Field::Title, _) => Some(incident.title.clone()),
        About::Field(Field::Zone, _) => Some(incident.zone.name().into()),
        About::Field(Field::Summary, _) => incident.summary.clone(),
        About::Field(Field::Impact, _) => incident.impact.text.clone(),
        About::Field(Field::RootCause, _) => incident.root_cause.clone(),
        About::Field(Field::Trigger, _) => incident.trigger.clone(),
        About::Field(Field::Detection, _) => incident.detection.clone(),
        About::Field(Field::Workaround, _) => incident.resolution.temporary.clone(),
        About::Field(Field::Fix, _) => incident.resolution.permanent.clone(),
        About::Field(Field::Notes, item) => list(List::Notes, item),
        About::Field(Field::Factors, item) => list(List::Factors, item),
        About::Field(Field::Affected, item) => list(List::Affected, item),
        About::Field(Field::Losses, item) => list(List::Losses, item),
        About::Field(field, _) => {
            let kind =
                MilestoneKind::ALL.into_iter().find(|kind| of_field(field, None) == milestone_line(*kind))?;
            let met = incident.milestones.get(kind)?;
            Some(format!("{kind} {}", Face::of(incident).full(&met.at, met.precision)).into())
        }
    }
}
