//! The list as it is painted: draws what is given, and changes nothing but what it reports to have put where.

use crate::tui::canvas::Canvas;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;

use super::List;
use super::rows::{self, Shape};
use crate::model::Instant;
use crate::text::Raw;
use crate::tui::keymap::{Act, stack};
use crate::tui::view::areas::{bottom, top};
use crate::tui::view::prompt::{LEAD, Typed, row_of, said_rows};
use crate::tui::view::{draw_rows, list, overlay};

/// What is shown where there is no incident; Enter stands for the key that starts one.
const TEACHING: [&str; 5] = [
    "No incident yet.",
    "",
    "Something is broken? Type what, and Enter: the recording starts.",
    "",
    "For example: Checkout answers with errors",
];
const NONE_LIKE_IT: &str = "No incident is like this.";
const PROMPT: &str = "what is broken? · type to search, or a title to start one";
/// The lowest screen that has rows to spare.
const ROOMY: u16 = 16;
/// The most rows the prompt takes.
const MOST: u16 = 4;

/// Everything that is drawn.
pub(super) struct Scene<'a> {
    pub(super) list: &'a List,
    pub(super) now: Instant,
}

/// What the last drawing put where; keys and clicks refer to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    list: Rect,
    shape: Shape,
    /// The first incident that is in view.
    pub(super) from: usize,
    pub(super) overlay: Rect,
    /// How many rows of the overlay did not fit.
    pub(super) overlay_hidden: usize,
}

impl Seen {
    /// How many incidents fit.
    pub(super) fn page(&self) -> usize {
        usize::from(self.list.height / self.shape.rows())
    }

    /// The incident that is shown at a place.
    pub(super) fn nth(&self, at: Position) -> Option<usize> {
        let row = at.y.checked_sub(self.list.y)?;
        self.list.contains(at).then(|| self.from + usize::from(row / self.shape.rows()))
    }
}

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas, scene: &Scene<'_>) -> Seen {
    let list = scene.list;
    let area = canvas.area();
    canvas.clear(area);
    let roomy = area.height >= ROOMY;
    let typed = Typed::written(&list.state.prompt, Vec::new(), area.width);
    let below = below(scene, area.width);
    let mut left = area;
    // In the order in which they would be missed.
    let keys = bottom(&mut left, u16::from(area.height >= 6));
    let rows = u16::try_from(below.len()).unwrap_or(1).clamp(1, (area.height / 4).max(1));
    let said = bottom(&mut left, if area.height >= 3 { rows } else { 0 });
    let most = (area.height / 3).clamp(1, MOST);
    let prompt = bottom(&mut left, u16::try_from(typed.rows()).unwrap_or(most).clamp(1, most));
    let rule = bottom(&mut left, u16::from(roomy));
    let header = top(&mut left, u16::from(area.height >= 5));
    let gap = top(&mut left, u16::from(roomy));
    let mut seen = draw_list(canvas, left, scene);
    draw_header(canvas, header, scene);
    draw_rows(canvas, gap, &[Line::from("─".repeat(gap.width.into())).style(list.look.quiet())]);
    draw_rule(canvas, rule, scene, &seen);
    let has_focus = list.state.overlay.is_none();
    let help = list.keys.hint(&[Act::Help], "help", stack::LIST);
    let teaching = [Some(PROMPT.to_owned()), help].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let teaching = list.state.prompt.is_empty().then_some(teaching.as_str());
    typed.paint(canvas, prompt, list.look, has_focus, teaching);
    draw_rows(canvas, said, &below);
    draw_keys(canvas, keys, list);
    if let Some(over) = &list.state.overlay {
        let place = Rect { height: left.bottom() - header.bottom().min(left.y), y: header.bottom(), ..left };
        (seen.overlay, seen.overlay_hidden) = overlay::draw(canvas, place, over, list.look, &list.keys);
    }
    seen
}

/// Draws the incidents that fit, the chosen one among them where it has to be.
fn draw_list(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) -> Seen {
    let List { order, state, look, .. } = scene.list;
    let shape = Shape::of(area.width);
    let mut seen = Seen { list: area, shape, ..Seen::default() };
    if order.len() == 0 {
        let commit = scene.list.keys.key(Act::Commit, stack::LIST).unwrap_or_default();
        let taught = TEACHING.map(|line| line.replace("Enter", &commit));
        let taught = taught.each_ref().map(String::as_str);
        let alike = Raw::new(order.alike().join(", ")).for_term();
        let alike = format!("Spelt almost like it, and stands somewhere: {alike}");
        let none_like_it = [NONE_LIKE_IT, alike.as_str()];
        let teaching = match (order.counts().0, order.alike()) {
            (0, _) => &taught[..],
            (_, []) => &none_like_it[..1],
            _ => &none_like_it,
        };
        draw_rows(canvas, area, &list::wrapped(teaching, area.width, look.quiet()));
        return seen;
    }
    let fit = seen.page().max(1);
    seen.from = state.from.min(order.len().saturating_sub(fit));
    let chosen = scene.list.chosen();
    if let Some(chosen) = chosen.filter(|_| state.follows) {
        seen.from = seen.from.clamp((chosen + 1).saturating_sub(fit), chosen);
    }
    // One more than fit: half of it is seen.
    let shown: Vec<_> = order.from(seen.from).take(fit + 1).collect();
    let rows = rows::of(&shown, chosen.and_then(|at| at.checked_sub(seen.from)), shape, scene, area.width);
    draw_rows(canvas, area, &rows);
    seen
}

