//! The table of contents: the sections in columns, with the numbers of their pages once these are known.

use super::flow::{Area, Flow, count};
use super::glance;
use super::paragraph::{self, TextStyle};
use super::piece::{Draw, Piece};
use super::tags::Role;
use crate::export::briefing::document::{Level, Run};

/// How many columns it has, and what lies between them.
pub const COLUMNS: usize = 3;
const GUTTER: f32 = 24.0;

/// The table of contents: the sections in three columns at the foot of the page, before the piece
/// `at`. Page numbers are filled in once they are known.
pub fn contents(flow: &mut Flow<'_>, title: &str, at: usize, first: usize, area: Area) -> Piece {
    let sections: Vec<usize> = (first..flow.outline.len()).filter(|index| is_section(flow, *index)).collect();
    let rows = sections.len().div_ceil(COLUMNS);
    let height = count(rows) * glance::CONTENTS_LINE + glance::CONTENTS_ABOVE;
    let toc = flow.tags.add(Role::TOC, area.tag);
    let colors = flow.style.colors;
    let mut draws = vec![Draw::rule(area, 0.0, 0.6, colors.hair)];
    let style = TextStyle { strong: true, ..flow.small() };
    let tag = flow.tags.add(Role::Caption, toc);
    let line = paragraph::verbatim(flow.setting, &[Run::plain(title)], &style);
    draws.push(Draw::Line { line, x: area.x, y: 10.0, tag: Some(tag) });
    let width = (area.width - 2.0 * GUTTER) / count(COLUMNS);
    for (index, entry) in sections.into_iter().enumerate() {
        let (column, row) = (index / rows.max(1), index % rows.max(1));
        let x = area.x + (width + GUTTER) * count(column);
        let y = glance::CONTENTS_ABOVE + glance::CONTENTS_LINE * (count(row) + 0.75);
        draws.extend(contents_line(flow, entry, y, Area { x, width, tag: toc }));
    }
    let used = flow.frame.bottom(0.0, flow.pieces.iter().take(at));
    let top = flow.frame.snap(flow.frame.height - height - flow.frame.grid);
    // At the foot of a page of its own.
    let alone = flow.pieces.get(at).is_some_and(|next| next.page_break);
    let before = if alone { (top - used).max(0.0) } else { GUTTER };
    Piece { before, height, draws, ..Piece::default() }
}

fn is_section(flow: &Flow<'_>, index: usize) -> bool {
    flow.outline.get(index).is_some_and(|entry| entry.level == Level::Section)
}

fn contents_line(flow: &mut Flow<'_>, index: usize, y: f32, area: Area) -> Vec<Draw> {
    const NUMBER: f32 = 18.0;
    let Some(text) = flow.outline.get(index).map(|entry| entry.text.clone()) else { return Vec::new() };
    let style = TextStyle { color: flow.style.colors.ink, ..flow.small() };
    let item = flow.tags.add(Role::TOCI, area.tag);
    let link = Run { text, link: Some(format!("#{index}")), ..Run::default() };
    let link_color = std::mem::replace(&mut flow.setting.link_color, style.color);
    let lines = paragraph::set(flow.setting, &[link], &style, area.width - NUMBER);
    flow.setting.link_color = link_color;
    let mut draws = Vec::new();
    let right = area.x + area.width;
    for line in lines.into_iter().take(1) {
        draws.extend(leader(flow, area.x + line.width + 4.0, right - NUMBER + 4.0, y));
        draws.push(Draw::Line { line, x: area.x, y, tag: Some(item) });
    }
    draws.push(Draw::PageNumber { entry: index, right, y, tag: item });
    draws
}

/// Dots that lead the eye to a page number; those of all lines stand below each other.
fn leader(flow: &Flow<'_>, from: f32, to: f32, y: f32) -> Vec<Draw> {
    const STEP: f32 = 4.0;
    const SIZE: f32 = 0.7;
    let color = flow.style.colors.soft;
    let mut dots = Vec::new();
    let mut x = (from / STEP).ceil() * STEP;
    while x < to {
        dots.push(Draw::filled([x, y - SIZE, SIZE, SIZE], color));
        x += STEP;
    }
    dots
}
