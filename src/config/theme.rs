//! Finds the theme that is set: one that comes with the program, or a file.

use std::path::Path;

use super::text;
use crate::settings::theme::{THEMES, Theme};
use crate::text::Raw;

/// The theme of this name, else the one in this file; a path that is not absolute begins at the folder of the settings.
///
/// # Errors
/// Why it cannot be had; safe for a terminal.
pub(super) fn load(named: &str, settings: Option<&Path>) -> Result<Theme, String> {
    if let Some(theme) = Theme::named(named) {
        return Ok(theme);
    }
    let folder = settings.and_then(Path::parent).unwrap_or(Path::new(""));
    let path = folder.join(named);
    let name = Raw::new(named).for_term().cut(60);
    let known = THEMES.map(|(known, _)| known).join(", ");
    let text = text(&path).map_err(|error| {
        format!("there is no theme {name}: it is none of {known}, and as a file it cannot be read ({error}); dark holds")
    })?;
    Theme::read(&text).map_err(|reason| {
        let reason: Vec<&str> = reason.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        format!("the theme {name} makes no sense ({}); dark holds", Raw::new(reason.join(" ")).for_term())
    })
}
