//! Outlines as cards need them: their leaves, and as running text.

use crate::dossier::Outline;
use crate::markup::{Block, Inline, Line, Markup};

/// The outline as one text: labels in bold, levels as lists.
pub fn markup(outline: &Outline) -> Markup {
    match outline {
        Outline::Text(text) => text.clone(),
        Outline::List(items) => list(items.iter().map(markup).collect()),
        Outline::Labelled(items) => list(items.iter().map(|(label, value)| labelled(label, value)).collect()),
    }
}

fn list(items: Vec<Markup>) -> Markup {
    Markup(vec![Block::List { start: None, items }])
}

fn labelled(label: &Line, value: &Outline) -> Markup {
    labelled_text(label, markup(value))
}

/// A text with its label in bold in front of it.
pub fn labelled_text(label: &Line, mut text: Markup) -> Markup {
    let label = Inline::Strong(label.clone());
    match text.0.first_mut() {
        Some(Block::Paragraph(first)) => {
            first.0.splice(0..0, [label, Inline::Text(" – ".to_owned())]);
        }
        _ => text.0.insert(0, Block::Paragraph(Line(vec![label]))),
    }
    text
}

/// The texts at the ends of an outline, each with the label it stands under.
pub fn leaves(outline: &Outline) -> Vec<(Option<&Line>, &Markup)> {
    let mut leaves = Vec::new();
    collect(outline, None, &mut leaves);
    leaves
}

fn collect<'o>(outline: &'o Outline, label: Option<&'o Line>, leaves: &mut Vec<(Option<&'o Line>, &'o Markup)>) {
    match outline {
        Outline::Text(text) => leaves.push((label, text)),
        Outline::List(items) => items.iter().for_each(|item| collect(item, label, leaves)),
        Outline::Labelled(items) => items.iter().for_each(|(label, value)| collect(value, Some(label), leaves)),
    }
}

/// What an outline says under its labels, those of deeper levels joined.
pub fn facts(outline: &Outline) -> Vec<(Line, &Outline)> {
    let mut facts = Vec::new();
    if let Outline::Labelled(items) = outline {
        for (label, value) in items {
            let deeper = facts_below(label, value);
            if deeper.is_empty() { facts.push((label.clone(), value)) } else { facts.extend(deeper) }
        }
    }
    facts
}

fn facts_below<'o>(label: &Line, value: &'o Outline) -> Vec<(Line, &'o Outline)> {
    let mut deeper = facts(value);
    for (below, _) in &mut deeper {
        let mut joined = label.0.clone();
        joined.push(Inline::Text(" › ".to_owned()));
        joined.append(&mut below.0);
        below.0 = joined;
    }
    deeper
}
