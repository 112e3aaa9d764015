//! Dates that people really have: interviews that are over, near, double or gone, and what is said of them.

use crate::plan::{at, dossier};
use crate::project::{Run, project};
use jiff::Timestamp;
use prep_dossier::dossier::Dossier;
use prep_dossier::plan::{Earlier, Kind, Plan, plan, promises};

/// A small dossier with these rounds and lines under `study`.
fn yaml(rounds: &[&str], study: &str) -> String {
    let round = |when: &&str| format!("  - {{date: {when}, time_zone: Europe/Berlin}}\n");
    let rounds: String = rounds.iter().map(round).collect();
    let interview = if rounds.is_empty() { String::new() } else { format!("interview:\n{rounds}") };
    format!(
        "dossier: 1\njob: {{company: Acme, role: Engineer}}\n{interview}study: {{time_zone: Europe/Berlin, {study}}}\n\
         questions:\n  Go: [What is a channel?, What is a slice?, What is a goroutine?]\n  SQL: [What is an index?]\n\
         concepts:\n  Ledger: [double entry, idempotency]\n"
    )
}

const EVENINGS: &str = r#"hours: {weekdays: "19:00-21:00"}"#;

/// Monday, nine in the morning in Berlin.
const MONDAY: &str = "2026-11-23T08:00:00Z";

fn planned(dossier: &Dossier, now: Timestamp, earlier: &Earlier) -> Plan {
    let plan = plan(dossier, now, &[], earlier).expect("an interview");
    assert_eq!(promises(&plan, dossier, now, &[]), []);
    plan
}

fn of(rounds: &[&str], study: &str, now: &str) -> Plan {
    planned(&dossier(&yaml(rounds, study)), at(now), &Earlier::default())
}

/// `dossier plan` as of an instant.
fn shown(text: &str, now: &str) -> Run {
    let project = project().file("prep.yaml", text);
    let epoch = at(now).as_second().to_string();
    project.run_with(&["plan", "prep.yaml"], b"", &[("SOURCE_DATE_EPOCH", &epoch)]).ended(0)
}

#[test]
fn nothing_is_owed_for_an_interview_that_is_over() {
    let over = of(&["2026-11-10 14:00"], EVENINGS, MONDAY);
    assert_eq!((over.sessions.len(), over.cut.len(), over.capacity.needed.0), (0, 0, 0));
    let run = shown(&yaml(&["2026-11-10 14:00"], EVENINGS), MONDAY);
    assert!(run.stderr.contains("the interview was 13 days ago"), "{}", run.stderr);
    assert!(!run.stderr.contains("W0003"), "nobody can give more hours to the past: {}", run.stderr);
    assert_eq!(run.text().lines().count(), 2, "company and date, and nothing that was cut: {}", run.text());
}

#[test]
fn what_was_studied_stays_when_the_interview_is_over() {
    let before = yaml(&["2026-12-01 14:00"], EVENINGS);
    let first = planned(&dossier(&before), at(MONDAY), &Earlier::default());
    let with_a_new_topic = dossier(&before.replace("  SQL:", "  Kafka: [What is a partition?]\n  SQL:"));
    let after = planned(&with_a_new_topic, at("2026-12-03T08:00:00Z"), &Earlier::from(&first));
    assert_eq!(after.sessions.len(), first.sessions.len());
    assert_eq!(after.cut, []);
}

#[test]
fn the_next_round_counts_when_the_first_is_over() {
    let rounds = ["2026-11-10 14:00", "2026-12-02 14:00"];
    let run = shown(&yaml(&rounds, EVENINGS), MONDAY);
    assert_eq!(run.stderr, "", "one of two rounds is over, which is no mistake");
    assert!(run.text().contains("2 December 2026") && run.text().contains("Week 1  23 Nov"), "{}", run.text());
    let check = project().file("prep.yaml", yaml(&rounds, EVENINGS));
    let check = check.run(&["check", "prep.yaml", "--today", "2026-12-02"]).ended(0);
    assert!(check.stderr.contains("the interview is today"), "{}", check.stderr);
}

#[test]
fn with_one_evening_the_last_look_closes_it() {
    for (rounds, now) in [("2026-11-24 14:00", MONDAY), ("2026-11-25 14:00", MONDAY)] {
        let plan = of(&[rounds], EVENINGS, now);
        let kinds: Vec<&Kind> = plan.sessions.iter().map(|session| &session.kind).collect();
        assert_eq!(kinds.last(), Some(&&Kind::LightReview), "{kinds:?}");
        let learned = kinds.iter().rposition(|kind| matches!(kind, Kind::Learn(_))).expect("something is learned");
        let asked = kinds.iter().position(|kind| **kind == Kind::Ask);
        assert!(asked.is_none_or(|asked| asked > learned), "{kinds:?}");
    }
}

