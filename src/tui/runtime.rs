//! The loop: waits for keys, for the session, for signals and for the clock; takes in everything that waits, and draws
//! once.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{self, Event};
use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::MissedTickBehavior;

use super::room::{Effect, Room};
use super::terminal::{self, Line, Screen};
use super::{Msg, clipboard};

/// How many events are taken in before the screen is drawn again: a paste of any length shows that it goes on.
const BATCH: usize = 2_000;

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
    Stop,
    Leave(WayOut),
}

/// Walks until the room is left.
///
/// # Errors
/// Where the terminal cannot be taken over at the start.
pub(super) async fn walk(room: &mut Room, wake: &Arc<Notify>) -> io::Result<WayOut> {
    let mut hang_up = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut stop = signal(SignalKind::from_raw(Signal::TSTP.as_raw()))?;
    let mut screen = terminal::enter()?;
    let line = Line::now();
    let mut events = events()?;
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut stale = true;
    loop {
        // Checked before drawing, too: the terminal is given back already.
        if terminal::has_panicked() {
            return Ok(WayOut::Panicked);
        }
        if stale && screen.draw(|frame| room.draw(frame)).is_err() {
            return Ok(HUNG_UP);
        }
        let woken = tokio::select! {
            event = events.recv() => Woken::Event(event),
            () = wake.notified() => Woken::Session,
            _ = hang_up.recv() => Woken::Leave(HUNG_UP),
            _ = interrupt.recv() => Woken::Leave(INTERRUPTED),
            _ = terminate.recv() => Woken::Leave(TERMINATED),
            _ = stop.recv() => Woken::Stop,
            _ = tick.tick() => Woken::Tick,
        };
        if terminal::has_panicked() {
            continue;
        }
        let effect = match woken {
            Woken::Leave(way_out) => return Ok(way_out),
            // Nothing can be read from the terminal any more.
            Woken::Event(None) => return Ok(HUNG_UP),
            Woken::Event(Some(event)) => {
                stale = true;
                take_all(room, event, &mut events, &mut screen)
            }
            Woken::Session => {
                stale = true;
                Effect::None
            }
            Woken::Tick if line.is_lost() => return Ok(HUNG_UP),
            Woken::Tick => {
                stale = room.clocks_have_moved();
                Effect::None
            }
            Woken::Stop => Effect::Suspend,
        };
        room.pump();
        match effect {
            Effect::Quit => return Ok(WayOut::Quit),
            Effect::Suspend => match terminal::suspend() {
                Ok(again) => (screen, stale) = (again, true),
                Err(_) => return Ok(HUNG_UP),
            },
            Effect::None | Effect::Redraw | Effect::Copy { .. } => {}
        }
    }
}

/// Takes in an event and all that wait behind it, up to one that ends or suspends the room.
fn take_all(
    room: &mut Room,
    first: Event,
    events: &mut UnboundedReceiver<Event>,
    screen: &mut Screen,
) -> Effect {
    let waiting = std::iter::from_fn(|| events.try_recv().ok());
    for event in std::iter::once(first).chain(waiting).take(BATCH) {
        match room.take(Msg::from(event)) {
            Effect::None => {}
            Effect::Copy { text, left_out } => room.say(clipboard::copy(&text), left_out),
            Effect::Redraw => {
                // A terminal that cannot be cleared fails in the next drawing, too.
                let _ = screen.clear();
            }
            leaving @ (Effect::Quit | Effect::Suspend) => return leaving,
        }
    }
    Effect::None
}

/// Reads the terminal in a thread of its own: where a terminal is hung up, crossterm's reader spins without ever
/// returning, and must not take the loop with it.
fn events() -> io::Result<UnboundedReceiver<Event>> {
    let (sender, receiver) = unbounded_channel();
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        while let Ok(event) = event::read() {
            if sender.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(receiver)
}
