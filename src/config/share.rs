//! The table `[share]` of the settings file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::settings::{ShareSettings, unknown};
use crate::text::Raw;

/// On how many servers a stream may lie.
const REPLICAS: [u8; 3] = [1, 3, 5];

/// Reads it; what of it is not followed, and where that stands.
pub(super) fn read(table: &DeTable<'_>, share: &mut ShareSettings) -> Vec<(Range<usize>, String)> {
    let mut complaints = Vec::new();
    for (name, value) in table {
        let text = || value.get_ref().as_str().filter(|text| !Raw::new(*text).is_blank()).map(str::to_owned);
        let set = match name.get_ref().as_ref() {
            "server" => text().map(|text| share.server = Some(text)).ok_or("has to be an address in quotes"),
            "credentials" => text().map(|text| share.credentials = Some(text)).ok_or(PATH),
            "ca" => text().map(|text| share.ca = Some(text)).ok_or(PATH),
            "replicas" => {
                replicas(value.get_ref()).map(|many| share.replicas = Some(many)).ok_or("has to be 1, 3 or 5")
            }
            other => {
                let known = unknown(other, ShareSettings::NAMES.into_iter());
                complaints.push((name.span(), format!("no setting of sharing is called {known}")));
                continue;
            }
        };
        if let Err(why) = set {
            complaints.push((value.span(), format!("\"{}\" {why}; it counts for nothing", name.get_ref())));
        }
    }
    complaints
}

const PATH: &str = "has to be the path of a file, in quotes";

fn replicas(value: &DeValue<'_>) -> Option<u8> {
    let number = value.as_integer()?.as_str().parse().ok()?;
    REPLICAS.contains(&number).then_some(number)
}
