//! What a build has to say about a deck: how much there is, what has changed, what to look at.

use super::Built;
use super::html;
use super::kind::{Field, Part, deck_name};
use super::memory::{EarlierNote, Fate};
use super::preset::Preset;
use super::read::Unreadable;
use crate::dossier::Dossier;
use crate::export::names::root_deck;
use std::fmt;

/// What is in a deck and what has changed since the earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Notes in all.
    pub notes: usize,
    /// Cards in all.
    pub cards: usize,
    /// The decks that hold cards, and how many.
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
    Damaged(String),
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

/// Sums up a build.
pub fn report(built: &Built, dossier: &Dossier, preset: Option<Preset>) -> Report {
    let count = |wanted: fn(&Fate) -> bool| built.outcome.notes.iter().filter(|(_, fate)| wanted(fate)).count();
    Report {
        notes: built.outcome.notes.len(),
        cards: built.cards(),
        decks: decks(built, dossier),
        new: count(|fate| *fate == Fate::New),
        changed: count(|fate| matches!(fate, Fate::Changed | Fate::Reworded(_))),
        kept: count(|fate| *fate == Fate::Kept),
        reworded: reworded(built),
        removed: built.outcome.removed.iter().map(removed).collect(),
        preset,
        warnings: warnings(built, dossier),
    }
}

fn decks(built: &Built, dossier: &Dossier) -> Vec<(String, usize)> {
    let cards = |part: Part| {
        let notes = built.notes().filter(|note| note.entry.kind.part() == part);
        (deck_name(dossier, part), notes.map(|note| note.entry.cards).sum())
    };
    Part::ALL.into_iter().map(cards).filter(|(_, cards)| *cards > 0).collect()
}

fn reworded(built: &Built) -> Vec<Reworded> {
    let before = |fate: &Fate| match fate {
        Fate::Reworded(before) => Some(before.clone()),
        Fate::New | Fate::Kept | Fate::Changed => None,
    };
    let notes = built.outcome.notes.iter();
    notes
        .filter_map(|(note, fate)| {
            let after = html::plain(note.entry.fields.get(Field::Front));
            Some(Reworded { before: before(fate)?, after })
        })
        .collect()
}

fn removed(note: &EarlierNote) -> Removed {
    Removed { text: html::plain(note.fields.get(Field::Front)), item: note.fields.get(Field::Item).to_owned() }
}

fn warnings(built: &Built, dossier: &Dossier) -> Vec<Warning> {
    let earlier = built.unreadable.iter().map(|unreadable| match unreadable {
        Unreadable::Damaged(why) => Warning::Damaged(why.clone()),
        Unreadable::Foreign => Warning::Foreign,
        Unreadable::Later => Warning::Later,
        Unreadable::OtherDossier(id) => Warning::OtherDossier(id.clone()),
    });
    let images = built.media.missing().map(|path| Warning::NoImage(path.to_owned()));
    let (before, after) = (built.root.clone(), root_deck(dossier));
    let renamed = (!before.is_empty() && before != after).then_some(Warning::DeckRenamed { before, after });
    earlier.chain(images).chain(renamed).collect()
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
            Self::Damaged(why) => write!(
                f,
                "the earlier deck cannot be read ({why}): all cards count as new, and Anki updates those it knows"
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
