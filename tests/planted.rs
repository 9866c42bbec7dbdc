//! Shows that the tests can fail: each fault that can be planted in the store makes those tests red that are named here,
//! and without it they are green.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use clap::ValueEnum as _;
use warroom::store::planted::{FAULT, Fault};

/// The tests that have to notice a fault.
fn catchers(fault: Fault) -> &'static [&'static str] {
    match fault {
        Fault::NoSync => &[
            "store::faults::a_batch_is_one_write_and_one_sync",
            "store::order::what_is_put_back_is_durable_before_that_is_said",
        ],
        Fault::SyncBeforeWrite => &[
            "store::faults::a_batch_is_one_write_and_one_sync",
            "store::order::the_lock_is_asked_for_without_waiting_and_held_until_what_was_written_is_durable",
        ],
        Fault::NoFolderSync | Fault::UnsyncedFile => &[
            "store::order::a_new_incident_is_durable_before_its_creation_returns",
            "store::order::a_snapshot_is_durable_before_it_counts_as_written",
            "store::order::a_rescue_file_is_durable_before_it_is_named_to_a_person",
            "store::order::a_journal_that_was_missing_is_a_durable_name_before_records_go_into_it",
        ],
        Fault::SyncRetried | Fault::FailedSyncIgnored => {
            &["recovery::disk::what_failed_once_is_written_again"]
        }
        Fault::NoLock => &[
            "store::writing::a_lock_that_somebody_holds_is_said_and_waited_for",
            "store::writing::a_lock_file_that_is_removed_is_made_again_and_taken",
        ],
        Fault::Truncated => &["store::writing::opening_and_leaving_change_no_byte_of_a_journal"],
        Fault::SnapshotBelieved => &[
            "recovery::snapshot::a_bit_flipped_at_every_byte_of_the_snapshot",
            "store::snapshots::a_snapshot_stands_only_for_the_beginning_of_the_journal_it_has_seen",
            "store::snapshots::a_snapshot_of_another_incident_invents_nothing_hides_nothing_and_is_kept",
        ],
        Fault::NoChecksum => &["recovery::journal::a_bit_flipped_at_every_byte_of_a_line"],
        Fault::BlockingLock | Fault::LockLetGo => &[
            "store::order::the_lock_is_asked_for_without_waiting_and_held_until_what_was_written_is_durable",
        ],
        Fault::StopAtBadLine => &[
            "recovery::journal::garbage_zeros_and_flips_in_the_middle_are_skipped_and_counted",
            "recovery::journal::lines_of_other_programs_are_damage_or_nothing",
        ],
        Fault::LockGoneUnseen => &["store::writing::a_lock_file_that_is_removed_is_made_again_and_taken"],
        Fault::NoAppend => &["store::order::the_journal_is_opened_to_append_and_never_through_a_link"],
        Fault::PieceLeft => {
            &["recovery::disk::a_disk_that_is_full_at_any_byte_is_said_and_all_is_saved_once_there_is_room"]
        }
        Fault::NoLineFeed => &["recovery::disk::what_failed_once_is_written_again"],
        Fault::NameTaken => &["store::folders::a_rescue_file_is_a_journal_and_replaces_nothing"],
        Fault::ModeOfUmask => &["recovery::folder::modes_do_not_depend_on_the_umask"],
        Fault::LinkFollowed => &["recovery::folder::a_journal_that_is_no_file_is_refused"],
        Fault::OverwrittenUnseen => &["store::writing::a_journal_that_is_taken_away_is_written_again"],
        Fault::NothingOwed => &[
            "store::writing::a_journal_that_is_taken_away_is_written_again",
            "store::writing::a_journal_that_is_taken_away_gets_back_what_others_wrote_too",
        ],
        Fault::DraftDropped => {
            &["store::company::two_keep_their_lines_apart_and_each_is_offered_when_its_writer_is_gone"]
        }
    }
}

/// Runs one test in a process of its own; what it said, where it did not end as it should.
fn ends_otherwise(test: &str, fault: Option<Fault>) -> Option<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--include-ignored"]).env_remove(FAULT);
    if let Some(value) = fault.and_then(|fault| fault.to_possible_value()) {
        command.env(FAULT, value.get_name());
    }
    let output = command.output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    // A test that is not there passes too, and one that was killed has noticed nothing.
    let as_it_should = match fault {
        None => output.status.success() && said.contains(" 1 passed; 0 failed"),
        Some(_) => said.contains(" 0 passed; 1 failed") && said.contains("panicked at tests/"),
    };
    (!as_it_should).then(|| format!("{test} with {fault:?}:\n{said}"))
}

#[test]
#[ignore = "needs strace"]
fn every_fault_turns_the_tests_red_that_should_notice_it() {
    let faults = Fault::value_variants().iter().copied();
    let red: BTreeSet<_> =
        faults.flat_map(|fault| catchers(fault).iter().map(move |test| (*test, Some(fault)))).collect();
    let green: BTreeSet<_> = red.iter().map(|(test, _)| (*test, None)).collect();
    let runs = Mutex::new(green.into_iter().chain(red));
    let wrong = Mutex::new(Vec::new());
    let next = || runs.lock().unwrap().next();
    let work = || {
        while let Some((test, fault)) = next() {
            wrong.lock().unwrap().extend(ends_otherwise(test, fault));
        }
    };
    // Some of them wait for the store to try again.
    thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
