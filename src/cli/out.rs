//! The one place that prints. What is printed here is safe for a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::process::ExitCode;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::failure::Failure;
use crate::text::Raw;

/// Prints a result. A reader that has gone away ends the program quietly, as `head` expects.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(
            format!("cannot write to standard output: {error}"),
            "nothing was lost; try again",
        )),
        _ => Ok(()),
    }
}

/// Prints a line of a result that goes on, at once; whether anybody reads it still.
pub(super) fn line(text: &str) -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(
            format!("cannot write to standard output: {error}"),
            "nothing was lost; try again",
        )),
    }
}

/// Waits so long, or until nobody reads the result any more; whether somebody still does. A signal ends waiting.
pub(super) fn is_read(wait: Duration) -> bool {
    let out = io::stdout();
    // Nothing is asked for: that the other end is gone is always told.
    let mut looked = [PollFd::new(&out, PollFlags::empty())];
    let limit = Timespec { tv_sec: 0, tv_nsec: i64::from(wait.subsec_nanos()) };
    match poll(&mut looked, Some(&limit)) {
        Ok(n) if n > 0 => !looked[0].revents().intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL),
        _ => true,
    }
}

/// Says something beside the result.
pub(super) fn aside(text: &str) {
    let mut err = io::stderr().lock();
    for line in Raw::new(text).for_term_lines() {
        // Where nobody can be told, nothing is left to do.
        let _ = writeln!(err, "{line}");
    }
}

/// A handle of their own on standard output and standard error, for what another program prints there.
pub(super) fn handles() -> io::Result<[OwnedFd; 2]> {
    Ok([io::stdout().as_fd().try_clone_to_owned()?, io::stderr().as_fd().try_clone_to_owned()?])
}

/// Whether a person looks at standard output.
pub(super) fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// The text, which is safe, in bold where a person looks and wants that.
pub(super) fn bold(text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    if plain || !shows_a_room() {
        return text.to_owned();
    }
    let bold = anstyle::Style::new().bold();
    format!("{bold}{text}{bold:#}")
}

/// Whether a room can be shown there: a terminal that says of itself that it is dumb takes no text to a place.
pub(super) fn shows_a_room() -> bool {
    is_watched() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Says why the program ends without having done what it was asked.
pub(super) fn failure(failure: &Failure) -> ExitCode {
    aside(&format!("Error: {}", failure.message));
    if let Some(hint) = &failure.hint {
        aside(&format!("Hint: {hint}"));
    }
    ExitCode::from(failure.code)
}

/// Says what is wrong with the call; help and version are no errors.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // It names what was typed as it is.
        aside(error.render().to_string().trim_end());
    } else {
        // Where nobody can be told, nothing is left to do.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// A panic is said in one line, without a backtrace.
pub(super) fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or(String::new(), |at| format!(" ({}:{})", at.file(), at.line()));
        aside(&format!("Error: this is a fault in warroom{place}. What was shown as saved is on disk."));
        aside(
            "Hint: open the incident again with `warroom open`; please report the fault with the line above",
        );
    }));
}
