//! Random dossiers that are valid, and random edits of them: everything from a seed, so that a case
//! that fails can be had again.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use prep_dossier::plan::Busy;
use std::fmt::Write;

/// Zones with a story of their own among the usual ones: half-hour summer time, a summer time that
/// pauses for a month, a quarter of an hour, a day that was skipped, changes at midnight, two hours
/// of summer time.
pub const ZONES: [&str; 10] = [
    "Europe/Copenhagen",
    "America/New_York",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Santiago",
    "Antarctica/Troll",
    "UTC",
];

/// `SplitMix64`: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF0)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).expect("low <= high")).expect("small")
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let last = i64::try_from(of.len()).expect("small") - 1;
        of[usize::try_from(self.between(0, last)).expect("an index")].clone()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct TopicSketch {
    pub name: String,
    pub part: &'static str,
    pub items: Vec<String>,
    pub confidence: Option<i64>,
    pub priority: Option<&'static str>,
    pub estimate: Option<i64>,
}

/// Hour and minute.
pub type Clock = (i64, i64);

/// What a dossier is made from.
#[derive(Debug, Clone)]
pub struct Sketch {
    pub now: Timestamp,
    pub zone: &'static str,
    pub round_zone: &'static str,
    /// Day, time and minutes.
    pub rounds: Vec<(Date, Option<Clock>, i64)>,
    pub starts: Option<Date>,
    pub hours: [Vec<(i64, i64)>; 7],
    pub days_off: Vec<(Date, Date)>,
    pub session: i64,
    pub max_per_day: i64,
    pub mocks: Option<i64>,
    pub topics: Vec<TopicSketch>,
    pub busy: Vec<Busy>,
    pub reminder: i64,
    pub answer: String,
    /// For names that are nowhere yet.
    pub fresh: usize,
}

/// A sketch from a seed.
pub fn sketch(seed: u64) -> Sketch {
    let random = &mut Random::new(seed);
    let today = date(2026, 1, 1).saturating_add(random.between(0, 800).days());
    let days = if random.chance(20) { random.between(0, 3) } else { random.between(3, 70) };
    let zone = random.one(&ZONES);
    let round_zone = if random.chance(70) { zone } else { random.one(&ZONES) };
    let mut sketch = Sketch {
        now: today.at(0, 0, 0, 0).in_tz("UTC").expect("UTC").timestamp() + random.between(0, 86_399).seconds(),
        zone,
        round_zone,
        rounds: Vec::new(),
        starts: random.chance(30).then(|| today.saturating_add(random.between(-5, 5).days())),
        hours: week(random),
        days_off: Vec::new(),
        session: random.one(&[15, 20, 30, 45, 45, 45, 60, 90]),
        max_per_day: random.one(&[30, 60, 90, 90, 120, 240]),
        mocks: random.chance(20).then(|| random.between(0, 5)),
        topics: Vec::new(),
        busy: Vec::new(),
        reminder: 15,
        answer: "An answer.".to_owned(),
        fresh: 0,
    };
    rounds(&mut sketch, random, today.saturating_add(days.days()));
    for _ in 0..random.between(0, 3) {
        let first = today.saturating_add(random.between(0, days + 1).days());
        sketch.days_off.push((first, first.saturating_add(random.between(0, 3).days())));
    }
    for _ in 0..random.between(0, 8) {
        let start = sketch.now + random.between(0, (days + 1) * 1440).minutes();
        sketch.busy.push(Busy { start, end: start + random.between(10, 600).minutes() });
    }
    for _ in 0..random.between(1, 24) {
        let topic = topic(&mut sketch, random);
        sketch.topics.push(topic);
    }
    sketch
}

fn rounds(sketch: &mut Sketch, random: &mut Random, first: Date) {
    let mut day = first;
    for _ in 0..random.one(&[1, 1, 1, 2, 3]) {
        // At six to nine in the evening no zone of ours changes its clocks.
        let time = random.chance(85).then(|| (random.between(6, 21), random.one(&[0, 30])));
        sketch.rounds.push((day, time, random.one(&[30, 60, 90])));
        day = day.saturating_add(random.between(0, 12).days());
    }
}

fn week(random: &mut Random) -> [Vec<(i64, i64)>; 7] {
    let evening = random.between(16, 21) * 60;
    let usual = vec![(evening, (evening + random.one(&[30, 60, 120, 150])).min(1439))];
    std::array::from_fn(|_| match random.between(0, 9) {
        0 => Vec::new(),
        1 => vec![(0, random.between(1, 5) * 60)],
        2 => vec![(600, 600 + random.between(20, 200)), (900, 900 + random.between(20, 200))],
        _ => usual.clone(),
    })
}

fn topic(sketch: &mut Sketch, random: &mut Random) -> TopicSketch {
    sketch.fresh += 1;
    let name = format!("Topic {}", sketch.fresh);
    let part = random.one(&["questions", "questions", "concepts", "stories"]);
    let items = (0..random.between(1, 6)).map(|_| item(sketch)).collect();
    TopicSketch {
        name,
        part,
        items,
        confidence: random.chance(40).then(|| random.between(1, 5)),
        priority: random.chance(30).then(|| random.one(&["low", "normal", "high"])),
        estimate: random.chance(10).then(|| random.between(5, 300)),
    }
}

fn item(sketch: &mut Sketch) -> String {
    sketch.fresh += 1;
    format!("What is item {}", sketch.fresh)
}

