//! What many incidents say, as a picture: how long it took, an incident a dot, and what was suspected, a subject a bar.

use super::canvas::{BODY, Canvas, NAME, QUIET, TITLE, pixels};
use super::{EDGE, LEFT, LONG, RIGHT, ROW, WIDTH, as_file, framed};
use crate::export::fit;
use crate::export::insights::{self, Scale, TITLE as NAMED, count, minutes_in_short};
use crate::model::insight::{Insight, Spread, Suspect};

/// The room that a dot takes, and how many lie on each other at most.
const DOT: usize = 9;
const HIGH: usize = 6;
/// The most subjects that get a bar.
const MOST: usize = 12;
/// How long the longest bar is.
const BAR: usize = 330;
/// Where the bars begin at the latest: the names have what they need before them.
const LATEST: i32 = LEFT + 180;
/// The least room of the words beside the bars.
const WORDS: i32 = 300;

/// The picture as a file of its own.
pub fn insights(insight: &Insight) -> String {
    as_file(|style| drawn(insight, style))
}

/// The picture to stand in an HTML page, without the style, as [`figure`](super::figure).
pub fn insights_figure(insight: &Insight) -> String {
    drawn(insight, "")
}

fn drawn(insight: &Insight, style: &str) -> String {
    let mut chart = Chart { insight, front: Canvas::default(), y: EDGE };
    chart.head();
    chart.times();
    chart.suspects();
    framed((NAMED, &chart.told()), style, chart.y + EDGE, &chart.front)
}

/// The picture while it is drawn, from the top down.
struct Chart<'a> {
    insight: &'a Insight,
    front: Canvas,
    /// How far it has come.
    y: i32,
}

impl Chart<'_> {
    fn text(&mut self, words: &str) {
        let words = QUIET.cut(words, WIDTH - 2 * EDGE);
        self.front.text((EDGE, self.y), QUIET, "", &words);
    }

    fn head(&mut self) {
        self.y += 18;
        self.front.text((EDGE, self.y), TITLE, "", NAMED);
        self.y += 24;
        self.text(&self.facts());
        self.y += 12;
    }

    /// `7 incidents from … to …, chosen by …. Only …`.
    fn facts(&self) -> String {
        let Insight { first, last, filter, .. } = self.insight;
        let when = first.zip(*last).map(|(first, last)| format!(" from {first} to {last}"));
        let chosen = filter.as_ref().map(|filter| format!(", chosen by {}", fit::row(filter)));
        let few = insights::few(self.insight).map(|few| format!(". {few}"));
        let parts = [Some(count(self.insight.incidents, "incident")), when, chosen, few];
        parts.into_iter().flatten().collect()
    }

    /// How long it took: a lane for each milestone, all on one scale.
    fn times(&mut self) {
        let Some(scale) = Scale::of(&self.insight.times) else {
            self.y += ROW;
            return self.text("No length of time is known.");
        };
        let top = self.y + 8;
        for spread in &self.insight.times {
            self.lane(spread, &scale);
        }
        let grid = self.axis(&scale, top);
        self.front.0.insert_str(0, &grid.0);
        let x = EDGE;
        self.y += ROW + 4;
        self.front.0.push_str(&diamond(x + 6, self.y - 4));
        self.front.text((x + 18, self.y), QUIET, "", "median");
        self.front.0.push_str(&flag(x + 86, self.y - 4));
        let log = if scale.is_log { ". The scale is logarithmic" } else { "" };
        let is_high = |spread: &Spread| {
            let columns = spread.dots.iter().map(|dot| place(&scale, dot.minutes, LONG));
            stacked(columns).iter().any(|(_, level)| *level >= HIGH)
        };
        let more = if self.insight.times.iter().any(is_high) { ", + is more" } else { "" };
        let words = format!("p90: nine of ten did not take longer. Each dot is an incident{more}{log}.");
        self.front.text((x + 98, self.y), QUIET, "", &words);
        self.y += 8;
    }

    fn lane(&mut self, spread: &Spread, scale: &Scale) {
        let columns = spread.dots.iter().map(|dot| place(scale, dot.minutes, LONG));
        let stacked = stacked(columns);
        let high = stacked.iter().map(|(_, level)| level + 1).max().unwrap_or(0);
        let room = pixels(high * DOT).max(18);
        self.y += 26;
        self.front.text((EDGE, self.y), NAME, "", spread.until.name());
        let words = insights::spread(spread);
        let words = QUIET.cut(&words, WIDTH - EDGE - LEFT);
        self.front.text((LEFT, self.y), QUIET, "wr-halo", &words);
        let base = self.y + 10 + room;
        for (column, level) in stacked {
            let (x, y) = (LEFT + pixels(column), base - 5 - pixels(level * DOT));
            if level < HIGH {
                self.front
                    .0
                    .push_str(&format!("<circle class=\"wr-ink\" cx=\"{x}\" cy=\"{y}\" r=\"3.6\"/>\n"));
            } else {
                // More than can be drawn are at least said to be more.
                self.front.path("wr-mark", &format!("M{} {y}h6m-3 -3v6", x - 3));
            }
        }
        self.front.path("wr-rule", &format!("M{LEFT} {base}H{RIGHT}"));
        if let Some(p90) = spread.p90 {
            self.front.0.push_str(&flag(LEFT + pixels(place(scale, p90, LONG)), base + 7));
        }
        if let Some(median) = spread.median {
            self.front.0.push_str(&diamond(LEFT + pixels(scale.place(median, LONG)), base + 7));
        }
        self.y = base + 12;
    }

    /// The labels of the scale, with a line up through all lanes.
    fn axis(&mut self, scale: &Scale, top: i32) -> Canvas {
        let mut grid = Canvas::default();
        let bottom = self.y;
        self.y += 16;
        let mut taken: Vec<(i32, i32)> = Vec::new();
        for (minutes, label) in scale.ticks(12) {
            let x = LEFT + pixels(place(scale, minutes, LONG));
            let half = QUIET.width(&label) / 2;
            let (from, to) = (x - half - 4, x + half + 4);
            if taken.iter().all(|(begin, end)| to < *begin || *end < from) {
                taken.push((from, to));
                grid.path("wr-grid", &format!("M{x} {top}V{bottom}"));
                self.front.text((x, self.y), QUIET, "wr-mid", &label);
            }
        }
        grid
    }

    /// What was suspected: bars of what came of it.
    fn suspects(&mut self) {
        let suspects: &[Suspect] = &self.insight.suspects;
        let Some(most) = suspects.iter().map(|suspect| suspect.incidents).max() else { return };
        self.y += 34;
        self.front.text((EDGE, self.y), NAME, "", "First guesses");
        let names = suspects.iter().take(MOST).map(|suspect| BODY.width(&fit::row(&suspect.subject)));
        let left = (names.max().unwrap_or_default() + EDGE + 12).clamp(LEFT, LATEST);
        let bar = usize::try_from(WIDTH - EDGE - WORDS - 12 - left).map_or(BAR, |room| room.min(BAR));
        let beside_at = left + pixels(bar) + 12;
        self.legend(left);
        self.y += 10;
        for suspect in suspects.iter().take(MOST) {
            self.y += 26;
            let name = BODY.cut(&fit::row(&suspect.subject), left - EDGE - 12);
            self.front.text((EDGE, self.y), BODY, "", &name);
            let mut before = 0;
            for (class, count) in parts(suspect) {
                let (from, to) = (before * bar / most, (before + count) * bar / most);
                if count > 0 {
                    let place = (left + pixels(from), self.y - 13);
                    self.front.bar(place, (pixels((to - from).max(3)), 16), class, class == "unsettled");
                }
                before += count;
            }
            let words = QUIET.cut(&beside(suspect), WIDTH - EDGE - beside_at);
            self.front.text((beside_at, self.y), QUIET, "", &words);
        }
        let more = suspects.len().saturating_sub(MOST);
        if more > 0 {
            self.y += 24;
            self.text(&format!("and {more} more"));
        }
    }

    /// What the textures mean.
    fn legend(&mut self, left: i32) {
        let mut x = left;
        for (class, words) in [("out", "ruled out"), ("found", "confirmed"), ("unsettled", "unsettled")] {
            self.front.bar((x, self.y - 12), (22, 14), class, class == "unsettled");
            self.front.text((x + 30, self.y), QUIET, "", words);
            x += 30 + QUIET.width(words) + 26;
        }
    }

    /// The picture in words, for those who cannot see it.
    fn told(&self) -> String {
        let times = self.insight.times.iter();
        let times: Vec<String> =
            times.map(|spread| format!("{}: {}", spread.until.name(), insights::spread(spread))).collect();
        let suspects = self.insight.suspects.iter().take(MOST);
        let suspects: Vec<String> =
            suspects.map(|suspect| format!("{}: {}", fit::row(&suspect.subject), beside(suspect))).collect();
        let suspects = if suspects.is_empty() { "nothing".into() } else { suspects.join("; ") };
        format!("{}. {}. Suspected: {suspects}.", self.facts(), times.join("; "))
    }
}

