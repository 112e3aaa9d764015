//! Time zones as people call them.

/// Abbreviations that mean one region to those who write them, and UTC.
const ZONES: &[(&str, &str)] = &[
    ("UTC", "UTC"),
    ("GMT", "Europe/London"),
    ("BST", "Europe/London"),
    ("CET", "Europe/Brussels"),
    ("CEST", "Europe/Brussels"),
    ("MEZ", "Europe/Berlin"),
    ("MESZ", "Europe/Berlin"),
    ("EET", "Europe/Helsinki"),
    ("EEST", "Europe/Helsinki"),
    ("ET", "America/New_York"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("CT", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("MST", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("BRT", "America/Sao_Paulo"),
    ("KST", "Asia/Seoul"),
    ("JST", "Asia/Tokyo"),
    ("SGT", "Asia/Singapore"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
];

/// The zone that an abbreviation in capitals stands for.
pub fn abbreviated_zone(name: &str) -> Option<&'static str> {
    ZONES.iter().find(|(known, _)| *known == name).map(|(_, zone)| *zone)
}

/// The zone that has a city's name: `amsterdam`, `New York`.
pub fn zone_of_city(city: &str) -> Option<String> {
    let city = city.replace(' ', "_");
    let is_of_city = |zone: &str| zone.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city));
    jiff::tz::db().available().map(|zone| zone.to_string()).find(|zone| is_of_city(zone))
}
