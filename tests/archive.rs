//! Many incidents: the index, searching, the list, actions.

mod actions;
mod chance;
mod filter;
mod generated;
mod index;
mod list;
pub mod long;
mod search;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use warroom::grammar::handle;
use warroom::model::EntryKind;
use warroom::session;

use crate::support::House;

/// A house with some incidents of which a part is over.
fn with_a_past() -> House {
    let house = House::new();
    let tell = |title: &str, started: &str, lines: &str| {
        house.done(&["new", title, "--started", started, "--detach"]);
        let output = house.fed(&["say"], lines);
        assert!(output.status.success(), "{}", crate::support::texts(&output).1);
    };
    tell(
        "Checkout answers slowly",
        "2024-02-23 09:00",
        "/sev 1\n/service checkout\n?database: pool is exhausted\n2024-02-23 09:05 café bookings wait #deploy\n/out database: \
         pool is idle\n/confirm load balancer: health check evicts slow nodes\n/cause Health check of the load \
         balancer took slow nodes for dead ones\n/impact one of ten orders lost\n+ Audit the health checks @bob \
         due:2024-03-01 p1 #prevent\n+ Alert on evictions @carol\n/resolved 2024-02-23 10:30",
    );
    tell(
        "Mail queue grows",
        "2024-06-10 22:00",
        "/sev 3\n/service mail-relay\n4,000 letters wait\n/cause The certificate of the relay expired\n+ Watch \
         certificates @bob due:2099-01-01\n+ Renew by machine @bob\n/done 2\n/resolved 2024-06-10 23:00",
    );
    tell(
        "Search finds nothing",
        "2025-01-05 12:00",
        "/sev 2\n/service search\nempty results 障害発生 after the deploy #index",
    );
    house
}

/// The file of the index.
fn index_file(house: &House) -> PathBuf {
    house.path().join("data/index.db")
}

/// Whether some bytes stand in the index, or beside it.
fn in_index(house: &House, words: &str) -> bool {
    let holds =
        |bytes: &[u8]| bytes.windows(words.len()).any(|part| part.eq_ignore_ascii_case(words.as_bytes()));
    ["index.db", "index.db-journal", "index.db-wal"]
        .iter()
        .any(|name| fs::read(house.path().join("data").join(name)).is_ok_and(|bytes| holds(&bytes)))
}

/// What the benches measure is what people write: by several from several places, some of it late.
#[test]
fn a_long_incident_comes_back_whole() {
    let house = House::new();
    let folder = house.path().join("data/incidents/2024-10-04-checkout-answers-slowly");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("journal.jsonl"), long::journal(1_500)).unwrap();
    let incident = session::peek(&folder, None).unwrap();
    assert!(incident.notices.is_empty(), "{:?}", incident.notices);
    let entries = &incident.incident.timeline;
    let notes: Vec<_> = entries.iter().filter(|entry| entry.kind == EntryKind::Note).collect();
    let late = notes.iter().filter(|entry| entry.late().is_some()).count();
    let writers: BTreeSet<_> = notes.iter().map(|entry| entry.id.writer).collect();
    assert_eq!((notes.len(), writers.len()), (1_500, 3));
    assert!((90..180).contains(&late), "{late}");
    // The handle of one is that which it has among all.
    let incident = &incident.incident;
    for (entry, handle) in incident.timeline.iter().zip(handle::all(incident)).step_by(7) {
        assert_eq!(handle::shortest(incident, entry.id), handle);
    }
}
