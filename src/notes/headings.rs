//! Lines into sections: headings at any level, underlined ones, and titles that only their meaning tells.

use super::blocks::{bold_fact, unbold};
use super::lines::{Line, Piece, is_rule, marker};
use super::words;
use std::ops::Range;

/// A heading and what is below it.
#[derive(Debug)]
pub struct Section<'a, 't> {
    /// Without its marks.
    pub title: Piece<'t>,
    /// 1 … 6.
    pub level: usize,
    /// The lines up to the next heading of any level.
    pub own: &'a [Line<'t>],
    /// The lines of the section and of those inside it.
    pub all: &'a [Line<'t>],
    /// The sections inside it.
    pub subs: Vec<Section<'a, 't>>,
}

struct Heading<'t> {
    title: Piece<'t>,
    level: usize,
    /// The lines of the heading itself.
    lines: Range<usize>,
}

/// The lines before the first heading, and the sections.
pub fn sections<'a, 't>(lines: &'a [Line<'t>]) -> (&'a [Line<'t>], Vec<Section<'a, 't>>) {
    let mut headings = marked(lines);
    if headings.iter().all(|heading| words::section(heading.title.text).is_none()) {
        let meant = meant(lines, &headings);
        headings.extend(meant);
        headings.sort_by_key(|heading| heading.lines.start);
    }
    let end = headings.first().map_or(lines.len(), |heading| heading.lines.start);
    (lines.get(..end).unwrap_or_default(), nested(lines, &headings, lines.len()))
}

fn nested<'a, 't>(lines: &'a [Line<'t>], headings: &[Heading<'t>], end: usize) -> Vec<Section<'a, 't>> {
    let mut out: Vec<Section<'a, 't>> = Vec::new();
    let mut rest = headings;
    while let [first, after @ ..] = rest {
        let inside = after.iter().take_while(|heading| heading.level > first.level).count();
        let (inside, next) = after.split_at(inside);
        let stop = next.first().map_or(end, |heading| heading.lines.start);
        let own_end = inside.first().map_or(stop, |heading| heading.lines.start);
        out.push(Section {
            title: first.title,
            level: first.level,
            own: lines.get(first.lines.end..own_end).unwrap_or_default(),
            all: lines.get(first.lines.end..stop).unwrap_or_default(),
            subs: nested(lines, inside, stop),
        });
        rest = next;
    }
    out
}

/// Headings by their marks: `## Title`, and titles underlined with `===` or `---`.
fn marked<'t>(lines: &[Line<'t>]) -> Vec<Heading<'t>> {
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.code || line.indent > 3 {
            continue;
        }
        let hashes = line.text.len() - line.text.trim_start_matches('#').len();
        let title = line.text.get(hashes..).unwrap_or_default();
        if (1..=6).contains(&hashes) && title.starts_with(char::is_whitespace) {
            let title = bare(title.trim().trim_end_matches('#').trim());
            out.push(Heading { title: line.piece().part(title), level: hashes, lines: at..at + 1 });
            continue;
        }
        if let Some(level) = underline(lines, at) {
            out.push(Heading { title: line.piece().part(bare(line.text)), level, lines: at..at + 2 });
        }
    }
    out
}

/// The level that the line below gives a title: 1 for `===`, 2 for `---`.
fn underline(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let (line, below) = (lines.get(at)?, lines.get(at + 1)?);
    let before = at.checked_sub(1).and_then(|at| lines.get(at));
    let alone = before.is_none_or(|before| before.is_blank() || is_rule(before.text));
    let is_text = line.text.chars().any(char::is_alphanumeric)
        && !is_rule(line.text)
        && marker(line.text).is_none()
        && !line.text.contains('|');
    if !is_text || !alone || below.code || below.indent > 3 {
        return None;
    }
    let all = |sign: char| below.text.len() >= 2 && below.text.chars().all(|c| c == sign);
    if all('=') { Some(1) } else { all('-').then_some(2) }
}

/// Without bold round the whole.
fn bare(title: &str) -> &str {
    let title = unbold(title).unwrap_or(title);
    title.trim_end_matches([':', '：']).trim()
}

/// Where no heading is marked as one, or none that is marked means anything: short lines of their own
/// that say what a section says, perhaps numbered or in bold.
fn meant<'t>(lines: &[Line<'t>], marked: &[Heading<'t>]) -> Vec<Heading<'t>> {
    let level = marked.iter().map(|heading| heading.level).min().unwrap_or(1) + 1;
    let (mut out, mut any) = (Vec::new(), false);
    for (at, line) in lines.iter().enumerate() {
        let taken = marked.iter().any(|heading| heading.lines.contains(&at));
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let alone = before.is_none_or(|before| before.is_blank() || is_rule(before.text));
        let text = marker(line.text).map_or(line.text, |(_, text)| text);
        let is_fact = bold_fact(text).is_some();
        if taken || is_fact || line.code || line.indent > 0 || !alone || text.chars().count() > 60 || text.contains('|')
        {
            continue;
        }
        let title = bare(text);
        let shouted =
            title.chars().any(char::is_uppercase) && !title.chars().any(char::is_lowercase) && title.len() > 3;
        // A line all in bold is a heading by any word of one, a plain one only when it says little else.
        let means = words::section(title).is_some_and(|meaning| meaning.strong || unbold(text).is_some());
        let counted = words::is_roman(title) && unbold(text).is_some() && !title.ends_with(['.', '?', '!', ',']);
        if !title.is_empty()
            && !text.ends_with(['.', '?', '!', ','])
            && (means || counted || (shouted && marker(line.text).is_none()))
        {
            any |= means;
            let level = (level + usize::from(words::is_lettered(title))).min(6);
            out.push(Heading { title: line.piece().part(title), level, lines: at..at + 1 });
        }
    }
    // Capitals alone mean nothing.
    if any { out } else { Vec::new() }
}
