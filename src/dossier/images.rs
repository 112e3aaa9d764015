//! The images that the texts of a dossier name.

use super::model::{Dossier, Outline, Part, StoryBody};
use crate::markup::Markup;

impl Dossier {
    /// The paths of all images, in the order of the file.
    pub fn images(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        texts.extend(self.rounds.iter().filter_map(|round| round.notes.as_ref()));
        self.parts.iter().for_each(|part| part_texts(part, &mut texts));
        texts.into_iter().flat_map(Markup::images).collect()
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
