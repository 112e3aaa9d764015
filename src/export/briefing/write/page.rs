//! A page as the operators of its content, every mark either in the structure or an artifact.

use super::content::{Operators, Paint, Shown};
use super::fonts::{FontKey, Fonts};
use super::pictures::Placed;
use super::structure::Structure;
use crate::export::briefing::layout::tags::TagId;
use crate::export::briefing::layout::{Form, Glyph, GlyphRun, Mark, Owner, Page, Shape};
use std::rc::Rc;

/// How thick outlines are.
const STROKE: f32 = 0.6;
/// How far a link reaches above and below its baseline, in parts of the size.
const LINK_ABOVE: f32 = 0.85;
const LINK_BELOW: f32 = 0.25;

/// The content of a page of a height; `number` counts from 0.
pub fn page(
    height: f32,
    page: &Page,
    number: usize,
    fonts: &mut Fonts<'_>,
    pictures: &mut Placed<'_>,
    structure: &mut Structure<'_>,
) -> Vec<u8> {
    let mut writer = Writer { out: Operators::default(), height, number, fonts, pictures, structure, open: None };
    for mark in &page.marks {
        writer.mark(mark);
    }
    writer.close();
    writer.out.into_bytes()
}

/// What the marked content that is open belongs to.
#[derive(PartialEq, Clone)]
enum Content {
    /// Decoration.
    Artifact,
    /// A running line, above or below (ISO 32000-1, 14.8.2.2.2).
    Pagination(Owner),
    /// A node of the structure, or a link in it.
    Tag(TagId, Option<Rc<str>>),
    /// The same, read out as this text. It is a sequence of its own: nested in another one it would
    /// be lost on readers that take every end for the end of the outer sequence.
    Spoken(TagId, Option<Rc<str>>, String),
}

impl Content {
    /// What is drawn, not written, for an owner.
    fn of(owner: Owner) -> Self {
        match owner {
            Owner::Tag(tag) => Self::Tag(tag, None),
            Owner::Header | Owner::Footer | Owner::Decoration => Self::Artifact,
        }
    }
}

struct Writer<'a, 'f, 'p, 's> {
    out: Operators,
    height: f32,
    number: usize,
    fonts: &'a mut Fonts<'f>,
    pictures: &'a mut Placed<'p>,
    structure: &'a mut Structure<'s>,
    open: Option<Content>,
}

