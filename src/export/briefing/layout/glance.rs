//! The page that can be torn off: it fits by choosing, never by shrinking and never by cutting words.

use super::flow::{Area, Flow, count};
use super::paragraph;
use super::piece::{Draw, Piece, bottoms, stacked};
use super::tags::{Role, Tags};
use crate::export::briefing::document::{BETWEEN, Block, Cell, Run};
use crate::theme::Rule;

/// Between the two columns, between two rows, below a title.
const GUTTER: f32 = 20.0;
const ROW: f32 = 14.0;
const TITLE: f32 = 12.0;
/// A line of the table of contents, and the space above it.
pub const CONTENTS_LINE: f32 = 12.0;
pub const CONTENTS_ABOVE: f32 = 14.0;

/// Sets as much as there is room for on the page that has been begun.
pub fn glance(flow: &mut Flow<'_>, cells: &[Cell], area: Area) {
    flow.compact = true;
    let used = flow.frame.bottom(0.0, &flow.pieces);
    let contents = count(flow.contents_lines) * CONTENTS_LINE + CONTENTS_ABOVE;
    // The contents stand as far below the last row as rows from each other.
    let gap = flow.frame.snap(ROW);
    let room = flow.frame.height - flow.frame.snap(used) - gap - contents - flow.frame.grid;
    let width = (area.width - GUTTER) / 2.0;
    let tags = std::mem::take(&mut flow.tags);
    let counts = Choice::new(Heights::new(flow, cells, (width, area.width)), gap).within(room);
    flow.tags = tags;
    let chosen: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    for pair in chosen.chunks(2) {
        let width = if pair.len() == 1 { area.width } else { width };
        let mut draws = Vec::new();
        let mut height = 0.0f32;
        for (column, (cell, taken)) in pair.iter().enumerate() {
            let x = area.x + count(column) * (width + GUTTER);
            if flow.style.look.rule == Rule::Above {
                let color = flow.style.colors.hair;
                draws.push(Draw::filled([x, -5.0, width, 0.5], color));
            }
            let Some(cell) = cells.get(*cell) else { continue };
            let (more, bottom) = set(flow, cell, *taken, Area { x, width, tag: area.tag });
            draws.extend(more);
            height = height.max(bottom);
        }
        let height = flow.frame.snap(height);
        flow.push(Piece { before: gap, height, draws, ..Piece::default() });
    }
    flow.compact = false;
}

/// How many items of each cell are taken.
struct Choice<'h, 'f> {
    counts: Vec<usize>,
    heights: Heights<'h, 'f>,
    /// The space above each row, as the grid has it.
    gap: f32,
}

impl<'h, 'f> Choice<'h, 'f> {
    /// All of them.
    fn new(heights: Heights<'h, 'f>, gap: f32) -> Self {
        Self { counts: heights.cells.iter().map(|cell| cell.items.len()).collect(), heights, gap }
    }

    /// As many as fit.
    fn within(mut self, room: f32) -> Vec<usize> {
        while self.height() > room && self.drop_one() {}
        self.fill_up(room);
        self.counts
    }

    /// The cells of which something is taken, row by row: in pairs, the last one alone where it has no other.
    fn rows(&self) -> Vec<Vec<usize>> {
        let is_taken = |cell: &usize| self.counts.get(*cell).is_some_and(|count| *count > 0);
        let taken: Vec<usize> = (0..self.counts.len()).filter(is_taken).collect();
        taken.chunks(2).map(<[usize]>::to_vec).collect()
    }

    fn cell_height(&mut self, cell: usize, alone: bool) -> f32 {
        self.heights.of(cell, self.counts.get(cell).copied().unwrap_or(0), alone)
    }

    /// The height of all rows: a row is as high as its higher cell.
    fn height(&mut self) -> f32 {
        let mut height = 0.0;
        for row in self.rows() {
            let cells = row.iter().map(|cell| self.cell_height(*cell, row.len() == 1));
            let highest = cells.fold(0.0, f32::max);
            height += self.gap + highest;
        }
        height
    }

    /// Adds what still fits, a cell after the other.
    fn fill_up(&mut self, room: f32) {
        for cell in 0..self.counts.len() {
            let all = self.heights.cells.get(cell).map_or(0, |cell| cell.items.len());
            while self.counts.get(cell).is_some_and(|count| *count > 0 && *count < all) {
                self.counts[cell] += 1;
                if self.height() > room {
                    self.counts[cell] -= 1;
                    break;
                }
            }
        }
    }

