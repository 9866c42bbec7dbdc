//! The pictures that a page brings along: files of the incident, each as an address that holds all of it.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::attachment::media_type;

/// The longest picture that a page brings along, in bytes: pages are sent by mail. Of a longer one its words are left.
const LIMIT: usize = 4 << 20;

/// What lies where a report links to a picture.
#[derive(Clone, Debug, Default)]
pub struct Shown(HashMap<String, String>);

impl Shown {
    /// Takes a file in, where it is a picture that every browser shows, and not too long.
    pub fn add(&mut self, path: String, bytes: &[u8]) {
        if let Some(kind) = media_type(bytes).filter(|_| bytes.len() <= LIMIT) {
            self.0.insert(path, format!("data:{kind};base64,{}", STANDARD.encode(bytes)));
        }
    }

    /// The address of what lies there.
    pub(super) fn address(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}
