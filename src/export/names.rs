//! What one output calls another by.

use crate::dossier::Dossier;

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
