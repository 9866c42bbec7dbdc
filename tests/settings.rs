//! Settings and keys: what the file says holds, what it cannot say is told with its line, and nobody is locked out.

use std::fs;
use std::process::{Command, Output};

use crossterm::event::{KeyCode, KeyModifiers};
use proptest::prelude::*;
use warroom::config::file::{self, Read};
use warroom::model::Clock;
use warroom::settings::{Complaint, DEFAULTS, KeyRow, Settings, Written};
use warroom::tui::keymap::{Act, BINDINGS, Keymap, Place, as_settings, stack};
use warroom::tui::{Depth, Effect};

use crate::stage::{Stage, look};
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

/// What a file is told, each with its line.
fn told(text: &str) -> Vec<String> {
    let read = file::read(text);
    let (_, of_keys) = Keymap::of(&read.settings.keys);
    let told = |Complaint { line, words }: Complaint| format!("{line}: {words}");
    read.complaints.into_iter().chain(of_keys).map(told).collect()
}

/// The keys that a file makes, in which nothing is wrong.
fn keys(text: &str) -> Keymap {
    assert_eq!(told(text), [""; 0], "{text}");
    Keymap::of(&file::read(text).settings.keys).0
}

/// The keys that a file makes, whatever is wrong in it.
fn keys_left(text: &str) -> Keymap {
    Keymap::of(&file::read(text).settings.keys).0
}

fn room(keys: Keymap) -> Stage {
    Stage::with(120, 40, look(Depth::Indexed), keys)
}

/// The file with every line that sets nothing made one that does, where it could.
fn uncommented(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.split_once(" = ").is_some_and(|(name, _)| !name.contains(' ')) => rest.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    let Read { settings, complaints, .. } = file::read(DEFAULTS);
    assert_eq!((settings, complaints), (Settings::default(), Vec::new()));
    let fields = serde_json::to_value(Settings::default()).unwrap();
    for field in fields.as_object().unwrap().keys() {
        let documented = DEFAULTS
            .lines()
            .map(|line| line.trim_start_matches(['#', ' ']))
            .any(|line| line.starts_with(&format!("{field} =")) || line.starts_with(&format!("[{field}]")));
        assert!(documented, "{field} is not in assets/config.toml");
        let told = told(&format!("\n{field} = 1979-05-27\n"));
        assert!(
            matches!(&told[..], [only] if only.starts_with("2: ") && !only.contains("no setting")),
            "{told:?}"
        );
    }
    let live = file::read(&uncommented(DEFAULTS));
    assert_eq!(live.complaints, []);
    assert_eq!(live.lines.len() + 1, fields.as_object().unwrap().len(), "each example is one that counts");
}

#[test]
fn all_settings_are_printed_and_read_back_as_the_defaults() {
    let printed = House::new().done(&["config", "--print"]);
    assert!(printed.starts_with(DEFAULTS) && printed.ends_with(&as_settings()));
    assert_eq!(file::read(&printed).settings, Settings::default());
    assert_eq!(keys(&printed), Keymap::default());
    let live = uncommented(&printed);
    assert_eq!(keys(&live), Keymap::default(), "what a person has anyway is no news");
    assert_eq!(file::read(&live).settings.keys.len(), BINDINGS.len());
    insta::assert_snapshot!("printed", printed);
}

