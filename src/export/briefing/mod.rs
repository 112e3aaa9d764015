//! The briefing: what is said ([`compose`]), where it stands (`layout`), and the file (`write`).

mod compose;
pub mod document;
pub mod layout;
mod write;

pub use layout::face::{Found, Wanted};
pub use write::Error;

use super::picture::Pictures;
use crate::dossier::Dossier;
use crate::plan::Plan;
use crate::theme::{Paper, Theme};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What a run decides.
#[derive(Debug, Clone, Copy)]
pub struct Options<'o> {
    /// The time of the build: the date in the file, and the day that days are counted from.
    pub now: Timestamp,
    /// Another paper than the theme's.
    pub paper: Option<Paper>,
    /// What is made of the dossier.
    pub layout: Layout,
    /// Where there is no answer yet.
    pub notes: Notes,
    /// Printing on both sides.
    pub duplex: Option<Duplex>,
    /// The images of the dossier.
    pub pictures: &'o Pictures,
    /// Fonts for what the program's own do not have, the better ones first.
    pub fonts: &'o [Found],
    /// How many threads it may take; they do not show in the bytes.
    pub threads: usize,
}

impl Options<'_> {
    /// A whole briefing as of `now`, on the theme's paper, with lines to write on and without images.
    pub fn at(now: Timestamp) -> Self {
        static NONE: Pictures = Pictures::none();
        Self {
            now,
            paper: None,
            layout: Layout::Briefing,
            notes: Notes::Lines,
            duplex: None,
            pictures: &NONE,
            fonts: &[],
            threads: 1,
        }
    }
}

/// What is made of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Everything.
    Briefing,
    /// The page that can be torn off, alone.
    Cheatsheet,
    /// Cue cards to print and cut.
    Cards,
}

/// What stands where there is no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    /// Nothing.
    None,
    /// Ruled lines to write on.
    Lines,
}

/// The edge over which a sheet is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplex {
    /// The long one: like a book.
    LongEdge,
    /// The short one: like a pad.
    ShortEdge,
}

/// A briefing.
#[derive(Debug)]
pub struct Briefing {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font has, in order.
    pub missing: Vec<char>,
    /// Whether there would be more pages than a briefing can have; then there is none.
    pub overfull: bool,
}

/// Makes the briefing of a dossier.
pub fn briefing(
    dossier: &Dossier,
    plan: Option<&Plan>,
    theme: &Theme,
    options: &Options<'_>,
) -> Result<Briefing, Error> {
    let (document, layout) = laid_out(dossier, plan, theme, options);
    let missing: BTreeSet<char> = layout.missing.iter().map(|wanted| wanted.c).collect();
    let (pages, overfull) = (layout.pages.len(), layout.overfull);
    let bytes = if overfull { Vec::new() } else { write::write(layout, &document, options)? };
    Ok(Briefing { bytes, pages, missing: missing.into_iter().collect(), overfull })
}

/// What there is to say of a briefing without making it.
pub struct Trial {
    /// The characters that none of its fonts has, and how each was to look.
    pub missing: BTreeSet<Wanted>,
    /// See [`Briefing::overfull`].
    pub overfull: bool,
}

/// Lays a briefing out to see what is to be said of it.
pub fn trial(dossier: &Dossier, plan: Option<&Plan>, theme: &Theme, options: &Options<'_>) -> Trial {
    let layout = laid_out(dossier, plan, theme, options).1;
    Trial { missing: layout.missing, overfull: layout.overfull }
}

/// What a briefing says, and where every glyph of it stands.
pub fn laid_out(
    dossier: &Dossier,
    plan: Option<&Plan>,
    theme: &Theme,
    options: &Options<'_>,
) -> (document::Document, layout::Layout) {
    let mut style = theme.style.clone();
    style.paper = options.paper.unwrap_or(style.paper);
    let document = compose::compose(dossier, plan, theme, options);
    let layout = match options.layout {
        Layout::Briefing | Layout::Cheatsheet => layout::layout(&document, &style, options.duplex, options.fonts),
        Layout::Cards => {
            let cards = compose::cards(dossier, &theme.labels, options);
            layout::cards(&document, &cards, &style, options.duplex, options.fonts)
        }
    };
    (document, layout)
}
