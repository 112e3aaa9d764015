//! A paragraph: runs of text into lines of placed glyphs.

use super::direction::{self, Level};
use super::face::{Builtin, FaceId, Faces, Shaped, ShapedGlyph, Wanted, is_joiner};
use super::linebreak::{Fill, Item, break_lines};
use crate::export::briefing::document::Run;
use crate::theme::{Color, Typeface};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use unicode_linebreak::BreakOpportunity;
use unicode_script::UnicodeScript;

/// Code is set a little smaller than the text round it: its letters are taller.
const CODE_SCALE: f32 = 0.86;
/// Texts of so few lines are set with a ragged edge.
const LINES_WITHOUT_EDGE: f32 = 2.0;
/// Shorter words are not hyphenated.
const HYPHENATED_LETTERS: usize = 6;
/// What breaks cost: at a hyphenation point, behind a hyphen that is there, elsewhere in a word,
/// in code, and inside something that fits no line.
const COST_HYPHEN: f32 = 50.0;
const COST_AFTER_HYPHEN: f32 = 25.0;
const COST_IN_WORD: f32 = 10.0;
const COST_IN_CODE: f32 = 400.0;
const COST_EMERGENCY: f32 = 800.0;

/// Kinds of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// For reading.
    Serif,
    /// For structure.
    Sans,
    /// For code.
    Mono,
}

impl From<Typeface> for Family {
    fn from(typeface: Typeface) -> Self {
        match typeface {
            Typeface::Serif => Self::Serif,
            Typeface::Sans => Self::Sans,
        }
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub struct TextStyle {
    /// The letters.
    pub family: Family,
    /// Their size.
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    /// Heavier throughout.
    pub strong: bool,
    /// The colour.
    pub color: Color,
    /// Even or ragged lines.
    pub fill: Fill,
    /// Space added to each letter: capitals want some.
    pub tracking: f32,
}

/// What all paragraphs of a document share.
pub struct Setting {
    /// The fonts.
    pub faces: Faces,
    /// The language of hyphenation, when there are patterns for it.
    pub hyphenation: Option<hypher::Lang>,
    /// Colour of links.
    pub link_color: Color,
    /// Colour of accented runs.
    pub accent_color: Color,
    /// Colour of soft runs.
    pub soft_color: Color,
    /// Whether the document is read from right to left.
    pub right_to_left: bool,
    /// Characters that no face has.
    pub missing: BTreeSet<Wanted>,
}

/// A line of placed glyphs.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The runs in the order in which they are read.
    pub runs: Vec<GlyphRun>,
    /// From the first glyph on the left to the end of the last one on the right.
    pub width: f32,
    /// The space in front of a line that stands at the far end of its column: one whose direction is
    /// not the document's.
    pub indent: f32,
}

/// Glyphs of one face, size, colour and link.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The size in points.
    pub size: f32,
    /// The colour.
    pub color: Color,
    /// Where it leads.
    pub link: Option<Rc<str>>,
    /// From the left edge of the line.
    pub x: f32,
    /// The width of the run.
    pub width: f32,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The text; glyphs refer to it.
    pub text: String,
    /// A hyphen that is not in the text.
    pub soft_hyphen: bool,
}

/// A glyph, its advance with justification, and the text it stands for.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// In the font.
    pub id: u16,
    /// In points.
    pub advance: f32,
    /// In points.
    pub offset: (f32, f32),
    /// Bytes of the run's text; empty when another glyph of the cluster has them.
    pub text: Range<usize>,
}

