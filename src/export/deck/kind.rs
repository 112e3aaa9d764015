//! The kinds of notes: Anki's note types, frozen for good, and the decks they lie in.
//!
//! Anki updates a note in place only where the note type, its fields and its templates are the
//! ones it knows. So nothing here is ever renamed, renumbered or removed; a new field takes over a
//! spare one.

use crate::dossier::Dossier;
use crate::export::names;

/// A kind of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A question of theirs.
    Question,
    /// Something to know.
    Concept,
    /// What a topic consists of.
    Topic,
    /// A story to tell.
    Story,
    /// A question to ask them.
    Ask,
    /// Something about the company.
    Fact,
    /// A concept with words left out.
    Cloze,
}

impl Kind {
    /// All of them, in the order of their ids.
    pub const ALL: [Self; 7] =
        [Self::Question, Self::Concept, Self::Topic, Self::Story, Self::Ask, Self::Fact, Self::Cloze];

    /// The word in file names and identities.
    pub fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Concept => "concept",
            Self::Topic => "topic",
            Self::Story => "story",
            Self::Ask => "ask",
            Self::Fact => "fact",
            Self::Cloze => "cloze",
        }
    }

    /// The id of the note type. Those of its fields and templates are counted from it.
    pub fn id(self) -> i64 {
        1_763_942_400_000
            + match self {
                Self::Question => 1_000,
                Self::Concept => 2_000,
                Self::Topic => 3_000,
                Self::Story => 4_000,
                Self::Ask => 5_000,
                Self::Fact => 6_000,
                Self::Cloze => 7_000,
            }
    }

    /// The kind with this note type id.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The name of the note type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "Dossier question",
            Self::Concept => "Dossier concept",
            Self::Topic => "Dossier topic",
            Self::Story => "Dossier story",
            Self::Ask => "Dossier question to ask",
            Self::Fact => "Dossier company fact",
            Self::Cloze => "Dossier cloze",
        }
    }

    /// The names of the fields, in the order of [`Field`].
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        let own = match self {
            Self::Question => ["Question", "Answer"],
            Self::Concept => ["Concept", "Explanation"],
            Self::Topic => ["Whole", "Parts"],
            Self::Story => ["Story", "Telling"],
            Self::Ask => ["Question", "Listen for"],
            Self::Fact => ["Fact", "Detail"],
            Self::Cloze => ["Concept", "Text"],
        };
        own.into_iter().chain(SHARED_FIELDS)
    }

    /// The deck its cards lie in.
    pub fn part(self) -> Part {
        match self {
            Self::Question => Part::Questions,
            Self::Concept | Self::Topic | Self::Cloze => Part::Concepts,
            Self::Story => Part::Stories,
            Self::Ask => Part::Ask,
            Self::Fact => Part::Company,
        }
    }
}

/// The fields of every note, by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What is asked for; also what Anki sorts and lists by.
    Front,
    /// What the dossier answers.
    Back,
    /// What to do, in small type below the front.
    Cue,
    /// To be revealed one by one.
    Hints,
    /// What stands on the back as long as there is no answer.
    Scaffold,
    /// Examples and links.
    More,
    /// The topic as written.
    Topic,
    /// The company.
    Company,
    /// A line in small type at the end of the back.
    Footer,
    /// BCP 47 tag of the card.
    Language,
    /// `ltr` or `rtl`.
    Direction,
    /// Which item of which dossier this is; what the search for removed notes looks for.
    Item,
}

impl Field {
    /// Those that are in use, in their order.
    pub const ALL: [Self; 12] = [
        Self::Front,
        Self::Back,
        Self::Cue,
        Self::Hints,
        Self::Scaffold,
        Self::More,
        Self::Topic,
        Self::Company,
        Self::Footer,
        Self::Language,
        Self::Direction,
        Self::Item,
    ];

    /// How many fields a note has, the spare ones included.
    pub const COUNT: usize = 15;
}

/// The fields behind the first two. The spare ones are there so that a later version can use them
/// without a change of the note type, which would make every note conflict.
const SHARED_FIELDS: [&str; Field::COUNT - 2] = [
    "Cue",
    "Hints",
    "Scaffold",
    "More",
    "Topic",
    "Company",
    "Footer",
    "Language",
    "Direction",
    "Item",
    "Spare 1",
    "Spare 2",
    "Spare 3",
];

/// The decks of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What they will ask.
    Questions,
    /// What to know.
    Concepts,
    /// What to tell.
    Stories,
    /// What to ask them.
    Ask,
    /// What to know about them.
    Company,
}

impl Part {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Questions, Self::Concepts, Self::Stories, Self::Ask, Self::Company];

    /// The last part of the deck's name. Anki finds a deck by its name, so this is the same in
    /// every language: a dossier that is translated keeps its decks.
    pub fn name(self) -> &'static str {
        match self {
            Self::Questions => "1 Questions",
            Self::Concepts => "2 Concepts",
            Self::Stories => "3 Stories",
            Self::Ask => "4 Ask them",
            Self::Company => "5 Company",
        }
    }
}

/// The deck of a part.
pub fn deck_name(dossier: &Dossier, part: Part) -> String {
    format!("{}::{}", names::root_deck(dossier), part.name())
}
