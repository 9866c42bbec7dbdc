//! What the tests that run the program share: a data folder of its own, and the program in it.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The fault that is planted, for the program, too: only a build that can have one knows the variable.
pub fn planted() -> Option<(&'static str, String)> {
    Some(("WARROOM_FAULT", std::env::var("WARROOM_FAULT").ok()?))
}

/// A data folder, and the program working in it as alice in UTC.
pub struct House {
    root: TempDir,
}

impl House {
    pub fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The folder of the only incident.
    pub fn only_incident(&self) -> PathBuf {
        let mut folders = std::fs::read_dir(self.path().join("data/incidents")).unwrap();
        let folder = folders.next().unwrap().unwrap().path();
        assert!(folders.next().is_none(), "more than one incident");
        folder
    }

    /// The program, in a clean environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_warroom"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.path())
            .env("WARROOM_DATA_DIR", self.path().join("data"))
            .env("WARROOM_NAME", "alice")
            .env("TZ", "UTC")
            .env("TERM", "xterm-256color")
            .envs(planted())
            .current_dir(self.path());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs it, and expects that it did what it was asked.
    pub fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = texts(&output);
        assert!(output.status.success(), "{args:?}: {err}");
        out
    }

    /// Runs it with lines on standard input.
    pub fn fed(&self, args: &[&str], input: &str) -> Output {
        self.fed_bytes(args, input.as_bytes())
    }

    pub fn fed_bytes(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever is refused may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Says lines, each of which has to be understood.
    pub fn say(&self, lines: &str) {
        let output = self.fed(&["say"], lines);
        assert!(output.status.success(), "{}", texts(&output).1);
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.done(&["show", "--json"])).unwrap()
    }
}

/// Standard output and standard error.
pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// An address that nobody has.
pub fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
