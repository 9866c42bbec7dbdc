//! The list of incidents: keys in, screen and folders out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use tempfile::TempDir;
use warroom::grammar::{self, Line};
use warroom::model::{ActionStatus, Clock as ClockStyle, Zone};
use warroom::session::archive::{Archive as Shelf, Kept};
use warroom::session::{New, Opening, Session, create, peek};
use warroom::settings::CheckSettings;
use warroom::tui::keymap::{BINDINGS, Keymap, Place};
use warroom::tui::{Depth, Doors, Effect, Front, List, Msg, Screen};

use crate::archive::long;
use crate::stage::{Fixed, look, text_of};
use crate::support::{House, texts};

/// A folder of incidents.
struct Archive {
    house: TempDir,
    clock: Arc<Fixed>,
}

/// The list of an archive, and its screen.
struct Hall {
    front: Front,
    screen: Screen<TestBackend>,
    archive: Archive,
}

fn opening(house: &Path, clock: &Arc<Fixed>) -> Opening {
    Opening { by: "alice".into(), clock: clock.clone(), rescue: house.join("rescue"), stays: true }
}

fn new(title: &str, zone: &str) -> New {
    let zone = Zone::read(zone, None).unwrap();
    let (title, by, clock) = (title.into(), "alice".into(), ClockStyle::H24);
    New { title, severity: None, zone, clock, started: None, services: Vec::new(), by }
}

impl Archive {
    fn new() -> Self {
        Self { house: tempfile::tempdir().unwrap(), clock: Arc::default() }
    }

    fn root(&self) -> PathBuf {
        self.house.path().join("incidents")
    }

    /// An incident in which some lines were said, a minute apart.
    fn has(&self, title: &str, zone: &str, lines: &[&str]) -> PathBuf {
        let folder = create(&new(title, zone), &self.root(), None, self.clock.as_ref()).unwrap().folder;
        let mut session = Session::open(&folder, opening(self.house.path(), &self.clock), || {}).unwrap();
        for line in lines {
            self.clock.go_on(60);
            let read = grammar::read(line, &session.desk());
            let Ok(Line::Change(change)) = read else { panic!("{line}: {read:?}") };
            session.commit(*change).unwrap();
        }
        session.finish().unwrap();
        folder
    }

    /// A folder whose journal has no record in it.
    fn has_broken(&self, id: &str) -> PathBuf {
        let folder = self.root().join(id);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("journal.jsonl"), "this was a journal\n").unwrap();
        folder
    }

    /// Some that are over, two that go on, and one that cannot be read.
    fn with_a_past(self) -> Self {
        self.has(
            "Invoices sent twice",
            "GMT",
            &["/sev 3", "customers complain", "/service billing", "/resolved"],
        );
        self.clock.go_on(90_000);
        self.has(
            "Search finds nothing after deploy",
            "Asia/Tokyo",
            &["/sev 2", "empty results", "/resolved"],
        );
        self.has_broken("2025-03-05-wiki-gone");
        self.clock.go_on(40_000);
        self.has(
            "Parcel labels print blank",
            "GMT",
            &["/sev 1", "?printer driver", "first call", "second call"],
        );
        self.clock.go_on(600);
        self.has("Mail queue grows", "GMT", &["/service mail-relay", "4,000 waiting", "/status monitoring"]);
        self.clock.go_on(120);
        self
    }

    fn hall(self, columns: u16, rows: u16) -> Hall {
        let root = self.root();
        self.hall_that_starts_in(columns, rows, &root)
    }

    fn hall_that_starts_in(self, columns: u16, rows: u16, root: &Path) -> Hall {
        let (clock, house, root) = (self.clock.clone(), self.house.path().to_owned(), root.to_owned());
        let doors = Doors {
            past: None,
            hindsight: None,
            check: CheckSettings::default(),
            timebox: None,
            archive: Shelf::open(&self.root(), &|_| {}).unwrap(),
            start: Box::new({
                let clock = clock.clone();
                move |title| {
                    let new = New { title: title.clone(), ..new("", "GMT") };
                    create(&new, &root, None, clock.as_ref()).map(|created| created.folder)
                }
            }),
            open: Box::new(move |folder| Session::enter(folder, opening(&house, &clock), || {})),
            clock: self.clock.clone(),
            by: "alice".into(),
            zone: Zone::read("GMT", None).unwrap(),
            style: ClockStyle::H24,
            notices: Vec::new(),
        };
        let list = List::new(doors, self.house.path(), look(Depth::Indexed), Keymap::default());
        let screen = Screen::new(TestBackend::new(columns, rows)).unwrap();
        let mut hall = Hall { front: Front::List(Box::new(list)), screen, archive: self };
        hall.draw();
        hall
    }
}

