//! Dates and times as people write them, in the languages of the program: for messages that show how they are written
//! here, and for notes. What can be read in two ways is never decided.

use super::synonyms::is_one_of;
use super::value::YEARS;
use super::zone::plain;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use std::ops::Range;

/// Names of the months in the languages that have labels, without accents; three letters or more of one are enough.
const MONTHS: [&str; 12] = [
    "january|janner|januar|janvier|januari|janeiro|enero|gennaio",
    "february|februar|fevrier|febrero|februari|fevereiro",
    "march|marz|maerz|mars|marzo|maart|mrt|marts|marco",
    "april|avril|abril",
    "may|mai|mayo|mei|maj|maio",
    "june|juni|juin|junio|junho",
    "july|juli|juillet|julio|julho",
    "august|aout|agosto|augustus",
    "september|septembre|septiembre|setembro",
    "october|oktober|octobre|octubre|outubro",
    "november|novembre|noviembre|novembro",
    "december|dezember|decembre|diciembre|dezembro",
];

/// The month, 1 … 12, that a word in small letters names. `mardi` is none.
fn month(word: &str) -> Option<u32> {
    let word = plain(word);
    let is_name = |names: &str| word.chars().count() >= 3 && names.split('|').any(|name| name.starts_with(&word));
    (1..).zip(MONTHS).find(|(_, names)| is_name(names)).map(|(month, _)| month)
}

/// Words that say nothing more in a date: the days of the week, and what stands between.
const FILLERS: &str = "mon|monday|tue|tues|tuesday|wed|wednesday|thu|thur|thurs|thursday|fri|friday|sat|saturday|sun|sunday|\
     montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|\
     lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|\
     lunes|martes|miércoles|jueves|viernes|sábado|domingo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|\
     mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|segunda|terça|quarta|quinta|sexta|feira|\
     at|on|the|of|um|am|den|der|le|à|de|del|el|a|las|om|op|kl|às|em|st|nd|rd|th|er|uhr|h|uur";

/// Fewer hours than these, `1h30`, are rather a length than a time.
const LENGTH: i8 = 7;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number, and how many digits it has.
    Number(u32, usize),
    /// In small letters.
    Word(String),
    Sign(char),
}

use Token::{Number, Sign, Word};

/// The half of the day that a time of twelve hours lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// A time as it is written: `2:30 pm`.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: u32,
    minute: u32,
    half: Option<Half>,
}

/// How sure it is that a number is a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// `14` and `14.30` can be anything.
    Bare,
    /// `14:30`
    Written,
    /// `14 Uhr`, `2 pm`, `kl. 14`
    Told,
}

/// A time in a text.
#[derive(Debug, Clone, Copy)]
struct Found {
    clock: Clock,
    sure: Sure,
    /// The token behind it.
    end: usize,
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The time that is said, or the first of two.
    pub from: Time,
    /// The second of two; later than the first.
    pub to: Option<Time>,
}

impl Times {
    /// Twelve hours later, unless the two are about noon already: `11:30–12:30 in the afternoon`.
    fn late(self) -> Self {
        let late = |time: Time| if time.hour() < 12 { time.wrapping_add(12.hours()) } else { time };
        let (from, to) = (late(self.from), self.to.map(late));
        if to.is_some_and(|to| to <= from) { self } else { Self { from, to } }
    }

    /// As a range of hours of the format: `18:00-20:00`.
    pub fn range(self) -> Option<String> {
        Some(format!("{}-{}", self.from.strftime("%H:%M"), self.to?.strftime("%H:%M")))
    }

    /// Minutes between the two.
    pub fn minutes(self) -> Option<u32> {
        let of_day = |time: Time| u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs());
        Some(of_day(self.to?).saturating_sub(of_day(self.from)))
    }
}

/// A day, and the time of the day if it is known, as the format writes them.
pub fn written(day: Date, time: Option<Time>) -> String {
    time.map_or_else(|| day.to_string(), |time| format!("{day} {}", time.strftime("%H:%M")))
}

