//! Cue cards: a question and its answer, a concept and what it means, a story and its four parts.

use super::Composer;
use super::inline::{blocks, line};
use super::items::star_parts;
use crate::dossier::{Concept, Part, Question, Star, Story, StoryBody};
use crate::export::briefing::Notes;
use crate::export::briefing::document::{Block, Card, Run};
use crate::markup::Markup;

impl Composer<'_> {
    /// All cards, in the order of the file.
    pub fn cards(&mut self) -> Vec<Card> {
        let mut cards = Vec::new();
        let dossier = self.dossier;
        for part in &dossier.parts {
            match part {
                Part::Questions(topics) => {
                    for topic in topics {
                        cards.extend(topic.items.iter().map(|item| self.question_card(&topic.name, &topic.slug, item)));
                    }
                }
                Part::Concepts(topics) => {
                    for topic in topics {
                        cards.extend(topic.items.iter().map(|item| self.concept_card(&topic.name, &topic.slug, item)));
                    }
                }
                Part::Stories(stories) => cards.extend(stories.iter().map(|story| self.story_card(story))),
                Part::Overview(_)
                | Part::Fit(_)
                | Part::Highlights(_)
                | Part::Company(_)
                | Part::Ask(_)
                | Part::Advice(_)
                | Part::Sections(_)
                | Part::Closing(_) => {}
            }
        }
        cards
    }

    fn question_card(&self, topic: &str, slug: &str, question: &Question) -> Card {
        let hints = (!question.hints.is_empty()).then(|| Block::Note(self.hints(question)));
        let answer = question.answer.as_ref().map(blocks).unwrap_or_default();
        let back: Vec<Block> = hints.into_iter().chain(answer).collect();
        let to_write = question.answer.is_none() && self.notes == Notes::Lines;
        let confidence = self.confidence(&question.about, slug);
        Card { topic: vec![Run::plain(topic)], front: line(&question.question), confidence, back, to_write }
    }

    fn concept_card(&self, topic: &str, slug: &str, concept: &Concept) -> Card {
        let texts = [&concept.explanation, &concept.example];
        let back: Vec<Block> = texts.into_iter().flatten().flat_map(blocks).collect();
        let to_write = back.is_empty() && self.notes == Notes::Lines;
        let confidence = self.confidence(&concept.about, slug);
        Card { topic: vec![Run::plain(topic)], front: line(&concept.concept), confidence, back, to_write }
    }

    fn story_card(&self, story: &Story) -> Card {
        let back = match &story.body {
            StoryBody::Free(markup) => blocks(markup),
            StoryBody::Star(star) => self.star_blocks(star),
        };
        let topic = vec![Run::plain(self.labels.parts.stories.clone())];
        Card { topic, front: vec![Run::plain(story.title.clone())], confidence: None, back, to_write: false }
    }

    fn star_blocks(&self, star: &Star) -> Vec<Block> {
        let colon = &self.labels.marks.colon;
        let labelled = |(label, text): (String, Option<&Markup>)| {
            let mut content = blocks(text?);
            match content.first_mut() {
                Some(Block::Paragraph(runs)) => runs.insert(0, Run::strong(format!("{label}{colon}"))),
                _ => content.insert(0, Block::Paragraph(vec![Run::strong(format!("{label}{}", colon.trim_end()))])),
            }
            Some(content)
        };
        star_parts(&self.labels.star, star).into_iter().filter_map(labelled).flatten().collect()
    }
}
