//! A note as Anki holds it: fields of HTML.

use super::compose::Note;
use super::html;
use super::kind::{Field, Kind};
use super::media::Media;
use crate::dossier::Dossier;

/// The fields of a note.
pub type Fields = [String; Field::COUNT];

/// A note without what only its history knows.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its kind.
    pub kind: Kind,
    /// Which item of which dossier.
    pub item: String,
    /// Its fields.
    pub fields: Fields,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// How many cards it gives.
    pub cards: usize,
    /// Its place among the new ones.
    pub due: u32,
}

/// The content of a field.
pub fn field(fields: &Fields, field: Field) -> &str {
    fields.get(field as usize).map_or("", String::as_str)
}

/// Turns a note into fields.
pub fn entry(dossier: &Dossier, note: &Note, media: &Media, due: u32) -> Entry {
    let item = item(&dossier.id, &note.key);
    let mut tags = note.tags.clone();
    tags.sort();
    tags.dedup();
    Entry { kind: note.kind, fields: fields(dossier, note, media, &item), item, tags, cards: note.cards(), due }
}

fn fields(dossier: &Dossier, note: &Note, media: &Media, item: &str) -> Fields {
    let back = if note.kind == Kind::Cloze { html::cloze } else { html::blocks };
    let mut fields = Fields::default();
    let mut set = |field: Field, content: String| {
        if let Some(slot) = fields.get_mut(field as usize) {
            *slot = content;
        }
    };
    set(Field::Front, html::line(&note.front, media));
    set(Field::Back, back(&note.back, media));
    set(Field::Cue, html::line(&note.cue, media));
    set(Field::Hints, html::hints(&note.hints, media));
    set(Field::Scaffold, html::blocks(&note.scaffold, media));
    set(Field::More, html::blocks(&note.more, media));
    set(Field::Topic, html::text(&note.topic));
    set(Field::Company, html::text(&dossier.job.company));
    set(Field::Footer, html::text(&note.footer));
    set(Field::Language, dossier.language.clone());
    set(Field::Direction, direction(&dossier.language).to_owned());
    set(Field::Item, item.to_owned());
    fields
}

/// `fintech-innovators/question/explain-how-goroutines-work`: letters, digits, hyphens and
/// slashes, so that Anki's search takes it as it is.
fn item(dossier: &str, key: &str) -> String {
    let key: String = key.chars().map(|c| if c == ':' { '/' } else { c }).collect();
    format!("{dossier}/{key}")
}

/// The languages that are written from right to left.
fn direction(language: &str) -> &'static str {
    let mut subtags = language.split('-');
    let primary = subtags.next().unwrap_or_default().to_lowercase();
    let script = subtags.find(|subtag| subtag.len() == 4).map(str::to_lowercase);
    let right_to_left = match script.as_deref() {
        Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg") => true,
        Some(_) => false,
        None => matches!(
            primary.as_str(),
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "iw" | "nqo" | "prs" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
        ),
    };
    if right_to_left { "rtl" } else { "ltr" }
}
