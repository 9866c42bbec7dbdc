//! What the report lacks, as it is shown: one of the gaps is chosen, and filling it goes on behind it.

use std::ops::Range;

use super::{Content, Laid, Overlay, Pages, Work};

/// Something that the report lacks, or that is wrong in it.
#[derive(Debug)]
pub(in crate::tui) struct Gap {
    /// Its rows.
    pub(in crate::tui) rows: Range<usize>,
    /// What fills it, as far as that is known.
    pub(super) line: String,
}

/// Where in the report a person is: how many rows are scrolled away, and which gap is chosen.
pub(in crate::tui) type InReport = (usize, usize);

/// What is remembered of a gap while the line that fills it is written.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Filling {
    /// The rows as they were without it, and how many of them were seen.
    rows: Pages,
    height: usize,
    /// What fills the gaps behind it.
    next: Vec<String>,
}

impl Overlay {
    /// Where in the report the person is, where that is shown.
    pub(in crate::tui) fn in_report(&self) -> Option<InReport> {
        match self.content {
            Content::Written(Work::Report(_), chosen) => Some((self.scroll, chosen)),
            _ => None,
        }
    }

    /// The gap that is chosen, if there is any.
    pub(in crate::tui) fn chosen_gap(&self) -> Option<&Gap> {
        let (Content::Written(Work::Report(_), chosen), Some(laid)) = (&self.content, self.laid()) else {
            return None;
        };
        laid.gaps.get(*chosen).or(laid.gaps.last())
    }

    /// What fills the chosen gap, where it is seen; `height` is that of the rows that were seen.
    pub(in crate::tui) fn fills(&self, height: u16) -> Option<&str> {
        self.chosen_gap().filter(|gap| self.shows(gap, height)).map(|gap| gap.line.as_str())
    }

    /// What is to be remembered while the line for the chosen gap is written.
    pub(in crate::tui) fn filling(&self, height: u16) -> Option<Filling> {
        let (laid, chosen) = (self.laid()?, self.chosen_gap()?);
        let next = laid.gaps.iter().skip_while(|gap| gap.rows != chosen.rows).skip(1);
        let next = next.map(|gap| gap.line.clone()).collect();
        Some(Filling { rows: laid.rows.clone(), height: height.into(), next })
    }

    /// Goes on behind a gap that was filled: the next one is chosen, and beside it is seen what the filling changed.
    pub(super) fn go_on(&mut self, filled: &Filling, laid: &Laid) {
        let Content::Written(Work::Report(_), chosen) = &mut self.content else { return };
        let place = |line: &String| laid.gaps.iter().position(|gap| gap.line == *line);
        *chosen = filled.next.iter().find_map(place).unwrap_or(*chosen);
        if laid.beside.is_none() {
            let end = laid.gaps.get(*chosen).or(laid.gaps.last()).map_or(0, |gap| gap.rows.end);
            // What was never drawn was filled at the top.
            self.scroll = if filled.height == 0 { 0 } else { end.saturating_sub(filled.height) };
            return;
        }
        let changed = laid.rows.iter().zip(filled.rows.iter()).position(|(now, was)| now != was);
        if let Some(row) = changed.filter(|row| !(self.scroll..self.scroll + filled.height).contains(row)) {
            // With its heading.
            self.scroll = row.saturating_sub(2);
        }
    }

    /// Whether any of a gap is seen. What was never drawn counts as seen.
    fn shows(&self, gap: &Gap, height: u16) -> bool {
        let is_beside = self.laid().is_some_and(|laid| laid.beside.is_some());
        let to = self.scroll + usize::from(height);
        is_beside || height == 0 || (gap.rows.start < to && gap.rows.end > self.scroll)
    }

    /// Goes to the gap above or below, or a row of the report on where there is none.
    pub(super) fn choose(&mut self, down: bool, height: u16, hidden: usize) {
        let here = self.chosen_gap().map(|gap| (self.shows(gap, height), gap.rows.start < self.scroll));
        let (Content::Written(Work::Report(_), chosen), Some((_, laid))) = (&mut self.content, &self.laid)
        else {
            return;
        };
        *chosen = (*chosen).min(laid.gaps.len().saturating_sub(1));
        let next = if down { Some(*chosen + 1) } else { chosen.checked_sub(1) };
        let is_on_screen = here.is_some_and(|(seen, cut)| seen && (down || !cut || laid.beside.is_some()));
        match next.and_then(|at| Some((at, laid.gaps.get(at)?))).filter(|_| is_on_screen) {
            Some((at, gap)) => {
                *chosen = at;
                if laid.beside.is_none() && height > 0 {
                    let lowest = gap.rows.end.saturating_sub(height.into());
                    self.scroll = self.scroll.clamp(lowest.min(gap.rows.start), gap.rows.start);
                }
            }
            None if down => self.scroll = (self.scroll + 1).min(hidden),
            None => self.scroll = self.scroll.saturating_sub(1),
        }
    }
}
