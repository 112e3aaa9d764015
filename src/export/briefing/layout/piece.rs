//! Pieces: stretches of a column that are never broken, each a line or a row, with what is drawn
//! in it. Flowing makes them, paging puts them on pages.

use super::flow::Area;
use super::paragraph::Line;
use super::shape::{Form, Shape};
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
    /// Something that is no text. Without a tag it is decoration.
    Shape {
        /// What.
        shape: Shape,
        /// What it belongs to.
        tag: Option<TagId>,
    },
    /// A strip as high as the piece.
    Band(Band),
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

/// A strip as high as the piece that it stands in; joined ones also cover the space above it.
#[derive(Debug, Clone, Copy)]
pub struct Band {
    /// Left edge.
    pub x: f32,
    /// Width.
    pub width: f32,
    /// Colour.
    pub color: Color,
    /// Whether the piece above has the same strip.
    pub joined: bool,
}

impl Band {
    /// What it is in a piece of a height below a space.
    pub fn shape(self, height: f32, before: f32) -> Shape {
        let above = if self.joined { before } else { 0.0 };
        Shape::new([self.x, -above, self.width, height + above], Form::Filled(self.color))
    }
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
        let is_rule = |draw: &&Draw| match draw {
            Draw::Shape { shape, .. } => matches!(shape.form, Form::Filled(_)),
            Draw::Band(_) => true,
            Draw::Line { .. } | Draw::PageNumber { .. } => false,
        };
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
            Draw::Band(band) => band.shape(height, before).moved(0.0, y).into(),
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

impl From<Shape> for Draw {
    /// As decoration.
    fn from(shape: Shape) -> Self {
        Self::Shape { shape, tag: None }
    }
}

impl Draw {
    /// A rule across a column, by its upper edge.
    pub fn rule(area: Area, y: f32, weight: f32, color: Color) -> Self {
        Shape::new([area.x, y, area.width, weight], Form::Filled(color)).into()
    }

    /// A filled rectangle: left and upper edge, width and height.
    pub fn filled(sides: [f32; 4], color: Color) -> Self {
        Shape::new(sides, Form::Filled(color)).into()
    }

    /// The outline of a box: left and upper edge, width and height.
    pub fn outlined(sides: [f32; 4], color: Color) -> Self {
        Shape::new(sides, Form::Outlined(color)).into()
    }

    /// Its left edge.
    pub fn left(&self) -> f32 {
        match self {
            Self::Line { x, .. } | Self::Shape { shape: Shape { x, .. }, .. } | Self::Band(Band { x, .. }) => *x,
            Self::PageNumber { right, .. } => *right,
        }
    }

    /// Moves it to the right and down.
    pub fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Line { x, y, .. }
            | Self::Shape { shape: Shape { x, y, .. }, .. }
            | Self::PageNumber { right: x, y, .. } => (*x, *y) = (*x + right, *y + down),
            Self::Band(Band { x, .. }) => *x += right,
        }
        self
    }

    /// The same as decoration, which is not read out.
    pub fn decorative(mut self) -> Self {
        if let Self::Line { tag, .. } | Self::Shape { tag, .. } = &mut self {
            *tag = None;
        }
        self
    }
}
