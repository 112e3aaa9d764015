//! What a plan is worth: recall at the interview, predicted by the FSRS memory model with its default
//! parameters, for our plan and for other ways to spend the same minutes in the same hours.
//!
//! `cargo run --release` reports on dossiers that were never used for tuning;
//! `cargo run --release -- tuning` shows those that were. Learners have their luck from a seed, the
//! same for each strategy.

mod case;
mod learner;
mod random;
mod strategies;

use case::{Case, case};
use learner::{Block, recall};

const HORIZONS: [i64; 5] = [2, 7, 14, 30, 60];
const LEARNERS: u64 = 10;

/// Dossiers for tuning and for the report; they have nothing in common.
fn seeds() -> std::ops::Range<u64> {
    if std::env::args().any(|arg| arg == "tuning") { 0..400 } else { 2_000_000..2_000_400 }
}

fn main() {
    println!("{:>4}  {:14} {:>6} {:>13} {:>8}", "days", "strategy", "mean", "weakest 10 %", "minutes");
    for horizon in HORIZONS {
        let cases: Vec<Case> = seeds().map(|seed| case(seed, horizon)).collect();
        let ours = |case: &Case| case.ours.clone();
        line(horizon, "ours", &cases, ours);
        for (name, strategy) in strategies::ALL {
            line(horizon, name, &cases, |case| strategy(case, minutes(&case.ours)));
        }
    }
}

fn line(horizon: i64, name: &str, cases: &[Case], blocks: impl Fn(&Case) -> Vec<Block>) {
    let (mut mean, mut weak, mut spent) = (0.0, 0.0, 0.0);
    for (case, seed) in cases.iter().zip(0u64..) {
        let blocks = blocks(case);
        spent += minutes(&blocks);
        for learner in 0..LEARNERS {
            let known = recall(&case.items, &blocks, case.interview, seed * 1_000 + learner);
            let (all, tenth) = measures(case, &known);
            mean += all;
            weak += tenth;
        }
    }
    let count = cases.len() as f64;
    let learners = count * LEARNERS as f64;
    println!("{horizon:>4}  {name:14} {:>6.1} {:>13.1} {:>8.0}", 100.0 * mean / learners, 100.0 * weak / learners, spent / count);
}

fn minutes(blocks: &[Block]) -> f64 {
    blocks.iter().map(|block| block.minutes).sum()
}

/// The mean recall, and that of the weakest tenth, both by weight.
fn measures(case: &Case, known: &[f64]) -> (f64, f64) {
    let mut pairs: Vec<(f64, f64)> = known.iter().copied().zip(case.items.iter().map(|item| item.weight)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    let mean = pairs.iter().map(|(known, weight)| known * weight).sum::<f64>() / total;
    let tenth = total / 10.0;
    let (mut weight, mut sum) = (0.0, 0.0);
    for (known, more) in pairs {
        let take = more.min(tenth - weight);
        sum += known * take;
        weight += take;
    }
    (mean, sum / tenth)
}
