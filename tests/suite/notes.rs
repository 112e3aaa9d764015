//! Notes into dossiers: a dozen ways to write them, the notes that the example came from, refusals.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, files_in, project, text_of};
use prep_dossier::diagnostic::render;
use prep_dossier::dossier::{self, Dossier, Part};
use prep_dossier::draft::{Failure, Given};
use prep_dossier::notes::import;

const NOTES: &str = "input/fintech-innovators.md";

/// What an import says: the dossier, or the messages.
fn outcome(name: &str, bytes: &[u8]) -> String {
    match import(name, bytes, &Given::default()) {
        Ok(imported) => {
            let report = imported.report;
            assert_eq!(report.words, words_by_another_count(&String::from_utf8_lossy(bytes)), "{name}");
            format!(
                "{}\n#### aside {:?}\n#### unplaced {:?}\n#### labels {:?}\n",
                imported.yaml, report.set_aside, report.unplaced, report.labels
            )
        }
        Err(Failure::Refused(source, problems) | Failure::Missing { source, diagnostics: problems, .. }) => {
            problems.iter().map(|problem| render::human(&source, problem, false) + "\n").collect()
        }
        Err(Failure::Bug(message)) => panic!("{name}: {message}"),
    }
}

/// Words as the proof should count them: a second opinion.
fn words_by_another_count(text: &str) -> usize {
    let is_number = |token: &str| {
        let inner = token.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['*', '|']);
        let digits = inner.strip_suffix(['.', ')']).unwrap_or_default();
        (1..=3).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
    };
    let signs =
        ["<details>", "</details>", "<summary>", "</summary>", ":contentReference[oaicite:0]{index=0}", "【4†source】"];
    let text = signs.iter().fold(text.to_owned(), |text, sign| text.replace(sign, " "));
    let is_letter = |token: &str| token.len() == 2 && token.ends_with(')') && token.starts_with(char::is_lowercase);
    let tokens = text
        .split_whitespace()
        .filter(|token| !is_number(token) && !is_letter(token) && *token != "[x]" && !token.ends_with('\u{20e3}'));
    tokens.map(|token| token.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()).sum()
}

#[test]
fn every_way_to_write_notes_becomes_a_dossier() {
    for path in files_in("tests/notes", "md").into_iter().chain(files_in("tests/notes", "txt")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::assert_snapshot!(format!("notes_{name}"), outcome(&name, &std::fs::read(&path).expect("notes")));
    }
}

fn read(yaml: &str) -> Dossier {
    let reading = dossier::read("prep.yaml", yaml.as_bytes());
    assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
    reading.dossier.expect("a dossier")
}

#[test]
fn the_notes_of_the_example_become_what_a_careful_person_made_of_them() {
    let imported = import("notes.md", text_of(NOTES).as_bytes(), &Given::default()).expect("a dossier");
    assert_eq!(imported.report.words, 1007);
    let parts = |dossier: &Dossier| -> Vec<String> {
        let same = dossier.parts.iter().filter(|part| !matches!(part, Part::Concepts(_)));
        same.map(|part| format!("{part:#?}")).collect()
    };
    let (ours, theirs) = (read(&imported.yaml), read(&example()));
    assert_eq!(parts(&ours), parts(&theirs));
    assert_eq!((ours.job.company, ours.job.role), (theirs.job.company, theirs.job.role));
    // A list at commas is one concept an item; a person joined two of them.
    let concepts = |dossier: &Dossier| dossier.concepts().map(|topic| topic.items.len()).sum::<usize>();
    let theirs = read(&example());
    let ours = read(&imported.yaml);
    assert_eq!((concepts(&ours), concepts(&theirs)), (31, 30));
    insta::assert_snapshot!("notes_of_the_example", imported.yaml);
}

#[test]
fn assistants_that_say_no_are_heard_in_every_language() {
    for refusal in [
        "I'm sorry, but I can't help with that.",
        "I can’t assist with this request.",
        "As an AI, I cannot prepare you.",
        "Es tut mir leid, aber dabei kann ich nicht helfen.",
        "Je suis désolé, mais je ne peux pas.",
        "Lo siento, pero no puedo ayudarte.",
        "Het spijt me, maar dat kan ik niet.",
        "Beklager, det kan jeg ikke.",
        "Desculpe, não posso ajudar.",
        "죄송하지만 도와드릴 수 없습니다.",
        "申し訳ありませんが、お手伝いできません。",
    ] {
        assert!(outcome("notes.md", refusal.as_bytes()).starts_with("error[E0401]"), "{refusal}");
    }
    let polite =
        "I'm sorry, but the posting was short.\n\n# Prep: ACME – Engineer\n\n## Likely questions\n\n- Why us?\n";
    assert!(outcome("notes.md", polite.as_bytes()).contains("Why us?"));
}

