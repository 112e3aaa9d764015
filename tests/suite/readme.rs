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

#[test]
fn every_command_in_the_documents_is_one() {
    let mut documents = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in std::fs::read_dir(repository("docs")).expect("docs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            documents.push(format!("docs/{}", path.file_name().expect("a name").to_string_lossy()));
        }
    }
    let mut seen = 0;
    for document in documents {
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

#[test]
fn links_within_the_repository_lead_somewhere() {
    for document in ["README.md", "CONTRIBUTING.md", "tests/README.md", "src/README.md", "templates/README.md"] {
        let folder = std::path::Path::new(document).parent().expect("a folder").to_owned();
        for link in text_of(document).split("](").skip(1).filter_map(|rest| rest.split(')').next().map(str::to_owned)) {
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let path = folder.join(link.split('#').next().unwrap_or_default());
            assert!(repository(&path.to_string_lossy()).exists(), "{document}: {link}");
        }
    }
}
