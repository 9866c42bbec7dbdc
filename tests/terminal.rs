//! A real pseudo-terminal with the program in it, for journeys.

use std::io::{Read as _, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use crate::support::{House, planted};

/// The key that leaves.
pub const QUIT: &str = "\u{11}";

/// A running program, and what its terminal shows. Waiting has no time limit: a program that hangs hangs its test.
pub struct Terminal {
    pub child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    /// Everything the program wrote.
    pub raw: Vec<u8>,
    /// Kept: the terminal is gone when it is dropped.
    master: Option<Box<dyn MasterPty + Send>>,
}

impl Terminal {
    pub fn start(house: &House, args: &[&str], size: (u16, u16)) -> Self {
        Self::with(house, args, size, &[])
    }

    /// Starts the program with more in its environment.
    pub fn with(house: &House, args: &[&str], size: (u16, u16), more: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_warroom"));
        command.args(args);
        Self::run(house, command, size, more)
    }

    pub fn run(house: &House, command: CommandBuilder, size: (u16, u16), more: &[(&str, &str)]) -> Self {
        Self::typed_ahead(house, command, size, more, "")
    }

    /// Runs a program in a terminal into which this was typed before.
    pub fn typed_ahead(
        house: &House,
        mut command: CommandBuilder,
        (columns, rows): (u16, u16),
        more: &[(&str, &str)],
        typed: &str,
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        command.env("HOME", house.path());
        command.env("WARROOM_DATA_DIR", house.path().join("data"));
        command.env("WARROOM_NAME", "alice");
        command.env("TZ", "UTC");
        command.env("TERM", "xterm-256color");
        for (name, value) in more {
            command.env(name, value);
        }
        if let Some((name, value)) = planted() {
            command.env(name, value);
        }
        command.cwd(house.path());
        let mut keys = pair.master.take_writer().unwrap();
        keys.write_all(typed.as_bytes()).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        Self { child, keys, output, screen, raw: Vec::new(), master: Some(pair.master) }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Takes in what the program writes next; false once it has ended.
    pub fn read(&mut self) -> bool {
        let Ok(bytes) = self.output.recv() else { return false };
        self.screen.process(&bytes);
        self.raw.extend(bytes);
        true
    }

    /// Waits until the screen shows this.
    pub fn shows(&mut self, text: &str) {
        while !self.text().contains(text) {
            assert!(
                self.read(),
                "the program ended before it showed {text:?}; its screen was:\n{}",
                self.text()
            );
        }
    }

    /// Waits until the program has given the terminal back and stands still, so that what wakes it does not come too early.
    pub fn stands_still(&mut self) {
        while self.screen.screen().alternate_screen() {
            assert!(self.read());
        }
        let stat = format!("/proc/{}/stat", self.child.process_id().unwrap());
        let state = || std::fs::read_to_string(&stat).unwrap();
        while !state().rsplit(')').next().unwrap().trim_start().starts_with('T') {
            thread::yield_now();
        }
    }

    /// Waits for the end of the frame that is being drawn: the cursor is put in its place, or hidden.
    pub fn settles(&mut self) {
        while !is_whole(&self.raw) {
            assert!(self.read(), "the program ended while it drew");
        }
    }

    /// Has all of it drawn from scratch, and waits for that.
    pub fn draws_anew(&mut self) {
        let from = self.raw.len();
        self.types("\u{c}");
        // The screen is cleared, then filled.
        while !self.raw[from..].windows(4).any(|part| part == b"\x1b[2J") || !is_whole(&self.raw) {
            assert!(self.read(), "the program ended while it drew");
        }
    }

    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        // A screen of no size is none that anything can be seen on.
        if let (Ok(rows), Ok(columns)) = (rows.try_into(), columns.try_into()) {
            self.screen.screen_mut().set_size(rows, columns);
        }
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    pub fn types(&mut self, keys: &str) {
        self.sends(keys.as_bytes());
    }

    /// Sends what a keyboard and a paste can send; it need not be text.
    pub fn sends(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
    }

    /// Types a line and waits until it is the `n`th that is saved.
    pub fn logs(&mut self, line: &str, n: u32) {
        self.types(&format!("{line}\r"));
        self.shows(&format!("● saved {n}"));
    }

    /// Waits for the end, and checks that the terminal was given back.
    pub fn ends(&mut self) -> ExitStatus {
        while self.read() {}
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still in the alternate screen");
        assert!(!screen.bracketed_paste(), "bracketed paste still on");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        self.child.wait().unwrap()
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The terminal goes away, as when the connection drops.
    pub fn hangs_up(&mut self) {
        // The reading thread holds the terminal too; it lets go when there is something to read and nobody to tell.
        self.output = channel().1;
        self.types("!");
        self.keys = Box::new(std::io::sink());
        self.master = None;
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(status.success());
    }
}

/// Whether the bytes end as a frame does: the cursor hidden, or moved, `ESC [ row ; column H`, after it was shown, or after the
/// last cell, or after a frame that ended so.
fn is_whole(raw: &[u8]) -> bool {
    if raw.ends_with(b"\x1b[?25l") {
        return true;
    }
    let Some(raw) = raw.strip_suffix(b"H") else { return false };
    let digits = |raw: &[u8]| raw.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let raw = &raw[..raw.len() - digits(raw)];
    let Some(raw) = raw.strip_suffix(b";") else { return false };
    let before = raw[..raw.len() - digits(raw)].strip_suffix(b"\x1b[").unwrap_or_default();
    [&b"\x1b[?25h"[..], b"\x1b[0m", b"H"].iter().any(|end| before.ends_with(end))
}
