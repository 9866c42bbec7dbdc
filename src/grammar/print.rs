//! The way back: a change as the line that makes it. What is printed parses to the same change.

use chrono::Timelike as _;

use super::table::{Takes, Verb, name_of};
use super::{Desk, action, facts, marks};
use crate::log::fold::facts as lists;
use crate::log::{About, Change, List};
use crate::model::at::{Day, written_offset};
use crate::model::{At, Clock, EntryKind, Face, Moment, Precision, Side};
use crate::text::Raw;

/// The line that makes this change; `None` for what nobody can type (creating an incident, what was restored, a time of
/// which only a part is known).
pub fn print(change: &Change, desk: &Desk<'_>) -> Option<String> {
    Some(match change {
        Change::EntryAdded { text, tags, people, kind, when } => {
            // What an alert sender or a command said, or marks that are not in the words, cannot be typed.
            if *kind != EntryKind::Note
                || crate::text::marks::named(text.as_typed()) != (tags.clone(), people.clone())
            {
                return None;
            }
            entry(text, when.as_deref(), desk)?
        }
        Change::TitleSet { title } => line(Takes::Title, None, &guarded(title, desk))?,
        Change::SeveritySet { severity, when } => {
            let level = severity.map_or_else(|| "-".into(), |s| s.to_string());
            line(Takes::Severity, when.as_deref(), &level)?
        }
        Change::StatusSet { status, when } => line(Takes::Status, when.as_deref(), status.word())?,
        Change::ZoneSet { zone } => line(Takes::Zone, None, zone.name())?,
        Change::ClockSet { clock } => {
            line(Takes::Clock, None, if *clock == Clock::H12 { "12h" } else { "24h" })?
        }
        Change::MilestoneSet { milestone, how, when } => {
            let how = how.as_ref().map_or_else(String::new, |how| guarded(how, desk));
            line(Takes::Milestone(*milestone), when.as_deref(), &how)?
        }
        Change::MilestoneCleared { milestone } => line(Takes::Milestone(*milestone), None, "-")?,
        Change::FactSet { fact, text } => line(Takes::Fact(*fact), None, &guarded(text, desk))?,
        Change::FactCleared { fact } => line(Takes::Fact(*fact), None, "-")?,
        Change::ItemAdded { list, text } => line(Takes::Item(*list), None, &guarded(text, desk))?,
        Change::AffectedAdded { affected } => line(Takes::Affected, None, &guarded(&affected.text, desk))?,
        Change::LinkAdded { label, url } => {
            line(Takes::Link, None, &format!("{} {}", guarded(label, desk), url.as_typed()))?
        }
        Change::NoteAdded { heading, text } => {
            line(Takes::Note, None, &format!("{}: {}", guarded(heading, desk), text.as_typed()))?
        }
        Change::ItemStruck { list, text } => {
            let at = lists::names(desk.incident, *list).iter().position(|name| name == text)?;
            line(Takes::Strike, None, &format!("{} {}", name_of(filled_by(*list)), at + 1))?
        }
        Change::ItemChanged { list, was, now } => {
            let at = lists::names(desk.incident, *list).iter().position(|name| name == was)?;
            let now = behind_the_name(&now.added(*list)?, desk)?;
            line(Takes::Edit, None, &format!("{} {}: {now}", name_of(filled_by(*list)), at + 1))?
        }
        Change::ListCleared { list } => line(filled_by(*list), None, "-")?,
        Change::RoleTaken { role, name, when } => {
            line(Takes::Role, when.as_deref(), &format!("{} @{}", guarded(role, desk), name.as_typed()))?
        }
        Change::RoleCleared { role, when } => {
            // With `@`, a role of several words stays one.
            line(Takes::Role, when.as_deref(), &format!("{} @-", guarded(role, desk)))?
        }
        Change::UpdateSent { audience, text, when } => update(audience, text, when.as_deref(), desk)?,
        Change::CadenceSet { minutes } => {
            line(Takes::Every, None, &minutes.map_or_else(|| "-".into(), |m| format!("{m}m")))?
        }
        Change::DecisionMade { text, who, when } => {
            let who = who.iter().map(|who| format!("@{}", who.as_typed()));
            let text = with_attributes(guarded(text, desk), |word| marks::person(word).is_some(), who);
            line(Takes::Decide, when.as_deref(), &text)?
        }
        Change::EntryTextChanged { entry, text, .. } => {
            line(Takes::Edit, None, &format!("{entry}: {}", edited_text(text)))?
        }
        Change::EntryTimeChanged { entry, when } => {
            line(Takes::When, None, &format!("{entry} {}", time(when)?))?
        }
        Change::EntryStruck { entry } => line(Takes::Strike, None, &entry.to_string())?,
        Change::EntryUnstruck { entry } => line(Takes::Strike, None, &format!("{entry} -"))?,
        Change::EntryStarred { entry } => line(Takes::Star, None, &entry.to_string())?,
        Change::EntryUnstarred { entry } => line(Takes::Star, None, &format!("{entry} -"))?,
        Change::Undone { change } => line(Takes::Undo, None, &change.to_string())?,
        Change::Redone { change } => line(Takes::Redo, None, &change.to_string())?,
        change if is_the_programs(change) => return None,
        Change::ActionAdded { .. }
        | Change::ActionChanged { .. }
        | Change::ActionDone { .. }
        | Change::ActionDropped { .. }
        | Change::ActionReopened { .. } => of_action(change, desk)?,
        _ => of_hypothesis(change, desk)?,
    })
}

