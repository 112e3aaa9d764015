//! Which questions a mock interview asks.

use super::needs::rank;
use super::{Plan, Session};
use crate::dossier::{Dossier, Question};

/// Minutes a question takes to be asked and answered.
const MINUTES_EACH: u32 = 8;

/// The questions of a mock interview: as many as it has time for, the important and unsure ones of all
/// topics in turn; the next interview goes on where the last one stopped.
pub fn mock_questions<'d>(dossier: &'d Dossier, plan: &Plan, session: &Session) -> Vec<&'d Question> {
    let all = in_turn(dossier, plan);
    let count = usize::try_from((session.minutes.0 / MINUTES_EACH).max(3)).unwrap_or(3).min(all.len());
    let skipped = usize::try_from(session.ordinal.saturating_sub(1)).unwrap_or(0) * count;
    let cycle = all.iter().cycle().skip(if all.is_empty() { 0 } else { skipped % all.len() });
    cycle.take(count).copied().collect()
}

/// The first question of every topic, then the second of every topic, …
fn in_turn<'d>(dossier: &'d Dossier, plan: &Plan) -> Vec<&'d Question> {
    let place = |slug: &str| plan.topics.iter().position(|topic| topic.slug == slug);
    let mut keyed: Vec<((usize, Option<usize>), &Question)> = Vec::new();
    for topic in dossier.questions() {
        let mut questions: Vec<&Question> = topic.items.iter().collect();
        questions.sort_by_key(|question| std::cmp::Reverse(rank(dossier.standing(&topic.slug, &question.about))));
        let place = place(&topic.slug);
        keyed.extend(questions.into_iter().enumerate().map(|(turn, question)| ((turn, place), question)));
    }
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, question)| question).collect()
}
