//! The program from outside: exit codes, streams, all or none.
#![allow(clippy::disallowed_methods, reason = "tests set files up and look at them")]

use crate::project::{Project, example, project, text_of};
use prep_dossier::dossier::keys;
use std::collections::BTreeMap;

const DAY: [&str; 2] = ["--today", "2026-11-23"];
const BAD: &str = "dossier: 1\njob: {company: A}\n";

fn with_day<'a>(args: &[&'a str]) -> Vec<&'a str> {
    args.iter().copied().chain(DAY).collect()
}

#[test]
fn a_build_writes_three_files_and_says_so() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&with_day(&["build", "prep.yaml"])).ended(0);
    assert_eq!(project.list("output"), ["prep.apkg", "prep.ics", "prep.pdf"]);
    for name in ["prep.pdf", "prep.apkg", "prep.ics"] {
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    assert!(run.stdout.is_empty(), "data only on standard output");
}

#[test]
fn a_bare_file_is_built_into_the_folder_asked_for() {
    let project = project().file("a/prep.yaml", example());
    project.run(&with_day(&["a/prep.yaml", "-o", "out/here", "--only", "calendar,briefing"])).ended(0);
    assert_eq!(project.list("out/here"), ["prep.ics", "prep.pdf"]);
}

#[test]
fn wrong_input_exits_3_and_writes_nothing_and_keeps_what_was_there() {
    let project = project().file("prep.yaml", BAD).file("output/prep.pdf", "the earlier one");
    let run = project.run(&with_day(&["prep.yaml"])).ended(3);
    assert!(run.stderr.contains("E0105"), "{}", run.stderr);
    assert_eq!(project.list("output"), ["prep.pdf"]);
    assert_eq!(project.read("output/prep.pdf"), b"the earlier one");
}

#[test]
fn a_file_in_the_way_exits_4_and_nothing_is_written() {
    let project = project().file("prep.yaml", example()).file("output/prep.apkg/in-the-way", "");
    let run = project.run(&with_day(&["prep.yaml"])).ended(4);
    assert!(run.stderr.contains("prep.apkg"), "{}", run.stderr);
    assert_eq!(project.list("output"), ["prep.apkg"], "all or none");
    project.run(&with_day(&["nowhere.yaml"])).ended(4);
}

#[test]
fn wrong_arguments_exit_2() {
    let project = project().file("prep.yaml", example());
    project.run(&["build"]).ended(2);
    project.run(&["build", "prep.yaml", "--paper", "a0"]).ended(2);
    project.run(&["build", "prep.yaml", "--today", "yesterday"]).ended(2);
    project.run(&["build", "prep.yaml", "-o", "-"]).ended(2);
    project.run_with(&["build", "prep.yaml"], b"", &[("SOURCE_DATE_EPOCH", "now")]).ended(2);
}

#[test]
fn some_of_many_exits_5_and_the_rest_is_built() {
    let project = project().file("good.yaml", example()).file("bad.yaml", BAD);
    project.run(&with_day(&["bad.yaml", "good.yaml"])).ended(5);
    assert_eq!(project.list("output").len(), 3);
    project.run(&with_day(&["bad.yaml", "bad.yaml"])).ended(3);
}

#[test]
fn standard_input_and_output_work() {
    let project = project();
    let run = project.run_with(&with_day(&["-", "-o", "-", "--only", "briefing"]), example().as_bytes(), &[]).ended(0);
    assert!(run.stdout.starts_with(b"%PDF-1.7"));
    project.run_with(&with_day(&["-", "--only", "briefing"]), example().as_bytes(), &[]).ended(0);
    assert_eq!(project.list("output"), ["fintech-innovators-senior-golang-developer.pdf"]);
}

#[test]
fn messages_come_as_json_and_for_github() {
    let project = project().file("prep.yaml", BAD);
    let run = project.run(&["check", "prep.yaml", "--format", "json"]).ended(3);
    let line = run.text().lines().next().map(str::to_owned).unwrap_or_default();
    let problem: serde_json::Value = serde_json::from_str(&line).expect("a JSON line");
    assert_eq!((&problem["code"], &problem["labels"][0]["line"]), (&"E0105".into(), &2.into()));
    let run = project.run(&["check", "prep.yaml", "--format", "github"]).ended(3);
    assert!(run.stderr.starts_with("::error file=prep.yaml,line=2,col="), "{}", run.stderr);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let project = project().file("prep.yaml", BAD);
    assert!(!project.run(&["check", "prep.yaml"]).stderr.contains('\x1b'));
    assert!(project.run(&["check", "prep.yaml", "--color", "always"]).stderr.contains('\x1b'));
    assert!(project.run_with(&["check", "prep.yaml"], b"", &[("CLICOLOR_FORCE", "1")]).stderr.contains('\x1b'));
    let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert!(!project.run_with(&["check", "prep.yaml"], b"", &both).stderr.contains('\x1b'));
}

