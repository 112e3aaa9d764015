//! The JSON Schema says what the reader says.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{project, text_of};
use prep_dossier::dossier::schema::schema;

#[test]
fn the_file_in_templates_is_the_generated_one() {
    let generated = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("JSON"));
    assert!(
        text_of("templates/dossier.schema.json") == generated,
        "run `cargo run -- schema > templates/dossier.schema.json`"
    );
    assert_eq!(project().run(&["schema"]).ended(0).text(), generated);
}

#[test]
fn every_key_has_a_description_and_an_example_of_its_own_shape() {
    let mut stack = vec![schema()];
    let mut seen = 0;
    while let Some(value) = stack.pop() {
        if let Some(properties) = value.get("properties").and_then(serde_json::Value::as_object) {
            for (key, value) in properties {
                assert!(value["description"].as_str().is_some_and(|text| text.len() > 5), "{key}");
                assert!(!value["examples"][0].is_null(), "{key} has no example that is JSON");
                seen += 1;
            }
        }
        match value {
            serde_json::Value::Object(map) => stack.extend(map.into_iter().map(|(_, value)| value)),
            serde_json::Value::Array(items) => stack.extend(items),
            _ => {}
        }
    }
    assert!(seen > 60);
}
