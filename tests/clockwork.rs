//! A room in a process of its own, on a real pseudo-terminal, whose clock shows what a test says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use portable_pty::CommandBuilder;
use tokio::sync::Notify;
use warroom::model::{Clock as ClockStyle, Zone};
use warroom::session::clock::Clock;
use warroom::session::{New, Opening, Session, create};
use warroom::settings::theme::Theme;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Look, Room, run};

use crate::support::House;
use crate::terminal::Terminal;

/// Names the file that says what the clock shows.
const CLOCK: &str = "WARROOM_TEST_CLOCK";

/// Names the theme, where it is not the dark one.
pub const THEME: &str = "WARROOM_TEST_THEME";

/// A file whose presence makes the writer panic once, where it has something to report.
const BREAKS: &str = "breaks-the-writer";

/// Makes the writer panic at its next report.
pub fn break_the_writer(house: &House) {
    std::fs::write(house.path().join(BREAKS), "").unwrap();
}

/// Shows what stands in a file, and breaks where that is no time.
struct Told(PathBuf);

impl Clock for Told {
    fn now(&self) -> DateTime<Utc> {
        let told = std::fs::read_to_string(&self.0).unwrap();
        told.parse().unwrap_or_else(|_| panic!("the clock broke"))
    }
}

fn file(house: &House) -> PathBuf {
    house.path().join("clock")
}

/// Sets the clock, as `2025-03-04T09:30:00Z`; anything else breaks it. Never half: the room reads it all the time.
pub fn set(house: &House, to: &str) {
    let new = house.path().join("clock.new");
    std::fs::write(&new, to).unwrap();
    std::fs::rename(new, file(house)).unwrap();
}

/// Starts an incident at the time that the clock shows: a stamp never falls behind the ones before.
pub fn start(house: &House, title: &str, severity: u8, zone: &str) {
    let new = New {
        title: title.into(),
        severity: Some(severity),
        zone: Zone::read(zone, None).unwrap(),
        clock: ClockStyle::H24,
        started: None,
        services: Vec::new(),
        by: "alice".into(),
    };
    create(&new, &house.path().join("data/incidents"), None, &Told(file(house))).unwrap();
}

/// Opens the room of the house's only incident; `more` is added to its environment.
pub fn room(house: &House, size: (u16, u16), more: &[(&str, &str)]) -> Terminal {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "clockwork::a_room_whose_clock_is_told", "--nocapture"]);
    let clock = file(house);
    let more = more.iter().copied().chain([(CLOCK, clock.to_str().unwrap())]);
    Terminal::run(house, command, size, &more.collect::<Vec<_>>())
}

/// Opens a room where another test asks for it in a process of its own; by itself nothing.
#[test]
fn a_room_whose_clock_is_told() {
    let Some(clock) = std::env::var_os(CLOCK) else { return };
    let clock = PathBuf::from(clock);
    let root = clock.parent().map(Path::to_owned).unwrap();
    let folder = std::fs::read_dir(root.join("data/incidents")).unwrap().next().unwrap().unwrap().path();
    let opening =
        Opening { by: "alice".into(), clock: Arc::new(Told(clock)), rescue: root.clone(), stays: true };
    let wake = Arc::new(Notify::new());
    let session = Session::open(&folder, opening, {
        let (wake, breaks) = (Arc::clone(&wake), root.join(BREAKS));
        move || {
            // This runs on the writer's thread.
            assert!(std::fs::remove_file(&breaks).is_err(), "the writer broke");
            wake.notify_one();
        }
    });
    let theme = std::env::var(THEME).unwrap_or_else(|_| "dark".into());
    let look = Look::new(&Theme::named(&theme).unwrap(), Depth::True);
    let room = Room::new(session.unwrap(), &root, look, Keymap::default());
    let exit = run(room, wake).unwrap();
    std::process::exit(exit.code.into());
}