/// The days, and the time of day, that a text can mean which is nothing but a date. Several days: it can be read in
/// several ways. No day is guessed without a year.
pub fn readings(text: &str) -> (Vec<Date>, Option<Times>) {
    let (tokens, times) = without_times(text);
    let numbers = tokens.iter().filter(|token| matches!(token, Number(..))).count();
    let (days, used) = found_days(&tokens);
    (if used == numbers { days } else { Vec::new() }, times)
}

/// Whether nothing but a day and a time is said.
pub fn is_only_date(text: &str) -> bool {
    let is_known = |token: &Token| match token {
        Number(..) => true,
        Sign(sign) => matches!(sign, '.' | ',' | '-' | '–' | '—' | '/' | ':' | '(' | ')' | '\''),
        Word(word) => {
            named(token).is_some()
                || is_one_of(word, FILLERS)
                || (word.chars().count() <= 3
                    && word.starts_with(['년', '年', '월', '月', '일', '日', '火', '水', '木', '金', '土']))
        }
    };
    without_times(text).0.iter().all(is_known)
}

/// The days that a text names somewhere: one, or those that it can mean.
pub fn days(text: &str) -> Vec<Date> {
    found_days(&without_times(text).0).0
}

/// The days that a text names somewhere without their year: each as it comes next.
pub fn coming_days(text: &str, today: Date) -> Vec<Date> {
    let tokens = without_times(text).0;
    if year(&tokens).is_some() {
        return Vec::new();
    }
    let next = |(month, day): (u32, u32)| {
        let years = u32::try_from(today.year()).unwrap_or_default()..;
        // The 29th of February comes after eight years at the latest.
        years.take(9).find_map(|year| date(year, month, day).filter(|day| *day >= today))
    };
    sorted(days_of_year(&tokens).into_iter().filter_map(next))
}

/// Whether a text names a day somewhere, with or without its year.
pub fn names_day(text: &str) -> bool {
    let tokens = without_times(text).0;
    !found_days(&tokens).0.is_empty() || (year(&tokens).is_none() && !days_of_year(&tokens).is_empty())
}

/// The first time of the day, or the first two, that a text names somewhere.
pub fn times(text: &str) -> Option<Times> {
    without_times(text).1
}

/// What else stands in a text than its first times, and these.
fn without_times(text: &str) -> (Vec<Token>, Option<Times>) {
    let mut tokens = tokens(text);
    let found = (0..tokens.len()).find_map(|at| {
        let (times, end) = times_at(&tokens, at)?;
        let is_length = word(&tokens, at + 1) == "h" && times.from.hour() < LENGTH && !says_afternoon(&tokens);
        (!is_length).then_some((times, at..end))
    });
    let times = found.and_then(|(times, place)| {
        let is_halved = says_half(&tokens, &place);
        let is_bare = place.clone().all(|at| half_behind(word(&tokens, at)).is_none());
        let is_late = is_bare && says_afternoon(&tokens);
        tokens.drain(place);
        (!is_halved).then(|| if is_late { times.late() } else { times })
    });
    (tokens, times)
}

/// Whether a text speaks of the afternoon or the evening, beside an hour that may not say it.
fn says_afternoon(tokens: &[Token]) -> bool {
    const WORDS: &str = "afternoon|evening|tonight|nachmittags|nachmittag|abends|abend|midi|soir|tarde|noche|noite|middags|\
         avonds|eftermiddag|eftermiddagen|aften|aftenen|저녁";
    tokens.iter().any(|token| matches!(token, Word(word) if is_one_of(word, WORDS) || word.ends_with('夜')))
}

/// Whether a word beside a time moves it: `halb 3`, `quarter to 3`, `2時半`.
fn says_half(tokens: &[Token], place: &Range<usize>) -> bool {
    const WORDS: &str = "halb|half|quarter|viertel|dreiviertel|halv|kvart|kwart|demie|quart|media|cuarto";
    let beside = place.start.saturating_sub(2)..(place.end + 2).min(tokens.len());
    let moves = |at: usize| {
        let word = word(tokens, at);
        is_one_of(word, WORDS) || word.ends_with('半') || word.ends_with('반')
    };
    beside.into_iter().any(moves)
}

