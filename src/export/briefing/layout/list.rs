//! Lists with their markers, labels beside texts, and boxes to tick.

use super::flow::{Area, BOX, Flow, ITEM, UNDER_RULE, baseline, bullet, count, sans};
use super::heading;
use super::linebreak::Fill;
use super::paragraph::{self, Family, TextStyle};
use super::piece::{Draw, Piece};
use super::tags::{Numbering, Role, TagId};
use crate::export::briefing::document::{Block, Item, Level, Marker, Run};

/// A story up to this part of a page would rather not be broken.
const SHORT: f32 = 0.35;
/// How far lists and questions are indented.
const LIST_INDENT: f32 = 14.0;
/// What labels beside texts take at least.
const LABELS: f32 = 62.0;

/// Labels and texts in two columns, below the rule of a section.
pub fn facts(flow: &mut Flow<'_>, facts: &[(Vec<Run>, Vec<Run>)], area: Area) {
    let start = flow.pieces.len();
    fact_list(flow, facts, &TextStyle { fill: Fill::Ragged, ..flow.body() }, area);
    if let Some(piece) = flow.pieces.get_mut(start) {
        piece.before = UNDER_RULE;
    }
}

/// Labels and texts in two columns.
pub fn fact_list(flow: &mut Flow<'_>, facts: &[(Vec<Run>, Vec<Run>)], style: &TextStyle, area: Area) {
    let smaller = if style.family == Family::Sans { 1.0 } else { 0.85 };
    let labels = sans(style.size * smaller, false, flow.style.colors.soft);
    let widest =
        facts.iter().map(|(label, _)| paragraph::natural_width(flow.setting, label, &labels)).fold(0.0, f32::max);
    // Lists below each other align.
    let least = if style.family == Family::Sans { 0.0 } else { LABELS };
    let indent = (widest + 9.0).max(least).min(area.width * 0.35);
    let list = flow.tags.add(Role::L(Numbering::None), area.tag);
    for (label, text) in facts {
        let item = flow.tags.add(Role::LI, list);
        let (lbl, body) = (flow.tags.add(Role::Lbl, item), flow.tags.add(Role::LBody, item));
        let start = flow.pieces.len();
        flow.text(text, style, 1.5, area.indented(indent, body));
        let lines = paragraph::set(flow.setting, label, &labels, indent - 6.0);
        flow.beside(start, lines, &labels, baseline(style) - baseline(&labels), area.x, lbl);
    }
}

/// Parts of something, each with its label beside it.
pub fn labelled(flow: &mut Flow<'_>, parts: &[(Vec<Run>, Vec<Block>)], area: Area) {
    let body = flow.body();
    let labels = sans(body.size * 0.85, false, flow.style.colors.soft);
    let widest =
        parts.iter().map(|(label, _)| paragraph::natural_width(flow.setting, label, &labels)).fold(0.0, f32::max);
    let indent = (widest + 9.0).max(LABELS).min(area.width * 0.35);
    let list = flow.tags.add(Role::L(Numbering::None), area.tag);
    let down = baseline(&body) - baseline(&labels);
    let first = flow.pieces.len();
    for (label, blocks) in parts {
        let item = flow.tags.add(Role::LI, list);
        let (lbl, content) = (flow.tags.add(Role::Lbl, item), flow.tags.add(Role::LBody, item));
        let start = flow.pieces.len();
        flow.blocks(blocks, area.indented(indent, content));
        let gap = flow.gap(ITEM);
        if let Some(piece) = flow.pieces.get_mut(start) {
            piece.before = if flow.section_end == Some(start) { UNDER_RULE } else { gap };
        }
        let lines = paragraph::set(flow.setting, label, &labels, indent - 6.0);
        flow.beside(start, lines, &labels, down, area.x, lbl);
    }
    flow.wish_from(first, SHORT);
}

pub fn list(flow: &mut Flow<'_>, items: &[Item], area: Area) {
    let numbering = match items.first().map(|item| &item.marker) {
        Some(Marker::Number(_)) => Numbering::Decimal,
        Some(Marker::Bullet) => Numbering::Disc,
        Some(Marker::Checkbox) | None => Numbering::None,
    };
    let list = flow.tags.add(Role::L(numbering), area.tag);
    let indent = marker_width(flow, items);
    let gap = flow.gap(ITEM);
    let outside = std::mem::replace(&mut flow.ragged, true);
    for (index, item) in items.iter().enumerate() {
        let node = flow.tags.add(Role::LI, list);
        let label = flow.tags.add(Role::Lbl, node);
        let body = flow.tags.add(Role::LBody, node);
        let start = flow.pieces.len();
        flow.blocks(&item.blocks, area.indented(indent, body));
        if flow.pieces.len() == start {
            flow.push(Piece { before: gap, height: flow.style.sizes.leading, ..Piece::default() });
        }
        marker(flow, &item.marker, start, area, label);
        if let Some(piece) = flow.pieces.get_mut(start) {
            piece.before = if flow.section_end == Some(start) { UNDER_RULE } else { piece.before.min(gap) };
        }
        // Neither the first nor the last item stands alone on a page.
        if items.len() > 1 && (index == 0 || index + 2 == items.len()) {
            flow.keep_last();
        }
    }
    flow.ragged = outside;
}

