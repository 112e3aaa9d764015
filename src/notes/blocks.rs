//! Lines into blocks: list items and what else has a head and a body, paragraphs, tables, the rest.

use super::lines::{Line, Mark, Piece, is_rule, marker, trimmed};
use super::words;
use std::ops::Range;

/// A head longer than this is a sentence, not a title.
const TITLE: usize = 60;
/// What leads from a question to its answer.
pub const ARROW: Mark = Mark::Bullet('→');
/// A label longer than this is a sentence. YAML knows no key beyond 1024 characters.
const LABEL: usize = 120;

/// A piece of notes.
#[derive(Debug, Clone, Copy)]
pub enum Block<'a, 't> {
    /// A list item, or a line that leads what follows it.
    Item(Item<'a, 't>),
    /// Lines of running text.
    Paragraph(&'a [Line<'t>]),
    /// Lines with bars.
    Table(&'a [Line<'t>]),
    /// Code, a quotation.
    Other(&'a [Line<'t>]),
}

/// A head and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a, 't> {
    /// What makes it one.
    pub sort: Sort,
    /// Its first line or lines.
    pub head: Piece<'t>,
    /// What is below it.
    pub body: &'a [Line<'t>],
    /// All of it.
    pub lines: &'a [Line<'t>],
}

/// What makes an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A bullet or a number.
    Listed(Mark),
    /// `**Label:** text` as a line of its own.
    Labelled,
    /// A line in bold, or a short one with a list below.
    Title,
}

/// Takes lines apart, one level deep.
pub fn blocks<'a, 't>(lines: &'a [Line<'t>]) -> Vec<Block<'a, 't>> {
    placed(lines).into_iter().map(|(_, block)| block).collect()
}

/// Takes lines apart, each block with the lines it takes up.
pub fn placed<'a, 't>(lines: &'a [Line<'t>]) -> Vec<(Range<usize>, Block<'a, 't>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if !line.code && (line.is_blank() || is_rule(line.text)) {
            at += 1;
            continue;
        }
        let (block, length) = block(lines, at);
        out.push((at..at + length.max(1), block));
        at += length.max(1);
    }
    out
}

