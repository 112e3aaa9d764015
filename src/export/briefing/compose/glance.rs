//! At a glance: what matters most, chosen from the dossier; the layout takes as much as fits.

use super::Composer;
use super::inline::{line, with_label};
use crate::dossier::{Outline, Part, Priority, Question};
use crate::export::briefing::document::{Block, Cell, Item, Level, Marker, Run, Text};
use crate::markup::{self, Line, Markup};

/// More than these are never shown at a glance.
const POINTS: usize = 8;
const QUESTIONS: usize = 8;
const ASKS: usize = 5;
/// Rows of words are dropped whole when room is short.
const WORDS_IN_A_ROW: usize = 4;

impl Composer<'_> {
    /// The page that can be torn off; questions have the numbers of the briefing, if it has them.
    pub fn glance(&mut self, numbered: bool) {
        let labels = &self.labels.glance;
        let cells = [
            (&labels.what_they_do, self.what_they_do()),
            (&labels.why_you, self.why_you()),
            (&labels.strongest, self.strongest()),
            (&labels.practise, self.practise(numbered)),
            (&labels.ask, self.ask_them()),
            (&labels.red_flags, self.red_flags()),
            (&labels.remember, self.remember()),
            (&labels.words, self.words()),
        ];
        let cells: Vec<Cell> = cells
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(title, items)| Cell { title: vec![Run::plain(title.to_uppercase())], items })
            .collect();
        if cells.is_empty() {
            return;
        }
        let title = self.labels.glance.title.clone();
        self.blocks.push(Block::Heading { level: Level::Section, text: vec![Run::plain(title)], note: None });
        self.blocks.push(Block::Glance(cells));
    }

    fn outlines(&self, wanted: fn(&Part) -> Option<&Outline>) -> impl Iterator<Item = &Outline> {
        self.dossier.parts.iter().filter_map(wanted)
    }

    /// The first thing said about the company, else the first words of the overview.
    fn what_they_do(&self) -> Vec<Block> {
        let company = self.outlines(|part| if let Part::Company(tree) = part { Some(tree) } else { None });
        let mut overview = self
            .dossier
            .parts
            .iter()
            .filter_map(|part| if let Part::Overview(markup) = part { first_line(markup) } else { None });
        let first = company.flat_map(points).map(|(_, text)| text).next().or_else(|| overview.next().cloned());
        first.map(|text| vec![Block::Paragraph(line(&text))]).unwrap_or_default()
    }

    fn why_you(&self) -> Vec<Block> {
        let fit = self.outlines(|part| if let Part::Fit(tree) = part { Some(tree) } else { None });
        bullets(fit.flat_map(points).take(POINTS).map(|(label, text)| headline(label.as_ref(), &text)))
    }

    /// One point of each group first, then the others.
    fn strongest(&self) -> Vec<Block> {
        let highlights = self.outlines(|part| if let Part::Highlights(tree) = part { Some(tree) } else { None });
        let mut found = Vec::new();
        for tree in highlights {
            for group in groups(tree) {
                found.extend(points(group).into_iter().enumerate().map(|(rank, (_, text))| (rank, text)));
            }
        }
        found.sort_by_key(|(rank, _)| *rank);
        bullets(found.iter().take(POINTS).map(|(_, text)| line(text)))
    }

    /// The questions that matter most and are least sure, with their numbers.
    fn practise(&self, numbered: bool) -> Vec<Block> {
        let mut ranked: Vec<(Priority, u8, usize, &Question, &str)> = Vec::new();
        for topic in self.dossier.questions() {
            for question in &topic.items {
                let (confidence, priority) = self.dossier.standing(&topic.slug, &question.about);
                ranked.push((priority, confidence.level(), ranked.len() + 1, question, &topic.slug));
            }
        }
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let item = |(_, _, number, question, topic): (Priority, u8, usize, &Question, &str)| Block::Question {
            number: numbered.then_some(number),
            text: line(&question.question),
            priority: None,
            confidence: self.confidence(&question.about, topic),
            body: Vec::new(),
        };
        ranked.into_iter().take(QUESTIONS).map(item).collect()
    }

    /// The first of each topic, then the second ones.
    fn ask_them(&self) -> Vec<Block> {
        let topics: Vec<&[Question]> = self.dossier.asks().map(|topic| topic.items.as_slice()).collect();
        let longest = topics.iter().map(|items| items.len()).max().unwrap_or(0);
        let by_turns = (0..longest).flat_map(|rank| topics.iter().filter_map(move |items| items.get(rank)));
        let item = |question: &Question| Item {
            marker: Marker::Checkbox,
            blocks: vec![Block::Paragraph(line(&question.question))],
        };
        by_turns.take(ASKS).map(|question| Block::List(vec![item(question)])).collect()
    }

    /// Advice under a label that speaks of red flags; all other advice is to be remembered.
    fn red_flags(&self) -> Vec<Block> {
        bullets(self.advice(true).into_iter().take(POINTS))
    }

    fn remember(&self) -> Vec<Block> {
        bullets(self.advice(false).into_iter().take(POINTS))
    }

    fn advice(&self, red_flags: bool) -> Vec<Text> {
        let words: Vec<&str> = self.labels.glance.red_flag_words.split('|').collect();
        let speaks_of_flags = |label: &Line| {
            let label = label.plain().to_lowercase();
            words.iter().any(|word| label.contains(word))
        };
        let advice = self.outlines(|part| if let Part::Advice(tree) = part { Some(tree) } else { None });
        let mut found = Vec::new();
        for tree in advice {
            let Outline::Labelled(pairs) = tree else {
                found.extend(
                    points(tree)
                        .into_iter()
                        .filter(|_| !red_flags)
                        .map(|(label, text)| headline(label.as_ref(), &text)),
                );
                continue;
            };
            for (label, value) in pairs.iter().filter(|(label, _)| speaks_of_flags(label) == red_flags) {
                let inner = points(value);
                let whole = matches!(value, Outline::Text(_));
                found.extend(
                    inner
                        .into_iter()
                        .map(|(inner, text)| headline(if whole { Some(label) } else { inner.as_ref() }, &text)),
                );
            }
        }
        found
    }

    /// The names of concepts in a row.
    fn words(&self) -> Vec<Block> {
        let topics: Vec<_> = self.dossier.concepts().collect();
        let longest = topics.iter().map(|topic| topic.items.len()).max().unwrap_or(0);
        let by_turns = (0..longest).flat_map(|rank| topics.iter().filter_map(move |topic| topic.items.get(rank)));
        let names: Vec<Text> = by_turns.map(|concept| line(&concept.concept)).collect();
        names.chunks(WORDS_IN_A_ROW).take(POINTS).map(|row| Block::Paragraph(row.join(&Run::soft(" · ")))).collect()
    }
}

