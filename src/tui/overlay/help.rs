//! The help: what can be typed, all commands, all keys, all marks.

use ratatui::style::{Modifier, Style};

use super::Overlay;
use super::rows::{KEYS, Rows};
use crate::grammar::table::COMMANDS;
use crate::tui::keymap::{Act, BINDINGS, Binding, Edit, Place};

/// All keys and all commands.
pub(in crate::tui) fn help() -> Overlay {
    let mut rows = Rows::default();
    rows.heading("What you type is logged; Enter sends it");
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
        for binding in BINDINGS.iter().filter(|b| b.place == place) {
            rows.two(binding.keys, binding.help);
        }
    }
    rows.heading("Marks");
    rows.plain("· entry  ? hypothesis  ◆ milestone  » status  ! severity  @ role  ▲ alert  $ command");
    rows.plain(
        "  ★ part of the short story  ✗ struck out  late: logged more than 5 minutes after it happened",
    );
    Overlay::new("Help", rows)
}

/// The keys of the list of incidents.
pub(in crate::tui) fn help_of_list() -> Overlay {
    let mut rows = Rows::default();
    rows.heading("What you type is searched for; Enter starts an incident with that title");
    rows.two("text", "the incidents it could be short for, the likeliest first: title, id and services");
    rows.two("/quit, /help", "leave; this help");
    rows.two("\\text", "a title, whatever it looks like");
    for place in [Place::List, Place::Prompt, Place::Anywhere] {
        rows.heading(&format!("Keys {}", place.words()));
        for binding in BINDINGS.iter().filter(|b| b.place == place && acts_in_list(b)) {
            rows.two(binding.keys, binding.help);
        }
    }
    Overlay::new("Help", rows)
}

/// Whether a key does in the list what its row says.
fn acts_in_list(binding: &Binding) -> bool {
    match binding.place {
        Place::List => true,
        Place::Prompt => matches!(binding.act, Act::Edit(edit) if edit != Edit::Newline),
        _ => matches!(binding.act, Act::Help | Act::Clear | Act::Redraw | Act::Suspend),
    }
}
