//! What each code means, at length: the sections of `docs/messages.md`.

use super::Code;

const MESSAGES: &str = include_str!("../../docs/messages.md");

/// A section of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// A few words: what is wrong.
    pub title: &'static str,
    /// Why it is wrong and what to do, in Markdown.
    pub text: &'static str,
    /// A piece of a dossier with the mistake, and the same piece without it. A tab, a control
    /// character and U+202E stand there as `→`, `␇` and `⇄`.
    pub example: Option<(&'static str, &'static str)>,
}

/// The explanation of a code.
pub fn explain(code: Code) -> Explanation {
    let start = format!("\n## {}: ", code.id());
    let section = MESSAGES.split_once(start.as_str()).map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    let (title, body) = section.split_once('\n').unwrap_or((section, ""));
    let text = body.split("\nBefore:\n").next().unwrap_or_default().trim();
    Explanation { title, text, example: after(body, "Before:").zip(after(body, "After:")) }
}

/// The code of that name, in any case.
pub fn find(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(name.trim()))
}

/// The text of the first fenced block behind a line.
fn after(body: &'static str, line: &str) -> Option<&'static str> {
    let (_, rest) = body.split_once(&format!("\n{line}\n"))?;
    let (fence, rest) = rest.trim_start().split_once('\n')?;
    let end = fence.trim_end_matches(char::is_alphabetic);
    let length = rest.split_inclusive('\n').take_while(|line| line.trim_end() != end).map(str::len).sum();
    rest.get(..length)
}