impl Hall {
    fn draw(&mut self) -> String {
        let Self { screen, front, .. } = self;
        screen.draw(|frame| front.draw(frame)).unwrap();
        text_of(screen)
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) -> Effect {
        self.front.take(Msg::Key(KeyEvent::new(code, modifiers)))
    }

    fn key(&mut self, code: KeyCode) -> &mut Self {
        self.press(code, KeyModifiers::NONE);
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(KeyCode::Char(c), KeyModifiers::NONE);
        }
        self
    }

    fn ctrl(&mut self, c: char) -> Effect {
        self.press(KeyCode::Char(c), KeyModifiers::CONTROL)
    }

    fn click(&mut self, on: &str) {
        let shown = self.draw();
        let y = shown.lines().position(|row| row.contains(on)).unwrap();
        self.front.take(Msg::Click(Position::new(10, u16::try_from(y).unwrap())));
    }

    #[track_caller]
    fn shows(&mut self, text: &str) {
        let shown = self.draw();
        assert!(shown.contains(text), "{text:?} is not on the screen:\n{shown}");
    }

    #[track_caller]
    fn hides(&mut self, text: &str) {
        let shown = self.draw();
        assert!(!shown.contains(text), "{text:?} is on the screen:\n{shown}");
    }

    /// The row that is chosen; empty where none is.
    fn chosen(&mut self) -> String {
        let shown = self.draw();
        let mut rows = shown.lines().filter(|row| row.starts_with('▸'));
        let row = rows.next().unwrap_or_default().to_owned();
        assert_eq!(rows.next(), None, "two are chosen:\n{shown}");
        row
    }

    /// The titles in view, from top to bottom.
    fn order(&mut self, titles: &[&str]) -> Vec<String> {
        let shown = self.draw();
        let list = shown.split("\n› ").next().unwrap();
        let known = |row: &str| titles.iter().find(|title| row.contains(**title)).map(ToString::to_string);
        list.lines().filter_map(known).collect()
    }

    fn in_room(&self) -> bool {
        matches!(self.front, Front::Room(_))
    }

    /// The titles on disk.
    fn titles(&self) -> Vec<String> {
        let shelf = Shelf::glance(&self.archive.root(), &|_| {}).unwrap();
        let read = shelf.kept().iter().filter_map(|kept| kept.card.as_ref().ok());
        read.map(|card| card.title.as_typed().to_owned()).collect()
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.backend_mut().resize(columns, rows);
        self.front.take(Msg::Nothing);
    }
}

const PAST: [&str; 5] = ["Invoices", "Search finds", "wiki-gone", "Parcel", "Mail queue"];

#[test]
fn an_empty_list_teaches() {
    let mut hall = Archive::new().hall(80, 24);
    assert_snapshot!("empty", hall.draw());
    assert_eq!(hall.key(KeyCode::Enter).titles(), Vec::<String>::new(), "Enter on nothing does nothing");
    assert!(!hall.in_room());
    hall.key(KeyCode::Down).key(KeyCode::Up).key(KeyCode::PageDown).key(KeyCode::Esc);
    hall.shows("No incident yet.");
}

#[test]
fn the_unresolved_come_first_then_what_cannot_be_read_then_the_newest() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    assert_snapshot!("80x24", hall.draw());
    assert_eq!(hall.order(&PAST), ["Mail queue", "Parcel", "wiki-gone", "Search finds", "Invoices"]);
    hall.resize(120, 40);
    assert_snapshot!("120x40", hall.draw());
    hall.key(KeyCode::Down);
    hall.resize(50, 20);
    assert_snapshot!("50x20", hall.draw());
}

