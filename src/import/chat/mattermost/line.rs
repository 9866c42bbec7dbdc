//! The lines of an export, as far as they matter here: the objects "version", "channel", "user", "post" and "direct post" of
//! the data format. What a field has that is not asked for is not looked at.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::words::People;
use super::{Channel, LONGEST_MESSAGE, of_list};
use crate::import::chat::said::Thread;
use crate::model::Instant;
use crate::text::Raw;
use chrono::DateTime;

/// What stands between people who talk to each other.
const BETWEEN: &str = ", ";

/// A line.
#[derive(Deserialize)]
pub(super) struct Line<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    version: Option<u64>,
    #[serde(borrow)]
    channel: Option<&'a RawValue>,
    #[serde(borrow)]
    user: Option<&'a RawValue>,
    #[serde(borrow)]
    post: Option<&'a RawValue>,
    #[serde(borrow)]
    direct_post: Option<&'a RawValue>,
}

impl<'a> Line<'a> {
    /// Whether it is the first one.
    pub(super) fn tells_version(&self) -> bool {
        self.kind == "version" && self.version.is_some()
    }

    /// Whether it is a post.
    pub(super) fn is_post(&self) -> bool {
        matches!(&*self.kind, "post" | "direct_post")
    }

    /// The post, where it is one that can be read.
    pub(super) fn post(&self) -> Option<Post<'a>> {
        let raw = match &*self.kind {
            "post" => self.post,
            "direct_post" => self.direct_post,
            _ => None,
        };
        serde_json::from_str(raw?.get()).ok()
    }

    /// The channel that it tells.
    pub(super) fn channel(&self) -> Option<Channel> {
        let told: Told = part(self.channel.filter(|_| self.kind == "channel"));
        Channel::in_team(&told.team?, &told.name?)
    }

    /// Whom it tells.
    pub(super) fn user(&self) -> Option<User> {
        self.user.filter(|_| self.kind == "user").map(|user| part(Some(user)))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    team: Option<String>,
    name: Option<String>,
}

/// Somebody.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct User {
    pub username: Option<String>,
    pub nickname: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// A post, or a reply to one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Post<'a> {
    team: Option<String>,
    channel: Option<String>,
    /// Who talks to each other, where it is no channel with a name.
    channel_members: Option<Vec<String>>,
    pub user: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub message: Option<String>,
    create_at: Option<i64>,
    edit_at: Option<i64>,
    delete_at: Option<i64>,
    pub is_pinned: Option<bool>,
    #[serde(borrow)]
    props: Option<&'a RawValue>,
    #[serde(borrow)]
    reactions: Option<&'a RawValue>,
    #[serde(borrow)]
    attachments: Option<&'a RawValue>,
    #[serde(borrow)]
    pub replies: Option<&'a RawValue>,
}

impl Post<'_> {
    /// Where it stands.
    pub(super) fn channel(&self) -> Option<Channel> {
        match &self.channel_members {
            Some(members) => Channel::of_people(members),
            None => Channel::in_team(self.team.as_deref()?, self.channel.as_deref()?),
        }
    }

    /// When it was written.
    pub(super) fn at(&self) -> Option<Instant> {
        DateTime::from_timestamp_millis(self.create_at.filter(|at| *at > 0)?)
    }

    /// What it is known by, but for others of the same millisecond.
    pub(super) fn stamp(&self) -> String {
        self.create_at.unwrap_or_default().to_string()
    }

    /// When it was last edited, as the chat writes it.
    pub(super) fn edited(&self) -> Option<String> {
        self.edit_at.filter(|at| *at > 0).map(|at| at.to_string())
    }

    /// Whether only that it was deleted is left of it.
    pub(super) fn is_deleted(&self) -> bool {
        self.delete_at.is_some_and(|at| at > 0)
    }

    /// What replies to it answer, where it is no entry itself.
    pub(super) fn as_thread(&self) -> Option<Thread> {
        Some(Thread { ts: self.stamp(), at: self.at()?, root: None })
    }

    /// What programs told of it.
    pub(super) fn props(&self) -> Value {
        part(self.props)
    }

    /// The names of the reactions to it.
    pub(super) fn reactions(&self) -> Vec<String> {
        let reactions: Vec<Reaction> = part(self.reactions);
        reactions.into_iter().filter_map(|reaction| reaction.emoji_name).collect()
    }

    /// The paths of the files that were attached to it.
    pub(super) fn files(&self) -> Vec<String> {
        let attachments: Vec<Attachment> = part(self.attachments);
        attachments.into_iter().filter_map(|attachment| attachment.path).collect()
    }

    /// How many replies it has.
    pub(super) fn count_replies(&self, path: &str) -> usize {
        let mut count = 0;
        let replies = self.replies.map_or("[]", RawValue::get);
        // What is no list has none.
        let _ = of_list(path, replies, |_| {
            count += 1;
            Ok(())
        });
        count
    }
}

#[derive(Deserialize)]
struct Reaction {
    emoji_name: Option<String>,
}

#[derive(Deserialize)]
struct Attachment {
    path: Option<String>,
}

/// A part that is read where it is needed: what is longer than a message, or not as it is described, is left out.
fn part<T: Default + DeserializeOwned>(raw: Option<&RawValue>) -> T {
    let text = raw.map(RawValue::get).filter(|text| text.len() <= LONGEST_MESSAGE);
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

impl Channel {
    /// A channel, which no other one of its team is called like.
    fn in_team(team: &str, name: &str) -> Option<Self> {
        let id = [team, "/", name].concat();
        (!name.is_empty()).then(|| Self { id: Some(id.into()), ..Self::named(name) })
    }

    /// What these users say to each other. What it is known by names none of them: it stands in what is published.
    fn of_people(members: &[String]) -> Option<Self> {
        let mut members: Vec<&str> = members.iter().map(String::as_str).collect();
        members.sort_unstable();
        members.dedup();
        let name = members.join(BETWEEN);
        let id = format!("direct-{:08x}", crc32c::crc32c(name.as_bytes()));
        (!members.is_empty()).then(|| Self { id: Some(id.into()), is_direct: true, ..Self::named(name) })
    }

    /// With the people's names in the place of those of the users.
    pub(super) fn with_people(self, people: &People) -> Self {
        if !self.is_direct {
            return self;
        }
        let names: Vec<Raw> = self.name.as_typed().split(BETWEEN).map(|user| people.of(user)).collect();
        let names: Vec<&str> = names.iter().map(Raw::as_typed).collect();
        Self { name: names.join(BETWEEN).into(), ..self }
    }
}
