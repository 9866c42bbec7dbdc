//! Journeys through a real pseudo-terminal on which the ground gives way: what is shown as saved is, what is not is said,
//! and nothing that was typed is lost.

use std::fs;

use crate::clockwork;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

fn texts(house: &House) -> Vec<String> {
    let incident = house.json();
    let timeline = incident["timeline"].as_array().unwrap();
    timeline.iter().map(|entry| entry["text"].as_str().unwrap().to_owned()).collect()
}

fn room(house: &House) -> Terminal {
    let mut room = Terminal::start(house, &["open"], (80, 24));
    room.shows("● saved 0");
    room
}

/// A room in which calls on the journal go wrong.
fn troubled(house: &House, call: &str, inject: &str) -> Terminal {
    let journal = house.only_incident().join("journal.jsonl");
    let trace = house.path().join("trace");
    let mut command = portable_pty::CommandBuilder::new("/usr/bin/strace");
    command.args(["-f", "-qq", "-o", trace.to_str().unwrap(), "-P", journal.to_str().unwrap()]);
    command.args(["-e", &format!("trace={call}"), "-e", inject]);
    command.args(["--", env!("CARGO_BIN_EXE_warroom"), "open"]);
    let mut room = Terminal::run(house, command, (80, 24), &[]);
    room.shows("● saved 0");
    room
}

fn leaves(mut room: Terminal) {
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn a_line_that_was_not_sent_survives_a_kill_and_is_offered_again() {
    let house = House::new();
    house.done(&["new", "Killed", "--detach"]);
    let mut killed = room(&house);
    killed.types("half a thought");
    killed.shows("half a thought");
    let draft = house.only_incident().join("draft");
    while fs::read_to_string(&draft).unwrap_or_default() != "half a thought" {
        std::thread::yield_now();
    }
    killed.kill();
    let mut again = Terminal::start(&house, &["open"], (80, 24));
    again.shows("brings back the line that was not sent");
    assert!(!again.text().contains("half a thought"), "it is never typed in by itself");
    again.types("\u{1b}[A");
    again.shows("› half a thought");
    again.types(", and the rest\r");
    again.shows("● saved 1");
    leaves(again);
    assert_eq!(texts(&house), ["half a thought, and the rest"]);
    assert!(!draft.exists());
}

/// On a full disk: no file of the folder takes the line.
#[test]
fn what_was_typed_before_the_room_was_there_is_sent_line_by_line() {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_warroom"));
    command.args(["open"]);
    let typed = "pages time out\rädatabase looks fine\rand a third";
    let mut room = Terminal::typed_ahead(&house, command, (120, 40), &[], typed);
    room.shows("saved 2");
    room.shows("› and a third");
    room.types("\nwith a line of its own");
    room.shows("with a line of its own");
    leaves(room);
    assert_eq!(texts(&house), ["pages time out", "ädatabase looks fine"]);
}

#[test]
fn what_is_typed_while_the_room_is_being_left_is_for_the_shell() {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    let mut command = portable_pty::CommandBuilder::new("/bin/sh");
    let script = "\"$0\" open; read -r line; echo \"got $line\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_warroom")]);
    let mut room = Terminal::run(&house, command, (80, 24), &[]);
    room.shows("● saved 0");
    // Leaving takes as long as somebody holds this.
    let lock = fs::File::open(house.only_incident().join(".lock")).unwrap();
    lock.lock().unwrap();
    room.types("one more\r");
    room.shows("○ saving 1");
    room.types(QUIT);
    while room.screen.screen().alternate_screen() {
        assert!(room.read());
    }
    room.types("a command\r");
    drop(lock);
    room.shows("got a command");
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(texts(&house), ["one more"]);
}

#[test]
fn a_line_that_its_folder_does_not_take_survives_a_kill_as_well() {
    let house = House::new();
    house.done(&["new", "No room", "--detach"]);
    let folder = house.only_incident();
    for turn in 1..=1000 {
        fs::create_dir(folder.join(if turn == 1 { "draft".into() } else { format!("draft-{turn}") }))
            .unwrap();
    }
    let aside = || {
        let rescue = fs::read_dir(house.path().join("data").join("rescue")).into_iter().flatten().flatten();
        rescue.map(|entry| entry.path().join("draft")).find(|draft| draft.is_file())
    };
    let mut killed = room(&house);
    killed.types("half a thought");
    while aside().is_none_or(|draft| fs::read_to_string(draft).unwrap_or_default() != "half a thought") {
        std::thread::yield_now();
    }
    killed.kill();
    let mut again = Terminal::start(&house, &["open"], (80, 24));
    again.shows("brings back the line that was not sent");
    again.types("\u{1b}[A");
    again.shows("› half a thought");
    again.types(", and the rest\r");
    again.shows("● saved 1");
    leaves(again);
    assert_eq!(texts(&house), ["half a thought, and the rest"]);
    assert_eq!(aside(), None);
}

