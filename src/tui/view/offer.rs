//! What is offered for the line, in a list above the prompt: the palette, and the short lists of subjects, people, tags …

use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Widget as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Scene, draw_rows};
use crate::tui::completion::{Choice, Completion, Kind};
use crate::tui::keymap::{Act, Keymap, stack};
use crate::tui::look::Look;

/// The most rows of a list that comes up by itself while text is typed.
const SHORT: usize = 6;
/// The columns of the widest label, beyond which the help begins later in that row only.
const LABEL: usize = 24;

/// Draws it over the lower rows of the panes.
pub(super) fn draw(canvas: &mut Canvas, panes: Rect, scene: &Scene<'_>) {
    let offer = &scene.state.offer;
    let Some(found) = offer.found.as_ref().filter(|found| !matches!(found.kind, Kind::Mend | Kind::Folded))
    else {
        return;
    };
    let all = usize::from(panes.height);
    // Some of what is going on stays in view.
    let most = if found.kind == Kind::Palette { (all * 2 / 3).max(SHORT + 1) } else { SHORT + 1 };
    let height = (found.choices.len() + 1).min(most).min(usize::from(panes.height));
    if height < 2 {
        return;
    }
    let rows = u16::try_from(height).unwrap_or(panes.height);
    let area = Rect { y: panes.y + panes.height - rows, height: rows, ..panes };
    canvas.clear(area);
    let look = scene.state.look;
    let block = Block::new().borders(Borders::TOP).border_style(look.accent());
    let inner = block.inner(area);
    block
        .title(Line::from(title(found, offer.chosen, &scene.state.keys)).style(look.title(true)))
        .render(area, canvas.buffer_mut());
    draw_rows(canvas, inner, &window(found, offer.chosen, inner, look));
}

/// A line that works, for the command that is chosen or comes first. None once its name is whole: then what the line will
/// become is worth more.
pub(super) fn example(scene: &Scene<'_>) -> Option<String> {
    let offer = &scene.state.offer;
    let choices = &offer.found.as_ref()?.choices;
    let is_whole = |choice: &Choice| choice.label.as_str() == scene.state.prompt.text();
    if offer.chosen.is_none() && choices.first().is_some_and(is_whole) {
        return None;
    }
    let choice = choices.get(offer.chosen.unwrap_or(0))?;
    Some(format!("for example: {}", choice.example?))
}

fn title(found: &Completion, chosen: Option<usize>, keys: &Keymap) -> String {
    let of = match (found.choices.len(), chosen) {
        (1, _) => String::new(),
        (all, None) => format!(" · {all}"),
        (all, Some(at)) => format!(" · {} of {all}", at + 1),
    };
    let name = if found.kind == Kind::Palette { "commands" } else { "fits here" };
    let hint = |acts: &[Act], words| keys.hint(acts, words, stack::CHOICES);
    let hints = [
        hint(&[Act::Complete], "completes"),
        chosen.and_then(|_| hint(&[Act::TakeChosen], "takes it")),
        hint(&[Act::ChooseUp, Act::ChooseDown], "choose"),
        hint(&[Act::Dismiss], "closes"),
    ];
    let hints: Vec<String> = hints.into_iter().flatten().map(|hint| format!(" · {hint}")).collect();
    format!(" {name}{of}{} ", hints.concat())
}

/// The rows around the chosen one.
fn window(found: &Completion, chosen: Option<usize>, area: Rect, look: Look) -> Vec<Line<'static>> {
    let height = usize::from(area.height);
    let at = chosen.unwrap_or(0);
    let from = (at + 1).saturating_sub(height);
    let labels = found.choices.iter().map(|choice| choice.label.width()).max().unwrap_or(0).min(LABEL);
    let rows = found.choices.iter().enumerate().skip(from).take(height);
    rows.map(|(nth, choice)| {
        let line = row(choice, nth == at, labels, usize::from(area.width), look);
        if chosen == Some(nth) { line.patch_style(look.selected()) } else { line }
    })
    .collect()
}

fn row(choice: &Choice, first: bool, labels: usize, width: usize, look: Look) -> Line<'static> {
    let mut row = Line::from(Span::styled(if first { "▸ " } else { "  " }, look.accent()));
    let label = choice.label.cut(width.saturating_sub(2));
    // Hits are counted in characters of the label before it was cut.
    let mut at = 0;
    for grapheme in label.as_str().graphemes(true) {
        let style = if choice.hits.contains(&at) { look.hit() } else { look.plain() };
        row.push_span(Span::styled(grapheme.to_owned(), style));
        at += u32::try_from(grapheme.chars().count()).unwrap_or(1);
    }
    let gap = labels.saturating_sub(label.width()) + 2;
    let room = width.saturating_sub(2 + label.width() + gap);
    if room > 4 {
        row.push_span(" ".repeat(gap));
        row.push_span(Span::styled(choice.help.cut(room).to_string(), look.quiet()));
    }
    row
}
