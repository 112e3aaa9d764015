//! What is to be done, how long it takes and on which days it may and would best stand.

use super::Topic;
use super::diary::SHORTEST;
use super::needs::score;
use crate::dossier::Confidence;

/// Something that wants a slot. Topics are named by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Learn a topic.
    Learn(usize),
    /// Recall a topic.
    Review(usize),
    /// Find out about the company.
    Company,
    /// Prepare the questions to ask.
    Ask,
    /// A mock interview.
    Mock,
    /// The last look.
    LightReview,
}

/// A session that wants a slot.
#[derive(Debug, Clone, Copy)]
pub struct Want {
    /// What is done.
    pub what: What,
    /// First, second, … of its kind.
    pub ordinal: u32,
    /// How long it takes.
    pub minutes: u32,
    /// The first day it may stand on,
    pub lo: i32,
    /// and the last.
    pub hi: i32,
    /// The day by which it should stand if there is any room until then.
    pub by: i32,
    /// Where it would stand if all days were free.
    pub wish: i32,
    /// How many of the last days a new one leaves to the sessions after it, even if it is shorter then.
    pub after: i32,
    /// What it may push aside where there is no room: only what weighs less, so that equals never
    /// push each other about.
    pub weight: u32,
}

/// Weights of what every plan holds and of learning; the rest of squeezed sessions and reviews weigh nothing.
const FIXED: u32 = 2_000_000;
const LEARN: u32 = 1_000_000;

/// The days of a stage: from where it was planned at first up to the round.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// The first day, as it was when the plan was made.
    pub origin: i32,
    /// The last day with free time before the round: the light one.
    pub last: i32,
    /// The day of the round.
    pub round: i32,
}

/// Minutes of what is done once, as they should be and where time is short.
const LIGHT: (u32, u32) = (40, 10);
const ASK: (u32, u32) = (20, 15);
const COMPANY: (u32, u32) = (45, 25);

/// Minutes of a review and of the last look between two rounds.
const REFRESH: u32 = 15;
const LIGHT_REFRESH: u32 = 30;

/// A review takes this part of the time to learn a topic, within bounds.
const REVIEW_PART: u32 = 3;
const REVIEW: std::ops::RangeInclusive<u32> = 10..=30;

/// More reviews before the round a plan leads to there are never; those before later rounds count on
/// from here, so that their identity does not hang on it.
pub const MOST_REVIEWS: u32 = 3;

/// What is left of a topic's need is not worth a session below this.
pub const REST_OF_NEED: u32 = 10;

/// A mock interview is planned by default where the time that is left over is this many times as long.
const ROOM_FOR_MOCK: u32 = 6;

/// Topics are met for the first time within this part of the days, in percent, so that there is time
/// to recall each of them.
const LEARNING: i32 = 50;

/// Days between mock interviews, and from the last of them to the round: time to mend what it shows.
const MOCK_GAP: i32 = 4;
const LAST_MOCK: i32 = 2;

impl Stage {
    /// Days from the start to the round.
    pub fn days(self) -> i32 {
        self.round - self.origin
    }

    /// The last day on which something new is started, if the plan has its way.
    fn learning_ends(self) -> i32 {
        let before_round = (self.days() * (100 - LEARNING) / 100).max(2);
        (self.round - before_round).max(self.origin)
    }
}

/// The lengths of the sessions of a topic: equal parts of what it needs, each for as many of its items as
/// go best into a session. `earlier` knows how long a session was before; that length stays.
pub fn blocks(topic: &Topic, session: u32, earlier: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
    let need = topic.needed.0.max(1);
    let items = topic.items.max(1);
    let at_once = ((session * items + need / 2) / need).clamp(1, items);
    let usual = need.div_ceil(items.div_ceil(at_once)).next_multiple_of(5).min(session).max(SHORTEST);
    let mut lengths = Vec::new();
    let (need, mut sum) = (need.next_multiple_of(5), 0);
    for ordinal in 1.. {
        let before = earlier(ordinal);
        // What was planned stays as long as it is not ten minutes too much.
        let is_enough = if before.is_some() { sum >= need + REST_OF_NEED } else { sum + REST_OF_NEED > need };
        if ordinal > 1 && is_enough {
            break;
        }
        let length = before.unwrap_or_else(|| usual.min(need.saturating_sub(sum)).max(SHORTEST));
        lengths.push(length);
        sum += length;
    }
    lengths
}

/// Whether there is room for so many minutes: evenings cannot be filled to the last one.
pub fn fits(minutes: u32, room: u32) -> bool {
    minutes <= room * 85 / 100
}

