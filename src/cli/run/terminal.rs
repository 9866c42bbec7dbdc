//! The terminal of the person, and one of its own for the command: what is typed goes in, what is printed comes out, and
//! nothing in between is changed.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{OFlags, open};
use rustix::process::getpgrp;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    OptionalActions, OutputModes, Termios, isatty, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
    tcsetwinsize,
};

/// How much is read in one go, in bytes.
pub(super) const CHUNK: usize = 16 * 1024;

/// The two ends of a pseudo-terminal.
pub(super) struct Pair {
    /// Ours. It never blocks.
    pub master: File,
    /// The command's.
    pub slave: OwnedFd,
}

/// Makes a terminal like this one: its settings, its size.
pub(super) fn like(screen: &OwnedFd) -> io::Result<Pair> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
    let name = ptsname(&master, Vec::new())?;
    let slave =
        open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, rustix::fs::Mode::empty())?;
    tcsetattr(&slave, OptionalActions::Now, &tcgetattr(screen)?)?;
    fit(&master, screen);
    rustix::io::ioctl_fionbio(&master, true)?;
    Ok(Pair { master: master.into(), slave })
}

/// Leaves what is printed there as it is: the terminal behind it makes of a line feed what it is to be.
pub(super) fn unchanged(slave: &OwnedFd) -> io::Result<()> {
    let mut settings = tcgetattr(slave)?;
    settings.output_modes.remove(OutputModes::OPOST);
    Ok(tcsetattr(slave, OptionalActions::Now, &settings)?)
}

/// Gives the one the size of the other.
pub(super) fn fit(master: impl AsFd, screen: &OwnedFd) {
    // Where there is no size to be had, programs take 80 by 24.
    if let Ok(size) = tcgetwinsize(screen) {
        let _ = tcsetwinsize(master, size);
    }
}

/// Whether this process is the one that has the terminal, as against one that was put into the background.
pub(super) fn is_in_front(terminal: impl AsFd) -> bool {
    tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp())
}

/// The keyboard of the person, on its way to the command.
pub(super) struct Keyboard {
    keys: File,
    to: File,
    /// The settings of the terminal before it was taken over.
    before: Option<Termios>,
    /// What was typed and not taken yet.
    typed: Vec<u8>,
    is_gone: bool,
}

impl Keyboard {
    /// Where the person types: standard input, where that is a terminal, else the terminal that this process belongs to.
    pub(super) fn of_the_person() -> io::Result<File> {
        let input = io::stdin();
        if isatty(&input) {
            return Ok(input.as_fd().try_clone_to_owned()?.into());
        }
        File::open("/dev/tty")
    }

    pub(super) fn new(keys: File, to: File) -> Self {
        Self { keys, to, before: None, typed: Vec::new(), is_gone: false }
    }

    /// Hands every key over as it is: what it means, the command's own terminal knows. Only in front, for one in the
    /// background would be stopped.
    pub(super) fn take_over(&mut self) {
        if self.before.is_some() || !is_in_front(&self.keys) {
            return;
        }
        if let Ok(settings) = tcgetattr(&self.keys) {
            let mut raw = settings.clone();
            raw.make_raw();
            if tcsetattr(&self.keys, OptionalActions::Drain, &raw).is_ok() {
                self.before = Some(settings);
            }
        }
    }

    /// Gives the terminal back as it was.
    pub(super) fn give_back(&mut self) {
        if let Some(settings) = self.before.take() {
            // It may be gone.
            let _ = tcsetattr(&self.keys, OptionalActions::Drain, &settings);
        }
    }

    /// What is listened to, where more may be typed.
    pub(super) fn open(&self) -> Option<&File> {
        (self.before.is_some() && !self.is_gone && self.typed.is_empty()).then_some(&self.keys)
    }

    /// Where what was typed goes, while there is some left.
    pub(super) fn waiting(&self) -> Option<&File> {
        (!self.typed.is_empty()).then_some(&self.to)
    }

    /// Takes what is typed.
    pub(super) fn read(&mut self) {
        let mut bytes = [0; CHUNK];
        match self.keys.read(&mut bytes) {
            Ok(n @ 1..) => {
                self.typed.extend_from_slice(&bytes[..n]);
                self.hand_over();
            }
            Err(error) if is_for_now(&error) => {}
            _ => self.is_gone = true,
        }
    }

    /// Hands on what the command takes of it now.
    pub(super) fn hand_over(&mut self) {
        match self.to.write(&self.typed) {
            Ok(n) => drop(self.typed.drain(..n)),
            Err(error) if is_for_now(&error) => {}
            Err(_) => self.typed.clear(),
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Whether it may work the next time.
pub(super) fn is_for_now(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}
