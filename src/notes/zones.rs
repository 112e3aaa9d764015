//! The time zones that notes name.

use crate::dossier::{abbreviated_zone, zone_of_city};

/// The time zone that a text names: by its IANA name, a usual abbreviation, or a city.
pub fn zone(text: &str) -> Option<String> {
    let trim = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> =
        text.split([' ', ',', ';', '(', ')', '\n']).map(trim).filter(|word| !word.is_empty()).collect();
    let known = |name: &str| jiff::tz::db().get(name).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    let iana = words.iter().filter(|word| word.contains('/')).find_map(|word| known(word));
    let short = || {
        let parts = words.iter().flat_map(|word| word.split('/'));
        parts.into_iter().find_map(abbreviated_zone).map(str::to_owned)
    };
    iana.or_else(short).or_else(|| city(&words))
}

/// The zone that most of those who write in a language live in: for an example, never for a fact.
pub fn likely_zone(language: &str) -> &'static str {
    match language {
        "de" => "Europe/Berlin",
        "fr" => "Europe/Paris",
        "es" => "Europe/Madrid",
        "da" => "Europe/Copenhagen",
        "pt" => "America/Sao_Paulo",
        "ko" => "Asia/Seoul",
        "ja" => "Asia/Tokyo",
        _ => "Europe/Amsterdam",
    }
}

fn city(words: &[String]) -> Option<String> {
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(first, second)| format!("{first} {second}"));
    let candidates = pairs.chain(words.iter().cloned()).filter(|name| name.chars().count() > 3);
    // `Japan` alone is an old name of a zone, and a country in most notes.
    candidates.into_iter().find_map(|name| zone_of_city(&name).filter(|zone| zone.contains('/')))
}
