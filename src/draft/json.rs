//! A draft as JSON, keys in their order; YAML 1.2 reads it as it is.

use super::{Pair, Value};
use crate::yaml::{is_boolean, is_number};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The pairs as an object, indented by two spaces.
pub fn json(pairs: &[Pair]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&Object(pairs)).map(|text| text + "\n")
}

/// A value on one line, in the form of a flow in YAML.
pub fn json_line(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

struct Object<'d>(&'d [Pair]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for pair in self.0 {
            map.serialize_entry(&pair.key.text, &pair.value)?;
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(said) => serializer.serialize_str(&said.text),
            Self::Bare(text, _) => serialize_bare(text, serializer),
            Self::List { items, .. } => serializer.collect_seq(items),
            Self::Map { pairs, .. } => Object(pairs).serialize(serializer),
        }
    }
}

/// What is a number or a truth value in YAML is one in JSON.
fn serialize_bare<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if is_boolean(text) {
        return serializer.serialize_bool(text.eq_ignore_ascii_case("true"));
    }
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => serializer.serialize_i64(number),
        (_, Ok(number)) if is_number(text) && number.is_finite() => serializer.serialize_f64(number),
        _ if matches!(text, "" | "~" | "null" | "Null" | "NULL") => serializer.serialize_unit(),
        _ => serializer.serialize_str(text),
    }
}
