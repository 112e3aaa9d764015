//! A paragraph: runs of text into lines of placed glyphs. `atoms` shapes and measures the text, `breaking`
//! finds where its lines end, `line` places the glyphs of each.

mod atoms;
mod breaking;
mod line;

pub use line::{Glyph, GlyphRun, Line};

use super::face::{Faces, Wanted};
use super::linebreak::Fill;
use crate::export::briefing::document::Run;
use crate::theme::{Color, Typeface};
use atoms::Paragraph;
use breaking::Stretch;
use std::collections::BTreeSet;

/// Texts of so few lines are set with a ragged edge.
const LINES_WITHOUT_EDGE: f32 = 2.0;

/// Kinds of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// For reading.
    Serif,
    /// For structure.
    Sans,
    /// For code.
    Mono,
}

impl From<Typeface> for Family {
    fn from(typeface: Typeface) -> Self {
        match typeface {
            Typeface::Serif => Self::Serif,
            Typeface::Sans => Self::Sans,
        }
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub struct TextStyle {
    /// The letters.
    pub family: Family,
    /// Their size.
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    /// Heavier throughout.
    pub strong: bool,
    /// The colour.
    pub color: Color,
    /// Even or ragged lines.
    pub fill: Fill,
    /// Space added to each letter: capitals want some.
    pub tracking: f32,
}

/// What all paragraphs of a document share.
pub struct Setting {
    /// The fonts.
    pub faces: Faces,
    /// The language of hyphenation, when there are patterns for it.
    pub hyphenation: Option<hypher::Lang>,
    /// Colour of links.
    pub link_color: Color,
    /// Colour of accented runs.
    pub accent_color: Color,
    /// Colour of soft runs.
    pub soft_color: Color,
    /// Whether the document is read from right to left.
    pub right_to_left: bool,
    /// Characters that no face has.
    pub missing: BTreeSet<Wanted>,
}

/// Sets a paragraph to a width. A text without a word gives no line.
pub fn set(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> Vec<Line> {
    let mut paragraph = Paragraph::new(setting, runs, style);
    // One line between an indent and the end is not yet an edge: short texts are not spread.
    if paragraph.fill == Fill::Justified && paragraph.width(0..paragraph.text.len()) <= width * LINES_WITHOUT_EDGE {
        paragraph.fill = Fill::Ragged;
    }
    let stretches = paragraph.stretches(setting, width);
    stretches.iter().map(|stretch| paragraph.line(setting, stretch, width)).collect()
}

/// Sets a text on one line exactly as it is, spaces at its start and end included.
pub fn verbatim(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> Line {
    let paragraph = Paragraph::new(setting, runs, style);
    let whole = Stretch::whole(paragraph.text.len(), setting.right_to_left);
    paragraph.line(setting, &whole, paragraph.width(whole.range.clone()))
}

/// Sets a line of code at the left edge, whatever the direction round it. The last part of a line ends
/// in a space without a width, so that its last word is not glued to the first one of the next.
pub fn code_line(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32, last: bool) -> Line {
    let paragraph = Paragraph::new(setting, runs, style);
    let mut line = paragraph.line(setting, &Stretch::whole(paragraph.text.len(), last), width);
    line.indent = if setting.right_to_left { (width - line.width).max(0.0) } else { 0.0 };
    line
}

/// How many letters of a text fit on a line of a width; one, when none does.
pub fn letters_that_fit(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> usize {
    let paragraph = Paragraph::new(setting, runs, style);
    let ends = paragraph.text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.take_while(|end| paragraph.width(0..*end) <= width).count().max(1)
}

/// The width of a text on one line.
pub fn natural_width(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> f32 {
    let paragraph = Paragraph::new(setting, runs, style);
    paragraph.width(0..paragraph.text.len())
}

/// The width of the longest word of a text.
pub fn longest_word(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> f32 {
    let mut longest = 0.0f32;
    for run in runs {
        for word in run.text.split_whitespace() {
            let word = Run { text: word.to_owned(), ..run.clone() };
            longest = longest.max(natural_width(setting, &[word], style));
        }
    }
    longest
}
