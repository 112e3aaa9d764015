//! A page as printpdf's operators, every mark either in the structure or an artifact.

use super::fonts::Fonts;
use super::structure::Structure;
use crate::export::briefing::layout::tags::TagId;
use crate::export::briefing::layout::{GlyphRun, Mark, Owner, Page};
use crate::theme::Color;
use printpdf::{
    Codepoint, Color as PdfColor, DictItem, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;

/// The radius of a dot of a scale, and of the ring of an empty one.
const DOT: f32 = 2.1;
/// How thick outlines are.
const STROKE: f32 = 0.6;
/// How far a link reaches above and below its baseline, in parts of the size.
const LINK_ABOVE: f32 = 0.85;
const LINK_BELOW: f32 = 0.25;

/// The page; `number` counts from 0.
pub fn page(
    size: (f32, f32),
    page: &Page,
    number: usize,
    fonts: &mut Fonts<'_>,
    structure: &mut Structure<'_>,
) -> PdfPage {
    let mut writer = Writer { ops: Vec::new(), height: size.1, number, fonts, structure, open: None };
    for mark in &page.marks {
        writer.mark(mark);
    }
    writer.close();
    let mm = |points: f32| Mm(points * 25.4 / 72.0);
    PdfPage::new(mm(size.0), mm(size.1), writer.ops)
}

/// What the marked content that is open belongs to.
#[derive(PartialEq, Clone)]
enum Content {
    /// Decoration.
    Artifact,
    /// A running line, above or below (ISO 32000-1, 14.8.2.2.2).
    Pagination(Owner),
    /// A node of the structure, or a link in it.
    Tag(TagId, Option<String>),
    /// The same, read out as this text. It is a sequence of its own: nested in another one it would
    /// be lost on readers that take every end for the end of the outer sequence.
    Spoken(TagId, Option<String>, String),
}

struct Writer<'a, 'f, 's> {
    ops: Vec<Op>,
    height: f32,
    number: usize,
    fonts: &'a mut Fonts<'f>,
    structure: &'a mut Structure<'s>,
    open: Option<Content>,
}