#[test]
fn what_is_typed_is_searched_for_in_title_id_and_services() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.types("parc lab");
    assert_snapshot!("searched", hall.draw());
    assert_eq!(hall.order(&PAST), ["Parcel"]);
    for (typed, found) in [
        ("relay", "Mail queue"),
        ("billing", "Invoices"),
        ("5-wikigon", "wiki-gone"),
        ("SEARCH", "Search finds"),
        ("prtblnk", "Parcel"),
    ] {
        hall.ctrl('c');
        assert_eq!(hall.types(typed).order(&PAST), [found], "{typed}");
    }
    hall.ctrl('c');
    hall.types("'prtblnk");
    hall.shows("No incident is like this.");
    hall.shows("→ Enter starts “'prtblnk”\n");
    hall.hides("Spelt almost like it");
    hall.ctrl('c');
    hall.types("parxel");
    hall.shows("Spelt almost like it, and stands somewhere: parcel");
}

#[test]
fn words_are_found_within_after_what_is_called_so() {
    let archive = Archive::new().with_a_past();
    archive.has("Complaints form is down", "GMT", &["nobody can write", "/resolved"]);
    let mut hall = archive.hall(120, 30);
    hall.types("compla");
    assert_snapshot!("within", hall.draw());
    let found = hall.order(&["Complaints form", "Invoices", "Parcel", "Mail queue"]);
    assert_eq!(found, ["Complaints form", "Invoices"], "the title first, then the entry");
    hall.ctrl('c');
    assert_eq!(hall.types("4,000 wait").order(&PAST), ["Mail queue"]);
    hall.resize(50, 20);
    assert_snapshot!("within_50x20", hall.draw());
    hall.resize(120, 30);
    hall.key(KeyCode::Down).key(KeyCode::Enter);
    assert!(hall.in_room(), "it opens like any other");
}

#[test]
fn the_likeliest_comes_first() {
    let archive = Archive::new();
    archive.has("Mobile archive is late", "GMT", &["one", "/resolved"]);
    archive.has("Mail", "GMT", &["two", "/resolved"]);
    archive.has("Mail relay", "GMT", &["three"]);
    let mut hall = archive.hall(80, 24);
    let titles = ["Mobile archive", "Mail relay", "Mail "];
    assert_eq!(hall.order(&titles)[0], "Mail relay", "unresolved");
    hall.types("mail");
    assert_eq!(hall.order(&titles)[0], "Mail ", "called just so");
    hall.shows("Down chooses one of 3");
}

#[test]
fn enter_starts_what_is_typed_and_the_next_key_is_the_rooms() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.types("Parcel");
    hall.shows("→ Enter starts “Parcel” · Down chooses the one like it");
    hall.key(KeyCode::Enter).types("half the labels").key(KeyCode::Enter);
    assert!(hall.in_room());
    hall.shows("· half the labels");
    hall.front.leave().unwrap();
    let folders = fs::read_dir(hall.archive.root()).unwrap().map(|entry| entry.unwrap().path());
    let folder = folders.into_iter().find(|folder| folder.ends_with("2025-03-05-parcel")).unwrap();
    let incident = peek(&folder, None).unwrap().incident;
    assert_eq!((incident.title, incident.timeline.len()), ("Parcel".into(), 1));
}

#[test]
fn a_chosen_incident_is_opened() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.types("e").key(KeyCode::Down).key(KeyCode::Down);
    let row = hall.chosen();
    assert!(PAST.iter().any(|title| row.contains(title)), "{row}");
    hall.key(KeyCode::Up).key(KeyCode::Up);
    assert_eq!(hall.chosen(), "");
    hall.ctrl('c');
    hall.types("parcel").key(KeyCode::Tab);
    hall.shows("→ Enter opens “Parcel labels print blank” · Esc chooses none");
    let before = hall.titles();
    hall.key(KeyCode::Enter);
    assert!(hall.in_room());
    hall.shows("· second call");
    assert_eq!(hall.titles(), before, "nothing was started");
}

/// As from the shell: its newest entries are there before the rest is read.
#[test]
fn a_large_incident_is_opened_before_it_is_read() {
    let archive = Archive::new();
    let folder = archive.has("Mail queue grows", "GMT", &["4,000 waiting"]);
    let large = folder.with_file_name("2024-10-04-checkout-answers-slowly");
    fs::create_dir(&large).unwrap();
    fs::write(large.join("journal.jsonl"), long::journal(4_000)).unwrap();
    let mut hall = archive.hall(120, 40);
    hall.types("checkout").key(KeyCode::Down).key(KeyCode::Enter);
    hall.shows(" reading …");
    hall.types("typed while it was being read").shows("› typed while it was being read");
    hall.key(KeyCode::Enter).shows("typed while it was being read");
    assert!(!hall.draw().contains("reading …"));
    // A small one is there at once.
    let mut hall = hall.archive.hall(120, 40);
    hall.types("mail").key(KeyCode::Down).key(KeyCode::Enter);
    hall.shows("· 4,000 waiting");
}

