//! When the learner is busy: the events of a calendar file, repeating ones expanded.

use super::component::Component;
use super::is_cancelled;
use super::moment::{Moment, Zones};
use super::recurrence::{Rule, Window};
use crate::export::calendar::lines::{Line, unescape};
use crate::export::calendar::write::{DOMAIN, MARK};
use crate::plan::Busy;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Periods of repeating events that are looked at in one file.
const STEPS: u32 = 200_000;

/// Something in a calendar that is not kept free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// What the event is called.
    pub summary: String,
    /// Why.
    pub why: Why,
}

/// Why something is not kept free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The file is no calendar at all.
    NoCalendar,
    /// A rule of repetition that is not understood; the first time is kept free.
    Rule(String),
    /// A time zone that is neither known nor described in the file.
    Zone(String),
    /// No time that can be read.
    NoTime,
    /// So many repetitions that they were not followed to the end.
    TooMany,
    /// A change of this and all future times of a repeating event.
    ThisAndFuture,
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { summary, why } = self;
        match why {
            Why::NoCalendar => write!(f, "there is no calendar in this file"),
            Why::Rule(rule) => write!(
                f,
                "`{summary}` repeats by a rule that is not understood (`{rule}`); only its first time is kept free"
            ),
            Why::Zone(zone) => write!(f, "`{summary}` is in the unknown time zone `{zone}`"),
            Why::NoTime => write!(f, "`{summary}` has no time that can be read"),
            Why::TooMany => write!(f, "`{summary}` repeats too often to be followed to the end"),
            Why::ThisAndFuture => {
                write!(f, "`{summary}` changes all later times of a repeating event; only its first time is kept free")
            }
        }
    }
}

/// When one is busy between two instants, by a calendar file; `zone` is that of days and of times
/// without one. The second value is what could not be taken into account.
pub fn busy(bytes: &[u8], window: (Timestamp, Timestamp), zone: &TimeZone) -> (Vec<Busy>, Vec<Ignored>) {
    let text = String::from_utf8_lossy(bytes);
    let file = Component::parse(&text);
    if file.calendars().next().is_none() {
        return (Vec::new(), vec![Ignored { summary: String::new(), why: Why::NoCalendar }]);
    }
    let mut reader = Reader {
        zones: Zones::with_floating(&file, zone.clone()),
        window,
        steps: STEPS,
        busy: Vec::new(),
        ignored: Vec::new(),
    };
    reader.events(&file);
    reader.free_busy(&file);
    reader.busy.sort_unstable();
    reader.busy.dedup();
    (reader.busy, reader.ignored)
}

struct Reader {
    zones: Zones,
    window: (Timestamp, Timestamp),
    steps: u32,
    busy: Vec<Busy>,
    ignored: Vec<Ignored>,
}

impl Reader {
    fn events(&mut self, file: &Component<'_>) {
        let mut changed: BTreeMap<&str, BTreeSet<Timestamp>> = BTreeMap::new();
        for event in file.events() {
            if let (Some(uid), Some(line)) = (event.value("UID"), event.property("RECURRENCE-ID"))
                && let Some(at) = self.zones.moment(line).and_then(|moment| moment.instant())
            {
                changed.entry(uid).or_default().insert(at);
            }
        }
        let none = BTreeSet::new();
        for event in file.events().filter(|event| takes_time(event)) {
            let changed = event.value("UID").and_then(|uid| changed.get(uid)).unwrap_or(&none);
            if let Err(why) = self.event(event, changed) {
                let summary = event.value("SUMMARY").map(unescape).unwrap_or_default();
                self.ignored.push(Ignored { summary, why });
            }
        }
    }

    fn event(&mut self, event: &Component<'_>, changed: &BTreeSet<Timestamp>) -> Result<(), Why> {
        let line = event.property("DTSTART").ok_or(Why::NoTime)?;
        let start = self.moment(line)?;
        let (from, to) = self.zones.span(event).ok_or(Why::NoTime)?;
        let is_change = event.property("RECURRENCE-ID").is_some();
        let excluded = self.moments(event, "EXDATE");
        let is_out = |at: Timestamp| excluded.contains(&at) || (!is_change && changed.contains(&at));
        let length = Length::new(&start, from, to);
        if !is_out(from) {
            self.add(from, to);
        }
        for at in self.moments(event, "RDATE").into_iter().filter(|at| !is_out(*at)) {
            self.add(at, length.end(at, &start.zone).unwrap_or(at));
        }
        if event.property("RECURRENCE-ID").is_some_and(|line| line.param("RANGE").is_some()) {
            return Err(Why::ThisAndFuture);
        }
        for rule in event.properties().filter(|line| line.is("RRULE")) {
            let times = self.repeated(rule, &start, &length)?;
            for at in times.into_iter().filter(|at| !is_out(*at)) {
                self.add(at, length.end(at, &start.zone).unwrap_or(at));
            }
        }
        Ok(())
    }