#[test]
fn names_of_keys_are_of_one_form_and_once_in_a_place() {
    for (nth, binding) in BINDINGS.iter().enumerate() {
        assert!(binding.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", binding.name);
        let again = BINDINGS[..nth].iter().any(|b| (b.place, b.name) == (binding.place, binding.name));
        assert!(!again, "{} twice {}", binding.name, binding.place.words());
        assert!(
            nth == 0 || !BINDINGS[..nth].iter().any(|b| (b.place, b.act) == (binding.place, binding.act))
        );
    }
}

#[test]
fn keys_can_be_written_as_the_help_calls_them() {
    for binding in BINDINGS {
        let list: Vec<String> = binding.keys.split(", ").map(|key| format!("{key:?}")).collect();
        let (place, name) = (binding.place.name(), binding.name);
        let keys = keys(&format!("[keys.{place}]\n{name} = [{}]", list.join(", ")));
        let row = keys.rows().iter().find(|row| row.binding == binding).unwrap();
        assert_eq!(row.keys(), binding.keys, "{name} {place}");
    }
}

#[test]
fn what_makes_no_sense_is_told_with_its_line_and_the_rest_counts() {
    let cases: &[(&str, &[&str])] = &[
        ("colour = \"auto\"", &["1: no setting is called \"colour\"; did you mean colours?"]),
        ("weather = \"fine\"", &["1: no setting is called \"weather\""]),
        ("\n\nname = 7", &["3: name has to be a text in quotes, and is a number; it counts for nothing"]),
        ("name = \" \"", &["1: name is empty; it counts for nothing"]),
        (
            "clock = \"13h\"",
            &["1: clock has to be \"24h\" or \"12h\", and is \"13h\"; it counts for nothing"],
        ),
        (
            "zone = \"Mars\"",
            &["1: zone has to be a zone, and none is called \"Mars\"; it counts for nothing"],
        ),
        (
            "zone = \"IST\"",
            &["1: zone has to be one zone, and \"IST\" are several: Asia/Kolkata, Asia/Jerusalem, \
               Europe/Dublin; it counts for nothing"],
        ),
        (
            "# a comment\ncolours = \"many\"",
            &[
                "2: colours has to be one of auto, true, 256, 16, none, and is \"many\"; it counts for nothing",
            ],
        ),
        ("keys = 1", &["1: keys stand under a place, as in [keys.timeline]"]),
        (
            "[keys]\nquit = \"ctrl-x\"",
            &["2: \"quit\" is no place: keys stand under a place, as in [keys.timeline]"],
        ),
        (
            "[keys.timelin]\nstrike = \"x\"",
            &["1: no place for keys is called \"timelin\"; did you mean timeline?"],
        ),
        (
            "[keys.timeline]\n\nstrik = \"x\"",
            &["3: no key in the timeline is called \"strik\"; did you mean strike?"],
        ),
        (
            "[keys.timeline]\nstrike = true",
            &["2: \"strike\" has to have a key in quotes, or a list of them, as [\"up\", \"k\"]"],
        ),
        (
            "[keys.timeline]\nstrike = [\n  \"x\",\n  \"hyper-x\",\n]",
            &[
                "4: strike: \"hyper-x\" is no key; they are written like ctrl-q, alt-enter, shift-tab, pgup, f5, x or G",
            ],
        ),
        (
            "name = \"a\u{1b}[2J\"",
            &["1: column 10: this is no TOML (invalid basic string, expected non-double-quote \
            visible characters, `\\`); the whole file counts for nothing"],
        ),
    ];
    for (text, complaints) in cases {
        assert_eq!(told(text), *complaints, "{text}");
    }
    let read = file::read("clock = \"12h\"\nname = 7\ntheme = \"light\"\n");
    assert_eq!((read.settings.clock, read.settings.theme.as_str()), (Clock::H12, "light"));
    assert_eq!(read.settings.name, None);
    let keys = keys_left("[keys.timeline]\nstrik = \"x\"\nstar = \"*\"\nedit = [\"hyper-x\", \"E\"]");
    assert_eq!(keys.key(Act::Details, stack::TIMELINE).unwrap(), "Enter");
    let names: Vec<_> = keys.prefills(Place::Timeline).map(|(_, words)| words).collect();
    assert_eq!(names, ["E edit", "T time", "* star", "- strike"]);
}

#[test]
fn what_no_terminal_sends_is_no_key() {
    for (key, why) in [
        ("ctrl-i", "terminals send Tab for it"),
        ("ctrl-m", "terminals send Enter for it"),
        ("ctrl-[", "with Ctrl terminals send letters only"),
        ("ctrl-shift-q", "with Ctrl terminals do not tell Shift"),
        ("ctrl-enter", "terminals do not tell whether Ctrl is held"),
        ("alt-esc", "terminals do not tell what is held with Esc"),
        ("alt-[", "other keys begin like this"),
        ("shift-up", "Shift counts only with a letter, Tab or Enter"),
        ("shift-1", "write the character it types"),
        ("cmd-q", "only Ctrl, Alt and Shift count"),
    ] {
        let expected = format!("2: quit: \"{key}\" cannot be used: {why}");
        assert_eq!(told(&format!("[keys.anywhere]\nquit = \"{key}\"")), [expected], "{key}");
    }
    for key in ["", " ", "a-b", "ctrl-", "é-x", "quit", "f25", "\\u200b"] {
        let told = told(&format!("[keys.timeline]\nedit = \"{key}\""));
        assert!(matches!(&told[..], [only] if only.contains("is no key")), "{key:?}: {told:?}");
    }
}

#[test]
fn a_key_for_two_things_that_act_together_is_told_and_one_keeps_it() {
    let cases: &[(&str, &str)] = &[
        (
            "[keys.timeline]\nstrike = \"x\"\nedit = \"x\"",
            "3: in the timeline \"x\" is both strike and edit; strike keeps it",
        ),
        (
            "[keys.timeline]\nedit = \"y\"\n[keys.panes]\nfind = \"y\"",
            "4: in the timeline \"y\" is both edit and find; edit keeps it",
        ),
        (
            "[keys]\nactions = { drop = \"z\", done = \"z\" }",
            "2: in the actions \"z\" is both drop and done; drop keeps it",
        ),
        (
            "[keys.anywhere]\nphases = \"ctrl-t\"\n[keys.prompt]\nyank = \"ctrl-t\"",
            "4: in the prompt \"ctrl-t\" is both phases and yank; yank keeps it",
        ),
        (
            "[keys.overlay]\nfirst = \"f9\"\n[keys.anywhere]\nreport = \"f9\"",
            "4: over the panes (help, details, report …) \"f9\" is both first and report; first keeps it",
        ),
        (
            "[keys.list]\ndown = \"f9\"\n[keys.anywhere]\nredraw = \"f9\"",
            "4: in the list of incidents \"f9\" is both down and redraw; down keeps it",
        ),
    ];
    for (text, complaint) in cases {
        assert_eq!(told(text), [*complaint], "{text}");
    }
    let left = keys_left(cases[0].0);
    let names: Vec<_> = left.prefills(Place::Timeline).map(|(_, words)| words).collect();
    assert_eq!(names, ["e edit", "T time", "s star", "x strike"], "what loses its only key has the default");
    // Other places, or the same thing: nothing clashes.
    for text in [
        "[keys.timeline]\nedit = \"x\"\n[keys.actions]\ndone = \"x\"",
        "[keys.anywhere]\nhelp = \"f9\"\n[keys.panes]\nhelp = \"f9\"",
        "[keys.list]\ndown = \"f9\"\n[keys.anywhere]\nreport = \"f9\"",
        "[keys.choices]\ndismiss = \"f9\"\n[keys.prompt]\nyank = \"f9\"",
    ] {
        keys(text);
    }
}

#[test]
fn a_default_gives_way_to_a_persons_key_and_is_told_where_it_is_left_without_any() {
    assert_eq!(
        told("[keys.anywhere]\nphases = \"ctrl-k\""),
        ["2: \"ctrl-k\" is phases now, and leaves kill-to-end without a key in the prompt"]
    );
    let left = keys_left("[keys.anywhere]\nphases = \"ctrl-k\"");
    assert_eq!(left.key(Act::Phases, stack::PROMPT).unwrap(), "Ctrl-K");
    // With a key left, or another one by the person's own hand, there is nothing to tell.
    keys("[keys.anywhere]\nphases = \"ctrl-b\"");
    keys("[keys.anywhere]\nphases = \"ctrl-k\"\n[keys.prompt]\nkill-to-end = \"alt-k\"");
    keys("[keys.anywhere]\nphases = \"ctrl-k\"\n[keys.prompt]\nkill-to-end = []");
    // In the timeline f edits; in the other panes it finds as before.
    let shadowed = keys("[keys.timeline]\nedit = \"f\"");
    assert!(shadowed.prefills(Place::Panes).any(|(_, words)| words == "f find"));
    let taken = keys("[keys.hypotheses]\nworse = []");
    assert_eq!(taken.prefills(Place::Hypotheses).count(), 6);
}

#[test]
fn a_character_never_becomes_a_key_where_it_is_typed() {
    for (place, name) in [
        ("anywhere", "help"),
        ("prompt", "earlier"),
        ("completion", "complete"),
        ("choices", "dismiss"),
        ("list", "down"),
    ] {
        for key in ["x", "?", "space", "é"] {
            let told = told(&format!("[keys.{place}]\n{name} = \"{key}\""));
            let words = Place::ALL.iter().find(|p| p.name() == place).unwrap().words();
            let expected = format!("cannot be a key {words}: it would swallow what is typed");
            assert!(
                matches!(&told[..], [only] if only.starts_with("2: ") && only.ends_with(&expected)),
                "{told:?}"
            );
        }
    }
    let mut stage = room(keys_left("[keys.prompt]\nearlier = \"x\""));
    stage.types("x marks it");
    assert_eq!(stage.prompt(), "x marks it");
    stage.ctrl('c').key(KeyCode::Up);
    assert_eq!(stage.prompt(), "x marks it", "Up is still what it was");
}

#[test]
fn nobody_is_locked_out() {
    let quit = "quit has to keep a key anywhere; Ctrl-Q stays quit";
    let commit = "commit has to keep a key in the prompt; Enter stays commit";
    let to_prompt = "to-prompt has to keep a key anywhere; Esc stays to-prompt";
    let close = "close has to keep a key over the panes (help, details, report …); Esc, Enter stays close";
    let cases: &[(&str, &[&str])] = &[
        ("[keys.anywhere]\nquit = []", &[quit]),
        ("[keys.prompt]\ncommit = []", &[commit]),
        ("[keys.anywhere]\nto-prompt = []", &[to_prompt]),
        ("[keys.overlay]\nclose = []", &[close]),
        ("[keys.prompt]\nyank = \"ctrl-q\"", &[quit]),
        ("[keys.anywhere]\nredraw = \"enter\"", &[commit]),
        ("[keys.choices]\ndismiss = \"ctrl-q\"", &[quit]),
    ];
    for (text, words) in cases {
        let expected: Vec<String> = words.iter().map(|words| format!("2: {words}")).collect();
        assert_eq!(told(text), expected, "{text}");
        let mut stage = room(keys_left(text));
        stage.logs("still here").until("● saved 1");
        stage.key(KeyCode::F(1)).shows("┌ Help");
        stage.key(KeyCode::Esc).hides("┌ Help");
        stage.key(KeyCode::Tab).key(KeyCode::Esc).types("back");
        assert_eq!(stage.prompt(), "back", "{text}");
        stage.ctrl('q');
        assert_eq!(stage.last, Effect::Quit, "{text}");
    }
    // Another key is as good, and so is the list's own.
    keys("[keys.anywhere]\nquit = \"f10\"");
    keys("[keys.list]\nquit = []");
}

#[test]
fn a_changed_key_acts_and_is_shown_and_the_old_one_does_nothing() {
    let text = "[keys.anywhere]\nreport = \"f6\"\nquit = \"f10\"\nnext-pane = [\"alt-n\", \"tab\"]\n\
                [keys.prompt]\ncommit = \"ctrl-s\"\n\
                [keys.hypotheses]\nrule-out = \"X\"\nconfirm = []\n\
                [keys.panes]\ndown = \"down\"\n";
    let mut stage = room(keys(text));
    stage.shows("Alt-N panes · F1 help · F3 find · F6 report · F10 quit");
    stage.types("?cache: cold").key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "?cache: cold", "Enter commits no more");
    stage.ctrl('s').until("● saved 1");
    stage.key(KeyCode::F(4)).hides("Report");
    stage.key(KeyCode::F(6)).shows("Report");
    stage.key(KeyCode::Esc);
    stage.press(KeyCode::Char('n'), KeyModifiers::ALT);
    stage.press(KeyCode::Char('n'), KeyModifiers::ALT);
    stage.shows("keys: Enter details · n new · t test · X out · p park · o reopen · w worse · Esc prompt");
    stage.types("xcj");
    assert_eq!(stage.prompt(), "xcj", "the old keys are text");
    stage.ctrl('u');
    stage.press(KeyCode::Char('n'), KeyModifiers::ALT);
    stage.press(KeyCode::Char('n'), KeyModifiers::ALT);
    stage.types("X");
    assert_eq!(stage.prompt(), "/out cache:");
    stage.ctrl('c').key(KeyCode::F(1));
    stage.screen.backend_mut().resize(120, 240);
    let help = stage.draw();
    let row = |words: &str| help.lines().find(|row| row.contains(words)).unwrap_or_default().to_owned();
    assert!(
        row("rule it out").contains("X  ") && !row("rule it out").contains("x  "),
        "{}",
        row("rule it out")
    );
    assert!(row("next pane").contains("Alt-N, Tab"), "{}", row("next pane"));
    assert!(row("log the line, or run").contains("Ctrl-S"));
    assert!(help.contains("What you type is logged; Ctrl-S sends it"));
    assert_eq!(row("confirm it as the cause"), "", "what has no key is not shown as one");
    stage.key(KeyCode::Esc).ctrl('q');
    assert_eq!(stage.last, Effect::None);
    stage.key(KeyCode::F(10));
    assert_eq!(stage.last, Effect::Quit);
}