/// One edit as people make them between two builds.
#[allow(clippy::too_many_lines, reason = "a list of edits, each a few lines")]
pub fn edit(sketch: &Sketch, seed: u64) -> (Sketch, &'static str) {
    let random = &mut Random::new(seed ^ 0xED17);
    let mut edited = sketch.clone();
    let at =
        usize::try_from(random.between(0, i64::try_from(sketch.topics.len()).expect("few") - 1)).expect("an index");
    let today = sketch.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let what = match random.between(0, 13) {
        0 | 1 => {
            edited.answer = format!("Another answer {}.", random.next());
            "an answer"
        }
        2 => {
            let item = item(&mut edited);
            edited.topics[at].items.push(item);
            "an item more"
        }
        3 => {
            if edited.topics[at].items.len() > 1 {
                edited.topics[at].items.pop();
            }
            "an item less"
        }
        4 => {
            let topic = topic(&mut edited, random);
            edited.topics.insert(at, topic);
            "a topic more"
        }
        5 => {
            if edited.topics.len() > 1 {
                edited.topics.remove(at);
            }
            "a topic less"
        }
        6 => {
            edited.topics[at].confidence = Some(random.between(1, 5));
            "confidence"
        }
        7 => {
            edited.topics[at].priority = Some(random.one(&["low", "normal", "high"]));
            "priority"
        }
        8 => {
            edited.topics[at].estimate = Some(random.between(20, 300));
            "estimate"
        }
        9 => {
            let day = today.saturating_add(random.between(0, 20).days());
            edited.days_off.push((day, day));
            "a day off"
        }
        10 => {
            let start = sketch.now + random.between(0, 30 * 1440).minutes();
            edited.busy.push(Busy { start, end: start + random.between(30, 300).minutes() });
            "an engagement"
        }
        11 => {
            for round in &mut edited.rounds {
                round.0 = round.0.saturating_add(2.days());
            }
            "two days later"
        }
        12 => {
            let topic = edited.topics.remove(at);
            edited.topics.push(topic);
            "another order"
        }
        _ => {
            edited.reminder = 30;
            "a reminder"
        }
    };
    (edited, what)
}

impl Sketch {
    /// The dossier, as one would write it.
    pub fn yaml(&self) -> String {
        let mut out = String::from("dossier: 1\njob: {company: Acme, role: Engineer}\ninterview:\n");
        for (day, time, minutes) in &self.rounds {
            let time = time.map(|(hour, minute)| format!(" {hour:02}:{minute:02}")).unwrap_or_default();
            let _ = writeln!(out, "  - {{date: {day}{time}, time_zone: {}, duration: {minutes} min}}", self.round_zone);
        }
        self.study(&mut out);
        for part in ["questions", "concepts", "stories"] {
            self.part(part, &mut out);
        }
        out
    }

    fn study(&self, out: &mut String) {
        let _ = writeln!(out, "study:\n  time_zone: {}\n  session: {} min", self.zone, self.session);
        let _ = writeln!(out, "  max_per_day: {} min\n  reminder: {} min", self.max_per_day, self.reminder);
        if let Some(starts) = self.starts {
            let _ = writeln!(out, "  starts: {starts}");
        }
        if let Some(mocks) = self.mocks {
            let _ = writeln!(out, "  mock_interviews: {mocks}");
        }
        let time = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        out.push_str("  hours:\n");
        for (day, hours) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().zip(&self.hours) {
            let ranges: Vec<String> =
                hours.iter().map(|(from, to)| format!("\"{}-{}\"", time(*from), time(*to))).collect();
            if !ranges.is_empty() {
                let _ = writeln!(out, "    {day}: [{}]", ranges.join(", "));
            }
        }
        if self.hours.iter().all(Vec::is_empty) {
            out.push_str("    mon: 18:00-20:00\n");
        }
        let off: Vec<String> = self.days_off.iter().map(|(first, last)| format!("{first}..{last}")).collect();
        if !off.is_empty() {
            let _ = writeln!(out, "  days_off: [{}]", off.join(", "));
        }
        self.settings(out);
    }

    fn settings(&self, out: &mut String) {
        let settings: Vec<String> = self
            .topics
            .iter()
            .filter_map(|topic| {
                let confidence = topic.confidence.map(|level| format!("confidence: {level}"));
                let priority = topic.priority.map(|word| format!("priority: {word}"));
                let estimate = topic.estimate.map(|minutes| format!("estimate: {minutes} min"));
                let all: Vec<String> = [confidence, priority, estimate].into_iter().flatten().collect();
                (!all.is_empty()).then(|| format!("    {}: {{{}}}\n", topic.name, all.join(", ")))
            })
            .collect();
        if !settings.is_empty() {
            out.push_str("  topics:\n");
            out.push_str(&settings.concat());
        }
    }

    fn part(&self, part: &str, out: &mut String) {
        let topics: Vec<&TopicSketch> = self.topics.iter().filter(|topic| topic.part == part).collect();
        if topics.is_empty() {
            return;
        }
        let _ = writeln!(out, "{part}:");
        for topic in topics {
            let _ = writeln!(out, "  {}:", topic.name);
            match part {
                "stories" => {
                    let _ = writeln!(out, "    situation: {}", self.answer);
                }
                "questions" => {
                    for item in &topic.items {
                        let _ = writeln!(out, "    - {{question: \"{item}?\", answer: \"{}\"}}", self.answer);
                    }
                }
                _ => {
                    for item in &topic.items {
                        let _ = writeln!(out, "    - {item}");
                    }
                }
            }
        }
    }
}
