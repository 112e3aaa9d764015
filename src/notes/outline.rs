//! Lines into an outline: text, items, labelled items, up to four levels.

use super::blocks::{Block, Item, Sort, blocks, is_bold, plain_label, unbold};
use super::headings::Section;
use super::lines::{Line, Piece, verbatim};
use super::words;
use crate::draft::{Pair, Said, Value};
use std::collections::BTreeSet;

/// Levels that the format knows.
const LEVELS: usize = 4;

/// What stands at one place of an outline.
struct Entry<'a, 't> {
    label: Option<Said>,
    /// What it says, without the label, as a text.
    text: Option<Said>,
    /// What it says, when that is an outline of its own.
    nested: Option<Nested<'a, 't>>,
    /// All of it as a text.
    whole: Said,
}

#[derive(Clone, Copy)]
enum Nested<'a, 't> {
    Lines(&'a [Line<'t>]),
    Section(&'a Section<'a, 't>),
}

/// The outline of a section. Words that only lead over to it, and heads of tables, go into `leads`.
pub fn section(section: &Section<'_, '_>, level: usize, leads: &mut Vec<Said>) -> Option<Value> {
    let mut entries = if section.subs.is_empty() {
        return lines(section.own, level, leads);
    } else {
        entries(section.own, leads)
    };
    entries.extend(section.subs.iter().filter_map(|sub| {
        let below = says_something(sub);
        let text = verbatim(sub.all).filter(|_| below);
        let label = sub.title.said();
        let whole = if below { joined(sub.title, sub.all) } else { label.clone() };
        let nested = text.is_some().then_some(Nested::Section(sub));
        let label = (nested.is_some() && !label.text.is_empty()).then_some(label);
        let text = text.unwrap_or_else(|| whole.clone());
        (!whole.text.is_empty()).then_some(Entry { label, text: Some(text), nested, whole })
    }));
    compose(&entries, level, leads)
}

/// Whether there is a word below the title of a section.
fn says_something(section: &Section<'_, '_>) -> bool {
    let said = |sub: &Section<'_, '_>| !sub.title.text.is_empty() || says_something(sub);
    section.own.iter().any(|line| !line.is_blank()) || section.subs.iter().any(said)
}

/// The outline of lines without headings.
pub fn lines(lines: &[Line<'_>], level: usize, leads: &mut Vec<Said>) -> Option<Value> {
    let structured = |block: &Block<'_, '_>| match block {
        Block::Item(_) => true,
        Block::Table(rows) => pairs_of_table(rows).is_some(),
        Block::Paragraph(_) | Block::Other(_) => false,
    };
    if level > LEVELS || !blocks(lines).iter().any(structured) {
        return verbatim(lines).map(Value::Text);
    }
    compose(&entries(lines, leads), level, leads)
}

fn entries<'a, 't>(lines: &'a [Line<'t>], leads: &mut Vec<Said>) -> Vec<Entry<'a, 't>> {
    let blocks = blocks(lines);
    let listed: Vec<&Item<'_, '_>> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Item(item) if matches!(item.sort, Sort::Listed(_)) => Some(item),
            _ => None,
        })
        .collect();
    // A colon is part of a sentence unless every item has one.
    let plain_labels =
        listed.len() > 1 && listed.iter().all(|item| item.label().is_some_and(|(_, rest)| !rest.text.is_empty()));
    let mut entries = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Item(item) => entries.push(entry(item, plain_labels)),
            Block::Paragraph(lines) => {
                let Some(text) = verbatim(lines) else { continue };
                let leads_over = index == 0 && blocks.len() > 1 && text.text.ends_with([':', '：']);
                if leads_over { leads.push(text) } else { entries.push(Entry::text(text)) }
            }
            Block::Table(rows) => match pairs_of_table(rows) {
                Some((head, pairs)) => {
                    leads.extend(row_said(&head));
                    entries.extend(pairs.into_iter().map(|(label, value)| {
                        let whole = Said {
                            text: format!("{}: {}", label.text, value.text),
                            from: [label.from.clone(), value.from.clone()].concat(),
                        };
                        Entry { label: Some(label), text: Some(value), nested: None, whole }
                    }));
                }
                None => entries.extend(verbatim(rows).map(Entry::text)),
            },
            Block::Other(lines) => entries.extend(verbatim(lines).map(Entry::text)),
        }
    }
    entries
}

impl Entry<'_, '_> {
    fn text(text: Said) -> Self {
        Self { label: None, text: Some(text.clone()), nested: None, whole: text }
    }
}

fn entry<'a, 't>(item: &Item<'a, 't>, plain_labels: bool) -> Entry<'a, 't> {
    let whole = joined(item.head, item.body);
    let labelled = match item.sort {
        Sort::Title => None,
        Sort::Listed(_) if !plain_labels => item.bold(),
        Sort::Labelled | Sort::Listed(_) => item.label(),
    };
    let has_items = blocks(item.body).iter().any(|block| matches!(block, Block::Item(_)));
    let (label, rest) = match labelled {
        Some((label, rest)) if !rest.text.is_empty() || !item.body.is_empty() => (label, rest),
        // A head with a list below it is the name of that list.
        None if has_items && item.is_title() && (item.sort == Sort::Title || is_name(item)) => {
            (item.title(), item.head.part(""))
        }
        None if !item.body.is_empty() && item.sort == Sort::Title && item.is_title() => {
            (item.title(), item.head.part(""))
        }
        Some(_) | None => return Entry::text(whole),
    };
    let nested = (rest.text.is_empty() && has_items).then_some(Nested::Lines(item.body));
    let text = if rest.text.is_empty() { verbatim(item.body) } else { Some(joined(rest, item.body)) };
    Entry { label: Some(label.said()), text, nested, whole }
}

