//! Cue cards to print and cut: a page of fronts, then a page of backs that lie behind them when the
//! sheet is turned over its long or its short edge.

use super::face::Found;
use super::flow::{Area, Flow, Question, baseline, count, sans};
use super::linebreak::Fill;
use super::pages::{Column, Frame, Placed};
use super::paragraph::{self, TextStyle};
use super::piece::{Draw, Piece, stacked};
use super::tags::{Role, Tags};
use super::{Composer, Entry, Layout, PlacedEntry};
use crate::export::briefing::Duplex;
use crate::export::briefing::document::{Card, Document, Level, Run};
use crate::theme::{Margins, Style};

const COLUMNS: usize = 2;
const ROWS: usize = 4;
/// The edge of the sheet that stays white: printers reach to about 5 mm.
const EDGE: f32 = 34.0;
/// Cut marks stand between the cards and the edge; two pages on a sheet still reach the paper.
const MARK_FROM: f32 = 21.0;
const MARK_TO: f32 = 31.0;
/// Inside a card.
const PADDING: f32 = 13.0;
/// From one ruled line to the next on an empty back.
const RULED: f32 = 19.0;

/// Cards at most, a thousand pages of them.
const CARDS: usize = 500 * COLUMNS * ROWS;

/// Sets cards, as many to a sheet as fit.
pub fn cards(document: &Document, cards: &[Card], style: &Style, duplex: Option<Duplex>, fonts: &[Found]) -> Layout {
    let overfull = cards.len() > CARDS;
    let cards = cards.get(..CARDS).unwrap_or(cards);
    let mut setting = super::setting(document, style, fonts);
    let size = style.paper.size();
    let style = &Style { margins: Margins::default(), ..style.clone() };
    let sheet = Sheet { size, duplex: duplex.unwrap_or(Duplex::LongEdge) };
    let mut flow = Flow::new(&mut setting, style, Frame { height: size.1, grid: 1.0 });
    let mut columns: Vec<Column> = Vec::new();
    let mut outline = Vec::new();
    for group in cards.chunks(COLUMNS * ROWS) {
        for back in [false, true] {
            let draws = sheet.side(&mut flow, group, back);
            let page = columns.len();
            outline.extend(flow.outline.drain(..).map(|entry| PlacedEntry { entry, page, y: EDGE }));
            columns.push(vec![Placed { index: Some(flow.pieces.len()), again: None, y: 0.0, before: 0.0 }]);
            flow.push(Piece { height: size.1, draws, ..Piece::default() });
        }
    }
    let small = flow.small();
    let Flow { tags, pieces, .. } = flow;
    let mut composer =
        Composer { setting: &mut setting, style, small, outline: &outline, running: None, size, mirrored: false };
    let pages = composer.pages(&columns, &pieces);
    Layout { size, pages, tags, outline, faces: setting.faces, missing: setting.missing, overfull }
}

/// A sheet of cards.
struct Sheet {
    size: (f32, f32),
    duplex: Duplex,
}

impl Sheet {
    fn card_size(&self) -> (f32, f32) {
        ((self.size.0 - 2.0 * EDGE) / count(COLUMNS), (self.size.1 - 2.0 * EDGE) / count(ROWS))
    }

    /// The upper left corner of a card on its side of the sheet: on the back, columns or rows change
    /// places, as the sheet is turned over its long or its short edge.
    fn corner(&self, index: usize, back: bool) -> (f32, f32) {
        let (mut column, mut row) = (index % COLUMNS, index / COLUMNS);
        match (back, self.duplex) {
            (false, _) => {}
            (true, Duplex::LongEdge) => column = COLUMNS - 1 - column,
            (true, Duplex::ShortEdge) => row = ROWS - 1 - row,
        }
        let (width, height) = self.card_size();
        (EDGE + width * count(column), EDGE + height * count(row))
    }

    fn side(&self, flow: &mut Flow<'_>, cards: &[Card], back: bool) -> Vec<Draw> {
        let mut draws = self.cut_marks(flow);
        for (index, card) in cards.iter().enumerate() {
            let (x, y) = self.corner(index, back);
            let (width, height) = self.card_size();
            let part = flow.tags.add(Role::Part, Tags::ROOT);
            let area = Area { x: x + PADDING, width: width - 2.0 * PADDING, tag: part };
            let room = height - 2.0 * PADDING;
            let first = !back
                && index
                    .checked_sub(1)
                    .and_then(|before| cards.get(before))
                    .is_none_or(|before| before.topic != card.topic);
            let inside = if back { self::back(flow, card, area, room) } else { front(flow, card, first, area, room) };
            draws.extend(inside.into_iter().map(|draw| draw.lowered(y + PADDING)));
        }
        draws
    }

