//! What stands on a back that has no answer yet: how to say one aloud, and what else of the
//! dossier helps with it.
//!
//! This is the one field that speaks of other items. It is made when a note is made or changes
//! and then left alone (see `memory.rs`), so that no other item ever touches a note.

use super::compose::{bullets, under};
use super::outline;
use super::relate::{Common, Index};
use crate::dossier::{Concept, Dossier, Part, Question, Topic};
use crate::markup::{Block, Inline, Line, Markup, parse_line};
use crate::theme::Labels;

/// How many others stand on a card: what fits on a phone.
const CONCEPTS: usize = 6;
const HIGHLIGHTS: usize = 3;
const QUESTIONS: usize = 3;
const STORIES: usize = 2;
const ADVICE: usize = 2;

/// Everything of the dossier that may help, found by its words.
pub struct Sources<'d> {
    labels: &'d Labels,
    frames: Frames,
    concepts: Vec<&'d Topic<Concept>>,
    concept_index: Index,
    questions: Vec<&'d Question>,
    question_index: Index,
    highlights: Vec<Markup>,
    highlight_index: Index,
    advice: Vec<Markup>,
    advice_index: Index,
    stories: Vec<&'d str>,
    story_index: Index,
}

impl<'d> Sources<'d> {
    /// Reads the dossier once.
    pub fn new(dossier: &'d Dossier, labels: &'d Labels) -> Self {
        let common = Common::of(&labels.deck.common_words);
        let index = |texts: Vec<String>| Index::new(texts, &common);
        let concepts: Vec<_> = dossier.concepts().collect();
        let questions: Vec<_> = dossier.questions().flat_map(|topic| &topic.items).collect();
        let highlights = outline_texts(dossier, false, |part| matches!(part, Part::Highlights(_)));
        let advice = outline_texts(dossier, true, |part| matches!(part, Part::Advice(_)));
        let stories: Vec<_> = dossier.stories().collect();
        Self {
            labels,
            frames: Frames::new(labels),
            concept_index: index(concepts.iter().map(|topic| topic_words(topic)).collect()),
            question_index: index(question_words(dossier)),
            highlight_index: index(highlights.iter().map(|(words, _)| words.clone()).collect()),
            advice_index: index(advice.iter().map(|(words, _)| words.clone()).collect()),
            story_index: index(stories.iter().map(|story| story_words(story)).collect()),
            concepts,
            questions,
            highlights: highlights.into_iter().map(|(_, text)| text).collect(),
            advice: advice.into_iter().map(|(_, text)| text).collect(),
            stories: stories.into_iter().map(|story| story.title.as_str()).collect(),
        }
    }

    /// For a question of theirs without an answer.
    pub fn for_question(&self, topic: &Topic<Question>, item: &Question) -> Markup {
        let question = item.question.plain();
        let words = format!("{} {question}", topic.name);
        let frame = Frame::of(&question, &topic.name, self.labels);
        let mut blocks = under(&self.labels.deck.no_answer, self.frames.get(frame));
        blocks.extend(self.concepts_for(&topic.slug, &words, frame));
        blocks.extend(section(&self.labels.deck.stories, self.stories_for(&words)));
        blocks.extend(section(&self.labels.deck.highlights, self.highlights_for(&words, frame)));
        Markup(blocks)
    }

    /// For a concept without an explanation.
    pub fn for_concept(&self, topic: &Topic<Concept>, item: &Concept) -> Markup {
        let name = item.concept.plain();
        let mut blocks = under(&self.labels.deck.no_explanation, &self.frames.explain);
        let siblings = topic.items.iter().filter(|other| other.id != item.id).take(CONCEPTS);
        blocks.extend(in_a_row(&self.labels.deck.siblings, siblings.map(|other| &other.concept)));
        let asked = self.question_index.nearest(&format!("{} {name}", topic.name), QUESTIONS);
        let asked = asked.into_iter().filter_map(|place| self.questions.get(place));
        blocks.extend(section(&self.labels.deck.asked_in, asked.map(|item| item.question.clone().into()).collect()));
        Markup(blocks)
    }

    /// For a question to ask them, where nothing is said of the answer to hope for.
    pub fn for_ask(&self, topic: &Topic<Question>, item: &Question) -> Markup {
        let deck = &self.labels.deck;
        let mut blocks = under(&deck.no_listen_for, &self.frames.ask);
        let words = format!("{} {}", topic.name, item.question.plain());
        let advice = self.advice_index.nearest(&words, ADVICE);
        let advice = advice.into_iter().filter_map(|place| self.advice.get(place).cloned()).collect();
        blocks.extend(section(&deck.mind, advice));
        Markup(blocks)
    }

    /// The concepts of the topic of the same name, else of the topic nearest to the question.
    fn concepts_for(&self, slug: &str, words: &str, frame: Frame) -> Vec<Block> {
        if frame == Frame::Star {
            return Vec::new();
        }
        let same = self.concepts.iter().find(|topic| topic.slug == slug);
        let near = || self.concept_index.nearest(words, 1).first().and_then(|place| self.concepts.get(*place));
        let Some(topic) = same.or_else(near) else { return Vec::new() };
        let items = topic.items.iter().take(CONCEPTS).map(|item| &item.concept);
        in_a_row(&format!("{}: {}", self.labels.deck.to_know, topic.name), items)
    }