#[test]
fn with_nothing_typed_enter_opens_the_first() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.shows("→ Enter opens “Mail queue grows” · type to search, or to start one");
    assert_eq!(hall.chosen(), "");
    hall.key(KeyCode::Enter);
    hall.shows("· 4,000 waiting");
}

#[test]
fn who_types_on_has_chosen_none() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.types("Mai").key(KeyCode::Down);
    assert!(hall.chosen().contains("Mail queue"));
    hall.types("l");
    assert_eq!(hall.chosen(), "");
    hall.key(KeyCode::Enter);
    assert!(hall.titles().contains(&"Mail".to_owned()));
}

#[test]
fn the_line_is_never_lost() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.types("Mail is late").key(KeyCode::Esc).key(KeyCode::Esc);
    hall.shows("› Mail is late");
    for size in [(1, 1), (3, 2), (40, 12), (300, 100), (80, 24)] {
        hall.resize(size.0, size.1);
        hall.draw();
    }
    hall.shows("› Mail is late");
    hall.ctrl('c');
    hall.hides("Mail is late");
    hall.shows("Mail queue");
    hall.key(KeyCode::Up);
    hall.shows("› Mail is late");
    hall.ctrl('a');
    hall.ctrl('k');
    hall.types("No ");
    hall.ctrl('y');
    hall.shows("› No Mail is late");
    hall.ctrl('c');
    hall.ctrl('c');
    hall.shows("Ctrl-Q quits");
    assert_eq!(hall.ctrl('q'), Effect::Quit);
}

#[test]
fn one_that_cannot_be_read_is_shown_with_the_reason_and_left_alone() {
    for (columns, rows) in [(80, 24), (50, 20)] {
        let archive = Archive::new();
        let folder = archive.has_broken("2025-02-01-lost");
        let before = fs::read(folder.join("journal.jsonl")).unwrap();
        let mut hall = archive.hall(columns, rows);
        hall.shows("1 incident · 1 unreadable");
        hall.shows("✗ 2025-02-01-lost");
        hall.shows("cannot be read: journal.jsonl is no journal");
        hall.key(KeyCode::Down);
        hall.shows("it cannot be opened: ");
        hall.key(KeyCode::Enter);
        hall.shows("it was left as it is");
        assert!(!hall.in_room());
        assert_eq!(fs::read(folder.join("journal.jsonl")).unwrap(), before);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing was put beside it");
    }
}

#[test]
fn an_open_incident_of_the_same_title_is_said() {
    let archive = Archive::new();
    archive.has("Mail queue grows", "GMT", &["one", "/resolved"]);
    archive.has("Mail queue grows", "GMT", &["two"]);
    let mut hall = archive.hall(100, 24);
    hall.types("mail  queue: grows");
    hall.shows("→ “mail  queue: grows” is already open: Down, Enter opens it · Enter starts another");
    hall.key(KeyCode::Down).key(KeyCode::Enter);
    hall.shows("· two");
}

#[test]
fn a_title_that_cannot_be_started_stays() {
    let archive = Archive::new().with_a_past();
    let blocked = archive.house.path().join("blocked");
    fs::write(&blocked, "a file where a folder should be").unwrap();
    let mut hall = archive.hall_that_starts_in(80, 24, &blocked.join("incidents"));
    hall.types("Disk is full").key(KeyCode::Enter);
    assert!(!hall.in_room());
    hall.shows("› Disk is full");
    hall.shows("✗ ");
    hall.shows("blocked is not a folder: it was not opened");
    hall.shows("nothing was started; the title stays here, and Enter tries again");
    fs::remove_file(&blocked).unwrap();
    hall.key(KeyCode::Enter);
    assert!(hall.in_room(), "{}", hall.draw());
}

#[test]
fn what_begins_with_a_slash_is_a_title_but_for_two() {
    let mut hall = Archive::new().hall(80, 24);
    hall.types("/help");
    hall.shows("→ Enter shows the keys");
    hall.key(KeyCode::Enter);
    hall.shows("Esc closes");
    hall.key(KeyCode::Esc);
    assert_eq!(hall.types("/quit").press(KeyCode::Enter, KeyModifiers::NONE), Effect::Quit);
    hall.ctrl('c');
    hall.types("/var is full");
    hall.shows("→ Enter starts “/var is full”");
    hall.ctrl('c');
    hall.types("\\/quit").key(KeyCode::Enter);
    assert_eq!(hall.titles(), ["/quit"]);
}

