//! The briefing: what is said ([`compose`]), where it stands (`layout`), and the file (`write`).

mod compose;
mod document;
pub mod layout;
mod write;

pub use write::Error;

use crate::dossier::Dossier;
use crate::plan::Plan;
use crate::theme::{Paper, Theme};
use jiff::Timestamp;

/// What a run decides.
#[derive(Debug, Clone)]
pub struct Options {
    /// The time of the build: the date in the file, and the day that days are counted from.
    pub now: Timestamp,
    /// Another paper than the theme's.
    pub paper: Option<Paper>,
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
}

/// Makes the briefing of a dossier.
pub fn briefing(dossier: &Dossier, plan: Option<&Plan>, theme: &Theme, options: &Options) -> Result<Briefing, Error> {
    let mut style = theme.style.clone();
    style.paper = options.paper.unwrap_or(style.paper);
    let document = compose::compose(dossier, plan, &theme.labels, options.now);
    let layout = layout::layout(&document, &style);
    let bytes = write::write(&layout, &document, options.now)?;
    Ok(Briefing { bytes, pages: layout.pages.len(), missing: layout.missing.into_iter().collect() })
}