#[test]
fn what_is_told_of_the_settings_stays_until_the_first_line() {
    let Stage { room, screen, clock, folder, house, last } = room(Keymap::default());
    let room = room.with_notices(&["c.toml:1: something \u{1b}[2J".to_owned()]);
    let mut stage = Stage { room, screen, clock, folder, house, last };
    stage.shows("! c.toml:1: something ␛[2J");
    stage.types("half a line").shows("! c.toml:1");
    stage.key(KeyCode::Enter).hides("c.toml");
}

/// A call with a settings file of this text, and nothing in the environment that wins over it.
fn with_file(house: &House, text: &str, args: &[&str]) -> Output {
    fs::write(house.path().join("c.toml"), text).unwrap();
    let args = [&["--config", "c.toml"], args].concat();
    house.command(&args).env_remove("WARROOM_NAME").env_remove("TZ").output().unwrap()
}

#[test]
fn what_holds_is_told_with_where_it_comes_from() {
    let house = House::new();
    let row = |out: &str, name: &str| {
        let found = out.lines().find(|row| row.split_whitespace().next() == Some(name));
        found
            .unwrap_or_else(|| panic!("{name} is not in {out}"))
            .split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let out = house.done(&["config"]);
    let home = house.path().display();
    assert_eq!(row(&out, "file"), format!("{home}/.config/warroom/config.toml default, not there"));
    assert_eq!(row(&out, "incidents"), format!("{home}/data/incidents environment, WARROOM_DATA_DIR"));
    assert_eq!(row(&out, "name"), "alice environment, WARROOM_NAME");
    assert_eq!(row(&out, "zone"), "UTC environment, TZ");
    assert_eq!(row(&out, "clock"), "24h default");
    assert_eq!(row(&out, "keys"), "as they come default");
    let text = "name = \"zoe\"\nclock = \"12h\"\nzone = \"PDT\"\ncolours = \"16\"\n[keys.timeline]\nstar = \"*\"\nedit = []\n";
    let output = with_file(&house, text, &["config"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), err.as_str()), (Some(0), ""));
    assert_eq!(row(&out, "file"), "c.toml flag, --config");
    assert_eq!(row(&out, "name"), "zoe file, line 1");
    assert_eq!(row(&out, "clock"), "12h file, line 2");
    assert_eq!(row(&out, "zone"), "PDT file, line 3");
    assert_eq!(row(&out, "theme"), "dark default");
    assert_eq!(row(&out, "colours"), "16 file, line 4");
    assert_eq!(row(&out, "keys.timeline.star"), "* file, line 6");
    assert_eq!(row(&out, "keys.timeline.edit"), "none file, line 7");
    let (out, _) = texts(&with_file(&house, text, &["config", "--as", "kim", "--data-dir", "there"]));
    assert_eq!(row(&out, "name"), "kim flag, --as");
    assert_eq!(row(&out, "incidents"), format!("{home}/there/incidents flag, --data-dir"));
    // Where not even the environment tells: the name of whose process it is.
    let login = Command::new("id").arg("-un").output().unwrap();
    let (out, _) = texts(&with_file(&house, "", &["config"]));
    assert_eq!(row(&out, "name"), format!("{} the system", texts(&login).0.trim()));
    assert_eq!(texts(&with_file(&house, "", &["config", "--path"])).0, "c.toml\n");
    let mut command = house.command(&["config", "--path"]);
    let named = command.env("WARROOM_CONFIG", "/elsewhere/w.toml").output().unwrap();
    assert_eq!(texts(&named).0, "/elsewhere/w.toml\n");
}

