//! What a line is about: the item whose history tells what was there before.

use super::args::Args;
use super::parts::{Part, parts};
use super::table::{Command, Takes};
use super::{Desk, entry, handle, line, table};
use crate::log::List;
use crate::log::field::Field;
use crate::log::history::Item;
use crate::model::Subject;
use crate::text::Raw;

/// What a line is about, as far as it is in the record already; none for a text, and for what the line would begin.
pub fn about(line: &str, desk: &Desk<'_>) -> Option<Item> {
    let is_subject = |part: &Part| *part == Part::Subject;
    if let Some((span, _)) = parts(line, desk).into_iter().find(|(_, part)| is_subject(part)) {
        let known = desk.incident.hypothesis(&Subject::new(&line[span]))?;
        return Some(Item::Hypothesis(known.subject.clone()));
    }
    let args = Args::new(line, 0);
    line::sigil(line, args.begin()).filter(|sigil| *sigil == '/')?;
    let (word, rest) = args.word();
    of_command(table::named(&word[1..])?, &rest, desk)
}

fn of_command(command: &Command, args: &Args<'_>, desk: &Desk<'_>) -> Option<Item> {
    let first = args.word().0.trim_end_matches(':');
    let field = match command.takes {
        Takes::Title => Field::Title,
        Takes::Severity => Field::Severity,
        Takes::Status => Field::Course,
        Takes::Zone => Field::Zone,
        Takes::Clock => Field::Clock,
        Takes::Milestone(milestone) => Field::milestone(milestone),
        Takes::Fact(fact) => Field::Fact(fact),
        Takes::Item(list) => Field::List(list),
        Takes::Affected => Field::List(List::Affected),
        Takes::Link => Field::List(List::Links),
        Takes::Note => Field::List(List::Notes),
        Takes::Role => {
            let role = args.text().split('@').next().unwrap_or_default().trim();
            let role = role.strip_suffix(" -").unwrap_or(role).trim();
            if role.is_empty() {
                return None;
            }
            Field::role(&Raw::new(role))
        }
        Takes::Update => Field::Updates,
        Takes::Every => Field::Cadence,
        Takes::Decide => Field::Decisions,
        Takes::Done | Takes::Drop => {
            let number = first.trim_start_matches('#').parse().ok()?;
            return desk.incident.action(number).map(|action| Item::Action(action.id));
        }
        Takes::Edit if table::named(first).is_some_and(|of| matches!(of.takes, Takes::Action(_))) => {
            let number = args.word().1.word().0.trim_end_matches(':').parse().ok()?;
            return desk.incident.action(number).map(|action| Item::Action(action.id));
        }
        Takes::Edit | Takes::When | Takes::Strike | Takes::Star => match entry::list(first) {
            Some(list) => Field::List(list),
            None => return handle::entry(first, args, desk).ok().map(|entry| Item::Entry(entry.id)),
        },
        _ => return None,
    };
    Some(Item::Field(field))
}
