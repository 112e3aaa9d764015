//! Headings: above their text, or those of sections in a column beside it.

use super::Entry;
use super::flow::{Area, Flow, baseline, count};
use super::paragraph::{self, TextStyle};
use super::piece::{Draw, Piece};
use super::tags::{Role, TagId};
use crate::export::briefing::document::{Level, Note, Run};
use crate::theme::Rule;

/// Between a heading in the column beside the text and that text; numbers of questions stand there.
const GUTTER: f32 = 30.0;
/// A heading of more lines stands above its text.
const LINES: usize = 6;
/// From the last line of such a heading to a remark below it, in lines of that.
const UNDER_HEADING: f32 = 1.7;
/// Above a section, and between its rule and its text.
const ABOVE: f32 = 24.5;
const BELOW_RULE: f32 = 9.0;
/// Between a heading and the remark at the end of its line.
const NOTE_GAP: f32 = 10.0;
/// Between the rule of a section and a heading.
const HEADING_UNDER_RULE: f32 = 10.5;

/// A heading beside a text that is still being set.
pub struct Hanging {
    /// What is drawn, from the upper edge of the text on, and how high it is.
    draws: Vec<Draw>,
    height: f32,
    /// The first piece of the text.
    start: usize,
}

/// Sets a heading above its text.
pub fn heading(flow: &mut Flow<'_>, level: Level, text: &[Run], note: Option<&Note>, area: Area) {
    let (role, style, before) = match level {
        Level::Section => (Role::H2, section_style(flow), ABOVE),
        Level::Topic => (Role::H3, flow.head(flow.style.sizes.topic, true, flow.style.colors.ink), 14.0),
        Level::Label => (Role::P, flow.head(flow.style.sizes.topic * 0.92, true, flow.style.colors.ink), 10.5),
    };
    let before: f32 = if flow.section_end == Some(flow.pieces.len()) { HEADING_UNDER_RULE } else { before };
    let tag = flow.tags.add(role, area.tag);
    let start = flow.pieces.len();
    let ruled_above = level == Level::Section && flow.style.look.rule == Rule::Above;
    if ruled_above {
        rule(flow, area);
    }
    let first = flow.pieces.len();
    let note = note.map(|note| flow.note(note, baseline(&style), area)).unwrap_or_default();
    let right = area.x + area.width;
    let note_width = note.iter().map(|draw| right - draw.left() + NOTE_GAP).fold(0.0, f32::max);
    flow.text(
        text,
        &style,
        if ruled_above { 0.0 } else { before },
        Area { tag, width: area.width - note_width, ..area },
    );
    if let Some(piece) = flow.pieces.get_mut(first) {
        piece.draws.extend(note);
    }
    if level == Level::Section && flow.style.look.rule == Rule::Below {
        let (weight, color) = (flow.style.look.rule_weight, flow.style.colors.hair);
        let draw = Draw::rule(area, 3.0, weight, color);
        flow.push(Piece { height: weight + 4.4, draws: vec![draw], ..Piece::default() });
        flow.section_end = Some(flow.pieces.len());
    }
    flow.keep_from(start);
    if level != Level::Label {
        enter(flow, level, text, tag, start);
    }
}

/// Sets the heading of a section in the column at the side of its text, under a rule as wide as both.
pub fn hang(flow: &mut Flow<'_>, text: &[Run], note: Option<&Note>, page: Area) {
    let style = section_style(flow);
    let lines = paragraph::set(flow.setting, text, &style, flow.style.look.side - GUTTER);
    if lines.len() > LINES {
        return heading(flow, Level::Section, text, note, page);
    }
    let start = flow.pieces.len();
    rule(flow, page);
    flow.keep_from(start);
    let tag = flow.tags.add(Role::H2, page.tag);
    enter(flow, Level::Section, text, tag, start);
    let down = baseline(&flow.body());
    let mut height = style.leading * count(lines.len());
    let line = |(number, line)| Draw::Line { line, x: page.x, y: down + style.leading * count(number), tag: Some(tag) };
    let mut draws: Vec<Draw> = lines.into_iter().enumerate().map(line).collect();
    if let Some(note) = note {
        let small = flow.small().leading;
        let remark = remark(flow, note, down + height - style.leading + small * UNDER_HEADING, page);
        height += small * (UNDER_HEADING + 1.0);
        draws.extend(remark);
    }
    flow.hanging = Some(Hanging { draws, height, start: flow.pieces.len() });
}

/// A remark at the left, from a baseline on: what a scale means stands below its dots.
fn remark(flow: &mut Flow<'_>, note: &Note, y: f32, area: Area) -> Vec<Draw> {
    let below = if matches!(note, Note::Scale(..)) { flow.small().leading } else { 0.0 };
    let draws = flow.note(note, y, area);
    let dots = draws.iter().filter(|draw| matches!(draw, Draw::Shape { .. })).map(Draw::left).fold(f32::MAX, f32::min);
    let place = |draw: Draw| match draw {
        Draw::Line { x, .. } => draw.moved(area.x - x, below),
        draw => draw.moved(area.x - dots, 0.0),
    };
    draws.into_iter().map(place).collect()
}

/// Puts the heading beside what has been set since, which stays together for as long as the heading is
/// high.
pub fn close(flow: &mut Flow<'_>) {
    let Some(Hanging { draws, height, start }) = flow.hanging.take() else { return };
    if flow.pieces.len() == start {
        flow.push(Piece { height, ..Piece::default() });
    }
    if let Some(piece) = flow.pieces.get_mut(start) {
        piece.before = 0.0;
        piece.draws.splice(0..0, draws);
    }
    let mut covered = 0.0;
    for piece in flow.pieces.iter_mut().skip(start) {
        covered += piece.before + piece.height;
        if covered >= height {
            return;
        }
        piece.keep = true;
    }
    flow.push(Piece { height: height - covered, ..Piece::default() });
}

fn section_style(flow: &Flow<'_>) -> TextStyle {
    let colors = flow.style.colors;
    let color = if flow.style.look.rule == Rule::Above { colors.ink } else { colors.accent };
    flow.head(flow.style.sizes.section, true, color)
}

/// The rule above a section.
fn rule(flow: &mut Flow<'_>, area: Area) {
    let weight = match flow.style.look.rule {
        Rule::None => 0.0,
        Rule::Above | Rule::Below => flow.style.look.rule_weight,
    };
    let color = flow.style.colors.ink;
    let draw = Draw::rule(area, 0.0, weight, color);
    let draws = if weight > 0.0 { vec![draw] } else { Vec::new() };
    flow.push(Piece { before: ABOVE, height: weight + BELOW_RULE, draws, ..Piece::default() });
}

/// Enters a heading into the outline, at a piece.
pub fn enter(flow: &mut Flow<'_>, level: Level, text: &[Run], tag: TagId, piece: usize) {
    if let Some(piece) = flow.pieces.get_mut(piece) {
        piece.entry = Some(flow.outline.len());
        let text = text.iter().map(|run| run.text.as_str()).collect();
        flow.outline.push(Entry { level, text, tag });
    }
}
