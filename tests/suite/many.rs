//! Many dossiers in one run: lists, shards, the manifest, stopping and going on.
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]

use crate::project::{Project, project, repository, sha256};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Component, PathBuf};

const DAY: [&str; 2] = ["--today", "2026-11-23"];
const BAD: &str = "dossier: 1\njob: {company: A}\n";

/// A small dossier of a company of its own.
fn small(company: &str) -> String {
    format!(
        "dossier: 1\njob: {{company: {company}, role: Engineer}}\n\
         interview: {{date: 2026-12-15 14:00, time_zone: Europe/Amsterdam}}\n\
         questions: {{Go: [What is a channel?, What is a mutex?]}}\n"
    )
}

/// A folder with so many small dossiers and a list of them.
fn folder(count: usize) -> Project {
    let names: Vec<String> = (1..=count).map(|number| format!("in/{number}.yaml")).collect();
    let project = project().file("list", names.join("\n"));
    names.iter().fold(project, |project, name| project.file(name, small(&format!("Firm {name}"))))
}

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["build", "--files-from", "list"][..], &DAY[..], more].concat()
}

fn records(project: &Project) -> Vec<Value> {
    let text = String::from_utf8(project.read("m.jsonl")).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_list_is_read_by_lines_or_by_zero_bytes_or_from_standard_input() {
    // Windows knows no such name.
    let odd = if cfg!(windows) { "c, d" } else { "c\nd" };
    let project = project().file("a b.yaml", small("A")).file(&format!("{odd}.yaml"), small("C"));
    let project = project.file("lines", "a b.yaml\r\n\r\n").file("zeros", format!("a b.yaml\0{odd}.yaml\0"));
    let run = project.run(&["build", "--files-from", "lines", "-o", "one"]).ended(0);
    assert!(run.stderr.starts_with("1 built, 0 unchanged, 0 failed, in "), "{}", run.stderr);
    assert_eq!(project.list("one"), ["a b.apkg", "a b.ics", "a b.pdf"]);
    project.run(&["build", "--files-from", "zeros", "-0", "--only", "calendar", "-o", "two"]).ended(0);
    assert_eq!(project.list("two"), ["a b.ics".to_owned(), format!("{odd}.ics")]);
    project.run_with(&["--files-from", "-", "--only", "deck", "-o", "three"], b"a b.yaml", &[]).ended(0);
    assert_eq!(project.list("three"), ["a b.apkg"]);
    project.run_with(&["--files-from", "-"], b"", &[]).ended(0);
    project.run(&["--files-from", "nowhere"]).ended(4);
    project.run(&["--files-from", "lines", "a b.yaml"]).ended(2);
    let endless = "x".repeat(70_000);
    let run = project.run_with(&["--files-from", "-"], endless.as_bytes(), &[]).ended(4);
    assert!(run.stderr.contains("entry 1 is longer than a path can be"), "{}", run.stderr);
}

#[test]
fn two_dossiers_of_one_name_are_found_before_anything_is_written() {
    let project = folder(3).file("other/2.yaml", small("Other")).file("in/3.yml", small("Other"));
    let project = project.file("list", "in/1.yaml\nin/2.yaml\nother/2.yaml\nin/3.yaml\nin/3.yml\n");
    for shard in ["1/1", "1/4", "2/4", "3/4", "4/4"] {
        let run = project.run(&args(&["--shard", shard])).ended(2);
        assert!(run.stderr.contains("2: in/2.yaml and other/2.yaml"), "{}", run.stderr);
        assert!(run.stderr.contains("3: in/3.yaml and in/3.yml"), "{}", run.stderr);
    }
    assert!(project.list("output").is_empty());
    let project = project.file("list", "in/1.yaml\nin/1.yaml\n../in/2.yaml\n");
    let project = project.file("sub/list", "");
    std::fs::copy(project.path("list"), project.path("sub/list")).expect("a copy");
    let run = project.run(&args(&["--only", "calendar"])).ended(5);
    assert!(run.stderr.contains("1 built, 0 unchanged, 1 failed"), "twice in the list is built once: {}", run.stderr);
}

#[test]
fn folders_are_kept_on_demand_and_nothing_leaves_the_output_folder() {
    let project = project().file("in/a/prep.yaml", small("A")).file("in/b/prep.yaml", small("B"));
    let list = format!("in/a/prep.yaml\n{}\n", project.path("in/x/../b/prep.yaml").display());
    std::fs::create_dir_all(project.path("in/x")).expect("a folder");
    let project = project.file("list", list);
    project.run(&args(&["--keep-folders", "--only", "calendar"])).ended(0);
    assert_eq!(project.list("output/in/a"), ["prep.ics"]);
    let above = project.path("in/x");
    let is_name = |part: &Component<'_>| matches!(part, Component::Normal(_));
    let below: PathBuf = above.components().filter(is_name).collect();
    assert_eq!(project.list(&format!("output/{}/b", below.display())), ["prep.ics"], "`..` counts for nothing");
    assert_eq!(project.list("."), ["in", "list", "output"]);
}

#[test]
fn shards_divide_a_list_by_the_hash_of_each_path() {
    let project = folder(12);
    let mut seen = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        project.run(&args(&["--shard", shard, "--manifest", "m.jsonl", "--only", "calendar"])).ended(0);
        let inputs: BTreeSet<String> =
            records(&project).iter().map(|record| record["input"].as_str().expect("a path").to_owned()).collect();
        std::fs::remove_file(project.path("m.jsonl")).expect("the manifest");
        seen.push(inputs);
    }
    // printf in/7.yaml | sha256sum | cut -c1-16: as a number, modulo 3, plus 1.
    let expected = [("in/1.yaml", 1), ("in/2.yaml", 2), ("in/7.yaml", 3)];
    for (path, shard) in expected {
        assert!(seen[shard - 1].contains(path), "{path} belongs to {shard}: {seen:?}");
    }
    assert_eq!(seen.iter().map(BTreeSet::len).sum::<usize>(), 12);
    assert_eq!(seen.iter().flatten().collect::<BTreeSet<_>>().len(), 12, "each in one");
    for wrong in ["0/3", "4/3", "1", "a/b", "1/0"] {
        project.run(&args(&["--shard", wrong])).ended(2);
    }
}