fn bullets(texts: impl Iterator<Item = Text>) -> Vec<Block> {
    let item = |text: Text| Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(text)] };
    texts.map(|text| Block::List(vec![item(text)])).collect()
}

/// A point with its label in front, or alone.
fn headline(label: Option<&Line>, text: &Line) -> Text {
    label.map_or_else(|| line(text), |label| with_label(label, text))
}

/// The groups of an outline: the values of its labels, or itself.
fn groups(outline: &Outline) -> Vec<&Outline> {
    match outline {
        Outline::Labelled(pairs) => pairs.iter().map(|(_, value)| value).collect(),
        Outline::Text(_) | Outline::List(_) => vec![outline],
    }
}

/// The short texts of an outline, each with its nearest label.
fn points(outline: &Outline) -> Vec<(Option<Line>, Line)> {
    match outline {
        Outline::Text(markup) => first_line(markup).map(|text| (None, text.clone())).into_iter().collect(),
        Outline::List(items) => items.iter().flat_map(points).collect(),
        Outline::Labelled(pairs) => pairs
            .iter()
            .flat_map(|(label, value)| {
                let is_text = matches!(value, Outline::Text(_));
                points(value)
                    .into_iter()
                    .map(move |(inner, text)| (if is_text { Some(label.clone()) } else { inner }, text))
            })
            .collect(),
    }
}

fn first_line(markup: &Markup) -> Option<&Line> {
    markup.0.iter().find_map(|block| match block {
        markup::Block::Paragraph(line) => Some(line),
        markup::Block::List { items, .. } => items.first().and_then(first_line),
        markup::Block::Quote(quote) => first_line(quote),
        markup::Block::Heading(_) | markup::Block::Code { .. } | markup::Block::Table { .. } | markup::Block::Rule => {
            None
        }
    })
}
