//! Dates, times and time zones as people write them, in the languages of the program. What could mean two
//! days means none.

use crate::dossier::{YEARS, abbreviated_zone, month};
use jiff::civil::Date;
pub use jiff::civil::Time;

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
    match days(text).as_slice() {
        [day] => Some(*day),
        _ => None,
    }
}

/// The day that a text names, or the two that it can mean: `3/4/2027` is read in another way on each side
/// of the Atlantic.
pub fn days(text: &str) -> Vec<Date> {
    let tokens = tokens(text);
    let signs = tokens.windows(5).find_map(|window| match window {
        [
            Token::Number(a, first),
            Token::Sign(sign),
            Token::Number(b, _),
            Token::Sign(same),
            Token::Number(c, last),
        ] if sign == same => Some(by_signs((*a, *first), *b, (*c, *last), *sign)).filter(|days| !days.is_empty()),
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
    signs.or_else(|| by_words().map(|day| vec![day])).unwrap_or_else(|| by_month(&tokens))
}

fn by_signs(a: (u16, usize), b: u16, c: (u16, usize), sign: char) -> Vec<Date> {
    match (a, c, sign) {
        ((year, 4), (day, 1..=2), '-' | '/' | '.') | ((day, 1..=2), (year, 4), '.') => {
            valid(year, b, day).into_iter().collect()
        }
        // Day and month cannot be told apart when both could be a month.
        ((first, 1..=2), (year, 4), '/' | '-') => {
            let mut days: Vec<Date> = valid(year, first, b).into_iter().chain(valid(year, b, first)).collect();
            days.dedup();
            days
        }
        _ => Vec::new(),
    }
}

fn valid(year: u16, month: u16, day: u16) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `15 December 2026`, `December 15th, 2026`, `15. Dezember 2026`, `15 de diciembre de 2026`. In `mar. 15 déc. 2026`
/// two words can be months.
fn by_month(tokens: &[Token]) -> Vec<Date> {
    let year = tokens.iter().find_map(|token| match token {
        Token::Number(year, 4) => Some(*year),
        _ => None,
    });
    let day = |token: &Token| match token {
        Token::Number(day, 1..=2) => Some(*day),
        _ => None,
    };
    let one = |at: usize, token: &Token| {
        let Token::Word(word) = token else { return None };
        let before = tokens.get(at.saturating_sub(3)..at).unwrap_or_default().iter().rev().find_map(day);
        let after = || tokens.get(at + 1..(at + 3).min(tokens.len())).unwrap_or_default().iter().find_map(day);
        valid(year?, u16::try_from(month(word)?).ok()?, before.or_else(after)?)
    };
    let mut days: Vec<Date> = tokens.iter().enumerate().filter_map(|(at, token)| one(at, token)).collect();
    days.dedup();
    days
}

/// The first time of the day in a text.
pub fn time(text: &str) -> Option<Time> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| time_at(&tokens, at)).map(|(time, _)| time)
}

/// The minutes from the first time in a text to the one behind it: `10:30–11:30`.
pub fn minutes(text: &str) -> Option<i32> {
    let tokens = tokens(text);
    let (start, end) = (0..tokens.len()).find_map(|at| time_at(&tokens, at))?;
    let Some(Token::Sign('-' | '–' | '—' | '〜' | '～')) = tokens.get(end) else { return None };
    let (stop, _) = time_at(&tokens, end + 1)?;
    let of_day = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    Some(of_day(stop) - of_day(start)).filter(|minutes| (5..=720).contains(minutes))
}

/// The time that starts with a token, and the token behind it.
fn time_at(tokens: &[Token], at: usize) -> Option<(Time, usize)> {
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
    let behind = end + usize::from(matches!(word(end), "am" | "pm"));
    Some((Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?, behind))
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
