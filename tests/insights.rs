//! Insight: what many incidents say together, from figures to screens.

mod figures;
mod generated;
mod hostile;
mod recount;
mod screens;
mod shell;
mod told;

use chrono::NaiveDate;
use warroom::archive::{Digest, Subjects, figures as of};
use warroom::model::insight::Insight;

use super::scene::Scene;

/// A day in the words of a test.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An incident that somebody recorded line by line, long after it was over.
pub fn past(id: &str, title: &str, lines: &[&str]) -> Digest {
    let mut digest = Digest::of(&Scene::new("UTC").at("2025-05-04 12:00").after(lines).incident());
    (digest.id, digest.title) = (id.into(), title.into());
    digest
}

/// Five incidents of a ferry line's ticket sale, so small that each figure can be computed by hand.
pub fn ferries() -> Vec<Digest> {
    vec![
        past(
            "2022-05-03-no-tickets",
            "No tickets at the pier",
            &[
                "/sev 1",
                "/started 2022-05-03 10:00",
                "/detected 2022-05-03 10:10",
                "/suspect 2022-05-03 10:12 database",
                "/out 2022-05-03 10:32 database: idle",
                "/confirm 2022-05-03 10:50 load balancer: all on one node",
                "/identified 2022-05-03 10:50",
                "/mitigated 2022-05-03 11:00",
                "/resolved 2022-05-03 11:30",
                "/factor Nobody is told when one node takes everything",
                "+ Tell somebody when one node takes everything @omar due:2022-06-01",
            ],
        ),
        past(
            "2023-05-05-cabins-twice",
            "Cabins sold twice",
            &[
                "/sev 2",
                "/started 2023-05-05 08:00",
                "/detected 2023-05-05 08:30",
                "/suspect 2023-05-05 08:30 DB pool",
                "/out 2023-05-05 08:45 DB pool: half empty",
                "/confirm 2023-05-05 09:00 LB",
                "/identified 2023-05-05 09:00",
                "/resolved 2023-05-05 10:00",
                "/factor nobody is told when one node takes everything.",
                "+ Practise the switch to the other node",
                "/done 1",
            ],
        ),
        past(
            "2024-01-20-late-mails",
            "Boarding mails late",
            &[
                "/sev 2",
                "/started 2024-01-20 09:00",
                "/detected 2024-01-20 09:05",
                "/suspect 2024-01-20 09:06 db",
                "/out 2024-01-20 09:12 db",
                "/cause The mail relay refused us. It had a new address.",
                "/resolved 2024-01-20 09:45",
                "+ Ask for a second relay",
                "/drop 1: too dear",
            ],
        ),
        past(
            "2024-05-01-login",
            "Nobody can log in",
            &[
                "/started 2024-05-01 23:00",
                "/suspect 2024-05-01 23:05 database",
                "/confirm 2024-05-01 23:40 database",
                "/resolved 2024-05-02 00:00",
            ],
        ),
        past(
            "2025-05-02-slow",
            "Timetable slow",
            &[
                "/started 2025-05-02 12:00",
                "/suspect 2025-05-02 12:10 load balancer",
                "/suspect 2025-05-02 12:11 cache",
                "/park 2025-05-02 12:20 cache",
            ],
        ),
    ]
}

/// What they say on 4 May 2025.
pub fn insight(digests: &[Digest]) -> Insight {
    of::of(digests, day("2025-05-04"), &Subjects::default(), None)
}
