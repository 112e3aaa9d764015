//! Where everything stands: blocks into pieces, pieces onto pages, and the running lines round them.
//!
//! Nothing here knows how a page becomes a file. Places count in points from the upper left corner
//! of the page; the `y` of a text is its baseline.

mod calendar;
mod cards;
mod chart;
mod code;
mod contents;
mod direction;
pub mod face;
mod figure;
mod flow;
mod glance;
mod heading;
mod linebreak;
mod list;
mod opening;
mod pages;
mod paragraph;
mod piece;
mod question;
mod shape;
mod table;
pub mod tags;

pub use cards::cards;
pub use flow::Entry;
pub use paragraph::{Glyph, GlyphRun};
pub use shape::{Form, Shape};

use super::Duplex;
use super::document::{Block, Document, Level, Run};
use crate::theme::{Style, fill};
use face::{Faces, Found, Wanted};
use flow::{Area, Flow};
use pages::{Column, Frame, Placed, paginate};
use paragraph::{Line, Setting, TextStyle};
use piece::{Draw, Piece};
use std::collections::BTreeSet;
use tags::{TagId, Tags};

/// Longer briefings have a table of contents.
const PAGES_WITHOUT_CONTENTS: usize = 3;
/// Blocks begin at quarters of a line.
const GRID: f32 = 4.0;
/// Where the running lines stand, from the edges of the text.
const HEADER_ABOVE: f32 = 18.0;
const FOOTER_BELOW: f32 = 26.0;
/// Between the two texts of a running line.
const RUNNING_GAP: f32 = 18.0;

/// A briefing with every glyph in its place.
pub struct Layout {
    /// Width and height of the pages.
    pub size: (f32, f32),
    /// The pages.
    pub pages: Vec<Page>,
    /// The structure that the marks belong to.
    pub tags: Tags,
    /// The headings and where they stand.
    pub outline: Vec<PlacedEntry>,
    /// The fonts.
    pub faces: Faces,
    /// Characters that no font has.
    pub missing: BTreeSet<Wanted>,
    /// Whether there was more to set than a column takes, so that the rest is missing.
    pub overfull: bool,
}

/// A page: marks in reading order.
#[derive(Debug, Default)]
pub struct Page {
    /// What is on it.
    pub marks: Vec<Mark>,
}

/// A heading in its place.
#[derive(Debug, Clone)]
pub struct PlacedEntry {
    /// The heading.
    pub entry: Entry,
    /// Its page, from 0.
    pub page: usize,
    /// Its top.
    pub y: f32,
}

/// What glyphs belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The document.
    Tag(TagId),
    /// The running line above.
    Header,
    /// The running line below.
    Footer,
    /// Nothing that is read out: the repeated head of a table.
    Decoration,
}

/// Something on a page.
#[derive(Debug, Clone)]
pub enum Mark {
    /// Glyphs on a baseline.
    Glyphs {
        /// The glyphs.
        run: GlyphRun,
        /// Where the first one starts.
        x: f32,
        /// The baseline.
        y: f32,
        /// What it belongs to.
        owner: Owner,
    },
    /// Something else.
    Shape {
        /// What.
        shape: Shape,
        /// What it belongs to.
        owner: Owner,
    },
}

/// Sets a document.
pub fn layout(document: &Document, style: &Style, duplex: Option<Duplex>, fonts: &[Found]) -> Layout {
    let mut setting = setting(document, style, fonts);
    let size = style.paper.size();
    let margins = style.margins;
    let area = Area { x: 0.0, width: size.0 - margins.inside - margins.outside, tag: Tags::ROOT };
    let frame = Frame { height: size.1 - margins.top - margins.bottom, grid: style.sizes.leading / GRID };
    let mut flow = Flow::new(&mut setting, style, frame);
    flow.pictures = Some(&document.pictures);
    if document.blocks.iter().any(|block| matches!(block, Block::Contents)) {
        flow.contents_lines = sections(document).div_ceil(contents::COLUMNS);
    }
    flow.highest_number = highest_number(&document.blocks);
    flow.document(&document.blocks, area);
    if flow.pieces.len() >= flow::PIECES {
        // Nobody looks at its pages, and they take more space than everything else.
        let tags = flow.tags;
        let (faces, missing) = (setting.faces, setting.missing);
        return Layout { size, pages: Vec::new(), tags, outline: Vec::new(), faces, missing, overfull: true };
    }
    let mut columns = paginate(&flow.pieces, frame);
    // What fits on page one as a whole stands there.
    if columns.len() == 2 && frame.bottom(0.0, &flow.pieces) <= frame.height {
        flow.pieces.iter_mut().for_each(|piece| piece.page_break = false);
        columns = paginate(&flow.pieces, frame);
    }
    if let Some((at, first)) = flow.contents_at.filter(|_| columns.len() > PAGES_WITHOUT_CONTENTS) {
        let contents = contents::contents(&mut flow, &document.contents, at, first, area);
        flow.pieces.insert(at, contents);
        columns = paginate(&flow.pieces, frame);
    }
    let small = flow.small();
    let Flow { tags, pieces, outline, .. } = flow;
    let outline = place_entries(&columns, &pieces, outline, margins.top);
    let mirrored = duplex == Some(Duplex::LongEdge);
    let running = Some(document);
    let mut composer = Composer { setting: &mut setting, style, small, outline: &outline, running, size, mirrored };
    let pages = composer.pages(&columns, pieces);
    Layout { size, pages, tags, outline, faces: setting.faces, missing: setting.missing, overfull: false }
}

