//! `dossier watch` from outside: each save is built, mistakes and all.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]

use crate::project::{Project, example, project, repository};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A running watch and the lines it says.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

/// Long enough for a busy machine; nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(60);

fn watch(project: &Project, args: &[&str]) -> Watch {
    // Programs of the project's own stand in for those of the system.
    let system = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{system}", project.path("bin").display());
    let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .env("PATH", path)
        .args([&["watch", "prep.yaml", "--today", "2026-11-23"], args].concat())
        .current_dir(project.path("."))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let stderr = child.stderr.take().expect("a pipe");
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        BufReader::new(stderr).lines().map_while(Result::ok).all(|line| sender.send(line).is_ok())
    });
    Watch { child, lines }
}

impl Watch {
    /// What was said up to the line that ends a build.
    fn built(&self) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no end after:\n{said}"));
            said.push_str(&line);
            said.push('\n');
            if line.contains("Ctrl-C ends") {
                return said;
            }
        }
    }

    fn interrupted(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn each_save_is_built_with_errors_in_between() {
    let project = project().file("prep.yaml", example());
    let watch = watch(&project, &["--only", "calendar"]);
    assert!(watch.built().contains("prep.ics"));
    let first = project.read("output/prep.ics");

    std::fs::write(project.path("prep.yaml"), example().replace("questions:", "questons:")).expect("a file");
    assert!(watch.built().contains("E0103"));
    assert_eq!(project.read("output/prep.ics"), first, "a mistake leaves what was there");

    // Many editors write a new file and put it in the place of the old one.
    let other = example().replace("FinTech Innovators", "Something Else");
    std::fs::write(project.path("prep.yaml~"), other).expect("a file");
    std::fs::rename(project.path("prep.yaml~"), project.path("prep.yaml")).expect("renamed");
    assert!(watch.built().contains("prep.ics"));
    assert_ne!(project.read("output/prep.ics"), first);

    std::fs::remove_file(project.path("prep.yaml")).expect("removed");
    assert!(watch.built().contains("no such file"));
    std::fs::write(project.path("prep.yaml"), example()).expect("a file");
    assert!(watch.built().contains("prep.ics"));
    assert_eq!(watch.interrupted(), Some(0));
    assert!(project.list(".").iter().all(|name| !name.starts_with(".dossier")), "{:?}", project.list("."));
}

#[test]
fn the_busy_calendar_and_the_templates_are_watched_too() {
    let text = example().replace("study:", "study:\n  busy: calendars/busy.ics");
    assert_ne!(text, example());
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n";
    let project = project().file("prep.yaml", text).file("calendars/busy.ics", calendar).file("t/README.md", "");
    let watch = watch(&project, &["--only", "calendar", "--templates", "t"]);
    assert!(watch.built().contains("prep.ics"));
    std::fs::write(project.path("calendars/busy.ics"), "no calendar").expect("a file");
    assert!(watch.built().contains("E0301"));
    std::fs::write(project.path("calendars/busy.ics"), calendar).expect("a file");
    assert!(!watch.built().contains("E0301"));
    let project = project.file("t/briefing/theme.yaml", "page: {paper: a3}\n");
    assert!(watch.built().contains("E0302"));
    std::fs::remove_file(project.path("t/briefing/theme.yaml")).expect("removed");
    assert!(!watch.built().contains("E0302"));
    assert_eq!(watch.interrupted(), Some(0));
}

#[test]
fn images_of_other_folders_and_fonts_are_watched_too() {
    let text = example().replace("\ncompany:", "\nsections:\n  Plan: \"![where](a%20b.svg)\"\ncompany:");
    let image = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M1 1h6v6z\"/></svg>";
    let font = std::fs::read(repository("tests/fonts/NotoSansHebrew-Regular.ttf")).expect("a font");
    let project = project().file("prep.yaml", text).file("shared/a b.svg", image).file("fonts/a.ttf", &font);
    let watch = watch(&project, &["--only", "calendar", "--images", "shared", "--fonts", "fonts"]);
    assert!(watch.built().contains("watching 2 files and the fonts"));
    std::fs::write(project.path("shared/a b.svg"), "no image").expect("a file");
    assert!(watch.built().contains("E0304"));
    std::fs::write(project.path("shared/a b.svg"), image).expect("a file");
    assert!(watch.built().contains("prep.ics"));
    std::fs::write(project.path("fonts/b.ttf"), &font).expect("a file");
    assert!(watch.built().contains("prep.ics"));
    assert_eq!(watch.interrupted(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn the_briefing_is_opened_once_when_it_is_there() {
    use std::os::unix::fs::PermissionsExt;
    let broken = example().replace("questions:", "questons:");
    let project = project().file("prep.yaml", &broken).file("bin/xdg-open", "#!/bin/sh\necho \"$1\" >> opened.txt\n");
    let program = project.path("bin/xdg-open");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let opened = || std::fs::read_to_string(project.path("opened.txt")).unwrap_or_default();
    let watch = watch(&project, &["--open", "--only", "briefing"]);
    assert!(watch.built().contains("E0103"));
    assert_eq!(opened(), "", "there is nothing to open yet");
    for text in [example(), example().replace("FinTech Innovators", "Something Else")] {
        // In one step: on a busy machine the other way shows an empty file for a moment.
        std::fs::write(project.path("prep.yaml~"), text).expect("a file");
        std::fs::rename(project.path("prep.yaml~"), project.path("prep.yaml")).expect("renamed");
        assert!(watch.built().contains("prep.pdf"));
        let start = std::time::Instant::now();
        while opened().is_empty() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    assert_eq!(watch.interrupted(), Some(0));
    assert_eq!(opened().lines().count(), 1, "{}", opened());
    assert!(opened().trim_end().ends_with("output/prep.pdf"), "{}", opened());
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let project = project().file("prep.yaml", example());
    project.run(&["watch", "-"]).ended(2);
    project.run(&["watch", "prep.yaml", "-o", "-", "--only", "deck"]).ended(2);
    project.run(&["watch", "nowhere/prep.yaml"]).ended(4);
}
