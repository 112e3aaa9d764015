//! Anki's settings for a deck with a date: as many new cards a day as the days want, and no
//! interval beyond the interview.

use super::media::hex;
use crate::dossier::Dossier;
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Its id; another one for other figures, since Anki leaves a preset that it has alone.
    pub id: i64,
    /// What it is called in Anki.
    pub name: String,
    /// New cards a day.
    pub new_per_day: usize,
    /// The longest interval in days.
    pub longest: i32,
    /// How much of what was learned is to be known when it is asked for, in percent.
    pub retention: u8,
}

/// Days before the interview on which nothing new comes.
const QUIET_DAYS: i32 = 2;

/// The settings for so many cards and days. None when no interview lies ahead.
pub fn preset(dossier: &Dossier, cards: usize, days_left: Option<i32>) -> Option<Preset> {
    let days = days_left.filter(|days| *days >= 0)?.max(1);
    let learning = usize::try_from((days - QUIET_DAYS).max(1)).unwrap_or(1);
    let new_per_day = cards.div_ceil(learning).max(1);
    // The nearer the day, the less may be forgotten on it.
    let retention = match days {
        ..=7 => 95,
        8..=21 => 93,
        _ => 90,
    };
    let figures = format!("{}\0{new_per_day}\0{days}\0{retention}", dossier.id);
    let company = &dossier.job.company;
    let name = format!("Interview {company}: {new_per_day} new a day, {days} days");
    Some(Preset { id: id("preset", &figures), name, new_per_day, longest: days, retention })
}

/// An id like Anki's own, moments in milliseconds, made from a name.
pub fn id(what: &str, name: &str) -> i64 {
    let digest = hex(&Sha1::digest(format!("{what}\0{name}")), 5);
    1_600_000_000_000 + i64::from_str_radix(&digest, 16).unwrap_or(0) % 100_000_000_000
}

impl Preset {
    /// As Anki's schema 11 writes it.
    pub fn json(&self, modified: i64) -> Value {
        let mut json = plain_preset(self.id, &self.name);
        json["mod"] = modified.into();
        json["new"]["perDay"] = self.new_per_day.into();
        json["new"]["bury"] = true.into();
        json["rev"]["maxIvl"] = self.longest.into();
        json["rev"]["perDay"] = 9999.into();
        json["desiredRetention"] = (f64::from(self.retention) / 100.0).into();
        // New cards in the order of their places, over all decks.
        json["newGatherPriority"] = 1.into();
        json["newSortOrder"] = 1.into();
        json
    }
}

/// What Anki itself starts with.
pub fn plain_preset(id: i64, name: &str) -> Value {
    json!({
        "id": id, "mod": 0, "name": name, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": {
            "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20,
        },
        "rev": {"bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    })
}
