//! The loop: waits for keys, for the session, for signals and for the clock; takes in everything that waits, and draws
//! once.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::Event;
use rustix::process;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::front::Front;
use super::keys::Keys;
use super::room::Effect;
use super::terminal::{self, Line, Terminal};
use super::{Msg, clipboard, editor};

/// How many events are taken in before the screen is drawn again: a paste of any length shows that it goes on.
const BATCH: usize = 2_000;

/// How often it is looked what time going by has changed.
const TICK: Duration = Duration::from_secs(1);

/// How many ticks are left out at most where it is known that nothing changes: a wall that was set and a terminal that went
/// without a word are noticed then.
const LONGEST: u32 = 5;

/// How soon it is looked again what became of changes that are on their way to the disk.
const SAVING: Duration = Duration::from_millis(250);

/// How soon it is looked again what is typed in an outage that is played: often enough that letters come one by one.
const LETTERS: Duration = Duration::from_millis(16);

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayOut {
    /// By the person.
    Quit,
    /// By a signal, or by a lost terminal, which counts as one; with the exit status.
    Signal(u8),
    /// By a panic in another thread.
    Panicked,
}

const HUNG_UP: WayOut = WayOut::Signal(129);
const INTERRUPTED: WayOut = WayOut::Signal(130);
const TERMINATED: WayOut = WayOut::Signal(143);

/// What ended waiting.
enum Woken {
    Event(Option<Event>),
    Session,
    Tick,
    Resized,
    Stop,
    Leave(WayOut),
}

/// The signals that concern the room.
struct Signals {
    hang_up: Signal,
    interrupt: Signal,
    terminate: Signal,
    stop: Signal,
    resized: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            stop: signal(SignalKind::from_raw(process::Signal::TSTP.as_raw()))?,
            resized: signal(SignalKind::window_change())?,
        })
    }

    async fn next(&mut self) -> Woken {
        tokio::select! {
            _ = self.hang_up.recv() => Woken::Leave(HUNG_UP),
            _ = self.interrupt.recv() => Woken::Leave(INTERRUPTED),
            _ = self.terminate.recv() => Woken::Leave(TERMINATED),
            _ = self.stop.recv() => Woken::Stop,
            _ = self.resized.recv() => Woken::Resized,
        }
    }
}

/// Walks until the room, or the list before it, is left.
///
/// # Errors
/// Where the terminal cannot be taken over at the start.
pub(super) async fn walk(front: &mut Front, wake: &Arc<Notify>) -> io::Result<WayOut> {
    let mut signals = Signals::listen()?;
    let mut screen = terminal::enter()?;
    let line = Line::now();
    let mut keys = Keys::read()?;
    let (mut stale, mut tick) = (true, Instant::now() + TICK);
    loop {
        // Checked before drawing, too: the terminal is given back already.
        if terminal::has_panicked() {
            return Ok(WayOut::Panicked);
        }
        if stale && screen.draw(|canvas| front.draw(canvas)).is_err() {
            return Ok(HUNG_UP);
        }
        let woken = tokio::select! {
            event = keys.next() => Woken::Event(event),
            () = wake.notified() => Woken::Session,
            signal = signals.next() => signal,
            () = tokio::time::sleep_until(tick) => Woken::Tick,
            () = tokio::time::sleep(LETTERS), if front.is_played() => Woken::Tick,
            () = tokio::time::sleep(SAVING), if front.is_saving() => Woken::Tick,
        };
        if terminal::has_panicked() {
            continue;
        }
        stale = true;
        // Whatever else came may have begun something that counts.
        tick = tick.min(Instant::now() + TICK);
        let effect = match woken {
            Woken::Leave(way_out) => return Ok(way_out),
            // Nothing can be read from the terminal any more.
            Woken::Event(None) => return Ok(HUNG_UP),
            Woken::Event(Some(event)) => take_all(front, event, &mut keys, &mut screen),
            Woken::Session => Effect::None,
            // Also where the size is what it was: it may have been another in between, and the terminal has cut its rows.
            Woken::Resized => {
                draw_anew(&mut screen);
                Effect::None
            }
            Woken::Tick if line.is_lost() => return Ok(HUNG_UP),
            Woken::Tick => {
                // What is under way may have ended by now, and is taken in below.
                let is_saving = front.is_saving();
                stale = front.tick() || is_saving;
                tick = Instant::now() + TICK * front.stands_for(LONGEST);
                Effect::None
            }
            Woken::Stop => Effect::Suspend,
        };
        front.pump();
        if front.failure().is_some() {
            return Ok(WayOut::Quit);
        }
        match effect {
            Effect::Quit => {
                // What is typed from here on is for whoever has the terminal next.
                keys.let_go();
                return Ok(WayOut::Quit);
            }
            Effect::Suspend => {
                front.pause();
                let again = terminal::suspend();
                front.go_on();
                match again {
                    Ok(again) => screen = again,
                    Err(_) => return Ok(HUNG_UP),
                }
            }
            Effect::Edit(file) => {
                keys.let_go();
                terminal::leave();
                match edit(&file, front, &mut signals).await {
                    Ok(ended) => front.edited_elsewhere(ended),
                    Err(way_out) => return Ok(way_out),
                }
                match terminal::enter() {
                    Ok(again) => screen = again,
                    Err(_) => return Ok(HUNG_UP),
                }
                keys.go_on();
            }
            Effect::None | Effect::Redraw | Effect::Copy { .. } => {}
        }
    }
}

/// Waits for the editor to end; why it did not do its work, or how the room has to be left meanwhile.
async fn edit(file: &Path, front: &Front, signals: &mut Signals) -> Result<Result<(), String>, WayOut> {
    let mut child = match editor::start(file) {
        Ok(child) => child,
        Err(error) => return Ok(Err(format!("cannot be started: {error}"))),
    };
    loop {
        let woken = tokio::select! {
            ended = child.wait() => return Ok(match ended {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("ended with {status}")),
                Err(error) => Err(format!("was lost: {error}")),
            }),
            signal = signals.next() => signal,
        };
        match woken {
            // An interrupt from the keys is meant for the editor.
            Woken::Leave(way_out) if way_out != INTERRUPTED => return Err(way_out),
            // An editor suspends all of its group: the shell has to see that the room stands still, too.
            Woken::Stop => {
                front.pause();
                terminal::stop();
                front.go_on();
            }
            _ => {}
        }
    }
}

/// Clears the screen, so that the next drawing draws all of it.
fn draw_anew(screen: &mut Terminal) {
    // A terminal that cannot be cleared fails in the next drawing, too.
    let _ = screen.clear();
}

/// Takes in an event and all that wait behind it, up to one that ends or suspends the program.
fn take_all(front: &mut Front, first: Event, keys: &mut Keys, screen: &mut Terminal) -> Effect {
    let waiting = std::iter::from_fn(|| keys.waiting());
    for event in std::iter::once(first).chain(waiting).take(BATCH) {
        match front.take(Msg::from(event)) {
            Effect::None => {}
            Effect::Copy { what, text, left_out } => front.copied(clipboard::copy(what, &text), left_out),
            Effect::Redraw => draw_anew(screen),
            leaving @ (Effect::Quit | Effect::Suspend | Effect::Edit(_)) => return leaving,
        }
    }
    Effect::None
}
