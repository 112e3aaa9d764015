//! The language of notes, by its script and its smallest words.

use super::words::LANGUAGES;

/// Small words that are frequent in one language and rare in the others, in the order of [`LANGUAGES`].
const SMALL: [&str; 7] = [
    "the and you of to with your for how what are",
    "der die das und du sie mit für wie nicht ist auf",
    "le les et vous des pour une dans est avec comment",
    "el los y que las con para una cómo tu del",
    "het een en van je voor met hoe op niet zijn",
    "og det til du med er på hvordan af ikke den",
    "o os e você com uma para não como seu sua do",
];

/// What the language of a heading counts, in small words.
const HEADING: usize = 4;

/// The tag of the language; English when nothing is more likely. `headings` are the languages, by their
/// places in [`LANGUAGES`], of the headings that mean something.
pub fn of(text: &str, headings: &[usize]) -> &'static str {
    let count = |is: fn(u32) -> bool| text.chars().filter(|c| is(u32::from(*c))).count();
    let (kana, hangul) = (count(|c| (0x3040..=0x30ff).contains(&c)), count(|c| (0xac00..=0xd7af).contains(&c)));
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if (kana + hangul) * 5 > letters {
        return if hangul > kana { "ko" } else { "ja" };
    }
    let lower = text.to_lowercase();
    let mut hits = [0_usize; SMALL.len()];
    for word in lower.split(|c: char| !c.is_alphabetic()) {
        for (hit, words) in hits.iter_mut().zip(SMALL) {
            *hit += usize::from(words.split(' ').any(|small| small == word));
        }
    }
    for heading in headings {
        if let Some(hit) = hits.get_mut(*heading) {
            *hit += HEADING;
        }
    }
    let mut best = 0;
    for (at, hit) in hits.iter().enumerate() {
        if hits.get(best).is_some_and(|known| hit > known) {
            best = at;
        }
    }
    LANGUAGES.get(best).copied().unwrap_or("en")
}
