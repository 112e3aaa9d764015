//! Time zones as people call them: for messages that show how they are written here, and for notes.

use crate::diagnostic::nearest;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Abbreviations that mean one region to those who write them, and UTC.
const ZONES: &[(&str, &str)] = &[
    ("UTC", "UTC"),
    ("GMT", "Europe/London"),
    ("BST", "Europe/London"),
    ("CET", "Europe/Brussels"),
    ("CEST", "Europe/Brussels"),
    ("MEZ", "Europe/Berlin"),
    ("MESZ", "Europe/Berlin"),
    ("WET", "Europe/Lisbon"),
    ("WEST", "Europe/Lisbon"),
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
    ("HKT", "Asia/Hong_Kong"),
    ("NZST", "Pacific/Auckland"),
    ("NZDT", "Pacific/Auckland"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
];

/// Names of zones and large cities whose zone has another city's name, in small letters without accents.
const PLACES: &[(&str, &str)] = &[
    ("eastern|eastern time|eastern standard time|new jersey|boston|philadelphia|miami|atlanta", "America/New_York"),
    ("central time|central standard time|austin|dallas|houston", "America/Chicago"),
    ("mountain time|mountain standard time|salt lake city", "America/Denver"),
    (
        "pacific|pacific time|pacific standard time|san francisco|seattle|san diego|palo alto|mountain view",
        "America/Los_Angeles",
    ),
    ("montreal|ottawa", "America/Toronto"),
    ("rio de janeiro|brasilia|belo horizonte|curitiba|porto alegre|horario de brasilia", "America/Sao_Paulo"),
    ("central european|central european time", "Europe/Brussels"),
    ("western european time|lisboa|lissabon|porto", "Europe/Lisbon"),
    ("eastern european time", "Europe/Helsinki"),
    ("greenwich mean time|uk time|londres|londen|edinburgh|bristol|leeds", "Europe/London"),
    ("cork|galway", "Europe/Dublin"),
    (
        "mitteleuropaische zeit|berliner|munchen|munich|hamburg|frankfurt|koln|cologne|stuttgart|dusseldorf|leipzig|dresden",
        "Europe/Berlin",
    ),
    ("wien", "Europe/Vienna"),
    ("geneva|geneve|genf|basel|bern|lausanne", "Europe/Zurich"),
    ("lyon|marseille|toulouse|lille|bordeaux|nantes|grenoble", "Europe/Paris"),
    ("barcelona|sevilla|bilbao|malaga|zaragoza", "Europe/Madrid"),
    ("rotterdam|utrecht|eindhoven|den haag|the hague|delft|groningen", "Europe/Amsterdam"),
    ("bruxelles|brussel|antwerpen|antwerp|ghent|leuven", "Europe/Brussels"),
    ("kobenhavn|kopenhagen|copenhague|aarhus|odense|aalborg", "Europe/Copenhagen"),
    ("goteborg|gothenburg|malmo|uppsala", "Europe/Stockholm"),
    ("bergen|trondheim", "Europe/Oslo"),
    ("krakow|wroclaw|gdansk|poznan|warszawa|warschau", "Europe/Warsaw"),
    ("praha|prag|brno", "Europe/Prague"),
    ("milan|milano|mailand|turin|torino|roma", "Europe/Rome"),
    ("istanbul", "Europe/Istanbul"),
    ("tel aviv", "Asia/Jerusalem"),
    ("mumbai|bangalore|bengaluru|delhi|new delhi|hyderabad|pune|chennai|indian standard time", "Asia/Kolkata"),
    ("beijing|shenzhen|guangzhou|hangzhou", "Asia/Shanghai"),
    ("osaka|kyoto|nagoya|fukuoka|japan time|japan standard time", "Asia/Tokyo"),
    ("busan|korea time|korea standard time|korean time", "Asia/Seoul"),
    ("auckland|wellington", "Pacific/Auckland"),
    ("canberra", "Australia/Sydney"),
];

/// The parts of the world whose zones have the names of cities. `Etc/GMT+1` is an hour behind GMT.
const CONTINENTS: [&str; 5] = ["Africa", "America", "Asia", "Australia", "Europe"];

/// Cities whose names mean something else in most texts.
const OTHER_WORDS: [&str; 12] =
    ["center", "knox", "nome", "north", "south", "west", "act", "nsw", "lhi", "victoria", "jersey", "sofia"];

/// Cities that there are two of.
const TWINS: [&str; 4] = ["cordoba", "hyderabad", "merida", "santiago"];

/// A day of winter and one of summer, in the north.
const WINTER: Timestamp = Timestamp::constant(1_799_280_000, 0);
const SUMMER: Timestamp = Timestamp::constant(1_783_296_000, 0);

/// So many words can make up a name.
const WORDS: usize = 4;

/// A zone that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its IANA name.
    pub zone: String,
    /// Whether the whole text is the name of a place, so that no other can be meant.
    pub is_place: bool,
}

