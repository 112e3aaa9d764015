//! The clock, and what takes its place.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The time of a run.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The real one.
    Now(Timestamp),
    /// That of `SOURCE_DATE_EPOCH`.
    Epoch(Timestamp),
    /// A day that was asked for: it begins in the zone of the dossier.
    Day(Date),
}

impl Clock {
    /// `--today` before `SOURCE_DATE_EPOCH` before the system's clock. An epoch that is no number
    /// is an error (<https://reproducible-builds.org/specs/source-date-epoch>).
    #[allow(clippy::disallowed_methods, reason = "this is cli/")]
    pub fn new(today: Option<Date>) -> Result<Self, String> {
        if let Some(day) = today {
            return Ok(Self::Day(day));
        }
        let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(Self::Now(Timestamp::now())) };
        let seconds = epoch.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        seconds.map(Self::Epoch).ok_or_else(|| format!("SOURCE_DATE_EPOCH is `{epoch}`, not a number of seconds"))
    }

    /// The instant in question for a dossier that lives in a zone.
    pub fn now(self, zone: &str) -> Timestamp {
        match self {
            Self::Now(instant) | Self::Epoch(instant) => instant,
            Self::Day(day) => {
                let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
                day.to_zoned(zone).map(|start| start.timestamp()).unwrap_or_default()
            }
        }
    }

    /// The instant that stands on what has changed: the real one, unless a day was asked for.
    #[allow(clippy::disallowed_methods, reason = "this is cli/")]
    pub fn changes(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Now(_) | Self::Epoch(_) => Timestamp::now(),
            Self::Day(_) => now,
        }
    }

    /// What was asked for in the place of the real time.
    pub fn asked(self) -> Option<String> {
        match self {
            Self::Now(_) => None,
            Self::Epoch(instant) => Some(instant.to_string()),
            Self::Day(day) => Some(day.to_string()),
        }
    }

    /// The day in a zone.
    pub fn today(self, zone: &str) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Now(instant) | Self::Epoch(instant) => {
                instant.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).date()
            }
        }
    }
}
