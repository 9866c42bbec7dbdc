//! What past incidents tell of a suspicion, in words: all of it, and as much as fits.

use std::collections::HashMap;

use super::{Cause, Outcome, Past, Recalled};
use crate::model::short_length;
use crate::text::Raw;

/// How many dates are named: the newest.
const DATES: usize = 3;
/// How much of a root cause is shown where no hypothesis names it, in columns.
const SENTENCE: usize = 48;
/// The least columns of what it is called.
const LEAST: usize = 8;

impl Cause {
    /// Its words, safe for a terminal.
    pub fn told(&self) -> String {
        let words = self.words.for_term();
        if self.sentence { format!("\"{}\"", words.cut(SENTENCE)) } else { words.to_string() }
    }

    /// In a sentence: `the load balancer`.
    fn in_sentence(&self) -> String {
        let told = self.told();
        let has_article = ["the ", "a ", "an ", "our ", "out of "];
        let lower = told.to_lowercase();
        if self.sentence || has_article.iter().any(|article| lower.starts_with(article)) {
            told
        } else {
            format!("the {told}")
        }
    }
}

impl Past {
    /// Its day, else its id; safe for a terminal.
    fn when(&self) -> String {
        self.date.map_or_else(|| self.id.for_term().to_string(), |date| date.to_string())
    }

    /// What came of it, in words; safe for a terminal.
    pub fn told(&self) -> String {
        let outcome = match &self.outcome {
            Outcome::Cause => "was the cause".to_owned(),
            Outcome::Wrong(causes) if causes.is_empty() => "not the cause; what was is not recorded".into(),
            Outcome::Wrong(causes) => {
                let causes: Vec<String> = causes.iter().map(Cause::in_sentence).collect();
                format!("not the cause; it was {}", causes.join(" and "))
            }
            Outcome::Unknown => "no verdict".into(),
        };
        match self.minutes {
            Some(minutes) => format!("{outcome} · {} to the verdict", short_length(minutes)),
            None => outcome,
        }
    }
}