#[test]
fn a_settings_file_that_makes_no_sense_keeps_nobody_from_working() {
    let house = House::new();
    let wrong = "nam = \"zoe\"\nclock = \"12h\"\n[keys.timeline]\nstrike = \"x\"\nedit = \"x\"\n";
    let both = [
        "c.toml:1: no setting is called \"nam\"; did you mean name?\n",
        "c.toml:5: in the timeline \"x\" is both strike and edit; strike keeps it\n",
    ];
    let output = with_file(&house, wrong, &["config"]);
    assert_eq!((output.status.code(), texts(&output).1), (Some(1), both.concat()));
    let only_keys = with_file(&house, "[keys.timeline]\nstrike = \"hyper-x\"", &["config"]);
    assert_eq!(only_keys.status.code(), Some(1));
    // Other calls do what they are asked; of keys only a room has to tell.
    let output = with_file(&house, wrong, &["new", "Slow", "--detach"]);
    assert_eq!((output.status.code(), texts(&output).1.as_str()), (Some(0), both[0]));
    assert_eq!(house.json()["clock"], "12h", "the rest of the file counts");
    let torn = "clock = \"12h\"\nname = \n";
    let output = with_file(&house, torn, &["say", "hello"]);
    let (_, err) = texts(&output);
    assert!(output.status.success() && err.starts_with("c.toml:2:"), "{err}");
    assert!(err.contains("column 8: this is no TOML") && err.contains("counts for nothing"), "{err}");
    assert_eq!(with_file(&house, torn, &["config"]).status.code(), Some(1));
    // A file that was named and is not there, that is no file, or no text.
    fs::write(house.path().join("bytes.toml"), [b'#', 0xff]).unwrap();
    fs::write(house.path().join("long.toml"), "#".repeat(2 << 20)).unwrap();
    for (name, why) in [
        ("missing.toml", "No such file"),
        (".", "Is a directory"),
        ("bytes.toml", "no text in UTF-8"),
        ("long.toml", "too long"),
        ("/dev/zero", "too long"),
    ] {
        let output = house.run(&["list", "--config", name]);
        let (out, err) = texts(&output);
        assert!(output.status.success() && out.contains("Slow"), "{name}: {err}");
        assert!(
            err.contains(&format!("the settings file {name} cannot be read")) && err.contains(why),
            "{err}"
        );
        assert_eq!(house.run(&["config", "--config", name]).status.code(), Some(1));
    }
    // Where nobody has written one yet there is nothing to tell.
    assert_eq!(texts(&house.run(&["list"])).1, "");
}

