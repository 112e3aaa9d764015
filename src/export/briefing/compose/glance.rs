//! At a glance: what matters most, chosen from the dossier; the layout takes as much as fits.

use super::Composer;
use super::inline::{line, with_label};
use crate::dossier::{Outline, Part, Priority, Question};
use crate::export::briefing::document::{Block, Cell, Item, Level, Marker, Run, Text};
use crate::markup::{self, Inline, Line, Markup};

/// More than these are never shown at a glance.
const POINTS: usize = 8;
const QUESTIONS: usize = 16;
const ASKS: usize = 3;
const WORDS: usize = 24;
/// A text with more letters stands here with its first sentence only, or not at all.
const LETTERS: usize = 220;

impl Composer<'_> {
    /// The page that can be torn off; questions have the numbers of the briefing, if it has them.
    pub fn glance(&mut self, numbered: bool) {
        let labels = &self.labels.glance;
        let cells: [(&String, Vec<Block>); 8] = [
            (&labels.what_they_do, self.what_they_do()),
            (&labels.why_you, self.why_you()),
            (&labels.strongest, self.strongest()),
            (&labels.practise, self.practise(numbered)),
            (&labels.ask, self.ask_them()),
            (&labels.red_flags, self.red_flags()),
            (&labels.remember, self.remember()),
            (&labels.words, self.words()),
        ];
        let cell = |(title, items): (&String, Vec<Block>)| Cell {
            title: vec![Run::plain(title.to_uppercase())],
            note: if *title == labels.practise { self.legend_of_confidence() } else { None },
            joined: *title == labels.words,
            items,
        };
        let cells: Vec<Cell> = cells.into_iter().filter(|(_, items)| !items.is_empty()).map(cell).collect();
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

    /// What is said about the company under a label that speaks of its business, or under none; else
    /// the first sentence of the overview; else the first sentence about the company.
    fn what_they_do(&self) -> Vec<Block> {
        const WORDS_IN_A_SENTENCE: usize = 5;
        let company: Vec<&Outline> =
            self.outlines(|part| if let Part::Company(tree) = part { Some(tree) } else { None }).collect();
        let speaks_of_business = |label: &Line| speaks_of(&label.plain(), &self.labels.glance.what_they_do_words);
        let of_business = company.iter().filter_map(|tree| under(tree, &speaks_of_business));
        let unlabelled = company.iter().filter(|tree| matches!(tree, Outline::Text(_))).flat_map(|tree| points(tree));
        let overview = self
            .dossier
            .parts
            .iter()
            .filter_map(|part| if let Part::Overview(markup) = part { first_line(markup) } else { None });
        let sentence = |text: &Line| text.plain().split_whitespace().count() >= WORDS_IN_A_SENTENCE;
        let all = company.iter().flat_map(|tree| points(tree)).map(|(_, text)| text).filter(|text| sentence(text));
        let unlabelled = unlabelled.map(|(_, text)| text);
        let found = of_business.chain(unlabelled).chain(overview.cloned()).chain(all).find_map(|text| short(&text));
        found.map(|text| vec![Block::Paragraph(line(&text))]).unwrap_or_default()
    }

    fn why_you(&self) -> Vec<Block> {
        let fit = self.outlines(|part| if let Part::Fit(tree) = part { Some(tree) } else { None });
        let found = fit.flat_map(points).filter_map(|(label, text)| self.headline(label.as_ref(), &text));
        bullets(found.take(POINTS))
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
        bullets(found.iter().filter_map(|(_, text)| short(text)).take(POINTS).map(|text| line(&text)))
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
        ranked.into_iter().filter(|ranked| is_short(&ranked.3.question)).take(QUESTIONS).map(item).collect()
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
        by_turns
            .filter(|question| is_short(&question.question))
            .take(ASKS)
            .map(|question| Block::List(vec![item(question)]))
            .collect()
    }

    /// Advice under a label that speaks of red flags; all other advice is to be remembered.
    fn red_flags(&self) -> Vec<Block> {
        bullets(self.advice(true).into_iter().take(POINTS))
    }

    fn remember(&self) -> Vec<Block> {
        bullets(self.advice(false).into_iter().take(POINTS))
    }

    fn advice(&self, red_flags: bool) -> Vec<Text> {
        let speaks_of_flags = |label: &Line| speaks_of(&label.plain(), &self.labels.glance.red_flag_words);
        let advice = self.outlines(|part| if let Part::Advice(tree) = part { Some(tree) } else { None });
        let mut found = Vec::new();
        for tree in advice {
            let Outline::Labelled(pairs) = tree else {
                found.extend(points(tree).into_iter().filter(|_| !red_flags));
                continue;
            };
            for (label, value) in pairs.iter().filter(|(label, _)| speaks_of_flags(label) == red_flags) {
                let whole = matches!(value, Outline::Text(_));
                let own = |inner: Option<Line>| if whole { Some(label.clone()) } else { inner };
                found.extend(points(value).into_iter().map(|(inner, text)| (own(inner), text)));
            }
        }
        found.iter().filter_map(|(label, text)| self.headline(label.as_ref(), text)).collect()
    }

    /// A point with its label in front, or alone; nothing where it is too long for this page.
    fn headline(&self, label: Option<&Line>, text: &Line) -> Option<Text> {
        let text = short(text)?;
        Some(label.map_or_else(|| line(&text), |label| with_label(label, &text, &self.labels.marks)))
    }

    /// The names of concepts, the first of each topic first.
    fn words(&self) -> Vec<Block> {
        let topics: Vec<_> = self.dossier.concepts().collect();
        let longest = topics.iter().map(|topic| topic.items.len()).max().unwrap_or(0);
        let by_turns = (0..longest).flat_map(|rank| topics.iter().filter_map(move |topic| topic.items.get(rank)));
        let short = by_turns.filter(|concept| is_short(&concept.concept));
        short.take(WORDS).map(|concept| Block::Paragraph(line(&concept.concept))).collect()
    }
}

