//! Pictures of a terminal: its cells as SVG, so that they can be read, searched and compared.

use std::fmt::Write as _;
use std::path::PathBuf;

use unicode_width::UnicodeWidthStr as _;
use vt100::{Cell, Color, Screen};

use crate::terminal::Terminal;

/// A cell, in pixels.
const COLUMN: f32 = 8.4;
const ROW: u16 = 18;
const MARGIN: u16 = 14;

/// What a terminal has behind and in front where a program names no colour.
#[derive(Clone, Copy)]
pub struct Paper {
    paper: &'static str,
    ink: &'static str,
}

pub const DARK: Paper = Paper { paper: "#16181d", ink: "#d7dae0" };
pub const LIGHT: Paper = Paper { paper: "#fdfdfb", ink: "#1f2328" };
pub const BLACK: Paper = Paper { paper: "#000000", ink: "#ffffff" };

/// Checks that the picture of this name in `assets/pictures` is what the terminal shows, or draws it.
pub fn holds(name: &str, terminal: &Terminal, paper: Paper) {
    is_true(name, &drawn(terminal.screen.screen(), paper), &terminal.text());
}

/// Compares a picture with the one that stands there, or writes it.
pub fn is_true(name: &str, drawn: &str, shown: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("assets/pictures/{name}.svg"));
    if std::env::var_os("WARROOM_PICTURES").is_some_and(|wish| wish == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, drawn).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{} is not what the program shows; WARROOM_PICTURES=write draws it anew. It shows:\n{shown}",
        path.display(),
    );
}

fn drawn(screen: &Screen, paper: Paper) -> String {
    let rows: String = (0..screen.size().0.get()).map(|at| row(screen, at, paper)).collect();
    framed(screen, paper, &rows)
}

/// A picture as large as this screen, and on this paper.
pub fn framed(screen: &Screen, paper: Paper, content: &str) -> String {
    let (rows, columns) = screen.size();
    let width = f32::from(columns.get()) * COLUMN + 2.0 * f32::from(MARGIN);
    let height = rows.get() * ROW + 2 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n{content}</svg>\n",
        paper.paper
    )
}

/// A row of the screen in its place, with the cursor where that stands there.
pub fn row(screen: &Screen, row: u16, paper: Paper) -> String {
    let mut svg = String::new();
    let mut column = 0;
    while column < screen.size().1.get() {
        let first = screen.cell(row, column).unwrap();
        let style = style(first, paper);
        let from = column;
        let mut text = String::new();
        while let Some(cell) = screen.cell(row, column).filter(|cell| self::style(cell, paper) == style) {
            text.push_str(if cell.has_contents() { cell.contents() } else { " " });
            column += u16::try_from(cell.contents().width().max(1)).unwrap();
        }
        run(&mut svg, (row, from, column), &text, &style);
    }
    if screen.cursor_position().0 == row && !screen.hide_cursor() {
        cursor(&mut svg, screen, paper);
    }
    svg
}

/// The colours in front and behind, and the rest of a cell's style as SVG attributes.
fn style(cell: &Cell, Paper { paper, ink }: Paper) -> (String, Option<String>, String) {
    let (mut front, mut behind) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
    if cell.inverse() {
        (front, behind) = (behind.or(Some(paper.into())), front.or(Some(ink.into())));
    }
    let mut more = String::new();
    if cell.bold() {
        more.push_str(" font-weight=\"bold\"");
    }
    if cell.dim() {
        more.push_str(" opacity=\"0.6\"");
    }
    if cell.underline() {
        more.push_str(" text-decoration=\"underline\"");
    }
    (front.unwrap_or_else(|| ink.into()), behind, more)
}

fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Idx(_) => panic!("the pictures are taken in true colour"),
    }
}

fn run(
    svg: &mut String,
    (row, from, to): (u16, u16, u16),
    text: &str,
    style: &(String, Option<String>, String),
) {
    let (front, behind, more) = style;
    let x = f32::from(MARGIN) + f32::from(from) * COLUMN;
    let width = f32::from(to - from) * COLUMN;
    let y = MARGIN + row * ROW;
    if let Some(behind) = behind {
        writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{behind}\"/>"
        )
        .unwrap();
    }
    if text.trim().is_empty() {
        return;
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let baseline = y + 14;
    writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{baseline}\" fill=\"{front}\"{more} textLength=\"{width:.1}\" xml:space=\"preserve\">{text}</text>"
    )
    .unwrap();
}

fn cursor(svg: &mut String, screen: &Screen, paper: Paper) {
    let (row, column) = screen.cursor_position();
    let x = f32::from(MARGIN) + f32::from(column) * COLUMN;
    let y = MARGIN + row * ROW;
    writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{COLUMN}\" height=\"{ROW}\" fill=\"{}\" opacity=\"0.7\"/>",
        paper.ink
    )
    .unwrap();
}