/// `2 / 8`, in the words of the document; `number` counts from 0.
fn folio(words: &str, number: usize, of: usize) -> String {
    fill(words, &[("page", &(number + 1).to_string()), ("pages", &of.to_string())])
}

fn setting(document: &Document, style: &Style, fonts: &[Found]) -> Setting {
    Setting {
        faces: Faces::new(fonts, &document.language),
        hyphenation: hyphenation(&document.language),
        link_color: style.colors.accent,
        accent_color: style.colors.accent,
        soft_color: style.colors.soft,
        right_to_left: document.right_to_left(),
        missing: BTreeSet::new(),
    }
}

fn sections(document: &Document) -> usize {
    let section = |block: &&Block| matches!(block, Block::Heading { level: Level::Section, .. });
    document.blocks.iter().filter(section).count()
}

fn highest_number(blocks: &[Block]) -> usize {
    let number = |block: &Block| match block {
        Block::Question { number, .. } => number.unwrap_or(0),
        Block::Glance(cells) => cells.iter().map(|cell| highest_number(&cell.items)).max().unwrap_or(0),
        _ => 0,
    };
    blocks.iter().map(number).max().unwrap_or(0)
}

fn hyphenation(language: &str) -> Option<hypher::Lang> {
    let code: [u8; 2] = language.as_bytes().get(..2)?.try_into().ok()?;
    hypher::Lang::from_iso(code.map(|byte| byte.to_ascii_lowercase()))
}

fn place_entries(columns: &[Column], pieces: &[Piece], outline: Vec<Entry>, top: f32) -> Vec<PlacedEntry> {
    let mut placed: Vec<PlacedEntry> =
        outline.into_iter().map(|entry| PlacedEntry { entry, page: 0, y: 0.0 }).collect();
    for (page, column) in columns.iter().enumerate() {
        for place in column {
            let entry = place.index.and_then(|index| pieces.get(index)).and_then(|piece| piece.entry);
            if let Some(slot) = entry.and_then(|entry| placed.get_mut(entry)) {
                (slot.page, slot.y) = (page, top + place.y);
            }
        }
    }
    placed
}

/// Turns columns into pages. A document from right to left is composed like all others, and everything
/// then changes sides: columns of tables, markers of lists, days of a week, margins, bars.
struct Composer<'a> {
    setting: &'a mut Setting,
    style: &'a Style,
    small: TextStyle,
    outline: &'a [PlacedEntry],
    /// What the running lines say; cards have none.
    running: Option<&'a Document>,
    size: (f32, f32),
    /// Whether the inner margin changes sides with every page.
    mirrored: bool,
}

