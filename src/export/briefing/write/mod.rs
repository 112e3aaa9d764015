//! A layout as PDF: printpdf writes pages and fonts; what it cannot do (structure, outline,
//! metadata, links with destinations) is added to its lopdf document before it is saved.

mod fonts;
mod page;
mod structure;

use super::document::Document;
use super::layout::Layout;
use fonts::Fonts;
use jiff::Timestamp;
use printpdf::{PdfDocument, PdfSaveOptions};
use structure::Structure;

/// What cannot be written.
#[derive(Debug)]
pub struct Error(pub String);

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the PDF cannot be written: {}", self.0)
    }
}

impl std::error::Error for Error {}

/// The bytes of the file. `now` is the date of creation.
pub fn write(layout: &Layout, document: &Document, now: Timestamp) -> Result<Vec<u8>, Error> {
    let mut fonts = Fonts::new(&layout.faces);
    let mut structure = Structure::new(&layout.tags);
    let mut pdf = PdfDocument::new(&document.title);
    for (number, page) in layout.pages.iter().enumerate() {
        pdf.pages.push(page::page(layout.size, page, number, &mut fonts, &mut structure));
    }
    fonts.embed(&mut pdf)?;
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut file = pdf.to_lopdf_document(&options, &mut warnings);
    structure.finish(&mut file, layout, document, now)?;
    file.compress();
    let mut bytes = Vec::new();
    file.save_modern(&mut bytes).map_err(|error| Error(error.to_string()))?;
    Ok(bytes)
}
