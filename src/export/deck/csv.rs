//! The notes as text: Anki's own import format, which says in its head what each column is, and
//! which shows well what has changed from one build to the next.

use super::kind::deck_name;
use super::memory::Remembered;
use crate::dossier::Dossier;

/// What stands above the notes.
pub const HEAD: &str =
    "#separator:Comma\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n";

/// Adds a note.
pub fn add(dossier: &Dossier, note: &Remembered, out: &mut String) {
    let entry = &note.entry;
    let deck = deck_name(dossier, entry.kind.part());
    row(out, [note.guid.as_str(), entry.kind.name(), &deck, &entry.tags.join(" ")], entry.fields.iter());
}

fn row<'f>(out: &mut String, head: [&'f str; 4], fields: impl Iterator<Item = &'f str>) {
    for (place, value) in head.into_iter().chain(fields).enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.extend(["\"", &value.replace('"', "\"\""), "\""]);
    }
    out.push('\n');
}
