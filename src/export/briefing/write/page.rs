//! A page as printpdf's operators, every mark either in the structure or an artifact.

use super::fonts::Fonts;
use super::structure::Structure;
use crate::export::briefing::layout::tags::TagId;
use crate::export::briefing::layout::{GlyphRun, Mark, Page};
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
enum Owner {
    Artifact,
    Tag(TagId, Option<String>),
}

struct Writer<'a, 'f, 's> {
    ops: Vec<Op>,
    height: f32,
    number: usize,
    fonts: &'a mut Fonts<'f>,
    structure: &'a mut Structure<'s>,
    open: Option<Owner>,
}

impl Writer<'_, '_, '_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Glyphs { run, x, y, tag } => {
                let owner = tag.map_or(Owner::Artifact, |tag| Owner::Tag(tag, run.link.as_deref().map(str::to_owned)));
                self.owned(owner);
                if let (Some(tag), Some(link)) = (tag, &run.link) {
                    let (top, bottom) = (y - run.size * LINK_ABOVE, y + run.size * LINK_BELOW);
                    let rect = [*x, self.height - bottom, x + run.width, self.height - top];
                    self.structure.link_area(*tag, link, self.number, rect);
                }
                self.glyphs(run, *x, self.height - y);
            }
            Mark::Rect { x, y, width, height, color } => {
                self.owned(Owner::Artifact);
                self.ops.push(Op::SetFillColor { col: rgb(*color) });
                self.rect(*x, *y, *width, *height, PaintMode::Fill);
            }
            Mark::Frame { x, y, width, height, color } => {
                self.owned(Owner::Artifact);
                self.stroke(*color);
                self.rect(*x, *y, *width, *height, PaintMode::Stroke);
            }
            Mark::Dot { x, y, full, color, tag } => {
                self.owned(Owner::Tag(*tag, None));
                self.stroke(*color);
                self.ops.push(Op::SetFillColor { col: rgb(*color) });
                self.dot(*x, self.height - y, *full);
            }
        }
    }

    /// Opens marked content for an owner, unless it is open already.
    fn owned(&mut self, owner: Owner) {
        if self.open.as_ref() == Some(&owner) {
            return;
        }
        self.close();
        match &owner {
            Owner::Artifact => self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
            Owner::Tag(tag, link) => {
                let (role, id) = self.structure.content(*tag, link.as_deref(), self.number);
                let properties = BTreeMap::from([("MCID".to_owned(), DictItem::Int(id))]);
                let properties = DictItem::Dict { map: properties };
                self.ops.push(Op::BeginMarkedContentWithProperties { tag: role.to_owned(), properties });
            }
        }
        self.open = Some(owner);
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

    fn glyphs(&mut self, run: &GlyphRun, x: f32, y: f32) {
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: rgb(run.color) });
        self.ops.push(Op::SetFont { font: PdfFontHandle::External(Fonts::id(run.face)), size: Pt(run.size) });
        if run.soft_hyphen {
            // The hyphen is not in the text: copying gives the word in one piece.
            self.ops.push(actual_text("\u{ad}"));
        }
        self.shown_glyphs(run, x, y);
        if run.soft_hyphen {
            self.ops.push(Op::EndMarkedContent);
        }
        self.ops.push(Op::EndTextSection);
    }

    fn shown_glyphs(&mut self, run: &GlyphRun, x: f32, y: f32) {
        let mut row = Row { start: (x, y), glyphs: Vec::new() };
        let mut pen = x;
        for glyph in &run.glyphs {
            let text = run.text.get(glyph.text.clone()).unwrap_or_default();
            let encoded = self.fonts.encode(run.face, glyph.id, text);
            let wanted = encoded.text == text || run.soft_hyphen || text.is_empty();
            let (dx, dy) = glyph.offset;
            if wanted && dx == 0.0 && dy == 0.0 {
                let offset = encoded.width - glyph.advance * 1000.0 / run.size;
                row.glyphs.push(Codepoint::with_cid(encoded.id, tenth(offset), encoded.text));
                pen += glyph.advance;
                continue;
            }
            // A glyph off the line, or one that stands for another text than elsewhere.
            row.show(&mut self.ops, (pen + glyph.advance, y));
            if !wanted {
                self.ops.push(actual_text(text));
            }
            let mut single =
                Row { start: (pen + dx, y + dy), glyphs: vec![Codepoint::with_cid(encoded.id, 0.0, encoded.text)] };
            single.show(&mut self.ops, (pen, y));
            if !wanted {
                self.ops.push(Op::EndMarkedContent);
            }
            pen += glyph.advance;
        }
        row.show(&mut self.ops, (pen, y));
    }
}

/// Glyphs that are shown with one operator.
struct Row {
    start: (f32, f32),
    glyphs: Vec<Codepoint>,
}

impl Row {
    /// Shows what there is and starts anew at `next`.
    fn show(&mut self, ops: &mut Vec<Op>, next: (f32, f32)) {
        let start = std::mem::replace(&mut self.start, next);
        let glyphs = std::mem::take(&mut self.glyphs);
        if glyphs.is_empty() {
            return;
        }
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(start.0), Pt(start.1)) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
}

/// Offsets below a tenth of a thousandth of the size cannot be seen and cost bytes.
fn tenth(offset: f32) -> f32 {
    (offset * 10.0).round() / 10.0
}

fn actual_text(text: &str) -> Op {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(bytes))]) };
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties }
}

fn rgb(Color(red, green, blue): Color) -> PdfColor {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    PdfColor::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}