impl Writer<'_, '_, '_, '_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Glyphs { run, x, y, owner } => {
                if let (Owner::Tag(tag), Some(link)) = (owner, &run.link) {
                    let (top, bottom) = (y - run.size * LINK_ABOVE, y + run.size * LINK_BELOW);
                    let rect = [*x, self.height - bottom, x + run.width, self.height - top];
                    self.structure.link_area(*tag, link, self.number, rect);
                }
                self.glyphs(run, *x, self.height - y, *owner);
            }
            Mark::Shape { shape, owner } => self.shape(shape, *owner),
        }
    }

    fn shape(&mut self, Shape { x, y, width, height, form }: &Shape, owner: Owner) {
        let sides = [*x, self.height - y - height, *width, *height];
        if let (Form::Picture(_), Owner::Tag(tag)) = (form, owner) {
            self.structure.figure(tag, sides);
        }
        self.owned(Content::of(owner));
        let centre = (x + width / 2.0, self.height - y - height / 2.0);
        match *form {
            Form::Filled(color) => {
                self.out.fill(color);
                self.out.rectangle(sides, Paint::Fill);
            }
            Form::Outlined(color) => {
                self.out.stroke(color, STROKE);
                self.out.rectangle(sides, Paint::Stroke);
            }
            Form::Disc(color) => {
                self.out.stroke(color, STROKE);
                self.out.fill(color);
                self.out.circle(centre, width / 2.0, Paint::FillStroke);
            }
            Form::Ring(color) => {
                self.out.stroke(color, STROKE);
                self.out.circle(centre, width / 2.0, Paint::Stroke);
            }
            Form::Picture(number) => {
                if let Some((name, matrix)) = self.pictures.show(number, sides) {
                    self.out.object(&name, matrix);
                }
            }
        }
    }

    /// Opens marked content, unless it is open already.
    fn owned(&mut self, content: Content) {
        if self.open.as_ref() == Some(&content) {
            return;
        }
        self.close();
        match &content {
            Content::Artifact => self.out.artifact(),
            Content::Pagination(Owner::Header) => self.out.running_line("Header", "Top"),
            Content::Pagination(_) => self.out.running_line("Footer", "Bottom"),
            Content::Tag(tag, link) => self.tagged(*tag, link.as_deref(), None),
            Content::Spoken(tag, link, text) => self.tagged(*tag, link.as_deref(), Some(text)),
        }
        self.open = Some(content);
    }

    fn tagged(&mut self, tag: TagId, link: Option<&str>, spoken: Option<&str>) {
        let (role, id) = self.structure.content(tag, link, self.number);
        self.out.tagged(if spoken.is_some() { "Span" } else { role }, id, spoken);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.end();
        }
    }

    /// Shows a run, a stretch at a time: glyphs whose text the font knows, or a single one that stands
    /// for another text here.
    fn glyphs(&mut self, run: &GlyphRun, x: f32, y: f32, owner: Owner) {
        let mut row = Row { start: (x, y), font: None, glyphs: Vec::with_capacity(run.glyphs.len()) };
        in_reading_order(run, x, |glyph, pen, next| {
            let text = run.text.get(glyph.text.clone()).unwrap_or_default();
            let encoded = self.fonts.encode(run.face, glyph.id, text);
            // The hyphen at a line's end is not in the text: copying gives the word in one piece.
            let spoken = if run.soft_hyphen {
                Some("\u{ad}")
            } else {
                Some(text).filter(|text| !text.is_empty() && !encoded.as_text)
            };
            let (dx, dy) = glyph.offset;
            let goes_on = row.font == Some(encoded.font);
            if spoken.is_none() && dx == 0.0 && dy == 0.0 {
                if !goes_on {
                    self.show(&mut row, run, content(owner, run, None));
                    (row.start, row.font) = ((pen, y), Some(encoded.font));
                }
                let less = encoded.width - (next - pen) * 1000.0 / run.size;
                row.glyphs.push(Shown { id: encoded.id, less });
                return;
            }
            self.show(&mut row, run, content(owner, run, None));
            (row.start, row.font) = ((pen + dx, y + dy), Some(encoded.font));
            row.glyphs.push(Shown { id: encoded.id, less: 0.0 });
            self.show(&mut row, run, content(owner, run, spoken));
        });
        self.show(&mut row, run, content(owner, run, None));
    }

    /// Shows a row, if there is any, and empties it.
    fn show(&mut self, row: &mut Row, run: &GlyphRun, content: Content) {
        let Some(font) = row.font.take() else { return };
        self.owned(content);
        self.out.fill(run.color);
        self.out.show(font, run.size, row.start, &row.glyphs);
        row.glyphs.clear();
    }
}

/// What a run belongs to, read out as another text or as its own.
fn content(owner: Owner, run: &GlyphRun, spoken: Option<&str>) -> Content {
    let link = run.link.clone();
    match (owner, spoken) {
        (Owner::Tag(tag), None) => Content::Tag(tag, link),
        (Owner::Tag(tag), Some(text)) => Content::Spoken(tag, link, text.to_owned()),
        (Owner::Header | Owner::Footer, _) => Content::Pagination(owner),
        (Owner::Decoration, _) => Content::Artifact,
    }
}

/// Glyphs that are shown with one operator; none where there is no font.
struct Row {
    start: (f32, f32),
    font: Option<FontKey>,
    glyphs: Vec<Shown>,
}

/// Calls `take` with the glyphs of a run that starts at `x`, each with its place and that of the one shown after it.
/// Glyphs are shown as they are read, since that is the order in which a reader of the file finds their
/// texts: those of a run from right to left step back, one after the other.
fn in_reading_order(run: &GlyphRun, x: f32, mut take: impl FnMut(&Glyph, f32, f32)) {
    if !run.right_to_left {
        let mut pen = x;
        for glyph in &run.glyphs {
            let next = pen + glyph.advance;
            take(glyph, pen, next);
            pen = next;
        }
        return;
    }
    let mut pen = x;
    let mut starts = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        starts.push(pen);
        pen += glyph.advance;
    }
    for (place, (glyph, start)) in run.glyphs.iter().zip(&starts).enumerate().rev() {
        let next = place.checked_sub(1).and_then(|next| starts.get(next)).copied();
        take(glyph, *start, next.unwrap_or(start + glyph.advance));
    }
}
