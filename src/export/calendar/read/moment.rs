//! Times in a calendar file as instants: UTC, local times by a zone of the database or by the rules the
//! file brings along, whole days.

use super::component::Component;
use crate::export::calendar::lines::Line;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// The zones that a file names.
pub struct Zones {
    by_name: BTreeMap<String, TimeZone>,
    /// Where the file gives a time without a zone.
    floating: TimeZone,
}

/// A point in time as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock.
    pub local: DateTime,
    /// The zone it is read in.
    pub zone: TimeZone,
    /// Whether only a day was given.
    pub whole_day: bool,
}

impl Moment {
    /// The instant.
    pub fn instant(&self) -> Option<Timestamp> {
        at(&self.zone, self.local)
    }
}

/// The instant of a local time; where the clock skips it or shows it twice, as RFC 5545, section 3.3.5,
/// has it.
pub fn at(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

impl Zones {
    /// Zones of the database by their name, and others by their VTIMEZONE. Times without any are read
    /// as UTC.
    pub fn new(file: &Component<'_>) -> Self {
        Self::with_floating(file, TimeZone::UTC)
    }

    /// The same, with the zone for times that have none.
    pub fn with_floating(file: &Component<'_>, floating: TimeZone) -> Self {
        let zones = file.calendars().flat_map(|calendar| &calendar.inner).filter(|inner| inner.name == "VTIMEZONE");
        let named = zones.filter_map(|zone| {
            let name = zone.value("TZID")?;
            Some((name.to_owned(), known(name).or_else(|| described(zone))?))
        });
        Self { by_name: named.collect(), floating }
    }

    /// When an event starts and ends. Without an end it takes its duration, a whole day, or no time
    /// (RFC 5545, section 3.6.1).
    pub fn span(&self, event: &Component<'_>) -> Option<(Timestamp, Timestamp)> {
        let start = self.moment(event.property("DTSTART")?)?;
        let from = start.instant()?;
        let end = match (event.property("DTEND"), event.value("DURATION").and_then(duration)) {
            (Some(end), _) => self.moment(end)?.instant()?,
            (None, Some(length)) => from.checked_add(length).ok()?,
            (None, None) if start.whole_day => at(&start.zone, start.local.tomorrow().ok()?)?,
            (None, None) => from,
        };
        Some((from, end.max(from)))
    }

    /// `20261215T140000Z/PT1H` or with an end instead of the length.
    pub fn period(&self, text: &str) -> Option<(Timestamp, Timestamp)> {
        let moment = |value| self.moment(Line { name: "", params: "", value })?.instant();
        let (start, end) = text.split_once('/')?;
        let start = moment(start)?;
        let end = duration(end).map_or_else(|| moment(end), |length| start.checked_add(length).ok());
        Some((start, end?))
    }

    /// The time of a property such as DTSTART; `None` when its zone is unknown or it is no time.
    pub fn moment(&self, line: Line<'_>) -> Option<Moment> {
        let value = line.value.trim();
        if let Some(date) = date(value) {
            return Some(Moment {
                local: date.to_datetime(Time::midnight()),
                zone: self.floating.clone(),
                whole_day: true,
            });
        }
        let (local, zone) = match (value.strip_suffix(['Z', 'z']), line.param("TZID")) {
            (Some(local), _) => (local, TimeZone::UTC),
            (None, Some(name)) => (value, self.zone(name)?),
            (None, None) => (value, self.floating.clone()),
        };
        Some(Moment { local: date_time(local)?, zone, whole_day: false })
    }

    fn zone(&self, name: &str) -> Option<TimeZone> {
        self.by_name.get(name).cloned().or_else(|| known(name))
    }
}

/// A zone of the database, also under the names that some programs wrap theirs in
/// (`/freeassociation.sourceforge.net/Europe/Berlin`).
fn known(name: &str) -> Option<TimeZone> {
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let parts: Vec<&str> = name.trim_start_matches('/').split('/').collect();
    (1..parts.len()).find_map(|from| TimeZone::get(&parts.get(from..)?.join("/")).ok())
}

/// A zone by the rules of the file: one offset, or a yearly pair, which is what a POSIX zone can say.
fn described(zone: &Component<'_>) -> Option<TimeZone> {
    let latest = |kind: &str| {
        let all = zone.inner.iter().filter(|inner| inner.name == kind);
        all.max_by_key(|inner| inner.value("DTSTART").unwrap_or_default().to_owned())
    };
    let standard = latest("STANDARD").or_else(|| latest("DAYLIGHT"))?;
    let base = format!("<S>{}", posix_offset(standard.value("TZOFFSETTO")?)?);
    let text = match latest("DAYLIGHT") {
        Some(daylight) if daylight.property("RRULE").is_some() && standard.property("RRULE").is_some() => format!(
            "{base}<D>{},{},{}",
            posix_offset(daylight.value("TZOFFSETTO")?)?,
            posix_rule(daylight)?,
            posix_rule(standard)?
        ),
        _ => base,
    };
    TimeZone::posix(&text.replace("<S>", "STD").replace("<D>", "DST")).ok()
}

/// `+0100` is `-01:00:00` in POSIX.
fn posix_offset(text: &str) -> Option<String> {
    let text = text.trim();
    let sign = if text.starts_with('-') { '+' } else { '-' };
    let digits = text.trim_start_matches(['+', '-']);
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u8>().ok();
    Some(format!("{sign}{:02}:{:02}:{:02}", number(0..2)?, number(2..4)?, number(4..6).unwrap_or(0)))
}

/// `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` at two is `M3.5.0/2:00:00`.
fn posix_rule(observance: &Component<'_>) -> Option<String> {
    let rule = observance.value("RRULE")?.to_ascii_uppercase();
    let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let (month, by_day) = (part("BYMONTH")?, part("BYDAY")?);
    let (week, day) = by_day.split_at_checked(by_day.len().checked_sub(2)?)?;
    let week = match week.parse::<i8>().ok()? {
        -1 => 5,
        week @ 1..=5 => week,
        _ => return None,
    };
    let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"].iter().position(|name| *name == day)?;
    let start = date_time(observance.value("DTSTART")?.trim())?;
    Some(format!("M{month}.{week}.{day}/{:02}:{:02}:{:02}", start.hour(), start.minute(), start.second()))
}

/// `20261215`
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?).ok()
}

/// `20261215T140000`
pub fn date_time(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', 't'])?;
    if time.len() != 6 || !time.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A leap second is the last second of its minute.
    let seconds: i8 = time.get(4..)?.parse::<i8>().ok()?.min(59);
    let time = Time::new(time.get(..2)?.parse().ok()?, time.get(2..4)?.parse().ok()?, seconds, 0).ok()?;
    Some(date(day)?.to_datetime(time))
}

/// `PT1H30M`, `P1D`, `P2W` (RFC 5545, section 3.3.6); negative ones are nothing an event can last.
pub fn duration(text: &str) -> Option<SignedDuration> {
    let mut rest = text.trim().trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let mut seconds = 0i64;
    while !rest.is_empty() {
        rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let unit = match rest.get(digits..digits + 1)? {
            "W" | "w" => 604_800,
            "D" | "d" => 86_400,
            "H" | "h" => 3_600,
            "M" | "m" => 60,
            "S" | "s" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(digits + 1..)?;
    }
    Some(SignedDuration::from_secs(seconds))
}
