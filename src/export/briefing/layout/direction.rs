//! Which letters run from right to left, and how they stand in a line then (UAX 9).

use crate::export::briefing::document::Run;
use unicode_bidi::BidiInfo;
pub use unicode_bidi::Level;

/// The parts of a line, by their levels, as they stand from left to right.
pub fn visual_order(levels: &[Level]) -> Vec<usize> {
    BidiInfo::reorder_visual(levels)
}

/// Embedding levels by UAX 9, of each byte and of the paragraph; a text without right-to-left letters
/// needs no algorithm. In a document from right to left all text runs so but what has only letters from
/// left to right; elsewhere the first letter decides. Code is set from left to right as a whole, and
/// each link by its own first letter; a space between groups of digits does not part a number.
pub fn levels(text: &str, runs: &[Run], document_right_to_left: bool) -> (Vec<Level>, Level) {
    let directed = text.chars().any(is_right_to_left);
    let lettered = || text.chars().any(char::is_alphabetic);
    if !directed && (!document_right_to_left || lettered()) {
        return (Vec::new(), Level::ltr());
    }
    let mut isolated = String::with_capacity(text.len() + 16);
    let mut own = Vec::with_capacity(text.len());
    for run in runs {
        let mark = if run.code { Some(ISOLATE_LEFT_TO_RIGHT) } else { run.link.as_ref().map(|_| ISOLATE_BY_ITSELF) };
        isolated.extend(mark);
        for (at, c) in run.text.char_indices() {
            own.extend(std::iter::repeat_n(isolated.len(), c.len_utf8()));
            isolated.push(if c == ' ' && parts_digits(&run.text, at) { '\u{a0}' } else { c });
        }
        isolated.extend(mark.map(|_| END_OF_ISOLATE));
    }
    let info = BidiInfo::new(&isolated, document_right_to_left.then(Level::rtl));
    let base = info.paragraphs.first().map_or(Level::ltr(), |paragraph| paragraph.level);
    (own.into_iter().map(|at| info.levels.get(at).copied().unwrap_or(base)).collect(), base)
}

/// The same for lines of code, whose parts go on from left to right whatever is in them; only what is written for
/// people, texts and comments, is ordered as a whole.
pub fn code_levels(runs: &[Run]) -> (Vec<Level>, Level) {
    if !runs.iter().flat_map(|run| run.text.chars()).any(is_right_to_left) {
        return (Vec::new(), Level::ltr());
    }
    let part = |part: &str| BidiInfo::new(part, Some(Level::ltr())).levels;
    let parts = runs.iter().flat_map(|run| {
        let words = run.text.split_inclusive(|c: char| !c.is_alphanumeric());
        if run.accent || run.soft { part(&run.text) } else { words.flat_map(part).collect() }
    });
    (parts.collect(), Level::ltr())
}

/// UAX 9, 2.4: what stands between these is for the text round it a single neutral letter.
const ISOLATE_LEFT_TO_RIGHT: char = '\u{2066}';
const ISOLATE_BY_ITSELF: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

/// Whether the space at a byte stands between a digit and a group of three: `40 000`.
fn parts_digits(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let group = text.get(at + 1..).unwrap_or_default().chars().take_while(char::is_ascii_digit).count();
    before.is_some_and(|c| c.is_ascii_digit()) && group == 3
}

/// Letters of right-to-left scripts and marks that change the direction.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}')
}
