//! Pictures between the texts: as wide as the column at most, never enlarged, never parted from their words.

use super::flow::{Area, Flow, PARAGRAPH};
use super::linebreak::Fill;
use super::paragraph::TextStyle;
use super::piece::{Draw, Piece};
use super::shape::{Form, Shape};
use crate::export::briefing::document::Run;

/// A picture takes no more of a page's height than this, so that there is room for what it is about.
const MOST_OF_PAGE: f32 = 0.5;
/// White above and below a picture, and from the picture to its caption.
const ABOVE: f32 = 8.0;
const BELOW: f32 = 3.0;
const CAPTION: f32 = 1.0;

/// Sets a picture below what was said before it and above its caption, all on one page.
pub fn figure(flow: &mut Flow<'_>, path: &str, alt: &str, caption: &[Run], area: Area) {
    let picture = flow.pictures.filter(|_| !flow.compact).and_then(|pictures| pictures.get(path)).copied();
    let Some(picture) = picture else {
        return in_words(flow, alt, caption, area);
    };
    let room = (area.width, flow.frame.height * MOST_OF_PAGE);
    let scale = (room.0 / picture.width).min(room.1 / picture.height).min(1.0);
    let (width, height) = (picture.width * scale, picture.height * scale);
    flow.keep_last();
    let tag = (!alt.trim().is_empty()).then(|| flow.tags.add_figure(area.tag, alt));
    let draw = Draw::Shape { shape: Shape::new([area.x, 0.0, width, height], Form::Picture(picture.number)), tag };
    flow.push(Piece {
        before: ABOVE,
        height: height + BELOW,
        keep: !caption.is_empty(),
        draws: vec![draw],
        ..Piece::default()
    });
    below(flow, caption, area);
}

/// What it shows, and its caption.
fn in_words(flow: &mut Flow<'_>, alt: &str, caption: &[Run], area: Area) {
    if !alt.trim().is_empty() {
        let words = [Run { text: alt.to_owned(), emphasis: true, ..Run::default() }];
        flow.paragraph(&words, &flow.body(), flow.gap(PARAGRAPH), area);
    }
    below(flow, caption, area);
}

fn below(flow: &mut Flow<'_>, caption: &[Run], area: Area) {
    if !caption.is_empty() {
        let style = TextStyle { fill: Fill::Ragged, ..flow.small() };
        let start = flow.pieces.len();
        flow.paragraph(caption, &style, CAPTION, area);
        flow.keep_between(start);
    }
}
