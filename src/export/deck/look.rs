//! The note types as Anki keeps them: templates of front and back, and the style sheet.

use super::kind::{Field, Kind};
use super::memory::Look;
use crate::theme::Templates;
use serde_json::{Value, json};

/// When the built-in templates were last changed, in seconds. Anki takes a note type over only if
/// it is newer than its own, so a new dossier with the same templates leaves the learner's changes
/// to the cards alone. A test holds this next to a digest of the templates.
pub const REVISED: i64 = 1_795_392_000;

/// Anki's start and end of LaTeX documents; the cards use none.
const LATEX_PRE: &str = "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\
    \\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n";
const LATEX_POST: &str = "\\end{document}";

/// The looks of all kinds, each with the time of its last change.
pub fn looks(templates: &Templates, earlier: &[Look], changed: i64) -> Vec<Look> {
    let builtin = Templates::default();
    let look = |kind: Kind| {
        let new = look(templates, kind, REVISED);
        let ours = self::look(&builtin, kind, REVISED) == new;
        let known = earlier.iter().find(|look| look.kind == kind);
        let modified = match known {
            Some(known) if same(known, &new) => known.modified,
            Some(known) if ours => known.modified.saturating_add(1).max(REVISED).max(changed),
            Some(known) => known.modified.saturating_add(1).max(changed),
            None if ours => REVISED,
            None => changed,
        };
        Look { modified, ..new }
    };
    Kind::ALL.into_iter().map(look).collect()
}

fn look(templates: &Templates, kind: Kind, modified: i64) -> Look {
    let side = |side: &str| templates.text(&format!("deck/{}.{side}.html", kind.word())).to_owned();
    Look { kind, modified, front: side("front"), back: side("back"), css: templates.text("deck/card.css").to_owned() }
}

fn same(a: &Look, b: &Look) -> bool {
    (&a.front, &a.back, &a.css) == (&b.front, &b.back, &b.css)
}

impl Look {
    /// As Anki's schema 11 writes a note type.
    pub fn json(&self) -> Value {
        let kind = self.kind;
        let fields: Vec<Value> = kind.fields().zip(0i64..).map(|(name, place)| field(kind, name, place)).collect();
        json!({
            "id": kind.id(), "name": kind.name(), "type": i32::from(kind == Kind::Cloze), "mod": self.modified,
            "usn": -1, "sortf": Field::Front as usize, "did": null, "css": self.css, "latexPre": LATEX_PRE,
            "latexPost": LATEX_POST, "latexsvg": false, "req": [], "vers": [], "tags": [], "flds": fields,
            "tmpls": [{
                "name": "Card 1", "ord": 0, "id": kind.id() + 500, "qfmt": self.front, "afmt": self.back,
                "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
            }],
        })
    }

    /// Reads what [`Look::json`] has written.
    pub fn from_json(json: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let template = json.get("tmpls")?.get(0)?;
        Some(Self {
            kind: Kind::from_id(json.get("id")?.as_i64()?)?,
            modified: json.get("mod")?.as_i64()?,
            front: text(template.get("qfmt")?)?,
            back: text(template.get("afmt")?)?,
            css: text(json.get("css")?)?,
        })
    }
}

fn field(kind: Kind, name: &str, place: i64) -> Value {
    json!({
        "name": name, "ord": place, "id": kind.id() + 1 + place, "sticky": false, "rtl": false, "font": "Arial",
        "size": 20, "media": [],
    })
}
