//! The incident as a picture of our own: its phases to scale, what was suspected as bars under them, milestones and key
//! entries where they were.
//!
//! The picture needs nothing from outside: no script, no font, no style sheet. It can be read in black and white: every
//! verdict is a word, a mark and a texture. In a page it takes the page's colours ([`PALETTE`], [`RULES`]).

mod canvas;
mod insights;
mod keys;
mod milestones;
mod phases;
mod style;
mod suspected;

use canvas::{Canvas, NAME, QUIET, TITLE, escaped, pixels};
pub use insights::{insights, insights_figure};
pub use style::{PALETTE, RULES};

use super::fit;
use super::outline::phases::{Phases, Scale};
use crate::model::{Clock, Face, Incident, Instant, MilestoneKind, Moment, Precision, span};

/// The size of the picture, in its own units; about the pixels of a page.
const WIDTH: i32 = 960;
/// What stays free at its edges.
const EDGE: i32 = 24;
/// Where the chart begins, and how long it is.
const LEFT: i32 = 208;
const LONG: usize = 696;
/// Where it ends.
const RIGHT: i32 = 904;
/// The height of a row of text.
const ROW: i32 = 20;

/// The picture as a file of its own. Times are in the incident's zone.
pub fn timeline(incident: &Incident) -> String {
    as_file(|style| drawn(incident, style))
}

/// A picture as a file of its own, with its style sheet.
fn as_file(drawn: impl FnOnce(&str) -> String) -> String {
    let style = format!("<style>\n{PALETTE}{RULES}</style>\n");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", drawn(&style))
}

/// The picture to stand in an HTML page, without the style: the page's own has to hold [`PALETTE`] and [`RULES`], so that a
/// strict policy need not allow one more.
pub fn figure(incident: &Incident) -> String {
    drawn(incident, "")
}

fn drawn(incident: &Incident, style: &str) -> String {
    let phases = Phases::as_recorded(incident);
    let mut sheet = Sheet { incident, phases, front: Canvas::default(), y: EDGE };
    sheet.head();
    if sheet.has_times() {
        let top = sheet.y;
        sheet.widen();
        sheet.milestones();
        sheet.phases();
        sheet.suspected();
        sheet.keys();
        let grid = sheet.grid(top);
        sheet.front.0.insert_str(0, &grid.0);
        sheet.legend();
    } else {
        sheet.y += ROW * 2;
        let words = "Nothing can be drawn to scale yet: fewer than two times are known.";
        sheet.front.text((WIDTH / 2, sheet.y), QUIET, "wr-mid", words);
        sheet.y += ROW;
    }
    let name = format!("Timeline: {}", fit::row(&incident.title));
    framed((&name, &sheet.told()), style, sheet.y + EDGE, &sheet.front)
}

/// A picture with its name and what it tells in words; `style` is its style sheet, if it has one of its own.
fn framed((name, told): (&str, &str), style: &str, height: i32, front: &Canvas) -> String {
    let (name, told) = (escaped(name), escaped(told));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wr\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"wr-name wr-told\">\n\
         <title id=\"wr-name\">{name}</title>\n<desc id=\"wr-told\">{told}</desc>\n{style}\
         <defs>\n{}<clipPath id=\"wr-gutter\"><rect width=\"{}\" height=\"99999\"/></clipPath>\n</defs>\n\
         <rect class=\"wr-paper\" fill=\"#ffffff\" width=\"{WIDTH}\" height=\"{height}\"/>\n{}</svg>\n",
        style::textures(),
        LEFT - 8,
        front.0
    )
}

/// The picture while it is drawn, from the top down.
struct Sheet<'a> {
    incident: &'a Incident,
    phases: Phases,
    front: Canvas,
    /// How far it has come.
    y: i32,
}

