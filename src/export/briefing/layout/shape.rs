//! What is drawn and is no text: on a page, or in a piece before that has its place.

use crate::theme::Color;

/// Something in a rectangle, whose place counts from the upper left corner of the page or of the piece.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// What is there.
    pub form: Form,
}

/// What a shape looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A filled rectangle.
    Filled(Color),
    /// The outline of a box.
    Outlined(Color),
    /// A disc as wide as the rectangle.
    Disc(Color),
    /// The outline of one.
    Ring(Color),
    /// A picture, by its number.
    Picture(usize),
}

impl Shape {
    /// Something at a left and an upper edge, of a width and a height.
    pub fn new([x, y, width, height]: [f32; 4], form: Form) -> Self {
        Self { x, y, width, height, form }
    }

    /// Moves it to the right and down.
    #[must_use]
    pub fn moved(self, right: f32, down: f32) -> Self {
        Self { x: self.x + right, y: self.y + down, ..self }
    }
}