#[test]
fn the_manifest_tells_what_was_made_and_what_was_wrong() {
    let project = folder(3).file("in/2.yaml", BAD);
    let run = project.run(&args(&["--manifest", "m.jsonl"])).ended(5);
    assert!(run.stderr.contains("E0105") && run.stderr.contains("2 built, 0 unchanged, 1 failed"), "{}", run.stderr);
    let records = records(&project);
    assert_eq!(records.len(), 3);
    for record in records {
        let is_bad = record["input"] == "in/2.yaml";
        assert_eq!(record["exit"], if is_bad { 3 } else { 0 });
        assert_eq!(record["sha256"].as_str().map(str::len), Some(64));
        assert!(record["milliseconds"].as_f64().is_some_and(|time| time > 0.0));
        if is_bad {
            assert_eq!((&record["outputs"], &record["pages"]), (&Value::Array(vec![]), &Value::Null));
            assert_eq!(
                (&record["problems"][0]["code"], &record["problems"][0]["labels"][0]["line"]),
                (&"E0105".into(), &2.into())
            );
            continue;
        }
        assert!(
            ["pages", "cards", "sessions"].iter().all(|count| record[count].as_u64().is_some_and(|count| count > 0))
        );
        let outputs = record["outputs"].as_array().expect("outputs");
        assert_eq!(outputs.len(), 3);
        for output in outputs {
            let bytes = project.read(output["path"].as_str().expect("a path"));
            assert_eq!(output["bytes"], bytes.len());
            assert_eq!(output["sha256"], sha256(&bytes));
        }
    }
}

