//! Fonts in the file: only the glyphs that are used, with the text each stands for.

use super::Error;
use crate::export::briefing::layout::face::{FaceId, Faces};
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A font that is used somewhere.
#[derive(Default)]
struct Used {
    remapper: GlyphRemapper,
    /// The text of each glyph of the subset, as `ToUnicode` will have it.
    texts: BTreeMap<u16, String>,
    /// The width of each glyph of the subset as the file will have it.
    widths: BTreeMap<u16, f32>,
}

/// All fonts of a file.
pub struct Fonts<'a> {
    faces: &'a Faces,
    used: BTreeMap<FaceId, Used>,
}

/// A glyph as the file knows it.
pub struct Encoded {
    /// Its number in the subset.
    pub id: u16,
    /// Its width in thousandths of the size.
    pub width: f32,
    /// The text that `ToUnicode` has for it; the first one met.
    pub text: String,
}

impl<'a> Fonts<'a> {
    /// No font yet.
    pub fn new(faces: &'a Faces) -> Self {
        Self { faces, used: BTreeMap::new() }
    }

    /// The name of a face among the resources of the pages.
    pub fn id(face: FaceId) -> FontId {
        // printpdf keeps F1 … F14 for the standard fonts.
        FontId(format!("T{}", face.0))
    }

    /// Takes a glyph into the subset.
    pub fn encode(&mut self, face: FaceId, glyph: u16, text: &str) -> Encoded {
        let used = self.used.entry(face).or_default();
        let id = used.remapper.remap(glyph);
        let width = *used.widths.entry(id).or_insert_with(|| self.faces.width_in_file(face, glyph));
        let text = used.texts.entry(id).or_insert_with(|| text.to_owned()).clone();
        Encoded { id, width, text }
    }

    /// Cuts the fonts down and puts them into the file.
    pub fn embed(self, pdf: &mut PdfDocument) -> Result<(), Error> {
        for (face, used) in self.used {
            let name = self.faces.name(face);
            let subset = subsetter::subset(self.faces.data(face), 0, &used.remapper)
                .map_err(|error| Error(format!("the font {name} cannot be cut down: {error}")))?;
            let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new())
                .ok_or_else(|| Error(format!("the font {name} cannot be read")))?;
            parsed.font_name = Some(format!("{}+{name}", subset_tag(&subset)));
            pdf.resources.fonts.map.insert(Self::id(face), PdfFont::new(parsed));
        }
        Ok(())
    }
}

/// Six letters that tell this subset from others (ISO 32000-1, 9.6.4).
fn subset_tag(subset: &[u8]) -> String {
    Sha1::digest(subset).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
