//! What every plan keeps, proved from the outside before anything is written: with wall-clock times
//! and the dossier's own words, not with the planner's instants.

use super::frame::{Frame, span};
use super::free::BEFORE_ROUND;
use super::{Busy, Earlier, Kind, Plan, Session};
use crate::dossier::Dossier;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, Zoned};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A promise that a plan does not keep. It is our mistake, never the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which promise.
    pub promise: Promise,
    /// Where.
    pub at: String,
}

/// The promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// No two sessions overlap.
    NoOverlap,
    /// Sessions lie inside the free hours.
    InsideHours,
    /// Nothing on days off.
    DaysOff,
    /// Nothing during other engagements.
    Busy,
    /// Nothing during a round or 90 minutes before it.
    RoomBeforeRounds,
    /// Nothing after the last round.
    BeforeInterview,
    /// No more minutes a day than asked for.
    DailyLimit,
    /// One block of a topic a day.
    OneBlockADay,
    /// Every topic is covered or listed as cut.
    Covered,
    /// A topic is learned before it is recalled.
    LearnedFirst,
    /// Each start can be written as a local time.
    Writable,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.promise, self.at)
    }
}

/// Every promise that the plan breaks; sessions that began before `now` are history and bound by none
/// but that nothing overlaps them.
pub fn promises(plan: &Plan, dossier: &Dossier, now: Timestamp, busy: &[Busy]) -> Vec<Broken> {
    let ahead: Vec<&Session> = plan.sessions.iter().filter(|session| session.start.timestamp() >= now).collect();
    let taken = Taken::new(dossier, busy);
    let mut broken = overlaps(&plan.sessions);
    for session in &ahead {
        broken.extend(alone(session, dossier).map(|promise| at(promise, session)));
        broken.extend(taken.clashes(session).map(|promise| at(promise, session)));
    }
    broken.extend(daily(plan, dossier, now));
    broken.extend(one_block(plan, now));
    let is_over = Frame::new(dossier, now, &Earlier::default()).is_none_or(|frame| frame.is_over());
    broken.extend(coverage(plan, is_over, now));
    broken
}

fn at(promise: Promise, session: &Session) -> Broken {
    Broken { promise, at: format!("{:?} {} at {}", session.kind, session.ordinal, session.start) }
}

fn end(session: &Session) -> Zoned {
    session.start.saturating_add(SignedDuration::from_mins(i64::from(session.minutes.0)))
}

fn overlaps(sessions: &[Session]) -> Vec<Broken> {
    let pairs = sessions.iter().zip(sessions.iter().skip(1));
    pairs
        .filter(|(first, second)| end(first) > second.start)
        .map(|(_, second)| at(Promise::NoOverlap, second))
        .collect()
}

/// What a session breaks by its own place on the clock and the calendar.
fn alone(session: &Session, dossier: &Dossier) -> impl Iterator<Item = Promise> {
    let (start, end) = (&session.start, end(session));
    let weekday = usize::try_from(start.weekday().to_monday_zero_offset()).unwrap_or_default();
    let hours = dossier.study.hours.get(weekday).map_or(&[][..], Vec::as_slice);
    // The end itself may be the moment at which the clock skips an hour.
    let last = end.saturating_sub(SignedDuration::from_secs(1));
    let within = |from: Time, to: Time| from <= start.time() && last.time() < to && start.date() == last.date();
    let inside = hours.iter().any(|range| within(range.from, range.to));
    let off = dossier.study.days_off.iter().any(|(first, last)| (*first..=*last).contains(&start.date()));
    let written = start.time_zone().to_ambiguous_zoned(start.datetime()).compatible();
    let writable = written.is_ok_and(|written| written.timestamp() == start.timestamp());
    let broken = [(!inside, Promise::InsideHours), (off, Promise::DaysOff), (!writable, Promise::Writable)];
    broken.into_iter().filter(|(broken, _)| *broken).map(|(_, promise)| promise)
}

/// When something else is going on.
struct Taken {
    /// Engagements by their start, each with the latest end of all up to it.
    busy: Vec<(Timestamp, Timestamp)>,
    rounds: Vec<(Timestamp, Timestamp)>,
}

