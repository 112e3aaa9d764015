//! The README's commands work and its words are true.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, project, repository, text_of};
use clap::Parser;
use prep_dossier::cli::Cli;

/// The lines of the shell blocks of a document.
fn commands(name: &str) -> Vec<String> {
    let text = text_of(name);
    let mut commands = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => commands.push(line.split(" #").next().unwrap_or(line).trim().to_owned()),
            _ => {}
        }
    }
    commands.retain(|line| !line.is_empty() && !line.starts_with('#'));
    commands
}

/// The words of a command; those in double quotes are one.
fn words(command: &str) -> Vec<String> {
    let pieces = command.split('"').enumerate();
    let words = pieces.flat_map(|(at, piece)| match at % 2 {
        0 => piece.split_whitespace().map(str::to_owned).collect(),
        _ => vec![piece.to_owned()],
    });
    words.collect()
}

#[test]
fn the_first_command_builds_the_example() {
    let all = commands("README.md");
    assert_eq!(all.first().map(String::as_str), Some("cargo run --release -- build input/fintech-innovators.yaml"));
    assert!(all.contains(&"cargo test".to_owned()));
    let project = project().file("input/fintech-innovators.yaml", example());
    project.run(&["build", "input/fintech-innovators.yaml"]).ended(0);
    assert_eq!(project.list("output"), ["fintech-innovators.apkg", "fintech-innovators.ics", "fintech-innovators.pdf"]);
}

#[test]
fn examples_of_the_guide_build_without_a_warning() {
    let guide = text_of("docs/guide.md");
    let examples: Vec<&str> = guide.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 2);
    for example in examples {
        let project = project().file("prep.yaml", example);
        let run = project.run(&["build", "prep.yaml", "--today", "2026-11-23"]).ended(0);
        assert!(!run.stderr.contains("warning"), "{}", run.stderr);
        assert!(project.list("output").len() >= 2);
    }
}

/// The documents under `docs/`.
fn documents_in_docs() -> Vec<String> {
    let entries = std::fs::read_dir(repository("docs")).expect("docs");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    texts.map(|path| format!("docs/{}", path.file_name().expect("a name").to_string_lossy())).collect()
}

#[test]
fn every_command_in_the_documents_is_one() {
    let mut seen = 0;
    for document in ["README.md", "CONTRIBUTING.md"].map(str::to_owned).into_iter().chain(documents_in_docs()) {
        for line in commands(&document) {
            for command in line.split(" | ").filter_map(|part| part.strip_prefix("dossier ")) {
                let command = command.split(" > ").next().unwrap_or(command);
                let words = std::iter::once("dossier".to_owned()).chain(words(command));
                assert!(Cli::try_parse_from(words).is_ok(), "{document}: dossier {command}");
                seen += 1;
            }
        }
    }
    assert!(seen > 5);
}

/// The lines of a document that stand in no block of code.
fn lines_outside_code(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("\n```").step_by(2);
    blocks.flat_map(str::lines)
}

/// What links to the headings of a document end in.
fn anchors(text: &str) -> Vec<String> {
    let headings = lines_outside_code(text).filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_within_the_repository_lead_somewhere() {
    let single = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let folders = ["src/README.md", "templates/README.md", "tests/README.md", "tests/clients/README.md"];
    let (mut links, mut headings) = (0, 0);
    for document in single.into_iter().chain(folders.map(str::to_owned)).chain(documents_in_docs()) {
        let folder = std::path::Path::new(&document).parent().expect("a folder").to_owned();
        let text = text_of(&document);
        let prose: String = lines_outside_code(&text).flat_map(|line| line.split('`').step_by(2)).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let path =
                if file.is_empty() { document.clone() } else { folder.join(file).to_string_lossy().into_owned() };
            assert!(repository(&path).exists(), "{document}: {link}");
            assert!(heading.is_empty() || anchors(&text_of(&path)).iter().any(|a| a == heading), "{document}: {link}");
            links += 1;
            headings += u32::from(!heading.is_empty());
        }
    }
    assert!(links > 20 && headings > 1, "{links} links, {headings} of them to a heading");
}
