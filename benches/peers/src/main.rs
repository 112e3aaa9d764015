//! The same notes with `genanki-rs`, and the same YAML with `serde_yaml`.
//!
//! usage: peers deck NOTES.json OUT.apkg | peers yaml FILE

use genanki_rs::{Deck, Field, Model, Note, Template};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["deck", notes, out] => deck(notes, out),
        ["yaml", file] => yaml(file),
        _ => Err("usage: peers deck NOTES.json OUT.apkg | peers yaml FILE".into()),
    }
}

fn deck(notes: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let notes: Vec<[String; 2]> = serde_json::from_str(&std::fs::read_to_string(notes)?)?;
    let model = Model::new(
        1_607_392_319,
        "Question",
        vec![Field::new("Question"), Field::new("Answer")],
        vec![Template::new("Card 1").qfmt("{{Question}}").afmt("{{FrontSide}}<hr id=answer>{{Answer}}")],
    );
    let mut deck = Deck::new(2_059_400_110, "Bulk", "");
    for [question, answer] in &notes {
        deck.add_note(Note::new(model.clone(), vec![question, answer])?);
    }
    deck.write_to_file(out)?;
    Ok(())
}

fn yaml(file: &str) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let start = Instant::now();
    let read = serde_yaml::from_str::<serde_yaml::Value>(&text);
    let outcome = read.map_or_else(|error| error.to_string(), |_| "read".to_owned());
    println!("{:.2} s: {outcome}", start.elapsed().as_secs_f64());
    Ok(())
}
