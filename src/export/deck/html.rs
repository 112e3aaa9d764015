//! Markup into the HTML of a field: the only place that escapes.
//!
//! What people wrote stays text, whatever it looks like. Beyond HTML's own signs these are live in
//! Anki and become entities: braces (templates and cloze deletions), brackets (`[sound:…]`,
//! `[latex]`), the backslash (`\(` starts a formula) and the colon (`::` inside a cloze deletion
//! starts its hint). Control characters are dropped; one of them separates Anki's fields.

use super::mark::{self, Piece};
use super::media::Media;
use crate::dossier::is_openable;
use crate::markup::{Align, Block, Inline, Line, Markup, Table, code};

/// What becomes of marked words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Highlight,
    Cloze,
}

/// Writes HTML, knowing the images of the deck.
struct Html<'h> {
    media: &'h Media,
    marks: Marks,
    /// The number of the last cloze deletion.
    deletion: usize,
    out: &'h mut String,
}

/// A text with its blocks.
pub fn blocks(markup: &Markup, media: &Media, out: &mut String) {
    Html::new(media, Marks::Highlight, out).markup(markup);
}

/// A text whose marked words are cloze deletions.
pub fn cloze(markup: &Markup, media: &Media, out: &mut String) {
    Html::new(media, Marks::Cloze, out).markup(markup);
}

/// A line without a block around it.
pub fn line(line: &Line, media: &Media, out: &mut String) {
    Html::new(media, Marks::Highlight, out).line(line);
}

/// Hints, each inside the one before it, so that they open one by one.
pub fn hints(hints: &[(String, Markup)], media: &Media, out: &mut String) {
    let mut html = Html::new(media, Marks::Highlight, out);
    for (label, hint) in hints {
        html.out.push_str("<details><summary>");
        escape(label, html.out);
        html.out.push_str("</summary>");
        html.markup(hint);
    }
    html.out.push_str(&"</details>".repeat(hints.len()));
}

/// The words of a field that this file has written.
pub fn plain(html: &str) -> String {
    read(html, "\n")
}

/// A field as Anki sorts by it and finds duplicates by: without tags, images by their names.
pub fn stripped(html: &str) -> String {
    read(html, "")
}

fn read(html: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        rest = if tail.starts_with('<') { skip_tag(tail, line_break, &mut out) } else { read_entity(tail, &mut out) };
    }
    out.push_str(rest);
    out
}

fn skip_tag<'h>(tail: &'h str, line_break: &str, out: &mut String) -> &'h str {
    let (tag, rest) = tail.split_once('>').unwrap_or((tail, ""));
    if tag == "<br" {
        out.push_str(line_break);
    } else if let Some((name, _)) = tag.strip_prefix("<img src=\"").and_then(|image| image.split_once('"')) {
        out.extend([" ", name, " "]);
    }
    rest
}

fn read_entity<'h>(tail: &'h str, out: &mut String) -> &'h str {
    let known = ENTITIES.iter().find_map(|(c, entity)| Some((*c, tail.strip_prefix(entity)?)));
    let (c, rest) = known.unwrap_or(('&', tail.strip_prefix('&').unwrap_or_default()));
    out.push(c);
    rest
}

const ENTITIES: [(char, &str); 11] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&#39;"),
    ('{', "&#123;"),
    ('}', "&#125;"),
    ('[', "&#91;"),
    (']', "&#93;"),
    ('\\', "&#92;"),
    (':', "&#58;"),
];

/// Plain words.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| SPECIAL.get(usize::from(byte)) == Some(&true)) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            match ENTITIES.iter().find(|(special, _)| c == *special) {
                Some((_, entity)) => out.push_str(entity),
                None if c.is_control() => {}
                None => out.push(c),
            }
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The bytes that a sign with an entity or a control character other than a line feed and a tab begin with.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < special.len() {
        // 0xC2 begins those from U+0080 on.
        special[byte] = matches!(byte, 0..=0x1f | 0x7f | 0xc2) && byte != 0x09 && byte != 0x0a;
        byte += 1;
    }
    let mut place = 0;
    while place < ENTITIES.len() {
        special[ENTITIES[place].0 as usize] = true;
        place += 1;
    }
    special
};

impl<'h> Html<'h> {
    fn new(media: &'h Media, marks: Marks, out: &'h mut String) -> Self {
        Self { media, marks, deletion: 0, out }
    }

    fn markup(&mut self, markup: &Markup) {
        for block in &markup.0 {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(line) => self.wrapped("p", line),
            Block::Heading(line) => self.wrapped("h4", line),
            Block::List { start, items } => self.list(*start, items),
            Block::Code { language, text } => self.code(language, text),
            Block::Quote(quote) => {
                self.out.push_str("<blockquote>");
                self.markup(quote);
                self.out.push_str("</blockquote>");
            }
            Block::Table(table) => self.table(table),
            Block::Rule => self.out.push_str("<hr>"),
        }
    }

