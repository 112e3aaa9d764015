//! The JSON Schema (draft-07) of the format, made from the tables the reader checks against, so
//! that editors complete and check as people type.

use super::keys::{CONCEPT, DOSSIER, QUESTION, Record, STORY, Shape};
use serde_json::{Map, Value, json};

/// The whole schema.
pub fn schema() -> Value {
    let mut schema = record(&DOSSIER);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Prep dossier",
        "description": "One interview: the company, why the job fits, the questions, the concepts, the study plan.",
        "patternProperties": { "^x-": true },
        "definitions": {
            "text": { "type": "string", "minLength": 1, "pattern": "\\S" },
            "prose": { "type": ["string", "number"], "minLength": 1, "pattern": "\\S" },
            "outline1": outline(2),
            "outline2": outline(3),
            "outline3": outline(4),
            "outline4": outline(5),
            "question": { "anyOf": [reference("text"), record(&QUESTION)] },
            "concept": { "anyOf": [reference("text"), record(&CONCEPT), {
                "type": "object", "minProperties": 1, "maxProperties": 1,
                "additionalProperties": reference("prose"),
                "not": { "anyOf": CONCEPT.keys.iter().map(|key| json!({ "required": [key.name] })).collect::<Vec<_>>() },
            }] },
            "story": { "anyOf": [reference("prose"), record(&STORY)] },
        },
    });
    if let (Value::Object(schema), Value::Object(head)) = (&mut schema, head) {
        schema.extend(head);
    }
    schema
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// An outline whose children are outlines of the next level.
fn outline(next: usize) -> Value {
    let child = if next > 4 { reference("prose") } else { reference(&format!("outline{next}")) };
    json!({ "anyOf": [
        reference("prose"),
        { "type": "array", "minItems": 1, "items": child },
        { "type": "object", "additionalProperties": child },
    ] })
}

fn record(record: &Record) -> Value {
    let mut properties = Map::new();
    for key in record.keys {
        let mut value = shape(key.shape);
        if let Value::Object(map) = &mut value {
            // Beside `$ref`, draft-07 ignores everything else.
            if let Some(reference) = map.remove("$ref") {
                map.insert("allOf".into(), json!([{ "$ref": reference }]));
            }
            map.insert("description".into(), json!(key.meaning));
            let example: Value = serde_json::from_str(key.example).unwrap_or(Value::Null);
            map.insert("examples".into(), json!([example]));
        }
        properties.insert(key.name.into(), value);
    }
    let required: Vec<&str> = record.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty()
        && let Value::Object(map) = &mut schema
    {
        map.insert("required".into(), json!(required));
    }
    schema
}

fn shape(shape_of: Shape) -> Value {
    const DATE: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    const TIME: &str = "[0-9]{1,2}:[0-9]{2}";
    match shape_of {
        Shape::Version => json!({ "const": 1 }),
        Shape::Text | Shape::File => reference("text"),
        Shape::Prose | Shape::Markdown => reference("prose"),
        Shape::Slug => json!({ "type": "string", "pattern": "^[\\p{L}\\p{N}._-]{1,100}$" }),
        Shape::Language => json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" }),
        Shape::Link => {
            json!({ "type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)[^\\s\"<>]+$" })
        }
        Shape::Date => json!({ "type": "string", "pattern": format!("^{DATE}$") }),
        Shape::DateTime => json!({ "type": "string", "pattern": format!("^{DATE}([ T]{TIME}(:00)?)?$") }),
        Shape::DateRange => json!({ "type": "string", "pattern": format!("^{DATE}( ?\\.\\. ?{DATE})?$") }),
        Shape::TimeZone => json!({ "type": "string", "minLength": 3 }),
        Shape::Duration => json!({ "type": "string", "pattern": DURATION }),
        Shape::HourRange => {
            json!({ "type": "string", "pattern": "^[0-9]{1,2}(:[0-9]{2})? ?[-–] ?[0-9]{1,2}(:[0-9]{2})?$" })
        }
        Shape::Confidence => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
        Shape::Priority => json!({ "enum": ["low", "normal", "high"] }),
        Shape::Count(limit) => json!({ "type": "integer", "minimum": 0, "maximum": limit }),
        Shape::Reminder => {
            let duration = json!({ "type": "string", "pattern": DURATION });
            json!({ "anyOf": [{ "const": "none" }, duration, { "type": "array", "items": duration }] })
        }
        Shape::Record(keys) => record(keys),
        Shape::List(item) => json!({ "type": "array", "minItems": 1, "items": shape(*item) }),
        Shape::OneOrMore(item) => json!({ "anyOf": [shape(*item), { "type": "array", "items": shape(*item) }] }),
        Shape::Named(value) => json!({ "type": "object", "additionalProperties": shape(*value) }),
        Shape::Outline => reference("outline1"),
        Shape::Question => reference("question"),
        Shape::Concept => reference("concept"),
        Shape::Story => reference("story"),
    }
}

/// `45 min`, `1h30`, `2 hours`, `1 day`.
const DURATION: &str = "^[0-9]+ ?([dD]|days?|[hH]|hrs?|hours?|[mM]|mins?|minutes?)([ .,]*[0-9]+ ?([hH]|hrs?|hours?|[mM]|mins?|minutes?)?)*$";
