//! The fields of a note, as Anki's database holds them: one text with separators.

use super::kind::Field;

/// What stands between two fields. No field holds it: control characters are dropped.
const SEPARATOR: char = '\u{1f}';

/// Most notes are shorter, in bytes.
const USUAL_LENGTH: usize = 1024;

/// The fields of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields(String);

impl Fields {
    /// From a function that writes what stands in a field; the spare ones stay empty.
    pub fn new(mut content: impl FnMut(Field, &mut String)) -> Self {
        let mut joined = String::with_capacity(USUAL_LENGTH);
        for field in Field::ALL {
            content(field, &mut joined);
            joined.push(SEPARATOR);
        }
        joined.extend((Field::ALL.len() + 1..Field::COUNT).map(|_| SEPARATOR));
        Self(joined)
    }

    /// From the text of a database; none if it is no note of ours.
    pub fn read(joined: String) -> Option<Self> {
        (joined.split(SEPARATOR).count() == Field::COUNT).then_some(Self(joined))
    }

    /// The text of a database.
    pub fn joined(&self) -> &str {
        &self.0
    }

    /// The content of a field.
    pub fn get(&self, field: Field) -> &str {
        let place = field as usize;
        // Text is long, and it is not far to the last ones from the end.
        let behind = Field::COUNT - 1 - place;
        let mut before = self.0.split(SEPARATOR);
        let found = if place <= behind { before.nth(place) } else { before.nth_back(behind) };
        found.unwrap_or_default()
    }

    /// All fields in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(SEPARATOR)
    }

    /// What the note says of itself: without the scaffold, which speaks of others, the footer,
    /// which speaks of its topic, and the identity of its item, which nobody sees.
    pub fn own(&self) -> impl Iterator<Item = &str> {
        let skipped = [Field::Scaffold as usize, Field::Footer as usize, Field::Item as usize];
        self.iter().enumerate().filter(move |(place, _)| !skipped.contains(place)).map(|(_, content)| content)
    }
}