#[test]
fn a_room_opens_whatever_the_settings_say_and_tells_it_until_the_first_line() {
    let house = House::new();
    house.done(&["new", "Slow", "--detach"]);
    let write = |text: &str| fs::write(house.path().join("c.toml"), text).unwrap();
    write("clock = 24\n[keys.anywhere]\nquit = \"f10\"\n[keys.timeline]\nstrik = \"x\"\n");
    let mut room = Terminal::start(&house, &["open", "--config", "c.toml"], (120, 30));
    room.shows("! c.toml:1: clock has to be a text in quotes, and is a number; it counts for nothing");
    room.shows("! c.toml:5: no key in the timeline is called \"strik\"; did you mean strike?");
    room.shows("F10 quit");
    room.logs("hello", 1);
    assert!(!room.text().contains("c.toml"), "{}", room.text());
    room.types("\u{1b}[21~");
    assert_eq!(room.ends().exit_code(), 0);
    // So many that not all have a row.
    write("a = 1\nb = 1\nc = 1\nd = 1\ne = 1\n");
    let mut room = Terminal::start(&house, &["open", "--config", "c.toml"], (120, 30));
    room.shows("c.toml:2: no setting is called \"b\"");
    room.shows("! 3 more in the settings: `warroom config` says all");
    room.types(QUIT);
    room.ends();
    house.done(&["say", "/resolved"]);
    write("= nothing\n");
    let mut list = Terminal::start(&house, &["--config", "c.toml"], (120, 30));
    list.shows("✗ c.toml:1: column 1: this is no TOML");
    list.types("Slower\r");
    list.shows("● saved 0");
    list.shows("! c.toml:1: column 1: this is no TOML");
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
}

