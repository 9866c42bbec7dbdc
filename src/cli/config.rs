//! `warroom config`: which settings hold, where each comes from, and what is wrong with them.

use super::failure::Failure;
use super::out;
use crate::config::{self, Config, Flags, Origin};
use crate::settings::DEFAULTS;
use crate::text::Raw;
use crate::tui::keymap;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom config\n  warroom config --print > config.toml\n  \
    $EDITOR \"$(warroom config --path)\"")]
pub(super) struct Args {
    /// Print every setting and every key with its default and what it is for, as a settings file
    #[arg(long, conflicts_with = "path")]
    print: bool,
    /// Print where the settings file lies
    #[arg(long)]
    path: bool,
}

/// Columns of the names.
const NAME: usize = 12;
/// Columns of the values, where they are not longer.
const VALUE: usize = 24;

pub(super) fn run(args: &Args, flags: &Flags) -> Result<u8, Failure> {
    if args.print {
        out::result(&format!("{DEFAULTS}{}", keymap::as_settings()))?;
        return Ok(0);
    }
    if args.path {
        let path = config::file_path(flags)?;
        out::result(&format!("{}\n", Raw::new(path.to_string_lossy()).for_term()))?;
        return Ok(0);
    }
    let config = config::load(flags)?;
    out::result(&told(&config))?;
    for wrong in config.wrong.iter().chain(&config.wrong_keys) {
        out::aside(wrong);
    }
    Ok(u8::from(!config.wrong.is_empty() || !config.wrong_keys.is_empty()))
}

fn told(config: &Config) -> String {
    let mut text = String::new();
    if let Some((path, origin)) = &config.file {
        let missing = if path.exists() { "" } else { ", not there" };
        row(&mut text, "file", &Raw::new(path.to_string_lossy()), &format!("{}{missing}", words(*origin)));
    }
    for held in &config.held {
        row(&mut text, held.name, &held.value, &words(held.origin));
    }
    let changed: Vec<_> = config.keys.rows().iter().filter(|row| row.is_changed()).collect();
    if changed.is_empty() {
        row(&mut text, "keys", &"as they come".into(), "default");
    }
    for changed in changed {
        let keys = if changed.keys().is_empty() { "none".into() } else { changed.keys() };
        let (place, name) = (changed.binding.place.name(), changed.binding.name);
        let set = config.key_rows.iter().find(|row| row.place.text == place && row.name.text == name);
        let origin =
            set.map_or_else(|| "gives way to another".into(), |set| words(Origin::File(set.name.line)));
        row(&mut text, &format!("keys.{place}.{name}"), &keys.into(), &origin);
    }
    text
}

fn row(text: &mut String, name: &str, value: &Raw, origin: &str) {
    text.push_str(&format!("{name:NAME$}  {:VALUE$}  {origin}\n", value.for_term().to_string()));
}

/// Where a value comes from.
pub(super) fn words(origin: Origin) -> String {
    match origin {
        Origin::Default => "default".into(),
        Origin::System => "the system".into(),
        Origin::File(line) => format!("file, line {line}"),
        Origin::Environment(name) => format!("environment, {name}"),
        Origin::Flag(name) => format!("flag, {name}"),
    }
}