fn block<'a, 't>(lines: &'a [Line<'t>], at: usize) -> (Block<'a, 't>, usize) {
    let rest = lines.get(at..).unwrap_or_default();
    let Some(line) = rest.first() else { return (Block::Other(rest), 1) };
    if let Some(sort) = sort(rest) {
        let head = head_length(rest, sort);
        let body = head + body_length(rest, head, sort);
        let all = rest.get(..body).unwrap_or_default();
        let first = marker(line.text).map_or(line.text, |(_, text)| text);
        let last = rest.get(head - 1).map_or(line.piece(), Line::piece);
        let first = line.piece().part(first);
        let head_piece = if head == 1 { first } else { first.to(last) };
        let body_lines = trimmed(all.get(head..).unwrap_or_default());
        return (Block::Item(Item { sort, head: head_piece, body: body_lines, lines: all }), body);
    }
    let count = |is_part: &dyn Fn(&Line<'_>) -> bool| rest.iter().take_while(|line| is_part(line)).count();
    if line.code {
        let length = code_length(rest);
        return (Block::Other(rest.get(..length).unwrap_or_default()), length);
    }
    if is_table(rest) {
        let length = count(&|line| line.text.contains('|') && !line.code);
        return (Block::Table(rest.get(..length).unwrap_or_default()), length);
    }
    if line.text.starts_with('>') {
        let length = count(&|line| !line.is_blank() && !line.code && marker(line.text).is_none());
        return (Block::Other(rest.get(..length).unwrap_or_default()), length);
    }
    let mut length = 1;
    while rest.get(length).is_some_and(|line| !line.is_blank() && !line.code && !is_rule(line.text))
        && rest.get(length..).is_some_and(|rest| sort(rest).is_none() && !is_table(rest))
    {
        length += 1;
    }
    (Block::Paragraph(rest.get(..length).unwrap_or_default()), length)
}

/// From a fence to its end.
fn code_length(rest: &[Line<'_>]) -> usize {
    let opening = rest.first().map_or("", |line| line.text);
    let sign = opening.chars().next().unwrap_or('`');
    let closes =
        |line: &Line<'_>| line.text.starts_with(sign) && line.text.chars().all(|c| c == sign) && line.text.len() >= 3;
    let inside = rest.iter().skip(1).take_while(|line| line.code && !closes(line)).count();
    let has_end = rest.get(inside + 1).is_some_and(|line| line.code && closes(line));
    1 + inside + usize::from(has_end)
}

/// What kind of item the first line is, if it is one.
fn sort(rest: &[Line<'_>]) -> Option<Sort> {
    let line = rest.first()?;
    if line.code || line.is_blank() {
        return None;
    }
    if let Some((mark, _)) = marker(line.text).filter(|_| !is_rule(line.text)) {
        return Some(Sort::Listed(mark));
    }
    if is_labelled(line.text) {
        return Some(Sort::Labelled);
    }
    (line.is_summary || is_bold(line.text) || leads_a_list(rest)).then_some(Sort::Title)
}

/// `**Label:** text`, or `Label: text` with a label that we know.
fn is_labelled(text: &str) -> bool {
    bold_label(text).is_some()
        || bold_fact(text).is_some()
        || numbered_label(text).is_some()
        || text.split_once([':', '：']).is_some_and(|(label, _)| is_known_label(label))
}

fn is_known_label(label: &str) -> bool {
    label.chars().count() <= 30 && !label.contains(['*', '`', '[', '|', '#', '>']) && words::field(label).is_some()
}

/// The whole line in bold.
pub fn is_bold(text: &str) -> bool {
    unbold(text).is_some_and(|inner| !inner.is_empty())
}

/// What stands between two pairs of asterisks that hold the whole text.
pub fn unbold(text: &str) -> Option<&str> {
    let mark = ["**", "__"].into_iter().find(|mark| text.starts_with(mark))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let clear = !inner.contains(mark) && !inner.starts_with(['*', '_', ' ']) && !inner.ends_with(['*', '_', ' ']);
    clear.then_some(inner)
}

/// What stands between two signs of italics that hold the whole text.
pub fn unslanted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let clear = !inner.is_empty() && !inner.contains(mark) && inner.trim() == inner;
    clear.then_some(inner)
}

/// A short line without an end, with a list right below it, or a colon and a list after a blank line.
fn leads_a_list(rest: &[Line<'_>]) -> bool {
    let Some(line) = rest.first() else { return false };
    let ended = line.text.ends_with(['.', '!', '?', ',', ';', '。', '？', '！']);
    if ended || line.text.chars().count() > TITLE || line.text.starts_with(['>', '|', '[', '<', '`']) {
        return false;
    }
    let below = rest.iter().skip(1).position(|line| !line.is_blank());
    let listed =
        below.and_then(|skip| rest.get(skip + 1)).is_some_and(|line| !line.code && marker(line.text).is_some());
    listed && (below == Some(0) || line.text.ends_with([':', '：']))
}

fn is_table(rest: &[Line<'_>]) -> bool {
    let (Some(head), Some(rule)) = (rest.first(), rest.get(1)) else { return false };
    let is_rule = |text: &str| text.contains('-') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    !head.code && head.text.contains('|') && rule.text.contains('|') && is_rule(rule.text)
}

/// Lines of a head: the first and those that only continue it.
fn head_length(rest: &[Line<'_>], sort: Sort) -> usize {
    if sort == Sort::Title {
        return 1;
    }
    let base = rest.first().map_or(0, |line| line.indent);
    let mut length = 1;
    while let Some(line) = rest.get(length) {
        let after = rest.get(length..).unwrap_or_default();
        let plain = !line.is_blank() && !line.code && !is_rule(line.text) && !line.text.starts_with(['>', '|', '#']);
        let title = line.indent <= base
            && leads_a_list(after)
            && line.text.starts_with(|c: char| c.is_uppercase() || words::is_cjk(c));
        let continues = plain
            && !title
            && !is_table(after)
            && matches!(self::sort(after), None | Some(Sort::Title))
            && !is_bold(line.text);
        let asked =
            rest.get(length - 1).is_some_and(|before| ends_question(before.text)) && !words::is_asked(line.text);
        if !continues || asked {
            break;
        }
        length += 1;
    }
    length
}

/// Whether a line is all of a question, so that what is below answers it.
fn ends_question(line: &str) -> bool {
    let text = marker(line).map_or(line, |(_, text)| text);
    words::is_asked(text) || (words::is_question(text) && text.ends_with(['.', '。']))
}

/// Lines below a head that belong to it.
fn body_length(rest: &[Line<'_>], head: usize, sort: Sort) -> usize {
    let base = rest.first().map_or(0, |line| line.indent);
    let takes_lists = match sort {
        Sort::Listed(mark) => {
            let below = rest.get(head..).unwrap_or_default().iter().find(|line| !line.is_blank());
            rest.first().is_some_and(|line| leads_same_indent(line.text))
                || (mark != ARROW && below.is_some_and(|line| marker(line.text).is_some_and(|(mark, _)| mark == ARROW)))
        }
        Sort::Labelled | Sort::Title => true,
    };
    let bold = rest.first().is_some_and(|line| line.is_summary || is_bold(line.text)) && sort == Sort::Title;
    let (mut length, mut end, mut code) = (0, 0, false);
    while let Some(line) = rest.get(head + length) {
        let after = rest.get(head + length..).unwrap_or_default();
        length += 1;
        if line.is_blank() && !line.code {
            continue;
        }
        let inside_code = line.code && code;
        let deeper = line.indent > base && (end > 0 || !is_rule(line.text) || line.code);
        let belongs = inside_code
            || deeper
            || (takes_lists && self::sort(after).is_some_and(|next| is_child(next, sort, rest, after)))
            || (bold && !ends_bold(after));
        if !belongs {
            break;
        }
        code = line.code;
        // A rule at the end parts what is above from what is below.
        if line.code || !is_rule(line.text) {
            end = length;
        }
    }
    end
}

/// A list item whose items may stand below it without being indented: a title or a label.
fn leads_same_indent(text: &str) -> bool {
    let head = marker(text).map_or(text, |(_, head)| head);
    is_bold(head) || head.ends_with([':', '：']) || bold_label(head).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether an item at the same column belongs to the one above: another mark below a number or a bullet.
fn is_child(next: Sort, parent: Sort, rest: &[Line<'_>], after: &[Line<'_>]) -> bool {
    let same_column = rest.first().map(|line| line.indent) == after.first().map(|line| line.indent);
    match (parent, next) {
        (Sort::Listed(_), Sort::Listed(next)) if !rest.first().is_some_and(|line| leads_same_indent(line.text)) => {
            same_column && next == ARROW
        }
        (Sort::Listed(mark), Sort::Listed(next)) => same_column && mark != next && next != Mark::Number,
        (Sort::Labelled | Sort::Title, Sort::Listed(_)) => true,
        (Sort::Title, Sort::Labelled) => rest.first().is_some_and(|line| is_bold(line.text) || !line.text.is_empty()),
        (Sort::Listed(_) | Sort::Labelled | Sort::Title, _) => false,
    }
}

/// Where what belongs to a line in bold ends: at the next one, or at a title.
fn ends_bold(after: &[Line<'_>]) -> bool {
    sort(after) == Some(Sort::Title) && after.first().is_some_and(|line| line.is_summary || is_bold(line.text))
}

/// A label in bold and what follows it: `**Label:** text`, `**Label**: text`, `**Label** – text`; one that we know
/// in italics too.
pub fn bold_label(text: &str) -> Option<(&str, &str)> {
    let Some(mark) = ["**", "__"].into_iter().find(|mark| text.starts_with(mark)) else { return italic_label(text) };
    let inner = text.strip_prefix(mark)?;
    let (label, rest) = inner.split_once(mark)?;
    let colon = [':', '：'];
    let label = label.trim();
    let (label, rest) = match (label.strip_suffix(colon), rest.trim_start().strip_prefix(colon)) {
        (Some(label), _) => (label, rest),
        (None, Some(rest)) => (label, rest),
        (None, None) => (label, ["– ", "— ", "- "].iter().find_map(|dash| rest.trim_start().strip_prefix(dash))?),
    };
    is_label(label).then(|| (label.trim(), rest.trim()))
}

/// `**Company: ACME**`: a fact that is all in bold.
pub fn bold_fact(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = plain_label(unbold(text)?)?;
    let is_fact = words::field(label).is_some_and(words::Field::is_fact);
    (is_fact && !rest.is_empty()).then_some((label, rest))
}

/// `Q1. How …?`, `A1. By …`.
pub fn numbered_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(['.', ')', '．'])?;
    let numbered =
        label.get(1..)?.bytes().all(|b| b.is_ascii_digit()) && label.starts_with(|c: char| c.is_ascii_uppercase());
    // `A. Technical` is a part by its letter.
    let known = match words::field(label) {
        Some(words::Field::Question) => label.len() > 1 || label == "Q",
        Some(words::Field::Answer) => label.len() > 1,
        _ => false,
    };
    (numbered && known && !rest.trim().is_empty()).then(|| (label, rest.trim()))
}

/// `*Answer:* text`: a label in italics, if it is one that we know.
fn italic_label(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let (label, rest) = text.get(1..)?.split_once(mark)?;
    let colon = [':', '：'];
    let (label, rest) = match label.trim().strip_suffix(colon) {
        Some(label) => (label, rest),
        None => (label, rest.trim_start().strip_prefix(colon)?),
    };
    (is_known_label(label) && is_label(label)).then(|| (label.trim(), rest.trim()))
}

/// `Label: text` without bold.
pub fn plain_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) =
        text.split_once(": ").or_else(|| text.split_once('：')).or_else(|| Some((text.strip_suffix(':')?, "")))?;
    let few = label.split_whitespace().count() <= 6 && label.chars().count() <= TITLE;
    let clean = !label.contains(['.', '?', '!', ',', ';', '*', '`', '[', '|', '(', '"', '“', '„', '#', '>', '_', '\\']);
    (few && clean && is_label(label)).then(|| (label.trim(), rest.trim()))
}

fn is_label(label: &str) -> bool {
    let label = label.trim();
    label.chars().any(char::is_alphanumeric) && label.chars().count() <= LABEL && !label.contains('\n')
}

impl<'t> Item<'_, 't> {
    /// The label in bold and what follows it.
    pub fn bold(&self) -> Option<(Piece<'t>, Piece<'t>)> {
        let (label, rest) = bold_label(self.head.text)?;
        Some((self.head.part(label), self.head.part(rest)))
    }

    /// The label and what follows it, in bold or not.
    pub fn label(&self) -> Option<(Piece<'t>, Piece<'t>)> {
        let plain = || {
            bold_fact(self.head.text).or_else(|| numbered_label(self.head.text)).or_else(|| plain_label(self.head.text))
        };
        let (label, rest) = bold_label(self.head.text).or_else(plain)?;
        Some((self.head.part(label), self.head.part(rest)))
    }

    /// The head without bold and without the colon at its end.
    pub fn title(&self) -> Piece<'t> {
        let head = self.head.text.trim_end_matches([':', '：']).trim_end();
        let inner = unbold(head).or_else(|| unslanted(head)).unwrap_or(head);
        self.head.part(inner.trim_end_matches([':', '：']).trim())
    }

    /// Whether the head could be a key.
    pub fn is_title(&self) -> bool {
        is_label(self.title().text)
    }
}
