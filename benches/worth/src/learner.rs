//! The learner: items remembered by the FSRS model with its default parameters (`rs-fsrs`).

use crate::random::Random;
use rs_fsrs::{Parameters, Rating};

/// Something to know: a question or a concept.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its topic.
    pub topic: usize,
    /// How much it matters at the interview.
    pub weight: f64,
    /// Minutes to learn it.
    pub learning: f64,
    /// Minutes to recall it and check.
    pub recalling: f64,
    /// How it goes at first.
    pub first: Rating,
    /// The chance to know it without any study.
    pub prior: f64,
}

/// What a stretch of study is about.
#[derive(Debug, Clone)]
pub enum What {
    /// A topic.
    Topic(usize),
    /// These items.
    Items(Vec<usize>),
    /// Whatever is least sure.
    Weakest,
}

/// A stretch of study.
#[derive(Debug, Clone)]
pub struct Block {
    /// When, in days since the plan began.
    pub at: f64,
    /// How long.
    pub minutes: f64,
    /// What about.
    pub what: What,
}

#[derive(Clone, Copy)]
struct Memory {
    stability: f64,
    difficulty: f64,
    last: f64,
}

/// Recall of each item at the interview after these blocks; one learner of many.
pub fn recall(items: &[Item], blocks: &[Block], interview: f64, seed: u64) -> Vec<f64> {
    let model = Parameters::default();
    let mut memories: Vec<Option<Memory>> = vec![None; items.len()];
    let mut luck: Vec<Random> = (0..items.len()).map(|item| Random::new(seed ^ (item as u64) << 20)).collect();
    for block in blocks {
        let mut left = block.minutes;
        for index in order(items, &memories, block) {
            let item = &items[index];
            let cost = if memories[index].is_some() { item.recalling } else { item.learning };
            // The last item is begun only when there is time for most of it.
            if left < cost * 0.5 {
                break;
            }
            left -= cost;
            let lucky = luck[index].fraction();
            memories[index] = Some(studied(&model, memories[index], item, block.at, lucky));
        }
    }
    let known = |(item, memory): (&Item, &Option<Memory>)| match memory {
        None => item.prior,
        Some(memory) => chance(memory, interview),
    };
    items.iter().zip(&memories).map(known).collect()
}

/// New items first, then the least sure.
fn order(items: &[Item], memories: &[Option<Memory>], block: &Block) -> Vec<usize> {
    let mut wanted: Vec<usize> = match &block.what {
        What::Topic(topic) => (0..items.len()).filter(|index| items[*index].topic == *topic).collect(),
        What::Items(list) => list.clone(),
        What::Weakest => (0..items.len()).filter(|index| memories[*index].is_some()).collect(),
    };
    let key = |index: &usize| memories[*index].as_ref().map_or(-1.0, |memory| chance(memory, block.at));
    wanted.sort_by(|a, b| key(a).total_cmp(&key(b)));
    wanted
}

fn chance(memory: &Memory, at: f64) -> f64 {
    Parameters::forgetting_curve((at - memory.last).max(0.0), memory.stability)
}

fn studied(model: &Parameters, memory: Option<Memory>, item: &Item, at: f64, lucky: f64) -> Memory {
    let Some(before) = memory else {
        let (stability, difficulty) = (model.init_stability(item.first), model.init_difficulty(item.first));
        return Memory { stability, difficulty, last: at };
    };
    let known = chance(&before, at);
    let rating = if lucky < known { Rating::Good } else { Rating::Again };
    let stability = match rating {
        Rating::Again => model
            .next_forget_stability(before.difficulty, before.stability, known)
            .min(before.stability),
        _ if at - before.last < 0.5 => model.short_term_stability(before.stability, rating).max(before.stability),
        _ => model.next_recall_stability(before.difficulty, before.stability, known, rating),
    };
    let difficulty = model.next_difficulty(before.difficulty, rating);
    Memory { stability: stability.max(0.1), difficulty, last: at }
}
