//! What the user gives besides what is imported, and what is left to fill in.

use crate::dossier::{self, ROUND_MINUTES, named_zone, readings, written_date, written_minutes};
use crate::draft::{Pair, Said, Value};
use jiff::civil::Date;

/// What the user gives besides what is imported.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The company, instead of what the text says.
    pub company: Option<String>,
    /// The role, instead of what the text says.
    pub role: Option<String>,
    /// The value of `interview`, by [`interview`].
    pub interview: Option<Value>,
    /// The value of `study.hours`, by [`hours`](super::hours).
    pub hours: Option<Value>,
    /// The day from which a date without its year is counted.
    pub today: Option<Date>,
}

/// `2026-12-15 14:00 Europe/Amsterdam`, perhaps with a length at the end, or the same as people write it: the mapping of
/// the format, or why it is none.
pub fn interview(text: &str) -> Result<Value, String> {
    in_order(text).or_else(|problem| in_other_words(text).ok_or(problem))
}

/// `Tue 15 December 2026, 2–3 pm, Berlin time`, when nothing else can be meant.
fn in_other_words(text: &str) -> Option<Value> {
    let (days, times) = readings(text);
    let ([day], times) = (&days[..], times?) else { return None };
    let mut pairs = vec![
        Pair::new("date", Value::bare(written_date(*day, Some(times.from)))),
        Pair::new("time_zone", Value::bare(named_zone(text)?.zone)),
    ];
    let minutes = times.minutes().filter(|minutes| ROUND_MINUTES.contains(minutes));
    pairs.extend(minutes.map(|minutes| Pair::new("duration", Value::bare(written_minutes(minutes)))));
    accepted("interview", Value::map(pairs), text).ok()
}

fn in_order(text: &str) -> Result<Value, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_zone = |word: &&str| word.contains(char::is_alphabetic) && !word.starts_with(|c: char| c.is_ascii_digit());
    let zone = words.iter().position(is_zone);
    let Some(zone) = zone.filter(|at| *at > 0) else {
        return Err(format!("`{text}` has no time zone: write `2026-12-15 14:00 Europe/Amsterdam`"));
    };
    let (when, rest) = words.split_at(zone);
    let mut pairs = vec![Pair::new("date", Value::bare(when.join(" ")))];
    pairs.extend(rest.first().map(|zone| Pair::new("time_zone", Value::bare(*zone))));
    if let Some((_, length)) = rest.split_first().filter(|(_, length)| !length.is_empty()) {
        pairs.push(Pair::new("duration", Value::bare(length.join(" "))));
    }
    let value = Value::map(pairs);
    accepted("interview", value, text)
}

/// The value, if the reader of the format takes it.
pub(super) fn accepted(key: &str, value: Value, text: &str) -> Result<Value, String> {
    let job = Value::map(vec![Pair::new("company", Value::text("A")), Pair::new("role", Value::text("B"))]);
    let pairs = [Pair::new("dossier", Value::bare("1")), Pair::new("job", job), Pair::new(key, value.clone())];
    let file: String = pairs.iter().map(|pair| crate::draft::block(pair, 0)).collect();
    let reading = dossier::read(text, file.as_bytes());
    match reading.diagnostics.first() {
        None => Ok(value),
        Some(problem) => Err(format!(
            "{}{}",
            problem.message,
            problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default()
        )),
    }
}

/// The times that nobody gave, as comments that only wait for their values: the interview, where it is
/// missing, with an example that has the day which is known of it.
pub fn to_fill_in(interview: Option<Option<&str>>, has_hours: bool) -> Vec<Said> {
    let interview = interview.map(|example| match example.and_then(|example| example.rsplit_once(' ')) {
        Some((date, zone)) => {
            format!(
                "A date is named, but not without doubt: see to these lines, and take away the #.\n{}",
                lines(date, zone)
            )
        }
        None => format!(
            "No date is named yet. With one there is a study calendar: take away the # and fill in.\n{}",
            lines("2026-12-15 14:00", "Europe/Amsterdam")
        ),
    });
    interview.into_iter().chain((!has_hours).then(|| NO_HOURS.to_owned())).map(Said::new).collect()
}

fn lines(date: &str, zone: &str) -> String {
    format!("interview:\n  date: {date}\n  time_zone: {zone}\n  duration: 60 min")
}

const NO_HOURS: &str = "When you have time to study; without it, weekdays 18:00-20:00 and weekends 10:00-12:00.
study:
  hours:
    weekdays: 18:30-20:30
    weekend: 10:00-12:00";
