//! All figures once more, counted by another and plainer hand: a generated archive whose subjects are their own keys.

use std::collections::{BTreeMap, BTreeSet};

use warroom::archive::{Digest, Guess, Todo};
use warroom::model::insight::{Insight, Until};
use warroom::model::{ActionStatus, HypothesisStatus};

use super::{day, insight, past};

const SUBJECTS: [&str; 5] = ["turbine", "anchor", "rudder", "lantern", "winch"];
const STATUSES: [HypothesisStatus; 5] = [
    HypothesisStatus::Open,
    HypothesisStatus::Testing,
    HypothesisStatus::RuledOut,
    HypothesisStatus::Confirmed,
    HypothesisStatus::Parked,
];

/// Numbers that look as if they were drawn by lot, the same each time.
struct Lots(u64);

impl Lots {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn minutes(&mut self) -> Option<i64> {
        (self.below(4) > 0).then(|| i64::try_from(self.below(700)).unwrap())
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// So many incidents, of which some have all kinds of things unknown.
fn archive(count: usize, seed: u64) -> Vec<Digest> {
    let mut lots = Lots(seed);
    let plain = past("x", "X", &["/started 2015-01-01 10:00", "+ Oil the ramp", "+ Paint it"]);
    let one = |nth: usize| {
        let mut digest = plain.clone();
        digest.id = format!("incident-{nth:04}").into();
        let days = chrono::TimeDelta::days(i64::try_from(lots.below(3_700)).unwrap());
        digest.began = digest.began.map(|at| at + days).filter(|_| lots.below(12) > 0);
        digest.day = digest.began.map(|at| at.date_naive());
        digest.severity = [None, Some(1), Some(2), Some(3)][usize::try_from(lots.below(4)).unwrap()];
        digest.detect_minutes = lots.minutes();
        digest.identify_minutes = lots.minutes();
        digest.mitigate_minutes = lots.minutes();
        digest.resolve_minutes = lots.minutes();
        let mut left: Vec<&str> = SUBJECTS.to_vec();
        digest.guesses.clear();
        for _ in 0..lots.below(4) {
            let subject = left.remove(usize::try_from(lots.below(left.len() as u64)).unwrap());
            let (status, minutes) = (lots.one(&STATUSES), lots.minutes());
            digest.guesses.push(Guess { subject: subject.into(), status, minutes });
        }
        let todo = digest.todos[0].clone();
        digest.todos = (0..lots.below(4)).map(|nth| drawn(&todo, nth, &mut lots)).collect();
        digest
    };
    (0..count).map(one).collect()
}

fn drawn(todo: &Todo, nth: u64, lots: &mut Lots) -> Todo {
    let due = day("2025-05-01") + chrono::TimeDelta::days(i64::try_from(lots.below(9)).unwrap());
    Todo {
        number: u32::try_from(nth + 1).unwrap(),
        status: lots.one(&[ActionStatus::Open, ActionStatus::Done, ActionStatus::Dropped]),
        due: Some(due).filter(|_| lots.below(3) > 0),
        owner: Some("omar".into()).filter(|_| lots.below(2) > 0),
        ..todo.clone()
    }
}

fn of(digest: &Digest, until: Until) -> Option<i64> {
    match until {
        Until::Detected => digest.detect_minutes,
        Until::Identified => digest.identify_minutes,
        Until::Mitigated => digest.mitigate_minutes,
        Until::Resolved => digest.resolve_minutes,
    }
}

fn times(told: &Insight, all: &[Digest]) {
    for spread in &told.times {
        let known: Vec<i64> = all.iter().filter_map(|digest| of(digest, spread.until)).collect();
        assert_eq!((spread.dots.len(), spread.unknown), (known.len(), all.len() - known.len()));
        // The middle, by counting: as many are below as above; of two such values what lies between them.
        let below = |value: i64| known.iter().filter(|other| **other < value).count();
        let to = |value: i64| known.iter().filter(|other| **other <= value).count();
        let half = known.len().div_ceil(2);
        let low = known.iter().filter(|value| to(**value) >= half).min();
        let high = known.iter().filter(|value| known.len() - below(**value) >= half).max();
        let twice = low.zip(high).map(|(low, high)| low + high);
        #[expect(clippy::cast_precision_loss, reason = "minutes are few")]
        let middle = twice.map(|twice| twice as f64 / 2.0);
        assert_eq!(spread.median, middle, "{:?}", spread.until);
        let p90 = known.iter().filter(|value| to(**value) * 10 >= known.len() * 9).min();
        assert_eq!(spread.p90, p90.copied().filter(|_| known.len() >= 3), "{:?}", spread.until);
    }
    let lengths = all.iter().filter_map(|digest| digest.resolve_minutes);
    assert_eq!((told.total_minutes, told.length_known), (lengths.clone().sum(), lengths.count()));
    for part in &told.severities {
        let these = || all.iter().filter(|digest| digest.severity == part.severity);
        let lengths = || these().filter_map(|digest| digest.resolve_minutes);
        assert_eq!(part.incidents, these().count());
        assert_eq!((part.total_minutes, part.length_known), (lengths().sum(), lengths().count()));
    }
}

/// What was found to be the cause first.
fn cause(digest: &Digest) -> Option<&str> {
    let mut guesses = digest.guesses.iter();
    guesses.find(|guess| guess.status == HypothesisStatus::Confirmed).map(|guess| guess.subject.as_typed())
}

fn guesses(told: &Insight, all: &[Digest]) {
    let named: BTreeSet<&str> =
        all.iter().flat_map(|digest| &digest.guesses).map(|guess| guess.subject.as_typed()).collect();
    let listed: BTreeSet<&str> = told.suspects.iter().map(|suspect| suspect.subject.as_typed()).collect();
    assert_eq!((listed.len(), &listed), (told.suspects.len(), &named));
    for suspect in &told.suspects {
        let subject = suspect.subject.as_typed();
        let about =
            || all.iter().flat_map(|d| d.guesses.iter().enumerate().map(move |(nth, guess)| (d, nth, guess)));
        let about = || about().filter(|(_, _, guess)| guess.subject.as_typed() == subject);
        let count = |status| about().filter(|(_, _, guess)| guess.status == status).count();
        assert_eq!(suspect.incidents, about().count());
        assert_eq!(suspect.ruled_out, count(HypothesisStatus::RuledOut));
        assert_eq!(suspect.confirmed, count(HypothesisStatus::Confirmed));
        assert_eq!(suspect.parked, count(HypothesisStatus::Parked));
        assert_eq!(suspect.open, count(HypothesisStatus::Open) + count(HypothesisStatus::Testing));
        assert_eq!(suspect.first, about().filter(|(_, nth, _)| *nth == 0).count());
        let wrong: Vec<(&Digest, &Guess)> = about()
            .filter(|(_, _, guess)| guess.status == HypothesisStatus::RuledOut)
            .map(|(digest, _, guess)| (digest, guess))
            .collect();
        assert_eq!(suspect.minutes_lost, wrong.iter().filter_map(|(_, guess)| guess.minutes).sum::<i64>());
        assert_eq!(suspect.minutes_known, wrong.iter().filter(|(_, guess)| guess.minutes.is_some()).count());
        let mut instead: BTreeMap<&str, usize> = BTreeMap::new();
        for cause in wrong.iter().filter_map(|(digest, _)| cause(digest)) {
            *instead.entry(cause).or_default() += 1;
        }
        let found: BTreeMap<&str, usize> =
            suspect.turned_out.iter().map(|one| (one.cause.as_typed(), one.incidents.len())).collect();
        assert_eq!(found, instead);
        let untold = wrong.iter().filter(|(digest, _)| cause(digest).is_none()).count();
        assert_eq!(suspect.never_told, untold);
    }
}

fn actions(told: &Insight, all: &[Digest]) {
    let todos = || all.iter().flat_map(|digest| &digest.todos);
    let open = || todos().filter(|todo| todo.status == ActionStatus::Open);
    let count = |status| todos().filter(|todo| todo.status == status).count();
    let (actions, today) = (&told.actions, day("2025-05-04"));
    assert_eq!((actions.done, actions.dropped), (count(ActionStatus::Done), count(ActionStatus::Dropped)));
    assert_eq!(actions.open, open().count());
    assert_eq!(actions.overdue, open().filter(|todo| todo.due.is_some_and(|due| due < today)).count());
    assert_eq!(actions.without_due, open().filter(|todo| todo.due.is_none()).count());
    assert_eq!(actions.without_owner, open().filter(|todo| todo.owner.is_none()).count());
}

/// The causes that came back, and what was left open about them.
fn causes(told: &Insight, all: &[Digest]) {
    let confirmed = |digest: &Digest| -> BTreeSet<String> {
        let guesses = digest.guesses.iter().filter(|guess| guess.status == HypothesisStatus::Confirmed);
        guesses.map(|guess| guess.subject.as_typed().to_owned()).collect()
    };
    for subject in SUBJECTS {
        let with = all.iter().filter(|digest| confirmed(digest).contains(subject)).count();
        let listed = told.causes.iter().find(|cause| cause.what.as_typed() == subject);
        assert_eq!(listed.map_or(0, |cause| cause.incidents.len()), if with > 1 { with } else { 0 });
    }
    let has_open = |digest: &Digest| digest.todos.iter().any(|todo| todo.status == ActionStatus::Open);
    let before = |a: &Digest, b: &Digest| (a.began, &a.id) < (b.began, &b.id) && a.began.is_some();
    let again = all.iter().filter(|later| {
        let mut earlier = all.iter().filter(|earlier| before(earlier, later) && has_open(earlier));
        earlier.any(|earlier| !confirmed(earlier).is_disjoint(&confirmed(later)))
    });
    let again: BTreeSet<&str> = again.map(|digest| digest.id.as_typed()).collect();
    let listed: BTreeSet<&str> = told.repeated.iter().map(|one| one.incident.as_typed()).collect();
    assert_eq!(listed, again);
}

#[test]
fn another_hand_counts_the_same() {
    for (count, seed) in [(0, 1), (1, 2), (2, 3), (3, 4), (9, 5), (10, 6), (11, 7), (57, 8), (300, 9)] {
        let all = archive(count, seed);
        let told = insight(&all);
        assert_eq!(told.incidents, count);
        assert_eq!(told.first, all.iter().filter_map(|digest| digest.day).min());
        assert_eq!(told.last, all.iter().filter_map(|digest| digest.day).max());
        times(&told, &all);
        guesses(&told, &all);
        actions(&told, &all);
        causes(&told, &all);
    }
}

#[test]
fn the_generated_archive_has_some_of_everything() {
    let told = insight(&archive(300, 9));
    assert!(told.suspects.iter().all(|suspect| suspect.minutes_lost > 0 && suspect.never_told > 0));
    assert!(told.actions.overdue > 0 && told.actions.overdue < told.actions.open);
    assert!(told.repeated.len() > 10 && told.causes.len() == SUBJECTS.len());
}
