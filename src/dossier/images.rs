//! The images that the texts of a dossier name.

use super::model::{Dossier, Outline, Part, StoryBody};
use crate::markup::{Line, Markup};

impl Dossier {
    /// The paths of all images: those of the texts in the order of the file, then those of single lines.
    pub fn images(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        texts.extend(self.rounds.iter().filter_map(|round| round.notes.as_ref()));
        self.parts.iter().for_each(|part| part_texts(part, &mut texts));
        let mut lines = Vec::new();
        self.parts.iter().for_each(|part| part_lines(part, &mut lines));
        texts.into_iter().flat_map(Markup::images).chain(lines.into_iter().flat_map(Line::images)).collect()
    }
}

/// The lines that cards show with their images.
fn part_lines<'d>(part: &'d Part, lines: &mut Vec<&'d Line>) {
    match part {
        Part::Questions(topics) | Part::Ask(topics) => {
            let questions = topics.iter().flat_map(|topic| &topic.items);
            lines.extend(questions.flat_map(|item| std::iter::once(&item.question).chain(&item.hints)));
        }
        Part::Concepts(topics) => {
            lines.extend(topics.iter().flat_map(|topic| &topic.items).map(|item| &item.concept));
        }
        Part::Overview(_)
        | Part::Fit(_)
        | Part::Highlights(_)
        | Part::Company(_)
        | Part::Advice(_)
        | Part::Sections(_)
        | Part::Stories(_)
        | Part::Closing(_) => {}
    }
}

fn part_texts<'d>(part: &'d Part, texts: &mut Vec<&'d Markup>) {
    match part {
        Part::Overview(markup) | Part::Closing(markup) => texts.push(markup),
        Part::Fit(tree) | Part::Highlights(tree) | Part::Company(tree) | Part::Advice(tree) => {
            outline_texts(tree, texts);
        }
        Part::Sections(sections) => sections.iter().for_each(|(_, tree)| outline_texts(tree, texts)),
        Part::Questions(topics) | Part::Ask(topics) => {
            texts.extend(topics.iter().flat_map(|topic| &topic.items).filter_map(|item| item.answer.as_ref()));
        }
        Part::Concepts(topics) => {
            let items = topics.iter().flat_map(|topic| &topic.items);
            texts.extend(items.flat_map(|item| [&item.explanation, &item.example]).flatten());
        }
        Part::Stories(stories) => {
            for story in stories {
                match &story.body {
                    StoryBody::Free(markup) => texts.push(markup),
                    StoryBody::Star(star) => {
                        texts.extend([&star.situation, &star.task, &star.action, &star.result].into_iter().flatten());
                    }
                }
            }
        }
    }
}

fn outline_texts<'d>(outline: &'d Outline, texts: &mut Vec<&'d Markup>) {
    match outline {
        Outline::Text(markup) => texts.push(markup),
        Outline::List(items) => items.iter().for_each(|item| outline_texts(item, texts)),
        Outline::Labelled(pairs) => pairs.iter().for_each(|(_, value)| outline_texts(value, texts)),
    }
}