#[test]
fn a_line_that_was_taken_up_is_forgotten_when_it_is_cleared_wherever_the_folder_is_named_from() {
    let house = House::new();
    house.done(&["new", "Left behind", "--detach"]);
    let folder = house.only_incident();
    fs::write(folder.join("draft"), "half a thought").unwrap();
    let relative = folder.strip_prefix(house.path()).unwrap().to_str().unwrap();
    let mut room = Terminal::start(&house, &["open", relative], (80, 24));
    room.shows("brings back the line that was not sent");
    room.types("\u{1b}[A");
    room.shows("› half a thought");
    room.types("\u{15}");
    room.shows("› what happens?");
    leaves(room);
    let names = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| name.starts_with("draft")).collect();
    assert_eq!(left, Vec::<String>::new());
}

/// Bad input 45: much to read. It is said while it is done, by `warroom` alone as well, and then all is there.
#[test]
fn row_45_a_journal_of_many_mib_is_said_to_be_read_and_opens() {
    let house = House::new();
    house.done(&["new", "Much to read", "--detach"]);
    let lines: Vec<_> = (0..400).map(|n| format!("line {n} {}", "x".repeat(100_000))).collect();
    house.say(&lines.join("\n"));
    for arguments in [&["open"][..], &[]] {
        let mut room = Terminal::start(&house, arguments, (80, 24));
        room.shows("● saved 0");
        room.types("and one more\r");
        room.shows("● saved 1");
        let told = room.raw.clone();
        assert!(String::from_utf8_lossy(&told).contains("reading …"));
        leaves(room);
    }
    assert_eq!(texts(&house).len(), 402);
}

#[test]
fn two_rooms_and_the_shell_see_each_other() {
    let house = House::new();
    house.done(&["new", "Shared", "--detach"]);
    let mut alice = room(&house);
    let mut bob = Terminal::with(&house, &["open"], (80, 24), &[("WARROOM_NAME", "bob")]);
    bob.shows("── also open: alice ─");
    alice.shows("── also open: bob ─");
    alice.shows("bob has this incident open, too (pid");
    alice.logs("from alice", 1);
    bob.shows("from alice");
    bob.logs("from bob", 1);
    alice.shows("from bob");
    house.say("from the shell\n");
    house.done(&["log", "from a script"]);
    for room in [&mut alice, &mut bob] {
        room.shows("from the shell");
        room.shows("from a script");
    }
    leaves(bob);
    alice.shows("bob has left");
    leaves(alice);
    assert_eq!(texts(&house), ["from alice", "from bob", "from the shell", "from a script"]);
}

#[test]
fn a_folder_that_is_gone_is_said_with_what_to_do_and_all_is_saved_once_when_it_is_back() {
    let house = House::new();
    house.done(&["new", "Pulled away", "--detach"]);
    let folder = house.only_incident();
    let mut room = room(&house);
    room.logs("before", 1);
    let away = house.path().join("away");
    fs::rename(&folder, &away).unwrap();
    room.types("first\rsecond\r");
    room.shows("✗ NOT SAVED 2: the incident's folder is gone or was moved · saved 1");
    room.shows("✗ put it back as");
    room.types("third\r");
    room.shows("NOT SAVED 3");
    // The name of the copy.
    room.shows(".jsonl");
    fs::rename(&away, &folder).unwrap();
    room.shows("● saved 4");
    assert!(!room.text().contains("put it back"));
    leaves(room);
    assert_eq!(texts(&house), ["before", "first", "second", "third"]);
    assert_eq!(
        fs::read_dir(house.path().join("data/rescue")).unwrap().count(),
        0,
        "the copy is needed no more"
    );
}

#[test]
fn what_could_not_be_saved_is_named_on_the_way_out_and_comes_back() {
    let house = House::new();
    house.done(&["new", "Never came back", "--detach"]);
    let folder = house.only_incident();
    let mut broken = room(&house);
    let away = house.path().join("away");
    fs::rename(&folder, &away).unwrap();
    broken.types("written nowhere\r");
    broken.shows("NOT SAVED 1");
    broken.types("and this was not sent");
    broken.types(QUIT);
    assert_eq!(broken.ends().exit_code(), 1);
    let said = broken.text().replace('\n', "");
    assert!(said.contains("1 change could not be saved") && said.contains("data/rescue/"), "{said}");
    fs::rename(&away, &folder).unwrap();
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("1 change that could not be saved before came back");
    room.shows("written nowhere");
    room.shows("● saved 0");
    room.types("\u{1b}[A");
    room.shows("› and this was not sent");
    room.types(", before\r");
    room.shows("● saved 1");
    leaves(room);
    assert_eq!(texts(&house), ["written nowhere", "and this was not sent, before"]);
}

