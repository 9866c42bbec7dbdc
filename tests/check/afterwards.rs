//! What is done afterwards: by whom, until when, and when it is done.

use super::holds;

#[test]
fn owners() {
    holds(
        "action-without-owner",
        &[
            &["+ Move the list p1"],
            &["+ Move the list"],
            &["+ Ask bob whether the list is moved due:fri"],
            &["+ Move the list #prevent"],
            &["+ Move the list p1", "+ Test the list @omar p1"],
        ],
        &[
            &["+ Move the list @omar p1"],
            &["/improve Keep lists in one place"],
            &["+ Move the list p1", "/done 3"],
            &["+ Move the list p1", "/drop 3: it is gone"],
            &["+ Move the list @payments-team due:fri"],
        ],
    );
}

#[test]
fn dates_and_priorities() {
    holds(
        "action-without-time",
        &[
            &["+ Move the list @omar"],
            &["+ Move the list"],
            &["+ Move the list @omar #prevent"],
            &["+ Move the list by friday @omar"],
            &["+ Move the p1 list to its place @omar"],
        ],
        &[
            &["+ Move the list @omar p1"],
            &["+ Move the list @omar due:fri"],
            &["/improve Keep lists in one place"],
            &["+ Move the list @omar", "/done 3"],
            &["+ Move the list @omar p0"],
        ],
    );
}

#[test]
fn verbs() {
    holds(
        "action-without-verb",
        &[
            &["+ Better alerts on refused payments @omar p1"],
            &["+ The list of the authorities @omar p1"],
            &["+ Monitoring of the gateway @omar p1"],
            &["+ Documentation for the move of the list @omar p1"],
            &["+ More tests for the gateway @omar p1"],
            &["/improve Automated checks of the list"],
        ],
        &[
            &["+ Document the move of the list @omar p1"],
            &["+ Provision a second gateway for the tests @omar p1"],
            &["+ Bring the list into one place @omar p1"],
            &["+ Ping the bank every minute @omar p1"],
            &["+ Monitoring der Liste mit dem neuen Dienst, und nicht von Hand @omar p1"],
            &["+ `Documentation` becomes a required field of each change @omar p1"],
            &["+ Better alerts @omar p1", "/done 3"],
        ],
    );
}

#[test]
fn vague_ones() {
    holds(
        "action-vague",
        &[
            &["+ Improve monitoring @omar p1"],
            &["+ Be more careful with lists @omar p1"],
            &["+ Investigate @omar p1"],
            &["+ Look into the gateway @omar p1"],
            &["/improve Pay attention to the second path"],
            &["+ Remember to move the list @omar p1"],
            &["+ Consider a better gateway @omar p1"],
        ],
        &[
            &["+ Investigate why two authorities are not in the path, and write it down @omar p1"],
            &["+ Monitor each shop and page after 5 refused payments @omar p1"],
            &["+ Improve the check so that a missing authority stops the start @omar p1"],
            &["+ Be able to put back a gateway without its vendor @omar p1"],
            &["+ Review the list monthly @omar p1"],
            &["+ Improve the gateway link:https://tracker.example/7 @omar p1"],
            &["+ Add a panel for refused payments @omar p1"],
            &["+ Improve monitoring @omar p1", "/drop 3: done elsewhere"],
        ],
    );
}

#[test]
fn factors_without_an_answer() {
    holds(
        "factor-unanswered",
        &[
            &["/factor Nobody is on duty at night"],
            &["/factor The vendor has no phone number"],
            &["/factor Dashboards load slowly"],
            &["/factor The vendor has no phone number", "+ Ask for a number @omar p1", "/drop 3"],
            &["/factor Two teams were told different things"],
        ],
        &[
            &["/factor Shops have no alerts of their own"],
            &["/factor The vendor has no phone number", "+ Ask the vendor for a hotline @omar p1"],
            &["/factor Dashboards load slowly", "+ Load the dashboard in 2 seconds @omar p1", "/done 3"],
            &[
                "/factor Nobody is on duty at night",
                "+ Put someone on duty for nights @omar p1",
                "/drop 3: too dear for what it saves",
            ],
            &["/factor Starting takes ten minutes"],
        ],
    );
}

#[test]
fn decisions_without_a_reason() {
    holds(
        "dropped-without-reason",
        &[
            &["/drop 1"],
            &["/drop 2"],
            &["/drop 1", "/drop 2"],
            &["/drop 1: no", "/done 1 -", "/drop 1"],
            &["+ Move the list @omar p1", "/drop 3"],
        ],
        &[
            &["/drop 1: the vendor does it"],
            &["/drop 2 replaced by the new gateway"],
            &["/done 1"],
            &["/drop 1", "/done 1 -"],
            &["/drop 1", "/drop 1: the vendor does it"],
        ],
    );
}
