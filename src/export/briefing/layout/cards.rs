//! Cue cards to print and cut: a page of fronts, then a page of backs that lie behind them when the
//! sheet is turned over its long or its short edge.

use super::face::Found;
use super::flow::{Area, Flow, baseline, count};
use super::linebreak::Fill;
use super::pages::{Column, Frame, Placed, paginate};
use super::paragraph::{self, Line, TextStyle};
use super::piece::{Draw, Piece, stacked};
use super::question::{self, Question};
use super::tags::{Role, TagId, Tags};
use super::{Composer, Entry, Layout, PlacedEntry};
use crate::export::briefing::Duplex;
use crate::export::briefing::document::{Card, Document, Level, Run};
use crate::theme::{Color, Margins, Style};
use std::collections::BTreeMap;

const COLUMNS: usize = 2;
const ROWS: usize = 4;
const ON_SHEET: usize = COLUMNS * ROWS;
/// The edge of the sheet that stays white: printers reach to about 5 mm.
const EDGE: f32 = 34.0;
/// Cut marks stand between the cards and the edge; two pages on a sheet still reach the paper.
const MARK_FROM: f32 = 21.0;
const MARK_TO: f32 = 31.0;
/// Inside a card.
const PADDING: f32 = 13.0;
/// What the dots take beside the topic.
const MARKS: f32 = 44.0;
/// Between the topic and the question.
const BELOW_TOPIC: f32 = 8.0;
/// From one ruled line to the next on an empty back.
const RULED: f32 = 19.0;

/// Cards at most, a thousand pages of them.
const CARDS: usize = 500 * ON_SHEET;

/// Sets cards, as many to a sheet as fit; what is too long for one goes on on the next.
pub fn cards(document: &Document, cards: &[Card], style: &Style, duplex: Option<Duplex>, fonts: &[Found]) -> Layout {
    let mut setting = super::setting(document, style, fonts);
    let size = style.paper.size();
    let style = &Style { margins: Margins::default(), ..style.clone() };
    let sheet = Sheet { size, duplex: duplex.unwrap_or(Duplex::LongEdge) };
    let (width, height) = sheet.card_size();
    let frame = Frame { height: height - 2.0 * PADDING, grid: 1.0 };
    let mut flow = Flow::new(&mut setting, style, frame);
    flow.compact = true;
    let mut set: Vec<Sides> = Vec::new();
    for (index, card) in cards.iter().enumerate().take(CARDS) {
        let before = index.checked_sub(1).and_then(|before| cards.get(before)).map(|before| &before.topic);
        // One can find one's way by the first card of a topic on a sheet.
        let opens = before != Some(&card.topic) || set.len().is_multiple_of(ON_SHEET);
        set.extend(sides(&mut flow, card, opens, width - 2.0 * PADDING, &document.folio));
    }
    let overfull = cards.len() > CARDS || set.len() > CARDS;
    set.truncate(CARDS);
    let place = |(index, sides): (usize, &mut Sides)| {
        let y = sheet.corner(index % ON_SHEET, false).1;
        Some(PlacedEntry { entry: sides.entry.take()?, page: index / ON_SHEET * 2, y })
    };
    let outline: Vec<PlacedEntry> = set.iter_mut().enumerate().filter_map(place).collect();
    let mut columns: Vec<Column> = Vec::new();
    let mut set = set.into_iter().peekable();
    while set.peek().is_some() {
        let both: (Vec<_>, Vec<_>) = set.by_ref().take(ON_SHEET).map(|sides| (sides.front, sides.back)).unzip();
        for (side, back) in [(both.0, false), (both.1, true)] {
            let draws = sheet.side(side, back, style.colors.soft);
            columns.push(vec![Placed { index: Some(flow.pieces.len()), again: None, y: 0.0, before: 0.0 }]);
            flow.push(Piece { height: size.1, draws, ..Piece::default() });
        }
    }
    let small = flow.small();
    let Flow { tags, pieces, .. } = flow;
    let mut composer =
        Composer { setting: &mut setting, style, small, outline: &outline, running: None, size, mirrored: false };
    let pages = composer.pages(&columns, pieces);
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

    fn side(&self, cards: Vec<Vec<Draw>>, back: bool, color: Color) -> Vec<Draw> {
        let mut draws = self.cut_marks(color);
        for (index, card) in cards.into_iter().enumerate() {
            let (x, y) = self.corner(index, back);
            draws.extend(card.into_iter().map(|draw| draw.moved(x + PADDING, y + PADDING)));
        }
        draws
    }

    /// Short lines in the white edge, where the cuts begin and end.
    fn cut_marks(&self, color: Color) -> Vec<Draw> {
        const WIDTH: f32 = 0.5;
        let (width, height) = self.card_size();
        let length = MARK_TO - MARK_FROM;
        let mut marks = Vec::new();
        for column in 0..=COLUMNS {
            let x = EDGE + width * count(column) - WIDTH / 2.0;
            for y in [MARK_FROM, self.size.1 - MARK_TO] {
                marks.push(Draw::filled([x, y, WIDTH, length], color));
            }
        }
        for row in 0..=ROWS {
            let y = EDGE + height * count(row) - WIDTH / 2.0;
            for x in [MARK_FROM, self.size.0 - MARK_TO] {
                marks.push(Draw::filled([x, y, length, WIDTH], color));
            }
        }
        marks
    }
}

