//! Values that are more than text: dates, times, zones, lengths of time, numbers, links.

use super::duration;
use super::link::is_link;
use super::model::{Confidence, Hours, Minutes, Priority, When};
use super::moment::{self, Times};
use super::reader::Reader;
use super::synonyms;
use super::zone::{self, Named};
use crate::diagnostic::{Code, Diagnostic, Edit, nearest};
use crate::yaml::{Node, shortened};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::ops::RangeInclusive;

/// Years a plan can sensibly lie in; beyond them clock rules are guesses.
pub const YEARS: RangeInclusive<i16> = 1971..=2199;
/// How long a round of interviews can take, in minutes.
pub const ROUND_MINUTES: RangeInclusive<u32> = 5..=24 * 60;

/// Whether a text is a BCP 47 tag: letters and digits in groups.
pub fn is_language(text: &str) -> bool {
    let mut groups = text.split('-');
    let letters = |group: &str| (2..=3).contains(&group.len()) && group.chars().all(|c| c.is_ascii_alphabetic());
    groups.next().is_some_and(letters)
        && groups.all(|group| (1..=8).contains(&group.len()) && group.chars().all(|c| c.is_ascii_alphanumeric()))
}

impl Reader<'_> {
    /// `2026-12-15`.
    pub fn date(&mut self, node: &Node) -> Option<Date> {
        let text = self.prose(node, "a date")?;
        self.day(node, text)
    }

    /// A day, written by itself.
    fn day(&mut self, node: &Node, text: &str) -> Option<Date> {
        match parse_date(text) {
            Ok(date) => Some(date),
            Err(explained) => self.no_date(node, text, explained, false),
        }
    }

    /// A day among other things; what is shown to write instead is the day alone.
    fn day_in(&mut self, node: &Node, text: &str) -> Option<Date> {
        match parse_date(text) {
            Ok(date) => Some(date),
            Err((message, help)) => {
                self.report(
                    Diagnostic::new(Code::BadDate, node.span.clone(), message, "not a date of the calendar").help(help),
                );
                None
            }
        }
    }

    /// Reports a date that is not one, with the way to write it when it can be read at all.
    fn no_date<T>(&mut self, node: &Node, text: &str, (message, help): Explained, with_time: bool) -> Option<T> {
        let (mut days, times) = moment::readings(text);
        if times.is_some() && !with_time {
            days.clear();
        }
        let written = |day: &Date| moment::written(*day, times.map(|times| times.from));
        let (message, label) = match days.as_slice() {
            [] => (message, "not a date of the calendar"),
            _ => (
                format!("the date `{}` is not written as dates are here", shortened(text)),
                "year-month-day belongs here",
            ),
        };
        let problem = Diagnostic::new(Code::BadDate, node.span.clone(), message, label);
        self.report(match days.as_slice() {
            [] if moment::lacks_year(text) => problem.help("say the year too, and say it first: year-month-day"),
            [] => problem.help(help),
            [day] => match times.and_then(Times::minutes) {
                Some(minutes) => problem.help(with_duration(&written(day), minutes)),
                None => {
                    let written = written(day);
                    let problem = problem.help(format!("write `{written}`"));
                    let edits = vec![Edit::new(node.span.clone(), written)];
                    // What else is said, `New York` or `not`, is for the writer to keep.
                    if moment::is_only_date(text) { problem.fix(edits) } else { problem.suggest(edits) }
                }
            },
            days => {
                let ways: Vec<String> =
                    days.iter().map(|day| format!("`{}` ({})", written(day), day.strftime("%-d %B"))).collect();
                problem.help(format!("it can be read in two ways; write the one you mean: {}", ways.join(" or ")))
            }
        });
        None
    }

    /// `2026-12-15 14:00`, with or without a `T`, or the day alone.
    pub fn when(&mut self, node: &Node) -> Option<When> {
        let text = self.prose(node, "a date")?;
        let Some((day, rest)) = text.split_once([' ', 'T']) else { return self.day(node, text).map(When::Day) };
        let date = match parse_date(day) {
            Ok(date) => date,
            Err(explained) => {
                // `15 December 2026`: the first word alone is not what is wrong.
                let explained = if day.matches('-').count() == 2 { explained } else { not_a_date(text) };
                return self.no_date(node, text, explained, true);
            }
        };
        if let Some(time) = parse_time(rest.trim()) {
            return Some(When::At(date.to_datetime(time)));
        }
        let message = format!("`{}` is not a time of the day", shortened(rest.trim()));
        let problem = Diagnostic::new(Code::BadDate, node.span.clone(), message, "hours and minutes, 00:00 to 23:59");
        let Some(times) = moment::times(rest) else {
            let help = format!("write the time as in `{day} 14:00`; the time zone goes under `time_zone`");
            self.report(problem.help(help));
            return None;
        };
        let written = moment::written(date, Some(times.from));
        let edits = vec![Edit::new(node.span.clone(), written.clone())];
        self.report(match times.minutes() {
            Some(minutes) => problem.help(with_duration(&written, minutes)),
            None if moment::only_times(rest).is_some() => problem.help(format!("write `{written}`")).fix(edits),
            None => problem
                .help(format!("write `{written}` alone; the time zone goes under `time_zone`, as region and city"))
                .suggest(edits),
        });
        None
    }

    /// `2026-12-24` or `2026-12-24..2026-12-26`.
    pub fn date_range(&mut self, node: &Node) -> Option<(Date, Date)> {
        let text = self.prose(node, "a date")?;
        let Some((first, last)) = text.split_once("..") else {
            let Some((first, last)) = moment::range(text) else {
                return self.day(node, text).map(|day| (day, day));
            };
            let written = format!("{first}..{last}");
            let message = format!("the days `{}` are not written as days are here", shortened(text));
            let problem = Diagnostic::new(Code::BadDate, node.span.clone(), message, "first day, `..`, last day");
            self.report(problem.help(format!("write `{written}`")).fix(vec![Edit::new(node.span.clone(), written)]));
            return None;
        };
        let (first, last) = (self.day_in(node, first.trim())?, self.day_in(node, last.trim())?);
        if first > last {
            let written = format!("{last}..{first}");
            let problem = Diagnostic::new(
                Code::BadDate,
                node.span.clone(),
                "these days off end before they begin",
                "first day, `..`, last day",
            );
            self.report(
                problem.help(format!("write `{written}`")).suggest(vec![Edit::new(node.span.clone(), written)]),
            );
            return None;
        }
        Some((first, last))
    }

    /// An IANA name.
    pub fn time_zone(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a time zone")?;
        if let Ok(zone) = jiff::tz::db().get(text) {
            return Some(zone.iana_name().unwrap_or(text).to_owned());
        }
        let message = format!("there is no time zone `{}`", shortened(text));
        let problem =
            Diagnostic::new(Code::UnknownTimeZone, node.span.clone(), message, "not in the list of time zones (IANA)");
        // "Amsterdam" alone is as good a hint as a misspelt "Europe/Amsterdan".
        let city = |(continent, city): (&str, &str)| {
            zone::named(city).filter(|named| named.zone.starts_with(&format!("{continent}/")))
        };
        let named = text
            .rsplit_once('/')
            .and_then(city)
            .or_else(|| zone::named(text))
            .or_else(|| zone::named(&text.to_uppercase()));
        self.report(match named.or_else(|| zone::misspelt(text)) {
            Some(Named { zone, is_place }) => {
                let problem = problem.help(format!("did you mean `{zone}`?"));
                let edits = vec![Edit::new(node.span.clone(), zone)];
                if is_place { problem.fix(edits) } else { problem.suggest(edits) }
            }
            None if zone::is_offset(text) => problem.help(
                "clocks change, so that a distance from UTC is not enough: write region and city, such as \
                 `Europe/Copenhagen` or `America/New_York`",
            ),
            None => problem.help("write region and city, such as `Europe/Copenhagen` or `America/New_York`"),
        });
        None
    }

    /// Whether a local time exists in a zone; one that a clock change skips is reported.
    pub fn existing(&mut self, node: &Node, at: DateTime, zone: &str) -> Option<()> {
        let zone_rules = TimeZone::get(zone).ok()?;
        let ambiguous = zone_rules.to_ambiguous_zoned(at);
        if !matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
            return Some(());
        }
        let later = ambiguous.later().map(|zoned| zoned.datetime().strftime("%H:%M").to_string()).unwrap_or_default();
        let message = format!("the time {} does not exist on {} in {zone}", at.strftime("%H:%M"), at.date());
        let problem =
            Diagnostic::new(Code::SkippedTime, node.span.clone(), message, "the clocks go forward over this time");
        self.report(problem.help(format!("perhaps {later} is meant?")));
        None
    }

    /// `45 min`, `1h30`, `2 hours`, between the two limits.
    pub fn duration(&mut self, node: &Node, from: u32, to: u32) -> Option<Minutes> {
        let text = self.prose(node, "a length of time")?;
        let mut ways = Vec::new();
        let (message, help) = match duration::minutes(text) {
            Some(minutes) if (from..=to).contains(&minutes) => return Some(Minutes(minutes)),
            Some(_) => (
                format!("`{text}` is out of range"),
                format!("it can be from {} to {} here", in_words(from), in_words(to)),
            ),
            None if text.parse::<u32>().is_ok() => {
                let units = [(1, "min"), (60, "h")];
                let number: u32 = text.parse().unwrap_or_default();
                let fits = |unit: &u32| number.checked_mul(*unit).is_some_and(|minutes| (from..=to).contains(&minutes));
                ways.extend(units.iter().filter(|(unit, _)| fits(unit)).map(|(_, name)| format!("{text} {name}")));
                let help = match ways.as_slice() {
                    [] => format!("write it with its unit; it can be from {} to {} here", in_words(from), in_words(to)),
                    ways => format!("write `{}`", ways.join("` or `")),
                };
                (format!("`{text}` what? a length of time needs its unit"), help)
            }
            None => {
                let meant = duration::meant(text).filter(|minutes| (from..=to).contains(minutes));
                ways.extend(meant.map(duration::written));
                let help = match ways.as_slice() {
                    [way] => format!("write `{way}`"),
                    _ => "write it as `45 min`, `2 h` or `1h30`".to_owned(),
                };
                (format!("`{}` is not a length of time", shortened(text)), help)
            }
        };
        let problem =
            Diagnostic::new(Code::BadDuration, node.span.clone(), message, "a length of time belongs here").help(help);
        self.report(match ways.as_slice() {
            [way] => problem.fix(vec![Edit::new(node.span.clone(), way)]),
            _ => problem,
        });
        None
    }

    /// `18:30-20:30`.
    pub fn hours(&mut self, node: &Node) -> Option<Hours> {
        let text = self.text(node, "a range of hours")?;
        let (message, help) = match parse_hours(text) {
            Some(hours) if hours.from < hours.to => return Some(hours),
            Some(hours) => (
                format!("`{text}` ends before it begins"),
                format!(
                    "hours over midnight are two ranges: `{}-24:00` that day and `00:00-{}` the next",
                    hours.from.strftime("%H:%M"),
                    hours.to.strftime("%H:%M")
                ),
            ),
            None => (format!("`{}` is not a range of hours", shortened(text)), "write it as `18:30-20:30`".to_owned()),
        };
        let problem = Diagnostic::new(Code::BadHours, node.span.clone(), message, "from, a hyphen, to");
        let written = match parse_hours(text) {
            Some(_) => None,
            None => loose_hours(text),
        };
        self.report(match written {
            Some(written) => {
                problem.help(format!("write `{written}`")).fix(vec![Edit::new(node.span.clone(), written)])
            }
            None => problem.help(help),
        });
        None
    }

    /// A whole number up to a limit.
    pub fn count(&mut self, node: &Node, limit: u8) -> Option<u8> {
        let text = self.prose(node, "a number")?;
        match text.parse::<u8>() {
            Ok(number) if number <= limit => return Some(number),
            Ok(_) | Err(_) => {}
        }
        let message = format!("`{}` is not a whole number from 0 to {limit}", shortened(text));
        self.report(
            Diagnostic::new(Code::BadNumber, node.span.clone(), message, format!("0 to {limit}"))
                .help("write it in digits: 2"),
        );
        None
    }

    /// 1 … 5.
    pub fn confidence(&mut self, node: &Node) -> Option<Confidence> {
        let text = self.prose(node, "a number from 1 to 5")?;
        if let Some(confidence) = text.parse().ok().and_then(Confidence::new) {
            return Some(confidence);
        }
        let message = format!("`{}` is not a confidence", shortened(text));
        let problem = Diagnostic::new(Code::BadNumber, node.span.clone(), message, "a whole number from 1 to 5");
        self.report(problem.help("1 means unsure, 3 so-so, 5 sure"));
        None
    }

    /// `low`, `normal`, `high`.
    pub fn priority(&mut self, node: &Node) -> Option<Priority> {
        let text = self.prose(node, "a priority")?;
        let all = [Priority::Low, Priority::Normal, Priority::High];
        if let Some(priority) = all.into_iter().find(|priority| priority.word() == text) {
            return Some(priority);
        }
        let message = format!("`{}` is not a priority", shortened(text));
        let problem = Diagnostic::new(Code::BadChoice, node.span.clone(), message, "low, normal or high");
        let word = synonyms::key(text, all.into_iter().map(Priority::word));
        self.report(match word.or_else(|| nearest(text, all.map(Priority::word))) {
            Some(word) => problem.help(format!("did you mean `{word}`?")).fix(vec![Edit::new(node.span.clone(), word)]),
            None => problem.help("write `low`, `normal` or `high`"),
        });
        None
    }

    /// An address that can be opened from a page, a card and a calendar alike.
    pub fn link(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a link")?.trim();
        if is_link(text) {
            return Some(text.to_owned());
        }
        let message = format!("`{}` is not a link", shortened(text));
        let problem = Diagnostic::new(Code::BadLink, node.span.clone(), message, "cannot be opened");
        let is_address = |c: char| c.is_ascii_alphanumeric() || "-._~/?=&+%@".contains(c);
        self.report(if text.contains("://") || text.contains(char::is_whitespace) {
            problem.help("links start with https://, http://, mailto: or tel: and hold no spaces")
        } else {
            let scheme = if text.contains('@') { "mailto:" } else { "https://" };
            let problem = problem.help(format!("write `{scheme}{text}`"));
            let edits = vec![Edit::new(node.span.clone(), format!("{scheme}{text}"))];
            if text.contains('.') && text.chars().all(is_address) { problem.fix(edits) } else { problem }
        });
        None
    }

    /// A BCP 47 tag: letters and digits in groups.
    pub fn language(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a language")?;
        if is_language(text) {
            return Some(text.to_owned());
        }
        let message = format!("`{}` is not a language tag", shortened(text));
        let problem =
            Diagnostic::new(Code::BadLanguage, node.span.clone(), message, "two or three letters, such as `en`");
        let name = text.to_lowercase();
        let known = LANGUAGES.iter().find(|(names, _)| names.contains(&name.as_str()));
        self.report(match known {
            Some((_, tag)) => problem.help(format!("write `{tag}`")).fix(vec![Edit::new(node.span.clone(), *tag)]),
            None => problem.help("for example: en, de, fr, es, nl, da, pt-BR, ko, ja"),
        });
        None
    }
}

