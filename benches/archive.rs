//! How long it takes to have many incidents before one: making the index, the first sight of the list, searching. The
//! incidents are made up once, in a folder for temporary files.
//!
//! `cargo bench --bench archive`, or with a number of incidents: `cargo bench --bench archive -- 1000`. With a folder,
//! `-- 10000 /tmp/incidents`, they are made there and stay for the next time.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and without its files there is none"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use warroom::archive::Query;
use warroom::session::archive::{Archive, index_of};

#[path = "../tests/archive/generated.rs"]
mod generated;

/// How often the list is opened, and what is searched for how often.
const ROUNDS: usize = 20;
const SEARCHES: [&str; 12] = [
    "certificate",
    "checkout errors",
    "\"load balancer\" pool",
    "replicas",
    "waiting vendor ticket",
    "health check slow node",
    "dan",
    "retry without a pause",
    "lat",
    "48213",
    "memory threads doubled normal again still",
    "nowhere to be found",
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let temporary = tempfile::tempdir().expect("a folder for temporary files");
    let data = arguments.next().map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let root = data.join("incidents");
    if std::fs::read_dir(&root).map_or(0, Iterator::count) != count {
        generated::write(&root, count).expect("room for the incidents");
    }
    let index = index_of(&root).expect("it has a folder");
    drop(std::fs::remove_file(&index));
    let cold = timed(|| open(&root));
    let per_second = per_second(count, cold);
    let size = index.metadata().map_or(0, |file| file.len()) >> 20;
    println!("{count} incidents; the index made in {cold:.2?}, {per_second:.0} a second; {size} MiB");
    let mut opened: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| open(&root))).collect();
    print("opened with the index, up to the list", &mut opened);
    let mut archive = open(&root);
    let mut searched = Vec::new();
    let mut with_opening = Vec::new();
    for _ in 0..ROUNDS {
        for words in SEARCHES {
            let query = Query::read(&words.into());
            searched.push(timed(|| search(&mut archive, &query)));
        }
    }
    for words in SEARCHES {
        let query = Query::read(&words.into());
        let mut own: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| search(&mut archive, &query))).collect();
        print(&format!("  {words}: {} found", archive.search(&query).len()), &mut own);
        with_opening.extend((0..3).map(|_| timed(|| search(&mut open(&root), &query))));
    }
    print("searched, with ten quoted", &mut searched);
    print("opened and searched, as the command does", &mut with_opening);
    let mut digests: Vec<Duration> = (0..3).map(|_| timed(|| archive.digests())).collect();
    print("all digests", &mut digests);
}

fn open(root: &Path) -> Archive {
    Archive::open(root, &|_| {}).expect("the folder can be read")
}

/// What `search` does before it prints.
fn search(archive: &mut Archive, query: &Query) -> usize {
    let hits = archive.search(query);
    hits.iter().take(10).map(|hit| archive.snippets(&hit.folder, query).len()).sum()
}

fn timed<T>(mut what: impl FnMut() -> T) -> Duration {
    let begin = Instant::now();
    std::hint::black_box(what());
    begin.elapsed()
}

fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    println!("{what}: median {:.2?}, p99 {:.2?}", at(50), at(99));
}