#[test]
fn check_gives_advice_and_strict_counts_it() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&with_day(&["check", "prep.yaml"])).ended(0);
    assert!(run.stderr.contains("15 of 15 questions have no answer yet"), "{}", run.stderr);
    project.run(&with_day(&["check", "--strict", "prep.yaml"])).ended(3);
    let run = project.run(&["check", "prep.yaml", "--today", "2026-12-13"]).ended(0);
    assert!(run.stderr.contains("only 2 days left"), "{}", run.stderr);
    let run = project.run(&["check", "prep.yaml", "--today", "2027-01-13"]).ended(0);
    assert!(run.stderr.contains("29 days ago"), "{}", run.stderr);
    assert!(project.list("output").is_empty());
}

#[test]
fn an_interview_in_the_past_still_builds() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&["build", "prep.yaml", "--today", "2027-01-13"]).ended(0);
    assert!(run.stderr.contains("W0002"), "{}", run.stderr);
    assert_eq!(project.list("output").len(), 3);
}

#[test]
fn without_an_interview_there_is_no_calendar_and_a_word_about_it() {
    let project = project().file("prep.yaml", text_of("tests/dossiers/good/minimal.yaml"));
    let run = project.run(&with_day(&["build", "prep.yaml"])).ended(0);
    assert_eq!(project.list("output"), ["prep.apkg", "prep.pdf"]);
    assert!(run.stderr.contains("no study calendar"), "{}", run.stderr);
}

#[test]
fn init_writes_a_dossier_that_builds_and_replaces_nothing() {
    let project = project();
    project.run(&with_day(&["init"])).ended(0);
    let run = project.run(&with_day(&["init"])).ended(4);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    project.run(&with_day(&["init", "--force"])).ended(0);
    project.run(&with_day(&["build", "dossier.yaml"])).ended(0);
    assert_eq!(project.list("output"), ["dossier.apkg", "dossier.ics", "dossier.pdf"]);
    let run = project.run(&with_day(&["init", "-"])).ended(0);
    assert_eq!(run.stdout, project.read("dossier.yaml"));
}

#[test]
fn init_comes_in_three_sizes_that_check_has_no_complaint_about() {
    let project = project();
    for (size, keys) in [("small", 2), ("medium", 30), ("full", 60)] {
        project.run(&with_day(&["init", "prep.yaml", "--force", "--size", size])).ended(0);
        let run = project.run(&with_day(&["check", "prep.yaml"])).ended(0);
        assert!(!run.stderr.contains("error") && !run.stderr.contains("warning"), "{}", run.stderr);
        let text = String::from_utf8(project.read("prep.yaml")).expect("text");
        assert!(!text.contains("{interview_date}") && text.matches(':').count() > keys, "{size}");
    }
    let full = text_of("templates/dossier.full.yaml");
    for record in keys::RECORDS {
        for key in
            record.keys.iter().filter(|key| !["everyday", "mon", "tue", "thu", "fri", "sat", "sun"].contains(&key.name))
        {
            assert!(full.contains(&format!("{}:", key.name)), "`{}` is not in the full one", key.name);
        }
    }
}

#[test]
fn the_prompt_names_every_key_and_its_example_is_a_dossier_without_a_problem() {
    let prompt = project().run(&with_day(&["init", "--prompt"])).ended(0).text();
    for record in keys::RECORDS {
        for key in record.keys {
            assert!(
                prompt.contains(&format!("`{}`", key.name)) || prompt.contains(&format!("`{}:", key.name)),
                "{}",
                key.name
            );
        }
    }
    let example = prompt.split("```yaml\n").last().and_then(|rest| rest.split("```").next()).expect("an example");
    let project = project().file("prep.yaml", example);
    let run = project.run(&with_day(&["build", "prep.yaml"])).ended(0);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    assert_eq!(project.list("output").len(), 3);
}

