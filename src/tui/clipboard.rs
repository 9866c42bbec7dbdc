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

/// Puts a text on the clipboard, and says on which.
///
/// # Errors
/// Why it is on none, and what to do.
pub(super) fn copy(text: &str) -> Result<String, String> {
    let remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some());
    // On the far end of a connection there is at best the wrong desktop.
    if !remote && on_desktop(text.to_owned()) {
        let until = if cfg!(target_os = "linux") { ", for as long as the room is open" } else { "" };
        return Ok(format!("the report is on the clipboard of the desktop{until}"));
    }
    if text.len() > TERMINAL {
        return Err("the report is too long for the terminal's clipboard; /export writes it to a file".into());
    }
    match crossterm::execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
        Ok(()) => {
            Ok("the report was handed to the terminal for its clipboard (OSC 52); some terminals do not \
                      take it: /export writes it to a file"
                .into())
        }
        Err(_) => Err("the report could not be put on a clipboard; /export writes it to a file".into()),
    }
}

fn on_desktop(text: String) -> bool {
    let (sender, done) = mpsc::channel();
    let spawned = std::thread::Builder::new().name("clipboard".into()).spawn(move || {
        let Ok(mut clipboard) = arboard::Clipboard::new() else { return };
        if clipboard.set_text(text).is_ok() && sender.send(()).is_ok() {
            // On X11 whoever copied hands the text out for as long as it lives.
            loop {
                std::thread::park();
            }
        }
    });
    spawned.is_ok() && done.recv_timeout(LIMIT).is_ok()
}
