//! Which time is free: hours of the week, days off, other engagements and rounds as instants, safe
//! across clock changes.

use super::Busy;
use super::frame::{Frame, Target};
use crate::dossier::{Dossier, Hours, Minutes};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Minutes before a round in which one travels, changes or breathes.
pub const BEFORE_ROUND: i64 = 90;

/// From here up to there, in seconds since 1970.
pub type Span = (i64, i64);

/// What is free on a day.
#[derive(Debug, Clone, Default)]
pub struct FreeDay {
    /// Stretches in order; none touches the next.
    pub spans: Vec<Span>,
    /// Minutes that may be used.
    pub limit: u32,
}

/// The free time of each day from day 0 to the last round's.
pub fn days(dossier: &Dossier, frame: &Frame, busy: &[Busy]) -> Vec<FreeDay> {
    let blocks = blocks(frame, busy);
    let last = frame.rounds.last().map_or(-1, |round| round.day);
    let mut days = Vec::new();
    let mut date = frame.first;
    for _ in 0..=last {
        let spans = without(&open(dossier, &frame.zone, date), &blocks);
        days.push(FreeDay { spans, limit: dossier.study.max_per_day.0 });
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    days
}

/// The length of session that the learner's week has room for: the one asked for, shorter where most
/// days have no stretch that long.
pub fn session_length(dossier: &Dossier) -> u32 {
    let mut longest: Vec<u32> =
        dossier.study.hours.iter().filter_map(|hours| hours.iter().map(|range| length(*range)).max()).collect();
    longest.sort_unstable();
    let usual = longest.get(longest.len() / 2).copied().unwrap_or(0) / 5 * 5;
    let Minutes(asked) = dossier.study.session;
    asked.min(dossier.study.max_per_day.0).min(usual.max(super::diary::SHORTEST))
}

/// The longest stretch of the week, for what should not be cut short.
pub fn longest_stretch(dossier: &Dossier) -> u32 {
    let all = dossier.study.hours.iter().flatten().map(|range| length(*range));
    all.max().unwrap_or(0).min(dossier.study.max_per_day.0)
}

fn length(hours: Hours) -> u32 {
    let minutes =
        |time: jiff::civil::Time| u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs());
    minutes(hours.to).saturating_sub(minutes(hours.from))
}

/// The hours of a date as instants.
pub fn open(dossier: &Dossier, zone: &TimeZone, date: Date) -> Vec<Span> {
    if dossier.study.days_off.iter().any(|(first, last)| (*first..=*last).contains(&date)) {
        return Vec::new();
    }
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let hours = dossier.study.hours.get(weekday).map_or(&[][..], Vec::as_slice);
    hours.iter().flat_map(|range| instants(zone, date, *range)).collect()
}

fn instants(zone: &TimeZone, date: Date, hours: Hours) -> Vec<Span> {
    let (Some(start), Some(end)) =
        (instant(zone, date.to_datetime(hours.from)), instant(zone, date.to_datetime(hours.to)))
    else {
        return Vec::new();
    };
    without(&[(start, end)], &repeated(zone, start, end))
}

/// The instant of a local time; where the clock skips it, the moment of the skip. Which of two is
/// taken where it happens twice does not matter: [`repeated`] takes out both.
fn instant(zone: &TimeZone, at: DateTime) -> Option<i64> {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
        let before = ambiguous.earlier().ok()?;
        return zone.following(before).next().map(|change| change.timestamp().as_second());
    }
    ambiguous.later().ok().map(Timestamp::as_second)
}

/// Local times that happen twice: `DTSTART;TZID=` can name the first of them only (RFC 5545, section
/// 3.3.5), so nothing starts or ends in either.
fn repeated(zone: &TimeZone, start: i64, end: i64) -> Vec<Span> {
    let margin = SignedDuration::from_hours(25);
    let (Ok(start), Ok(end)) = (Timestamp::from_second(start), Timestamp::from_second(end)) else { return Vec::new() };
    let (Ok(from), Ok(to)) = (start.checked_sub(margin), end.checked_add(margin)) else { return Vec::new() };
    if zone.to_offset(from) == zone.to_offset(to) {
        return Vec::new();
    }
    let changes = zone.following(from).take_while(|change| change.timestamp() < to);
    let folds = changes.filter_map(|change| {
        let at = change.timestamp();
        let before = zone.to_offset(at.checked_sub(SignedDuration::from_secs(1)).ok()?);
        let repeated = i64::from(before.seconds() - change.offset().seconds());
        (repeated > 0).then(|| (at.as_second() - repeated, at.as_second() + repeated))
    });
    folds.collect()
}

/// Everything that is not free, in order: what was before, engagements, the rounds with the time before
/// them, and all that comes after.
fn blocks(frame: &Frame, busy: &[Busy]) -> Vec<Span> {
    let mut blocks = vec![(i64::MIN, frame.earliest.as_second())];
    blocks.extend(busy.iter().map(|busy| (busy.start.as_second(), busy.end.as_second())));
    let before = BEFORE_ROUND * 60;
    blocks.extend(frame.rounds.iter().map(|round| (round.start.as_second() - before, day_after(frame, round))));
    blocks.extend(frame.rounds.last().map(|last| (last.start.as_second() - before, i64::MAX)));
    blocks.sort_unstable();
    joined(blocks)
}

/// Nobody studies on after an interview: the rest of its day is free of plans.
fn day_after(frame: &Frame, round: &Target) -> i64 {
    let next = frame.zone.to_datetime(round.start).date().tomorrow().and_then(|next| next.to_zoned(frame.zone.clone()));
    next.map_or(round.end, |next| next.timestamp().max(round.end)).as_second()
}

fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// What is left of some stretches when others are taken out; both in order.
fn without(spans: &[Span], blocks: &[Span]) -> Vec<Span> {
    let mut out = Vec::with_capacity(spans.len());
    for &(mut start, end) in spans {
        let first = blocks.partition_point(|block| block.1 <= start);
        for block in blocks.iter().skip(first).take_while(|block| block.0 < end) {
            if block.0 > start {
                out.push((start, block.0));
            }
            start = start.max(block.1);
        }
        if start < end {
            out.push((start, end));
        }
    }
    out
}
