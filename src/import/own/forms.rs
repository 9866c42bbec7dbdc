//! Our own report in the form of another template, put into the form of the default one: each of its lines with the line of
//! the document it comes from. A document of others has other times, or lacks a part, and is none.

mod table;

use std::collections::BTreeMap;

use super::html::Origin;
use super::times::Times;
use crate::model::{MilestoneKind, Status};

/// The templates, and the headings of the parts that each has, in this order.
const FORMS: [(&str, &str); 4] = [
    (
        "google-sre",
        "Date|Authors|Status|Summary|Impact|Root Causes|Trigger|Resolution|Detection|Action Items|Lessons Learned|Timeline|\
         Supporting information",
    ),
    (
        "pagerduty",
        "Overview|What Happened|Contributing Factors|Resolution|Impact|Responders|Timeline|How'd We Do?|Action Items|\
         Messaging",
    ),
    (
        "atlassian",
        "Incident summary|Leadup|Fault|Impact|Detection|Response|Recovery|Timeline|\
         Root cause identification: The Five Whys|Root cause|Backlog check|Recurrence|Lessons learned|Corrective actions",
    ),
    (
        "kehoe",
        "Summary|Postmortem Attendees|Incident Timing|Incident Timeline|Impact|What caused the incident?|\
         Mitigation & Resolution|Open Questions|Lessons Learnt|Action Items & Followups|Supporting Documents",
    ),
];

/// Where what stands under a heading, or after a label, belongs.
const PLACES: &[(&str, Place)] = &[
    ("Date", Place::Nowhere),
    ("What Happened", Place::Nowhere),
    ("Not recorded yet:", Place::Nowhere),
    ("Authors", Place::Authors),
    ("Status", Place::Status),
    ("Summary", Place::Summary),
    ("Overview", Place::Summary),
    ("Incident summary", Place::Summary),
    ("Impact", Place::Impact),
    ("End User Impact", Place::Impact),
    ("Root Causes", Place::Cause),
    ("Root Cause(s)", Place::Cause),
    ("Root cause", Place::Cause),
    ("Contributing Factors", Place::Cause),
    ("Fault", Place::Cause),
    ("Leadup", Place::Trigger),
    ("Trigger", Place::Trigger),
    ("Trigger(s)", Place::Trigger),
    ("Contributing factors:", Place::Factors),
    ("Process Breakdown(s)", Place::Factors),
    ("Misleading paths:", Place::Paths),
    ("Misleading paths, and what they made worse:", Place::Paths),
    ("What was suspected and ruled out:", Place::Paths),
    ("Never settled:", Place::Open),
    ("To be settled:", Place::Open),
    ("Open Questions", Place::Open),
    ("Resolution", Place::Resolution),
    ("Recovery", Place::Resolution),
    ("Mitigation & Resolution", Place::Resolution),
    ("Detection", Place::Detection),
    ("Response", Place::Facts),
    ("When:", Place::Facts),
    ("Incident Timing", Place::Facts),
    ("Action Items", Place::Actions),
    ("Action Items & Followups", Place::Actions),
    ("Corrective actions", Place::Actions),
    ("What went well", Place::Well),
    ("What Went Well?", Place::Well),
    ("What went wrong", Place::Wrong),
    ("What Didn't Go So Well?", Place::Wrong),
    ("What went badly", Place::Wrong),
    ("Where we got lucky", Place::Lucky),
    ("Where did we get lucky", Place::Lucky),
    ("Where luck helped:", Place::Lucky),
    ("Timeline", Place::Timeline),
    ("Incident Timeline", Place::Timeline),
    ("Responders", Place::Roles),
    ("Postmortem Attendees", Place::Roles),
    ("Roles:", Place::Roles),
    ("Decisions:", Place::Decisions),
    ("Doubts:", Place::Doubts),
    ("Supporting information", Place::Links),
    ("Supporting Documents", Place::Links),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Nowhere,
    Authors,
    Status,
    Summary,
    Impact,
    Cause,
    Confirmed,
    Trigger,
    Factors,
    Paths,
    Open,
    Resolution,
    Detection,
    Facts,
    Actions,
    Improvements,
    Well,
    Wrong,
    Lucky,
    Timeline,
    Roles,
    Decisions,
    Doubts,
    Links,
    Notes,
}

