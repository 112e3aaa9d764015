//! The study calendar, seen with our own eyes; others' are in `tests/clients`.

use crate::plan::{at, example};
use prep_dossier::dossier::Dossier;
use prep_dossier::export::calendar::{Calendar, Options, calendar, read};
use prep_dossier::plan::{Earlier, Session, plan};
use prep_dossier::theme::{Templates, Theme};

fn theme() -> Theme {
    Theme::load(Templates::default(), "en").expect("sound templates").0
}

fn exported(dossier: &Dossier, now: &str, previous: Option<&Calendar>) -> Calendar {
    let previous = previous.map(|calendar| calendar.bytes.as_slice());
    let earlier = previous.map(read::earlier).unwrap_or_default();
    let plan = plan(dossier, at(now), &[], &earlier).expect("an interview");
    calendar(dossier, &plan, &theme(), &Options { previous, ..Options::at(at(now)) }).expect("known zones")
}

#[test]
fn building_again_later_changes_nothing() {
    let first = exported(&example(), "2026-11-23T08:00:00Z", None);
    let second = exported(&example(), "2026-11-26T08:00:00Z", Some(&first));
    assert_eq!(String::from_utf8_lossy(&first.bytes), String::from_utf8_lossy(&second.bytes));
}

#[test]
fn how_many_threads_write_does_not_show() {
    let now = at("2026-11-23T08:00:00Z");
    let (dossier, theme) = (example(), theme());
    let mut plan = plan(&dossier, now, &[], &Earlier::default()).expect("an interview");
    let sessions = plan.sessions.clone();
    let later = |round: u32| {
        let moved = move |session: Session| Session { ordinal: session.ordinal + 100 * round, ..session };
        sessions.iter().cloned().map(moved)
    };
    plan.sessions = (0..40).flat_map(later).collect();
    let written = |threads| {
        let options = Options { threads, ..Options::at(now) };
        calendar(&dossier, &plan, &theme, &options).expect("known zones").bytes
    };
    let alone = written(1);
    assert!(plan.sessions.len() > 1500 && alone == written(3));
}

#[test]
fn what_is_read_back_is_what_was_planned() {
    let now = at("2026-11-23T08:00:00Z");
    let plan = plan(&example(), now, &[], &Earlier::default()).expect("an interview");
    let calendar = exported(&example(), "2026-11-23T08:00:00Z", None);
    assert_eq!(read::earlier(&calendar.bytes), Earlier::from(&plan));
}

