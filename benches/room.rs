//! What one incident costs as it grows: reading and folding it, a change, a record that comes late, a frame, a search, a
//! report. `cargo bench --bench room`, or a part of it: `cargo bench --bench room -- frame`. Times of this machine: compare
//! the rows of one run. Ratios to what others need are in `benches/peers`.

#![expect(clippy::expect_used, reason = "without its files there is no bench")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::{Bencher, black_box};
use ratatui::backend::TestBackend;
use warroom::export::{html, redact, svg, templates};
use warroom::grammar::{self, Desk};
use warroom::log::{Change, Fold, Ledger, Record};
use warroom::model::{EntryKind, Incident};
use warroom::session::clock::{Clock as _, Wall};
use warroom::session::{self, Opening, Session};
use warroom::settings::theme::Theme;
use warroom::store;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Look, Msg, Room, Screen};

#[path = "../tests/archive/chance.rs"]
mod chance;
#[path = "../tests/archive/long.rs"]
mod long;

/// How many entries.
const SIZES: [usize; 3] = [100, 10_000, 100_000];
/// What is typed.
const LINES: [&str; 5] = [
    "DB team says all clear #db @maria",
    "10:42 rolled back to the build of yesterday",
    "?database: pool exhausted after deploy",
    "+ Audit LB config @bob due:fri p1 #prevent",
    "/out 08:50 database: pool is idle",
];

/// Where the incidents are made.
static ROOT: OnceLock<PathBuf> = OnceLock::new();

fn main() {
    let root = tempfile::tempdir().expect("a folder for temporary files");
    ROOT.get_or_init(|| root.path().to_owned());
    divan::main();
}

/// The folder of an incident with so many entries, made once.
fn folder(entries: usize) -> PathBuf {
    let folder = ROOT.get().expect("`main` has set it").join(format!("incidents/{entries}"));
    if !folder.exists() {
        fs::create_dir_all(&folder).expect("room for it");
        fs::write(folder.join(store::JOURNAL), long::journal(entries)).expect("room for the journal");
    }
    folder
}

/// A copy of it that may be written to, as long as the first is kept.
fn copied(entries: usize) -> (tempfile::TempDir, PathBuf) {
    let house = tempfile::tempdir().expect("a folder for temporary files");
    let copy = house.path().join("incidents/one");
    fs::create_dir_all(&copy).expect("room for it");
    fs::copy(folder(entries).join(store::JOURNAL), copy.join(store::JOURNAL)).expect("room for it");
    (house, copy)
}

fn opened(folder: &Path) -> Session {
    let rescue = folder.join("../../rescue");
    let opening = Opening { by: "alice".into(), clock: Arc::new(Wall), rescue, stays: false };
    Session::open(folder, opening, || {}).expect("it was made here")
}

fn incident(entries: usize) -> Incident {
    session::peek(&folder(entries), None).expect("it was made here").incident
}

fn note(text: &str) -> Change {
    let (tags, people) = (Vec::new(), Vec::new());
    Change::EntryAdded { text: text.into(), when: None, tags, people, kind: EntryKind::Note }
}

fn ledger(entries: usize) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(store::read(&folder(entries)).expect("it was made here").records);
    ledger
}

/// The same file as plain JSON, for comparison.
#[divan::bench(args = [100, 10_000, 100_000, 1_000_000], max_time = 10)]
fn a_json_alone(bencher: Bencher<'_, '_>, entries: usize) {
    let journal = fs::read_to_string(folder(entries).join(store::JOURNAL)).expect("it was made here");
    let is_json = |line: &&str| serde_json::from_str::<serde_json::Value>(line).is_ok();
    bencher.bench(|| black_box(&journal).lines().filter(is_json).count());
}

#[divan::bench(args = [100, 10_000, 100_000, 1_000_000], max_time = 10)]
fn b_read(bencher: Bencher<'_, '_>, entries: usize) {
    let folder = folder(entries);
    bencher.bench(|| store::read(&folder).expect("it was made here").records.len());
}

#[divan::bench(args = [100, 10_000, 100_000, 1_000_000], max_time = 10)]
fn c_read_and_folded(bencher: Bencher<'_, '_>, entries: usize) {
    let folder = folder(entries);
    bencher.bench(|| {
        let mut ledger = Ledger::default();
        ledger.extend(store::read(&folder).expect("it was made here").records);
        Fold::of(&ledger).into_incident()
    });
}

/// To the disk and back to the screen's state, without a screen.
#[divan::bench(args = SIZES, sample_size = 1, sample_count = 50)]
fn d_committed(bencher: Bencher<'_, '_>, entries: usize) {
    let (_house, copy) = copied(entries);
    let mut session = opened(&copy);
    bencher.bench_local(|| {
        session.commit(note("errors are falling, 3 of 40 hosts left")).expect("it is writable");
        session.flush(|_| {}).expect("there is room");
    });
}

