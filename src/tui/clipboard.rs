//! The clipboard: the desktop's own where there is one, else the terminal's.

use std::io;
use std::sync::mpsc;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;

/// How long the desktop may take to answer: a display that hangs must not hang the room.
const LIMIT: Duration = Duration::from_secs(1);

/// The longest text that a terminal is asked to take: xterm, and others after it, drop a sequence with more than 74,994 bytes
/// of base64.
const TERMINAL: usize = 74_994 / 4 * 3;

/// Which way a copy takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the desktop's own clipboard, which answers.
    Desktop,
    /// To the terminal, which may take it (OSC 52), because the desktop has no clipboard or does not answer.
    TerminalForLack,
    /// To the terminal, because this is the far end of a connection.
    TerminalOverSsh,
}

/// Which way a copy would take now. Nothing is copied.
pub fn way() -> Way {
    if is_remote() {
        return Way::TerminalOverSsh;
    }
    if on_desktop(None) { Way::Desktop } else { Way::TerminalForLack }
}

/// Whether this runs on the far end of a connection: there is at best the wrong desktop.
pub fn is_remote() -> bool {
    ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Puts a text on the clipboard, and says on which; `what` is what it is called.
///
/// # Errors
/// Why it is on none, and what to do.
pub(super) fn copy(what: &str, text: &str) -> Result<String, String> {
    if !is_remote() && on_desktop(Some(text.to_owned())) {
        let until = if cfg!(target_os = "linux") { ", for as long as the room is open" } else { "" };
        return Ok(format!("{what} is on the clipboard of the desktop{until}"));
    }
    if text.len() > TERMINAL {
        return Err(format!("{what} is too long for the terminal's clipboard; /export writes a file"));
    }
    match crossterm::execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
        Ok(()) => Ok(format!(
            "{what} was handed to the terminal for its clipboard (OSC 52); some terminals do not take it: \
             /export writes a file"
        )),
        Err(_) => Err(format!("{what} could not be put on a clipboard; /export writes a file")),
    }
}

/// Whether the desktop took a text; without one, whether it has a clipboard that answers.
fn on_desktop(text: Option<String>) -> bool {
    let (sender, done) = mpsc::channel();
    let spawned = std::thread::Builder::new().name("clipboard".into()).spawn(move || {
        let Ok(mut clipboard) = arboard::Clipboard::new() else { return };
        let Some(text) = text else {
            // Nobody waits any more where this comes too late.
            let _ = sender.send(());
            return;
        };
        if clipboard.set_text(text).is_ok() && sender.send(()).is_ok() {
            // On X11 whoever copied hands the text out for as long as it lives.
            loop {
                std::thread::park();
            }
        }
    });
    spawned.is_ok() && done.recv_timeout(LIMIT).is_ok()
}
