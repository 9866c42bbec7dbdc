//! The default form of a report that was sorted.

use super::{Form, Line, Place};
use crate::import::own::html::Origin;
use crate::model::{MilestoneKind, Status};

impl Form {
    /// The report in the default form.
    pub(super) fn written(mut self) -> Origin {
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
