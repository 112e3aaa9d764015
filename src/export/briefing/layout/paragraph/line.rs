//! Lines of placed glyphs.

use super::Setting;
use super::atoms::{Atom, Look, Paragraph, is_space};
use super::breaking::Stretch;
use crate::export::briefing::layout::direction::{self, Level};
use crate::export::briefing::layout::face::FaceId;
use crate::export::briefing::layout::flow::count;
use crate::export::briefing::layout::linebreak::Fill;
use crate::theme::Color;
use std::ops::Range;
use std::rc::Rc;

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

impl Paragraph<'_> {
    /// The glyphs of a line in their places, in visual order, with the spaces as wide as the line needs.
    pub fn line(&self, setting: &mut Setting, stretch: &Stretch, width: f32) -> Line {
        let parts = self.visual_order(&stretch.range);
        let hyphen = if stretch.hyphen { self.hyphen_width(setting, stretch.range.end - 1) } else { 0.0 };
        let (left, right) = stretch.hang;
        let natural =
            hyphen - left - right + parts.iter().map(|(atom, range)| self.set_width(setting, atom, range)).sum::<f32>();
        let text = self.text.get(stretch.range.clone()).unwrap_or_default();
        let spaces = text.chars().filter(|c| is_space(*c)).count();
        let fills = natural > width || (self.fill == Fill::Justified && !stretch.last);
        let extra = if fills && spaces > 0 { (width - natural) / count(spaces) } else { 0.0 };
        let mut line = Line { width: -left, ..Line::default() };
        let mut spans = Vec::new();
        // As many glyphs as bytes, and a space that is dropped, at the most: often all of them are one run.
        let mut room = text.len() + 1;
        for (atom, range) in parts {
            let length = range.len();
            self.place(setting, &mut line, &mut spans, (atom, range), extra, room);
            room -= length;
        }
        if line.runs.len() > 1 {
            line.runs.iter_mut().for_each(GlyphRun::shrink);
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
        shaped.width * size + self.style.tracking * count(shaped.glyphs.len())
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
        room: usize,
    ) {
        let Some(look) = self.looks.get(atom.look) else { return };
        let shaped = self.part(setting, atom, &range);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let right_to_left = atom.level.is_rtl();
        let run = line.run(look, atom.face, right_to_left, spans, range, room);
        let base = run.join(text);
        let mut width = 0.0;
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
    /// The run to go on with: the last one when it looks the same, else a new one with room for so many glyphs.
    fn run(
        &mut self,
        look: &Look,
        face: FaceId,
        right_to_left: bool,
        spans: &mut Vec<Range<usize>>,
        range: Range<usize>,
        room: usize,
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
                self.runs.push(GlyphRun::new(look, face, right_to_left, self.width, room));
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
            self.runs.push(GlyphRun::new(look, look.face, right_to_left, end, 1));
        }
        self.runs.last_mut()
    }
}

impl GlyphRun {
    fn new(look: &Look, face: FaceId, right_to_left: bool, x: f32, room: usize) -> Self {
        Self {
            face,
            size: look.size,
            color: look.color,
            link: look.link.clone(),
            x,
            width: 0.0,
            right_to_left,
            glyphs: Vec::with_capacity(room),
            text: String::with_capacity(room),
            soft_hyphen: false,
        }
    }

    /// Gives back the room that other runs of the line have taken.
    fn shrink(&mut self) {
        self.glyphs.shrink_to_fit();
        self.text.shrink_to_fit();
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
