//! The deck: a dossier into an Anki package that can be imported again and again.
//!
//! `compose` says what the cards say, `entry` and `html` turn that into fields, `memory` gives each
//! note its history from the earlier package, `write` makes the file.

mod compose;
mod csv;
mod entry;
mod fields;
mod html;
mod kind;
mod look;
mod mark;
mod media;
mod memory;
mod order;
mod outline;
mod package;
mod preset;
mod read;
mod relate;
mod report;
mod reworded;
mod scaffold;
mod walk;
mod write;

pub use kind::{Part, deck_name};
pub use preset::Preset;
pub use report::{Removed, Report, Reworded, Warning};

use crate::dossier::Dossier;
use crate::export::names::root_deck;
use crate::theme::Theme;
use entry::Entry;
use jiff::Timestamp;
use media::Media;
use memory::{Earlier, Look, Moments, Outcome, Remembered};
use package::{Deck as NamedDeck, MEMORY_FORMAT, Memory, Package};
use read::Unreadable;

/// What a deck is made with, beyond the dossier and the templates.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// The moment that stands on everything new; `SOURCE_DATE_EPOCH` may set it.
    pub now: Timestamp,
    /// The moment that stands on what has changed. It is the real time even where `now` is not:
    /// Anki skips a change that is older than what the learner has done to the note.
    pub clock: Timestamp,
    /// Days from now to the next interview, if there is one.
    pub days_left: Option<i32>,
    /// The bytes of the package that an earlier build has written.
    pub previous: Option<&'o [u8]>,
    /// The bytes of the image at a path of the dossier.
    pub images: &'o dyn Fn(&str) -> Option<Vec<u8>>,
}

impl Options<'_> {
    /// A first build at that moment, without images.
    pub fn at(now: Timestamp) -> Self {
        Self { now, clock: now, days_left: None, previous: None, images: &|_| None }
    }
}

/// A deck that is ready to be written.
#[derive(Debug, Clone)]
pub struct Deck {
    /// The bytes of the package.
    pub bytes: Vec<u8>,
    /// What is in it and what has changed.
    pub report: Report,
}

/// Why a package cannot be made; never the dossier's fault.
#[derive(Debug)]
pub enum Error {
    /// `SQLite` gave up.
    Database(rusqlite::Error),
    /// The ZIP writer gave up.
    Zip(zip::result::ZipError),
    /// Writing to memory gave up.
    Write(std::io::Error),
}

/// Makes the package.
pub fn deck(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> Result<Deck, Error> {
    let built = build(dossier, theme, options);
    let preset = preset::preset(dossier, built.cards(), options.days_left);
    let package = Package {
        decks: decks(dossier),
        looks: look::looks(&theme.templates, &built.looks, seconds(options.clock)),
        preset: preset.clone(),
        notes: built.notes().collect(),
        media: built.media.files().collect(),
        memory: built.memory(dossier),
    };
    Ok(Deck { bytes: write::write(&package)?, report: built.report(dossier, preset) })
}

/// The notes in Anki's text import format. It holds neither media nor schedule, and needs the note
/// types, which the first import of a package brings.
pub fn csv(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> (String, Report) {
    let built = build(dossier, theme, options);
    let preset = preset::preset(dossier, built.cards(), options.days_left);
    (csv::csv(dossier, &built.notes().collect::<Vec<_>>()), built.report(dossier, preset))
}

/// All notes with their history, before they are written in one form or another.
struct Built {
    /// The note types of the earlier package.
    looks: Vec<Look>,
    /// The deck that held all others in it.
    root: String,
    media: Media,
    outcome: Outcome,
    unreadable: Option<Unreadable>,
}

fn build(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> Built {
    let (entries, media) = entries(dossier, theme, options);
    let (earlier, unreadable) = match options.previous.map(|bytes| read::read(bytes, &dossier.id)) {
        None => (Earlier::default(), None),
        Some(Ok(earlier)) => (earlier, None),
        Some(Err(unreadable)) => (Earlier::default(), Some(unreadable)),
    };
    let moments = Moments { new: seconds(options.now), changed: seconds(options.clock) };
    let (looks, root) = (earlier.looks.clone(), earlier.root.clone());
    let outcome = memory::remember(&dossier.id, entries, earlier, moments);
    Built { looks, root, media, outcome, unreadable }
}

/// What the dossier says today, note by note, so that never all of them are in memory twice.
fn entries(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> (Vec<Entry>, Media) {
    let mut media = Media::default();
    let (mut entries, mut turns) = (Vec::new(), Vec::new());
    compose::each_note(dossier, &theme.labels, &mut |note| {
        media.add(&note, options.images);
        turns.push(note.turn());
        entries.push(entry::entry(dossier, note, &media));
    });
    for (entry, place) in entries.iter_mut().zip(order::places(&turns)) {
        entry.due = place;
    }
    (entries, media)
}

/// Anki's backend cannot bear the moment zero, nor anything before it.
fn seconds(moment: Timestamp) -> i64 {
    moment.as_second().max(1)
}

/// The root deck and one for each part.
fn decks(dossier: &Dossier) -> Vec<NamedDeck> {
    let deck =
        |word: &str, name: String| NamedDeck { id: preset::id("deck", &format!("{}\0{word}", dossier.id)), name };
    let parts = Part::ALL.into_iter().map(|part| deck(part.name(), deck_name(dossier, part)));
    std::iter::once(deck("", root_deck(dossier))).chain(parts).collect()
}

impl Built {
    fn notes(&self) -> impl Iterator<Item = &Remembered> {
        self.outcome.notes.iter().map(|(note, _)| note)
    }

    fn cards(&self) -> usize {
        self.notes().map(|note| note.entry.cards).sum()
    }

    fn memory(&self, dossier: &Dossier) -> Memory {
        let renamed = self.notes().filter(|note| note.entry.item != note.entry.fields.get(kind::Field::Item));
        Memory {
            format: MEMORY_FORMAT,
            dossier: dossier.id.clone(),
            root: root_deck(dossier),
            renamed: renamed.map(|note| (note.guid.clone(), note.entry.item.clone())).collect(),
            gone: self.outcome.gone.clone(),
        }
    }

    fn report(&self, dossier: &Dossier, preset: Option<Preset>) -> Report {
        report::report(self, dossier, preset)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database of the deck cannot be made: {error}"),
            Self::Zip(error) => write!(f, "the package of the deck cannot be made: {error}"),
            Self::Write(error) => write!(f, "the package of the deck cannot be written: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error)
    }
}
