//! The notes as text: Anki's own import format, which says in its head what each column is, and
//! which shows well what has changed from one build to the next.

use super::kind::deck_name;
use super::memory::Remembered;
use crate::dossier::Dossier;

/// The notes in the order of the file.
pub fn csv(dossier: &Dossier, notes: &[&Remembered]) -> String {
    let mut out = String::from(
        "#separator:Comma\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n",
    );
    for note in notes {
        let entry = &note.entry;
        let deck = deck_name(dossier, entry.kind.part());
        row(&mut out, [note.guid.as_str(), entry.kind.name(), &deck, &entry.tags.join(" ")], entry.fields.iter());
    }
    out
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
