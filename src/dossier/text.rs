//! Bytes into a text that the YAML reader can take: encoding, control characters, tabs.

use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::yaml;

/// A dossier larger than this, in bytes, was not written by hand; 10 000 long questions are 3 MB.
pub const SIZE_LIMIT: usize = 8 * 1024 * 1024;
/// Of mistakes that come by the hundred, so many are shown.
const SHOWN: usize = 20;

/// A text ready to be read, and the YAML tree of it.
pub struct Prepared {
    /// What messages show.
    pub source: Source,
    /// The tree; its spans and its diagnostics' spans count bytes of `source`.
    pub tree: yaml::Tree,
}

/// Reads the bytes as UTF-8 and parses them, or says why that is impossible.
pub fn prepare(name: &str, bytes: &[u8]) -> Result<Prepared, (Source, Vec<Diagnostic>)> {
    let mut source = Source { name: name.to_owned(), text: String::new() };
    if bytes.len() > SIZE_LIMIT {
        let message = format!("this file is larger than {} MB, the most that a dossier can have", SIZE_LIMIT >> 20);
        let problem = Diagnostic::new(Code::TooLarge, 0..0, message, "too large").help("is this the right file?");
        return Err((source, vec![problem]));
    }
    let zeros = bytes.split(|byte| *byte == 0).count() - 1;
    if zeros * 8 > bytes.len() {
        let message = "this file is no text in UTF-8: every eighth byte or more of it is zero";
        let problem = Diagnostic::new(Code::NotUtf8, 0..0, message, "UTF-16, or no text at all").help(SAVE_AS_UTF8);
        return Err((source, vec![problem]));
    }
    let (text, mut problems) = decode(bytes);
    problems.extend(control_characters(&text));
    source.text = text;
    if source.text.trim().is_empty() && problems.is_empty() {
        let problem = Diagnostic::new(Code::EmptyFile, 0..0, "this file is empty", "nothing here")
            .help("`dossier init` writes a dossier to start from");
        return Err((source, vec![problem]));
    }
    let mut tree = parse(&source.text);
    tree.diagnostics.splice(0..0, problems);
    Ok(Prepared { source, tree })
}

/// UTF-8 with or without a byte order mark; every wrong byte is reported and stands as U+FFFD.
fn decode(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut problems = Vec::new();
    if let Some(encoding) = utf16(bytes) {
        let message = format!("this file is {encoding}, not UTF-8");
        problems.push(Diagnostic::new(Code::NotUtf8, 0..0, message, "the first two bytes say so").help(SAVE_AS_UTF8));
        return (text, problems);
    }
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

/// What a byte most likely was meant to be; the table of Windows-1252 for the usual suspects.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('€'),
        0x85 => Some('…'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x95 => Some('•'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xa0..=0xff => Some(char::from(byte)),
        _ => None,
    }
}

fn control_characters(text: &str) -> Vec<Diagnostic> {
    let forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    text.char_indices()
        .filter(|(_, c)| forbidden(*c))
        .take(SHOWN)
        .map(|(at, c)| {
            let message = format!("the control character U+{:04X} cannot stand in a dossier", u32::from(c));
            Diagnostic::new(Code::ControlCharacter, at..at + c.len_utf8(), message, "invisible, but there")
                .help("delete it: put the cursor behind it and press Backspace")
        })
        .collect()
}

/// Parses; when tabs are what stands in the way, reports them and reads on as if they were spaces.
fn parse(text: &str) -> yaml::Tree {
    // A control character has its own message already; the parser would stop at it.
    let clean: String =
        text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    let clean = if clean.len() == text.len() { clean } else { text.to_owned() };
    let tree = yaml::read(&clean);
    let tabs = tab_lines(&clean);
    let first = tree.diagnostics.first().map(Diagnostic::start);
    // Tabs are legal inside a block text: they are only to blame when the error is at or after one.
    match first {
        Some(at) if tabs.iter().any(|tab| tab.start <= at + 1) => without_tabs(&clean, &tabs),
        _ => tree,
    }
}

/// Where lines are indented by tabs: the white space of each such line.
fn tab_lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let lead = line.get(..blank).unwrap_or_default();
        if lead.starts_with('\t') || (lead.contains('\t') && line.trim_start().starts_with("- ")) {
            found.push(at..at + blank);
        }
        at += line.len();
    }
    found
}

fn without_tabs(text: &str, tabs: &[Span]) -> yaml::Tree {
    const WIDTH: usize = 2;
    let mut spaced = String::with_capacity(text.len() + tabs.len() * WIDTH);
    // Pairs of (place in the spaced text, place in the original) at each end of a changed lead.
    let mut map = vec![(0, 0)];
    let mut from = 0;
    for tab in tabs {
        spaced.push_str(text.get(from..tab.start).unwrap_or_default());
        for c in text.get(tab.clone()).unwrap_or_default().chars() {
            spaced.push_str(if c == '\t' { "  " } else { " " });
        }
        map.push((spaced.len(), tab.end));
        from = tab.end;
    }
    spaced.push_str(text.get(from..).unwrap_or_default());
    let back = |at: usize| {
        let index = map.partition_point(|(spaced, _)| *spaced <= at).saturating_sub(1);
        let (spaced, original) = map.get(index).copied().unwrap_or_default();
        original + (at - spaced)
    };
    let mut tree = yaml::read(&spaced);
    tree.root = tree.root.map(|root| moved(&root, &back));
    for label in tree.diagnostics.iter_mut().flat_map(|problem| &mut problem.labels) {
        label.span = back(label.span.start)..back(label.span.end);
    }
    tree.diagnostics.extend(tabs.iter().take(SHOWN).map(|tab| {
        Diagnostic::new(Code::Tab, tab.clone(), "this line is indented with a tab", "YAML allows only spaces here")
            .help("replace the tab by two spaces; most editors can do it for the whole file: “Convert indentation to spaces”")
    }));
    tree
}

fn moved(node: &yaml::Node, back: &impl Fn(usize) -> usize) -> yaml::Node {
    let kind = match &node.kind {
        yaml::Kind::Scalar(text, style) => yaml::Kind::Scalar(text.clone(), *style),
        yaml::Kind::List(items) => yaml::Kind::List(items.iter().map(|item| moved(item, back)).collect()),
        yaml::Kind::Map(pairs) => {
            yaml::Kind::Map(pairs.iter().map(|(k, v)| (moved(k, back), moved(v, back))).collect())
        }
    };
    yaml::Node { span: back(node.span.start)..back(node.span.end), kind }
}
