//! A question: its number, the marks at its right, and what belongs to it.

use super::flow::{Area, Flow, baseline, bullet, sans};
use super::linebreak::Fill;
use super::paragraph::{self, TextStyle};
use super::piece::Draw;
use super::shape::{Form, Shape};
use super::tags::{Numbering, Role, TagId};
use crate::export::briefing::document::{Block, Run};
use crate::theme::Numbers;

/// From a number in the column beside the text to that text.
const HANGING_NUMBER: f32 = 8.0;
/// What the dots of a scale take.
const DOTS: f32 = 30.0;

/// A question as it is set.
pub struct Question<'b> {
    /// Counted through the briefing.
    pub number: Option<usize>,
    /// The question.
    pub text: &'b [Run],
    /// A word about its priority.
    pub priority: Option<&'b Run>,
    /// Dots, and how to say them.
    pub confidence: Option<(u8, &'b str)>,
    /// What belongs to it.
    pub body: &'b [Block],
}

/// Sets a question; questions that follow each other are one list.
pub fn question(flow: &mut Flow<'_>, question: &Question<'_>, area: Area) {
    let list = match flow.questions {
        Some(list) => list,
        None => flow.tags.add(Role::L(Numbering::Decimal), area.tag),
    };
    let item = flow.tags.add(Role::LI, list);
    let (label, content) = (flow.tags.add(Role::Lbl, item), flow.tags.add(Role::LBody, item));
    let side = flow.style.look.side;
    // Not inside of something else: its markers stand there.
    let hangs = !flow.compact && side > 0.0 && (area.x - side).abs() < 0.1;
    let style = TextStyle { fill: Fill::Ragged, ..flow.body() };
    let number_style = sans(style.size * 0.95, true, flow.style.colors.accent);
    let indent = if hangs { 0.0 } else { number_indent(flow, &number_style) };
    let inner = area.indented(indent, content);
    let beside = marks_width(flow, question);
    let start = flow.pieces.len();
    let narrower = Area { width: inner.width - beside, ..inner };
    flow.paragraph(question.text, &style, flow.gap(0.75), narrower);
    let down = baseline(&style) - baseline(&number_style);
    let label_text = [Run::plain(number(flow, question.number))];
    let line = paragraph::verbatim(flow.setting, &label_text, &number_style);
    let x = if hangs { area.x - HANGING_NUMBER - line.width } else { area.x };
    flow.beside(start, vec![line], &number_style, down, x, label);
    let right = area.x + area.width;
    let draws = marks(flow, question, right, baseline(&style), content);
    if let Some(piece) = flow.pieces.get_mut(start) {
        piece.draws.extend(draws);
    }
    flow.keep_from(start);
    for (index, block) in question.body.iter().enumerate() {
        flow.blocks(std::slice::from_ref(block), inner);
        // Hints lead to what follows.
        if matches!(block, Block::Note(_)) && index + 1 < question.body.len() {
            flow.keep_last();
        }
    }
    flow.questions = Some(list);
}

/// How far questions are indented: the same for all of a document, whose numbers may be long.
fn number_indent(flow: &mut Flow<'_>, style: &TextStyle) -> f32 {
    const LEAST: (f32, f32) = (16.0, 22.0);
    const GAP: f32 = 5.0;
    let highest = [Run::plain(number(flow, Some(flow.highest_number)))];
    let least = if flow.compact { LEAST.0 } else { LEAST.1 };
    least.max(paragraph::natural_width(flow.setting, &highest, style) + GAP)
}

/// The number of a question, or a bullet.
fn number(flow: &Flow<'_>, number: Option<usize>) -> String {
    match (number, flow.style.look.numbers) {
        (None, _) => bullet(flow.style.look.bullets).to_owned(),
        (Some(number), Numbers::Plain) => number.to_string(),
        (Some(number), Numbers::Padded) => format!("{number:02}"),
    }
}

/// What the marks at the right of a question take, with some air before them.
fn marks_width(flow: &mut Flow<'_>, question: &Question<'_>) -> f32 {
    let small = TextStyle { strong: true, ..flow.small() };
    let words = question
        .priority
        .map_or(0.0, |words| paragraph::natural_width(flow.setting, std::slice::from_ref(words), &small) + 6.0);
    let dots = if question.confidence.is_some() { DOTS } else { 0.0 };
    if words + dots > 0.0 { words + dots + 10.0 } else { 0.0 }
}

/// The priority in words and the confidence in dots, flush right.
pub fn marks(flow: &mut Flow<'_>, question: &Question<'_>, right: f32, y: f32, parent: TagId) -> Vec<Draw> {
    let mut draws = Vec::new();
    let mut right = right;
    if let Some((level, words)) = question.confidence {
        let tag = flow.tags.add_spoken(Role::Span, parent, words);
        draws.extend(dots(flow, level, right, y - 3.0, Some(tag)));
        right -= DOTS + 6.0;
    }
    if let Some(words) = question.priority {
        // The space parts the words from the question when the text is copied.
        let words = Run { text: format!(" {}", words.text), ..words.clone() };
        let line = paragraph::verbatim(flow.setting, &[words], &flow.small());
        let tag = flow.tags.add(Role::P, parent);
        draws.insert(0, Draw::Line { x: right - line.width, line, y: y - 0.8, tag: Some(tag) });
    }
    draws
}

/// Five dots, the first ones full; the tag says how they are read out.
pub fn dots(flow: &Flow<'_>, level: u8, right: f32, y: f32, tag: Option<TagId>) -> Vec<Draw> {
    const STEP: f32 = 6.0;
    const RADIUS: f32 = 2.1;
    let color = flow.style.colors.accent;
    let dot = |dot: u8| {
        let x = right - 2.6 - STEP * f32::from(5 - dot);
        let sides = [x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS];
        Draw::Shape { shape: Shape::new(sides, if dot <= level { Form::Disc(color) } else { Form::Ring(color) }), tag }
    };
    (1..=5).map(dot).collect()
}