/// Sets a paragraph to a width. A text without a word gives no line.
pub fn set(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> Vec<Line> {
    let mut paragraph = Paragraph::new(setting, runs, style);
    // One line between an indent and the end is not yet an edge: short texts are not spread.
    if paragraph.fill == Fill::Justified && paragraph.width(0..paragraph.text.len()) <= width * LINES_WITHOUT_EDGE {
        paragraph.fill = Fill::Ragged;
    }
    paragraph.lines(setting, width)
}

/// Sets a text on one line exactly as it is, spaces at its start and end included.
pub fn verbatim(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> Line {
    let paragraph = Paragraph::new(setting, runs, style);
    let range = 0..paragraph.text.len();
    let width = paragraph.width(range.clone());
    paragraph.emit(
        setting,
        &Stretch { range, hyphen: false, last: true, space: setting.right_to_left, hang: (0.0, 0.0) },
        width,
    )
}

/// Sets a line of code at the left edge, whatever the direction round it. The last part of a line ends
/// in a space without a width, so that its last word is not glued to the first one of the next.
pub fn code_line(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32, last: bool) -> Line {
    let paragraph = Paragraph::new(setting, runs, style);
    let range = 0..paragraph.text.len();
    let mut line =
        paragraph.emit(setting, &Stretch { range, hyphen: false, last: true, space: last, hang: (0.0, 0.0) }, width);
    line.indent = if setting.right_to_left { (width - line.width).max(0.0) } else { 0.0 };
    line
}

/// How many letters of a text fit on a line of a width; one, when none does.
pub fn letters_that_fit(setting: &mut Setting, runs: &[Run], style: &TextStyle, width: f32) -> usize {
    let paragraph = Paragraph::new(setting, runs, style);
    let ends = paragraph.text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.take_while(|end| paragraph.width(0..*end) <= width).count().max(1)
}

/// The width of a text on one line.
pub fn natural_width(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> f32 {
    let paragraph = Paragraph::new(setting, runs, style);
    paragraph.width(0..paragraph.text.len())
}

/// The width of the longest word of a text.
pub fn longest_word(setting: &mut Setting, runs: &[Run], style: &TextStyle) -> f32 {
    let mut longest = 0.0f32;
    for run in runs {
        for word in run.text.split_whitespace() {
            let word = Run { text: word.to_owned(), ..run.clone() };
            longest = longest.max(natural_width(setting, &[word], style));
        }
    }
    longest
}

/// How a stretch of a paragraph looks.
#[derive(Clone)]
struct Look {
    face: FaceId,
    size: f32,
    color: Color,
    link: Option<Rc<str>>,
    code: bool,
    hyphenate: bool,
}

/// What stands on the page for a character that no face has; its text is kept.
const SUBSTITUTE: &str = "□";

/// A stretch of one look, one face and one direction, either all spaces or without any.
struct Atom {
    range: Range<usize>,
    look: usize,
    face: FaceId,
    level: Level,
    space: bool,
    /// No face has these characters.
    missing: bool,
    /// Its glyphs.
    shaped: Rc<Shaped>,
}

struct Paragraph<'s> {
    style: &'s TextStyle,
    fill: Fill,
    text: String,
    looks: Vec<Look>,
    atoms: Vec<Atom>,
    /// The width of the text before each byte.
    advance: Vec<f32>,
    right_to_left: bool,
    /// Whether that is not the document's direction.
    opposed: bool,
    /// Addresses: they are never hyphenated, since nobody could tell the hyphen from one of theirs.
    addresses: Vec<Range<usize>>,
}

/// A line as the breaker found it.
struct Stretch {
    range: Range<usize>,
    hyphen: bool,
    last: bool,
    /// Whether a space was dropped behind it: it stays in the text, without a width, so that words
    /// are not glued together (ISO 32000-1, 14.8.2.5).
    space: bool,
    /// How far it stands out on the left and on the right.
    hang: (f32, f32),
}

impl<'s> Paragraph<'s> {
    fn new(setting: &mut Setting, runs: &[Run], style: &'s TextStyle) -> Self {
        let mut text = String::new();
        let mut looks = Vec::with_capacity(runs.len());
        let mut ends = Vec::with_capacity(runs.len());
        for run in runs {
            text.push_str(&run.text);
            ends.push(text.len());
            looks.push(look(setting, run, style));
        }
        let (levels, base) = match style.family {
            Family::Mono => direction::code_levels(runs),
            Family::Serif | Family::Sans => direction::levels(&text, runs, setting.right_to_left),
        };
        let right_to_left = base.is_rtl();
        let addresses = addresses(&text);
        let mut paragraph = Self {
            style,
            fill: style.fill,
            text,
            looks,
            atoms: Vec::new(),
            advance: Vec::new(),
            right_to_left,
            opposed: right_to_left != setting.right_to_left,
            addresses,
        };
        paragraph.find_atoms(setting, &ends, &levels, base);
        if paragraph.fill == Fill::Justified && is_without_spaces(&paragraph.text) {
            paragraph.fill = Fill::Ragged;
        }
        paragraph.measure(setting);
        paragraph
    }

    fn find_atoms(&mut self, setting: &mut Setting, ends: &[usize], levels: &[Level], base: Level) {
        let mut look = 0;
        for (at, c) in self.text.char_indices() {
            while ends.get(look).is_some_and(|end| at >= *end) {
                look += 1;
            }
            let wanted = self.looks.get(look).map_or(Builtin::Serif.id(), |look| look.face);
            let wanted = if self.is_emoji(at, c) { Builtin::Emoji.id() } else { wanted };
            // What joins its neighbours belongs to the letter before it, in that letter's face.
            let joined = self.atoms.last().filter(|last| !last.space && is_joiner(c)).map(|last| last.face);
            let near = self.atoms.iter().rev().find(|atom| !atom.space).filter(|near| near.look == look);
            let found = joined.or_else(|| setting.faces.find(wanted, near.map(|near| near.face), c));
            let missing = found.is_none();
            let face = found.unwrap_or_else(|| {
                setting.missing.insert(Wanted::instead_of(wanted, c));
                Builtin::Sans.id()
            });
            let level = levels.get(at).copied().unwrap_or(base);
            let space = is_space(c) || c == '\n';
            let end = at + c.len_utf8();
            match self.atoms.last_mut() {
                Some(last)
                    if last.look == look
                        && last.face == face
                        && last.level == level
                        && last.space == space
                        && last.missing == missing =>
                {
                    last.range.end = end;
                }
                _ => self.atoms.push(Atom { range: at..end, look, face, level, space, missing, shaped: Rc::default() }),
            }
        }
    }

    /// Whether the text asks for a picture of a character that letters have too: `1️⃣`, `❤️`.
    fn is_emoji(&self, at: usize, c: char) -> bool {
        let mut behind = self.text.get(at + c.len_utf8()..).unwrap_or_default().chars();
        match behind.next() {
            Some('\u{20e3}') => true,
            Some('\u{fe0f}') => !c.is_ascii() || behind.next() == Some('\u{20e3}'),
            _ => false,
        }
    }

    /// Widths by byte. A ligature is shared out among its letters: a line may break inside it.
    fn measure(&mut self, setting: &mut Setting) {
        let mut own = vec![0.0; self.text.len() + 1];
        let mut atoms = std::mem::take(&mut self.atoms);
        for atom in &mut atoms {
            atom.shaped = self.shape(setting, atom, atom.range.clone());
            let size = self.looks.get(atom.look).map_or(0.0, |look| look.size);
            let text = self.text.get(atom.range.clone()).unwrap_or_default();
            for glyph in &atom.shaped.glyphs {
                let letters = text.get(glyph.cluster..glyph.end).unwrap_or_default();
                let share =
                    (glyph.advance * size + self.style.tracking) / super::flow::count(letters.chars().count().max(1));
                for (at, _) in letters.char_indices() {
                    if let Some(slot) = own.get_mut(atom.range.start + glyph.cluster + at) {
                        *slot += share;
                    }
                }
            }
        }
        self.atoms = atoms;
        let mut total = 0.0;
        self.advance = own
            .into_iter()
            .map(|width: f32| {
                total += width;
                total - width
            })
            .collect();
    }

    /// The glyphs of a part of an atom.
    fn part(&self, setting: &mut Setting, atom: &Atom, range: &Range<usize>) -> Rc<Shaped> {
        if *range == atom.range { Rc::clone(&atom.shaped) } else { self.shape(setting, atom, range.clone()) }
    }

    fn shape(&self, setting: &mut Setting, atom: &Atom, range: Range<usize>) -> Rc<Shaped> {
        let text = self.text.get(range).unwrap_or_default();
        // A line feed has no glyph; it only ends the line.
        if text.starts_with('\n') {
            return Rc::default();
        }
        if atom.missing {
            return substituted(setting, atom, text);
        }
        setting.faces.shape(atom.face, text, atom.level.is_rtl())
    }

    fn width(&self, range: Range<usize>) -> f32 {
        let at = |index: usize| self.advance.get(index).copied().unwrap_or_default();
        at(range.end) - at(range.start)
    }

    fn lines(&self, setting: &mut Setting, width: f32) -> Vec<Line> {
        let (items, places) = self.items(setting, width);
        let breaks = break_lines(&items, width, self.fill);
        let mut start = 0;
        let mut lines = Vec::with_capacity(breaks.len());
        for at in breaks {
            let boxes = (start..at).filter(|index| matches!(items.get(*index), Some(Item::Box { .. })));
            let mut range: Option<Range<usize>> = None;
            for place in boxes.filter_map(|index| places.get(index)) {
                let from = range.as_ref().map_or(place.start, |range| range.start);
                range = Some(from..place.end);
            }
            start = at + 1;
            let hyphen = matches!(items.get(at), Some(Item::Penalty { hyphen: true, .. }));
            let last = matches!(items.get(at), None | Some(Item::Forced));
            if let Some(range) = range {
                // From right to left nothing parts the end of one text from the start of the next to its left
                // but a space: readers look for gaps on the right.
                let space = setting.right_to_left || matches!(items.get(at), Some(Item::Glue(_) | Item::Forced));
                let hyphen_width = if hyphen { self.hyphen_width(setting, range.end - 1) } else { 0.0 };
                let right = hyphen_width * self.hanging(HANGING_HYPHEN);
                let (left, own) = self.hang(&range);
                lines.push(self.emit(
                    setting,
                    &Stretch { range, hyphen, last, space, hang: (left, own + right) },
                    width,
                ));
            }
        }
        lines
    }

    /// The paragraph as the line breaker wants it, and the bytes of each item.
    fn items(&self, setting: &mut Setting, width: f32) -> (Vec<Item>, Vec<Range<usize>>) {
        // A word with its space, and half a hyphenation point.
        let expected = self.atoms.len() * 2;
        let mut builder = Items { items: Vec::with_capacity(expected), places: Vec::with_capacity(expected) };
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

    fn word(&self, setting: &mut Setting, word: Range<usize>, width: f32, builder: &mut Items) {
        if word.is_empty() {
            return;
        }
        // What fits no line is hyphenated where nothing else would be.
        let fits = self.width(word.clone()) <= width;
        let points =
            if fits && self.fill != Fill::Justified { Vec::new() } else { self.syllables(setting, word.clone()) };
        let mut start = word.start;
        for point in points {
            let hyphen = self.hyphen_width(setting, point) * (1.0 - self.hanging(HANGING_HYPHEN));
            self.part_of_word(start..point, width - hyphen, builder);
            builder.push(Item::Penalty { width: hyphen, cost: COST_HYPHEN, hyphen: true }, point..point);
            start = point;
        }
        self.part_of_word(start..word.end, width, builder);
    }

    fn part_of_word(&self, part: Range<usize>, width: f32, builder: &mut Items) {
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
    fn too_long(&self, word: Range<usize>, builder: &mut Items) {
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

    /// Where the syllables of a word part, behind each; none in code and addresses.
    fn syllables(&self, setting: &Setting, word: Range<usize>) -> Vec<usize> {
        let Some(language) = setting.hyphenation else { return Vec::new() };
        // The hyphen would stand at the wrong end of a line from right to left.
        if self.right_to_left || self.addresses.iter().any(|address| address.contains(&word.start)) {
            return Vec::new();
        }
        if !self.look_at(word.start).is_some_and(|look| look.hyphenate) {
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

    fn look_at(&self, at: usize) -> Option<&Look> {
        self.atom_at(at).and_then(|atom| self.looks.get(atom.look))
    }

    fn atom_at(&self, at: usize) -> Option<&Atom> {
        let index = self.atoms.partition_point(|atom| atom.range.end <= at);
        self.atoms.get(index)
    }

    fn hyphen_width(&self, setting: &mut Setting, at: usize) -> f32 {
        let Some(look) = self.look_at(at).cloned() else { return 0.0 };
        setting.faces.shape(look.face, "-", false).width * look.size
    }

    /// Places the glyphs of a line, in visual order, with the spaces as wide as the line needs.
    fn emit(&self, setting: &mut Setting, stretch: &Stretch, width: f32) -> Line {
        let parts = self.visual_order(&stretch.range);
        let hyphen = if stretch.hyphen { self.hyphen_width(setting, stretch.range.end - 1) } else { 0.0 };
        let (left, right) = stretch.hang;
        let natural =
            hyphen - left - right + parts.iter().map(|(atom, range)| self.set_width(setting, atom, range)).sum::<f32>();
        let text = self.text.get(stretch.range.clone()).unwrap_or_default();
        let spaces = text.chars().filter(|c| is_space(*c)).count();
        let fills = natural > width || (self.fill == Fill::Justified && !stretch.last);
        let extra = if fills && spaces > 0 { (width - natural) / super::flow::count(spaces) } else { 0.0 };
        let mut line = Line { width: -left, ..Line::default() };
        let mut spans = Vec::new();
        for (atom, range) in parts {
            self.place(setting, &mut line, &mut spans, (atom, range), extra);
        }
        in_reading_order(&mut line.runs, &spans);
        if stretch.hyphen {
            self.place_hyphen(setting, &mut line, stretch.range.end - 1);
        }
        if stretch.space {
            self.place_dropped_space(setting, &mut line, stretch.range.end.saturating_sub(1));
        }
        let alone = self.fill == Fill::Balanced || (stretch.last && stretch.range.start == 0);
        if self.opposed && !(alone && setting.right_to_left) {
            line.indent = (width - line.width).max(0.0);
        }
        line
    }

    /// The width of a part of an atom as it will be set: cut out of a longer word, it may be another
    /// than measured there.
    fn set_width(&self, setting: &mut Setting, atom: &Atom, range: &Range<usize>) -> f32 {
        let size = self.looks.get(atom.look).map_or(0.0, |look| look.size);
        let shaped = self.part(setting, atom, range);
        shaped.width * size + self.style.tracking * super::flow::count(shaped.glyphs.len())
    }

    fn visual_order(&self, range: &Range<usize>) -> Vec<(&Atom, Range<usize>)> {
        let first = self.atoms.partition_point(|atom| atom.range.end <= range.start);
        let in_line = self.atoms.iter().skip(first).take_while(|atom| atom.range.start < range.end);
        let parts: Vec<(&Atom, Range<usize>)> =
            in_line.map(|atom| (atom, atom.range.start.max(range.start)..atom.range.end.min(range.end))).collect();
        if parts.iter().all(|(atom, _)| atom.level.number() == 0) {
            return parts;
        }
        let levels: Vec<Level> = parts.iter().map(|(atom, _)| atom.level).collect();
        direction::visual_order(&levels).into_iter().filter_map(|index| parts.get(index).cloned()).collect()
    }

    /// Places a part of an atom at the right end of a line; `spans` are the bytes of its runs.
    fn place(
        &self,
        setting: &mut Setting,
        line: &mut Line,
        spans: &mut Vec<Range<usize>>,
        (atom, range): (&Atom, Range<usize>),
        extra: f32,
    ) {
        let Some(look) = self.looks.get(atom.look) else { return };
        let shaped = self.part(setting, atom, &range);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let right_to_left = atom.level.is_rtl();
        let run = line.run(look, atom.face, right_to_left, spans, range);
        let base = run.join(text);
        let mut width = 0.0;
        run.glyphs.reserve(shaped.glyphs.len());
        for (index, glyph) in shaped.glyphs.iter().enumerate() {
            // Several glyphs of one cluster: the one that is read first carries its text.
            let before = if right_to_left { Some(index + 1) } else { index.checked_sub(1) };
            let told =
                before.and_then(|before| shaped.glyphs.get(before)).is_some_and(|read| read.cluster == glyph.cluster);
            let (start, end) = (if told { glyph.end } else { glyph.cluster }, glyph.end);
            let stretched = if atom.space { extra } else { 0.0 };
            let advance = glyph.advance * look.size + self.style.tracking + stretched;
            let offset = (glyph.offset.0 * look.size, glyph.offset.1 * look.size);
            run.glyphs.push(Glyph { id: glyph.id, advance, offset, text: base + start..base + end });
            run.width += advance;
            width += advance;
        }
        line.width += width;
    }

    fn place_dropped_space(&self, setting: &mut Setting, line: &mut Line, at: usize) {
        let Some(look) = self.look_at(at).cloned() else { return };
        let shaped = setting.faces.shape(look.face, " ", false);
        let Some(glyph) = shaped.glyphs.first() else { return };
        // Behind what was read last: at its left where that runs from right to left.
        let Some(run) = line.last_run(&look, self.right_to_left) else { return };
        let start = run.text.len();
        run.text.push(' ');
        let space = Glyph { id: glyph.id, advance: 0.0, offset: (0.0, 0.0), text: start..start + 1 };
        let at = if run.right_to_left { 0 } else { run.glyphs.len() };
        run.glyphs.insert(at, space);
    }

    fn place_hyphen(&self, setting: &mut Setting, line: &mut Line, at: usize) {
        let Some(look) = self.look_at(at).cloned() else { return };
        let shaped = setting.faces.shape(look.face, "-", false);
        let Some(glyph) = shaped.glyphs.first() else { return };
        let width = glyph.advance * look.size;
        let glyphs = vec![Glyph { id: glyph.id, advance: width, offset: (0.0, 0.0), text: 0..1 }];
        let run = GlyphRun {
            face: look.face,
            size: look.size,
            color: look.color,
            link: look.link,
            x: line.width,
            width,
            right_to_left: false,
            glyphs,
            text: "-".to_owned(),
            soft_hyphen: true,
        };
        line.width += width;
        line.runs.push(run);
    }
}

impl Line {
    /// The run to go on with: the last one when it looks the same, else a new one.
    fn run(
        &mut self,
        look: &Look,
        face: FaceId,
        right_to_left: bool,
        spans: &mut Vec<Range<usize>>,
        range: Range<usize>,
    ) -> &mut GlyphRun {
        let same = |run: &GlyphRun| run.right_to_left == right_to_left && run.is_like(look, face);
        match spans.last_mut() {
            Some(span) if self.runs.last().is_some_and(same) && !right_to_left && span.end == range.start => {
                span.end = range.end;
            }
            Some(span) if self.runs.last().is_some_and(same) && right_to_left && span.start == range.end => {
                span.start = range.start;
            }
            _ => {
                self.runs.push(GlyphRun::new(look, face, right_to_left, self.width));
                spans.push(range);
            }
        }
        let last = self.runs.len() - 1;
        &mut self.runs[last]
    }

    /// The run that is read last, when it looks like this and is in the face of this look, or a new one
    /// where the line ends.
    fn last_run(&mut self, look: &Look, right_to_left: bool) -> Option<&mut GlyphRun> {
        if !self.runs.last().is_some_and(|run| run.is_like(look, look.face)) {
            let end = if right_to_left { 0.0 } else { self.width };
            self.runs.push(GlyphRun::new(look, look.face, right_to_left, end));
        }
        self.runs.last_mut()
    }
}

impl GlyphRun {
    fn new(look: &Look, face: FaceId, right_to_left: bool, x: f32) -> Self {
        Self {
            face,
            size: look.size,
            color: look.color,
            link: look.link.clone(),
            x,
            width: 0.0,
            right_to_left,
            glyphs: Vec::new(),
            text: String::new(),
            soft_hyphen: false,
        }
    }

    fn is_like(&self, look: &Look, face: FaceId) -> bool {
        self.face == face
            && self.size.to_bits() == look.size.to_bits()
            && self.color == look.color
            && self.link == look.link
    }

    /// Adds a text where it is read: behind the others, or before them when it stands at the right of
    /// what is read from there. Where it starts.
    fn join(&mut self, text: &str) -> usize {
        if !self.right_to_left {
            self.text.push_str(text);
            return self.text.len() - text.len();
        }
        self.text.insert_str(0, text);
        for glyph in &mut self.glyphs {
            glyph.text = glyph.text.start + text.len()..glyph.text.end + text.len();
        }
        0
    }
}

/// Runs from left to right into the order in which they are read: that of the text.
fn in_reading_order(runs: &mut Vec<GlyphRun>, spans: &[Range<usize>]) {
    if runs.iter().any(|run| run.right_to_left) {
        let mut pairs: Vec<(usize, GlyphRun)> = spans.iter().map(|span| span.start).zip(runs.drain(..)).collect();
        pairs.sort_by_key(|(start, _)| *start);
        runs.extend(pairs.into_iter().map(|(_, run)| run));
    }
}

/// Items with the bytes they stand for.
struct Items {
    items: Vec<Item>,
    places: Vec<Range<usize>>,
}

impl Items {
    fn push(&mut self, item: Item, place: Range<usize>) {
        self.items.push(item);
        self.places.push(place);
    }
}

/// A box for each character, in visual order.
fn substituted(setting: &mut Setting, atom: &Atom, text: &str) -> Rc<Shaped> {
    let shape = setting.faces.shape(atom.face, SUBSTITUTE, false);
    let glyph = |(cluster, _): (usize, char)| shape.glyphs.first().map(|glyph| ShapedGlyph { cluster, ..*glyph });
    let mut glyphs: Vec<ShapedGlyph> = text.char_indices().filter_map(glyph).collect();
    if atom.level.is_rtl() {
        glyphs.reverse();
    }
    Rc::new(Shaped::new(glyphs, text.len()))
}

fn look(setting: &Setting, run: &Run, style: &TextStyle) -> Look {
    let family = if run.code { Family::Mono } else { style.family };
    let color = match &run.link {
        Some(_) => setting.link_color,
        None if run.accent => setting.accent_color,
        None if run.soft => setting.soft_color,
        None => style.color,
    };
    Look {
        face: face(family, style.strong || run.strong, run.emphasis, style).id(),
        size: if run.code && style.family != Family::Mono { style.size * CODE_SCALE } else { style.size },
        color,
        link: run.link.as_deref().map(Rc::from),
        code: run.code,
        hyphenate: !run.code,
    }
}

/// The size from which a strong sans becomes the heavy one of the title.
const HEAVY_FROM: f32 = 18.0;

fn face(family: Family, strong: bool, emphasis: bool, style: &TextStyle) -> Builtin {
    match (family, strong, emphasis) {
        (Family::Serif, false, false) => Builtin::Serif,
        (Family::Serif, false, true) => Builtin::SerifItalic,
        (Family::Serif, true, false) => Builtin::SerifBold,
        (Family::Serif, true, true) => Builtin::SerifBoldItalic,
        (Family::Sans, true, _) if style.size >= HEAVY_FROM => Builtin::SansHeavy,
        (Family::Sans, true, true) => Builtin::SansBoldItalic,
        (Family::Sans, true, false) => Builtin::SansBold,
        (Family::Sans, false, true) => Builtin::SansItalic,
        (Family::Sans, false, false) => Builtin::Sans,
        (Family::Mono, true, _) => Builtin::MonoBold,
        (Family::Mono, false, _) => Builtin::Mono,
    }
}

/// Whether most letters are of scripts that put no spaces between words: nothing in a line could stretch.
fn is_without_spaces(text: &str) -> bool {
    use unicode_script::Script::{Bopomofo, Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    if text.is_ascii() {
        return false;
    }
    let scripts = [Bopomofo, Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai];
    let (mut all, mut such) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        such += usize::from(c > '\u{e00}' && scripts.contains(&c.script()));
    }
    such * 2 > all
}

/// Spaces that may stretch and at which lines break; no-break spaces are letters.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// How much of a hyphen, and of a mark at the start or at the end of a line, stands out of the column.
const HANGING_HYPHEN: f32 = 0.5;

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
