//! What lies over the panes: the help, the report, the handoff.

use ratatui::style::{Modifier, Style};

use super::keymap::{BINDINGS, Place};
use super::times;
use crate::export::{Outline, markdown};
use crate::grammar::table::COMMANDS;
use crate::model::{ActionStatus, Hypothesis, HypothesisStatus, Incident, Instant};
use crate::text::{Raw, TermText};

/// Text over the panes, scrolled by keys.
#[derive(Clone, Debug)]
pub(super) struct Overlay {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
    /// How many rows are scrolled away above.
    pub(super) scroll: usize,
}

/// One line, wrapped when it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// What stands before its first row.
    pub(super) lead: TermText,
    pub(super) text: TermText,
    pub(super) style: Style,
    /// The columns before each row of the text.
    pub(super) indent: usize,
}

/// Columns of the left side of the help.
const KEYS: usize = 18;

/// Rows as they are gathered.
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Overlay {
    /// Rows as they were gathered.
    pub(super) fn new(title: &'static str, rows: Rows) -> Self {
        Self { title, rows: rows.0, scroll: 0 }
    }
}

impl Rows {
    pub(super) fn push(&mut self, lead: &str, text: &str, style: Style, indent: usize) {
        let (lead, text) = (Raw::new(lead).for_term(), Raw::new(text).for_term());
        self.0.push(Row { lead, text, style, indent });
    }

    pub(super) fn plain(&mut self, text: impl AsRef<str>) {
        self.push("", text.as_ref(), Style::new(), 2);
    }

    pub(super) fn heading(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.plain("");
        }
        self.push("", text, Style::new().add_modifier(Modifier::BOLD), 0);
    }

    pub(super) fn two(&mut self, left: &str, right: &str) {
        let wide = left.chars().count() >= KEYS;
        if wide {
            self.plain(left);
        }
        self.push(if wide { "" } else { left }, right, Style::new(), KEYS);
    }
}

/// All keys and all commands.
pub(super) fn help() -> Overlay {
    let mut rows = Rows::default();
    rows.heading("What you type is logged; Enter sends it");
    rows.two("text", "an entry, now; #tag and @person are found in it");
    rows.two(
        "10:42 text",
        "an entry at that time; -5m, 3:15pm PDT, yesterday 23:50, ~10:40, 10:40..10:55 work, too",
    );
    rows.two("?database: why", "raises a hypothesis");
    rows.two("+ text @bob", "adds an action");
    rows.two("/command", "one of those below");
    rows.two("\\text", "an entry, whatever it looks like");
    rows.heading("Commands");
    for command in COMMANDS {
        let short = command.short.map(|short| format!("  (short: {short})")).unwrap_or_default();
        rows.two(&format!("/{}", command.name), &format!("{}{short}", command.help));
        if !command.arguments.is_empty() {
            rows.push("", command.arguments, Style::new().add_modifier(Modifier::DIM), KEYS);
        }
    }
    for place in Place::ALL {
        rows.heading(&format!("Keys {}", place.words()));
        for binding in BINDINGS.iter().filter(|b| b.place == place) {
            rows.two(binding.keys, binding.help);
        }
    }
    rows.heading("Marks");
    rows.plain("· entry  ? hypothesis  ◆ milestone  » status  ! severity  @ role  ▲ alert  $ command");
    rows.plain(
        "  ★ part of the short story  ✗ struck out  late: logged more than 5 minutes after it happened",
    );
    Overlay::new("Help", rows)
}

/// The report as it stands, what it lacks first.
pub(super) fn report(incident: &Incident) -> Overlay {
    let outline = Outline::of(incident);
    let mut rows = Rows::default();
    if outline.missing.is_empty() {
        rows.heading("Nothing is missing");
    } else {
        rows.heading("Still missing");
    }
    for gap in &outline.missing {
        rows.two(&gap.command, &gap.what);
    }
    rows.heading("The report");
    rows.plain("");
    let text = Raw::new(markdown::render(&outline));
    let lead = Raw::default().for_term();
    let lines = text.for_term_lines().into_iter();
    rows.0.extend(lines.map(|text| Row { lead: lead.clone(), text, style: Style::new(), indent: 0 }));
    Overlay::new("Report", rows)
}