    /// Highlights that share words with the question; for a story about oneself also those with a
    /// figure in them, since a result is what such a story needs.
    fn highlights_for(&self, words: &str, frame: Frame) -> Vec<Markup> {
        let mut places = self.highlight_index.nearest(words, HIGHLIGHTS);
        if frame == Frame::Star {
            let figures = self.highlights.iter().enumerate().filter(|(_, text)| has_figure(text));
            places.extend(figures.map(|(place, _)| place).take(HIGHLIGHTS + HIGHLIGHTS));
        }
        let mut seen = Vec::new();
        places.retain(|place| {
            !seen.contains(place) && {
                seen.push(*place);
                true
            }
        });
        places.into_iter().take(HIGHLIGHTS).filter_map(|place| self.highlights.get(place).cloned()).collect()
    }

    fn stories_for(&self, words: &str) -> Vec<Markup> {
        let places = self.story_index.nearest(words, STORIES);
        places.into_iter().filter_map(|place| self.stories.get(place)).map(|title| Line::text(*title).into()).collect()
    }
}

fn section(heading: &str, items: Vec<Markup>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { under(heading, &bullets(items.into_iter())) }
}

/// Short items, one after the other.
fn in_a_row<'l>(heading: &str, items: impl Iterator<Item = &'l Line>) -> Vec<Block> {
    let mut row = Vec::new();
    for item in items {
        if !row.is_empty() {
            row.push(Inline::Text(" · ".to_owned()));
        }
        row.extend(item.0.iter().cloned());
    }
    if row.is_empty() { Vec::new() } else { under(heading, &Line(row).into()) }
}

/// How an answer of that sort is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Star,
    Design,
    Explain,
}

impl Frame {
    fn of(question: &str, topic: &str, labels: &Labels) -> Self {
        let (question, topic) = (question.to_lowercase(), topic.to_lowercase());
        let is =
            |phrases: &str, text: &str| phrases.split('|').any(|phrase| !phrase.is_empty() && text.contains(phrase));
        if is(&labels.deck.behavioural, &question) || is(&labels.deck.behavioural, &topic) {
            Self::Star
        } else if is(&labels.deck.designing, &question) {
            Self::Design
        } else {
            Self::Explain
        }
    }
}

/// What to say, step by step.
struct Frames {
    star: Markup,
    design: Markup,
    explain: Markup,
    /// For what is asked of them.
    ask: Markup,
}

impl Frames {
    fn new(labels: &Labels) -> Self {
        let (deck, star) = (&labels.deck, &labels.star);
        let lines = |texts: &[&str]| bullets(texts.iter().map(|text| parse_line(text).into()));
        let named = |(name, prompt): (&String, &String)| {
            let words = vec![Inline::Strong(Line::text(name)), Inline::Text(format!(" – {prompt}"))];
            Line(words).into()
        };
        let parts = [
            (&star.situation, &deck.star_situation),
            (&star.task, &deck.star_task),
            (&star.action, &deck.star_action),
            (&star.result, &deck.star_result),
        ];
        Self {
            star: bullets(parts.into_iter().map(named)),
            design: lines(&[
                &deck.design_need,
                &deck.design_shape,
                &deck.design_flow,
                &deck.design_failure,
                &deck.design_numbers,
            ]),
            explain: lines(&[&deck.explain_what, &deck.explain_how, &deck.explain_used, &deck.explain_limits]),
            ask: lines(&[&deck.ask_say, &deck.ask_why, &deck.ask_good, &deck.ask_warning]),
        }
    }

    fn get(&self, frame: Frame) -> &Markup {
        match frame {
            Frame::Star => &self.star,
            Frame::Design => &self.design,
            Frame::Explain => &self.explain,
        }
    }
}

/// A number, not a name such as `S3`.
fn has_figure(text: &Markup) -> bool {
    let plain = text.plain();
    plain.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The ends of outlines: the words they are found by, their label among them, and the text to show.
fn outline_texts(dossier: &Dossier, with_label: bool, wanted: fn(&Part) -> bool) -> Vec<(String, Markup)> {
    let outlines = dossier.parts.iter().filter(|part| wanted(part)).filter_map(|part| match part {
        Part::Highlights(outline) | Part::Advice(outline) => Some(outline),
        _ => None,
    });
    let leaves = outlines.flat_map(outline::leaves);
    leaves
        .map(|(label, text)| {
            let words = format!("{} {}", label.map(Line::plain).unwrap_or_default(), text.plain());
            let shown = match label.filter(|_| with_label) {
                Some(label) => outline::labelled_text(label, text.clone()),
                None => text.clone(),
            };
            (words, shown)
        })
        .collect()
}

fn topic_words(topic: &Topic<Concept>) -> String {
    topic.items.iter().fold(topic.name.clone(), |words, item| format!("{words} {}", item.concept.plain()))
}

fn question_words(dossier: &Dossier) -> Vec<String> {
    let topics = dossier.questions();
    topics
        .flat_map(|topic| topic.items.iter().map(|item| format!("{} {}", topic.name, item.question.plain())))
        .collect()
}

fn story_words(story: &crate::dossier::Story) -> String {
    use crate::dossier::StoryBody;
    let body = match &story.body {
        StoryBody::Free(text) => text.plain(),
        StoryBody::Star(star) => {
            let parts = [&star.situation, &star.task, &star.action, &star.result];
            parts.into_iter().flatten().map(Markup::plain).collect::<Vec<_>>().join(" ")
        }
    };
    format!("{} {body}", story.title)
}
