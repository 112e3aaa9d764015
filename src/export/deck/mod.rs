//! The deck: a dossier into an Anki package that can be imported again and again.
//!
//! `compose` says what the cards say, `entry` and `html` turn that into fields, `memory` gives each
//! note its history from the earlier package, `write` makes the file. They do so note by note: thousands of notes at once
//! would take more space than the file.

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
use compose::Composer;
use jiff::Timestamp;
use kind::Field;
use media::Media;
use memory::{Earlier, EarlierNote, History, Look, Moments, Remembered};
use package::{Deck as NamedDeck, MEMORY_FORMAT, Memory, Package};
use reworded::{Matches, Search};
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;
use write::Collection;

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

/// So many notes go to the database at once, while further ones are composed: one by one, waking the other thread takes a
/// tenth of the time. A deck of fewer needs no other thread.
const NOTES_AT_ONCE: usize = 100;

/// Makes the package.
pub fn deck(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> Result<Deck, Error> {
    let (built, collection) = thread::scope(|scope| {
        let begin = || {
            let (take, taken) = sync_channel::<Vec<Remembered>>(1);
            let writing = thread::Builder::new().spawn_scoped(scope, || Collection::of(taken.into_iter().flatten()));
            writing.map(|writing| (take, writing))
        };
        let mut notes = Vec::new();
        let mut writer = None;
        let built = build(dossier, theme, options, &mut |note| {
            notes.push(note);
            if notes.len() == NOTES_AT_ONCE
                && let Ok((take, _)) = writer.get_or_insert_with(begin)
            {
                // A writer that takes no more has an error to tell.
                drop(take.send(std::mem::take(&mut notes)));
            }
        });
        let collection = match writer {
            Some(Ok((take, writing))) => {
                drop(take.send(notes));
                drop(take);
                writing.join().unwrap_or_else(|panic| resume_unwind(panic))?
            }
            // Where no other thread can be had all notes have waited.
            Some(Err(_)) | None => Collection::of(notes)?,
        };
        Ok::<_, Error>((built, collection))
    })?;
    let package = Package {
        decks: decks(dossier),
        looks: look::looks(&theme.templates, &built.looks, seconds(options.clock)),
        preset: built.report.preset.clone(),
        places: built.places,
        media: built.media.files().collect(),
        memory: built.memory,
    };
    Ok(Deck { bytes: collection.finish(&package)?, report: built.report })
}

/// The notes in Anki's text import format. It holds neither media nor schedule, and needs the note
/// types, which the first import of a package brings.
pub fn csv(dossier: &Dossier, theme: &Theme, options: &Options<'_>) -> (String, Report) {
    let mut text = csv::HEAD.to_owned();
    let built = build(dossier, theme, options, &mut |note| csv::add(dossier, &note, &mut text));
    (text, built.report)
}

/// What is known of a deck when all its notes have been taken.
struct Built {
    /// The note types of the earlier package.
    looks: Vec<Look>,
    media: Media,
    /// The place of each note among the new ones.
    places: Vec<u32>,
    memory: Memory,
    report: Report,
}

/// Calls `take` with each note, in the order of the file, with its history. None is kept: thousands of them take more
/// space than the package.
fn build(dossier: &Dossier, theme: &Theme, options: &Options<'_>, take: &mut dyn FnMut(Remembered)) -> Built {
    let (earlier, unreadable) = match options.previous.map(|bytes| read::read(bytes, &dossier.id)) {
        None => (Earlier::default(), None),
        Some(Ok(earlier)) => (earlier, None),
        Some(Err(unreadable)) => (Earlier::default(), Some(unreadable)),
    };
    let looks = earlier.looks.clone();
    let (root_before, root) = (earlier.root.clone(), root_deck(dossier));
    let composer = Composer::new(dossier, &theme.labels);
    let mut media = Media::default();
    let matches = matches(dossier, &composer, &mut media, options, &earlier.notes);
    let moments = Moments { new: seconds(options.now), changed: seconds(options.clock) };
    let mut history = History::new(&dossier.id, earlier, matches, moments);
    let mut report = Report::new(dossier);
    let (mut turns, mut renamed) = (Vec::new(), BTreeMap::new());
    composer.each_note(&mut |note| {
        turns.push(note.turn());
        media.add(&note, options.images);
        let (note, fate) = history.next(entry::entry(dossier, note, &media));
        if note.entry.item != note.entry.fields.get(Field::Item) {
            renamed.insert(note.guid.clone(), note.entry.item.clone());
        }
        report.count(&note, fate);
        take(note);
    });
    let left = history.left();
    report.removed = left.removed.iter().map(report::removed).collect();
    report.preset = preset::preset(dossier, report.cards, options.days_left);
    report.warnings.extend(unreadable.map(Warning::from));
    report.warnings.extend(media.missing().map(|path| Warning::NoImage(path.to_owned())));
    if !root_before.is_empty() && root_before != root {
        report.warnings.push(Warning::DeckRenamed { before: root_before, after: root.clone() });
    }
    let memory = Memory { format: MEMORY_FORMAT, dossier: dossier.id.clone(), root, renamed, gone: left.gone };
    Built { looks, media, places: order::places(&turns), memory, report }
}

/// Which earlier note each note was.
fn matches(
    dossier: &Dossier,
    composer: &Composer<'_>,
    media: &mut Media,
    options: &Options<'_>,
    notes: &[EarlierNote],
) -> Matches {
    let mut search = Search::among(notes);
    if !notes.is_empty() {
        composer.each_note(&mut |note| {
            search.next(note.kind, &entry::item(&dossier.id, &note.key), || {
                media.add(&note, options.images);
                entry::entry(dossier, note, media)
            });
        });
    }
    search.matches()
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

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error)
    }
}
