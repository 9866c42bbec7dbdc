//! Starts a command on streams that can be listened to, so that it does not notice.
//!
//! - Standard output is a terminal: the command gets a terminal of its own in its place, with job control, and what is typed
//!   goes there ([`within`](super::within)).
//! - It is a pipe: the command writes into another one, and stays in this terminal otherwise.
//! - It is a file: it stays the file, for a program may seek in it; what is in it need not be kept.
//! - Standard error beside those is listened to in the same way, where it is a terminal by one that is no more than a screen.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Access, FileType, access, fstat};
use rustix::process::Pid;
use rustix::termios::isatty;

use super::tail::Tail;
use super::terminal::{self, CHUNK, Keyboard, Pair, is_for_now};
use crate::cli::out;

/// The part of standing between `run` and a command that has a terminal of its own.
pub(super) const WITHIN: &str = "run-within";
/// The part of passing on what is still printed when `run` has ended.
pub(super) const REST: &str = "run-rest";

/// A command that was not started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotStarted {
    /// The status that shells give it (POSIX, XCU 2.8.2): 127 where there is none of that name, else 126.
    pub status: u8,
    /// Why, in a few words.
    pub why: String,
}

impl From<io::Error> for NotStarted {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self { status: 127, why: "not found".into() },
            io::ErrorKind::PermissionDenied => Self { status: 126, why: "not executable".into() },
            _ => Self { status: 126, why: error.to_string() },
        }
    }
}

/// A stream of the command on its way to where it would go by itself.
pub(super) struct Tap {
    /// From the command. It never blocks.
    pub from: File,
    /// Where it goes.
    pub to: OwnedFd,
    /// Nobody takes it any more, and the command is not to know: a terminal was hung up.
    is_mute: bool,
}

/// What became of a tap when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Something was passed on.
    On,
    /// There is nothing at the moment.
    Dry,
    /// It has ended, at either side.
    Over,
}

impl Tap {
    fn new(from: impl Into<OwnedFd>, to: OwnedFd) -> io::Result<Self> {
        let from = from.into();
        rustix::io::ioctl_fionbio(&from, true)?;
        Ok(Self { from: from.into(), to, is_mute: false })
    }

    /// Passes on what is there, up to a chunk of it.
    pub(super) fn pass(&mut self, tail: &mut Tail) -> Flow {
        let mut bytes = [0; CHUNK];
        match self.from.read(&mut bytes) {
            Ok(n @ 1..) => {
                tail.take(&bytes[..n]);
                self.write(&bytes[..n])
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Flow::Dry,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Flow::On,
            _ => Flow::Over,
        }
    }

    fn write(&mut self, mut bytes: &[u8]) -> Flow {
        while !bytes.is_empty() && !self.is_mute {
            match rustix::io::write(&self.to, bytes).map_err(io::Error::from) {
                Ok(n) => bytes = &bytes[n..],
                Err(error) if is_for_now(&error) => {
                    // Somebody else made it one that does not wait.
                    let _ = poll(&mut [PollFd::new(&self.to, PollFlags::OUT)], None);
                }
                // The command learns it when it writes next, as it would by itself.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Flow::Over,
                Err(_) => self.is_mute = true,
            }
        }
        Flow::On
    }
}

/// A command that runs.
pub(super) struct Running {
    /// The command, or what holds its terminal for it.
    pub child: Pid,
    /// What is listened to.
    pub taps: Vec<Tap>,
    /// What is typed, where the command has a terminal of its own.
    pub keyboard: Option<Keyboard>,
    /// Terminals that are to have the size of a real one.
    pub screens: Vec<(File, OwnedFd)>,
}

/// Starts a command; `listens` says whether what it prints is wanted at all.
pub(super) fn start(words: &[OsString], listens: bool) -> Result<Running, NotStarted> {
    found(words)?;
    // Without a terminal or a pipe to spare it runs all the same, and nothing of it is kept.
    if let Some(running) = listens.then(|| listened_to(words)).transpose().unwrap_or_default() {
        return Ok(running);
    }
    let child = spawned(words, |_| Ok(()))?;
    Ok(Running { child, taps: Vec::new(), keyboard: None, screens: Vec::new() })
}

/// Starts it so that it can be listened to.
fn listened_to(words: &[OsString]) -> io::Result<Running> {
    let [output, errors] = out::handles()?;
    if isatty(&output)
        && let Ok(keys) = Keyboard::of_the_person()
    {
        return in_terminal(words, output, errors, keys);
    }
    let (mut taps, mut screens) = (Vec::new(), Vec::new());
    let (mut to_output, mut to_errors) = (None::<OwnedFd>, None::<OwnedFd>);
    if is_pipe(&output) {
        let (reader, writer) = io::pipe()?;
        if is_same(&output, &errors) {
            to_errors = Some(OwnedFd::from(writer.try_clone()?));
        }
        to_output = Some(OwnedFd::from(writer));
        taps.push(Tap::new(reader, output)?);
    }
    if isatty(&errors) {
        let Pair { master, slave } = terminal::like(&errors)?;
        terminal::unchanged(&slave)?;
        screens.push((master.try_clone()?, errors.try_clone()?));
        taps.push(Tap::new(master, errors)?);
        to_errors = Some(slave);
    } else if to_errors.is_none() && is_pipe(&errors) {
        let (reader, writer) = io::pipe()?;
        taps.push(Tap::new(reader, errors)?);
        to_errors = Some(writer.into());
    }
    let child = spawned(words, |command| {
        if let Some(to) = &to_output {
            command.stdout(to.try_clone()?);
        }
        if let Some(to) = &to_errors {
            command.stderr(to.try_clone()?);
        }
        Ok(())
    })?;
    Ok(Running { child, taps, keyboard: None, screens })
}

/// Starts it in a terminal of its own.
fn in_terminal(words: &[OsString], output: OwnedFd, errors: OwnedFd, keys: File) -> io::Result<Running> {
    let Pair { master, slave } = terminal::like(&output)?;
    let mut command = own_program(WITHIN);
    command.args(words).stdout(slave.try_clone()?);
    if isatty(io::stdin()) {
        command.stdin(slave.try_clone()?);
    }
    let mut taps = Vec::new();
    if isatty(&errors) {
        command.stderr(slave);
    } else if is_pipe(&errors) {
        let (reader, writer) = io::pipe()?;
        taps.push(Tap::new(reader, errors)?);
        command.stderr(writer);
    }
    let child = pid(&command.spawn()?);
    // It holds the command's end of the terminal: closed, the other end tells when the last program has let go.
    drop(command);
    let screens = vec![(master.try_clone()?, output.try_clone()?)];
    let keyboard = Some(Keyboard::new(keys, master.try_clone()?));
    taps.push(Tap::new(master, output)?);
    Ok(Running { child, taps, keyboard, screens })
}

/// This program, for one of the parts that it plays beside itself.
pub(super) fn own_program(part: &str) -> Command {
    let own = Path::new("/proc/self/exe");
    let path = if own.exists() { own.to_owned() } else { std::env::current_exe().unwrap_or_default() };
    let mut command = Command::new(path);
    command.arg0("warroom").arg(part);
    command
}

/// Starts the program that the words name. A script that does not say by what it is run is run by `sh`, as shells do
/// (POSIX, XCU 2.9.1.4).
pub(super) fn spawned(
    words: &[OsString],
    prepare: impl Fn(&mut Command) -> io::Result<()>,
) -> io::Result<Pid> {
    let [name, rest @ ..] = words else { return Err(io::ErrorKind::NotFound.into()) };
    let mut command = Command::new(name);
    prepare(command.args(rest))?;
    let started = match command.spawn() {
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::NOEXEC.raw_os_error()) => {
            let path = found(words).unwrap_or_else(|_| name.into());
            let mut shell = Command::new("/bin/sh");
            prepare(shell.arg(path).args(rest))?;
            shell.spawn()
        }
        started => started,
    };
    started.map(|child| pid(&child))
}

