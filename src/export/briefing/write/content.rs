//! The content stream of a page (ISO 32000-1, 8 and 9): operators as text, as few and as short as they
//! can be. printpdf's own take several allocations and a string in the file for each glyph, which is most
//! of the time and of the memory of a long briefing.

use super::fonts::{FontKey, Fonts};
use super::syntax::{hexadecimal, literal, number, whole};
use crate::theme::Color;

/// How a shape is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Its inside.
    Fill,
    /// Its outline.
    Stroke,
    /// Both.
    FillStroke,
}

/// A glyph of the font in use.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Its number in the subset.
    pub id: u16,
    /// How much less than its width the pen moves on, in thousandths of the size.
    pub less: f32,
}

/// The operators so far, and the state they leave behind.
#[derive(Default)]
pub struct Operators {
    bytes: Vec<u8>,
    fill: Option<Color>,
    stroke: Option<(Color, u32)>,
    font: Option<(FontKey, u32)>,
}

impl Operators {
    /// The bytes of the stream.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Opens decoration.
    pub fn artifact(&mut self) {
        self.words(&["/Artifact BMC\n"]);
    }

    /// Opens a running line, attached to an edge of the page (14.8.2.2.2).
    pub fn running_line(&mut self, subtype: &str, edge: &str) {
        self.words(&["/Artifact<</Type/Pagination/Subtype/", subtype, "/Attached[/", edge, "]>>BDC\n"]);
    }

    /// Opens content of the structure; `spoken` is read out in its place.
    pub fn tagged(&mut self, role: &str, id: usize, spoken: Option<&str>) {
        self.words(&["/", role, "<</MCID "]);
        whole(&mut self.bytes, u32::try_from(id).unwrap_or_default());
        if let Some(spoken) = spoken {
            self.words(&["/ActualText<FEFF"]);
            spoken.encode_utf16().for_each(|unit| hexadecimal(&mut self.bytes, unit, 4));
            self.words(&[">"]);
        }
        self.words(&[">>BDC\n"]);
    }

    /// Closes what was opened last.
    pub fn end(&mut self) {
        self.words(&["EMC\n"]);
    }

    /// The colour of insides and of text.
    pub fn fill(&mut self, color: Color) {
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.color(color, "rg\n");
        }
    }

    /// The colour and the width of outlines, in points.
    pub fn stroke(&mut self, color: Color, width: f32) {
        if self.stroke != Some((color, width.to_bits())) {
            self.stroke = Some((color, width.to_bits()));
            self.color(color, "RG ");
            self.operation(&[width], "w\n");
        }
    }

    /// A rectangle by its lower left corner, its width and its height.
    pub fn rectangle(&mut self, sides: [f32; 4], paint: Paint) {
        self.operation(&sides, "re ");
        self.paint(paint);
    }

    /// A circle of four Bézier curves.
    pub fn circle(&mut self, (x, y): (f32, f32), radius: f32, paint: Paint) {
        /// Distance of the control points of a quarter circle, in radii: 4/3 (√2 − 1).
        const KAPPA: f32 = 0.552_285;
        let (r, k) = (radius, radius * KAPPA);
        let quarters = [
            [(r, k), (k, r), (0.0, r)],
            [(-k, r), (-r, k), (-r, 0.0)],
            [(-r, -k), (-k, -r), (0.0, -r)],
            [(k, -r), (r, -k), (r, 0.0)],
        ];
        self.operation(&[x + r, y], "m ");
        for [first, second, end] in quarters {
            let points = [x + first.0, y + first.1, x + second.0, y + second.1, x + end.0, y + end.1];
            self.operation(&points, "c ");
        }
        self.paint(paint);
    }

    /// Draws an object of the resources, its own space put into the page's by a matrix (8.3.3).
    pub fn object(&mut self, name: &str, matrix: [f32; 6]) {
        self.words(&["q "]);
        self.operation(&matrix, "cm /");
        self.words(&[name, " Do Q\n"]);
    }

    /// Shows glyphs, the first one at a place.
    pub fn show(&mut self, font: FontKey, size: f32, (x, y): (f32, f32), glyphs: &[Shown]) {
        self.words(&["BT "]);
        if self.font != Some((font, size.to_bits())) {
            self.font = Some((font, size.to_bits()));
            self.words(&["/", &Fonts::id(font).0, " "]);
            self.operation(&[size], "Tf ");
        }
        self.operation(&[x, y], "Td [");
        let (mut open, mut less) = (false, 0.0);
        for (place, glyph) in glyphs.iter().enumerate() {
            if !open {
                self.bytes.push(b'(');
                open = true;
            }
            // Half as long as in hexadecimal digits, which is half of the work of packing it.
            literal(&mut self.bytes, &glyph.id.to_be_bytes());
            less += glyph.less;
            // What is left out here adds up, so that no glyph stands a thousandth off its place.
            let rounded = less.round();
            if rounded != 0.0 && place + 1 < glyphs.len() {
                self.bytes.push(b')');
                number(&mut self.bytes, rounded);
                less -= rounded;
                open = false;
            }
        }
        self.words(&[if open { ")]TJ ET\n" } else { "]TJ ET\n" }]);
    }

    fn color(&mut self, Color(red, green, blue): Color, operator: &str) {
        self.operation(&[red, green, blue].map(|part| f32::from(part) / 255.0), operator);
    }

    fn paint(&mut self, paint: Paint) {
        self.words(&[match paint {
            Paint::Fill => "f\n",
            Paint::Stroke => "S\n",
            Paint::FillStroke => "B\n",
        }]);
    }

    fn operation(&mut self, operands: &[f32], operator: &str) {
        for operand in operands {
            number(&mut self.bytes, *operand);
            self.bytes.push(b' ');
        }
        self.words(&[operator]);
    }

    fn words(&mut self, words: &[&str]) {
        for word in words {
            self.bytes.extend_from_slice(word.as_bytes());
        }
    }
}
