//! A note as Anki holds it: fields of HTML.

use super::compose::Note;
use super::fields::Fields;
use super::html;
use super::kind::{Field, Kind};
use super::media::Media;
use crate::dossier::Dossier;
use crate::export::names;

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
    /// The beginnings of those that its topic lends it.
    pub lent: Vec<&'static str>,
    /// How many cards it gives.
    pub cards: usize,
}

/// Turns a note into fields.
pub fn entry(dossier: &Dossier, note: Note<'_>, media: &Media) -> Entry {
    let item = item(&dossier.id, &note.key);
    let fields = fields(dossier, &note, media, &item);
    let cards = note.cards();
    let mut tags = note.tags;
    tags.sort();
    tags.dedup();
    Entry { kind: note.kind, fields, item, tags, lent: note.lent, cards }
}

fn fields(dossier: &Dossier, note: &Note<'_>, media: &Media, item: &str) -> Fields {
    Fields::new(|field, out| match field {
        Field::Front => html::line(&note.front, media, out),
        Field::Back if note.kind == Kind::Cloze => html::cloze(&note.back, media, out),
        Field::Back => html::blocks(&note.back, media, out),
        Field::Cue => html::line(&note.cue, media, out),
        Field::Hints => html::hints(&note.hints, media, out),
        Field::Scaffold => html::blocks(&note.scaffold, media, out),
        Field::More => html::blocks(&note.more, media, out),
        Field::Topic => html::escape(note.topic, out),
        Field::Company => html::escape(&dossier.job.company, out),
        Field::Footer => html::escape(&note.footer, out),
        Field::Language => out.push_str(&dossier.language),
        Field::Direction => out.push_str(if names::right_to_left(&dossier.language) { "rtl" } else { "ltr" }),
        Field::Item => out.push_str(item),
    })
}

/// `fintech-innovators/question/explain-how-goroutines-work`: letters, digits, hyphens and
/// slashes, so that Anki's search takes it as it is.
pub fn item(dossier: &str, key: &str) -> String {
    [dossier, "/", &key.replace(':', "/")].concat()
}
