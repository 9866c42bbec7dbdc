//! What a command has set already, as the line that sets it again: for a person to correct what is there.

use super::table::{Command, Takes};
use super::{Desk, args::Args, line, print, table};
use crate::log::Change;
use crate::log::fold::facts;
use crate::model::{Milestone, Moment};

/// The line that says again what is there already, where this one is a command with nothing behind its name. None where
/// nothing is there, or no line can say it.
pub fn present(line: &str, desk: &Desk<'_>) -> Option<String> {
    let command = bare(line)?;
    print(&change(command, desk)?, desk)
}

/// The command of a line that has nothing but its name.
fn bare(line: &str) -> Option<&'static Command> {
    let args = Args::new(line, 0);
    line::sigil(line, args.begin()).filter(|sigil| *sigil == '/')?;
    let (word, rest) = args.word();
    if rest.text().is_empty() { table::named(&word[1..]) } else { None }
}

/// The change that would set again what is there. A field of which a list or a choice is offered needs none.
fn change(command: &Command, desk: &Desk<'_>) -> Option<Change> {
    let incident = desk.incident;
    match command.takes {
        Takes::Title => Some(Change::TitleSet { title: incident.title.clone() }),
        Takes::Fact(fact) => {
            facts::text(incident, fact).map(|text| Change::FactSet { fact, text: text.clone() })
        }
        Takes::Every => {
            incident.update_every_minutes.map(|minutes| Change::CadenceSet { minutes: Some(minutes) })
        }
        Takes::Milestone(milestone) => {
            let met = incident.milestones.get(milestone)?;
            let (how, when) = (met.how.clone(), Some(moment(met)));
            Some(Change::MilestoneSet { milestone, how, when })
        }
        _ => None,
    }
}

fn moment(met: &Milestone) -> Moment {
    Moment { precision: met.precision, approximate: met.approximate, ..Moment::to_the_minute(met.at) }
}