/// A line, and the line of the document it comes from.
type Line = (String, u32);

/// A report while it is sorted.
struct Form {
    name: &'static str,
    title: Option<Line>,
    place: Place,
    parts: BTreeMap<Place, Vec<Line>>,
    /// When each milestone was met, and how.
    met: BTreeMap<MilestoneKind, (String, u32)>,
    /// The day of the rows that come.
    day: String,
    fenced: bool,
    /// Something is not as we write it.
    foreign: bool,
}

/// The report in the default form, and the name of the template that it was in; none where it is none of ours.
pub(super) fn as_default(lines: &[String]) -> Option<(Origin, &'static str)> {
    let headings = || lines.iter().filter_map(|line| line.strip_prefix("## ")).map(str::trim_end);
    let has_all = |parts: &str| {
        let mut there = headings();
        parts.split('|').all(|part| there.any(|heading| unescaped(heading) == part))
    };
    let (name, _) = FORMS.into_iter().find(|(_, parts)| has_all(parts))?;
    let mut form = Form {
        name,
        title: None,
        place: Place::Nowhere,
        parts: BTreeMap::new(),
        met: BTreeMap::new(),
        day: String::new(),
        fenced: false,
        foreign: false,
    };
    for (at, line) in lines.iter().enumerate() {
        form.line(line.trim_end(), u32::try_from(at + 1).unwrap_or(u32::MAX));
    }
    (!form.foreign).then(|| (form.written(), name))
}

fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}

/// What stands where nothing is known.
fn is_unknown(text: &str) -> bool {
    super::UNKNOWN.contains(&text.trim_end_matches(" |"))
}

impl Form {
    fn put(&mut self, place: Place, text: impl Into<String>, line: u32) {
        self.parts.entry(place).or_default().push((text.into(), line));
    }

    fn line(&mut self, text: &str, line: u32) {
        if text.starts_with("```") {
            // The diagram follows from the rest.
            self.fenced = !self.fenced;
        } else if self.fenced || is_unknown(text) && self.place != Place::Timeline {
            // A blank line parts what is told; one of ours has nothing else.
            if text.is_empty() && !self.fenced && self.place == Place::Notes {
                self.put(Place::Notes, "", line);
            }
        } else if let Some(title) = text.strip_prefix("# ").filter(|_| self.title.is_none()) {
            let suffix = title.rfind(" Postmortem (incident ").filter(|_| self.name == "google-sre");
            self.title = Some((title[..suffix.unwrap_or(title.len())].to_owned(), line));
        } else if let Some(heading) = text.strip_prefix("## ").or_else(|| text.strip_prefix("### ")) {
            self.heading(heading, line);
        } else if let Some((_, place)) =
            PLACES.iter().find(|(label, _)| *label == text && text.ends_with(':'))
        {
            self.place = *place;
        } else {
            self.told(text, line);
        }
    }

    fn heading(&mut self, heading: &str, line: u32) {
        let plain = unescaped(heading);
        let known = PLACES.iter().find(|(name, _)| *name == plain);
        self.place = known.map_or(Place::Notes, |(_, place)| *place);
        if known.is_none() {
            self.put(Place::Notes, format!("### {heading}"), line);
        }
    }

    fn told(&mut self, text: &str, line: u32) {
        if let Some(fact) =
            text.trim_start_matches("- ").strip_prefix("**").filter(|_| self.place != Place::Timeline)
            && let Some((label, value)) = fact.split_once(":** ")
        {
            self.fact(label, value, line);
            return;
        }
        if text.starts_with("| ") || text.starts_with("|-") {
            self.row(text, line);
            return;
        }
        let bullet = text.starts_with("- ");
        match self.place {
            Place::Timeline => self.entry(text, line),
            Place::Cause | Place::Trigger if text.starts_with("- **") => {
                self.place = Place::Confirmed;
                self.put(Place::Confirmed, text, line);
            }
            Place::Confirmed if bullet && !text.starts_with("- **") => self.factor(text, line),
            Place::Cause | Place::Trigger if bullet => self.factor(text, line),
            Place::Cause if text.starts_with("Trigger: ") => self.put(Place::Trigger, &text[9..], line),
            Place::Roles if text.starts_with("Recorded by: ") => {
                self.put(Place::Authors, &text["Recorded by: ".len()..], line);
            }
            Place::Status => {
                let (status, severity) = text.split_once(", severity ").unwrap_or((text, ""));
                self.put(Place::Status, status.to_lowercase(), line);
                self.fact("Severity", severity, line);
            }
            place => self.put(place, text, line),
        }
    }

