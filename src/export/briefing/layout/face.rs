//! The faces: fonts read when first needed, shaping, and which face has a character.

use crate::export::fonts;
use harfrust::{
    Buffer, ClusterLevel, Direction, Feature, Font, GlyphId, Language, ShapeOptions, ShapePlan, ShaperFont, Tag,
};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A face by its place in the list of faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub usize);

/// The faces that come with the program, in the order of [`fonts::ALL`], which is that of [`FaceId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builtin {
    /// Text.
    Serif,
    /// Emphasis.
    SerifItalic,
    /// Strong text.
    SerifBold,
    /// Strong emphasis.
    SerifBoldItalic,
    /// Labels.
    Sans,
    /// Headings.
    SansBold,
    /// The title.
    SansHeavy,
    /// Code.
    Mono,
    /// Strong code.
    MonoBold,
    /// Emoji, in one colour.
    Emoji,
    /// Emphasis in a text without serifs.
    SansItalic,
    /// Strong emphasis there.
    SansBoldItalic,
}

impl Builtin {
    /// Its place in the list of faces.
    pub fn id(self) -> FaceId {
        FaceId(self as usize)
    }
}

/// A font that does not come with the program.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its name, as PDF wants it: letters, digits and hyphens.
    pub name: String,
    /// The bytes of its file.
    pub data: Arc<Vec<u8>>,
    /// Its place in a collection.
    pub index: u32,
    /// Whether it is for texts with serifs.
    pub serif: bool,
    /// Whether it is for strong texts.
    pub strong: bool,
}

/// A character that no face has, and how it was to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// The character.
    pub c: char,
    /// In a text with serifs.
    pub serif: bool,
    /// In a strong text.
    pub strong: bool,
}

impl Wanted {
    /// A character in the place of one of the program's own faces.
    pub fn instead_of(face: FaceId, c: char) -> Self {
        use Builtin::{MonoBold, SansBold, SansHeavy, Serif, SerifBold, SerifBoldItalic, SerifItalic};
        let is_one_of = |faces: &[Builtin]| faces.iter().any(|builtin| builtin.id() == face);
        Self {
            c,
            serif: is_one_of(&[Serif, SerifItalic, SerifBold, SerifBoldItalic]),
            strong: is_one_of(&[SerifBold, SerifBoldItalic, SansBold, SansHeavy, MonoBold]),
        }
    }
}

/// The file of a face.
enum Data {
    Builtin(&'static [u8]),
    Found(Found),
}

/// A font: its file, and what is read of it on demand.
struct Face {
    data: Data,
    name: String,
    font: OnceCell<Option<Font>>,
    /// Which characters of ASCII it has, by bits.
    ascii: OnceCell<u128>,
}

impl Face {
    fn font(&self) -> Option<&Font> {
        let read = || match &self.data {
            Data::Builtin(data) => Font::new(*data, 0),
            Data::Found(found) => {
                let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::<Vec<u8>>::clone(&found.data);
                Font::new(data, found.index)
            }
        };
        self.font.get_or_init(read).as_ref()
    }

    fn has(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii() >> u32::from(c) & 1 == 1 } else { self.maps(c) }
    }

    fn ascii(&self) -> u128 {
        let bits = || (0..128_u8).filter(|c| self.maps(char::from(*c))).fold(0, |bits, c| bits | 1 << c);
        *self.ascii.get_or_init(bits)
    }

    /// How far its looks are from those that are wanted.
    fn distance(&self, wanted: Wanted) -> u8 {
        match &self.data {
            Data::Found(found) => u8::from(found.serif != wanted.serif) + 2 * u8::from(found.strong != wanted.strong),
            Data::Builtin(_) => 0,
        }
    }

    fn maps(&self, c: char) -> bool {
        self.font().is_some_and(|font| ShaperFont::new(font).nominal_glyph(u32::from(c)).is_some())
    }
}

/// A shaped piece of text. Lengths are in units of the em, so that any size can use it.
#[derive(Debug, Default)]
pub struct Shaped {
    /// The glyphs from left to right.
    pub glyphs: Vec<ShapedGlyph>,
    /// Their width together.
    pub width: f32,
}

