//! Dates and times as people write them, in the languages of the program.

use crate::project::{project, text_of};
use prep_dossier::dossier::{days, meant_minutes, named_zone, times};
use proptest::prelude::*;

/// What a text is about: `2026-12-15 14:00-15:00`; several days as `2026-12-15|2026-12-16`.
fn read(text: &str) -> String {
    let days: Vec<String> = days(text).iter().map(ToString::to_string).collect();
    let hours = times(text).map(|times| {
        let to = times.to.map_or(String::new(), |to| to.strftime("-%H:%M").to_string());
        format!(" {}{to}", times.from.strftime("%H:%M"))
    });
    days.join("|") + &hours.unwrap_or_default()
}

fn all_read(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn a_day_and_its_hours_are_read_as_they_are_meant() {
    let cases = [
        ("December 15, 2026 at 2:30 p.m. ET", "2026-12-15 14:30"),
        ("December 15, 2026, 2–3 PM ET", "2026-12-15 14:00-15:00"),
        ("December 15, 2026, 2:00–3:30 pm ET", "2026-12-15 14:00-15:30"),
        ("December 15, 2026, 11:00-1:00 pm ET", "2026-12-15 11:00-13:00"),
        ("15 December 2026, 12:30–1:30 pm", "2026-12-15 12:30-13:30"),
        ("15 December 2026, 10-11 am CET", "2026-12-15 10:00-11:00"),
        ("15 December 2026, 2.30pm", "2026-12-15 14:30"),
        ("15 December 2026, 12 noon", "2026-12-15 12:00"),
        ("15 December 2026, 12am", "2026-12-15 00:00"),
        ("Tuesday 10–11 am, December 15 2026", "2026-12-15 10:00-11:00"),
        ("2026-12-15 9am to 10:30am", "2026-12-15 09:00-10:30"),
        ("2026-12-15T14:30", "2026-12-15 14:30"),
        ("15.12.2026, 14.00 Uhr", "2026-12-15 14:00"),
        ("15.12.2026, 10–11 Uhr MEZ", "2026-12-15 10:00-11:00"),
        ("15.12.2026, 10.30–11.30 Uhr", "2026-12-15 10:30-11:30"),
        ("15.12.2026, 10 Uhr 30", "2026-12-15 10:30"),
        ("15. Dezember 2026, 10:00 Uhr – 11:30 Uhr", "2026-12-15 10:00-11:30"),
        ("15.12.2026 von 14 bis 15 Uhr", "2026-12-15 14:00-15:00"),
        ("14 Uhr 15.12.2026", "2026-12-15 14:00"),
        ("15 December 2026, 2:30:00 PM", "2026-12-15 14:30"),
        ("15.12.2026 3 Uhr nachmittags", "2026-12-15 15:00"),
        ("15 December 2026, 2:30 in the afternoon", "2026-12-15 14:30"),
        ("15 December 2026, 2–3:30 in the afternoon", "2026-12-15 14:00-15:30"),
        ("15 December 2026, 11:30–12:30, late in the afternoon", "2026-12-15 11:30-12:30"),
        ("15 de diciembre de 2026, 3:30 de la tarde", "2026-12-15 15:30"),
        ("3 fevrier 2027 14h", "2027-02-03 14:00"),
        ("15.12. 14 Uhr", " 14:00"),
        ("15.12. 14.30 Uhr", " 14:30"),
        ("15. december 2026 kl. 14.30", "2026-12-15 14:30"),
        ("15. december 2026, kl. 10-11", "2026-12-15 10:00-11:00"),
        ("mardi 15 décembre 2026 de 14h à 15h30", "2026-12-15 14:00-15:30"),
        ("15 décembre 2026, 14h30-15h30", "2026-12-15 14:30-15:30"),
        ("15 december 2026 van 14.00 tot 15.00 uur", "2026-12-15 14:00-15:00"),
        ("15 de diciembre de 2026, 2:30 p. m.", "2026-12-15 14:30"),
        ("15 de diciembre de 2026, de 10 a 11 h", "2026-12-15 10:00-11:00"),
        ("15 de dezembro de 2026, das 10h às 11h30", "2026-12-15 10:00-11:30"),
        ("2026年12月15日 午後2時30分", "2026-12-15 14:30"),
        ("2026年12月15日午後2時〜3時", "2026-12-15 14:00-15:00"),
        ("2026年12月15日(火)14時から15時", "2026-12-15 14:00-15:00"),
        ("2026년 12월 15일 오후 2시 30분", "2026-12-15 14:30"),
        ("2026년 12월 15일 오후 2시부터 3시까지", "2026-12-15 14:00-15:00"),
    ];
    all_read(&cases);
}

#[test]
fn what_only_looks_like_a_time_or_a_day_is_none() {
    let cases = [
        ("15 December 2026, Room 3 - 14:30", "2026-12-15 14:30"),
        ("15 December 2026, 10 - 12 participants", "2026-12-15"),
        ("15 December 2026 - 2 pm", "2026-12-15 14:00"),
        ("December 15 - 2 pm, 2026", "2026-12-15 14:00"),
        ("2026-12-15 - 16 Uhr", "2026-12-15 16:00"),
        ("2026-12-15, 2時間", "2026-12-15"),
        ("15 décembre 2026, après-midi", "2026-12-15"),
        ("15 December 2026, 0:30 pm", "2026-12-15"),
        ("12.15.2026", ""),
        ("tomorrow at 25:00", ""),
        ("15 décembre 2026, durée 1h, à 14h", "2026-12-15 14:00"),
        ("15 December 2026, 1h at 14:00", "2026-12-15 14:00"),
        ("15.12.2026 10 Uhr 12. Stock", "2026-12-15 10:00"),
        ("15.12.2026 10 Uhr 45 Minuten", "2026-12-15 10:00"),
        ("15.12.2026 halb 3 Uhr", "2026-12-15"),
        ("15 December 2026, quarter to 3 pm", "2026-12-15"),
        ("2026年12月15日 午後2時半", "2026-12-15"),
    ];
    all_read(&cases);
}

#[test]
fn what_can_be_meant_in_two_ways_is_not_decided() {
    for text in ["15–16 December 2026, 10:00", "December 15-16, 2026 10:00"] {
        assert_eq!(read(text), "2026-12-15|2026-12-16 10:00", "{text}");
    }
    for text in [
        "15 and 16 December 2026",
        "December 15 or 16, 2026",
        "15. oder 16. Dezember 2026",
        "15/16 December 2026",
        "15.-16.12.2026",
        "15./16.12.2026",
        "15.12.2026 or 16.12.2026",
        "15 December 2026, moved from 16.12.2026",
    ] {
        assert_eq!(read(text), "2026-12-15|2026-12-16", "{text}");
    }
    assert_eq!(read("Round 2 December 15, 2026"), "2026-12-02|2026-12-15");
    assert_eq!(read("3/4/2027"), "2027-03-04|2027-04-03");
}

#[test]
fn a_time_zone_is_known_by_what_people_call_it() {
    let cases = [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("14:00 (Amsterdam time)", "Europe/Amsterdam"),
        ("14:00 Eastern Time", "America/New_York"),
        ("14:00 Eastern European Time", "Europe/Helsinki"),
        ("14:00 CET (UTC+1)", "Europe/Brussels"),
        ("14:00 New York time", "America/New_York"),
        ("14:00 São Paulo", "America/Sao_Paulo"),
        ("14:00 Uhr, München", "Europe/Berlin"),
        ("14:00, Mountain View", "America/Los_Angeles"),
        ("14:00 CET, Amsterdam", "Europe/Amsterdam"),
        ("Jersey City, New Jersey", "America/New_York"),
        ("14:00 UTC", "UTC"),
    ];
    for (text, expected) in cases {
        assert_eq!(named_zone(text).map(|named| named.zone).as_deref(), Some(expected), "{text}");
    }
    // A distance is no place, `Etc/GMT+1` would be the other way round; and a hall is no town in North Dakota.
    for text in
        ["14:00 GMT+1", "14:00 GMT +1", "14:00 UTC−5", "14:00+01:00", "14:00, Conference Center", "before Christmas"]
    {
        assert_eq!(named_zone(text), None, "{text}");
    }
}

#[test]
fn a_length_of_time_is_read_as_it_is_meant() {
    let cases = [
        ("1h30", 90),
        ("1h 30m", 90),
        ("ca. 60 Minuten", 60),
        ("1.5 hours", 90),
        ("1,5 Stunden", 90),
        ("1 Std. 30 Min.", 90),
        ("1 hour and 15 minutes", 75),
        ("1시간 30분", 90),
        ("eine Stunde", 60),
        ("half an hour", 30),
        ("1 hora y media", 90),
        ("60-minute", 60),
    ];
    for (text, expected) in cases {
        assert_eq!(meant_minutes(text), Some(expected), "{text}");
    }
    for text in
        ["", "45–60 minutes", "45 min + questions", "2x45 min", "soon", "1.25.3 h", "99999999999 h", "4000000 days"]
    {
        assert_eq!(meant_minutes(text), None, "{text}");
    }
    let said = check("date: 2026-12-15 14:00, duration: 1.5 hours", "session: eine halbe Stunde");
    assert!(said.contains("write `90 min`") && said.contains("write `30 min`") && said.contains("mends"), "{said}");
}

#[test]
fn every_place_has_a_zone_that_exists() {
    let places = text_of("src/dossier/zone.rs");
    let zones: Vec<&str> = places.split('"').filter(|text| text.contains('/') && !text.contains(' ')).collect();
    assert!(zones.len() > 50, "{zones:?}");
    for zone in zones {
        assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
    }
}

#[test]
fn a_zone_in_other_words_is_mended_where_only_one_can_be_meant() {
    let said = |zone: &str| {
        let text = format!(
            "dossier: 1\njob: {{company: Acme, role: Engineer}}\n\
             interview: {{date: 2026-12-15 14:00, time_zone: \"{zone}\"}}\nquestions: {{Go: [How?]}}\n"
        );
        project().file("prep.yaml", text).run(&["check", "prep.yaml"]).stderr
    };
    for (zone, name) in
        [("München", "Europe/Berlin"), ("Europe/Zürich", "Europe/Zurich"), ("new york", "America/New_York")]
    {
        let said = said(zone);
        assert!(said.contains(&format!("did you mean `{name}`?")) && said.contains("mends"), "{said}");
    }
    for (zone, name) in
        [("London, Ontario", "Europe/London"), ("mez", "Europe/Berlin"), ("Amsterdamm", "Europe/Amsterdam")]
    {
        let said = said(zone);
        assert!(said.contains(&format!("did you mean `{name}`?")) && !said.contains("mends"), "{said}");
    }
    for zone in ["GMT+1", "UTC-05:00", "+01:00"] {
        assert!(said(zone).contains("a distance from UTC is not enough"), "{}", said(zone));
    }
    assert!(!said("IST").contains("did you mean"), "three regions use it: {}", said("IST"));
}

fn check(interview: &str, study: &str) -> String {
    let text = format!(
        "dossier: 1\njob: {{company: Acme, role: Engineer}}\ninterview: {{{interview}, time_zone: Europe/Oslo}}\n\
         study: {{{study}}}\nquestions: {{Go: [{{question: How?, answer: So.}}]}}\n"
    );
    project().file("prep.yaml", text).run(&["check", "prep.yaml", "--today", "2026-11-23"]).stderr
}

#[test]
fn a_half_of_the_day_that_stands_once_holds_for_both_hours() {
    for (hours, written) in [
        ("6-8 pm", "18:00-20:00"),
        ("6:30pm to 8pm", "18:30-20:00"),
        ("9 to noon", "09:00-12:00"),
        ("11-1 pm", "11:00-13:00"),
        ("18.30-20 Uhr", "18:30-20:00"),
        ("오후 6시~8시", "18:00-20:00"),
    ] {
        let said = check("date: 2026-12-15 14:00", &format!("hours: {{weekdays: {hours}}}"));
        assert!(said.contains(&format!("help: write `{written}`\n")), "{hours}\n{said}");
    }
}

#[test]
fn of_two_times_under_the_date_the_second_is_not_lost() {
    for date in ["2026-12-15 14:00-15:30", "15 Dec 2026, 2-3:30 pm"] {
        let said = check(&format!("date: \"{date}\""), "session: 45 min");
        let help = "help: write `2026-12-15 14:00`, and on a line of its own below it `duration: 90 min`";
        assert!(said.contains(help), "{date}\n{said}");
        assert!(!said.contains("mends this"), "a mend would lose the second time\n{said}");
    }
}

#[test]
fn what_else_a_date_says_is_not_mended_away() {
    for date in ["15 December 2026 14:00 New York", "not 15.12.2026", "15.12.2026 14:00?"] {
        let said = check(&format!("date: \"{date}\""), "session: 45 min");
        assert!(said.contains("help: write `2026-12-15") && !said.contains("mends"), "{said}");
    }
    let said = check("date: \"Di, 15. Dezember 2026, 14 Uhr\"", "session: 45 min");
    assert!(said.contains("mends this"), "{said}");
    let said = check("date: 2026-12-15 14:00", "days_off: [1 December 2026 from 2 pm]");
    assert!(!said.contains("14:00`"), "a day off has no time\n{said}");
}

#[test]
fn an_interview_in_the_night_is_doubted() {
    let said = check("date: 2026-12-15 02:30", "session: 45 min");
    assert!(said.contains("advice[A0004]") && said.contains("write `14:30` if"), "{said}");
    let said = check("date: 2026-11-20 02:30", "session: 45 min");
    assert!(!said.contains("A0004"), "it is over\n{said}");
    let said = check("date: 2026-12-15 06:00", "session: 45 min");
    assert!(!said.contains("A0004"), "{said}");
}

proptest! {
    #[test]
    fn any_pieces_can_be_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        let text = pieces.concat();
        let _ = (meant_minutes(&text), named_zone(&text));
        if let Some(times) = times(&text) {
            prop_assert!(times.to.is_none_or(|to| times.from < to), "{}", text);
        }
        let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
        prop_assert!(has_year || days(&text).is_empty(), "{}", text);
    }
}

const PIECES: &[&str] = &[
    "1",
    "2",
    "10",
    "11",
    "15",
    "30",
    "99",
    "2026",
    "99999999999",
    " ",
    " ",
    ":",
    ".",
    "-",
    "–",
    "/",
    ",",
    "h",
    "Uhr",
    "pm",
    "a.m.",
    "p.m",
    "abends",
    "halb",
    "kl.",
    "noon",
    "December",
    "mar",
    "to",
    "bis",
    "午後",
    "時",
    "から",
    "年",
    "月",
    "日",
    "오후",
    "시",
    "분",
    "부터",
];
