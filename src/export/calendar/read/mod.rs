//! Reading calendars: the last export, and the files of other programs that tell when the learner is
//! busy. Any bytes may come; what cannot be used is left out or reported, never a panic.

mod busy;
mod component;
mod moment;
mod recurrence;

pub use busy::{Ignored, Why, busy};

use super::lines::unescape;
use super::write::{FROM, MARK};
use crate::plan::{Earlier, Kind, Slot};
use component::Component;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// An event of the last export.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its identity.
    pub uid: String,
    /// Its `DTSTART` line.
    pub start: String,
    /// Its lines without stamps, unfolded, each with a line feed.
    pub lines: String,
    /// Its version.
    pub sequence: u32,
    /// When that version was made.
    pub stamp: String,
    /// Whether it was called off.
    pub cancelled: bool,
    /// When it starts and ends, if that can be told.
    pub span: Option<(Timestamp, Timestamp)>,
}

impl Known {
    /// Whether it has not ended yet.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        self.span.is_none_or(|(_, end)| end > now)
    }
}

/// The sessions of an earlier export, for the planner. Bytes that are no such calendar hold none.
pub fn earlier(bytes: &[u8]) -> Earlier {
    let text = String::from_utf8_lossy(bytes);
    let calendar = Component::parse(&text);
    let zones = moment::Zones::new(&calendar);
    let mut earlier = Earlier { from: calendar.value(FROM).and_then(moment::date), ..Earlier::default() };
    for event in calendar.events().filter(|event| !is_cancelled(event)) {
        if let Some((key, slot)) = session(event, &zones) {
            earlier.slots.insert(key, slot);
        }
    }
    earlier
}

/// The identity and the slot of one of our sessions; rounds have none.
fn session(event: &Component, zones: &moment::Zones) -> Option<((Kind, u32), Slot)> {
    let mark = unescape(event.value(MARK)?);
    let (kind, rest) = mark.split_once(' ')?;
    let (topic, ordinal) = rest.rsplit_once(' ')?;
    let kind = match kind {
        "learn" => Kind::Learn(topic.to_owned()),
        "review" => Kind::Review(topic.to_owned()),
        "company" => Kind::Company,
        "ask" => Kind::Ask,
        "mock" => Kind::Mock,
        "light-review" => Kind::LightReview,
        _ => return None,
    };
    let (start, end) = zones.span(event)?;
    let minutes = u32::try_from((end.as_second() - start.as_second()) / 60).ok()?;
    Some(((kind, ordinal.parse().ok()?), Slot { start, minutes }))
}

/// The events of an earlier export by their identity.
pub(super) fn known(bytes: &[u8]) -> BTreeMap<String, Known> {
    let text = String::from_utf8_lossy(bytes);
    let calendar = Component::parse(&text);
    let zones = moment::Zones::new(&calendar);
    let ours = calendar.events().filter(|event| event.value(MARK).is_some());
    ours.filter_map(|event| Some((event.value("UID")?.to_owned(), version(event, &zones)?))).collect()
}

fn version(event: &Component, zones: &moment::Zones) -> Option<Known> {
    let stamps = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"];
    let lines = event.lines().filter(|line| !stamps.iter().any(|stamp| line.split([':', ';']).next() == Some(*stamp)));
    Some(Known {
        uid: event.value("UID")?.to_owned(),
        start: event.line("DTSTART")?.to_owned(),
        lines: lines.flat_map(|line| [line, "\n"]).collect(),
        sequence: event.value("SEQUENCE").and_then(|value| value.parse().ok()).unwrap_or(0),
        stamp: event.value("LAST-MODIFIED").or_else(|| event.value("DTSTAMP"))?.to_owned(),
        cancelled: is_cancelled(event),
        span: zones.span(event),
    })
}

fn is_cancelled(event: &Component) -> bool {
    event.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"))
}
