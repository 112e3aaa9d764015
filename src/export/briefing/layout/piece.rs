//! Pieces: stretches of a column that are never broken, each a line or a row, with what is drawn
//! in it. Flowing makes them, paging puts them on pages.

use super::paragraph::Line;
use super::tags::TagId;
use crate::theme::Color;
use std::rc::Rc;

/// Something that stays together.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Space above, dropped at the top of a page.
    pub before: f32,
    /// Its height.
    pub height: f32,
    /// Whether it stays on the page of the next piece.
    pub keep: bool,
    /// Whether it starts a new page.
    pub page_break: bool,
    /// What is drawn in it, in reading order.
    pub draws: Vec<Draw>,
    /// The entry of the outline that starts here.
    pub entry: Option<usize>,
    /// What is repeated above it when a page starts with it: the head of its table.
    pub repeat: Option<Rc<Piece>>,
}

/// Something drawn; places count from the left edge of the column and the top of the piece.
#[derive(Debug, Clone)]
pub enum Draw {
    /// A line of text; `y` is its baseline. Without a tag it is decoration.
    Line {
        /// The glyphs.
        line: Line,
        /// The left edge.
        x: f32,
        /// The baseline.
        y: f32,
        /// What it belongs to.
        tag: Option<TagId>,
    },
    /// A filled rectangle.
    Rect {
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Colour.
        color: Color,
    },
    /// The outline of a box to tick.
    Frame {
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width and height.
        size: f32,
        /// Colour.
        color: Color,
    },
    /// A dot of a scale.
    Dot {
        /// Centre.
        x: f32,
        /// Centre.
        y: f32,
        /// Full or only its outline.
        full: bool,
        /// Colour.
        color: Color,
        /// What it belongs to.
        tag: TagId,
    },
    /// A strip as high as the piece; joined ones also cover the space above it.
    Band {
        /// Left edge.
        x: f32,
        /// Width.
        width: f32,
        /// Colour.
        color: Color,
        /// Whether the piece above has the same strip.
        joined: bool,
    },
    /// The number of the page on which an entry of the outline stands, flush right.
    PageNumber {
        /// The entry.
        entry: usize,
        /// The right edge.
        right: f32,
        /// The baseline.
        y: f32,
        /// What it belongs to.
        tag: TagId,
    },
}

impl Piece {
    /// A piece with nothing in it.
    pub fn space(height: f32) -> Self {
        Self { height, ..Self::default() }
    }
}

impl Draw {
    /// Moves it down.
    pub fn lowered(mut self, by: f32) -> Self {
        match &mut self {
            Self::Line { y, .. }
            | Self::Rect { y, .. }
            | Self::Frame { y, .. }
            | Self::Dot { y, .. }
            | Self::PageNumber { y, .. } => *y += by,
            Self::Band { .. } => {}
        }
        self
    }
}
