//! What goes wrong around the program: full disks, kills, links, odd names and clocks. Nothing is
//! half written, no good file is lost, and the exit code says whether to try again.
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]
#![cfg(unix)]

use crate::project::{Project, example, project};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Stdio};

const DAY: [&str; 2] = ["--today", "2026-11-23"];
/// The outputs that are quick to make.
const QUICK: [&str; 2] = ["--only", "deck,calendar"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &DAY, &QUICK].concat()
}

/// Everything in the output folder, hidden files too.
fn outputs(project: &Project) -> Vec<(String, Vec<u8>)> {
    project.list("output").into_iter().map(|name| (name.clone(), project.read(&format!("output/{name}")))).collect()
}

/// A shell in the folder that runs the program as `"$DOSSIER"`: exit code, standard output and error.
fn shell(project: &Project, script: &str) -> (Option<i32>, String, String) {
    let done = Command::new("sh")
        .args(["-c", script])
        .current_dir(project.path("."))
        .env("DOSSIER", env!("CARGO_BIN_EXE_dossier"))
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_earlier_files() {
    let project = project().file("prep.yaml", example());
    project.run(&with(&["prep.yaml"])).ended(0);
    let before = outputs(&project);
    // The limit makes the second file fail after the first was whole: 32 KB hold the deck, not the calendar.
    let (code, _, said) =
        shell(&project, "ulimit -f 64; \"$DOSSIER\" prep.yaml --today 2026-11-25 --only deck,calendar");
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("cannot write output/prep.ics") && said.contains("untouched"), "{said}");
    assert!(outputs(&project) == before, "{:?}", project.list("output"));
}

#[test]
fn a_full_standard_output_is_an_error_and_a_closed_one_ends_quietly() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let project = project().file("prep.yaml", example());
    let (code, _, said) = shell(&project, "\"$DOSSIER\" prep.yaml --only calendar -o - > /dev/full");
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("cannot write to standard output"), "{said}");
    let (_, out, said) = shell(&project, "\"$DOSSIER\" plan prep.yaml --format json | head -c 10");
    assert_eq!((out.len(), said.as_str()), (10, ""), "a reader that has seen enough is no mistake");
    for closed in ["schema >&-", "plan prep.yaml >&- 2>&-", "check prep.yaml 2>&-", "check - <&-", "- <&- 2>&-"] {
        let (code, ..) = shell(&project, &format!("\"$DOSSIER\" {closed}"));
        assert!(matches!(code, Some(0 | 3 | 4)), "{closed}: {code:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_exits_4() {
    let project = project().file("prep.yaml", example()).file("output", "a file in the place of the folder");
    let run = project.run(&with(&["prep.yaml"])).ended(4);
    assert!(run.stderr.contains("cannot write output/prep.apkg"), "{}", run.stderr);
    assert_eq!(project.read("output"), b"a file in the place of the folder");
    // Nobody writes here, root neither.
    project.run(&with(&["prep.yaml", "-o", "/proc/self"])).ended(4);
}

#[test]
fn an_earlier_export_that_cannot_be_read_is_not_forgotten() {
    for (file, kind) in [("output/prep.ics/x", "calendar"), ("output/prep.apkg/x", "deck")] {
        let project = project().file("prep.yaml", example()).file(file, "");
        let run = project.run(&with(&["prep.yaml"])).ended(4);
        assert!(run.stderr.contains(&format!("cannot read the earlier {kind} output/prep.")), "{}", run.stderr);
        assert!(run.stderr.contains("--fresh") && project.list("output").len() == 1);
    }
    let project = project().file("prep.yaml", example()).file("output/prep.ics/x", "");
    project.run(&["plan", "prep.yaml"]).ended(4);
    project.run(&["prep.yaml", "--only", "briefing"]).ended(4);
    project.run(&["prep.yaml", "--only", "briefing", "--fresh"]).ended(0);
}

#[test]
fn a_kill_at_any_moment_leaves_each_file_whole() {
    let changed = example().replace("FinTech Innovators", "Another Company");
    let project = project().file("a/prep.yaml", example()).file("b/prep.yaml", changed);
    let args = |folder: &'static str| {
        let file = if folder == "a" { "a/prep.yaml" } else { "b/prep.yaml" };
        with(&["build", file, "--fresh"])
    };
    let mut whole: Vec<Vec<(String, Vec<u8>)>> = Vec::new();
    for folder in ["a", "b"] {
        project.run(&args(folder)).ended(0);
        whole.push(outputs(&project));
    }
    let mut left_behind = 0;
    for round in 0..40u64 {
        let started = std::time::Instant::now();
        let mut child = project.start(&args(if round % 2 == 0 { "a" } else { "b" }));
        if round < 30 {
            // Not random, so that a failure can be seen again: other moments all over the run.
            std::thread::sleep(std::time::Duration::from_micros(round * 7919 % 60_000));
        } else {
            // At the very moment that something is being written.
            let is_writing = || project.list("output").iter().any(|name| name.starts_with(".dossier-"));
            while !is_writing() && started.elapsed().as_secs() < 2 && child.try_wait().expect("a child").is_none() {}
        }
        let _ = child.kill();
        child.wait().expect("an end");
        for (name, bytes) in outputs_but_stages(&project) {
            assert!(whole.iter().flatten().any(|(known, whole)| *known == name && *whole == bytes), "{name} is broken");
        }
        left_behind += usize::from(project.list("output").iter().any(|name| name.starts_with('.')));
    }
    assert!(left_behind > 0, "no kill came while something was written");
    project.run(&args("a")).ended(0);
    assert!(outputs(&project) == whole[0], "the next run takes away what was left: {:?}", project.list("output"));
}

