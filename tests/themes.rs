//! Themes: they can be read on the background they are for, at every depth of colour, and what is wrong with one is said.

use ratatui::style::{Color, Modifier};
use warroom::settings::theme::{Paint, Rgb, THEMES, Theme};
use warroom::tui::Depth;

use super::stage::Stage;
use super::support::{House, texts};
use super::terminal::{QUIT, Terminal};
use warroom::tui::Look;

/// Relative luminance and contrast as WCAG 2.2 defines them.
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The contrast of two colours.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn paints(theme: &Theme) -> [(&'static str, &Paint); 22] {
    [
        ("text", &theme.text),
        ("quiet", &theme.quiet),
        ("border", &theme.border),
        ("accent", &theme.accent),
        ("good", &theme.good),
        ("warn", &theme.warn),
        ("bad", &theme.bad),
        ("chosen", &theme.chosen),
        ("hit", &theme.hit),
        ("time", &theme.time),
        ("tag", &theme.tag),
        ("person", &theme.person),
        ("subject", &theme.subject),
        ("star", &theme.star),
        ("hypothesis", &theme.hypothesis),
        ("milestone", &theme.milestone),
        ("testing", &theme.testing),
        ("confirmed", &theme.confirmed),
        ("ruled_out", &theme.ruled_out),
        ("critical", &theme.critical),
        ("major", &theme.major),
        ("minor", &theme.minor),
    ]
}

#[test]
fn every_paint_can_be_read_on_the_background_it_is_for() {
    // The lightest of the usual dark backgrounds, the darkest of the usual light ones.
    let grounds = [("dark", Rgb(0x28, 0x2c, 0x34), 4.5), ("light", Rgb(0xf5, 0xf5, 0xf5), 4.5)];
    let grounds = grounds.into_iter().chain([("high-contrast", Rgb(0, 0, 0), 7.0)]);
    for (name, ground, least) in grounds {
        let theme = Theme::named(name).unwrap();
        for (what, paint) in paints(&theme) {
            let Some(fg) = paint.fg else { continue };
            // Lines between panes are not read; 3 is the least for what is only seen.
            let least = if what == "border" { 3.0 } else { least };
            let found = contrast(fg, paint.bg.unwrap_or(ground));
            assert!(found >= least, "{what} in {name}: {found:.1}");
        }
    }
}

#[test]
fn the_depth_is_what_is_set_else_what_the_environment_tells() {
    let depth = |set: &str, told: &[(&str, &str)]| {
        Depth::of(set, |name| {
            told.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    let xterm = ("TERM", "xterm-256color");
    assert_eq!(depth("auto", &[xterm]), Depth::Indexed);
    assert_eq!(depth("auto", &[xterm, ("COLORTERM", "truecolor")]), Depth::True);
    assert_eq!(depth("auto", &[("TERM", "xterm-direct")]), Depth::True);
    assert_eq!(depth("auto", &[("TERM", "linux")]), Depth::Sixteen);
    assert_eq!(depth("auto", &[("TERM", "screen")]), Depth::Sixteen);
    assert_eq!(depth("auto", &[("TERM", "dumb")]), Depth::None);
    assert_eq!(depth("auto", &[("TERM", "vt100")]), Depth::None);
    assert_eq!(depth("auto", &[xterm, ("COLORTERM", "truecolor"), ("NO_COLOR", "1")]), Depth::None);
    assert_eq!(depth("auto", &[xterm, ("NO_COLOR", "")]), Depth::Indexed);
    assert_eq!(depth("16", &[xterm, ("NO_COLOR", "1")]), Depth::Sixteen);
    assert_eq!(
        [depth("none", &[xterm]), depth("256", &[]), depth("true", &[])],
        [Depth::None, Depth::Indexed, Depth::True]
    );
}

#[test]
fn what_is_wrong_with_a_theme_is_said_with_its_line() {
    let error = Theme::read("text = {}\nborder = { fg = \"red\" }\n").unwrap_err();
    assert!(error.contains("line 2") && error.contains("#rrggbb"), "{error}");
    let error = Theme::read("titel = {}\n").unwrap_err();
    assert!(error.contains("line 1") && error.contains("titel"), "{error}");
}

/// At each depth only colours of that depth are used, and nothing is told by colour alone.
#[test]
fn no_depth_uses_colours_beyond_it_and_the_text_is_always_the_same() {
    let mut texts = Vec::new();
    for (name, _) in THEMES {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
            let look = Look::new(&Theme::named(name).unwrap(), depth);
            let mut stage = Stage::looking(80, 24, look).with_an_outage();
            texts.push(stage.draw());
            for cell in &stage.screen.backend().buffer().content {
                for colour in [cell.fg, cell.bg] {
                    let fits = match colour {
                        Color::Reset => true,
                        Color::Indexed(_) => depth == Depth::Indexed,
                        Color::Rgb(..) => depth == Depth::True,
                        _ => depth == Depth::Sixteen,
                    };
                    assert!(fits, "{colour:?} in {name} at {depth:?}");
                }
            }
        }
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
}

#[test]
fn a_selected_row_stands_out_without_colours() {
    let look = Look::new(&Theme::named("dark").unwrap(), Depth::None);
    let mut stage = Stage::looking(80, 24, look).with_an_outage();
    stage.key(crossterm::event::KeyCode::Tab);
    stage.draw();
    let reversed = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(Modifier::REVERSED);
    let row = stage
        .screen
        .backend()
        .buffer()
        .content
        .chunks(80)
        .filter(|row| row[..40].iter().filter(reversed).count() == 40);
    assert_eq!(row.count(), 1);
}

#[test]
fn a_theme_is_set_by_its_name_or_by_a_file_beside_the_settings() {
    let house = House::new();
    house.done(&["new", "Colours", "--detach"]);
    let settings = house.path().join("c.toml");
    let accents = [
        ("theme = \"light\"\ncolours = \"true\"\n", "\u{1b}[38;2;11;110;153"),
        ("theme = \"own.toml\"\ncolours = \"true\"\n", "\u{1b}[38;2;1;2;3"),
        ("theme = \"dark\"\ncolours = \"256\"\n", "\u{1b}[38;5;116"),
    ];
    std::fs::write(house.path().join("own.toml"), "accent = { fg = \"#010203\" }\n").unwrap();
    for (text, accent) in accents {
        std::fs::write(&settings, text).unwrap();
        let mut room = Terminal::start(&house, &["open", "--config", settings.to_str().unwrap()], (80, 24));
        room.shows("● saved 0");
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
        assert!(String::from_utf8_lossy(&room.raw).contains(accent), "{text}");
    }
}

#[test]
fn a_theme_that_is_none_is_said_with_its_line_and_dark_holds() {
    let house = House::new();
    std::fs::write(house.path().join("bad.toml"), "text = {}\nborder = { fg = \"red\" }\n").unwrap();
    let cases = [
        (
            "# mine\ntheme = \"drak\"\n",
            "c.toml:2: there is no theme drak: it is none of dark, light, high-contrast",
        ),
        ("theme = \"bad.toml\"\n", "c.toml:1: the theme bad.toml makes no sense (TOML parse error at line 2"),
    ];
    for (text, said) in cases {
        std::fs::write(house.path().join("c.toml"), text).unwrap();
        let output = house.run(&["config", "--config", "c.toml"]);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(1));
        assert!(err.starts_with(said) && err.contains("dark holds"), "{err}");
    }
}
