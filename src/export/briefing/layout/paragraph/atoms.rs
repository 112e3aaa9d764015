//! The text of a paragraph as atoms: stretches of one look, one face and one direction, shaped and measured.

use super::{Family, Setting, TextStyle};
use crate::export::briefing::document::Run;
use crate::export::briefing::layout::direction::{self, Level};
use crate::export::briefing::layout::face::{Builtin, FaceId, Shaped, ShapedGlyph, Wanted, is_joiner};
use crate::export::briefing::layout::flow::count;
use crate::export::briefing::layout::linebreak::Fill;
use crate::theme::Color;
use std::ops::Range;
use std::rc::Rc;
use unicode_script::UnicodeScript;

/// Code is set a little smaller than the text round it: its letters are taller.
const CODE_SCALE: f32 = 0.86;
/// What stands on the page for a character that no face has; its text is kept.
const SUBSTITUTE: &str = "□";
/// The size from which a strong sans becomes the heavy one of the title.
const HEAVY_FROM: f32 = 18.0;

/// How a stretch of a paragraph looks.
#[derive(Clone)]
pub struct Look {
    /// The face that the style asks for.
    pub face: FaceId,
    /// The size in points.
    pub size: f32,
    /// The colour.
    pub color: Color,
    /// Where it leads.
    pub link: Option<Rc<str>>,
    /// Whether it is code, which is never hyphenated.
    pub code: bool,
}

/// A stretch of one look, one face and one direction, either all spaces or without any.
pub struct Atom {
    /// Its bytes.
    pub range: Range<usize>,
    /// Which look.
    pub look: usize,
    /// The face that has its characters.
    pub face: FaceId,
    /// Its direction.
    pub level: Level,
    /// Whether it is spaces.
    pub space: bool,
    /// Whether no face has these characters.
    missing: bool,
    /// Its glyphs.
    shaped: Rc<Shaped>,
}

/// A text, shaped and measured.
pub struct Paragraph<'s> {
    /// How it is set.
    pub style: &'s TextStyle,
    /// Even or ragged lines.
    pub fill: Fill,
    /// All runs together.
    pub text: String,
    /// The look of each run.
    pub looks: Vec<Look>,
    /// The whole text, from its start to its end.
    pub atoms: Vec<Atom>,
    /// The width of the text before each byte.
    advance: Vec<f32>,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
    /// Whether that is not the document's direction.
    pub opposed: bool,
}

impl<'s> Paragraph<'s> {
    /// Shapes and measures a text.
    pub fn new(setting: &mut Setting, runs: &[Run], style: &'s TextStyle) -> Self {
        let mut text = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
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
        let mut paragraph = Self {
            style,
            fill: style.fill,
            text,
            looks,
            atoms: Vec::new(),
            advance: Vec::new(),
            right_to_left,
            opposed: right_to_left != setting.right_to_left,
        };
        paragraph.find_atoms(setting, &ends, &levels, base);
        if paragraph.fill == Fill::Justified && is_without_spaces(&paragraph.text) {
            paragraph.fill = Fill::Ragged;
        }
        paragraph.measure(setting);
        paragraph
    }

    fn find_atoms(&mut self, setting: &mut Setting, ends: &[usize], levels: &[Level], base: Level) {
        let unshaped = Rc::<Shaped>::default();
        // A word with its space takes two, and some seven bytes.
        self.atoms.reserve(self.text.len() / 3 + 1);
        let (mut look, mut done) = (0, 0);
        for (at, c) in self.text.char_indices() {
            if at < done {
                continue;
            }
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
                _ => {
                    let shaped = Rc::clone(&unshaped);
                    self.atoms.push(Atom { range: at..end, look, face, level, space, missing, shaped });
                }
            }
            if !space && face == wanted && levels.is_empty() {
                let limit = ends.get(look).copied().unwrap_or_default();
                done = end + self.letters(end..limit, setting.faces.ascii(face));
                if let Some(last) = self.atoms.last_mut() {
                    last.range.end = done;
                }
            }
        }
    }

    /// How many of some bytes go on a word like the letter before them: most letters are of ASCII, and in the face that
    /// is wanted.
    fn letters(&self, range: Range<usize>, known: u128) -> usize {
        let bytes = self.text.as_bytes().get(range.start..).unwrap_or_default();
        let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() && known >> **byte & 1 == 1;
        let count = bytes.iter().take(range.len()).take_while(is_letter).count();
        // What follows may make an emoji of the last one.
        if bytes.get(count).is_some_and(|next| !next.is_ascii()) { count.saturating_sub(1) } else { count }
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
                if glyph.end - glyph.cluster == 1 {
                    if let Some(slot) = own.get_mut(atom.range.start + glyph.cluster) {
                        *slot += glyph.advance * size + self.style.tracking;
                    }
                    continue;
                }
                let letters = text.get(glyph.cluster..glyph.end).unwrap_or_default();
                let share = (glyph.advance * size + self.style.tracking) / count(letters.chars().count().max(1));
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
    pub fn part(&self, setting: &mut Setting, atom: &Atom, range: &Range<usize>) -> Rc<Shaped> {
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

    /// The width of some bytes of the text on one line.
    pub fn width(&self, range: Range<usize>) -> f32 {
        let at = |index: usize| self.advance.get(index).copied().unwrap_or_default();
        at(range.end) - at(range.start)
    }
    /// The look of the byte at a place.
    pub fn look_at(&self, at: usize) -> Option<&Look> {
        self.atom_at(at).and_then(|atom| self.looks.get(atom.look))
    }

    fn atom_at(&self, at: usize) -> Option<&Atom> {
        let index = self.atoms.partition_point(|atom| atom.range.end <= at);
        self.atoms.get(index)
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
    }
}

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
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}
