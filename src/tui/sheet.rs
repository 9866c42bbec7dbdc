//! The timeline as rows of the screen. Only the rows that are seen are laid out: an incident may have thousands of entries.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::folded::{self, Folds};
use super::look::Look;
use super::painted::{Row, Window};
use super::state::InTimeline;
use super::times;
use crate::grammar::Wanted;
use crate::model::{At, Entry, Id, Incident};

/// Which rows are seen, by the lowest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Anchor {
    /// The newest is at the bottom, and stays there as more come.
    #[default]
    End,
    /// This entry is at the bottom, with so many of its rows below the edge.
    At { entry: Id, below: usize },
}

/// A place in the sheet: the entry at the bottom, and how many of its rows are below the edge.
type Bottom = (usize, usize);

/// In which order the entries stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Order {
    /// As it happened.
    #[default]
    Happened,
    /// As it was known.
    Known,
}

/// Rows that were laid out: they are kept as long as nothing of what they show changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    seen: Option<Seen>,
    rows: HashMap<Id, Rc<[Line<'static>]>>,
    /// Rows of those as they were painted.
    pub(super) painted: HashMap<(Id, usize), Rc<Buffer>>,
    /// The places in the timeline of the entries that are shown, in their order; none: all, as they stand there.
    shown: Option<Rc<[usize]>>,
    /// What the rows stand for that stand for several entries.
    folds: Rc<Folds>,
    /// More than one person has logged something.
    several: bool,
    /// Where an entry was found last; none: nowhere yet. The next one that is looked for is nearly always close by.
    near: Option<usize>,
}

/// What the rows follow from.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    /// How many records there were, and the last.
    records: (u64, Option<Id>),
    width: u16,
    /// What was searched for.
    find: Option<Wanted>,
    order: Order,
    /// How often runs were opened and closed.
    opened: u64,
}

impl Seen {
    fn is_of(&self, incident: &Incident) -> bool {
        self.records == (incident.journal.records, incident.journal.last)
    }

    fn is_at(&self, incident: &Incident, place: &InTimeline, width: u16) -> bool {
        let (seen, now) =
            ((self.width, self.order, self.opened), (width, place.order, place.opened.changes()));
        self.is_of(incident) && seen == now && self.find == place.find
    }
}

impl Laid {
    /// Nothing is laid out yet of an incident. What is shown is looked for once, and not with every key; and where a person goes
    /// on typing what to find, only among what was found before.
    fn of(incident: &Incident, place: &InTimeline, width: u16, before: &Self) -> Self {
        let records = (incident.journal.records, incident.journal.last);
        let (find, order, opened) = (place.find.clone(), place.order, place.opened.changes());
        let seen = Some(Seen { records, width, find, order, opened });
        let all = &incident.timeline;
        let mut folds = Folds::default();
        let shown = match &place.find {
            Some(wanted) => {
                let finds = |nth: &usize| wanted.finds(&all[*nth], &incident.zone);
                let before = before.still_within(incident, place);
                let among = before.map_or_else(|| folded::in_order(all, order), <[usize]>::to_vec);
                Some(among.into_iter().filter(finds).collect())
            }
            // Who searches for something sees what is found, folded or not.
            None if all.machines() > 1 => {
                let (shown, folded) = Folds::of(all, folded::in_order(all, order).into_iter(), &place.opened);
                folds = folded;
                Some(shown.into())
            }
            None => (order == Order::Known).then(|| folded::in_order(all, order).into()),
        };
        // Machines say themselves what they are.
        let mut people = all.iter().filter(|entry| !entry.kind.is_machine());
        let first = people.next().map(|entry| &entry.by);
        let several = people.any(|entry| Some(&entry.by) != first);
        let (rows, painted, folds) = (HashMap::new(), HashMap::new(), Rc::new(folds));
        Self { seen, rows, painted, shown, folds, several, near: None }
    }