/// What no line makes.
fn is_the_programs(change: &Change) -> bool {
    use Change::{Attached, Imported, IncidentCreated, Purged, Restored};
    matches!(change, IncidentCreated { .. } | Attached(_) | Imported(_) | Restored(_) | Purged { .. })
}

fn of_hypothesis(change: &Change, desk: &Desk<'_>) -> Option<String> {
    let (verb, about) = match change {
        // Tags that are not in the words cannot be typed.
        Change::EvidenceAdded { tags, .. } if !tags.is_empty() => return None,
        Change::HypothesisRaised(about) => (Verb::Suspect, about),
        Change::HypothesisTested { about, .. } => (Verb::Test, about),
        Change::EvidenceAdded { side: Side::For, about, .. } => (Verb::For, about),
        Change::EvidenceAdded { side: Side::Against, about, .. } => (Verb::Against, about),
        Change::EvidenceAdded { side: Side::Harm, about, .. } => (Verb::Worse, about),
        Change::HypothesisRuledOut(about) => (Verb::Out, about),
        Change::HypothesisConfirmed(about) => (Verb::Confirm, about),
        Change::HypothesisParked(about) => (Verb::Park, about),
        Change::HypothesisReopened(about) => (Verb::Reopen, about),
        _ => return None,
    };
    let About { subject, text, when } = about;
    let mut said = guarded(subject.raw(), desk);
    if let Some(text) = text {
        said = format!("{said}: {}", text.as_typed());
    } else if said.ends_with(':') {
        // The last colon ends the subject; this one is part of it.
        said.push(':');
    }
    if let Change::HypothesisTested { owner, timebox_minutes, .. } = change {
        let owner = owner.iter().map(|owner| format!("@{}", owner.as_typed()));
        let timebox = timebox_minutes.iter().map(|minutes| format!("for:{minutes}m"));
        let attribute = |word: &str| marks::person(word).is_some() || word.starts_with("for:");
        said = with_attributes(said, attribute, owner.chain(timebox));
    }
    line(Takes::Hypothesis(verb), when.as_deref(), &said)
}

fn of_action(change: &Change, desk: &Desk<'_>) -> Option<String> {
    let number = |id| desk.incident.actions.iter().find(|a| a.id == id).map(|a| a.number);
    match change {
        Change::ActionAdded { kind, text, owner, due, priority, class, link } => {
            let attributes = owner
                .iter()
                .map(|o| format!("@{}", o.as_typed()))
                .chain(due.iter().map(|d| format!("due:{d}")))
                .chain(priority.iter().map(|p| format!("p{p}")))
                .chain(class.iter().map(|c| format!("#{}", c.as_typed())))
                .chain(link.iter().map(|l| format!("link:{}", l.as_typed())));
            let text = with_attributes(guarded(text, desk), action::is_attribute, attributes);
            line(Takes::Action(*kind), None, &text)
        }
        Change::ActionChanged { action, text, owner, due, priority, class, link } => {
            let known = desk.incident.actions.iter().find(|a| a.id == *action)?;
            let added = Change::ActionAdded {
                kind: known.kind,
                text: text.clone(),
                owner: owner.clone(),
                due: *due,
                priority: *priority,
                class: class.clone(),
                link: link.clone(),
            };
            let (name, now) = (name_of(Takes::Action(known.kind)), behind_the_name(&added, desk)?);
            line(Takes::Edit, None, &format!("{name} {}: {now}", known.number))
        }
        Change::ActionDone { action, when } => {
            line(Takes::Done, when.as_deref(), &number(*action)?.to_string())
        }
        Change::ActionReopened { action } => line(Takes::Done, None, &format!("{} -", number(*action)?)),
        Change::ActionDropped { action, reason, when } => {
            let reason = reason.as_ref().map_or_else(String::new, |why| format!(": {}", why.as_typed()));
            line(Takes::Drop, when.as_deref(), &format!("{}{reason}", number(*action)?))
        }
        _ => None,
    }
}

/// What the line of a change has behind the name of its command.
pub(super) fn behind_the_name(change: &Change, desk: &Desk<'_>) -> Option<String> {
    print(change, desk)?.split_once(' ').map(|(_, behind)| behind.to_owned())
}

/// A text behind the handle of an entry: as it stands, some would be read as something else.
pub(super) fn edited_text(text: &Raw) -> String {
    let text = text.as_typed();
    if text.starts_with(['\\', ':']) { format!("\\{text}") } else { text.to_owned() }
}

