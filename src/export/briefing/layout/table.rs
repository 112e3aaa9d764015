//! Tables: columns as wide as their content wants, rows that stay whole unless they are very tall,
//! the head again at the top of each page.

use super::flow::{Area, Flow, baseline};
use super::linebreak::Fill;
use super::paragraph::{self, Family, Line, TextStyle};
use super::piece::{Draw, Piece, stacked};
use super::tags::{Role, TagId};
use crate::export::briefing::document::{Table, Text};
use crate::markup::Align;
use std::rc::Rc;

/// Space between a cell's text and its column's edges.
const PADDING: f32 = 5.0;
/// Space above and below a row's text.
const AIR: f32 = 3.5;
/// A table up to this part of a page would rather not be broken.
const SHORT: f32 = 0.35;
/// A row higher than this may break between its lines.
const TALL: f32 = 240.0;
/// So may one that takes more than this part of a low column, as a card is.
const MOST: f32 = 0.5;

/// Sets a table.
pub fn table(flow: &mut Flow<'_>, table: &Table, area: Area) {
    let head_style = head_style(flow);
    let body_style = body_style(flow);
    let numbers = columns_of_numbers(table);
    let columns = columns(flow, table, &numbers, (&head_style, &body_style), area);
    let node = flow.tags.add(Role::Table, area.tag);
    let head = row(flow, &table.head, Role::TH, &head_style, &columns, node);
    let mut head = merged(head, area, flow.style.colors.soft);
    head.before = 7.0;
    head.keep = true;
    let repeat = Rc::new(head.clone().decorative());
    flow.push(head);
    let start = flow.pieces.len();
    for cells in &table.rows {
        let slices = row(flow, cells, Role::TD, &body_style, &columns, node);
        let height: f32 = slices.iter().map(|slice| slice.height).sum();
        let hair = flow.style.colors.hair;
        let tall = TALL.min(flow.frame.height * MOST);
        let pieces = if height > tall { sliced(slices, area, hair) } else { vec![merged(slices, area, hair)] };
        for piece in pieces {
            flow.push(Piece { repeat: Some(Rc::clone(&repeat)), ..piece });
        }
    }
    flow.wish_from(start, SHORT);
    if let Some(rows) = flow.pieces.get_mut(start..) {
        keep_rows(rows);
    }
}

/// No row stands alone.
pub fn keep_rows(rows: &mut [Piece]) {
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        row.keep |= index + 1 < count && (index == 0 || index + 2 == count);
    }
}

fn head_style(flow: &Flow<'_>) -> TextStyle {
    let size = flow.style.sizes.body * 0.8;
    let color = flow.style.colors.soft;
    TextStyle {
        family: Family::Sans,
        size,
        leading: size * 1.35,
        strong: true,
        color,
        fill: Fill::Ragged,
        tracking: 0.0,
    }
}

fn body_style(flow: &Flow<'_>) -> TextStyle {
    let size = flow.style.sizes.body * 0.95;
    TextStyle { size, leading: size * 1.32, fill: Fill::Ragged, ..flow.body() }
}

/// A column of a table.
struct Column {
    x: f32,
    width: f32,
    /// Where its texts stand.
    align: Align,
}

/// The columns: none narrower than its longest word, the rest shared by
/// what the contents would take on one line.
fn columns(
    flow: &mut Flow<'_>,
    table: &Table,
    numbers: &[bool],
    (head, body): (&TextStyle, &TextStyle),
    area: Area,
) -> Vec<Column> {
    let count = table.head.len().max(1);
    let mut least = vec![0.0f32; count];
    let mut most = vec![0.0f32; count];
    let rows = std::iter::once((&table.head, head)).chain(table.rows.iter().map(|row| (row, body)));
    for (row, style) in rows {
        for (column, text) in row.iter().enumerate().take(count) {
            if let (Some(least), Some(most)) = (least.get_mut(column), most.get_mut(column)) {
                *most = most.max(paragraph::natural_width(flow.setting, text, style) + 2.0 * PADDING);
                *least = least.max(paragraph::longest_word(flow.setting, text, style) + 2.0 * PADDING);
            }
        }
    }
    let mut x = area.x;
    let widths = shares(&least, &most, numbers, area.width);
    let right_to_left = flow.setting.right_to_left;
    let column = |(number, (width, numbers)): (usize, (f32, &bool))| {
        x += width;
        let written = table.columns.get(number).copied().unwrap_or_default();
        Column { x: x - width, width, align: align(written, *numbers, right_to_left) }
    };
    widths.into_iter().zip(numbers).enumerate().map(column).collect()
}

/// How a column stands. Numbers end at the right edge of their column, so that their digits stand below each
/// other; from right to left everything begins there.
fn align(written: Align, numbers: bool, right_to_left: bool) -> Align {
    match written {
        Align::Natural if numbers && !right_to_left => Align::End,
        Align::End if numbers && right_to_left => Align::Start,
        written => written,
    }
}

