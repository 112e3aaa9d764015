//! `dossier explain` and docs/messages.md, which it prints from.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{project, text_of};
use prep_dossier::diagnostic::explain::explain;
use prep_dossier::diagnostic::{Code, Diagnostic, Severity, has_errors};
use prep_dossier::dossier;
use prep_dossier::export::picture::BYTES_LIMIT;

/// What lies outside of any dossier: the example is a command.
const OF_A_COMMAND: [Code; 4] = [Code::NotUtf8, Code::TooLarge, Code::EarlierDeck, Code::FontUnusable];
/// What an import says: the example is the notes, a command, or a résumé.
const OF_AN_IMPORT: [Code; 4] = [Code::Refusal, Code::NoDossier, Code::NoJob, Code::NotResume];
/// What only a build knows of.
const OF_A_BUILD: [Code; 11] = [
    Code::ImageFormat,
    Code::ImageTooLarge,
    Code::ImageAsText,
    Code::BusyIgnored,
    Code::BusyCalendar,
    Code::Template,
    Code::Shortage,
    Code::MissingGlyph,
    Code::NoLabels,
    Code::ImageFile,
    Code::NoTime,
];

#[test]
fn every_code_has_its_section_in_the_order_of_the_codes() {
    let sections: Vec<String> = text_of("docs/messages.md")
        .lines()
        .filter_map(|line| line.strip_prefix("## ")?.split_once(':').map(|(id, _)| id.to_owned()))
        .collect();
    let mut codes: Vec<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    codes.sort_by_key(|id| ("EWA".find(id.get(..1).expect("a letter")), id.clone()));
    assert_eq!(sections, codes);
    for code in Code::ALL {
        let it = explain(*code);
        assert!(it.title.len() > 8 && it.text.len() > 60, "{}", code.id());
        assert!(it.example.is_some_and(|(before, after)| before != after), "{}", code.id());
    }
}

/// The example as a whole dossier, with the signs that cannot be shown.
fn whole(code: Code, example: &str) -> String {
    let example = example.replace('→', "\t").replace('␇', "\u{7}").replace('⇄', "\u{202e}");
    let is_whole = example.contains("job:") || matches!(code, Code::EmptyFile | Code::Template);
    let head = if is_whole { "" } else { "dossier: 1\njob: {company: Example, role: Engineer}\n" };
    format!("{head}{example}")
}

/// The codes of what is wrong; advice only when it is in question.
fn codes(code: Code, text: &str) -> Vec<&'static str> {
    let reading = dossier::read("x.yaml", text.as_bytes());
    let mut problems: Vec<Diagnostic> = reading.diagnostics;
    if let Some(dossier) = &reading.dossier {
        let advice = dossier::advice(dossier, "2026-11-23".parse().expect("a day"));
        problems
            .extend(advice.into_iter().filter(|advice| advice.code == code || advice.severity() != Severity::Advice));
    }
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code.id()).collect();
    codes.dedup();
    codes
}

#[test]
fn examples_have_that_mistake_before_and_none_after() {
    let elsewhere =
        |code: &&Code| OF_A_BUILD.contains(code) || OF_AN_IMPORT.contains(code) || OF_A_COMMAND.contains(code);
    for code in Code::ALL.iter().filter(|code| !elsewhere(code)) {
        let Some((before, after)) = explain(*code).example else { continue };
        assert_eq!(codes(*code, &whole(*code, before)), [code.id()], "before");
        assert!(
            codes(*code, &whole(*code, after)).is_empty(),
            "{}: {:?}",
            code.id(),
            codes(*code, &whole(*code, after))
        );
    }
}

