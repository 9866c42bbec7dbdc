//! Mattermost: a bulk export, as its documentation describes it ("Bulk loading data: data format"): lines of JSON, of which
//! one tells the version, and others a channel, somebody, or a post with all replies to it. Times are in milliseconds since
//! 1970.

mod line;
mod post;
mod words;

use std::collections::HashMap;

use super::export::{Channel, Chat, Hear, LONGEST_MESSAGE};
use super::fields::{self, of_list};
use super::files::{Files, Refused};
use super::said::Said;
use super::skipped::Why;
use crate::text::Raw;
use line::{Line, Post};
use post::Stamps;
use words::People;

/// How the names of files of lines end.
const ENDING: &str = ".jsonl";

/// The longest first line, in bytes.
pub const FIRST_LINE: u64 = 64 << 10;

/// Whether a file of this name may be lines.
pub fn may_be_lines(path: &str) -> bool {
    path.ends_with(ENDING)
}

/// Whether lines that begin so are an export: the first one tells the version.
pub fn is_lines(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.len() as u64 <= FIRST_LINE
        && serde_json::from_slice(first).is_ok_and(|line: Line<'_>| line.tells_version())
}

/// The lines among the files of an export, where it has any: beside them is what was attached to posts.
///
/// # Errors
/// Where they are not read.
pub(super) fn find(files: &mut dyn Files) -> Result<Option<(String, Vec<u8>)>, Refused> {
    let of_lines: Vec<String> = files.paths().iter().filter(|path| may_be_lines(path)).cloned().collect();
    let depth = |path: &String| path.matches('/').count();
    let least = of_lines.iter().map(depth).min();
    for path in of_lines.into_iter().filter(|path| Some(depth(path)) == least) {
        let bytes = files.read(&path)?;
        if is_lines(&bytes) {
            return Ok(Some((path, bytes)));
        }
    }
    Ok(None)
}

/// A bulk export.
pub(super) struct Mattermost {
    path: String,
    text: String,
    /// In the order of their names.
    channels: Vec<Channel>,
    /// How many posts and replies they have, by what they are known by.
    counts: HashMap<Raw, usize>,
    people: People,
}

impl Mattermost {
    /// Looks through the lines.
    ///
    /// # Errors
    /// Where they are no text.
    pub(super) fn open(path: &str, bytes: &[u8]) -> Result<Self, Refused> {
        let text = fields::text(path, bytes)?.to_owned();
        let (mut known, mut counts, mut people) = (HashMap::new(), HashMap::new(), People::default());
        for line in text.lines() {
            let Ok(line) = serde_json::from_str::<Line<'_>>(line) else { continue };
            people.add(&line);
            let post = line.post();
            if let Some(channel) = line.channel().or_else(|| post.as_ref()?.channel()) {
                if let Some(post) = post {
                    *counts.entry(channel.key().clone()).or_default() += 1 + post.count_replies(path);
                }
                known.insert(channel.key().clone(), channel);
            }
        }
        let is_said = |channel: &Channel| counts.contains_key(channel.key());
        let mut channels: Vec<Channel> =
            known.into_values().filter(is_said).map(|channel| channel.with_people(&people)).collect();
        channels.sort_by(|a, b| {
            (a.name.as_typed(), a.key().as_typed()).cmp(&(b.name.as_typed(), b.key().as_typed()))
        });
        Ok(Self { path: path.to_owned(), text, channels, counts, people })
    }
}

impl Chat for Mattermost {
    fn channels(&self) -> &[Channel] {
        &self.channels
    }

    fn count(&mut self, channel: &Channel) -> Result<usize, Refused> {
        Ok(self.counts.get(channel.key()).copied().unwrap_or_default())
    }

    fn tell(&mut self, channel: &Channel, to: &mut dyn Hear) -> Result<(), Refused> {
        let mut reader = Reader { export: self, stamps: Stamps::default(), to };
        for line in self.text.lines().filter(|line| !line.trim().is_empty()) {
            reader.line(line, channel)?;
        }
        Ok(())
    }
}

struct Reader<'a> {
    export: &'a Mattermost,
    stamps: Stamps,
    to: &'a mut dyn Hear,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, wanted: &Channel) -> Result<(), Refused> {
        let Ok(read) = serde_json::from_str::<Line<'_>>(line) else {
            // Nobody knows of which channel it is.
            return self.to.message(Err(Why::NotUnderstood));
        };
        if !read.is_post() {
            return Ok(());
        }
        let Some(post) = read.post() else {
            return self.to.message(Err(Why::NotUnderstood));
        };
        if post.channel().is_none_or(|channel| channel.key() != wanted.key()) {
            return Ok(());
        }
        self.to.bytes(line.as_bytes());
        let said = self.said(&post);
        let root = said.as_ref().ok().cloned();
        self.to.message(said)?;
        let Some(replies) = post.replies else { return Ok(()) };
        let all = of_list(&self.export.path, replies.get(), |reply| {
            let reply = match serde_json::from_str::<Post<'_>>(reply) {
                Ok(reply) => self.said(&reply),
                Err(_) => Err(Why::NotUnderstood),
            };
            let thread = root.as_ref().map(Said::as_thread).or_else(|| post.as_thread());
            self.to.message(reply.map(|reply| Said { thread, ..reply }))
        });
        match all {
            Err(Refused::NotUnderstood { .. }) => self.to.message(Err(Why::NotUnderstood)),
            all => all,
        }
    }

    fn said(&mut self, post: &Post<'_>) -> Result<Said, Why> {
        let said = post::said(post, &self.export.people, &self.export.path)?;
        Ok(Said { ts: self.stamps.of(&said), ..said })
    }
}
