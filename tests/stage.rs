//! The room without its terminal, and the house it stands in: keys in, screen out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use tempfile::TempDir;
use warroom::model::{Clock as ClockStyle, Zone};
use warroom::session::clock::Clock;
use warroom::session::{New, Opening, Session, create};
use warroom::settings::theme::Theme;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Look, Msg, Room, Screen};

/// How often the screen is looked at for what another thread brings before it is given up.
const ROUNDS: usize = 20_000;

/// A clock that stands still until it is told to go on, and can be set as a wall clock can.
#[derive(Debug, Default)]
pub struct Fixed {
    gone: AtomicI64,
    set: AtomicI64,
}

impl Fixed {
    pub fn go_on(&self, seconds: i64) {
        self.gone.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Somebody sets the wall clock, forward or back.
    pub fn set_by(&self, seconds: i64) {
        self.set.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        let begin = DateTime::parse_from_rfc3339("2025-03-04T09:30:00Z").unwrap().to_utc();
        begin + self.running() + TimeDelta::seconds(self.set.load(Ordering::Relaxed))
    }

    fn running(&self) -> TimeDelta {
        TimeDelta::seconds(self.gone.load(Ordering::Relaxed))
    }
}

/// The dark theme at some depth of colours.
pub fn look(depth: Depth) -> Look {
    Look::new(&Theme::named("dark").unwrap(), depth)
}

/// A room, its screen, and its house.
pub struct Stage {
    pub room: Room,
    pub screen: Screen<TestBackend>,
    pub clock: Arc<Fixed>,
    pub folder: PathBuf,
    pub house: TempDir,
    pub last: Effect,
}

pub fn session(house: &Path, folder: Option<&Path>, clock: &Arc<Fixed>) -> Session {
    let new = New {
        title: "Uploads fail for new accounts".into(),
        severity: Some(2),
        zone: Zone::read("GMT", None).unwrap(),
        clock: ClockStyle::H24,
        started: None,
        services: Vec::new(),
        by: "alice".into(),
    };
    let folder =
        folder.map_or_else(|| create(&new, house, None, clock.as_ref()).unwrap().folder, Path::to_owned);
    let opening =
        Opening { by: "alice".into(), clock: clock.clone(), rescue: house.join("rescue"), stays: true };
    Session::open(&folder, opening, || {}).unwrap()
}

/// What a screen shows, row by row.
pub fn text_of(screen: &Screen<TestBackend>) -> String {
    let buffer = screen.backend().buffer();
    let width = usize::from(buffer.area.width.max(1));
    let rows = buffer.content.chunks(width).map(|row| {
        let mut text = String::new();
        let mut covered = 0;
        for cell in row {
            // A wide character covers the cell after it.
            if covered == 0 {
                text.push_str(cell.symbol());
                covered = unicode_width::UnicodeWidthStr::width(cell.symbol());
            }
            covered = covered.saturating_sub(1);
        }
        text.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

impl Stage {
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::looking(columns, rows, look(Depth::Indexed))
    }

    pub fn looking(columns: u16, rows: u16, look: Look) -> Self {
        Self::with(columns, rows, look, Keymap::default())
    }

    pub fn with(columns: u16, rows: u16, look: Look, keys: Keymap) -> Self {
        let house = tempfile::tempdir().unwrap();
        let clock = Arc::new(Fixed::default());
        let session = session(house.path(), None, &clock);
        let folder = session.folder().to_owned();
        let room = Room::new(session, house.path(), look, keys);
        let screen = Screen::new(TestBackend::new(columns, rows)).unwrap();
        let mut stage = Self { room, screen, clock, folder, house, last: Effect::None };
        stage.draw();
        stage
    }

    pub fn draw(&mut self) -> String {
        let Self { screen, room, .. } = self;
        screen.draw(|frame| room.draw(frame)).unwrap();
        self.text()
    }

    pub fn text(&self) -> String {
        text_of(&self.screen)
    }

    /// What the screen shows, and below it how: a letter for each style other than the terminal's own, and what the letters
    /// stand for.
    pub fn styled(&mut self) -> String {
        let text = self.draw();
        let buffer = self.screen.backend().buffer();
        let mut styles: Vec<String> = Vec::new();
        let rows = buffer.content.chunks(usize::from(buffer.area.width.max(1))).map(|row| {
            let letters = row.iter().map(|cell| match style_of(cell) {
                style if style.is_empty() => ' ',
                style => {
                    let known = styles.iter().position(|known| *known == style);
                    let at = known.unwrap_or_else(|| {
                        styles.push(style);
                        styles.len() - 1
                    });
                    char::from(b'a' + u8::try_from(at).unwrap())
                }
            });
            letters.collect::<String>().trim_end().to_owned()
        });
        let rows = rows.collect::<Vec<_>>().join("\n");
        let legend = styles.iter().zip('a'..).map(|(style, letter)| format!("{letter}: {style}"));
        let legend = legend.collect::<Vec<_>>().join("\n");
        format!("{text}\n---\n{rows}\n---\n{legend}")
    }

    pub fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        let effect = self.room.take(Msg::Key(KeyEvent::new(code, modifiers)));
        if effect != Effect::None {
            self.last = effect;
        }
    }

    pub fn key(&mut self, code: KeyCode) -> &mut Self {
        self.press(code, KeyModifiers::NONE);
        self
    }

    pub fn ctrl(&mut self, c: char) -> &mut Self {
        self.press(KeyCode::Char(c), KeyModifiers::CONTROL);
        self
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(KeyCode::Char(c), KeyModifiers::NONE);
        }
        self
    }

    pub fn logs(&mut self, line: &str) -> &mut Self {
        self.types(line).key(KeyCode::Enter)
    }

    /// Waits until this is on the screen; what is written to the disk is reported by another thread.
    pub fn until(&mut self, text: &str) -> String {
        let mut shown = String::new();
        // Counted, not timed: a slow disk has all the time it needs, and what never comes is said.
        for _ in 0..ROUNDS {
            self.room.pump();
            shown = self.draw();
            if shown.contains(text) {
                return shown;
            }
            std::thread::yield_now();
        }
        panic!("{text:?} never came to the screen:\n{shown}");
    }

    /// The rows of the prompt: from the one with its mark on.
    pub fn prompt(&mut self) -> String {
        let shown = self.draw();
        let at = shown.rfind("\n› ").or_else(|| shown.rfind("\n> ")).unwrap();
        let row = shown[at + 1..].lines().next().unwrap();
        row.trim_start_matches("› ").trim_start_matches("> ").to_owned()
    }

    pub fn shows(&mut self, text: &str) {
        let shown = self.draw();
        assert!(shown.contains(text), "{text:?} is not on the screen:\n{shown}");
    }

    pub fn hides(&mut self, text: &str) {
        let shown = self.draw();
        assert!(!shown.contains(text), "{text:?} is on the screen:\n{shown}");
    }

    /// An outage as far as it went by half past ten.
    pub fn with_an_outage(mut self) -> Self {
        let lines = [
            (0, "alert: upload errors at 12 % #alert"),
            (60, "/role commander @ines"),
            (30, "?object store: slow since the upgrade"),
            (45, "?quota service"),
            (200, "/test quota service: read its limits by hand @omar for:15m"),
            (10, "-20m first customer wrote to support, nobody read it before now"),
            (300, "/out object store: its latency is as always, from every zone"),
            (90, "/for quota service: new accounts have a limit of zero"),
            (30, "+ Alert on upload errors by age of account @omar due:2025-03-10 p1"),
            (5, "+ Ask support to page on the third ticket #detect"),
            (120, "/confirm quota service: the default was dropped in last night's change"),
            (400, "default limit is back, uploads work again @ines"),
            (1, "/star last"),
            (9, "a line that does not belong here"),
            (1, "/strike last"),
            (1, "/status monitoring"),
        ];
        for (seconds, line) in lines {
            self.clock.go_on(seconds);
            self.logs(line);
            assert_eq!(self.prompt_text(), "", "{line}");
        }
        self.until(&format!("saved {}", lines.len()));
        self
    }

    /// How many doubts are open on the disk, once all that was typed is there.
    pub fn room_doubts(&mut self) -> usize {
        self.until("● saved");
        warroom::session::peek(&self.folder, None).unwrap().incident.warnings.len()
    }

    /// What is in the prompt; empty where it only teaches.
    pub fn prompt_text(&mut self) -> String {
        let shown = self.prompt();
        if shown.starts_with("what happens?") { String::new() } else { shown }
    }
}

fn style_of(cell: &Cell) -> String {
    let mut words = Vec::new();
    for (layer, colour) in [("", cell.fg), ("on ", cell.bg)] {
        if colour != Color::Reset {
            words.push(format!("{layer}{colour}"));
        }
    }
    if !cell.modifier.is_empty() {
        words.push(format!("{:?}", cell.modifier));
    }
    words.join(" ")
}
