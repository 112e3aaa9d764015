//! Stage 2: a dossier, the time and what was planned before into a study plan. Pure: no clock, no
//! file, no format.
//!
//! [`frame`] says when and towards what, [`needs`] how much each topic takes, [`free`] which time
//! there is, [`diary`] who has which slot; [`schedule`] brings them together, and [`promises`]
//! proves the outcome again from the outside.

mod diary;
mod earlier;
mod frame;
mod free;
mod mock;
mod needs;
mod promises;
mod schedule;
mod wants;

pub use earlier::{Earlier, Slot};
pub use mock::mock_questions;
pub use needs::rank;
pub use promises::{Broken, Promise, promises};

use crate::dossier::{Confidence, Dossier, Minutes, Priority};
use frame::Frame;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// The plan that leads to the rounds of a dossier; `None` when there is no round.
///
/// Nothing is planned before `now` or `study.starts`; an interview that is over is planned for as of
/// `study.starts`; when no day of study lies before the last round, the plan holds what was and lacks nothing.
/// `busy` is kept free. What `earlier` holds keeps its slot while that is legal.
pub fn plan(dossier: &Dossier, now: Timestamp, busy: &[Busy], earlier: &Earlier) -> Option<Plan> {
    let frame = Frame::new(dossier, now, earlier)?;
    let mut memory = earlier.clone();
    let mut plan = schedule::schedule(dossier, &frame, busy, &memory);
    for _ in 0..SETTLED {
        let next = Earlier { missed: earlier.missed.clone(), ..Earlier::from(&plan) };
        if next.slots == memory.slots {
            break;
        }
        memory = next;
        plan = schedule::schedule(dossier, &frame, busy, &memory);
    }
    Some(plan)
}

/// A plan is made again from itself until that changes nothing, so that the next build has nothing to move: at
/// most so many times. Two are enough for nearly all.
const SETTLED: u32 = 4;

/// A plan that leads up to the interview.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// IANA name of the zone the learner studies in.
    pub time_zone: String,
    /// The first day that was planned for.
    pub from: Date,
    /// The sessions, by their start; those that lie in the past are history and stand here too.
    pub sessions: Vec<Session>,
    /// What found no place.
    pub cut: Vec<Cut>,
    /// Time there is and time that is needed.
    pub capacity: Capacity,
    /// All topics of the plan, most important first.
    pub topics: Vec<Topic>,
}

/// A topic as the planner sees it: questions, concepts or a story under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The name as written.
    pub name: String,
    /// Its identity.
    pub slug: String,
    /// How sure the learner is.
    pub confidence: Confidence,
    /// How much it matters.
    pub priority: Priority,
    /// Its questions, concepts and stories.
    pub items: u32,
    /// What it takes to learn it.
    pub needed: Minutes,
    /// What is planned for it, reviews included.
    pub planned: Minutes,
}

/// A stretch of study.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// What is done; with `ordinal`, the identity of the session.
    pub kind: Kind,
    /// First, second, … of its kind (and topic).
    pub ordinal: u32,
    /// When it starts, in the zone of the plan.
    pub start: Zoned,
    /// How long it is.
    pub minutes: Minutes,
    /// Why it stands on that day.
    pub reason: Reason,
}

/// What is done in a session. Topics are named by their slug.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Learn a topic, or go on learning it.
    Learn(String),
    /// Recall a topic from memory.
    Review(String),
    /// Find out about the company.
    Company,
    /// Prepare the questions to ask them.
    Ask,
    /// A mock interview.
    Mock,
    /// The last look, on the day before.
    LightReview,
}

/// Why a session stands where it stands, in figures; the exporters have the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Each topic once, the important and unsure ones first.
    Coverage {
        /// How much it matters.
        priority: Priority,
        /// How sure the learner is.
        confidence: Confidence,
    },
    /// More time for what matters and is not sure yet.
    MoreTime {
        /// Which block of the topic this is.
        block: u32,
        /// Of how many.
        of: u32,
    },
    /// Recall at a growing gap.
    Spacing {
        /// Days since the topic was first learned.
        days_since: i32,
        /// Days that were left until the interview at that time.
        days_left: i32,
    },
    /// Early, so that examples can be aimed at the company.
    Early,
    /// Full-length practice, with days left to mend what it shows.
    Rehearsal {
        /// Days before the interview.
        days_before: i32,
    },
    /// On the last day nothing new.
    LastDay,
    /// Between two rounds.
    Refresh,
}

/// Something that found no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// What was to be done.
    pub kind: Kind,
    /// How much of it.
    pub minutes: Minutes,
}

/// Time there is and time that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Capacity {
    /// Free minutes that may be used from now on, by the hours and the daily limit.
    pub free: Minutes,
    /// Minutes that everything would take.
    pub needed: Minutes,
    /// Minutes that are planned.
    pub planned: Minutes,
}

impl Capacity {
    /// Minutes of what found no place: what the sessions under [`Plan::cut`] would take.
    pub fn missing(self) -> Minutes {
        Minutes(self.needed.0.saturating_sub(self.planned.0))
    }

    /// Free minutes that nothing is planned in.
    pub fn unusable(self) -> Minutes {
        Minutes(self.free.0.saturating_sub(self.planned.0))
    }
}

/// A stretch of time that is taken by something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// From here,
    pub start: Timestamp,
    /// up to here.
    pub end: Timestamp,
}