    fn factor(&mut self, text: &str, line: u32) {
        self.place = Place::Factors;
        self.put(Place::Factors, text, line);
    }

    /// A fact with its label, of a list or of a table.
    fn fact(&mut self, label: &str, value: &str, line: u32) {
        if is_unknown(value) || label.starts_with("Time to ") {
            return;
        }
        let kind = match label {
            "Start Time" => Some(MilestoneKind::Started),
            "Detection Time" => Some(MilestoneKind::Detected),
            "Mitigation Time" => Some(MilestoneKind::Mitigated),
            "Resolution Time" => Some(MilestoneKind::Resolved),
            _ => MilestoneKind::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(label)),
        };
        if let Some(kind) = kind {
            self.met.entry(kind).or_insert((value.to_owned(), line));
            return;
        }
        match label {
            "Severity" | "Incident Severity" => {
                self.put(Place::Facts, format!("- **Severity:** {value}"), line);
            }
            "Services" => self.put(Place::Facts, format!("- **Services:** {value}"), line),
            "Duration" => self.lasted(value, line),
            "Affected" | "Loss" => self.put(Place::Impact, format!("- {label}: {value}"), line),
            "Incident Detected By" => self.put(Place::Detection, value, line),
            "Incident Number" | "Incident Summary" => {}
            _ => {
                self.put(Place::Notes, format!("### {label}"), line);
                self.put(Place::Notes, value, line);
            }
        }
    }

    /// `48 minutes, from 2024-05-17 14:02 CEST to 2024-05-17 14:50 CEST`.
    fn lasted(&mut self, value: &str, line: u32) {
        let (start, end) = match value.split_once(", from ").and_then(|(_, rest)| rest.split_once(" to ")) {
            Some((start, end)) => (Some(start), Some(end)),
            None => (value.strip_prefix("ongoing since "), None),
        };
        for (kind, at) in [(MilestoneKind::Started, start), (MilestoneKind::Resolved, end)] {
            if let Some(at) = at {
                self.met.entry(kind).or_insert((at.to_owned(), line));
            }
        }
    }

    /// A line of the timeline: an entry with its time, a day, or more words of the entry above.
    fn entry(&mut self, text: &str, line: u32) {
        if text == "No entries yet." || text.is_empty() {
        } else if let Some(rest) = text.strip_prefix("- **") {
            let Some((when, told)) = rest.split_once("** — ") else { return self.foreign = true };
            self.timed(when, told, line);
        } else if let Some(day) = text.strip_prefix("**").and_then(|text| text.strip_suffix("**")) {
            self.dated(day, line);
        } else if text.starts_with("  ") {
            self.put(Place::Timeline, text, line);
        } else {
            self.foreign = true;
        }
    }

    fn dated(&mut self, day: &str, line: u32) {
        day.clone_into(&mut self.day);
        for text in [String::new(), format!("**{day}**"), String::new()] {
            self.put(Place::Timeline, text, line);
        }
    }

    fn timed(&mut self, when: &str, told: &str, line: u32) {
        let time = when.trim_start_matches('~');
        let date = self.day.split(',').next().unwrap_or_default().to_owned();
        // One that names no day begins on some day.
        let day = if date.len() == 10 { date.as_str() } else { "2000-01-01" };
        let (from, until) = time.split_once('–').unwrap_or((time, ""));
        let label = until.split_once(' ').map_or("", |(_, label)| label);
        let full = format!("{day} {from} {label}");
        self.foreign |= time != "no time" && Times::default().full(full.trim_end()).is_none();
        self.put(Place::Timeline, format!("- **{when}** — {told}"), line);
        let told = told.trim_start_matches("★ ");
        let (word, how) = told.split_once(": ").map_or((told, None), |(word, how)| (word, Some(how)));
        let kind = MilestoneKind::ALL
            .into_iter()
            .find(|kind| kind.word().eq_ignore_ascii_case(word) && word.starts_with(char::is_uppercase));
        if let (Some(kind), false) = (kind, when.contains('–')) {
            let about = if when.starts_with('~') { "about " } else { "" };
            let how = how.map(|how| format!(" — {how}")).unwrap_or_default();
            self.met.insert(kind, (format!("{about}{date} {time}{how}"), line));
        }
        if let Some(rest) = told.strip_prefix("Confirmed ")
            && self.name == "pagerduty"
        {
            // It has no place of its own for that.
            let (subject, why) = rest.split_once(": ").unwrap_or((rest, "no reason recorded"));
            self.put(Place::Confirmed, format!("- **{subject}** — Confirmed at {date} {time}: {why}"), line);
        }
    }
}

