//! The study calendar: sessions and rounds as events of an iCalendar file (RFC 5545) that every
//! client takes in, and takes in again after a change without doubling anything.
//!
//! [`compose`] says what stands in the calendar, [`text`] turns Markdown into plain text, [`write`]
//! makes the bytes, [`zones`] the time zones, [`versions`] tells what is new since the last export,
//! [`read`] reads that export and other people's calendars.

mod compose;
mod lines;
pub mod read;
mod text;
mod versions;
mod write;
mod zones;

pub use compose::key;

use crate::dossier::Dossier;
use crate::plan::{Plan, Session};
use crate::theme::Theme;
use jiff::Timestamp;
use std::panic::resume_unwind;
use std::{fmt, thread};
use write::Written;

/// Fewer events than this are not worth a thread.
const SHARE: usize = 500;

/// What a calendar is made with besides the dossier.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The time of the build; it stands in new and changed events only.
    pub now: Timestamp,
    /// The calendar that was exported before, as it was written.
    pub previous: Option<&'a [u8]>,
    /// How many threads may write at once; the bytes are the same.
    pub threads: usize,
}

impl Options<'_> {
    /// A first export at a time.
    pub fn at(now: Timestamp) -> Self {
        Self { now, previous: None, threads: 1 }
    }
}

/// The file and what can be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is in it.
    pub report: Report,
}

/// What is in a calendar and what has changed since the last export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Study sessions.
    pub sessions: usize,
    /// Rounds of interviews.
    pub rounds: usize,
    /// Events that were not there before.
    pub new: usize,
    /// Events that were there at another time.
    pub moved: usize,
    /// Events that are not there any more.
    pub cancelled: usize,
}

/// Why there is no calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A time zone of the dossier that the database does not know; our mistake, for the dossier was
    /// checked.
    Zone(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zone(name) => write!(f, "the time zone `{name}` is unknown"),
        }
    }
}

impl std::error::Error for Error {}

/// The calendar of a plan.
pub fn calendar(dossier: &Dossier, plan: &Plan, theme: &Theme, options: &Options<'_>) -> Result<Calendar, Error> {
    let words = compose::Words::new(dossier, plan, theme);
    let rounds = words.rounds()?;
    let starts = plan.sessions.iter().map(|session| &session.start);
    let zones = zones::Zones::new(starts.chain(rounds.iter().filter_map(|round| round.when.start())));
    let written = |sessions: &[Session]| -> Vec<Written> {
        sessions.iter().map(|session| write::event(&words.session(session), &zones)).collect()
    };
    let mut events: Vec<Written> = in_shares(&plan.sessions, options.threads, written).into_iter().flatten().collect();
    events.extend(rounds.iter().map(|round| write::event(round, &zones)));
    let (events, mut report) = versions::versioned(events, &zones, options);
    report.sessions = plan.sessions.len();
    report.rounds = rounds.len();
    let name = compose::name(dossier, &theme.labels);
    let folded = in_shares(&events, options.threads, write::folded);
    let bytes = write::file(&name, Some(plan.from), &plan.time_zone, &zones, folded);
    Ok(Calendar { bytes, report })
}

/// What is made of a list, share by share and in its order; many items are worked on by several threads.
fn in_shares<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let mut shares = items.chunks(items.len().div_ceil(threads.max(1)).max(SHARE));
    let work = &work;
    thread::scope(|scope| {
        let first = shares.next().unwrap_or_default();
        let others: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let mut made = vec![work(first)];
        let join = |other: thread::ScopedJoinHandle<'_, R>| other.join().unwrap_or_else(|panic| resume_unwind(panic));
        made.extend(others.into_iter().map(join));
        made
    })
}

/// The calendar of a dossier that has lost its interview: what the earlier one still holds is called off, so
/// that no client rings for it. `None` when there is nothing to call off.
pub fn called_off(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> Option<Calendar> {
    let from = options.previous.and_then(|bytes| read::earlier(bytes).from);
    let (events, report) = versions::called_off(options);
    (report.cancelled > 0).then(|| {
        let name = compose::name(dossier, &theme.labels);
        let folded = vec![write::folded(&events)];
        let bytes = write::file(&name, from, dossier.study_zone(), &zones::Zones::default(), folded);
        Calendar { bytes, report }
    })
}