    fn moment(&self, line: Line<'_>) -> Result<Moment, Why> {
        self.zones.moment(line).ok_or_else(|| match line.param("TZID") {
            Some(zone) => Why::Zone(zone.to_owned()),
            None => Why::NoTime,
        })
    }

    /// The instants at which a rule lets the event happen.
    fn repeated(&mut self, line: Line<'_>, start: &Moment, length: &Length) -> Result<Vec<Timestamp>, Why> {
        let rule = Rule::parse(line.value).ok_or_else(|| Why::Rule(line.value.to_owned()))?;
        let instant = |local: DateTime| super::moment::at(&start.zone, local);
        let window = self.days(start, length);
        let times = rule.times(start.local, window, &mut self.steps, instant).ok_or(Why::TooMany)?;
        Ok(times.into_iter().filter_map(instant).collect())
    }

    /// The window in days of the event's zone, with room for times that began before it.
    fn days(&self, start: &Moment, length: &Length) -> Window {
        let day = |at: Timestamp| start.zone.to_datetime(at).date();
        let before = i32::try_from(length.seconds() / 86_400).unwrap_or(i32::MAX).saturating_add(2).min(20_000);
        (day(self.window.0).saturating_sub(before.days()), day(self.window.1).saturating_add(1.day()))
    }

    /// The instants of a property that lists several.
    fn moments(&self, event: &Component<'_>, name: &str) -> BTreeSet<Timestamp> {
        let lines = event.properties().filter(|line| line.is(name));
        let all = lines.flat_map(|line| line.value.split(',').map(move |value| Line { value, ..line }));
        // A PERIOD counts by its start.
        let starts = all.map(|line| Line { value: line.value.split('/').next().unwrap_or_default(), ..line });
        starts.filter_map(|line| self.zones.moment(line)?.instant()).collect()
    }

    /// Published free/busy time (RFC 5545, section 3.6.4).
    fn free_busy(&mut self, file: &Component<'_>) {
        let all = file.calendars().flat_map(|calendar| &calendar.inner).filter(|inner| inner.name == "VFREEBUSY");
        for line in all.flat_map(Component::properties).filter(|line| line.is("FREEBUSY")) {
            if line.param("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE")) {
                continue;
            }
            for period in line.value.split(',') {
                if let Some((from, to)) = self.zones.period(period) {
                    self.add(from, to);
                }
            }
        }
    }

    fn add(&mut self, start: Timestamp, end: Timestamp) {
        if start < end && start < self.window.1 && self.window.0 < end {
            self.busy.push(Busy { start, end });
        }
    }
}

/// Whether an event takes time: not called off, not marked as free, and not one of our own, which
/// people's calendars hold as soon as they have imported a plan.
fn takes_time(event: &Component<'_>) -> bool {
    let is = |name: &str, value: &str| event.value(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let ours = event.value(MARK).is_some() || event.value("UID").is_some_and(|uid| uid.ends_with(DOMAIN));
    let free = is("TRANSP", "TRANSPARENT") || is("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    !ours && !free && !is_cancelled(event)
}

/// How long each time of an event is: whole days stay whole days when the clocks change.
enum Length {
    Days(i32),
    Exact(SignedDuration),
}

impl Length {
    fn new(start: &Moment, from: Timestamp, to: Timestamp) -> Self {
        if start.whole_day {
            let day = |at: Timestamp| start.zone.to_datetime(at).date();
            return Self::Days((day(to) - day(from)).get_days());
        }
        Self::Exact(to.duration_since(from))
    }

    fn seconds(&self) -> i64 {
        match self {
            Self::Days(days) => i64::from(*days) * 86_400,
            Self::Exact(length) => length.as_secs(),
        }
    }

    fn end(&self, start: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Days(days) => super::moment::at(zone, zone.to_datetime(start).checked_add(days.days()).ok()?),
            Self::Exact(length) => start.checked_add(*length).ok(),
        }
    }
}