/// A text that is nothing but a time of day, or two: `14:00`, `2 pm`, `14h30`, `14.30`, `14 Uhr`, `6-8 pm`.
pub fn only_times(text: &str) -> Option<Times> {
    let tokens = tokens(text);
    match (0..tokens.len()).find(|at| is_until(&tokens, *at)) {
        Some(at) => only_clock(tokens.get(..at)?)?.until(only_clock(tokens.get(at + 1..)?)?),
        None => Some(Times { from: only_clock(&tokens)?.time()?, to: None }),
    }
}

fn only_clock(tokens: &[Token]) -> Option<Clock> {
    let (start, found) = (0..tokens.len()).find_map(|at| Some((at, clock_at(tokens, at)?)))?;
    let is_known = |at: usize| matches!(tokens.get(at), Some(Sign(_))) || leads(word(tokens, at));
    (found.end == tokens.len() && (0..start).all(is_known)).then_some(found.clock)
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
    let tokens = tokens(text);
    let has_month = tokens.iter().any(|token| named(token).is_some());
    let has_day = tokens.iter().any(|token| matches!(token, Number(day, _) if (1..=31).contains(day)));
    has_month && has_day && year(&tokens).is_none()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            _ => |_| false,
        };
        let length = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (token, after) = rest.split_at(length);
        tokens.push(match token.parse() {
            Ok(number) if first.is_ascii_digit() => Number(number, token.len()),
            _ if first.is_alphabetic() => Word(token.to_lowercase()),
            _ => Sign(first),
        });
        // `p.m.` is `pm`.
        if let [.., Word(half), Sign('.'), Word(m)] = tokens.as_slice()
            && m == "m"
            && (half == "a" || half == "p")
        {
            let word = format!("{half}m");
            tokens.truncate(tokens.len() - 3);
            tokens.push(Word(word));
            rest = after.strip_prefix('.').unwrap_or(after).trim_start();
            continue;
        }
        rest = after.trim_start();
    }
    tokens
}

fn word(tokens: &[Token], at: usize) -> &str {
    match tokens.get(at) {
        Some(Word(word)) => word,
        _ => "",
    }
}

/// Whether a word says that the number before it is an hour: not `時間`, which is how long it takes.
fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "uhr" | "uur" | "heures" | "noon")
        || (word.starts_with(['시', '時']) && !word.starts_with("시간") && !word.starts_with("時間"))
}

/// Whether a word stands before times.
fn leads(word: &str) -> bool {
    matches!(word, "kl" | "at" | "um" | "om" | "from" | "von" | "van" | "de" | "das" | "fra" | "à" | "las" | "às")
        || half_before(word).is_some()
}

fn half_before(word: &str) -> Option<Half> {
    match word {
        word if word.ends_with("오전") || word.ends_with("午前") => Some(Half::Morning),
        word if word.ends_with("오후") || word.ends_with("午後") => Some(Half::Afternoon),
        _ => None,
    }
}

fn half_behind(word: &str) -> Option<Half> {
    match word {
        "am" => Some(Half::Morning),
        "pm" => Some(Half::Afternoon),
        _ => None,
    }
}

/// Where the second of two times would start, if one ends before this token.
fn until(tokens: &[Token], at: usize) -> Option<usize> {
    let is_said = says_from(word(tokens, at.checked_sub(1)?));
    if is_until(tokens, at) { Some(at + 1) } else { is_said.then_some(at) }
}

fn is_until(tokens: &[Token], at: usize) -> bool {
    const WORDS: [&str; 9] = ["to", "until", "bis", "à", "a", "tot", "til", "até", "às"];
    matches!(tokens.get(at), Some(Sign('-' | '–' | '—' | '~' | '〜' | '～'))) || WORDS.contains(&word(tokens, at))
}

