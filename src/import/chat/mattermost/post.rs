//! What a post says, or why it becomes no entry.

use std::collections::HashMap;

use serde_json::Value;

use super::line::Post;
use super::words::{People, plain};
use super::{LONGEST_MESSAGE, Said, Why};
use crate::import::chat::attachment::{self, Piece};
use crate::import::chat::fields::{each, string};
use crate::import::chat::said::Words;
use crate::text::Raw;

/// Who speaks where nobody is named.
const NOBODY: &str = "Mattermost";

/// What says that somebody came or went: the types of posts that the server writes by itself.
const JOINS: [&str; 10] = [
    "system_join_leave",
    "system_join_channel",
    "system_leave_channel",
    "system_guest_join_channel",
    "system_add_remove",
    "system_add_to_channel",
    "system_remove_from_channel",
    "system_join_team",
    "system_leave_team",
    "system_add_to_team",
];

/// What a post says, or why it becomes no entry. Its time stamp is not settled yet.
pub(super) fn said(post: &Post<'_>, people: &People, file: &str) -> Result<Said, Why> {
    if post.kind.as_deref().is_some_and(|kind| JOINS.contains(&kind)) {
        return Err(Why::Joined);
    }
    if post.is_deleted() {
        return Err(Why::Deleted);
    }
    let at = post.at().ok_or(Why::NoTime)?;
    if post.message.as_ref().is_some_and(|message| message.len() > LONGEST_MESSAGE) {
        return Err(Why::NotUnderstood);
    }
    let props = post.props();
    let words = words(post, &props, people);
    if Raw::new(words.text.as_str()).is_blank() {
        return Err(Why::NoText);
    }
    Ok(Said {
        ts: post.stamp(),
        at,
        thread: None,
        edited: post.edited(),
        by: by(post, &props, people),
        words,
        pinned: post.is_pinned == Some(true),
        reactions: post.reactions(),
        file: file.into(),
    })
}

/// Its message, what programs attached to it, the names of its files.
fn words(post: &Post<'_>, props: &Value, people: &People) -> Words {
    let mut words = plain(post.message.as_deref().unwrap_or_default().trim(), people);
    for attachment in each(props, "attachments") {
        for line in attachment::lines(attachment, None, written) {
            words.push_line(&plain(&line, people));
        }
    }
    let files: Vec<String> = post.files().iter().map(|path| file(path)).collect();
    if !files.is_empty() {
        let mut named = Words::default();
        named.push(&files.join(" "));
        words.push_line(&named);
    }
    words
}

/// A part of a line of an attachment, in Markdown.
fn written(piece: Piece<'_>) -> String {
    match piece {
        Piece::MarkUp(text) => text,
        Piece::Plain(text) => text.to_owned(),
        Piece::Link { target, label } if label.is_empty() || target.is_empty() => [label, target].concat(),
        Piece::Link { target, label } => format!("{label} ({target})"),
    }
}

/// `[file: error.log]`
fn file(path: &str) -> String {
    format!("[file: {}]", path.rsplit('/').next().unwrap_or_default())
}

fn by(post: &Post<'_>, props: &Value, people: &People) -> Raw {
    // Who speaks through a webhook is named with the post.
    let told = string(props, "override_username").map(Raw::new);
    let user = || post.user.as_deref().filter(|user| !user.is_empty()).map(|user| people.of(user));
    told.or_else(user).unwrap_or_else(|| NOBODY.into())
}

/// Gives each post a time stamp that no other one of its channel has: its own, and a number where several things were said in
/// one millisecond, as programs do. What the same author says again in the same words is the same.
#[derive(Default)]
pub(super) struct Stamps(HashMap<String, Vec<(Raw, String)>>);

impl Stamps {
    /// The next one.
    pub(super) fn of(&mut self, said: &Said) -> String {
        let before = self.0.entry(said.ts.clone()).or_default();
        let is_same = |(by, text): &(Raw, String)| *by == said.by && *text == said.words.text;
        let place = before.iter().position(is_same).unwrap_or_else(|| {
            before.push((said.by.clone(), said.words.text.clone()));
            before.len() - 1
        });
        if place == 0 { said.ts.clone() } else { format!("{}/{}", said.ts, place + 1) }
    }
}
