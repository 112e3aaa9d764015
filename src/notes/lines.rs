//! Notes as lines: what stands where, how far indented, and which lines are code.

use super::words::is_cjk;
use crate::draft::Said;
use std::borrow::Cow;

/// A tab moves to the next of these columns, as in Markdown.
const TAB: usize = 4;

/// Lines of running text are broken beyond this column, if anywhere.
const SHORT: usize = 50;

/// A line of the notes.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    source: &'t str,
    /// Without the white space round it.
    pub text: &'t str,
    /// The line as it is.
    raw: &'t str,
    /// Columns before the text.
    pub indent: usize,
    /// Inside a code fence, or one itself.
    pub code: bool,
    /// What a folded part shows when it is folded.
    pub is_summary: bool,
}

/// Signs of a part that can be folded, which stand round a question and its answer.
pub const FOLDS: [&str; 5] = ["<details>", "<details open>", "</details>", "<summary>", "</summary>"];

/// A stretch of the notes.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'t> {
    source: &'t str,
    /// The words.
    pub text: &'t str,
}

impl<'t> Piece<'t> {
    /// The same stretch, shorter: `text` is a part of it.
    pub fn part(self, text: &'t str) -> Self {
        Self { text, ..self }
    }

    /// The text in one line, with its place.
    pub fn said(self) -> Said {
        let text = self.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Said { text, from: self.place().into_iter().collect() }
    }

    /// All of the notes.
    pub fn source(self) -> &'t str {
        self.source
    }

    /// Where it stands in the notes.
    pub fn place(self) -> Option<std::ops::Range<usize>> {
        let start = offset(self.source, self.text);
        (!self.text.is_empty()).then(|| start..start + self.text.len())
    }

    /// What stands between this one and another.
    pub fn between(self, last: Self) -> Self {
        let range = offset(self.source, self.text) + self.text.len()..offset(self.source, last.text);
        Self { text: self.source.get(range).unwrap_or_default(), ..self }
    }

    /// From the start of this one to the end of another.
    pub fn to(self, last: Self) -> Self {
        let range = offset(self.source, self.text)..offset(self.source, last.text) + last.text.len();
        Self { text: self.source.get(range).unwrap_or(self.text), ..self }
    }
}

/// Where a part of the source starts.
fn offset(source: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(source.as_ptr() as usize).min(source.len())
}

impl<'t> Line<'t> {
    /// The text with its place.
    pub fn piece(&self) -> Piece<'t> {
        Piece { source: self.source, text: self.text }
    }

    /// The line as it is.
    pub fn raw(&self) -> &'t str {
        self.raw
    }

    /// The same line, read as code or not.
    pub fn with_code(self, code: bool) -> Self {
        Self { code, ..self }
    }

    /// Nothing on it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the next line begins anew: by two spaces at the end, or because a line of running text that
    /// is so short was hardly broken for its length.
    fn breaks(&self) -> bool {
        let columns: usize = self.text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum();
        self.raw.ends_with("  ") || columns < SHORT
    }
}

/// The notes without what no text needs: byte order mark, carriage returns, control characters, and the marks that
/// assistants put where their screens show a source. How many of these marks there were is told.
pub fn clean(text: &str) -> (String, usize) {
    let text = unbroken(text);
    let (mut out, mut marks, mut rest) = (String::with_capacity(text.len()), 0, text.as_str());
    while let Some((at, length)) = citation(rest) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = after.get(length..).unwrap_or_default();
        marks += 1;
    }
    (out + rest, marks)
}

/// The first mark of a citation: where it starts, and how long it is.
fn citation(text: &str) -> Option<(usize, usize)> {
    CITATIONS
        .iter()
        .flat_map(|(open, inner, close)| {
            text.match_indices(open)
                .filter_map(move |(at, _)| {
                    let after = text.get(at + open.len()..)?;
                    let end = after
                        .char_indices()
                        .take(CITATION)
                        .find(|(at, _)| after.get(*at..).is_some_and(|rest| rest.starts_with(close)))?
                        .0;
                    let inside = after.get(..end).filter(|inside| inside.contains(inner) && !inside.contains('\n'))?;
                    Some((at, open.len() + inside.len() + close.len()))
                })
                .take(1)
        })
        .min()
}

