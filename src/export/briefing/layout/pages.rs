//! Pieces onto pages: nothing that belongs together is parted, blocks begin on a grid, and a page that
//! has lines to write on is filled with them.

use super::flow::{RULED, count};
use super::piece::Piece;
use std::rc::Rc;

/// A piece in its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Which piece; `None` for one that is there again.
    pub index: Option<usize>,
    /// A piece that is there again: the head of a table, one more line to write on.
    pub again: Option<Rc<Piece>>,
    /// Its top, from the top of the column.
    pub y: f32,
    /// The space above it that was not dropped.
    pub before: f32,
}

/// The pieces of a page, from top to bottom.
pub type Column = Vec<Placed>;

/// A column to be filled: its height, and the grid on which blocks begin.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The height.
    pub height: f32,
    /// From one line of the grid to the next.
    pub grid: f32,
}

impl Frame {
    /// The next line of the grid below `y`.
    pub fn snap(self, y: f32) -> f32 {
        const SLACK: f32 = 0.01;
        ((y - SLACK) / self.grid).ceil().max(0.0) * self.grid
    }

    /// Where a piece stands whose column is filled up to `y`.
    fn top(self, y: f32, piece: &Piece) -> f32 {
        match piece.before {
            _ if y <= 0.0 => 0.0,
            before if before > 0.0 => self.snap(y + before),
            _ => y,
        }
    }

    /// How far down pieces reach that start at `y`.
    pub fn bottom<'p>(self, y: f32, pieces: impl IntoIterator<Item = &'p Piece>) -> f32 {
        pieces.into_iter().fold(y, |y, piece| self.top(y, piece) + piece.height)
    }
}

/// Fills pages.
pub fn paginate(pieces: &[Piece], frame: Frame) -> Vec<Column> {
    let mut filler = Filler { pieces, frame, pages: vec![Vec::new()], y: 0.0 };
    let mut start = 0;
    while start < pieces.len() {
        let end = group_end(pieces, start, |piece| piece.keep || piece.wish);
        if filler.room_for(start, end) {
            filler.group(start, end);
        } else {
            // What would rather stay together leaves too much empty: only what must does.
            while start < end {
                let must = group_end(pieces, start, |piece| piece.keep).min(end);
                filler.group(start, must);
                start = must;
            }
        }
        start = end;
    }
    filler.pages
}

/// Behind the last piece that stays with the one at `start`.
fn group_end(pieces: &[Piece], start: usize, stays: fn(&Piece) -> bool) -> usize {
    let mut end = start;
    while pieces.get(end).is_some_and(stays) {
        end += 1;
        if pieces.get(end).is_some_and(|piece| piece.page_break) {
            return end;
        }
    }
    (end + 1).min(pieces.len())
}

struct Filler<'a> {
    pieces: &'a [Piece],
    frame: Frame,
    pages: Vec<Column>,
    y: f32,
}

