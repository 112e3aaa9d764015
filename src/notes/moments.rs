//! Dates, times and time zones as people write them, in the languages of the program. What could mean two
//! days means none.

use jiff::civil::{Date, Time};

/// Names of the months, by their first letters where these are enough; `|` between the languages.
const MONTHS: [&str; 12] = [
    "jan|ene",
    "feb|fév|fev",
    "mar|mär|mrt|maa",
    "apr|avr|abr",
    "may|mai|maj|mei",
    "jun|juin",
    "jul|juil",
    "aug|aoû|ago",
    "sep|set",
    "oct|okt|out",
    "nov",
    "dec|dez|déc|dic",
];

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

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number and how many digits it has.
    Number(u16, usize),
    Word(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            _ => |_| false,
        };
        let length = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (token, after) = rest.split_at(length);
        out.push(match token.parse() {
            Ok(number) if first.is_ascii_digit() => Token::Number(number, token.len()),
            _ if first.is_alphabetic() => Token::Word(token.to_lowercase()),
            _ => Token::Sign(first),
        });
        rest = after.trim_start();
    }
    out
}

/// The one date in a text.
pub fn date(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    let by_signs = tokens.windows(5).find_map(|window| match window {
        [
            Token::Number(a, first),
            Token::Sign(sign),
            Token::Number(b, _),
            Token::Sign(same),
            Token::Number(c, last),
        ] if sign == same => by_signs((*a, *first), *b, (*c, *last), *sign),
        _ => None,
    });
    let by_words = || {
        tokens.windows(6).find_map(|window| match window {
            [
                Token::Number(year, 4),
                Token::Word(y),
                Token::Number(month, _),
                Token::Word(m),
                Token::Number(day, _),
                Token::Word(d),
            ] => {
                let units = [(y, '년', '年'), (m, '월', '月'), (d, '일', '日')];
                let fits = units.iter().all(|(word, ko, ja)| word.starts_with([*ko, *ja]));
                fits.then(|| valid(*year, *month, *day)).flatten()
            }
            _ => None,
        })
    };
    by_signs.or_else(by_words).or_else(|| by_month(&tokens))
}

fn by_signs(a: (u16, usize), b: u16, c: (u16, usize), sign: char) -> Option<Date> {
    match (a, c, sign) {
        ((year, 4), (day, 1..=2), '-' | '/' | '.') | ((day, 1..=2), (year, 4), '.') => valid(year, b, day),
        // Day and month cannot be told apart when both could be a month.
        ((first, 1..=2), (year, 4), '/' | '-') if first > 12 => valid(year, b, first),
        ((first, 1..=2), (year, 4), '/' | '-') if b > 12 => valid(year, first, b),
        _ => None,
    }
}

fn valid(year: u16, month: u16, day: u16) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1971..=2199).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `15 December 2026`, `December 15th, 2026`, `15. Dezember 2026`, `15 de diciembre de 2026`.
fn by_month(tokens: &[Token]) -> Option<Date> {
    let year = tokens.iter().find_map(|token| match token {
        Token::Number(year, 4) => Some(*year),
        _ => None,
    })?;
    let (at, month) = tokens.iter().enumerate().find_map(|(at, token)| match token {
        Token::Word(word) => Some((at, month(word)?)),
        _ => None,
    })?;
    let day = |token: &Token| match token {
        Token::Number(day, 1..=2) => Some(*day),
        _ => None,
    };
    let before = tokens.get(at.saturating_sub(3)..at).unwrap_or_default().iter().rev().find_map(day);
    let after = || tokens.get(at + 1..(at + 3).min(tokens.len())).unwrap_or_default().iter().find_map(day);
    valid(year, month, before.or_else(after)?)
}

fn month(word: &str) -> Option<u16> {
    let known = |names: &str| names.split('|').any(|name| word.starts_with(name)) && word.chars().count() <= 10;
    MONTHS.iter().position(|names| known(names)).and_then(|at| u16::try_from(at + 1).ok())
}

/// The first time of the day in a text.
pub fn time(text: &str) -> Option<Time> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| time_at(&tokens, at))
}

fn time_at(tokens: &[Token], at: usize) -> Option<Time> {
    let Some(Token::Number(hour, 1..=2)) = tokens.get(at) else { return None };
    let word = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let two_digits = |at: usize| match tokens.get(at) {
        Some(Token::Number(minute, 2)) => Some(*minute),
        _ => None,
    };
    let (minute, end) = match (tokens.get(at + 1)?, two_digits(at + 2)) {
        (Token::Sign(':'), Some(minute)) => (minute, at + 3),
        (Token::Word(unit), minute) if matches!(unit.as_str(), "h" | "시" | "時" | "uhr" | "heures") => {
            if minute.is_some() { (minute.unwrap_or_default(), at + 3) } else { (0, at + 2) }
        }
        (Token::Word(half), _) if matches!(half.as_str(), "am" | "pm") => (0, at + 1),
        _ => return None,
    };
    let before = at.checked_sub(1).map_or("", word);
    let late = word(end) == "pm" || matches!(before, "오후" | "午後");
    let early = word(end) == "am" || matches!(before, "오전" | "午前");
    let hour = match (hour, late, early) {
        (12, _, true) => 0,
        (1..=11, true, _) => hour + 12,
        (hour, ..) => *hour,
    };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// The time zone that a text names: by its IANA name, a usual abbreviation, or a city.
pub fn zone(text: &str) -> Option<String> {
    let trim = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> =
        text.split([' ', ',', ';', '(', ')', '\n']).map(trim).filter(|word| !word.is_empty()).collect();
    let known = |name: &str| jiff::tz::db().get(name).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    let iana = words.iter().filter(|word| word.contains('/')).find_map(|word| known(word));
    let short = || {
        let parts = words.iter().flat_map(|word| word.split('/'));
        parts
            .into_iter()
            .find_map(|word| ZONES.iter().find(|(name, _)| *name == word))
            .map(|(_, zone)| (*zone).to_owned())
    };
    iana.or_else(short).or_else(|| city(&words))
}

fn city(words: &[String]) -> Option<String> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(first, second)| format!("{first}_{second}"));
    let candidates: Vec<String> = pairs.chain(words.iter().cloned()).collect();
    candidates.iter().filter(|word| word.chars().count() > 3).find_map(|word| {
        let is_city = |name: &&String| {
            name.contains('/') && name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(word))
        };
        names.iter().find(is_city).cloned()
    })
}