    /// Takes away the last item of the cell that is highest, the later cell when they are equal;
    /// `false` when nothing is left.
    fn drop_one(&mut self) -> bool {
        let several = self.counts.iter().any(|count| *count > 1);
        let candidates: Vec<usize> = (0..self.counts.len())
            .filter(|cell| self.counts.get(*cell).is_some_and(|count| if several { *count > 1 } else { *count == 1 }))
            .collect();
        let alone = self.rows().last().filter(|row| row.len() == 1).map(|row| row[0]);
        let height = |cell: usize| (if several { self.cell_height(cell, alone == Some(cell)) } else { 0.0 }, cell);
        let highest = candidates.into_iter().map(height).max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match highest.and_then(|(_, cell)| self.counts.get_mut(cell)) {
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

/// How high cells are with the first of their items, in a column and in the width of the page; snapped, so that
/// rows stay on the grid. A cell is set when somebody asks for it.
struct Heights<'h, 'f> {
    flow: &'h mut Flow<'f>,
    cells: &'h [Cell],
    /// Of a cell in a pair, and of one alone.
    widths: (f32, f32),
    /// By width, cell and number of items.
    known: [Vec<Vec<Option<f32>>>; 2],
}

impl<'h, 'f> Heights<'h, 'f> {
    fn new(flow: &'h mut Flow<'f>, cells: &'h [Cell], widths: (f32, f32)) -> Self {
        let known: Vec<_> = cells.iter().map(|cell| vec![None; cell.items.len() + 1]).collect();
        Self { flow, cells, widths, known: [known.clone(), known] }
    }

    fn of(&mut self, cell: usize, count: usize, alone: bool) -> f32 {
        let (width, known) = if alone { (self.widths.1, 1) } else { (self.widths.0, 0) };
        let known = self.known.get_mut(known).and_then(|known| known.get_mut(cell));
        let Some((known, cell)) = known.zip(self.cells.get(cell)) else { return 0.0 };
        if count == 0 || count >= known.len() {
            return 0.0;
        }
        if let Some(height) = known[count] {
            return height;
        }
        let (flow, area) = (&mut *self.flow, Area { x: 0.0, width, tag: Tags::ROOT });
        if cell.joined {
            let pieces = flow.aside_from(|flow| flow.blocks(&blocks(cell, count), area));
            known[count] = bottoms(&pieces, TITLE).last().map(|y| flow.frame.snap(y));
        } else {
            // Items stand below each other: one setting tells the heights of all their numbers.
            let mut ends = vec![0];
            let pieces = flow.aside_from(|flow| {
                for item in &cell.items {
                    flow.blocks(std::slice::from_ref(item), area);
                    ends.push(flow.pieces.len());
                }
            });
            let bottoms: Vec<f32> = bottoms(&pieces, TITLE).map(|y| flow.frame.snap(y)).collect();
            for (known, end) in known.iter_mut().zip(ends) {
                *known = end.checked_sub(1).and_then(|last| bottoms.get(last)).copied();
            }
        }
        known[count].unwrap_or(TITLE)
    }
}

/// The blocks of the first items of a cell.
fn blocks(cell: &Cell, count: usize) -> Vec<Block> {
    let items = cell.items.get(..count).unwrap_or_default();
    if !cell.joined {
        return items.to_vec();
    }
    let mut row = Vec::new();
    for item in items {
        if let Block::Paragraph(text) = item {
            if !row.is_empty() {
                row.push(Run::soft(BETWEEN));
            }
            row.extend(text.iter().cloned());
        }
    }
    vec![Block::Paragraph(row)]
}

fn set(flow: &mut Flow<'_>, cell: &Cell, count: usize, area: Area) -> (Vec<Draw>, f32) {
    let style = flow.capitals();
    let tag = flow.tags.add(Role::H3, area.tag);
    let mut draws = Vec::new();
    for line in paragraph::set(flow.setting, &cell.title, &style, area.width).into_iter().take(1) {
        draws.push(Draw::Line { line, x: area.x, y: style.size, tag: Some(tag) });
    }
    if let Some(note) = &cell.note {
        draws.extend(flow.note(note, style.size, area));
    }
    let pieces = flow.aside_from(|flow| flow.blocks(&blocks(cell, count), area));
    let (below, bottom) = stacked(pieces, TITLE);
    draws.extend(below);
    (draws, bottom)
}
