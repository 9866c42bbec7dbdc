//! What holds for any incidents: their order does not matter, and counts add up.

use proptest::prelude::*;
use warroom::archive::{Digest, Guess};
use warroom::model::HypothesisStatus;
use warroom::model::insight::Insight;

use super::{insight, past};

const SUBJECTS: [&str; 7] = ["database", "db", "DB pool", "load balancer", "LB", "ticket printer", "cache"];
const STATUSES: [HypothesisStatus; 5] = [
    HypothesisStatus::Open,
    HypothesisStatus::Testing,
    HypothesisStatus::RuledOut,
    HypothesisStatus::Confirmed,
    HypothesisStatus::Parked,
];
const CAUSES: [&str; 4] =
    ["The ramp sensor froze.", "A load balancer sent all to one node", "ramp sensor wet", ""];

fn guess() -> impl Strategy<Value = Guess> {
    let minutes = proptest::option::of(0_i64..500);
    (0..SUBJECTS.len(), 0..STATUSES.len(), minutes).prop_map(|(subject, status, minutes)| Guess {
        subject: SUBJECTS[subject].into(),
        status: STATUSES[status],
        minutes,
    })
}

prop_compose! {
    fn digest()(
        days in 0_i64..100,
        known in any::<bool>(),
        severity in proptest::option::of(1_u8..4),
        times in prop::array::uniform4(proptest::option::of(0_i64..10_000)),
        guesses in proptest::collection::vec(guess(), 0..5),
        cause in proptest::option::of(0..CAUSES.len()),
    ) -> Digest {
        let mut digest = past("x", "X", &["/started 2014-01-01 10:00", "+ Paint the pier", "+ Oil the ramp", "/done 2"]);
        digest.began = digest.began.filter(|_| known).map(|at| at + chrono::TimeDelta::days(days));
        digest.severity = severity;
        [digest.detect_minutes, digest.identify_minutes, digest.mitigate_minutes, digest.resolve_minutes] = times;
        digest.guesses = guesses;
        digest.root_cause = cause.map(|nth| CAUSES[nth].into());
        digest
    }
}

/// Incidents with ids and days of their own, in some order: two that begin together and have one cause would be one outage.
fn digests() -> impl Strategy<Value = Vec<Digest>> {
    proptest::collection::vec(digest(), 0..30).prop_map(|mut all| {
        for (nth, digest) in (0_i32..).zip(&mut all) {
            digest.id = format!("incident-{nth:02}").into();
            digest.began = digest.began.map(|at| at + chrono::TimeDelta::days(200 * i64::from(nth)));
        }
        all
    })
}

/// Minutes as the median counts them.
fn exact(minutes: i64) -> f64 {
    i32::try_from(minutes).unwrap().into()
}

fn holds(insight: &Insight, all: usize) {
    assert_eq!(insight.severities.iter().map(|part| part.incidents).sum::<usize>(), all);
    assert_eq!(insight.severities.iter().map(|part| part.total_minutes).sum::<i64>(), insight.total_minutes);
    for spread in &insight.times {
        assert_eq!(spread.dots.len() + spread.unknown, all);
        let Some((first, last)) = spread.dots.first().zip(spread.dots.last()) else {
            assert!(spread.median.is_none() && spread.p90.is_none());
            continue;
        };
        let (first, last) = (first.minutes, last.minutes);
        let median = spread.median.unwrap();
        assert!(exact(first) <= median && median <= exact(last), "{spread:?}");
        assert_eq!(spread.p90.is_some(), spread.dots.len() >= 3);
        assert!(spread.p90.is_none_or(|p90| median <= exact(p90) && p90 <= last), "{spread:?}");
        // What the p90 is for: nine of ten did not take longer.
        if let Some(p90) = spread.p90 {
            let within = spread.dots.iter().filter(|dot| dot.minutes <= p90).count();
            assert!(within * 10 >= spread.dots.len() * 9, "{spread:?}");
        }
    }
    for suspect in &insight.suspects {
        let verdicts = suspect.ruled_out + suspect.confirmed + suspect.parked + suspect.open;
        assert_eq!(verdicts, suspect.incidents, "{suspect:?}");
        assert!(suspect.first <= suspect.incidents && suspect.minutes_known <= suspect.ruled_out);
        let told: usize = suspect.turned_out.iter().map(|one| one.incidents.len()).sum();
        assert_eq!(told + suspect.never_told, suspect.ruled_out, "{suspect:?}");
    }
    let firsts: usize = insight.suspects.iter().map(|suspect| suspect.first).sum();
    assert!(firsts <= all);
    for recurring in insight.causes.iter().chain(&insight.factors) {
        let mut ids = recurring.incidents.clone();
        ids.sort();
        ids.dedup();
        assert!(ids.len() >= 2 && ids.len() == recurring.incidents.len(), "{recurring:?}");
    }
    assert_eq!((insight.actions.open, insight.actions.done), (all, all));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn counts_add_up_in_any_order(all in digests(), shuffled in any::<prop::sample::Index>()) {
        let told = insight(&all);
        holds(&told, all.len());
        let mut other = all.clone();
        other.rotate_left(if all.is_empty() { 0 } else { shuffled.index(all.len()) });
        other.reverse();
        prop_assert_eq!(insight(&other), told);
    }
}

#[test]
fn ten_thousand_are_no_trouble() {
    let base = past(
        "x",
        "X",
        &["/started 2014-01-01 10:00", "/confirm LB", "/cause The ramp sensor froze", "+ Oil it"],
    );
    let all: Vec<Digest> = (0..10_000)
        .map(|nth: i64| {
            let mut digest = base.clone();
            digest.id = format!("incident-{nth:05}").into();
            digest.began = digest.began.map(|at| at + chrono::TimeDelta::hours(nth * 7));
            digest.resolve_minutes = Some(nth % 700);
            digest
        })
        .collect();
    let told = insight(&all);
    assert_eq!(
        (told.incidents, told.causes[0].incidents.len(), told.repeated.len()),
        (10_000, 10_000, 9_999)
    );
    // Of each only the latest before it is named, else this would be fifty million.
    assert!(told.repeated.iter().all(|one| one.actions.len() == 1));
}
