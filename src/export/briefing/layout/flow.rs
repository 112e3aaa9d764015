//! Blocks into pieces, one column wide.

use super::heading::{self, Hanging};
use super::linebreak::Fill;
use super::pages::Frame;
use super::paragraph::{self, Family, Line, Setting, TextStyle};
use super::piece::{Band, Draw, Piece};
use super::question::{self, Question};
use super::tags::{Role, TagId, Tags};
use super::{calendar, chart, code, figure, glance, list, opening, table};
use crate::export::briefing::document::{Block, Level, Note, PictureSize, Run};
use crate::theme::{Bullets, Color, Lines, Style};
use std::collections::BTreeMap;

/// White, on coloured boxes.
pub const WHITE: Color = Color(255, 255, 255);
/// Space between paragraphs, items and blocks, in parts of the leading.
pub const PARAGRAPH: f32 = 0.5;
/// Space between items, in the same parts.
pub const ITEM: f32 = 0.25;
/// The page that can be torn off is set this much smaller, but never smaller than the least.
const COMPACT: f32 = 0.88;
const SMALLEST: f32 = 8.5;
/// Below the rule of a section.
pub const UNDER_RULE: f32 = 7.0;
/// Boxes to tick.
pub const BOX: f32 = 7.0;
/// From one ruled line to the next: comfortable for handwriting.
pub const RULED: f32 = 21.0;

/// A heading, for the outline and the table of contents.
#[derive(Debug, Clone)]
pub struct Entry {
    /// How high it stands.
    pub level: Level,
    /// Its words.
    pub text: String,
    /// Its node in the structure.
    pub tag: TagId,
}

/// The column a block is set in.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// Its left edge.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// What its content belongs to.
    pub tag: TagId,
}

impl Area {
    /// Further in by some points, for what belongs to another node.
    pub fn indented(self, by: f32, tag: TagId) -> Self {
        Self { x: self.x + by, width: self.width - by, tag }
    }
}

/// A column with so many lines and rows, about a thousand pages, takes no more.
pub const PIECES: usize = 50_000;

/// Pieces in the making.
pub struct Flow<'a> {
    /// Fonts and hyphenation.
    pub setting: &'a mut Setting,
    /// Sizes and colours.
    pub style: &'a Style,
    /// The structure.
    pub tags: Tags,
    /// What has been set so far.
    pub pieces: Vec<Piece>,
    /// The headings.
    pub outline: Vec<Entry>,
    /// Before which piece the table of contents belongs, and the first heading it names.
    pub contents_at: Option<(usize, usize)>,
    /// A page's column.
    pub frame: Frame,
    /// Lines that the table of contents will take.
    pub contents_lines: usize,
    /// Smaller and tighter, for the page that can be torn off.
    pub compact: bool,
    /// Where the first piece of a section stands, below the rule of its heading.
    pub section_end: Option<usize>,
    /// Inside lists: their lines are short and end where they end.
    pub ragged: bool,
    /// The highest number of a question.
    pub highest_number: usize,
    /// The list that the next question goes on with.
    pub questions: Option<TagId>,
    /// The heading beside the text that is being set.
    pub hanging: Option<Hanging>,
    page_break: bool,
    /// The pictures that can be shown; none where there is no room for pictures.
    pub pictures: Option<&'a BTreeMap<String, PictureSize>>,
}

impl<'a> Flow<'a> {
    /// An empty column.
    pub fn new(setting: &'a mut Setting, style: &'a Style, frame: Frame) -> Self {
        Self {
            setting,
            style,
            tags: Tags::default(),
            pieces: Vec::new(),
            outline: Vec::new(),
            contents_at: None,
            frame,
            contents_lines: 0,
            compact: false,
            section_end: None,
            ragged: false,
            highest_number: 0,
            questions: None,
            hanging: None,
            page_break: false,
            pictures: None,
        }
    }

