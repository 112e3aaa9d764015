//! The topics of a dossier and what it takes to learn each.

use super::Topic;
use crate::dossier::{About, Confidence, Dossier, Minutes, Priority};
use std::collections::BTreeMap;

/// Minutes to learn an item of middling confidence are three quarters of these.
const QUESTION: u32 = 15;
const CONCEPT: u32 = 5;
/// Minutes to rehearse a story that is halfway known.
const STORY: u32 = 20;
/// A topic takes at least this long: less is not worth sitting down for.
const LEAST: u32 = 10;
/// Needs are told in steps of this, so that one small item does not shift everything.
const STEP: u32 = 5;

/// All topics, most important first; equals in the order of the file.
pub fn topics(dossier: &Dossier) -> Vec<Topic> {
    let mut drafts = Drafts::default();
    for topic in dossier.questions() {
        let draft = drafts.entry(&topic.slug, &topic.name);
        topic.items.iter().for_each(|item| draft.add(QUESTION, dossier, &item.about));
    }
    for topic in dossier.concepts() {
        let draft = drafts.entry(&topic.slug, &topic.name);
        topic.items.iter().for_each(|item| draft.add(CONCEPT, dossier, &item.about));
    }
    for story in dossier.stories() {
        let draft = drafts.entry(&story.slug, &story.title);
        draft.percent += STORY * 100;
        draft.items += 1;
    }
    let mut topics: Vec<Topic> = drafts.list.into_iter().map(|draft| draft.finish(dossier)).collect();
    topics.sort_by_key(|topic| std::cmp::Reverse(score(topic)));
    topics
}

/// What matters and is not sure yet comes first.
pub fn score(topic: &Topic) -> u32 {
    rank((topic.confidence, topic.priority))
}

/// The same for anything that has a confidence and a priority: from 1 to 15, more where it matters more and is less
/// sure.
pub fn rank((confidence, priority): (Confidence, Priority)) -> u32 {
    priority.weight() * (6 - u32::from(confidence.level()))
}

/// How much of the usual time is needed, in percent.
fn share(confidence: Confidence) -> u32 {
    150 - 25 * u32::from(confidence.level())
}

#[derive(Default)]
struct Drafts {
    list: Vec<Draft>,
    by_slug: BTreeMap<String, usize>,
}

impl Drafts {
    /// The topic of that slug; questions and concepts of one name are one topic.
    fn entry(&mut self, slug: &str, name: &str) -> &mut Draft {
        let index = *self.by_slug.entry(slug.to_owned()).or_insert(self.list.len());
        if index == self.list.len() {
            self.list.push(Draft { slug: slug.to_owned(), name: name.to_owned(), ..Draft::default() });
        }
        &mut self.list[index]
    }
}

#[derive(Default)]
struct Draft {
    slug: String,
    name: String,
    /// Minutes needed, times 100.
    percent: u32,
    items: u32,
    /// What the items say of themselves.
    confidences: Vec<u32>,
    priority: Option<Priority>,
}

impl Draft {
    fn add(&mut self, minutes: u32, dossier: &Dossier, about: &About) {
        let (confidence, _) = dossier.standing(&self.slug, about);
        self.percent += minutes * share(confidence);
        self.items += 1;
        self.confidences.extend(about.confidence.map(|confidence| u32::from(confidence.level())));
        self.priority = self.priority.max(about.priority);
    }

    fn finish(self, dossier: &Dossier) -> Topic {
        let settings = dossier.study.topics.get(&self.slug).copied().unwrap_or_default();
        let confidence = settings.confidence.or_else(|| mean(&self.confidences)).unwrap_or(Confidence::DEFAULT);
        let priority = settings.priority.or(self.priority).unwrap_or_default();
        let needed = settings.estimate.unwrap_or_else(|| Minutes(rounded(self.percent.div_ceil(100))));
        Topic { name: self.name, slug: self.slug, confidence, priority, items: self.items, needed, planned: Minutes(0) }
    }
}

fn rounded(minutes: u32) -> u32 {
    ((minutes + STEP / 2) / STEP * STEP).max(LEAST)
}

fn mean(levels: &[u32]) -> Option<Confidence> {
    let count = u32::try_from(levels.len()).ok().filter(|count| *count > 0)?;
    let mean = (levels.iter().sum::<u32>() + count / 2) / count;
    Confidence::new(u8::try_from(mean).ok()?)
}
