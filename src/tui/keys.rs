//! Keys: read in a thread of their own, which lets go of the terminal when another program is to have it.

use std::fs::File;
use std::io::{self, IsTerminal as _, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::mpsc;
use std::time::Duration;

use crossterm::event::{self, Event};
use filedescriptor::{Error, POLLIN, poll, pollfd};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long crossterm is asked whether more has come. Not zero: it then would not look at all.
const MORE: Duration = Duration::from_millis(1);

/// What the terminal reports. The thread waits by itself and asks crossterm only when there is something to read: crossterm
/// cannot be called off, and where a terminal is hung up its reader spins without ever returning.
pub(super) struct Keys {
    events: UnboundedReceiver<Event>,
    call_off: PipeWriter,
    called_off: mpsc::Receiver<()>,
    go_on: mpsc::Sender<()>,
}

/// The thread's side.
struct Reader {
    terminal: Terminal,
    events: UnboundedSender<Event>,
    call_off: PipeReader,
    called_off: mpsc::Sender<()>,
    go_on: mpsc::Receiver<()>,
}

/// The terminal that crossterm reads: standard input, or what controls the process where that is something else.
enum Terminal {
    Input(io::Stdin),
    Controlling(OwnedFd),
}

impl Keys {
    /// Begins to read.
    ///
    /// # Errors
    /// Where there is no terminal, or no thread or pipe to be had.
    pub(super) fn read() -> io::Result<Self> {
        let terminal = if io::stdin().is_terminal() {
            Terminal::Input(io::stdin())
        } else {
            Terminal::Controlling(File::open("/dev/tty")?.into())
        };
        let (sender, events) = unbounded_channel();
        let (off_reader, call_off) = io::pipe()?;
        let (off_sender, called_off) = mpsc::channel();
        let (go_on, on_receiver) = mpsc::channel();
        let reader = Reader {
            terminal,
            events: sender,
            call_off: off_reader,
            called_off: off_sender,
            go_on: on_receiver,
        };
        std::thread::Builder::new().name("keys".into()).spawn(move || reader.run())?;
        Ok(Self { events, call_off, called_off, go_on })
    }

    /// The next event; none once the terminal is lost.
    pub(super) async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// An event that has come already.
    pub(super) fn waiting(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Lets go of the terminal: when this returns, nothing more is read from it. A thread that has ended reads nothing.
    pub(super) fn let_go(&mut self) {
        if self.call_off.write_all(b".").is_ok() {
            let _ = self.called_off.recv();
        }
    }

    /// Reads on.
    pub(super) fn go_on(&self) {
        // A thread that has ended is noticed with the next event.
        let _ = self.go_on.send(());
    }
}

impl Reader {
    fn run(mut self) {
        loop {
            let waiting = |fd| pollfd { fd, events: POLLIN, revents: 0 };
            let mut fds = [waiting(self.terminal.as_raw_fd()), waiting(self.call_off.as_raw_fd())];
            match poll(&mut fds, None) {
                Ok(_) => {}
                Err(Error::Poll(error) | Error::Io(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
            let [terminal, call_off] = fds;
            if call_off.revents != 0 {
                let told = self.call_off.read_exact(&mut [0]).is_ok() && self.called_off.send(()).is_ok();
                if !told || self.go_on.recv().is_err() {
                    return;
                }
            } else if terminal.revents & POLLIN != 0 {
                while let Ok(true) = event::poll(MORE) {
                    let Ok(event) = event::read() else { return };
                    if self.events.send(event).is_err() {
                        return;
                    }
                }
                if terminal.revents & !POLLIN != 0 {
                    return;
                }
            } else if terminal.revents != 0 {
                return;
            }
        }
    }
}

impl AsRawFd for Terminal {
    fn as_raw_fd(&self) -> i32 {
        match self {
            Self::Input(input) => input.as_raw_fd(),
            Self::Controlling(terminal) => terminal.as_raw_fd(),
        }
    }
}