fn pid(child: &std::process::Child) -> Pid {
    Pid::from_child(child)
}

/// The program that the first word names, as a shell finds it.
fn found(words: &[OsString]) -> Result<PathBuf, NotStarted> {
    let name = words.first().map(PathBuf::from).unwrap_or_default();
    let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let has_folder = name.as_os_str().as_encoded_bytes().contains(&b'/');
    let places: Vec<PathBuf> = if has_folder {
        vec![name]
    } else {
        std::env::split_paths(&path).map(|folder| folder.join(&name)).collect()
    };
    let there: Vec<&PathBuf> = places.iter().filter(|place| place.exists()).collect();
    let runs = |place: &&&PathBuf| place.is_file() && access(place.as_path(), Access::EXEC_OK).is_ok();
    match there.iter().find(runs) {
        Some(place) => Ok((*place).clone()),
        None if there.is_empty() => Err(io::Error::from(io::ErrorKind::NotFound).into()),
        None => Err(io::Error::from(io::ErrorKind::PermissionDenied).into()),
    }
}

fn is_pipe(stream: &OwnedFd) -> bool {
    let kind = fstat(stream).map(|stat| FileType::from_raw_mode(stat.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::Socket))
}

fn is_same(one: &OwnedFd, other: &OwnedFd) -> bool {
    let identity = |stream: &OwnedFd| fstat(stream.as_fd()).map(|stat| (stat.st_dev, stat.st_ino));
    identity(one).is_ok_and(|one| identity(other) == Ok(one))
}

/// Leaves what programs go on printing that the command has left behind to a process of its own: this one is to end with the
/// command, and they are to notice nothing.
pub(super) fn leave(tap: Tap) {
    let mut rest = own_program(REST);
    rest.process_group(0).stdin(tap.from).stdout(tap.to).stderr(Stdio::null());
    // Where that cannot be started, they print to nobody.
    let _ = rest.spawn();
}

/// Hands on what is read from standard input until it ends, whoever writes there.
pub(super) fn pass_on() -> io::Result<()> {
    let input = io::stdin();
    rustix::io::ioctl_fionbio(&input, false)?;
    let [output, _] = out::handles()?;
    let (mut from, mut to) = (File::from(input.as_fd().try_clone_to_owned()?), File::from(output));
    let mut bytes = [0; CHUNK];
    while let Ok(n @ 1..) = from.read(&mut bytes) {
        to.write_all(&bytes[..n])?;
    }
    Ok(())
}
