//! What a command has set already, as the line that sets it again: for a person to correct what is there.

use super::table::{Command, Takes};
use super::{Desk, args::Args, entry, handle, item, line, print, table};
use crate::log::fold::facts;
use crate::log::{Change, List, ListItem};
use crate::model::{At, Entry, EntryKind, Incident, Machine, MilestoneKind, Moment, Zone};
use crate::text::Raw;

/// The line that says again what is there already, where this one is a command with nothing behind its name. None where
/// nothing is there, or no line can say it.
pub fn present(line: &str, desk: &Desk<'_>) -> Option<String> {
    match bare(line) {
        Some(command) => print::print(&change(command, desk)?, desk),
        None => edited(line, desk),
    }
}

/// The line that `/edit` of something begins, with what it says now.
fn edited(line: &str, desk: &Desk<'_>) -> Option<String> {
    let args = Args::new(line, 0);
    let (word, rest) = args.word();
    table::named(word.strip_prefix('/')?).filter(|command| command.takes == Takes::Edit)?;
    let (what, rest) = rest.word();
    let name = what.trim_end_matches(':');
    let (number, behind) = rest.word();
    let said = match (rest.text(), number.trim_end_matches(':').parse::<usize>()) {
        ("", _) => {
            let entry = handle::entry(name, &args, desk).ok()?;
            let of = desk.incident.hypotheses.iter().find(|h| entry.is_about(h.id));
            let words = entry.words(of.map_or(&[], |hypothesis| &hypothesis.tests))?;
            return Some(format!("{word} {name}: {}", print::edited_text(&words)));
        }
        (_, Ok(number)) if behind.text().is_empty() => match table::named(name)?.takes {
            Takes::Action(_) => {
                return item::action_again(desk.incident.action(u32::try_from(number).ok()?)?, desk);
            }
            _ => {
                let list = entry::list(name)?;
                let was = facts::names(desk.incident, list).into_iter().nth(number.checked_sub(1)?)?;
                said_again(list, &was, desk)?
            }
        },
        _ => return None,
    };
    Some(format!("{word} {name} {}: {said}", number.trim_end_matches(':')))
}

/// What would stand behind the name of the command that added this item.
pub(super) fn said_again(list: List, was: &Raw, desk: &Desk<'_>) -> Option<String> {
    let incident = desk.incident;
    let at = facts::names(incident, list).iter().position(|name| name == was)?;
    let item = match list {
        List::Affected => ListItem::Affected(incident.impact.affected.get(at)?.clone()),
        List::Links => {
            let link = incident.links.get(at)?;
            ListItem::Link { label: link.label.clone(), url: link.url.clone() }
        }
        List::Notes => {
            let note = incident.notes.get(at)?;
            ListItem::Note { heading: note.heading.clone(), text: note.text.clone() }
        }
        _ => ListItem::Text(was.clone()),
    };
    print::behind_the_name(&item.added(list)?, desk)
}

/// The command of a line that has nothing but its name.
pub(super) fn bare(line: &str) -> Option<&'static Command> {
    let args = Args::new(line, 0);
    line::sigil(line, args.begin()).filter(|sigil| *sigil == '/')?;
    let (word, rest) = args.word();
    if rest.text().is_empty() { table::named(&word[1..]) } else { None }
}

/// The alert that fired first.
pub fn first_alert(incident: &Incident) -> Option<&Entry> {
    let is_alarm = |entry: &&Entry| match entry.machine.as_deref() {
        Some(Machine::Alert(alert)) => alert.is_alarm() && !entry.struck,
        _ => entry.kind == EntryKind::Alert && !entry.struck,
    };
    incident.timeline.iter().find(is_alarm)
}

/// That an alert is how it was detected: a person is asked, nothing is assumed.
fn detected_by(alert: &Entry, zone: &Zone) -> Option<Change> {
    let at = alert.at.instant().map_or(alert.at, |at| At::known(&zone.at(at)));
    let how = Raw::new(alert.text.as_typed().lines().next()?);
    let when = Some(Box::new(Moment::to_the_minute(at)));
    Some(Change::MilestoneSet { milestone: MilestoneKind::Detected, how: Some(how), when })
}

/// The change that would set again what is there, or that what there is speaks for. A field of which a list or a choice is offered needs none.
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
        Takes::Milestone(MilestoneKind::Detected)
            if incident.milestones.get(MilestoneKind::Detected).is_none() =>
        {
            detected_by(first_alert(incident)?, &incident.zone)
        }
        Takes::Milestone(milestone) => {
            let met = incident.milestones.get(milestone)?;
            let (how, when) = (met.how.clone(), Some(met.moment().into()));
            Some(Change::MilestoneSet { milestone, how, when })
        }
        _ => None,
    }
}
