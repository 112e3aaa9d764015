//! Blocks into pieces, one column wide.

use super::heading::{self, Hanging};
use super::linebreak::Fill;
use super::pages::Frame;
use super::paragraph::{self, Family, Line, Setting, TextStyle};
use super::piece::{Draw, Piece, stacked};
use super::tags::{Numbering, Role, TagId, Tags};
use super::{calendar, figure, glance, opening, table};
use crate::export::briefing::document::{Bar, Block, Item, Level, Marker, Note, PictureSize, Run};
use crate::markup::code;
use crate::theme::{Bullets, Color, Lines, Numbers, Style};
use std::collections::BTreeMap;
use std::rc::Rc;

/// White, on coloured boxes.
pub const WHITE: Color = Color(255, 255, 255);
/// A story up to this part of a page would rather not be broken.
const SHORT: f32 = 0.35;
/// Space between paragraphs, items and blocks, in parts of the leading.
pub const PARAGRAPH: f32 = 0.5;
const ITEM: f32 = 0.25;
/// The page that can be torn off is set this much smaller, but never smaller than the least.
const COMPACT: f32 = 0.88;
const SMALLEST: f32 = 8.5;
/// How far lists and questions are indented.
const LIST_INDENT: f32 = 14.0;
/// What labels beside texts take at least.
const LABELS: f32 = 62.0;
/// Below the rule of a section.
const UNDER_RULE: f32 = 7.0;
/// From a number in the column beside the text to that text.
const HANGING_NUMBER: f32 = 8.0;
/// The table of contents.
pub const CONTENTS_COLUMNS: usize = 3;
const CONTENTS_GUTTER: f32 = 24.0;
/// What the dots of a scale take.
const DOTS: f32 = 30.0;
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

