//! Content lines: folding and unfolding, splitting and escaping (RFC 5545, section 3.1 and 3.3.11).
//!
//! Reading is our own rather than the `icalendar` crate's, whose parser gives up a whole file for
//! one odd line and recurses once for each nested component; writing is, because its folding lets
//! a last line of 76 octets pass and takes time in the square of the length.

use std::borrow::Cow;

/// Octets of a line without its line break.
const WIDTH: usize = 75;

/// Adds a line, folded between characters.
pub fn push(out: &mut String, line: &str) {
    let mut rest = line;
    let mut width = WIDTH;
    while rest.len() > width {
        let (head, tail) = rest.split_at(boundary(rest, width));
        out.push_str(head);
        out.push_str("\r\n ");
        rest = tail;
        width = WIDTH - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// The last place up to `at` where a character starts.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

/// The lines of a file with folds undone, whatever its line breaks are.
pub fn unfolded(text: &str) -> Vec<Cow<'_, str>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let ends = |byte: u8| matches!(byte, b'\n' | b'\r');
    let mut rest = text;
    while !rest.is_empty() {
        let (raw, after) = rest.split_at(rest.bytes().position(ends).unwrap_or(rest.len()));
        rest = after.strip_prefix(['\n', '\r']).unwrap_or(after);
        if raw.is_empty() {
            continue;
        }
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.to_mut().push_str(more),
            _ => lines.push(Cow::Borrowed(raw)),
        }
    }
    lines
}

/// A content line taken apart. The value is still escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'l> {
    /// The name as written.
    pub name: &'l str,
    /// The parameters as written, without the leading semicolon.
    pub params: &'l str,
    /// Everything after the first colon outside quotes.
    pub value: &'l str,
}

impl<'l> Line<'l> {
    /// `None` for what is no content line.
    pub fn parse(line: &'l str) -> Option<Self> {
        let name_end = line.find([';', ':'])?;
        let (name, rest) = line.split_at(name_end);
        let colon = unquoted(rest, ':')?;
        let (params, value) = rest.split_at(colon);
        let params = params.strip_prefix(';').unwrap_or(params);
        Some(Self { name, params, value: value.strip_prefix(':').unwrap_or(value) })
    }

    /// Whether it has this name, in whatever case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of a parameter, without quotes.
    pub fn param(&self, name: &str) -> Option<&'l str> {
        let mut rest = self.params;
        while !rest.is_empty() {
            let (param, tail) = rest.split_at(unquoted(rest, ';').unwrap_or(rest.len()));
            if let Some((key, value)) = param.split_once('=')
                && key.eq_ignore_ascii_case(name)
            {
                return Some(value.trim_matches('"'));
            }
            rest = tail.strip_prefix(';').unwrap_or(tail);
        }
        None
    }
}

/// Where a character stands outside double quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == wanted && !quoted).then_some(at)
    })
}

/// A text as it stands in a value.
pub fn escape(text: &str, out: &mut String) {
    let is_special = |byte: u8| matches!(byte, b'\\' | b',' | b';' | b'\n');
    in_stretches(text, is_special, out, |c, _, out| match c {
        '\n' => out.push_str("\\n"),
        c => out.extend(['\\', c]),
    });
}

/// Adds a text: stretches as they are up to the next character that begins with one of some bytes; such a character,
/// with what follows it, goes to `take`.
pub fn in_stretches(text: &str, begins: impl Fn(u8) -> bool, out: &mut String, take: impl Fn(char, &str, &mut String)) {
    let mut rest = text;
    while let Some((before, at)) = rest.bytes().position(&begins).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let mut after = at.chars();
        if let Some(c) = after.next() {
            take(c, after.as_str(), out);
        }
        rest = after.as_str();
    }
    out.push_str(rest);
}

/// The text of a value.
pub fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => out.push('\n'),
            ('\\', Some(escaped)) => out.push(escaped),
            _ => out.push(c),
        }
    }
    out
}
