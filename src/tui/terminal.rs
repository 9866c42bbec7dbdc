//! The terminal: taken over, and given back on every way out. Giving back never fails and never prints: the terminal may
//! be gone.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    supports_keyboard_enhancement,
};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;
use tokio::sync::Notify;

use super::canvas::Screen;
use super::terms::Terms;
use crate::store;

/// Buttons, the wheel and drags, with coordinates beyond column 223. Motion without a button is not asked for: it would
/// send a report for every cell the pointer crosses.
const MOUSE_ON: &str = "\u{1b}[?1000h\u{1b}[?1002h\u{1b}[?1006h";

/// Keys that would look the same are told apart; when a key is let go, nothing is sent.
const KEYS_ON: PushKeyboardEnhancementFlags =
    PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES);

static ENTERED: AtomicBool = AtomicBool::new(false);
static PANICKED: AtomicBool = AtomicBool::new(false);

/// A terminal that shows the room.
pub(super) type Terminal = Screen<CrosstermBackend<Out>>;

/// What is on its way to the terminal: it goes there at once and whole. What was not sent when the room ended by a panic never is:
/// the terminal is given back already.
#[derive(Debug, Default)]
pub(super) struct Out(Vec<u8>);

impl io::Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let sent = io::stdout().write_all(&self.0);
        self.0.clear();
        sent.and_then(|()| io::stdout().flush())
    }
}

/// Whether the terminal tells keys apart that others send as one; asked once.
static TELLS_KEYS: OnceLock<bool> = OnceLock::new();

/// Whether the terminal has said that it tells such keys apart (Enter with Shift from Enter). Only those are asked that are
/// known to answer at once: what does not answer would hold up the first key.
fn tells_keys_apart() -> bool {
    let ask = || {
        let terms = Terms::of("", |name| std::env::var(name).ok());
        terms.may_tell_keys_apart() && supports_keyboard_enhancement().unwrap_or(false)
    };
    *TELLS_KEYS.get_or_init(ask)
}

/// The size of the terminal that is drawn on. crossterm opens the terminal anew whenever it is asked, which with every drawing
/// takes longer than much of the drawing.
fn size() -> Option<Size> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    Some(Size::new(size.ws_col, size.ws_row)).filter(|size| size.width > 0 && size.height > 0)
}

/// Takes the terminal over.
pub(super) fn enter() -> io::Result<Terminal> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let tells_keys = tells_keys_apart();
    // Cleared, too: where a room was killed, the terminal may have been in its alternate screen ever since.
    let modes = (EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, Print(MOUSE_ON));
    let entered = crossterm::execute!(io::stdout(), modes.0, modes.1, modes.2, modes.3)
        .and_then(|()| if tells_keys { crossterm::execute!(io::stdout(), KEYS_ON) } else { Ok(()) })
        .and_then(|()| Screen::new(CrosstermBackend::new(Out::default())))
        .map(|screen| screen.sized_by(size));
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
    // Each screen of a terminal has its own: before the other one is back.
    if TELLS_KEYS.get() == Some(&true) {
        let _ = crossterm::queue!(out, PopKeyboardEnhancementFlags);
    }
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
pub(super) fn suspend() -> io::Result<Terminal> {
    leave();
    stop();
    enter()
}

/// Stands still until the person brings the program back.
pub(super) fn stop() {
    // Not SIGTSTP: the room listens to that itself. And to this thread: another one would stop the program a little later.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
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