#[test]
fn what_a_file_holds_never_acts_on_the_terminal() {
    let house = House::new();
    let text = "\"a\\u001b[2J\" = 1\nname = \"\\u001b]52;c;aGk=\\u0007\"\ntheme = \"\\u202edark\"\n\
                [keys.\"p\\u001b[H\"]\nx = \"x\"\n[keys.timeline]\nedit = \"\\u001b\"\n";
    let output = with_file(&house, text, &["config"]);
    let (out, err) = texts(&output);
    assert_eq!(err.lines().count(), 4, "{err}");
    for text in [out, err] {
        assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{text:?}");
    }
}

fn any_rows() -> impl Strategy<Value = Vec<KeyRow>> {
    let words = [
        "ctrl-q", "enter", "esc", "tab", "f1", "f9", "ctrl-k", "ctrl-x", "alt-x", "x", "e", "up", "nonsense",
    ];
    let keys = proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..4);
    // What nobody can do without as often as all others together.
    let vital = BINDINGS.iter().filter(|b| ["quit", "commit", "to-prompt", "close"].contains(&b.name));
    let vital: Vec<_> = vital.collect();
    let binding = prop_oneof![
        proptest::sample::select(vital),
        proptest::sample::select(BINDINGS.iter().collect::<Vec<_>>()),
    ];
    let written = |text: &str, line| Written { text: text.to_owned(), line };
    proptest::collection::vec((binding, keys), 0..12).prop_map(move |rows| {
        let rows = rows.into_iter().enumerate().map(|(line, (binding, keys))| KeyRow {
            place: written(binding.place.name(), line),
            name: written(binding.name, line),
            keys: keys.into_iter().map(|key| written(key, line)).collect(),
        });
        rows.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn no_settings_lock_anybody_out_or_swallow_a_character(rows in any_rows()) {
        let (keys, complaints) = Keymap::of(&rows);
        let defaults = Keymap::default();
        for places in stack::ALL {
            for act in [Act::Quit, Act::Commit, Act::ToPrompt, Act::Close] {
                let needed = defaults.key(act, places).is_some();
                prop_assert!(!needed || keys.key(act, places).is_some(), "{act:?} {places:?} {complaints:?}");
            }
        }
        for c in ['x', 'e'] {
            let typed = KeyCode::Char(c).into();
            prop_assert_eq!(keys.act(typed, stack::CHOICES), None);
            prop_assert_eq!(keys.act(typed, stack::LIST), None);
        }
    }
}