#[test]
fn a_pasted_title_is_one_line_and_never_starts_by_itself() {
    let mut hall = Archive::new().hall(80, 24);
    hall.front.take(Msg::Paste("Orders stuck\r\n in the queue\r".into()));
    assert_eq!(hall.titles(), Vec::<String>::new());
    hall.shows("→ Enter starts “Orders stuck in the queue”");
    hall.key(KeyCode::Enter);
    assert_eq!(hall.titles(), ["Orders stuck in the queue"]);

    let mut hall = Archive::new().hall(80, 24);
    hall.front.take(Msg::Paste("stack trace ".repeat(100)));
    hall.key(KeyCode::Enter);
    hall.shows("✗ too long for a title: 1199 characters, and at most 1000 fit");
    assert_eq!(hall.titles(), Vec::<String>::new());
    hall.ctrl('c');
    hall.front.take(Msg::Paste("\u{200b} \u{7}".into()));
    hall.key(KeyCode::Enter);
    assert_eq!(hall.titles(), Vec::<String>::new(), "nothing of it is seen");
}

#[test]
fn the_mouse_chooses_opens_and_scrolls() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    hall.click("Parcel");
    assert!(hall.chosen().contains("Parcel"));
    hall.archive.clock.go_on(5);
    hall.click("Parcel");
    assert!(!hall.in_room(), "two slow clicks are no double click");
    hall.click("Mail queue");
    assert!(!hall.in_room(), "nor are two on different ones");
    hall.click("as alice");
    assert!(hall.chosen().contains("Mail queue"));
    hall.click("Mail queue");
    assert!(hall.in_room());

    let mut hall = Archive::new().with_a_past().hall(80, 8);
    assert_eq!(hall.order(&PAST)[0], "Mail queue");
    hall.front.take(Msg::Wheel { up: false, at: Position::new(4, 4) });
    let scrolled = hall.order(&PAST);
    assert_ne!(scrolled[0], "Mail queue");
    assert_eq!(scrolled.last().unwrap(), "Invoices");
    hall.click("Invoices");
    assert!(hall.chosen().contains("Invoices"));
    hall.front.take(Msg::Wheel { up: true, at: Position::new(4, 4) });
    assert_eq!(hall.order(&PAST)[0], "Mail queue");
}

#[test]
fn the_chosen_one_is_always_in_view() {
    let archive = Archive::new();
    for n in 1..=12 {
        archive.has(&format!("Outage {n:02}"), "GMT", &["begins"]);
    }
    for (columns, rows) in [(80, 16), (60, 16), (40, 12)] {
        let copy = Archive::new();
        for entry in fs::read_dir(archive.root()).unwrap() {
            let from = entry.unwrap().path();
            let to = copy.root().join(from.file_name().unwrap());
            fs::create_dir_all(&to).unwrap();
            fs::copy(from.join("journal.jsonl"), to.join("journal.jsonl")).unwrap();
        }
        let mut hall = copy.hall(columns, rows);
        for n in (1..=12).rev() {
            hall.key(KeyCode::Down);
            assert!(hall.chosen().contains(&format!("Outage {n:02}")), "{}", hall.draw());
        }
        hall.key(KeyCode::Down).key(KeyCode::PageUp).key(KeyCode::PageUp).key(KeyCode::PageUp);
        assert!(!hall.chosen().contains("Outage 01"));
        hall.key(KeyCode::PageUp).key(KeyCode::PageUp);
        assert!(hall.chosen().contains("Outage 12"), "{}", hall.draw());
        for _ in 0..12 {
            hall.key(KeyCode::PageDown);
        }
        assert!(hall.chosen().contains("Outage 01"));
        hall.resize(columns, rows + 3);
        assert!(hall.chosen().contains("Outage 01"));
    }
}

