//! The other ways to spend the same minutes in the same free time.

use crate::case::Case;
use crate::learner::{Block, What};

/// A way to plan: blocks for a case, given the minutes to spend.
pub type Strategy = fn(&Case, f64) -> Vec<Block>;

/// All of them with their names.
pub const ALL: [(&str, Strategy); 4] = [
    ("equal blocks", equal_blocks),
    ("1-2-3-5-7", fixed_gaps),
    ("cramming", cramming),
    ("newest first", newest_first),
];

/// Days with what is left of their minutes, and of all.
struct Days<'c> {
    case: &'c Case,
    used: Vec<f64>,
    left: f64,
    blocks: Vec<Block>,
}

impl<'c> Days<'c> {
    fn new(case: &'c Case, minutes: f64) -> Self {
        Self { case, used: vec![0.0; case.days.len()], left: minutes, blocks: Vec::new() }
    }

    /// Studies a topic on a day for as long as asked for, or as the day allows. Returns the minutes.
    fn study(&mut self, day: usize, topic: usize, minutes: f64) -> f64 {
        let (from, most) = self.case.days[day];
        let minutes = minutes.min(most - self.used[day]).min(self.left);
        if minutes < 5.0 {
            return 0.0;
        }
        let at = from + self.used[day] / 1440.0;
        self.blocks.push(Block { at, minutes, what: What::Topic(topic) });
        self.used[day] += minutes;
        self.left -= minutes;
        minutes
    }

    fn free(&self, day: usize) -> f64 {
        (self.case.days[day].1 - self.used[day]).min(self.left)
    }

    fn done(mut self) -> Vec<Block> {
        self.blocks.sort_by(|a, b| a.at.total_cmp(&b.at));
        self.blocks
    }
}

/// Topics in their order in blocks of one length, round and round, as many minutes on each day.
fn equal_blocks(case: &Case, minutes: f64) -> Vec<Block> {
    let mut days = Days::new(case, minutes);
    let topics = case.topics.len();
    let block = (minutes / topics as f64 / (minutes / topics as f64 / case.session).ceil()).clamp(15.0, case.session);
    let mut topic = 0;
    for day in 0..case.days.len() {
        let quota = days.left / (case.days.len() - day) as f64;
        let mut spent = 0.0;
        while spent + block * 0.5 <= quota && days.free(day) >= 5.0 {
            let minutes = days.study(day, topic % topics, block);
            if minutes == 0.0 {
                break;
            }
            spent += minutes;
            topic += 1;
        }
    }
    days.done()
}

/// Each topic is learned as early as there is time and recalled 1, 2, 3, 5 and 7 days later, and from
/// then on every seven days.
fn fixed_gaps(case: &Case, minutes: f64) -> Vec<Block> {
    let mut days = Days::new(case, minutes);
    let mut due: Vec<(usize, usize, usize)> = Vec::new();
    let mut next = 0;
    let mut learned = 0.0;
    for day in 0..case.days.len() {
        let mut today: Vec<(usize, usize, usize)> = due.iter().copied().filter(|entry| entry.0 <= day).collect();
        due.retain(|entry| entry.0 > day);
        today.sort_unstable();
        for (_, topic, count) in today {
            if days.study(day, topic, case.topics[topic].review) == 0.0 {
                due.push((day + 1, topic, count));
                continue;
            }
            let gap = [1, 1, 2, 2].get(count).copied().unwrap_or(7);
            due.push((day + gap, topic, count + 1));
        }
        while next < case.topics.len() && days.free(day) >= 10.0 {
            let rest = case.topics[next].learning - learned;
            let minutes = days.study(day, next, rest.min(case.session));
            learned += minutes;
            if minutes == 0.0 {
                break;
            }
            if learned + 5.0 >= case.topics[next].learning {
                due.push((day + 1, next, 0));
                next += 1;
                learned = 0.0;
            } else {
                break;
            }
        }
    }
    days.done()
}

/// Everything in the last days: first all topics, the important ones first, then round and round.
fn cramming(case: &Case, minutes: f64) -> Vec<Block> {
    let mut first = case.days.len();
    let mut room = 0.0;
    while first > 0 && room < minutes {
        first -= 1;
        room += case.days[first].1;
    }
    let mut days = Days::new(case, minutes);
    let mut queue: Vec<(usize, f64)> =
        case.topics.iter().enumerate().map(|(index, topic)| (index, topic.learning)).collect();
    queue.sort_by_key(|(index, _)| std::cmp::Reverse(case.topics[*index].score));
    let order: Vec<usize> = queue.iter().map(|(index, _)| *index).collect();
    queue.reverse();
    let mut turn = 0;
    for day in first..case.days.len() {
        while days.free(day) >= 5.0 {
            let (topic, rest) = queue.pop().unwrap_or_else(|| {
                turn += 1;
                let topic = order[(turn - 1) % order.len()];
                (topic, case.topics[topic].review)
            });
            let minutes = days.study(day, topic, rest);
            if minutes == 0.0 {
                queue.push((topic, rest));
                break;
            }
            if rest - minutes >= 5.0 {
                queue.push((topic, rest - minutes));
            }
        }
    }
    days.done()
}

/// As many minutes on each day: one new topic, then the topics learned last, the newest first.
fn newest_first(case: &Case, minutes: f64) -> Vec<Block> {
    let mut days = Days::new(case, minutes);
    let mut seen: Vec<usize> = Vec::new();
    let mut next = 0;
    for day in 0..case.days.len() {
        let quota = days.left / (case.days.len() - day) as f64;
        let new = case.topics.len().div_ceil(case.days.len());
        let mut spent = 0.0;
        for _ in 0..new {
            if next < case.topics.len() && spent < quota {
                spent += days.study(day, next, case.topics[next].learning);
                seen.push(next);
                next += 1;
            }
        }
        for topic in seen.clone().into_iter().rev() {
            if spent >= quota {
                break;
            }
            spent += days.study(day, topic, case.topics[topic].review);
        }
    }
    days.done()
}