/// A glyph with its place.
#[derive(Debug, Clone, Copy)]
pub struct ShapedGlyph {
    /// In the font.
    pub id: u16,
    /// First byte of the text it stands for.
    pub cluster: usize,
    /// The byte behind that text, which other glyphs may stand for too.
    pub end: usize,
    /// How far it moves on, in em.
    pub advance: f32,
    /// Where it is drawn from there, in em.
    pub offset: (f32, f32),
}

type Shape = (FaceId, bool);

/// All faces of a document, with what has been shaped so far.
pub struct Faces(Typecase);

#[derive(Default)]
struct Typecase {
    list: Vec<Face>,
    plans: HashMap<(FaceId, Direction, Option<Tag>), ShapePlan>,
    words: FxHashMap<Shape, FxHashMap<Box<str>, Rc<Shaped>>>,
    language: Option<Language>,
}

thread_local! {
    /// What the last document of the thread has used, for the next one: a shape depends on nothing but the face, the
    /// word and the language, and dossiers share most of their words.
    static KEPT: Cell<Option<Typecase>> = const { Cell::new(None) };
}

/// A typecase with more words than this, some 3 MB, is not kept.
const KEPT_WORDS: usize = 10_000;

impl Drop for Faces {
    fn drop(&mut self) {
        let typecase = std::mem::take(&mut self.0);
        let words: usize = typecase.words.values().map(FxHashMap::len).sum();
        if typecase.list.len() == fonts::ALL.len() && words <= KEPT_WORDS {
            // At the end of a thread there is no next document.
            let _ = KEPT.try_with(|kept| kept.set(Some(typecase)));
        }
    }
}

impl Faces {
    /// The faces of the program, and what was found besides. The language of the document decides between
    /// forms of a letter.
    pub fn new(found: &[Found], language: &str) -> Self {
        let language: Option<Language> = language.parse().ok();
        let kept = KEPT.take().filter(|kept| found.is_empty() && kept.language == language);
        Self(kept.unwrap_or_else(|| Typecase::new(found, language)))
    }

    /// The name of a face, as PDF wants it.
    pub fn name(&self, face: FaceId) -> &str {
        self.0.list.get(face.0).map_or("", |face| face.name.as_str())
    }

    /// The file of a face.
    pub fn data(&self, face: FaceId) -> &[u8] {
        self.0.list.get(face.0).map_or(&[], |face| match &face.data {
            Data::Builtin(data) => data,
            Data::Found(found) => &found.data,
        })
    }

    /// The place of a face in its file.
    pub fn index(&self, face: FaceId) -> u32 {
        match self.0.list.get(face.0).map(|face| &face.data) {
            Some(Data::Found(found)) => found.index,
            Some(Data::Builtin(_)) | None => 0,
        }
    }

    /// Which characters of ASCII a face has, by bits.
    pub fn ascii(&self, face: FaceId) -> u128 {
        self.0.list.get(face.0).map_or(0, Face::ascii)
    }

    /// The face that draws a character: the wanted one, else that of the letter before it, else the first that has it. `None` when
    /// no face has it.
    pub fn find(&self, wanted: FaceId, near: Option<FaceId>, c: char) -> Option<FaceId> {
        let neutral = c.is_whitespace() || is_joiner(c);
        if neutral || self.0.list.get(wanted.0).is_some_and(|face| face.has(c)) {
            return Some(wanted);
        }
        let has = |id: &FaceId| self.0.list.get(id.0).is_some_and(|face| face.has(c));
        // A run stays in one font: its marks and its full stops too.
        if let Some(near) = near.filter(|near| near.0 >= fonts::ALL.len() && has(near)) {
            return Some(near);
        }
        let fallbacks = [Builtin::Emoji, Builtin::Serif, Builtin::Sans, Builtin::Mono];
        fallbacks.into_iter().map(Builtin::id).find(has).or_else(|| {
            let look = Wanted::instead_of(wanted, c);
            let found = (fonts::ALL.len()..self.0.list.len()).map(FaceId).filter(has);
            found.min_by_key(|id| self.0.list.get(id.0).map(|face| face.distance(look)))
        })
    }

    /// The width of a glyph before kerning, in thousandths of the size, to a tenth.
    pub fn width(&self, face: FaceId, glyph: u16) -> f32 {
        let Some(font) = self.0.list.get(face.0).and_then(Face::font) else { return 0.0 };
        let advance = ShaperFont::new(font).glyph_h_advance(GlyphId::new(u32::from(glyph)));
        (units(advance) * 10_000.0 / em(font)).round() / 10.0
    }

