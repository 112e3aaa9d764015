//! Situation, task, action and result: out of lines with labels or letters in front, and out of tables.

use super::blocks::{Block, Item, Sort, placed};
use super::lines::{Line, Piece, verbatim};
use super::outline::{cells, joined, row_said, together};
use super::words::{self, Field};
use crate::draft::{Pair, Said, Value};

/// The four parts, in their order.
const PARTS: [(Field, &str); 4] =
    [(Field::Situation, "situation"), (Field::Task, "task"), (Field::Action, "action"), (Field::Result, "result")];
/// A longer line is no name of a story.
const NAME: usize = 80;

/// A story that is told in at least two of the four parts.
#[derive(Debug, Default)]
pub struct Told<'t> {
    /// The line or the head of the column that names it, where several stand together.
    pub title: Option<Piece<'t>>,
    /// What stands above its first part.
    pub before: Vec<Said>,
    parts: Vec<(&'static str, Vec<Said>)>,
    /// Words that the keys say now.
    pub labels: Vec<Said>,
}

/// Text that is no part, and the same as a title if it could be one.
type Text<'t> = (Said, Option<Piece<'t>>);

enum Step<'t> {
    /// A part: its name, its label, its text, and all of it.
    Part(&'static str, Said, Said, Said),
    Text(Text<'t>),
}

impl Told<'_> {
    /// The mapping that it becomes.
    pub fn value(self) -> Value {
        let mut before = self.before;
        let pair = |(name, texts): (&'static str, Vec<Said>)| {
            let texts = std::mem::take(&mut before).into_iter().chain(texts).collect();
            Pair::new(name, Value::Text(together(texts)))
        };
        Value::map(self.parts.into_iter().map(pair).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(known, _)| *known == name)
    }

    /// More of the last part, or what stands above the first.
    fn more(&mut self, texts: impl Iterator<Item = Said>) {
        match self.parts.last_mut() {
            Some((_, last)) => last.extend(texts),
            None => self.before.extend(texts),
        }
    }
}

/// The stories in lines: one, or several of which each begins anew with the part of the first one's beginning.
pub fn lines<'t>(lines: &[Line<'t>]) -> Option<Vec<Told<'t>>> {
    let mut told = vec![Told::default()];
    let mut between: Vec<Text<'t>> = Vec::new();
    for step in placed(lines).iter().flat_map(|(_, block)| steps(block)) {
        let (name, label, text, whole) = match step {
            Step::Text(text) => {
                between.push(text);
                continue;
            }
            Step::Part(name, label, text, whole) => (name, label, text, whole),
        };
        let anew = told.last().is_some_and(|last| last.parts.first().is_some_and(|(first, _)| *first == name));
        if told.last().is_some_and(|last| last.has(name)) && !anew {
            between.push((whole, None));
            continue;
        }
        let is_named = anew || told.last().is_some_and(|last| last.parts.is_empty());
        let title = between.last().and_then(|(_, title)| *title).filter(|_| is_named);
        if title.is_some() {
            between.pop();
        }
        if let Some(last) = told.last_mut() {
            last.more(between.drain(..).map(|(said, _)| said));
        }
        if anew {
            told.push(Told::default());
        }
        if let Some(last) = told.last_mut() {
            last.title = last.title.or(title);
            last.parts.push((name, vec![text]));
            last.labels.push(label);
        }
    }
    if let Some(last) = told.last_mut() {
        last.more(between.into_iter().map(|(said, _)| said));
    }
    if let [only] = told.as_mut_slice() {
        // What stands above a single one says something about it: the heading is its name.
        only.before.extend(only.title.take().map(Piece::said));
    }
    told.iter().all(|told| told.parts.len() > 1).then_some(told)
}

fn steps<'t>(block: &Block<'_, 't>) -> Vec<Step<'t>> {
    let text = |lines: &[Line<'t>]| verbatim(lines).map(|said| Step::Text((said, title(lines))));
    match block {
        Block::Item(item) => match part(item) {
            Some((name, label, text)) => vec![Step::Part(name, label, text, joined(item.head, item.body))],
            None => verbatim(item.lines).map(|said| Step::Text((said, None))).into_iter().collect(),
        },
        Block::Paragraph(lines) => {
            let begins = |line: &&Line<'t>| lettered(line.piece()).is_some();
            let first = lines.iter().position(|line| begins(&line)).unwrap_or(lines.len());
            let (before, mut rest) = lines.split_at(first);
            let mut steps: Vec<Step<'t>> = text(before).into_iter().collect();
            while let Some((line, below)) = rest.split_first() {
                let length = below.iter().take_while(|line| !begins(line)).count();
                let last = below.get(..length).and_then(<[_]>::last).unwrap_or(line).piece();
                if let Some((name, label, text)) = lettered(line.piece()) {
                    steps.push(Step::Part(name, label.said(), text.to(last).said(), line.piece().to(last).said()));
                }
                rest = below.get(length..).unwrap_or_default();
            }
            steps
        }
        Block::Table(lines) | Block::Other(lines) => {
            verbatim(lines).map(|said| Step::Text((said, None))).into_iter().collect()
        }
    }
}

/// A line of its own that could name a story.
fn title<'t>(lines: &[Line<'t>]) -> Option<Piece<'t>> {
    let [line] = lines else { return None };
    let ended = line.text.ends_with(['.', '!', '?', ',', ';', ':', '。', '：']);
    (!ended && line.text.chars().count() <= NAME).then(|| line.piece())
}

