//! The phases of an outage drawn as a bar to scale, with the hypotheses under it.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::disputed;
use super::look::Look;
use super::overlay::Rows;
use super::times;
use crate::export::Phases;
use crate::export::outline::metrics;
use crate::export::outline::phases::{Part, Phase, Scale, Stretch, Suspicion};
use crate::grammar::table::{Takes, name_of};
use crate::model::{DisputedItem, Face, HypothesisStatus, Incident, Instant, MilestoneKind, Moment};

/// The end of a bar that goes on.
const GOES_ON: &str = "▸";

/// Draws them, no row wider than `width`.
pub fn lines(phases: &Phases, incident: &Incident, width: usize, look: Look) -> Vec<Line<'static>> {
    let sheet = Sheet { phases, incident, width: width.max(1), look };
    let mut out = sheet.rows(|rows| {
        rows.heading(&sheet.whole());
        rows.push("", "", Style::new(), 0);
    });
    out.extend(sheet.axis());
    out.push(sheet.marks());
    out.push(sheet.bar());
    out.extend(sheet.rows(|rows| sheet.legend(rows)));
    out.push(Line::default());
    out.extend(sheet.rows(|rows| {
        rows.heading("Hypotheses");
        if phases.hypotheses.is_empty() {
            rows.plain("none so far: ?database");
        }
    }));
    for suspicion in &phases.hypotheses {
        out.extend(sheet.rows(|rows| sheet.told(rows, suspicion)));
        out.extend(sheet.followed(suspicion));
    }
    let metrics = metrics::of(incident);
    if !metrics.is_empty() {
        out.push(Line::default());
        out.extend(sheet.rows(|rows| {
            rows.heading("Metrics");
            for metric in &metrics {
                rows.plain(format!("{}: {}", metric.name, metric.value));
            }
        }));
    }
    out
}

/// How a phase looks in the bar: no two alike, with or without colours.
fn fill(part: Part) -> char {
    match part {
        Part::Detect => '░',
        Part::Diagnose => '▒',
        Part::Fix => '▓',
        Part::Recover => '█',
    }
}

/// Everything that is drawn, and where.
struct Sheet<'a> {
    phases: &'a Phases,
    incident: &'a Incident,
    width: usize,
    look: Look,
}

