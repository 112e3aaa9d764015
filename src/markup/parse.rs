//! Markdown text into [`Markup`]; the only file that names the Markdown crate.

use super::{Align, Block, Image, Inline, Line, Link, Markup, Table, one_line};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Nesting beyond this is flattened, so that no text can exhaust the stack.
const DEPTH_LIMIT: usize = 24;

/// A space that Markdown neither strips nor takes for indentation. In front of a text it keeps
/// the first characters (`#`, `-`, `1.`) from starting a block, and counts as white space for
/// the rules of emphasis.
const GUARD: char = '\u{2003}';

/// Reads a text that may hold several blocks.
pub fn parse(text: &str) -> Markup {
    if is_words(text) && text.starts_with(char::is_alphabetic) && !text.ends_with(' ') {
        return Line::text(text).into();
    }
    let mut builder = Builder::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        builder.event(event);
    }
    builder.finish()
}

/// Whether a text is a line without any sign that Markdown knows inside a line.
fn is_words(text: &str) -> bool {
    // Without a way out half-way, so that many bytes are compared at once.
    let is_sign = |byte: u8| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&' | 0..=31);
    !text.bytes().fold(false, |found, byte| found | is_sign(byte))
}

/// Reads a text that is one line by its place in the dossier: a label, a question, a title.
/// Marks that would start a block stay text.
pub fn parse_line(text: &str) -> Line {
    let text = one_line(text);
    if is_words(&text) {
        return if text.is_empty() { Line::default() } else { Line::text(text) };
    }
    let guarded = format!("{GUARD}{text}");
    let mut line = match parse(&guarded).0.pop() {
        Some(Block::Paragraph(line)) => line,
        _ => Line::text(guarded),
    };
    if let Some(Inline::Text(first)) = line.0.first_mut() {
        *first = first.trim_start_matches(GUARD).to_owned();
        if first.is_empty() {
            line.0.remove(0);
        }
    }
    line
}

/// An element whose end has not come yet.
enum Open {
    Blocks(Container, Vec<Block>),
    Inlines(Wrapper, Vec<Inline>),
    List(Option<u64>, Vec<Markup>),
    Code(String, String),
    Table(Box<Table>),
    Row(Vec<Line>),
}

enum Container {
    Document,
    Quote,
    Item,
}

enum Wrapper {
    Paragraph,
    /// Text directly inside a list item, where Markdown opens no paragraph.
    Loose,
    Heading,
    Emphasis,
    Strong,
    Link(String),
    Image(String, String),
    Cell,
}

struct Builder {
    stack: Vec<Open>,
    /// Elements too deep to be opened; their ends are skipped too.
    skipped: usize,
}

