//! Many hosts share one incident over a real `nats-server`: how long a change takes from one of them to all others, what that
//! costs, and how long a late joiner waits.
//!
//! `cargo bench --bench crowd` takes 50 hosts that make 100 changes a second together for a minute, and a late joiner to 100,000
//! records; `-- --quick` takes 5, for 2 seconds, and 2,000: to see that it runs. The server is that of the path, or the one
//! that `NATS_SERVER` names. All hosts are sessions of this one process, each with a folder, a journal and a link of its own:
//! they share two cores and one disk, which hosts do not.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints figures, and without its server there are none"
)]

use std::collections::HashSet;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use warroom::log::{Change, Record};
use warroom::model::{EntryKind, Shared, Zone};
use warroom::session::clock::Wall;
use warroom::session::{New, Opening, Session, create, joining};
use warroom::share::Connection;

/// What the kernel counts processor time in, in milliseconds.
const TICK: f64 = 10.0;
/// How long what is on its way may take at the end.
const LAST: Duration = Duration::from_secs(10);

struct Sizes {
    hosts: usize,
    /// By all together.
    a_second: usize,
    seconds: usize,
    records: usize,
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let sizes = if quick {
        Sizes { hosts: 5, a_second: 20, seconds: 2, records: 2_000 }
    } else {
        Sizes { hosts: 50, a_second: 100, seconds: 60, records: 100_000 }
    };
    let root = tempfile::tempdir().expect("a folder for temporary files");
    let server = Server::start(&root.path().join("server"));
    let Some(server) = server else {
        println!("no nats-server here (NATS_SERVER names one): nothing was measured");
        return;
    };
    crowd(&sizes, &server, root.path());
    late(&sizes, &server, root.path());
}

/// How long changes take to all others.
fn crowd(sizes: &Sizes, server: &Server, root: &Path) {
    let first = incident(&root.join("first"));
    let shared = server.share(&first);
    let mut folders = vec![first];
    for host in 1..sizes.hosts {
        let ledger = joining::fetch(&shared).expect("a server that answers");
        let (created, _) = joining::found(&ledger, &shared, &root.join(host.to_string())).expect("room");
        folders.push(created.folder);
    }
    let (memory, processor) = (resident(), processor_time());
    let (start, barrier) = (Instant::now(), Arc::new(Barrier::new(folders.len())));
    let each = sizes.a_second * sizes.seconds / sizes.hosts;
    let pause = Duration::from_secs_f64(sizes.hosts as f64 / sizes.a_second as f64);
    let all = each * folders.len();
    let hosts: Vec<_> = folders
        .into_iter()
        .enumerate()
        .map(|(nth, folder)| {
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || host(&folder, nth, (each, pause, all), start, &barrier))
        })
        .collect();
    let mut took: Vec<Duration> = Vec::new();
    for host in hosts {
        took.extend(host.join().expect("no host panics"));
    }
    took.sort_unstable();
    let expected = all * (sizes.hosts - 1);
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{} hosts, {} changes a second for {} s: {} of {expected} seen; p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        sizes.hosts,
        sizes.a_second,
        sizes.seconds,
        took.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let many = sizes.hosts as f64;
    println!(
        "each host: {:.1} MB more, {:.1} % of a core; the server: {:.1} MB, {:.1} % of a core",
        (resident() - memory) / many,
        (processor_time() - processor) / many / sizes.seconds as f64 / 10.0,
        server.resident(),
        server.processor_time() / sizes.seconds as f64 / 10.0,
    );
}

