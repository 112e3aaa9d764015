//! How much a dossier can hold. Nobody learns as much; what is beyond was made to keep a machine busy.

use super::model::{Dossier, Outline, Part, Question, Topic};
use crate::diagnostic::{Code, Diagnostic};

/// Rounds of interviews.
const ROUNDS: usize = 200;
/// Topics of questions, concepts or questions to ask, each of which the plan weighs for every session: all of
/// `dossier plan` takes 0.3 s for so many and a year of evenings.
const TOPICS: usize = 2_000;
/// Questions, hints, concepts, stories and points, all together: a deck of as many questions in a line takes 100 MB to make.
const ITEMS: usize = 50_000;

/// What there is too much of, at the key that holds it, or most of it.
pub fn limits(dossier: &Dossier) -> Vec<Diagnostic> {
    let at = |key: &'static str| dossier.places.get(key).cloned().unwrap_or_default();
    let too_many = |what: &str, count: usize, limit: usize, key: &'static str| {
        let message = format!("{count} {what}; a dossier can have {limit}");
        (count > limit).then(|| {
            Diagnostic::new(Code::TooLarge, at(key), message, "too many")
                .help("write several dossiers, one for each job")
        })
    };
    let sizes: Vec<(&'static str, usize, usize)> = dossier.parts.iter().map(size).collect();
    let sum = |count: fn(&(&'static str, usize, usize)) -> usize| {
        let most = sizes.iter().max_by_key(|size| count(size)).map_or("job", |(key, ..)| *key);
        (sizes.iter().map(count).sum(), most)
    };
    let (topics, with_most_topics) = sum(|(_, topics, _)| *topics);
    let (items, with_most_items) = sum(|(_, _, items)| *items);
    let rounds = too_many("rounds of interviews", dossier.rounds.len(), ROUNDS, "interview");
    let topics = too_many("topics", topics, TOPICS, with_most_topics);
    let items = too_many("questions, hints, concepts, stories and points", items, ITEMS, with_most_items);
    [rounds, topics, items].into_iter().flatten().collect()
}

/// The key of a part, its topics and its items.
fn size(part: &Part) -> (&'static str, usize, usize) {
    match part {
        Part::Overview(_) => ("overview", 0, 1),
        Part::Closing(_) => ("closing", 0, 1),
        Part::Fit(tree) => ("fit", 0, leaves(tree)),
        Part::Highlights(tree) => ("highlights", 0, leaves(tree)),
        Part::Company(tree) => ("company", 0, leaves(tree)),
        Part::Advice(tree) => ("advice", 0, leaves(tree)),
        Part::Sections(sections) => ("sections", 0, sections.iter().map(|(_, tree)| leaves(tree)).sum()),
        Part::Stories(stories) => ("stories", 0, stories.len()),
        Part::Questions(topics) => ("questions", topics.len(), with_hints(topics)),
        Part::Ask(topics) => ("ask", topics.len(), with_hints(topics)),
        Part::Concepts(topics) => ("concepts", topics.len(), topics.iter().map(|topic| topic.items.len()).sum()),
    }
}

fn with_hints(topics: &[Topic<Question>]) -> usize {
    topics.iter().flat_map(|topic| &topic.items).map(|item| 1 + item.hints.len()).sum()
}

fn leaves(outline: &Outline) -> usize {
    match outline {
        Outline::Text(_) => 1,
        Outline::List(items) => items.iter().map(leaves).sum(),
        Outline::Labelled(pairs) => pairs.iter().map(|(_, value)| leaves(value)).sum(),
    }
}
