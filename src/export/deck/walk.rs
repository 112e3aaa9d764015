//! Every inline of a text, in reading order.

use crate::markup::{Block, Inline, Line, Markup};

/// Calls `visit` with each inline of the text.
pub fn markup(text: &Markup, visit: &mut dyn FnMut(&Inline)) {
    text.0.iter().for_each(|part| block(part, visit));
}

/// Calls `visit` with each inline of the line.
pub fn line(text: &Line, visit: &mut dyn FnMut(&Inline)) {
    for inline in &text.0 {
        visit(inline);
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) => line(inner, visit),
            Inline::Link(link) => line(&link.text, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break => {}
        }
    }
}

fn block(part: &Block, visit: &mut dyn FnMut(&Inline)) {
    match part {
        Block::Paragraph(text) | Block::Heading(text) => line(text, visit),
        Block::List { items, .. } => items.iter().for_each(|item| markup(item, visit)),
        Block::Quote(quote) => markup(quote, visit),
        Block::Table(table) => table.cells().for_each(|cell| line(cell, visit)),
        Block::Code { .. } | Block::Rule => {}
    }
}
