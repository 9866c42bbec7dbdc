//! What people and channels are called that messages name by their ids.

use std::collections::HashMap;

use serde_json::Value;

use crate::import::chat::fields::string;
use crate::text::Raw;

/// The names behind ids.
#[derive(Clone, Debug, Default)]
pub struct Names {
    users: HashMap<String, Raw>,
    channels: HashMap<String, String>,
}

impl Names {
    /// Takes note of a user, as `users.json` has one.
    pub(super) fn add_user(&mut self, user: &Value) {
        let called = user.get("profile").and_then(in_profile);
        let called = called.or_else(|| string(user, "real_name")).or_else(|| string(user, "name"));
        if let (Some(id), Some(called)) = (string(user, "id"), called) {
            self.users.insert(id.to_owned(), called.into());
        }
    }

    /// Takes note of a channel.
    pub(super) fn add_channel(&mut self, id: &str, name: &str) {
        self.channels.insert(id.to_owned(), name.to_owned());
    }

    /// What a user is called.
    pub(super) fn of_user(&self, id: &str) -> Option<Raw> {
        self.users.get(id).cloned()
    }

    /// What a channel is called.
    pub(super) fn of_channel(&self, id: &str) -> Option<&str> {
        self.channels.get(id).map(String::as_str)
    }
}

/// The name that somebody chose to be shown by, else the whole one; of the profile that a message brings along the handle,
/// too.
pub(super) fn in_profile(profile: &Value) -> Option<&str> {
    ["display_name", "real_name", "name"].into_iter().find_map(|field| string(profile, field))
}