#[test]
fn slips_on_the_command_line_are_understood() {
    let project = project().file("prep.yaml", example()).file("somefile", "");
    let run = project.run(&["bild", "prep.yaml"]).ended(5);
    assert!(run.stderr.contains("did you mean `dossier build`?"), "{}", run.stderr);
    let run = project.run(&["build", "prep.yaml", "--today", "24.11.2026"]).ended(2);
    assert!(run.stderr.contains("`24.11.2026` is not a date; write it as year-month-day"), "{}", run.stderr);
    let run = project.run(&["build", "prep.yaml", "-o", "somefile"]).ended(4);
    assert!(run.stderr.contains("a file stands where a folder is needed"), "{}", run.stderr);
    let run = project.run(&["build", "somewhere.yaml"]).ended(4);
    assert!(run.stderr.contains("there is no such file") && !run.stderr.contains("os error"), "{}", run.stderr);
}

#[test]
fn plan_shows_sessions_on_standard_output() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&with_day(&["plan", "prep.yaml"])).ended(0);
    assert!(run.text().contains("Golang & Concurrency"), "{}", run.text());
    let run = project.run(&with_day(&["plan", "prep.yaml", "--format", "json"])).ended(0);
    let plan: serde_json::Value = serde_json::from_str(&run.text()).expect("JSON");
    assert!(plan["sessions"].as_array().is_some_and(|sessions| sessions.len() > 10));
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(project().run(&["completions", shell]).ended(0).text().contains("dossier"));
    }
    assert!(project().run(&["man"]).ended(0).text().contains(".SH NAME"));
    assert!(project().run(&["--help"]).ended(0).text().contains("Exit codes"));
    let version = project().run(&["version"]).ended(0).text();
    let facts: Vec<&str> = version.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(facts[1..], ["commit", "target", "compiler", "dossier format"], "{version}");
    assert!(version.contains("compiler: rustc "), "{version}");
    assert_eq!(project().run(&["--version"]).ended(0).text(), version);
    assert_eq!(project().run(&["-V"]).ended(0).text().lines().collect::<Vec<_>>(), [facts[0]]);
}

#[test]
fn a_template_of_the_users_replaces_ours_and_a_wrong_one_is_located() {
    let labels = text_of("templates/labels/en.yaml").replace("Questions they will ask", "Fragen und mehr");
    let project = project().file("prep.yaml", example()).file("t/labels/en.yaml", &labels);
    let args = with_day(&["prep.yaml", "--only", "briefing", "-o", "out", "--templates", "t"]);
    project.run(&args).ended(0);
    let project = project.file("t/labels/en.yaml", labels.replace("  overview:", "  overveiw:"));
    let run = project.run(&args).ended(3);
    assert!(run.stderr.contains("`parts.overview` is missing") && run.stderr.contains("overveiw"), "{}", run.stderr);
    let project = project.file("t/labels/en.yaml", labels).file("t/briefing/them.yaml", "x");
    let run = project.run(&args).ended(3);
    assert!(run.stderr.contains("did you mean `briefing/theme.yaml`?"), "{}", run.stderr);
}

#[test]
fn a_second_build_goes_on_from_the_first() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&with_day(&["prep.yaml"])).ended(0);
    assert!(run.stderr.contains("(70 new)") && run.stderr.contains("Import any deck presets"), "{}", run.stderr);
    let run = project.run(&with_day(&["prep.yaml"])).ended(0);
    assert!(!run.stderr.contains(" new)"), "{}", run.stderr);
    let run = project.run(&with_day(&["prep.yaml", "--fresh", "-o", "other"])).ended(0);
    assert!(run.stderr.contains("(70 new)"), "{}", run.stderr);
    let removed = example().replace("    - How do you handle errors idiomatically in Go?\n", "");
    let project = project.file("prep.yaml", removed);
    let previous = ["--previous", "output/prep.apkg", "--previous", "output/prep.ics", "-o", "third"];
    let run = project.run(&[&["prep.yaml"][..], &previous[..], &DAY[..]].concat()).ended(0);
    assert!(run.stderr.contains("1 removed") && run.stderr.contains("find them there with: Item:"), "{}", run.stderr);
}

