//! A checked file as a draft in the one long form: every question and concept a mapping, every value that
//! may be one or several a list. Texts stay as their writer wrote them.

use super::{Pair, Value};
use crate::dossier::Reading;
use crate::dossier::keys::{CONCEPT, DOSSIER, QUESTION, Record, STORY, Shape};
use crate::yaml::{self, Kind, Node, Style};

/// The pairs of a file that was read; none of one with errors.
pub fn checked(reading: &Reading) -> Option<Vec<Pair>> {
    reading.dossier.as_ref()?;
    yaml::read(&reading.source.text).root.map(|root| pairs_of(&root, &DOSSIER))
}

/// A mapping as it is written, forms and all.
pub fn as_written(root: &Node) -> Vec<Pair> {
    match foreign(root) {
        Value::Map { pairs, .. } => pairs,
        Value::Text(_) | Value::Bare(..) | Value::List { .. } => Vec::new(),
    }
}

fn pairs_of(node: &Node, record: &'static Record) -> Vec<Pair> {
    let Kind::Map(pairs) = &node.kind else { return Vec::new() };
    pairs
        .iter()
        .filter_map(|(key, value)| {
            let (name, _) = key.scalar()?;
            let known = record.keys.iter().find(|known| known.name == name);
            let value = known.map_or_else(|| foreign(value), |key| value_of(value, key.shape));
            Some(Pair::new(name, value))
        })
        .collect()
}

fn value_of(node: &Node, shape: Shape) -> Value {
    match shape {
        Shape::Record(record) => Value::Map { pairs: pairs_of(node, record), short: record.name == "the topic" },
        Shape::List(item) | Shape::OneOrMore(item) => {
            let items = match &node.kind {
                Kind::List(items) => items.iter().map(|node| value_of(node, *item)).collect(),
                Kind::Scalar(..) | Kind::Map(_) => vec![value_of(node, *item)],
            };
            Value::List {
                items,
                short: matches!(item, Shape::Text | Shape::Link | Shape::DateRange | Shape::HourRange),
            }
        }
        Shape::Named(item) => named(node, |value| value_of(value, *item)),
        Shape::Outline => outline(node),
        Shape::Question => long(node, &QUESTION),
        Shape::Concept => concept(node),
        Shape::Story => match node.kind {
            Kind::Scalar(..) => text(node),
            Kind::List(_) | Kind::Map(_) => Value::map(pairs_of(node, &STORY)),
        },
        Shape::Reminder => match &node.kind {
            Kind::List(items) => Value::List { items: items.iter().map(bare).collect(), short: true },
            Kind::Scalar(..) | Kind::Map(_) => bare(node),
        },
        Shape::Version
        | Shape::Date
        | Shape::DateTime
        | Shape::DateRange
        | Shape::TimeZone
        | Shape::Duration
        | Shape::HourRange
        | Shape::Confidence
        | Shape::Priority
        | Shape::Count(_)
        | Shape::Language => bare(node),
        Shape::Text | Shape::Prose | Shape::Markdown | Shape::Slug | Shape::Link | Shape::File => text(node),
    }
}

fn text(node: &Node) -> Value {
    Value::text(scalar(node))
}

fn bare(node: &Node) -> Value {
    Value::bare(scalar(node))
}

fn scalar<'n>(node: &'n Node<'_>) -> &'n str {
    match node.scalar() {
        Some((text, Style::Plain)) => text.trim(),
        Some((text, Style::Quoted)) => text,
        Some((text, Style::Block)) => text.trim_end_matches('\n'),
        None => "",
    }
}

fn named(node: &Node, value: impl Fn(&Node) -> Value) -> Value {
    let Kind::Map(pairs) = &node.kind else { return Value::map(Vec::new()) };
    Value::map(pairs.iter().map(|(key, node)| Pair::new(scalar(key), value(node))).collect())
}

fn outline(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(..) => text(node),
        Kind::List(items) => Value::list(items.iter().map(outline).collect()),
        Kind::Map(_) => named(node, outline),
    }
}

/// The long form of a question or a concept, of which the first key is its text.
fn long(node: &Node, record: &'static Record) -> Value {
    let first = record.keys.first().map_or("", |key| key.name);
    Value::map(match node.kind {
        Kind::Scalar(..) => vec![Pair::new(first, text(node))],
        Kind::List(_) | Kind::Map(_) => pairs_of(node, record),
    })
}

/// `name: explanation` is long too.
fn concept(node: &Node) -> Value {
    if let Kind::Map(pairs) = &node.kind
        && let [(name, explanation)] = &**pairs
        && CONCEPT.keys.iter().all(|key| key.name != scalar(name))
    {
        return Value::map(vec![Pair::new("concept", text(name)), Pair::new("explanation", text(explanation))]);
    }
    long(node, &CONCEPT)
}

/// What belongs to other tools, as it is.
fn foreign(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(_, Style::Plain) => bare(node),
        Kind::Scalar(..) => text(node),
        Kind::List(items) => Value::list(items.iter().map(foreign).collect()),
        Kind::Map(_) => named(node, foreign),
    }
}
