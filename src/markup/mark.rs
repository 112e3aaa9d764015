//! Words that a text marks with `==two equals signs==`: what a card leaves out, and a page stresses.

/// A piece of a plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Not marked.
    Plain(&'t str),
    /// Marked; without the signs.
    Marked(&'t str),
}

/// Takes a text apart. As with emphasis, the signs touch the words they mark: `a == b` marks
/// nothing.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, marked, after)) = next_mark(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Plain(before));
        }
        pieces.push(Piece::Marked(marked));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

fn next_mark(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.match_indices("==").find(|(at, _)| {
        let behind = text.get(at + 2..).and_then(|behind| behind.chars().next());
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        behind.is_some_and(|c| !c.is_whitespace() && c != '=') && before.is_none_or(|c| !is_operator(c))
    })?;
    let (before, tail) = (text.get(..open.0)?, text.get(open.0 + 2..)?);
    let close = tail.match_indices("==").find(|(at, _)| {
        let inside = tail.get(..*at).and_then(|inside| inside.chars().next_back());
        let behind = tail.get(at + 2..).and_then(|behind| behind.chars().next());
        inside.is_some_and(|c| !c.is_whitespace() && !is_operator(c)) && behind != Some('=')
    })?;
    Some((before, tail.get(..close.0)?, tail.get(close.0 + 2..)?))
}

/// Part of an operator such as `!==` or `<==`, not of a mark.
fn is_operator(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>')
}