impl Form {
    /// The report in the default form.
    fn written(mut self) -> Origin {
        let mut out = Origin::default();
        let (title, at) = self.title.take().unwrap_or_default();
        out.push(format!("# {title}"), at);
        out.part("## Issue Summary", Vec::new());
        out.all(self.parts.remove(&Place::Facts));
        if let Some(mut status) = self.status() {
            status.0 = format!("- **Status:** {}", status.0);
            out.all(Some(vec![status]));
        }
        let impact = self.parts.remove(&Place::Impact).unwrap_or_default();
        let (below, mut words): (Vec<Line>, Vec<Line>) = impact
            .into_iter()
            .partition(|(text, _)| text.starts_with("- Affected: ") || text.starts_with("- Loss: "));
        if let Some((first, _)) = words.first_mut() {
            *first = first.trim_start_matches("- ").to_owned();
        }
        let at = below.first().or(words.first()).map_or(1, |(_, line)| *line);
        if !words.is_empty() || !below.is_empty() {
            if words.is_empty() {
                words.push((String::new(), at));
            }
            out.fact("Impact", Some(words));
            out.all(Some(below.into_iter().map(|(text, line)| (format!("  {text}"), line)).collect()));
        }
        for (label, place) in [
            ("Summary", Place::Summary),
            ("Root Cause", Place::Cause),
            ("Trigger", Place::Trigger),
            ("Detection", Place::Detection),
        ] {
            out.fact(label, self.parts.remove(&place));
        }
        let met = std::mem::take(&mut self.met).into_iter();
        let met = met.map(|(kind, (at, line))| (format!("- {kind}: {at}"), line));
        out.below("Milestones", met.collect());
        out.below("Roles", self.parts.remove(&Place::Roles).unwrap_or_default());
        out.part("## Timeline", self.parts.remove(&Place::Timeline).unwrap_or_default());
        out.part("## Misleading paths", self.parts.remove(&Place::Paths).unwrap_or_default());
        let mut causes = self.parts.remove(&Place::Confirmed).unwrap_or_default();
        let resolution = self.parts.remove(&Place::Resolution).unwrap_or_default();
        let at = resolution.first().map_or(1, |(_, line)| *line);
        causes.push(("- **Resolution:**".to_owned(), at));
        let (lists, words): (Vec<Line>, Vec<Line>) =
            resolution.into_iter().partition(|(text, _)| text.starts_with("- "));
        causes.extend(lists.into_iter().chain(words).map(|(text, line)| (format!("  {text}"), line)));
        if let Some(factors) = self.parts.remove(&Place::Factors) {
            let at = factors[0].1;
            let label = ["", "Contributing factors:", ""].map(|text| (text.to_owned(), at));
            causes.extend(label.into_iter().chain(factors));
        }
        out.part("## Root Cause and Resolution", causes);
        out.part("## Open hypotheses", self.parts.remove(&Place::Open).unwrap_or_default());
        out.part("## Corrective and Preventative Measures", Vec::new());
        out.part("### Improvements", self.parts.remove(&Place::Improvements).unwrap_or_default());
        out.part("### Tasks", self.parts.remove(&Place::Actions).unwrap_or_default());
        out.part("## Lessons Learned", Vec::new());
        for (heading, place) in [("well", Place::Well), ("wrong", Place::Wrong), ("lucky", Place::Lucky)] {
            let told = self.parts.remove(&place).unwrap_or_default();
            if !told.is_empty() {
                let start = if place == Place::Lucky { "Where we got" } else { "What went" };
                out.part(&format!("### {start} {heading}"), told);
            }
        }
        out.part("## Decisions", self.parts.remove(&Place::Decisions).unwrap_or_default());
        out.part("## Links", self.parts.remove(&Place::Links).unwrap_or_default());
        out.part("## Notes", self.notes());
        out.part("## Doubts", self.parts.remove(&Place::Doubts).unwrap_or_default());
        out
    }

