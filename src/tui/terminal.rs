//! The terminal: taken over, and given back on every way out. Giving back never fails and never prints: the terminal may
//! be gone.

use std::io::{self, IsTerminal as _, Stdout, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use rustix::process::{Signal, getpid, kill_process};
use tokio::sync::Notify;

use crate::store;

/// Buttons, the wheel and drags, with coordinates beyond column 223. Motion without a button is not asked for: it would
/// send a report for every cell the pointer crosses.
const MOUSE_ON: &str = "\u{1b}[?1000h\u{1b}[?1002h\u{1b}[?1006h";

static ENTERED: AtomicBool = AtomicBool::new(false);
static PANICKED: AtomicBool = AtomicBool::new(false);

/// A terminal that shows the room.
pub(super) type Screen = Terminal<CrosstermBackend<Stdout>>;

/// Takes the terminal over.
pub(super) fn enter() -> io::Result<Screen> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let modes = (EnterAlternateScreen, EnableBracketedPaste, Print(MOUSE_ON));
    let entered = crossterm::execute!(io::stdout(), modes.0, modes.1, modes.2)
        .and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
    if entered.is_err() {
        leave();
    }
    entered
}

/// Gives the terminal back, once.
pub(super) fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    // First: whoever sees the screen change may type at once, for the program that has the terminal next.
    let _ = disable_raw_mode();
    let mut out = io::stdout();
    // The terminal may be gone: then there is nothing to give back, and nobody to tell.
    let _ = crossterm::queue!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        SetCursorStyle::DefaultUserShape,
        Show
    );
    let _ = out.flush();
}

/// Stops the program as the terminal's own suspend key does, and takes the terminal over again when it goes on.
pub(super) fn suspend() -> io::Result<Screen> {
    leave();
    stop();
    enter()
}

/// Stands still until the person brings the program back.
pub(super) fn stop() {
    // Not SIGTSTP: the room listens to that itself.
    let _ = kill_process(getpid(), Signal::STOP);
}

/// From now on a panic, of any thread but the writer's, gives the terminal back before its message is printed, and ends the room.
pub(super) fn guard_against_panics(wake: Arc<Notify>) {
    static ONCE: Once = Once::new();
    ONCE.call_once(move || {
        let previous = std::panic::take_hook();
        let to_terminal = io::stderr().is_terminal();
        std::panic::set_hook(Box::new(move |panic| {
            // The writer catches its own panics, says that it does not save, and is started again: the room stays.
            if std::thread::current().name() == Some(store::WRITER) {
                return;
            }
            leave();
            PANICKED.store(true, Ordering::SeqCst);
            // A terminal that was hung up takes no message.
            if !to_terminal || io::stderr().is_terminal() {
                previous(panic);
            }
            wake.notify_one();
        }));
    });
}

/// Whether a panic has happened since the room was opened.
pub(super) fn has_panicked() -> bool {
    PANICKED.load(Ordering::SeqCst)
}

/// Which of the standard streams is the terminal that keys come from; asked again later, it tells whether the terminal is
/// still there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    by_input: bool,
}

impl Line {
    pub(super) fn now() -> Self {
        Self { by_input: io::stdin().is_terminal() }
    }

    /// Whether the terminal has gone. A line that was hung up is no terminal any more.
    pub(super) fn is_lost(self) -> bool {
        if self.by_input { !io::stdin().is_terminal() } else { !io::stdout().is_terminal() }
    }
}