#[test]
fn what_can_be_kept_nowhere_is_printed_on_the_way_out() {
    let house = House::new();
    house.done(&["new", "Never came back", "--detach"]);
    let folder = house.only_incident();
    fs::write(house.path().join("data").join("rescue"), "in the way").unwrap();
    let mut broken = room(&house);
    fs::rename(&folder, house.path().join("away")).unwrap();
    broken.types("written nowhere\r");
    broken.shows("NOT SAVED 1");
    broken.types("and this was not sent");
    broken.types(QUIT);
    assert_eq!(broken.ends().exit_code(), 1);
    let said = broken.text().replace('\n', "");
    assert!(said.contains("written nowhere"), "{said}");
    assert!(said.contains("not sent could not be kept: and this was not sent"), "{said}");
}

#[test]
fn a_panic_in_the_writer_is_said_and_the_room_goes_on() {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "The writer breaks", 2, "UTC");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    room.logs("before", 1);
    clockwork::break_the_writer(&house);
    room.types("during\r");
    while house.path().join("breaks-the-writer").exists() {
        std::thread::yield_now();
    }
    room.logs("after", 3);
    room.logs("and on", 4);
    leaves(room);
    assert_eq!(texts(&house), ["before", "during", "after", "and on"]);
}

#[test]
fn a_writer_that_breaks_twice_leaves_the_room_read_only_and_keeps_the_line() {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "The writer breaks twice", 2, "UTC");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    for broken in ["one", "three"] {
        clockwork::break_the_writer(&house);
        room.types(&format!("{broken}\r"));
        while house.path().join("breaks-the-writer").exists() {
            std::thread::yield_now();
        }
        if broken == "one" {
            // It works again: the next report is that of the second failure.
            room.logs("two", 2);
        }
    }
    room.shows("✗ read-only: the writer failed twice: open the incident again");
    room.types("four\r");
    room.shows("not taken");
    room.shows("› four");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(texts(&house), ["one", "two", "three"]);
}

#[test]
fn a_suspended_room_keeps_nobody_from_writing() {
    let house = House::new();
    house.done(&["new", "Suspended", "--detach"]);
    let mut room = room(&house);
    room.types("logged\r\u{1a}");
    room.stands_still();
    house.say("while it stood still\n");
    room.signal("-CONT");
    room.shows("while it stood still");
    leaves(room);
    assert_eq!(texts(&house), ["logged", "while it stood still"]);
}

#[test]
#[ignore = "needs strace"]
fn a_disk_that_does_not_answer_is_said_within_two_seconds_and_typing_goes_on() {
    let house = House::new();
    house.done(&["new", "Slow disk", "--detach"]);
    let mut room = troubled(&house, "fdatasync", "inject=fdatasync:delay_enter=4000000:when=2");
    room.logs("quick", 1);
    room.types("slow\r");
    room.shows("○ saving 1 · saved 1");
    room.shows("✗ NOT SAVED 1: the disk has not answered for 1 s · saved 1");
    room.types("typing goes on\r");
    room.shows("typing goes on");
    room.shows("✗ NOT SAVED 2: the disk has not answered for");
    room.shows("● saved 3");
    leaves(room);
    assert_eq!(texts(&house), ["quick", "slow", "typing goes on"]);
}

/// Bad input 53: the file system becomes read-only in the middle, as ext4 does after an error.
#[test]
#[ignore = "needs strace"]
fn a_file_system_that_becomes_read_only_is_said_and_all_stands_elsewhere_at_once() {
    let house = House::new();
    house.done(&["new", "Remounted", "--detach"]);
    let mut room = troubled(&house, "write", "inject=write:error=EROFS:when=2+");
    room.logs("before", 1);
    room.types("after\r");
    room.shows("✗ NOT SAVED 1: the file system is read-only · saved 1");
    // The name of the copy, which is made at the first failure.
    room.shows(".jsonl");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 1);
    assert!(room.text().replace('\n', "").contains("1 change could not be saved"), "{}", room.text());
    assert_eq!(texts(&house), ["before"]);
    leaves(self::room(&house));
    assert_eq!(texts(&house), ["before", "after"], "it came back");
}