fn bullets(texts: impl Iterator<Item = Text>) -> Vec<Block> {
    let item = |text: Text| Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(text)] };
    texts.map(|text| Block::List(vec![item(text)])).collect()
}

/// Whether a text has one of the words that stand with `|` between them.
fn speaks_of(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.split('|').any(|word| text.contains(word))
}

/// The first text of an outline under a label that fits.
fn under(outline: &Outline, fits: &impl Fn(&Line) -> bool) -> Option<Line> {
    let Outline::Labelled(pairs) = outline else { return None };
    let of_pair = |(label, value): &(Line, Outline)| {
        let first = || points(value).into_iter().next().map(|(_, text)| text);
        if fits(label) { first() } else { under(value, fits) }
    };
    pairs.iter().find_map(of_pair)
}

fn is_short(text: &Line) -> bool {
    text.plain().chars().count() <= LETTERS
}

/// A text that is short, or its first sentence that is.
fn short(text: &Line) -> Option<Line> {
    if is_short(text) {
        return Some(text.clone());
    }
    first_sentence(text).filter(is_short)
}

/// Up to the first full stop outside of any mark; `None` when there is none.
fn first_sentence(text: &Line) -> Option<Line> {
    let mut before = Vec::new();
    for inline in &text.0 {
        if let Inline::Text(words) = inline
            && let Some(end) = sentence_end(words)
        {
            before.push(Inline::Text(words.get(..end)?.to_owned()));
            return Some(Line(before));
        }
        before.push(inline.clone());
    }
    None
}

/// Behind the mark that ends a sentence: one that a space follows, or any in the scripts that have none.
fn sentence_end(words: &str) -> Option<usize> {
    let ends = words.char_indices().find(|(at, c)| {
        let next = words.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        matches!(c, '。' | '！' | '？') || (matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace))
    });
    ends.map(|(at, c)| at + c.len_utf8())
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
        markup::Block::Heading(_) | markup::Block::Code { .. } | markup::Block::Table(_) | markup::Block::Rule => None,
    })
}