#[test]
fn without_any_time_left_the_message_says_so() {
    let eight = shown(&yaml(&["2026-11-24 08:00"], EVENINGS), "2026-11-23T21:00:00Z");
    assert!(eight.stderr.contains("no study time is left before the interview"), "{}", eight.stderr);
    let in_two_hours = of(&["2026-11-23 11:00"], r#"hours: {weekdays: "08:00-21:00"}"#, MONDAY);
    let ends = in_two_hours
        .sessions
        .iter()
        .map(|session| i32::from(session.start.hour()) * 60 + i32::from(session.start.minute()));
    assert!(ends.max().is_some_and(|start| start < 9 * 60 + 30), "{:?}", in_two_hours.sessions);
}

#[test]
fn a_first_day_of_study_after_the_interview_is_told() {
    let run = shown(&yaml(&["2026-12-01 14:00"], &format!("{EVENINGS}, starts: 2026-12-05")), MONDAY);
    assert!(run.stderr.contains("study starts on 2026-12-05, and no interview comes after that"), "{}", run.stderr);
}

#[test]
fn rounds_may_overlap_and_stand_in_any_order() {
    let rounds = ["2026-12-05 14:00", "2026-12-01 14:00, duration: 90 min", "2026-12-01 15:00", "2026-12-01"];
    let plan = of(&rounds, EVENINGS, MONDAY);
    assert!(plan.sessions.iter().any(|session| session.kind == Kind::LightReview && session.ordinal == 2));
}

#[test]
fn what_is_missing_is_the_same_on_the_screen_and_in_the_message() {
    let text = yaml(&["2026-11-26 14:00"], r#"hours: {weekdays: "19:00-19:34"}, max_per_day: 30 min"#);
    let run = shown(&text, MONDAY);
    let figure = |text: &str, after: &str| {
        let rest = text.split_once(after).map(|(_, rest)| rest.trim_start()).unwrap_or_default();
        rest.split([':', '█', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '\n']).next().unwrap_or_default().trim().to_owned()
    };
    let (told, drawn) = (figure(&run.stderr, "the plan lacks "), figure(&run.text(), "Missing"));
    assert!(!told.is_empty() && told == drawn, "{told} / {drawn}\n{}{}", run.stderr, run.text());
}

#[test]
fn messages_are_english_whatever_the_dossier_speaks() {
    let text = yaml(&["2026-12-08 14:00"], EVENINGS).replace("job:", "language: da\njob:");
    let project = project().file("prep.yaml", text);
    let run = project.run(&["prep.yaml", "--only", "calendar", "--today", "2026-11-23"]).ended(0);
    assert!(run.stderr.contains(" h planned of ") || run.stderr.contains(" min planned of "), "{}", run.stderr);
    assert!(!run.stderr.contains("min."), "{}", run.stderr);
    assert!(run.stderr.contains("sessions, 1 round ("), "{}", run.stderr);
}

#[test]
fn an_interview_that_is_taken_out_is_called_off() {
    let project = project().file("prep.yaml", yaml(&["2026-12-08 14:00"], EVENINGS));
    project.run(&["prep.yaml", "--only", "calendar", "--today", "2026-11-23"]).ended(0);
    let before = String::from_utf8(project.read("output/prep.ics")).expect("UTF-8");
    let project = project.file("prep.yaml", yaml(&[], EVENINGS));
    let build = |day: &str| project.run(&["prep.yaml", "--only", "calendar", "--today", day]).ended(0);
    let run = build("2026-11-25");
    let events = |text: &str, line: &str| text.lines().filter(|found| *found == line).count();
    let after = String::from_utf8(project.read("output/prep.ics")).expect("UTF-8");
    let (kept, gone) = (events(&after, "STATUS:CONFIRMED"), events(&after, "STATUS:CANCELLED"));
    assert!(kept > 0 && gone > kept, "what was studied stays, the rest is called off: {}", run.stderr);
    assert_eq!(kept + gone, events(&before, "BEGIN:VEVENT"));
    assert!(!after.contains("TZID"), "a zone that nobody describes");
    assert!(run.stderr.contains(&format!("({gone} cancelled)")), "{}", run.stderr);
    build("2026-11-26");
    assert_eq!(project.read("output/prep.ics"), after.as_bytes(), "called off once");
    let project = project.file("prep.yaml", yaml(&["2026-12-15 14:00"], EVENINGS));
    project.run(&["prep.yaml", "--only", "calendar", "--today", "2026-11-27"]).ended(0);
    let again = String::from_utf8(project.read("output/prep.ics")).expect("UTF-8");
    let marks = |text: &str, mark: &str| text.contains(&format!("X-DOSSIER-SESSION:{mark}\r\n"));
    assert!(marks(&again, "learn go 1") && marks(&again, "round  1"), "what was learned is remembered");
}