impl Composer<'_> {
    /// Each piece stands in one place, and what is drawn in it goes there.
    fn pages(&mut self, columns: &[Column], mut pieces: Vec<Piece>) -> Vec<Page> {
        (0..columns.len())
            .zip(columns)
            .map(|(number, column)| {
                let mut page = Page::default();
                self.running_lines(&mut page, number, columns.len());
                for placed in column {
                    self.piece(&mut page, placed, &mut pieces, number);
                }
                page
            })
            .collect()
    }

    /// The left edge of the text of a page.
    fn left(&self, page: usize) -> f32 {
        let margins = self.style.margins;
        if self.mirrored && page % 2 == 1 { margins.outside } else { margins.inside }
    }

    /// The left edge of something as wide as this that was placed at `x`.
    fn side(&self, x: f32, width: f32) -> f32 {
        if self.setting.right_to_left { self.size.0 - x - width } else { x }
    }

    fn running_lines(&mut self, page: &mut Page, number: usize, pages: usize) {
        let Some(document) = self.running else { return };
        let margins = self.style.margins;
        let left = self.left(number);
        let right = left + self.size.0 - margins.inside - margins.outside;
        if number > 0 {
            let section = self.running_section(number);
            let y = margins.top - HEADER_ABOVE;
            self.running(page, [&document.header, &section], (left, right), y, Owner::Header);
        }
        let folio = folio(&document.folio, number, pages);
        let y = self.size.1 - margins.bottom + FOOTER_BELOW;
        self.running(page, [&document.footer, &folio], (left, right), y, Owner::Footer);
    }

    /// The section at the top of the page: the one that goes on over it, or starts there.
    fn running_section(&self, page: usize) -> String {
        let top = self.style.margins.top;
        let sections = || self.outline.iter().filter(|placed| placed.entry.level == Level::Section);
        let at_top =
            sections().take_while(|placed| placed.page < page || (placed.page == page && placed.y <= top)).last();
        at_top.or_else(|| sections().next()).map_or(String::new(), |placed| placed.entry.text.clone())
    }

    /// A running line: one text on the left, one flush right.
    fn running(&mut self, page: &mut Page, texts: [&str; 2], (left, right): (f32, f32), y: f32, owner: Owner) {
        let set = |setting: &mut Setting, text: &str| paragraph::verbatim(setting, &[Run::plain(text)], &self.small);
        let [mut first, second] = texts.map(|text| set(self.setting, text));
        let mut words: Vec<&str> = texts[0].split_whitespace().collect();
        while first.width + second.width + RUNNING_GAP > right - left && words.pop().is_some() {
            first = set(self.setting, &format!("{} …", words.join(" ")));
        }
        let x = right - second.width;
        self.line(page, first, left, y, owner);
        self.line(page, second, x, y, owner);
    }

    fn piece(&mut self, page: &mut Page, placed: &Placed, pieces: &mut [Piece], number: usize) {
        let (draws, height) = match &placed.again {
            Some(piece) => (piece.draws.clone(), piece.height),
            None => match placed.index.and_then(|index| pieces.get_mut(index)) {
                Some(piece) => (std::mem::take(&mut piece.draws), piece.height),
                None => return,
            },
        };
        let (left, top) = (self.left(number), self.style.margins.top + placed.y);
        for draw in draws {
            match draw {
                Draw::Line { line, x, y, tag } => {
                    self.line(page, line, left + x, top + y, tag.map_or(Owner::Decoration, Owner::Tag));
                }
                Draw::Shape { shape, tag } => {
                    self.shape(page, shape.moved(left, top), tag.map_or(Owner::Decoration, Owner::Tag));
                }
                Draw::Band(band) => {
                    let shape = band.shape(height, placed.before);
                    self.shape(page, shape.moved(left, top), Owner::Decoration);
                }
                Draw::PageNumber { entry, right, y, tag } => {
                    self.page_number(page, entry, left + right, top + y, tag);
                }
            }
        }
    }

    fn page_number(&mut self, page: &mut Page, entry: usize, right: f32, y: f32, tag: TagId) {
        let Some(placed) = self.outline.get(entry) else { return };
        let number = (placed.page + 1).to_string();
        // The space keeps the number from being glued to the heading when the text is copied.
        let run = Run { text: format!(" {number}"), link: Some(format!("#{entry}")), ..Run::default() };
        let color = std::mem::replace(&mut self.setting.link_color, self.small.color);
        let line = paragraph::verbatim(self.setting, &[run], &self.small);
        self.setting.link_color = color;
        let x = right - line.width;
        self.line(page, line, x, y, Owner::Tag(tag));
    }

    fn shape(&self, page: &mut Page, shape: Shape, owner: Owner) {
        let shape = Shape { x: self.side(shape.x, shape.width), ..shape };
        page.marks.push(Mark::Shape { shape, owner });
    }

    fn line(&self, page: &mut Page, line: Line, x: f32, y: f32, owner: Owner) {
        let left = self.side(x + line.indent, line.width);
        for run in line.runs {
            page.marks.push(Mark::Glyphs { x: left + run.x, y, run, owner });
        }
    }
}
