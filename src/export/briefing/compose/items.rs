//! Questions, concepts, stories: what is numbered, ticked and told.

use super::Composer;
use super::inline::{blocks, line, with_label};
use crate::dossier::{About, Concept, Confidence, Priority, Question, Star, Story, StoryBody, Topic};
use crate::export::briefing::Notes;
use crate::export::briefing::document::{Block, Item, Level, Marker, Run, Text};
use crate::markup::Markup;
use crate::theme::{StarLabels, fill};

/// Lines to write on where there is no answer.
const RULED_LINES: usize = 3;

impl Composer<'_> {
    /// Numbered through, by topic.
    pub fn questions(&mut self, topics: &[Topic<Question>]) {
        self.section(&self.labels.parts.questions, Vec::new());
        for topic in topics {
            self.topic_heading(topic);
            for question in &topic.items {
                self.question(question, &topic.slug);
            }
        }
    }

    fn topic_heading<T>(&mut self, topic: &Topic<T>) {
        let priority = self.dossier.study.topics.get(&topic.slug).and_then(|settings| settings.priority);
        let note = priority.and_then(|priority| self.priority(priority)).map(|words| vec![Run::soft(words)]);
        self.heading(Level::Topic, vec![Run::plain(topic.name.clone())], note);
    }

    /// A priority in words; the normal one needs none.
    fn priority(&self, priority: Priority) -> Option<String> {
        match priority {
            Priority::High => Some(self.labels.briefing.priority_high.clone()),
            Priority::Normal => None,
            Priority::Low => Some(self.labels.briefing.priority_low.clone()),
        }
    }

    fn question(&mut self, question: &Question, topic: &str) {
        self.number += 1;
        let mut body = Vec::new();
        if !question.hints.is_empty() {
            body.push(Block::Note(self.hints(question)));
        }
        match &question.answer {
            Some(answer) => body.push(Block::Aside(blocks(answer))),
            None => body.extend(self.room(RULED_LINES)),
        }
        body.extend(self.links(&question.about));
        let text = line(&question.question);
        let priority = question.about.priority.and_then(|priority| self.priority(priority));
        let confidence = self.confidence(&question.about, topic);
        self.blocks.push(Block::Question { number: Some(self.number), text, priority, confidence, body });
    }

    /// Lines to write on, if they are wanted.
    fn room(&self, lines: usize) -> Option<Block> {
        match self.notes {
            Notes::Lines => Some(Block::Lines(lines)),
            Notes::None => None,
        }
    }

    fn hints(&self, question: &Question) -> Text {
        let mut runs = vec![Run::strong(format!("{}: ", self.labels.briefing.hints))];
        for (index, hint) in question.hints.iter().enumerate() {
            if index > 0 {
                runs.push(Run::plain(" · "));
            }
            runs.extend(line(hint));
        }
        runs
    }

    fn links(&self, about: &About) -> Option<Block> {
        if about.links.is_empty() {
            return None;
        }
        let mut runs = vec![Run::strong(format!("{}: ", self.labels.briefing.links))];
        for (index, link) in about.links.iter().enumerate() {
            if index > 0 {
                runs.push(Run::plain(" · "));
            }
            runs.push(Run { text: link.clone(), link: Some(link.clone()), ..Run::default() });
        }
        Some(Block::Note(runs))
    }

    /// What was said of the item or its topic; nothing where nothing was said.
    pub fn confidence(&self, about: &About, topic: &str) -> Option<(u8, String)> {
        let settings = self.dossier.study.topics.get(topic);
        let confidence = about.confidence.or_else(|| settings.and_then(|settings| settings.confidence));
        confidence
            .map(Confidence::level)
            .map(|level| (level, fill(&self.labels.briefing.confidence, &[("n", &level.to_string())])))
    }

    /// A checklist.
    pub fn asks(&mut self, topics: &[Topic<Question>]) {
        self.section(&self.labels.parts.ask, Vec::new());
        for topic in topics {
            self.topic_heading(topic);
            let items = topic.items.iter().map(|question| {
                let mut inner = vec![Block::Paragraph(line(&question.question))];
                inner.extend(question.answer.iter().map(|answer| Block::Aside(blocks(answer))));
                Item { marker: Marker::Checkbox, blocks: inner }
            });
            let items = items.collect();
            self.blocks.push(Block::List(items));
        }
    }

    /// Boxes to tick, with what is written about each.
    pub fn concepts(&mut self, topics: &[Topic<Concept>]) {
        self.section(&self.labels.parts.concepts, Vec::new());
        for topic in topics {
            if topic.items.iter().all(is_short) {
                let items = topic.items.iter().map(|concept| line(&concept.concept)).collect();
                self.blocks.push(Block::Ticks { name: vec![Run::plain(topic.name.clone())], items });
                continue;
            }
            self.topic_heading(topic);
            let items =
                topic.items.iter().map(|concept| Item { marker: Marker::Checkbox, blocks: self.concept(concept) });
            let items = items.collect();
            self.blocks.push(Block::List(items));
        }
    }

    fn concept(&self, concept: &Concept) -> Vec<Block> {
        let name = line(&concept.concept);
        let mut out = match &concept.explanation {
            None => vec![Block::Paragraph(name)],
            Some(explanation) => match explanation.as_words() {
                Some(text) => vec![Block::Paragraph(with_label(&concept.concept, text))],
                None => {
                    let name = name.into_iter().map(|run| Run { strong: true, ..run }).collect();
                    std::iter::once(Block::Paragraph(name)).chain(blocks(explanation)).collect()
                }
            },
        };
        if let Some(example) = &concept.example {
            out.push(Block::Note(vec![Run::strong(self.labels.briefing.example.clone())]));
            out.push(Block::Aside(blocks(example)));
        }
        out.extend(self.links(&concept.about));
        out
    }

    /// By situation, task, action and result, or freely.
    pub fn stories(&mut self, stories: &[Story]) {
        self.section(&self.labels.parts.stories, Vec::new());
        for story in stories {
            self.heading(Level::Topic, vec![Run::plain(story.title.clone())], None);
            match &story.body {
                StoryBody::Free(markup) => self.blocks.extend(blocks(markup)),
                StoryBody::Star(star) => self.star(star),
            }
        }
    }

    fn star(&mut self, star: &Star) {
        for (label, text) in star_parts(&self.labels.star, star) {
            let label = vec![Run::plain(label)];
            match text {
                Some(text) => match text.as_words() {
                    Some(text) => self.fact(label, line(text)),
                    None => {
                        self.heading(Level::Label, label, None);
                        self.blocks.extend(blocks(text));
                    }
                },
                None => {
                    self.heading(Level::Label, label, None);
                    let room = self.room(1);
                    self.blocks.extend(room);
                }
            }
        }
    }

    /// Facts that follow each other stand in one list, so that their texts align.
    fn fact(&mut self, label: Text, text: Text) {
        match self.blocks.last_mut() {
            Some(Block::Facts(facts)) => facts.push((label, text)),
            _ => self.blocks.push(Block::Facts(vec![(label, text)])),
        }
    }
}

/// The four parts of a story with their labels.
pub fn star_parts<'s>(labels: &StarLabels, star: &'s Star) -> [(String, Option<&'s Markup>); 4] {
    [
        (labels.situation.clone(), star.situation.as_ref()),
        (labels.task.clone(), star.task.as_ref()),
        (labels.action.clone(), star.action.as_ref()),
        (labels.result.clone(), star.result.as_ref()),
    ]
}

/// A concept that is only a name.
fn is_short(concept: &Concept) -> bool {
    concept.explanation.is_none() && concept.example.is_none() && concept.about.links.is_empty()
}