fn named(label: &str) -> Option<&'static str> {
    PARTS.iter().find(|(field, _)| words::names(label, *field)).map(|(_, name)| *name)
}

fn part(item: &Item<'_, '_>) -> Option<(&'static str, Said, Said)> {
    let labelled =
        item.label().or_else(|| Some((item.title(), item.head.part(""))).filter(|_| item.sort == Sort::Title));
    let found = labelled.and_then(|(label, rest)| Some((named(label.text)?, label, rest)));
    let (name, label, rest) = found.or_else(|| lettered(item.head))?;
    let text = joined(rest, item.body);
    (!text.text.is_empty()).then(|| (name, label.said(), text))
}

/// `S – text`, `Situation = text`, `**S**ituation: text`.
fn lettered(line: Piece<'_>) -> Option<(&'static str, Piece<'_>, Piece<'_>)> {
    let signs = [" – ", " — ", " - ", " = ", ": "];
    let first = signs.into_iter().filter_map(|sign| Some((line.text.find(sign)?, sign.len())));
    let (at, length) = first.min_by_key(|(at, _)| *at)?;
    let (label, text) = (line.text.get(..at)?, line.text.get(at + length..)?.trim());
    // The first letter in bold: together they are one word.
    let name = named(&label.replace(['*', '_'], ""))?;
    (!text.is_empty()).then(|| (name, line.part(label), line.part(text)))
}

/// The stories in a table, and the words of its head that name none of them: a part in each row or in each column.
pub fn table<'t>(rows: &[Line<'t>]) -> Option<(Vec<Told<'t>>, Vec<Said>)> {
    let (head, body) = cells(rows);
    let (told, leads) = by_columns(&head, &body).or_else(|| by_rows(head, body))?;
    (!told.is_empty() && told.iter().all(|told| told.parts.len() > 1)).then_some((told, leads))
}

type Row<'t> = Vec<Piece<'t>>;
type Stories<'t> = (Vec<Told<'t>>, Vec<Said>);

/// A row for each story, with a head that names the parts.
fn by_columns<'t>(head: &[Piece<'t>], body: &[Row<'t>]) -> Option<Stories<'t>> {
    let names: Vec<Option<&'static str>> = head.iter().map(|cell| named(cell.text)).collect();
    let known: Vec<&str> = names.iter().copied().flatten().collect();
    let distinct = known.iter().enumerate().all(|(at, name)| known.iter().skip(at + 1).all(|other| other != name));
    if known.len() < 2 || !distinct {
        return None;
    }
    let has_words = |column: usize| body.iter().any(|row| row.get(column).is_some_and(|cell| has_letter(cell.text)));
    let titles = (0..head.len()).find(|at| names.get(*at) == Some(&None) && has_words(*at));
    let mut told: Vec<Told<'t>> = Vec::new();
    for row in body {
        let mut story = Told::default();
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            match names.get(at).copied().flatten() {
                Some(name) => story.parts.push((name, vec![cell.said()])),
                None if titles == Some(at) => story.title = Some(*cell),
                None if has_letter(cell.text) => story.more(std::iter::once(cell.said())),
                None => story.labels.push(cell.said()),
            }
        }
        told.push(story);
    }
    let (said, leads): (Vec<_>, Vec<_>) = head.iter().zip(&names).partition(|(_, name)| name.is_some());
    told.first_mut()?.labels.extend(said.into_iter().map(|(cell, _)| cell.said()));
    let leads: Row<'t> = leads.into_iter().map(|(cell, _)| *cell).collect();
    Some((told, row_said(&leads).into_iter().collect()))
}

/// A row for each part, with a column for each story.
fn by_rows<'t>(head: Row<'t>, mut body: Vec<Row<'t>>) -> Option<Stories<'t>> {
    let is_part = |row: &Row<'t>| row.first().and_then(|cell| named(cell.text));
    let columns = head.len();
    let (titles, leads) = if is_part(&head).is_some() {
        body.insert(0, head);
        (Vec::new(), Vec::new())
    } else if columns > 2 {
        let (first, titles) = head.split_at(1);
        (titles.to_vec(), row_said(first).into_iter().collect())
    } else {
        (Vec::new(), row_said(&head).into_iter().collect())
    };
    let mut told: Vec<Told<'t>> = (1..columns).map(|_| Told::default()).collect();
    for row in &body {
        let (label, texts) = row.split_first()?;
        let name = is_part(row);
        if texts.len() > told.len() || name.is_some_and(|name| told.iter().any(|told| told.has(name))) {
            return None;
        }
        match name {
            Some(name) => {
                told.first_mut()?.labels.push(label.said());
                let filled = told.iter_mut().zip(texts).filter(|(_, text)| !text.text.is_empty());
                filled.for_each(|(told, text)| told.parts.push((name, vec![text.said()])));
            }
            None => told.first_mut()?.more(row_said(row).into_iter()),
        }
    }
    for (story, title) in told.iter_mut().zip(titles) {
        story.title = Some(title).filter(|title| has_letter(title.text));
        story.labels.extend(story.title.is_none().then(|| title.said()));
    }
    Some((told, leads))
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}
