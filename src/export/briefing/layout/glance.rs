//! The page that can be torn off: it fits by choosing, never by shrinking and never by cutting words.

use super::flow::{Area, Flow};
use super::paragraph;
use super::piece::{Draw, Piece, stacked};
use super::tags::Role;
use crate::export::briefing::document::{Block, Cell};
use crate::theme::Rule;

/// Between the two columns, between two rows, below a title.
const GUTTER: f32 = 20.0;
const ROW: f32 = 13.0;
const TITLE: f32 = 12.0;
/// A line of the table of contents, and the space above it.
pub const CONTENTS_LINE: f32 = 12.0;
pub const CONTENTS_ABOVE: f32 = 14.0;

/// Sets as much as there is room for on the page that has been begun.
pub fn glance(flow: &mut Flow<'_>, cells: &[Cell], area: Area) {
    flow.compact = true;
    let used: f32 = flow.pieces.iter().map(|piece| piece.before + piece.height).sum();
    let contents = super::flow::count(flow.contents_lines) * CONTENTS_LINE + CONTENTS_ABOVE;
    let room = flow.page_height - used - contents - 4.0;
    let mut choice = Choice { counts: cells.iter().map(|cell| cell.items.len()).collect() };
    let width = (area.width - GUTTER) / 2.0;
    let heights = measure(flow, cells, width);
    while choice.height(&heights) > room && choice.drop_one(&heights) {}
    choice.fill_up(&heights, room);
    let chosen: Vec<(usize, usize)> =
        choice.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
    for pair in chosen.chunks(2) {
        let mut draws = Vec::new();
        let mut height = 0.0f32;
        for (column, (cell, count)) in pair.iter().enumerate() {
            let x = area.x + super::flow::count(column) * (width + GUTTER);
            if flow.style.look.rule == Rule::Above {
                let color = flow.style.colors.hair;
                draws.push(Draw::Rect { x, y: -5.0, width, height: 0.5, color });
            }
            let Some(cell) = cells.get(*cell) else { continue };
            let (more, bottom) = set(flow, cell, *count, Area { x, width, tag: area.tag });
            draws.extend(more);
            height = height.max(bottom);
        }
        flow.push(Piece { before: ROW, height, draws, ..Piece::default() });
    }
    flow.compact = false;
}

/// How many items of each cell are taken.
struct Choice {
    counts: Vec<usize>,
}

impl Choice {
    fn cell_height(&self, cell: usize, heights: &[Vec<f32>]) -> f32 {
        let count = self.counts.get(cell).copied().unwrap_or(0);
        let items: f32 = heights.get(cell).map_or(0.0, |heights| heights.iter().take(count).sum());
        if count == 0 { 0.0 } else { TITLE + items }
    }

    /// The height of all rows: cells stand in pairs, a row is as high as its higher cell.
    fn height(&self, heights: &[Vec<f32>]) -> f32 {
        let taken: Vec<usize> =
            (0..self.counts.len()).filter(|cell| self.counts.get(*cell).is_some_and(|count| *count > 0)).collect();
        let row = |pair: &[usize]| ROW + pair.iter().map(|cell| self.cell_height(*cell, heights)).fold(0.0, f32::max);
        taken.chunks(2).map(row).sum()
    }

    /// Adds what still fits, a cell after the other.
    fn fill_up(&mut self, heights: &[Vec<f32>], room: f32) {
        for cell in 0..self.counts.len() {
            let all = heights.get(cell).map_or(0, Vec::len);
            while self.counts.get(cell).is_some_and(|count| *count > 0 && *count < all) {
                self.counts[cell] += 1;
                if self.height(heights) > room {
                    self.counts[cell] -= 1;
                    break;
                }
            }
        }
    }

    /// Takes away the last item of the cell that has most of them, the later cell when they are
    /// equal; `false` when nothing is left.
    fn drop_one(&mut self, heights: &[Vec<f32>]) -> bool {
        let several = self.counts.iter().any(|count| *count > 1);
        let candidates = (0..self.counts.len())
            .filter(|cell| self.counts.get(*cell).is_some_and(|count| if several { *count > 1 } else { *count == 1 }));
        let highest = candidates.max_by(|a, b| {
            let height = |cell: usize| if several { self.cell_height(cell, heights) } else { 0.0 };
            height(*a).total_cmp(&height(*b)).then(a.cmp(b))
        });
        match highest.and_then(|cell| self.counts.get_mut(cell)) {
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

/// The height of each item of each cell.
fn measure(flow: &mut Flow<'_>, cells: &[Cell], width: f32) -> Vec<Vec<f32>> {
    let area = Area { x: 0.0, width, tag: super::tags::Tags::ROOT };
    let item = |flow: &mut Flow<'_>, item: &Block| {
        let pieces = flow.aside_from(|flow| flow.blocks(std::slice::from_ref(item), area));
        pieces.iter().map(|piece| piece.before + piece.height).sum()
    };
    cells.iter().map(|cell| cell.items.iter().map(|block| item(flow, block)).collect()).collect()
}

fn set(flow: &mut Flow<'_>, cell: &Cell, count: usize, area: Area) -> (Vec<Draw>, f32) {
    let style = flow.capitals();
    let tag = flow.tags.add(Role::H3, area.tag);
    let mut draws = Vec::new();
    for line in paragraph::set(flow.setting, &cell.title, &style, area.width).into_iter().take(1) {
        draws.push(Draw::Line { line, x: area.x, y: style.size, tag: Some(tag) });
    }
    let items = cell.items.get(..count).unwrap_or_default();
    let pieces = flow.aside_from(|flow| flow.blocks(items, area));
    let (below, bottom) = stacked(pieces, TITLE);
    draws.extend(below);
    (draws, bottom)
}
