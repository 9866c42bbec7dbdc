//! The index of the archive, as the doctor sees it: a cache, which is removed where it is not as it should be.

use serde_json::json;

use super::rows::{Mark, Row, count, size};
use super::shown;
use crate::archive::index::{Index, IndexError};
use crate::config::Config;
use crate::session::archive::index_of;

/// How the index is; with `repair`, one that cannot be used is removed.
pub(super) fn look(config: &Config, repair: bool) -> Row {
    const LABEL: &str = "index";
    let Some(path) = index_of(&config.incidents) else {
        return Row::sound(LABEL, "has no place: everything is read each time");
    };
    let Ok(file) = path.symlink_metadata() else {
        return Row::sound(LABEL, "not there: the next `warroom list` makes it");
    };
    let error = match Index::look_into(&path).and_then(|index| index.count()) {
        Ok(incidents) => {
            let incidents = count(incidents, "incident", "incidents");
            return Row::sound(LABEL, format!("{} ({incidents}, {})", shown(&path), size(file.len())));
        }
        Err(error) => error,
    };
    let text = format!("{} is not used: {error}", shown(&path));
    let row = Row::found(Mark::Note, LABEL, "index_unusable", text).with(json!({ "path": path }));
    // What somebody else put there is nobody's cache.
    let mendable = !matches!(error, IndexError::Io(_)) && file.is_file();
    if repair && mendable && Index::remove(&path).is_ok() {
        let text = format!("{} was removed: {error}", shown(&path));
        return Row { mark: Mark::Ok, text, repaired: true, ..row };
    }
    let advice = if mendable {
        "it is a cache: --repair removes it, and the next list makes it anew"
    } else {
        "nothing is lost, everything is read each time; remove what stands there"
    };
    Row { mendable, ..row.advised(advice) }
}