    /// Short lines in the white edge, where the cuts begin and end.
    fn cut_marks(&self, flow: &Flow<'_>) -> Vec<Draw> {
        const WIDTH: f32 = 0.5;
        let color = flow.style.colors.soft;
        let (width, height) = self.card_size();
        let length = MARK_TO - MARK_FROM;
        let mut marks = Vec::new();
        for column in 0..=COLUMNS {
            let x = EDGE + width * count(column) - WIDTH / 2.0;
            for y in [MARK_FROM, self.size.1 - MARK_TO] {
                marks.push(Draw::Rect { x, y, width: WIDTH, height: length, color });
            }
        }
        for row in 0..=ROWS {
            let y = EDGE + height * count(row) - WIDTH / 2.0;
            for x in [MARK_FROM, self.size.0 - MARK_TO] {
                marks.push(Draw::Rect { x, y, width: length, height: WIDTH, color });
            }
        }
        marks
    }
}

/// Topic above, dots beside it, the question in the middle. The first card of a topic on a sheet is a
/// heading, so that one can find one's way.
fn front(flow: &mut Flow<'_>, card: &Card, first: bool, area: Area, room: f32) -> Vec<Draw> {
    let small = TextStyle { strong: true, ..flow.small() };
    let tag = flow.tags.add(if first { Role::H1 } else { Role::P }, area.tag);
    if first {
        let text = card.topic.iter().map(|run| run.text.as_str()).collect();
        flow.outline.push(Entry { level: Level::Section, text, tag });
    }
    let mut draws = Vec::new();
    if let Some(line) = paragraph::set(flow.setting, &card.topic, &small, area.width - 44.0).into_iter().next() {
        draws.push(Draw::Line { line, x: area.x, y: baseline(&small), tag: Some(tag) });
    }
    let confidence = card.confidence.as_ref().map(|(level, words)| (*level, words.as_str()));
    let marks = Question { number: None, text: &[], priority: None, confidence, body: &[] };
    draws.extend(flow.marks(&marks, area.x + area.width, baseline(&small) + 0.6, area.tag));
    let tag = flow.tags.add(Role::P, area.tag);
    let lines = largest_that_fits(flow, &card.front, area.width, room - small.leading - 8.0);
    let height: f32 = lines.1.leading * count(lines.0.len());
    let mut y = small.leading + (room - small.leading - height) / 2.0;
    for line in lines.0 {
        let x = area.x + (area.width - line.width) / 2.0;
        let line = paragraph::Line { indent: 0.0, ..line };
        draws.push(Draw::Line { line, x, y: y + baseline(&lines.1), tag: Some(tag) });
        y += lines.1.leading;
    }
    draws
}

/// The question in the largest type in which it fits.
fn largest_that_fits(flow: &mut Flow<'_>, text: &[Run], width: f32, room: f32) -> (Vec<paragraph::Line>, TextStyle) {
    let body = flow.body();
    let mut tried = (Vec::new(), body);
    for scale in [1.35, 1.2, 1.05, 0.9, 0.85] {
        let size = body.size * scale;
        let style = TextStyle { size, leading: size * 1.3, fill: Fill::Ragged, ..body };
        let lines = paragraph::set(flow.setting, text, &style, width);
        let fits = style.leading * count(lines.len()) <= room;
        tried = (lines, style);
        if fits {
            break;
        }
    }
    tried
}

/// What there is room for, block by block; an answer that is longer ends in three dots. Where there
/// is none yet, lines to write on.
fn back(flow: &mut Flow<'_>, card: &Card, area: Area, room: f32) -> Vec<Draw> {
    if card.back.is_empty() {
        let color = flow.style.colors.hair;
        let lines = (1..).map(|line| RULED * count(line)).take_while(|y| *y <= room);
        return lines.map(|y| Draw::Rect { x: area.x, y, width: area.width, height: 0.5, color }).collect();
    }
    flow.compact = true;
    let pieces = flow.aside_from(|flow| flow.blocks(&card.back, area));
    flow.compact = false;
    let height = |pieces: &[Piece]| pieces.iter().map(|piece| piece.before + piece.height).sum::<f32>();
    let mut kept = pieces.len();
    let more = flow.body().leading;
    let whole = height(&pieces) <= room;
    while !whole && kept > 0 && height(pieces.get(..kept).unwrap_or_default()) + more > room {
        kept -= 1;
    }
    let (mut draws, bottom) = stacked(pieces.into_iter().take(kept).collect(), 0.0);
    if !whole {
        let style = sans(flow.style.sizes.body, true, flow.style.colors.soft);
        let tag = flow.tags.add(Role::P, area.tag);
        let line = paragraph::verbatim(flow.setting, &[Run::plain("…")], &style);
        draws.push(Draw::Line { line, x: area.x, y: bottom + baseline(&style), tag: Some(tag) });
    }
    draws
}