/// Sessions to learn, in the order in which they are given their days. With time for all of them: each
/// topic once, most important first, and then the rest in fair turns. Where time is short, a topic is
/// learned whole before the next, the one that is worth most first: what is left out is what matters
/// least and is known best.
pub fn learning(
    topics: &[Topic],
    blocks: &[Vec<u32>],
    stage: Stage,
    (by, hi): (i32, i32),
    is_short: bool,
) -> Vec<Want> {
    let sequence = if is_short { wholes(topics, blocks) } else { turns(topics, blocks) };
    let total: u32 = sequence.iter().map(|turn| turn.minutes).sum();
    let days = stage.learning_ends() - stage.origin + 1;
    let mut before = 0;
    let wants = sequence.into_iter().map(|Turn { topic, ordinal, minutes }| {
        let share = i64::from(before) * i64::from(days) / i64::from(total.max(1));
        before += minutes;
        let followers = blocks.get(topic).map_or(0, |lengths| lengths.len().saturating_sub(1));
        let after = if is_short && ordinal == 1 { i32::try_from(followers).unwrap_or(0) } else { 0 };
        let wish = stage.origin + i32::try_from(share).unwrap_or(0);
        let weight = LEARN + topics.get(topic).map_or(0, worth);
        Want { what: What::Learn(topic), ordinal, minutes, lo: 0, hi, by, wish, after, weight }
    });
    wants.collect()
}

/// A block of a topic in its turn.
struct Turn {
    topic: usize,
    ordinal: u32,
    minutes: u32,
}

/// The sessions of all topics, the most important topic first.
fn sessions(blocks: &[Vec<u32>]) -> impl Iterator<Item = Turn> {
    let all = blocks.iter().enumerate();
    all.flat_map(|(topic, lengths)| {
        (1u32..).zip(lengths).map(move |(ordinal, minutes)| Turn { topic, ordinal, minutes: *minutes })
    })
}

/// Each topic once; then the others in the order of Sainte-Laguë: whoever has the highest score for each
/// session it has already got is next.
fn turns(topics: &[Topic], blocks: &[Vec<u32>]) -> Vec<Turn> {
    let share = |turn: &Turn| topics.get(turn.topic).map_or(0, score) * 10_000 / (2 * turn.ordinal - 1);
    let mut turns: Vec<Turn> = sessions(blocks).collect();
    turns.sort_by_key(|turn| std::cmp::Reverse((turn.ordinal == 1, share(turn))));
    turns
}

/// All sessions of the topic that is worth most, then all of the next.
fn wholes(topics: &[Topic], blocks: &[Vec<u32>]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = sessions(blocks).collect();
    turns.sort_by_key(|turn| std::cmp::Reverse(topics.get(turn.topic).map_or(0, worth)));
    turns
}

/// What a topic is worth where time is short: doubt² × √priority ÷ √(minutes an item), squared to stay a
/// whole number. Tuned with `benches/worth`: doubt lifts the weakest answers, short items the mean.
fn worth(topic: &Topic) -> u32 {
    let doubt = u64::from(6 - u32::from(topic.confidence.level()));
    let (weight, items, needed) = (topic.priority.weight(), topic.items.max(1), topic.needed.0.max(1));
    let worth = doubt.pow(4) * u64::from(weight) * 100 * u64::from(items) / u64::from(needed);
    u32::try_from(worth).unwrap_or(u32::MAX).min(LEARN - 1)
}

/// What every plan holds besides topics, what has the fewest days to choose from first: the light last
/// day, mock interviews, the questions to ask, company research early.
pub fn fixed(stage: Stage, session: u32, mock: u32, mocks: u32, is_short: bool) -> Vec<Want> {
    let last = stage.last;
    let want = |what, minutes: u32, lo, wish, weight| Want {
        what,
        ordinal: 1,
        minutes: minutes.min(session),
        lo,
        hi: last,
        by: last,
        wish,
        after: 0,
        weight: FIXED + weight,
    };
    let minutes = |(usual, short): (u32, u32)| if is_short { short } else { usual };
    let mut wants = vec![want(What::LightReview, minutes(LIGHT), last, last, 3)];
    wants.extend(rehearsals(stage, mock, mocks, 1));
    if stage.days() >= 2 {
        wants.push(want(What::Ask, minutes(ASK), last - 3, last, 1));
        wants.push(want(What::Company, minutes(COMPANY), 0, stage.origin + stage.days() / 8, 0));
    }
    wants
}

/// Where time is short: what of that is planned before anything is learned, up to a quarter of the time,
/// and what has to wait. Mock interviews are there because they were asked for or planned before. With
/// two or three days the last look waits too: one topic more is worth more (`benches/worth`).
pub fn before_learning(fixed: Vec<Want>, stage: Stage, room: u32) -> (Vec<Want>, Vec<Want>) {
    let mut taken = 0;
    fixed.into_iter().partition(|want| {
        let waits = want.what == What::LightReview && look_waits(stage.days());
        let fits = want.what == What::Mock || !waits && (taken + want.minutes) * 4 <= room;
        taken += if fits { want.minutes } else { 0 };
        fits
    })
}