    /// Running text.
    pub fn body(&self) -> TextStyle {
        let sizes = &self.style.sizes;
        let scale = if self.compact { COMPACT.max(SMALLEST / sizes.body) } else { 1.0 };
        TextStyle {
            family: self.style.look.text.into(),
            size: sizes.body * scale,
            leading: sizes.leading * if self.compact { scale * 0.94 } else { scale },
            strong: false,
            color: self.style.colors.ink,
            fill: if self.compact || self.ragged || self.style.look.lines == Lines::Ragged {
                Fill::Ragged
            } else {
                Fill::Justified
            },
            tracking: 0.0,
        }
    }

    /// A space between blocks, in parts of the leading.
    pub fn gap(&self, parts: f32) -> f32 {
        self.style.sizes.leading * if self.compact { parts * 0.35 } else { parts }
    }

    /// Labels, marks, headers.
    pub fn small(&self) -> TextStyle {
        let size = self.style.sizes.small;
        TextStyle {
            family: Family::Sans,
            size,
            leading: size * 1.45,
            color: self.style.colors.soft,
            fill: Fill::Ragged,
            ..self.body()
        }
    }

    /// The title and headings.
    pub fn head(&self, size: f32, strong: bool, color: Color) -> TextStyle {
        TextStyle { family: self.style.look.headings.into(), fill: Fill::Balanced, ..sans(size, strong, color) }
    }

    /// The style in the largest of some sizes, as parts of its own, in which a text takes no more than some
    /// lines without a word being broken; the smallest where there is none.
    pub fn largest(&mut self, text: &[Run], style: TextStyle, sizes: &[f32], lines: usize, width: f32) -> TextStyle {
        let scaled = |size: &f32| TextStyle { size: style.size * size, leading: style.leading * size, ..style };
        let fits = |style: &TextStyle| {
            paragraph::longest_word(self.setting, text, style) <= width
                && paragraph::set(self.setting, text, style, width).len() <= lines
        };
        sizes.iter().map(scaled).find(fits).or_else(|| sizes.last().map(scaled)).unwrap_or(style)
    }

    /// Labels in capitals: a little apart from each other.
    pub fn capitals(&self) -> TextStyle {
        const TRACKING: f32 = 0.05;
        TextStyle { strong: true, tracking: self.style.sizes.small * TRACKING, ..self.small() }
    }

    /// Sets a document: page one and calendars as wide as the page, all else in the column of text.
    pub fn document(&mut self, blocks: &[Block], page: Area) {
        let side = self.style.look.side;
        let column = page.indented(side, page.tag);
        for (index, block) in blocks.iter().enumerate() {
            let next = blocks.get(index + 1);
            // The last of some topics to tick does not stand alone on a page.
            let is_ticks = |block: Option<&Block>| matches!(block, Some(Block::Ticks { .. }));
            let before = index.checked_sub(1).and_then(|before| blocks.get(before));
            if is_ticks(before) && is_ticks(Some(block)) && !is_ticks(next) {
                self.keep_last();
            }
            match block {
                Block::Heading { level: Level::Section, text, note } if side > 0.0 => {
                    heading::close(self);
                    match next {
                        Some(Block::Glance(_)) => self.next(block, page),
                        _ => heading::hang(self, text, note.as_ref(), page),
                    }
                }
                Block::Title { .. }
                | Block::Banner { .. }
                | Block::Glance(_)
                | Block::Contents
                | Block::PageBreak
                | Block::Weeks(_) => {
                    heading::close(self);
                    self.next(block, page);
                }
                Block::Facts(_) if self.outline.is_empty() => self.next(block, page),
                _ => self.next(block, column),
            }
        }
        heading::close(self);
    }

    /// Sets all blocks in one column.
    pub fn blocks(&mut self, blocks: &[Block], area: Area) {
        for block in blocks {
            self.next(block, area);
        }
    }

    fn next(&mut self, block: &Block, area: Area) {
        if !matches!(block, Block::Question { .. }) {
            self.questions = None;
        }
        self.block(block, area);
    }

