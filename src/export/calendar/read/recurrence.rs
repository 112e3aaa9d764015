//! Repeating events: the rules of RFC 5545, section 3.3.10, as far as calendars of people use them.
//! A rule with parts that are not understood is refused as a whole, so that nothing is guessed.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Timestamp, ToSpan};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    every: Every,
    interval: i32,
    count: Option<u32>,
    until: Option<Until>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    /// With the number of the week in the month or year, or 0 for each.
    days: Vec<(i32, Weekday)>,
    positions: Vec<i32>,
    week_start: Weekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// The last moment of a rule, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Day(Date),
    Local(DateTime),
    Instant(Timestamp),
}

/// From the first day that matters to the last.
pub type Window = (Date, Date);

impl Rule {
    /// `None` for a rule that is not understood.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut every = None;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => every = Some(frequency(value)?),
                "INTERVAL" => rule.interval = value.parse().ok().filter(|interval| (1..=10_000).contains(interval))?,
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => rule.until = Some(until(value)?),
                "BYMONTH" => rule.months = numbers(value, 1..=12)?,
                "BYMONTHDAY" => rule.month_days = numbers(value, -31..=31)?,
                "BYDAY" => rule.days = value.split(',').map(day).collect::<Option<_>>()?,
                "BYSETPOS" => {
                    rule.positions = value.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?;
                }
                "WKST" => rule.week_start = weekday(value)?,
                _ => return None,
            }
        }
        rule.every = every?;
        rule.is_understood().then_some(rule)
    }

    /// Numbers before days mean something in months and years only; in a year they count weeks of the
    /// year, or of the months that are named.
    fn is_understood(&self) -> bool {
        let numbered = self.days.iter().any(|(number, _)| *number != 0);
        match self.every {
            Every::Day => !numbered,
            Every::Week => !numbered && self.month_days.is_empty(),
            Every::Month | Every::Year => true,
        }
    }

    /// The local times in the window at which an event that starts at `start` happens. `steps` is what
    /// may be spent on looking; `None` when it is used up.
    pub fn times(
        &self,
        start: DateTime,
        window: Window,
        steps: &mut u32,
        instant: impl Fn(DateTime) -> Option<Timestamp>,
    ) -> Option<Vec<DateTime>> {
        let mut times = Vec::new();
        let mut left = self.count.unwrap_or(u32::MAX);
        for index in self.first_period(start.date(), window.0).. {
            *steps = steps.checked_sub(1)?;
            let Some(period) = self.period(start.date(), index) else { break };
            if period > window.1 {
                break;
            }
            for date in self.dates(period, start.date()) {
                let time = date.to_datetime(start.time());
                if time < start {
                    continue;
                }
                if left == 0 || self.is_over(time, &instant) {
                    return Some(times);
                }
                left -= 1;
                if (window.0..=window.1).contains(&date) {
                    times.push(time);
                }
            }
        }
        Some(times)
    }

    /// The period to look at first: a rule without a count need not be followed from its beginning.
    fn first_period(&self, start: Date, from: Date) -> i32 {
        let longest = match self.every {
            Every::Day => 1,
            Every::Week => 7,
            Every::Month => 31,
            Every::Year => 366,
        };
        let days = (from - start).get_days();
        if self.count.is_some() { 0 } else { (days / (longest * self.interval) - 1).max(0) }
    }

    /// The first day of a period.
    fn period(&self, start: Date, index: i32) -> Option<Date> {
        let count = index.checked_mul(self.interval)?;
        let first = match self.every {
            Every::Day => start.checked_add(count.days()),
            Every::Week => {
                let into_week = start.weekday().since(self.week_start);
                start.checked_sub(i32::from(into_week).days()).and_then(|week| week.checked_add(count.weeks()))
            }
            Every::Month => start.first_of_month().checked_add(count.months()),
            Every::Year => start.first_of_year().checked_add(count.years()),
        };
        first.ok()
    }

    /// The days of a period on which the event happens, in order.
    fn dates(&self, period: Date, start: Date) -> Vec<Date> {
        let mut dates: Vec<Date> = match self.every {
            Every::Day => vec![period],
            Every::Week => (0..7).filter_map(|day| period.checked_add(day.days()).ok()).collect(),
            Every::Month => days_of(period, period.last_of_month()),
            Every::Year => days_of(period, period.last_of_year()),
        };
        dates.retain(|date| self.takes(*date, start));
        if self.positions.is_empty() {
            return dates;
        }
        let length = i32::try_from(dates.len()).unwrap_or(0);
        let wanted = |index: i32| self.positions.iter().any(|place| *place == index + 1 || *place == index - length);
        dates.into_iter().zip(0..).filter(|(_, index)| wanted(*index)).map(|(date, _)| date).collect()
    }

    fn takes(&self, date: Date, start: Date) -> bool {
        let month = self.months.is_empty() || self.months.contains(&date.month());
        month && self.takes_month_day(date) && self.takes_day(date) && self.takes_default(date, start)
    }

    fn takes_month_day(&self, date: Date) -> bool {
        let from_end = date.day() - date.days_in_month() - 1;
        self.month_days.is_empty() || self.month_days.contains(&date.day()) || self.month_days.contains(&from_end)
    }

    fn takes_day(&self, date: Date) -> bool {
        let in_month = self.every == Every::Month || !self.months.is_empty();
        let (first, last) = if in_month {
            (date.first_of_month(), date.last_of_month())
        } else {
            (date.first_of_year(), date.last_of_year())
        };
        let from_start = (date - first).get_days() / 7 + 1;
        let from_end = -((last - date).get_days() / 7 + 1);
        let fits = |number: i32| number == 0 || number == from_start || number == from_end;
        self.days.is_empty() || self.days.iter().any(|(number, day)| *day == date.weekday() && fits(*number))
    }

    /// What the rule leaves open comes from the first time.
    fn takes_default(&self, date: Date, start: Date) -> bool {
        let open = self.days.is_empty() && self.month_days.is_empty();
        match self.every {
            Every::Day => true,
            Every::Week => !self.days.is_empty() || date.weekday() == start.weekday(),
            Every::Month => !open || date.day() == start.day(),
            Every::Year => {
                !open || date.day() == start.day() && (!self.months.is_empty() || date.month() == start.month())
            }
        }
    }

    fn is_over(&self, time: DateTime, instant: impl Fn(DateTime) -> Option<Timestamp>) -> bool {
        match self.until {
            None => false,
            Some(Until::Day(last)) => time.date() > last,
            Some(Until::Local(last)) => time > last,
            Some(Until::Instant(last)) => instant(time).is_none_or(|at| at > last),
        }
    }
}

