//! Running text as a typographer looks at it: even spaces, even edges, few hyphens, no rivers, no
//! scraps at the end.

use prep_dossier::export::briefing::document::{Block, Document, Run};
use prep_dossier::export::briefing::layout::tags::TagId;
use prep_dossier::export::briefing::layout::{Layout, Mark, Owner, layout};
use prep_dossier::theme::{Style, Templates, Theme};

/// A space of a line in its place, in points from the left edge of the page.
type Space = (f32, f32);

/// A line of a paragraph as it stands on the page.
struct Line {
    tag: TagId,
    text: String,
    left: f32,
    right: f32,
    spaces: Vec<Space>,
    hyphen: bool,
}

fn style() -> Style {
    Theme::load(Templates::default(), "en").expect("a theme").0.style
}

/// Paragraphs of prose, one a line.
fn prose() -> Vec<String> {
    include_str!("prose.txt").lines().map(str::to_owned).collect()
}

fn set(paragraphs: &[String], language: &str, style: &Style) -> Layout {
    let blocks = paragraphs.iter().map(|text| Block::Paragraph(vec![Run::plain(text.clone())])).collect();
    let document = Document { language: language.into(), folio: "{page}".into(), blocks, ..Document::default() };
    layout(&document, style, None, &[])
}

/// The lines of all paragraphs in order.
fn lines(layout: &Layout) -> Vec<Line> {
    let mut lines: Vec<(f32, Line)> = Vec::new();
    for mark in layout.pages.iter().flat_map(|page| &page.marks) {
        let Mark::Glyphs { run, x, y, owner: Owner::Tag(tag) } = mark else { continue };
        if !lines.last().is_some_and(|(at, line)| (at - y).abs() < 0.1 && line.tag == *tag) {
            let line = Line { tag: *tag, text: String::new(), left: *x, right: *x, spaces: Vec::new(), hyphen: false };
            lines.push((*y, line));
        }
        let Some((_, line)) = lines.last_mut() else { continue };
        line.right = line.right.max(x + run.width);
        line.hyphen |= run.soft_hyphen;
        let mut at = *x;
        for glyph in &run.glyphs {
            let text = run.text.get(glyph.text.clone()).unwrap_or_default();
            line.text.push_str(text);
            if text == " " && glyph.advance > 0.0 {
                line.spaces.push((at, at + glyph.advance));
            }
            at += glyph.advance;
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The spaces of a line against those of a line that is not justified.
fn stretch(line: &Line, natural: f32) -> f32 {
    line.spaces.iter().map(|(from, to)| (to - from) / natural).fold(0.0, f32::max)
}

/// The longest chain of spaces that touch each other from line to line.
fn longest_river(lines: &[&Line]) -> usize {
    let mut longest = 0;
    let mut above: Vec<(Space, usize)> = Vec::new();
    for line in lines {
        let river = |space: &Space| {
            let touching = above.iter().filter(|(other, _)| other.0 < space.1 && space.0 < other.1);
            touching.map(|(_, length)| *length).max().unwrap_or(0) + 1
        };
        let here: Vec<(Space, usize)> = line.spaces.iter().map(|space| (*space, river(space))).collect();
        longest = here.iter().map(|(_, length)| *length).fold(longest, usize::max);
        above = here;
    }
    longest
}

struct Measured {
    lines: usize,
    /// Of each line that is justified, in order of size.
    stretches: Vec<f32>,
    hyphens: usize,
    ladder: usize,
    scraps: Vec<String>,
    rivers: usize,
    edge: f32,
}

fn measure(layout: &Layout, style: &Style) -> Measured {
    let all = lines(layout);
    let right = layout.size.0 - style.margins.outside;
    let paragraphs: Vec<Vec<&Line>> = all.chunk_by(|a, b| a.tag == b.tag).map(|lines| lines.iter().collect()).collect();
    let short = paragraphs.iter().filter_map(|lines| lines.last()).filter(|line| line.right < right - 50.0);
    let natural = short.flat_map(|line| &line.spaces).map(|(from, to)| to - from).fold(f32::MAX, f32::min);
    let justified = paragraphs.iter().flat_map(|lines| lines.iter().rev().skip(1));
    let mut stretches: Vec<f32> = justified.clone().map(|line| stretch(line, natural)).collect();
    stretches.sort_by(f32::total_cmp);
    let ladder = |lines: &Vec<&Line>| {
        let mut run = 0;
        let counted = lines.iter().map(|line| {
            run = if line.hyphen { run + 1 } else { 0 };
            run
        });
        counted.max().unwrap_or(0)
    };
    let scrap = |lines: &&Vec<&Line>| {
        let (before, last) = (lines.len().checked_sub(2).and_then(|at| lines.get(at)), lines.last());
        let width = last.map_or(0.0, |line| line.right - line.left);
        before.is_some_and(|before| before.hyphen && width < 40.0) || (before.is_some() && width < 14.0)
    };
    Measured {
        lines: all.len(),
        hyphens: all.iter().filter(|line| line.hyphen).count(),
        ladder: paragraphs.iter().map(ladder).max().unwrap_or(0),
        scraps: paragraphs.iter().filter(scrap).filter_map(|lines| Some(lines.last()?.text.clone())).collect(),
        rivers: paragraphs.iter().filter(|lines| longest_river(lines) > 4).count(),
        edge: justified.map(|line| (line.right - right).abs()).fold(0.0, f32::max),
        stretches,
    }
}

fn part(sorted: &[f32], percent: usize) -> f32 {
    sorted.get(sorted.len() * percent / 100).or(sorted.last()).copied().unwrap_or(1.0)
}

/// `most_stretched`: how wide the widest space may be, and the widest of all but one line in twenty.
fn hold(name: &str, measured: &Measured, most_stretched: (f32, f32)) {
    let Measured { lines, stretches, hyphens, ladder, scraps, rivers, edge } = measured;
    let [tight, low, middle, high, loose] = [0, 5, 50, 95, 100].map(|percent| part(stretches, percent));
    let figures = format!(
        "{name}: {lines} lines, spaces {tight:.2} {low:.2} {middle:.2} {high:.2} {loose:.2} of their width, \
         {hyphens} hyphens, at most {ladder} in a row, {rivers} rivers, edge within {edge:.2} pt, scraps {scraps:?}"
    );
    assert!(tight >= 0.7, "{figures}");
    assert!(loose <= most_stretched.0, "{figures}");
    assert!(high <= most_stretched.1, "{figures}");
    assert!(*ladder <= 2, "{figures}");
    assert!(scraps.is_empty(), "{figures}");
    assert!(*edge <= 3.2, "{figures}");
    assert!(rivers * 50 <= *lines, "{figures}");
}

#[test]
fn long_text_is_even() {
    let style = style();
    let paragraphs = prose();
    assert!(paragraphs.len() > 20, "{}", paragraphs.len());
    hold("the whole column", &measure(&set(&paragraphs, "en", &style), &style), (1.8, 1.6));
}

/// Texts that begin at any word of the prose: few of them end with a single word on a line of its own, in
/// languages without hyphens neither.
#[test]
fn few_words_are_left_alone_on_a_last_line() {
    let prose = prose();
    let beginnings = prose.iter().flat_map(|text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (0..words.len().saturating_sub(26).min(25)).map(move |skip| words[skip..].join(" "))
    });
    let paragraphs: Vec<String> = beginnings.collect();
    for language in ["en", "zu"] {
        let all = lines(&set(&paragraphs, language, &style()));
        let long: Vec<&[Line]> = all.chunk_by(|a, b| a.tag == b.tag).filter(|lines| lines.len() > 2).collect();
        assert!(long.len() > 350, "{}", long.len());
        let alone = |lines: &&&[Line]| lines.last().is_some_and(|line| !line.text.trim().contains(' '));
        let alone = long.iter().filter(alone).count();
        assert!(alone * 45 <= long.len(), "{language}: {alone} of {}", long.len());
    }
}

#[test]
fn a_narrow_column_is_even_enough() {
    let mut style = style();
    style.margins.outside += 200.0;
    hold("a narrow column", &measure(&set(&prose(), "en", &style), &style), (3.5, 2.0));
}
