//! The help: what can be typed, all commands, all keys, all marks.

use ratatui::style::{Modifier, Style};

use super::Overlay;
use super::rows::{KEYS, Rows};
use crate::grammar::table::COMMANDS;
use crate::tui::keymap::{Act, Keymap, Place, stack};

/// All keys and all commands.
pub(in crate::tui) fn help(keys: &Keymap) -> Overlay {
    let mut rows = Rows::default();
    let commit = keys.hint(&[Act::Commit], "sends it", stack::PROMPT).unwrap_or_default();
    rows.heading(&format!("What you type is logged; {commit}"));
    rows.two("text", "an entry, now; #tag and @person are found in it");
    rows.two(
        "10:42 text",
        "an entry at that time; -5m, 3:15pm PDT, yesterday 23:50, ~10:40, 10:40..10:55 work, too",
    );
    rows.two("?database: why", "raises a hypothesis");
    rows.two("+ text @bob", "adds an action");
    rows.two("/command", "one of those below");
    rows.two("\\text", "an entry, whatever it looks like");
    rows.heading("Commands");
    for command in COMMANDS {
        let short = command.short.map(|short| format!("  (short: {short})")).unwrap_or_default();
        rows.two(&format!("/{}", command.name), &format!("{}{short}", command.help));
        if !command.arguments.is_empty() {
            rows.push("", command.arguments, Style::new().add_modifier(Modifier::DIM), KEYS);
        }
    }
    for place in Place::ALL {
        rows.heading(&format!("Keys {}", place.words()));
        for row in keys.acting(place) {
            rows.two(&row.keys(), row.binding.help);
        }
    }
    rows.heading("Marks");
    rows.plain("· entry  ? hypothesis  ◆ milestone  » status  ! severity  @ role  ▲ alert  $ command");
    rows.plain(
        "  ★ part of the short story  ✗ struck out  late: logged more than 5 minutes after it happened",
    );
    rows.heading("On several hosts");
    rows.two("⇅ shared", "the server has all that is saved here; warroom share, warroom join");
    rows.two("⇅ 3 to go", "so many changes have not reached it; they are on this disk, and go by themselves");
    rows.two("≠", "two set the same and neither knew of the other; /doubts walks through it");
    Overlay::new("Help", rows)
}

/// The keys of the list of incidents.
pub(in crate::tui) fn help_of_list(keys: &Keymap) -> Overlay {
    let mut rows = Rows::default();
    let commit = keys.hint(&[Act::Commit], "starts an incident with that title", stack::LIST);
    rows.heading(&format!("What you type is searched for; {}", commit.unwrap_or_default()));
    rows.two("text", "the incidents it could be short for, the likeliest first: title, id and services");
    rows.two("/quit, /help", "leave; this help");
    rows.two("\\text", "a title, whatever it looks like");
    for place in [Place::List, Place::Prompt, Place::Anywhere] {
        rows.heading(&format!("Keys {}", place.words()));
        let acting = keys.acting(place).filter(|row| row.binding.acts_in_list());
        for row in acting {
            rows.two(&row.keys(), row.binding.help);
        }
    }
    Overlay::new("Help", rows)
}