#[test]
fn what_others_do_is_seen() {
    let mut hall = Archive::new().with_a_past().hall(80, 24);
    assert!(!hall.front.tick(), "nothing has happened");
    hall.key(KeyCode::Down).key(KeyCode::Down);
    assert!(hall.chosen().contains("Parcel"));
    hall.archive.has("Backups missing", "GMT", &["since Sunday"]);
    assert!(hall.front.tick());
    hall.shows("6 incidents · 3 unresolved");
    hall.shows("Backups missing");
    assert!(hall.chosen().contains("Parcel"), "the chosen one stays chosen");
    let folder = hall.archive.root().join("2025-03-05-parcel-labels-print-blank");
    let opening = opening(hall.archive.house.path(), &hall.archive.clock);
    let mut session = Session::open(&folder, opening, || {}).unwrap();
    let Ok(Line::Change(change)) = grammar::read("/resolved", &session.desk()) else { panic!() };
    session.commit(*change).unwrap();
    session.finish().unwrap();
    assert!(hall.front.tick());
    hall.shows("6 incidents · 2 unresolved");
    fs::remove_dir_all(folder).unwrap();
    assert!(hall.front.tick());
    hall.shows("5 incidents");
    assert_eq!(hall.chosen(), "");
    assert!(!hall.front.tick());
    hall.archive.clock.go_on(60);
    assert!(hall.front.tick(), "the clock has moved");
}

#[test]
fn nothing_in_a_title_acts_on_the_terminal_at_any_size() {
    let hostile =
        "a\u{1b}[2Jb\u{7}c\u{9b}31md\u{202e}e\u{200b}f\r\n\u{1b}]0;pwned\u{7} 停電 e\u{301}\u{301} 👩‍🚒";
    let archive = Archive::new().with_a_past();
    archive.has(hostile, "GMT", &[&format!("/service {}", hostile.replace(['\r', '\n'], " ")), "one"]);
    archive.has("東京の決済が止まった、誰も支払いができない、理由は不明", "Asia/Tokyo", &["確認中"]);
    let broken = archive.has_broken("2025-03-05-b");
    fs::rename(&broken, archive.root().join("2025-03-05-\u{1b}[2J\u{202e}b")).unwrap();
    let mut hall = archive.hall(80, 24);
    assert_snapshot!("hostile", hall.draw());
    for size in [(1, 1), (2, 1), (1, 9), (7, 3), (12, 5), (40, 12), (71, 15), (72, 16), (300, 100)] {
        hall.resize(size.0, size.1);
        for key in
            [KeyCode::Down, KeyCode::Char('e'), KeyCode::Down, KeyCode::Esc, KeyCode::F(1), KeyCode::Esc]
        {
            hall.key(key).draw();
            let cells = &hall.screen.backend().buffer().content;
            let acts = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}');
            assert!(cells.iter().all(|cell| !cell.symbol().chars().any(acts)), "{size:?}");
        }
        hall.ctrl('c');
    }
    hall.resize(80, 24);
    hall.types("abcdef");
    hall.shows("Down chooses the one like it");
    hall.front.take(Msg::Paste(hostile.into()));
    hall.key(KeyCode::Enter).draw();
    assert!(hall.in_room());
}

#[test]
fn the_help_of_the_list_has_its_keys() {
    let mut hall = Archive::new().hall(120, 90);
    hall.key(KeyCode::F(1));
    let help = hall.draw();
    for binding in BINDINGS.iter().filter(|binding| binding.place == Place::List) {
        assert!(help.contains(binding.keys) && help.contains(binding.help), "{}", binding.keys);
    }
    assert!(help.contains("Ctrl-W") && help.contains("Ctrl-Z"));
    assert!(!help.contains("timeline"), "keys of panes do nothing here:\n{help}");
    hall.types("x");
    hall.shows("› x");
    hall.hides("Esc closes");
    assert_eq!(hall.ctrl('l'), Effect::Redraw);
    assert_eq!(hall.ctrl('z'), Effect::Suspend);
}

#[test]
fn a_shelf_of_many_has_each_of_them_once() {
    let archive = Archive::new();
    let one = archive.has("Outage", "GMT", &["begins"]);
    let ids: Vec<String> = (10..60).map(|n| format!("2025-03-04-copy-{n}")).collect();
    for id in &ids {
        fs::create_dir(archive.root().join(id)).unwrap();
        fs::copy(one.join("journal.jsonl"), archive.root().join(id).join("journal.jsonl")).unwrap();
    }
    fs::create_dir(archive.root().join("no-incident")).unwrap();
    fs::create_dir(archive.root().join(".new-1-1")).unwrap();
    fs::write(archive.root().join("notes.txt"), "a file").unwrap();
    let mut shelf = Shelf::open(&archive.root(), &|_| {}).unwrap();
    let folders = |shelf: &Shelf| shelf.kept().iter().map(|kept| kept.folder.clone()).collect::<Vec<_>>();
    let mut all: Vec<PathBuf> = ids.iter().map(|id| archive.root().join(id)).chain([one]).collect();
    all.sort();
    all.reverse();
    assert_eq!(folders(&shelf), all, "the newest id first");
    assert!(shelf.kept().iter().all(Kept::is_unresolved));
    assert!(!shelf.refresh().unwrap());
    assert_eq!(folders(&shelf), all);
    let missing = archive.house.path().join("missing");
    assert!(Shelf::open(&missing, &|_| {}).unwrap().kept().is_empty());
    assert!(Shelf::open(&archive.root().join("notes.txt"), &|_| {}).is_err());
}