    fn block(&mut self, block: &Block, area: Area) {
        let gap = self.gap(PARAGRAPH);
        match block {
            Block::Title { kicker, title, subtitle } => opening::title(self, kicker, title, subtitle, area),
            Block::Banner { texts, later, facts } => opening::banner(self, texts, later, facts, area),
            Block::Facts(facts) => list::facts(self, facts, area),
            Block::Labelled(parts) => list::labelled(self, parts, area),
            Block::Heading { level, text, note } => heading::heading(self, *level, text, note.as_ref(), area),
            Block::Paragraph(text) => self.paragraph(text, &self.body(), gap, area),
            Block::Note(text) => self.paragraph(text, &self.small(), gap, area),
            Block::List(items) => {
                self.keep_last();
                list::list(self, items, area);
            }
            Block::Figure { path, alt, caption } => figure::figure(self, path, alt, caption, area),
            Block::Code { language, text } => {
                self.keep_last();
                code::code(self, language, text, area);
            }
            Block::Aside(blocks) => self.aside(blocks, area),
            Block::Table(table) => {
                self.keep_last();
                table::table(self, table, area);
            }
            Block::Question { number, text, priority, confidence, body } => {
                let confidence = confidence.as_ref().map(|(level, words)| (*level, words.as_str()));
                let question = Question { number: *number, text, priority: priority.as_ref(), confidence, body };
                question::question(self, &question, area);
            }
            Block::Glance(cells) => glance::glance(self, cells, area),
            Block::Ticks { name, items } => list::ticks(self, name, items, area),
            Block::Weeks(weeks) => calendar::weeks(self, weeks, area),
            Block::Bars(bars) => chart::bars(self, bars, area),
            Block::Lines(count) => self.ruled_lines(*count, area),
            Block::Rule => self.rule(area),
            Block::Contents => self.contents_at = Some((self.pieces.len(), self.outline.len())),
            Block::PageBreak => self.page_break = true,
        }
    }

    /// The pieces that something sets, apart from the column in the making.
    pub fn aside_from(&mut self, set: impl FnOnce(&mut Self)) -> Vec<Piece> {
        let so_far = (std::mem::take(&mut self.pieces), self.section_end.take());
        set(self);
        self.section_end = so_far.1;
        std::mem::replace(&mut self.pieces, so_far.0)
    }

    /// Adds a piece; every piece goes through here.
    pub fn push(&mut self, mut piece: Piece) {
        if self.pieces.len() >= PIECES {
            return;
        }
        piece.page_break |= std::mem::take(&mut self.page_break);
        self.pieces.push(piece);
    }

    /// Sets a paragraph of its own.
    pub fn paragraph(&mut self, text: &[Run], style: &TextStyle, before: f32, area: Area) {
        let tag = self.tags.add(Role::P, area.tag);
        self.text(text, style, before, Area { tag, ..area });
    }