fn outputs_but_stages(project: &Project) -> Vec<(String, Vec<u8>)> {
    let files = project.list("output").into_iter().filter(|name| !name.starts_with('.'));
    files.map(|name| (name.clone(), project.read(&format!("output/{name}")))).collect()
}

#[test]
fn an_output_that_is_open_elsewhere_stays_whole_there() {
    use std::io::Read;
    let project = project().file("prep.yaml", example());
    project.run(&with(&["prep.yaml"])).ended(0);
    let before = project.read("output/prep.ics");
    let mut open = std::fs::File::open(project.path("output/prep.ics")).expect("the calendar");
    let project = project.file("prep.yaml", example().replace("FinTech", "Other"));
    project.run(&with(&["prep.yaml", "--fresh"])).ended(0);
    let mut seen = Vec::new();
    open.read_to_end(&mut seen).expect("the old calendar");
    assert!(seen == before && project.read("output/prep.ics") != before);
}

#[test]
fn builds_into_one_folder_at_once_do_not_spoil_each_other() {
    let project = (0..6).fold(project(), |project, number| {
        project.file(&format!("{number}/prep.yaml"), example().replace("FinTech", &format!("Firm{number}")))
    });
    let mut whole = Vec::new();
    for number in 0..6 {
        project.run(&with(&[&format!("{number}/prep.yaml"), "--fresh"])).ended(0);
        whole.extend(outputs(&project));
    }
    for _ in 0..3 {
        let files: Vec<String> = (0..6).map(|number| format!("{number}/prep.yaml")).collect();
        let children: Vec<_> = files.iter().map(|file| project.start(&with(&["build", file, "--fresh"]))).collect();
        for mut child in children {
            assert_eq!(child.wait().expect("an end").code(), Some(0));
        }
        assert_eq!(project.list("output"), ["prep.apkg", "prep.ics"]);
        assert!(outputs(&project).iter().all(|output| whole.contains(output)));
    }
}

