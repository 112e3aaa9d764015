//! Blocks into pieces, one column wide.

use super::linebreak::Fill;
use super::paragraph::{self, Family, Line, Setting, TextStyle};
use super::piece::{Draw, Piece};
use super::table;
use super::tags::{Numbering, Role, TagId, Tags};
use crate::export::briefing::document::{Block, Item, Level, Marker, Run};
use crate::theme::{Color, Style};

/// White, on coloured boxes.
const WHITE: Color = Color(255, 255, 255);
/// Space between paragraphs, items and blocks, in parts of the leading.
const PARAGRAPH: f32 = 0.45;
const ITEM: f32 = 0.2;
/// How far lists and questions are indented.
const LIST_INDENT: f32 = 14.0;
const NUMBER_INDENT: f32 = 22.0;
/// From one ruled line to the next: comfortable for handwriting.
const RULED: f32 = 21.0;

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
    fn indented(self, by: f32, tag: TagId) -> Self {
        Self { x: self.x + by, width: self.width - by, tag }
    }
}

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
    /// Before which piece the table of contents belongs.
    pub contents_at: Option<usize>,
    /// The list that the next question goes on with.
    questions: Option<TagId>,
    page_break: bool,
}

impl<'a> Flow<'a> {
    /// An empty column.
    pub fn new(setting: &'a mut Setting, style: &'a Style) -> Self {
        Self {
            setting,
            style,
            tags: Tags::default(),
            pieces: Vec::new(),
            outline: Vec::new(),
            contents_at: None,
            questions: None,
            page_break: false,
        }
    }

