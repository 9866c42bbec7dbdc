//! A listener beside a room: it begins as soon as the address is free, which another room may have.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Listener, Setup, StartError};

/// How often it is looked whether the address is free.
const LOOK: Duration = Duration::from_secs(1);

/// Listens, or waits for the address.
#[derive(Debug)]
pub enum Beside {
    /// It listens.
    Listening(Listener),
    /// Another has the address.
    Waiting(Waiting),
}

/// Waits for the address, and listens from then on.
#[derive(Debug)]
pub struct Waiting {
    end: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<Vec<String>>>,
}

impl Beside {
    /// Begins to listen, or to wait for the address; `setup` is asked for what is needed each time that it is tried.
    ///
    /// # Errors
    /// Where it cannot listen for another reason than that the address is taken.
    pub fn start(setup: impl Fn() -> Setup + Send + 'static) -> Result<Self, StartError> {
        match Listener::start(setup()) {
            Ok(listener) => Ok(Self::Listening(listener)),
            Err(error) if is_taken(&error) => {
                let (end, ended) = mpsc::channel();
                let wait = move || wait(&setup, &ended);
                let thread = thread::Builder::new().name("listener waits".into()).spawn(wait)?;
                Ok(Self::Waiting(Waiting { end: Some(end), thread: Some(thread) }))
            }
            Err(error) => Err(error),
        }
    }

    /// Stops, and finishes what was begun. What could not be saved, in words that are safe for a terminal.
    pub fn stop(self) -> Vec<String> {
        match self {
            Self::Listening(listener) => listener.stop(),
            Self::Waiting(mut waiting) => waiting.end(),
        }
    }
}

impl Waiting {
    fn end(&mut self) -> Vec<String> {
        drop(self.end.take());
        self.thread.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.end();
    }
}

fn is_taken(error: &StartError) -> bool {
    matches!(error, StartError::Address(_, error) if error.kind() == io::ErrorKind::AddrInUse)
}

fn wait(setup: &impl Fn() -> Setup, ended: &mpsc::Receiver<()>) -> Vec<String> {
    while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        match Listener::start(setup()) {
            Ok(listener) => {
                // Nothing is sent: it ends when the room does.
                let _ = ended.recv();
                return listener.stop();
            }
            Err(error) if is_taken(&error) => {}
            Err(_) => break,
        }
    }
    Vec::new()
}
