//! The memory: what was planned and exported before.

use super::Kind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The plan that was exported before. The default is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The first day that plan was made for.
    pub from: Option<Date>,
    /// Its sessions by kind and ordinal.
    pub slots: BTreeMap<(Kind, u32), Slot>,
    /// First and last day of each stretch whose sessions did not happen: they go back into the plan.
    pub missed: Vec<(Date, Date)>,
}

/// Where a session stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// When it started.
    pub start: Timestamp,
    /// How long it was, in minutes.
    pub minutes: u32,
}

impl Earlier {
    /// The slot of a session.
    pub(super) fn slot(&self, kind: &Kind, ordinal: u32) -> Option<Slot> {
        self.slots.get(&(kind.clone(), ordinal)).copied()
    }

    /// Whether a session of the past did not happen.
    pub(super) fn was_missed(&self, slot: Slot, zone: &TimeZone) -> bool {
        let day = zone.to_datetime(slot.start).date();
        self.missed.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// The day of the first session.
    pub(super) fn first_day(&self, zone: &TimeZone) -> Option<Date> {
        self.slots.values().map(|slot| slot.start).min().map(|start| zone.to_datetime(start).date())
    }
}

impl From<&super::Plan> for Earlier {
    /// What the next run would read back from the calendar of this plan.
    fn from(plan: &super::Plan) -> Self {
        let slot = |session: &super::Session| Slot { start: session.start.timestamp(), minutes: session.minutes.0 };
        let slots = plan.sessions.iter().map(|session| ((session.kind.clone(), session.ordinal), slot(session)));
        Self { from: Some(plan.from), slots: slots.collect(), missed: Vec::new() }
    }
}