/// A question as it is set.
pub struct Question<'b> {
    /// Counted through the briefing.
    pub number: Option<usize>,
    /// The question.
    pub text: &'b [Run],
    /// A word about its priority.
    pub priority: Option<&'b Run>,
    /// Dots, and how to say them.
    pub confidence: Option<(u8, &'b str)>,
    /// What belongs to it.
    pub body: &'b [Block],
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
    fn indented(self, by: f32, tag: TagId) -> Self {
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
    questions: Option<TagId>,
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
            Block::Facts(facts) => self.facts(facts, area),
            Block::Labelled(parts) => self.labelled(parts, area),
            Block::Heading { level, text, note } => heading::heading(self, *level, text, note.as_ref(), area),
            Block::Paragraph(text) => self.paragraph(text, &self.body(), gap, area),
            Block::Note(text) => self.paragraph(text, &self.small(), gap, area),
            Block::List(items) => {
                self.keep_last();
                self.list(items, area);
            }
            Block::Figure { path, alt, caption } => figure::figure(self, path, alt, caption, area),
            Block::Code { language, text } => {
                self.keep_last();
                self.code(language, text, area);
            }
            Block::Aside(blocks) => self.aside(blocks, area),
            Block::Table(table) => {
                self.keep_last();
                table::table(self, table, area);
            }
            Block::Question { number, text, priority, confidence, body } => {
                let confidence = confidence.as_ref().map(|(level, words)| (*level, words.as_str()));
                let question = Question { number: *number, text, priority: priority.as_ref(), confidence, body };
                self.question(&question, area);
            }
            Block::Glance(cells) => glance::glance(self, cells, area),
            Block::Ticks { name, items } => self.ticks(name, items, area),
            Block::Weeks(weeks) => calendar::weeks(self, weeks, area),
            Block::Bars(bars) => self.bars(bars, area),
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

    fn facts(&mut self, facts: &[(Vec<Run>, Vec<Run>)], area: Area) {
        let start = self.pieces.len();
        self.fact_list(facts, &TextStyle { fill: Fill::Ragged, ..self.body() }, area);
        if let Some(piece) = self.pieces.get_mut(start) {
            piece.before = UNDER_RULE;
        }
    }

    /// Labels and texts in two columns.
    pub fn fact_list(&mut self, facts: &[(Vec<Run>, Vec<Run>)], style: &TextStyle, area: Area) {
        let smaller = if style.family == Family::Sans { 1.0 } else { 0.85 };
        let labels = sans(style.size * smaller, false, self.style.colors.soft);
        let widest =
            facts.iter().map(|(label, _)| paragraph::natural_width(self.setting, label, &labels)).fold(0.0, f32::max);
        // Lists below each other align.
        let least = if style.family == Family::Sans { 0.0 } else { LABELS };
        let indent = (widest + 9.0).max(least).min(area.width * 0.35);
        let list = self.tags.add(Role::L(Numbering::None), area.tag);
        for (label, text) in facts {
            let item = self.tags.add(Role::LI, list);
            let (lbl, body) = (self.tags.add(Role::Lbl, item), self.tags.add(Role::LBody, item));
            let start = self.pieces.len();
            self.text(text, style, 1.5, area.indented(indent, body));
            let lines = paragraph::set(self.setting, label, &labels, indent - 6.0);
            self.beside(start, lines, &labels, baseline(style) - baseline(&labels), area.x, lbl);
        }
    }

    /// Parts of something, each with its label beside it.
    fn labelled(&mut self, parts: &[(Vec<Run>, Vec<Block>)], area: Area) {
        let body = self.body();
        let labels = sans(body.size * 0.85, false, self.style.colors.soft);
        let widest =
            parts.iter().map(|(label, _)| paragraph::natural_width(self.setting, label, &labels)).fold(0.0, f32::max);
        let indent = (widest + 9.0).max(LABELS).min(area.width * 0.35);
        let list = self.tags.add(Role::L(Numbering::None), area.tag);
        let down = baseline(&body) - baseline(&labels);
        let first = self.pieces.len();
        for (label, blocks) in parts {
            let item = self.tags.add(Role::LI, list);
            let (lbl, content) = (self.tags.add(Role::Lbl, item), self.tags.add(Role::LBody, item));
            let start = self.pieces.len();
            self.blocks(blocks, area.indented(indent, content));
            let gap = self.gap(ITEM);
            if let Some(piece) = self.pieces.get_mut(start) {
                piece.before = if self.section_end == Some(start) { UNDER_RULE } else { gap };
            }
            let lines = paragraph::set(self.setting, label, &labels, indent - 6.0);
            self.beside(start, lines, &labels, down, area.x, lbl);
        }
        self.wish_from(first, SHORT);
    }

    /// Puts lines beside the pieces set since `start`, first in reading order.
    fn beside(&mut self, start: usize, lines: Vec<Line>, style: &TextStyle, down: f32, x: f32, tag: TagId) {
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
                let mut draws = self.dots(*level, x - 4.0, y - 2.6, None);
                let tag = self.tags.add(Role::P, area.tag);
                draws.push(Draw::Line { line, x, y, tag: Some(tag) });
                draws
            }
        }
    }

    fn list(&mut self, items: &[Item], area: Area) {
        let numbering = match items.first().map(|item| &item.marker) {
            Some(Marker::Number(_)) => Numbering::Decimal,
            Some(Marker::Bullet) => Numbering::Disc,
            Some(Marker::Checkbox) | None => Numbering::None,
        };
        let list = self.tags.add(Role::L(numbering), area.tag);
        let indent = self.marker_width(items);
        let gap = self.gap(ITEM);
        let outside = std::mem::replace(&mut self.ragged, true);
        for (index, item) in items.iter().enumerate() {
            let node = self.tags.add(Role::LI, list);
            let label = self.tags.add(Role::Lbl, node);
            let body = self.tags.add(Role::LBody, node);
            let start = self.pieces.len();
            self.blocks(&item.blocks, area.indented(indent, body));
            if self.pieces.len() == start {
                self.push(Piece { before: gap, height: self.style.sizes.leading, ..Piece::default() });
            }
            self.marker(&item.marker, start, area, label);
            if let Some(piece) = self.pieces.get_mut(start) {
                piece.before = if self.section_end == Some(start) { UNDER_RULE } else { piece.before.min(gap) };
            }
            // Neither the first nor the last item stands alone on a page.
            if items.len() > 1 && (index == 0 || index + 2 == items.len()) {
                self.keep_last();
            }
        }
        self.ragged = outside;
    }

    fn marker_width(&mut self, items: &[Item]) -> f32 {
        let style = self.body();
        let numbers = items.iter().filter_map(|item| match &item.marker {
            Marker::Number(number) => Some(vec![Run::plain(number.clone())]),
            Marker::Bullet | Marker::Checkbox => None,
        });
        let numbers: Vec<Vec<Run>> = numbers.collect();
        let widest =
            numbers.iter().map(|number| paragraph::natural_width(self.setting, number, &style)).fold(0.0, f32::max);
        LIST_INDENT.max(widest + 6.0)
    }

    fn marker(&mut self, marker: &Marker, start: usize, area: Area, tag: TagId) {
        let body = self.body();
        let style = TextStyle { color: self.style.colors.accent, fill: Fill::Ragged, ..body };
        let text = match marker {
            Marker::Bullet => bullet(self.style.look.bullets).to_owned(),
            Marker::Number(number) => number.clone(),
            Marker::Checkbox => {
                let color = self.style.colors.soft;
                if let Some(piece) = self.pieces.get_mut(start) {
                    piece.draws.insert(
                        0,
                        Draw::Frame { x: area.x + 0.5, y: baseline(&body) - 7.0, width: BOX, height: BOX, color },
                    );
                }
                return;
            }
        };
        let lines = paragraph::set(self.setting, &[Run::plain(text)], &style, area.width);
        self.beside(start, lines.into_iter().take(1).collect(), &style, 0.0, area.x, tag);
    }

    /// Code as it was typed; a line too long for the column goes on below behind a mark.
    fn code(&mut self, language: &str, text: &str, area: Area) {
        const PADDING: f32 = 8.0;
        // Shorter code would rather not be broken; of longer code, no fewer lines stand alone.
        const SHORT: usize = 12;
        const TOGETHER: usize = 3;
        let size = self.style.sizes.code;
        let style = TextStyle { family: Family::Mono, size, leading: size * 1.45, fill: Fill::Ragged, ..self.body() };
        let tag = self.tags.add(Role::P, area.tag);
        let code = self.tags.add(Role::Code, tag);
        let band = |joined| Draw::Band { x: area.x, width: area.width, color: self.style.colors.tint, joined };
        let edge = Piece { height: PADDING, draws: vec![band(true)], ..Piece::default() };
        let mut pieces = vec![Piece { before: 6.0, keep: true, draws: vec![band(false)], ..edge.clone() }];
        let again = Some(Rc::new(edge.clone()));
        let lines = highlighted(language, text);
        let count = lines.len();
        for (index, line) in lines.iter().enumerate() {
            for part in code_lines(self.setting, line, &style, area.width - 2.0 * PADDING) {
                let draw = Draw::Line { line: part, x: area.x + PADDING, y: baseline(&style), tag: Some(code) };
                let keep = index + 1 < TOGETHER || index + TOGETHER >= count;
                pieces.push(Piece {
                    height: style.leading,
                    keep,
                    wish: count <= SHORT,
                    draws: vec![band(true), draw],
                    repeat: again.clone(),
                    close: again.clone(),
                    ..Piece::default()
                });
            }
        }
        // The last line has its own edge below it.
        if let Some(last) = pieces.last_mut() {
            last.close = None;
        }
        pieces.push(edge);
        for piece in pieces {
            self.push(piece);
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
            piece.underlay(&Draw::Band { x: area.x, width: WIDTH, color, joined: index > 0 });
        }
        // Its last line does not stand alone on a page.
        let end = self.pieces.len();
        if let Some(piece) = end.checked_sub(2).filter(|at| *at >= start).and_then(|at| self.pieces.get_mut(at)) {
            piece.keep = true;
        }
    }

    fn question(&mut self, question: &Question<'_>, area: Area) {
        let list = match self.questions {
            Some(list) => list,
            None => self.tags.add(Role::L(Numbering::Decimal), area.tag),
        };
        let item = self.tags.add(Role::LI, list);
        let (label, content) = (self.tags.add(Role::Lbl, item), self.tags.add(Role::LBody, item));
        let side = self.style.look.side;
        // Not inside of something else: its markers stand there.
        let hangs = !self.compact && side > 0.0 && (area.x - side).abs() < 0.1;
        let style = TextStyle { fill: Fill::Ragged, ..self.body() };
        let number_style = sans(style.size * 0.95, true, self.style.colors.accent);
        let indent = if hangs { 0.0 } else { self.number_indent(&number_style) };
        let inner = area.indented(indent, content);
        let marks = self.marks_width(question);
        let start = self.pieces.len();
        let narrower = Area { width: inner.width - marks, ..inner };
        self.paragraph(question.text, &style, self.gap(0.75), narrower);
        let down = baseline(&style) - baseline(&number_style);
        let number = [Run::plain(self.number(question.number))];
        let line = paragraph::verbatim(self.setting, &number, &number_style);
        let x = if hangs { area.x - HANGING_NUMBER - line.width } else { area.x };
        self.beside(start, vec![line], &number_style, down, x, label);
        let right = area.x + area.width;
        let draws = self.marks(question, right, baseline(&style), content);
        if let Some(piece) = self.pieces.get_mut(start) {
            piece.draws.extend(draws);
        }
        self.keep_from(start);
        for (index, block) in question.body.iter().enumerate() {
            self.blocks(std::slice::from_ref(block), inner);
            // Hints lead to what follows.
            if matches!(block, Block::Note(_)) && index + 1 < question.body.len() {
                self.keep_last();
            }
        }
        self.questions = Some(list);
    }

    /// How far questions are indented: the same for all of a document, whose numbers may be long.
    fn number_indent(&mut self, style: &TextStyle) -> f32 {
        const LEAST: (f32, f32) = (16.0, 22.0);
        const GAP: f32 = 5.0;
        let highest = [Run::plain(self.number(Some(self.highest_number)))];
        let least = if self.compact { LEAST.0 } else { LEAST.1 };
        least.max(paragraph::natural_width(self.setting, &highest, style) + GAP)
    }

    /// The number of a question, or a bullet.
    fn number(&self, number: Option<usize>) -> String {
        match (number, self.style.look.numbers) {
            (None, _) => bullet(self.style.look.bullets).to_owned(),
            (Some(number), Numbers::Plain) => number.to_string(),
            (Some(number), Numbers::Padded) => format!("{number:02}"),
        }
    }

    /// What the marks at the right of a question take, with some air before them.
    fn marks_width(&mut self, question: &Question<'_>) -> f32 {
        let small = TextStyle { strong: true, ..self.small() };
        let words = question
            .priority
            .map_or(0.0, |words| paragraph::natural_width(self.setting, std::slice::from_ref(words), &small) + 6.0);
        let dots = if question.confidence.is_some() { DOTS } else { 0.0 };
        if words + dots > 0.0 { words + dots + 10.0 } else { 0.0 }
    }

    /// The priority in words and the confidence in dots, flush right.
    pub fn marks(&mut self, question: &Question<'_>, right: f32, y: f32, parent: TagId) -> Vec<Draw> {
        let mut draws = Vec::new();
        let mut right = right;
        if let Some((level, words)) = question.confidence {
            let tag = self.tags.add_spoken(Role::Span, parent, words);
            draws.extend(self.dots(level, right, y - 3.0, Some(tag)));
            right -= DOTS + 6.0;
        }
        if let Some(words) = question.priority {
            // The space parts the words from the question when the text is copied.
            let words = Run { text: format!(" {}", words.text), ..words.clone() };
            let line = paragraph::verbatim(self.setting, &[words], &self.small());
            let tag = self.tags.add(Role::P, parent);
            draws.insert(0, Draw::Line { x: right - line.width, line, y: y - 0.8, tag: Some(tag) });
        }
        draws
    }

    /// Five dots, the first ones full; the tag says how they are read out.
    fn dots(&self, level: u8, right: f32, y: f32, tag: Option<TagId>) -> Vec<Draw> {
        const STEP: f32 = 6.0;
        let color = self.style.colors.accent;
        let dot = |dot: u8| Draw::Dot { x: right - 2.6 - STEP * f32::from(5 - dot), y, full: dot <= level, color, tag };
        (1..=5).map(dot).collect()
    }

    /// A topic on the left, boxes to tick on the right, in three columns that are the same for all
    /// topics; what is too long for one takes two or three of them.
    fn ticks(&mut self, name: &[Run], items: &[Vec<Run>], area: Area) {
        const GAP: f32 = 12.0;
        let label_width = area.width * 0.27;
        let style = TextStyle { size: self.style.sizes.body * 0.95, fill: Fill::Ragged, ..self.body() };
        let room = area.width - label_width - GAP;
        let tag = self.tags.add(Role::H3, area.tag);
        let heading = self.head(self.style.sizes.topic * 0.92, true, self.style.colors.ink);
        let names = paragraph::set(self.setting, name, &heading, label_width);
        let list = self.tags.add(Role::L(Numbering::None), area.tag);
        let start = self.pieces.len();
        let grid = Area { x: area.x + label_width + GAP, width: room, tag: list };
        self.tick_rows(items, &style, grid);
        let down = baseline(&style) - baseline(&heading);
        self.beside(start, names, &heading, down, area.x, tag);
        let end = self.pieces.len();
        let color = self.style.colors.hair;
        let first = self.section_end == Some(start);
        if let Some(piece) = self.pieces.get_mut(start) {
            piece.before = if first { UNDER_RULE } else { 7.0 };
            if !first {
                piece.draws.push(Draw::Rect { x: area.x, y: -3.5, width: area.width, height: 0.5, color });
            }
        }
        heading::enter(self, Level::Topic, name, tag, start);
        self.pieces.iter_mut().take(end.saturating_sub(1)).skip(start).for_each(|piece| piece.keep = true);
    }

    fn tick_rows(&mut self, items: &[Vec<Run>], style: &TextStyle, area: Area) {
        const COLUMNS: usize = 3;
        let width = area.width / count(COLUMNS);
        let color = self.style.colors.soft;
        let mut rows: Vec<Piece> = Vec::new();
        let mut column = COLUMNS;
        for item in items {
            let wanted = paragraph::natural_width(self.setting, item, style) + BOX + 10.0;
            let span = (1..COLUMNS).find(|span| wanted <= width * count(*span)).unwrap_or(COLUMNS);
            if column + span > COLUMNS {
                rows.push(Piece { height: style.leading, ..Piece::default() });
                column = 0;
            }
            let node = self.tags.add(Role::LI, area.tag);
            let tag = self.tags.add(Role::LBody, node);
            let x = area.x + width * count(column);
            let lines = paragraph::set(self.setting, item, style, width * count(span) - BOX - 8.0);
            column += span;
            let Some(row) = rows.last_mut() else { continue };
            row.height = row.height.max(style.leading * count(lines.len()));
            row.draws.push(Draw::Frame { x: x + 0.5, y: baseline(style) - BOX, width: BOX, height: BOX, color });
            for (index, line) in lines.into_iter().enumerate() {
                let y = style.leading * count(index) + baseline(style);
                row.draws.push(Draw::Line { line, x: x + BOX + 5.0, y, tag: Some(tag) });
            }
        }
        for row in rows {
            self.push(row);
        }
    }

    /// A chart: names, bars and values; a long one in two columns.
    fn bars(&mut self, bars: &[Bar], area: Area) {
        const LONG: usize = 9;
        const GUTTER: f32 = 24.0;
        const BAR: f32 = 48.0;
        let half = (area.width - GUTTER) / 2.0;
        let (names, values) = self.bar_texts(bars);
        let columns = if bars.len() >= LONG && names + BAR + values <= half { 2 } else { 1 };
        let rows = bars.len().div_ceil(columns);
        let width = (area.width - GUTTER * count(columns - 1)) / count(columns);
        let column = |index: usize| Area { x: area.x + (width + GUTTER) * count(index), width, ..area };
        let columns: Vec<Vec<Piece>> = bars
            .chunks(rows.max(1))
            .enumerate()
            .map(|(index, bars)| self.aside_from(|flow| flow.bar_column(bars, column(index))))
            .collect();
        for row in 0..rows {
            let side_by_side = columns.iter().filter_map(|column| column.get(row));
            let height = side_by_side.clone().map(|piece| piece.height).fold(0.0, f32::max);
            let draws = side_by_side.flat_map(|piece| piece.draws.iter().cloned()).collect();
            let before = if row == 0 { 3.5 } else { 0.0 };
            // A chart is compared as a whole: it stays on one page.
            self.push(Piece { before, height, keep: row + 1 < rows, draws, ..Piece::default() });
        }
    }

    fn bar_style(&self) -> TextStyle {
        let size = self.style.sizes.body * 0.88;
        TextStyle { size, leading: size * 1.3, fill: Fill::Ragged, ..self.body() }
    }

    /// What the names at the left of bars take, and what the values at their right take.
    fn bar_texts(&mut self, bars: &[Bar]) -> (f32, f32) {
        const GAP: f32 = 8.0;
        let (style, small) = (self.bar_style(), self.small());
        let mut widest = |text: fn(&Bar) -> &Vec<Run>, style: &TextStyle| {
            bars.iter().map(|bar| paragraph::natural_width(self.setting, text(bar), style)).fold(0.0, f32::max) + GAP
        };
        (widest(|bar| &bar.label, &style), widest(|bar| &bar.value, &small))
    }

    /// A piece for each bar.
    fn bar_column(&mut self, bars: &[Bar], area: Area) {
        const HEIGHT: f32 = 5.0;
        let (style, small) = (self.bar_style(), self.small());
        let (names, values) = self.bar_texts(bars);
        let names = names.min(area.width * 0.55);
        let room = area.width - names - values;
        let color = self.style.colors.accent;
        for bar in bars {
            let (label, value) = (self.tags.add(Role::P, area.tag), self.tags.add(Role::P, area.tag));
            let pieces = self.aside_from(|flow| {
                flow.text(&bar.label, &style, 0.0, Area { width: names - 6.0, tag: label, ..area });
            });
            let (mut draws, height) = stacked(pieces, 0.0);
            let line = paragraph::verbatim(self.setting, &bar.value, &small);
            let (x, y) = (area.x + names, baseline(&style));
            let width = (room * bar.share).max(1.0);
            draws.push(Draw::Rect { x, y: y - HEIGHT - 0.5, width, height: HEIGHT, color });
            let x = area.x + area.width - line.width;
            draws.push(Draw::Line { line, x, y, tag: Some(value) });
            self.push(Piece { height, draws, ..Piece::default() });
        }
    }

    fn ruled_lines(&mut self, count: usize, area: Area) {
        let color = self.style.colors.hair;
        for index in 0..count {
            let rule = Draw::Rect { x: area.x, y: RULED - 0.5, width: area.width, height: 0.5, color };
            let keep = index + 1 < count;
            let before = if index == 0 { self.gap(ITEM) } else { 0.0 };
            self.push(Piece { before, height: RULED, keep, ruled: true, draws: vec![rule], ..Piece::default() });
        }
    }

    fn rule(&mut self, area: Area) {
        let (width, color) = (area.width * 0.2, self.style.colors.hair);
        let x = area.x + (area.width - width) / 2.0;
        let draws = vec![Draw::Rect { x, y: 5.0, width, height: 0.6, color }];
        self.push(Piece { before: 4.0, height: 10.0, draws, ..Piece::default() });
    }

    /// The table of contents: the sections in three columns at the foot of the page, before the piece
    /// `at`. Page numbers are filled in once they are known.
    pub fn contents(&mut self, title: &str, at: usize, first: usize, area: Area) -> Piece {
        let sections: Vec<usize> = (first..self.outline.len()).filter(|index| self.is_section(*index)).collect();
        let rows = sections.len().div_ceil(CONTENTS_COLUMNS);
        let height = count(rows) * glance::CONTENTS_LINE + glance::CONTENTS_ABOVE;
        let toc = self.tags.add(Role::TOC, area.tag);
        let colors = self.style.colors;
        let mut draws = vec![Draw::Rect { x: area.x, y: 0.0, width: area.width, height: 0.6, color: colors.hair }];
        let style = TextStyle { strong: true, ..self.small() };
        let tag = self.tags.add(Role::Caption, toc);
        let line = paragraph::verbatim(self.setting, &[Run::plain(title)], &style);
        draws.push(Draw::Line { line, x: area.x, y: 10.0, tag: Some(tag) });
        let width = (area.width - 2.0 * CONTENTS_GUTTER) / count(CONTENTS_COLUMNS);
        for (index, entry) in sections.into_iter().enumerate() {
            let (column, row) = (index / rows.max(1), index % rows.max(1));
            let x = area.x + (width + CONTENTS_GUTTER) * count(column);
            let y = glance::CONTENTS_ABOVE + glance::CONTENTS_LINE * (count(row) + 0.75);
            draws.extend(self.contents_line(entry, y, Area { x, width, tag: toc }));
        }
        let used = self.frame.bottom(0.0, self.pieces.iter().take(at));
        let top = self.frame.snap(self.frame.height - height - self.frame.grid);
        // At the foot of a page of its own.
        let alone = self.pieces.get(at).is_some_and(|next| next.page_break);
        let before = if alone { (top - used).max(0.0) } else { CONTENTS_GUTTER };
        Piece { before, height, draws, ..Piece::default() }
    }

    fn is_section(&self, index: usize) -> bool {
        self.outline.get(index).is_some_and(|entry| entry.level == Level::Section)
    }

    fn contents_line(&mut self, index: usize, y: f32, area: Area) -> Vec<Draw> {
        const NUMBER: f32 = 18.0;
        let Some(text) = self.outline.get(index).map(|entry| entry.text.clone()) else { return Vec::new() };
        let style = TextStyle { color: self.style.colors.ink, ..self.small() };
        let item = self.tags.add(Role::TOCI, area.tag);
        let link = Run { text, link: Some(format!("#{index}")), ..Run::default() };
        let link_color = std::mem::replace(&mut self.setting.link_color, style.color);
        let lines = paragraph::set(self.setting, &[link], &style, area.width - NUMBER);
        self.setting.link_color = link_color;
        let mut draws = Vec::new();
        let right = area.x + area.width;
        for line in lines.into_iter().take(1) {
            draws.extend(self.leader(area.x + line.width + 4.0, right - NUMBER + 4.0, y));
            draws.push(Draw::Line { line, x: area.x, y, tag: Some(item) });
        }
        draws.push(Draw::PageNumber { entry: index, right, y, tag: item });
        draws
    }

    /// Dots that lead the eye to a page number; those of all lines stand below each other.
    fn leader(&self, from: f32, to: f32, y: f32) -> Vec<Draw> {
        const STEP: f32 = 4.0;
        const SIZE: f32 = 0.7;
        let color = self.style.colors.soft;
        let mut dots = Vec::new();
        let mut x = (from / STEP).ceil() * STEP;
        while x < to {
            dots.push(Draw::Rect { x, y: y - SIZE, width: SIZE, height: SIZE, color });
            x += STEP;
        }
        dots
    }
}

