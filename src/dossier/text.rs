//! Bytes into a text that the YAML reader can take: encoding, control characters, tabs.

use crate::diagnostic::{Code, Diagnostic, Edit, Source};
use crate::yaml;
use std::panic::resume_unwind;
use std::thread;

/// A dossier larger than this, in bytes, was not written by hand; 10 000 long questions are 3 MB.
pub const SIZE_LIMIT: usize = 8 * 1024 * 1024;
/// Of mistakes that come by the hundred, so many are shown.
const SHOWN: usize = 20;

/// As much as the main thread has.
const STACK: usize = 8 << 20;
/// A shorter text takes less memory than a thread takes time.
const LONG: usize = 256 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes of a text without the mark that some editors put in front.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// A text that can be shown and parsed, and what is wrong with it.
type Prepared = (Source, Vec<Diagnostic>);

/// Reads the bytes as UTF-8; an error says why they cannot be parsed.
pub fn prepare(name: &str, bytes: Vec<u8>) -> Result<Prepared, Prepared> {
    let mut source = Source { name: name.to_owned(), text: String::new() };
    if bytes.len() > SIZE_LIMIT {
        let message = format!("this file is larger than {} MB, the most that a dossier can have", SIZE_LIMIT >> 20);
        let problem = Diagnostic::new(Code::TooLarge, 0..0, message, "too large").help("is this the right file?");
        return Err((source, vec![problem]));
    }
    if let Some(encoding) = utf16(&bytes) {
        let message = format!("this file is {encoding}, not UTF-8");
        let problem = Diagnostic::new(Code::NotUtf8, 0..0, message, "the first two bytes say so").help(SAVE_AS_UTF8);
        return Err((source, vec![problem]));
    }
    let zeros = bytes.iter().map(|byte| usize::from(*byte == 0)).sum::<usize>();
    if zeros * 8 > bytes.len() {
        let message = "this file is no text in UTF-8: every eighth byte or more of it is zero";
        let problem = Diagnostic::new(Code::NotUtf8, 0..0, message, "UTF-16, or no text at all").help(SAVE_AS_UTF8);
        return Err((source, vec![problem]));
    }
    let (text, mut problems) = decode(bytes);
    problems.extend(control_characters(&text));
    problems.extend(direction(&text));
    source.text = text;
    if source.text.trim().is_empty() && problems.is_empty() {
        let problem = Diagnostic::new(Code::EmptyFile, 0..0, "this file is empty", "nothing here")
            .help("`dossier init` writes a dossier to start from");
        return Err((source, vec![problem]));
    }
    Ok((source, problems))
}

/// UTF-8 with or without a byte order mark; every wrong byte is reported and stands as U+FFFD.
fn decode(mut bytes: Vec<u8>) -> (String, Vec<Diagnostic>) {
    bytes.drain(..bytes.len() - without_mark(&bytes).len());
    match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => decode_wrong(error.as_bytes()),
    }
}

fn decode_wrong(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let mut text = String::with_capacity(bytes.len());
    let mut problems = Vec::new();
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        offset += chunk.valid().len();
        if let Some(&byte) = chunk.invalid().first() {
            if problems.len() < SHOWN {
                problems.push(wrong_byte(byte, offset, text.len()));
            }
            text.push('\u{fffd}');
            offset += chunk.invalid().len();
        }
    }
    (text, problems)
}

const SAVE_AS_UTF8: &str = "save the file again as UTF-8: most editors offer it under “Save with encoding”";

fn utf16(bytes: &[u8]) -> Option<&'static str> {
    (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")).then_some("UTF-16")
}

fn wrong_byte(byte: u8, offset: usize, at: usize) -> Diagnostic {
    let message = format!("byte 0x{byte:02X} (number {} of the file) is not UTF-8", offset + 1);
    let label = match windows_1252(byte) {
        Some(c) => format!("this is `{c}` in Windows-1252"),
        None => "here".to_owned(),
    };
    Diagnostic::new(Code::NotUtf8, at..at + '\u{fffd}'.len_utf8(), message, label).help(SAVE_AS_UTF8)
}

