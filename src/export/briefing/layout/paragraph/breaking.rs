//! Where the lines of a paragraph end.

use super::Setting;
use super::atoms::{Paragraph, is_space};
use crate::export::briefing::layout::linebreak::{Fill, Item, break_lines};
use std::ops::Range;
use unicode_linebreak::BreakOpportunity;

/// Shorter words are not hyphenated.
const HYPHENATED_LETTERS: usize = 6;
/// What breaks cost: at a hyphenation point, behind a hyphen that is there, elsewhere in a word,
/// in code, and inside something that fits no line.
const COST_HYPHEN: f32 = 50.0;
const COST_AFTER_HYPHEN: f32 = 25.0;
const COST_IN_WORD: f32 = 10.0;
const COST_IN_CODE: f32 = 400.0;
const COST_EMERGENCY: f32 = 800.0;
/// How much of a hyphen, and of a mark at the start or at the end of a line, stands out of the column.
const HANGING_HYPHEN: f32 = 0.5;

/// A line as the breaker found it.
pub struct Stretch {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it ends with a hyphen that is not in the text.
    pub hyphen: bool,
    /// Whether the paragraph, or a part of it, ends with it.
    pub last: bool,
    /// Whether a space was dropped behind it: it stays in the text, without a width, so that words
    /// are not glued together (ISO 32000-1, 14.8.2.5).
    pub space: bool,
    /// How far it stands out on the left and on the right.
    pub hang: (f32, f32),
}

impl Stretch {
    /// A text of so many bytes on one line.
    pub fn whole(length: usize, space: bool) -> Self {
        Self { range: 0..length, hyphen: false, last: true, space, hang: (0.0, 0.0) }
    }
}

impl Paragraph<'_> {
    /// Its lines, as wide as they may be.
    pub fn stretches(&self, setting: &mut Setting, width: f32) -> Vec<Stretch> {
        if self.width(0..self.text.len()) <= width && !self.text.contains(ends_line) {
            let end = self.text.trim_end_matches(is_space).len();
            let start = self.text.len() - self.text.trim_start_matches(is_space).len();
            // Nothing is better than one line.
            let line = (start < end).then(|| self.stretch(setting, start..end, None));
            return line.into_iter().collect();
        }
        let (items, places) = self.items(setting, width);
        let mut start = 0;
        let ends = break_lines(&items, width, self.fill).into_iter();
        let stretches = ends.filter_map(|end| {
            let line = std::mem::replace(&mut start, end + 1)..end;
            let is_box = |index: &usize| matches!(items.get(*index), Some(Item::Box { .. }));
            let first = line.clone().find(is_box).and_then(|index| places.get(index))?;
            let last = line.rev().find(is_box).and_then(|index| places.get(index))?;
            Some(self.stretch(setting, first.start..last.end, items.get(end)))
        });
        stretches.collect()
    }

    /// The line of some bytes that ends at an item, or where the paragraph ends.
    fn stretch(&self, setting: &mut Setting, range: Range<usize>, end: Option<&Item>) -> Stretch {
        let hyphen = matches!(end, Some(Item::Penalty { hyphen: true, .. }));
        let hyphen_width = if hyphen { self.hyphen_width(setting, range.end - 1) } else { 0.0 };
        let (left, right) = self.hang(&range);
        Stretch {
            hyphen,
            last: matches!(end, None | Some(Item::Forced)),
            // From right to left nothing parts the end of one text from the start of the next to its left
            // but a space: readers look for gaps on the right.
            space: setting.right_to_left || matches!(end, Some(Item::Glue(_) | Item::Forced)),
            hang: (left, right + hyphen_width * self.hanging(HANGING_HYPHEN)),
            range,
        }
    }

    /// The paragraph as the line breaker wants it, and the bytes of each item.
    fn items(&self, setting: &mut Setting, width: f32) -> (Vec<Item>, Vec<Range<usize>>) {
        // A word with its space, and half a hyphenation point.
        let expected = self.atoms.len() * 2;
        let mut builder = Builder {
            items: Vec::with_capacity(expected),
            places: Vec::with_capacity(expected),
            addresses: addresses(&self.text),
        };
        let mut start = 0;
        for (end, opportunity) in unicode_linebreak::linebreaks(&self.text) {
            let segment = self.text.get(start..end).unwrap_or_default();
            let word_end = start + segment.trim_end_matches(|c| is_space(c) || c == '\n').len();
            self.word(setting, start..word_end, width, &mut builder);
            if end < self.text.len() && opportunity == BreakOpportunity::Mandatory {
                builder.push(Item::Forced, word_end..end);
            } else if word_end < end {
                builder.push(Item::Glue(self.width(word_end..end)), word_end..end);
            } else if end < self.text.len() {
                let cost = match segment.ends_with('-') {
                    _ if self.look_at(end - 1).is_some_and(|look| look.code) => COST_IN_CODE,
                    true => COST_AFTER_HYPHEN,
                    false => COST_IN_WORD,
                };
                builder.push(Item::Penalty { width: 0.0, cost, hyphen: false }, end..end);
            }
            start = end;
        }
        (builder.items, builder.places)
    }

    fn word(&self, setting: &mut Setting, word: Range<usize>, width: f32, builder: &mut Builder) {
        if word.is_empty() {
            return;
        }
        // What fits no line is hyphenated where nothing else would be.
        let hyphenated = self.fill == Fill::Justified || self.width(word.clone()) > width;
        let address = builder.addresses.iter().any(|address| address.contains(&word.start));
        let points = if hyphenated && !address { self.syllables(setting, word.clone()) } else { Vec::new() };
        let mut start = word.start;
        for point in points {
            let hyphen = self.hyphen_width(setting, point) * (1.0 - self.hanging(HANGING_HYPHEN));
            self.part_of_word(start..point, width - hyphen, builder);
            builder.push(Item::Penalty { width: hyphen, cost: COST_HYPHEN, hyphen: true }, point..point);
            start = point;
        }
        self.part_of_word(start..word.end, width, builder);
    }

    fn part_of_word(&self, part: Range<usize>, width: f32, builder: &mut Builder) {
        if self.width(part.clone()) > width {
            self.too_long(part, builder);
        } else {
            builder.push(self.boxed(part.clone()), part);
        }
    }

    fn boxed(&self, range: Range<usize>) -> Item {
        Item::Box { width: self.width(range.clone()), hang: self.hang(&range) }
    }

    /// How far a stretch stands out of a line that begins or ends with it: the edges of a column look
    /// even when light marks reach a little over them.
    fn hang(&self, range: &Range<usize>) -> (f32, f32) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let width = |c: char, from: usize| self.width(from..from + c.len_utf8());
        let first = text.chars().next().map_or(0.0, |c| hanging_left(c) * width(c, range.start));
        let last = text.chars().next_back().map_or(0.0, |c| hanging_right(c) * width(c, range.end - c.len_utf8()));
        (self.hanging(first), self.hanging(last))
    }

    /// Nothing hangs out of ragged lines, nor out of those from right to left.
    fn hanging(&self, by: f32) -> f32 {
        if self.fill == Fill::Justified && !self.right_to_left && !self.opposed { by } else { 0.0 }
    }

    /// What is wider than the line and has no syllables may break anywhere, but does so only when it must.
    fn too_long(&self, word: Range<usize>, builder: &mut Builder) {
        let text = self.text.get(word.clone()).unwrap_or_default();
        for (at, c) in text.char_indices() {
            let place = word.start + at..word.start + at + c.len_utf8();
            if at > 0 && self.width(place.clone()) > 0.0 {
                builder
                    .push(Item::Penalty { width: 0.0, cost: COST_EMERGENCY, hyphen: false }, place.start..place.start);
            }
            builder.push(self.boxed(place.clone()), place);
        }
    }

    /// Where the syllables of a word part, behind each; none in code.
    fn syllables(&self, setting: &Setting, word: Range<usize>) -> Vec<usize> {
        let Some(language) = setting.hyphenation else { return Vec::new() };
        // The hyphen would stand at the wrong end of a line from right to left.
        if self.right_to_left || self.look_at(word.start).is_none_or(|look| look.code) {
            return Vec::new();
        }
        let text = self.text.get(word.clone()).unwrap_or_default();
        let mut points = Vec::new();
        for (start, letters) in letter_groups(text) {
            if letters.chars().count() < HYPHENATED_LETTERS || letters.chars().skip(1).any(char::is_uppercase) {
                continue;
            }
            let mut at = word.start + start;
            for syllable in hypher::hyphenate(letters, language) {
                at += syllable.len();
                points.push(at);
            }
            points.pop();
        }
        points
    }

    /// The width of a hyphen behind the byte at a place.
    pub fn hyphen_width(&self, setting: &mut Setting, at: usize) -> f32 {
        let Some(look) = self.look_at(at).cloned() else { return 0.0 };
        setting.faces.shape(look.face, "-", false).width * look.size
    }
}