#[test]
fn examples_of_an_import_are_refused_before_and_imported_after() {
    for code in OF_AN_IMPORT {
        let (before, after) = explain(code).example.expect("an example");
        let run = |example: &str| {
            let notes = "# Questions they may ask\n\n- Why us?\n";
            let (name, text) = if code == Code::NotResume { ("prep.json", example) } else { ("prep.md", example) };
            let project = project().file("notes.md", notes).file(name, text);
            let given = ["--company", "FinTech Innovators", "--role", "Developer"];
            let words: Vec<&str> = match code {
                Code::NoJob => example.split_whitespace().skip(1).map(|word| word.trim_matches('"')).collect(),
                Code::NotResume => [&["import", name][..], &given].concat(),
                _ => vec!["import", name],
            };
            project.run(&words)
        };
        let refused = run(before).ended(3);
        assert!(refused.stderr.contains(code.id()), "{}", refused.stderr);
        run(after).ended(0);
    }
}

#[test]
fn examples_that_a_build_knows_of_have_that_mistake_before_and_not_after() {
    for code in OF_A_BUILD {
        let (before, after) = explain(code).example.expect("an example");
        let said = |example: &str| {
            let text = whole(code, example);
            let plain = "page: {paper: a4}\n".to_owned();
            let (dossier, theme) = match code {
                Code::Template => (crate::project::example(), text),
                Code::BusyIgnored => (crate::project::example().replace("study:", "study:\n  busy: busy.ics"), plain),
                _ => (text, plain),
            };
            let event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T180000Z\nDTEND:20261124T190000Z\n";
            let busy = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}{example}END:VEVENT\nEND:VCALENDAR\n");
            let jpeg = std::fs::read("tests/images/color.jpg").expect("an image");
            let gif: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
            let project = project().file("prep.yaml", dossier).file("t/briefing/theme.yaml", theme);
            let project = project.file("busy.ics", busy.replace('\n', "\r\n")).file("lock.bmp", "BM 12345678");
            let project = project.file("lock.jpg", jpeg.as_slice()).file("lock.gif", gif);
            let project = project.file("photo.jpg", vec![0_u8; usize::try_from(BYTES_LIMIT + 1).expect("a size")]);
            let command = if matches!(code, Code::NoTime) { "check" } else { "build" };
            let run =
                project.run(&[command, "prep.yaml", "--today", "2026-11-23", "--templates", "t", "--format", "json"]);
            let lines = run.text();
            let codes = lines.lines().filter_map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
                line["code"].as_str().map(str::to_owned)
            });
            codes.collect::<Vec<_>>()
        };
        assert!(said(before).iter().any(|found| found == code.id()), "{} before: {:?}", code.id(), said(before));
        assert!(!said(after).iter().any(|found| found == code.id()), "{} after", code.id());
    }
}

#[test]
fn examples_with_one_way_out_are_mended_by_fix() {
    for code in Code::ALL {
        let Some((before, _)) = explain(*code).example.filter(|_| {
            ![Code::Template, Code::BusyIgnored].contains(code)
                && !OF_AN_IMPORT.contains(code)
                && !OF_A_COMMAND.contains(code)
        }) else {
            continue;
        };
        let text = whole(*code, before);
        let reading = dossier::read("x.yaml", text.as_bytes());
        let is_safe = reading.diagnostics.iter().any(|problem| problem.fix.as_ref().is_some_and(|fix| fix.safe));
        if is_safe {
            let mended = dossier::mended("x.yaml", &text);
            assert!(!has_errors(&mended.left.diagnostics), "{}: {}", code.id(), mended.text);
        }
    }
}

#[test]
fn a_code_is_explained_in_any_case_and_all_are_listed() {
    let project = project();
    let page = project.run(&["explain", "e0102"]).ended(0).text();
    assert!(page.starts_with("error[E0102]: ") && page.contains("\nBefore\n\n    questions:\n"), "{page}");
    let list = project.run(&["explain"]).ended(0).text();
    assert_eq!(list.lines().count(), Code::ALL.len());
    let run = project.run(&["explain", "E01O2"]).ended(2);
    assert!(run.stderr.contains("did you mean E0102?"), "{}", run.stderr);
    let line = project.run(&["explain", "A0002", "--format", "json"]).ended(0).text();
    let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!((&line["code"], &line["severity"]), (&"A0002".into(), &"advice".into()));
}
