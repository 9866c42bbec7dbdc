//! What anybody's script posts: `{"text": "…"}`, with `at`, `tag`, `id` and `by` where it likes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Delivery, NotUnderstood, Taken, Told, field};
use crate::log::Reported;

/// The longest text, in bytes: a line of the journal has room for it even where each is written as six.
const TEXT: usize = 32 << 10;

/// Reads a call. A person wrote it, who can mend it: what it says of the time is right, or it is refused.
pub(super) fn read(call: &Value, delivery: &Delivery<'_>) -> Result<Taken, NotUnderstood> {
    let text = field::text(call, "/text").ok_or(NotUnderstood::NoText)?;
    let text =
        field::text(call, "/by").map_or_else(|| text.to_owned(), |by| format!("{}: {text}", field::line(by)));
    let end = (0..=TEXT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let is_cut = end < text.len();
    let text = if is_cut { format!("{}{}", &text[..end], super::document::CUT) } else { text };
    let id = field::id(call, "/id");
    let at = field::instant(call, "/at", delivery.now);
    if at.is_none() && call.get("at").is_some_and(|at| !at.is_null()) {
        return Err(NotUnderstood::NoTime);
    }
    let mut when = field::when(at, delivery.now);
    // Said now, and so it happened now. With an id it may be said again, and is then known by it.
    when.approximate &= id.is_some();
    let tag = field::text(call, "/tag").map(|tag| tag.trim_start_matches('#'));
    let reported = Reported {
        source: "webhook".into(),
        key: field::key(&id.map_or_else(|| delivery.serial.to_owned(), |id| format!("id/{id}"))),
        text: text.into(),
        tags: field::tags(tag),
        url: field::link(call, &["/url"]),
        details: None,
        ended: Some(field::at_once(&when, delivery.now, "")),
        when,
    };
    let labels: BTreeMap<_, _> = tag.map(|tag| ("tag".to_owned(), tag.to_owned())).into_iter().collect();
    Ok(Taken { told: vec![Told { reported, labels }], ..Taken::default() })
}
