//! Stands between `run` and the command where that has a terminal of its own, as a shell would: it leads
//! the session of that terminal, the command is the one in front, and can be suspended. What became of the command becomes
//! of it: it stands still, exits or is ended by the same signal.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;

use nix::sys::signal::{SigSet, Signal as Held};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{
    Pid, Signal, getpgrp, ioctl_tiocsctty, kill_process, kill_process_group, setsid, test_kill_process_group,
};
use rustix::termios::{tcgetpgrp, tcsetpgrp};

use super::attend::{Ended, Told, told};
use super::signals::{Signals, WISHES, end_by};
use super::start::{NotStarted, spawned};
use crate::cli::out;
use crate::text::Raw;

/// Runs it; the exit status.
pub(super) fn run(words: &[OsString]) -> u8 {
    match ran(words) {
        Ok(Ended::Exit(status)) => status,
        Ok(Ended::Signal(signal)) => {
            end_by(signal);
            128_u8.saturating_add(u8::try_from(signal).unwrap_or_default())
        }
        Err(error) => {
            let NotStarted { status, why } = error.into();
            let name = words.first().map(|name| Raw::new(name.to_string_lossy()).for_term());
            out::aside(&format!("warroom: {}: {why}", name.map(|name| name.to_string()).unwrap_or_default()));
            status
        }
    }
}

fn ran(words: &[OsString]) -> io::Result<Ended> {
    // Standard output is the terminal: without one there, `run` would not have asked for this.
    let [terminal, _] = out::handles()?;
    setsid()?;
    ioctl_tiocsctty(&terminal)?;
    let signals = Signals::listen(WISHES.into_iter().chain([Signal::CHILD]))?;
    let command = spawned(words, |command| {
        command.process_group(0);
        Ok(())
    })?;
    let group = command;
    let to_the_front = || {
        // Where it has ended already, nobody has to be in front.
        let _ = tcsetpgrp(&terminal, group);
    };
    to_the_front();
    let ended = loop {
        match told(command) {
            Told::Ended(ended) => break ended,
            Told::Stopped(signal) => {
                let is_too_early = [Signal::TTIN, Signal::TTOU].iter().any(|early| early.as_raw() == signal);
                match tcgetpgrp(&terminal).ok() {
                    // It was so quick that it was not in front yet.
                    Some(front) if is_too_early && (front == group || is_left(front)) => to_the_front(),
                    // `run` sees it, and wakes this process with the command.
                    _ => drop(signal_hook::low_level::raise(Signal::STOP.as_raw())),
                }
                // It may have ended meanwhile, here and below.
                let _ = kill_process_group(group, Signal::CONT);
            }
            Told::Nothing => {
                let _ = poll(&mut [PollFd::new(&signals, PollFlags::IN)], None);
                for wish in signals.take().into_iter().filter(|signal| WISHES.contains(signal)) {
                    let _ = match wish {
                        // The terminal is gone: a shell tells all that it has started.
                        Signal::HUP => kill_process_group(group, wish),
                        _ => kill_process(command, wish),
                    };
                }
            }
        }
    };
    // Whoever is in front when the leader of a session goes is hung up; what a script has left in the background is not to be.
    let mut held = SigSet::empty();
    held.add(Held::SIGTTOU);
    if held.thread_block().is_ok() {
        let _ = tcsetpgrp(&terminal, getpgrp());
    }
    Ok(ended)
}

/// Whether there is nobody in a group but this process.
fn is_left(group: Pid) -> bool {
    group == getpgrp() || test_kill_process_group(group).is_err()
}
