//! Texts that YAML reads as something else: colons, and signs that it keeps for itself.

use super::Mistake;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::yaml::page::{Line, Page, is_word};
use crate::yaml::{QUOTES, quoted, shortened};

/// Characters that YAML keeps for itself at the start of a plain text.
const RESERVED: [char; 9] = ['`', '@', '%', '*', '&', '!', ',', '>', '|'];

/// Without typographic quotes round the whole: straight ones take their place.
fn without_typographic(text: &str) -> &str {
    let inner = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        // The sign that closes is an apostrophe too.
        (!inner.contains(open) && (close == '’' || !inner.contains(close))).then_some(inner)
    };
    QUOTES.into_iter().find_map(inner).unwrap_or(text)
}

/// Whether a text only begins like a list in brackets.
fn goes_on_behind_bracket(value: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let rest = value.get(at + c.len_utf8()..).unwrap_or_default();
            let is_text = rest.starts_with(|c: char| c.is_alphanumeric() || c == '(')
                || rest.strip_prefix(' ').is_some_and(|rest| {
                    rest.trim_start()
                        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '"' | '/' | '&'))
                });
            return is_text;
        }
    }
    false
}

/// A mistake that quotes round a text mend.
pub(super) fn in_quotes(
    code: Code,
    span: Span,
    mark: Span,
    words: (&str, &str),
    replacement: &str,
    line: &str,
) -> Mistake {
    let problem = Diagnostic::new(code, mark, words.0, words.1)
        .help(format!("put the whole text in quotes: {line}"))
        .fix(vec![Edit::new(span, replacement)]);
    Mistake::mended(problem)
}

/// `key: some text: with a colon` and `- text: text: text`.
pub(super) fn cut_at_colon(line: Line<'_>) -> Option<Mistake> {
    let (start, content) = line.content();
    let (key, value) = content.split_once(": ")?;
    let value_is_plain = !value.trim_start().starts_with(['"', '\'', '|', '>', '[', '{']);
    if !value_is_plain || !value.contains(": ") || key.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    // `question: …` is a key of the format; `Behaviour: …` in a list is how people write a sentence.
    let (lead, text) = if line.is_item() && !is_word(key) { ("", content) } else { (key, value.trim_start()) };
    let span = line.start + start + content.len() - text.len()..line.start + start + content.len();
    let replacement = quoted(without_typographic(text));
    let whole = if lead.is_empty() { format!("- {replacement}") } else { format!("{lead}: {replacement}") };
    let words = ("a `: ` inside a text starts a new key in YAML", "holds a `: `");
    Some(in_quotes(Code::CutAtColon, span.clone(), span, words, &replacement, &whole))
}

/// `Name: more of it:` above what stands under it.
pub(super) fn colon_in_key(page: &Page<'_>, index: usize) -> Option<Mistake> {
    let line = page.line(index);
    let (start, content) = line.content();
    let name = content.strip_suffix(':')?;
    let goes_on = page.below(index).is_some_and(|(_, below)| below.indent() > line.indent() || below.is_item());
    if !name.contains(": ") || name.starts_with(['"', '\'', '[', '{']) || !goes_on {
        return None;
    }
    let span = line.start + start..line.start + start + name.len();
    let replacement = quoted(name);
    let words = ("a `: ` inside a name ends the name in YAML", "holds a `: `");
    let whole = format!("{replacement}:");
    Some(in_quotes(Code::CutAtColon, span.clone(), span, words, &replacement, &whole))
}

/// `- *word* …`, `` key: `code` … ``, `- @name`, `- [Link](…) …`.
pub(super) fn reserved_start(line: Line<'_>) -> Option<Mistake> {
    let (start, value, lead) = line.value();
    let first = value.chars().next()?;
    let is_text = match first {
        '>' | '|' => value.get(1..)?.starts_with(' ') && value.contains(char::is_alphabetic),
        '[' | '{' => goes_on_behind_bracket(value),
        first => RESERVED.contains(&first),
    };
    if !is_text {
        return None;
    }
    let at = line.start + start;
    let sign = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
    let message = format!("a text cannot start with {sign} in YAML");
    let replacement = quoted(value);
    let whole = format!("{lead}{replacement}");
    let words = (message.as_str(), "reserved by YAML");
    Some(in_quotes(Code::ReservedStart, at..at + value.len(), at..at + first.len_utf8(), words, &replacement, &whole))
}

/// `key:value`, here or in the line above that was read as one with this.
pub(super) fn colon_without_space(page: &Page<'_>, index: usize) -> Option<Mistake> {
    page.siblings(index).find_map(|(_, line)| {
        let (start, content) = line.content();
        let (name, value) = content.split_once(':')?;
        if !is_word(name) || value.starts_with([' ', '/', ':']) || value.is_empty() {
            return None;
        }
        let at = line.start + start + name.len();
        let message = format!("the colon behind `{name}` needs a space behind it");
        let problem = Diagnostic::new(Code::MissingSpace, at..at + 1, message, "no space behind it")
            .help(format!("write: {name}: {}", shortened(value)))
            .fix(vec![Edit::new(at + 1..at + 1, " ")]);
        Some(Mistake::mended(problem))
    })
}
