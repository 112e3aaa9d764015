//! Entries into lines: events and alarms are the `icalendar` crate's, the envelope, the time zones and
//! the folding are ours. The crate writes no VTIMEZONE, stamps alarms with a random UID and the
//! wall clock, and folds as told in [`super::lines`]; so its components are written out here.

use super::compose::{Entry, Time};
use super::lines;
use super::text;
use super::zones::Zones;
use icalendar::{Alarm, Component, Event, EventLike, EventStatus, Property, Trigger, ValueType};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

/// Our own property; clients keep what they do not know, or drop it without harm.
pub const MARK: &str = "X-DOSSIER-SESSION";
/// Ends every UID of ours, so that our events are known again in a calendar that dropped the mark.
/// `.invalid` is nobody's (RFC 2606).
pub const DOMAIN: &str = "@dossier.invalid";
/// The first day of the plan.
pub const FROM: &str = "X-DOSSIER-PLAN-FROM";

/// An event, written but for its version.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its identity.
    pub uid: String,
    /// When it starts, as it stands in the file.
    pub start: String,
    /// The lines of the event without stamps, unfolded, from after BEGIN to the END, each with a line feed.
    pub lines: String,
}

/// A version of an event.
#[derive(Debug, Clone)]
pub struct Versioned {
    /// The event.
    pub event: Written,
    /// `SEQUENCE`, RFC 5545, section 3.8.7.4.
    pub sequence: u32,
    /// When this version was made, as it stands in the file.
    pub stamp: String,
}

/// An instant as UTC: `20261215T130000Z`.
pub fn utc(at: Timestamp) -> String {
    format!("{}Z", local(&at.to_zoned(TimeZone::UTC)))
}

fn local(at: &Zoned) -> String {
    let at = at.datetime();
    let mut out = day(at.date());
    out.push('T');
    for part in [at.hour(), at.minute(), at.second()] {
        push_two(part, &mut out);
    }
    out
}

/// `20261215`.
pub fn day(date: Date) -> String {
    let mut out = String::with_capacity(16);
    let year = date.year().clamp(0, 9999);
    for part in [year / 100, year % 100, i16::from(date.month()), i16::from(date.day())] {
        push_two(i8::try_from(part).unwrap_or(0), &mut out);
    }
    out
}

/// Two digits.
fn push_two(number: i8, out: &mut String) {
    let digit = |digit: i8| char::from(b'0' + digit.unsigned_abs() % 10);
    out.extend([digit(number / 10), digit(number)]);
}

/// The lines of an event.
pub fn event(entry: &Entry, zones: &Zones) -> Written {
    let uid = format!("{}{DOMAIN}", entry.uid);
    let (start, end) = times(&entry.when, zones);
    let mut event = Event::new();
    event.uid(&uid).summary(&entry.title).status(EventStatus::Confirmed);
    event.append_property(start.clone()).append_property(end);
    event.add_property("TRANSP", "OPAQUE").add_property(MARK, &entry.mark);
    if !entry.description.is_empty() {
        event.description(&entry.description);
    }
    event.categories(&entry.categories);
    if let Some(location) = &entry.location {
        event.location(location);
    }
    if let Some(link) = &entry.link {
        event.url(link);
    }
    for minutes in &entry.alarms {
        event.alarm(alarm(entry, *minutes));
    }
    let mut lines = String::with_capacity(entry.description.len() + 512 + 256 * entry.alarms.len());
    component(&event, &mut lines);
    let start = lines.split('\n').find(|line| line.starts_with("DTSTART")).unwrap_or_default().to_owned();
    Written { uid, start, lines }
}

/// A reminder with an identity of its own (RFC 9074), so that a client that knows it does not ring
/// twice.
fn alarm(entry: &Entry, minutes: i64) -> Alarm {
    let uid = Uuid::new_v5(&entry.uid, format!("alarm {minutes}").as_bytes());
    let mut alarm = Alarm::display(&entry.title, Trigger::before_start(chrono::Duration::zero()));
    alarm.append_property(Property::new("TRIGGER", before(minutes))).uid(&uid.to_string());
    alarm
}