/// The lines of a file, folds undone.
fn lines(calendar: &Calendar) -> Vec<String> {
    let text = String::from_utf8(calendar.bytes.clone()).expect("UTF-8");
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn count(calendar: &Calendar, line: &str) -> usize {
    lines(calendar).iter().filter(|found| *found == line).count()
}

fn sequences(calendar: &Calendar) -> Vec<u32> {
    lines(calendar).iter().filter_map(|line| line.strip_prefix("SEQUENCE:")?.parse().ok()).collect()
}

#[test]
fn what_vanished_is_cancelled_once() {
    let first = exported(&example(), "2026-11-23T08:00:00Z", None);
    let smaller = crate::plan::dossier(
        &include_str!("../../input/fintech-innovators.yaml")
            .replace("  GitOps: [Argo CD/Flux workflows, pull-request–driven infrastructure changes]\n", ""),
    );
    let second = exported(&smaller, "2026-11-24T08:00:00Z", Some(&first));
    let gone = count(&second, "STATUS:CANCELLED");
    assert!(gone > 0 && gone == second.report.cancelled, "{:?}", second.report);
    assert_eq!((second.report.new, second.report.moved), (0, 0));
    let third = exported(&smaller, "2026-11-25T08:00:00Z", Some(&second));
    assert_eq!(count(&third, "STATUS:CANCELLED"), 0);
    assert_eq!(third.report.cancelled, 0);
}

#[test]
fn a_version_rises_for_what_changed_and_for_all_when_the_earlier_file_is_lost() {
    let first = exported(&example(), "2026-11-23T08:00:00Z", None);
    let text = include_str!("../../input/fintech-innovators.yaml").replace("reminder: 15 min", "reminder: 20 min");
    let second = exported(&crate::plan::dossier(&text), "2026-11-23T08:00:00Z", Some(&first));
    let rounds = second.report.rounds;
    let risen = sequences(&first).iter().zip(&sequences(&second)).filter(|(before, after)| after > before).count();
    assert_eq!(risen, second.report.sessions, "the sessions ring at another time, the {rounds} round does not");
    let lost = exported(&example(), "2026-11-24T08:00:00Z", None);
    assert!(sequences(&lost).iter().min() > sequences(&first).iter().max());
}

#[test]
fn a_zone_that_has_left_the_file_is_not_named_by_what_is_called_off() {
    let text = include_str!("../../input/fintech-innovators.yaml");
    let first = exported(&crate::plan::dossier(text), "2026-11-23T08:00:00Z", None);
    let moved = text
        .replace("  GitOps: [Argo CD/Flux workflows, pull-request–driven infrastructure changes]\n", "")
        .replace("Europe/Copenhagen", "Asia/Tokyo")
        .replace("Europe/Amsterdam", "Asia/Tokyo");
    let second = exported(&crate::plan::dossier(&moved), "2026-11-24T08:00:00Z", Some(&first));
    assert!(second.report.cancelled > 0, "{:?}", second.report);
    let zones: Vec<String> = lines(&second).into_iter().filter(|line| line.contains("TZID")).collect();
    assert!(zones.iter().all(|line| line.contains("Asia/Tokyo")), "{zones:#?}");
}

#[test]
fn sessions_send_to_sections_that_the_briefing_has() {
    let dossier = crate::plan::dossier(
        "dossier: 1\njob: {company: Acme, role: Engineer}\ninterview: {date: 2026-12-15 14:00, time_zone: UTC}\n\
         stories: {Outage: {situation: It was down.}}\n",
    );
    let calendar = exported(&dossier, "2026-11-23T08:00:00Z", None);
    let all = lines(&calendar).join("\n");
    let sections: std::collections::BTreeSet<&str> =
        all.split("In the briefing: ").skip(1).filter_map(|rest| rest.split("\\n").next()).collect();
    assert_eq!(sections.into_iter().collect::<Vec<_>>(), ["Stories to tell"]);
}

#[test]
fn a_long_title_is_cut_for_the_phone_and_said_whole_in_the_description() {
    let name = "Consensus, leader election and what happens to both of them when the network falls apart";
    let dossier = crate::plan::dossier(&format!(
        "dossier: 1\njob: {{company: Acme, role: Engineer}}\ninterview: {{date: 2026-12-15 14:00, time_zone: UTC}}\n\
         questions: {{\"{name}\": [Why?]}}\n",
    ));
    let all = lines(&exported(&dossier, "2026-11-23T08:00:00Z", None));
    let titles: Vec<String> =
        all.iter().filter_map(|line| line.strip_prefix("SUMMARY:")).map(|title| title.replace('\\', "")).collect();
    assert!(titles.iter().all(|title| title.chars().count() <= 61), "{titles:?}");
    let whole = format!("DESCRIPTION:Learn: {}\\n\\n", name.replace(',', "\\,"));
    assert!(all.iter().any(|line| line.starts_with(&whole)), "{all:#?}");
}

#[test]
fn a_round_without_a_time_takes_its_whole_day() {
    let text = include_str!("../../input/fintech-innovators.yaml").replace("2026-12-15 14:00", "2026-12-15");
    let calendar = exported(&crate::plan::dossier(&text), "2026-11-23T08:00:00Z", None);
    assert_eq!(count(&calendar, "DTSTART;VALUE=DATE:20261215"), 1);
    assert_eq!(count(&calendar, "DTEND;VALUE=DATE:20261216"), 1, "the end is the day after (RFC 5545, 3.6.1)");
}

/// Texts that would break lines, end components or tear characters if they were let out as they are.
const HOSTILE: &str = r"A\\, b; c\\nd END:VEVENT 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀 é́́́́́́́́ \u2028 BEGIN:VALARM";

#[test]
fn hostile_words_stay_words() {
    let text = format!(
        "dossier: 1\njob: {{company: \"{HOSTILE}\", role: \"{HOSTILE}\"}}\ninterview: {{date: 2026-12-15 14:00, time_zone: Africa/Casablanca, name: \"{HOSTILE}\", location: \"{HOSTILE}\", link: \"https://x.example/ü?a={{b}}\", with: \"{HOSTILE}\", notes: \"{HOSTILE}\"}}\nquestions:\n  \"{HOSTILE}\": [\"{HOSTILE}?\"]\n"
    );
    let calendar = exported(&crate::plan::dossier(&text), "2026-11-23T08:00:00Z", None);
    let text = String::from_utf8(calendar.bytes.clone()).expect("UTF-8, no character torn");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
    let events = calendar.report.sessions + calendar.report.rounds;
    assert_eq!((count(&calendar, "BEGIN:VEVENT"), count(&calendar, "END:VEVENT")), (events, events));
    assert!(!text.contains("METHOD"));
}

#[test]
fn random_calendars_are_read_back_as_they_were_planned() {
    for seed in 0..300 {
        let sketch = crate::random::sketch(seed);
        let dossier = crate::plan::dossier(&sketch.yaml());
        let plan = plan(&dossier, sketch.now, &sketch.busy, &Earlier::default()).expect("an interview");
        let options = Options::at(sketch.now);
        let calendar = calendar(&dossier, &plan, &theme(), &options).expect("known zones");
        assert_eq!(read::earlier(&calendar.bytes), Earlier::from(&plan), "seed {seed}");
        let window = (sketch.now, at("2030-01-01T00:00:00Z"));
        let (busy, ignored) = read::busy(&calendar.bytes, window, &jiff::tz::TimeZone::UTC);
        assert_eq!((busy, ignored), (Vec::new(), Vec::new()), "our own events take no time");
    }
}

#[test]
fn a_busy_calendar_is_expanded_and_its_limits_are_told() {
    let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Choir\r\nDTSTART;TZID=Europe/Copenhagen:20261001T190000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;BYDAY=TH\r\nEXDATE;TZID=Europe/Copenhagen:20261203T190000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Bells\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T101000Z\r\nRRULE:FREQ=HOURLY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:c\r\nTRANSP:TRANSPARENT\r\nDTSTART:20261125T100000Z\r\nDTEND:20261125T110000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let window = (at("2026-11-23T00:00:00Z"), at("2026-12-15T00:00:00Z"));
    let (busy, ignored) = read::busy(file.as_bytes(), window, &jiff::tz::TimeZone::UTC);
    let starts: Vec<String> = busy.iter().map(|busy| busy.start.to_string()).collect();
    assert_eq!(starts, ["2026-11-24T10:00:00Z", "2026-11-26T18:00:00Z", "2026-12-10T18:00:00Z"]);
    assert_eq!(ignored.len(), 1, "{ignored:?}");
    assert_eq!(ignored.first().map(|ignored| ignored.why.clone()), Some(read::Why::Rule("FREQ=HOURLY".to_owned())));
}

/// A plan of nearly two years, so that every change of the clock of its zone is met.
fn long_in(zone: &str) -> Calendar {
    let topics: String = (0..12).map(|topic| format!("  Topic {topic}: [Why?]\n")).collect();
    let dossier = crate::plan::dossier(&format!(
        "dossier: 1\njob: {{company: Acme, role: Engineer}}\ninterview: {{date: 2027-12-15 14:00, time_zone: {zone}}}\n\
         study: {{starts: 2026-11-23, mock_interviews: 2}}\nquestions:\n{topics}"
    ));
    exported(&dossier, "2026-11-23T08:00:00Z", None)
}

#[test]
fn the_rules_in_the_file_give_the_instants_of_every_zone() {
    let mut named = 0;
    for zone in jiff::tz::db().available() {
        let zone = zone.as_str();
        let calendar = long_in(zone);
        let text = String::from_utf8(calendar.bytes.clone()).expect("UTF-8").replace("\r\n ", "");
        // Under a name that nobody knows the rules of the file are all there is to go by.
        let own = text.replace(&format!("TZID={zone}:"), "TZID=Own:").replace(&format!("TZID:{zone}\r"), "TZID:Own\r");
        named += usize::from(own != text);
        assert!(read::earlier(own.as_bytes()) == read::earlier(&calendar.bytes), "{zone}: {text}");
    }
    assert!(named > 400, "{named} zones are told by rules");
}

#[test]
fn a_zone_without_a_lasting_rule_is_written_in_utc() {
    let is_local = |zone: &str| count(&long_in(zone), &format!("TZID:{zone}")) == 1;
    for zone in ["Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Antarctica/Troll", "Europe/Amsterdam"] {
        assert!(is_local(zone), "{zone} is told by an offset or a yearly pair");
    }
    // Ramadan moves; Chile's Sunday is no fixed one of its month; Paraguay gave summer time up in 2024.
    for zone in ["Africa/Casablanca", "America/Santiago", "America/Asuncion"] {
        assert!(!is_local(zone), "{zone} is told by no such pair, or was not a short time ago");
    }
}
