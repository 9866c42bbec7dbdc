//! What templates see as `incident`: the fields of the record as its JSON names them.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Serde, Value};

use crate::model::{Incident, Timeline};

/// The one field that is long: most templates tell it by `outline`.
const TIMELINE: &str = "timeline";

/// The fields of an incident; the timeline is made when a template first names it.
#[derive(Debug)]
struct Fields {
    incident: Arc<Incident>,
    /// All fields, of an incident without entries.
    few: Value,
    timeline: OnceLock<Value>,
}

/// The fields of an incident as a value.
pub(super) fn fields(incident: Arc<Incident>) -> Value {
    let bare = Incident { timeline: Timeline::default(), ..(*incident).clone() };
    Value::from_object(Fields { few: Value::from(Serde(bare)), incident, timeline: OnceLock::new() })
}

impl Object for Fields {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if key.as_str() == Some(TIMELINE) {
            return Some(self.timeline.get_or_init(|| Value::from(Serde(&self.incident.timeline))).clone());
        }
        self.few.get_item(key).ok().filter(|value| !value.is_undefined())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.few.try_iter().map(Iterator::collect).unwrap_or_default())
    }
}
