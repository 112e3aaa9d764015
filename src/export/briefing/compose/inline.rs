//! Markdown and outlines as blocks and runs.

use crate::dossier::{Outline, is_openable};
use crate::export::briefing::document::{Block, Item, Level, Marker, Run, Table, Text};
use crate::markup::{self, Image, Inline, Line, Markup, Piece, pieces};
use crate::theme::Marks;

/// A line of Markdown as runs.
pub fn line(line: &Line) -> Text {
    let mut runs = Vec::new();
    push(&mut runs, line, &Run::default());
    runs
}

fn push(runs: &mut Text, line: &Line, look: &Run) {
    for inline in &line.0 {
        match inline {
            Inline::Text(text) => {
                runs.extend(pieces(text).into_iter().flat_map(|piece| with_links(&marked(piece, look))));
            }
            Inline::Code(text) => runs.push(Run { text: text.clone(), code: true, ..look.clone() }),
            Inline::Emphasis(line) => push(runs, line, &Run { emphasis: true, ..look.clone() }),
            Inline::Strong(line) => push(runs, line, &Run { strong: true, ..look.clone() }),
            Inline::Link(inner) => {
                push(
                    runs,
                    &inner.text,
                    &Run { link: is_openable(&inner.url).then(|| inner.url.clone()), ..look.clone() },
                );
            }
            Inline::Image(image) => runs.push(Run { text: image.alt.clone(), emphasis: true, ..look.clone() }),
            Inline::Break => runs.push(Run { text: "\n".to_owned(), ..look.clone() }),
        }
    }
}

/// Words between `==` are stressed.
fn marked(piece: Piece<'_>, look: &Run) -> Run {
    match piece {
        Piece::Plain(text) => Run { text: text.to_owned(), ..look.clone() },
        Piece::Marked(text) => Run { text: text.to_owned(), strong: true, ..look.clone() },
    }
}

/// Addresses that stand in a text lead where they say.
fn with_links(run: &Run) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = run.text.as_str();
    while let Some((before, address, after)) = next_address(rest).filter(|_| run.link.is_none()) {
        if !before.is_empty() {
            runs.push(Run { text: before.to_owned(), ..run.clone() });
        }
        runs.push(Run { text: address.to_owned(), link: Some(address.to_owned()), ..run.clone() });
        rest = after;
    }
    if !rest.is_empty() {
        runs.push(Run { text: rest.to_owned(), ..run.clone() });
    }
    runs
}

/// What stands before the first address in a text, the address without the marks of the sentence round it, and the rest.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    const OUTSIDE: [char; 11] = ['<', '>', '"', '“', '”', '«', '»', '|', '。', '、', '，'];
    const BEHIND: [char; 8] = ['.', ',', ';', ':', '!', '?', '\'', '’'];
    let schemes = ["https://", "http://"].iter().flat_map(|scheme| text.match_indices(scheme));
    let begins = |at: usize| !text.get(..at).unwrap_or_default().ends_with(char::is_alphanumeric);
    let (start, scheme) = schemes.filter(|(at, _)| begins(*at)).min_by_key(|(at, _)| *at)?;
    let (before, rest) = text.split_at_checked(start)?;
    let word = rest.split(|c: char| c.is_whitespace() || OUTSIDE.contains(&c)).next()?;
    let mut address = word.trim_end_matches(BEHIND);
    while let Some(inside) = address.strip_suffix(')').filter(|inside| !inside.contains('(')) {
        address = inside.trim_end_matches(BEHIND);
    }
    let after = rest.strip_prefix(address)?;
    (address.len() > scheme.len()).then_some((before, address, after))
}

/// A text of Markdown as blocks.
pub fn blocks(markup: &Markup) -> Vec<Block> {
    markup.0.iter().flat_map(block).collect()
}

