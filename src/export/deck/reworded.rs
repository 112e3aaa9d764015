//! Which note of the earlier package an item was: by its identity, or, where that has changed,
//! because it is clearly the same.

use super::entry::Entry;
use super::fields::Fields;
use super::html;
use super::kind::{Field, Kind};
use super::memory::EarlierNote;
use super::relate;
use crate::export::names;
use std::collections::{BTreeMap, BTreeSet};

/// How a note was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Its item has the same identity.
    SameItem,
    /// Its item has another identity and says nearly the same.
    Recognised,
}

/// Beyond so many pairs nothing is guessed.
const PAIRS_LIMIT: usize = 250_000;
/// Longer texts are compared by their beginnings.
const COMPARED: usize = 300;
/// As close as this is clearly the same.
const CLOSE: f64 = 0.75;

/// For each note of a dossier, in its order, its earlier note.
pub type Matches = Vec<Option<(usize, Way)>>;

/// Looks for the earlier notes of a dossier's notes, which are shown to it one by one.
pub struct Search<'e> {
    notes: &'e [EarlierNote],
    by_item: BTreeMap<(Kind, &'e str), usize>,
    matches: Matches,
    /// Those without an earlier note of the same identity, by their places.
    new: Vec<(usize, Entry)>,
}

impl<'e> Search<'e> {
    /// Among these.
    pub fn among(notes: &'e [EarlierNote]) -> Self {
        let by_item = notes.iter().enumerate().map(|(place, note)| ((note.kind, note.item.as_str()), place)).collect();
        Self { notes, by_item, matches: Vec::new(), new: Vec::new() }
    }

    /// The next note: what it says is asked for only if no earlier note has its identity.
    pub fn next(&mut self, kind: Kind, item: &str, entry: impl FnOnce() -> Entry) {
        let found = self.by_item.get(&(kind, item)).map(|place| (*place, Way::SameItem));
        if found.is_none() {
            self.new.push((self.matches.len(), entry()));
        }
        self.matches.push(found);
    }

    /// All that was found, the notes that are clearly the same as one that is missing now among it.
    pub fn matches(mut self) -> Matches {
        let stays: BTreeSet<usize> = self.matches.iter().flatten().map(|(place, _)| *place).collect();
        let left = self.notes.iter().enumerate().filter(|(place, _)| !stays.contains(place));
        let old: Vec<Candidate<'_>> = left.map(|(place, note)| Candidate::old(place, note)).collect();
        // Comparing costs time.
        if old.is_empty() || self.new.len().saturating_mul(old.len()) > PAIRS_LIMIT {
            return self.matches;
        }
        let new: Vec<Candidate<'_>> = self.new.iter().map(|(place, entry)| Candidate::new(*place, entry)).collect();
        for (entry, note) in pairs(&new, &old, &Rarity::among(self.notes, &stays, &new)) {
            if let Some(slot) = self.matches.get_mut(entry) {
                *slot = Some((note, Way::Recognised));
            }
        }
        self.matches
    }
}

/// What is compared of a note.
struct Candidate<'n> {
    place: usize,
    kind: Kind,
    item: &'n str,
    topic: Option<&'n str>,
    front: String,
    words: BTreeSet<String>,
    back: String,
}

impl<'n> Candidate<'n> {
    fn old(place: usize, note: &'n EarlierNote) -> Self {
        Self::of(place, note.kind, &note.item, &note.tags, &note.fields)
    }

    fn new(place: usize, entry: &'n Entry) -> Self {
        Self::of(place, entry.kind, &entry.item, &entry.tags, &entry.fields)
    }

    fn of(place: usize, kind: Kind, item: &'n str, tags: &'n [String], fields: &Fields) -> Self {
        let topic = tags.iter().find_map(|tag| names::topic_of_tag(tag));
        let text = |which| html::plain(fields.get(which)).to_lowercase().chars().take(COMPARED).collect::<String>();
        // A story is a topic of its own, named like itself.
        let topic = topic.filter(|_| kind != Kind::Story);
        let front = text(Field::Front);
        Self { place, kind, item, topic, words: relate::words(&front), front, back: text(Field::Back) }
    }

    fn has_own_id(&self) -> bool {
        self.item.split_once('/').is_some_and(|(_, key)| key.starts_with("id/"))
    }
}

