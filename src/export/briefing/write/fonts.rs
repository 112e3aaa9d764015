//! Fonts in the file: only the glyphs that are used, with the text each stands for.

use super::Error;
use crate::export::briefing::layout::face::{FaceId, Faces};
use lopdf::Object;
use printpdf::{Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, Pt, TextItem};
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A font that is used somewhere.
struct Used {
    remapper: GlyphRemapper,
    /// What the file says of each glyph of the subset.
    glyphs: Vec<Known>,
}

/// A glyph of a subset.
struct Known {
    /// The text that `ToUnicode` has for it; the first one met.
    text: String,
    /// Its width in thousandths of the size.
    width: f32,
}

impl Used {
    /// Every subset starts with the glyph that stands for no character, of this width.
    fn new(width: f32) -> Self {
        Self { remapper: GlyphRemapper::new(), glyphs: vec![Known { text: "\u{fffd}".to_owned(), width }] }
    }

    /// A glyph's number in the subset, and what the file says of it: what is known already, else this.
    fn take(&mut self, glyph: u16, text: &str, width: impl FnOnce() -> f32) -> (u16, Option<&Known>) {
        let id = self.remapper.remap(glyph);
        if usize::from(id) == self.glyphs.len() {
            self.glyphs.push(Known { text: text.to_owned(), width: width() });
        }
        (id, self.glyphs.get(usize::from(id)))
    }
}

/// All fonts of a file. `ToUnicode` has one text for each glyph of a font; a glyph that stands for
/// another one elsewhere (a no-break space, the box for a character that no font has) goes into one more
/// font of the same face, up to [`INSTANCES`].
pub struct Fonts<'a> {
    faces: &'a Faces,
    used: BTreeMap<FontKey, Used>,
}

/// How many fonts a face may become.
const INSTANCES: usize = 24;

/// A font of a file: its face, and which of the fonts of that face it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontKey {
    face: FaceId,
    instance: usize,
}

/// A glyph as the file knows it.
pub struct Encoded {
    /// Its font.
    pub font: FontKey,
    /// Its number in the subset.
    pub id: u16,
    /// Its width in thousandths of the size.
    pub width: f32,
    /// Whether `ToUnicode` has the text for it that it stands for here.
    pub as_text: bool,
}

impl<'a> Fonts<'a> {
    /// No font yet.
    pub fn new(faces: &'a Faces) -> Self {
        Self { faces, used: BTreeMap::new() }
    }

    /// The name of a font among the resources of the pages.
    pub fn id(font: FontKey) -> FontId {
        // printpdf keeps F1 … F14 for the standard fonts.
        FontId(format!("T{}.{}", font.face.0, font.instance))
    }

    /// The name of a font, the same as no other one's in the file.
    fn name(&self, font: FontKey) -> String {
        let face = self.faces.name(font.face);
        if font.instance == 0 { face.to_owned() } else { format!("{face}-{}", font.instance + 1) }
    }

    /// Takes a glyph into the first font that knows it by this text, or does not know it yet.
    pub fn encode(&mut self, face: FaceId, glyph: u16, text: &str) -> Encoded {
        let mut instance = 0;
        loop {
            let font = FontKey { face, instance };
            let used = self.used.entry(font).or_insert_with(|| Used::new(self.faces.width(face, 0)));
            let (id, known) = used.take(glyph, text, || self.faces.width(face, glyph));
            let as_text = known.is_some_and(|known| known.text == text);
            instance += 1;
            if as_text || instance == INSTANCES {
                return Encoded { font, id, width: known.map_or(0.0, |known| known.width), as_text };
            }
        }
    }

    /// Cuts the fonts down and puts them into the file. The operators show each of their glyphs once: printpdf
    /// embeds what the operators of its pages show.
    pub fn embed(&self, pdf: &mut PdfDocument) -> Result<Vec<Op>, Error> {
        let mut shown = vec![Op::StartTextSection];
        for (font, used) in &self.used {
            let name = self.name(*font);
            let subset = subsetter::subset(self.faces.data(font.face), self.faces.index(font.face), &used.remapper)
                .map_err(|error| Error(format!("the font {name} cannot be cut down: {error}")))?;
            let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new())
                .ok_or_else(|| Error(format!("the font {name} cannot be read")))?;
            parsed.font_name = Some(format!("{}+{name}", subset_tag(&subset)));
            pdf.resources.fonts.map.insert(Self::id(*font), PdfFont::new(parsed));
            let glyphs = (0..).zip(&used.glyphs);
            let glyphs = glyphs.map(|(id, known)| Codepoint::with_cid(id, 0.0, known.text.clone())).collect();
            shown.push(Op::SetFont { font: PdfFontHandle::External(Self::id(*font)), size: Pt(1.0) });
            shown.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        }
        shown.push(Op::EndTextSection);
        Ok(shown)
    }

    /// Puts the widths right: printpdf cuts them to whole thousandths, which would have to be made good at
    /// every glyph on the pages.
    pub fn mend_widths(&self, file: &mut lopdf::Document) {
        for object in file.objects.values_mut() {
            let Ok(font) = object.as_dict_mut() else { continue };
            if !font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype.starts_with(b"CIDFontType"))
            {
                continue;
            }
            let base = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
            let is_of = |font: FontKey| base.ends_with(self.name(font).as_bytes());
            let Some((_, used)) = self.used.iter().find(|(font, _)| is_of(**font)) else { continue };
            let widths: Vec<Object> = used.glyphs.iter().map(|known| Object::Real(known.width)).collect();
            font.set("W", vec![Object::Integer(0), Object::Array(widths)]);
        }
    }
}

/// Six letters that tell this subset from others (ISO 32000-1, 9.6.4).
fn subset_tag(subset: &[u8]) -> String {
    Sha1::digest(subset).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
