//! The last export is the memory: what each note was called, when it last changed, and what has
//! left since.
//!
//! Anki takes a note over only if it is strictly newer than the one it has, and then overwrites
//! what the learner has written into it. So a note gets a new time exactly when something of it
//! has changed, and keeps everything else, its scaffold included, which speaks of other items.

use super::compose::{CONFIDENCE, PRIORITY};
use super::entry::Entry;
use super::fields::Fields;
use super::html;
use super::kind::{Field, Kind};
use super::media::hex;
use super::reworded::{Matches, Way};
use crate::dossier::sum;
use sha1::{Digest, Sha1};
use std::collections::{HashMap, HashSet};

/// How many notes that have left are remembered.
const GONE_LIMIT: usize = 10_000;

/// What an earlier package tells.
#[derive(Debug, Default)]
pub struct Earlier {
    /// The deck that holds all others.
    pub root: String,
    /// Its notes.
    pub notes: Vec<EarlierNote>,
    /// Notes that had left before.
    pub gone: Vec<Gone>,
    /// Its note types.
    pub looks: Vec<Look>,
}

/// A note of an earlier package.
#[derive(Debug, Clone)]
pub struct EarlierNote {
    /// Which item of which dossier it is, as far as this program knows.
    pub item: String,
    /// What Anki knows it by.
    pub guid: String,
    /// Its id.
    pub id: i64,
    /// When it last changed, in seconds.
    pub modified: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Its fields.
    pub fields: Fields,
    /// Its cards: ordinal and id.
    pub cards: Vec<(u32, i64)>,
}

/// A note that has left the dossier and still lives in the learner's Anki.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Gone {
    /// Which item it was.
    pub item: String,
    /// The word of its kind: Anki takes no note over into another note type. Early packages do not say it.
    #[serde(default)]
    pub kind: String,
    /// What Anki knows it by.
    pub guid: String,
    /// Its id.
    pub id: i64,
    /// When it last changed.
    pub modified: i64,
    /// What it said.
    pub digest: String,
}

impl Gone {
    fn is_of(&self, kind: Kind) -> bool {
        self.kind.is_empty() || self.kind == kind.word()
    }
}

/// A note type as it was written: what the learner sees of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The kind.
    pub kind: Kind,
    /// When it last changed, in seconds.
    pub modified: i64,
    /// Template of the front.
    pub front: String,
    /// Template of the back.
    pub back: String,
    /// Style sheet.
    pub css: String,
}

/// A note with its history.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// What it says now.
    pub entry: Entry,
    /// What Anki knows it by.
    pub guid: String,
    /// Its id.
    pub id: i64,
    /// When it last changed.
    pub modified: i64,
    /// The ids of its cards, by ordinal.
    pub cards: Vec<i64>,
}

/// What has happened to a note since the earlier package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was not there.
    New,
    /// Nothing.
    Kept,
    /// It says something else.
    Changed,
    /// It says something else and was recognised; this is what it said.
    Reworded(String),
}

/// The moments of a build, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// Stands on everything new.
    pub new: i64,
    /// Stands on what has changed: never earlier than the learner's last edit may be.
    pub changed: i64,
}

/// Gives the notes of a dossier their history, one after the other.
pub struct History<'h> {
    dossier: &'h str,
    moments: Moments,
    matches: std::vec::IntoIter<Option<(usize, Way)>>,
    earlier: Vec<Option<EarlierNote>>,
    /// What had left before, the latest first.
    gone: Vec<Gone>,
    /// The same by item.
    gone_by_item: HashMap<String, Gone>,
    /// The sums of the identities that are taken.
    guids: HashSet<u64>,
    ids: Ids,
}

/// What is not in the dossier any more.
pub struct Left {
    /// What left with this build.
    pub removed: Vec<EarlierNote>,
    /// Everything that has left so far.
    pub gone: Vec<Gone>,
}

impl<'h> History<'h> {
    /// Of the notes that these matches are about, in their order.
    pub fn new(dossier: &'h str, earlier: Earlier, matches: Matches, moments: Moments) -> Self {
        let ids = Ids::after(&earlier, moments.new);
        let stays = matches.iter().flatten().filter_map(|(place, _)| earlier.notes.get(*place));
        let guids = stays.map(|note| sum(&note.guid)).collect();
        Self {
            dossier,
            moments,
            matches: matches.into_iter(),
            earlier: earlier.notes.into_iter().map(Some).collect(),
            gone_by_item: earlier.gone.iter().map(|gone| (gone.item.clone(), gone.clone())).collect(),
            gone: earlier.gone,
            guids,
            ids,
        }
    }

    /// The next note with its history.
    pub fn next(&mut self, entry: Entry) -> (Remembered, Fate) {
        let found = self.matches.next().flatten();
        let known = found.and_then(|(place, way)| Some((self.earlier.get_mut(place)?.take()?, way)));
        if let Some((note, way)) = known {
            return update(entry, note, way, self.moments, &mut self.ids);
        }
        let guids = &mut self.guids;
        let gone = self.gone_by_item.get(&entry.item).filter(|gone| gone.is_of(entry.kind));
        let returned = gone.filter(|gone| guids.insert(sum(&gone.guid)));
        appear(self.dossier, entry, returned, self.moments, &mut self.ids, guids)
    }

