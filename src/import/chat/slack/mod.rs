//! Slack: a message of an export, as its help describes it ("How to read Slack data exports") and its developers'
//! reference ("message event", "formatting message text").

mod folders;
mod mark_up;
mod names;
mod parts;

use std::collections::HashSet;

use serde_json::Value;

use super::fields::{each, string};
use super::said::{Said, Thread, Words};
use super::skipped::Why;
use crate::model::Instant;
use crate::text::Raw;
use chrono::DateTime;

pub(super) use folders::{Slack, tells_channels};
use names::Names;

/// Who speaks where nobody is named.
const NOBODY: &str = "Slack";

/// What says that somebody came or went.
const JOINS: [&str; 4] = ["channel_join", "channel_leave", "group_join", "group_leave"];

/// What is left of a message that was deleted, and the log of one that was changed.
const DELETED: [&str; 3] = ["message_changed", "message_deleted", "tombstone"];

/// What a message says, or why it becomes no entry. `pins` are the time stamps that the channel has pinned,
/// `file` is where it stands.
fn said(message: &Value, names: &Names, pins: &HashSet<String>, file: &Raw) -> Result<Said, Why> {
    if !message.is_object() || string(message, "type").is_some_and(|kind| kind != "message") {
        return Err(Why::NotUnderstood);
    }
    let subtype = string(message, "subtype").unwrap_or_default();
    if JOINS.contains(&subtype) {
        return Err(Why::Joined);
    }
    if DELETED.contains(&subtype) {
        return Err(Why::Deleted);
    }
    let ts = string(message, "ts").ok_or(Why::NoTime)?;
    let at = instant(ts).ok_or(Why::NoTime)?;
    let words = parts::words(message, names);
    if Raw::new(words.text.as_str()).is_blank() {
        return Err(Why::NoText);
    }
    let thread = string(message, "thread_ts").filter(|thread| *thread != ts);
    let thread = thread.and_then(|thread| Some((thread, instant(thread)?))).map(|(ts, at)| Thread {
        ts: ts.to_owned(),
        at,
        root: message.get("root").map(|root| parts::words(root, names).text),
    });
    let pinned = message.get("pinned_to").and_then(Value::as_array).is_some_and(|to| !to.is_empty());
    Ok(Said {
        at,
        thread,
        edited: message.get("edited").and_then(|edited| string(edited, "ts")).map(str::to_owned),
        by: by(message, names),
        words,
        pinned: pinned || pins.contains(ts),
        reactions: each(message, "reactions")
            .filter_map(|one| string(one, "name"))
            .map(str::to_owned)
            .collect(),
        file: file.clone(),
        ts: ts.to_owned(),
    })
}

/// The instant that a time stamp names: seconds since 1970, and where there is a dot up to six digits that are their
/// millionths or count what was said in that second. It is read as digits, never as a number with a fraction.
fn instant(ts: &str) -> Option<Instant> {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(seconds, 10) || !digits(rest, 6) {
        return None;
    }
    let millionths: u32 = format!("{rest:0<6}").parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, millionths * 1_000)
}

fn by(message: &Value, names: &Names) -> Raw {
    let user = string(message, "user");
    let known = user.and_then(|user| names.of_user(user));
    let told = || string(message, "username");
    let bot = || string(message.get("bot_profile")?, "name");
    let profile = || names::in_profile(message.get("user_profile")?);
    let id = || user.or_else(|| string(message, "bot_id"));
    // Who speaks through a bot is named with the message.
    told()
        .map(Raw::new)
        .or(known)
        .or_else(|| bot().or_else(profile).or_else(id).map(Raw::new))
        .unwrap_or_else(|| NOBODY.into())
}

/// The words of a text in Slack's mark-up.
fn plain(text: &str, names: &Names) -> Words {
    mark_up::plain(text, names)
}
