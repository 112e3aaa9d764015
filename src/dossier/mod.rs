//! Stage 1: the text of a dossier into a valid model, or every problem of the file at once.

mod advice;
mod duration;
mod identity;
mod images;
pub mod keys;
mod limits;
mod link;
mod mend;
mod model;
mod moment;
mod parts;
mod reader;
pub mod schema;
mod synonyms;
mod text;
mod value;
mod whole;
mod zone;

pub use advice::advice;
pub use duration::{is_duration, meant as meant_minutes, written as written_minutes};
pub use identity::{slug, sum};
pub use link::{is_link, is_openable};
pub use mend::{Mended, mended};
pub use model::*;
pub use moment::{Times, coming_days, days, names_day, only_times, readings, times, written as written_date};
pub use reader::is_id;
pub use text::{SIZE_LIMIT, without_mark};
pub use value::{ROUND_MINUTES, YEARS, is_language};
pub use zone::{likely_zone, named as named_zone};

pub use crate::markup::one_line;

use crate::diagnostic::{Diagnostic, Source, has_errors};

/// The outcome of reading a file.
#[derive(Debug)]
pub struct Reading {
    /// The text as it is shown in messages.
    pub source: Source,
    /// The model; `None` when there is any error.
    pub dossier: Option<Dossier>,
    /// Everything there is to say, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a dossier from the bytes of a file, which become its text. `name` is what messages call it.
pub fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    let (source, dossier, mut diagnostics) = match text::prepare(name, bytes.into()) {
        Ok((source, problems)) => {
            let tree = text::parse(&source.text);
            let (dossier, mut problems) = whole::read(&source.text, &tree, problems);
            problems.extend(dossier.iter().flat_map(limits::limits));
            (source, dossier, problems)
        }
        Err((source, problems)) => (source, None, problems),
    };
    diagnostics.sort_by_key(|problem| (problem.start(), problem.code));
    diagnostics.dedup();
    let dossier = dossier.filter(|_| !has_errors(&diagnostics));
    Reading { source, dossier, diagnostics }
}