#[test]
fn a_link_in_the_place_of_an_output_is_replaced_and_leads_nowhere() {
    use std::os::unix::fs::symlink;
    let project = project().file("prep.yaml", example()).file("precious.txt", "precious").file("real/x", "");
    symlink("real", project.path("output")).expect("a link to a folder");
    symlink(project.path("precious.txt"), project.path("real/prep.ics")).expect("a link");
    symlink("nowhere", project.path("real/prep.apkg")).expect("a dangling link");
    project.run(&with(&["prep.yaml"])).ended(0);
    assert_eq!(project.read("precious.txt"), b"precious");
    assert_eq!(project.list("real"), ["prep.apkg", "prep.ics", "x"], "a link in the place of the folder is followed");
    assert!(!project.path("real/nowhere").exists());
    let is_file = |name: &str| project.path(name).symlink_metadata().expect("a file").is_file();
    assert!(is_file("real/prep.ics") && is_file("real/prep.apkg"));
}

#[test]
fn an_output_never_replaces_what_it_is_made_from() {
    let busy = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    let dossier = "dossier: 1\njob: {company: A, role: B}\nstudy: {busy: prep.ics}\n\
                   interview: {date: 2026-12-15 14:00, time_zone: Europe/Oslo}\n";
    let project = project().file("prep.yaml", dossier).file("prep.ics", busy);
    let run = project.run(&with(&["prep.yaml", "-o", "."])).ended(2);
    assert!(run.stderr.contains("would replace a file that it is made from"), "{}", run.stderr);
    assert_eq!(project.list("."), ["prep.ics", "prep.yaml"]);
    assert_eq!(project.read("prep.ics"), busy.as_bytes());
}

#[test]
fn odd_file_names_are_names() {
    let long = "x".repeat(250);
    let names: Vec<Vec<u8>> = vec![
        b"with space and \"quotes\"".to_vec(),
        b"two\nlines".to_vec(),
        b"-dash".to_vec(),
        b".hidden".to_vec(),
        b"not-utf-8-\xff\xfe".to_vec(),
        "🎓 kandidaat é".as_bytes().to_vec(),
        b"CON".to_vec(),
        b"a.b.c".to_vec(),
        b"100%s{}$HOME`id`".to_vec(),
        long.into_bytes(),
    ];
    for name in names {
        let project = project();
        let path = |ending: &str| [&name[..], ending.as_bytes()].concat();
        let file = path(".yaml");
        std::fs::write(project.path(".").join(OsStr::from_bytes(&file)), example()).expect("a file");
        let mut command = project.command(&DAY);
        let done = command.args(["--only", "calendar", "--"]).arg(OsStr::from_bytes(&file)).output().expect("a run");
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let made =
            std::fs::read_dir(project.path("output")).expect("outputs").map(|entry| entry.expect("one").file_name());
        assert_eq!(made.collect::<Vec<_>>(), [OsStr::from_bytes(&path(".ics"))]);
    }
    // As a dossier it is short enough, as a deck it is not.
    let long = format!("{}.yml", "x".repeat(251));
    let project = project().file(&long, example());
    let run = project.run(&with(&[&long])).ended(4);
    assert!(run.stderr.contains("cannot write") && !run.stderr.contains("os error"), "{}", run.stderr);
    assert!(project.list("output").is_empty());
}

#[test]
fn clocks_that_are_far_off_plan_something_and_end() {
    let project = project().file("prep.yaml", example());
    for day in ["1970-01-01", "1969-12-31", "2038-01-20", "2100-02-28", "9999-12-31", "-009999-01-01"] {
        let run = project.run(&[&["prep.yaml", "-o", "day"][..], &["--today", day]].concat());
        assert!(matches!(run.code, Some(0 | 2 | 3)), "{day}: {:?}\n{}", run.code, run.stderr);
    }
    for epoch in ["0", "-1", "4102444800", "253402207199", "-377705023201"] {
        let run = project.run_with(&["prep.yaml", "-o", "epoch"], b"", &[("SOURCE_DATE_EPOCH", epoch)]);
        assert!(matches!(run.code, Some(0 | 2 | 3)), "{epoch}: {:?}\n{}", run.code, run.stderr);
    }
}

#[test]
fn a_bare_environment_is_enough() {
    let project = project().file("prep.yaml", example());
    let mut command = project.command(&with(&["prep.yaml"]));
    let done = command.env_clear().stdin(Stdio::null()).output().expect("a run");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(project.list("output").len(), 2);
}
