//! JSON Resume into a dossier that is there, or a new one.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use crate::project::{example, files_in, project, text_of};
use crate::random::sketch;
use prep_dossier::dossier::{self, mended};
use prep_dossier::draft::Failure;
use prep_dossier::resume;
use proptest::prelude::*;

const RESUME: &str = "tests/resumes/ada.json";

fn with(text: &str, json: &str) -> Result<(String, Vec<resume::Left>), String> {
    let resume = resume::read("resume.json", json.as_bytes()).map_err(|failure| format!("{failure:?}"))?;
    let added = resume::add(resume, text);
    added.map(|added| (added.text, added.left)).map_err(|problem| format!("{}: {}", problem.code.id(), problem.message))
}

fn small(rest: &str) -> String {
    format!("dossier: 1\njob: {{company: A, role: B}}\n{rest}")
}

const SHORT: &str = r#"{"work": [{"name": "ACME", "position": "Engineer", "highlights": ["One: a", "Two"]}]}"#;

#[test]
fn highlights_are_put_where_they_belong_and_nothing_else_moves() {
    for (before, after) in [
        ("", "highlights:\n  ACME – Engineer:\n    - \"One: a\"\n    - Two\n"),
        ("# mine\nclosing: Bye", "highlights:\n  ACME – Engineer:\n    - \"One: a\"\n    - Two\n# mine\nclosing: Bye"),
        (
            "highlights: 'Ten years' # of Go\nclosing: Bye\n",
            "highlights:\n  - 'Ten years' # of Go\n  - ACME – Engineer:\n      - \"One: a\"\n      - Two\nclosing: Bye\n",
        ),
        (
            "highlights: {Go: ten years, ACME – Engineer: Two}\n",
            "highlights: {Go: ten years, ACME – Engineer: [Two, \"One: a\"]}\n",
        ),
        (
            "highlights:\n    APIs: # best\n    - REST\n    # more?\n\nclosing: Bye\n",
            "highlights:\n    APIs: # best\n    - REST\n    # more?\n    ACME – Engineer:\n      - \"One: a\"\n      - Two\n\nclosing: Bye\n",
        ),
        (
            "highlights:\n- REST\n- Two  # said already\n",
            "highlights:\n- REST\n- Two  # said already\n- ACME – Engineer:\n    - \"One: a\"\n",
        ),
        (
            "highlights: {APIs: [REST], ACME – Engineer: [Two]}\n",
            "highlights: {APIs: [REST], ACME – Engineer: [Two, \"One: a\"]}\n",
        ),
        (
            "highlights:\n  ACME – Engineer:\n    - >-\n      Three\n      lines\n\nclosing: Bye\n",
            "highlights:\n  ACME – Engineer:\n    - >-\n      Three\n      lines\n    - \"One: a\"\n    - Two\n\nclosing: Bye\n",
        ),
    ] {
        let (changed, left) = with(&small(before), SHORT).expect("added");
        assert_eq!(changed, small(after), "{before}");
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(with(&changed, SHORT).expect("added").0, changed, "once is enough");
        let windows = small(before).replace('\n', "\r\n");
        assert_eq!(with(&windows, SHORT).expect("added").0, changed.replace('\n', "\r\n"));
    }
}

#[test]
fn a_dossier_in_json_stays_json() {
    let json = "{\n  \"dossier\": 1,\n  \"job\": {\"company\": \"A\", \"role\": \"B\"},\n  \"closing\": \"Bye\"\n}\n";
    let (changed, _) = with(json, SHORT).expect("added");
    assert!(serde_json::from_str::<serde_json::Value>(&changed).is_ok(), "{changed}");
    assert!(
        changed.contains("},\n  \"highlights\": {\"ACME – Engineer\":[\"One: a\",\"Two\"]},\n  \"closing\""),
        "{changed}"
    );
}

#[test]
fn what_cannot_be_added_to_is_refused_with_its_place() {
    for text in ["highlights: |\n  Ten years of Go\n", "highlights:\n  ACME – Engineer: >-\n    Led\n    the team\n"]
    {
        let project = project().file("prep.yaml", small(text)).file("resume.json", SHORT);
        let run = project.run(&["import", "resume.json", "--into", "prep.yaml"]).ended(3);
        assert!(run.stderr.contains("error[E0106]") && run.stderr.contains("starts with `- `"), "{}", run.stderr);
        assert_eq!(project.read("prep.yaml"), small(text).as_bytes());
    }
}