    /// Where it stands: as it is told, else what follows from the milestones.
    fn status(&mut self) -> Option<Line> {
        let told = self.parts.remove(&Place::Status).and_then(|told| told.into_iter().next());
        let known = |word: &str| Status::ALL.into_iter().any(|status| status.word() == word);
        let over = |kind: MilestoneKind| Some((kind.word().to_owned(), self.met.get(&kind)?.1));
        told.filter(|(word, _)| known(word))
            .or_else(|| over(MilestoneKind::Closed))
            .or_else(|| over(MilestoneKind::Resolved))
    }

    /// The notes: of a heading under which nothing stands there is none.
    fn notes(&mut self) -> Vec<Line> {
        let mut notes: Vec<Line> = Vec::new();
        if let Some(authors) =
            self.parts.remove(&Place::Authors).filter(|authors| authors[0].0.contains(", "))
        {
            notes.push(("### Authors".to_owned(), authors[0].1));
            notes.extend([(String::new(), authors[0].1), authors[0].clone()]);
        }
        for (text, line) in self.parts.remove(&Place::Notes).unwrap_or_default() {
            let heads = |text: &str| text.starts_with("### ");
            if heads(&text) {
                while notes.last().is_some_and(|(last, _)| last.is_empty() || heads(last)) {
                    notes.pop();
                }
                notes.push((String::new(), line));
            }
            let after_heading = notes.last().is_some_and(|(last, _)| heads(last));
            if after_heading && !text.is_empty() {
                notes.push((String::new(), line));
            }
            notes.push((text, line));
        }
        while notes.last().is_some_and(|(last, _)| last.is_empty() || last.starts_with("### ")) {
            notes.pop();
        }
        notes
    }
}

impl Origin {
    fn push(&mut self, text: String, line: u32) {
        self.lines.push(text);
        self.from.push(line);
    }

    fn all(&mut self, lines: Option<Vec<Line>>) {
        for (text, line) in lines.unwrap_or_default() {
            self.push(text, line);
        }
    }

    /// A heading, and what stands under it.
    fn part(&mut self, heading: &str, told: Vec<Line>) {
        let at = told.first().map(|(_, line)| *line).or(self.from.last().copied()).unwrap_or(1);
        for text in ["", heading, ""] {
            self.push(text.to_owned(), at);
        }
        self.all(Some(told));
    }

    /// An item of the summary: its words in one paragraph.
    fn fact(&mut self, label: &str, told: Option<Vec<Line>>) {
        let told = told.unwrap_or_default();
        let count = told.len();
        for (nth, (text, line)) in told.into_iter().enumerate() {
            let end = if nth + 1 < count && !text.ends_with('\\') { "\\" } else { "" };
            let start = if nth == 0 { format!("- **{label}:** ") } else { "  ".to_owned() };
            self.push(format!("{start}{text}{end}").trim_end().to_owned(), line);
        }
    }

    /// An item of the summary with items below it.
    fn below(&mut self, label: &str, told: Vec<Line>) {
        if let Some((_, line)) = told.first() {
            self.push(format!("- **{label}:**"), *line);
            self.all(Some(told.into_iter().map(|(text, line)| (format!("  {text}"), line)).collect()));
        }
    }
}