/// For each column whether there is nothing but numbers below its head.
fn columns_of_numbers(table: &Table) -> Vec<bool> {
    let is_number = |text: &Text| is_number(&text.iter().map(|run| run.text.as_str()).collect::<String>());
    let of_column = |column: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(column)).filter(|text| !text.is_empty()).peekable();
        cells.peek().is_some() && cells.all(is_number)
    };
    (0..table.head.len().max(1)).map(of_column).collect()
}

/// Digits with the signs that are written round them, and a short unit behind: `−3.5`, `€ 12 000`, `40 ms`.
fn is_number(text: &str) -> bool {
    const UNIT: usize = 3;
    let number = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '/');
    let unit = text.trim().len() - number.len();
    let is_mark = |c: char| c.is_whitespace() || ".,'’+-−–±~≈<>≤≥%‰×$€£¥₹₩₪°".contains(c);
    unit <= UNIT && number.contains(|c: char| c.is_numeric()) && number.chars().all(|c| c.is_numeric() || is_mark(c))
}

/// Widths that add up to `width`.
fn shares(least: &[f32], most: &[f32], numbers: &[bool], width: f32) -> Vec<f32> {
    let (least_sum, most_sum): (f32, f32) = (least.iter().sum(), most.iter().sum());
    if most_sum <= width {
        // Everything fits on one line: the last column of words takes what is left.
        let mut widths = most.to_vec();
        let of_words = numbers.iter().rposition(|numbers| !numbers);
        if let Some(last) = widths.get_mut(of_words.unwrap_or(numbers.len().saturating_sub(1))) {
            *last += width - most_sum;
        }
        return widths;
    }
    if least_sum >= width {
        // Some words have to break: the narrow columns keep their width, the others share the rest.
        let fair = width / super::flow::count(least.len().max(1));
        let kept: f32 = least.iter().filter(|least| **least <= fair).sum();
        let wide = least.iter().filter(|least| **least > fair).count();
        let share = (width - kept) / super::flow::count(wide.max(1));
        return least.iter().map(|least| if *least <= fair { *least } else { share }).collect();
    }
    let room = width - least_sum;
    let wish = most_sum - least_sum;
    least.iter().zip(most).map(|(least, most)| least + (most - least) / wish * room).collect()
}

/// A row as slices: the first lines of all cells, the second lines, …
fn row(
    flow: &mut Flow<'_>,
    cells: &[Text],
    role: Role,
    style: &TextStyle,
    columns: &[Column],
    table: TagId,
) -> Vec<Piece> {
    let node = flow.tags.add(Role::TR, table);
    let mut slices: Vec<Piece> = Vec::new();
    for (number, column) in columns.iter().enumerate() {
        let tag = flow.tags.add(role, node);
        let text = cells.get(number).map(Vec::as_slice).unwrap_or_default();
        let room = column.width - 2.0 * PADDING;
        for (index, line) in paragraph::set(flow.setting, text, style, room).into_iter().enumerate() {
            let (line, left) = aligned(line, column.align, room);
            let draw = Draw::Line { line, x: column.x + PADDING + left, y: baseline(style), tag: Some(tag) };
            match slices.get_mut(index) {
                Some(slice) => slice.draws.push(draw),
                None => slices.push(Piece { height: style.leading, draws: vec![draw], ..Piece::default() }),
            }
        }
    }
    slices
}

/// A line and its place in its column. Where nobody placed it, it stands at the side of its own direction.
fn aligned(line: Line, align: Align, room: f32) -> (Line, f32) {
    let left = match align {
        Align::Natural => return (line, 0.0),
        Align::Start => 0.0,
        Align::Center => (room - line.width) / 2.0,
        Align::End => room - line.width,
    };
    (Line { indent: 0.0, ..line }, left.max(0.0))
}

/// A row as one piece, cell after cell in reading order, with a rule below.
fn merged(slices: Vec<Piece>, area: Area, rule: crate::theme::Color) -> Piece {
    let (mut draws, y) = stacked(slices, AIR);
    draws.sort_by_key(|draw| match draw {
        Draw::Line { tag: Some(tag), .. } => tag.0,
        _ => usize::MAX,
    });
    let height = y + AIR;
    draws.push(Draw::rule(area, height - 0.5, 0.5, rule));
    Piece { height, draws, ..Piece::default() }
}

fn sliced(mut slices: Vec<Piece>, area: Area, rule: crate::theme::Color) -> Vec<Piece> {
    if let Some(first) = slices.first_mut() {
        first.before = AIR;
    }
    if let Some(last) = slices.last_mut() {
        let y = last.height + AIR - 0.5;
        last.height += AIR;
        last.draws.push(Draw::rule(area, y, 0.5, rule));
    }
    slices
}
