//! What past incidents say together, read in a thread of its own: no key and no drawing waits for it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use tokio::sync::Notify;

use super::look::Look;
use super::overlay::Todos;
use crate::archive::{Digest, Subjects, figures};
use crate::export::insights::{self, Look as RowLook};
use crate::model::insight::Insight;
use crate::model::{Instant, Zone};
use crate::session;
use crate::session::archive::{self, Archive};
use crate::text::Raw;

/// What is said where the incident of the room is left out.
const WITHOUT_OWN: &str = "Without this incident: it goes on.";

/// Where past incidents lie, and what is needed to understand them.
#[derive(Clone, Debug)]
pub struct Hindsight {
    /// The folder that holds a folder for each incident.
    pub root: PathBuf,
    /// What is taken for the same suspicion.
    pub subjects: Subjects,
    /// Today is told by this.
    pub zone: Zone,
    /// Notified when there is something new.
    pub wake: Arc<Notify>,
}

/// What the thread reports.
#[derive(Debug)]
enum News {
    /// It is going to read so many.
    Counted(usize),
    /// What they say, or why that is not known; safe for a terminal.
    Told(Result<Box<Told>, String>),
}

/// What they say.
#[derive(Debug)]
struct Told {
    insight: Insight,
    /// The incident of this room was left out: it goes on.
    without_own: bool,
}

/// What is known so far of what past incidents say.
#[derive(Debug)]
pub(super) struct Telling {
    news: Receiver<News>,
    latest: Option<News>,
}

impl Hindsight {
    /// Begins to read them all. `own`, the incident of this room, does not count while it goes on: it is no past one yet, and
    /// what is still unknown of it would move the figures.
    pub(super) fn tell(&self, now: Instant, own: Option<&Raw>) -> Telling {
        let own = own.cloned();
        let (sender, news) = channel();
        let (hindsight, to) = (self.clone(), sender.clone());
        let begun = std::thread::Builder::new()
            .name("hindsight".into())
            .spawn(move || hindsight.read(now, own.as_ref(), &to));
        if let Err(error) = begun {
            // The receiver is in our own hands.
            let _ = sender.send(News::Told(Err(format!("they cannot be read now: {error}"))));
        }
        Telling { news, latest: None }
    }

    /// Begins to read what is still to be done after all incidents.
    pub(super) fn todos(&self, now: Instant) -> Todos {
        let (sender, coming) = channel();
        let (hindsight, to) = (self.clone(), sender.clone());
        let begun = std::thread::Builder::new().name("todos".into()).spawn(move || {
            let today = hindsight.zone.at(now).date_naive();
            let read = Archive::open(&hindsight.root, &|_| {});
            let todos = read.map(|mut archive| Todos::of(&archive.digests(), today)).map_err(unread);
            // Nobody listens any more once the screen is closed.
            let _ = to.send(todos);
            hindsight.wake.notify_one();
        });
        if let Err(error) = begun {
            // The receiver is in our own hands.
            let _ = sender.send(Err(format!("they cannot be read now: {error}")));
        }
        Todos::coming(coming)
    }

    /// Begins to look which of the incidents in these folders are likely there twice; nothing is said where that cannot be
    /// done.
    pub(super) fn twins(&self, near: Vec<PathBuf>) -> Receiver<HashMap<Raw, Raw>> {
        let (to, coming) = channel();
        let hindsight = self.clone();
        let look = move || {
            // Nobody listens any more once the list is left.
            let _ = to.send(archive::twins_beside(&hindsight.root, &near));
            hindsight.wake.notify_one();
        };
        // See above.
        let _ = std::thread::Builder::new().name("twins".into()).spawn(look);
        coming
    }

    fn read(&self, now: Instant, own: Option<&Raw>, to: &Sender<News>) {
        let tell = |news| {
            // Nobody listens any more once the screen is closed.
            let _ = to.send(news);
            self.wake.notify_one();
        };
        let count = session::folders(&self.root).map_or(0, |folders| folders.len());
        tell(News::Counted(count));
        let told = Archive::open(&self.root, &|_| {}).map(|mut archive| {
            let mut digests: Vec<Digest> = archive.digests().into_iter().map(|(_, digest)| digest).collect();
            let all = digests.len();
            let is_own = |digest: &Digest| own == Some(&digest.id);
            let goes_on = digests.iter().any(|digest| is_own(digest) && !digest.status.is_over());
            // With what was merged into it.
            digests.retain(|digest| !goes_on || !is_own(digest) && (own != digest.merged_into.as_ref()));
            let today = self.zone.at(now).date_naive();
            let insight = figures::of(&digests, today, &self.subjects, None);
            Box::new(Told { insight, without_own: digests.len() < all })
        });
        tell(News::Told(told.map_err(unread)));
    }
}

/// Why they are not known, safe for a terminal.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn unread(error: std::io::Error) -> String {
    format!("they cannot be read: {}", Raw::new(error.to_string()).for_term())
}

impl Telling {
    /// Takes in what was reported, and tells whether there was anything.
    pub(super) fn pump(&mut self) -> bool {
        let mut any = false;
        loop {
            match self.news.try_recv() {
                Ok(news) => (self.latest, any) = (Some(news), true),
                Err(TryRecvError::Disconnected) if !matches!(self.latest, Some(News::Told(_))) => {
                    let why = "they cannot be read: reading them ended before its time".to_owned();
                    self.latest = Some(News::Told(Err(why)));
                    return true;
                }
                Err(_) => return any,
            }
        }
    }

    /// What is known, in rows of at most so many columns.
    pub(super) fn rows(&self, columns: usize, look: Look) -> Vec<Line<'static>> {
        let said = |words: String, style: Style| {
            let rows = Raw::new(words).for_term().wrap(columns.max(1));
            rows.iter().map(|row| Line::from(Span::styled(row.to_string(), style))).collect()
        };
        match &self.latest {
            None => said("reading past incidents …".into(), look.quiet()),
            Some(News::Counted(1)) => said("reading 1 incident …".into(), look.quiet()),
            Some(News::Counted(count)) => said(format!("reading {count} incidents …"), look.quiet()),
            Some(News::Told(Err(why))) => said(why.clone(), look.bad()),
            Some(News::Told(Ok(told))) => {
                let rows = insights::page(&told.insight, columns, false);
                let rows = rows
                    .iter()
                    .map(|row| Line::from(Span::styled(row.text.to_string(), style(row.look, look))));
                let without =
                    if told.without_own { said(WITHOUT_OWN.into(), look.quiet()) } else { Vec::new() };
                without.into_iter().chain(rows).collect()
            }
        }
    }
}

fn style(row: RowLook, look: Look) -> Style {
    match row {
        RowLook::Heading => Style::new().add_modifier(Modifier::BOLD),
        RowLook::Plain => Style::new(),
        RowLook::Quiet => look.quiet(),
        RowLook::Chart => look.accent(),
    }
}
