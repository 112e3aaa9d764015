//! A package as values: what `write.rs` writes and `read.rs` reads back.

use super::memory::{Gone, Look};
use super::preset::Preset;
use std::collections::BTreeMap;

/// The file with the collection inside a package.
pub const COLLECTION: &str = "collection.anki2";
/// The key of our own notes in the collection's settings, which Anki does not take over.
pub const MEMORY: &str = "prepDossier";

/// Everything that goes into a package beside its notes.
pub struct Package<'p> {
    /// Names of decks, each with the notes that lie in it; the root has none.
    pub decks: Vec<Deck>,
    /// The note types.
    pub looks: Vec<Look>,
    /// The settings, if there is a date.
    pub preset: Option<Preset>,
    /// The place of each note among the new ones, in the order in which the notes were added.
    pub places: Vec<u32>,
    /// Files by name.
    pub media: Vec<(&'p str, &'p [u8])>,
    /// What the next build needs to know.
    pub memory: Memory,
}

/// A deck.
pub struct Deck {
    /// Its id.
    pub id: i64,
    /// Its full name.
    pub name: String,
}

/// What a package tells the next build beyond its notes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Memory {
    /// The version of this memory.
    pub format: u32,
    /// The dossier.
    pub dossier: String,
    /// The deck that holds all others.
    pub root: String,
    /// Items that go by another identity now than in Anki, by the guid of their notes.
    pub renamed: BTreeMap<String, String>,
    /// Notes that have left.
    pub gone: Vec<Gone>,
}

/// The version of [`Memory`] that is written.
pub const MEMORY_FORMAT: u32 = 1;