#[test]
fn where_nobody_looks_the_list_is_printed() {
    let house = House::new();
    let output = house.run(&[]);
    let (out, err) = texts(&output);
    assert!(output.status.success() && out.is_empty(), "{out}{err}");
    assert!(
        err.contains("No incident yet") && err.contains("`warroom new TITLE` starts an incident"),
        "{err}"
    );
    house.done(&["new", "Mail queue grows", "--detach"]);
    house.done(&["new", "Parcel labels print blank", "--detach"]);
    let out = house.done(&[]);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("Mail queue grows") && out.contains("Parcel labels print blank"));
}

#[test]
fn what_is_still_to_be_done_is_listed_and_marked_done_in_its_room() {
    let archive = Archive::new();
    archive.has("Mail queue grows", "GMT", &["+ Alert on its length @bob due:2031-05-01", "/resolved"]);
    let folder =
        archive.has("Search is empty", "GMT", &["/status monitoring", "+ Warm it up @alice due:2024-01-02"]);
    let mut hall = archive.hall(80, 24);
    hall.shows("F3 open actions");
    hall.key(KeyCode::F(3)).shows("2 open actions");
    let order = hall.order(&["Warm it up", "Alert on its length"]);
    assert_eq!(order, ["Warm it up", "Alert on its length"], "what is overdue comes first");
    hall.shows("2024-01-02 overdue");
    hall.key(KeyCode::Down).key(KeyCode::Down).key(KeyCode::Up).key(KeyCode::Enter);
    assert!(hall.in_room());
    hall.shows("/done 1");
    let done = |folder: &Path| {
        let incident = peek(folder, None).unwrap().incident;
        incident.actions.iter().map(|one| one.status).collect::<Vec<_>>()
    };
    assert_eq!(done(&folder), [ActionStatus::Open], "nothing is done by itself");
    hall.key(KeyCode::Enter);
    hall.shows("Warm it up");
    let Hall { front, archive, .. } = hall;
    assert!(front.leave().is_ok());
    assert_eq!(done(&folder), [ActionStatus::Done]);
    drop(archive);
}

#[test]
fn what_is_likely_there_twice_is_marked_and_its_actions_are_listed_once() {
    let archive = Archive::new();
    let task = "+ Limit what the page may ask for";
    let first = archive.has("Parcels page answers slowly", "GMT", &["/started 09:00", task, "/resolved"]);
    archive.has(
        "Parcels page answers too slowly",
        "GMT",
        &["/started 09:00", &format!("{task} @bob"), "/resolved"],
    );
    archive.has("Mail queue grows", "GMT", &["/started 09:00", "+ Alert on its length", "/resolved"]);
    let mut hall = archive.hall(120, 40);
    assert_eq!(hall.draw().matches("slowly · likely twice").count(), 2, "{}", hall.draw());
    hall.key(KeyCode::Down).shows("opens “Parcels page answers too slowly”");
    let id = first.file_name().unwrap().to_string_lossy().into_owned();
    hall.shows(&format!("likely the same as {id}: `warroom merge` makes them one"));
    hall.key(KeyCode::F(3)).shows("2 open actions, 1 more in likely copies");
    hall.shows("also in 2025-03-04");
}

#[test]
fn where_nothing_is_to_be_done_that_is_said() {
    let archive = Archive::new();
    archive.has("Mail queue grows", "GMT", &["4,000 waiting"]);
    let mut hall = archive.hall(50, 20);
    hall.key(KeyCode::F(3)).shows("Nothing is left to be done.");
    hall.key(KeyCode::Enter).hides("Nothing is left to be done.");
    assert!(!hall.in_room());
}
