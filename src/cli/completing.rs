//! What a shell offers at `Tab`: the program itself answers, and so its completions know the incidents and the hypotheses.

use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::{described, find, templates};
use crate::config::{Config, Flags};
use crate::session;
use crate::text::Raw;

/// The variable by which a shell asks; its value is the shell.
const ASKS: &str = "WARROOM_COMPLETE";

/// Answers a shell that asks what fits here; whether one did.
pub(super) fn answered() -> bool {
    if std::env::var_os(ASKS).is_none() {
        return false;
    }
    // Whatever goes wrong, a person is typing another line just now: nothing is said between its letters.
    let _ = CompleteEnv::with_factory(described).var(ASKS).try_complete(std::env::args_os(), None);
    true
}

/// The lines by which a shell gets to ask.
pub(super) fn registration(shell: &str) -> Vec<u8> {
    let mut lines = Vec::new();
    if let Some(shell) = Shells::builtins().completer(shell) {
        // Writing to memory cannot fail.
        let _ = shell.write_registration(ASKS, "warroom", "warroom", "warroom", &mut lines);
    }
    // As a file that zsh loads at the first `Tab`, it answers that one, too.
    if shell == "zsh" {
        lines.extend(b"\nif [[ ${funcstack[1]} == _warroom ]]; then _clap_dynamic_completer_warroom; fi\n");
    }
    lines
}

/// The ids of all incidents, each with its title.
pub(super) fn incidents() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let Some(archive) = settings().and_then(|config| find::glance(&config).ok()) else {
            return Vec::new();
        };
        let offered = archive.kept().iter().filter(|kept| !kept.is_merged_away());
        let title = |kept: &session::archive::Kept| kept.card.as_ref().ok().map(|card| card.title.clone());
        fitting(offered.map(|kept| (kept.name().to_owned(), title(kept))), typed)
    })
}

/// The subjects of the incident that is meant where none is named.
pub(super) fn subjects() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let folder = settings().and_then(|config| find::unnamed(&config).ok());
        let Some(peeked) = folder.and_then(|likely| session::peek(&likely.folder, None).ok()) else {
            return Vec::new();
        };
        let offered = peeked.incident.hypotheses.iter();
        let offered =
            offered.map(|it| (it.subject.raw().for_term().to_string(), Some(it.status.words().into())));
        fitting(offered, typed)
    })
}

/// The names of templates, each with what it is for.
pub(super) fn templates() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let names = settings().map(|config| templates::names(&config)).unwrap_or_default();
        fitting(names.into_iter().map(|(name, about)| (name, Some(about.into()))), typed)
    })
}

/// The user's settings, as they are without options: those of the line that is being typed are not known here.
fn settings() -> Option<Config> {
    crate::config::load(&Flags::default()).ok()
}

fn fitting(offered: impl Iterator<Item = (String, Option<Raw>)>, typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let fitting = offered.filter(|(value, _)| value.starts_with(&*typed));
    let candidate = |(value, help): (String, Option<Raw>)| {
        CompletionCandidate::new(value).help(help.map(|help| help.for_term().to_string().into()))
    };
    fitting.map(candidate).collect()
}
