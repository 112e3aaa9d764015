//! What is different on Windows: line ends, and files that another program has open.
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]
#![cfg(windows)]

use crate::project::{example, project};
use std::fs::OpenOptions;
use std::os::windows::fs::OpenOptionsExt;

const QUICK: [&str; 4] = ["--today", "2026-11-23", "--only", "deck,calendar"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &QUICK].concat()
}

#[test]
fn line_ends_of_windows_make_the_same() {
    let text = example();
    let project = project().file("a\\prep.yaml", &text).file("b\\prep.yaml", text.replace('\n', "\r\n"));
    for folder in ["a", "b"] {
        let input = format!(".\\{folder}\\prep.yaml");
        project.run(&[&input, "-o", &format!("{folder}\\out"), "--today", "2026-11-23"]).ended(0);
    }
    for name in ["prep.apkg", "prep.ics", "prep.pdf"] {
        assert!(project.read(&format!("a\\out\\{name}")) == project.read(&format!("b\\out\\{name}")), "{name}");
    }
}

#[test]
fn an_output_that_another_program_has_open_is_named_and_nothing_is_written() {
    let project = project().file("prep.yaml", example());
    project.run(&with(&["prep.yaml"])).ended(0);
    let before: Vec<_> = ["output\\prep.apkg", "output\\prep.ics"].map(|name| project.read(name)).into();
    let project = project.file("prep.yaml", example().replace("FinTech", "Other"));
    for name in ["output\\prep.apkg", "output\\prep.ics"] {
        let open = OpenOptions::new().read(true).share_mode(0).open(project.path(name)).expect("an output");
        let run = project.run(&with(&["prep.yaml", "--fresh"])).ended(4);
        assert!(run.stderr.contains("another program has the file open"), "{}", run.stderr);
        assert!(run.stderr.contains(name) && run.stderr.contains("untouched"), "{}", run.stderr);
        drop(open);
        let now: Vec<_> = ["output\\prep.apkg", "output\\prep.ics"].map(|name| project.read(name)).into();
        assert!(now == before);
    }
    project.run(&with(&["prep.yaml", "--fresh"])).ended(0);
    // A second name of a file that is open cannot be removed; the next run does that.
    assert_eq!(project.list("output"), ["prep.apkg", "prep.ics"]);
    assert!(project.read("output\\prep.ics") != before[1]);
}