#[test]
fn import_writes_a_dossier_that_builds() {
    let project = project().file("notes.md", text_of(NOTES));
    let times = [
        "--interview",
        "2026-12-15 14:00 Europe/Amsterdam 60 min",
        "--study-hours",
        "weekdays 18:30-20:30, Sat 10:00-12:00 15-17",
    ];
    let run = project.run(&[&["import", "notes.md", "--build", "--today", "2026-11-23"][..], &times].concat()).ended(0);
    assert!(run.stderr.contains("1007 words of notes.md, none lost"), "{}", run.stderr);
    assert_eq!(project.list("output"), ["notes.apkg", "notes.ics", "notes.pdf"]);
    let dossier = read(&String::from_utf8(project.read("notes.yaml")).expect("UTF-8"));
    assert_eq!(dossier.rounds[0].time_zone, "Europe/Amsterdam");
    assert_eq!(dossier.study.hours[5].len(), 2);
    project.run(&["check", "notes.yaml", "--today", "2026-11-23"]).ended(0);
}

#[test]
fn a_day_in_doubt_is_named_with_what_it_can_mean() {
    let notes = |date: &str| {
        format!("# Prep: ACME – Engineer\n\n## Questions\n\n- Why us?\n\n## Interview details\n\n- Date: {date}\n")
    };
    let undecided = |date: &str| {
        let imported = import("notes.md", notes(date).as_bytes(), &Given::default()).expect("a dossier");
        assert!(imported.yaml.contains(date), "{}", imported.yaml);
        imported.report.undecided.map(|undecided| (undecided.readings, undecided.example))
    };
    let both = vec!["2027-03-04 10:00".to_owned(), "2027-04-03 10:00".to_owned()];
    assert_eq!(undecided("03/04/2027, 10am CET"), Some((both.clone(), "2027-03-04 10:00 Europe/Brussels".to_owned())));
    assert_eq!(undecided("03/04/2027, 10am").map(|(readings, _)| readings), Some(both));
    let one = Some((vec!["2026-12-15".to_owned()], "2026-12-15 Europe/Amsterdam".to_owned()));
    assert_eq!(undecided("15.12.2026"), one);
    assert_eq!(undecided("mardi 15 décembre 2026"), one);
    assert_eq!(undecided("5/5/2027 10:00 Europe/Paris"), None, "both readings are one day");
    assert_eq!(undecided("not known yet"), None);

    let project = project().file("notes.md", notes("03/04/2027, 10am"));
    let run = project.run(&["import", "notes.md"]).ended(0);
    assert!(run.stderr.contains("--interview \"2027-03-04 10:00 Europe/Amsterdam\""), "{}", run.stderr);
    let dossier = String::from_utf8(project.read("notes.yaml")).expect("UTF-8");
    assert!(dossier.contains("#   date: 2027-03-04 10:00\n"), "{dossier}");
    // What is given decides, and the words of the notes stay.
    let given = ["--interview", "2027-04-03 10:00 Europe/Amsterdam", "--force"];
    project.run(&[&["import", "notes.md"][..], &given].concat()).ended(0);
    let dossier = String::from_utf8(project.read("notes.yaml")).expect("UTF-8");
    assert!(dossier.contains("  date: 2027-04-03 10:00\n") && dossier.contains("03/04/2027, 10am"), "{dossier}");
}

#[test]
fn import_replaces_nothing_unless_it_is_told_to() {
    let project = project().file("notes.md", text_of(NOTES)).file("notes.yaml", "mine");
    let run = project.run(&["import", "notes.md"]).ended(4);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(project.read("notes.yaml"), b"mine");
    project.run(&["import", "notes.md", "-o", "other.yaml"]).ended(0);
    project.run(&["import", "notes.md", "--force"]).ended(0);
    assert_eq!(project.read("notes.yaml"), project.read("other.yaml"));
}