/// A record from elsewhere that comes after 1,000 others and stands before them.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn e_late_record(bencher: Bencher<'_, '_>, entries: usize) {
    let whole = ledger(entries);
    let place = whole.records().len().saturating_sub(1_000).max(whole.records().len() / 2);
    let late: Record = whole.records()[place].clone();
    let mut without = Ledger::default();
    without.extend(whole.records().iter().filter(|record| record.stamp != late.stamp).cloned());
    let fold = Fold::of(&without);
    bencher.with_inputs(|| (without.clone(), fold.clone(), late.clone())).bench_local_values(
        |(mut ledger, mut fold, late)| {
            let came = fold.take(&mut ledger, [late]);
            (ledger, fold, came)
        },
    );
}

#[divan::bench(args = LINES)]
fn f_line(bencher: Bencher<'_, '_>, line: &str) {
    let incident = incident(10_000);
    let desk = Desk { incident: &incident, now: Wall.now(), typed_last: None, undo: None, redo: None };
    bencher.bench(|| grammar::read(black_box(line), &desk).is_ok());
}

/// A room, and its screen.
fn staged(entries: usize) -> (tempfile::TempDir, Room, Screen<TestBackend>) {
    let (house, copy) = copied(entries);
    let look = Look::new(&Theme::named("dark").expect("it is built in"), Depth::Indexed);
    let mut room = Room::new(opened(&copy), house.path(), look, Keymap::default());
    let mut screen = Screen::new(TestBackend::new(120, 40)).expect("it needs nothing");
    screen.draw(|frame| room.draw(frame)).expect("it cannot fail");
    (house, room, screen)
}

fn key(room: &mut Room, code: KeyCode) {
    drop(room.take(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))));
}

/// A key and the frame after it, with the focus in the prompt and in each pane.
#[divan::bench(args = SIZES, consts = [0, 1, 2, 3])]
fn g_key_and_frame<const TABS: usize>(bencher: Bencher<'_, '_>, entries: usize) {
    let (_house, mut room, mut screen) = staged(entries);
    (0..TABS).for_each(|_| key(&mut room, KeyCode::Tab));
    // In the prompt a letter and its undoing, in a pane a step and back.
    let (there, back) =
        if TABS == 0 { (KeyCode::Char('d'), KeyCode::Backspace) } else { (KeyCode::Up, KeyCode::Down) };
    let mut turn = false;
    bencher.bench_local(|| {
        turn = !turn;
        key(&mut room, if turn { there } else { back });
        screen.draw(|frame| room.draw(frame)).expect("it cannot fail");
    });
}

/// A letter more of what is looked for, and the frame after it.
#[divan::bench(args = SIZES)]
fn h_find(bencher: Bencher<'_, '_>, entries: usize) {
    let (_house, mut room, mut screen) = staged(entries);
    key(&mut room, KeyCode::F(3));
    "late".chars().for_each(|letter| key(&mut room, KeyCode::Char(letter)));
    let mut turn = false;
    bencher.bench_local(|| {
        turn = !turn;
        key(&mut room, if turn { KeyCode::Char('n') } else { KeyCode::Backspace });
        screen.draw(|frame| room.draw(frame)).expect("it cannot fail");
    });
}

/// The report opened and closed, and the frame after each: it is written meanwhile.
#[divan::bench(args = SIZES)]
fn k_report_opened(bencher: Bencher<'_, '_>, entries: usize) {
    let (_house, mut room, mut screen) = staged(entries);
    bencher.bench_local(|| {
        for code in [KeyCode::F(4), KeyCode::Esc] {
            key(&mut room, code);
            screen.draw(|frame| room.draw(frame)).expect("it cannot fail");
        }
    });
}

/// As `export` prints it, secrets looked for.
#[divan::bench(args = SIZES, max_time = 5)]
fn i_markdown(bencher: Bencher<'_, '_>, entries: usize) {
    let incident = incident(entries);
    bencher.bench(|| markdown(&incident));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn j_html(bencher: Bencher<'_, '_>, entries: usize) {
    let incident = incident(entries);
    bencher.bench(|| {
        let report = markdown(&incident);
        html::page(&incident.title, &report, Some(&svg::figure(&incident))).len()
    });
}

fn markdown(incident: &Incident) -> String {
    let template = templates::find("default", None).expect("it is built in");
    let redacted = redact::redacted(incident);
    templates::render(&template.source, &redacted.incident).expect("within its limits")
}
