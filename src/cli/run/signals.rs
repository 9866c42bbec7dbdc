//! The signals that come while a command runs. None of them ends the recorder: what it does with them, it does later.

use std::fs;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::Signal;
use signal_hook::{flag, low_level};

/// Those that are a person's or a program's wish, for the command and not for what stands before it.
pub(super) const WISHES: [Signal; 6] =
    [Signal::HUP, Signal::INT, Signal::QUIT, Signal::TERM, Signal::USR1, Signal::USR2];

/// Signals that came, to be asked for; the descriptor is readable when there are some.
pub(super) struct Signals {
    wake: UnixStream,
    came: Vec<(Signal, Arc<AtomicBool>)>,
}

impl Signals {
    /// Listens for these. What is ignored here, as after `nohup`, stays so, for the command too.
    pub(super) fn listen(signals: impl IntoIterator<Item = Signal>) -> io::Result<Self> {
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let ignored = ignored();
        let mut came = Vec::new();
        for signal in signals {
            if ignored & bit(signal) != 0 {
                continue;
            }
            let flag = Arc::new(AtomicBool::new(false));
            flag::register(signal.as_raw(), Arc::clone(&flag))?;
            low_level::pipe::register(signal.as_raw(), waker.try_clone()?)?;
            came.push((signal, flag));
        }
        Ok(Self { wake, came })
    }

    /// Those that came since this was asked last.
    pub(super) fn take(&self) -> Vec<Signal> {
        // Emptied first: what comes after this wakes anew.
        let mut bytes = [0; 64];
        while matches!((&self.wake).read(&mut bytes), Ok(1..)) {}
        self.came
            .iter()
            .filter(|(_, flag)| flag.swap(false, Ordering::SeqCst))
            .map(|(signal, _)| *signal)
            .collect()
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

/// The place of a signal in a set of them.
fn bit(signal: Signal) -> u64 {
    1 << (signal.as_raw() - 1)
}

/// The signals that this process was started to ignore; none where the system does not tell (proc(5), `SigIgn`).
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

/// Ends this process as the command ended: by the same signal, so that a shell sees that it was interrupted and ends its
/// loop. Comes back where the signal ends no process.
pub(super) fn end_by(signal: i32) {
    let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    // The command has left its core where it is to be: this process is no part of the fault.
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
    let _ = low_level::emulate_default_handler(signal);
}

/// A signal by its name, `SIGKILL`; by its number where it has none that is known.
pub(super) fn name(signal: i32) -> String {
    low_level::signal_name(signal).map_or_else(|| format!("signal {signal}"), str::to_owned)
}
