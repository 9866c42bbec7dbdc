//! The listener: alert senders post to it, and what they tell becomes entries of an incident. It answers that a call was
//! taken only when all of it is on disk; until then the sender keeps it, and sends it again.
//!
//! Two threads: one talks HTTP and reads what comes ([`crate::ingest`]), the other holds the incidents open and writes
//! ([`crate::session`]). Between them lies a queue that is bounded, and everything that waits in it is written at once.

mod accept;
mod beside;
mod figures;
mod front;
mod gate;
mod incidents;
mod scribe;
mod signature;
mod token;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, io};

use tokio::sync::oneshot;

use crate::model::{Clock as ClockStyle, Zone};
use crate::session::Opening;

pub use beside::Beside;
use figures::Figures;
use front::Front;
pub use token::{BadTokens, Tokens};

/// What a caller may take of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long the head of a request may take to come.
    pub head: Duration,
    /// How long a request may take from its head to the answer.
    pub request: Duration,
    /// How long a caller may go on sending what was answered already.
    pub linger: Duration,
    /// The longest head, in bytes.
    pub head_bytes: usize,
    /// The longest body, in bytes.
    pub body_bytes: usize,
    /// How many connections there may be at once. Where there is one more, the oldest that has asked for nothing goes.
    pub connections: usize,
    /// How many of those may come from one address. It does not count for this machine, where all senders have one address.
    pub of_one_peer: usize,
    /// How many calls may wait to be written.
    pub queue: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(5),
            request: Duration::from_secs(10),
            linger: Duration::from_secs(1),
            head_bytes: 8 << 10,
            body_bytes: 1 << 20,
            connections: 64,
            of_one_peer: 8,
            queue: 256,
        }
    }
}

/// A label with its value, on which an incident is opened: `severity=critical`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOn {
    /// The name of the label.
    pub label: String,
    /// What it has to be.
    pub value: String,
}

/// What becomes of the alerts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// They all belong to the incident in this folder.
    Fixed(PathBuf),
    /// They belong to the unresolved incident, of several to the one written to last; where there is none, an alert that
    /// fires and has one of these labels starts one.
    Unresolved(Vec<OpenOn>),
}

/// What the listener needs.
pub struct Setup {
    /// Where to listen.
    pub bind: SocketAddr,
    /// What callers have to know; none: whoever reaches the address may call.
    pub tokens: Option<Tokens>,
    /// Names that callers may use for this machine, besides `localhost` and addresses.
    pub hosts: Vec<String>,
    /// What becomes of the alerts.
    pub goal: Goal,
    /// The folder that holds the incidents.
    pub incidents: PathBuf,
    /// Who opens them.
    pub opening: Opening,
    /// The zone of incidents that it starts.
    pub zone: Zone,
    /// The clock style of those.
    pub style: ClockStyle,
    /// What callers may take.
    pub limits: Limits,
    /// Who is told what a person has to know, line by line; not yet safe for a terminal.
    pub tell: Arc<dyn Fn(&str) + Send + Sync>,
}

/// Why it cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Others could call, and nothing would tell who they are.
    #[error("{0} can be reached from other machines, and no token is set")]
    Open(SocketAddr),
    /// The address cannot be taken.
    #[error("cannot listen on {0}: {1}")]
    Address(SocketAddr, io::Error),
    /// The system has no thread or timer for it.
    #[error("the listener cannot be started: {0}")]
    System(#[from] io::Error),
}

impl StartError {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Open(_) => "name a file with a token (--token-file), or listen on 127.0.0.1",
            Self::Address(..) => {
                "another program may listen there; name another address (--bind 127.0.0.1:PORT)"
            }
            Self::System(_) => "nothing was written; try again",
        }
    }
}

/// A listener that runs.
pub struct Listener {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    front: Option<JoinHandle<()>>,
    scribe: Option<JoinHandle<Vec<String>>>,
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Listener {
    /// Begins to listen: when this returns, callers get through.
    ///
    /// # Errors
    /// Where the address cannot be had, or is for others and there is no token.
    pub fn start(setup: Setup) -> Result<Self, StartError> {
        if setup.tokens.is_none() && !setup.bind.ip().is_loopback() {
            return Err(StartError::Open(setup.bind));
        }
        let taken = |error| StartError::Address(setup.bind, error);
        let listener = TcpListener::bind(setup.bind).map_err(taken)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let figures = Arc::new(Figures::default());
        let (sender, receiver) = std::sync::mpsc::sync_channel(setup.limits.queue);
        let clock = Arc::clone(&setup.opening.clock);
        let (limits, tokens, hosts) = (setup.limits, setup.tokens, setup.hosts);
        let front = Front::new(tokens, hosts, limits, clock, Arc::clone(&figures), sender);
        let incidents = incidents::Incidents::new(
            setup.goal,
            incidents::Beginning { root: setup.incidents, zone: setup.zone, style: setup.style },
            setup.opening,
            setup.tell,
        );
        let scribe = scribe::Scribe::new(receiver, incidents, Arc::clone(&figures));
        let scribe = thread::Builder::new().name("alerts".into()).spawn(move || scribe.work())?;
        let (end, ended) = oneshot::channel();
        let serve = move || runtime.block_on(accept::serve(listener, front, limits, figures, ended));
        let front = thread::Builder::new().name("listener".into()).spawn(serve)?;
        Ok(Self { address, end: Some(end), front: Some(front), scribe: Some(scribe) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops listening, and finishes what was begun. What could not be saved, in words that are safe for a terminal.
    pub fn stop(mut self) -> Vec<String> {
        self.end()
    }

    fn end(&mut self) -> Vec<String> {
        // Where the thread is gone already, nobody listens any more.
        let _ = self.end.take().map(|end| end.send(()));
        let front = self.front.take().map(JoinHandle::join);
        let scribe = self.scribe.take().map(JoinHandle::join);
        if front.is_some_and(|joined| joined.is_err()) || scribe.as_ref().is_some_and(Result::is_err) {
            return vec!["the listener ended with a fault in warroom".to_owned()];
        }
        scribe.and_then(Result::ok).unwrap_or_default()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.end();
    }
}
