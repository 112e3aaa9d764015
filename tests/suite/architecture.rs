//! The arrows of `src/README.md`, held as Cargo would hold them between crates.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::repository;
use std::path::{Path, PathBuf};

/// Each module and what it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("markup", &[]),
    ("yaml", &["diagnostic"]),
    ("dossier", &["diagnostic", "markup", "yaml"]),
    ("draft", &["diagnostic", "dossier", "yaml"]),
    ("notes", &["diagnostic", "dossier", "draft", "yaml"]),
    ("resume", &["diagnostic", "dossier", "draft", "yaml"]),
    ("theme", &["diagnostic", "yaml"]),
    ("plan", &["dossier"]),
    ("export", &["dossier", "markup", "plan", "theme"]),
    ("cli", &["diagnostic", "dossier", "draft", "export", "notes", "plan", "resume", "theme"]),
];

/// Third-party crates and the one place that names each; a line for each of two. Dates (`jiff`) and data (`serde`) are words
/// that every stage speaks; `sha1` and `strsim` are single functions.
const CRATES: &[(&str, &str)] = &[
    ("annotate_snippets", "diagnostic/render.rs"),
    ("granit_parser", "yaml/parse.rs"),
    ("pulldown_cmark", "markup/parse.rs"),
    ("harfrust", "export/briefing/layout/face.rs"),
    ("rustc_hash", "export/briefing/layout/face.rs"),
    ("hypher", "export/briefing/layout/"),
    ("unicode_bidi", "export/briefing/layout/direction.rs"),
    ("read_fonts", "cli/sfnt.rs"),
    ("unicode_script", "cli/fonts.rs"),
    ("unicode_script", "export/briefing/layout/paragraph/atoms.rs"),
    ("unicode_linebreak", "export/briefing/layout/paragraph/breaking.rs"),
    ("printpdf", "export/briefing/write/"),
    ("libdeflater", "export/briefing/write/file.rs"),
    ("svg2pdf", "export/briefing/write/pictures.rs"),
    ("usvg", "export/picture/"),
    ("png", "export/picture/"),
    ("zune_jpeg", "export/picture/jpeg.rs"),
    ("kamadak_exif", "export/picture/jpeg.rs"),
    ("exif", "export/picture/jpeg.rs"),
    ("lopdf", "export/briefing/write/"),
    ("subsetter", "export/briefing/write/fonts.rs"),
    ("rusqlite", "export/deck/"),
    ("zip", "export/deck/"),
    ("icalendar", "export/calendar/"),
    ("uuid", "export/calendar/"),
    ("chrono", "export/calendar/"),
    ("clap", "cli/"),
    ("clap_complete", "cli/"),
    ("clap_mangen", "cli/"),
    ("sha2", "cli/"),
    ("signal_hook", "cli/interrupt.rs"),
    ("notify", "cli/watch.rs"),
    ("opener", "cli/watch.rs"),
    ("similar", "cli/difference.rs"),
    ("tempfile", "cli/"),
    ("terminal_size", "cli/terminal.rs"),
    ("anstyle_query", "cli/terminal.rs"),
    ("unicode_width", "export/agenda.rs"),
];

#[test]
fn modules_use_only_what_lies_before_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(module) = module_of(&path) else { continue };
        let allowed = ARROWS.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("{module} is not in the list of arrows"));
        for used in crate_paths(&text) {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_of_the_readme_holds_the_same_arrows() {
    let text = crate::project::text_of("src/README.md");
    let quoted = |cell: &str| {
        let names = cell.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches('/').to_owned());
        names.collect::<std::collections::BTreeSet<String>>()
    };
    let rows = text.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        (quoted(cells[0]).into_iter().collect::<String>(), quoted(cells[cells.len() - 1]))
    });
    let told: Vec<_> = rows.collect();
    let held: Vec<_> = ARROWS
        .iter()
        .map(|(module, allowed)| ((*module).to_owned(), allowed.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(told, held);
}

#[test]
fn exporters_do_not_know_each_other() {
    let exporters = ["briefing", "deck", "calendar"];
    for (path, text) in sources() {
        let Some(own) = exporters.iter().find(|name| path.starts_with(format!("export/{name}"))) else { continue };
        for other in exporters.iter().filter(|other| *other != own) {
            assert!(!text.contains(&format!("export::{other}")), "{} names {other}", path.display());
        }
    }
}

#[test]
fn each_third_party_crate_is_named_in_one_place() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for (name, _) in CRATES {
            let named = code.contains(&format!("use {name}::"))
                || code.contains(&format!(" {name}::"))
                || code.contains(&format!("({name}::"))
                || code.contains(&format!("<{name}::"));
            let path = path.to_string_lossy().replace('\\', "/");
            let here = |(listed, place): &(&str, &str)| listed == name && path.starts_with(place);
            if named && !CRATES.iter().any(here) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_has_its_place() {
    let manifest = crate::project::text_of("Cargo.toml");
    let dependencies =
        manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("dependencies");
    let spoken_everywhere = ["jiff", "serde", "serde_json", "sha1", "strsim"];
    for line in dependencies.lines().filter(|line| line.contains('=')) {
        let name = line.split('=').next().unwrap_or_default().trim();
        let module = name.replace('-', "_");
        let known = spoken_everywhere.contains(&name) || CRATES.iter().any(|(listed, _)| *listed == module);
        assert!(known, "{name} is a dependency without a place in tests/suite/architecture.rs");
    }
}

/// The top-level module of a file; `None` for `lib.rs` and `main.rs`.
fn module_of(path: &Path) -> Option<String> {
    let first = path.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
    (!["lib", "main"].contains(&name.as_str())).then_some(name)
}

/// Every `crate::module` in the code.
fn crate_paths(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned))
        .filter(|name| ARROWS.iter().any(|(module, _)| module == name))
        .collect()
}

/// All files under `src/`, by their paths relative to it.
fn sources() -> Vec<(PathBuf, String)> {
    let root = repository("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                found.push((path.strip_prefix(&root).expect("below src").to_owned(), text));
            }
        }
    }
    assert!(found.len() > 20);
    found
}
