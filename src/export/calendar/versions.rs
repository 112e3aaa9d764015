//! What is new since the last export: versions of events that changed rise, the others stay to the
//! byte, and what is gone is cancelled once.

use super::read::{self, Known};
use super::write::{MARK, Versioned, Written, utc};
use super::zones::Zones;
use super::{Options, Report};
use jiff::Timestamp;

/// Versions count from the minutes since 2026 began: so a file made after the earlier one was lost
/// still supersedes it.
const EPOCH: i64 = 1_767_225_600;

/// Gives each event its version, and adds the events that are to be cancelled. `zones` are those of the file.
pub fn versioned(events: Vec<Written>, zones: &Zones, options: &Options<'_>) -> (Vec<Versioned>, Report) {
    let mut known = options.previous.map(read::known).unwrap_or_default();
    let mut report = Report::default();
    let stamp = utc(options.now);
    let mut out: Vec<Versioned> = Vec::with_capacity(events.len());
    for event in events {
        let before = known.remove(&event.uid);
        match &before {
            None => report.new += 1,
            Some(before) => report.moved += usize::from(before.start != event.start && !before.cancelled),
        }
        out.push(next(event, before, options.now, &stamp));
    }
    let gone = known.into_values().filter(|event| !event.cancelled && event.is_ahead(options.now));
    let cancelled: Vec<Versioned> = gone.map(|event| cancelled(event, zones, options.now)).collect();
    report.cancelled = cancelled.len();
    out.extend(cancelled);
    (out, report)
}

/// Everything that lies ahead in the last export called off; what is over stays, for it is the memory of what
/// was studied.
pub fn called_off(options: &Options<'_>) -> (Vec<Versioned>, Report) {
    let zones = Zones::default();
    let known = options.previous.map(read::known).unwrap_or_default();
    let live = known.into_values().filter(|event| !event.cancelled);
    let (ahead, over): (Vec<Known>, Vec<Known>) = live.partition(|event| event.is_ahead(options.now));
    let is_session = |event: &&Known| !event.lines.split('\n').any(|line| line.starts_with(&format!("{MARK}:round")));
    let sessions = over.iter().filter(is_session).count();
    let report = Report { sessions, rounds: over.len() - sessions, cancelled: ahead.len(), ..Report::default() };
    let over = over.into_iter().map(|event| kept(event, &zones));
    let ahead = ahead.into_iter().map(|event| cancelled(event, &zones, options.now));
    (over.chain(ahead).collect(), report)
}

fn next(event: Written, before: Option<Known>, now: Timestamp, stamp: &str) -> Versioned {
    match before {
        Some(before) if before.lines == event.lines => {
            Versioned { event, sequence: before.sequence, stamp: before.stamp }
        }
        Some(before) => {
            let sequence = minutes(now).max(before.sequence.saturating_add(1));
            Versioned { event, sequence, stamp: stamp.to_owned() }
        }
        None => Versioned { event, sequence: minutes(now), stamp: stamp.to_owned() },
    }
}

/// The event as it was.
fn kept(before: Known, zones: &Zones) -> Versioned {
    let lines = before.lines.split_terminator('\n').map(|line| in_zones(line, &before, zones) + "\n").collect();
    let event = Written { uid: before.uid, start: before.start, lines };
    Versioned { event, sequence: before.sequence, stamp: before.stamp }
}

/// A line of an event; a time in a zone that this file does not describe is told in UTC.
fn in_zones(line: &str, event: &Known, zones: &Zones) -> String {
    let zone = line.split_once(";TZID=").and_then(|(_, rest)| rest.split([':', ';']).next());
    let name = line.split([':', ';']).next().unwrap_or_default();
    match (zone, event.span) {
        (Some(zone), Some((start, end))) if !zones.is_local(zone.trim_matches('"')) => match name {
            "DTSTART" => format!("{name}:{}", utc(start)),
            "DTEND" => format!("{name}:{}", utc(end)),
            _ => line.to_owned(),
        },
        _ => line.to_owned(),
    }
}

/// The event as it was, called off: no alarm rings, no time is taken.
fn cancelled(before: Known, zones: &Zones, now: Timestamp) -> Versioned {
    let sequence = minutes(now).max(before.sequence.saturating_add(1));
    let mut lines = String::with_capacity(before.lines.len());
    let mut alarm = false;
    for line in before.lines.split_terminator('\n') {
        alarm |= line == "BEGIN:VALARM";
        match line.split_once(':') {
            _ if alarm => alarm = line != "END:VALARM",
            Some(("STATUS", _)) => lines.push_str("STATUS:CANCELLED\n"),
            Some(("TRANSP", _)) => lines.push_str("TRANSP:TRANSPARENT\n"),
            _ => lines.extend([&in_zones(line, &before, zones), "\n"]),
        }
    }
    let event = Written { uid: before.uid, start: before.start, lines };
    Versioned { event, sequence, stamp: utc(now) }
}

fn minutes(now: Timestamp) -> u32 {
    u32::try_from((now.as_second() - EPOCH).max(0) / 60).unwrap_or(0)
}
