//! The flow of an incident as a Mermaid diagram: what happened runs down the middle, what was suspected branches off, and
//! ends where it was ruled out or comes back where it was confirmed.
//!
//! Nodes are named by us; what people typed stands only in labels. The diagram stays far below what
//! mermaid reads by default: 50,000 characters and 500 edges.

mod label;
mod spine;

use std::collections::HashSet;

use chrono::TimeDelta;
use label::Label;
use spine::{Knot, Spine};

use crate::export::markdown;
use crate::model::{At, Hypothesis, HypothesisStatus, Incident, Moment, Side, span};

/// The most hypotheses that are drawn.
const BRANCHES: usize = 12;

/// How nodes look: a word and a line tell the verdict as well as the colour does.
const LOOKS: [&str; 6] = [
    "classDef milestone fill:#ddf4ff,stroke:#0969da,color:#0a3069",
    "classDef event fill:#f6f8fa,stroke:#59636e,color:#1f2328",
    "classDef suspected fill:#fff8c5,stroke:#9a6700,color:#3d2a00",
    "classDef deadend fill:#ffffff,stroke:#82071e,color:#59101d,stroke-dasharray:5 4",
    "classDef found fill:#dafbe1,stroke:#116329,color:#04260f,stroke-width:3px",
    "classDef unsettled fill:#ffffff,stroke:#59636e,color:#1f2328,stroke-dasharray:2 3",
];

/// The incident as a Mermaid flowchart, to be drawn by mermaid 10 or newer. Times are in the incident's zone.
pub fn flow(incident: &Incident) -> String {
    let drawn = drawn(&incident.hypotheses);
    let all = incident.hypotheses.iter().enumerate();
    let places = all.filter(|(nth, _)| drawn.contains(nth)).map(|(_, h)| place(h)).collect();
    let mut spine = Spine::of(incident);
    spine.make_room(places);
    let mut chart =
        Chart { incident, spine: &spine, nodes: String::new(), edges: String::new(), classes: Vec::new() };
    chart.spine();
    chart.branches();
    let mut out = String::from("flowchart TD\n    accTitle: Flow of the incident\n");
    out.push_str(&chart.nodes);
    out.push_str(&chart.edges);
    for look in LOOKS {
        let class = look.split(' ').nth(1).unwrap_or_default();
        let of: Vec<&str> =
            chart.classes.iter().filter(|(_, is)| *is == class).map(|(id, _)| id.as_str()).collect();
        if !of.is_empty() {
            out.push_str(&format!("    {look}\n    class {} {class}\n", of.join(",")));
        }
    }
    out
}

/// The same as a block of code for Markdown.
pub fn fence(incident: &Incident) -> String {
    markdown::fence(&flow(incident))
}

/// The shape of a node, as the characters around its label.
#[derive(Clone, Copy)]
struct Shape(&'static str, &'static str);

const ROUND: Shape = Shape("([", "])");
const SQUARE: Shape = Shape("[", "]");
const HEXAGON: Shape = Shape("{{", "}}");

struct Chart<'a> {
    incident: &'a Incident,
    spine: &'a Spine<'a>,
    nodes: String,
    edges: String,
    /// Nodes and how each looks.
    classes: Vec<(String, &'static str)>,
}

