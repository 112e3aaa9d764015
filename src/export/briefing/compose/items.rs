//! Questions, concepts, stories: what is numbered, ticked and told.

use super::Composer;
use super::inline::{blocks, line, with_label};
use crate::dossier::{About, Concept, Confidence, Priority, Question, Star, Story, StoryBody, Topic};
use crate::export::briefing::Notes;
use crate::export::briefing::document::{BETWEEN, Block, Item, Level, Marker, Note, Run, Text};
use crate::markup::Markup;
use crate::theme::{StarLabels, fill};

/// Lines to write on where there is no answer: the more, the fewer questions there are.
const RULED_LINES: [(usize, usize); 3] = [(4, 6), (8, 4), (usize::MAX, 3)];

impl Composer<'_> {
    /// Numbered through, by topic.
    pub fn questions(&mut self, topics: &[Topic<Question>]) {
        let legend = self.legend_of_confidence();
        self.heading(Level::Section, vec![Run::plain(self.labels.parts.questions.clone())], legend);
        let open = topics.iter().flat_map(|topic| &topic.items).filter(|question| question.answer.is_none()).count();
        let lines = RULED_LINES.iter().find(|(most, _)| open <= *most).map_or(0, |(_, lines)| *lines);
        for topic in topics {
            self.topic_heading(topic);
            for question in &topic.items {
                self.question(question, &topic.slug, lines);
            }
        }
    }

    /// What the dots at a question mean, if there are any.
    pub fn legend_of_confidence(&self) -> Option<Note> {
        const SAMPLE: u8 = 2;
        let mut questions =
            self.dossier.questions().flat_map(|topic| topic.items.iter().map(|item| (&item.about, &topic.slug)));
        let any = questions.any(|(about, topic)| self.confidence(about, topic).is_some());
        any.then(|| Note::Scale(SAMPLE, self.confidence_words(SAMPLE)))
    }

    fn topic_heading<T>(&mut self, topic: &Topic<T>) {
        let priority = self.topic_priority(&topic.slug);
        let note = priority.and_then(|priority| self.priority(priority)).map(|words| Note::Words(vec![words]));
        self.heading(Level::Topic, vec![Run::plain(topic.name.clone())], note);
    }

    fn topic_priority(&self, topic: &str) -> Option<Priority> {
        self.dossier.study.topics.get(topic).and_then(|settings| settings.priority)
    }

    /// A priority in words; the normal one needs none. Weight tells high from low without colour too.
    fn priority(&self, priority: Priority) -> Option<Run> {
        let labels = &self.labels.briefing;
        match priority {
            Priority::High => Some(Run { accent: true, ..Run::strong(labels.priority_high.clone()) }),
            Priority::Normal => None,
            Priority::Low => Some(Run::soft(labels.priority_low.clone())),
        }
    }

    /// A question with its answer, or with `lines` to write on.
    fn question(&mut self, question: &Question, topic: &str, lines: usize) {
        self.number += 1;
        let mut body = Vec::new();
        if !question.hints.is_empty() {
            body.push(Block::Note(self.hints(question)));
        }
        match &question.answer {
            Some(answer) => body.push(Block::Aside(blocks(answer))),
            None => body.extend(self.room(lines)),
        }
        body.extend(self.links(&question.about));
        let text = line(&question.question);
        // The heading of the topic has said it already where it is the same.
        let own = question.about.priority.filter(|own| Some(*own) != self.topic_priority(topic));
        let priority = own.and_then(|priority| self.priority(priority));
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

    /// Words to remember the answer by.
    pub fn hints(&self, question: &Question) -> Text {
        let mut runs = vec![Run::strong(self.labels.marks.labelled(&self.labels.briefing.hints, ""))];
        for (index, hint) in question.hints.iter().enumerate() {
            if index > 0 {
                runs.push(Run::plain(BETWEEN));
            }
            runs.extend(line(hint));
        }
        runs
    }

    fn links(&self, about: &About) -> Option<Block> {
        if about.links.is_empty() {
            return None;
        }
        let mut runs = vec![Run::strong(self.labels.marks.labelled(&self.labels.briefing.links, ""))];
        for (index, link) in about.links.iter().enumerate() {
            if index > 0 {
                runs.push(Run::plain(BETWEEN));
            }
            runs.push(Run { text: link.clone(), link: Some(link.clone()), ..Run::default() });
        }
        Some(Block::Note(runs))
    }

    /// What was said of the item or its topic; nothing where nothing was said.
    pub fn confidence(&self, about: &About, topic: &str) -> Option<(u8, String)> {
        let settings = self.dossier.study.topics.get(topic);
        let confidence = about.confidence.or_else(|| settings.and_then(|settings| settings.confidence));
        confidence.map(Confidence::level).map(|level| (level, self.confidence_words(level)))
    }

    fn confidence_words(&self, level: u8) -> String {
        fill(&self.labels.briefing.confidence, &[("n", &level.to_string())])
    }

    /// A checklist.
    pub fn asks(&mut self, topics: &[Topic<Question>]) {
        self.section(&self.labels.parts.ask, Vec::new());
        for topic in topics {
            self.topic_heading(topic);
            let items = topic.items.iter().map(|question| {
                let mut inner = vec![Block::Paragraph(line(&question.question))];
                inner.extend((!question.hints.is_empty()).then(|| Block::Note(self.hints(question))));
                inner.extend(question.answer.iter().map(|answer| Block::Aside(blocks(answer))));
                inner.extend(self.links(&question.about));
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
                Some(text) => vec![Block::Paragraph(with_label(&concept.concept, text, &self.labels.marks))],
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

    /// Four parts with their labels beside them; room to write where one is missing.
    fn star(&mut self, star: &Star) {
        let part = |(label, text): (String, Option<&Markup>)| {
            let content = text.map_or_else(|| self.room(1).into_iter().collect(), blocks);
            (vec![Run { accent: true, ..Run::strong(label) }], content)
        };
        let parts = star_parts(&self.labels.star, star).into_iter().map(part).collect();
        self.blocks.push(Block::Labelled(parts));
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