fn filled_by(list: List) -> Takes {
    match list {
        List::Affected => Takes::Affected,
        List::Links => Takes::Link,
        List::Notes => Takes::Note,
        plain => Takes::Item(plain),
    }
}

fn line(takes: Takes, when: Option<&Moment>, text: &str) -> Option<String> {
    let when = match when {
        Some(when) => format!(" {}", time(when)?),
        None => String::new(),
    };
    let blank = if text.is_empty() { "" } else { " " };
    Some(format!("/{}{when}{blank}{text}", name_of(takes)))
}

/// A text in a place where something else may be read: a `\` before what would not be taken as text.
fn guarded(text: &Raw, desk: &Desk<'_>) -> String {
    let text = text.as_typed();
    let looks_like_a_time = !matches!(desk.times().read_leading(text, 0), Ok(None));
    if text == "-" || text.starts_with('\\') || looks_like_a_time {
        return format!("\\{text}");
    }
    text.to_owned()
}

/// An entry, at a time or at that of its stamp.
fn entry(text: &Raw, when: Option<&Moment>, desk: &Desk<'_>) -> Option<String> {
    let plain = text.as_typed();
    Some(match when {
        Some(when) if plain.starts_with('\\') => format!("{} \\{plain}", time(when)?),
        Some(when) => format!("{} {plain}", time(when)?),
        None if plain.starts_with(['/', '?', '+']) => format!("\\{plain}"),
        None => guarded(text, desk),
    })
}

/// A text with attributes behind it; its own last word must not be taken for one.
fn with_attributes(
    text: String,
    is_attribute: impl Fn(&str) -> bool,
    attributes: impl Iterator<Item = String>,
) -> String {
    let mut out = match marks::last_word(&text) {
        Some((word, span)) if is_attribute(word) || (word.starts_with('\\') && span.start > 0) => {
            format!("{}\\{word}", &text[..span.start])
        }
        _ => text,
    };
    for attribute in attributes {
        out.push(' ');
        out.push_str(&attribute);
    }
    out
}

fn update(audience: &Raw, text: &Raw, when: Option<&Moment>, desk: &Desk<'_>) -> Option<String> {
    let begins_like_one =
        facts::AUDIENCES.iter().any(|a| text.as_typed().to_lowercase().starts_with(&format!("{a}:")));
    let plain = audience.as_typed() == facts::AUDIENCES[0] && !begins_like_one;
    let text = if plain {
        guarded(text, desk)
    } else {
        let text = text.as_typed();
        let guard = if text.starts_with('\\') { "\\" } else { "" };
        format!("{}: {guard}{text}", audience.as_typed())
    };
    line(Takes::Update, when, &text)
}

/// A time with its date and its offset, so that it means the same whenever it is read.
pub(super) fn time(when: &Moment) -> Option<String> {
    let about = if when.approximate { "~" } else { "" };
    let until = match &when.until {
        Some(until) => format!("..{}", point(until, when.precision)?),
        None => String::new(),
    };
    Some(format!("{about}{}{until}", point(&when.at, when.precision)?))
}

/// A time as a person would type it now: with its date where that is not today's, and with its offset where it would not be
/// read as the same without. None where only a part of it is known.
pub fn time_again(when: &Moment, desk: &Desk<'_>) -> Option<String> {
    let full = time(when)?;
    let face = Face::of(desk.incident);
    let clock = |at: &At| face.clock(at, when.precision).map(|clock| clock.to_lowercase());
    let about = if when.approximate { "~" } else { "" };
    let until = match &when.until {
        Some(until) => format!("..{}", clock(until)?),
        None => String::new(),
    };
    let short = format!("{}{until}", clock(&when.at)?);
    let day = face.date(&when.at)?;
    // Seconds that nobody gave are not typed.
    let unit = if when.precision == Precision::Second { 1 } else { 60 };
    let known = |at: &At| at.instant().map(|at| at.timestamp().div_euclid(unit));
    let times = desk.times();
    let is_same = |typed: &String| {
        times.read_whole(typed).is_ok_and(|read| {
            known(&read.at) == known(&when.at)
                && read.until.as_ref().map(known) == when.until.as_ref().map(known)
        })
    };
    let is_today = Some(day) == face.date(&desk.now.into());
    let bare = is_today.then(|| format!("{about}{short}"));
    let mut shorter = bare.into_iter().chain([format!("{about}{day} {short}")]);
    Some(shorter.find(is_same).unwrap_or(full))
}

fn point(at: &At, precision: Precision) -> Option<String> {
    let (Day::Full(date), Some(time), Some(offset)) = (at.day, at.time, at.offset) else { return None };
    let clock = match precision {
        Precision::Hour if time.minute() == 0 && time.second() == 0 => {
            let (pm, hour) = time.hour12();
            format!("{hour}{}", if pm { "pm" } else { "am" })
        }
        _ if precision == Precision::Second || time.second() > 0 => time.format("%H:%M:%S").to_string(),
        _ => time.format("%H:%M").to_string(),
    };
    Some(format!("{date} {clock} {}", written_offset(offset)))
}