fn draw_header(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) {
    let width = usize::from(area.width);
    let wall = Raw::new(scene.list.state.wall.as_str()).for_term();
    let (all, ..) = scene.list.order.counts();
    let whole = counts(scene, if all == 1 { " incident" } else { " incidents" });
    // On a narrow screen the numbers and the clock count most.
    let mut line = if whole.width() + wall.width() + 2 <= width { whole } else { counts(scene, "") };
    if let Some(gap) = width.checked_sub(line.width() + wall.width() + 2) {
        line.extend([Span::raw(" ".repeat(gap + 1)), Span::raw(wall.to_string())]);
    }
    line.render(area, canvas.buffer_mut());
}

fn counts(scene: &Scene<'_>, incidents: &str) -> Line<'static> {
    let look = scene.list.look;
    let (all, unresolved, unreadable) = scene.list.order.counts();
    let mut line = Line::from(Span::styled(" warroom ", look.title(true).reversed()));
    line.push_span(Span::raw(format!(" {all}{incidents}")));
    if unresolved > 0 {
        line.push_span(Span::styled(format!(" · {unresolved} unresolved"), look.warn()));
    }
    if unreadable > 0 {
        line.push_span(Span::styled(format!(" · {unreadable} unreadable"), look.bad()));
    }
    line
}

/// The rule above the prompt: who starts incidents here, and how many are out of view.
fn draw_rule(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>, seen: &Seen) {
    let width = usize::from(area.width);
    let order = &scene.list.order;
    let found = if order.is_narrowed() { format!("── {} found ", order.len()) } else { String::new() };
    let name =
        Raw::new(format!("── as {} {found}", scene.list.doors.by.for_term().cut(24))).for_term().cut(width);
    let below = scene.list.order.len().saturating_sub(seen.from + seen.page());
    let more = match (seen.from, below) {
        (0, 0) => String::new(),
        (0, below) => format!(" {below} more ▼ "),
        (above, 0) => format!(" ▲ {above} more "),
        (above, below) => format!(" ▲ {above} · {below} more ▼ "),
    };
    let more = Raw::new(more).for_term().cut(width.saturating_sub(name.width()));
    let rest = "─".repeat(width.saturating_sub(name.width() + more.width()));
    let style = scene.list.look.accent();
    draw_rows(canvas, area, &[Line::from(format!("{name}{rest}{more}")).style(style)]);
}

/// The rows under the prompt: what was said, else what Enter would do.
fn below(scene: &Scene<'_>, width: u16) -> Vec<Line<'static>> {
    let look = scene.list.look;
    let width = usize::from(width.saturating_sub(LEAD)).max(1);
    if let Some(said) = &scene.list.state.said {
        return said_rows(said, width, look);
    }
    let hint = scene.list.hint(width);
    let rows = hint.iter().enumerate().map(|(nth, row)| {
        let (mark, style) = if nth == 0 { ("→ ", look.accent()) } else { ("  ", look.quiet()) };
        row_of(mark, &Raw::new(row.as_str()).for_term().cut(width), style)
    });
    rows.collect()
}

/// The keys that act here, as many as fit.
fn draw_keys(canvas: &mut Canvas, area: Rect, list: &List) {
    let width = usize::from(area.width);
    let look = list.look;
    let hint = |acts: &[Act], words| list.keys.hint(acts, words, stack::LIST);
    let commit = hint(&[Act::Commit], "starts or opens");
    let choose = hint(&[Act::Down, Act::Up], "choose");
    let none = hint(&[Act::ToPrompt], "chooses none");
    let (help, quit) = (hint(&[Act::Help], "help"), hint(&[Act::Quit], "quit"));
    let (insights, todos) = (hint(&[Act::Insights], "insights"), hint(&[Act::Todos], "open actions"));
    let shown = [
        vec![
            commit.clone(),
            choose.clone(),
            none,
            insights.clone(),
            todos.clone(),
            help.clone(),
            quit.clone(),
        ],
        vec![choose.clone(), insights, todos, help.clone(), quit.clone()],
        vec![commit, choose.clone(), help.clone(), quit.clone()],
        vec![choose, help.clone(), quit],
        vec![help],
    ];
    let keys = shown.map(|hints| hints.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    let keys = keys.into_iter().find(|keys| keys.chars().count() <= width).unwrap_or_default();
    let gap = " ".repeat(width.saturating_sub(keys.chars().count()));
    Line::from(vec![Span::styled(gap, Style::new()), Span::styled(keys, look.quiet())])
        .render(area, canvas.buffer_mut());
}
