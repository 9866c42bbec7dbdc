//! JSON that somebody else wrote: what a field has where it is what is expected there, and lists that are never all in
//! memory.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{self, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::files::Refused;

/// The text of a field, where there is any.
pub(super) fn string<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The things in a field that is a list.
pub(super) fn each<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value.get(field).and_then(Value::as_array).into_iter().flatten()
}

/// Shows the text of each thing of a list, one after the other: they are never all in memory. `path` is where it stands.
///
/// # Errors
/// Where it is no list, or what looks refuses.
pub(super) fn of_list(
    path: &str,
    text: &str,
    see: impl FnMut(&str) -> Result<(), Refused>,
) -> Result<(), Refused> {
    struct List<F>(F, Option<Refused>);

    impl<'de, F: FnMut(&str) -> Result<(), Refused>> Visitor<'de> for &mut List<F> {
        type Value = ();

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
            while let Some(thing) = list.next_element::<&RawValue>()? {
                if let Err(refused) = (self.0)(thing.get()) {
                    self.1 = Some(refused);
                    return Err(de::Error::custom("refused"));
                }
            }
            Ok(())
        }
    }

    let mut json = serde_json::Deserializer::from_str(text);
    let mut list = List(see, None);
    match json.deserialize_seq(&mut list).and_then(|()| json.end()) {
        Ok(()) => Ok(()),
        Err(error) => Err(list.1.unwrap_or_else(|| not_understood(path, error.to_string()))),
    }
}

/// All of a file as text, without the mark of its order of bytes.
///
/// # Errors
/// Where it is not in UTF-8.
pub(super) fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Refused> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
        Err(error) => Err(not_understood(path, error.to_string())),
    }
}

fn not_understood(path: &str, why: String) -> Refused {
    Refused::NotUnderstood { path: path.into(), why }
}
