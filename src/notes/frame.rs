//! What stands round a dossier: a code fence, an assistant's first and last words, the good wishes.

use super::blocks::{bold_label, is_bold};
use super::front::{self, Front};
use super::lines::{Line, fence_of, is_rule, lines, marker, trimmed, verbatim};
use super::words;
use crate::draft::Said;

/// Lines of talk that may stand outside a fence that holds a dossier.
const TALK: usize = 6;
/// A longer paragraph is no greeting.
const GREETING: usize = 400;

/// Notes without what stands round them.
#[derive(Debug)]
pub struct Frame<'t> {
    /// The lines of the dossier.
    pub lines: Vec<Line<'t>>,
    /// Talk before it.
    pub before: Vec<Said>,
    /// Talk after it.
    pub after: Vec<Said>,
    /// The last word.
    pub closing: Option<Said>,
    /// What marks such as `[^1]` point to.
    pub footnotes: Vec<Said>,
    /// What they are called.
    pub over_footnotes: Option<Said>,
    /// The language of the fence: `markdown`.
    pub fence: Vec<Said>,
    /// Keys and values above the Markdown.
    pub front: Front,
}

impl<'t> Frame<'t> {
    /// Takes the frame off.
    pub fn of(source: &'t str) -> Self {
        let all = lines(source);
        let mut frame = Self {
            lines: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
            closing: None,
            footnotes: Vec::new(),
            over_footnotes: None,
            fence: Vec::new(),
            front: Front::default(),
        };
        let inside = match wrapped(&all) {
            Some((open, close)) => {
                frame.before.extend(verbatim(all.get(..open).unwrap_or_default()));
                frame.after.extend(verbatim(all.get(close + 1..).unwrap_or_default()));
                frame.fence =
                    [open, close].into_iter().filter_map(|at| all.get(at)).map(|line| line.piece().said()).collect();
                unfenced(all.get(open + 1..close).unwrap_or_default())
            }
            None => all,
        };
        let (skip, greeting) = greeting(&inside);
        frame.before.extend(greeting);
        let rest = inside.get(skip..).unwrap_or_default();
        let (front, skip) = front::of(rest).unwrap_or_default();
        frame.front = front;
        let rest = rest.get(skip..).unwrap_or_default();
        let end = frame.end(rest);
        frame.lines = rest.get(..end).unwrap_or_default().to_vec();
        frame
    }

    /// Where the dossier ends and the talk begins.
    fn end(&mut self, lines: &[Line<'_>]) -> usize {
        let mut end = trimmed_end(lines, lines.len());
        while let Some(start) = last_paragraph(lines, end) {
            let paragraph = lines.get(start..end).unwrap_or_default();
            let Some(said) = verbatim(paragraph) else { break };
            let before = lines.get(..start).unwrap_or_default();
            if let Some((title, footnotes)) = footnotes(paragraph).filter(|_| !ends_in_heading(before)) {
                // Where there are two blocks of them, what the second is called stands between the two.
                let between = title.and_then(|title| self.over_footnotes.replace(title));
                self.footnotes.splice(0..0, footnotes.iter().map(|line| line.piece().said()).chain(between));
            } else if words::is_offer(&said.text) && has_content(before) {
                self.after.insert(0, said);
            } else if self.closing.is_none()
                && has_content(before)
                && (words::is_wish(&said.text) || is_last_word(&said.text) || stands_apart(before))
            {
                let single = lines.get(start).filter(|_| end == start + 1).map(Line::piece);
                let offer = single.and_then(|piece| Some((piece, words::offer_at(piece.text)?)));
                self.closing = match offer {
                    Some((piece, at)) => {
                        let (wish, offer) = piece.text.split_at(at);
                        self.after.insert(0, piece.part(offer).said());
                        Some(piece.part(wish.trim_end()).said())
                    }
                    None => Some(said),
                };
                return trimmed_end(lines, start);
            } else {
                break;
            }
            end = trimmed_end(lines, start);
        }
        end
    }
}

/// Lines that are all footnotes, behind what they are called: `Sources:`, if anything.
fn footnotes<'a, 't>(lines: &'a [Line<'t>]) -> Option<(Option<Said>, &'a [Line<'t>])> {
    let (first, rest) = lines.split_first()?;
    let titled = first.text.ends_with(':') && first.text.chars().count() <= 30 && !rest.is_empty();
    let (title, notes) =
        if titled { (Some(first.piece().part(first.text.trim_end_matches(':')).said()), rest) } else { (None, lines) };
    notes.iter().all(|line| is_footnote(line.text)).then_some((title, notes))
}

