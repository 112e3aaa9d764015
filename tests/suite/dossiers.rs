//! Good dossiers: every key, short and long forms, defaults.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{files_in, text_of};
use prep_dossier::dossier::{self, Dossier, Part, keys};
use std::collections::BTreeSet;

fn good(name: &str) -> Dossier {
    read(&text_of(name))
}

fn read(text: &str) -> Dossier {
    let reading = dossier::read("good.yaml", text.as_bytes());
    assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
    reading.dossier.expect("a dossier without problems is valid")
}

#[test]
fn good_fixtures_and_the_example_have_no_problem() {
    for path in files_in("tests/dossiers/good", "yaml").into_iter().chain(files_in("input", "yaml")) {
        read(&std::fs::read_to_string(path).expect("a fixture"));
    }
}

#[test]
fn every_key_reaches_the_model() {
    let mut everything = good("tests/dossiers/good/everything.yaml");
    everything.places.clear();
    insta::assert_debug_snapshot!("everything", everything);
}

#[test]
fn every_key_of_the_tables_is_in_the_fixture() {
    let text = text_of("tests/dossiers/good/everything.yaml");
    for record in keys::RECORDS {
        for key in record.keys {
            assert!(
                text.contains(&format!("{}:", key.name)),
                "`{}` of {} is not in the fixture",
                key.name,
                record.name
            );
        }
    }
}

#[test]
fn three_lines_are_a_dossier() {
    let dossier = good("tests/dossiers/good/minimal.yaml");
    assert_eq!(dossier.id, "example-company-engineer");
    assert_eq!(dossier.language, "en");
    assert_eq!(dossier.study.session.0, 45);
    assert_eq!(dossier.study.hours[0][0].from.to_string(), "18:00:00");
    assert_eq!(dossier.study.hours[6][0].to.to_string(), "12:00:00");
    assert!(dossier.rounds.is_empty());
}

#[test]
fn sections_keep_the_order_of_the_file() {
    let dossier = read("dossier: 1\nclosing: Bye\njob: {company: A, role: B}\noverview: Hi\n");
    assert!(matches!(dossier.parts.as_slice(), [Part::Closing(_), Part::Overview(_)]));
}

#[test]
fn an_item_keeps_its_identity_when_it_moves_to_another_topic() {
    let ids = |text: &str| -> Vec<String> {
        let head = "dossier: 1\njob: {company: A, role: B}\nquestions:\n";
        read(&format!("{head}{text}"))
            .questions()
            .flat_map(|topic| topic.items.iter().map(|item| item.id.clone()))
            .collect()
    };
    assert_eq!(ids("  X: [One?, Two?]\n"), ids("  X: [One?]\n  Y: [Two?]\n"));
    let twice = "dossier: 1\njob: {company: A, role: B}\nquestions: {X: [One?, One?]}\n";
    let twice = dossier::read("x", twice.as_bytes()).dossier.expect("a warning only");
    let items: Vec<_> = twice.questions().flat_map(|topic| &topic.items).collect();
    assert_ne!(items[0].id, items[1].id);
    // The number behind the second one must not make it a third one that says so itself.
    let numbered = "dossier: 1\njob: {company: A, role: B}\nquestions: {X: [One 2?, One?, One?, One 3?]}\n";
    let numbered = dossier::read("x", numbered.as_bytes()).dossier.expect("a warning only");
    let different: BTreeSet<_> = numbered.questions().flat_map(|topic| &topic.items).map(|item| &item.id).collect();
    assert_eq!(different.len(), 4, "{different:?}");
    assert_eq!(ids("  X: [{question: One?, id: first}]\n"), ids("  X: [{question: Reworded?, id: first}]\n"));
}

#[test]
fn keys_of_other_tools_are_left_alone() {
    read("dossier: 1\nx-notes: {anything: [at, all]}\njob: {company: A, role: B}\n");
}
