//! Study hours as they are given beside notes, in one line.

use super::given::accepted;
use super::{Pair, Value};
use crate::dossier::{Times, only_times};

/// `weekdays 18:30-20:30, sat 10:00-12:00`, `Mon-Fri 6 to 8 pm`: the mapping of the format, or why it is none.
pub fn hours(text: &str) -> Result<Value, String> {
    let mut week = Week::default();
    for piece in text.split([',', ';', '&', '\n']) {
        for word in piece.split_whitespace() {
            week.word(&word.to_lowercase())?;
        }
        week.close()?;
    }
    let pairs = week.pairs(text)?;
    let study = accepted("study", Value::map(vec![Pair::new("hours", Value::map(pairs))]), text)?;
    study.get("hours").cloned().ok_or_else(|| format!("`{text}` holds no hours"))
}

/// The days of the week, as the format calls them.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Study hours, word by word.
#[derive(Default)]
struct Week {
    hours: Vec<(String, Vec<Value>)>,
    /// The days that the next hours hold for.
    days: Vec<String>,
    /// Whether no hours have been said for them yet.
    is_waiting: bool,
    /// Whether the last word was `to`: then the next day ends a range.
    through: bool,
    /// Words about hours.
    times: Vec<String>,
}

impl Week {
    fn word(&mut self, word: &str) -> Result<(), String> {
        let goes_on = !self.times.is_empty();
        if word.contains(|c: char| c.is_ascii_digit()) || word == "noon" {
            self.times.push(word.to_owned());
        } else if matches!(
            word,
            "-" | "–" | "—" | "to" | "until" | "till" | "bis" | "am" | "pm" | "a.m." | "p.m." | "h" | "uhr"
        ) {
            if goes_on {
                self.times.push(word.to_owned());
            } else {
                self.through = true;
            }
        } else if word == "and" {
            self.close()?;
        } else if !matches!(word, "from" | "at" | "on" | "each" | "every") {
            self.close()?;
            if !std::mem::replace(&mut self.is_waiting, true) {
                self.days.clear();
            }
            let first = if std::mem::take(&mut self.through) { self.days.pop() } else { None };
            let (from, to) = word.split_once(['-', '–', '—']).map_or((first, word), |(from, to)| (Some(day(from)), to));
            let last = day(to);
            match from.as_deref().and_then(|from| range(from, &last)) {
                Some(days) => self.days.extend(days),
                None if to == word => self.days.extend(from.into_iter().chain([last])),
                None => self.days.push(word.to_owned()),
            }
        }
        Ok(())
    }

    /// The hours are at their end: they hold for the days before them.
    fn close(&mut self) -> Result<(), String> {
        let times = std::mem::take(&mut self.times);
        if times.is_empty() {
            return Ok(());
        }
        let said = times.join(" ");
        if self.days.is_empty() {
            return Err(format!("`{said}` on which days? write `weekdays {said}`, or a day such as `sat`"));
        }
        let ranges: Vec<String> = match only_times(&said).and_then(Times::range) {
            Some(range) => vec![range],
            // Several, or none that the reader takes, which then says why.
            None => times.into_iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).collect(),
        };
        for day in &self.days {
            let values = ranges.iter().map(Value::bare);
            match self.hours.iter_mut().find(|(known, _)| known == day) {
                Some((_, before)) => before.extend(values),
                None => self.hours.push((day.clone(), values.collect())),
            }
        }
        self.is_waiting = false;
        Ok(())
    }

    fn pairs(self, text: &str) -> Result<Vec<Pair>, String> {
        if self.is_waiting {
            return Err(format!("`{text}` at which hours? write `weekdays 18:30-20:30`, or a day such as `sat`"));
        }
        let pairs = self.hours.into_iter().map(|(day, mut ranges)| {
            let value = if ranges.len() == 1 { ranges.remove(0) } else { Value::List { items: ranges, short: true } };
            Pair::new(day, value)
        });
        Ok(pairs.collect())
    }
}

/// The days from one to another, perhaps over the end of the week, in the words of the format.
fn range(from: &str, to: &str) -> Option<Vec<String>> {
    let place = |day: &str| DAYS.iter().position(|known| *known == day);
    let days = match (place(from)?, place(to)?) {
        (0, 4) => vec!["weekdays"],
        (5, 6) => vec!["weekend"],
        (0, 6) => vec!["everyday"],
        (from, to) => DAYS.into_iter().cycle().skip(from).take((to + 7 - from) % 7 + 1).collect(),
    };
    Some(days.into_iter().map(str::to_owned).collect())
}

/// A day in the words of the format.
fn day(word: &str) -> String {
    let word = word.trim_end_matches([':', '.']).to_lowercase();
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let stem = word.trim_end_matches('s');
    let known = full
        .iter()
        .zip(DAYS)
        .find(|(full, short)| **full == stem || (stem.starts_with(short) && full.starts_with(stem)) || stem == *short);
    match (word.as_str(), known) {
        ("weekday" | "workdays", _) => "weekdays".to_owned(),
        ("weekends", _) => "weekend".to_owned(),
        ("daily" | "day" | "days" | "always", _) => "everyday".to_owned(),
        (_, Some((_, short))) => short.to_owned(),
        (_, None) => word,
    }
}
