//! What was imported, in words.

use crate::grammar::review;
use crate::model::{Field, HypothesisStatus, Incident};
use crate::text::Raw;

/// `2024-08-10-checkout  Checkout  14 entries, 3 hypotheses (2 ruled out), 5 actions, 4 doubts`.
pub(super) fn row(incident: &Incident) -> String {
    let ruled_out = incident.hypotheses.iter().filter(|h| h.status == HypothesisStatus::RuledOut).count();
    let ruled_out = if ruled_out > 0 { format!(" ({ruled_out} ruled out)") } else { String::new() };
    format!(
        "{}  {}  {}, {}{ruled_out}, {}, {}",
        incident.id.for_term(),
        incident.title.for_term(),
        count(incident.timeline.len(), "entry", "entries"),
        count(incident.hypotheses.len(), "hypothesis", "hypotheses"),
        count(incident.actions.len(), "action", "actions"),
        count(incident.warnings.len(), "doubt", "doubts"),
    )
}

fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// A line for each of the first doubts, with the line of the document it is about; and how many more there are.
pub(super) fn doubts(incident: &Incident, most: usize) -> Vec<String> {
    let all = incident.warnings.iter().enumerate();
    let mut lines: Vec<String> = all.take(most).map(|(at, doubt)| line(incident, at, doubt)).collect();
    let more = incident.warnings.len().saturating_sub(most);
    if more > 0 {
        lines.push(format!("  and {} more: --verbose shows all", count(more, "doubt", "doubts")));
    }
    lines
}

fn line(incident: &Incident, at: usize, doubt: &Raw) -> String {
    let of =
        |source: &&crate::model::FieldSource| source.field == Field::Warnings && source.item == Some(at + 1);
    let source = incident.sources.iter().find(of).map(|source| &source.source);
    let place = source.map(|source| {
        let line = source.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: ", source.file.for_term())
    });
    format!("  {}{}", place.unwrap_or_default(), review::without_line(doubt, source).for_term())
}

/// All doubts as a numbered list, each with what it is about and the lines that would mend it. The last comes first: settled
/// in this order, those that are left keep their numbers.
pub(super) fn walk(incident: &Incident) -> String {
    let id = incident.id.for_term();
    let all = review::doubts(incident);
    let order = if all.len() > 1 {
        ", the last first: sent in this order, the others keep their numbers"
    } else {
        ""
    };
    let mut list = format!("{id}: {}{order}\n", count(all.len(), "doubt", "doubts"));
    list.push_str(&format!("  send a line with: warroom say -i {id} 'LINE'\n"));
    for doubt in all.iter().rev() {
        list.push_str(&format!("{}. {}\n", doubt.number, doubt.words().for_term()));
        if let Some((place, about)) = doubt.place() {
            list.push_str(&format!("     {place}: {}\n", about.for_term()));
        }
        for way in doubt.ways(incident) {
            list.push_str(&format!("     {}\n", way.words()));
        }
    }
    list
}