#[test]
fn every_value_of_the_resume_is_in_the_dossier_or_in_the_report() {
    let (changed, left) = with(&example(), &text_of(RESUME)).expect("added");
    let json: serde_json::Value = serde_json::from_str(&text_of(RESUME)).expect("JSON");
    let mut open = vec![&json];
    let mut count = 0;
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Array(items) => open.extend(items),
            serde_json::Value::Object(fields) => {
                open.extend(
                    fields.iter().filter(|(key, _)| *key != "$schema" && *key != "meta").map(|(_, value)| value),
                );
            }
            serde_json::Value::String(text) => {
                count += 1;
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
                let is_there = changed.contains(text.as_str()) || changed.contains(&escaped);
                assert!(is_there || left.iter().any(|left| left.text == *text), "{text}");
            }
            _ => {}
        }
    }
    assert!(count > 30);
    assert!(left.iter().any(|left| left.path == "basics.profiles[0].url"), "{left:?}");
    let named = example().replace("\njob:", "\ncandidate: {name: A. Lovelace}\njob:");
    let (changed, left) = with(&named, &text_of(RESUME)).expect("added");
    assert!(changed.contains("candidate: {name: A. Lovelace, \"location\": \"København, DK\"}"), "{changed}");
    assert!(left.iter().any(|left| left.path == "candidate.name" && left.text == "Ada Lovelace"), "{left:?}");
}

#[test]
fn any_dossier_gets_the_highlights_once_and_keeps_all_it_said() {
    let files = files_in("tests/dossiers/good", "yaml").into_iter().chain(files_in("input", "yaml"));
    let texts = files.map(|path| std::fs::read_to_string(path).expect("a dossier"));
    for text in texts.chain((0..60).map(|seed| sketch(seed).yaml())) {
        let (once, _) = with(&text, &text_of(RESUME)).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        let reading = dossier::read("x.yaml", once.as_bytes());
        assert!(reading.dossier.is_some(), "{:#?}\n{once}", reading.diagnostics);
        let mut lines = once.lines();
        let is_kept = |line: &str| line == "highlights: Only text." || lines.any(|new| new == line);
        assert!(text.lines().all(is_kept), "every line is there, in order:\n{once}");
        assert_eq!(with(&once, &text_of(RESUME)).expect("added").0, once);
    }
}

#[test]
fn the_change_is_shown_written_and_there_the_second_time() {
    let project =
        project().file("prep.yaml", format!("\u{feff}{}", small("closing: Bye\n"))).file("resume.json", SHORT);
    // As with `check --fix`: where nobody can answer, it is only shown.
    let run = project.run(&["import", "resume.json", "--into", "prep.yaml"]).ended(2);
    assert!(run.stderr.contains("      +   ACME – Engineer:\n") && run.stderr.contains("--yes"), "{}", run.stderr);
    assert!(!String::from_utf8_lossy(&project.read("prep.yaml")).contains("ACME – Engineer"));
    let run = project.run(&["import", "resume.json", "--into", "prep.yaml", "--yes"]).ended(0);
    assert!(run.stderr.contains("      +   ACME – Engineer:\n"), "{}", run.stderr);
    assert!(run.stderr.contains("2 values added from resume.json"), "{}", run.stderr);
    let once = project.read("prep.yaml");
    assert!(once.starts_with(b"\xef\xbb\xbfdossier"));
    let run = project.run(&["import", "resume.json", "--into", "prep.yaml"]).ended(0);
    assert!(run.stderr.contains("is there already"), "{}", run.stderr);
    assert_eq!(project.read("prep.yaml"), once);
    assert_eq!(project.list("."), ["prep.yaml", "resume.json"]);
    project.run(&["import", "resume.json", "--into", "prep.yaml", "-o", "x.yaml"]).ended(2);
    project.run(&["import", "resume.json", "--yes"]).ended(2);
    // What is added is counted, on lines of its own or not.
    let in_brackets = small("highlights: {ACME – Engineer: Two}\n");
    let project = project.file("prep.yaml", in_brackets);
    let run = project.run(&["import", "resume.json", "--into", "prep.yaml", "-y"]).ended(0);
    assert!(run.stderr.contains("1 value added from resume.json"), "{}", run.stderr);
    project.run(&["import", "nowhere.json", "--into", "prep.yaml"]).ended(4);
}

