//! Time zones of the file: a VTIMEZONE where one offset or a yearly pair of changes describes the zone for years
//! before and after the plan, UTC where none does.
//!
//! Outlook reads one pair of rules and no more, so no zone gets more. Other readers do not look at the rules but
//! know the zone by its name, as well as their own data is up to date: where a government has changed its mind
//! of late, or does so each year, an instant is the only thing that all of them understand alike.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

/// Years looked at before and after the plan, so that a zone is only named where it really repeats, and has for
/// as long as the data of phones and programs may be old.
const YEARS_BACK: i16 = 3;
const YEARS_AHEAD: i16 = 6;

/// The zones of a calendar and how each is written.
#[derive(Debug, Default)]
pub struct Zones {
    components: BTreeMap<String, Option<String>>,
}

impl Zones {
    /// The zones of all these times.
    pub fn new<'z>(times: impl Iterator<Item = &'z Zoned>) -> Self {
        let mut windows: BTreeMap<&str, (&Zoned, &Zoned)> = BTreeMap::new();
        for time in times {
            let Some(name) = time.time_zone().iana_name() else { continue };
            let window = windows.entry(name).or_insert((time, time));
            *window = (window.0.min(time), window.1.max(time));
        }
        let components =
            windows.into_iter().map(|(name, (first, last))| (name.to_owned(), component(name, first, last)));
        Self { components: components.collect() }
    }

    /// Whether times of a zone are written as local ones.
    pub fn is_local(&self, name: &str) -> bool {
        self.components.get(name).is_some_and(Option::is_some)
    }

    /// The lines of all VTIMEZONEs.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.components.values().flatten().flat_map(|component| component.lines())
    }
}

/// `None` for UTC itself and where no pair of rules fits.
fn component(name: &str, start: &Zoned, end: &Zoned) -> Option<String> {
    let zone = start.time_zone();
    if zone.to_fixed_offset().is_ok_and(|offset| offset == Offset::UTC) {
        return None;
    }
    let rules = rules(zone, start, end)?;
    Some(format!("BEGIN:VTIMEZONE\nTZID:{name}\n{rules}END:VTIMEZONE\n"))
}

fn rules(zone: &TimeZone, start: &Zoned, end: &Zoned) -> Option<String> {
    let (first, last) = (start.year() - YEARS_BACK, end.year() + YEARS_AHEAD);
    let changes = changes(zone, first, last)?;
    if changes.is_empty() {
        return Some(fixed(zone, start.timestamp()));
    }
    let forward: Vec<&Change> = changes.iter().filter(|change| change.to > change.from).collect();
    let back: Vec<&Change> = changes.iter().filter(|change| change.to < change.from).collect();
    Some(yearly("STANDARD", &back, first..=last)? + &yearly("DAYLIGHT", &forward, first..=last)?)
}

/// One offset for all time.
fn fixed(zone: &TimeZone, at: Timestamp) -> String {
    let info = zone.to_offset_info(at);
    observance("STANDARD", info.abbreviation(), (info.offset(), info.offset()), "19700101T000000", None)
}

/// A change of the offset.
struct Change {
    from: Offset,
    to: Offset,
    name: String,
    /// The wall clock when it strikes, still by the old offset.
    local: DateTime,
}

/// All changes from the first year to the last.
fn changes(zone: &TimeZone, first: i16, last: i16) -> Option<Vec<Change>> {
    let start = |year: i16| Date::new(year, 1, 1).ok()?.to_zoned(TimeZone::UTC).ok().map(|start| start.timestamp());
    let (start, end) = (start(first)?, start(last + 1)?);
    let mut from = zone.to_offset(start);
    let mut changes = Vec::new();
    for change in zone.following(start).take_while(|change| change.timestamp() < end) {
        let (at, to) = (change.timestamp(), change.offset());
        if to != from {
            changes.push(Change { from, to, name: change.abbreviation().to_owned(), local: from.to_datetime(at) });
        }
        from = to;
    }
    Some(changes)
}

/// The rule that describes all of these changes, one in each of the years.
fn yearly(kind: &str, changes: &[&Change], years: RangeInclusive<i16>) -> Option<String> {
    let first = changes.first()?;
    let alike = |change: &&Change| {
        (change.from, change.to, change.local.month(), change.local.weekday(), change.local.time())
            == (first.from, first.to, first.local.month(), first.local.weekday(), first.local.time())
    };
    if !changes.iter().map(|change| change.local.year()).eq(years) || !changes.iter().all(alike) {
        return None;
    }
    let rule = format!(
        "FREQ=YEARLY;BYMONTH={};BYDAY={}{}",
        first.local.month(),
        week_of_month(changes)?,
        day_code(first.local.weekday())
    );
    let start = first.local.strftime("%Y%m%dT%H%M%S").to_string();
    Some(observance(kind, &first.name, (first.from, first.to), &start, Some(&rule)))
}

/// The last week of the month, or the same one by number every year.
fn week_of_month(changes: &[&Change]) -> Option<i8> {
    let days = || changes.iter().map(|change| (change.local.day(), change.local.date().days_in_month()));
    if days().all(|(day, length)| day + 7 > length) {
        return Some(-1);
    }
    let number = |day: i8| (day - 1) / 7 + 1;
    let (first, _) = days().next()?;
    days().all(|(day, _)| number(day) == number(first)).then(|| number(first))
}

fn day_code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

fn observance(kind: &str, name: &str, (from, to): (Offset, Offset), start: &str, rule: Option<&str>) -> String {
    let mut out = format!("BEGIN:{kind}\nDTSTART:{start}\n");
    if let Some(rule) = rule {
        let _ = writeln!(out, "RRULE:{rule}");
    }
    let _ =
        writeln!(out, "TZNAME:{name}\nTZOFFSETFROM:{}\nTZOFFSETTO:{}\nEND:{kind}", utc_offset(from), utc_offset(to));
    out
}

/// `+0100`, `-0330`; with seconds only where there are any (RFC 5545, section 3.3.14).
fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, rest) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let mut out = format!("{sign}{:02}{:02}", rest / 3600, rest / 60 % 60);
    if rest % 60 != 0 {
        let _ = write!(out, "{:02}", rest % 60);
    }
    out
}