fn block(block: &markup::Block) -> Vec<Block> {
    let block = match block {
        markup::Block::Paragraph(text) => return with_figures(text),
        markup::Block::Heading(text) => Block::Heading { level: Level::Label, text: line(text), note: None },
        markup::Block::List { start, items } => Block::List(list_items(*start, items)),
        markup::Block::Code { language, text } => Block::Code { language: language.clone(), text: text.clone() },
        markup::Block::Quote(quote) => Block::Aside(blocks(quote)),
        markup::Block::Table(table) => Block::Table(Table {
            columns: table.columns.clone(),
            head: table.head.iter().map(line).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(line).collect()).collect(),
        }),
        markup::Block::Rule => Block::Rule,
    };
    vec![block]
}

/// A paragraph with the images in it set apart, where they stand. Images inside of other things (a
/// table, a link, a heading) are shown by their words.
fn with_figures(text: &Line) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut words = Vec::new();
    for inline in &text.0 {
        let Inline::Image(image) = inline else {
            words.push(inline.clone());
            continue;
        };
        let Image { path, alt, caption } = &**image;
        blocks.extend(words_only(std::mem::take(&mut words)));
        let caption = if caption.is_empty() { Vec::new() } else { vec![Run::plain(caption)] };
        blocks.push(Block::Figure { path: path.clone(), alt: alt.clone(), caption });
    }
    blocks.extend(words_only(words));
    blocks
}

/// What stands between images, without the spaces and breaks at its ends.
fn words_only(mut words: Vec<Inline>) -> Option<Block> {
    if let Some(Inline::Text(first)) = words.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = words.last_mut() {
        last.truncate(last.trim_end().len());
    }
    let is_nothing = |inline: &Inline| match inline {
        Inline::Text(text) => text.is_empty(),
        Inline::Break => true,
        _ => false,
    };
    while words.last().is_some_and(is_nothing) {
        words.pop();
    }
    let start = words.iter().take_while(|inline| is_nothing(inline)).count();
    let words: Vec<Inline> = words.into_iter().skip(start).collect();
    (!words.is_empty()).then(|| Block::Paragraph(line(&Line(words))))
}

fn list_items(start: Option<u64>, items: &[Markup]) -> Vec<Item> {
    items
        .iter()
        .zip(start.unwrap_or_default()..)
        .map(|(item, number)| {
            let marker = if start.is_some() { Marker::Number(format!("{number}.")) } else { Marker::Bullet };
            Item { marker, blocks: blocks(item) }
        })
        .collect()
}

/// An outline as blocks: short labelled texts as items with their label in front, longer ones
/// below a heading.
pub fn outline(outline: &Outline, marks: &Marks) -> Vec<Block> {
    outline_at(outline, Level::Topic, marks)
}

fn outline_at(outline: &Outline, level: Level, marks: &Marks) -> Vec<Block> {
    match outline {
        Outline::Text(markup) => blocks(markup),
        Outline::List(items) => {
            let items =
                items.iter().map(|item| Item { marker: Marker::Bullet, blocks: outline_at(item, Level::Label, marks) });
            vec![Block::List(items.collect())]
        }
        Outline::Labelled(pairs) => labelled(pairs, level, marks),
    }
}

fn labelled(pairs: &[(Line, Outline)], level: Level, marks: &Marks) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    // Behind a heading, an item with its label in front would seem to belong to that heading.
    let mut below_heading = false;
    for (label, value) in pairs {
        let Some(text) = short_text(value).filter(|_| !below_heading) else {
            out.push(Block::Heading { level, text: line(label), note: None });
            out.extend(outline_at(value, Level::Label, marks));
            below_heading = true;
            continue;
        };
        let item = Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(with_label(label, text, marks))] };
        match out.last_mut() {
            Some(Block::List(items)) => items.push(item),
            _ => out.push(Block::List(vec![item])),
        }
    }
    out
}

fn short_text(outline: &Outline) -> Option<&Line> {
    match outline {
        Outline::Text(markup) => markup.as_words(),
        Outline::List(_) | Outline::Labelled(_) => None,
    }
}

/// `Label: text`, the label strong.
pub fn with_label(label: &Line, text: &Line, marks: &Marks) -> Text {
    let mut runs = Vec::new();
    push(&mut runs, label, &Run { strong: true, ..Run::default() });
    runs.push(Run::strong(marks.colon.clone()));
    runs.extend(line(text));
    runs
}
