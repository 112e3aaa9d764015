//! Pieces onto pages: nothing that belongs together is parted, and the white space stays below.

use super::piece::Piece;
use std::rc::Rc;

/// A piece in its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Which piece; `None` for a repeated head of a table.
    pub index: Option<usize>,
    /// The repeated head.
    pub head: Option<Rc<Piece>>,
    /// Its top, from the top of the column.
    pub y: f32,
    /// The space above it that was not dropped.
    pub before: f32,
}

/// The pieces of a page, from top to bottom.
pub type Column = Vec<Placed>;

/// Fills pages of a height.
pub fn paginate(pieces: &[Piece], height: f32) -> Vec<Column> {
    let mut filler = Filler { pieces, height, pages: vec![Vec::new()], y: 0.0 };
    let mut start = 0;
    while start < pieces.len() {
        let end = group_end(pieces, start);
        filler.group(start, end);
        start = end;
    }
    filler.pages
}

/// Behind the last piece that must stay with the one at `start`.
fn group_end(pieces: &[Piece], start: usize) -> usize {
    let mut end = start;
    while pieces.get(end).is_some_and(|piece| piece.keep) {
        end += 1;
        if pieces.get(end).is_some_and(|piece| piece.page_break) {
            return end;
        }
    }
    (end + 1).min(pieces.len())
}

struct Filler<'a> {
    pieces: &'a [Piece],
    height: f32,
    pages: Vec<Column>,
    y: f32,
}

impl Filler<'_> {
    fn group(&mut self, start: usize, end: usize) {
        let group = self.pieces.get(start..end).unwrap_or_default();
        let total: f32 = group.iter().map(|piece| piece.before + piece.height).sum();
        let first = group.first();
        let wanted = first.is_some_and(|piece| piece.page_break);
        // A group higher than a page has to break anyway: it starts where it is.
        let overflows = self.y + total > self.height && total <= self.height;
        if self.y > 0.0 && (wanted || overflows) {
            self.new_page(first);
        }
        for (offset, piece) in group.iter().enumerate() {
            if self.y > 0.0 && self.y + piece.before + piece.height > self.height {
                self.new_page(Some(piece));
            }
            let before = if self.y > 0.0 { piece.before } else { 0.0 };
            self.place(Some(start + offset), None, before, piece.height);
        }
    }

    fn new_page(&mut self, first: Option<&Piece>) {
        self.pages.push(Vec::new());
        self.y = 0.0;
        if let Some(head) = first.and_then(|piece| piece.repeat.clone()) {
            let height = head.height;
            self.place(None, Some(head), 0.0, height);
        }
    }

    fn place(&mut self, index: Option<usize>, head: Option<Rc<Piece>>, before: f32, height: f32) {
        let y = self.y + before;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { index, head, y, before });
        }
        self.y = y + height;
    }
}