type Explained = (String, String);

/// The languages with labels, by their names in English and in themselves.
const LANGUAGES: [(&[&str], &str); 9] = [
    (&["english"], "en"),
    (&["german", "deutsch"], "de"),
    (&["french", "français"], "fr"),
    (&["spanish", "español"], "es"),
    (&["dutch", "nederlands"], "nl"),
    (&["danish", "dansk"], "da"),
    (&["portuguese", "português"], "pt"),
    (&["korean", "한국어"], "ko"),
    (&["japanese", "日本語"], "ja"),
];

fn not_a_date(text: &str) -> Explained {
    (
        format!("`{}` is not a date", shortened(text)),
        "write the day itself as year-month-day, such as `2026-12-15`".to_owned(),
    )
}

fn parse_date(text: &str) -> Result<Date, Explained> {
    let how = || not_a_date(text).1;
    let not_one = || not_a_date(text);
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Err(not_one()) };
    let well_formed = year.len() == 4 && month.len() == 2 && day.len() == 2;
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>()) else {
        return Err(not_one());
    };
    if !well_formed {
        return Err((format!("`{text}` is not a date"), format!("write `{year:04}-{month:02}-{day:02}`")));
    }
    if !YEARS.contains(&year) {
        return Err((
            format!("`{text}` is out of range"),
            format!("years from {} to {} are possible", YEARS.start(), YEARS.end()),
        ));
    }
    let Ok(first) = Date::new(year, month, 1) else {
        return Err((format!("`{text}` is not a date: there is no month {month}"), how()));
    };
    Date::new(year, month, day).map_err(|_| {
        let last = first.last_of_month();
        (
            format!("`{text}` is not a date: {} {year} has {} days", first.strftime("%B"), last.day()),
            format!("the last day of that month is {last}"),
        )
    })
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?;
    // Seconds are allowed when they say nothing.
    let seconds = parts.next().unwrap_or("00");
    if minute.len() != 2 || seconds != "00" || parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute.parse().ok()?, 0, 0).ok()
}