impl Default for Builder {
    fn default() -> Self {
        Self { stack: vec![Open::Blocks(Container::Document, Vec::new())], skipped: 0 }
    }
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text.replace('\n', " ")),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.inline(Inline::Code(code.into_string()));
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::FootnoteReference(name) => self.text(&name),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.stack.len() >= DEPTH_LIMIT {
            self.skipped += 1;
            return;
        }
        self.close_loose(&tag);
        let open = match tag {
            Tag::Paragraph | Tag::HtmlBlock => Open::Inlines(Wrapper::Paragraph, Vec::new()),
            Tag::Heading { .. } => Open::Inlines(Wrapper::Heading, Vec::new()),
            Tag::BlockQuote(_) => Open::Blocks(Container::Quote, Vec::new()),
            Tag::CodeBlock(kind) => Open::Code(language(&kind), String::new()),
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Blocks(Container::Item, Vec::new()),
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                Open::Table(Box::new(Table { columns, ..Table::default() }))
            }
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Inlines(Wrapper::Cell, Vec::with_capacity(1)),
            Tag::Emphasis => Open::Inlines(Wrapper::Emphasis, Vec::with_capacity(1)),
            Tag::Strong => Open::Inlines(Wrapper::Strong, Vec::with_capacity(1)),
            Tag::Link { dest_url, .. } => Open::Inlines(Wrapper::Link(dest_url.into_string()), Vec::with_capacity(1)),
            Tag::Image { dest_url, title, .. } => {
                Open::Inlines(Wrapper::Image(dest_url.into_string(), title.into_string()), Vec::new())
            }
            // Extensions that are not switched on: never sent.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {
                self.skipped += 1;
                return;
            }
        };
        self.stack.push(open);
    }

    fn end(&mut self, tag: TagEnd) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_)) {
            self.close_if_loose();
        }
        self.close();
    }

    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        match open {
            Open::Blocks(Container::Document, blocks) => self.stack.push(Open::Blocks(Container::Document, blocks)),
            Open::Blocks(Container::Quote, blocks) => self.block(Block::Quote(Markup(blocks))),
            Open::Blocks(Container::Item, blocks) => {
                if let Some(Open::List(_, items)) = self.stack.last_mut() {
                    items.push(Markup(blocks));
                }
            }
            Open::List(start, items) => self.block(Block::List { start, items }),
            Open::Code(language, text) => {
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                self.block(Block::Code { language, text });
            }
            Open::Table(table) => self.block(Block::Table(table)),
            Open::Row(cells) => {
                if let Some(Open::Table(table)) = self.stack.last_mut() {
                    if table.head.is_empty() { table.head = cells } else { table.rows.push(cells) }
                }
            }
            Open::Inlines(wrapper, mut inlines) => {
                // A dossier holds thousands of them, and most have a few pieces.
                inlines.shrink_to_fit();
                self.close_line(wrapper, Line(inlines));
            }
        }
    }

    fn close_line(&mut self, wrapper: Wrapper, line: Line) {
        match wrapper {
            Wrapper::Paragraph | Wrapper::Loose => {
                let line = trimmed(line);
                if !line.is_empty() {
                    self.block(Block::Paragraph(line));
                }
            }
            Wrapper::Heading => self.block(Block::Heading(line)),
            Wrapper::Emphasis => self.inline(Inline::Emphasis(line)),
            Wrapper::Strong => self.inline(Inline::Strong(line)),
            Wrapper::Link(url) => self.inline(Inline::Link(Box::new(Link { url, text: line }))),
            Wrapper::Image(path, caption) => {
                self.inline(Inline::Image(Box::new(Image { path, alt: line.plain(), caption })));
            }
            Wrapper::Cell => {
                if let Some(Open::Row(cells)) = self.stack.last_mut() {
                    cells.push(line);
                }
            }
        }
    }

    /// A tight list item has no paragraph of its own: a block that starts inside it ends its line.
    fn close_loose(&mut self, next: &Tag<'_>) {
        let inline = matches!(next, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. });
        if inline && matches!(self.stack.last(), Some(Open::Blocks(..))) {
            self.stack.push(Open::Inlines(Wrapper::Loose, Vec::new()));
        } else if !inline {
            self.close_if_loose();
        }
    }

    fn close_if_loose(&mut self) {
        if matches!(self.stack.last(), Some(Open::Inlines(Wrapper::Loose, _))) {
            self.close();
        }
    }

    fn text(&mut self, text: &str) {
        match self.stack.last_mut() {
            Some(Open::Code(_, code)) => code.push_str(text),
            Some(Open::Inlines(_, inlines)) => push_text(inlines, text),
            _ => self.inline(Inline::Text(text.to_owned())),
        }
    }

    fn inline(&mut self, inline: Inline) {
        match self.stack.last_mut() {
            Some(Open::Inlines(_, inlines)) => inlines.push(inline),
            Some(Open::Blocks(..)) => self.stack.push(Open::Inlines(Wrapper::Loose, vec![inline])),
            Some(Open::Code(..) | Open::List(..) | Open::Table(_) | Open::Row(_)) | None => {}
        }
    }

    fn block(&mut self, block: Block) {
        self.close_if_loose();
        if let Some(Open::Blocks(_, blocks)) = self.stack.last_mut() {
            blocks.push(block);
        }
    }

    fn finish(mut self) -> Markup {
        while self.stack.len() > 1 {
            self.close();
        }
        match self.stack.pop() {
            Some(Open::Blocks(_, mut blocks)) => {
                blocks.shrink_to_fit();
                Markup(blocks)
            }
            _ => Markup::default(),
        }
    }
}

/// Neighbouring texts become one, so that a word is never split over two pieces.
fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

fn trimmed(mut line: Line) -> Line {
    if let Some(Inline::Text(last)) = line.0.last_mut() {
        last.truncate(last.trim_end_matches([' ', '\n']).len());
        if last.is_empty() {
            line.0.pop();
        }
    }
    for inline in &mut line.0 {
        if let Inline::Text(text) = inline {
            text.shrink_to_fit();
        }
    }
    line
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Natural,
        Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// The first word after the fence.
fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}
