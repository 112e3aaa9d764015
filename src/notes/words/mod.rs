//! What headings and labels mean, in the languages that the program has labels for: the longest phrase found in a
//! heading decides, and one behind `=` is all of a heading.

mod kind;
mod speech;
mod table;
mod title;

pub use kind::{Field, Kind, Meaning};
pub use speech::{is_asked, is_greeting, is_offer, is_question, is_refusal, is_wish, offer_at};
pub use table::LANGUAGES;
pub use title::{is_about, is_lettered, is_role, is_roman, is_round, is_why, prepares, without_preparation};

use table::{FIELDS, Row, SECTIONS};
use title::without_number;

/// Heads of the first of two columns that say opposite things.
const OPPOSITES: &str = "do|dos|do s|pro|pros|strengths|advantages|stärken|vorteile|points forts|avantages|forces|à faire|puntos fuertes|fortalezas|ventajas|hacer|sterke punten|voordelen|wel doen|styrker|fordele|gør|pontos fortes|vantagens|fazer|강점|장점|強み|長所";

/// A heading or label as it is compared: lower case, letters and digits, single spaces.
pub fn normal(text: &str) -> String {
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a heading means, if it means one of our sections.
pub fn section(title: &str) -> Option<Meaning> {
    // How many there are means nothing: `Your 5 questions`.
    let title = normal(without_number(title));
    let counts = |word: &&str| !word.chars().all(|c| c.is_ascii_digit());
    let title = title.split(' ').filter(counts).collect::<Vec<_>>().join(" ");
    let mut best: Option<(usize, Meaning)> = None;
    for (kind, columns) in SECTIONS {
        for (language, phrases) in columns.iter().enumerate() {
            let found = phrases.split('|').filter_map(|phrase| match phrase.strip_prefix('=') {
                Some(whole) => (title == whole).then_some(whole),
                None => holds(&title, phrase).then_some(phrase),
            });
            let Some(phrase) = found.max_by_key(|phrase| phrase.len()) else { continue };
            let (length, begins) = (phrase.len(), title.starts_with(phrase));
            // Words that mean much by themselves and nothing among others.
            let whole = matches!(kind, Kind::Sections | Kind::File | Kind::Study) || length < 5;
            if (whole && length != title.len()) || best.as_ref().is_some_and(|(known, _)| *known >= length) {
                continue;
            }
            let strong = length * 10 >= title.len() * 6 || (length > 9 && begins);
            best = Some((length, Meaning { kind: *kind, language, strong }));
        }
    }
    best.map(|(_, meaning)| meaning)
}

/// Whether a phrase stands in a text as whole words; in scripts without spaces, anywhere.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
        let free = |c: Option<char>| c.is_none_or(|c| c == ' ');
        !phrase.is_ascii() && phrase.chars().any(is_cjk) || (free(before) && free(after))
    })
}

/// Hangul, kana and Han: scripts of which a word says nothing about where it ends.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af)
}

/// A label as it is compared: without what stands in brackets behind it.
fn normal_label(label: &str) -> String {
    normal(label.split_once(['(', '（']).map_or(label, |(label, _)| label))
}

/// What a label says, if it is one that we know. `Question 3` is a question.
pub fn field(label: &str) -> Option<Field> {
    let label = normal_label(label);
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let known = |wanted: &str| FIELDS.iter().find(|(_, columns)| columns.iter().any(|words| is_one_of(wanted, words)));
    let numbered = |(field, _): &&Row<Field>| matches!(field, Field::Question | Field::Answer);
    known(&label).or_else(|| known(bare).filter(numbered)).map(|(field, _)| *field)
}

/// Whether a label names a field; some words name several.
pub fn names(label: &str, wanted: Field) -> bool {
    let label = normal_label(label);
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let numbered = matches!(wanted, Field::Question | Field::Answer);
    let columns = FIELDS.iter().find(|(field, _)| *field == wanted).map(|(_, columns)| columns);
    columns.is_some_and(|columns| {
        columns.iter().any(|words| is_one_of(&label, words) || (numbered && is_one_of(bare, words)))
    })
}

fn is_one_of(word: &str, words: &str) -> bool {
    !word.is_empty() && words.split('|').any(|known| known == word)
}

/// The label that `export` writes for a field.
pub fn label(field: Field, language: &str) -> String {
    let column = column(language);
    let words = FIELDS.iter().find(|(known, _)| *known == field).and_then(|(_, columns)| columns.get(column));
    let first = words.and_then(|words| words.split('|').next()).unwrap_or_default();
    capital(first)
}

/// The heading that `export` writes for what has no label among those of the outputs.
pub fn heading(kind: Kind, language: &str) -> String {
    let words =
        SECTIONS.iter().find(|(known, _)| *known == kind).and_then(|(_, columns)| columns.get(column(language)));
    let first = words.and_then(|words| words.split('|').next()).unwrap_or_default();
    capital(first)
}

/// With a capital at the start.
pub fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The column of a language; English stands in for others.
pub fn column(language: &str) -> usize {
    let primary = language.split('-').next().unwrap_or_default().to_lowercase();
    LANGUAGES.iter().position(|known| *known == primary).unwrap_or_default()
}

/// What a topic without a name is called.
pub fn general(language: &str) -> &'static str {
    ["General", "Allgemein", "Général", "General", "Algemeen", "Generelt", "Geral", "일반", "全般"]
        .get(column(language))
        .copied()
        .unwrap_or("General")
}

/// What footnotes stand below.
pub fn footnotes(language: &str) -> &'static str {
    [
        "Footnotes",
        "Fußnoten",
        "Notes de bas de page",
        "Notas al pie",
        "Voetnoten",
        "Fodnoter",
        "Notas de rodapé",
        "각주",
        "脚注",
    ]
    .get(column(language))
    .copied()
    .unwrap_or("Footnotes")
}

/// Whether the head of a column says that the next one holds the opposite, not what belongs to it.
pub fn is_opposite(head: &str) -> bool {
    is_one_of(&normal(head), OPPOSITES)
}