/// Whether a line ends behind a character wherever it stands (UAX 14, BK, CR, LF, NL).
fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Items in the making, with the bytes they stand for.
struct Builder {
    items: Vec<Item>,
    places: Vec<Range<usize>>,
    /// Addresses are never hyphenated: nobody could tell the hyphen from one of theirs.
    addresses: Vec<Range<usize>>,
}

impl Builder {
    fn push(&mut self, item: Item, place: Range<usize>) {
        self.items.push(item);
        self.places.push(place);
    }
}

fn hanging_left(c: char) -> f32 {
    match c {
        '“' | '„' | '"' | '‘' | '‚' | '\'' => 0.5,
        '«' | '‹' | '»' | '›' => 0.3,
        '(' | '[' => 0.15,
        _ => 0.0,
    }
}

fn hanging_right(c: char) -> f32 {
    match c {
        '.' | ',' | '“' | '”' | '"' | '‘' | '’' | '\'' => 0.5,
        '-' | '‐' => HANGING_HYPHEN,
        ':' | ';' | '»' | '›' | '«' | '‹' => 0.3,
        '–' => 0.25,
        '!' | '?' | ')' | ']' | '—' => 0.15,
        _ => 0.0,
    }
}

/// The stretches of letters in a word: `high-throughput` has two.
fn letter_groups(word: &str) -> Vec<(usize, &str)> {
    let mut groups = Vec::new();
    let mut start = None;
    for (at, c) in word.char_indices().chain([(word.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                groups.extend(word.get(from..at).map(|letters| (from, letters)));
                start = None;
            }
            _ => {}
        }
    }
    groups
}

/// The addresses in a text, by their bytes.
fn addresses(text: &str) -> Vec<Range<usize>> {
    if !text.contains("://") && !text.contains("www.") {
        return Vec::new();
    }
    let mut at = 0;
    let mut found = Vec::new();
    for word in text.split_inclusive(char::is_whitespace) {
        if word.contains("://") || word.starts_with("www.") {
            found.push(at..at + word.len());
        }
        at += word.len();
    }
    found
}