    /// Sets a text as lines, no widows and no orphans: the first two and the last two lines of a
    /// paragraph stay together.
    pub fn text(&mut self, text: &[Run], style: &TextStyle, before: f32, area: Area) {
        let lines = paragraph::set(self.setting, text, style, area.width);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let draw = Draw::Line { line, x: area.x, y: baseline(style), tag: Some(area.tag) };
            self.push(Piece {
                before: if index == 0 { before } else { 0.0 },
                height: style.leading,
                keep: count > 1 && (index == 0 || index + 2 == count),
                draws: vec![draw],
                ..Piece::default()
            });
        }
    }

    /// All that has been set since `start` stays on the page of what follows.
    pub fn keep_from(&mut self, start: usize) {
        self.pieces.iter_mut().skip(start).for_each(|piece| piece.keep = true);
    }

    /// All that has been set since `start` stays on one page.
    pub fn keep_between(&mut self, start: usize) {
        let last = self.pieces.len().saturating_sub(1);
        self.pieces.iter_mut().take(last).skip(start).for_each(|piece| piece.keep = true);
    }

    /// All that has been set since `start` would rather stay on one page, unless it takes more than this part of
    /// one.
    pub fn wish_from(&mut self, start: usize, most: f32) {
        let last = self.pieces.len().saturating_sub(1);
        let pieces = self.pieces.get_mut(start..).unwrap_or_default();
        if pieces.iter().map(|piece| piece.before + piece.height).sum::<f32>() <= self.frame.height * most {
            pieces.iter_mut().take(last.saturating_sub(start)).for_each(|piece| piece.wish = true);
        }
    }

    /// The line that leads to a list, a table or code stays with it.
    pub fn keep_last(&mut self) {
        let last = self.pieces.len().saturating_sub(1);
        self.keep_from(last);
    }

    /// Puts lines beside the pieces set since `start`, first in reading order.
    pub fn beside(&mut self, start: usize, lines: Vec<Line>, style: &TextStyle, down: f32, x: f32, tag: TagId) {
        for (index, line) in lines.into_iter().enumerate() {
            let draw = Draw::Line { line, x, y: baseline(style) + down, tag: Some(tag) };
            match self.pieces.get_mut(start + index) {
                Some(piece) => piece.draws.insert(0, draw),
                None => self.push(Piece { height: style.leading, draws: vec![draw], ..Piece::default() }),
            }
        }
    }

    /// A remark flush right on a baseline. The dots of a scale are decoration beside what they mean.
    pub fn note(&mut self, note: &Note, y: f32, area: Area) -> Vec<Draw> {
        let style = self.small();
        let right = area.x + area.width;
        match note {
            Note::Words(words) => {
                let line = paragraph::verbatim(self.setting, words, &style);
                let tag = self.tags.add(Role::P, area.tag);
                vec![Draw::Line { x: right - line.width, line, y, tag: Some(tag) }]
            }
            Note::Scale(level, words) => {
                let line = paragraph::verbatim(self.setting, &[Run::plain(words.clone())], &style);
                let x = right - line.width;
                let mut draws = question::dots(self, *level, x - 4.0, y - 2.6, None);
                let tag = self.tags.add(Role::P, area.tag);
                draws.push(Draw::Line { line, x, y, tag: Some(tag) });
                draws
            }
        }
    }

    /// Blocks with a rule at their side.
    fn aside(&mut self, blocks: &[Block], area: Area) {
        const INDENT: f32 = 11.0;
        const WIDTH: f32 = 1.6;
        let tag = self.tags.add(Role::BlockQuote, area.tag);
        let start = self.pieces.len();
        self.blocks(blocks, area.indented(INDENT, tag));
        let color = self.style.colors.accent;
        for (index, piece) in self.pieces.iter_mut().skip(start).enumerate() {
            piece.underlay(&Draw::Band(Band { x: area.x, width: WIDTH, color, joined: index > 0 }));
        }
        // Its last line does not stand alone on a page.
        let end = self.pieces.len();
        if let Some(piece) = end.checked_sub(2).filter(|at| *at >= start).and_then(|at| self.pieces.get_mut(at)) {
            piece.keep = true;
        }
    }

    fn ruled_lines(&mut self, count: usize, area: Area) {
        let color = self.style.colors.hair;
        for index in 0..count {
            let rule = Draw::rule(area, RULED - 0.5, 0.5, color);
            let keep = index + 1 < count;
            let before = if index == 0 { self.gap(ITEM) } else { 0.0 };
            self.push(Piece { before, height: RULED, keep, ruled: true, draws: vec![rule], ..Piece::default() });
        }
    }

    fn rule(&mut self, area: Area) {
        let (width, color) = (area.width * 0.2, self.style.colors.hair);
        let x = area.x + (area.width - width) / 2.0;
        let draws = vec![Draw::filled([x, 5.0, width, 0.6], color)];
        self.push(Piece { before: 4.0, height: 10.0, draws, ..Piece::default() });
    }
}

/// What stands before an item of a list.
pub fn bullet(bullets: Bullets) -> &'static str {
    match bullets {
        Bullets::Dash => "–",
        Bullets::Dot => "•",
    }
}

/// Sans serif, for structure.
pub fn sans(size: f32, strong: bool, color: Color) -> TextStyle {
    TextStyle { family: Family::Sans, size, leading: size * 1.3, strong, color, fill: Fill::Ragged, tracking: 0.0 }
}

/// A small number as a length.
#[allow(clippy::cast_precision_loss, reason = "far below 2^24")]
pub fn count(n: usize) -> f32 {
    n as f32
}

/// Where the letters stand in a line of this style, from its top.
pub fn baseline(style: &TextStyle) -> f32 {
    (style.leading - style.size) / 2.0 + style.size * 0.8
}