/// The state on one screen, for whoever takes over.
pub(super) fn handoff(incident: &Incident, now: Instant) -> Overlay {
    let mut rows = Rows::default();
    rows.heading(incident.title.for_term().as_str());
    let severity = incident.severity.map(|severity| format!("SEV {severity} · ")).unwrap_or_default();
    rows.plain(format!("{severity}{} · {}", incident.status, elapsed(incident, now)));
    rows.heading("Roles");
    for role in &incident.roles {
        rows.two(role.role.for_term().as_str(), role.name.for_term().as_str());
    }
    if incident.roles.is_empty() {
        rows.plain("nobody has one: /role commander @alice");
    }
    let of = |wanted: &[HypothesisStatus]| {
        let all = incident.hypotheses.iter();
        all.filter(|h| wanted.contains(&h.status)).map(hypothesis).collect::<Vec<_>>()
    };
    rows.heading("Being looked into");
    list(&mut rows, of(&[HypothesisStatus::Testing, HypothesisStatus::Open]), "nothing");
    rows.heading("Confirmed");
    list(&mut rows, of(&[HypothesisStatus::Confirmed]), "nothing");
    rows.heading("Ruled out or parked");
    list(&mut rows, of(&[HypothesisStatus::RuledOut, HypothesisStatus::Parked]), "nothing");
    rows.heading("To do");
    let open = incident.actions.iter().filter(|a| a.status == ActionStatus::Open);
    let open = open.map(|action| {
        let owner = action.owner.as_ref().map(|owner| format!(" @{}", owner.for_term()));
        format!("{} {}{}", action.number, action.text.for_term(), owner.unwrap_or_default())
    });
    list(&mut rows, open.collect(), "nothing");
    rows.heading("Last update to stakeholders");
    let last = incident.updates.iter().max_by_key(|update| update.at.sort_key());
    let last = last.map(|update| {
        let ago = update.at.instant().map(|at| format!("{} ago, ", times::span(now - at)));
        let (ago, audience) = (ago.unwrap_or_default(), update.audience.for_term());
        format!("{ago}{audience}: {}", update.text.for_term())
    });
    list(&mut rows, last.into_iter().collect(), "none: /update TEXT");
    Overlay::new("Handoff", rows)
}

fn list(rows: &mut Rows, items: Vec<String>, none: &str) {
    if items.is_empty() {
        rows.plain(none);
    }
    for item in items {
        rows.push("  -", &item, Style::new(), 4);
    }
}

fn hypothesis(hypothesis: &Hypothesis) -> String {
    let owner = hypothesis.owner.as_ref().map(|owner| format!(" @{}", owner.for_term()));
    let why =
        hypothesis.reason.as_ref().or(hypothesis.why.as_ref()).map(|why| format!(": {}", why.for_term()));
    let (owner, why) = (owner.unwrap_or_default(), why.unwrap_or_default());
    format!("{} — {}{owner}{why}", hypothesis.subject.raw().for_term(), hypothesis.status)
}

/// How long it has been going on, or went on.
pub(super) fn elapsed(incident: &Incident, now: Instant) -> String {
    let resolved = incident.milestones.instant(crate::model::MilestoneKind::Resolved);
    match (incident.began(), resolved) {
        (None, _) => "not begun".into(),
        (Some((began, _)), Some(resolved)) if resolved >= began => {
            format!("lasted {}", times::span(resolved - began))
        }
        (Some((began, false)), _) => format!("{} since start", times::span(now - began)),
        (Some((began, true)), _) => format!("{} since first entry", times::span(now - began)),
    }
}
