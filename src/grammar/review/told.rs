//! A doubt in words: where it came up, and each way out of it with what is missing there or what it means. The walk in the
//! room and the list in the shell both say this.

use super::Doubt;
use super::words::twin;
use crate::grammar::table::{Takes, Verb, named};
use crate::log::List;
use crate::model::disputed::IS_DISPUTED;
use crate::model::{Incident, doubt};
use crate::text::{Raw, TermText};

/// What is said of a doubt that names no line.
const THE_WHOLE: &str = "it is about the whole, not about one thing";
/// What is said where nothing of the record stands for the line.
const NOTHING_THERE: &str = "no entry, hypothesis, action or field was made of this line";

/// What is to be typed behind the line that mends a doubt, by the words of the doubt.
const WANTS: &[(&str, &str)] = &[
    (doubt::NO_DATE, "the day is enough, such as 2024-08-18: all times get theirs with it"),
    (doubt::NO_YEAR, "the day with its year, such as 2024-08-18: all times get theirs with it"),
    (doubt::NO_ZONE, "a zone such as Europe/Berlin: all times without one are in it then"),
    ("where is not said", "a zone such as Europe/Berlin: all times without one are in it then"),
];

/// What is true once a doubt is settled as it stands.
const STAYS: &[(&str, &str)] = &[
    (doubt::NO_ZONE, "the times stay without a zone"),
    ("where is not said", "the times stay without a zone"),
    (doubt::NO_DATE, "the times stay without a date"),
    (doubt::NO_YEAR, "the dates stay without a year"),
    ("several zones", "each time stays in the zone it was read in"),
    ("taken to be", "what it was taken to be is right"),
    ("the same outage as", "they are two outages, and stay two incidents"),
    (IS_DISPUTED, "what shows is right"),
    ("lies before", "both times stay as they are, and nothing is counted between them"),
];

/// A line that would be the end of a doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The line, or its beginning; safe for a terminal, and without what would not fit into one row.
    line: TermText,
    /// What is to be typed behind it, or what is true then.
    told: Option<&'static str>,
    /// It is a command for the shell, not a line for the prompt.
    is_for_shell: bool,
}

impl Way {
    /// The line, an ellipsis where it is only begun, and what is told of it; safe for a terminal.
    pub fn words(&self) -> String {
        let whole = self.line.as_str().trim_end();
        let shell = if self.is_for_shell { "in the shell: " } else { "" };
        let more = if whole.len() < self.line.as_str().len() { " …" } else { "" };
        let told = self.told.map(|told| format!("  ({told})")).unwrap_or_default();
        format!("{shell}{whole}{more}{told}")
    }
}

impl Doubt {
    /// Where in a document it came up, safe for a terminal; and what stands in the record for that, or that nothing does. None
    /// where it came from no document.
    pub fn place(&self) -> Option<(String, Raw)> {
        let source = self.source.as_ref()?;
        let line = source.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let file = source.file.for_term();
        Some(match &self.quote {
            Some(quote) => (format!("{file}{line}, was read as"), quote.clone()),
            None if source.line.is_some() => (format!("{file}{line}"), NOTHING_THERE.into()),
            None => (file.to_string(), THE_WHOLE.into()),
        })
    }

    /// All ways out of it: the lines that mend it, the likeliest first, then the one that settles it.
    pub fn ways(&self, incident: &Incident) -> Vec<Way> {
        let mends = self.mend.iter().map(|line| {
            let begun = begun(line);
            Way { line: Raw::new(begun).for_term(), told: self.wants(begun), is_for_shell: false }
        });
        let merge = self.merge(incident).map(|line| Way {
            line: Raw::new(line).for_term(),
            told: Some("makes one incident of the two"),
            is_for_shell: true,
        });
        let settle =
            Way { line: Raw::new(self.settle()).for_term(), told: Some(self.stays()), is_for_shell: false };
        mends.chain(merge).chain([settle]).collect()
    }

    /// What would mend it from the shell, where no line does: of two records of one outage one is made.
    fn merge(&self, incident: &Incident) -> Option<String> {
        let (own, twin) = (incident.id.for_term(), Raw::new(twin(self.text.as_typed())?));
        // Into the one that was there first, as the doubt says.
        Some(format!("warroom merge {} {own}", twin.for_term()))
    }

    /// What is true once it is settled: what was read is right as it stands.
    fn stays(&self) -> &'static str {
        let words = self.text.as_typed();
        let found = STAYS.iter().find(|(says, _)| words.contains(says)).map(|(_, stays)| *stays);
        found.unwrap_or(if self.quote.is_some() {
            "it was read rightly, and stays as it is"
        } else {
            "the record is right as it is"
        })
    }

    /// What is to be typed behind a line that mends it, where that is only begun.
    pub fn wants(&self, line: &str) -> Option<&'static str> {
        if !line.ends_with(' ') {
            return None;
        }
        let words = self.text.as_typed();
        let by_words = WANTS.iter().find(|(says, _)| words.contains(says)).map(|(_, wants)| *wants);
        // What is said of the likeliest line is not said of the others.
        let is_first = self.mend.first().is_some_and(|first| first == line);
        by_words.filter(|_| is_first).or_else(|| Some(missing(line)))
    }
}

/// What is missing at the end of a line, by its command.
fn missing(line: &str) -> &'static str {
    let name = line.split_whitespace().next().unwrap_or_default();
    match named(name.trim_start_matches('/')).map(|command| command.takes) {
        Some(Takes::When) => "the right time, such as 10:42 or 2024-08-18 10:42",
        Some(Takes::Milestone(_)) => "the time, such as 10:42 or 2024-08-18 10:42",
        Some(Takes::Edit) => "the right text",
        Some(Takes::Zone) => "a zone such as Europe/Berlin",
        Some(Takes::Hypothesis(Verb::Out)) => "why it was not the cause",
        Some(Takes::Hypothesis(Verb::Confirm)) => "what shows that it was the cause",
        Some(Takes::Drop) => "why it will not be done",
        Some(Takes::Item(List::Related)) => "the id of the incident",
        _ => "the rest of the line",
    }
}

/// Of a line with several rows of text, the part before the text: it is to be typed anew where it cannot be changed.
fn begun(line: &str) -> &str {
    let name = line.split_whitespace().next().unwrap_or_default();
    let is_edit = named(name.trim_start_matches('/')).is_some_and(|command| command.takes == Takes::Edit);
    let before = if is_edit { ": " } else { " " };
    match line.find(before) {
        Some(at) if line.contains('\n') => &line[..at + before.len()],
        _ => line,
    }
}