fn parse_hours(text: &str) -> Option<Hours> {
    let (from, to) = text.split_once(['-', '–'])?;
    let time = |text: &str| {
        let text = text.trim();
        if text.contains(':') { parse_time(text) } else { parse_time(&format!("{text}:00")) }
    };
    let end = match to.trim() {
        "24:00" | "24" => Some(Time::constant(23, 59, 0, 0)),
        to => time(to),
    };
    Some(Hours { from: time(from)?, to: end? })
}

/// `6:30pm to 8pm`, `6-8 pm`, `18h-20h`, `18.30 bis 20.30`: as it is written here, if it is a range that does not
/// end before it begins.
fn loose_hours(text: &str) -> Option<String> {
    moment::only_times(text)?.range()
}

fn with_duration(written: &str, minutes: u32) -> String {
    format!("write `{written}`, and on a line of its own below it `duration: {}`", duration::written(minutes))
}

fn in_words(minutes: u32) -> String {
    let (count, unit) = match minutes {
        minutes if minutes >= 2880 && minutes % 1440 == 0 => (minutes / 1440, "days"),
        minutes if minutes >= 120 && minutes % 60 == 0 => (minutes / 60, "hours"),
        minutes => (minutes, "minutes"),
    };
    format!("{count} {unit}")
}
