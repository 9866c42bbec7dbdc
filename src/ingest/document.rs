//! The JSON of a call, kept within bounds: what is too long is cut with a mark, and keys that stand twice are counted.
//! `serde_json` itself stops at a depth of 128, and gives the last of two keys without a word.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::NotUnderstood;

/// The longest text, in bytes.
const TEXT: usize = 64 << 10;
/// The most keys of one object, such as the labels of an alert.
const KEYS: usize = 200;
/// The most values of one call: a thousand alerts with fifty labels each, twice over.
const VALUES: usize = 100_000;

/// What ends a text that was cut, and stands for the keys that were left out.
pub(super) const CUT: &str = "…";

/// A call.
#[derive(Debug)]
pub(super) struct Document {
    pub value: Value,
    /// How many keys stood twice.
    pub repeated: usize,
    /// How many texts and objects were cut.
    pub cut: usize,
}

/// Reads it.
pub(super) fn read(body: &[u8]) -> Result<Document, NotUnderstood> {
    let counts = Counts::default();
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = Bounded(&counts).deserialize(&mut json).and_then(|value| json.end().map(|()| value));
    if counts.values.get() > VALUES {
        return Err(NotUnderstood::TooMany);
    }
    let value = read.map_err(|_| NotUnderstood::NoJson)?;
    Ok(Document { value, repeated: counts.repeated.get(), cut: counts.cut.get() })
}

#[derive(Debug, Default)]
struct Counts {
    values: Cell<usize>,
    repeated: Cell<usize>,
    cut: Cell<usize>,
}

fn one_more(count: &Cell<usize>) {
    count.set(count.get() + 1);
}

#[derive(Clone, Copy)]
struct Bounded<'a>(&'a Counts);

impl Bounded<'_> {
    fn text(self, text: &str) -> String {
        if text.len() <= TEXT {
            return text.to_owned();
        }
        one_more(&self.0.cut);
        let end = (0..=TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        format!("{}{CUT}", &text[..end])
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        one_more(&self.0.values);
        if self.0.values.get() > VALUES {
            return Err(D::Error::custom("too many values"));
        }
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(self.text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            all.push(value);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        let mut left_out = false;
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self)?;
            if all.len() >= KEYS && !all.contains_key(&key) {
                left_out = true;
            } else if all.insert(self.text(&key), value).is_some() {
                one_more(&self.0.repeated);
            }
        }
        if left_out {
            one_more(&self.0.cut);
            all.insert(CUT.to_owned(), Value::Null);
        }
        Ok(Value::Object(all))
    }
}