/// The pairs that are clearly the same, each candidate in one at most, the surest pairs first.
fn pairs(new: &[Candidate<'_>], old: &[Candidate<'_>], rarity: &Rarity) -> Vec<(usize, usize)> {
    let mut sure: Vec<(f64, usize, usize)> = new
        .iter()
        .flat_map(|new| old.iter().filter_map(move |old| Some((sureness(new, old, rarity)?, new.place, old.place))))
        .collect();
    sure.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut news, mut olds) = (BTreeSet::new(), BTreeSet::new());
    let mut free = |new: usize, old: usize| {
        let both = !news.contains(&new) && !olds.contains(&old);
        if both {
            news.insert(new);
            olds.insert(old);
        }
        both
    };
    sure.into_iter().filter(|(_, new, old)| free(*new, *old)).map(|(_, new, old)| (new, old)).collect()
}

/// How sure it is that two are the same; none if it is not sure enough.
fn sureness(new: &Candidate<'_>, old: &Candidate<'_>, rarity: &Rarity) -> Option<f64> {
    // Two ids that somebody gave are two items.
    if new.kind != old.kind || (new.has_own_id() && old.has_own_id()) {
        return None;
    }
    if new.front == old.front {
        return Some(3.0);
    }
    let told = new.back.chars().count() >= 20;
    if told && new.back == old.back {
        return Some(2.0);
    }
    let same_place = new.topic == old.topic && new.kind != Kind::Topic;
    if !same_place || !worth_comparing(new, old) {
        return None;
    }
    Some(closeness(new, old, rarity)).filter(|close| *close >= CLOSE)
}

/// Whether two texts of some length share a third of their words to the letter. Without it the rest
/// cannot make them close, and finding that out costs much more.
fn worth_comparing(new: &Candidate<'_>, old: &Candidate<'_>) -> bool {
    let shorter = new.words.len().min(old.words.len());
    shorter <= 3 || new.words.intersection(&old.words).count() * 3 >= shorter
}

/// How much of the words two texts share, from 0 to 1. A word that stands in many notes, or is
/// very short, counts less: `How do you handle errors?` is not `How do you handle secrets?`.
fn closeness(new: &Candidate<'_>, old: &Candidate<'_>, rarity: &Rarity) -> f64 {
    let all: f64 = new.words.iter().chain(&old.words).map(|word| rarity.of(word)).sum();
    let found = |words: &BTreeSet<String>, others: &BTreeSet<String>| -> f64 {
        words.iter().filter(|word| stands_in(word, others)).map(|word| rarity.of(word)).sum()
    };
    let shared = found(&new.words, &old.words) + found(&old.words, &new.words);
    if all > 0.0 { shared / all } else { 0.0 }
}

/// The word itself, another form of it, or the word with a slip of the pen.
fn stands_in(word: &str, words: &BTreeSet<String>) -> bool {
    let length = word.chars().count();
    let same_stem = |other: &&String| word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count() >= 6;
    let slip = |other: &&String| strsim::normalized_damerau_levenshtein(word, other) >= 0.8;
    words.contains(word) || (length >= 5 && words.iter().any(|other| same_stem(&other) || slip(&other)))
}

/// In how many notes a word stands, then and now.
struct Rarity(BTreeMap<String, u32>);

impl Rarity {
    fn among(notes: &[EarlierNote], stays: &BTreeSet<usize>, new: &[Candidate<'_>]) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut count = |word: &str, times: u32| match counts.get_mut(word) {
            Some(count) => *count += times,
            None => drop(counts.insert(word.to_owned(), times)),
        };
        for (place, note) in notes.iter().enumerate() {
            let times = if stays.contains(&place) { 2 } else { 1 };
            for word in &relate::words(&html::plain(note.fields.get(Field::Front))) {
                count(word, times);
            }
        }
        for word in new.iter().flat_map(|new| &new.words) {
            count(word, 1);
        }
        Self(counts)
    }

    fn of(&self, word: &str) -> f64 {
        let notes = self.0.get(word).map_or(1, |count| count.div_ceil(2)).max(1);
        let full = if word.chars().count() <= 3 && word.is_ascii() { 0.3 } else { 1.0 };
        full / f64::from(notes)
    }
}
