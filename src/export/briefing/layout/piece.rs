//! Pieces: stretches of a column that are never broken, each a line or a row, with what is drawn
//! in it. Flowing makes them, paging puts them on pages.

use super::paragraph::Line;
use super::tags::TagId;
use crate::theme::Color;
use std::rc::Rc;

/// Something that stays together.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "rules of paging, any of which may meet any other")]
pub struct Piece {
    /// Space above, dropped at the top of a page.
    pub before: f32,
    /// Its height.
    pub height: f32,
    /// Whether it stays on the page of the next piece.
    pub keep: bool,
    /// Whether it would rather stay there, if that leaves no page half empty.
    pub wish: bool,
    /// Whether it starts a new page.
    pub page_break: bool,
    /// A line to write on: a page that has room for more gets more.
    pub ruled: bool,
    /// What is drawn in it, in reading order.
    pub draws: Vec<Draw>,
    /// The entry of the outline that starts here.
    pub entry: Option<usize>,
    /// What is repeated above it when a page starts with it: the head of its table.
    pub repeat: Option<Rc<Piece>>,
    /// What stands below it when a page ends with it: the lower edge of its box.
    pub close: Option<Rc<Piece>>,
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
    /// The outline of a box.
    Frame {
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
    /// A dot of a scale. Without a tag it is decoration.
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
        tag: Option<TagId>,
    },
    /// A picture. Without a tag it is decoration.
    Image {
        /// Its number.
        picture: usize,
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// What it belongs to.
        tag: Option<TagId>,
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
    /// Puts something behind all that is drawn in it, wherever it stands.
    pub fn underlay(&mut self, draw: &Draw) {
        self.draws.insert(0, draw.clone());
        for again in [&mut self.repeat, &mut self.close].into_iter().flatten() {
            Rc::make_mut(again).draws.insert(0, draw.clone());
        }
    }

    /// Only its rules and strips.
    pub fn without_text(&self) -> Self {
        let is_rule = |draw: &&Draw| matches!(draw, Draw::Rect { .. } | Draw::Band { .. });
        Self { height: self.height, draws: self.draws.iter().filter(is_rule).cloned().collect(), ..Self::default() }
    }

    /// The same as decoration: a repeated head has been read out already.
    pub fn decorative(mut self) -> Self {
        self.draws = self.draws.into_iter().map(Draw::decorative).collect();
        self
    }

    /// What is drawn in it where its top is at `y`, below a space; strips get their heights now.
    pub fn drawn(self, y: f32, before: f32) -> impl Iterator<Item = Draw> {
        let height = self.height;
        self.draws.into_iter().map(move |draw| match draw {
            Draw::Band { x, width, color, joined } => {
                let above = if joined { before } else { 0.0 };
                Draw::Rect { x, y: y - above, width, height: height + above, color }
            }
            draw => draw.moved(0.0, y),
        })
    }
}

/// Pieces one below the other as what is drawn in one.
pub fn stacked(pieces: Vec<Piece>, top: f32) -> (Vec<Draw>, f32) {
    let mut draws = Vec::new();
    let mut y = top;
    for (index, piece) in pieces.into_iter().enumerate() {
        let before = if index == 0 { 0.0 } else { piece.before };
        y += before;
        let height = piece.height;
        draws.extend(piece.drawn(y, before));
        y += height;
    }
    (draws, y)
}

/// Where each of the pieces ends when they stand one below the other.
pub fn bottoms(pieces: &[Piece], top: f32) -> impl Iterator<Item = f32> {
    pieces.iter().enumerate().scan(top, |y, (index, piece)| {
        let before = if index == 0 { 0.0 } else { piece.before };
        *y += before + piece.height;
        Some(*y)
    })
}

impl Draw {
    /// Its left edge.
    pub fn left(&self) -> f32 {
        match self {
            Self::Line { x, .. }
            | Self::Rect { x, .. }
            | Self::Frame { x, .. }
            | Self::Dot { x, .. }
            | Self::Image { x, .. }
            | Self::Band { x, .. } => *x,
            Self::PageNumber { right, .. } => *right,
        }
    }

    /// Moves it to the right and down.
    pub fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Line { x, y, .. }
            | Self::Rect { x, y, .. }
            | Self::Frame { x, y, .. }
            | Self::Dot { x, y, .. }
            | Self::Image { x, y, .. }
            | Self::PageNumber { right: x, y, .. } => (*x, *y) = (*x + right, *y + down),
            Self::Band { x, .. } => *x += right,
        }
        self
    }

    /// The same as decoration, which is not read out.
    pub fn decorative(mut self) -> Self {
        if let Self::Line { tag, .. } | Self::Image { tag, .. } | Self::Dot { tag, .. } = &mut self {
            *tag = None;
        }
        self
    }
}
