//! Weeks as a calendar: seven columns, a row a week, sessions in their days.

use super::flow::{Area, Flow, WHITE, baseline, count, sans};
use super::linebreak::Fill;
use super::paragraph::{self, TextStyle};
use super::piece::{Draw, Piece};
use super::tags::{Role, TagId};
use super::{heading, list};
use crate::export::briefing::document::{Chip, Day, Level, Run, Text, Week, Weeks};
use crate::theme::Color;
use std::rc::Rc;

/// Inside a day, inside a session, between two sessions.
const DAY: f32 = 3.0;
const CHIP: f32 = 3.0;
const GAP: f32 = 2.5;
/// The outline of a session.
const OUTLINE: f32 = 0.6;
/// The bar at the side of something new.
const BAR: f32 = 2.2;
/// No week is lower than this.
const LEAST: f32 = 34.0;

/// Sets a calendar; its head is repeated on every page.
pub fn weeks(flow: &mut Flow<'_>, weeks: &Weeks, area: Area) {
    let table = flow.tags.add(Role::Table, area.tag);
    let width = area.width / 7.0;
    let head = head(flow, &weeks.names, table, area, width);
    let repeat = Rc::new(head.clone().decorative());
    let start = flow.pieces.len();
    flow.push(Piece { before: 8.0, keep: true, ..head });
    let first = flow.pieces.len();
    for week in &weeks.rows {
        let piece = match week {
            Week::Days(days) => row(flow, days, table, area, width),
            Week::Empty(words) => empty(flow, words, table, area),
        };
        flow.push(Piece { repeat: Some(Rc::clone(&repeat)), ..piece });
    }
    let end = flow.pieces.len();
    if let Some(rows) = flow.pieces.get_mut(first..) {
        super::table::keep_rows(rows);
    }
    legend(flow, &weeks.legend, area);
    if let Some((title, facts)) = &weeks.left_out {
        left_out(flow, title, facts, area);
    }
    // What stands below the weeks stays with the last of them, and a plan that fits on a page stands on one.
    let fits = flow.frame.bottom(0.0, flow.pieces.iter().skip(start)) <= flow.frame.height;
    flow.keep_between(if fits { start } else { end.saturating_sub(1).max(first) });
}

/// What found no place, in the size of the legend.
fn left_out(flow: &mut Flow<'_>, title: &[Run], facts: &[(Text, Text)], area: Area) {
    let style = TextStyle { color: flow.style.colors.ink, ..flow.small() };
    let tag = flow.tags.add(Role::H3, area.tag);
    let start = flow.pieces.len();
    flow.text(title, &TextStyle { strong: true, ..style }, 7.0, Area { tag, ..area });
    heading::enter(flow, Level::Topic, title, tag, start);
    list::fact_list(flow, facts, &style, area);
}

fn head(flow: &mut Flow<'_>, names: &[Text], table: TagId, area: Area, width: f32) -> Piece {
    let style = sans(flow.style.sizes.small, true, flow.style.colors.soft);
    let node = flow.tags.add(Role::TR, table);
    let mut draws = Vec::new();
    for (column, name) in names.iter().enumerate() {
        let tag = flow.tags.add(Role::TH, node);
        let line = paragraph::verbatim(flow.setting, name, &style);
        draws.push(Draw::Line {
            line,
            x: area.x + width * count(column) + DAY,
            y: baseline(&style) + 1.0,
            tag: Some(tag),
        });
    }
    let height = style.leading + 4.0;
    let color = flow.style.colors.soft;
    draws.push(Draw::rule(area, height - 0.6, 0.6, color));
    Piece { height, draws, ..Piece::default() }
}

fn row(flow: &mut Flow<'_>, week: &[Day], table: TagId, area: Area, width: f32) -> Piece {
    let node = flow.tags.add(Role::TR, table);
    let mut days = Vec::new();
    let mut height = LEAST;
    for (column, day) in week.iter().enumerate() {
        let tag = flow.tags.add(Role::TD, node);
        let place = Area { x: area.x + width * count(column), width, tag };
        let (draws, bottom) = self::day(flow, day, place);
        height = height.max(bottom + DAY);
        days.push((place, draws, day));
    }
    let colors = flow.style.colors;
    let mut draws = Vec::new();
    for (place, inside, day) in days {
        if day.event.is_some() {
            draws.push(Draw::filled([place.x, 0.0, width, height - 0.5], colors.accent));
        }
        draws.extend(inside);
    }
    draws.push(Draw::rule(area, height - 0.5, 0.5, colors.hair));
    Piece { height, draws, ..Piece::default() }
}

/// Weeks without a session as one low row; its other cells have nothing to say.
fn empty(flow: &mut Flow<'_>, words: &[Run], table: TagId, area: Area) -> Piece {
    let node = flow.tags.add(Role::TR, table);
    let cells: Vec<TagId> = (0..7).map(|_| flow.tags.add(Role::TD, node)).collect();
    let style = flow.small();
    let tag = cells.first().copied().unwrap_or(node);
    let place = Area { x: area.x + DAY, width: area.width - 2.0 * DAY, tag };
    let mut draws = Vec::new();
    let height = lines(flow, words, &style, place, DAY, &mut draws) + DAY;
    let color = flow.style.colors.hair;
    draws.push(Draw::rule(area, height - 0.5, 0.5, color));
    Piece { height, draws, ..Piece::default() }
}

