//! When and towards what: the zone, the day to plan from, the rounds to plan for.

use super::Earlier;
use crate::dossier::{Dossier, Round, When};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Nobody needs a plan that reaches further; an interview further off is planned for later.
const LONGEST: i32 = 400;

/// Nothing new starts at once: now, rounded up to this many seconds.
const ROUNDING: i64 = 15 * 60;

/// The frame of a plan. Days are counted from the first day that can be planned, which is 0; days
/// before it are negative.
#[derive(Debug)]
pub struct Frame {
    /// The zone the learner studies in.
    pub zone: TimeZone,
    /// What starts before this is history.
    pub now: Timestamp,
    /// Nothing stands before this but history.
    pub earliest: Timestamp,
    /// Nothing new starts before this.
    pub from: Timestamp,
    /// Day 0.
    pub first: Date,
    /// The first day of the plan as it was made at first; never after day 0.
    pub origin: i32,
    /// The rounds by their start; at least one.
    pub rounds: Vec<Target>,
    /// Which of them the plan leads to; to the later ones it refreshes.
    pub main: usize,
}

/// A round as an aim.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its day in the learner's zone.
    pub day: i32,
    /// When it starts; where the time is not known, when its day starts.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

impl Frame {
    /// `None` when there is nothing to plan for.
    pub fn new(dossier: &Dossier, now: Timestamp, earlier: &Earlier) -> Option<Self> {
        let zone = TimeZone::get(dossier.study_zone()).unwrap_or(TimeZone::UTC);
        let mut spans: Vec<(Timestamp, Timestamp)> = dossier.rounds.iter().filter_map(span).collect();
        spans.sort_unstable();
        let last = spans.last()?.0;
        let earliest = planned_as_of(dossier, now, last, &zone);
        let from = rounded_up(earliest);
        let first = zone.to_datetime(earliest).date();
        let origin_date = earlier.from.or_else(|| earlier.first_day(&zone)).unwrap_or(first).min(first);
        let origin_start = origin_date.to_zoned(zone.clone()).map_or(from, |start| start.timestamp()).min(from);
        let day = |at: Timestamp| days_between(first, zone.to_datetime(at).date());
        let rounds: Vec<Target> = spans.iter().map(|&(start, end)| Target { day: day(start), start, end }).collect();
        let main = rounds.iter().position(|round| round.start > origin_start).unwrap_or(rounds.len() - 1);
        let origin = days_between(first, origin_date);
        Some(Self { zone, now, earliest, from, first, origin, rounds, main })
    }

    /// The day of an instant.
    pub fn day_of(&self, at: Timestamp) -> i32 {
        days_between(self.first, self.zone.to_datetime(at).date())
    }

    /// The round the plan leads to.
    pub fn aim(&self) -> Target {
        self.round(self.main)
    }

    /// Whether the round the plan leads to is over, so that only later ones are left.
    pub fn is_past_aim(&self) -> bool {
        self.aim().start <= self.from
    }

    /// Whether all rounds lie before the time that is planned from: nothing is owed any more.
    pub fn is_over(&self) -> bool {
        self.last().start <= self.earliest
    }

    /// The last of the rounds.
    pub fn last(&self) -> Target {
        self.round(self.rounds.len().saturating_sub(1))
    }

    fn round(&self, index: usize) -> Target {
        self.rounds.get(index).copied().unwrap_or(Target { day: 0, start: self.from, end: self.from })
    }
}

/// The instants a round takes.
pub fn span(round: &Round) -> Option<(Timestamp, Timestamp)> {
    let zone = TimeZone::get(&round.time_zone).ok()?;
    match round.when {
        When::At(at) => {
            let start = zone.to_ambiguous_zoned(at).compatible().ok()?.timestamp();
            Some((start, start.checked_add(SignedDuration::from_mins(i64::from(round.duration.0))).ok()?))
        }
        When::Day(date) => {
            let end = date.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
            Some((date.to_zoned(zone).ok()?.timestamp(), end.timestamp()))
        }
    }
}

/// Now or the first study day, whichever is later; for an interview that is over, the first study
/// day; for one that is far off, a day from which a plan makes sense.
fn planned_as_of(dossier: &Dossier, now: Timestamp, last: Timestamp, zone: &TimeZone) -> Timestamp {
    let starts = dossier.study.starts.and_then(|date| date.to_zoned(zone.clone()).ok()).map(|start| start.timestamp());
    let from = match starts {
        Some(starts) if last <= now => starts,
        Some(starts) => now.max(starts),
        None => now,
    };
    let earliest = zone.to_datetime(last).date().checked_sub(LONGEST.days());
    let earliest = earliest.ok().and_then(|date| date.to_zoned(zone.clone()).ok());
    from.max(earliest.map_or(from, |earliest| earliest.timestamp()))
}

fn rounded_up(at: Timestamp) -> Timestamp {
    let seconds = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    Timestamp::from_second((seconds + ROUNDING - 1).div_euclid(ROUNDING) * ROUNDING).unwrap_or(at)
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
