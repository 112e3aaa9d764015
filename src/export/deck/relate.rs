//! Which texts speak of the same things: by the words they share, rare words counting more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Letters of a word that count: enough to tell words apart, few enough for `mentor`, `mentored`
/// and `mentoring` to be one.
const STEM: usize = 6;

/// The letters of a word that count, each in the [`BITS`] that a `char` has.
type Stem = u128;

const BITS: u32 = 21;

/// Texts that can be asked which of them are near another one.
pub struct Index {
    /// Stem → the texts it stands in.
    places: HashMap<Stem, Vec<usize>>,
    texts: usize,
}

impl Index {
    /// What is `common` says nothing about what a text is about.
    pub fn new(texts: impl IntoIterator<Item = String>, common: &Common) -> Self {
        let mut index = Self { places: HashMap::new(), texts: 0 };
        for text in texts {
            for stem in stems(&text) {
                if common.0.binary_search(&stem).is_err() {
                    index.places.entry(stem).or_default().push(index.texts);
                }
            }
            index.texts += 1;
        }
        index
    }

    /// The texts nearest to this one, best first, at most `limit`; none that is much further away
    /// than the best.
    pub fn nearest(&self, text: &str, limit: usize) -> Vec<usize> {
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        for places in stems(text).iter().filter_map(|stem| self.places.get(stem)) {
            // A word of most texts tells nothing, and would make this slow.
            if places.len() <= (self.texts / 3).clamp(2, 200) {
                let worth = self.worth(places.len());
                for place in places {
                    *scores.entry(*place).or_default() += worth;
                }
            }
        }
        let mut ranked: Vec<(usize, u32)> = scores.into_iter().collect();
        ranked.sort_by_key(|(place, score)| (std::cmp::Reverse(*score), *place));
        let best = ranked.first().map_or(0, |(_, score)| *score);
        ranked.retain(|(_, score)| score * 2 > best);
        ranked.into_iter().take(limit).map(|(place, _)| place).collect()
    }

    /// The rarer, the more: twice as rare is one more. Whole numbers, the same on every machine.
    fn worth(&self, places: usize) -> u32 {
        2 + (self.texts / places.max(1)).checked_ilog2().unwrap_or(0)
    }
}

/// Words that stand in every text of a language.
pub struct Common(Vec<Stem>);

impl Common {
    /// Of a text of nothing else.
    pub fn of(words: &str) -> Self {
        Self(stems(words))
    }
}

/// The words of a text.
pub fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    each_word(text, &mut |word| {
        words.insert(word.to_owned());
    });
    words
}

/// Calls `take` with each word in small letters. Scripts without spaces give pairs of characters.
fn each_word(text: &str, take: &mut dyn FnMut(&str)) {
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !word.is_ascii() && word.chars().count() > 2 && word.chars().any(is_spaceless) {
            let starts: Vec<usize> = word.char_indices().map(|(start, _)| start).chain([word.len()]).collect();
            let pair = |ends: &[usize]| word.get(*ends.first()?..*ends.last()?);
            starts.windows(3).filter_map(pair).for_each(&mut *take);
        } else {
            take(word);
        }
    }
}

/// The words of a text without their endings and without the very short ones, each once, in order.
fn stems(text: &str) -> Vec<Stem> {
    let mut stems = Vec::new();
    each_word(text, &mut |word| stems.extend(stem(word)));
    stems.sort_unstable();
    stems.dedup();
    stems
}

fn stem(word: &str) -> Option<Stem> {
    let letters = |word: &str| word.chars().take(STEM).fold(0, |stem, c| stem << BITS | Stem::from(u32::from(c)));
    if word.chars().any(is_spaceless) {
        return Some(letters(word));
    }
    let singular = word.strip_suffix('s').filter(|_| word.len() > 3).unwrap_or(word);
    (singular.chars().nth(2).is_some()).then(|| letters(singular))
}

/// Chinese, Japanese, Korean, Thai: several words in a row without a space.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
