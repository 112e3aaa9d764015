//! What one output calls another by, and the parts of the dossier in them.

use crate::dossier::{Dossier, Part};
use crate::theme::Section;

/// The Anki deck that holds all decks of a dossier. Anki finds a deck by its name, so this is the
/// same in every language.
pub fn root_deck(dossier: &Dossier) -> String {
    let job = &dossier.job;
    format!("Interview prep::{} – {}", level(&job.company), level(&job.role))
}

/// A name that stays one level of a deck's name.
fn level(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !c.is_control() && *c != '"').collect();
    while name.contains("::") {
        name = name.replace("::", ":");
    }
    name.trim_matches(|c: char| c == ':' || c.is_whitespace()).to_owned()
}

/// The section of a theme that a part of the dossier is.
pub fn section(part: &Part) -> Section {
    match part {
        Part::Overview(_) => Section::Overview,
        Part::Fit(_) => Section::Fit,
        Part::Highlights(_) => Section::Highlights,
        Part::Company(_) => Section::Company,
        Part::Stories(_) => Section::Stories,
        Part::Questions(_) => Section::Questions,
        Part::Ask(_) => Section::Ask,
        Part::Concepts(_) => Section::Concepts,
        Part::Advice(_) => Section::Advice,
        Part::Sections(_) => Section::Own,
        Part::Closing(_) => Section::Closing,
    }
}
