//! Attends a command until it ends: passes on what it prints, what is typed and what is wished of it.

use std::fs::File;
use std::io;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, kill_current_process_group, kill_process, waitpid,
};

use super::signals::{Signals, WISHES};
use super::start::{Flow, Running, leave};
use super::tail::Tail;
use super::terminal;

/// What is still read of a command that has ended, in chunks: all that a pipe holds, and no more of what others print that it
/// has left behind.
const LAST: usize = 64;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// By itself, with this status.
    Exit(u8),
    /// By this signal.
    Signal(i32),
}

/// What `waitpid` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It goes on.
    Nothing,
    /// It stands still, by this signal.
    Stopped(i32),
    /// It has ended.
    Ended(Ended),
}

/// Asks what became of a child.
pub(super) fn told(child: Pid) -> Told {
    let status = match waitpid(Some(child), WaitOptions::NOHANG | WaitOptions::UNTRACED) {
        Ok(status) => status.map(|(_, status)| status),
        Err(rustix::io::Errno::INTR) => None,
        // Nobody can tell any more how it ended.
        Err(_) => return Told::Ended(Ended::Exit(u8::MAX)),
    };
    status.map_or(Told::Nothing, read)
}

fn read(status: WaitStatus) -> Told {
    if let Some(signal) = status.stopping_signal() {
        return Told::Stopped(signal);
    }
    if let Some(signal) = status.terminating_signal() {
        return Told::Ended(Ended::Signal(signal));
    }
    let exit = status.exit_status().and_then(|status| u8::try_from(status).ok());
    exit.map_or(Told::Nothing, |exit| Told::Ended(Ended::Exit(exit)))
}

/// The signals that have to be listened for before the command is started.
pub(super) fn signals() -> io::Result<Signals> {
    Signals::listen(WISHES.into_iter().chain([Signal::CHILD, Signal::CONT, Signal::WINCH]))
}

/// Attends a command until it ends.
pub(super) fn attend(mut running: Running, signals: &Signals, tail: &mut Tail) -> Ended {
    if let Some(keyboard) = &mut running.keyboard {
        keyboard.take_over();
    }
    let mut attended = Attended { running, terminal: File::open("/dev/tty").ok() };
    let ended = loop {
        // Asked first: it may have ended before anybody listened.
        if let Some(ended) = attended.look() {
            break ended;
        }
        attended.wait(signals, tail);
        signals.take().into_iter().for_each(|signal| attended.heed(signal));
    };
    attended.ended(tail);
    if let Some(keyboard) = &mut attended.running.keyboard {
        keyboard.give_back();
        attended.tell_the_others(ended);
    }
    ended
}

struct Attended {
    running: Running,
    /// The terminal that this process belongs to, where there is one.
    terminal: Option<File>,
}

impl Attended {
    /// Whether it has ended, and how.
    fn look(&mut self) -> Option<Ended> {
        match told(self.running.child) {
            Told::Ended(ended) => Some(ended),
            Told::Stopped(_) => {
                self.stand_still();
                self.look()
            }
            Told::Nothing => None,
        }
    }

    /// Waits for what comes next, and passes on what there is.
    fn wait(&mut self, signals: &Signals, tail: &mut Tail) {
        let Running { taps, keyboard, .. } = &mut self.running;
        let mut polled = vec![PollFd::new(signals, PollFlags::IN)];
        polled.extend(taps.iter().map(|tap| PollFd::new(&tap.from, PollFlags::IN)));
        let (keys, waiting) =
            keyboard.as_ref().map_or((None, None), |keyboard| (keyboard.open(), keyboard.waiting()));
        polled.extend(keys.map(|keys| PollFd::new(keys, PollFlags::IN)));
        polled.extend(waiting.map(|to| PollFd::new(to, PollFlags::OUT)));
        if poll(&mut polled, None).is_err() {
            return;
        }
        let is_ready: Vec<bool> = polled.iter().map(|fd| !fd.revents().is_empty()).collect();
        let (listens, sends) = (keys.is_some(), waiting.is_some());
        drop(polled);
        if let (Some(keyboard), Some(true)) = (keyboard, is_ready.get(1 + taps.len())) {
            if listens {
                keyboard.read();
            } else if sends {
                keyboard.hand_over();
            }
        }
        let mut nth = 0;
        taps.retain_mut(|tap| {
            nth += 1;
            !is_ready[nth] || tap.pass(tail) != Flow::Over
        });
    }

    /// Does what a signal asks for.
    fn heed(&mut self, signal: Signal) {
        let in_own_terminal = self.running.keyboard.is_some();
        match signal {
            Signal::CHILD => {}
            Signal::CONT => self.go_on(),
            Signal::WINCH => {
                self.running.screens.iter().for_each(|(master, screen)| terminal::fit(master, screen));
                if !in_own_terminal && !self.running.screens.is_empty() {
                    // It was told before the size had changed.
                    self.pass(signal);
                }
            }
            // From the keyboard: the command has got it as well.
            Signal::INT | Signal::QUIT if !in_own_terminal && self.is_in_front() => {}
            wish => self.pass(wish),
        }
    }

    fn pass(&self, signal: Signal) {
        // It may have ended meanwhile.
        let _ = kill_process(self.running.child, signal);
    }

    fn is_in_front(&self) -> bool {
        self.terminal.as_ref().is_some_and(terminal::is_in_front)
    }

    /// The command was suspended: so is this process, with all that the person started in one go, until they bring it back.
    fn stand_still(&mut self) {
        match &mut self.running.keyboard {
            Some(keyboard) => {
                keyboard.give_back();
                // One that nobody can bring back is not stopped by it, and goes on at once.
                let _ = kill_current_process_group(Signal::TSTP);
            }
            None => drop(signal_hook::low_level::raise(Signal::STOP.as_raw())),
        }
        self.go_on();
    }

    fn go_on(&mut self) {
        if let Some(keyboard) = &mut self.running.keyboard {
            keyboard.take_over();
            self.running.screens.iter().for_each(|(master, screen)| terminal::fit(master, screen));
        }
        self.pass(Signal::CONT);
    }

    /// Takes what the command printed last. What others still hold open goes its way without this process.
    fn ended(&mut self, tail: &mut Tail) {
        for mut tap in self.running.taps.drain(..) {
            let mut flow = Flow::On;
            for _ in 0..LAST {
                flow = tap.pass(tail);
                if flow != Flow::On {
                    break;
                }
            }
            if flow != Flow::Over {
                leave(tap);
            }
        }
    }

    /// What was interrupted at the keyboard is so as a whole: the terminal would have told all that was started in one go.
    fn tell_the_others(&self, ended: Ended) {
        let by = |signal: Signal| ended == Ended::Signal(signal.as_raw());
        let signal = [Signal::INT, Signal::QUIT].into_iter().find(|signal| by(*signal));
        if let Some(signal) = signal.filter(|_| self.is_in_front()) {
            let _ = kill_current_process_group(signal);
        }
    }
}
