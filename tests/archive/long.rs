//! One incident that grew long, made up by rule: always the same for the same length.

use std::fmt::Write as _;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use warroom::log::{About, Change, Hlc};
use warroom::model::{ActionKind, At, Clock, EntryKind, MilestoneKind, Moment, Side, Subject, Writer, Zone};

use super::chance::{Dice, Journal, PEOPLE, SERVICES, SUBJECTS, WORDS};

/// The journal of one incident that grew long: so many entries by five people from three places, one in twelve of them late, with
/// suspicions, evidence and actions, and few words for most entries but many for some.
pub fn journal(entries: usize) -> String {
    let mut dice = Dice::new(11);
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let mut journal = Journal { clock: Hlc::new(Writer::from_bits(7)), now, lines: String::new() };
    // Whoever else writes has seen what was written before: their clocks go on from there.
    let mut clocks: Vec<Hlc> = (8..10).map(|bits| Hlc::new(Writer::from_bits(bits))).collect();
    journal.says(
        "alice",
        Change::IncidentCreated {
            id: "2024-10-04-checkout-answers-slowly".into(),
            title: "Checkout answers slowly".into(),
            zone: Zone::default(),
            severity: Some(1),
            clock: Clock::H24,
        },
    );
    journal.says("alice", Change::MilestoneSet { milestone: MilestoneKind::Started, how: None, when: None });
    for nth in 0..entries {
        journal.now += TimeDelta::milliseconds(i64::try_from(500 + dice.below(9_000)).unwrap_or_default());
        if dice.below(4) == 0 {
            let other = dice.below(clocks.len());
            std::mem::swap(&mut journal.clock, &mut clocks[other]);
        }
        let by = dice.of(&PEOPLE);
        let entry = entry(&mut dice, journal.now);
        let seen = journal.says(by, entry);
        for clock in &mut clocks {
            clock.observe_local(Some(seen), journal.now);
        }
        // Fewer as it goes on: nobody suspects a thousand things.
        if nth.is_power_of_two() || nth % 5_000 == 40 {
            aside(&mut journal, &mut dice, nth);
        }
    }
    journal.lines
}

/// An entry of a long incident.
fn entry(dice: &mut Dice, now: DateTime<Utc>) -> Change {
    let words = if dice.below(15) == 0 { 20 + dice.below(60) } else { 3 + dice.below(12) };
    let mut text = String::new();
    for _ in 0..words {
        text.push_str(dice.of(&WORDS));
        text.push(' ');
    }
    let _ = write!(text, "{}", dice.below(100_000));
    let (mut tags, mut people) = (Vec::new(), Vec::new());
    if dice.below(5) == 0 {
        let _ = write!(text, " #{}", dice.of(&["db", "deploy", "alert"]));
        tags.extend(text.rsplit('#').next().map(str::to_owned).map(Into::into));
    }
    if dice.below(8) == 0 {
        let name = dice.of(&PEOPLE);
        let _ = write!(text, " @{name}");
        people.push(name.into());
    }
    let late = TimeDelta::minutes(i64::try_from(6 + dice.below(90)).unwrap_or_default());
    let when = (dice.below(12) == 0)
        .then(|| (now - late).duration_trunc(TimeDelta::minutes(1)).unwrap_or(now))
        .map(|at| Box::new(Moment::to_the_minute(At::known(&at))));
    Change::EntryAdded { text: text.into(), when, tags, people, kind: EntryKind::Note }
}

/// What stands beside the timeline: a suspicion with its evidence and its end, and an action.
fn aside(journal: &mut Journal, dice: &mut Dice, nth: usize) {
    let subject = format!("{} of the {}", dice.of(&SUBJECTS), dice.of(&SERVICES));
    let about =
        |text: &str| About { subject: Subject::new(subject.as_str()), text: Some(text.into()), when: None };
    let by = dice.of(&PEOPLE);
    journal.says(by, Change::HypothesisRaised(about("errors began there")));
    for side in [Side::For, Side::Against] {
        let about = about("its metrics moved at the same minute, or so it looks");
        journal.says(by, Change::EvidenceAdded { side, about, tags: Vec::new() });
    }
    if !nth.is_multiple_of(3) {
        journal.says(by, Change::HypothesisRuledOut(about("its metrics are normal")));
    }
    let (text, owner) = (format!("alert on the {subject}").into(), Some(dice.of(&PEOPLE).into()));
    let (due, priority, class, link) = (None, Some(2), None, None);
    journal.says(by, Change::ActionAdded { kind: ActionKind::Task, text, owner, due, priority, class, link });
}
