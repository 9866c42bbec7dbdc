//! The actions: what is to be done afterwards.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::list::Item;
use super::{Scene, ranked};
use crate::model::{Action, ActionStatus, DisputedItem, Incident};
use crate::text::Raw;
use crate::tui::disputed;
use crate::tui::state::Pane;

pub(super) const TEACHING: &[&str] =
    &["What should not be forgotten?", "", "+ Alert on full disks @bob due:fri"];

/// Their rows, in the order in which they are shown.
pub(super) fn items(scene: &Scene<'_>, width: u16) -> Vec<Item> {
    let all = ranked::actions(scene.incident).into_iter();
    all.map(|action| (action.id, rows(action, width.into(), scene))).collect()
}

/// Their title: how many there are, and how many of them are open.
pub(super) fn title(incident: &Incident) -> String {
    let open = incident.actions.iter().filter(|action| action.status == ActionStatus::Open).count();
    match incident.actions.len() {
        0 => Pane::Actions.name().into(),
        all => format!("{} · {open} open of {all}", Pane::Actions.name()),
    }
}

fn rows(action: &Action, width: usize, scene: &Scene<'_>) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let (mark, style) = match action.status {
        ActionStatus::Open => ("[ ]", Style::new()),
        ActionStatus::Done => ("[x]", look.quiet()),
        ActionStatus::Dropped => ("[-]", look.quiet().add_modifier(Modifier::CROSSED_OUT)),
    };
    let lead = format!("{mark} {} ", action.number);
    let indent = lead.chars().count();
    let mut text = action.text.for_term().to_string();
    for attribute in attributes(action) {
        text.push(' ');
        text.push_str(&attribute);
    }
    let item = DisputedItem::Action(action.id);
    let disputed = disputed::notes(Some(&item), scene.incident, look);
    let text = Raw::new(text).for_term().wrap(width.saturating_sub(indent));
    // What is over takes one row.
    let most = if action.status == ActionStatus::Open { text.len() } else { 1 };
    let beside = disputed.into_iter().map(|note| {
        let note = Raw::new(note).for_term().cut(width.saturating_sub(indent));
        Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(note.to_string(), look.quiet())])
    });
    text.into_iter()
        .take(most)
        .enumerate()
        .map(|(nth, row)| {
            let lead = if nth == 0 { lead.clone() } else { " ".repeat(indent) };
            Line::from(vec![Span::styled(lead, look.quiet()), Span::styled(row.to_string(), style)])
        })
        .chain(beside)
        .collect()
}

fn attributes(action: &Action) -> Vec<String> {
    let owner = action.owner.as_ref().map(|owner| format!("@{}", owner.for_term()));
    let due = action.due.map(|due| format!("due {}", due.format("%m-%d")));
    let priority = action.priority.map(|priority| format!("P{priority}"));
    let class = action.class.as_ref().map(|class| format!("#{}", class.for_term()));
    [owner, due, priority, class].into_iter().flatten().collect()
}