impl Writer<'_, '_, '_> {
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
            Mark::Rect { x, y, width, height, color } => {
                self.owned(Content::Artifact);
                self.ops.push(Op::SetFillColor { col: rgb(*color) });
                self.rect(*x, *y, *width, *height, PaintMode::Fill);
            }
            Mark::Frame { x, y, width, height, color } => {
                self.owned(Content::Artifact);
                self.stroke(*color);
                self.rect(*x, *y, *width, *height, PaintMode::Stroke);
            }
            Mark::Dot { x, y, full, color, tag } => {
                self.owned(Content::Tag(*tag, None));
                self.stroke(*color);
                self.ops.push(Op::SetFillColor { col: rgb(*color) });
                self.dot(*x, self.height - y, *full);
            }
        }
    }

    /// Opens marked content, unless it is open already.
    fn owned(&mut self, content: Content) {
        if self.open.as_ref() == Some(&content) {
            return;
        }
        self.close();
        let op = match &content {
            Content::Artifact => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
            Content::Pagination(owner) => pagination(*owner),
            Content::Tag(tag, link) => self.tagged(*tag, link.as_deref(), None),
            Content::Spoken(tag, link, text) => self.tagged(*tag, link.as_deref(), Some(text)),
        };
        self.ops.push(op);
        self.open = Some(content);
    }

    fn tagged(&mut self, tag: TagId, link: Option<&str>, spoken: Option<&str>) -> Op {
        let (role, id) = self.structure.content(tag, link, self.number);
        let mut map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(id))]);
        map.extend(spoken.map(|text| ("ActualText".to_owned(), DictItem::Bytes(utf16(text)))));
        let role = if spoken.is_some() { "Span" } else { role };
        Op::BeginMarkedContentWithProperties { tag: role.to_owned(), properties: DictItem::Dict { map } }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn stroke(&mut self, color: Color) {
        self.ops.push(Op::SetOutlineColor { col: rgb(color) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(STROKE) });
    }

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, mode: PaintMode) {
        let y = Pt(self.height - y - height);
        let rectangle =
            Rect { x: Pt(x), y, width: Pt(width), height: Pt(height), mode: Some(mode), winding_order: None };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// A circle of four Bézier curves.
    fn dot(&mut self, x: f32, y: f32, full: bool) {
        /// Distance of the control points of a quarter circle, in radii: 4/3 (√2 − 1).
        const KAPPA: f32 = 0.552_285;
        let (r, k) = (DOT, DOT * KAPPA);
        let around = [
            (r, 0.0, false),
            (r, k, true),
            (k, r, true),
            (0.0, r, false),
            (-k, r, true),
            (-r, k, true),
            (-r, 0.0, false),
            (-r, -k, true),
            (-k, -r, true),
            (0.0, -r, false),
            (k, -r, true),
            (r, -k, true),
            (r, 0.0, false),
        ];
        let points = around
            .iter()
            .map(|(dx, dy, bezier)| LinePoint { p: Point { x: Pt(x + dx), y: Pt(y + dy) }, bezier: *bezier })
            .collect();
        let mode = if full { PaintMode::FillStroke } else { PaintMode::Stroke };
        let polygon = Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    /// Shows a run, a stretch at a time: glyphs whose text the font knows, or a single one that stands
    /// for another text here.
    fn glyphs(&mut self, run: &GlyphRun, x: f32, y: f32, owner: Owner) {
        let mut pen = x;
        let mut row = Row { start: (x, y), glyphs: Vec::new() };
        for glyph in &run.glyphs {
            let text = run.text.get(glyph.text.clone()).unwrap_or_default();
            let encoded = self.fonts.encode(run.face, glyph.id, text);
            // The hyphen at a line's end is not in the text: copying gives the word in one piece.
            let spoken = if run.soft_hyphen {
                Some("\u{ad}")
            } else {
                Some(text).filter(|text| !text.is_empty() && encoded.text != *text)
            };
            let (dx, dy) = glyph.offset;
            if spoken.is_none() && dx == 0.0 && dy == 0.0 {
                let offset = encoded.width - glyph.advance * 1000.0 / run.size;
                row.glyphs.push(Codepoint::with_cid(encoded.id, tenth(offset), encoded.text));
                pen += glyph.advance;
                continue;
            }
            self.show(&row.taken((pen + glyph.advance, y)), run, content(owner, run, None));
            let single =
                Row { start: (pen + dx, y + dy), glyphs: vec![Codepoint::with_cid(encoded.id, 0.0, encoded.text)] };
            self.show(&single, run, content(owner, run, spoken));
            pen += glyph.advance;
        }
        self.show(&row, run, content(owner, run, None));
    }

    fn show(&mut self, row: &Row, run: &GlyphRun, content: Content) {
        if row.glyphs.is_empty() {
            return;
        }
        self.owned(content);
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: rgb(run.color) });
        self.ops.push(Op::SetFont { font: PdfFontHandle::External(Fonts::id(run.face)), size: Pt(run.size) });
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(row.start.0), Pt(row.start.1)) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(row.glyphs.clone())] });
        self.ops.push(Op::EndTextSection);
    }
}

/// What a run belongs to, read out as another text or as its own.
fn content(owner: Owner, run: &GlyphRun, spoken: Option<&str>) -> Content {
    let link = run.link.as_deref().map(str::to_owned);
    match (owner, spoken) {
        (Owner::Tag(tag), None) => Content::Tag(tag, link),
        (Owner::Tag(tag), Some(text)) => Content::Spoken(tag, link, text.to_owned()),
        (Owner::Header | Owner::Footer, _) => Content::Pagination(owner),
        (Owner::Decoration, _) => Content::Artifact,
    }
}

/// A running line, attached to its edge of the page.
fn pagination(owner: Owner) -> Op {
    let (subtype, edge) = if owner == Owner::Header { ("Header", "Top") } else { ("Footer", "Bottom") };
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let map = BTreeMap::from([
        ("Type".to_owned(), name("Pagination")),
        ("Subtype".to_owned(), name(subtype)),
        ("Attached".to_owned(), DictItem::Array(vec![name(edge)])),
    ]);
    Op::BeginMarkedContentWithProperties { tag: "Artifact".to_owned(), properties: DictItem::Dict { map } }
}

/// Glyphs that are shown with one operator.
struct Row {
    start: (f32, f32),
    glyphs: Vec<Codepoint>,
}

impl Row {
    /// What there is so far; the row starts anew at `next`.
    fn taken(&mut self, next: (f32, f32)) -> Self {
        std::mem::replace(self, Self { start: next, glyphs: Vec::new() })
    }
}

/// Offsets below a tenth of a thousandth of the size cannot be seen and cost bytes.
fn tenth(offset: f32) -> f32 {
    (offset * 10.0).round() / 10.0
}

/// A text string (ISO 32000-1, 7.9.2.2).
fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

fn rgb(Color(red, green, blue): Color) -> PdfColor {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    PdfColor::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}