/// Dots that would touch lie on each other: the column and the level of each, from 0 on. Where there are too many, one at the
/// level [`HIGH`] stands for the rest there.
fn stacked(columns: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut ends = [None; HIGH + 1];
    let mut out = Vec::new();
    for column in columns {
        let is_free = |end: &Option<usize>| end.is_none_or(|end| end + DOT <= column);
        if let Some(level) = ends.iter().position(is_free) {
            ends[level] = Some(column);
            out.push((column, level));
        }
    }
    out
}

fn place(scale: &Scale, minutes: i64, steps: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "minutes are far below 2^52")]
    let minutes = minutes as f64;
    scale.place(minutes, steps)
}

fn parts(suspect: &Suspect) -> [(&'static str, usize); 3] {
    let unsettled = suspect.parked + suspect.open;
    [("out", suspect.ruled_out), ("found", suspect.confirmed), ("unsettled", unsettled)]
}

/// `3 suspected, 3 ruled out, 41 min lost`.
fn beside(suspect: &Suspect) -> String {
    let mut words = vec![format!("suspected in {}", suspect.incidents)];
    for (count, what) in [(suspect.ruled_out, "ruled out"), (suspect.confirmed, "confirmed")] {
        if count > 0 {
            words.push(format!("{count} {what}"));
        }
    }
    if suspect.minutes_known > 0 {
        words.push(format!("{} lost", minutes_in_short(suspect.minutes_lost)));
    }
    words.join(", ")
}

/// The mark of a median.
fn diamond(x: i32, y: i32) -> String {
    format!("<path class=\"wr-ink\" d=\"M{x} {}l5 5l-5 5l-5-5Z\"/>\n", y - 5)
}

/// The mark of a p90: open, and of another form, so that it is told apart and seen behind the other.
fn flag(x: i32, y: i32) -> String {
    format!("<path class=\"wr-mark\" d=\"M{x} {}v10M{} {}h12\"/>\n", y - 5, x - 6, y + 5)
}
