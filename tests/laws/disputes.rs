//! What is disputed follows from who had seen what, and from nothing else: a ledger that remembers for each record all that its
//! writer knew says the same.

use std::collections::{BTreeSet, HashSet};

use chrono::Duration;
use proptest::prelude::*;
use proptest::sample::Index;
use warroom::log::setting::{Place, settings};
use warroom::log::{Change, Fold, Hlc, Order, Record, Stamp, Stamped, undo};
use warroom::model::{DisputedField, Writer};
use warroom::text::Raw;

use super::histories::{ledger, lived, said};
use crate::scene::{Scene, utc};

/// Fields that each stand for themselves, set, cleared and taken back.
const LINES: &[&str] = &[
    "/title One",
    "/title Another",
    "/sev 1",
    "/sev 2",
    "/summary short",
    "/summary longer",
    "/summary -",
    "/role commander @alice",
    "/role commander @bob",
    "/tz Europe/Berlin",
    "/undo",
    "/undo",
    "nothing but a note",
];

/// A record, and all that its writer had when it was made.
type Known = (Record, HashSet<Stamp>);

/// Three writers, each with a copy of its own, who now and then hear one of the others. The clock of the third is wrong by so many days.
fn play(steps: &[(Index, i64, Option<Index>, Index)], days: i64) -> Vec<Known> {
    let begin = Scene::new("UTC").ledger;
    let mut all: Vec<Known> = begin.records().iter().map(|r| (r.clone(), HashSet::new())).collect();
    let mut copies = [begin.clone(), begin.clone(), begin];
    let mut clocks = [1, 2, 3].map(|bits| Hlc::new(Writer::from_bits(bits)));
    let mut walls = [utc("2024-08-10 12:30"); 3];
    walls[2] += Duration::days(days);
    for (line, moved, hears, who) in steps {
        let who = who.index(3);
        walls[who] += Duration::seconds(*moved);
        if let Some(other) = hears {
            let heard = copies[other.index(3)].records().to_vec();
            for record in &heard {
                clocks[who].observe(record.stamp, walls[who]);
            }
            copies[who].extend(heard);
        }
        let by = Raw::from(["alice", "bob", "carol"][who]);
        let Some(change) = said(&copies[who], line.get::<&str>(LINES), &by, walls[who]) else { continue };
        let over = Fold::of(&copies[who]).over(&change, &by, clocks[who].writer());
        let stamp = clocks[who].stamp(walls[who]);
        let after = copies[who].last().filter(|last| *last > stamp).map(Box::new);
        let record =
            Record::from(Stamped { stamp, by, from: None, wall: None, over, after, body: change.into() });
        let had = copies[who].records().iter().map(|record| record.stamp).collect();
        all.push((record.clone(), had));
        copies[who].insert(record);
    }
    all
}

fn place_of(record: &Record) -> Option<(Place, Option<Raw>)> {
    let all = settings(record.change()?, &record.by, record.stamp);
    all.into_iter().next().map(|set| (set.place, set.value))
}

/// What is disputed, from all that each writer had.
fn expected(all: &[Known], undone: &HashSet<Stamp>) -> BTreeSet<(DisputedField, Option<Raw>)> {
    let set: Vec<_> = all
        .iter()
        .filter(|(record, _)| !undone.contains(&record.stamp))
        .filter_map(|(record, had)| Some((record.order(), had, place_of(record)?)))
        .collect();
    let stands = |order: &Order, place: &Place| {
        !set.iter().any(|(other, had, (of, _))| of == place && other > order && had.contains(&order.2))
    };
    let mut found = BTreeSet::new();
    for (order, _, (place, value)) in &set {
        let heads: Vec<_> =
            set.iter().filter(|(other, _, (of, _))| of == place && stands(other, place)).collect();
        let shown = heads.iter().max_by_key(|(other, _, _)| other).unwrap();
        if stands(order, place) && shown.2.1 != *value {
            found.insert((place.0, value.clone()));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn disputed_is_what_nobody_replaced_who_had_seen_it(
        steps in prop::collection::vec(
            (any::<Index>(), 0i64..12, prop::option::of(any::<Index>()), any::<Index>()),
            1..40,
        ),
        order in prop::collection::vec(any::<Index>(), 0..60),
        days in prop::sample::select(vec![0, 400, -400]),
    ) {
        let all = play(&steps, days);
        let mut records: Vec<Record> = all.iter().map(|(record, _)| record.clone()).collect();
        let whole = ledger(records.clone());
        let incident = Fold::of(&whole).into_incident();
        let told = incident.disputed.iter().map(|one| (one.field, one.value.clone()));
        prop_assert_eq!(told.collect::<BTreeSet<_>>(), expected(&all, &undo::undone(&whole)));
        // Whoever gets them in another order, and some twice, knows the same.
        let mut shuffled: Vec<Record> = order.iter().map(|at| at.get(&records).clone()).collect();
        records.reverse();
        shuffled.extend(records);
        prop_assert_eq!(&lived(&shuffled).0.disputed, &incident.disputed);
    }

    #[test]
    fn journals_that_do_not_tell_what_was_seen_dispute_nothing(steps in super::histories::steps()) {
        let silent = |record: Record| Record::from(Stamped { over: None, after: None, ..Stamped::clone(&record) });
        let records: Vec<Record> = super::histories::play(&steps).into_iter().map(silent).collect();
        prop_assert!(Fold::of(&ledger(records)).incident().disputed.is_empty());
    }

    #[test]
    fn one_writer_who_has_seen_all_disputes_nothing(lines in prop::collection::vec(any::<Index>(), 1..40)) {
        let mut scene = Scene::new("UTC");
        for line in lines {
            let line = line.get::<&str>(super::histories::LINES);
            let Some(change) = said(&scene.ledger, line, &scene.by.clone(), scene.now) else { continue };
            if !matches!(change, Change::Purged { .. }) {
                scene.commit(change);
            }
            scene.now += Duration::seconds(20);
        }
        prop_assert!(scene.incident().disputed.is_empty());
    }
}