/// `-PT15M`, `-P1D`.
fn before(minutes: i64) -> String {
    match minutes {
        0 => "PT0S".to_owned(),
        _ if minutes % 1440 == 0 => format!("-P{}D", minutes / 1440),
        _ if minutes % 60 == 0 => format!("-PT{}H", minutes / 60),
        _ => format!("-PT{minutes}M"),
    }
}

fn times(when: &Time, zones: &Zones) -> (Property, Property) {
    match when {
        Time::Span(start, end) => (moment("DTSTART", start, zones), moment("DTEND", end, zones)),
        Time::Day(date) => (whole_day("DTSTART", *date), whole_day("DTEND", date.tomorrow().unwrap_or(*date))),
    }
}

fn moment(name: &str, at: &Zoned, zones: &Zones) -> Property {
    match at.time_zone().iana_name().filter(|name| zones.is_local(name)) {
        Some(zone) => Property::new(name, local(at)).add_parameter("TZID", zone).done(),
        None => Property::new(name, utc(at.timestamp())),
    }
}

fn whole_day(name: &str, date: Date) -> Property {
    Property::new(name, day(date)).add_parameter("VALUE", "DATE").done()
}

/// The properties of a component and those inside it, from after BEGIN to the END.
fn component(component: &impl Component, out: &mut String) {
    let multi = component.multi_properties().values().flatten();
    component.properties().values().chain(multi).for_each(|property| line(property, out));
    for inner in component.components() {
        out.extend(["BEGIN:", inner.component_kind().as_str(), "\n"]);
        self::component(inner, out);
    }
    out.extend(["END:", component.component_kind().as_str(), "\n"]);
}

/// A property as a line. Lists come escaped already; other texts are escaped here, and nowhere else.
fn line(property: &Property, out: &mut String) {
    out.push_str(property.key());
    for parameter in property.params().values() {
        out.extend([";", parameter.key(), "=", parameter.value()]);
    }
    out.push(':');
    let is_list = property.key() == "CATEGORIES";
    if property.value_type() == Some(ValueType::Text) && !is_list {
        lines::escape(property.value(), out);
    } else {
        out.push_str(property.value());
    }
    out.push('\n');
}

/// The whole file, of folded events.
pub fn file(name: &str, from: Option<Date>, time_zone: &str, zones: &Zones, events: Vec<String>) -> Vec<u8> {
    let mut out = String::with_capacity(2048);
    let mut name_escaped = String::new();
    lines::escape(&text::one_line(name), &mut name_escaped);
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dossier//study calendar//EN", "CALSCALE:GREGORIAN"] {
        lines::push(&mut out, line);
    }
    lines::push(&mut out, &format!("NAME:{name_escaped}"));
    lines::push(&mut out, &format!("X-WR-CALNAME:{name_escaped}"));
    lines::push(&mut out, &format!("X-WR-TIMEZONE:{time_zone}"));
    if let Some(from) = from {
        lines::push(&mut out, &format!("{FROM}:{}", day(from)));
    }
    zones.lines().for_each(|line| lines::push(&mut out, line));
    out.extend(events);
    lines::push(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

/// Events as they stand in a file.
pub fn folded(events: &[Versioned]) -> String {
    let length: usize = events.iter().map(|event| event.event.lines.len()).sum();
    let mut out = String::with_capacity(length + length / 8 + 160 * events.len());
    for event in events {
        push_event(&mut out, event);
    }
    out
}

fn push_event(out: &mut String, versioned: &Versioned) {
    lines::push(out, "BEGIN:VEVENT");
    for (name, value) in [("DTSTAMP", &versioned.stamp), ("LAST-MODIFIED", &versioned.stamp)] {
        lines::push(out, &format!("{name}:{value}"));
    }
    lines::push(out, &format!("SEQUENCE:{}", versioned.sequence));
    versioned.event.lines.split_terminator('\n').for_each(|line| lines::push(out, line));
}