/// `[^1]: where it was read`, `[1] https://example.com`.
fn is_footnote(text: &str) -> bool {
    let Some((mark, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
    let is_mark = |mark: &str| !mark.is_empty() && mark.chars().all(|c| c.is_alphanumeric() || c == '-');
    match mark.strip_prefix('^') {
        Some(mark) => is_mark(mark) && rest.starts_with(':'),
        None => is_mark(mark) && rest.trim_start_matches([':', ' ']).starts_with("http"),
    }
}

/// Whether lines end with a heading, which then says what follows.
fn ends_in_heading(lines: &[Line<'_>]) -> bool {
    lines.iter().rev().find(|line| !line.is_blank()).is_none_or(|line| line.text.starts_with('#'))
}

/// `**Final thought:** You know this.`
fn is_last_word(text: &str) -> bool {
    let meaning = bold_label(text).and_then(|(label, _)| words::section(label));
    meaning.is_some_and(|meaning| meaning.strong && meaning.kind == words::Kind::Closing)
}

fn has_content(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| !line.is_blank())
}

/// Blank lines and rules at the end go.
fn trimmed_end(lines: &[Line<'_>], mut end: usize) -> usize {
    while let Some(line) = end.checked_sub(1).and_then(|at| lines.get(at)) {
        let underline = is_rule(line.text)
            && end.checked_sub(2).and_then(|at| lines.get(at)).is_some_and(|above| !above.is_blank());
        if line.code || !(line.is_blank() || is_rule(line.text)) || underline {
            break;
        }
        end -= 1;
    }
    end
}

/// The fence that a whole dossier stands in.
fn wrapped(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let is_text =
        |info: &str| matches!(info.to_lowercase().as_str(), "" | "markdown" | "md" | "text" | "txt" | "plaintext");
    let talk = |lines: &[Line<'_>]| {
        let said = lines.iter().filter(|line| !line.is_blank()).count();
        said <= TALK && !lines.iter().any(|line| line.text.starts_with('#') || marker(line.text).is_some())
    };
    let open = lines.iter().position(|line| fence_of(line.text).is_some())?;
    let (sign, _, info) = fence_of(lines.get(open)?.text)?;
    let closes = |line: &Line<'_>| matches!(fence_of(line.text), Some((c, _, "")) if c == sign);
    let close = lines.iter().rposition(closes).filter(|close| *close > open);
    let (inside, after) = match close {
        Some(close) => (lines.get(open + 1..close)?, lines.get(close + 1..)?),
        None => (lines.get(open + 1..)?, Default::default()),
    };
    let heading =
        |line: &Line<'_>| line.text.starts_with('#') || words::section(line.text).is_some_and(|meaning| meaning.strong);
    let holds = inside.iter().any(heading);
    (is_text(info) && holds && talk(lines.get(..open)?) && talk(after)).then_some((open, close.unwrap_or(lines.len())))
}

/// The lines inside a fence, read as if there was none.
fn unfenced<'t>(inside: &[Line<'t>]) -> Vec<Line<'t>> {
    let mut open: Option<char> = None;
    inside
        .iter()
        .map(|line| {
            let code = match (open, fence_of(line.text)) {
                (None, None) => false,
                (None, Some((sign, ..))) => {
                    open = Some(sign);
                    true
                }
                (Some(sign), Some((c, _, ""))) if c == sign => {
                    open = None;
                    true
                }
                (Some(_), _) => true,
            };
            line.with_code(code)
        })
        .collect()
}

/// The first paragraph, when it is talk: how many lines to skip, and what they say.
fn greeting(lines: &[Line<'_>]) -> (usize, Option<Said>) {
    let start = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let prose = |line: &&Line<'_>| {
        !line.is_blank()
            && !line.code
            && !line.text.starts_with('#')
            && marker(line.text).is_none()
            && !is_rule(line.text)
    };
    let rest = lines.get(start..).unwrap_or_default();
    let length = rest.iter().take_while(prose).count();
    let underlined = rest.get(length).is_some_and(|line| is_rule(line.text) && length == 1);
    let said = rest.get(..length).and_then(verbatim);
    match said.filter(|said| words::is_greeting(&said.text) && said.text.chars().count() <= GREETING && !underlined) {
        Some(said) => (start + length, Some(said)),
        None => (0, None),
    }
}

/// Where the last paragraph of running text starts.
fn last_paragraph(lines: &[Line<'_>], end: usize) -> Option<usize> {
    let plain = |line: &Line<'_>| {
        !line.is_blank()
            && !line.code
            && line.indent == 0
            && !line.text.starts_with(['#', '|', '>'])
            && marker(line.text).is_none()
            && (bold_label(line.text).is_none() || is_last_word(line.text))
            && !is_bold(line.text)
            && !is_rule(line.text)
    };
    let mut start = end;
    while start > 0 && lines.get(start - 1).is_some_and(plain) {
        start -= 1;
    }
    let parted = start == 0 || lines.get(start - 1).is_some_and(|line| line.is_blank() || is_rule(line.text));
    (start < end && parted).then_some(start)
}

/// Whether a paragraph behind these lines is more than the next one of a text: behind a rule, or behind a
/// list whose last item is no question that waits for its answer.
fn stands_apart(before: &[Line<'_>]) -> bool {
    let above = before.iter().rev().find(|line| !line.is_blank());
    let Some(line) = above.filter(|line| !line.code) else { return false };
    let Some((_, head)) = marker(line.text) else { return is_rule(line.text) };
    trimmed(before).len() > 1
        && !is_bold(head)
        && !(line.indent == 0 && head.starts_with("**") && words::is_asked(head))
}
