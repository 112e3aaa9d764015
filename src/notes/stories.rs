//! Stories out of notes: by situation, task, action and result, or freely.

use super::blocks::{Block, Item, Sort, placed, unbold};
use super::headings::Section;
use super::lines::{Line, Piece, verbatim};
use super::outline::{joined, pairs_of_table, row_said, together};
use super::star::{self, Told};
use crate::draft::{Pair, Said, Value};

/// Bytes of a name that is no text yet.
const NAME: usize = 200;

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
        match star::lines(section.own) {
            Some(told) if told.len() > 1 => self.several(section.title, told),
            Some(_) => self.story(section.title, section.own),
            None => self.own(section.title, section.own),
        }
        for sub in subs {
            self.story(sub.title, sub.all);
        }
        if self.pairs.len() == before {
            self.leads.extend((!section.title.text.is_empty()).then(|| section.title.said()));
        }
    }

    /// Items of a section: each with a title and a body is a story. A table of stories is named by its head.
    fn own(&mut self, title: Piece<'_>, lines: &[Line<'_>]) {
        for (_, block) in placed(lines) {
            match block {
                Block::Item(item) => self.item(&item),
                Block::Table(rows) => match star::table(rows) {
                    Some((told, mut leads)) => {
                        self.leads.append(&mut leads);
                        self.several(title, told);
                    }
                    None => self.pairs(rows),
                },
                Block::Paragraph(lines) | Block::Other(lines) => self.more(verbatim(lines)),
            }
        }
    }

    /// A table of names and stories.
    fn pairs(&mut self, rows: &[Line<'_>]) {
        let Some((head, pairs)) = pairs_of_table(rows) else { return self.more(verbatim(rows)) };
        self.leads.extend(row_said(&head));
        for (mut title, text) in pairs {
            while self.pairs.iter().any(|pair| pair.key.text == title.text) {
                title.text.push_str(" (…)");
            }
            self.pairs.push(Pair::named(title, Value::Text(text)));
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
        match star::lines(lines).or_else(|| self.tables(lines)) {
            Some(mut told) if told.len() == 1 && !title.text.is_empty() => {
                let Some(mut told) = told.pop() else { return };
                self.replaced.append(&mut told.labels);
                told.before.extend(told.title.take().map(Piece::said));
                self.push(title, told.value(), whole);
            }
            Some(told) => {
                self.leads.extend((!title.text.is_empty()).then(|| title.said()));
                self.several(title, told);
            }
            None => self.push(title, Value::Text(text), whole),
        }
    }

    /// The stories of lines with one table that tells them, and words above it.
    fn tables<'t>(&mut self, lines: &[Line<'t>]) -> Option<Vec<Told<'t>>> {
        let blocks = placed(lines);
        let (_, Block::Table(rows)) = blocks.last()? else { return None };
        let (mut told, leads) = star::table(rows)?;
        let above = lines.get(..blocks.last()?.0.start).and_then(verbatim);
        told.first_mut()?.before.splice(0..0, above);
        self.leads.extend(leads);
        Some(told)
    }

    /// Stories that stand together; one without a name of its own is called by what they stand below, and a number.
    fn several(&mut self, below: Piece<'_>, told: Vec<Told<'_>>) {
        let count = told.len();
        for (at, mut told) in told.into_iter().enumerate() {
            self.replaced.append(&mut told.labels);
            let own = told.title.take().map(|title| title.part(unbold(title.text).unwrap_or(title.text)).said());
            let (name, text): (Vec<Said>, Vec<Said>) = own.into_iter().partition(|said| said.text.len() <= NAME);
            told.before.extend(text);
            let number = if count > 1 { format!(" {}", at + 1) } else { String::new() };
            let below = || Said::new(format!("{}{number}", below.text).trim());
            let mut title = name.into_iter().next().unwrap_or_else(below);
            while self.pairs.iter().any(|pair| pair.key.text == title.text) {
                title.text.push_str(" (…)");
            }
            self.pairs.push(Pair::named(title, told.value()));
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