#[test]
fn without_a_dossier_a_new_one_is_made() {
    let project = project().file("ada.json", text_of(RESUME));
    let run = project.run(&["import", "ada.json"]).ended(3);
    assert!(run.stderr.contains("--company") && run.stderr.contains("--role"), "{}", run.stderr);
    let names = ["--company", "ACME", "--role", "Engineer", "--interview", "2026-12-15 14:00 Europe/Amsterdam"];
    let run = project.run(&[&["import", "ada.json", "--build", "--today", "2026-11-23"][..], &names].concat()).ended(0);
    assert!(run.stderr.contains("6 highlights") && run.stderr.contains("skills (4 values)"), "{}", run.stderr);
    assert_eq!(project.list("output"), ["ada.apkg", "ada.ics", "ada.pdf"]);
    insta::assert_snapshot!("resume", String::from_utf8(project.read("ada.yaml")).expect("UTF-8"));
}

#[test]
fn what_is_no_resume_is_refused_with_its_place() {
    for (json, says, place) in [
        ("", "this is not JSON", "1:1"),
        ("{\"work\": [\n  {\"name\": \"A\",}\n]}", "a comma too many before it", "2:16"),
        ("{\"a\" 1}", "a colon belongs between", "1:6"),
        ("{\"a\": [1", "it ends too early", "1:8"),
        ("# Prep: ACME – Engineer\n", "this is not JSON", "1:1"),
        ("[1, 2]", "this file is a list", "1:1"),
        ("{\"a\": 1}", "no JSON Resume", "1:1"),
        ("{\"dossier\": 1}", "a dossier already", "1:13"),
        ("{\"work\": {\"name\": \"A\"}}", "`work` is a list, `[ … ]`, and here it is an object", "1:10"),
        ("{\"basics\": {\"name\": [\"A\"]}}", "`basics.name` is a text", "1:21"),
        ("{\"work\": [{\"highlights\": \"one\"}]}", "`highlights` is a list", "1:26"),
    ] {
        let project = project().file("prep.yaml", small("closing: Bye\n")).file("resume.json", json);
        let run = project.run(&["import", "resume.json", "--into", "prep.yaml"]).ended(3);
        assert!(run.stderr.contains("error[E0404]") && run.stderr.contains(says), "{json}\n{}", run.stderr);
        assert!(run.stderr.contains(&format!("resume.json:{place}\n")), "{json}\n{}", run.stderr);
        assert_eq!(project.read("prep.yaml"), small("closing: Bye\n").as_bytes());
        project.run(&["import", "resume.json", "--company", "A", "--role", "B"]).ended(3);
    }
    let project = project().file("bad.yaml", "dossier: 1\n").file("resume.json", SHORT);
    let run = project.run(&["import", "resume.json", "--into", "bad.yaml"]).ended(3);
    assert!(run.stderr.contains("E0105") && run.stderr.contains("mend the dossier first"), "{}", run.stderr);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// The résumé with some stretches of it replaced by something else, and any dossier.
    #[test]
    fn any_resume_is_added_or_refused(
        edits in proptest::collection::vec((0usize..2600, 0usize..30, "[-a-z:#'\"\\[{},\\\\\\]}\\n *é0-9]{0,8}"), 0..4),
        seed in 0u64..40
    ) {
        let mut json = text_of(RESUME);
        for (at, length, new) in edits {
            let floor = |at: usize| (0..=at.min(json.len())).rev().find(|at| json.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (floor(at), floor(at + length));
            json.replace_range(start..end.max(start), &new);
        }
        let text = sketch(seed).yaml();
        if let Ok((changed, _)) = with(&text, &json) {
            prop_assert!(dossier::read("x.yaml", changed.as_bytes()).dossier.is_some());
            prop_assert_eq!(&mended("x.yaml", &changed).text, &changed);
        }
        let given = prep_dossier::draft::Given { company: Some("A".into()), role: Some("B".into()), ..Default::default() };
        match resume::import("resume.json", json.as_bytes(), &given) {
            Ok(_) => {}
            Err(Failure::Refused(_, problems) | Failure::Missing { diagnostics: problems, .. }) => prop_assert!(!problems.is_empty()),
            Err(Failure::Bug(message)) => prop_assert!(false, "{}", message),
        }
    }
}