/// The time zone that a text names: by its IANA name, a usual abbreviation, or a city. Of two whose clocks differ,
/// `14:00 Berlin, 8 am New York`, none is taken.
pub fn named(text: &str) -> Option<Named> {
    let words = words(text);
    let known = |name: &str| jiff::tz::db().get(name).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    if let Some(zone) = words.iter().filter(|word| word.contains('/')).find_map(|word| known(word)) {
        return Some(Named { zone, is_place: false });
    }
    let parts: Vec<&str> = words.iter().flat_map(|word| word.split(['/', '_'])).collect();
    let places = places(&parts.iter().map(|part| plain(part)).collect::<Vec<String>>());
    let short = parts.iter().filter_map(|part| abbreviated(part)).map(str::to_owned);
    let short = short.map(|zone| Named { zone, is_place: false });
    let mut all = places.into_iter().chain(short);
    let first = all.next()?;
    all.all(|other| clocks_agree(&first.zone, &other.zone)).then_some(first)
}

/// Whether the clocks of two zones show the same time, in winter and in summer.
fn clocks_agree(one: &str, other: &str) -> bool {
    let offsets = |zone: &str| {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        Some([WINTER, SUMMER].map(|at| zone.to_offset(at)))
    };
    offsets(one) == offsets(other)
}

/// The zone of which a text is nearly the IANA name, or the city.
pub fn misspelt(text: &str) -> Option<Named> {
    let zones = zones();
    let names = if text.contains('/') {
        zones.iter().map(|zone| (plain(zone), zone.as_str())).collect()
    } else {
        cities(&zones)
    };
    let meant = nearest(&plain(text), names.keys().map(String::as_str)).filter(|_| !is_offset(text))?;
    names.get(meant).map(|zone| Named { zone: (*zone).to_owned(), is_place: false })
}

/// Whether a text says how far a clock is from UTC, which it is only for a part of the year.
pub fn is_offset(text: &str) -> bool {
    let text = text.trim();
    let text = ["UTC", "GMT", "utc", "gmt"].iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    let digits = text.trim_start_matches([' ', '/']).strip_prefix(['+', '-', '−', '–']);
    digits.is_some_and(|digits| digits.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The words without signs around them, and without distances from UTC: in `UTC +1` nobody speaks of UTC.
fn words(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split([' ', ',', ';', '(', ')', '\n']).filter(|word| !word.is_empty()).collect();
    let next = words.iter().skip(1).map(Some).chain([None]);
    let goes_on = |next: &str| next.starts_with(['+', '-', '−', '–']) || matches!(next, "plus" | "minus");
    let is_distance = |word: &str, next: Option<&&str>| {
        is_offset(word) || (matches!(word, "UTC" | "GMT") && next.is_some_and(|next| goes_on(next)))
    };
    let kept = words.iter().zip(next).filter(|(word, next)| !is_distance(word, *next));
    kept.map(|(word, _)| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()).collect()
}

fn abbreviated(name: &str) -> Option<&'static str> {
    ZONES.iter().find(|(known, _)| *known == name).map(|(_, zone)| *zone)
}

/// The places that are named, the longer names first: in `New Jersey` nobody speaks of Jersey.
fn places(words: &[String]) -> Vec<Named> {
    let zones = zones();
    let mut known = cities(&zones);
    known.extend(PLACES.iter().flat_map(|(names, zone)| names.split('|').map(|name| (name.to_owned(), *zone))));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let lengths = (1..=WORDS.min(words.len() - at)).rev();
        let names = lengths.filter_map(|length| words.get(at..at + length));
        let place = names.into_iter().find_map(|name| Some((name, known.get(&name.join(" "))?)));
        if let Some((name, zone)) = place {
            let is_twin = TWINS.contains(&name.join(" ").as_str());
            found.push(Named { zone: (*zone).to_owned(), is_place: name.len() == words.len() && !is_twin });
        }
        at += place.map_or(1, |(name, _)| name.len());
    }
    found
}

fn zones() -> Vec<String> {
    jiff::tz::db().available().map(|zone| zone.to_string()).collect()
}

/// `new york` and `America/New_York`, for all zones that have the name of a city.
fn cities(zones: &[String]) -> BTreeMap<String, &str> {
    let city = |zone: &str| {
        let (continent, _) = zone.split_once('/')?;
        let city = plain(zone.rsplit('/').next()?).replace('_', " ");
        (CONTINENTS.contains(&continent) && !OTHER_WORDS.contains(&city.as_str())).then_some(city)
    };
    // Of two names for one city the first stays: `America/Argentina/Cordoba` and not the older `America/Cordoba`.
    zones.iter().rev().filter_map(|zone| Some((city(zone)?, zone.as_str()))).collect()
}

/// In small letters, without the accents that are left out as often as not.
pub(super) fn plain(word: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' | 'ć' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' | 'ń' => 'n',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ł' => 'l',
        c => c,
    };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
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
