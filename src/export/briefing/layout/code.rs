//! Code as it was typed, in boxes; a line that is too long goes on below behind a mark.

use super::flow::{Area, Flow, baseline};
use super::linebreak::Fill;
use super::paragraph::{self, Family, Line, Setting, TextStyle};
use super::piece::{Band, Draw, Piece};
use super::tags::Role;
use crate::export::briefing::document::Run;
use crate::markup::code;
use std::rc::Rc;

/// In front of what did not fit on the line of code above.
const CODE_GOES_ON: &str = "» ";

/// Code as it was typed; a line too long for the column goes on below behind a mark.
pub fn code(flow: &mut Flow<'_>, language: &str, text: &str, area: Area) {
    const PADDING: f32 = 8.0;
    // Shorter code would rather not be broken; of longer code, no fewer lines stand alone.
    const SHORT: usize = 12;
    const TOGETHER: usize = 3;
    let size = flow.style.sizes.code;
    let style = TextStyle { family: Family::Mono, size, leading: size * 1.45, fill: Fill::Ragged, ..flow.body() };
    let tag = flow.tags.add(Role::P, area.tag);
    let code = flow.tags.add(Role::Code, tag);
    let band = |joined| Draw::Band(Band { x: area.x, width: area.width, color: flow.style.colors.tint, joined });
    let edge = Piece { height: PADDING, draws: vec![band(true)], ..Piece::default() };
    let mut pieces = vec![Piece { before: 6.0, keep: true, draws: vec![band(false)], ..edge.clone() }];
    let again = Some(Rc::new(edge.clone()));
    let lines = highlighted(language, text);
    let count = lines.len();
    for (index, line) in lines.iter().enumerate() {
        for part in code_lines(flow.setting, line, &style, area.width - 2.0 * PADDING) {
            let draw = Draw::Line { line: part, x: area.x + PADDING, y: baseline(&style), tag: Some(code) };
            let keep = index + 1 < TOGETHER || index + TOGETHER >= count;
            pieces.push(Piece {
                height: style.leading,
                keep,
                wish: count <= SHORT,
                draws: vec![band(true), draw],
                repeat: again.clone(),
                close: again.clone(),
                ..Piece::default()
            });
        }
    }
    // The last line has its own edge below it.
    if let Some(last) = pieces.last_mut() {
        last.close = None;
    }
    pieces.push(edge);
    for piece in pieces {
        flow.push(piece);
    }
}

/// Code as lines of runs: words of the language strong, texts in the accent colour, comments soft.
/// Weight and lightness tell them apart without colour too.
fn highlighted(language: &str, text: &str) -> Vec<Vec<Run>> {
    let text = text.replace('\t', "    ");
    let mut lines = vec![Vec::new()];
    for (class, token) in code::tokens(language, &text) {
        let look = Run {
            strong: class == code::Class::Keyword,
            accent: class == code::Class::Literal,
            soft: class == code::Class::Comment,
            ..Run::default()
        };
        for (index, part) in token.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push(Run { text: part.to_owned(), ..look.clone() });
            }
        }
    }
    lines
}

/// A line of code in as many lines as it needs: broken behind a space or a mark where there is one, the
/// rest set behind a mark.
fn code_lines(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = runs.to_vec();
    loop {
        let mark = if lines.is_empty() { "" } else { CODE_GOES_ON };
        let room = width - paragraph::natural_width(setting, &[Run::plain(mark)], style);
        let letters = paragraph::letters_that_fit(setting, &rest, style, room);
        let (mut head, mut tail) = split_at(&rest, letters);
        if !tail.is_empty() {
            (head, tail) = split_at(&rest, code_break(&rest, letters));
        }
        head.insert(0, Run::soft(mark));
        lines.push(paragraph::code_line(setting, &head, style, width, tail.is_empty()));
        rest = tail;
        if rest.is_empty() {
            return lines;
        }
    }
}

/// Where to break code that has room for some letters: behind a space in the second half of the line,
/// else behind a mark there, else where the room ends.
fn code_break(runs: &[Run], letters: usize) -> usize {
    let text: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).take(letters).collect();
    let behind = |is_place: fn(char) -> bool| {
        let last = text.iter().rposition(|c| is_place(*c));
        last.map(|at| at + 1).filter(|at| *at > letters / 2)
    };
    behind(char::is_whitespace).or_else(|| behind(|c| ",;(){}[]|&=/.:".contains(c))).unwrap_or(letters)
}

/// Runs before and after a number of letters.
fn split_at(runs: &[Run], letters: usize) -> (Vec<Run>, Vec<Run>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = letters;
    for run in runs {
        let cut = run.text.char_indices().nth(left).map_or(run.text.len(), |(at, _)| at);
        let (head, tail) = run.text.split_at(cut);
        left -= head.chars().count().min(left);
        for (part, runs) in [(head, &mut before), (tail, &mut after)] {
            if !part.is_empty() {
                runs.push(Run { text: part.to_owned(), ..run.clone() });
            }
        }
    }
    (before, after)
}