impl Taken {
    fn new(dossier: &Dossier, busy: &[Busy]) -> Self {
        let mut busy: Vec<(Timestamp, Timestamp)> = busy.iter().map(|busy| (busy.start, busy.end)).collect();
        busy.sort_unstable();
        let mut latest = Timestamp::MIN;
        for (_, end) in &mut busy {
            latest = latest.max(*end);
            *end = latest;
        }
        Self { busy, rounds: dossier.rounds.iter().filter_map(span).collect() }
    }

    /// What a session breaks by where others stand.
    fn clashes(&self, session: &Session) -> impl Iterator<Item = Promise> {
        let (start, end) = (session.start.timestamp(), end(session).timestamp());
        let begun = self.busy.partition_point(|busy| busy.0 < end);
        let engaged = begun.checked_sub(1).and_then(|last| self.busy.get(last)).is_some_and(|busy| start < busy.1);
        let before = SignedDuration::from_mins(BEFORE_ROUND);
        let is_near = |round: &(Timestamp, Timestamp)| {
            round.0.saturating_sub(before).is_ok_and(|from| from < end) && start < round.1
        };
        let near = self.rounds.iter().any(is_near);
        let after = self.rounds.iter().map(|round| round.0).max().is_some_and(|last| end > last);
        let broken = [(engaged, Promise::Busy), (near, Promise::RoomBeforeRounds), (after, Promise::BeforeInterview)];
        broken.into_iter().filter(|(broken, _)| *broken).map(|(_, promise)| promise)
    }
}

fn daily(plan: &Plan, dossier: &Dossier, now: Timestamp) -> Vec<Broken> {
    let mut days: BTreeMap<Date, (u32, bool)> = BTreeMap::new();
    for session in &plan.sessions {
        let day = days.entry(session.start.date()).or_default();
        day.0 += session.minutes.0;
        day.1 |= session.start.timestamp() >= now;
    }
    let over = days.into_iter().filter(|(_, (minutes, ahead))| *ahead && *minutes > dossier.study.max_per_day.0);
    over.map(|(day, (minutes, _))| Broken { promise: Promise::DailyLimit, at: format!("{day}: {minutes} min") })
        .collect()
}

fn one_block(plan: &Plan, now: Timestamp) -> Vec<Broken> {
    let mut seen: BTreeSet<(&str, Date)> = BTreeSet::new();
    let mut broken = Vec::new();
    for session in &plan.sessions {
        if let Kind::Learn(slug) | Kind::Review(slug) = &session.kind
            && !seen.insert((slug, session.start.date()))
            && session.start.timestamp() >= now
        {
            broken.push(at(Promise::OneBlockADay, session));
        }
    }
    broken
}

/// After the last round nothing has to be covered. A recall that is over may have come before the learning, where
/// that was missed and stands further on now.
fn coverage(plan: &Plan, is_over: bool, now: Timestamp) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut firsts: BTreeMap<&Kind, &Session> = BTreeMap::new();
    let is_ahead = |session: &&Session| session.start.timestamp() >= now;
    for session in plan.sessions.iter().filter(|session| !matches!(session.kind, Kind::Review(_)) || is_ahead(session))
    {
        firsts.entry(&session.kind).or_insert(session);
    }
    let cut: BTreeSet<&Kind> = plan.cut.iter().map(|cut| &cut.kind).collect();
    for topic in &plan.topics {
        let (learn, review) = (Kind::Learn(topic.slug.clone()), Kind::Review(topic.slug.clone()));
        let (first, recalled) = (firsts.get(&learn), firsts.get(&review));
        let told = cut.contains(&learn);
        if first.is_none() && !told && !is_over {
            broken.push(Broken { promise: Promise::Covered, at: topic.name.clone() });
        }
        if let Some(recalled) = recalled
            && first.is_some_and(|first| recalled.start < first.start)
        {
            broken.push(at(Promise::LearnedFirst, recalled));
        }
    }
    broken
}