impl Chart<'_> {
    fn node(&mut self, id: &str, shape: Shape, class: &'static str, label: &Label) {
        let Shape(open, close) = shape;
        self.nodes.push_str(&format!("    {id}{open}\"{}\"{close}\n", label.text()));
        self.classes.push((id.to_owned(), class));
    }

    fn edge(&mut self, from: &str, kind: &str, to: &str) {
        self.edges.push_str(&format!("    {from} {kind} {to}\n"));
    }

    /// What happened, in order.
    fn spine(&mut self) {
        for Knot { id, label, milestone, .. } in &self.spine.knots {
            let (shape, class) = if *milestone { (ROUND, "milestone") } else { (SQUARE, "event") };
            self.node(id, shape, class, label);
        }
        for pair in self.spine.knots.windows(2) {
            self.edge(&pair[0].id, "==>", &pair[1].id);
        }
        if let Some(last) = self.spine.knots.last().filter(|_| !self.incident.status.is_over()) {
            let status = self.incident.status.word();
            self.node("goes_on", ROUND, "unsettled", &Label::of(&format!("goes on: {status}")));
            self.edge(&last.id, "-.->", "goes_on");
        }
    }

    /// What was suspected.
    fn branches(&mut self) {
        let all = &self.incident.hypotheses;
        let drawn = drawn(all);
        for (nth, hypothesis) in all.iter().enumerate().filter(|(nth, _)| drawn.contains(nth)) {
            self.branch(nth + 1, hypothesis);
        }
        let left = all.iter().enumerate().filter(|(nth, _)| !drawn.contains(nth));
        let left: Vec<_> = left.map(|(_, hypothesis)| hypothesis.status).collect();
        if let Some(last) = self.spine.knots.last().filter(|_| !left.is_empty()) {
            let label = Label::of(&format!("and {} more suspected: {}", left.len(), counted(&left)));
            self.node("more", HEXAGON, "unsettled", &label);
            self.edge(&last.id, "-.-", "more");
        }
    }

    fn branch(&mut self, number: usize, hypothesis: &Hypothesis) {
        let clock = |at: &At| self.spine.dial.tells(&Moment::to_the_minute(*at));
        let (raised, closed) = (hypothesis.raised_at, hypothesis.closed_at);
        let (h, v) = (format!("h{number}"), format!("v{number}"));
        let when = raised.map_or_else(|| "suspected".into(), |at| format!("{} suspected", clock(&at)));
        let subject = Label::of(&when).line(Some(hypothesis.subject.raw()));
        self.node(&h, HEXAGON, "suspected", &subject);
        let from = self.spine.before(place(hypothesis));
        self.edge(from, "-->", &h);

        let verdict = hypothesis.status.words();
        let at = closed.map(|at| format!(" {}", clock(&at))).unwrap_or_default();
        let took = hypothesis
            .minutes()
            .map(|m| format!(" after {}", span(TimeDelta::minutes(m))))
            .unwrap_or_default();
        let (mark, shape, class) = match hypothesis.status {
            HypothesisStatus::RuledOut => ("✗ ", SQUARE, "deadend"),
            HypothesisStatus::Confirmed => ("✓ ", ROUND, "found"),
            HypothesisStatus::Open | HypothesisStatus::Testing | HypothesisStatus::Parked => {
                ("", SQUARE, "unsettled")
            }
        };
        let mut label = Label::of(&format!("{mark}{verdict}{at}{took}")).line(hypothesis.reason.as_ref());
        let mut harm = hypothesis.evidence_of(Side::Harm);
        if let Some(first) = harm.next() {
            label = label.led("made it worse: ", &first.text);
        }
        self.node(&v, shape, class, &label);
        self.edge(&h, "-->", &v);
        // What comes next stands below all of this, not beside it: else the diagram grows wider with every suspicion.
        if let Some(next) = self.spine.next(from) {
            self.edge(&v, "~~~", next);
        }
        let back = closed.filter(|_| hypothesis.status == HypothesisStatus::Confirmed);
        if let Some(next) = back.and_then(|at| self.spine.after(at.sort_key())) {
            self.edge(&v, "-->", next);
        }
    }
}

/// Which hypotheses are drawn, by their place in the incident.
fn drawn(all: &[Hypothesis]) -> HashSet<usize> {
    let confirmed = |h: &Hypothesis| h.status == HypothesisStatus::Confirmed;
    // The cause is part of the story, however many were suspected before it.
    let (causes, others): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(_, h)| confirmed(h));
    causes.into_iter().chain(others).take(BRANCHES).map(|(nth, _)| nth).collect()
}

/// Where it branches off, as far as that is known.
fn place(hypothesis: &Hypothesis) -> Option<i64> {
    hypothesis.raised_at.or(hypothesis.closed_at).map(|at| at.sort_key())
}

/// `2 ruled out, 1 open`.
fn counted(of: &[HypothesisStatus]) -> String {
    let kinds = [
        HypothesisStatus::Confirmed,
        HypothesisStatus::RuledOut,
        HypothesisStatus::Testing,
        HypothesisStatus::Open,
        HypothesisStatus::Parked,
    ];
    let counts = kinds.into_iter().map(|kind| (of.iter().filter(|is| **is == kind).count(), kind));
    let told: Vec<String> = counts.filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{n} {kind}")).collect();
    told.join(", ")
}
