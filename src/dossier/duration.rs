//! Lengths of time: as the format writes them, and as people do.

use super::synonyms::is_one_of;

/// Words for a minute, an hour and a day in the languages that have labels.
const UNITS: [(&str, u32); 3] = [
    ("m|min|mins|minute|minutes|minuten|minuut|minuto|minutos|minut|minutter|분|分", 1),
    ("h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|uur|uren|time|timer|시간|時間", 60),
    ("d|day|days|tag|tage|jour|jours|día|días|dia|dias|dag|dagen|dage", 1440),
];

const ONE: &str = "a|an|one|ein|eine|einer|un|une|una|um|uma|een|én|en";

/// Lengths that are said without a number.
const PHRASES: [(&str, u32); 2] = [
    (
        "half an hour|a half hour|half hour|halbe stunde|eine halbe stunde|demi-heure|une demi-heure|media hora|meia hora|half uur|\
         een half uur|halv time|en halv time|반 시간",
        30,
    ),
    (
        "an hour and a half|one and a half hours|anderthalb stunden|eineinhalb stunden|une heure et demie|1 heure et demie|\
         una hora y media|1 hora y media|uma hora e meia|1 hora e meia|anderhalf uur|halvanden time",
        90,
    ),
];

/// What stands before a length that is not exact.
const ABOUT: [&str; 15] = [
    "ca.",
    "circa",
    "approx.",
    "approximately",
    "about",
    "around",
    "~",
    "≈",
    "etwa",
    "rund",
    "environ",
    "aprox.",
    "cerca de",
    "약",
    "約",
];

/// Minutes of what the format allows: `1h30` (minutes follow hours), `90 min`, `2 hours`, `1 day`.
pub fn minutes(text: &str) -> Option<u32> {
    let mut rest = text.trim();
    let mut total = 0u32;
    let mut after_hours = false;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: u32 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?.trim_start();
        let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let unit = match rest.get(..letters)?.to_lowercase().as_str() {
            "d" | "day" | "days" => 1440,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60,
            "m" | "min" | "mins" | "minute" | "minutes" => 1,
            "" if after_hours && rest.is_empty() => 1,
            _ => return None,
        };
        after_hours = unit == 60;
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(letters..)?.trim_start_matches(['.', ',', ' ']);
    }
    Some(total)
}

/// Whether the format allows it.
pub fn is_duration(text: &str) -> bool {
    minutes(text).is_some()
}

/// Minutes of what people write: `ca. 60 Minuten`, `1.5 hours`, `1 Std. 30 Min.`, `eine Stunde`, `1시간 30분`. Of
/// `45–60 minutes` nobody knows.
pub fn meant(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let text = ABOUT.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text).trim();
    let of_phrase = || PHRASES.iter().find(|(phrases, _)| is_one_of(text, phrases)).map(|(_, minutes)| *minutes);
    minutes(text).or_else(of_phrase).or_else(|| sum(text))
}

/// A length as it is written in the format.
pub fn written(minutes: u32) -> String {
    if minutes > 60 && minutes.is_multiple_of(60) { format!("{} h", minutes / 60) } else { format!("{minutes} min") }
}

/// Numbers with their units, one behind the other.
fn sum(text: &str) -> Option<u32> {
    let (mut rest, mut total) = (text, 0u32);
    while !rest.is_empty() {
        let length = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
        let (number, behind) = if length > 0 { rest.split_at(length) } else { rest.split_once(' ')? };
        let behind = behind.trim_start_matches([' ', '-']);
        let letters = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(letters);
        let (_, unit) = UNITS.iter().find(|(words, _)| is_one_of(unit, words))?;
        total = total.checked_add(tenths(number)?.checked_mul(*unit)? / 10)?;
        rest = behind.trim_start_matches(['.', ',', ' ']);
        rest = ["and ", "und ", "et ", "y ", "e ", "en ", "og "]
            .iter()
            .find_map(|and| rest.strip_prefix(and))
            .unwrap_or(rest);
    }
    (total > 0).then_some(total)
}

/// A number in tenths: `1.5`, `2`, `one`.
fn tenths(number: &str) -> Option<u32> {
    if is_one_of(number, ONE) {
        return Some(10);
    }
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let part: u32 = Some(part).filter(|part| part.len() == 1)?.parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(10)?.checked_add(part)
}