    /// Shapes a piece of text that is all of one face and one direction.
    pub fn shape(&mut self, face: FaceId, text: &str, right_to_left: bool) -> Rc<Shaped> {
        let key = (face, right_to_left);
        if let Some(shaped) = self.0.words.get(&key).and_then(|words| words.get(text)) {
            return Rc::clone(shaped);
        }
        let shaped = Rc::new(self.0.shape(face, text, right_to_left));
        self.0.words.entry(key).or_default().insert(text.into(), Rc::clone(&shaped));
        shaped
    }
}

impl Typecase {
    fn new(found: &[Found], language: Option<Language>) -> Self {
        let face =
            |name: &str, data| Face { data, name: name.to_owned(), font: OnceCell::new(), ascii: OnceCell::new() };
        let builtin = fonts::ALL.iter().map(|builtin| face(builtin.name, Data::Builtin(builtin.data)));
        let found = found.iter().map(|found| face(&found.name, Data::Found(found.clone())));
        Self { list: builtin.chain(found).collect(), language, ..Self::default() }
    }

    fn shape(&mut self, id: FaceId, text: &str, right_to_left: bool) -> Shaped {
        let Some(font) = self.list.get(id.0).and_then(Face::font) else { return Shaped::default() };
        let direction = if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        // A mark on a letter keeps a text of its own: each glyph of the file has one.
        buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
        buffer.guess_segment_properties();
        buffer.set_direction(direction);
        if let Some(language) = &self.language {
            buffer.set_language(Some(language.clone()));
        }
        let features = features(id);
        let key = (id, direction, buffer.script().map(|script| script.tag()));
        let plan = self
            .plans
            .entry(key)
            .or_insert_with(|| ShapePlan::new(font, direction, buffer.script(), buffer.language(), features));
        let options = ShapeOptions::new().plan(Some(plan)).features(features);
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, options).is_err() {
            return Shaped::default();
        }
        glyphs(&buffer, em(font), text.len())
    }
}

fn glyphs(buffer: &Buffer, em: f32, length: usize) -> Shaped {
    let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    let glyphs: Vec<ShapedGlyph> = pairs
        .map(|(info, position)| ShapedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            cluster: usize::try_from(info.cluster).unwrap_or_default(),
            end: length,
            advance: units(position.x_advance) / em,
            offset: (units(position.x_offset) / em, units(position.y_offset) / em),
        })
        .collect();
    Shaped::new(glyphs, length)
}

impl Shaped {
    /// Glyphs from left to right for a text of so many bytes: their clusters follow one another in the direction of the
    /// text, and each ends where the next one begins.
    pub fn new(mut glyphs: Vec<ShapedGlyph>, length: usize) -> Self {
        let ascends = glyphs.first().map(|glyph| glyph.cluster) <= glyphs.last().map(|glyph| glyph.cluster);
        let (mut end, mut next) = (length, None);
        let mut reach = |glyph: &mut ShapedGlyph| {
            if let Some(next) = next.filter(|next| *next != glyph.cluster) {
                end = next;
            }
            next = Some(glyph.cluster);
            glyph.end = end;
        };
        if ascends {
            glyphs.iter_mut().rev().for_each(&mut reach);
        } else {
            glyphs.iter_mut().for_each(&mut reach);
        }
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Self { glyphs, width }
    }
}

fn em(font: &Font) -> f32 {
    f32::from(font.units_per_em())
}

/// Font units are 16-bit; nothing is lost.
#[allow(clippy::cast_precision_loss, reason = "font units are far below 2^24")]
fn units(value: i32) -> f32 {
    value as f32
}

/// Code shows what was typed: no ligatures in the fixed-width faces.
fn features(face: FaceId) -> &'static [Feature] {
    static NO_LIGATURES: std::sync::LazyLock<[Feature; 2]> =
        std::sync::LazyLock::new(|| [Tag::new(b"liga"), Tag::new(b"calt")].map(|tag| Feature::new(tag, 0, ..)));
    let mono = face == Builtin::Mono.id() || face == Builtin::MonoBold.id();
    if mono { &*NO_LIGATURES } else { &[] }
}

/// Characters that only say how their neighbours join: never looked for in another face.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}')
}
