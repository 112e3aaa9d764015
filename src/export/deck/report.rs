//! What a build has to say about a deck: how much there is, what has changed, what to look at.

use super::html;
use super::kind::{Field, Part, deck_name};
use super::memory::{EarlierNote, Fate, Remembered};
use super::preset::Preset;
use super::read::Unreadable;
use crate::dossier::Dossier;
use std::fmt;

/// What is in a deck and what has changed since the earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Notes in all.
    pub notes: usize,
    /// Cards in all.
    pub cards: usize,
    /// The decks in their order, and how many cards each holds.
    pub decks: Vec<(String, usize)>,
    /// Notes that the earlier deck did not hold.
    pub new: usize,
    /// Notes that say something else now, reworded ones included.
    pub changed: usize,
    /// Notes that Anki will leave as they are.
    pub kept: usize,
    /// Notes that were recognised although they have other words.
    pub reworded: Vec<Reworded>,
    /// Notes that left the dossier and stay in Anki.
    pub removed: Vec<Removed>,
    /// The settings that come with the deck.
    pub preset: Option<Preset>,
    /// What went wrong without stopping the build.
    pub warnings: Vec<Warning>,
}

/// A note that kept its history under other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// A note that left the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// What it said.
    pub text: String,
    /// The item, as the note's field `Item` holds it.
    pub item: String,
}

/// What went wrong without stopping the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The earlier file is no package, or a damaged one.
    Damaged,
    /// The earlier file was not written by this program.
    Foreign,
    /// The earlier package is of a later version of this program.
    Later,
    /// The earlier file was made from another dossier; this is its id.
    OtherDossier(String),
    /// No image that Anki could show stands at this path.
    NoImage(String),
    /// The deck is called otherwise than before.
    DeckRenamed {
        /// The name in the earlier package.
        before: String,
        /// The name now.
        after: String,
    },
}

impl Report {
    /// Of a deck without notes.
    pub fn new(dossier: &Dossier) -> Self {
        let decks = Part::ALL.into_iter().map(|part| (deck_name(dossier, part), 0)).collect();
        Self { decks, ..Self::default() }
    }

    /// Takes a note into account.
    pub fn count(&mut self, note: &Remembered, fate: Fate) {
        let cards = note.cards.len();
        self.notes += 1;
        self.cards += cards;
        if let Some((_, sum)) = self.decks.get_mut(note.entry.kind.part() as usize) {
            *sum += cards;
        }
        match fate {
            Fate::New => self.new += 1,
            Fate::Kept => self.kept += 1,
            Fate::Changed => self.changed += 1,
            Fate::Reworded(before) => {
                self.changed += 1;
                self.reworded.push(Reworded { before, after: html::plain(note.entry.fields.get(Field::Front)) });
            }
        }
    }
}

/// A note that left, as the report names it.
pub fn removed(note: &EarlierNote) -> Removed {
    Removed { text: html::plain(note.fields.get(Field::Front)), item: note.fields.get(Field::Item).to_owned() }
}

impl From<Unreadable> for Warning {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Damaged => Self::Damaged,
            Unreadable::Foreign => Self::Foreign,
            Unreadable::Later => Self::Later,
            Unreadable::OtherDossier(id) => Self::OtherDossier(id),
        }
    }
}

impl Report {
    /// What to type into Anki's browser to find the notes that left the dossier; none if none has.
    pub fn search(&self) -> Option<String> {
        let items: Vec<String> =
            self.removed.iter().map(|removed| format!("Item:{}", searched(&removed.item))).collect();
        (!items.is_empty()).then(|| items.join(" OR "))
    }
}

/// Signs that mean something in a search lose it.
fn searched(item: &str) -> String {
    item.chars().flat_map(|c| matches!(c, '_' | '*').then_some('\\').into_iter().chain([c])).collect()
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => write!(
                f,
                "the earlier deck cannot be read: it is damaged, or no deck at all; all cards count as new, and Anki updates \
                 those it knows"
            ),
            Self::Foreign => write!(f, "the earlier deck was not written by dossier: all cards count as new"),
            Self::Later => {
                write!(f, "the earlier deck was written by a later version of dossier: all cards count as new")
            }
            Self::OtherDossier(id) => {
                write!(f, "the earlier deck belongs to the dossier `{id}`: all cards count as new")
            }
            Self::NoImage(path) => {
                write!(f, "no image at `{path}` that Anki could show: its alternative text stands in")
            }
            Self::DeckRenamed { before, after } => write!(
                f,
                "the deck `{before}` is called `{after}` now: rename it in Anki before you import, or new cards will \
                 lie in a second deck"
            ),
        }
    }
}
