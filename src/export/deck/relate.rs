//! Which texts speak of the same things: by the words they share, rare words counting more.

use std::collections::{BTreeMap, BTreeSet};

/// Letters of a word that count: enough to tell words apart, few enough for `mentor`, `mentored`
/// and `mentoring` to be one.
const STEM: usize = 6;

/// Texts that can be asked which of them are near another one.
pub struct Index {
    /// Stem → the texts it stands in.
    places: BTreeMap<String, Vec<usize>>,
    texts: usize,
    common: BTreeSet<String>,
}

impl Index {
    /// `common_words` says nothing about what a text is about.
    pub fn new(texts: impl IntoIterator<Item = String>, common_words: &str) -> Self {
        let mut index = Self { places: BTreeMap::new(), texts: 0, common: stems(common_words) };
        for text in texts {
            for stem in stems(&text).difference(&index.common) {
                index.places.entry(stem.clone()).or_default().push(index.texts);
            }
            index.texts += 1;
        }
        index
    }

    /// The texts nearest to this one, best first, at most `limit`; none that is much further away
    /// than the best.
    pub fn nearest(&self, text: &str, limit: usize) -> Vec<usize> {
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        for places in stems(text).difference(&self.common).filter_map(|stem| self.places.get(stem)) {
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

/// The words of a text. Scripts without spaces give pairs of characters.
pub fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| if word.chars().any(is_spaceless) { pairs(word) } else { vec![word.to_owned()] }).collect()
}

fn pairs(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    match chars.as_slice() {
        [_] => vec![word.to_owned()],
        chars => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

/// The words of a text without their endings and without the very short ones.
fn stems(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter_map(stem).collect()
}

fn stem(mut word: String) -> Option<String> {
    if word.chars().any(is_spaceless) {
        return Some(word);
    }
    if word.len() > 3 && word.ends_with('s') {
        word.pop();
    }
    (word.chars().count() >= 3).then(|| word.chars().take(STEM).collect())
}

/// Chinese, Japanese, Korean, Thai: several words in a row without a space.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
