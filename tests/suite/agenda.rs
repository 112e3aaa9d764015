//! The plan as a screen: how it looks, how wide it is, that nothing in it can drive the terminal.

use crate::project::{example, project};
use jiff::Timestamp;
use prep_dossier::dossier;
use prep_dossier::export::agenda::{Screen, agenda};
use prep_dossier::plan::{self, Earlier};
use prep_dossier::theme::{Templates, Theme};
use unicode_width::UnicodeWidthStr;

const LONG: &str = r#"
dossier: 1
job: {company: "株式会社\u001b[31mサンプル", role: 上級エンジニア}
interview: [{date: 2026-12-03 14:00, time_zone: Asia/Tokyo, name: "First\u202E round"}]
study: {hours: {weekdays: "19:00-20:00"}, max_per_day: 45 min}
questions:
  分散システムと並行処理の基礎について深く考えるための長い長いトピック名その一: [何ですか, なぜですか]
  Go: [What is a channel?, What is a slice?]
  A very long name of a topic that goes on and on about consensus, leader election and failures in practice: [c, d, e, f, g, h, i, j, k, l, m, n, o, p]
  데이터베이스 트랜잭션: [무엇, 왜]
  👩‍💻 pairing: [Who drives?]
"#;

fn screen(yaml: &str, language: &str, width: usize, color: bool) -> String {
    let yaml = yaml.replacen("job:", &format!("language: {language}\njob:"), 1);
    let reading = dossier::read("prep.yaml", yaml.as_bytes());
    let dossier = reading.dossier.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics));
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let plan = plan::plan(&dossier, now, &[], &Earlier::default()).expect("an interview");
    let (theme, _) = Theme::load(Templates::default(), language).expect("labels");
    agenda(&dossier, &plan, &theme.labels, now, Screen { width, color })
}

#[test]
fn the_screen_of_the_example() {
    insta::assert_snapshot!(screen(&example(), "en", 80, false));
}

#[test]
fn the_screen_tells_what_is_left_out_in_any_script() {
    insta::assert_snapshot!(screen(LONG, "ja", 80, false));
}

/// Hours enough, but a topic that takes more sessions than there are days.
const UNEVEN: &str = r#"
dossier: 1
job: {company: Acme, role: Engineer}
interview: [{date: 2026-12-03 14:00, time_zone: Europe/Berlin}, {date: 2027-01-20 14:00, time_zone: Europe/Berlin}]
study: {hours: {everyday: "17:00-21:00"}, max_per_day: 240 min, topics: {Go: {estimate: 12 h}}}
questions: {Go: [What is a channel?, What is a slice?]}
"#;

#[test]
fn the_screen_tells_why_time_is_missing_where_there_is_more_of_it() {
    insta::assert_snapshot!(screen(UNEVEN, "en", 80, false));
    assert!(!screen(LONG, "en", 80, false).contains("cannot be used"), "more hours would help there");
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for language in ["en", "de", "ja"] {
        for width in [20, 40, 80, 120] {
            for yaml in [LONG, UNEVEN, &example()] {
                let text = screen(yaml, language, width, false);
                let wide: Vec<&str> = text.lines().filter(|line| line.width() > width).collect();
                assert!(wide.is_empty(), "{language} {width}: {wide:#?}");
            }
        }
    }
}

#[test]
fn colours_are_all_that_colour_adds() {
    let (plain, colored) = (screen(LONG, "en", 80, false), screen(LONG, "en", 80, true));
    assert!(!plain.contains(char::is_control) || plain.chars().all(|c| !c.is_control() || c == '\n'));
    assert!(!plain.contains('\u{202e}'), "a name turned the line around");
    let mut pieces = colored.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    let stripped = pieces.fold(first, |text, piece| text + piece.split_once('m').expect("the end of a code").1);
    assert_eq!(stripped, plain);
}

#[test]
fn standard_output_decides_about_colour() {
    let project = project().file("prep.yaml", example());
    let colored = |args: &[&str], environment: &[(&str, &str)]| {
        let args = [&["plan", "prep.yaml", "--today", "2026-11-23"][..], args].concat();
        project.run_with(&args, b"", environment).ended(0).text().contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "a pipe is no terminal");
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

/// The learner in Auckland, a day ahead of Honolulu.
const FAR_APART: &str = r#"
dossier: 1
title: My way to Acme
job: {company: Acme, role: Engineer}
interview:
  - {name: Onsite, date: 2026-12-10 10:00, time_zone: Pacific/Honolulu}
  - {name: Screen, date: 2026-12-02 14:00, time_zone: Pacific/Honolulu}
  - {name: Panel, date: 2026-12-03 09:00, time_zone: Pacific/Auckland}
  - {name: Call, date: 2026-12-01, time_zone: Pacific/Honolulu}
study: {time_zone: Pacific/Auckland, hours: {everyday: "17:00-18:00"}}
questions: {Go: [What is a channel?]}
"#;

#[test]
fn the_next_round_is_the_same_everywhere() {
    let dossier = dossier::read("prep.yaml", FAR_APART.as_bytes()).dossier.expect("a dossier");
    let (theme, _) = Theme::load(Templates::default(), "en").expect("labels");
    let shown = |now: &str| {
        let now: Timestamp = now.parse().expect("a time");
        let plan = plan::plan(&dossier, now, &[], &Earlier::default()).expect("interviews");
        let text = agenda(&dossier, &plan, &theme.labels, now, Screen { width: 100, color: false });
        let lines: Vec<String> = text.lines().take(2).map(str::to_owned).collect();
        assert_eq!(lines[0], "My way to Acme");
        (dossier.next_round(now).and_then(|round| round.name.clone()).expect("a round"), lines[1].clone())
    };
    let next = |now: &str, name: &str, date: &str, left: &str| {
        let (next, line) = shown(now);
        assert_eq!(next, name, "{now}");
        assert!(line.starts_with(date) && line.ends_with(left), "{now}: {line}");
    };
    // The second of December in Auckland, and still the first where the call is.
    next("2026-12-02T08:00:00Z", "Call", "Tuesday 1 December 2026", "today");
    // The panel is a day later by its date and four hours earlier.
    next("2026-12-02T12:00:00Z", "Panel", "Thursday 3 December 2026, 09:00", "today");
    next("2026-12-03T11:30:00Z", "Onsite", "Thursday 10 December 2026, 10:00", "7 days");
    next("2026-12-20T08:00:00Z", "Onsite", "Thursday 10 December 2026, 10:00", "UTC−10)");
}