/// Both sides of a piece of paper, without its padding.
struct Sides {
    front: Vec<Draw>,
    back: Vec<Draw>,
    /// The entry of the outline that leads to it.
    entry: Option<Entry>,
}

/// A card on as many pieces of paper as it takes, counted in a corner where there are several. The
/// question is on each of them.
fn sides(flow: &mut Flow<'_>, card: &Card, opens: bool, width: f32, folio: &str) -> Vec<Sides> {
    let part = flow.tags.add(Role::Part, Tags::ROOT);
    let area = Area { x: 0.0, width, tag: part };
    let tag = flow.tags.add(if opens { Role::H1 } else { Role::P }, part);
    let text = || card.topic.iter().map(|run| run.text.as_str()).collect();
    let mut entry = opens.then(|| Entry { level: Level::Section, text: text(), tag });
    let mut fronts = fronts(flow, card, tag, area);
    let mut backs = backs(flow, card, area, fronts.len() > 1);
    let pieces = fronts.len().max(backs.len());
    let first = fronts.first().cloned().unwrap_or_default();
    fronts.resize_with(pieces, || said_again(flow, &first, part));
    backs.resize(pieces, Vec::new());
    if pieces > 1 {
        let style = flow.small();
        let y = flow.frame.height - style.leading + baseline(&style);
        for (index, (front, back)) in fronts.iter_mut().zip(&mut backs).enumerate() {
            let text = Run::plain(super::folio(folio, index, pieces));
            let line = paragraph::verbatim(flow.setting, &[text], &style);
            let number = Draw::Line { x: width - line.width, line, y, tag: None };
            front.push(number.clone());
            back.push(number);
        }
    }
    fronts.into_iter().zip(backs).map(|(front, back)| Sides { front, back, entry: entry.take() }).collect()
}

/// The same words in paragraphs of their own; the marks beside them have been read out.
fn said_again(flow: &mut Flow<'_>, draws: &[Draw], part: TagId) -> Vec<Draw> {
    let mut paragraphs: BTreeMap<TagId, TagId> = BTreeMap::new();
    let again = |draw: &Draw| match draw {
        Draw::Line { line, x, y, tag } => {
            let tag = tag.map(|tag| *paragraphs.entry(tag).or_insert_with(|| flow.tags.add(Role::P, part)));
            Draw::Line { line: line.clone(), x: *x, y: *y, tag }
        }
        draw => draw.clone().decorative(),
    };
    draws.iter().map(again).collect()
}

