//! A replay shows what `show --as-of` shows, whichever way it came there.

use proptest::prelude::*;
use warroom::log::{Fold, Ledger, Replay};

use super::histories::{play, steps};
use crate::scene::Scene;

fn ledger_of(records: Vec<warroom::log::Record>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(records);
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn step_for_step_it_is_the_incident_as_of_then(steps in steps(), jump in 0i64..9_000) {
        let ledger = ledger_of(play(&steps));
        let mut replay = Replay::of(&ledger).unwrap();
        let mut moments = Vec::new();
        loop {
            let known = ledger.as_of(replay.at());
            let then = Fold::of(&known);
            prop_assert_eq!(replay.incident(), then.incident());
            prop_assert_eq!(replay.ledger().records(), known.records());
            moments.push(replay.at());
            if replay.is_at_end() {
                break;
            }
            replay.forward(&ledger);
        }
        let whole = Fold::of(&ledger);
        prop_assert_eq!(replay.incident(), whole.incident());
        for moment in moments.iter().rev() {
            prop_assert_eq!(replay.at(), *moment);
            replay.back(&ledger);
        }
        prop_assert_eq!(replay.at(), moments[0], "before the first change there is nothing");
        let at = moments[0] + chrono::Duration::seconds(jump);
        replay.go_to(at, &ledger);
        let then = Fold::of(&ledger.as_of(at));
        prop_assert_eq!(replay.incident(), then.incident());
    }
}

#[test]
fn what_comes_while_it_runs_is_taken_in_and_what_was_purged_is_gone_from_it() {
    let mut scene = Scene::new("UTC").after(&["one"]);
    let mut replay = Replay::of(&scene.ledger).unwrap();
    replay.go_to(scene.now, &scene.ledger);
    assert_eq!(replay.progress(), (2, 2));
    let secret = scene.at("2024-08-10 12:50");
    scene = secret;
    let id = scene.say("the secret");
    replay.follow(&scene.ledger);
    assert_eq!(replay.progress(), (2, 3), "what is shown stays as it stood");
    replay.forward(&scene.ledger);
    assert_eq!(replay.incident().timeline.len(), 2);
    let goes_with = warroom::log::purge::goes_with(&scene.ledger, id);
    for change in warroom::log::purge::tombstones(id, &goes_with) {
        scene.commit(change);
    }
    replay.follow(&scene.ledger);
    let texts: Vec<&str> = replay.incident().timeline.iter().map(|e| e.text.as_typed()).collect();
    assert_eq!(texts, ["one"]);
}
