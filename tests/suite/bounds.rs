//! No input makes the program take memory or time without end: each is refused with a word about it.
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]

use crate::project::{Project, Run, project};

const HEAD: &str = "dossier: 1\njob: {company: A, role: B}\n\
                    interview: {date: 2026-12-15 14:00, time_zone: Europe/Oslo}\n";

fn build(project: &Project, args: &[&str]) -> Run {
    project.run(&[&["prep.yaml", "--today", "2026-11-23"][..], args].concat())
}

fn with(rest: &str) -> Project {
    project().file("prep.yaml", format!("{HEAD}{rest}"))
}

#[test]
fn a_dossier_has_a_size() {
    let project = with(&format!("overview: {}\n", "word ".repeat(1_700_000)));
    let run = build(&project, &[]).ended(3);
    assert!(run.stderr.contains("larger than 8 MB"), "{}", run.stderr);
    #[cfg(unix)]
    {
        let run = project.run(&["build", "/dev/zero"]).ended(3);
        assert!(run.stderr.contains("larger than 8 MB"), "{}", run.stderr);
    }
}

#[test]
fn a_dossier_holds_so_many_things() {
    let topics: String = (0..2_001).map(|number| format!("  T{number}: [q]\n")).collect();
    let run = build(&with(&format!("questions:\n{topics}")), &[]).ended(3);
    assert!(
        run.stderr.contains("E0004") && run.stderr.contains("2001 topics; a dossier can have 2000"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("prep.yaml:4:1"), "{}", run.stderr);
    for part in ["questions", "ask"] {
        let hints = "a, ".repeat(50_000);
        let run = build(&with(&format!("{part}: {{Go: [{{question: How?, hints: [{hints}]}}]}}\n")), &[]).ended(3);
        assert!(run.stderr.contains("50001 questions, hints, concepts"), "{part}: {}", run.stderr);
    }
    let run = build(&with(&format!("highlights: [{}]\n", "a, ".repeat(50_001))), &[]).ended(3);
    assert!(run.stderr.contains("50001 questions, hints, concepts, stories and points"), "{}", run.stderr);
    let rounds = "  - {date: 2026-12-15 14:00, time_zone: Europe/Oslo}\n".repeat(201);
    let dossier = format!("dossier: 1\njob: {{company: A, role: B}}\ninterview:\n{rounds}");
    let run = build(&project().file("prep.yaml", dossier), &[]).ended(3);
    assert!(run.stderr.contains("201 rounds"), "{}", run.stderr);
}

#[test]
fn a_briefing_has_so_many_pages() {
    let lines = "  - a\n".repeat(51_000);
    let project = with(&format!("overview: |\n{lines}"));
    let run = build(&project, &["--only", "briefing"]).ended(3);
    assert!(run.stderr.contains("more than a thousand pages"), "{}", run.stderr);
    assert!(project.list("output").is_empty());
    let run = project.run(&["check", "prep.yaml"]).ended(3);
    assert!(run.stderr.contains("more than a thousand pages"), "{}", run.stderr);
    build(&project, &["--only", "calendar,deck"]).ended(0);
}

#[test]
fn aliases_repeat_no_more_text_than_a_file_could_hold() {
    let repeated = format!("overview: &a \"{}\"\nsections:\n  S: [{}]\n", "y".repeat(100_000), "*a, ".repeat(100_000));
    let run = build(&with(&repeated), &[]).ended(3);
    assert!(
        run.stderr.contains("once its aliases are expanded") && run.stderr.contains("prep.yaml:6:"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_busy_calendar_has_a_size_and_is_a_file() {
    let project = with("study: {busy: busy.ics}\n");
    let large = std::fs::File::create(project.path("busy.ics")).expect("a file");
    large.set_len(33 << 20).expect("a hole");
    let run = build(&project, &[]).ended(3);
    assert!(run.stderr.contains("larger than 32 MB") && run.stderr.contains("prep.yaml:4:"), "{}", run.stderr);
    #[cfg(unix)]
    for other in ["/dev/zero", "/dev/stdin", "/"] {
        let run = build(&with(&format!("study: {{busy: {other}}}\n")), &[]).ended(3);
        assert!(run.stderr.contains("that is not a file"), "{}", run.stderr);
    }
}

#[test]
fn a_busy_calendar_without_end_is_followed_so_far_and_said_so() {
    let event = |rule: &str| {
        format!("BEGIN:VEVENT\r\nUID:{rule}\r\nDTSTART:19710101T000000Z\r\nRRULE:{rule}\r\nEND:VEVENT\r\n")
    };
    let every = ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"];
    let wrong: String = (0..500).map(|number| event(&format!("FREQ=NEVER;X={number}"))).collect();
    let events: String = every.iter().map(|rule| event(rule)).collect();
    let calendar = format!("BEGIN:VCALENDAR\r\n{events}{wrong}END:VCALENDAR\r\n");
    let project = with("questions: {Go: [What?]}\nstudy: {busy: busy.ics}\n").file("busy.ics", calendar);
    let run = build(&project, &["--only", "calendar"]).ended(0);
    assert!(run.stderr.contains("more events of the busy calendar"), "{}", run.stderr);
    assert!(run.stderr.len() < 20_000, "{} bytes of warnings", run.stderr.len());
}

#[test]
fn an_earlier_deck_that_is_a_bomb_is_no_memory() {
    let project = with("questions: {Go: [What?]}\n").file("output/prep.apkg", bomb());
    let run = build(&project, &["--only", "deck"]).ended(0);
    assert!(run.stderr.contains("W0008"), "{}", run.stderr);
}

/// A package whose collection is 600 MB of zeros.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("collection.anki2", packed).expect("an entry");
    let zeros = vec![0; 1 << 20];
    for _ in 0..600 {
        zip.write_all(&zeros).expect("zeros");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn templates_have_a_size() {
    let project = with("overview: Hello\n").file("t/deck/card.css", "x".repeat(2 << 20));
    let run = build(&project, &["--templates", "t"]).ended(4);
    assert!(run.stderr.contains("card.css") && run.stderr.contains("larger than 1 MB"), "{}", run.stderr);
}
