//! What is to be done, how long it takes and on which days it may and would best stand.

use super::Topic;
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
    /// What it may push aside where there is no room: only what weighs less, so that equals never
    /// push each other about.
    pub weight: u32,
}

/// Weights of coverage, of what every plan holds, and of more time; reviews weigh nothing.
const COVERAGE: u32 = 3_000_000;
pub const FIXED: u32 = 2_000_000;
pub const MORE: u32 = 1_000_000;

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

/// Minutes of the sessions that are not about one topic.
const COMPANY: u32 = 45;
const ASK: u32 = 20;
const LIGHT: u32 = 30;
const REFRESH: u32 = 15;

/// A review takes this part of the time to learn a topic, within bounds.
const REVIEW_PART: u32 = 3;
const REVIEW: std::ops::RangeInclusive<u32> = 10..=30;

/// More reviews before the round a plan leads to there are never; those before later rounds count on
/// from here, so that their identity does not hang on it.
pub const MOST_REVIEWS: u32 = 3;

/// What is left of a topic's need is not worth a session below this.
pub const REST_OF_NEED: u32 = 10;

/// Minutes of the second and later sessions of a topic where time is short: small ones find more gaps.
const SHORT: u32 = 15;

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

/// The lengths of the sessions of each topic: the first, and then what its need still asks for.
/// `earlier` knows how long a session was before; that length stays.
pub fn blocks(topic: &Topic, part: u32, session: u32, earlier: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
    let need = topic.needed.0.next_multiple_of(5);
    let later = if part < 100 { session.min(SHORT) } else { session };
    let mut lengths = Vec::new();
    let mut rest = need;
    while lengths.is_empty() || rest >= REST_OF_NEED {
        let ordinal = u32::try_from(lengths.len()).unwrap_or(u32::MAX) + 1;
        let usual = if ordinal == 1 { first_length(topic, session, part) } else { rest.min(later) };
        let usual = usual.next_multiple_of(5).min(session).max(super::agenda::SHORTEST);
        let length = earlier(ordinal).unwrap_or(usual);
        lengths.push(length);
        rest = rest.saturating_sub(length);
    }
    lengths
}

/// The part of a first session that there is time for, in percent, from all of it downwards.
const PARTS: [u32; 8] = [100, 85, 70, 60, 50, 40, 30, 20];

/// The first session of a topic when there is time for a part of it only.
pub fn first_length(topic: &Topic, session: u32, part: u32) -> u32 {
    let whole = topic.needed.0.min(session);
    (whole * part / 100).next_multiple_of(5).min(session).max(super::agenda::SHORTEST)
}

/// Which part of their first sessions all topics can have within the room there is.
pub fn coverage(topics: &[Topic], session: u32, room: u32) -> u32 {
    // Evenings cannot be filled to the last minute.
    let room = room * 85 / 100;
    let total = |part: u32| topics.iter().map(|topic| first_length(topic, session, part)).sum::<u32>();
    PARTS.into_iter().find(|part| total(*part) <= room).unwrap_or(0)
}

/// Which part the first sessions had before, as far as their lengths tell.
pub fn coverage_before(topics: &[Topic], session: u32, before: impl Fn(usize) -> Option<u32>) -> u32 {
    let lengths: Vec<(&Topic, u32)> =
        topics.iter().enumerate().filter_map(|(index, topic)| Some((topic, before(index)?))).collect();
    let alike =
        |part: u32| lengths.iter().filter(|(topic, length)| first_length(topic, session, part) == *length).count();
    PARTS.into_iter().filter(|_| !lengths.is_empty()).max_by_key(|part| (alike(*part), *part)).unwrap_or(0)
}

/// Sessions to learn: each topic once, most important first; then the rest in fair turns.
pub fn learning(topics: &[Topic], blocks: &[Vec<u32>], stage: Stage, by: i32, hi: i32) -> (Vec<Want>, Vec<Want>) {
    let sequence: Vec<Turn> = firsts(topics, blocks).chain(turns(topics, blocks)).collect();
    let total: u32 = sequence.iter().map(|turn| turn.minutes).sum();
    let days = stage.learning_ends() - stage.origin + 1;
    let mut before = 0;
    let wants = sequence.into_iter().map(|Turn { topic, ordinal, minutes, weight }| {
        let share = i64::from(before) * i64::from(days) / i64::from(total.max(1));
        before += minutes;
        let wish = stage.origin + i32::try_from(share).unwrap_or(0);
        Want { what: What::Learn(topic), ordinal, minutes, lo: 0, hi, by, wish, weight }
    });
    wants.partition(|want| want.ordinal == 1)
}

/// A block of a topic in its turn.
struct Turn {
    topic: usize,
    ordinal: u32,
    minutes: u32,
    weight: u32,
}

fn firsts(topics: &[Topic], blocks: &[Vec<u32>]) -> impl Iterator<Item = Turn> {
    let all = topics.iter().zip(blocks).enumerate();
    all.filter_map(|(topic, (about, lengths))| {
        Some(Turn { topic, ordinal: 1, minutes: *lengths.first()?, weight: COVERAGE + score(about) })
    })
}

/// The second and later sessions of the topics in the order of Sainte-Laguë: whoever has the highest
/// score for each session it has already got is next.
fn turns(topics: &[Topic], blocks: &[Vec<u32>]) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (topic, (about, lengths)) in topics.iter().zip(blocks).enumerate() {
        for (got, minutes) in (1u32..).zip(lengths.iter().skip(1)) {
            let weight = MORE + score(about) * 10_000 / (2 * got + 1);
            turns.push(Turn { topic, ordinal: got + 1, minutes: *minutes, weight });
        }
    }
    turns.sort_by_key(|turn| (std::cmp::Reverse(turn.weight), turn.topic, turn.ordinal));
    turns
}

/// What every plan holds besides topics, what has the fewest days to choose from first: the light last
/// day, mock interviews, the questions to ask, company research early.
pub fn fixed(stage: Stage, part: u32, session: u32, mock: u32, mocks: u32) -> Vec<Want> {
    let last = stage.last;
    let want = |what, minutes: u32, lo, wish, weight| Want {
        what,
        ordinal: 1,
        minutes: minutes.min(session),
        lo,
        hi: last,
        by: last,
        wish,
        weight: FIXED + weight,
    };
    let short = |minutes: u32| if part < 100 { (minutes / 2).next_multiple_of(5) } else { minutes };
    let mut wants = vec![want(What::LightReview, short(LIGHT), last, last, 3)];
    wants.extend(rehearsals(stage, mock, mocks, 1));
    if stage.days() >= 2 {
        wants.push(want(What::Ask, short(ASK).max(15), last - 3, last, 1));
        wants.push(want(What::Company, short(COMPANY), 0, stage.origin + stage.days() / 8, 0));
    }
    wants
}

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
            Want { what: What::Mock, ordinal: first + index, minutes, lo, hi, by: hi, wish, weight: FIXED + 2 }
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
        Want { what, ordinal: first(what), minutes, lo, hi: stage.last, by: stage.last, wish, weight: 0 }
    };
    let wish = |place: i32| stage.origin + place * days / count;
    let reviews = (0..topics.len()).zip(0..);
    let mut wants: Vec<Want> =
        reviews.map(|(index, place)| want(What::Review(index), REFRESH, stage.origin, wish(place))).collect();
    if stage.days() > MOCK_GAP {
        wants.extend(rehearsals(stage, mock, 1, first(What::Mock)));
    }
    wants.push(want(What::LightReview, LIGHT, stage.last, stage.last));
    wants
}