    fn wrapped(&mut self, tag: &str, line: &Line) {
        self.out.extend(["<", tag, ">"]);
        self.line(line);
        self.out.extend(["</", tag, ">"]);
    }

    fn list(&mut self, start: Option<u64>, items: &[Markup]) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(first) if first != 1 => self.out.extend(["<ol start=\"", &first.to_string(), "\">"]),
            Some(_) | None => self.out.extend(["<", tag, ">"]),
        }
        for item in items {
            self.out.push_str("<li>");
            self.item(item);
            self.out.push_str("</li>");
        }
        self.out.extend(["</", tag, ">"]);
    }

    /// An item of one paragraph needs none around it.
    fn item(&mut self, item: &Markup) {
        match item.0.as_slice() {
            [Block::Paragraph(line), rest @ ..] if rest.iter().all(|block| matches!(block, Block::List { .. })) => {
                self.line(line);
                for block in rest {
                    self.block(block);
                }
            }
            _ => self.markup(item),
        }
    }

    fn code(&mut self, language: &str, text: &str) {
        self.out.push_str("<pre dir=\"ltr\"><code>");
        for (class, token) in code::tokens(language, text) {
            match class_word(class) {
                Some(word) => {
                    self.out.extend(["<span class=\"", word, "\">"]);
                    escape(token, self.out);
                    self.out.push_str("</span>");
                }
                None => escape(token, self.out),
            }
        }
        self.out.push_str("</code></pre>");
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str("<table>");
        self.row("th", &table.head, &table.columns);
        for row in &table.rows {
            self.row("td", row, &table.columns);
        }
        self.out.push_str("</table>");
    }

    /// A row of cells, each with its own alignment, which holds under the learner's own style sheet too.
    fn row(&mut self, tag: &str, cells: &[Line], columns: &[Align]) {
        self.out.push_str("<tr>");
        for (cell, align) in cells.iter().zip(columns) {
            match text_align(*align) {
                Some(side) => self.out.extend(["<", tag, " style=\"text-align:", side, "\">"]),
                None => self.out.extend(["<", tag, ">"]),
            }
            self.line(cell);
            self.out.extend(["</", tag, ">"]);
        }
        self.out.push_str("</tr>");
    }

    fn line(&mut self, line: &Line) {
        for inline in &line.0 {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.marked(text),
            Inline::Emphasis(line) => self.wrapped("em", line),
            Inline::Strong(line) => self.wrapped("strong", line),
            Inline::Code(text) => {
                self.out.push_str("<code>");
                escape(text, self.out);
                self.out.push_str("</code>");
            }
            Inline::Link(link) => self.link(&link.url, &link.text),
            Inline::Image(image) => self.image(&image.path, &image.alt),
            Inline::Break => self.out.push_str("<br>"),
        }
    }

    fn marked(&mut self, text: &str) {
        for piece in mark::pieces(text) {
            match (piece, self.marks) {
                (Piece::Plain(words), _) => escape(words, self.out),
                (Piece::Marked(words), Marks::Highlight) => {
                    self.out.push_str("<mark>");
                    escape(words, self.out);
                    self.out.push_str("</mark>");
                }
                (Piece::Marked(words), Marks::Cloze) => {
                    self.deletion += 1;
                    self.out.extend(["{{c", &self.deletion.to_string(), "::"]);
                    escape(words, self.out);
                    self.out.push_str("}}");
                }
            }
        }
    }

    /// A link that could do more than open a page, a mail or a call is shown as text.
    fn link(&mut self, url: &str, text: &Line) {
        let url = url.trim();
        if !is_openable(url) {
            return self.line(text);
        }
        self.out.push_str("<a href=\"");
        escape(url, self.out);
        self.out.push_str("\">");
        self.line(text);
        self.out.push_str("</a>");
    }

    fn image(&mut self, path: &str, alt: &str) {
        match self.media.name(path) {
            Some(name) => {
                self.out.extend(["<img src=\"", name, "\" alt=\""]);
                escape(alt, self.out);
                self.out.push_str("\">");
            }
            None => escape(alt, self.out),
        }
    }
}

/// The word of CSS, which follows the direction of the card; none where the style sheet decides.
fn text_align(align: Align) -> Option<&'static str> {
    match align {
        Align::Natural => None,
        Align::Start => Some("start"),
        Align::Center => Some("center"),
        Align::End => Some("end"),
    }
}

/// The class of the style sheet; none for plain code.
fn class_word(class: code::Class) -> Option<&'static str> {
    match class {
        code::Class::Keyword => Some("k"),
        code::Class::Literal => Some("s"),
        code::Class::Number => Some("n"),
        code::Class::Comment => Some("c"),
        code::Class::Plain => None,
    }
}