fn marker_width(flow: &mut Flow<'_>, items: &[Item]) -> f32 {
    let style = flow.body();
    let numbers = items.iter().filter_map(|item| match &item.marker {
        Marker::Number(number) => Some(vec![Run::plain(number.clone())]),
        Marker::Bullet | Marker::Checkbox => None,
    });
    let numbers: Vec<Vec<Run>> = numbers.collect();
    let widest =
        numbers.iter().map(|number| paragraph::natural_width(flow.setting, number, &style)).fold(0.0, f32::max);
    LIST_INDENT.max(widest + 6.0)
}

fn marker(flow: &mut Flow<'_>, marker: &Marker, start: usize, area: Area, tag: TagId) {
    let body = flow.body();
    let style = TextStyle { color: flow.style.colors.accent, fill: Fill::Ragged, ..body };
    let text = match marker {
        Marker::Bullet => bullet(flow.style.look.bullets).to_owned(),
        Marker::Number(number) => number.clone(),
        Marker::Checkbox => {
            let color = flow.style.colors.soft;
            if let Some(piece) = flow.pieces.get_mut(start) {
                piece.draws.insert(0, Draw::outlined([area.x + 0.5, baseline(&body) - 7.0, BOX, BOX], color));
            }
            return;
        }
    };
    let lines = paragraph::set(flow.setting, &[Run::plain(text)], &style, area.width);
    flow.beside(start, lines.into_iter().take(1).collect(), &style, 0.0, area.x, tag);
}

/// A topic on the left, boxes to tick on the right, in three columns that are the same for all
/// topics; what is too long for one takes two or three of them.
pub fn ticks(flow: &mut Flow<'_>, name: &[Run], items: &[Vec<Run>], area: Area) {
    const GAP: f32 = 12.0;
    let label_width = area.width * 0.27;
    let style = TextStyle { size: flow.style.sizes.body * 0.95, fill: Fill::Ragged, ..flow.body() };
    let room = area.width - label_width - GAP;
    let tag = flow.tags.add(Role::H3, area.tag);
    let heading = flow.head(flow.style.sizes.topic * 0.92, true, flow.style.colors.ink);
    let names = paragraph::set(flow.setting, name, &heading, label_width);
    let list = flow.tags.add(Role::L(Numbering::None), area.tag);
    let start = flow.pieces.len();
    let grid = Area { x: area.x + label_width + GAP, width: room, tag: list };
    tick_rows(flow, items, &style, grid);
    let down = baseline(&style) - baseline(&heading);
    flow.beside(start, names, &heading, down, area.x, tag);
    let end = flow.pieces.len();
    let color = flow.style.colors.hair;
    let first = flow.section_end == Some(start);
    if let Some(piece) = flow.pieces.get_mut(start) {
        piece.before = if first { UNDER_RULE } else { 7.0 };
        if !first {
            piece.draws.push(Draw::rule(area, -3.5, 0.5, color));
        }
    }
    heading::enter(flow, Level::Topic, name, tag, start);
    flow.pieces.iter_mut().take(end.saturating_sub(1)).skip(start).for_each(|piece| piece.keep = true);
}

fn tick_rows(flow: &mut Flow<'_>, items: &[Vec<Run>], style: &TextStyle, area: Area) {
    const COLUMNS: usize = 3;
    let width = area.width / count(COLUMNS);
    let color = flow.style.colors.soft;
    let mut rows: Vec<Piece> = Vec::new();
    let mut column = COLUMNS;
    for item in items {
        let wanted = paragraph::natural_width(flow.setting, item, style) + BOX + 10.0;
        let span = (1..COLUMNS).find(|span| wanted <= width * count(*span)).unwrap_or(COLUMNS);
        if column + span > COLUMNS {
            rows.push(Piece { height: style.leading, ..Piece::default() });
            column = 0;
        }
        let node = flow.tags.add(Role::LI, area.tag);
        let tag = flow.tags.add(Role::LBody, node);
        let x = area.x + width * count(column);
        let lines = paragraph::set(flow.setting, item, style, width * count(span) - BOX - 8.0);
        column += span;
        let Some(row) = rows.last_mut() else { continue };
        row.height = row.height.max(style.leading * count(lines.len()));
        row.draws.push(Draw::outlined([x + 0.5, baseline(style) - BOX, BOX, BOX], color));
        for (index, line) in lines.into_iter().enumerate() {
            let y = style.leading * count(index) + baseline(style);
            row.draws.push(Draw::Line { line, x: x + BOX + 5.0, y, tag: Some(tag) });
        }
    }
    for row in rows {
        flow.push(row);
    }
}