#[test]
fn import_reads_standard_input_and_writes_standard_output() {
    let project = project();
    let run = project.run_with(&["import", "-"], text_of(NOTES).as_bytes(), &[]).ended(0);
    assert!(read(&run.text()).rounds.is_empty());
    project.run_with(&["import", "-", "--build"], text_of(NOTES).as_bytes(), &[]).ended(2);
    assert!(project.list(".").is_empty());
}

#[test]
fn notes_name_their_language_as_a_dossier_does() {
    for tag in ["de", "pt-BR", "deu", "zh-Hant"] {
        let notes = format!("---\nlanguage: {tag}\n---\n## Likely questions\n\n- How do you test?\n");
        let names = ["import", "-", "--company", "ACME", "--role", "Tester"];
        let run = project().run_with(&names, notes.as_bytes(), &[]).ended(0);
        assert_eq!(read(&run.text()).language, tag, "{}", run.text());
    }
}

#[test]
fn what_is_missing_can_be_given() {
    let notes = "## Likely questions\n\n- How do you test?\n";
    let project = project().file("notes.md", notes).file("no.md", "I'm sorry, but I can't.");
    let run = project.run(&["import", "notes.md"]).ended(3);
    assert!(run.stderr.contains("--company") && run.stderr.contains("--role"), "{}", run.stderr);
    project.run(&["import", "no.md"]).ended(3);
    assert_eq!(project.list("."), ["no.md", "notes.md"]);
    project.run(&["import", "notes.md", "--company", "ACME", "--role", "Tester: yes"]).ended(0);
    assert_eq!(read(&String::from_utf8(project.read("notes.yaml")).expect("UTF-8")).job.role, "Tester: yes");
}

#[test]
fn a_block_that_speaks_of_no_topic_is_shown_its_place() {
    let notes = "# Acme – Engineer\n\n## Likely questions\n### Nowhere else\n- Why Go?\n\n## Study\n\n\
                 ```yaml dossier\nstudy: {topics: {Nowhere: {confidence: 1}}}\n```\n";
    let project = project().file("notes.md", notes);
    let run = project.run(&["import", "notes.md"]).ended(3);
    assert!(run.stderr.contains("error[E0210]") && run.stderr.contains("notes.md:10:18"), "{}", run.stderr);
    assert_eq!(project.list("."), ["notes.md"]);
}

