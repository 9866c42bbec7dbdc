//! What the front matter of a page says of its incident: the services, who wrote it, how bad it was.

use super::super::document::{Claims, Document, Kind, plain};
use crate::import::Found;
use crate::log::{Change, List};
use crate::text::Raw;

/// The services and authors of the front matter; claims the lines that say nothing else.
pub(super) fn read(document: &Document, claims: &mut Claims) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<Name> = None;
    for (at, block) in document.blocks.iter().enumerate() {
        let Kind::Meta { key } = &block.kind else { break };
        // A list below its name: its lines have none.
        let name = if key.is_empty() { open } else { Name::of(key) };
        open = name;
        let Some(name) = name.filter(|_| !claims.has(at)) else { continue };
        let values = values(&block.text);
        if values.is_empty() {
            claims.claim(at);
            continue;
        }
        let line = Some(block.line);
        match name {
            Name::Services => found.extend(values.into_iter().map(|value| Found {
                line,
                change: Change::ItemAdded { list: List::Services, text: Raw::new(value) },
            })),
            Name::Author => super::people::join(
                &mut found,
                Found {
                    line,
                    change: Change::RoleTaken {
                        role: "author".into(),
                        name: Raw::new(values.join(", ")),
                        when: None,
                    },
                },
            ),
            Name::Severity if is_level(&block.text) => {}
            Name::Severity => continue,
        }
        claims.claim(at);
    }
    found
}

#[derive(Clone, Copy)]
enum Name {
    Services,
    Author,
    Severity,
}

impl Name {
    fn of(key: &str) -> Option<Self> {
        match key.replace(['-', ' '], "_").trim_start_matches("affected_").trim_start_matches("impacted_") {
            "service" | "services" | "component" | "components" | "system" | "systems" | "product"
            | "products" => Some(Self::Services),
            "author" | "authors" | "written_by" | "by" => Some(Self::Author),
            "severity" | "sev" => Some(Self::Severity),
            _ => None,
        }
    }
}

/// `[orders, checkout]`, `orders, checkout`, `- orders`.
fn values(text: &str) -> Vec<String> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let inner = inner.strip_prefix("- ").unwrap_or(inner);
    let bare = inner.split(',').map(|value| plain(value.trim().trim_matches(['"', '\'', ' '])));
    bare.filter(|value| !value.is_empty()).collect()
}

/// `2`, `SEV-2`, `sev2`: the words of a severity that is read from them.
fn is_level(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let digits = lower.trim_start_matches("sev").trim_start_matches(['-', '_', ' ', 'p']);
    digits.len() == 1 && digits.bytes().all(|b| (b'0'..=b'5').contains(&b))
}