/// Whether the token stands between two days: `15 and 16 December`, `15./16.12.2026`.
fn is_joint(tokens: &[Token], at: usize) -> bool {
    const WORDS: [&str; 13] = ["and", "or", "und", "oder", "et", "ou", "y", "o", "en", "of", "og", "eller", "e"];
    is_until(tokens, at) || matches!(tokens.get(at), Some(Sign('/' | ',' | '&'))) || WORDS.contains(&word(tokens, at))
}

/// `14시부터`, `14時から`
fn says_from(word: &str) -> bool {
    word.ends_with("부터") || word.ends_with("から")
}

/// Whether `kl.` stands before a token.
fn is_announced(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(..at), Some([.., Word(kl)] | [.., Word(kl), Sign('.')]) if kl == "kl")
}

/// The time that starts with a token.
fn clock_at(tokens: &[Token], at: usize) -> Option<Found> {
    if matches!(word(tokens, at), "noon" | "midday" | "mediodía" | "정오" | "正午") {
        return Some(Found { clock: Clock { hour: 12, minute: 0, half: None }, sure: Sure::Told, end: at + 1 });
    }
    let Some(Number(hour, 1..=2)) = tokens.get(at) else { return None };
    let two_digits = match tokens.get(at + 2) {
        Some(Number(minute, 2)) => Some(*minute),
        _ => None,
    };
    let goes_on = |at: usize| matches!(tokens.get(at..at + 2), Some([Sign('.' | '/'), Number(..)]));
    // `15.12. 14 Uhr`
    let is_month = match tokens.get(..at) {
        Some([.., Number(..), Sign('.'), Number(..), Sign('.')]) => false,
        Some([.., Number(..), Sign('.')]) => true,
        _ => false,
    };
    // `14 Uhr 15.12.2026`, `10 Uhr 12. Stock`, `10 Uhr 45 Minuten`, `14時から15時`
    let counts_on = |at: usize| {
        let goes_on = matches!(tokens.get(at), Some(Sign('.' | '/'))) && tokens.get(at + 1).is_some();
        goes_on || matches!(word(tokens, at), "min" | "minuten" | "minutes" | "minuter" | "minutter" | "minutos")
    };
    let has_minutes =
        |unit: &str| !is_hour(word(tokens, at + 3)) && !says_from(unit) && (unit == "h" || !counts_on(at + 3));
    let (minute, mut sure, mut end) = match (tokens.get(at + 1), two_digits) {
        (Some(Sign(':')), Some(minute)) => (minute, Sure::Written, at + 3),
        (Some(Sign('.')), Some(minute)) if !goes_on(at + 3) && !is_month => (minute, Sure::Bare, at + 3),
        (Some(Word(unit)), Some(minute)) if is_hour(unit) && has_minutes(unit) => (minute, Sure::Told, at + 3),
        (Some(Word(unit)), _) if is_hour(unit) => (0, Sure::Told, at + 2),
        _ => (0, Sure::Bare, at + 1),
    };
    // `2:30:00 PM`
    if sure == Sure::Written && matches!(tokens.get(end..end + 2), Some([Sign(':'), Number(_, 2)])) {
        end += 2;
    }
    let (before, behind) = (at.checked_sub(1).map_or("", |at| word(tokens, at)), word(tokens, end));
    let half = half_behind(behind).or_else(|| half_before(before));
    if half.is_some() || is_hour(behind) || (is_announced(tokens, at) && !goes_on(end)) {
        sure = Sure::Told;
    }
    end += usize::from(half_behind(behind).is_some() || is_hour(behind) || behind.starts_with(['분', '分']));
    let clock = Clock { hour: *hour, minute, half };
    clock.time().map(|_| Found { clock, sure, end })
}

impl Clock {
    fn time(self) -> Option<Time> {
        let hour = match (self.hour, self.half) {
            (12, Some(Half::Morning)) => 0,
            (1..=11, Some(Half::Afternoon)) => self.hour + 12,
            // `14:00 pm` is no doubt, but `0:30 pm` and `14:00 am` are.
            (13.., Some(Half::Morning)) | (0, Some(Half::Afternoon)) => return None,
            (hour, _) => hour,
        };
        time(hour, self.minute)
    }

