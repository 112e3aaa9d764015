//! A dossier in other formats says the same.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, files_in, project, text_of};
use crate::random::sketch;
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::{draft, notes};

fn read(text: &str) -> dossier::Reading {
    let reading = dossier::read("prep.yaml", text.as_bytes());
    assert!(reading.dossier.is_some(), "{:#?}\n{text}", reading.diagnostics);
    reading
}

/// The model without the places in the text.
fn model(text: &str) -> String {
    let mut dossier: Dossier = read(text).dossier.expect("a dossier");
    dossier.places.clear();
    if let Some((_, place)) = &mut dossier.study.busy {
        *place = 0..0;
    }
    format!("{dossier:#?}")
}

fn json(text: &str) -> String {
    draft::json(&draft::checked(&read(text)).expect("a checked file")).expect("JSON")
}

/// The good fixtures, the examples, the starter, and random dossiers.
fn dossiers() -> Vec<String> {
    let files = files_in("tests/dossiers/good", "yaml").into_iter().chain(files_in("input", "yaml"));
    let texts = files.map(|path| std::fs::read_to_string(path).expect("a dossier"));
    texts.chain((0..40).map(|seed| sketch(seed).yaml())).collect()
}

#[test]
fn json_is_the_same_dossier() {
    for text in dossiers() {
        let json = json(&text);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
        assert_eq!(model(&json), model(&text));
    }
}

fn markdown(text: &str) -> String {
    notes::markdown(&draft::checked(&read(text)).expect("a checked file"))
}

#[test]
fn markdown_is_the_same_dossier_when_it_is_imported() {
    for text in dossiers() {
        let markdown = markdown(&text);
        let imported = notes::import("notes.md", markdown.as_bytes(), &draft::Given::default());
        let imported = imported.unwrap_or_else(|failure| panic!("{failure:#?}\n{markdown}"));
        assert_eq!(model(&imported.yaml), model(&text), "{markdown}");
    }
}

#[test]
fn markdown_of_what_was_imported_is_the_same_to_the_byte() {
    let import = |markdown: &str| {
        notes::import("notes.md", markdown.as_bytes(), &draft::Given::default()).expect("a dossier").yaml
    };
    for text in dossiers().into_iter().step_by(4) {
        // The first time lines of a paragraph are joined; then nothing moves any more.
        let (once, model) = (import(&markdown(&text)), model(&text));
        let shared = markdown(&once);
        let twice = import(&shared);
        assert_eq!(self::model(&twice), model, "{shared}");
        assert_eq!(markdown(&twice), shared);
        assert_eq!(twice, once);
    }
}

#[test]
fn markdown_reads_like_notes() {
    let example = markdown(&example());
    insta::assert_snapshot!("example_as_markdown", example);
    // The settings stand in the format itself; of the showcase, so does what Markdown cannot tell apart.
    assert_eq!(example.matches("yaml dossier").count(), 1);
    let showcase = markdown(&text_of("input/showcase.yaml"));
    assert!(showcase.matches("yaml dossier").count() <= 6, "{showcase}");
}

#[test]
fn what_foreign_keys_hold_comes_back_too() {
    let text = "dossier: 1\nx-tool: {stage: 2, note: \"a: b\"}\njob: {company: A, role: B}\nclosing: Bye\n";
    let imported = notes::import("notes.md", markdown(text).as_bytes(), &draft::Given::default()).expect("a dossier");
    let value = |text: &str| draft::json(&draft::checked(&read(text)).expect("a checked file")).expect("JSON");
    let tool = |text: &str| serde_json::from_str::<serde_json::Value>(&value(text)).expect("JSON")["x-tool"].clone();
    assert_eq!(tool(&imported.yaml), tool(text));
}

#[test]
fn json_is_the_long_form_and_keeps_the_order() {
    let value: serde_json::Value = serde_json::from_str(&json(&example())).expect("JSON");
    assert_eq!(value["interview"][0]["date"], "2026-12-15 14:00");
    assert_eq!(value["questions"]["Leadership & Culture"][0]["question"].as_str().map(str::len), Some(71));
    assert_eq!(value["study"]["topics"]["Golang & Concurrency"]["confidence"], 1);
    let text =
        json("dossier: 1\njob: {company: A, role: B}\nquestions: {Zoo: [Why?], Ape: [How?]}\nfit: {Zen: a, Age: 42}\n");
    let at = |word: &str| text.find(word).expect("there");
    assert!(at("questions") < at("Zoo") && at("Zoo") < at("Ape") && at("Ape") < at("fit") && at("Zen") < at("Age"));
}

#[test]
fn a_json_dossier_builds_to_the_same_files() {
    let project = project().file("prep.yaml", example());
    project.run(&["export", "prep.yaml", "--to", "json", "-o", "json/prep.json"]).ended(0);
    for (file, folder) in [("prep.yaml", "one"), ("json/prep.json", "two")] {
        project.run(&["build", file, "--today", "2026-11-23", "-o", folder]).ended(0);
    }
    for name in ["prep.pdf", "prep.ics", "prep.apkg"] {
        assert!(project.read(&format!("one/{name}")) == project.read(&format!("two/{name}")), "{name}");
    }
}

#[test]
fn export_checks_first_and_replaces_nothing() {
    let project = project().file("bad.yaml", "dossier: 1\n").file("prep.yaml", example()).file("there.json", "mine");
    let run = project.run(&["export", "bad.yaml", "--to", "json"]).ended(3);
    assert!(run.stdout.is_empty() && run.stderr.contains("E0105"), "{}", run.stderr);
    project.run(&["export", "prep.yaml", "--to", "json", "-o", "there.json"]).ended(4);
    assert_eq!(project.read("there.json"), b"mine");
    project.run(&["export", "prep.yaml", "--to", "json", "-o", "there.json", "--force"]).ended(0);
    assert!(project.run(&["export", "prep.yaml", "--to", "json"]).ended(0).stdout == project.read("there.json"));
}