fn days_of(first: Date, last: Date) -> Vec<Date> {
    first.series(1.day()).take_while(|date| *date <= last).collect()
}

fn frequency(value: &str) -> Option<Every> {
    Some(match value.to_ascii_uppercase().as_str() {
        "DAILY" => Every::Day,
        "WEEKLY" => Every::Week,
        "MONTHLY" => Every::Month,
        "YEARLY" => Every::Year,
        _ => return None,
    })
}

fn until(value: &str) -> Option<Until> {
    use super::moment::{at, date, date_time};
    use jiff::tz::TimeZone;
    if let Some(day) = date(value) {
        return Some(Until::Day(day));
    }
    match value.strip_suffix(['Z', 'z']) {
        Some(utc) => at(&TimeZone::UTC, date_time(utc)?).map(Until::Instant),
        None => date_time(value).map(Until::Local),
    }
}

fn numbers(value: &str, range: std::ops::RangeInclusive<i8>) -> Option<Vec<i8>> {
    let fits = |number: &i8| *number != 0 && range.contains(number);
    value.split(',').map(|number| number.trim().parse().ok().filter(fits)).collect()
}

/// `MO`, `2TU`, `-1FR`.
fn day(value: &str) -> Option<(i32, Weekday)> {
    let value = value.trim();
    let (number, name) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let number = if number.is_empty() { 0 } else { number.parse().ok().filter(|number| *number != 0)? };
    Some((number, weekday(name)?))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}
