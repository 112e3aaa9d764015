//! A text as lines, as its writer sees it: dashes, keys and how far each line is indented.

use crate::diagnostic::Span;

/// All lines of a text.
pub struct Page<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
}

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    /// The line.
    pub text: &'t str,
    /// Where it starts in the text.
    pub start: usize,
}

impl<'t> Line<'t> {
    /// A line that starts there.
    pub fn new(text: &'t str, start: usize) -> Self {
        Self { text, start }
    }

    /// Where it ends.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// How many spaces stand before it.
    pub fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Without white space on both sides.
    pub fn body(self) -> &'t str {
        self.text.trim()
    }

    /// Nothing but white space.
    pub fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// Nothing but a comment.
    pub fn is_comment(self) -> bool {
        self.body().starts_with('#')
    }

    /// Whether it starts with a dash and a space.
    pub fn is_item(self) -> bool {
        self.body().starts_with("- ") || self.body() == "-"
    }

    /// What stands behind the dash or dashes, and in which column.
    pub fn content(self) -> (usize, &'t str) {
        let mut rest = self.text.trim_end();
        loop {
            rest = rest.trim_start_matches(' ');
            match rest.strip_prefix("- ") {
                Some(behind) => rest = behind,
                None => return (self.text.trim_end().len() - rest.len(), rest),
            }
        }
    }

    /// The value, or the whole content when there is no key; its column; and what stands before it.
    pub fn value(self) -> (usize, &'t str, String) {
        let (column, content) = self.content();
        let value = key(content).map_or(content, |(_, value)| value.trim_start());
        let value = if value.is_empty() { content } else { value };
        let lead = content.strip_suffix(value).unwrap_or_default();
        let dash = if self.is_item() { "- " } else { "" };
        (column + lead.len(), value, format!("{dash}{lead}"))
    }
}

/// `key: value` or `key:`.
pub fn key(text: &str) -> Option<(&str, &str)> {
    let (key, value) = match text.split_once(": ") {
        Some(pair) => pair,
        None => (text.strip_suffix(':')?, ""),
    };
    let is_key =
        !key.is_empty() && key.len() <= 80 && !key.starts_with(['"', '\'', '[', '{', '#', '“', '*', '`', '>', '|']);
    is_key.then_some((key, value))
}

/// Whether a key looks like one of a format: a single word in small letters.
pub fn is_word(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

impl<'t> Page<'t> {
    /// The lines of a text.
    pub fn of(text: &'t str) -> Self {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            lines.push(Line::new(line.trim_end_matches(['\n', '\r']), at));
            at += line.len();
        }
        if lines.is_empty() {
            lines.push(Line::new("", 0));
        }
        Self { text, lines }
    }

    /// All lines.
    pub fn lines(&self) -> &[Line<'t>] {
        &self.lines
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// A stretch of the text.
    pub fn text(&self, span: &Span) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The number of the line with a byte.
    pub fn index(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    /// A line by its number; past the end the last.
    pub fn line(&self, index: usize) -> Line<'t> {
        self.lines.get(index).or(self.lines.last()).copied().unwrap_or(Line::new("", 0))
    }

    /// The lines above, from the nearest up, without blank ones.
    pub fn all_above(&self, index: usize) -> impl Iterator<Item = Line<'t>> + Clone {
        self.lines.iter().take(index).rev().copied().filter(|line| !line.is_blank())
    }

    /// The nearest line above that is not blank.
    pub fn above(&self, index: usize) -> Option<(usize, Line<'t>)> {
        let index = (0..index.min(self.lines.len())).rev().find(|index| !self.line(*index).is_blank())?;
        Some((index, self.line(index)))
    }

    /// The nearest line below that is not blank.
    pub fn below(&self, index: usize) -> Option<(usize, Line<'t>)> {
        let index = (index + 1..self.lines.len()).find(|index| !self.line(*index).is_blank())?;
        Some((index, self.line(index)))
    }

    /// The line and the one above it, when that stands at the same level.
    pub fn siblings(&self, index: usize) -> impl Iterator<Item = (usize, Line<'t>)> {
        let line = self.line(index);
        let above = self.above(index).filter(|(_, above)| above.indent() == line.indent() && !above.is_item());
        std::iter::once((index, line)).chain(above)
    }

    /// The line and the deeper ones below it.
    pub fn children(&self, index: usize) -> impl Iterator<Item = Line<'t>> {
        let line = self.line(index);
        // What belongs to an item stands behind its dash.
        let level = line.indent() + usize::from(line.is_item());
        let below = self.lines.iter().copied().skip(index + 1);
        std::iter::once(line).chain(below.take_while(move |line| line.is_blank() || line.indent() > level))
    }

    /// The items of the list that begins with a line and belongs further right, up to what stands left of there.
    pub fn list(&self, index: usize, target: usize) -> impl Iterator<Item = Line<'t>> {
        let level = self.line(index).indent();
        let is_name = move |line: &Line<'t>| line.indent() < target && !line.is_item() && line.body().ends_with(':');
        let goes_on = move |line: &Line<'t>| {
            let belongs = line.indent() > level || (line.indent() == level && line.is_item());
            line.is_blank() || (belongs && !is_name(line))
        };
        self.lines.iter().copied().skip(index).take_while(goes_on)
    }

    /// The line, those below it that are as deep or deeper, up to the next item or the level where
    /// it belongs.
    pub fn with_siblings(&self, index: usize, target: usize) -> impl Iterator<Item = Line<'t>> {
        let level = self.line(index).indent();
        let below = self.lines.iter().copied().skip(index + 1);
        let goes_on = move |line: &Line<'t>| {
            line.is_blank() || line.indent() > level || (line.indent() == level && !line.is_item() && level != target)
        };
        std::iter::once(self.line(index)).chain(below.take_while(goes_on))
    }

    /// The bytes of a line and its children, without the last line end.
    pub fn block(&self, index: usize) -> Span {
        let start = self.line(index).start;
        start..self.children(index).filter(|line| !line.is_blank()).last().map_or(start, Line::end)
    }

    /// The block of the line with a byte, or of the nearest line above it that says anything.
    pub fn around(&self, at: usize) -> Span {
        let index = self.index(at);
        let index =
            if self.line(index).is_blank() { self.above(index).map_or(index, |(above, _)| above) } else { index };
        self.block(index)
    }

    /// By how many spaces the writer indents.
    pub fn unit(&self) -> usize {
        let indents = self.lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent());
        indents.filter(|indent| *indent > 0).min().unwrap_or(2).clamp(2, 8)
    }
}