    /// Two times of which one may say the half of the day for both: `2–3 pm`.
    fn until(self, to: Self) -> Option<Times> {
        let (half, other) = (self.half.or(to.half), to.half.or(self.half));
        let times = |from: Self, to: Self| {
            let (from, to) = (from.time()?, to.time()?);
            (from < to).then_some(Times { from, to: Some(to) })
        };
        // `11–1 pm` is about noon.
        times(Self { half, ..self }, Self { half: other, ..to }).or_else(|| times(self, to))
    }
}

fn time(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// The time that starts with a token, with the one up to which it lasts, and the token behind them.
fn times_at(tokens: &[Token], at: usize) -> Option<(Times, usize)> {
    let from = clock_at(tokens, at)?;
    let to = until(tokens, from.end).and_then(|at| clock_at(tokens, at));
    let both = |to: Found| Some((from.clock.until(to.clock)?, to.end));
    if from.sure > Sure::Bare {
        let is_sure = |to: &Found| to.sure > Sure::Bare || is_announced(tokens, at);
        let alone = || Some((Times { from: from.clock.time()?, to: None }, from.end));
        return to.filter(is_sure).and_then(both).or_else(alone);
    }
    // `10–11 Uhr`, `10.30–12 Uhr`; but no day: `2026-12-15 – 16 Uhr`, `December 15 – 4 pm`, and no `Room 3 – 14:30`.
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_day = before.is_some_and(|token| matches!(token, Sign('.' | '/' | '-' | ':')) || named(token).is_some());
    let least = if matches!(before, Some(Word(before)) if !leads(before)) { Sure::Told } else { Sure::Written };
    to.filter(|to| !is_day && to.sure >= least).and_then(both)
}

fn named(token: &Token) -> Option<u32> {
    let Word(word) = token else { return None };
    month(word)
}

/// All days that a text can mean, and how many numbers say so.
fn found_days(tokens: &[Token]) -> (Vec<Date>, usize) {
    let with_signs = || {
        let of_window = |(at, window): (usize, &[Token])| match window {
            [Number(a, first), Sign(sign), Number(b, _), Sign(same), Number(c, last)] if sign == same => {
                let mut days = by_signs((*a, *first), *b, (*c, *last), *sign);
                // `15.-16.12.2026`
                let before = tokens.get(..at.saturating_sub(1)).filter(|_| at > 0 && is_joint(tokens, at - 1));
                if let Some([.., Number(day, 1..=2)] | [.., Number(day, 1..=2), Sign('.')]) = before {
                    days.extend(by_signs((*day, 2), *b, (*c, *last), *sign));
                }
                days
            }
            _ => Vec::new(),
        };
        tokens.windows(5).enumerate().flat_map(of_window).collect::<Vec<Date>>()
    };
    let with_units = || {
        tokens.windows(6).find_map(|window| match window {
            [Number(year, 4), Word(y), Number(month, _), Word(m), Number(day, _), Word(d)] => {
                let units = [(y, '년', '年'), (m, '월', '月'), (d, '일', '日')];
                let fits = units.iter().all(|(word, ko, ja)| word.starts_with([*ko, *ja]));
                fits.then(|| date(*year, *month, *day)).flatten()
            }
            _ => None,
        })
    };
    let bare = || {
        tokens.windows(3).find_map(|window| match window {
            [Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)] => date(*year, *month, *day),
            _ => None,
        })
    };
    let of_year = |(month, day)| date(year(tokens)?, month, day);
    let in_words: Vec<Date> = by_month(tokens).into_iter().filter_map(of_year).collect();
    let in_numbers: Vec<Date> = with_signs().into_iter().chain(with_units()).collect();
    let used = if in_numbers.is_empty() && !in_words.is_empty() { 2 } else { 3 };
    // `15 December 2026, and not 12.12.2026`: both are days that it can mean.
    let days = sorted(in_numbers.into_iter().chain(in_words));
    if days.is_empty() { (bare().into_iter().collect(), used) } else { (days, used) }
}