/// Topic above, dots beside it, the question in the middle. A question that is too long for that
/// begins below the topic, and goes on.
fn fronts(flow: &mut Flow<'_>, card: &Card, topic: TagId, area: Area) -> Vec<Vec<Draw>> {
    let small = TextStyle { strong: true, ..flow.small() };
    let confidence = card.confidence.as_ref().map(|(level, words)| (*level, words.as_str()));
    let marks = Question { number: None, text: &[], priority: None, confidence, body: &[] };
    let narrower = if confidence.is_some() { area.width - MARKS } else { area.width };
    let mut pieces =
        flow.aside_from(|flow| flow.text(&card.topic, &small, 0.0, Area { width: narrower, tag: topic, ..area }));
    let marks = question::marks(flow, &marks, area.x + area.width, baseline(&small) + 0.6, area.tag);
    if let Some(first) = pieces.first_mut() {
        first.draws.extend(marks);
    }
    let tag = flow.tags.add(Role::P, area.tag);
    let question = Area { tag, ..area };
    let above = small.leading * count(pieces.len()) + BELOW_TOPIC;
    let below = flow.small().leading;
    match largest_that_fits(flow, &card.front, area.width, flow.frame.height - above - below) {
        Ok((lines, style)) => {
            let bottom = flow.frame.height - below;
            let mut draws = stacked(pieces, 0.0).0;
            draws.extend(centred(lines, &style, question, (above, bottom)));
            vec![draws]
        }
        Err(style) => {
            pieces.extend(flow.aside_from(|flow| flow.text(&card.front, &style, BELOW_TOPIC, question)));
            let frame = Frame { height: flow.frame.height - below, ..flow.frame };
            dealt(&pieces, frame).into_iter().map(|(draws, _)| draws).collect()
        }
    }
}

/// Lines in the middle between two heights.
fn centred(lines: Vec<Line>, style: &TextStyle, area: Area, (top, bottom): (f32, f32)) -> Vec<Draw> {
    let top = top + (bottom - top - style.leading * count(lines.len())) / 2.0;
    let line = |(index, line): (usize, Line)| Draw::Line {
        x: area.x + (area.width - line.width) / 2.0,
        line: Line { indent: 0.0, ..line },
        y: top + style.leading * count(index) + baseline(style),
        tag: Some(area.tag),
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// The question in the largest type in which it fits; the smallest where it fits in none.
fn largest_that_fits(
    flow: &mut Flow<'_>,
    text: &[Run],
    width: f32,
    room: f32,
) -> Result<(Vec<Line>, TextStyle), TextStyle> {
    let body = TextStyle { size: flow.style.sizes.body, fill: Fill::Ragged, ..flow.body() };
    let mut smallest = body;
    for scale in [1.35, 1.2, 1.05, 0.9, 0.85] {
        let size = body.size * scale;
        let style = TextStyle { size, leading: size * 1.3, ..body };
        let lines = paragraph::set(flow.setting, text, &style, width);
        if style.leading * count(lines.len()) <= room {
            return Ok((lines, style));
        }
        smallest = style;
    }
    Err(smallest)
}

/// What is to be said, on as many backs as it takes; lines to write on where there is no answer yet.
fn backs(flow: &mut Flow<'_>, card: &Card, area: Area, several: bool) -> Vec<Vec<Draw>> {
    let whole = flow.frame;
    let counted = Frame { height: whole.height - flow.small().leading, ..whole };
    // Nothing in it may be higher than what there is room for.
    flow.frame = counted;
    let pieces = flow.aside_from(|flow| flow.blocks(&card.back, area));
    flow.frame = whole;
    let frame = if several || paginate(&pieces, whole).len() > 1 { counted } else { whole };
    let mut backs = dealt(&pieces, frame);
    if let Some((back, bottom)) = backs.last_mut().filter(|_| card.to_write) {
        let color = flow.style.colors.hair;
        let lines = (1..).map(|line| *bottom + RULED * count(line)).take_while(|y| *y <= frame.height);
        back.extend(lines.map(|y| Draw::rule(area, y, 0.5, color)));
    }
    backs.into_iter().map(|(draws, _)| draws).collect()
}

/// Pieces on as many sides as they fill, and how far down they reach on each.
fn dealt(pieces: &[Piece], frame: Frame) -> Vec<(Vec<Draw>, f32)> {
    let side = |column: Column| {
        let mut side = (Vec::new(), 0.0);
        for placed in column {
            let Some(piece) = placed.again.as_deref().or_else(|| pieces.get(placed.index?)) else { continue };
            side.0.extend(piece.clone().drawn(placed.y, placed.before));
            side.1 = placed.y + piece.height;
        }
        side
    };
    paginate(pieces, frame).into_iter().map(side).collect()
}
