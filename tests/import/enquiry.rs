//! What timelines doubt and find well in words that no table of phrases holds.

use super::verdicts::rows;

/// Two rows of a search, and what they rule out.
const ANSWERED: &[(&str, &str, &str)] = &[
    (
        "Ines would swear that the printer driver is old",
        "driver is from last week on all machines",
        "printer driver",
    ),
    ("first reflex: the storage array", "array answers in 0.3 ms like last month", "storage array"),
    ("Fingers were pointed to the proxy", "went around the proxy, pages fail as before", "proxy"),
    (
        "everyone's favourite: the antivirus",
        "uninstalled on two machines, stopwatch stays where it was",
        "antivirus",
    ),
    ("Rui has the firewall in mind", "rules dropped for a minute and pages fail regardless", "firewall"),
    ("the resolver looked fishy to me", "lookups take 2 ms from each machine", "resolver"),
    ("we had the backup script in our sights", "it had not even started at the time", "backup script"),
    ("Tomas bets his cake on the spam filter", "he owes us a cake: all 80 mails went through", "spam filter"),
    ("switched the compression off", "pages fail all the same", "compression"),
];

#[test]
fn the_next_row_answers_a_doubt_in_any_words() {
    let mut wrong = Vec::new();
    for (doubt, answer, subject) in ANSWERED {
        let told = midst(doubt, answer);
        if told != [*subject] {
            wrong.push(format!("{doubt} / {answer}: {told:?}, not {subject}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_only_works_on_it_doubts_nothing() {
    for (first, second) in [
        ("paged the database desk", "they join the call"),
        ("the mirror serves half of the pages", "users write to us"),
        ("a ticket for the vendor of the switch is opened", "vendor is on the way"),
    ] {
        let none: [String; 0] = [];
        assert_eq!(midst(first, second), none, "{first} / {second}");
    }
}

#[test]
fn the_row_that_finds_the_cause_answers_nothing() {
    let told = midst("everyone's favourite: the antivirus", "a gasket of pump two leaks into the meter");
    assert!(told.is_empty(), "{told:?}");
}

/// What two rows in the midst of an outage rule out.
fn midst(first: &str, second: &str) -> Vec<String> {
    let said = rows(&format!(
        "- 15:00 Pages fail\n- 15:10 {first}\n- 15:20 {second}\n- 15:40 a gasket of pump two leaks, the meter is wet\n- \
         15:50 Over\n\n## Root cause\n\nA leaking gasket of pump two made the meter wet.\n"
    ));
    said.iter()
        .filter_map(|told| told.strip_prefix("- "))
        .filter_map(|told| told.split_once(' '))
        .map(|(_, subject)| subject.to_owned())
        .collect()
}

/// What rows before the finding of the cause tell, as `rows` has it.
fn told(between: &str) -> Vec<String> {
    rows(&format!("- 15:00 Pages fail\n{between}\n- 15:50 a gasket of pump two leaks\n- 15:55 Over"))
}

#[test]
fn a_row_that_names_a_suspect_decides_over_one_that_does_not() {
    let said = told(
        "- 15:10 We suspect the database\n- 15:15 Ivo restarts pgpool. No effect.\n- 15:30 Database ruled out: queries take 2 ms",
    );
    assert!(said.contains(&"- 15:30 database".to_owned()), "{said:?}");
}

#[test]
fn a_row_about_another_suspect_does_not_speak_of_the_first_alone() {
    let said = told("- 15:10 we suspected the database\n- 15:14 then DNS, wrong too");
    let out: Vec<&String> = said.iter().filter(|told| told.starts_with('-')).collect();
    assert_eq!(
        out,
        ["- 15:14 database", "- 15:14 DNS"].map(str::to_owned).iter().collect::<Vec<_>>(),
        "{said:?}"
    );
}

#[test]
fn a_symptom_and_what_was_added_are_nobodys_suspects() {
    for row in [
        "health checks flap on gate-3; 1 of 4 backends is marked down",
        "Added a read replica, pages fail as before",
    ] {
        let none: [String; 0] = [];
        assert_eq!(told(&format!("- 15:10 {row}")), none, "{row}");
    }
}
