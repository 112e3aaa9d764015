//! A case: a random dossier, its items, its free time and our plan for it.

use crate::learner::{Block, Item, What};
use crate::random::Random;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::{ToSpan, Zoned};
use prep_dossier::dossier::{Dossier, read};
use prep_dossier::plan::{Earlier, Kind, Plan, mock_questions, plan};
use rs_fsrs::Rating;
use std::fmt::Write;

/// What the strategies plan for.
pub struct Case {
    /// Questions and concepts.
    pub items: Vec<Item>,
    /// Topics in the order of the file: how important and unsure, minutes to learn, minutes to recall.
    pub topics: Vec<Topic>,
    /// Minutes that can be used on each day, and when they begin, in days since the start.
    pub days: Vec<(f64, f64)>,
    /// The interview, in days since the start.
    pub interview: f64,
    /// Minutes of one session.
    pub session: f64,
    /// Our plan, without company research and the questions to ask.
    pub ours: Vec<Block>,
}

/// A topic as the other strategies see it.
pub struct Topic {
    /// Priority times doubt.
    pub score: u32,
    /// Minutes to learn it.
    pub learning: f64,
    /// Minutes of a review.
    pub review: f64,
}

/// A case with so many days from the start to the interview.
pub fn case(seed: u64, days: i64) -> Case {
    let random = &mut Random::new(seed);
    let session = random.one(&[30, 45, 45, 60]);
    let evening = random.one(&[60, 90, 120]);
    let most = random.one(&[60, 90, 120]);
    let text = yaml(random, days, session, evening, most);
    let reading = read("case.yaml", text.as_bytes());
    let dossier = reading.dossier.unwrap_or_else(|| panic!("{:?}\n{text}", reading.diagnostics));
    let start = date(2026, 3, 2).at(0, 0, 0, 0).in_tz("UTC").expect("UTC");
    let plan = plan(&dossier, start.timestamp(), &[], &Earlier::default()).expect("an interview");
    let items = items(&dossier, &plan);
    let ours = ours(&dossier, &plan, &items, start.timestamp());
    let free = f64::from(evening.min(most) as u32);
    Case {
        topics: topics(&plan, &items, session as f64),
        interview: days as f64 + 14.0 / 24.0,
        days: (0..days).map(|day| (day as f64 + 18.0 / 24.0, free)).collect(),
        session: session as f64,
        items: items.into_iter().map(|(_, item)| item).collect(),
        ours,
    }
}

fn yaml(random: &mut Random, days: i64, session: u64, evening: u64, most: u64) -> String {
    let interview: Zoned = date(2026, 3, 2).saturating_add(days.days()).at(14, 0, 0, 0).in_tz("UTC").expect("UTC");
    let mut out = format!(
        "dossier: 1\njob: {{company: Acme, role: Engineer}}\ninterview: {{date: {}, time_zone: UTC}}\nstudy:\n  session: {session} min\n  max_per_day: {most} min\n  hours: {{everyday: 18:00-{:02}:{:02}}}\n  topics:\n",
        interview.strftime("%F %H:%M"),
        18 + evening / 60,
        evening % 60
    );
    let count = random.between(5, 25);
    let mut parts = [String::from("questions:\n"), String::from("concepts:\n")];
    let mut item = 0;
    for topic in 0..count {
        let (confidence, priority) = (random.between(1, 5), random.one(&["low", "normal", "normal", "high"]));
        let _ = writeln!(out, "    Topic {topic}: {{confidence: {confidence}, priority: {priority}}}");
        let part = &mut parts[if topic == 0 { 0 } else { random.between(0, 1) as usize }];
        let _ = writeln!(part, "  Topic {topic}:");
        for _ in 0..random.between(1, 6) {
            item += 1;
            let _ = writeln!(part, "    - Item {item}");
        }
    }
    for part in parts.iter().filter(|part| part.contains("Item")) {
        out.push_str(part);
    }
    out
}

/// Items with their identity; minutes as the planner counts them.
fn items(dossier: &Dossier, plan: &Plan) -> Vec<(String, Item)> {
    let mut items = Vec::new();
    let mut add = |id: &str, slug: &str, minutes: f64| {
        let Some(topic) = plan.topics.iter().position(|topic| topic.slug == slug) else { return };
        let about = &plan.topics[topic];
        let level = about.confidence.level();
        let learning = minutes * f64::from(150 - 25 * u32::from(level)) / 100.0;
        items.push((
            id.to_owned(),
            Item {
                topic,
                weight: f64::from(about.priority.weight()),
                learning,
                recalling: (minutes * 0.25).max(1.0),
                first: match level {
                    1 | 2 => Rating::Hard,
                    3 | 4 => Rating::Good,
                    _ => Rating::Easy,
                },
                prior: [0.05, 0.1, 0.2, 0.4, 0.6][usize::from(level) - 1],
            },
        ));
    };
    for topic in dossier.questions() {
        topic.items.iter().for_each(|item| add(&item.id, &topic.slug, 15.0));
    }
    for topic in dossier.concepts() {
        topic.items.iter().for_each(|item| add(&item.id, &topic.slug, 5.0));
    }
    items
}

fn topics(plan: &Plan, items: &[(String, Item)], session: f64) -> Vec<Topic> {
    let topics = plan.topics.iter().enumerate().map(|(index, topic)| {
        let mine = || items.iter().map(|(_, item)| item).filter(|item| item.topic == index);
        Topic {
            score: topic.priority.weight() * (6 - u32::from(topic.confidence.level())),
            learning: mine().map(|item| item.learning).sum::<f64>().max(10.0),
            review: mine().map(|item| item.recalling).sum::<f64>().clamp(15.0, session.max(15.0)),
        }
    });
    topics.collect()
}

fn ours(dossier: &Dossier, plan: &Plan, items: &[(String, Item)], start: Timestamp) -> Vec<Block> {
    let topic = |slug: &str| plan.topics.iter().position(|topic| topic.slug == slug).unwrap_or(0);
    let blocks = plan.sessions.iter().filter_map(|session| {
        let what = match &session.kind {
            Kind::Learn(slug) | Kind::Review(slug) => What::Topic(topic(slug)),
            Kind::Mock => {
                let asked = mock_questions(dossier, plan, session);
                What::Items(asked.iter().filter_map(|asked| items.iter().position(|(id, _)| *id == asked.id)).collect())
            }
            Kind::LightReview => What::Weakest,
            Kind::Company | Kind::Ask => return None,
        };
        let at = (session.start.timestamp().as_second() - start.as_second()) as f64 / 86_400.0;
        Some(Block { at, minutes: f64::from(session.minutes.0), what })
    });
    blocks.collect()
}