impl Filler<'_> {
    /// Whether some pieces have room on the page, or have it on the next and leave little empty on this one.
    fn room_for(&self, start: usize, end: usize) -> bool {
        const MOST_EMPTY: f32 = 0.25;
        let group = self.pieces.get(start..end).unwrap_or_default();
        let little_left = self.frame.height - self.y <= self.frame.height * MOST_EMPTY;
        self.fits(self.y, group) || (little_left && self.fits(0.0, group))
    }

    /// Whether pieces stand on a page that is filled up to `y`, with what closes the last of them.
    fn fits(&self, y: f32, pieces: &[Piece]) -> bool {
        let close = pieces.last().and_then(|last| last.close.as_deref());
        self.frame.bottom(y, pieces.iter().chain(close)) <= self.frame.height
    }

    fn group(&mut self, start: usize, end: usize) {
        let group = self.pieces.get(start..end).unwrap_or_default();
        let first = group.first();
        let wanted = first.is_some_and(|piece| piece.page_break);
        // A group higher than a page has to break anyway: it starts where it is.
        let overflows = !self.fits(self.y, group) && self.fits(0.0, group);
        if self.y > 0.0 && (wanted || overflows) {
            self.close();
            if !wanted {
                self.fill_up();
            }
            self.new_page(first);
        }
        for (offset, piece) in group.iter().enumerate() {
            if self.y > 0.0 && !self.fits(self.y, std::slice::from_ref(piece)) {
                self.close();
                self.fill_up();
                self.new_page(Some(piece));
            }
            self.place(Some(start + offset), None, piece);
        }
    }

    /// Ends what goes on over the page.
    fn close(&mut self) {
        let last = self.pages.last().and_then(|page| page.last()).and_then(|placed| placed.index);
        if let Some(close) = last.and_then(|last| self.pieces.get(last)).and_then(|piece| piece.close.clone()) {
            self.place(None, Some(Rc::clone(&close)), &close);
        }
    }

    fn new_page(&mut self, first: Option<&Piece>) {
        self.pages.push(Vec::new());
        self.y = 0.0;
        let Some((piece, head)) = first.and_then(|piece| Some((piece, piece.repeat.clone()?))) else { return };
        // A head that leaves no room for what it stands above is not said again.
        if self.frame.bottom(0.0, [head.as_ref(), piece]) <= self.frame.height {
            self.place(None, Some(Rc::clone(&head)), &head);
        }
    }

    fn place(&mut self, index: Option<usize>, again: Option<Rc<Piece>>, piece: &Piece) {
        let y = self.frame.top(self.y, piece);
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { index, again, y, before: y - self.y });
        }
        self.y = y + piece.height;
    }

    /// Gives the room that is left at the foot of a page to its lines to write on: as many more to
    /// each question as all can have, and a little more height to each.
    fn fill_up(&mut self) {
        const MOST_LINES: usize = 4;
        const MOST_STRETCH: f32 = 0.25;
        let Some(page) = self.pages.last_mut() else { return };
        let pieces = self.pieces;
        let is_ruled =
            |placed: &Placed| placed.index.and_then(|index| pieces.get(index)).is_some_and(|piece| piece.ruled);
        let blocks =
            count(page.chunk_by(|a, b| is_ruled(a) == is_ruled(b)).filter(|chunk| chunk.iter().all(is_ruled)).count());
        let lines = count(page.iter().filter(|placed| is_ruled(placed)).count());
        let mut left = self.frame.height - self.y;
        if blocks <= 0.0 || left <= 0.0 {
            return;
        }
        let more = (1..=MOST_LINES).take_while(|more| count(*more) * blocks * RULED <= left).count();
        left -= count(more) * blocks * RULED;
        let stretch = (left / (lines + blocks * count(more))).min(RULED * MOST_STRETCH);
        let mut filled = Column::with_capacity(page.len());
        let mut down = 0.0;
        for chunk in page.chunk_by(|a, b| is_ruled(a) == is_ruled(b)) {
            let mut chunk = chunk.to_vec();
            let Some(last) = chunk.last().cloned().filter(is_ruled) else {
                filled.extend(chunk.into_iter().map(|placed| Placed { y: placed.y + down, ..placed }));
                continue;
            };
            let line = last.index.and_then(|index| pieces.get(index)).map(|piece| Rc::new(piece.without_text()));
            chunk.extend((1..=more).map(|nth| Placed {
                index: None,
                again: line.clone(),
                y: last.y + count(nth) * RULED,
                before: 0.0,
            }));
            // Blocks stay on the grid, so a block grows by whole units of it.
            let grown = (stretch * count(chunk.len()) / self.frame.grid).floor() * self.frame.grid;
            let each = grown / count(chunk.len());
            let lines = chunk.into_iter().enumerate();
            filled.extend(lines.map(|(nth, placed)| Placed { y: placed.y + down + each * count(nth + 1), ..placed }));
            down += grown + count(more) * RULED;
        }
        *page = filled;
    }
}
