//! Stories out of notes: by situation, task, action and result, or freely.

use super::blocks::{Block, Item, Sort, placed};
use super::headings::Section;
use super::lines::{Line, Piece, verbatim};
use super::outline::{joined, together};
use super::words::{self, Field};
use crate::draft::{Pair, Said, Value};

/// The four parts, in their order.
const PARTS: [(Field, &str); 4] =
    [(Field::Situation, "situation"), (Field::Task, "task"), (Field::Action, "action"), (Field::Result, "result")];

/// Stories as they are met.
#[derive(Debug, Default)]
pub struct Stories {
    pairs: Vec<Pair>,
    /// What is no story.
    pub leads: Vec<Said>,
    /// Words that a key says now.
    pub replaced: Vec<Said>,
}

impl Stories {
    /// Takes a section, and of those below it `subs`.
    pub fn section(&mut self, section: &Section<'_, '_>, subs: &[&Section<'_, '_>]) {
        let before = self.pairs.len();
        if star(section.own).is_some() {
            self.story(section.title, section.own);
        } else {
            self.own(section.own);
        }
        for sub in subs {
            self.story(sub.title, sub.all);
        }
        if self.pairs.len() == before {
            self.leads.extend((!section.title.text.is_empty()).then(|| section.title.said()));
        }
    }

    /// Items of a section: each with a title and a body is a story.
    fn own(&mut self, lines: &[Line<'_>]) {
        for (_, block) in placed(lines) {
            match block {
                Block::Item(item) => self.item(&item),
                Block::Paragraph(lines) | Block::Table(lines) | Block::Other(lines) => self.more(verbatim(lines)),
            }
        }
    }

    fn item(&mut self, item: &Item<'_, '_>) {
        match item.label() {
            Some((label, rest)) if !rest.text.is_empty() && (item.sort != Sort::Labelled || item.bold().is_some()) => {
                let text = joined(rest, item.body);
                self.push(label, Value::Text(text), joined(item.head, item.body));
            }
            _ if !item.body.is_empty() && item.is_title() => self.story(item.title(), item.body),
            _ => self.more(Some(joined(item.head, item.body))),
        }
    }

    fn story(&mut self, title: Piece<'_>, lines: &[Line<'_>]) {
        let Some(text) = verbatim(lines) else {
            return self.more((!title.text.is_empty()).then(|| title.said()));
        };
        let whole = joined(title, lines);
        match star(lines) {
            Some((parts, mut labels)) => {
                self.replaced.append(&mut labels);
                self.push(title, Value::map(parts), whole);
            }
            None => self.push(title, Value::Text(text), whole),
        }
    }

    /// A title that is there already, or none, makes it more of the last story.
    fn push(&mut self, title: Piece<'_>, value: Value, whole: Said) {
        let title = title.said();
        if title.text.is_empty() || self.pairs.iter().any(|pair| pair.key.text == title.text) {
            // Its labels are in the text again.
            self.replaced.retain(|said| !inside(said, &whole));
            return self.more(Some(whole));
        }
        self.pairs.push(Pair::named(title, value));
    }

    /// Text behind the last story, or in front of all.
    fn more(&mut self, text: Option<Said>) {
        let Some(text) = text.filter(|text| !text.text.is_empty()) else { return };
        match self.pairs.last_mut().map(|pair| &mut pair.value) {
            Some(Value::Text(said)) => *said = together(vec![std::mem::take(said), text]),
            Some(Value::Map { pairs, .. }) => match pairs.last_mut().map(|pair| &mut pair.value) {
                Some(Value::Text(said)) => *said = together(vec![std::mem::take(said), text]),
                _ => self.leads.push(text),
            },
            _ => self.leads.push(text),
        }
    }

    /// Title → story.
    pub fn finish(&mut self) -> Value {
        Value::map(std::mem::take(&mut self.pairs))
    }
}

fn inside(said: &Said, whole: &Said) -> bool {
    let first = whole.from.first().map_or(0, |range| range.start);
    let last = whole.from.last().map_or(0, |range| range.end);
    said.from.iter().all(|range| first <= range.start && range.end <= last)
}

/// The parts of a story that is told in at least two of the four, and their labels.
fn star(lines: &[Line<'_>]) -> Option<(Vec<Pair>, Vec<Said>)> {
    let mut parts: Vec<(&str, Vec<Said>)> = Vec::new();
    let mut labels = Vec::new();
    let mut before = Vec::new();
    for (_, block) in placed(lines) {
        let (part, said) = match block {
            Block::Item(item) => match part(&item) {
                Some((name, label, text)) if parts.iter().all(|(known, _)| *known != name) => {
                    labels.push(label);
                    (Some(name), Some(text))
                }
                _ => (None, verbatim(item.lines)),
            },
            Block::Paragraph(lines) | Block::Table(lines) | Block::Other(lines) => (None, verbatim(lines)),
        };
        let Some(said) = said else { continue };
        match (part, parts.last_mut()) {
            (Some(name), _) => parts.push((name, std::mem::take(&mut before).into_iter().chain([said]).collect())),
            (None, Some((_, texts))) => texts.push(said),
            (None, None) => before.push(said),
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let pairs = parts.into_iter().map(|(name, texts)| Pair::new(name, Value::Text(together(texts))));
    Some((pairs.collect(), labels))
}

fn part(item: &Item<'_, '_>) -> Option<(&'static str, Said, Said)> {
    let named = |label: &str| PARTS.iter().find(|(field, _)| words::names(label, *field)).map(|(_, name)| *name);
    let (label, rest) =
        item.label().or_else(|| Some((item.title(), item.head.part(""))).filter(|_| item.sort == Sort::Title))?;
    let text = joined(rest, item.body);
    (!text.text.is_empty()).then_some((named(label.text)?, label.said(), text))
}