/// What stands in a day, and where it ends.
fn day(flow: &mut Flow<'_>, day: &Day, area: Area) -> (Vec<Draw>, f32) {
    let colors = flow.style.colors;
    let color = if day.event.is_some() { WHITE } else { colors.soft };
    let style = TextStyle { leading: 10.0, ..sans(flow.style.sizes.small * 0.95, !day.quiet, color) };
    let mut draws = Vec::new();
    let line = paragraph::verbatim(flow.setting, &day.label, &style);
    let tag = flow.tags.add(Role::P, area.tag);
    draws.push(Draw::Line { line, x: area.x + DAY, y: baseline(&style) + 1.0, tag: Some(tag) });
    if let Some(note) = &day.note {
        let note_style = TextStyle { strong: false, ..style };
        let tag = flow.tags.add(Role::P, area.tag);
        let line = paragraph::verbatim(flow.setting, note, &note_style);
        draws.push(Draw::Line {
            x: area.x + area.width - DAY - line.width,
            line,
            y: baseline(&style) + 1.0,
            tag: Some(tag),
        });
    }
    let mut y = style.leading + 2.0;
    if let Some((what, when)) = &day.event {
        for (text, size, strong) in [(what, flow.style.sizes.body * 0.9, true), (when, flow.style.sizes.small, false)] {
            let style = TextStyle { leading: size * 1.25, ..sans(size, strong, WHITE) };
            y = lines(
                flow,
                text,
                &style,
                Area { x: area.x + DAY, width: area.width - 2.0 * DAY, tag: area.tag },
                y,
                &mut draws,
            );
        }
        y += GAP;
    }
    let mut above = None;
    for (kind, text) in &day.chips {
        let place = Area { x: area.x + DAY, width: area.width - 2.0 * DAY, tag: area.tag };
        // Outlines that follow each other share a line.
        let joined = above == Some(Chip::Recall) && *kind == Chip::Recall;
        y = chip(flow, *kind, text, place, if joined { y - GAP - OUTLINE } else { y }, &mut draws) + GAP;
        above = Some(*kind);
    }
    (draws, y)
}

/// A paragraph from `y` down; where it ends.
fn lines(flow: &mut Flow<'_>, text: &[Run], style: &TextStyle, area: Area, y: f32, draws: &mut Vec<Draw>) -> f32 {
    let mut y = y;
    let tag = flow.tags.add(Role::P, area.tag);
    for line in paragraph::set(flow.setting, text, style, area.width) {
        draws.push(Draw::Line { line, x: area.x, y: y + baseline(style), tag: Some(tag) });
        y += style.leading;
    }
    y
}

/// A session: its look says what kind it is, in grey too.
fn chip(flow: &mut Flow<'_>, kind: Chip, text: &[Run], area: Area, y: f32, draws: &mut Vec<Draw>) -> f32 {
    let colors = flow.style.colors;
    let color = if kind == Chip::Mock { WHITE } else { colors.ink };
    let size = flow.style.sizes.small * 0.93;
    let style = TextStyle { leading: size * 1.22, fill: Fill::Ragged, ..sans(size, false, color) };
    let indent = if kind == Chip::Learn { BAR + CHIP } else { CHIP };
    let inner = Area { x: area.x + indent, width: area.width - indent - CHIP, tag: area.tag };
    let at = draws.len();
    let bottom = lines(flow, text, &style, inner, y + CHIP - 1.0, draws) + CHIP - 1.0;
    let back = background(kind, area, y, bottom - y, colors.accent, colors.tint, colors.hair);
    draws.splice(at..at, back);
    bottom
}

fn background(kind: Chip, area: Area, y: f32, height: f32, dark: Color, light: Color, line: Color) -> Vec<Draw> {
    let (x, width) = (area.x, area.width);
    let filled = |color: Color| Draw::filled([x, y, width, height], color);
    match kind {
        Chip::Learn => vec![filled(light), Draw::filled([x, y, BAR, height], dark)],
        Chip::Recall => {
            vec![Draw::outlined([x + OUTLINE / 2.0, y + OUTLINE / 2.0, width - OUTLINE, height - OUTLINE], line)]
        }
        Chip::Prepare => vec![filled(light)],
        Chip::Mock => vec![filled(dark)],
    }
}

/// What the looks mean, on one line.
fn legend(flow: &mut Flow<'_>, legend: &[(Chip, Text)], area: Area) {
    const SAMPLE: f32 = 12.0;
    let style = flow.small();
    let tag = flow.tags.add(Role::P, area.tag);
    let colors = flow.style.colors;
    let mut draws = Vec::new();
    let mut x = area.x;
    for (kind, text) in legend {
        let place = Area { x, width: SAMPLE, tag };
        draws.extend(background(*kind, place, 1.0, 8.0, colors.accent, colors.tint, colors.hair));
        let mut words = text.clone();
        words.push(Run::plain(" "));
        let line = paragraph::verbatim(flow.setting, &words, &style);
        let width = line.width;
        draws.push(Draw::Line { line, x: x + SAMPLE + 4.0, y: 7.6, tag: Some(tag) });
        x += SAMPLE + width + 14.0;
    }
    flow.push(Piece { before: 7.0, height: style.leading, draws, ..Piece::default() });
}