#[test]
fn the_text_form_goes_on_from_the_package_beside_it() {
    let project = project().file("prep.yaml", example());
    let csv = ["prep.yaml", "--only", "deck", "--deck-format", "csv"];
    project.run(&with_day(&["prep.yaml", "--only", "deck"])).ended(0);
    let build = |project: &Project| {
        let run = project.run(&with_day(&csv)).ended(0);
        assert!(!run.stderr.contains("W0008") && !run.stderr.contains(" new)"), "{}", run.stderr);
        run.stderr
    };
    build(&project);
    let project = project.file(
        "prep.yaml",
        example().replace("How do you handle errors idiomatically", "How are errors handled idiomatically"),
    );
    let said = build(&project);
    assert!(said.contains("1 changed") && said.contains("recognised in other words"), "{said}");
}

#[test]
fn what_is_no_export_is_no_memory() {
    let project = project().file("prep.yaml", example());
    let run = project.run(&with_day(&["prep.yaml", "--previous", "prep.yaml"])).ended(2);
    assert!(run.stderr.contains("an earlier export is a deck (.apkg) or a calendar (.ics)"), "{}", run.stderr);
}

/// The days of the events of a calendar, `20261124`, by their identities; called-off ones are left out.
fn days_of(calendar: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(calendar).replace("\r\n ", "");
    let events = text.split("BEGIN:VEVENT").skip(1).filter(|event| !event.contains("STATUS:CANCELLED"));
    events.map(|event| (value(event, "UID").to_owned(), value(event, "DTSTART").chars().take(8).collect())).collect()
}

#[test]
fn days_that_were_missed_go_back_into_the_plan() {
    let project = project().file("prep.yaml", example());
    let build = |args: &[&str]| {
        project.run(&[&["prep.yaml", "--only", "calendar"][..], args].concat()).ended(0);
        days_of(&project.read("output/prep.ics"))
    };
    let missed = ["20261124", "20261125"];
    build(&["--today", "2026-11-23"]);
    let before = build(&["--today", "2026-11-27"]);
    let lost: Vec<&String> =
        before.iter().filter(|(_, day)| missed.contains(&day.as_str())).map(|(uid, _)| uid).collect();
    assert!(lost.len() >= 2, "history stays until it is told to be missed: {before:#?}");
    let after = build(&["--today", "2026-11-27", "--missed", "2026-11-24..2026-11-25"]);
    for uid in lost {
        let day = after.get(uid).unwrap_or_else(|| panic!("{uid} is lost"));
        assert!(day.as_str() >= "20261127", "{uid} was missed and still stands on {day}");
    }
    let others = |days: &BTreeMap<String, String>| days.values().filter(|day| *day == "20261126").count();
    assert_eq!(others(&after), others(&before), "a day that was not missed is history");
    project.run(&["prep.yaml", "--missed", "2026-11-25..2026-11-24"]).ended(2);
}

/// The starts of the sessions that `dossier plan` shows.
fn shown(project: &Project, args: &[&str]) -> Vec<String> {
    let run = project.run(&[&["plan", "prep.yaml", "--format", "json"][..], args].concat()).ended(0);
    let plan: serde_json::Value = serde_json::from_str(&run.text()).expect("JSON");
    let sessions = plan["sessions"].as_array().expect("sessions").iter();
    sessions
        .map(|session| session["start"].as_str().expect("a start").replace(['-', ':'], "").chars().take(15).collect())
        .collect()
}

/// The starts of the sessions that `dossier build` has written.
fn written(calendar: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(calendar).replace("\r\n ", "");
    let events = text.split("BEGIN:VEVENT").skip(1).filter(|event| !event.contains("X-DOSSIER-SESSION:round"));
    let live = events.filter(|event| !event.contains("STATUS:CANCELLED"));
    live.map(|event| value(event, "DTSTART").to_owned()).collect()
}

/// The value of a property of an event.
fn value<'e>(event: &'e str, name: &str) -> &'e str {
    let line = event.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {event}"));
    line.split_once(':').expect("a value").1
}