/// What stands before an item of a list.
fn bullet(bullets: Bullets) -> &'static str {
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

/// Code as lines of runs: words of the language strong, texts in the accent colour, comments soft.
/// Weight and lightness tell them apart without colour too.
fn highlighted(language: &str, text: &str) -> Vec<Vec<Run>> {
    let text = text.replace('\t', "    ");
    let mut lines = vec![Vec::new()];
    for (class, token) in code::tokens(language, &text) {
        let look = Run {
            strong: class == code::Class::Keyword,
            accent: class == code::Class::Literal,
            soft: class == code::Class::Comment,
            ..Run::default()
        };
        for (index, part) in token.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push(Run { text: part.to_owned(), ..look.clone() });
            }
        }
    }
    lines
}

/// A line of code in as many lines as it needs: broken behind a space or a mark where there is one, the
/// rest set behind a mark.
fn code_lines(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = runs.to_vec();
    loop {
        let mark = if lines.is_empty() { "" } else { CODE_GOES_ON };
        let room = width - paragraph::natural_width(setting, &[Run::plain(mark)], style);
        let letters = paragraph::letters_that_fit(setting, &rest, style, room);
        let (mut head, mut tail) = split_at(&rest, letters);
        if !tail.is_empty() {
            (head, tail) = split_at(&rest, code_break(&rest, letters));
        }
        head.insert(0, Run::soft(mark));
        lines.push(paragraph::code_line(setting, &head, style, width, tail.is_empty()));
        rest = tail;
        if rest.is_empty() {
            return lines;
        }
    }
}

/// In front of what did not fit on the line of code above.
const CODE_GOES_ON: &str = "» ";

/// Where to break code that has room for some letters: behind a space in the second half of the line,
/// else behind a mark there, else where the room ends.
fn code_break(runs: &[Run], letters: usize) -> usize {
    let text: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).take(letters).collect();
    let behind = |is_place: fn(char) -> bool| {
        let last = text.iter().rposition(|c| is_place(*c));
        last.map(|at| at + 1).filter(|at| *at > letters / 2)
    };
    behind(char::is_whitespace).or_else(|| behind(|c| ",;(){}[]|&=/.:".contains(c))).unwrap_or(letters)
}

/// Runs before and after a number of letters.
fn split_at(runs: &[Run], letters: usize) -> (Vec<Run>, Vec<Run>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = letters;
    for run in runs {
        let cut = run.text.char_indices().nth(left).map_or(run.text.len(), |(at, _)| at);
        let (head, tail) = run.text.split_at(cut);
        left -= head.chars().count().min(left);
        for (part, runs) in [(head, &mut before), (tail, &mut after)] {
            if !part.is_empty() {
                runs.push(Run { text: part.to_owned(), ..run.clone() });
            }
        }
    }
    (before, after)
}