/// Whether what is learned in so few days is worth more than a last look at it.
pub fn look_waits(days: i32) -> bool {
    (2..4).contains(&days)
}

/// Minutes of [`fixed`] without mock interviews, where there is time for them.
pub const FIXED_MINUTES: u32 = LIGHT.0 + ASK.0 + COMPANY.0;

/// How many mock interviews the days and the time left over allow.
pub fn mocks(stage: Stage, minutes: u32, left_over: u32) -> u32 {
    let by_days = match stage.days() {
        ..=3 => 0,
        4..=9 => 1,
        10.. => 2,
    };
    by_days.min(left_over / (minutes * ROOM_FOR_MOCK).max(1))
}

/// Mock interviews, the last of them two days before the round.
pub fn rehearsals(stage: Stage, minutes: u32, count: u32, first: u32) -> Vec<Want> {
    (0..count)
        .map(|index| {
            let before = LAST_MOCK + MOCK_GAP * i32::try_from(count - 1 - index).unwrap_or(0);
            let wish = stage.round - before;
            let hi = (wish + MOCK_GAP / 2).min(stage.round - LAST_MOCK).min(stage.last).max(wish.min(stage.last));
            // Wide, and the same however many there are: what found a place keeps it when the number changes.
            let lo = (wish.min(stage.round - LAST_MOCK - MOCK_GAP) - 2 * MOCK_GAP).max(stage.origin);
            Want {
                what: What::Mock,
                ordinal: first + index,
                minutes,
                lo,
                hi,
                by: hi,
                wish,
                after: 0,
                weight: FIXED + 2,
            }
        })
        .collect()
}

/// Reviews of a topic that was first learned on a day. The gaps grow with the days left: about a fifth
/// of the time to the test is the best first gap (Cepeda et al., Psychological Science 19, 2008).
pub fn reviews(index: usize, topic: &Topic, learned: i32, stage: Stage, session: u32) -> Vec<Want> {
    let left = stage.round - learned;
    let minutes = review_minutes(topic, session);
    let (what, lo, hi) = (What::Review(index), learned + 1, stage.last);
    let want = |(gap, ordinal): (i32, u32)| Want {
        what,
        ordinal,
        minutes,
        lo,
        hi,
        by: hi,
        wish: (learned + gap).min(hi),
        after: 0,
        weight: 0,
    };
    gaps(left, topic.confidence).into_iter().zip(1..).map(want).collect()
}

/// How long it takes to recall a topic.
pub fn review_minutes(topic: &Topic, session: u32) -> u32 {
    let part = (topic.needed.0 / REVIEW_PART).next_multiple_of(5);
    part.clamp(*REVIEW.start(), *REVIEW.end()).min(session)
}

/// Days from learning to each review: growing gaps, the last of them near the end. How many and where
/// was tuned with `benches/worth`.
fn gaps(left: i32, confidence: Confidence) -> Vec<i32> {
    let by_time = match left {
        ..=2 => 0,
        3..=7 => 1,
        8..=20 => 2,
        21.. => 3,
    };
    let percents: &[i32] = match by_time - i32::from(confidence.level() >= 4) {
        ..=0 => &[],
        1 => &[50],
        2 => &[25, 90],
        3.. => &[20, 50, 90],
    };
    percents.iter().zip(1..).map(|(percent, least)| (left * percent / 100).max(least)).collect()
}

/// Between two rounds: every topic once more, the weak and important ones first, a mock interview when
/// there are days for it, and the last look. `first` tells the next ordinal of a kind.
pub fn refresh(topics: &[Topic], stage: Stage, mock: u32, session: u32, first: impl Fn(What) -> u32) -> Vec<Want> {
    let count = i32::try_from(topics.len().max(1)).unwrap_or(i32::MAX);
    let days = (stage.last - stage.origin).max(1);
    let want = |what, minutes: u32, lo, wish| {
        let minutes = minutes.min(session);
        Want { what, ordinal: first(what), minutes, lo, hi: stage.last, by: stage.last, wish, after: 0, weight: 0 }
    };
    let wish = |place: i32| stage.origin + place * days / count;
    let reviews = (0..topics.len()).zip(0..);
    let mut wants: Vec<Want> =
        reviews.map(|(index, place)| want(What::Review(index), REFRESH, stage.origin, wish(place))).collect();
    if stage.days() > MOCK_GAP {
        wants.extend(rehearsals(stage, mock, 1, first(What::Mock)));
    }
    wants.push(want(What::LightReview, LIGHT_REFRESH, stage.last, stage.last));
    wants
}