#[test]
fn plan_shows_what_build_would_write() {
    let edited = example().replacen("questions:", "questions:\n  Something new: [What is new?, Why is it new?]", 1);
    for memory in [
        &[][..],
        &["--missed", "2026-11-24..2026-11-25"],
        &["-o", "elsewhere"],
        &["-o", "elsewhere", "--previous", "output/prep.ics"],
        &["--fresh"],
    ] {
        let project = project().file("prep.yaml", example());
        project.run(&["prep.yaml", "--only", "calendar", "--today", "2026-11-23"]).ended(0);
        project.run(&["prep.yaml", "--only", "calendar", "--today", "2026-11-25", "-o", "elsewhere"]).ended(0);
        let project = project.file("prep.yaml", &edited);
        let args = [&["--today", "2026-11-27"][..], memory].concat();
        let plan = shown(&project, &args);
        project.run(&[&["build", "prep.yaml", "--only", "calendar"][..], &args].concat()).ended(0);
        let folder = if memory.contains(&"-o") { "elsewhere" } else { "output" };
        assert_eq!(plan, written(&project.read(&format!("{folder}/prep.ics"))), "{memory:?}");
        let first = match memory {
            [] | [_, _, "--previous", _] => "20261124",
            ["-o", _] => "20261125",
            ["--missed", _] => "20261126",
            _ => "20261127",
        };
        assert!(plan.first().is_some_and(|start| start.starts_with(first)), "{memory:?}: {plan:?}");
    }
}

#[test]
fn the_deck_can_be_text() {
    let project = project().file("prep.yaml", example());
    project.run(&with_day(&["prep.yaml", "--only", "deck", "--deck-format", "csv"])).ended(0);
    assert!(String::from_utf8_lossy(&project.read("output/prep.csv")).starts_with("#separator:"));
}

#[test]
fn the_briefing_has_three_layouts() {
    let project = project().file("prep.yaml", example());
    let pages = |args: &[&str]| {
        let args = [&["prep.yaml", "--only", "briefing", "--format", "json"][..], &DAY[..], args].concat();
        let run = project.run(&args).ended(0);
        let line = run.text().lines().last().map(str::to_owned).unwrap_or_default();
        let report: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        report["outputs"][0]["facts"]["pages"].as_u64().expect("pages")
    };
    assert_eq!(pages(&["--layout", "cheatsheet"]), 1);
    // 15 questions and 30 concepts, eight cards a sheet, two sides each.
    assert_eq!(pages(&["--layout", "cards", "--duplex", "short"]), 12);
    assert!(pages(&["--notes", "none"]) < pages(&["--duplex", "long"]));
}

#[test]
fn a_theme_of_the_users_changes_single_values() {
    let project = project().file("prep.yaml", example());
    let args = with_day(&["prep.yaml", "--only", "briefing", "--templates", "t"]);
    let project = project.file("t/briefing/theme.yaml", "page: {paper: letter}\ncolors: {accent: '#7a1f1f'}\n");
    project.run(&args).ended(0);
    let file = lopdf::Document::load_mem(&project.read("output/prep.pdf")).expect("a PDF");
    let page = file.get_pages().into_values().next().and_then(|id| file.get_dictionary(id).ok()).expect("a page");
    let sheet = page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("a box");
    assert!((sheet[3].as_float().expect("a number") - 792.0).abs() < 0.05);
    let project = project.file("t/briefing/theme.yaml", "page: {margin_top: wide}\ncolors: {acent: '#7a1f1f'}\n");
    let run = project.run(&args).ended(3);
    assert!(
        run.stderr.contains("`page.margin_top` as a length") && run.stderr.contains("theme.yaml:1:"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("did you mean `colors.accent`?"), "{}", run.stderr);
}

#[test]
fn options_that_every_command_knows_may_stand_before_the_command() {
    let project = project().file("prep.yaml", example());
    let usual = project.run(&["check", "prep.yaml", "--format", "json", "--today", "2026-11-23"]).ended(0);
    for words in [&["--format", "json", "check"][..], &["-q", "--format=json", "--color", "never", "check"]] {
        let run = project.run(&[words, &["prep.yaml", "--today", "2026-11-23"]].concat()).ended(0);
        assert_eq!(run.stdout, usual.stdout);
    }
    // Where no command follows, the files are built.
    project.run(&["-q", "prep.yaml", "--today", "2026-11-23", "--only", "calendar"]).ended(0);
    assert_eq!(project.list("output"), ["prep.ics"]);
}

#[test]
fn a_busy_calendar_is_not_fetched_from_anywhere() {
    for path in ["webcal://example.com/me.ics", "//server/share/me.ics", "/??/UNC/server/me.ics", "\\\\server\\me.ics"]
    {
        let text = example().replace("study:", &format!("study:\n  busy: '{path}'"));
        let run = project().file("prep.yaml", text).run(&["check", "prep.yaml"]).ended(3);
        let wanted = format!("error[E0301]: the busy calendar `{path}` is not on this machine");
        assert!(run.stderr.contains(&wanted) && run.stderr.contains("save it beside the dossier"), "{}", run.stderr);
    }
}
