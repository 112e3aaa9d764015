//! `check --fix`: what can only have been meant in one way is mended, and nothing else is touched.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, files_in, project};
use prep_dossier::diagnostic::{Diagnostic, Severity};
use prep_dossier::dossier::{self, mended};
use proptest::prelude::*;

/// The model without places, which every change of the text moves.
fn model(text: &str) -> String {
    let mut dossier = dossier::read("x.yaml", text.as_bytes()).dossier.unwrap_or_else(|| panic!("not valid:\n{text}"));
    dossier.places.clear();
    if let Some((_, span)) = &mut dossier.study.busy {
        *span = 0..0;
    }
    format!("{dossier:#?}")
}

fn errors(problems: &[Diagnostic]) -> usize {
    problems.iter().filter(|problem| problem.severity() == Severity::Error).count()
}

/// A way to spoil a line, if it can be spoilt so.
type Slip = (&'static str, fn(&str) -> Option<String>);

const SLIPS: &[Slip] = &[
    ("a tab", |line| {
        line.starts_with("  ").then(|| line.replacen("  ", "\t", 1)).filter(|line| !line.starts_with("\t "))
    }),
    ("no space behind the dash", |line| {
        let text = line.trim_start().strip_prefix("- ")?;
        text.starts_with(|c: char| c.is_alphabetic()).then(|| line.replacen("- ", "-", 1))
    }),
    ("a bullet", |line| line.trim_start().starts_with("- ").then(|| line.replacen("- ", "• ", 1))),
    ("no space behind the colon", |line| {
        let (key, value) = line.trim_start().split_once(": ")?;
        let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (is_key && value.starts_with(|c: char| c.is_alphanumeric())).then(|| line.replacen(": ", ":", 1))
    }),
    ("one space too many", |line| line.trim_start().starts_with("- ").then(|| format!(" {line}"))),
    ("typographic quotes", |line| {
        let (key, value) = line.trim_start().split_once(": ")?;
        let is_text =
            value.chars().all(|c| c.is_alphanumeric() || c == ' ') && key.chars().all(|c| c.is_ascii_lowercase());
        let is_name = matches!(key, "company" | "role" | "name" | "closing");
        (is_text && is_name).then(|| line.replacen(value, &format!("“{value}”"), 1))
    }),
    ("a misspelt key", |line| {
        let key = line.trim_start().strip_suffix(':').or(line.trim_start().split_once(": ").map(|(key, _)| key))?;
        let known = ["company", "role", "questions", "concepts", "interview", "time_zone", "highlights", "session"];
        let misspelt = format!("{key}s");
        known.contains(&key).then(|| line.replacen(key, &misspelt, 1))
    }),
    ("a date as it is said", |line| {
        line.contains("date: 2026-12-15 14:00").then(|| line.replace("2026-12-15 14:00", "15 December 2026, 2 pm"))
    }),
];

#[test]
fn a_slip_in_any_line_of_the_example_is_mended_to_the_same_dossier() {
    let text = example();
    let whole = model(&text);
    let lines: Vec<&str> = text.lines().collect();
    for (what, slip) in SLIPS {
        let mut tried = 0;
        for (number, line) in lines.iter().enumerate() {
            let Some(spoilt) = slip(line) else { continue };
            let mut spoilt_lines = lines.clone();
            spoilt_lines[number] = &spoilt;
            let spoilt_text = format!("{}\n", spoilt_lines.join("\n"));
            let before = dossier::read("x.yaml", spoilt_text.as_bytes());
            let has_fix = before.diagnostics.iter().any(|problem| problem.fix.is_some());
            if before.dossier.is_some() && !has_fix {
                // The line has another meaning now, and a valid one.
                continue;
            }
            let mended = mended("x.yaml", &spoilt_text);
            let place = format!("{what} in line {}: `{spoilt}`\n{:#?}", number + 1, mended.left.diagnostics);
            assert!(mended.left.dossier.is_some(), "{place}");
            assert_eq!(model(&mended.text), whole, "{place}");
            let other: Vec<(&str, &str)> =
                mended.text.lines().zip(&lines).map(|(a, b)| (a, *b)).filter(|(a, b)| a != b).collect();
            // Of two neighbours that do not stand below each other either can be moved.
            assert!(other.len() <= 1 || *what == "one space too many", "only that line is touched: {other:?}");
            tried += 1;
        }
        assert!(tried > 0, "no line was tried with {what}");
    }
}

#[test]
fn several_mistakes_are_mended_at_once_and_the_rest_is_left_as_it_is() {
    let text = "# my notes\r\ndossier: 1\r\njob:\r\n\tcompany: Example   # the best\r\n\trole: Engineer\r\n\
                questons:\r\n  Go:\r\n    - Walk through it: all of it\r\n    - 'It's fine'\r\n    -Why?\r\n\
                study: {session: 45, hours: {sat: 9h-11h}}\r\n";
    let mended = mended("x.yaml", text);
    assert_eq!(
        mended.text,
        "# my notes\r\ndossier: 1\r\njob:\r\n  company: Example   # the best\r\n  role: Engineer\r\n\
         questions:\r\n  Go:\r\n    - \"Walk through it: all of it\"\r\n    - \"It's fine\"\r\n    - Why?\r\n\
         study: {session: 45 min, hours: {sat: 09:00-11:00}}\r\n"
    );
    assert!(mended.left.dossier.is_some(), "{:#?}", mended.left.diagnostics);
}

#[test]
fn what_can_be_meant_in_several_ways_is_left_alone() {
    for line in [
        "interview: {date: 05/06/2026, time_zone: Europe/Oslo}",
        "interview: tomorrow",
        "study: {topics: {Go: {estimate: 20}}}",
        "nonsense: true",
        "questions: {Go: [42]}",
        "id: a\nid: b",
        "overview: \"C:\\Users\\ada\"",
    ] {
        let text = format!("dossier: 1\njob: {{company: A, role: B}}\n{line}\n");
        let mended = mended("x.yaml", &text);
        assert_eq!(mended.text, text);
        assert!(mended.gone.is_empty() && errors(&mended.left.diagnostics) > 0);
    }
}

#[test]
fn every_bad_fixture_gets_better_or_stays_and_once_is_enough() {
    for path in files_in("tests/dossiers/bad", "yaml") {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let text: String =
            text.lines().filter(|line| !line.starts_with("#! ")).map(|line| format!("{line}\n")).collect();
        unharmed(&text);
    }
}

fn unharmed(text: &str) {
    let before = dossier::read("x.yaml", text.as_bytes());
    let once = mended("x.yaml", text);
    assert!(errors(&once.left.diagnostics) <= errors(&before.diagnostics), "{text}\n→\n{}", once.text);
    assert_eq!(once.gone.is_empty(), once.text == text);
    let twice = mended("x.yaml", &once.text);
    assert_eq!(twice.text, once.text, "from\n{text}");
    if before.diagnostics.is_empty() {
        assert_eq!(once.text, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// The example with some stretches of it replaced by something else.
    #[test]
    fn fix_never_makes_more_errors_and_is_done_at_once(
        edits in proptest::collection::vec((0usize..9000, 0usize..30, "[-a-z:#'\"\\[{}\\t\\n *&|>“”é0-9]{0,8}"), 1..4)
    ) {
        let mut text = example();
        for (at, length, new) in edits {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (floor(at), floor(at + length));
            text.replace_range(start..end.max(start), &new);
        }
        unharmed(&text);
    }
}

const SLIPPED: &str = "dossier: 1\njob: {company: A, role: B}\nquestons:\n  Go: [How?]\n";

#[test]
fn without_anybody_to_ask_nothing_is_written_until_it_is_told_to() {
    let project = project().file("prep.yaml", SLIPPED);
    let run = project.run(&["check", "--fix", "prep.yaml"]).ended(3);
    assert!(run.stderr.contains("    3 - questons:\n      + questions:\n"), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was written: add --yes"), "{}", run.stderr);
    assert_eq!(project.read("prep.yaml"), SLIPPED.as_bytes());
    let run = project.run(&["check", "--fix", "--yes", "prep.yaml"]).ended(0);
    assert!(run.stderr.contains("mended 1 problem"), "{}", run.stderr);
    assert_eq!(project.read("prep.yaml"), SLIPPED.replace("questons", "questions").as_bytes());
    assert_eq!(project.list("."), ["prep.yaml"], "nothing is left beside it");
    let run = project.run(&["check", "--fix", "--yes", "prep.yaml"]).ended(0);
    assert!(!run.stderr.contains("mended"), "{}", run.stderr);
}

#[test]
fn standard_input_comes_out_mended_and_a_byte_order_mark_stays() {
    let project = project().file("prep.yaml", format!("\u{feff}{SLIPPED}"));
    let run = project.run_with(&["check", "--fix", "-"], SLIPPED.as_bytes(), &[]).ended(0);
    assert_eq!(run.text(), SLIPPED.replace("questons", "questions"));
    project.run(&["check", "--fix", "-y", "prep.yaml"]).ended(0);
    assert_eq!(project.read("prep.yaml"), format!("\u{feff}{}", SLIPPED.replace("questons", "questions")).as_bytes());
    let latin = b"dossier: 1\njob: {company: Caf\xe9, rol: B}\n";
    let project = project.file("latin.yaml", latin);
    project.run(&["check", "--fix", "--yes", "latin.yaml"]).ended(3);
    assert_eq!(project.read("latin.yaml"), latin, "what is no text is not written again");
}

#[test]
fn editors_get_the_changes_as_data() {
    let project = project().file("prep.yaml", SLIPPED);
    let run = project.run(&["check", "prep.yaml", "--format", "json"]).ended(3);
    let line: serde_json::Value = serde_json::from_str(run.text().lines().next().expect("a line")).expect("JSON");
    let edit = &line["fix"]["edits"][0];
    assert_eq!(
        (&line["fix"]["safe"], &edit["line"], &edit["column"], &edit["endColumn"]),
        (&true.into(), &3.into(), &1.into(), &9.into())
    );
    let (start, end) = (edit["start"].as_u64().expect("a byte"), edit["end"].as_u64().expect("a byte"));
    let mut text = SLIPPED.to_owned();
    text.replace_range(
        usize::try_from(start).expect("small")..usize::try_from(end).expect("small"),
        edit["replacement"].as_str().expect("text"),
    );
    assert_eq!(text, SLIPPED.replace("questons", "questions"));
}

/// Lists of so many topics with so many questions, each of which YAML reads otherwise than it is meant.
fn slips(topics: usize, questions: usize) -> String {
    let question = |number: usize| match number % 5 {
        0 => format!("    - Walk through {number}: what\n"),
        1 => format!("    -Why {number}?\n"),
        2 => format!("    - `x` {number}?\n"),
        3 => format!("    • What is {number}?\n"),
        _ => format!("    - \"Is it {number}?\"\n"),
    };
    let topic = |topic: usize| -> String {
        (0..questions).map(|at| question(topic * questions + at)).fold(format!("  Topic {topic}:\n"), |a, b| a + &b)
    };
    let topics: String = (0..topics).map(topic).collect();
    format!("dossier: 1\njob: {{company: A, role: B}}\nquestions:\n{topics}")
}

#[test]
fn thousands_of_mistakes_are_found_and_mended_together() {
    let text = slips(40, 50);
    let before = dossier::read("x.yaml", text.as_bytes());
    assert_eq!(errors(&before.diagnostics), 1600);
    let mended = mended("x.yaml", &text);
    assert!(mended.left.dossier.is_some() && mended.gone.len() == 1600, "{:#?}", mended.left.diagnostics.first());
    assert_eq!(mended.text.matches("\n    - ").count(), 2000);
}

#[test]
fn lines_that_only_look_alike_are_left_alone() {
    let text = "dossier: 1\njob: {company: A, role: B}\nquestions:\n  Go:\n    - `select`?\n    - question: Why?\n      \
                answer: |\n        - a: b: c\n        -d\n        • e\n    - Plain\noverview: |\n    - `x`\n    -y\n";
    let reading = dossier::read("x.yaml", text.as_bytes());
    assert_eq!(errors(&reading.diagnostics), 1, "{:#?}", reading.diagnostics);
    assert_eq!(mended("x.yaml", text).text, text.replace("- `select`?", "- \"`select`?\""));
}
