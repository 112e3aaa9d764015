//! A layout as PDF: printpdf makes pages and fonts; the content of the pages and what it cannot do
//! (structure, outline, metadata, links with destinations) is added to its lopdf document.

mod content;
mod file;
mod fonts;
mod page;
mod pictures;
mod structure;
mod syntax;

use super::Options;
use super::document::Document;
use super::layout::Layout;
use fonts::Fonts;
use lopdf::Object;
use pictures::Placed;
use printpdf::{Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};
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

/// The bytes of the file. The pages are given up one by one, so that a
/// long briefing is not in memory twice.
pub fn write(mut layout: Layout, document: &Document, options: &Options<'_>) -> Result<Vec<u8>, Error> {
    let pages = std::mem::take(&mut layout.pages);
    let mut fonts = Fonts::new(&layout.faces);
    let mut placed = Placed::new(options.pictures);
    let mut structure = Structure::new(&layout.tags);
    let contents: Vec<Vec<u8>> = (0..)
        .zip(pages)
        .map(|(number, page)| page::page(layout.size.1, &page, number, &mut fonts, &mut placed, &mut structure))
        .collect();
    let mut file = blank(&fonts, &placed, layout.size, &document.title, contents.len())?;
    fonts.mend_widths(&mut file);
    placed.embed(&mut file)?;
    fill(&mut file, contents)?;
    let elements = structure.finish(&mut file, &layout, document, options.now)?;
    Ok(file::bytes(file, elements, options.threads))
}

/// A document of pages without content, with all fonts and a place for each picture.
fn blank(
    fonts: &Fonts<'_>,
    pictures: &Placed<'_>,
    size: (f32, f32),
    title: &str,
    pages: usize,
) -> Result<lopdf::Document, Error> {
    let mut pdf = PdfDocument::new(title);
    let mut shown = fonts.embed(&mut pdf)?;
    pictures.announce(&mut pdf);
    let mm = |points: f32| Mm(points * 25.4 / 72.0);
    let page = |_| PdfPage::new(mm(size.0), mm(size.1), std::mem::take::<Vec<Op>>(&mut shown));
    pdf.pages = (0..pages).map(page).collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    Ok(pdf.to_lopdf_document(&options, &mut Vec::new()))
}

/// Puts the contents in the place of those of the pages.
fn fill(file: &mut lopdf::Document, contents: Vec<Vec<u8>>) -> Result<(), Error> {
    let failed = |error: lopdf::Error| Error(error.to_string());
    for (page, content) in file.get_pages().into_values().zip(contents) {
        let stream =
            file.get_dictionary(page).and_then(|page| page.get(b"Contents")?.as_reference()).map_err(failed)?;
        file.get_object_mut(stream).and_then(Object::as_stream_mut).map_err(failed)?.set_content(content);
    }
    Ok(())
}
