//! A draft as YAML the way a careful person writes it: plain where that is possible, in quotes where it
//! must be, long texts folded, a blank line between the parts.

use super::{Draft, Pair, Value};
use crate::dossier::one_line;
use crate::yaml::{needs_escape, plain_or_quoted, quoted};

/// Columns that lines are kept within where words allow it.
const WIDTH: usize = 104;

/// The whole file.
pub fn yaml(draft: &Draft) -> String {
    let mut out: String = draft.head.iter().map(|said| comment(&said.text, 0)).collect();
    for (index, pair) in draft.pairs.iter().enumerate() {
        // `dossier: 1` and `language: de` are one head.
        let is_head = |pair: &Pair| matches!(pair.value, Value::Bare(_, None)) && pair.above.is_empty();
        let before = index.checked_sub(1).and_then(|before| draft.pairs.get(before));
        if before.is_some_and(|before| !(is_head(before) && is_head(pair))) {
            out.push('\n');
        }
        out.push_str(&block(pair, 0));
    }
    if !draft.foot.is_empty() {
        out.push('\n');
        out.extend(draft.foot.iter().map(|said| comment(&said.text, 0)));
    }
    out
}

/// A key and what stands under it, indented by so many spaces.
pub fn block(pair: &Pair, indent: usize) -> String {
    let mut out = String::new();
    write_pair(&mut out, pair, indent, true);
    out
}

/// An item of a list, with its dash behind so many spaces.
pub fn item(value: &Value, indent: usize) -> String {
    let mut out = String::new();
    write_item(&mut out, value, indent);
    out
}

/// A comment, broken into lines.
pub fn comment(text: &str, indent: usize) -> String {
    let lead = format!("{}#", " ".repeat(indent));
    let mut out = String::new();
    for paragraph in text.lines() {
        let indented = paragraph.len() - paragraph.trim_start().len();
        let mut line = format!("{lead}{}", " ".repeat(indented));
        let bare = line.len();
        for word in paragraph.split_whitespace() {
            if line.len() > bare && line.chars().count() + 1 + word.chars().count() > WIDTH {
                out.push_str(&line);
                out.push('\n');
                line.clone_from(&lead);
            }
            line.push(' ');
            line.push_str(word);
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// `first` tells whether the line of the key has to be indented; behind a dash it is already.
fn write_pair(out: &mut String, pair: &Pair, indent: usize, indented: bool) {
    if indented {
        out.extend(pair.above.iter().map(|said| comment(&said.text, indent)));
        out.push_str(&" ".repeat(indent));
    }
    let key = plain_or_quoted(&pair.key.text, false);
    out.push_str(&key);
    out.push(':');
    write_value(out, &pair.value, indent, key.chars().count() + 1 + indent);
}

/// A value behind its key, which ends in a column.
fn write_value(out: &mut String, value: &Value, indent: usize, column: usize) {
    if let Some(flow) = flow(value).filter(|flow| column + 1 + flow.chars().count() <= WIDTH) {
        out.push_str(&format!(" {flow}\n"));
        return;
    }
    match value {
        Value::Text(said) => {
            out.push(' ');
            out.push_str(&scalar(&said.text, indent + 2, column + 1));
            out.push('\n');
        }
        Value::Bare(text, beside) => {
            out.push_str(&format!(" {text}"));
            out.extend(beside.iter().map(|said| format!(" # {}", one_line(&said.text))));
            out.push('\n');
        }
        Value::List { items, .. } => {
            out.push('\n');
            for item in items {
                write_item(out, item, indent + 2);
            }
        }
        Value::Map { pairs, .. } => {
            out.push('\n');
            for pair in pairs {
                write_pair(out, pair, indent + 2, true);
            }
        }
    }
}

fn write_item(out: &mut String, value: &Value, indent: usize) {
    out.push_str(&format!("{}-", " ".repeat(indent)));
    match value {
        Value::Map { pairs, short: false } => {
            if let Some(first) = pairs.first() {
                out.push(' ');
                write_pair(out, first, indent + 2, false);
            }
            pairs.iter().skip(1).for_each(|pair| write_pair(out, pair, indent + 2, true));
        }
        Value::Text(_) | Value::Bare(..) | Value::List { .. } | Value::Map { .. } => {
            write_value(out, value, indent, indent + 1);
        }
    }
}

/// A short list or mapping on one line.
fn flow(value: &Value) -> Option<String> {
    let inside = |value: &Value| match value {
        Value::Text(said) if said.text.contains('\n') => None,
        Value::Text(said) => Some(plain_or_quoted(&said.text, true)),
        Value::Bare(text, None) => Some(text.clone()),
        Value::Bare(_, Some(_)) | Value::List { .. } | Value::Map { .. } => None,
    };
    match value {
        Value::List { items, short: true } => {
            let items: Option<Vec<String>> = items.iter().map(inside).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Map { pairs, short: true } if pairs.iter().all(|pair| pair.above.is_empty()) => {
            let pairs: Option<Vec<String>> = pairs
                .iter()
                .map(|pair| Some(format!("{}: {}", plain_or_quoted(&pair.key.text, true), inside(&pair.value)?)))
                .collect();
            Some(format!("{{{}}}", pairs?.join(", ")))
        }
        Value::Text(_) | Value::Bare(..) | Value::List { .. } | Value::Map { .. } => None,
    }
}

/// A text in the best of its forms. `indent` is that of the lines of a block.
fn scalar(text: &str, indent: usize, column: usize) -> String {
    if text.contains('\n') {
        return if fits_block(text) { literal(text, indent) } else { quoted(text) };
    }
    let line = plain_or_quoted(text, false);
    if column + line.chars().count() <= WIDTH || !fits_block(text) {
        return line;
    }
    folded(text, indent).unwrap_or(line)
}

/// `|`: the lines as they are.
fn literal(text: &str, indent: usize) -> String {
    let lead = " ".repeat(indent);
    let mut out = String::from("|");
    for line in text.trim_end_matches('\n').split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&lead);
            out.push_str(line);
        }
    }
    out
}

/// `>-`: lines are broken at single spaces, which reading joins them with again. `None` when there is
/// nothing to break.
fn folded(text: &str, indent: usize) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        // Beside a second space a break would change the text.
        let breakable = !word.is_empty() && !line.is_empty() && !line.ends_with(' ');
        if breakable && indent + line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() || !lines.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    let lead = " ".repeat(indent);
    text.contains(' ').then(|| lines.iter().fold(String::from(">-"), |out, line| out + "\n" + &lead + line))
}

/// Whether the text can stand in a block without a word about indentation or line ends.
fn fits_block(text: &str) -> bool {
    let blank = |c: char| c.is_whitespace();
    !text.starts_with(blank) && !text.ends_with(blank) && !text.contains(needs_escape)
}
