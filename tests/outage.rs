//! One outage, key by key, through a real terminal: from the first alarm to the report. The pictures in the README are made
//! of it on the way.

use recording::Recording;

use crate::clockwork;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

mod picture;
mod recording;

const TAB: &str = "\t";
const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";
const F4: &str = "\u{1b}OS";

/// What is typed when, and how many changes are saved then. Where the room is used by keys, the line shows them.
const UP_TO_THE_TURN: [(&str, &str, u32); 17] = [
    ("10:31", "alert: 31 % of logins fail, p95 at 14 s #alert\r", 1),
    ("10:32", "/detected -2m latency alert on logins\r", 2),
    ("10:33", "/role commander @ines\r", 3),
    ("10:34", "?database: it was slow last week, too\r", 4),
    // By keys: to the hypotheses, test the first.
    ("10:35", "\t\ttcount open connections @maria for:10m\r", 5),
    ("10:37", "-5m support has forty calls about it #customers\r", 6),
    ("10:39", "/against database: 12 of 400 connections in use\r", 7),
    // By the palette: a command, the subject, the reason.
    ("10:41", "/o\t\tits pool is idle\r", 8),
    ("10:42", "?network: packet loss between the zones\r", 9),
    ("10:46", "\t\txno loss in ten minutes of probes @omar\r", 10),
    ("10:47", "?session cache: evictions began with the 10:20 release\r", 11),
    ("10:49", "/test session cache: evictions before and after @maria for:10m\r", 12),
    ("10:50", "this was meant for another window\r", 13),
    // By keys: to the timeline, take the last change back.
    ("10:50", "\tu\r", 14),
    ("10:52", "/for session cache: 9 of 10 lookups miss since 10:21\r", 15),
    ("10:53", "/update public: Logins are slow or fail. We know where to look.\r", 16),
    ("10:54", "+ Alert on the hit rate of the session cache @maria due:2025-03-10 p1 #detect\r", 17),
];

const TO_THE_END: [(&str, &str, u32); 13] = [
    ("10:56", "/confirm session cache: the release halved its memory\r", 18),
    ("10:57", "/identified\r", 19),
    ("11:01", "old memory limit is back, the cache is warming up @omar\r", 20),
    ("11:01", "/star last\r", 21),
    ("11:06", "/mitigated 11:04 nine of ten logins work\r", 22),
    ("11:20", "/resolved\r", 23),
    ("11:21", "/started 10:20\r", 24),
    ("11:22", "/impact People could not log in, or waited for 14 s\r", 25),
    ("11:22", "/affected about 30% of logins\r", 26),
    ("11:23", "/cause The 10:20 release halved the memory of the session cache\r", 27),
    ("11:23", "/workaround The old memory limit was set by hand\r", 28),
    ("11:24", "/fix The release takes the limit from the settings of the cluster\r", 29),
    ("11:25", "/well The second suspicion was ruled out in four minutes\r", 30),
];

fn tell(house: &House, time: &str) {
    // What is typed is in the incident's zone, an hour ahead of UTC.
    let (hour, minute) = time.split_once(':').unwrap();
    let hour = hour.parse::<u32>().unwrap() - 1;
    clockwork::set(house, &format!("2025-03-04T{hour:02}:{minute}:00Z"));
}

fn begin(house: &House, size: (u16, u16), theme: &str) -> Terminal {
    tell(house, "10:30");
    clockwork::start(house, "Logins time out", 1, "Europe/Berlin");
    let mut room = clockwork::room(house, size, &[(clockwork::THEME, theme)]);
    room.shows("● saved 0");
    room
}

fn play(room: &mut Terminal, house: &House, lines: &[(&str, &str, u32)]) {
    for (time, keys, saved) in lines {
        tell(house, time);
        room.types(keys);
        room.shows(&format!("● saved {saved}"));
    }
}

#[test]
fn from_the_first_alarm_to_the_report() {
    let house = House::new();
    let mut room = begin(&house, (80, 24), "dark");
    play(&mut room, &house, &UP_TO_THE_TURN);
    room.shows("✗ network: no loss in ten min");
    play(&mut room, &house, &TO_THE_END);
    room.types(F4);
    room.shows("Nothing is missing");
    room.types(&[ESC, "/export", ENTER].concat());
    room.shows("2025-03-04-logins-time-out.md");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let written = std::fs::read_to_string(house.path().join("2025-03-04-logins-time-out.md")).unwrap();
    assert_eq!(written, house.done(&["export"]), "the room and the shell write one report");
    insta::assert_snapshot!(written);
    let timeline = house.done(&["export", "--format", "svg"]);
    picture::is_true("timeline", &timeline, &timeline);
    let incident = house.json();
    assert_eq!(incident["status"], "resolved");
    assert_eq!(incident["metrics"]["duration_minutes"], 60);
    let timeline = incident["timeline"].as_array().unwrap();
    assert!(timeline.iter().any(|entry| entry["at"] == "2025-03-04T10:32:00+01:00"), "five minutes earlier");
    assert!(!timeline.iter().any(|entry| entry["text"].as_str().unwrap().contains("another window")));
}

/// The pictures of the README are what the running program shows, in every theme at three sizes. `WARROOM_PICTURES=write`
/// draws them anew.
#[test]
fn the_pictures_are_true() {
    for (theme, paper) in
        [("dark", picture::DARK), ("light", picture::LIGHT), ("high-contrast", picture::BLACK)]
    {
        let house = House::new();
        let mut room = begin(&house, (120, 40), theme);
        play(&mut room, &house, &UP_TO_THE_TURN);
        tell(&house, "10:55");
        room.types("/confirm session cache: the release halv");
        room.shows("halv");
        room.shows("10:55 CET");
        room.settles();
        picture::holds(&format!("room-120x40-{theme}"), &room, paper);
        room.resize((80, 24));
        room.types(&["\u{15}", TAB, TAB].concat());
        room.shows("Enter details");
        room.settles();
        picture::holds(&format!("room-80x24-{theme}"), &room, paper);
        room.resize((50, 20));
        room.shows("Hypotheses 1");
        room.draws_anew();
        picture::holds(&format!("room-50x20-{theme}"), &room, paper);
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
    }
}

/// The recording of the README is what the running program shows, letters in a handful at a time.
#[test]
fn the_recording_is_true() {
    let house = House::new();
    let mut room = begin(&house, (80, 24), "dark");
    let mut recording = Recording::new(picture::DARK);
    for (time, keys, saved) in UP_TO_THE_TURN.iter().chain(&TO_THE_END) {
        tell(&house, time);
        let (line, end) = keys.split_at(keys.len() - 1);
        // What it offers while it is written are entries by their handles, which chance makes.
        if line.starts_with("/star") {
            play(&mut room, &house, &[(time, keys, *saved)]);
            continue;
        }
        for some in line.chars().collect::<Vec<_>>().chunks(9) {
            room.types(&some.iter().collect::<String>());
            recording.shows(&mut room, 150);
        }
        recording.shows(&mut room, 400);
        room.types(end);
        room.shows(&format!("● saved {saved}"));
        recording.shows(&mut room, 700);
    }
    room.types(F4);
    room.shows("Nothing is missing");
    recording.shows(&mut room, 4_000);
    picture::is_true("recording", &recording.drawn(&room), &room.text());
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}
