//! Markdown and the user's words into plain text that any client shows as it is meant.

use super::lines::in_stretches;
use crate::markup::{self, Block, Line, Markup};
use std::fmt::Write;

/// Characters of one item in a description; longer ones are cut with an ellipsis.
const ITEM: usize = 240;

/// Characters of a longer text, such as the notes of a round.
const PASSAGE: usize = 2_000;

/// A text in which nothing but letters, line feeds and spaces is left to a client's mercy: line breaks
/// are line feeds, control characters are gone (RFC 5545, section 3.3.11, allows none but tab).
pub fn clean(text: &str) -> String {
    // Control characters begin with one of these bytes, and so do the separators of lines and paragraphs.
    let may_begin = |byte: u8| (byte < b' ' && byte != b'\n') || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let mut out = String::with_capacity(text.len());
    in_stretches(text, may_begin, &mut out, |c, after, out| match c {
        '\r' if after.starts_with('\n') => {}
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
        '\t' => out.push(' '),
        c if !c.is_control() => out.push(c),
        _ => {}
    });
    out
}

/// A text in one line.
pub fn one_line(text: &str) -> String {
    markup::one_line(&clean(text)).into_owned()
}

/// The words of a line, in one line, of a length one can read on a phone.
pub fn item(line: &Line) -> String {
    shortened(&one_line(&line.plain()), ITEM)
}

/// The words of a text, its lists with dashes.
pub fn passage(markup: &Markup) -> String {
    let mut out = String::new();
    blocks(markup, 0, &mut out);
    shortened(clean(&out).trim_end(), PASSAGE)
}

fn blocks(markup: &Markup, depth: usize, out: &mut String) {
    for block in &markup.0 {
        match block {
            Block::Paragraph(line) | Block::Heading(line) => lines(&line.plain(), out),
            Block::List { start, items } => list(*start, items, depth, out),
            Block::Code { text, .. } => lines(text, out),
            Block::Quote(quote) => blocks(quote, depth, out),
            Block::Table(table) => table.write_plain(out),
            Block::Rule => {}
        }
    }
}

fn lines(text: &str, out: &mut String) {
    out.push_str(text);
    out.push('\n');
}

fn list(start: Option<u64>, items: &[Markup], depth: usize, out: &mut String) {
    for (item, number) in items.iter().zip(start.unwrap_or(0)..) {
        (0..depth).for_each(|_| out.push_str("  "));
        match start {
            Some(_) => out.extend([number.to_string().as_str(), ". "]),
            None => out.push_str("– "),
        }
        blocks(item, depth + 1, out);
    }
}

/// At most so many characters, and an ellipsis where there were more.
pub fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// An address that can go out unescaped, as RFC 5545 wants it: whatever might end or split the line
/// is percent-encoded.
pub fn address(link: &str) -> String {
    let mut out = String::with_capacity(link.len());
    for byte in link.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
