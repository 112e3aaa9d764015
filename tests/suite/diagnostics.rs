//! Every bad fixture says in comments what is to be said about it: `#! 5:3-6 E0103 unknown key …`.
//! `DOSSIER_BLESS=1 cargo test` writes the comments anew; look at the difference before you commit.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::files_in;
use prep_dossier::diagnostic::{Code, Diagnostic, Severity, Source, render};
use prep_dossier::dossier;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn bad_fixtures_are_told_what_they_expect() {
    let bless = std::env::var_os("DOSSIER_BLESS").is_some();
    for path in files_in("tests/dossiers/bad", "yaml") {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#! ")).collect();
        let reading = dossier::read("bad.yaml", text.as_bytes());
        let found: Vec<String> = reading.diagnostics.iter().map(|problem| summary(&reading.source, problem)).collect();
        if bless && found != expected {
            // The comments stand at the end: they do not move the lines they speak of.
            let body: Vec<&str> = text.lines().filter(|line| !line.starts_with("#! ")).collect();
            let comments: String = found.iter().map(|line| format!("#! {line}\n")).collect();
            std::fs::write(&path, format!("{}\n{comments}", body.join("\n"))).expect("a fixture");
            continue;
        }
        assert_eq!(found, expected, "{}", path.display());
        assert!(!found.is_empty(), "{} is not bad", path.display());
    }
}

/// `5:3-6 E0103 message`; the end of the mark is a column, or line and column.
fn summary(source: &Source, problem: &Diagnostic) -> String {
    let span = problem.labels.first().map(|label| label.span.clone()).unwrap_or_default();
    let (line, column) = render::position(&source.text, span.start);
    let (end_line, end_column) = render::position(&source.text, span.end);
    let end = if end_line == line { end_column.to_string() } else { format!("{end_line}:{end_column}") };
    format!("{line}:{column}-{end} {} {}", problem.code.id(), problem.message)
}

#[test]
fn codes_are_unique_and_told_apart_by_their_letter() {
    let ids: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
    for code in Code::ALL {
        let letter = match code.severity() {
            Severity::Error => 'E',
            Severity::Warning => 'W',
            Severity::Advice => 'A',
        };
        assert!(code.id().starts_with(letter) && code.id().len() == 5);
    }
}

#[test]
fn every_error_of_the_format_has_a_fixture() {
    let fixtures: String = files_in("tests/dossiers/bad", "yaml")
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a fixture"))
        .collect();
    // These come from bytes that no text file can hold, from other files, from notes, or from the day.
    let elsewhere = [
        Code::NotUtf8,
        Code::ControlCharacter,
        Code::TooLarge,
        Code::EmptyFile,
        Code::BusyCalendar,
        Code::Template,
        Code::ImageFile,
        Code::ImageFormat,
        Code::ImageTooLarge,
        Code::Refusal,
        Code::NoDossier,
        Code::NoJob,
        Code::NotResume,
    ];
    for code in Code::ALL.iter().filter(|code| code.severity() == Severity::Error && !elsewhere.contains(code)) {
        assert!(fixtures.contains(&format!(" {} ", code.id())), "no fixture shows {}", code.id());
    }
}

#[test]
fn a_wrong_encoding_names_the_byte_and_the_line() {
    let reading = dossier::read("x.yaml", b"dossier: 1\njob: {company: A, role: Caf\xe9}\n");
    assert!(reading.dossier.is_none());
    insta::assert_snapshot!(render::human(&reading.source, &reading.diagnostics[0], false), @r"
    error[E0001]: byte 0xE9 (number 39 of the file) is not UTF-8
     --> x.yaml:2:28
      |
    2 | job: {company: A, role: Caf�}
      |                            ^ this is `é` in Windows-1252
      |
      = help: save the file again as UTF-8: most editors offer it under “Save with encoding”
    ");
}

#[test]
fn empty_and_strange_files_are_explained() {
    for (bytes, code) in [
        (&b""[..], Code::EmptyFile),
        (b"  \n\n", Code::EmptyFile),
        (b"# nothing but a comment\n", Code::EmptyFile),
        (b"\xff\xfed\0o\0", Code::NotUtf8),
        (b"dossier: 1\njob: {company: A\x07B, role: C}\n", Code::ControlCharacter),
        (b"dossier: 1\njob: {company: A\0B, role: C}\n", Code::ControlCharacter),
        ("dossier: 1\njob: {company: A\u{85}\u{9b}B, role: C}\n".as_bytes(), Code::ControlCharacter),
    ] {
        let reading = dossier::read("x.yaml", bytes);
        assert!(reading.dossier.is_none());
        assert_eq!(reading.diagnostics.first().map(|problem| problem.code), Some(code), "{bytes:?}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = "dossier: 1\njob:\n  company: A\n  role: B\noverview: Text\n";
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (plain, windows) = (dossier::read("x", text.as_bytes()), dossier::read("x", windows.as_bytes()));
    assert!(windows.diagnostics.is_empty(), "{:?}", windows.diagnostics);
    let parts = |reading: dossier::Reading| format!("{:?}", reading.dossier.expect("valid").parts);
    assert_eq!(parts(plain), parts(windows));
}

#[test]
fn brackets_and_aliases_without_end_are_refused_at_once() {
    let brackets = format!("dossier: {}", "[".repeat(200_000));
    assert!(dossier::read("x", brackets.as_bytes()).dossier.is_none());
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    let reading = dossier::read("x", bomb.as_bytes());
    assert!(reading.diagnostics.iter().any(|problem| problem.code == Code::TooDeep));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Any bytes give a dossier or a rendered explanation, never a panic.
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        answered(&bytes);
    }

    /// The example with a stretch of it replaced by something else.
    #[test]
    fn any_edit_of_the_example_is_answered(at in 0usize..9000, length in 0usize..60, text in "[-a-z:#'\"\\[{}\\t\\n *&|>é0-9]{0,12}") {
        let mut example = crate::project::example().into_bytes();
        let at = at.min(example.len());
        let end = (at + length).min(example.len());
        example.splice(at..end, text.bytes());
        answered(&example);
    }
}

fn answered(bytes: &[u8]) {
    let reading = dossier::read("x.yaml", bytes);
    assert!(reading.dossier.is_some() || !reading.diagnostics.is_empty());
    for problem in &reading.diagnostics {
        assert!(render::human(&reading.source, problem, false).contains(problem.code.id()));
        assert!(render::json(&reading.source, problem).is_object());
        assert!(render::github(&reading.source, problem).starts_with("::"));
    }
}