/// What a run over the list says it has done.
fn counts(project: &Project, more: &[&str]) -> String {
    let run = project.run(&[&args(&["--manifest", "m.jsonl"])[..], more].concat()).ended(0);
    run.stderr.lines().last().and_then(|line| line.split(", in ").next()).unwrap_or_default().to_owned()
}

#[test]
fn what_has_not_changed_is_left_alone() {
    let busy = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261201T090000Z\r\n\
                DTEND:20261201T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let project = folder(2).file("in/2.yaml", small("Busy") + "study: {busy: mine.ics}\n").file("in/mine.ics", busy);
    let unchanged = "0 built, 2 unchanged, 0 failed";
    assert_eq!(counts(&project, &[]), "2 built, 0 unchanged, 0 failed");
    let before = project.read("m.jsonl");
    assert_eq!(counts(&project, &[]), unchanged);
    assert_eq!(counts(&project, &["--jobs", "1"]), unchanged);
    assert_eq!(project.read("m.jsonl"), before, "nothing new, nothing written");

    let one = "1 built, 1 unchanged, 0 failed";
    let project = project.file("in/1.yaml", small("Changed"));
    assert_eq!(counts(&project, &[]), one, "the dossier");
    let project = project.file("in/mine.ics", busy.replace("T09", "T08"));
    assert_eq!(counts(&project, &[]), one, "the busy calendar");
    let project = project.file("output/1.pdf", "not what was written");
    assert_eq!(counts(&project, &[]), one, "an output that was changed");
    std::fs::remove_file(project.path("output/2.apkg")).expect("an output");
    assert_eq!(counts(&project, &[]), one, "an output that is gone");
    assert_eq!(counts(&project, &[]), unchanged);

    let all = "2 built, 0 unchanged, 0 failed";
    assert_eq!(counts(&project, &["--rebuild"]), all);
    assert_eq!(counts(&project, &["--paper", "letter"]), all, "an option");
    assert_eq!(counts(&project, &["--paper", "letter"]), unchanged);
    let project = project.file("t/briefing/theme.yaml", "page: {paper: letter}\n");
    assert_eq!(counts(&project, &["--templates", "t"]), all, "templates");
    let font = |name: &str| std::fs::read(repository("templates/briefing/fonts").join(name)).expect("a font");
    let project = project.file("f/a.ttf", font("Inter-Regular.ttf"));
    let fonts = ["--templates", "t", "--fonts", "f"];
    assert_eq!([counts(&project, &fonts), counts(&project, &fonts)], [all, unchanged], "fonts");
    let project = project.file("f/a.ttf", font("Inter-SemiBold.ttf"));
    assert_eq!(counts(&project, &fonts), all, "another font");
    assert_eq!(records(&project).len(), 2, "one line for each, whatever came before");
}

#[test]
fn the_real_day_is_no_change_but_one_that_is_asked_for_is() {
    let project = folder(1);
    let build = |epoch: &[(&str, &str)]| {
        let args = ["--files-from", "list", "--manifest", "m.jsonl", "--only", "calendar"];
        project.run_with(&args, b"", epoch).ended(0).stderr
    };
    assert!(build(&[]).starts_with("1 built"));
    assert!(build(&[]).starts_with("0 built, 1 unchanged"));
    assert!(build(&[("SOURCE_DATE_EPOCH", "1795600000")]).starts_with("1 built"));
    assert!(build(&[("SOURCE_DATE_EPOCH", "1795600000")]).starts_with("0 built, 1 unchanged"));
    assert!(build(&[("SOURCE_DATE_EPOCH", "1795700000")]).starts_with("1 built"));
}

