//! Incidents that were made up by rule: always the same for the same number, each with a story of 30 to 60 entries.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta};
use warroom::log::{About, Change, Fact, Hlc, List};
use warroom::model::{ActionKind, Clock, EntryKind, MilestoneKind, Status, Subject, Writer, Zone};

use super::chance::{Dice, Journal, PEOPLE, SERVICES, SUBJECTS, WORDS};

const BROKEN: [&str; 10] = [
    "answers slowly",
    "returns errors",
    "is unreachable",
    "loses sessions",
    "shows stale prices",
    "rejects uploads",
    "sends twice",
    "hangs at midnight",
    "drops connections",
    "runs out of memory",
];
const CAUSES: [&str; 8] = [
    "a certificate that nobody renewed",
    "a pool that was too small for the new traffic",
    "a health check that took a slow node for a dead one",
    "a flag that was set for all at once",
    "a disk that filled with old logs",
    "a retry without a pause",
    "a route that was removed too early",
    "a clock that ran ahead",
];
/// The id of the incident with this number, and its journal.
pub fn journal(nth: usize) -> (String, String) {
    let mut dice = Dice::new(nth as u64 + 1);
    let began =
        DateTime::UNIX_EPOCH + TimeDelta::days(15_000 + i64::try_from(nth % 5_000).unwrap_or_default());
    let now = began + TimeDelta::minutes(i64::try_from(dice.below(1_200)).unwrap_or_default());
    let bits = nth as u64 + 7;
    let mut journal = Journal { clock: Hlc::new(Writer::from_bits(bits)), now, lines: String::new() };
    let service = dice.of(&SERVICES);
    let title = format!("{service} {}", dice.of(&BROKEN));
    let slug = warroom::text::Raw::new(title.as_str()).for_file_name().as_str().to_owned();
    let id = format!("{}-{slug}-{nth}", now.date_naive());
    let severity = u8::try_from(dice.below(4) + 1).ok();
    journal.says(
        "alice",
        Change::IncidentCreated {
            id: id.as_str().into(),
            title: title.into(),
            zone: Zone::default(),
            severity,
            clock: Clock::H24,
        },
    );
    let milestone = |milestone| Change::MilestoneSet { milestone, how: None, when: None };
    journal.says("alice", milestone(MilestoneKind::Started));
    journal.says("alice", Change::ItemAdded { list: List::Services, text: service.into() });
    let right = story(&mut journal, &mut dice);
    let cause = format!("{} at {}", dice.of(&CAUSES), dice.of(&SERVICES));
    journal.says("bob", Change::FactSet { fact: Fact::RootCause, text: cause.into() });
    let due = NaiveDate::from_ymd_opt(2026, 1, 1)
        .map(|day| day + TimeDelta::days(i64::try_from(nth % 700).unwrap_or_default()));
    let action = journal.says(
        "bob",
        Change::ActionAdded {
            kind: ActionKind::Task,
            text: format!("alert on the {right} before it breaks").into(),
            owner: Some(dice.of(&PEOPLE).into()),
            due,
            priority: Some(2),
            class: Some("detect".into()),
            link: None,
        },
    );
    if !nth.is_multiple_of(3) {
        journal.says("bob", Change::ActionDone { action, when: None });
    }
    if !nth.is_multiple_of(500) {
        journal.says("bob", milestone(MilestoneKind::Resolved));
        journal.says("bob", Change::StatusSet { status: Status::Closed, when: None });
    }
    (id, journal.lines)
}

/// What happened: 30 to 60 entries, a wrong guess and the right one, which is given.
fn story(journal: &mut Journal, dice: &mut Dice) -> &'static str {
    let (wrong, right) = (dice.of(&SUBJECTS), dice.of(&SUBJECTS));
    for nth in 0..30 + dice.below(31) {
        journal.now += TimeDelta::seconds(40);
        let mut text = String::new();
        for _ in 0..6 + dice.below(8) {
            text.push_str(dice.of(&WORDS));
            text.push(' ');
        }
        let _ = write!(text, "{}", dice.below(100_000));
        let by = dice.of(&PEOPLE);
        let tags = if nth.is_multiple_of(9) { vec!["deploy".into()] } else { Vec::new() };
        journal.says(
            by,
            Change::EntryAdded {
                text: text.into(),
                tags,
                people: Vec::new(),
                kind: EntryKind::Note,
                when: None,
            },
        );
        let about = |subject: &str, text: &str| About {
            subject: Subject::new(subject),
            text: Some(text.into()),
            when: None,
        };
        match nth {
            3 => drop(journal.says(by, Change::HypothesisRaised(about(wrong, "errors began there")))),
            9 => drop(journal.says(by, Change::HypothesisRuledOut(about(wrong, "its metrics are normal")))),
            12 => drop(journal.says(by, Change::HypothesisConfirmed(about(right, "seen in its log")))),
            _ => {}
        }
    }
    right
}

/// Makes so many incidents below a folder; their ids.
pub fn write(root: &Path, count: usize) -> std::io::Result<Vec<String>> {
    let mut ids = Vec::new();
    for nth in 0..count {
        let (id, lines) = journal(nth);
        let folder = root.join(&id);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("journal.jsonl"), lines)?;
        ids.push(id);
    }
    Ok(ids)
}