    /// When all notes have theirs.
    pub fn left(self) -> Left {
        let removed: Vec<EarlierNote> = self.earlier.into_iter().flatten().collect();
        let gone = gone_now(self.gone, &removed, &self.guids);
        Left { removed, gone }
    }
}

/// A note that was there before.
fn update(entry: Entry, earlier: EarlierNote, way: Way, moments: Moments, ids: &mut Ids) -> (Remembered, Fate) {
    let cards = (0u32..).take(entry.cards).map(|ordinal| ids.of_card(&earlier, ordinal)).collect();
    let (guid, id) = (earlier.guid.clone(), earlier.id);
    if says_the_same(&entry, &earlier) {
        // Word for word what Anki has, the identity it was last sent with included.
        let entry = Entry { fields: earlier.fields, tags: earlier.tags, ..entry };
        return (Remembered { entry, guid, id, modified: earlier.modified, cards }, Fate::Kept);
    }
    let modified = moments.changed.max(earlier.modified.saturating_add(1));
    let fate = match way {
        Way::SameItem => Fate::Changed,
        Way::Recognised => Fate::Reworded(html::plain(earlier.fields.get(Field::Front))),
    };
    (Remembered { entry, guid, id, modified, cards }, fate)
}

/// Whether nothing of the note itself has changed. What is said of its whole topic is not the
/// note's: a learner who has become sure of a topic shall not lose the notes they took in it.
fn says_the_same(entry: &Entry, earlier: &EarlierNote) -> bool {
    own_tags(&entry.tags, &entry.lent).eq(own_tags(&earlier.tags, &entry.lent))
        && entry.cards == earlier.cards.len()
        && entry.fields.own().eq(earlier.fields.own())
}

fn own_tags<'t>(tags: &'t [String], lent: &[&'static str]) -> impl Iterator<Item = &'t str> {
    tags.iter().map(String::as_str).filter(|tag| !lent.iter().any(|start| tag.starts_with(start)))
}

/// A note that was not there before, or had left.
fn appear(
    dossier: &str,
    entry: Entry,
    returned: Option<&Gone>,
    moments: Moments,
    ids: &mut Ids,
    guids: &mut HashSet<u64>,
) -> (Remembered, Fate) {
    let (guid, id, modified) = match returned {
        // Anki still has it: as it was, it needs no update.
        Some(gone) if gone.digest == digest(&entry.tags, &entry.fields) => (gone.guid.clone(), gone.id, gone.modified),
        Some(gone) => (gone.guid.clone(), gone.id, moments.changed.max(gone.modified.saturating_add(1))),
        None => (free_guid(dossier, &entry, guids), ids.next(), moments.new),
    };
    let cards = (0..entry.cards).map(|_| ids.next()).collect();
    (Remembered { entry, guid, id, modified, cards }, Fate::New)
}

/// Made from the identities alone. Where a reworded note still goes by the identity of its old
/// words, an item that now has these words needs another one.
fn free_guid(dossier: &str, entry: &Entry, guids: &mut HashSet<u64>) -> String {
    let guid = |round: u32| {
        let digest = Sha1::digest(format!("{dossier}\0{}\0{}\0{round}", entry.kind.word(), entry.item));
        hex(&digest, 10)
    };
    let mut round = 0;
    loop {
        let guid = guid(round);
        if guids.insert(sum(&guid)) {
            return guid;
        }
        round += 1;
    }
}

fn gone_now(before: Vec<Gone>, removed: &[EarlierNote], present: &HashSet<u64>) -> Vec<Gone> {
    let now = removed.iter().map(|note| Gone {
        item: note.item.clone(),
        kind: note.kind.word().to_owned(),
        guid: note.guid.clone(),
        id: note.id,
        modified: note.modified,
        digest: digest(&note.tags, &note.fields),
    });
    let mut gone: Vec<Gone> = now.chain(before).collect();
    gone.retain(|gone| !present.contains(&sum(&gone.guid)));
    gone.truncate(GONE_LIMIT);
    gone
}

/// What a note says of itself.
fn digest(tags: &[String], fields: &Fields) -> String {
    let mut sha = Sha1::new();
    for part in own_tags(tags, &[CONFIDENCE, PRIORITY]).chain(fields.own()) {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    hex(&sha.finalize(), 10)
}

/// New ids: moments in milliseconds, as Anki's own, each used once.
struct Ids {
    last: i64,
}

impl Ids {
    fn after(earlier: &Earlier, seconds: i64) -> Self {
        let cards = earlier.notes.iter().flat_map(|note| note.cards.iter().map(|(_, id)| *id));
        let notes = earlier.notes.iter().map(|note| note.id).chain(earlier.gone.iter().map(|gone| gone.id));
        let used = cards.chain(notes).max().unwrap_or(0);
        Self { last: used.max(seconds.saturating_mul(1000)) }
    }

    fn next(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    fn of_card(&mut self, earlier: &EarlierNote, ordinal: u32) -> i64 {
        let known = earlier.cards.iter().find(|(known, _)| *known == ordinal);
        known.map_or_else(|| self.next(), |(_, id)| *id)
    }
}
