//! The labels of every language: complete, with the same placeholders, and translated.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, files_in, project, text_of};
use prep_dossier::theme::{Templates, Theme};
use prep_dossier::yaml::{self, Kind, Node};
use std::collections::BTreeMap;

/// Texts that are the same in English and in another language.
const REALLY_THE_SAME: &[&str] = &["{n} min", "{h} h", "{h} h {m} min", "Action", "Hints", "Link", "Situation", "Team"];

/// The languages with labels, by the files.
fn languages() -> Vec<String> {
    let files = files_in("templates/labels", "yaml");
    files.iter().map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

/// The texts of a language by `section.key`; a list is one text.
fn texts(language: &str) -> BTreeMap<String, String> {
    let file = text_of(&format!("templates/labels/{language}.yaml"));
    let tree = yaml::read(&file);
    assert!(tree.diagnostics.is_empty(), "{language}: {:#?}", tree.diagnostics);
    let root = tree.root.as_ref().expect("labels");
    let sections = pairs(root).iter().map(|(name, section)| (text(name), section));
    sections
        .flat_map(|(name, section)| {
            pairs(section).iter().map(move |(key, value)| (format!("{name}.{}", text(key)), text(value)))
        })
        .collect()
}

fn pairs<'n>(node: &'n Node<'n>) -> &'n [(Node<'n>, Node<'n>)] {
    match &node.kind {
        Kind::Map(pairs) => pairs,
        Kind::Scalar(..) | Kind::List(_) => &[],
    }
}

fn text(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Scalar(text, _) => text.to_string(),
        Kind::List(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Kind::Map(_) => panic!("a mapping inside a section"),
    }
}

/// The names in braces, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect();
    names.sort_unstable();
    names
}

/// Whether something besides placeholders and punctuation is said.
fn has_words(text: &str) -> bool {
    let outside = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    outside.flat_map(str::chars).any(char::is_alphabetic)
}

#[test]
fn every_language_is_built_in_and_loads() {
    for language in languages() {
        let name = format!("labels/{language}.yaml");
        assert!(Templates::names().any(|known| known == name), "{name} is not compiled in");
        let (_, note) = Theme::load(Templates::default(), &language).expect("labels without a problem");
        assert!(note.is_none(), "{language}: {note:?}");
    }
}

#[test]
fn every_text_has_the_placeholders_of_the_english_one() {
    // Which parts of a date are written, and in which order, is up to the language.
    let patterns = ["long", "short", "day_month", "weekday_day", "time"].map(|key| format!("dates.{key}"));
    let english = texts("en");
    for language in languages() {
        for (key, text) in texts(&language) {
            if !patterns.contains(&key) {
                assert_eq!(placeholders(&text), placeholders(&english[&key]), "{language} {key}");
            }
        }
    }
}

#[test]
fn date_patterns_use_only_names_that_are_filled_in() {
    let known = |key: &str| match key {
        "dates.time" => Some(["hour", "hour_padded", "hour12", "minute", "ampm"].as_slice()),
        "dates.long" | "dates.short" | "dates.day_month" | "dates.weekday_day" => {
            Some(["weekday", "day", "month", "month_number", "year"].as_slice())
        }
        _ => None,
    };
    for language in languages() {
        for (key, text) in texts(&language) {
            if let Some(known) = known(&key) {
                assert!(placeholders(&text).iter().all(|name| known.contains(name)), "{language} {key}: {text}");
            }
        }
    }
}

#[test]
fn every_text_is_translated() {
    let english = texts("en");
    for language in languages().iter().filter(|language| *language != "en") {
        for (key, text) in texts(language) {
            let same = text == english[&key] && has_words(&text) && !REALLY_THE_SAME.contains(&text.as_str());
            assert!(!same, "{language} {key} is still English: {text}");
        }
    }
}

#[test]
fn phrases_that_are_looked_for_are_written_as_they_are_compared() {
    for language in languages() {
        let texts = texts(&language);
        for key in ["deck.behavioural", "deck.designing", "glance.red_flag_words"] {
            let phrases = &texts[key];
            assert_eq!(*phrases, phrases.to_lowercase(), "{language} {key}: texts are compared in lower case");
            assert!(phrases.split('|').all(|phrase| !phrase.trim().is_empty()), "{language} {key}: an empty phrase");
        }
    }
}

#[test]
fn dates_are_written_as_is_customary() {
    let at = jiff::civil::date(2026, 12, 15).at(14, 0, 0, 0);
    let mut out = String::new();
    for language in languages() {
        let (theme, _) = Theme::load(Templates::default(), &language).expect("labels without a problem");
        let dates = &theme.labels.dates;
        let (long, short, time) = (dates.long(at.date()), dates.short(at.date()), dates.time(at.time()));
        let zoned = at.in_tz("Europe/Amsterdam").expect("a time zone");
        let lines = [
            dates.date_at_time(&long, &time),
            dates.date_at_time(&short, &dates.time(jiff::civil::time(9, 5, 0, 0))),
            dates.weekday_day(at.date()),
            dates.day_month(at.date()),
            dates.long(jiff::civil::date(2027, 1, 1)),
            dates.zone(&zoned),
            [45, 120, 150].map(|minutes| dates.minutes(minutes)).join(" | "),
            [0, 1, 21].map(|days| dates.days_left(days)).join(" | "),
            theme.labels.marks.labelled("A", &theme.labels.marks.row(&["1", "2"])),
        ];
        out.push_str(&format!("{language}\n"));
        out.extend(lines.iter().map(|line| format!("  {line}\n")));
    }
    insta::assert_snapshot!("dates", out);
}

#[test]
fn a_calendar_in_any_language_names_the_deck_that_was_made() {
    let text = example().replacen("job:", "language: de\njob:", 1);
    let project = project().file("prep.yaml", text);
    project.run(&["build", "prep.yaml", "--today", "2026-11-24", "--only", "calendar"]).ended(0);
    let calendar = String::from_utf8(project.read("output/prep.ics")).expect("UTF-8").replace("\r\n ", "");
    assert!(calendar.contains("Stapel „Interview prep::FinTech Innovators – Senior Golang Developer“"), "{calendar}");
}