/// What Windows-1252 has from 0x80 to 0x9f; a blank where it has nothing.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// What a byte most likely was meant to be.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(byte - 0x80)).filter(|c| *c != ' '),
        0xa0..=0xff => Some(char::from(byte)),
        _ => None,
    }
}

/// The lines with such a byte, and where they start. Hardly any has one, and bytes are looked at much faster than
/// characters.
fn lines_with(text: &str, wanted: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    // Without a way out half-way, so that many bytes are compared at once.
    lines.filter(move |(_, line)| line.bytes().fold(false, |found, byte| found | wanted(byte)))
}

/// The first bytes of control characters, and of some others.
fn starts_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f | 0xc2)
}

/// The first byte of the characters that turn the direction of writing, and of some others.
fn starts_direction(byte: u8) -> bool {
    byte == 0xe2
}

fn control_characters(text: &str) -> Vec<Diagnostic> {
    lines_with(text, starts_control)
        .flat_map(|(start, line)| line.char_indices().map(move |(at, c)| (start + at, c)))
        .filter(|(_, c)| is_forbidden(*c))
        .take(SHOWN)
        .map(|(at, c)| {
            let message = format!("the control character U+{:04X} cannot stand in a dossier", u32::from(c));
            let span = at..at + c.len_utf8();
            Diagnostic::new(Code::ControlCharacter, span.clone(), message, "invisible, but there")
                .help("delete it: put the cursor behind it and press Backspace")
                .fix(vec![Edit::new(span, "")])
        })
        .collect()
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')
}

/// Characters that show a line in another order than it is read in: every override, and what a line
/// opens and does not close (Unicode Technical Standard 55).
fn direction(text: &str) -> Vec<Diagnostic> {
    const OPENING: [char; 5] = ['\u{202a}', '\u{202b}', '\u{2066}', '\u{2067}', '\u{2068}'];
    const CLOSING: [char; 2] = ['\u{202c}', '\u{2069}'];
    let mut found = Vec::new();
    for (at, line) in lines_with(text, starts_direction) {
        let mut open = Vec::new();
        for (place, c) in line.char_indices() {
            match c {
                '\u{202d}' | '\u{202e}' => found.push((at + place, c)),
                c if OPENING.contains(&c) => open.push((at + place, c)),
                c if CLOSING.contains(&c) => drop(open.pop()),
                _ => {}
            }
        }
        found.extend(open);
    }
    let problem = |(at, c): (usize, char)| {
        let message = format!(
            "the invisible character U+{:04X} shows this line in another order than it is read in",
            u32::from(c)
        );
        let span = at..at + c.len_utf8();
        Diagnostic::new(Code::Direction, span.clone(), message, "turns the direction of writing round")
            .help("delete it: put the cursor behind it and press Backspace; text from right to left needs no such sign")
            .fix(vec![Edit::new(span, "")])
    };
    found.into_iter().take(SHOWN).map(problem).collect()
}

/// The tree of a text. That of a long one is built by a thread of its own: what it took then lies apart from what is made
/// of it, and goes back to the system as a whole.
pub fn parse(text: &str) -> yaml::Tree<'_> {
    if text.len() < LONG {
        return tree(text);
    }
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || tree(text)) {
        Ok(parsing) => parsing.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => tree(text),
    })
}

/// A control character has its own message already; the parser would stop at it.
fn tree(text: &str) -> yaml::Tree<'_> {
    if !lines_with(text, starts_control).any(|(_, line)| line.contains(is_forbidden)) {
        return yaml::read(text);
    }
    let blank = |c: char| if is_forbidden(c) { " ".repeat(c.len_utf8()) } else { c.to_string() };
    yaml::read(&text.chars().map(blank).collect::<String>()).into_owned()
}