#[test]
fn several_at_a_time_make_the_same_and_talk_in_order() {
    let project = folder(9).file("in/4.yaml", BAD).file("in/8.yaml", BAD);
    let one = project.run(&args(&["--jobs", "1", "-o", "one"])).ended(5);
    let four = project.run(&args(&["--jobs", "4", "-o", "four"])).ended(5);
    let told = |text: &str| text.lines().filter(|line| line.contains("-->")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(told(&one.stderr), [" --> in/4.yaml:2:7", " --> in/8.yaml:2:7"]);
    assert_eq!(told(&one.stderr), told(&four.stderr));
    assert_eq!(project.list("one").len(), 21);
    for name in project.list("one") {
        assert!(project.read(&format!("one/{name}")) == project.read(&format!("four/{name}")), "{name}");
    }
    let run =
        project.run(&[&["in/1.yaml", "in/2.yaml", "in/3.yaml", "--only", "calendar"][..], &DAY].concat()).ended(0);
    let said = run.stderr.replace('\\', "/");
    let written: Vec<&str> = said.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(written, ["output/1.ics", "output/2.ics", "output/3.ics"]);
}

#[test]
fn an_output_that_cannot_be_written_costs_one_dossier() {
    let project = folder(7).file("output/3.ics/x", "a folder in the place of an output");
    let run = project.run(&args(&["--manifest", "m.jsonl", "--jobs", "3", "--fresh"])).ended(5);
    assert!(run.stderr.contains("6 built, 0 unchanged, 1 failed"), "{}", run.stderr);
    assert!(run.stderr.contains("there is a folder of that name; the files that were there"), "{}", run.stderr);
    let failed: Vec<Value> = records(&project).into_iter().filter(|record| record["exit"] == 4).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!((&failed[0]["input"], &failed[0]["outputs"]), (&"in/3.yaml".into(), &Value::Array(vec![])));
    assert_eq!(project.list("output").len(), 6 * 3 + 1, "nothing else of the third, and no stage");
}

#[test]
fn a_manifest_that_was_cut_short_is_mended_and_somebody_elses_is_left_alone() {
    let project = folder(2);
    counts(&project, &[]);
    let whole = project.read("m.jsonl");
    let cut = whole.len() - 40;
    let project = project.file("m.jsonl", &whole[..cut]);
    assert_eq!(counts(&project, &[]), "1 built, 1 unchanged, 0 failed");
    assert_eq!(records(&project).len(), 2);

    let project = project.file("notes.txt", "my notes");
    let run = project.run(&args(&["--manifest", "notes.txt"])).ended(4);
    assert!(run.stderr.contains("no manifest of dossier's"), "{}", run.stderr);
    assert_eq!(project.read("notes.txt"), b"my notes");
    project.run(&args(&["--manifest", "in"])).ended(4);

    let held = std::fs::File::open(project.path("m.jsonl")).expect("the manifest");
    held.lock().expect("a lock");
    let run = project.run(&args(&["--manifest", "m.jsonl"])).ended(4);
    assert!(run.stderr.contains("another run is writing it"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_signal_finishes_what_is_begun_and_the_next_run_goes_on() {
    for signal in ["-TERM", "-INT", "-KILL"] {
        let project = folder(60);
        let only = ["--only", "deck,calendar"];
        let mut child = project.start(&args(&[&["--manifest", "m.jsonl", "--jobs", "2"][..], &only].concat()));
        while std::fs::metadata(project.path("m.jsonl")).map_or(0, |data| data.len()) == 0 {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
        let code = child.wait().expect("an end").code();
        assert_eq!(code, if signal == "-KILL" { None } else { Some(4) });
        let text = String::from_utf8(project.read("m.jsonl")).expect("UTF-8");
        let done = text.lines().filter(|line| line.ends_with('}')).count();
        assert!((1..60).contains(&done), "{done} of 60 were done");
        if signal != "-KILL" {
            assert_eq!(project.list("output").len(), 2 * done, "what is recorded is there, and nothing else");
        }
        assert_eq!(counts(&project, &only), format!("{} built, {done} unchanged, 0 failed", 60 - done));
        let inputs: BTreeSet<String> = records(&project).iter().map(|record| record["input"].to_string()).collect();
        assert_eq!((inputs.len(), records(&project).len()), (60, 60), "each exactly once");
    }
}
