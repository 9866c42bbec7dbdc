//! Keys: read in a thread of their own, which lets go of the terminal when another program is to have it.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use super::paste;
use crossterm::event::{self, Event, KeyCode, KeyModifiers};
use rustix::io::ioctl_fionread;
use rustix::process::{Signal, getpid, kill_process};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long the thread may take to let go: where a terminal was hung up it never does.
const LIMIT: Duration = Duration::from_secs(1);

/// How long it is looked whether more has come together with a paste.
const GLANCE: Duration = Duration::from_micros(200);

/// What the terminal reports. It is read in a thread: where a terminal is hung up, crossterm's reader spins without ever
/// returning, and must not take the loop with it.
pub(super) struct Keys {
    events: UnboundedReceiver<Event>,
    called_off: Arc<AtomicBool>,
    let_go: mpsc::Receiver<()>,
    go_on: mpsc::Sender<()>,
}

/// The bytes that were typed before the terminal was taken over. Until then it has made a line feed of every Enter, and
/// they are all that comes first.
struct Ahead(u64);

impl Ahead {
    fn now() -> Self {
        let input = io::stdin();
        Self(if input.is_terminal() { ioctl_fionread(input).unwrap_or(0) } else { 0 })
    }

    /// The event as it was meant.
    fn meant(&mut self, event: Event) -> Event {
        let Event::Key(key) = &event else {
            self.0 = 0;
            return event;
        };
        let is_enter = self.0 > 0 && (key.code, key.modifiers) == (KeyCode::Char('j'), KeyModifiers::CONTROL);
        self.0 = self.0.saturating_sub(match key.code {
            KeyCode::Char(typed) => typed.len_utf8() as u64,
            KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace | KeyCode::Esc => 1,
            // At least: `ESC [ A`.
            _ => 3,
        });
        if is_enter { Event::Key(KeyCode::Enter.into()) } else { event }
    }
}

/// The thread's side.
struct Reader {
    ahead: Ahead,
    events: UnboundedSender<Event>,
    called_off: Arc<AtomicBool>,
    let_go: mpsc::Sender<()>,
    go_on: mpsc::Receiver<()>,
}

impl Keys {
    /// Begins to read.
    ///
    /// # Errors
    /// Where there is no thread to be had.
    pub(super) fn read() -> io::Result<Self> {
        let (sender, events) = unbounded_channel();
        let (let_go_sender, let_go) = mpsc::channel();
        let (go_on, go_on_receiver) = mpsc::channel();
        let called_off = Arc::new(AtomicBool::new(false));
        let reader = Reader {
            ahead: Ahead::now(),
            events: sender,
            called_off: Arc::clone(&called_off),
            let_go: let_go_sender,
            go_on: go_on_receiver,
        };
        std::thread::Builder::new().name("keys".into()).spawn(move || reader.run())?;
        Ok(Self { events, called_off, let_go, go_on })
    }

    /// The next event; none once the terminal is lost.
    pub(super) async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// An event that has come already.
    pub(super) fn waiting(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Lets go of the terminal: when this returns, nothing more is read from it until [`go_on`](Self::go_on).
    pub(super) fn let_go(&mut self) {
        self.called_off.store(true, Ordering::SeqCst);
        // crossterm's reader cannot be called off; but it returns for a resize, and this looks like one. To wait for keys
        // with a time limit instead would not do: it spins through the last millisecond, and may not look at all.
        let _ = kill_process(getpid(), Signal::WINCH);
        let _ = self.let_go.recv_timeout(LIMIT);
    }

    /// Reads on.
    pub(super) fn go_on(&self) {
        self.called_off.store(false, Ordering::SeqCst);
        // A thread that has ended is noticed with the next event.
        let _ = self.go_on.send(());
    }
}

impl Reader {
    fn run(mut self) {
        while let Ok(event) = event::read() {
            let events = match self.ahead.meant(event) {
                Event::Paste(text) => paste::joined(text, at_once()),
                event => vec![event],
            };
            if events.into_iter().any(|event| self.events.send(event).is_err()) {
                return;
            }
            if self.called_off.load(Ordering::SeqCst)
                && (self.let_go.send(()).is_err() || self.go_on.recv().is_err())
            {
                return;
            }
        }
    }
}

/// What has come already. With no time at all the reader would not look.
fn at_once() -> Vec<Event> {
    let mut events = Vec::new();
    while event::poll(GLANCE).is_ok_and(|there| there)
        && let Ok(event) = event::read()
    {
        events.push(event);
    }
    events
}