    /// Running text.
    pub fn body(&self) -> TextStyle {
        let sizes = &self.style.sizes;
        TextStyle {
            family: Family::Serif,
            size: sizes.body,
            leading: sizes.leading,
            strong: false,
            color: self.style.colors.ink,
            fill: Fill::Justified,
        }
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

    /// Sets all blocks.
    pub fn blocks(&mut self, blocks: &[Block], area: Area) {
        for block in blocks {
            if !matches!(block, Block::Question { .. }) {
                self.questions = None;
            }
            self.block(block, area);
        }
    }

    fn block(&mut self, block: &Block, area: Area) {
        let gap = self.style.sizes.leading * PARAGRAPH;
        match block {
            Block::Title { kicker, title, subtitle } => self.title(kicker, title, subtitle, area),
            Block::Banner { label, headline, detail } => self.banner(&[label, headline, detail], area),
            Block::Facts(facts) => self.facts(facts, area),
            Block::Heading { level, text, note } => self.heading(*level, text, note.as_deref(), area),
            Block::Paragraph(text) => self.paragraph(text, &self.body(), gap, area),
            Block::Note(text) => self.paragraph(text, &self.small(), gap, area),
            Block::List(items) => self.list(items, area),
            Block::Code { text, .. } => self.code(text, area),
            Block::Aside(blocks) => self.aside(blocks, area),
            Block::Table(table) => table::table(self, table, area),
            Block::Question { number, text, confidence, body } => {
                let dots = confidence.as_ref().map(|(level, words)| (*level, words.as_str()));
                self.question(*number, text, dots, body, area);
            }
            Block::Lines(count) => self.ruled_lines(*count, area),
            Block::Rule => self.rule(area),
            Block::Contents => self.contents_at = Some(self.pieces.len()),
            Block::PageBreak => self.page_break = true,
        }
    }

    /// Adds a piece; every piece goes through here.
    pub fn push(&mut self, mut piece: Piece) {
        piece.page_break |= std::mem::take(&mut self.page_break);
        self.pieces.push(piece);
    }

    fn paragraph(&mut self, text: &[Run], style: &TextStyle, before: f32, area: Area) {
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
    fn keep_from(&mut self, start: usize) {
        self.pieces.iter_mut().skip(start).for_each(|piece| piece.keep = true);
    }

    fn title(&mut self, kicker: &[Run], title: &[Run], subtitle: &[Run], area: Area) {
        let (sizes, colors) = (self.style.sizes, self.style.colors);
        let start = self.pieces.len();
        let small = TextStyle { strong: true, ..self.small() };
        self.paragraph(kicker, &small, 0.0, area);
        let tag = self.tags.add(Role::H1, area.tag);
        let large = TextStyle { leading: sizes.title * 1.15, ..sans(sizes.title, true, colors.accent) };
        self.text(title, &large, 3.0, Area { tag, ..area });
        self.paragraph(subtitle, &sans(sizes.subtitle, false, colors.ink), 1.0, area);
        self.keep_from(start);
    }

    /// One coloured box with lines of text in it.
    fn banner(&mut self, [label, headline, detail]: &[&Vec<Run>; 3], area: Area) {
        const PADDING: f32 = 11.0;
        let sizes = self.style.sizes;
        let styles = [
            sans(sizes.small, true, WHITE),
            TextStyle { leading: sizes.section * 1.35, ..sans(sizes.section, true, WHITE) },
            sans(sizes.small * 1.15, false, WHITE),
        ];
        let mut draws = Vec::new();
        let mut y = PADDING;
        for (text, style) in [label, headline, detail].into_iter().zip(styles) {
            let tag = self.tags.add(Role::P, area.tag);
            for line in paragraph::set(self.setting, text, &style, area.width - 2.0 * PADDING) {
                draws.push(Draw::Line { line, x: area.x + PADDING, y: y + baseline(&style), tag: Some(tag) });
                y += style.leading;
            }
        }
        let height = y + PADDING - 1.0;
        draws.insert(0, Draw::Rect { x: area.x, y: 0.0, width: area.width, height, color: self.style.colors.accent });
        self.push(Piece { before: 12.0, height, keep: true, draws, ..Piece::default() });
    }

    fn facts(&mut self, facts: &[(Vec<Run>, Vec<Run>)], area: Area) {
        let label_style = sans(self.style.sizes.body * 0.85, false, self.style.colors.soft);
        let style = TextStyle { fill: Fill::Ragged, ..self.body() };
        let widest = facts
            .iter()
            .map(|(label, _)| paragraph::natural_width(self.setting, label, &label_style))
            .fold(0.0, f32::max);
        let indent = (widest + 12.0).min(area.width * 0.35);
        let list = self.tags.add(Role::L(Numbering::None), area.tag);
        for (index, (label, text)) in facts.iter().enumerate() {
            let item = self.tags.add(Role::LI, list);
            let (lbl, body) = (self.tags.add(Role::Lbl, item), self.tags.add(Role::LBody, item));
            let start = self.pieces.len();
            self.text(text, &style, if index == 0 { 9.0 } else { 1.5 }, area.indented(indent, body));
            let labels = paragraph::set(self.setting, label, &label_style, indent - 6.0);
            self.beside(start, labels, &label_style, baseline(&style) - baseline(&label_style), area.x, lbl);
        }
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

    fn heading(&mut self, level: Level, text: &[Run], note: Option<&[Run]>, area: Area) {
        let (sizes, colors) = (self.style.sizes, self.style.colors);
        let (role, style, before) = match level {
            Level::Section => (Role::H2, sans(sizes.section, true, colors.accent), 22.0),
            Level::Topic => (Role::H3, sans(sizes.topic, true, colors.ink), 13.0),
            Level::Label => (Role::P, sans(sizes.topic * 0.92, true, colors.ink), 9.0),
        };
        let tag = self.tags.add(role, area.tag);
        let start = self.pieces.len();
        let note_width = note.map_or(0.0, |note| self.note_width(note));
        self.text(text, &style, before, Area { tag, width: area.width - note_width, ..area });
        if let Some(draw) = note.and_then(|note| self.note_at_end(note, &style, area))
            && let Some(piece) = self.pieces.get_mut(start)
        {
            piece.draws.push(draw);
        }
        if level == Level::Section {
            let color = colors.hair;
            self.push(Piece {
                height: 5.0,
                draws: vec![Draw::Rect { x: area.x, y: 3.0, width: area.width, height: 0.6, color }],
                ..Piece::default()
            });
        }
        self.keep_from(start);
        if level != Level::Label
            && let Some(piece) = self.pieces.get_mut(start)
        {
            piece.entry = Some(self.outline.len());
            let text = text.iter().map(|run| run.text.as_str()).collect();
            self.outline.push(Entry { level, text, tag });
        }
    }

    fn note_width(&mut self, note: &[Run]) -> f32 {
        let style = self.small();
        paragraph::natural_width(self.setting, note, &style) + 10.0
    }

    fn note_at_end(&mut self, note: &[Run], heading: &TextStyle, area: Area) -> Option<Draw> {
        let style = self.small();
        let line = paragraph::set(self.setting, note, &style, area.width).into_iter().next()?;
        let tag = self.tags.add(Role::P, area.tag);
        let x = area.x + area.width - line.width;
        Some(Draw::Line { line, x, y: baseline(heading), tag: Some(tag) })
    }

    fn list(&mut self, items: &[Item], area: Area) {
        let numbering = match items.first().map(|item| &item.marker) {
            Some(Marker::Number(_)) => Numbering::Decimal,
            Some(Marker::Bullet) => Numbering::Disc,
            Some(Marker::Checkbox) | None => Numbering::None,
        };
        let list = self.tags.add(Role::L(numbering), area.tag);
        let indent = self.marker_width(items);
        for item in items {
            let node = self.tags.add(Role::LI, list);
            let label = self.tags.add(Role::Lbl, node);
            let body = self.tags.add(Role::LBody, node);
            let start = self.pieces.len();
            self.blocks(&item.blocks, area.indented(indent, body));
            if self.pieces.len() == start {
                self.push(Piece::space(self.style.sizes.leading));
            }
            self.marker(&item.marker, start, area, label);
            if let Some(piece) = self.pieces.get_mut(start) {
                piece.before = piece.before.min(self.style.sizes.leading * ITEM);
            }
        }
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
            Marker::Bullet => "–".to_owned(),
            Marker::Number(number) => number.clone(),
            Marker::Checkbox => {
                let color = self.style.colors.soft;
                if let Some(piece) = self.pieces.get_mut(start) {
                    piece.draws.insert(0, Draw::Frame { x: area.x + 0.5, y: baseline(&body) - 7.0, size: 7.0, color });
                }
                return;
            }
        };
        let lines = paragraph::set(self.setting, &[Run::plain(text)], &style, area.width);
        self.beside(start, lines.into_iter().take(1).collect(), &style, 0.0, area.x, tag);
    }

    /// Code as it was typed; a line too long for the column goes on below behind a mark.
    fn code(&mut self, text: &str, area: Area) {
        const PADDING: f32 = 8.0;
        let size = self.style.sizes.code;
        let style = TextStyle { family: Family::Mono, size, leading: size * 1.45, fill: Fill::Ragged, ..self.body() };
        let tag = self.tags.add(Role::P, area.tag);
        let code = self.tags.add(Role::Code, tag);
        let band = |joined| Draw::Band { x: area.x, width: area.width, color: self.style.colors.tint, joined };
        let mut pieces =
            vec![Piece { before: 6.0, height: PADDING, keep: true, draws: vec![band(false)], ..Piece::default() }];
        let count = text.lines().count();
        for (index, line) in text.lines().enumerate() {
            for part in code_lines(self.setting, line, &style, area.width - 2.0 * PADDING) {
                let draw = Draw::Line { line: part, x: area.x + PADDING, y: baseline(&style), tag: Some(code) };
                let keep = index == 0 || index + 2 >= count;
                pieces.push(Piece { height: style.leading, keep, draws: vec![band(true), draw], ..Piece::default() });
            }
        }
        pieces.push(Piece { height: PADDING, draws: vec![band(true)], ..Piece::default() });
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
            piece.draws.insert(0, Draw::Band { x: area.x, width: WIDTH, color, joined: index > 0 });
        }
    }

    fn question(&mut self, number: usize, text: &[Run], dots: Option<(u8, &str)>, body: &[Block], area: Area) {
        const DOTS: f32 = 40.0;
        let list = match self.questions {
            Some(list) => list,
            None => self.tags.add(Role::L(Numbering::Decimal), area.tag),
        };
        let item = self.tags.add(Role::LI, list);
        let (label, content) = (self.tags.add(Role::Lbl, item), self.tags.add(Role::LBody, item));
        let inner = area.indented(NUMBER_INDENT, content);
        let style = TextStyle { fill: Fill::Ragged, ..self.body() };
        let start = self.pieces.len();
        self.paragraph(text, &style, self.style.sizes.leading * 0.75, Area { width: inner.width - DOTS, ..inner });
        let number_style = sans(self.style.sizes.body * 0.95, true, self.style.colors.accent);
        let down = baseline(&style) - baseline(&number_style);
        let line = paragraph::set(self.setting, &[Run::plain(number.to_string())], &number_style, NUMBER_INDENT);
        self.beside(start, line, &number_style, down, area.x, label);
        if let Some((level, words)) = dots {
            self.dots(level, words, start, area, content);
        }
        self.keep_from(start);
        self.blocks(body, inner);
        self.questions = Some(list);
    }

    /// Five dots, the first ones full, read out as words.
    fn dots(&mut self, level: u8, words: &str, start: usize, area: Area, parent: TagId) {
        const STEP: f32 = 6.0;
        let tag = self.tags.add_spoken(Role::Span, parent, words);
        let (color, y) = (self.style.colors.accent, baseline(&self.body()) - 3.0);
        let Some(piece) = self.pieces.get_mut(start) else { return };
        for dot in 1..=5u8 {
            let x = area.x + area.width - 2.6 - STEP * f32::from(5 - dot);
            piece.draws.push(Draw::Dot { x, y, full: dot <= level, color, tag });
        }
    }

    fn ruled_lines(&mut self, count: usize, area: Area) {
        let color = self.style.colors.hair;
        for index in 0..count {
            let rule = Draw::Rect { x: area.x, y: RULED - 0.5, width: area.width, height: 0.5, color };
            self.push(Piece { height: RULED, keep: index + 1 < count, draws: vec![rule], ..Piece::default() });
        }
    }

    fn rule(&mut self, area: Area) {
        let (width, color) = (area.width * 0.2, self.style.colors.hair);
        let x = area.x + (area.width - width) / 2.0;
        let draws = vec![Draw::Rect { x, y: 5.0, width, height: 0.6, color }];
        self.push(Piece { before: 4.0, height: 10.0, draws, ..Piece::default() });
    }

    /// The table of contents, of at most so many lines where sections alone are not more; page
    /// numbers are filled in once they are known.
    pub fn contents(&mut self, title: &str, lines: usize, area: Area) -> Vec<Piece> {
        let lowest = if self.outline.len() > lines { Level::Section } else { Level::Label };
        let set_so_far = std::mem::take(&mut self.pieces);
        let toc = self.tags.add(Role::TOC, area.tag);
        let heading = sans(self.style.sizes.section, true, self.style.colors.accent);
        let tag = self.tags.add(Role::P, area.tag);
        self.text(&[Run::plain(title)], &heading, 22.0, Area { tag, ..area });
        self.keep_from(0);
        for (index, entry) in self.outline.clone().into_iter().enumerate() {
            if entry.level <= lowest {
                self.contents_line(index, &entry, Area { tag: toc, ..area });
            }
        }
        std::mem::replace(&mut self.pieces, set_so_far)
    }

    fn contents_line(&mut self, index: usize, entry: &Entry, area: Area) {
        const NUMBER: f32 = 30.0;
        let (indent, style, before) = match entry.level {
            Level::Section => (0.0, sans(self.style.sizes.body * 0.95, true, self.style.colors.ink), 4.0),
            Level::Topic | Level::Label => (14.0, TextStyle { fill: Fill::Ragged, ..self.body() }, 0.0),
        };
        let item = self.tags.add(Role::TOCI, area.tag);
        let start = self.pieces.len();
        let link = Run { text: entry.text.clone(), link: Some(format!("#{index}")), ..Run::default() };
        let column = Area { x: area.x + indent, width: area.width - indent - NUMBER, tag: item };
        let link_color = self.setting.link_color;
        self.setting.link_color = style.color;
        self.text(&[link], &style, before, column);
        self.setting.link_color = link_color;
        if let Some(piece) = self.pieces.get_mut(start) {
            piece.draws.push(Draw::PageNumber {
                entry: index,
                right: area.x + area.width,
                y: baseline(&style),
                tag: item,
            });
        }
    }
}

/// Sans serif, for structure.
fn sans(size: f32, strong: bool, color: Color) -> TextStyle {
    TextStyle { family: Family::Sans, size, leading: size * 1.3, strong, color, fill: Fill::Ragged }
}

/// Where the letters stand in a line of this style, from its top.
pub fn baseline(style: &TextStyle) -> f32 {
    (style.leading - style.size) / 2.0 + style.size * 0.8
}

/// A line of code in as many lines as it needs; the rest is set behind an arrow.
fn code_lines(setting: &mut Setting, text: &str, style: &TextStyle, width: f32) -> Vec<Line> {
    let text = text.replace('\t', "    ");
    let fits =
        |setting: &mut Setting, text: &str| paragraph::verbatim(setting, &[Run::plain(text)], style).width <= width;
    let mut lines = Vec::new();
    let mut rest: &str = &text;
    loop {
        let mark = if lines.is_empty() { "" } else { "↪ " };
        let mut end = rest.len();
        while end > 0 && !fits(setting, &format!("{mark}{}", rest.get(..end).unwrap_or_default())) {
            end = rest.get(..end).and_then(|text| text.char_indices().next_back()).map_or(0, |(at, _)| at);
        }
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let (head, tail) = rest.split_at(end);
        lines.push(paragraph::verbatim(setting, &[Run::soft(mark), Run::plain(head)], style));
        if tail.is_empty() {
            return lines;
        }
        rest = tail;
    }
}