impl Sheet<'_> {
    fn face(&self) -> Face<'_> {
        Face::of(self.incident)
    }

    /// Where an instant stands.
    fn column(&self, at: Instant) -> i32 {
        LEFT + pixels(self.phases.scale.place(at, LONG))
    }

    /// Whether anything can be placed on a scale.
    fn has_times(&self) -> bool {
        let Scale { from, to } = self.phases.scale;
        from < to
    }

    /// The time of day, with month and day where they are not those of the beginning.
    fn clock(&self, when: &Moment) -> String {
        let face = self.face();
        let (date, first) = (face.date(&when.at), face.date(&self.phases.scale.from.into()));
        match date.filter(|_| date != first) {
            Some(date) => format!("{} {}", date.format("%m-%d"), face.bare(when)),
            None => face.bare(when),
        }
    }

    /// The title, and in one line how bad, how long and where it stands.
    fn head(&mut self) {
        let (title, room) = (fit::row(&self.incident.title), WIDTH - 2 * EDGE);
        let mut rest = title.as_str();
        let first = TITLE.cut(rest, room);
        if first != rest {
            let first = first.trim_end_matches(fit::CUT);
            self.y += 18;
            self.front.text((EDGE, self.y), TITLE, "", first);
            rest = rest.strip_prefix(first).unwrap_or(rest).trim_start();
            self.y += 8;
        }
        self.y += 18;
        self.front.text((EDGE, self.y), TITLE, "", &TITLE.cut(rest, room));
        self.y += 24;
        let facts = QUIET.cut(&self.facts(), WIDTH - 2 * EDGE);
        self.front.text((EDGE, self.y), QUIET, "", &facts);
        self.y += 20;
    }

    /// `Severity 1 · resolved · lasted 1h 00m, from … to …`.
    fn facts(&self) -> String {
        let incident = self.incident;
        let severity = incident.severity.map(|severity| format!("Severity {severity}"));
        let parts = [severity, Some(incident.status.word().to_owned()), Some(self.length())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn length(&self) -> String {
        let milestones = &self.incident.milestones;
        let full = |kind| milestones.get(kind).map(|m| self.face().full(&m.at, m.precision));
        let ends =
            milestones.instant(MilestoneKind::Started).zip(milestones.instant(MilestoneKind::Resolved));
        match (full(MilestoneKind::Started), full(MilestoneKind::Resolved)) {
            (Some(start), Some(end)) => match ends.filter(|(start, end)| start <= end) {
                Some((from, to)) => format!("lasted {}, from {start} to {end}", span(to - from)),
                None => format!("how long is not known: started {start}, resolved {end}"),
            },
            (Some(start), None) if self.incident.status.is_over() => {
                format!("started {start}, the end is not recorded")
            }
            (Some(start), None) => format!("goes on since {start}"),
            (None, Some(end)) => format!("the start is not recorded, resolved {end}"),
            (None, None) => "the start is not recorded".into(),
        }
    }

    /// Makes room for key entries that lie a little outside of what is otherwise known; those far away stay at the edge.
    fn widen(&mut self) {
        let Scale { from, to } = self.phases.scale;
        let quarter = (to - from) / 4;
        let (earliest, latest) = (from - quarter, to + quarter);
        let near = self.key_moments().into_iter().filter_map(|key| key.at);
        for at in near.filter(|at| (earliest..=latest).contains(at)) {
            let scale = &mut self.phases.scale;
            *scale = Scale { from: scale.from.min(at), to: scale.to.max(at) };
        }
    }

    /// The name of a lane, left of it.
    fn lane(&mut self, baseline: i32, name: &str) {
        self.front.text((EDGE, baseline), NAME, "", name);
    }

    /// The times along the scale, with a line down through everything that is to scale.
    fn grid(&mut self, top: i32) -> Canvas {
        let mut grid = Canvas::default();
        let bottom = self.y;
        let most = if self.incident.clock == Clock::H12 { 7 } else { 9 };
        self.y += 16;
        let Scale { from, to } = self.phases.scale;
        let zones = [from, to].map(|at| self.incident.zone.label_at(at));
        let zone = if zones[0] == zones[1] { zones[0].clone() } else { zones.join(", then ") };
        let label = QUIET.cut(&format!("time in {zone}"), LEFT - EDGE - 8);
        self.front.text((EDGE, self.y), QUIET, "", &label);
        let mut free = 0;
        let mut ticks = self.phases.scale.ticks(&self.incident.zone, most);
        let short = ticks.len() < 2;
        if short {
            ticks = vec![from, to];
        }
        for tick in ticks {
            let x = self.column(tick);
            grid.path("wr-grid", &format!("M{x} {top}V{bottom}"));
            let local = self.incident.zone.at(tick);
            let midnight = local.time() == chrono::NaiveTime::MIN;
            let label = if midnight {
                local.format("%m-%d").to_string()
            } else if short {
                self.face().bare(&Moment { precision: Precision::Second, ..Moment::stamped(tick) })
            } else {
                self.face().bare(&Moment::stamped(tick))
            };
            let half = QUIET.width(&label) / 2;
            if x - half >= free {
                self.front.text((x, self.y), QUIET, "wr-mid", &label);
                free = x + half + 8;
            }
        }
        grid.path("wr-rule", &format!("M{LEFT} {bottom}H{RIGHT}"));
        self.y += 8;
        grid
    }

    /// The picture in words, for those who cannot see it.
    fn told(&self) -> String {
        let phases: Vec<String> = self.phases.phases.iter().map(|phase| self.phase_words(phase)).collect();
        let suspected: Vec<String> = self
            .incident
            .hypotheses
            .iter()
            .take(suspected::MOST)
            .map(|h| format!("{}: {}", fit::row(h.subject.raw()), h.status))
            .collect();
        let suspected = if suspected.is_empty() { "nothing".into() } else { suspected.join("; ") };
        format!("{}. Phases: {}. Suspected: {suspected}.", self.facts(), phases.join("; "))
    }
}
