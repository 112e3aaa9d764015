//! Dates and times as people write them, for messages that show how they are written here.

use jiff::civil::{Date, Time};

/// Names of the months in the languages that have labels; three letters or more of one are enough.
const MONTHS: [&str; 12] = [
    "january|januar|janvier|januari|janeiro|enero|gennaio",
    "february|februar|février|febrero|februari|fevereiro",
    "march|märz|mars|marzo|maart|mrt|marts|março",
    "april|avril|abril",
    "may|mai|mayo|mei|maj|maio",
    "june|juni|juin|junio|junho",
    "july|juli|juillet|julio|julho",
    "august|août|agosto|augustus",
    "september|septembre|septiembre|setembro",
    "october|oktober|octobre|octubre|outubro",
    "november|novembre|noviembre|novembro",
    "december|dezember|décembre|diciembre|dezembro",
];

/// The month, 1 … 12, that a word in small letters names. `mardi` is none.
pub fn month(word: &str) -> Option<i8> {
    let is_name = |names: &&str| word.chars().count() >= 3 && names.split('|').any(|name| name.starts_with(word));
    MONTHS.iter().position(is_name).and_then(|at| i8::try_from(at + 1).ok())
}

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

/// A piece of a written date.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Number(u32, usize),
    Word(String),
    Sign(char),
}

/// The days, and the time of day, that a text can mean. Several days: it can be read in several ways.
/// No day is guessed without a year.
pub fn readings(text: &str) -> (Vec<Date>, Option<Time>) {
    let pieces = pieces(text);
    let (time, rest) = split_time(&pieces);
    (days(&rest), time)
}

/// The first and the last day of `24.12.2026 - 26.12.2026`, when each can be read in one way.
pub fn range(text: &str) -> Option<(Date, Date)> {
    let day = |text: &str| match readings(text) {
        (days, None) => <[Date; 1]>::try_from(days).ok().map(|[day]| day),
        _ => None,
    };
    let signs = [
        " - ", " – ", " — ", "–", "...", "…", " bis ", " to ", " until ", " au ", " al ", " a ", " tot ", " til ",
        " até ",
    ];
    signs.into_iter().filter_map(|sign| text.split_once(sign)).find_map(|(first, last)| {
        let last = day(last)?;
        // `1.12. - 3.12.2026`: the year stands once.
        let first = day(first).or_else(|| day(&format!("{first} {}", last.year())))?;
        (first <= last).then_some((first, last))
    })
}

/// Whether the text names a day, but no year.
pub fn lacks_year(text: &str) -> bool {
    let pieces = pieces(text);
    let has_year = pieces.iter().any(|piece| matches!(piece, Piece::Number(_, 4)));
    let has_month = pieces.iter().any(|piece| named(piece).is_some());
    let has_day = pieces.iter().any(|piece| matches!(piece, Piece::Number(day, _) if (1..=31).contains(day)));
    has_month && has_day && !has_year
}

/// A time of day: `14:00`, `2 pm`, `14h30`, `14.30`, `14 Uhr`.
pub fn time(text: &str) -> Option<Time> {
    let pieces = pieces(text);
    match split_time(&pieces) {
        (Some(time), rest) if rest.iter().all(|piece| matches!(piece, Piece::Sign(_))) => Some(time),
        _ => match pieces.as_slice() {
            [Piece::Number(hour, _)] => clock(*hour, 0),
            [Piece::Number(hour, _), Piece::Sign('.'), Piece::Number(minute, 2)] => clock(*hour, *minute),
            _ => None,
        },
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let length = |fits: fn(char) -> bool| rest.len() - rest.trim_start_matches(fits).len();
        let digits = length(|c| c.is_ascii_digit());
        let letters = length(char::is_alphabetic);
        let taken = digits.max(letters).max(c.len_utf8());
        let word = rest.get(..taken).unwrap_or_default();
        match word.parse() {
            Ok(number) if digits > 0 => pieces.push(Piece::Number(number, digits)),
            _ if letters > 0 => pieces.push(Piece::Word(word.to_lowercase())),
            _ if !c.is_whitespace() => pieces.push(Piece::Sign(c)),
            _ => {}
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    pieces
}

/// The time of day, and everything that is not part of it.
fn split_time(pieces: &[Piece]) -> (Option<Time>, Vec<Piece>) {
    use Piece::{Number, Sign, Word};
    for at in 0..pieces.len() {
        let rest = pieces.get(at..).unwrap_or_default();
        let (hour, minute, mut taken) = match rest {
            [Number(hour, 1..=2), Sign(':' | 'h'), Number(minute, 2), ..] => (*hour, *minute, 3),
            [Number(hour, 1..=2), Word(h), Number(minute, 2), ..] if h == "h" => (*hour, *minute, 3),
            [Number(hour, 1..=2), Word(word), ..]
                if matches!(word.as_str(), "am" | "pm" | "h" | "uhr" | "uur" | "시") =>
            {
                (*hour, 0, 1)
            }
            _ => continue,
        };
        let mut hour = hour;
        match rest.get(taken) {
            Some(Word(word)) if word == "pm" || word == "am" => {
                if hour > 12 || hour == 0 {
                    return (None, pieces.to_vec());
                }
                hour = hour % 12 + if word == "pm" { 12 } else { 0 };
                taken += 1;
            }
            Some(Word(word)) if matches!(word.as_str(), "h" | "uhr" | "uur" | "시") => taken += 1,
            _ => {}
        }
        let mut others: Vec<Piece> = pieces.get(..at).unwrap_or_default().to_vec();
        others.extend(rest.get(taken..).unwrap_or_default().iter().cloned());
        return (clock(hour, minute), others);
    }
    (None, pieces.to_vec())
}

fn clock(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

fn named(piece: &Piece) -> Option<u32> {
    let Piece::Word(word) = piece else { return None };
    month(word).and_then(|month| u32::try_from(month).ok())
}

/// All days that the numbers and the name of a month can mean.
fn days(pieces: &[Piece]) -> Vec<Date> {
    let numbers: Vec<(u32, usize)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Number(number, digits) => Some((*number, *digits)),
            _ => None,
        })
        .collect();
    // In `mar. 15 déc.` two words can be months.
    let named: Vec<u32> = pieces.iter().filter_map(named).collect();
    let dotted = pieces.contains(&Piece::Sign('.'));
    let found = match (named.as_slice(), numbers.as_slice()) {
        ([_, ..], [(year, 4), (day, _)] | [(day, _), (year, 4)]) => {
            named.iter().map(|month| date(*year, *month, *day)).collect()
        }
        ([], [(year, 4), (month, _), (day, _)]) => vec![date(*year, *month, *day)],
        // With dots the day comes first everywhere; with strokes it depends on the country.
        ([], [(day, _), (month, _), (year, 4)]) if dotted => vec![date(*year, *month, *day)],
        ([], [(a, _), (b, _), (year, 4)]) => vec![date(*year, *b, *a), date(*year, *a, *b)],
        _ => Vec::new(),
    };
    let mut found: Vec<Date> = found.into_iter().flatten().collect();
    found.dedup();
    found
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