impl Sheet<'_> {
    fn rows(&self, gather: impl FnOnce(&mut Rows)) -> Vec<Line<'static>> {
        let mut rows = Rows::default();
        gather(&mut rows);
        rows.laid_out(self.width)
    }

    /// The first and the last instant, and how much lies between them.
    fn whole(&self) -> String {
        let Scale { from, to } = self.phases.scale;
        let face = Face::of(self.incident);
        let goes_on = if self.phases.running { ", so far" } else { "" };
        format!("{} – {} · {}{goes_on}", face.instant(from), face.instant(to), times::span(to - from))
    }

    /// The column of an instant.
    fn column(&self, at: Instant) -> usize {
        self.phases.scale.place(at, self.width).min(self.width - 1)
    }

    /// The columns of a stretch, at least one where it has a length or `always`.
    fn columns(&self, stretch: Stretch, always: bool) -> Option<(usize, usize)> {
        let (from, to) = stretch.ends().filter(|(from, to)| always || from < to)?;
        let (first, end) = (self.column(from), self.phases.scale.place(to, self.width));
        Some((first, end.max(first + 1)))
    }

    /// The time of day, with month and day where they are not those of `beside`.
    fn clock(&self, at: Instant, beside: Instant) -> String {
        let face = Face::of(self.incident);
        let clock = face.bare(&Moment::stamped(at));
        match (face.date(&at.into()), face.date(&beside.into())) {
            (Some(date), beside) if beside != Some(date) => format!("{} {clock}", date.format("%m-%d")),
            _ => clock,
        }
    }

    /// The same beside the beginning of the scale.
    fn near(&self, at: Instant) -> String {
        self.clock(at, self.phases.scale.from)
    }

    /// The times along the scale, and the line below them.
    fn axis(&self) -> Vec<Line<'static>> {
        let Scale { from, to } = self.phases.scale;
        let face = Face::of(self.incident);
        let clock = |at: Instant| face.bare(&Moment::stamped(at));
        let mut labels = vec![' '; self.width];
        let mut line = vec!['─'; self.width];
        let mut put = |column: usize, label: &str, mark: char| {
            let end = column + label.chars().count();
            let free = column.saturating_sub(1)..(end + 1).min(labels.len());
            if end <= labels.len() && labels[free].iter().all(|c| *c == ' ') {
                labels.iter_mut().skip(column).zip(label.chars()).for_each(|(place, c)| *place = c);
                line[column] = mark;
            }
        };
        let last = clock(to);
        put(0, &clock(from), '├');
        put(self.width.saturating_sub(last.chars().count()), &last, '─');
        let most = self.width / (times::width(self.incident.clock) + 3);
        for tick in self.phases.scale.ticks(&self.incident.zone, most) {
            let local = self.incident.zone.at(tick);
            let midnight = local.time() == chrono::NaiveTime::MIN;
            let label = if midnight { local.format("%m-%d").to_string() } else { clock(tick) };
            put(self.column(tick), &label, '┬');
        }
        line[self.width - 1] = '┤';
        let quiet = self.look.quiet();
        let text = |chars: Vec<char>| chars.into_iter().collect::<String>();
        vec![Line::from(text(labels)), Line::from(Span::styled(text(line), quiet))]
    }

    /// The milestones, each at its instant.
    fn marks(&self) -> Line<'static> {
        let mut marks = vec![' '; self.width];
        for (_, at) in &self.phases.milestones {
            marks[self.column(*at)] = '◆';
        }
        Line::from(Span::styled(marks.into_iter().collect::<String>(), self.look.accent()))
    }

    /// The phases, each as long as it was; the short ones are drawn last, so that they are seen.
    fn bar(&self) -> Line<'static> {
        let mut bar = vec!['·'; self.width];
        let mut phases: Vec<&Phase> = self.phases.phases.iter().collect();
        phases.sort_by_key(|phase| std::cmp::Reverse(phase.stretch.length()));
        for phase in phases {
            let fills = phase.parts.iter().map(|part| fill(*part)).cycle();
            if let Some((from, end)) = self.columns(phase.stretch, false) {
                bar[from..end].iter_mut().zip(fills).for_each(|(place, fill)| *place = fill);
            }
        }
        Line::from(Span::styled(bar.into_iter().collect::<String>(), self.look.accent()))
    }

    fn legend(&self, rows: &mut Rows) {
        rows.push("", "", Style::new(), 0);
        let indent = self.phases.phases.iter().map(|phase| phase.parts.len()).max().unwrap_or(0) + 1;
        for phase in &self.phases.phases {
            let lead: String = phase.parts.iter().map(|part| fill(*part)).collect();
            let names = phase.parts.iter().map(|part| part.word()).collect::<Vec<_>>().join(" + ");
            let quiet = phase.stretch == Stretch::Ahead;
            let style = if quiet { self.look.quiet() } else { Style::new() };
            let lacks: Vec<String> = phase.lacks.iter().map(|(kind, at)| self.command(*kind, *at)).collect();
            let hint = match (&phase.stretch, lacks.is_empty()) {
                (_, true) => String::new(),
                (Stretch::Running { .. }, _) => format!(" · {} ends it", lacks.join(", ")),
                // When it was is not known: an example would be taken for it.
                (Stretch::Over { .. }, _) => {
                    let lacks: Vec<String> = phase
                        .lacks
                        .iter()
                        .map(|(kind, _)| format!("/{} TIME", name_of(Takes::Milestone(*kind))))
                        .collect();
                    format!(" · {} would part them", lacks.join(", "))
                }
                _ => format!(" · set {}", lacks.join(", ")),
            };
            rows.push(&lead, &format!("{names}: {}{hint}", self.when(phase.stretch)), style, indent);
        }
        let milestones = self.phases.milestones.iter();
        let milestones: Vec<_> = milestones.map(|(kind, at)| format!("{} {kind}", self.near(*at))).collect();
        if !milestones.is_empty() {
            rows.push("◆", &milestones.join(" · "), Style::new(), indent);
        }
        let is_milestone = |item: &DisputedItem| matches!(item, DisputedItem::Milestone(_));
        for note in disputed::named(self.incident, self.look, is_milestone) {
            rows.push("", &note, self.look.quiet(), indent);
        }
    }

    /// How long, from when to when.
    fn when(&self, stretch: Stretch) -> String {
        let long = stretch.length().map(times::span).unwrap_or_default();
        match stretch {
            Stretch::Over { from, to } => format!("{long}, {}–{}", self.near(from), self.clock(to, from)),
            Stretch::Running { from, .. } if self.phases.running => {
                format!("{long} so far, since {}", self.near(from))
            }
            Stretch::Running { from, .. } => format!("no verdict, since {}", self.near(from)),
            Stretch::Contradictory => "its end is before its beginning".into(),
            Stretch::Unknown => "not known".into(),
            Stretch::Ahead => "not begun".into(),
        }
    }

    /// The command that sets a milestone, with a time as an example.
    fn command(&self, kind: MilestoneKind, at: Instant) -> String {
        let face = Face::of(self.incident);
        let (date, clock) = (face.date(&at.into()), face.bare(&Moment::stamped(at)));
        let today = date == face.date(&self.phases.now.into());
        let date = date.filter(|_| !today).map_or(String::new(), |date| format!("{date} "));
        format!("/{} {date}{clock}", name_of(Takes::Milestone(kind)))
    }

    /// What was suspected, what became of it, and how long that took.
    fn told(&self, rows: &mut Rows, suspicion: &Suspicion) {
        let Suspicion { subject, status, stretch, closed } = suspicion;
        let (mark, style) = self.look.hypothesis(*status);
        let when = match (stretch, closed) {
            (Stretch::Unknown, Some(closed)) => {
                format!("at {}; when it was raised is not known", self.near(*closed))
            }
            (Stretch::Contradictory, Some(closed)) => {
                format!("at {}, before it was raised", self.near(*closed))
            }
            (Stretch::Unknown, None) => "its times are not known".into(),
            (Stretch::Running { from, .. }, _) if *status == HypothesisStatus::Parked => {
                format!("raised {}", self.near(*from))
            }
            _ => self.when(*stretch),
        };
        let words = format!("{} · {status} · {when}", subject.for_term());
        rows.push(mark, &words, style.remove_modifier(Modifier::DIM), 2);
    }

    /// From raising it to its verdict; nothing where that is not known.
    fn followed(&self, suspicion: &Suspicion) -> Option<Line<'static>> {
        let (from, end) = self.columns(suspicion.stretch, true)?;
        let (mark, style) = self.look.hypothesis(suspicion.status);
        let goes_on = matches!(suspicion.status, HypothesisStatus::Open | HypothesisStatus::Testing);
        let mark = if goes_on { GOES_ON } else { mark };
        let bar = format!("{}{}{mark}", " ".repeat(from), "━".repeat(end - from - 1));
        Some(Line::from(Span::styled(bar, style)))
    }
}
