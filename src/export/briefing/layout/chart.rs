//! A chart: names, bars and values.

use super::flow::{Area, Flow, baseline, count};
use super::linebreak::Fill;
use super::paragraph::{self, TextStyle};
use super::piece::{Draw, Piece, stacked};
use super::tags::Role;
use crate::export::briefing::document::{Bar, Run};

/// A chart: names, bars and values; a long one in two columns.
pub fn bars(flow: &mut Flow<'_>, bars: &[Bar], area: Area) {
    const LONG: usize = 9;
    const GUTTER: f32 = 24.0;
    const BAR: f32 = 48.0;
    let half = (area.width - GUTTER) / 2.0;
    let (names, values) = bar_texts(flow, bars);
    let columns = if bars.len() >= LONG && names + BAR + values <= half { 2 } else { 1 };
    let rows = bars.len().div_ceil(columns);
    let width = (area.width - GUTTER * count(columns - 1)) / count(columns);
    let column = |index: usize| Area { x: area.x + (width + GUTTER) * count(index), width, ..area };
    let columns: Vec<Vec<Piece>> = bars
        .chunks(rows.max(1))
        .enumerate()
        .map(|(index, bars)| flow.aside_from(|flow| bar_column(flow, bars, column(index))))
        .collect();
    for row in 0..rows {
        let side_by_side = columns.iter().filter_map(|column| column.get(row));
        let height = side_by_side.clone().map(|piece| piece.height).fold(0.0, f32::max);
        let draws = side_by_side.flat_map(|piece| piece.draws.iter().cloned()).collect();
        let before = if row == 0 { 3.5 } else { 0.0 };
        // A chart is compared as a whole: it stays on one page.
        flow.push(Piece { before, height, keep: row + 1 < rows, draws, ..Piece::default() });
    }
}

fn bar_style(flow: &Flow<'_>) -> TextStyle {
    let size = flow.style.sizes.body * 0.88;
    TextStyle { size, leading: size * 1.3, fill: Fill::Ragged, ..flow.body() }
}

/// What the names at the left of bars take, and what the values at their right take.
fn bar_texts(flow: &mut Flow<'_>, bars: &[Bar]) -> (f32, f32) {
    const GAP: f32 = 8.0;
    let (style, small) = (bar_style(flow), flow.small());
    let mut widest = |text: fn(&Bar) -> &Vec<Run>, style: &TextStyle| {
        bars.iter().map(|bar| paragraph::natural_width(flow.setting, text(bar), style)).fold(0.0, f32::max) + GAP
    };
    (widest(|bar| &bar.label, &style), widest(|bar| &bar.value, &small))
}

/// A piece for each bar.
fn bar_column(flow: &mut Flow<'_>, bars: &[Bar], area: Area) {
    const HEIGHT: f32 = 5.0;
    let (style, small) = (bar_style(flow), flow.small());
    let (names, values) = bar_texts(flow, bars);
    let names = names.min(area.width * 0.55);
    let room = area.width - names - values;
    let color = flow.style.colors.accent;
    for bar in bars {
        let (label, value) = (flow.tags.add(Role::P, area.tag), flow.tags.add(Role::P, area.tag));
        let pieces = flow.aside_from(|flow| {
            flow.text(&bar.label, &style, 0.0, Area { width: names - 6.0, tag: label, ..area });
        });
        let (mut draws, height) = stacked(pieces, 0.0);
        let line = paragraph::verbatim(flow.setting, &bar.value, &small);
        let (x, y) = (area.x + names, baseline(&style));
        let width = (room * bar.share).max(1.0);
        draws.push(Draw::filled([x, y - HEIGHT - 0.5, width, HEIGHT], color));
        let x = area.x + area.width - line.width;
        draws.push(Draw::Line { line, x, y, tag: Some(value) });
        flow.push(Piece { height, draws, ..Piece::default() });
    }
}
