//! What stands below a question or a concept under labels of its own: answer, hints, tags and so on.

use super::blocks::{Block, Item, placed};
use super::lines::{Line, Piece, verbatim};
use super::outline::joined;
use super::words::{self, Field as Word};
use crate::dossier::{is_id, is_link};
use crate::draft::{Pair, Said, Value};
use std::collections::BTreeSet;

/// A stretch with a label in front.
#[derive(Debug)]
pub struct Labelled {
    label: Said,
    /// All of it, to stay a text when it is no field.
    whole: Said,
    field: Field,
}

/// What it says.
#[derive(Debug)]
enum Field {
    Body(Said),
    Hints(Vec<Said>),
    Example(Said),
    Confidence(Said),
    Priority(Said),
    Tags(Vec<Said>),
    Links(Vec<Said>),
    Id(Said),
}

/// The fields of a card besides its text and its body.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    hints: Vec<Said>,
    example: Option<Said>,
    confidence: Option<Value>,
    priority: Option<Value>,
    tags: Vec<Said>,
    links: Vec<Said>,
    id: Option<Said>,
}

/// Takes lines apart into what has a label that cards know, and the rest.
pub fn split(lines: &[Line<'_>], is_concept: bool) -> (Vec<Labelled>, Vec<Said>) {
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    let mut from = 0;
    for (range, block) in placed(lines) {
        let Block::Item(item) = block else { continue };
        let Some(labelled) = labelled(&item, is_concept) else { continue };
        rest.extend(verbatim(lines.get(from..range.start).unwrap_or_default()));
        from = range.end;
        found.push(labelled);
    }
    rest.extend(verbatim(lines.get(from..).unwrap_or_default()));
    (found, rest)
}

fn labelled(item: &Item<'_, '_>, is_concept: bool) -> Option<Labelled> {
    let (label, rest) = item.label()?;
    let said = joined(rest, item.body);
    if said.text.is_empty() {
        return None;
    }
    let is = |word: Word| words::names(label.text, word);
    let short = item.body.is_empty();
    let field = if is(Word::Answer) {
        Field::Body(said)
    } else if is(Word::Example) && is_concept {
        Field::Example(said)
    } else if is(Word::Hints) && !is_concept {
        Field::Hints(hints(rest, item.body))
    } else if is(Word::Confidence) && short {
        Field::Confidence(said)
    } else if is(Word::Priority) && short {
        Field::Priority(said)
    } else if is(Word::Tags) && short {
        Field::Tags(parts(rest, &[',']))
    } else if is(Word::Links) && short {
        Field::Links(parts(rest, &[',', ' ', '\n']))
    } else if is(Word::Id) && short {
        Field::Id(said)
    } else {
        return None;
    };
    Some(Labelled { label: label.said(), whole: joined(item.head, item.body), field })
}

/// One behind the label, or a list below it.
fn hints(rest: Piece<'_>, body: &[Line<'_>]) -> Vec<Said> {
    let mut hints: Vec<Said> = Vec::new();
    if !rest.text.is_empty() {
        hints.push(rest.said());
    }
    for (_, block) in placed(body) {
        match block {
            Block::Item(item) if item.body.is_empty() => hints.push(item.head.said()),
            Block::Item(Item { lines, .. }) | Block::Paragraph(lines) | Block::Table(lines) | Block::Other(lines) => {
                hints.extend(verbatim(lines));
            }
        }
    }
    hints.retain(|hint| !hint.text.is_empty());
    hints
}

fn parts(piece: Piece<'_>, signs: &[char]) -> Vec<Said> {
    let parts = piece.text.split(signs).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| piece.part(part).said()).collect()
}

impl Fields {
    /// Takes what has a label. What cannot be what its label says stays a text, and is given back, as is
    /// all that belongs to the body. Words that a key says now go to `replaced`.
    pub fn take(&mut self, found: Labelled, ids: &mut BTreeSet<String>, replaced: &mut Vec<Said>) -> Option<Said> {
        let Labelled { label, whole, field } = found;
        let mut spoken = vec![label];
        match field {
            Field::Body(said) => {
                replaced.append(&mut spoken);
                return Some(said);
            }
            Field::Hints(mut hints) => self.hints.append(&mut hints),
            Field::Example(example) if self.example.is_none() => self.example = Some(example),
            Field::Confidence(said) if self.confidence.is_none() && level(&said.text).is_some() => {
                self.confidence = level(&said.text).map(|level| bare(level, said, &mut spoken));
            }
            Field::Priority(said) if self.priority.is_none() && importance(&said.text).is_some() => {
                self.priority = importance(&said.text).map(|word| bare(word, said, &mut spoken));
            }
            Field::Tags(tags) if self.tags.is_empty() => self.tags = tags,
            Field::Links(links) if self.links.is_empty() && links.iter().all(|link| is_link(&link.text)) => {
                self.links = links;
            }
            Field::Id(id) if self.id.is_none() && is_id(&id.text) && ids.insert(id.text.clone()) => self.id = Some(id),
            _ => return Some(whole),
        }
        replaced.append(&mut spoken);
        None
    }

    /// One more hint.
    pub fn hint(&mut self, hint: Said) {
        self.hints.push(hint);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.clone().pairs().is_empty()
    }

    /// The keys, in the order of the format.
    pub fn pairs(self) -> Vec<Pair> {
        let texts = |texts: Vec<Said>, short: bool| {
            let items: Vec<Value> = texts.into_iter().map(Value::Text).collect();
            (!items.is_empty()).then_some(Value::List { items, short })
        };
        let all = [
            ("hints", texts(self.hints, false)),
            ("example", self.example.map(Value::Text)),
            ("confidence", self.confidence),
            ("priority", self.priority),
            ("tags", texts(self.tags, true)),
            ("links", texts(self.links, true)),
            ("id", self.id.map(Value::Text)),
        ];
        all.into_iter().filter_map(|(key, value)| Some(Pair::new(key, value?))).collect()
    }
}

/// A word of the format; the words it was read from stand beside it when they say more.
pub fn bare(word: impl Into<String>, said: Said, replaced: &mut Vec<Said>) -> Value {
    let word = word.into();
    if super::proof::words(&said.text) == super::proof::words(&word) {
        replaced.push(said);
        return Value::Bare(word, None);
    }
    Value::Bare(word, Some(said))
}

/// `4`, `4/5`, `4 of 5`.
fn level(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let level = chars.next().filter(|c| ('1'..='5').contains(c))?;
    chars.next().is_none_or(|c| matches!(c, '/' | ' ')).then(|| level.to_string())
}

fn importance(text: &str) -> Option<&'static str> {
    let high = ["high", "hoch", "haute", "élevée", "alta", "hoog", "høj", "높음", "高", "高い"];
    let normal = [
        "normal",
        "medium",
        "mittel",
        "moyenne",
        "normale",
        "media",
        "normaal",
        "gemiddeld",
        "mellem",
        "média",
        "보통",
        "中",
        "普通",
    ];
    let low = ["low", "niedrig", "gering", "basse", "faible", "baja", "laag", "lav", "baixa", "낮음", "低", "低い"];
    let word = words::normal(text);
    [("high", &high[..]), ("normal", &normal), ("low", &low)]
        .into_iter()
        .find(|(_, words)| words.contains(&word.as_str()))
        .map(|(word, _)| word)
}