impl Recalled {
    /// How often it was the cause, was not, and has no verdict.
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |wanted: fn(&Outcome) -> bool| self.past.iter().filter(|past| wanted(&past.outcome)).count();
        let (cause, wrong) = (of(|o| *o == Outcome::Cause), of(|o| matches!(o, Outcome::Wrong(_))));
        (cause, wrong, self.past.len() - cause - wrong)
    }

    /// In how many of them both the verdict and the cause are known.
    fn settled(&self) -> usize {
        let is_settled = |past: &&Past| match &past.outcome {
            Outcome::Cause => true,
            Outcome::Wrong(causes) => !causes.is_empty(),
            Outcome::Unknown => false,
        };
        self.past.iter().filter(is_settled).count()
    }

    /// What it was instead, the commonest first, each with the incidents; the newest incident first.
    pub fn instead(&self) -> Vec<(Cause, Vec<&Past>)> {
        let mut groups: Vec<(Cause, Vec<&Past>)> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        for past in &self.past {
            let Outcome::Wrong(causes) = &past.outcome else { continue };
            for cause in causes {
                let nth = *at.entry(&cause.key).or_insert(groups.len());
                if nth == groups.len() {
                    let called = self.names.get(&cause.key).filter(|_| !cause.sentence);
                    let words = called.unwrap_or(&cause.words).clone();
                    groups.push((Cause { words, ..cause.clone() }, Vec::new()));
                }
                if let Some((_, all)) = groups.get_mut(nth)
                    && all.last().is_none_or(|last| last.id != past.id)
                {
                    all.push(past);
                }
            }
        }
        groups.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        groups
    }

    /// All of it in one line, safe for a terminal: "database: suspected in 3 past incidents, never the cause; 3 of 3 were the
    /// load balancer (2024-02-23, …)".
    pub fn line(&self) -> String {
        self.told(DATES)
    }

    /// As much of that as fits into so many columns: fewer dates, then [`brief`](Self::brief), then less of what it is
    /// called: what it turned out to be counts most.
    pub fn within(&self, columns: usize) -> String {
        let told = (1..=DATES).rev().map(|dates| self.told(dates)).chain([self.brief()]);
        let fits = |line: &String| width(line) <= columns;
        told.into_iter().find(fits).unwrap_or_else(|| {
            let rest = self.rest().replacen(": the cause in ", ": ", 1);
            let room = columns.saturating_sub(width(&rest)).max(LEAST);
            format!("{}{rest}", self.name.for_term().cut(room))
        })
    }

    /// How many they are, and that some are not over.
    fn incidents(&self) -> String {
        let (all, going_on) = (self.past.len(), self.past.iter().filter(|past| past.going_on).count());
        let s = if all == 1 { "" } else { "s" };
        match going_on {
            0 => format!("{all} past incident{s}"),
            open if open == all => format!("{all} other incident{s} going on"),
            open => format!("{all} other incidents ({open} going on)"),
        }
    }

    fn told(&self, most: usize) -> String {
        let all = self.past.len();
        let (cause, wrong, unknown) = self.counts();
        let name = self.name.for_term();
        if self.unsuspected {
            return format!(
                "{name}: the cause of {}, not suspected before{}",
                self.incidents(),
                dates(self.past.iter(), most)
            );
        }
        let mut incidents = self.incidents();
        match self.copies {
            0 => {}
            1 => incidents.push_str(" (and a likely copy)"),
            copies => incidents.push_str(&format!(" (and {copies} likely copies)")),
        }
        let known = all - unknown;
        let verdict = match (cause, wrong) {
            (0, 0) => "no verdict".to_owned(),
            (0, _) if known == 1 && all == 1 => "not the cause".into(),
            (0, _) => "never the cause".into(),
            (1, 0) if all == 1 => "it was the cause".into(),
            (_, 0) if unknown == 0 => "each time the cause".into(),
            (1, _) => "once the cause".into(),
            (n, _) => format!("{n} times the cause"),
        };
        let mut line = format!("{name}: suspected in {incidents}, {verdict}");
        if cause > 0 {
            let right = self.past.iter().filter(|past| past.outcome == Outcome::Cause);
            line.push_str(&dates(right, most));
        }
        if unknown > 0 && known > 0 {
            line.push_str(&format!(", {unknown} without a verdict"));
        }
        let unexplained = known - self.settled();
        if unexplained > 0 && known > unexplained {
            line.push_str(&format!(", the cause of {unexplained} not known"));
        }
        if let Some((cause, of)) = self.instead().first() {
            let was = if of.len() == 1 { "was" } else { "were" };
            let count = match self.settled() {
                _ if all == 1 => "it".to_owned(),
                settled => format!("{} of {settled}", of.len()),
            };
            line.push_str(&format!(
                "; {count} {was} {}{}",
                cause.in_sentence(),
                dates(of.iter().copied(), most)
            ));
        }
        line
    }
}

impl Recalled {
    /// The same in short, for where there is little room: "database: the cause in 0 of 3; 3 times the load balancer".
    pub fn brief(&self) -> String {
        format!("{}{}", self.name.for_term(), self.rest())
    }

    fn rest(&self) -> String {
        let (cause, wrong, _) = self.counts();
        if self.unsuspected {
            return format!(": the cause of {cause} before");
        }
        let times = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
        match self.settled() {
            0 if wrong == 0 => return format!(": suspected {} before, no verdict", times(self.past.len())),
            0 => return format!(": ruled out {} before, the cause not known", times(wrong)),
            _ => {}
        }
        let instead = self.instead();
        let instead =
            instead.first().map(|(cause, of)| format!("; {} {}", times(of.len()), cause.in_sentence()));
        format!(": the cause in {cause} of {}{}", self.settled(), instead.unwrap_or_default())
    }
}

fn width(line: &str) -> usize {
    Raw::new(line).for_term().width()
}

/// The days of the newest of them, in brackets.
fn dates<'a>(past: impl Iterator<Item = &'a Past>, most: usize) -> String {
    let mut days: Vec<String> = past.take(most + 1).map(Past::when).collect();
    if days.len() > most {
        days.truncate(most);
        days.push("…".into());
    }
    format!(" ({})", days.join(", "))
}
