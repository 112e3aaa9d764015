//! The head of page one: the company, the role, the interview and the facts beside it.

use super::flow::{Area, Flow, WHITE, sans};
use super::linebreak::Fill;
use super::list;
use super::paragraph::TextStyle;
use super::piece::{Draw, Piece, stacked};
use super::tags::Role;
use crate::export::briefing::document::{Run, Text};
use crate::theme::Banner;

/// Inside a box, and between what stands side by side.
const PADDING: f32 = 11.0;
/// What the interview takes of the width when there are facts beside it.
const SHARE: f32 = 0.56;
/// The short bar above a title without a box.
const BAR: (f32, f32) = (38.0, 4.0);

/// A long name is set smaller, so that its words stay whole: in these parts of its size, on so many lines.
const TITLE_SIZES: [f32; 4] = [1.0, 0.84, 0.72, 0.62];
const TITLE_LINES: usize = 2;
/// So is a date that does not fit on one line.
const DATE_SIZES: [f32; 3] = [1.0, 0.92, 0.84];

/// A line above, the company, the role.
pub fn title(flow: &mut Flow<'_>, kicker: &[Run], title: &[Run], subtitle: &[Run], area: Area) {
    let (sizes, colors) = (flow.style.sizes, flow.style.colors);
    let start = flow.pieces.len();
    let (above, large) = match flow.style.look.banner {
        Banner::Filled => (flow.capitals(), colors.accent),
        Banner::Ruled => {
            let bar = Draw::filled([area.x, 0.0, BAR.0, BAR.1], colors.accent);
            flow.push(Piece { height: BAR.1 + 7.0, draws: vec![bar], ..Piece::default() });
            (TextStyle { color: colors.accent, ..flow.capitals() }, colors.ink)
        }
    };
    flow.paragraph(kicker, &above, 0.0, area);
    let tag = flow.tags.add(Role::H1, area.tag);
    let large = TextStyle { leading: sizes.title * 1.15, ..flow.head(sizes.title, true, large) };
    let large = flow.largest(title, large, &TITLE_SIZES, TITLE_LINES, area.width);
    flow.text(title, &large, 3.0, Area { tag, ..area });
    flow.paragraph(subtitle, &flow.head(sizes.subtitle, false, colors.ink), 1.0, area);
    flow.keep_from(start);
}

/// The interview, and facts beside it: on boxes, or under a rule.
pub fn banner(flow: &mut Flow<'_>, texts: &[Text; 3], later: &[Text], facts: &[(Text, Text)], area: Area) {
    let boxed = flow.style.look.banner == Banner::Filled;
    let inset = if boxed { PADDING } else { 0.0 };
    let width = if facts.is_empty() { area.width } else { area.width * SHARE };
    let place = Area { x: area.x + inset, width: width - PADDING - inset, ..area };
    let (inside, y) = interview(flow, texts, later, place);
    let place = Area { x: area.x + width + inset, width: area.width - width - 2.0 * inset, ..area };
    let style = sans(flow.style.sizes.small * 1.12, false, flow.style.colors.ink);
    let (beside, bottom) = stacked(flow.aside_from(|flow| list::fact_list(flow, facts, &style, place)), PADDING);
    let highest = y.max(bottom);
    let height = flow.frame.snap(highest + if boxed { PADDING - 1.0 } else { 0.0 });
    // In a box, what is shorter stands in the middle.
    let down = |own: f32| if boxed { (highest - own) / 2.0 } else { 0.0 };
    let inside = inside.into_iter().map(|draw| draw.moved(0.0, down(y)));
    let beside = beside.into_iter().map(|draw| draw.moved(0.0, down(bottom)));
    let mut draws = if boxed { boxes(flow, area, width, height) } else { rule(flow, area) };
    draws.extend(inside);
    draws.extend(beside);
    flow.push(Piece { before: 12.0, height, keep: true, draws, ..Piece::default() });
}

/// What it is, when, and where; the interviews after it.
fn interview(flow: &mut Flow<'_>, texts: &[Text; 3], later: &[Text], area: Area) -> (Vec<Draw>, f32) {
    let (sizes, colors) = (flow.style.sizes, flow.style.colors);
    let (name, date, place) = match flow.style.look.banner {
        Banner::Filled => (WHITE, WHITE, WHITE),
        Banner::Ruled => (colors.accent, colors.ink, colors.soft),
    };
    let date = TextStyle { leading: sizes.section * 1.35, ..flow.head(sizes.section * 0.94, true, date) };
    let small = sans(sizes.small * 1.15, false, place);
    let styles = [
        TextStyle { color: name, ..flow.capitals() },
        flow.largest(&texts[1], date, &DATE_SIZES, 1, area.width),
        small,
    ];
    let pieces = flow.aside_from(|flow| {
        for (text, style) in texts.iter().zip(styles) {
            flow.paragraph(text, &style, 0.0, area);
        }
        for (index, text) in later.iter().enumerate() {
            let style = TextStyle { strong: true, fill: Fill::Balanced, ..small };
            flow.paragraph(text, &style, if index == 0 { 7.0 } else { 1.5 }, area);
        }
    });
    stacked(pieces, PADDING)
}

/// A dark box behind the interview, a light one behind the facts.
fn boxes(flow: &Flow<'_>, area: Area, dark: f32, height: f32) -> Vec<Draw> {
    let (x, colors) = (area.x, flow.style.colors);
    let mut draws = vec![Draw::filled([x, 0.0, dark, height], colors.accent)];
    if area.width > dark {
        draws.push(Draw::filled([x + dark, 0.0, area.width - dark, height], colors.tint));
    }
    draws
}

/// A rule above both.
fn rule(flow: &Flow<'_>, area: Area) -> Vec<Draw> {
    let (height, color) = (flow.style.look.rule_weight, flow.style.colors.ink);
    vec![Draw::rule(area, 0.0, height, color)]
}
