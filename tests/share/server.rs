//! A real `nats-server`, and what can happen to one.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

/// Which program it is.
fn program() -> String {
    std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned())
}

/// Whether the server knows `sync_interval`, as all do from 2.10 on.
fn knows_sync_interval() -> bool {
    let output = Command::new(program()).arg("--version").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let version = said.split('v').next_back().unwrap().trim();
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap());
    (parts.next(), parts.next()) >= (Some(2), Some(10))
}

/// What a server is started with.
#[derive(Default)]
pub struct Setup<'a> {
    /// What runs it, as `ip netns exec` does.
    pub within: Vec<String>,
    /// Where it listens: 127.0.0.1 and a free port.
    pub address: Option<SocketAddr>,
    /// Its configuration in `tests/data/share`; none is `JetStream` and nothing else.
    pub config: Option<&'a str>,
    /// Who vouches for one that has a configuration: somebody of its own.
    pub authority: Option<&'a Authority>,
    /// What is configured where it has none of those.
    pub plain: &'a str,
    /// It remembers for the shortest time that it can what it was given, so that all that comes again is new to it.
    pub is_forgetful: bool,
    pub args: &'a [&'a str],
    pub environment: &'a [(&'a str, &'a str)],
}

/// Who vouches for servers.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// Writes the certificate and the key of a server of this machine, and who vouches for it, where configurations have them.
    fn certify(&self, folder: &Path) {
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("ca.crt", &self.certificate);
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        write("server.crt", &params.signed_by(&key, &self.issuer).unwrap().pem());
        write("server.key", &key.serialize_pem());
    }
}

/// A server with a store of its own. Waiting for it has no time limit.
pub struct Server {
    folder: TempDir,
    command: Vec<String>,
    environment: Vec<(String, String)>,
    running: Option<(Child, Receiver<String>)>,
    pub address: SocketAddr,
}

impl Server {
    pub fn start() -> Self {
        Self::with(&Setup::default())
    }

    pub fn forgetful() -> Self {
        Self::with(&Setup { is_forgetful: true, ..Setup::default() })
    }

    pub fn with(setup: &Setup) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = setup.within.clone();
        command.push(program());
        let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
        if setup.config.is_some() {
            let own = Authority::new();
            setup.authority.unwrap_or(&own).certify(folder.path());
            for (name, text) in configured(folder.path()) {
                write(&name, text);
            }
        }
        let limits = if setup.is_forgetful { "limits: { duplicate_window: 100ms }" } else { "" };
        let plain = match setup.plain {
            "" => format!("jetstream {{ store_dir: store, {limits} }}\n"),
            plain => plain.to_owned(),
        };
        write("plain.conf", plain);
        command.extend(["-c", setup.config.unwrap_or("plain.conf")].map(str::to_owned));
        command.extend(setup.args.iter().map(|&arg| arg.to_owned()));
        let environment = setup.environment.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        let address = setup.address.unwrap_or_else(|| "127.0.0.1:0".parse().unwrap());
        let mut one = Self { folder, command, environment: environment.collect(), running: None, address };
        one.again();
        one
    }

    /// Starts it again, at its address and with its store, and waits until clients can come.
    pub fn again(&mut self) {
        assert!(self.running.is_none(), "it still runs");
        let port = match self.address.port() {
            0 => "-1".to_owned(),
            port => port.to_string(),
        };
        let mut child = Command::new(&self.command[0])
            .args(&self.command[1..])
            .args(["-a", &self.address.ip().to_string(), "-p", &port])
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, said) = channel();
        // It is read to its end, though nobody may listen any more: else the server would wait.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let mut before = String::new();
        while !before.ends_with("Server is ready\n") {
            let line: String = said.recv().unwrap_or_else(|_| panic!("it did not start:\n{before}"));
            if let Some((_, address)) = line.split_once("Listening for client connections on ") {
                self.address = address.parse().unwrap();
            }
            before.push_str(&format!("{line}\n"));
        }
        self.running = Some((child, said));
    }

    pub fn url(&self) -> String {
        format!("nats://{}", self.address)
    }

    /// It is gone without a word, as `kill -9` does it.
    pub fn kill(&mut self) {
        let (mut child, _) = self.running.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Ends as a service is stopped: all of its store is written.
    pub fn stop(&mut self) {
        self.signal("-TERM");
        let (mut child, _) = self.running.take().unwrap();
        child.wait().unwrap();
    }

    /// `-STOP`: it is there, and does nothing; `-CONT`: it goes on.
    pub fn signal(&self, signal: &str) {
        let (child, _) = self.running.as_ref().unwrap();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    }

    /// A copy of its store, as of now, to be put back later: what came meanwhile is lost then.
    pub fn backup(&mut self) -> TempDir {
        self.stop();
        let kept = tempfile::tempdir().unwrap();
        copy(&self.store(), &kept.path().join("store"));
        self.again();
        kept
    }

    pub fn roll_back(&mut self, kept: &TempDir) {
        self.stop();
        std::fs::remove_dir_all(self.store()).unwrap();
        copy(&kept.path().join("store"), &self.store());
        self.again();
    }

    /// The disk with its store is another one.
    pub fn lose_store(&self) {
        assert!(self.running.is_none(), "it still runs");
        std::fs::remove_dir_all(self.store()).unwrap();
    }

    /// Who is in the configuration, with one word in place of another; those who are connected stay so.
    pub fn reconfigure(&self, from: &str, to: &str) {
        let file = self.folder.path().join("people.conf");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace(from, to)).unwrap();
        self.signal("-HUP");
        let (_, said) = self.running.as_ref().unwrap();
        while !said.recv().unwrap().contains("Reloaded server configuration") {}
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// Who is known as the issuer of its certificate.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.crt")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

/// The configurations that are documented, with what only this machine has.
fn configured(folder: &Path) -> Vec<(String, String)> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/share");
    let store = folder.join("store");
    let older = !knows_sync_interval();
    let files = std::fs::read_dir(sources).unwrap().map(Result::unwrap);
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let text = text.replace("/var/lib/nats", store.to_str().unwrap());
            let text = if older { text.replace("sync_interval: always", "") } else { text };
            (file.file_name().into_string().unwrap(), text)
        })
        .collect()
}
