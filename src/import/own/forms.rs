//! Our own report in the form of another template, put into the form of the default one: each of its lines with the line of
//! the document it comes from. A document of others has other times, or lacks a part, and is none.

mod table;
mod written;

use std::collections::BTreeMap;

use super::html::Origin;
use super::times::Times;
use crate::model::MilestoneKind;

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
        let mut date = self.day.split(',').next().unwrap_or_default().to_owned();
        if date.is_empty() {
            // A timeline of one day names none: it is that of the milestones, which stand above it.
            let met = self.met.values().find_map(|(at, _)| at.get(..10));
            date = String::from(met.unwrap_or_default());
        }
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
        if let (Some(kind), false) = (kind, when.contains('–') || date.len() != 10) {
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
