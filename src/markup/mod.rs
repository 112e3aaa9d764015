//! Markdown inside the strings of a dossier, as a closed enum that every exporter matches in full.
//!
//! `CommonMark` with tables and without raw HTML, which is shown as the text it is. A leaf: nothing
//! here knows a page, a card or a calendar.

pub mod code;
mod mark;
mod parse;

pub use mark::{Piece, pieces};
pub use parse::{parse, parse_line};

use std::borrow::Cow;

/// A text as one line with single spaces, as most are already.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let mut before = b' ';
    let is_single = |byte: u8| {
        let single = if byte == b' ' { before != b' ' } else { byte.is_ascii_graphic() };
        before = byte;
        single
    };
    if text.bytes().all(is_single) && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A piece of Markdown: its blocks in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(pub Vec<Block>);

/// The text of one line: a label, a question, a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Inline>);

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Line),
    /// A heading inside a text; the dossier's own headings come from its keys.
    Heading(Line),
    /// A list; `start` is the first number of an ordered one.
    List {
        /// The first number; `None` for bullets.
        start: Option<u64>,
        /// Each item is a text of its own.
        items: Vec<Markup>,
    },
    /// A code block with the language after its fence, if any.
    Code {
        /// `go`, `rust`, …; empty when none was named.
        language: String,
        /// The lines as they were written, without the last line feed.
        text: String,
    },
    /// A block quotation.
    Quote(Markup),
    /// A table; rare beside paragraphs, so it does not decide how large a block is.
    Table(Box<Table>),
    /// A thematic break.
    Rule,
}

/// A table with one head row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// How its columns stand; as many as the head has cells.
    pub columns: Vec<Align>,
    /// The cells of the head row.
    pub head: Vec<Line>,
    /// The rows below; as many cells as the head has.
    pub rows: Vec<Vec<Line>>,
}

/// Where the texts of a column stand, in the direction in which the document is read: a table in Hebrew
/// begins at the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// `---`: nobody said.
    #[default]
    Natural,
    /// `:--`: where reading begins, on the left in English.
    Start,
    /// `:-:`.
    Center,
    /// `--:`.
    End,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// `*emphasis*`.
    Emphasis(Line),
    /// `**strong**`.
    Strong(Line),
    /// `` `code` ``.
    Code(String),
    /// A link; rare beside words, so it does not decide how large a piece is.
    Link(Box<Link>),
    /// An image.
    Image(Box<Image>),
    /// A forced line break.
    Break,
}

/// A link and the text it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as written.
    pub url: String,
    /// What is shown.
    pub text: Line,
}

/// An image, by its path relative to the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The path as written.
    pub path: String,
    /// The alternative text.
    pub alt: String,
    /// The words that stand below it; empty when there are none.
    pub caption: String,
}

impl Markup {
    /// The words alone, blocks separated by line feeds.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        self.write_plain(&mut out);
        out.trim_end().to_owned()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paths of its images.
    pub fn images(&self) -> Vec<&str> {
        self.0.iter().flat_map(Block::images).collect()
    }

    /// The text as a single line of words, without an image that stands for itself.
    pub fn as_words(&self) -> Option<&Line> {
        self.as_line().filter(|line| !line.0.iter().any(|inline| matches!(inline, Inline::Image(_))))
    }

    /// The text as a single line, when that is all it is.
    pub fn as_line(&self) -> Option<&Line> {
        match self.0.as_slice() {
            [Block::Paragraph(line)] => Some(line),
            _ => None,
        }
    }

    fn write_plain(&self, out: &mut String) {
        for block in &self.0 {
            match block {
                Block::Paragraph(line) | Block::Heading(line) => line.write_plain(out),
                Block::Code { text, .. } => out.push_str(text),
                Block::List { items, .. } => items.iter().for_each(|item| item.write_plain(out)),
                Block::Quote(quote) => quote.write_plain(out),
                Block::Table(table) => table.write_plain(out),
                Block::Rule => {}
            }
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}

impl Table {
    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Line> {
        self.head.iter().chain(self.rows.iter().flatten())
    }

    /// The words alone, a line for each row.
    pub fn write_plain(&self, out: &mut String) {
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(Line::plain).collect();
            out.push_str(&cells.join(" | "));
            out.push('\n');
        }
    }
}

impl Line {
    /// A line that is just words.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Inline::Text(text.into())])
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        self.write_plain(&mut out);
        out
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn write_plain(&self, out: &mut String) {
        for inline in &self.0 {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Emphasis(line) | Inline::Strong(line) => line.write_plain(out),
                Inline::Link(link) => link.text.write_plain(out),
                Inline::Image(image) => out.push_str(&image.alt),
                Inline::Break => out.push('\n'),
            }
        }
    }
}

impl Line {
    /// The paths of its images.
    pub fn images(&self) -> Vec<&str> {
        self.0.iter().flat_map(Inline::images).collect()
    }
}

impl Block {
    fn images(&self) -> Vec<&str> {
        match self {
            Self::Paragraph(line) | Self::Heading(line) => line.images(),
            Self::List { items, .. } => items.iter().flat_map(Markup::images).collect(),
            Self::Quote(quote) => quote.images(),
            Self::Table(table) => table.cells().flat_map(Line::images).collect(),
            Self::Code { .. } | Self::Rule => Vec::new(),
        }
    }
}

impl Inline {
    fn images(&self) -> Vec<&str> {
        match self {
            Self::Image(image) => vec![&image.path],
            Self::Emphasis(line) | Self::Strong(line) => line.images(),
            Self::Link(link) => link.text.images(),
            Self::Text(_) | Self::Code(_) | Self::Break => Vec::new(),
        }
    }
}

impl From<Line> for Markup {
    fn from(line: Line) -> Self {
        if line.is_empty() { Self::default() } else { Self(vec![Block::Paragraph(line)]) }
    }
}