    /// Whether the row of this entry stands for several.
    pub(super) fn is_folded(&self, first: Id) -> bool {
        self.folds.run(first).is_some()
    }

    /// What was shown, where all that is to be shown now is among it.
    fn still_within(&self, incident: &Incident, place: &InTimeline) -> Option<&[usize]> {
        let seen = self.seen.as_ref().filter(|seen| seen.is_of(incident))?;
        let (wider, wanted) = (seen.find.as_ref()?, place.find.as_ref()?);
        self.shown.as_deref().filter(|_| seen.order == place.order && wanted.is_within(wider))
    }
}

/// How many entries' rows are kept: some screens full.
const KEPT: usize = 2_000;

/// The entries to be shown, in the width there is.
pub(super) struct Sheet<'a> {
    pub(super) laid: &'a RefCell<Laid>,
    pub(super) incident: &'a Incident,
    shown: Option<Rc<[usize]>>,
    folds: Rc<Folds>,
    pub(super) find: Option<&'a Wanted>,
    order: Order,
    pub(super) several: bool,
    pub(super) width: usize,
    pub(super) look: Look,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(incident: &'a Incident, place: &'a InTimeline, width: u16, look: Look) -> Self {
        let laid = &place.laid;
        let is_known = laid.borrow().seen.as_ref().is_some_and(|seen| seen.is_at(incident, place, width));
        if !is_known {
            let anew = Laid::of(incident, place, width, &laid.borrow());
            *laid.borrow_mut() = anew;
        }
        let (shown, several) = (laid.borrow().shown.clone(), laid.borrow().several);
        let folds = Rc::clone(&laid.borrow().folds);
        let (find, order) = (place.find.as_ref(), place.order);
        Self { laid, incident, shown, folds, find, order, several, width: width.into(), look }
    }

    /// The entries that a row stands for, by their places in the timeline; none where it stands for its own alone.
    pub(super) fn run(&self, first: Id) -> Option<&Rc<[usize]>> {
        self.folds.run(first)
    }

    /// The entry whose row stands for one that is folded.
    pub(super) fn stands_for(&self, entry: Id) -> Option<Id> {
        self.folds.stands_for(entry, &self.incident.timeline)
    }

    /// How many entries are shown.
    pub(super) fn len(&self) -> usize {
        self.shown.as_ref().map_or(self.incident.timeline.len(), |shown| shown.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at this place among those shown.
    pub(super) fn entry(&self, nth: usize) -> &'a Entry {
        &self.incident.timeline[self.shown.as_ref().map_or(nth, |shown| shown[nth])]
    }

    /// The day under which an entry stands.
    pub(super) fn day(&self, nth: usize) -> String {
        times::day(self.incident, &self.time(self.entry(nth)))
    }

    /// The time by which an entry stands where it does.
    pub(super) fn time(&self, entry: &Entry) -> At {
        match self.order {
            Order::Happened => entry.at,
            Order::Known if entry.source.is_some() => entry.at,
            Order::Known => entry.logged_at.into(),
        }
    }

    /// The rows that fit above the anchor; from the first entry on where they do not fill the height.
    pub(super) fn window(&self, anchor: Anchor, height: usize) -> Window {
        let Some((bottom, below)) = self.bottom(anchor, height) else {
            return Window { rows: Vec::new(), below: 0 };
        };
        let mut rows = Vec::new();
        for nth in (0..=bottom).rev() {
            let own = self.rows(nth);
            let hidden = if nth == bottom { below.min(own.len()) } else { 0 };
            let seen = (0..own.len() - hidden).rev();
            rows.extend(seen.map(|at| (nth, Row { all: Rc::clone(&own), nth: at })));
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows.reverse();
        Window { rows, below: self.len() - 1 - bottom }
    }

    /// Scrolls by rows, up where `by` is negative.
    pub(super) fn scrolled(&self, anchor: Anchor, by: isize, height: usize) -> Anchor {
        let Some((mut nth, mut below)) = self.bottom(anchor, height) else { return Anchor::End };
        let mut left = by.unsigned_abs();
        if by < 0 {
            below += left;
            while below >= self.rows(nth).len() {
                if nth == 0 {
                    below = self.rows(0).len() - 1;
                    break;
                }
                below -= self.rows(nth).len();
                nth -= 1;
            }
        } else {
            while left > 0 {
                if below >= left {
                    below -= left;
                    break;
                }
                left -= below;
                below = 0;
                if nth + 1 == self.len() {
                    break;
                }
                nth += 1;
                below = self.rows(nth).len();
            }
        }
        self.anchor(self.not_above_the_top((nth, below), height))
    }

    /// The anchor closest to this one with which all of an entry is seen, or its beginning where it is higher than the pane.
    pub(super) fn revealing(&self, anchor: Anchor, entry: usize, height: usize) -> Anchor {
        let Some((bottom, below)) = self.bottom(anchor, height) else { return Anchor::End };
        if entry > bottom || (entry == bottom && below > 0) {
            let below = self.rows(entry).len().saturating_sub(height);
            return self.anchor(self.not_above_the_top((entry, below), height));
        }
        let mut rows = 0;
        for nth in (entry..=bottom).rev() {
            rows += self.rows(nth).len();
            if rows > height + below {
                return self.anchor(self.with_on_top(entry, height));
            }
        }
        anchor
    }

    /// The place of an entry among those shown.
    pub(super) fn position(&self, id: Id) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let near = self.laid.borrow().near.map_or(last, |near| near.min(last));
        let both = (0..=last).flat_map(|far| [near.checked_sub(far), near.checked_add(far)]);
        let found = both.flatten().find(|nth| *nth <= last && self.entry(*nth).id == id)?;
        self.laid.borrow_mut().near = Some(found);
        Some(found)
    }

    /// The place an anchor means; none where there is nothing to show. An entry that is not shown any more is replaced by
    /// the newest one.
    fn bottom(&self, anchor: Anchor, height: usize) -> Option<Bottom> {
        let last = self.len().checked_sub(1)?;
        let place = match anchor {
            Anchor::End => (last, 0),
            Anchor::At { entry, below } => match self.position(entry) {
                Some(nth) => (nth, below.min(self.rows(nth).len().saturating_sub(1))),
                None => (last, 0),
            },
        };
        Some(self.not_above_the_top(place, height))
    }

    fn anchor(&self, (nth, below): Bottom) -> Anchor {
        if nth + 1 >= self.len() && below == 0 {
            return Anchor::End;
        }
        Anchor::At { entry: self.entry(nth).id, below }
    }

    /// The same place, or the lower one at which the first row of all is at the top.
    fn not_above_the_top(&self, place: Bottom, height: usize) -> Bottom {
        let (nth, below) = place;
        let mut rows = 0;
        for above in (0..=nth).rev() {
            rows += self.rows(above).len();
            if rows >= height + below {
                return place;
            }
        }
        self.with_on_top(0, height)
    }

    /// The place at which this entry's first row is at the top.
    fn with_on_top(&self, first: usize, height: usize) -> Bottom {
        let mut rows = 0;
        for nth in first..self.len() {
            rows += self.rows(nth).len();
            if rows >= height {
                return (nth, rows - height);
            }
        }
        (self.len().saturating_sub(1), 0)
    }

    /// An entry's rows, with the row of its date before them where the day changes. Never empty.
    fn rows(&self, nth: usize) -> Rc<[Line<'static>]> {
        let id = self.entry(nth).id;
        if let Some(rows) = self.laid.borrow().rows.get(&id) {
            return Rc::clone(rows);
        }
        let rows: Rc<[Line<'static>]> = self.lay_out(nth).into();
        let mut laid = self.laid.borrow_mut();
        if laid.rows.len() >= KEPT {
            laid.rows.clear();
        }
        laid.rows.insert(id, Rc::clone(&rows));
        rows
    }
}