/// How the marks of citations begin, what is in them, and how they end.
const CITATIONS: [(&str, &str, &str); 5] = [
    (":contentReference[oaicite:", "", "}"),
    ("【", "†", "】"),
    ("[cite:", "", "]"),
    ("[cite_start", "", "]"),
    ("\u{e200}", "", "\u{e201}"),
];
/// Characters of such a mark, at the most.
const CITATION: usize = 120;

fn unbroken(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let invisible = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{feff}';
    text.chars().map(|c| if invisible(c) { ' ' } else { c }).collect()
}

/// All lines.
pub fn lines(source: &str) -> Vec<Line<'_>> {
    let mut fence: Option<(char, usize)> = None;
    source
        .split('\n')
        .map(|raw| {
            let text = raw.trim();
            let mark = fence_of(text);
            let code = match (fence, mark) {
                (None, None) => false,
                (None, Some((c, count, _))) => {
                    fence = Some((c, count));
                    true
                }
                (Some((open, length)), Some((c, count, ""))) if c == open && count >= length => {
                    fence = None;
                    true
                }
                (Some(_), _) => true,
            };
            let shown = if code { text } else { unfolded(text) };
            let is_summary = !code && text.starts_with("<summary>") && !shown.is_empty();
            Line { source, text: shown, raw, indent: indent(raw), code, is_summary }
        })
        .collect()
}

/// A line without the signs of a folded part at its ends.
fn unfolded(mut text: &str) -> &str {
    while let Some(inner) = FOLDS.iter().find_map(|sign| text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))) {
        text = inner.trim();
    }
    text
}

/// The sign, length and language of a code fence.
pub fn fence_of(text: &str) -> Option<(char, usize, &str)> {
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = text.trim_start_matches(sign);
    let count = text.len() - rest.len();
    (count >= 3 && !rest.contains('`')).then(|| (sign, count, rest.trim()))
}

fn indent(raw: &str) -> usize {
    let mut column = 0;
    for c in raw.chars() {
        match c {
            '\t' => column = (column / TAB + 1) * TAB,
            c if c.is_whitespace() => column += 1,
            _ => break,
        }
    }
    column
}

/// Lines without the blank ones at both ends.
pub fn trimmed<'a, 't>(mut lines: &'a [Line<'t>]) -> &'a [Line<'t>] {
    while let [first, rest @ ..] = lines
        && first.is_blank()
    {
        lines = rest;
    }
    while let [rest @ .., last] = lines
        && last.is_blank()
    {
        lines = rest;
    }
    lines
}

/// The whole stretch that lines cover.
pub fn stretch<'t>(lines: &[Line<'t>]) -> Option<Piece<'t>> {
    let lines = trimmed(lines);
    Some(lines.first()?.piece().to(lines.last()?.piece()))
}

/// Lines as Markdown of their own: moved to the left, bullets as Markdown knows them, one blank line
/// where there were several, a paragraph in one line where it was broken.
pub fn verbatim(lines: &[Line<'_>]) -> Option<Said> {
    let lines = without_rules(lines);
    let from = stretch(lines)?.place()?;
    let least = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
    let mut out = String::new();
    let mut blank = false;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() {
            if line.code && !blank {
                out.push('\n');
            }
            blank = !line.code;
            continue;
        }
        if blank {
            out.push('\n');
        }
        blank = false;
        let text: Cow<'_, str> = if line.code { line.raw.trim_start().into() } else { as_markdown(line.text) };
        if flows_on(lines, index) {
            out.truncate(out.trim_end_matches('\n').len());
            out.push(' ');
        } else {
            out.push_str(&" ".repeat(line.indent - least));
        }
        out.push_str(text.trim_end());
        let next_is_text = lines.get(index + 1).is_some_and(is_prose);
        if line.breaks() && next_is_text && is_prose(line) && !line.text.ends_with('\\') {
            out.push('\\');
        }
        out.push('\n');
    }
    Some(Said { text: out.trim_end().to_owned(), from: vec![from] })
}