fn is_name(item: &Item<'_, '_>) -> bool {
    let head = item.head.text;
    is_bold(head)
        || head.ends_with([':', '：'])
        || (head.chars().count() <= 60 && !head.ends_with(['.', '!', '?', '。', '？']))
}

fn compose(entries: &[Entry<'_, '_>], level: usize, leads: &mut Vec<Said>) -> Option<Value> {
    let labels: BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry.label.as_ref()).map(|label| label.text.as_str()).collect();
    match entries {
        [] => None,
        _ if labels.len() == entries.len() => {
            let pairs = entries.iter().filter_map(|entry| {
                let value = value(entry, level + 1, leads)?;
                Some(Pair::named(entry.label.clone()?, value))
            });
            Some(Value::map(pairs.collect()))
        }
        _ => Some(Value::list(entries.iter().filter_map(|entry| in_list(entry, level + 1, leads)).collect())),
    }
}

fn in_list(entry: &Entry<'_, '_>, level: usize, leads: &mut Vec<Said>) -> Option<Value> {
    let Some(label) = &entry.label else { return entry.text.clone().map(Value::Text) };
    if level > LEVELS {
        return Some(Value::Text(entry.whole.clone()));
    }
    Some(Value::map(vec![Pair::named(label.clone(), value(entry, level + 1, leads)?)]))
}

fn value(entry: &Entry<'_, '_>, level: usize, leads: &mut Vec<Said>) -> Option<Value> {
    match entry.nested {
        Some(Nested::Lines(body)) if level <= LEVELS => lines(body, level, leads),
        Some(Nested::Section(sub)) if level <= LEVELS => section(sub, level, leads),
        _ => entry.text.clone().map(Value::Text),
    }
}

/// A head and what stands below it as one text.
pub fn joined(head: Piece<'_>, body: &[Line<'_>]) -> Said {
    let said = head.said();
    match verbatim(body) {
        Some(below) if said.text.is_empty() => below,
        Some(below) => together(vec![said, below]),
        None => said,
    }
}

/// Several texts as the paragraphs of one.
pub fn together(mut parts: Vec<Said>) -> Said {
    parts.sort_by_key(|part| part.from.first().map_or(0, |range| range.start));
    parts.dedup();
    let text = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n");
    Said { text, from: parts.into_iter().flat_map(|part| part.from).collect() }
}

type Row<'t> = Vec<Piece<'t>>;

/// The cells of a table: its head, and the rows below.
pub fn cells<'t>(rows: &[Line<'t>]) -> (Row<'t>, Vec<Row<'t>>) {
    let row = |line: &Line<'t>| -> Row<'t> {
        let piece = line.piece();
        let inner = line.text.strip_prefix('|').unwrap_or(line.text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        split_cells(inner).into_iter().map(|cell| piece.part(cell.trim())).collect()
    };
    let head = rows.first().map(row).unwrap_or_default();
    (head, rows.iter().skip(2).map(row).collect())
}

/// At bars that are not escaped and not in code.
fn split_cells(text: &str) -> Vec<&str> {
    let (mut cells, mut from, mut code, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => code = !code,
            '|' if !code => {
                cells.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    cells.push(text.get(from..).unwrap_or_default());
    cells
}

/// The cells of a row as one text.
pub fn row_said(row: &[Piece<'_>]) -> Option<Said> {
    let cells: Vec<Said> =
        row.iter().filter(|cell| cell.text.chars().any(char::is_alphanumeric)).map(|cell| cell.said()).collect();
    let text = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ");
    (!cells.is_empty()).then(|| Said { text, from: cells.into_iter().flat_map(|cell| cell.from).collect() })
}

type Pairs = Vec<(Said, Said)>;

/// The rows of a table with two columns, as labels and texts; none where the columns are lists of opposites.
pub fn pairs_of_table<'t>(rows: &[Line<'t>]) -> Option<(Row<'t>, Pairs)> {
    let (head, rows) = cells(rows);
    let pairs: Option<Pairs> = rows
        .iter()
        .map(|row| match row.as_slice() {
            [label, value] if !value.text.is_empty() => {
                let bare = label.text.trim_end_matches(':');
                let bare = unbold(bare).unwrap_or(bare).trim_end_matches(':').trim();
                let label = label.part(bare);
                let fits = plain_label(&format!("{bare}:")).is_some();
                fits.then(|| (label.said(), value.said()))
            }
            _ => None,
        })
        .collect();
    let opposed = head.first().is_some_and(|first| words::is_opposite(first.text));
    pairs.filter(|pairs| head.len() == 2 && !pairs.is_empty() && !opposed).map(|pairs| (head, pairs))
}