fn by_signs(a: (u32, usize), b: u32, c: (u32, usize), sign: char) -> Vec<Date> {
    match (a, c, sign) {
        ((year, 4), (day, 1..=2), '-' | '/' | '.') | ((day, 1..=2), (year, 4), '.') => {
            date(year, b, day).into_iter().collect()
        }
        // Day and month cannot be told apart when both could be a month.
        ((first, 1..=2), (year, 4), '/' | '-') => {
            date(year, first, b).into_iter().chain(date(year, b, first)).collect()
        }
        _ => Vec::new(),
    }
}

fn year(tokens: &[Token]) -> Option<u32> {
    tokens.iter().find_map(|token| match token {
        Number(year, 4) => Some(*year),
        _ => None,
    })
}

/// Month and day, where there is no year: `Tue 15 December`, `15.12.`, `12/15`, `12月15日`.
fn days_of_year(tokens: &[Token]) -> Vec<(u32, u32)> {
    let is_day = |(month, day): &(u32, u32)| (1..=12).contains(month) && (1..=31).contains(day);
    let in_numbers = || {
        let of_window = |window: &[Token]| match window {
            // Which year `15.12.27` means is not known here.
            [Number(_, 1..=2), Sign(a), Number(_, 1..=2), Sign(b), Number(_, 2)] if a == b => Vec::new(),
            [Number(day, 1..=2), Sign('.'), Number(month, 1..=2), ..] => vec![(*month, *day)],
            [Number(a, 1..=2), Sign('/'), Number(b, 1..=2), ..] => vec![(*a, *b), (*b, *a)],
            [Number(month, 1..=2), Word(m), Number(day, 1..=2), Word(d), ..]
                if m.starts_with(['월', '月']) && d.starts_with(['일', '日']) =>
            {
                vec![(*month, *day)]
            }
            _ => Vec::new(),
        };
        let windows = (0..tokens.len()).filter_map(|at| tokens.get(at..(at + 5).min(tokens.len())));
        let found = windows.map(of_window).map(|days| days.into_iter().filter(is_day).collect::<Vec<_>>());
        found.into_iter().find(|days| !days.is_empty()).unwrap_or_default()
    };
    let named = by_month(tokens);
    if named.is_empty() { in_numbers() } else { named }
}

/// Month and day of `15 December 2026`, `December 15th, 2026`, `15. Dezember 2026`, `15 de diciembre de 2026`. In
/// `mar. 15 déc. 2026` two words can be months.
fn by_month(tokens: &[Token]) -> Vec<(u32, u32)> {
    let day = |at: usize| match tokens.get(at) {
        Some(Number(day @ 1..=31, 1..=2)) => Some(*day),
        _ => None,
    };
    let of_month = |(at, token): (usize, &Token)| {
        let month = named(token)?;
        let before = (at.saturating_sub(3)..at).rev();
        let after = at + 1..at + 3;
        let place = before.chain(after).find(|at| day(*at).is_some())?;
        // `15–16 December`, `December 15 or 16`, but not `December 15 – 2 pm`.
        let other = if place < at {
            // `15. oder 16. Dezember`
            let first = place.checked_sub(2).filter(|_| is_joint(tokens, place - 1));
            first.map(|at| at - usize::from(at > 0 && tokens.get(at) == Some(&Sign('.'))))
        } else {
            let is_day = |at: &usize| clock_at(tokens, *at).is_some_and(|found| found.sure == Sure::Bare);
            Some(place + 2).filter(|_| is_joint(tokens, place + 1)).filter(is_day)
        };
        // `Round 2 December 15`
        let behind = Some(at + 1).filter(|_| place < at);
        let places = [Some(place), other, behind].into_iter().flatten();
        Some(places.filter_map(|at| Some((month, day(at)?))).collect::<Vec<_>>())
    };
    tokens.iter().enumerate().filter_map(of_month).flatten().collect()
}

fn sorted(days: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days: Vec<Date> = days.collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