/// Lines without the rules at both ends, which part sections and say nothing inside of one.
fn without_rules<'a, 't>(lines: &'a [Line<'t>]) -> &'a [Line<'t>] {
    let mut lines = trimmed(lines);
    loop {
        let rule = |line: &Line<'_>| !line.code && is_rule(line.text);
        lines = match lines {
            [first, rest @ ..] if rule(first) => trimmed(rest),
            [rest @ .., before, last] if rule(last) && before.is_blank() => trimmed(rest),
            _ => return lines,
        };
    }
}

/// Whether a line only continues the paragraph of the one before.
fn flows_on(lines: &[Line<'_>], index: usize) -> bool {
    let (Some(before), Some(line)) = (index.checked_sub(1).and_then(|at| lines.get(at)), lines.get(index)) else {
        return false;
    };
    is_prose(before)
        && is_prose(line)
        && before.indent == line.indent
        && !before.breaks()
        && !before.text.ends_with('\\')
}

/// A line of running text: no list, table, quotation, heading, rule or code.
fn is_prose(line: &Line<'_>) -> bool {
    let starts = ['|', '>', '#', '<', '[', '=', '-', '+', '*', '_'];
    !line.code
        && !line.is_blank()
        && line.indent < 4
        && marker(line.text).is_none()
        && !line.text.contains('|')
        && (!line.text.starts_with(starts) || line.text.starts_with("**"))
}

/// What stands in front of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `-`, `•`, …
    Bullet(char),
    /// `1.`, `2)`.
    Number,
}

const BULLETS: &str = "-*+•◦▪‣–—·・○●■►▶✓✔→➤※⁃∙🔹🔸👉📌⭐☐□▢◻⬜";
/// Bullets that say something: they stay.
const SPEAKING: [char; 5] = ['✅', '❌', '☑', '👍', '👎'];

/// The mark of a list item and what follows it.
pub fn marker(text: &str) -> Option<(Mark, &str)> {
    let first = text.chars().next()?;
    if SPEAKING.contains(&first) && text.contains(' ') {
        return Some((Mark::Bullet(first), text));
    }
    if BULLETS.contains(first) {
        let rest = text.strip_prefix(first)?;
        let parted = rest.starts_with(char::is_whitespace) || rest.is_empty();
        let glued = matches!(first, '•' | '◦' | '▪' | '●' | '■' | '・') && !rest.is_empty();
        return (parted || glued).then(|| (Mark::Bullet(first), without_box(rest.trim_start())));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let lettered = first.is_ascii_lowercase().then(|| text.get(1..)?.strip_prefix(')')).flatten();
    let numbered = || text.get(digits..).filter(|_| (1..=3).contains(&digits))?.strip_prefix(['.', ')']);
    let keycap = || text.get(digits..).filter(|_| digits == 1)?.strip_prefix("\u{fe0f}\u{20e3}");
    let rest = lettered.or_else(numbered).or_else(keycap)?;
    (rest.starts_with(char::is_whitespace) || rest.is_empty()).then(|| (Mark::Number, without_box(rest.trim_start())))
}

/// Without the box of a task.
fn without_box(text: &str) -> &str {
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| text.strip_prefix(task)).unwrap_or(text).trim_start()
}

/// A list item with a bullet of Markdown.
fn as_markdown(text: &str) -> Cow<'_, str> {
    match marker(text) {
        Some((Mark::Bullet(bullet), _)) if SPEAKING.contains(&bullet) => format!("- {text}").into(),
        Some((Mark::Bullet(bullet), _)) if !matches!(bullet, '-' | '*' | '+') => {
            let rest = text.strip_prefix(bullet).unwrap_or(text).trim_start();
            format!("- {rest}").into()
        }
        Some(_) | None => text.into(),
    }
}

/// A rule, or the line below a heading: signs and nothing else.
pub fn is_rule(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3 && signs.iter().all(|c| matches!(c, '-' | '_' | '*' | '=' | '—' | '–' | '─' | '━'))
}
