//! Words that a text marks with `==two equals signs==`: highlighted on a card, left out on a cloze.

use super::walk;
use crate::markup::{Inline, Markup};
pub use crate::markup::{Piece, pieces};

/// How many marks a text holds.
pub fn count(text: &Markup) -> usize {
    let mut count = 0;
    walk::markup(text, &mut |inline| {
        if let Inline::Text(text) = inline {
            count += pieces(text).iter().filter(|piece| matches!(piece, Piece::Marked(_))).count();
        }
    });
    count
}
