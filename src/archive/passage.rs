//! The passages of an incident: each text in it, with where it stands, as it is searched and quoted.

use serde::{Deserialize, Serialize};

use crate::model::{Entry, Face, Hypothesis, Id, Incident, Precision, Side};
use crate::text::Raw;

/// What stands behind the place of what was struck out.
const STRUCK: &str = ", struck out";

/// How much a passage counts: a word in a title says more than one among a hundred entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The title, the id and the services.
    Title,
    /// The cause, the trigger, the factors and the resolution.
    Cause,
    /// A hypothesis, with why and why not.
    Hypothesis,
    /// An action.
    Action,
    /// An entry.
    Entry,
    /// Impact, summary, lessons, notes, updates, decisions, links.
    Rest,
}

impl Part {
    /// All, in the order of the columns of the index.
    pub const ALL: [Self; 6] =
        [Self::Title, Self::Cause, Self::Hypothesis, Self::Action, Self::Entry, Self::Rest];

    /// Its column in the index.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Cause => "causes",
            Self::Hypothesis => "hypotheses",
            Self::Action => "actions",
            Self::Entry => "entries",
            Self::Rest => "rest",
        }
    }

    /// How much a word in it counts.
    pub fn weight(self) -> f64 {
        match self {
            Self::Title => 10.0,
            Self::Cause | Self::Hypothesis => 6.0,
            Self::Action => 4.0,
            Self::Entry => 2.0,
            Self::Rest => 1.0,
        }
    }
}

/// A text of an incident, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What kind of text it is.
    pub part: Part,
    /// Where it stands, in words: `cause`, `hypothesis database, ruled out`, the time of an entry.
    pub place: Raw,
    /// The text.
    pub text: Raw,
    /// What it belongs to, where that has an id.
    pub id: Option<Id>,
}

/// All passages of an incident, those that say most first.
pub fn passages(incident: &Incident) -> Vec<Passage> {
    let mut all = Gathered(Vec::new());
    all.add(Part::Title, "title", &incident.title);
    all.add(Part::Title, "id", &incident.id);
    all.each(Part::Title, "service", &incident.services);
    all.maybe(Part::Cause, "cause", incident.root_cause.as_ref());
    all.maybe(Part::Cause, "trigger", incident.trigger.as_ref());
    all.each(Part::Cause, "factor", &incident.factors);
    all.maybe(Part::Cause, "workaround", incident.resolution.temporary.as_ref());
    all.maybe(Part::Cause, "fix", incident.resolution.permanent.as_ref());
    incident.hypotheses.iter().for_each(|hypothesis| all.hypothesis(hypothesis));
    for action in &incident.actions {
        let place = format!("action {}, {}", action.number, action.status.word());
        all.of(Part::Action, &place, &action.text, Some(action.id));
        for more in [&action.owner, &action.class, &action.link, &action.reason].into_iter().flatten() {
            all.of(Part::Action, &place, more, Some(action.id));
        }
    }
    let face = Face::of(incident);
    for entry in incident.timeline.iter().filter(|entry| entry.kind.has_own_words()) {
        all.of(Part::Entry, &of_entry(entry, face), &entry.text, Some(entry.id));
    }
    all.rest(incident);
    all.0
}

fn of_entry(entry: &Entry, face: Face<'_>) -> String {
    let precision = match entry.precision {
        Precision::Millisecond | Precision::Second => Precision::Minute,
        other => other,
    };
    let about = if entry.approximate { "~" } else { "" };
    let struck = if entry.struck { STRUCK } else { "" };
    format!("{about}{}{struck}", face.full(&entry.at, precision))
}

struct Gathered(Vec<Passage>);

impl Gathered {
    fn of(&mut self, part: Part, place: &str, text: &Raw, id: Option<Id>) {
        if !text.is_blank() {
            self.0.push(Passage { part, place: place.into(), text: text.clone(), id });
        }
    }

    fn add(&mut self, part: Part, place: &str, text: &Raw) {
        self.of(part, place, text, None);
    }

    fn maybe(&mut self, part: Part, place: &str, text: Option<&Raw>) {
        if let Some(text) = text {
            self.add(part, place, text);
        }
    }

    fn each(&mut self, part: Part, place: &str, texts: &[Raw]) {
        for text in texts {
            self.add(part, place, text);
        }
    }

    fn hypothesis(&mut self, hypothesis: &Hypothesis) {
        let (part, id) = (Part::Hypothesis, Some(hypothesis.id));
        let subject = hypothesis.subject.raw();
        let place = format!("hypothesis {}, {}", subject.as_typed(), hypothesis.status.words());
        self.of(part, &place, subject, id);
        for text in [&hypothesis.why, &hypothesis.reason].into_iter().flatten() {
            self.of(part, &place, text, id);
        }
        for test in &hypothesis.tests {
            let place = format!("test of {}", subject.as_typed());
            self.of(part, &place, &test.text, id);
            test.result.iter().for_each(|result| self.of(part, &place, result, id));
        }
        for evidence in &hypothesis.evidence {
            let side = match evidence.side {
                Side::For => "for",
                Side::Against => "against",
                Side::Harm => "harm by",
            };
            let struck = if evidence.struck { STRUCK } else { "" };
            self.of(part, &format!("{side} {}{struck}", subject.as_typed()), &evidence.text, id);
        }
    }

    fn rest(&mut self, incident: &Incident) {
        let part = Part::Rest;
        self.maybe(part, "summary", incident.summary.as_ref());
        self.maybe(part, "impact", incident.impact.text.as_ref());
        incident.impact.affected.iter().for_each(|affected| self.add(part, "affected", &affected.text));
        self.each(part, "loss", &incident.impact.loss);
        self.maybe(part, "detection", incident.detection.as_ref());
        self.each(part, "went well", &incident.lessons.went_well);
        self.each(part, "went wrong", &incident.lessons.went_wrong);
        self.each(part, "lucky", &incident.lessons.lucky);
        for note in &incident.notes {
            self.add(part, &format!("note {}", note.heading.as_typed()), &note.heading);
            self.add(part, &format!("note {}", note.heading.as_typed()), &note.text);
        }
        for update in &incident.updates {
            self.of(
                part,
                &format!("update for {}", update.audience.as_typed()),
                &update.text,
                Some(update.id),
            );
        }
        for decision in &incident.decisions {
            self.of(part, "decision", &decision.text, Some(decision.id));
        }
        for attachment in &incident.attachments {
            let texts = [&attachment.name].into_iter().chain(&attachment.excerpt);
            texts.for_each(|text| self.of(part, "attachment", text, Some(attachment.id)));
        }
        for link in &incident.links {
            self.add(part, "link", &link.label);
            self.add(part, "link", &link.url);
        }
        for role in &incident.roles {
            self.add(part, role.role.as_typed(), &role.name);
        }
        self.each(part, "doubt", &incident.warnings);
        self.each(part, "related", &incident.related);
    }
}