#[test]
fn times_that_are_none_are_refused_with_the_way_out() {
    let project = project().file("notes.md", text_of(NOTES));
    for (option, value, says) in [
        ("--interview", "2026-12-15 14:00", "time zone"),
        ("--interview", "2026-12-15 14:00 Europe/Amsterdan", "did you mean `Europe/Amsterdam`"),
        ("--interview", "3/4/2027 14:00 Europe/Amsterdam", "it can be read in two ways"),
        ("--study-hours", "18:30-20:30", "on which days"),
        ("--study-hours", "sat 12:00-10:00", "ends before it begins"),
        ("--study-hours", "somtimes 10:00-12:00", "somtimes"),
        ("--study-hours", "sat 10:00-12:00, sun", "at which hours"),
    ] {
        let run = project.run(&["import", "notes.md", option, value]).ended(2);
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    assert_eq!(project.list("."), ["notes.md"]);
}

#[test]
fn a_day_without_its_year_is_named_as_it_comes_next() {
    let imported = |date: &str| {
        let notes = format!("# Prep: ACME – Engineer\n\n## Questions\n\n- Why us?\n\n## Interview\n\n- Date: {date}\n");
        let project = project().file("notes.md", notes);
        let run = project.run(&["import", "notes.md", "--today", "2026-11-23"]).ended(0);
        let dossier = String::from_utf8(project.read("notes.yaml")).expect("UTF-8");
        assert!(dossier.contains(date) && !dossier.contains("\ninterview:"), "nothing is decided\n{dossier}");
        run.stderr
    };
    for (date, next) in [
        (
            "Tuesday 15 December, 2 pm CET",
            "Tuesday 2026-12-15 14:00 next:\n    say it with --interview \"2026-12-15 14:00 Europe/Brussels\"",
        ),
        ("Di 15.12. 14 Uhr MEZ", "Tuesday 2026-12-15 14:00 next"),
        ("23 November, 10:00 CET", "Monday 2026-11-23 10:00 next"),
        ("22 November, 10:00 CET", "Monday 2027-11-22 10:00 next"),
        ("29 Feb 10am", "Tuesday 2028-02-29 10:00 next, and name no time zone"),
        ("12月15日 14:00 JST", "--interview \"2026-12-15 14:00 Asia/Tokyo\""),
        ("5/6 at 3pm", "can be 2027-05-06 15:00 or 2027-06-05 15:00 next"),
    ] {
        let said = imported(date);
        assert!(said.contains(next), "{date}\n{said}");
    }
    assert!(imported("next week").contains("no date in the notes"));
}

#[test]
fn two_lists_of_sources_keep_both_their_names() {
    let notes = "# Prep: ACME – Engineer\n\n## Questions\n\n- Why us?\n\nSources:\n[1] https://one.example\n\n\
                 References:\n[2] https://two.example\n";
    let imported = import("notes.md", notes.as_bytes(), &Given::default()).expect("a dossier");
    let expected =
        "  Sources:\n    - \"[1] https://one.example\"\n    - References\n    - \"[2] https://two.example\"\n";
    assert!(imported.yaml.contains(expected), "{}", imported.yaml);
}

#[test]
fn an_interview_can_be_given_as_people_write_it() {
    let project = project().file("notes.md", "# Prep: ACME – Engineer\n\n## Questions\n\n- Why us?\n");
    for (given, zone) in [
        ("Tue 15 December 2026, 2–3:30 pm, Berlin time", "Europe/Berlin"),
        ("2026-12-15 14:00 CET 90 min", "CET"),
        ("2026-12-15T14:00 Europe/Berlin 90 min", "Europe/Berlin"),
    ] {
        project.run(&["import", "notes.md", "--force", "--interview", given]).ended(0);
        let dossier = String::from_utf8(project.read("notes.yaml")).expect("UTF-8");
        let interview = format!("  time_zone: {zone}\n  duration: 90 min\n");
        assert!(dossier.contains("  date: 2026-12-15") && dossier.contains(&interview), "{dossier}");
    }
}

#[test]
fn study_hours_are_taken_as_people_write_them() {
    let taken = |hours: &str| {
        let project = project().file("notes.md", "# Prep: ACME – Engineer\n\n## Questions\n\n- Why us?\n");
        project.run(&["import", "notes.md", "--study-hours", hours]).ended(0);
        let dossier = String::from_utf8(project.read("notes.yaml")).expect("UTF-8");
        let hours = dossier.split_once("  hours:\n").expect("hours").1;
        let lines = hours.lines().take_while(|line| line.starts_with("    ")).map(str::trim);
        lines.collect::<Vec<_>>().join(", ")
    };
    let both = "mon: 18:00-20:00, wed: 18:00-20:00";
    for (said, hours) in [
        ("Mon, Wed 18:00-20:00", both),
        ("Mondays and Wednesdays 6-8 pm", both),
        ("mon & wed 18-20", both),
        ("weekdays 18:30 - 20:30", "weekdays: 18:30-20:30"),
        ("Mon-Fri 6 to 8 pm, Sat 9 to noon", "weekdays: 18:00-20:00, sat: 09:00-12:00"),
        ("Mon to Fri 18-20", "weekdays: 18:00-20:00"),
        ("Sat - Mon 10-12", "sat: 10:00-12:00, sun: 10:00-12:00, mon: 10:00-12:00"),
        ("every day 19:00-21:00", "everyday: 19:00-21:00"),
        ("weekdays 6-8 pm and 9-10 pm", "weekdays: [18:00-20:00, 21:00-22:00]"),
        ("sat 10-12, 14-16 sun 10-12", "sat: [10:00-12:00, 14:00-16:00], sun: 10:00-12:00"),
    ] {
        assert_eq!(taken(said), hours, "{said}");
    }
}

#[test]
fn the_report_is_there_for_programs() {
    let project = project().file("notes.md", text_of("tests/notes/fenced.md"));
    let run = project.run(&["import", "notes.md", "--format", "json"]).ended(0);
    let report: serde_json::Value = serde_json::from_str(&run.text()).expect("JSON");
    assert_eq!((&report["dossier"], &report["found"]["questions"]), (&"notes.yaml".into(), &4.into()));
    assert_eq!(report["setAside"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["sections"][0], "Salary Negotiation");
}
