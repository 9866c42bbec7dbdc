//! What is said about hypotheses.

use super::args::{self, Args};
use super::parts::alike;
use super::table::{Command, Verb};
use super::{Desk, GrammarError, marks, scan};
use crate::log::{About, Change};
use crate::model::{Moment, Side, Subject};
use crate::text::Raw;

/// Reads what follows the name of a command about a hypothesis.
pub(super) fn read(
    verb: Verb,
    command: &Command,
    args: &Args<'_>,
    when: Option<Box<Moment>>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    let (mut owner, mut timebox_minutes) = (None, None);
    let text = if verb == Verb::Test {
        marks::trailing(args.text(), |word, span| {
            if let Some(person) = marks::person(word).filter(|_| owner.is_none()) {
                owner = Some(Raw::new(person));
            } else if let Some(minutes) = word.strip_prefix("for:").filter(|_| timebox_minutes.is_none()) {
                let read = minutes_of(minutes);
                let wrong = || {
                    let hint = "write it as for:10m or for:1h30m";
                    GrammarError::new(args.span_of(span), "this is no length of time", hint)
                };
                timebox_minutes = Some(read.ok_or_else(wrong)?);
            } else {
                return Ok(false);
            }
            Ok(true)
        })?
    } else {
        args.text().to_owned()
    };
    let (subject, said) = args::about(&text);
    if subject.raw().is_blank() {
        let hint = format!("for example: {}", command.example);
        return Err(args.error("the subject of the hypothesis is missing", hint));
    }
    let needs_text = matches!(verb, Verb::For | Verb::Against | Verb::Worse);
    if needs_text && said.is_none() {
        let hint = format!("write it after a colon, for example: {}", command.example);
        return Err(args.error("what was seen is missing", hint));
    }
    let may_be_new = matches!(verb, Verb::Suspect | Verb::Out | Verb::Confirm);
    if !may_be_new && desk.incident.hypothesis(&subject).is_none() {
        return Err(unknown(&subject, args, desk));
    }
    let about = About { subject, text: said, when };
    Ok(match verb {
        Verb::Suspect => Change::HypothesisRaised(about),
        Verb::Test => Change::HypothesisTested { about, owner, timebox_minutes },
        Verb::For => Change::EvidenceAdded { side: Side::For, about, tags: Vec::new() },
        Verb::Against => Change::EvidenceAdded { side: Side::Against, about, tags: Vec::new() },
        Verb::Worse => Change::EvidenceAdded { side: Side::Harm, about, tags: Vec::new() },
        Verb::Out => Change::HypothesisRuledOut(about),
        Verb::Confirm => Change::HypothesisConfirmed(about),
        Verb::Park => Change::HypothesisParked(about),
        Verb::Reopen => Change::HypothesisReopened(about),
    })
}

/// Whole minutes of `10m`, `1h30m`: at least one, at most a week.
pub fn minutes_of(text: &str) -> Option<u32> {
    let (length, _, end) = scan::duration(text, 0)?;
    let minutes = u32::try_from(length.num_minutes()).ok()?;
    (end == text.len() && (1..=7 * 24 * 60).contains(&minutes)).then_some(minutes)
}

fn unknown(subject: &Subject, args: &Args<'_>, desk: &Desk<'_>) -> GrammarError {
    let name = subject.raw().for_term();
    let hint = match alike(subject, desk) {
        Some(near) => {
            format!("did you mean {}? Raise a new one with ?{name}", near.subject.raw().for_term())
        }
        None => format!("raise it first with ?{name}"),
    };
    args.error(format!("there is no hypothesis about {name}"), hint)
}
