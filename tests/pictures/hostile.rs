//! Texts that want to be more than text, in every field that a picture shows.

use warroom::model::{Incident, MilestoneKind, Side, Subject};
use warroom::text::Raw;

use super::outages;

/// What means something to mermaid, to XML, or to what draws them.
pub const PIECES: &[&str] = &[
    "end",
    "click h1 href \"javascript:alert(1)\"",
    "style m_started fill:#f00;",
    "classDef out fill:#fff;",
    "subgraph x",
    "%%{init: {\"theme\":\"dark\"}}%%",
    "%% comment",
    "---",
    "graph LR",
    "-->",
    "==>",
    "\"]",
    "])",
    "}}",
    "{{",
    "\"",
    "`",
    "```",
    "\n",
    "\r\n",
    "\t",
    "#",
    ";",
    "#quot;",
    "#35;",
    "&lt;",
    "&amp;",
    "&#60;",
    "<br/>",
    "<b>",
    "</text>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "$$x^2$$",
    "fa:fa-bomb",
    "**bold**",
    "_it_",
    "1. one",
    "- item",
    "> quote",
    "https://a.example/?a=1&b=2",
    ":::",
    "@{shape: circle}",
    "|",
    "~~~",
    "ﬂ°°35¶ß",
    "ﬂ°lt¶ß",
    "\\",
    "\\n",
    "\u{0}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "e\u{301}\u{302}\u{303}\u{304}\u{305}",
    "👩‍🚒",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "決済",
    "الشبكة",
    "\u{fdfd}",
    "xyzzy",
    "a word that is rather long for a picture of this size and goes on for a while",
    "' onload='alert(1)",
    "url(#wr-t-out)",
    "var(--wr-ink)",
    "accTitle: x",
    "linkStyle 0 stroke:red",
];

/// An outage in which everything that somebody typed is this text.
pub fn outage(text: &str) -> Incident {
    let mut incident = outages::logins();
    let raw = Raw::new(text);
    incident.title = raw.clone();
    incident.root_cause = Some(raw.clone());
    incident.detection = Some(raw.clone());
    incident.resolution.temporary = Some(raw.clone());
    incident.resolution.permanent = Some(raw.clone());
    for kind in MilestoneKind::ALL {
        let milestone = incident.milestones.get(kind).cloned();
        incident.milestones.set(
            kind,
            milestone.map(|mut m| {
                m.how = (kind != MilestoneKind::Identified).then(|| raw.clone());
                m
            }),
        );
    }
    for entry in incident.timeline.iter_mut() {
        entry.text = raw.clone();
        entry.by = raw.clone();
        entry.key = true;
    }
    for decision in &mut incident.decisions {
        decision.text = raw.clone();
        decision.who = Some(raw.clone());
    }
    for (nth, hypothesis) in incident.hypotheses.iter_mut().enumerate() {
        hypothesis.subject = Subject::new(&format!("{text}{nth}"));
        hypothesis.why = Some(raw.clone());
        hypothesis.reason = Some(raw.clone());
        hypothesis.evidence.iter_mut().for_each(|e| {
            e.text = raw.clone();
            e.side = Side::Harm;
        });
    }
    incident
}
