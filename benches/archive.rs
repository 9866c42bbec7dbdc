//! How long it takes to have many incidents before one: making the index, the first sight of the list, searching, each
//! with what it should take at most. The incidents are made up once, in a folder for temporary files.
//!
//! `cargo bench --bench archive`, or with a number of incidents: `cargo bench --bench archive -- 1000`. With a folder,
//! `-- 10000 /tmp/incidents`, they are made there and stay for the next time. `-- --quick` takes 600 incidents and few
//! rounds: to see that it runs, not how fast anything is. Wall time says what a person waits, on this machine with what else
//! runs on it; processor time, of all threads, what it costs (for the first sight: of what has ended by then).

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and without its files there is none"
)]

use std::fs;
use std::io::Read as _;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use warroom::archive::Query;
use warroom::session::archive::{Archive, index_of};

#[path = "../tests/archive/chance.rs"]
mod chance;
#[path = "../tests/archive/generated.rs"]
mod generated;

/// How often each is done.
const ROUNDS: usize = 20;
/// What the kernel counts processor time in, in milliseconds: a hundredth of a second on every platform that has `/proc`.
const TICK: f64 = 10.0;
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
    let quick = std::env::args().any(|argument| argument == "--quick");
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let (many, rounds) = if quick { (600, 3) } else { (10_000, ROUNDS) };
    let count: usize = arguments.next().map_or(many, |count| count.parse().expect("a number of incidents"));
    let temporary = tempfile::tempdir().expect("a folder for temporary files");
    let data = arguments.next().map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let root = data.join("incidents");
    if fs::read_dir(&root).map_or(0, Iterator::count) != count {
        generated::write(&root, count).expect("room for the incidents");
    }
    let index = index_of(&root).expect("it has a folder");
    drop(fs::remove_file(&index));
    println!(
        "{:44} {:>9} {:>9} {:>10} {:>9}",
        format!("{count} incidents"),
        "median",
        "p99",
        "processor",
        "goal"
    );
    rebuilt(&root, count);
    let size = index.metadata().map_or(0, |file| file.len()) >> 20;
    let mut opened = Measured::of(|| drop(open(&root)), rounds);
    opened.print("opened, with the index", "");
    let mut listed = Measured::of(|| run(&data, &["list"]), rounds);
    listed.print("`list`, start to end", "");
    let mut scripted = Measured::of(|| run(&data, &["list", "--json"]), rounds.min(5));
    scripted.print("`list --json`, start to end", "");
    let mut seen = Measured::default();
    // Of up to 500 one is unresolved, and its room is opened instead.
    let sights = if count > 500 { rounds } else { 0 };
    (0..sights).for_each(|_| seen.times.push(first_sight(&data, count)));
    if sights > 0 {
        seen.print("the list on a terminal, from its start", "100 ms");
    }
    let mut searched = Measured::default();
    for words in SEARCHES {
        let mut own = Measured::of(|| run(&data, &["search", words]), rounds);
        own.print(&format!("  `search {words}`"), "");
        searched.add(own);
    }
    searched.print("`search`, start to end", "");
    let mut archive = open(&root);
    let mut within = Measured::default();
    for words in SEARCHES {
        let query = Query::read(&words.into());
        let mut own = Measured::of(|| search(&mut archive, &query), rounds);
        own.print(&format!("  within, {words}"), "");
        within.add(own);
    }
    within.print("searched in an open archive, ten quoted", "50 ms");
    Measured::of(|| drop(archive.digests()), 3).print("all digests", "");
    println!("the index has {size} MiB");
}

/// Makes the index, and prints how fast that was.
fn rebuilt(root: &Path, count: usize) {
    let (began, cost) = (Instant::now(), processor());
    drop(open(root));
    let (took, cost) = (began.elapsed(), processor() - cost);
    let per_second = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64();
    let (took, rate) = (format!("{:.1} s", took.as_secs_f64()), format!("{per_second:.0}/s"));
    println!("{:44} {rate:>9} {took:>9} {:>8.1} s {:>9}", "the index made", cost / 1_000.0, "2000/s");
}

fn open(root: &Path) -> Archive {
    Archive::open(root, &|_| {}).expect("the folder can be read")
}

/// Runs the program as a person does.
fn run(data: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warroom"));
    command.args(arguments).arg("--data-dir").arg(data).env("HOME", data);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // 1: nothing is found.
    assert!(status.expect("the program is there").code().is_some_and(|code| code <= 1), "{arguments:?}");
}

/// Runs the list on a terminal, until the first screen of it stands there.
fn first_sight(data: &Path, count: usize) -> Duration {
    let (rows, columns) = (NonZero::new(40).expect("rows"), NonZero::new(120).expect("columns"));
    let size = PtySize { rows: rows.get(), cols: columns.get(), pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_warroom"));
    command.args(["--data-dir".as_ref(), data.as_os_str()]);
    command.env("HOME", data);
    command.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().expect("a terminal that can be read");
    let counted = format!("{count} incidents");
    let mut screen = vt100::Parser::new(rows, columns, 0);
    let mut buffer = [0; 16 * 1024];
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program is there");
    // Else reading would not end where the program does.
    drop(pair.slave);
    let took = loop {
        let read = reader.read(&mut buffer).expect("a terminal that can be read");
        assert!(read > 0, "the program ended before it drew: {}", screen.screen().contents());
        screen.process(&buffer[..read]);
        if screen.screen().contents().contains(&counted) {
            break began.elapsed();
        }
    };
    child.kill().and_then(|()| child.wait()).expect("it can be ended");
    took
}

/// What `search` does before it prints.
fn search(archive: &mut Archive, query: &Query) {
    for hit in archive.search(query).iter().take(10) {
        std::hint::black_box(archive.snippets(&hit.folder, query));
    }
}

/// How long something took, each time.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    /// Of the processor, altogether, in milliseconds.
    cost: f64,
}

impl Measured {
    fn of(mut what: impl FnMut(), rounds: usize) -> Self {
        let cost = processor();
        let mut times = Vec::new();
        for _ in 0..rounds {
            let began = Instant::now();
            what();
            times.push(began.elapsed());
        }
        Self { times, cost: processor() - cost }
    }

    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.cost += other.cost;
    }

    fn print(&mut self, what: &str, goal: &str) {
        self.times.sort();
        let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1_000.0);
        let at =
            |percent: usize| ms(self.times[(self.times.len() * percent / 100).min(self.times.len() - 1)]);
        let cost = self.cost / f64::from(u32::try_from(self.times.len()).unwrap_or(u32::MAX));
        println!("{what:44} {:>9} {:>9} {cost:>7.1} ms {goal:>9}", at(50), at(99));
    }
}

/// The processor time of this process and of those it ran, in milliseconds; 0 where that cannot be told.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in front may have blanks; what comes after it begins with the state, the third field.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(4).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * TICK
}