/// One host: says so many things, and takes note of when those of others are seen.
fn host(
    folder: &Path,
    nth: usize,
    (each, pause, all): (usize, Duration, usize),
    start: Instant,
    barrier: &Barrier,
) -> Vec<Duration> {
    let (wake, woken) = mpsc::channel();
    let opening = opening(folder, &format!("host {nth}"));
    let wake = move || {
        // Who has seen all is gone.
        let _ = wake.send(());
    };
    let mut session = Session::open(folder, opening, wake).expect("an incident");
    while session.sharing().is_none_or(|standing| standing.connection != Connection::Live) {
        let _ = woken.recv_timeout(Duration::from_millis(20));
        session.pump();
    }
    barrier.wait();
    let begun = Instant::now();
    let (mut said, mut took, mut seen) = (0, Vec::new(), HashSet::new());
    let own = format!("{nth} ");
    let limit = begun + pause * u32::try_from(each).unwrap_or(u32::MAX) + LAST;
    while seen.len() < all && Instant::now() < limit {
        // Spread over the time, so that they do not all speak at once.
        let due = begun + pause.mul_f64(said as f64 + nth as f64 * 0.618 % 1.0);
        if said < each && due <= Instant::now() {
            let text = format!("{own}{}", start.elapsed().as_nanos());
            session.commit(entry(&text)).expect("a folder that can be written to");
            said += 1;
        }
        let rest = if said < each { due.saturating_duration_since(Instant::now()) } else { LAST };
        let _ = woken.recv_timeout(rest.min(limit.saturating_duration_since(Instant::now())));
        while woken.try_recv().is_ok() {}
        session.pump();
        let now = start.elapsed();
        for record in session.ledger().records().iter().rev().take(500) {
            let Some(text) = text(record) else { continue };
            let Some((who, at)) = text.split_once(' ') else { continue };
            let Ok(at) = at.parse() else { continue };
            if seen.insert(record.stamp) && who != nth.to_string() {
                took.push(now.saturating_sub(Duration::from_nanos(at)));
            }
        }
    }
    let _ = session.finish();
    took
}

/// How long a late joiner waits.
fn late(sizes: &Sizes, server: &Server, root: &Path) {
    let folder = incident(&root.join("long"));
    let mut session = Session::open(&folder, opening(&folder, "ana"), || {}).expect("an incident");
    for nth in 0..sizes.records {
        session
            .commit(entry(&format!("{nth} checked, nothing out of order on this one so far")))
            .expect("room");
    }
    drop(session.finish());
    let begun = Instant::now();
    let shared = server.share(&folder);
    let put = begun.elapsed();
    let begun = Instant::now();
    let ledger = joining::fetch(&shared).expect("a server that answers");
    joining::found(&ledger, &shared, &root.join("late")).expect("room");
    println!(
        "{} records: shared in {:.2} s, joined in {:.2} s",
        ledger.records().len(),
        put.as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
}

fn entry(text: &str) -> Change {
    let text = text.into();
    Change::EntryAdded { text, tags: Vec::new(), people: Vec::new(), kind: EntryKind::Note, when: None }
}

fn text(record: &Record) -> Option<&str> {
    match record.change()? {
        Change::EntryAdded { text, .. } => Some(text.as_typed()),
        _ => None,
    }
}

fn incident(root: &Path) -> PathBuf {
    let new = New {
        title: "Checkout is down".into(),
        severity: None,
        zone: Zone::default(),
        clock: warroom::model::Clock::default(),
        started: None,
        services: Vec::new(),
        by: "ana".into(),
    };
    create(&new, root, None, &Wall).expect("room for an incident").folder
}

fn opening(folder: &Path, by: &str) -> Opening {
    Opening { by: by.into(), clock: Arc::new(Wall), rescue: folder.with_file_name("rescue"), stays: true }
}

/// Megabytes that this process has in memory.
fn resident() -> f64 {
    resident_of("self")
}

/// Milliseconds of processor time that this process took.
fn processor_time() -> f64 {
    processor_time_of("self")
}

fn resident_of(process: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().split(' ').next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

fn processor_time_of(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind = stat.rsplit_once(')').map(|(_, behind)| behind).unwrap_or_default();
    let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() * TICK
}

/// A server of the bench's own.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(store: &Path) -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port();
        let program = std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned());
        let process = Command::new(program)
            .args(["-js", "-a", "127.0.0.1", "-p", &port.to_string(), "-sd"])
            .arg(store)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            thread::sleep(Duration::from_millis(10));
        }
        Some(Self { process, port })
    }

    fn share(&self, folder: &Path) -> Shared {
        let name = joining::name_of(folder).expect("a folder that can be read").expect("records");
        let server = format!("nats://127.0.0.1:{}", self.port);
        let shared = Shared { server, name: name.to_string(), ..Shared::default() };
        joining::share(folder, &shared).expect("a server that answers");
        shared
    }

    fn resident(&self) -> f64 {
        resident_of(&self.process.id().to_string())
    }

    fn processor_time(&self) -> f64 {
        processor_time_of(&self.process.id().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
